"""Whether two ways of naming a speaker can mean the same one."""

from __future__ import annotations

import re
from functools import lru_cache

from factcheck.quotes.dots import TITLE_ABBREVIATIONS
from factcheck.text import fold

_CYRILLIC = dict(
    zip(
        "абвгдежзийклмнопрстуфхцчшщыэюяђѓєіїјљњћќўџѕґ",
        "a b v g d e zh z i j k l m n o p r s t u f h c ch sh shch y e ju ja dj g e i ji j lj nj c"
        " k u dz dz g".split(),
    )
) | {"ъ": "", "ь": "", "ё": "e"}

TITLES = frozenset(
    """mr mrs ms miss mx dr prof professor sir dame lord lady baroness baron count king queen
    prince princess pope cardinal archbishop bishop reverend rev father rabbi imam sheikh
    president vice-president premier chancellor minister ministers prime deputy foreign
    defence defense interior finance health justice secretary general secretary-general
    senator sen representative rep congressman congresswoman congressperson governor gov
    mayor ambassador envoy commissioner chairman chairwoman chairperson chair director
    chief head leader spokesman spokeswoman spokesperson judge justice attorney captain
    capt colonel col gen lieutenant lt major maj sergeant sgt admiral commander officer
    police former then acting honourable hon excellency madam ceo founder author analyst
    expert economist historian lawyer activist coach manager captain mp mep jr sr ii iii
    phd md obe cbe the a an his her their its of for and at""".split()
) | {fold(title) for title in TITLE_ABBREVIATIONS if title not in ("St", "Ste", "Del")}
_NICKNAMES = {
    frozenset(pair.split("/"))
    for pair in """joe/joseph bill/william will/william bob/robert rob/robert mike/michael jim/james
    tony/anthony tom/thomas dick/richard rick/richard dave/david steve/steven
    steve/stephen ted/edward ed/edward ben/benjamin dan/daniel sam/samuel
    chris/christopher nick/nicholas tim/timothy pete/peter ken/kenneth kate/katherine
    liz/elizabeth beth/elizabeth sue/susan jen/jennifer alex/alexander alex/aleksandar
    andy/andrew greg/gregory matt/matthew jeff/jeffrey ron/ronald don/donald chuck/charles
    larry/lawrence jerry/gerald bernie/bernard vlad/vladimir kim/kimberly maggie/margaret
    meg/margaret becky/rebecca debbie/deborah sasha/alexander fred/frederick""".split()
}


# Words in the names of bodies and places, not of persons.
BODY_WORDS = frozenset(
    """union nations states kingdom republic house ministry council court party university bank
    office agency committee commission parliament assembly government senate congress army
    force forces association organisation organization institute centre center street
    avenue city county north south east west new great saint river lake mount sea ocean
    airport station hospital school church company group times post news press watch
    international national world european united federal state security league federation
    front movement resolution act treaty charter agreement summit conference war day""".split()
)
_MORE_BODY_WORDS = frozenset(
    """inc corp ltd plc gmbh department fund foundation club police service authority board
    society network alliance coalition administration embassy palace kremlin nato""".split()
)
_FOR_ANOTHER = re.compile(
    r"(?:(?P<owner>\S.*?)['\u2019]s?\s+(?:[\w\-]+\s+){0,3})?"
    r"\b(?:(?P<spokes>spokes\w+|press (?:office|secretary|officer))|lawyers?|attorneys?|aides?"
    r"|advis[eo]rs?|assistants?|deput(?:y|ies)|wife|husband|widow|son|daughter|brother|sister|mother"
    r"|father|friends?|colleagues?|all(?:y|ies)|supporters?|critics?|opponents?|agent|manager)"
    r"(?:\s+(?:for|of|to)\s+(?P<whom>.+))?$"
)

_TRANSLITERATIONS = (
    ("shch", "s"),
    ("sch", "s"),
    ("sh", "s"),
    ("ch", "c"),
    ("ts", "c"),
    ("tz", "c"),
    ("zh", "z"),
    ("dj", "d"),
    ("kh", "h"),
    ("ph", "f"),
    ("w", "v"),
    ("yo", "e"),
)


@lru_cache(maxsize=4096)
def name_skeleton(word: str) -> str:
    """One form for the ways in which a name is brought into Latin letters."""
    word = "".join(_CYRILLIC.get(char, char) for char in fold(word))
    word = re.sub(r"[^a-z0-9]", "", word)
    word = re.sub(r"(?:skyy|skiy|skyi|skii|skij|sky|ski)$", "ski", word)
    for old, new in _TRANSLITERATIONS:
        word = word.replace(old, new)
    word = word.replace("ie", "e").replace("y", "i").replace("j", "i")
    word = re.sub(r"ou", "u", word)
    word = re.sub(r"([aou])e", r"\1", word)
    return re.sub(r"(.)\1", r"\1", word)


@lru_cache(maxsize=4096)
def _parts(name: str) -> tuple[str, ...]:
    name = re.sub(r"\([^)]*\)|\[[^\]]*\]", " ", name)
    name = re.sub(r"['\u2019]s\b", "", name)
    if "," in name:
        head, _, tail = name.partition(",")
        # "Vucic, Aleksandar" turns round; "Aleksandar Vucic, president of Serbia" loses its tail
        if len(head.split()) == 1 and len(tail.split()) <= 2 and tail.strip()[:1].isupper():
            name = f"{tail} {head}"
        else:
            name = head
    words = [word.strip(".'\u2019\"-") for word in re.split(r"[\s/]+", name)]
    kept = [word for word in words if word and fold(word) not in TITLES]
    return tuple(kept or [word for word in words if word])


def same_speaker(ours: str, theirs: str) -> bool:
    """Whether two names can stand for one person or body.

    Titles, roles, accents, transliteration, initials and common short forms do not matter; a
    surname alone matches a full name; two different given names do not match.

    Args:
        ours, theirs: names as written, "President Vucic", "Aleksandar Vučić (SNS)".
    """
    left = [name_skeleton(part) for part in _parts(ours)]
    right = [name_skeleton(part) for part in _parts(theirs)]
    left, right = [part for part in left if part], [part for part in right if part]
    if not left or not right:
        return False
    if left == right:
        return True
    shorter, longer = sorted((left, right), key=len)
    if len(shorter) == 1:
        return len(shorter[0]) > 1 and shorter[0] in longer
    if set(shorter) <= set(longer):
        return True
    if left[-1] != right[-1]:
        return False
    return _given_names_agree(left[0], right[0])


def is_spoken_for(speaker: str, found: str) -> bool:
    """Whether somebody else is found, who only belongs to the speaker: "Ann Poe's lawyer".

    A spokesman gives the words of a body, but a person's own words only in their own mouth.

    Args:
        speaker: who is said to have spoken.
        found: who speaks in the source.
    """
    match = _FOR_ANOTHER.search(found)
    if match is None or _FOR_ANOTHER.search(speaker):
        return False
    whom = match.group("owner") or match.group("whom")
    if not whom or not same_speaker(speaker, whom):
        return False
    return not (match.group("spokes") and _is_body(whom))


def _is_body(name: str) -> bool:
    words = re.findall(r"[\w\-]+", name)
    folded = {fold(word) for word in words}
    acronym = any(word.isupper() and len(word) > 2 for word in words)
    named = bool(folded & (BODY_WORDS | _MORE_BODY_WORDS))
    return acronym or named or name[:4].casefold() == "the "


def _given_names_agree(left: str, right: str) -> bool:
    if left == right or frozenset((left, right)) in _SKELETON_NICKNAMES:
        return True
    return min(len(left), len(right)) == 1 and left[0] == right[0]


_SKELETON_NICKNAMES = {frozenset(name_skeleton(part) for part in pair) for pair in _NICKNAMES}
