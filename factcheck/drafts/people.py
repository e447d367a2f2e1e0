"""Names that a draft has introduced: what each one is, and which of them a word can mean."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from factcheck.checks.grammar.context import is_verb
from factcheck.checks.grammar.names import CALENDAR_WORDS, Name, countries_of, find_names, place_of
from factcheck.checks.grammar.places import country_of
from factcheck.checks.grammar.tokens import Token, tokenise
from factcheck.checks.times.calendar_text import find_dates
from factcheck.drafts import cues
from factcheck.text import fold

PERSON, BODY, PLACE, UNKNOWN = "person", "body", "place", "unknown"

COMPANIES = frozenset(
    """company firm group business manufacturer maker operator carrier airline retailer bank startup
    start-up publisher supplier developer producer brewer insurer chain""".split()
)
BODIES = COMPANIES | frozenset(
    """party club team side charity agency ministry university organisation organization
    association union museum hospital school newspaper broadcaster institute commission committee
    foundation council court parliament department authority federation college orchestra theatre
    theater library academy observatory laboratory network paper magazine station board""".split()
)
PLACES = frozenset(
    """country city town village island region province state district county nation municipality
    republic kingdom""".split()
)
ROLES = frozenset(
    """president minister mayor chairman chairwoman chair director author novelist writer singer
    actor actress player striker goalkeeper coach manager senator candidate professor scientist
    chancellor governor ambassador king queen pope bishop archbishop conductor composer artist
    painter sculptor architect chef secretary commissioner premier midfielder defender
    captain politician businessman businesswoman economist historian biologist physicist""".split()
)
# Words for people who can only be known from the sentences before.
STRANGERS = frozenset(
    """man woman boy girl suspect defendant victim accused pair couple duo trio brothers sisters
    father mother brother sister wife husband son daughter""".split()
)
ANAPHORIC = (
    COMPANIES
    | PLACES
    | ROLES
    | STRANGERS
    | (
        BODIES
        - frozenset("council court parliament board side station union paper chain network".split())
    )
)

_COMPANY_ENDS = frozenset(
    """ltd inc ag gmbh corp plc llc group holdings motors airlines airways steel energy bank
    industries systems pharma electronics foods technologies partners brothers works shipping
    logistics media records press robotics software labs""".split()
)
_PLACE_WORDS = frozenset(
    """city town street river bridge lake mount mountain island islands park road square valley
    bay beach coast hill forest harbour harbor airport north south east west sea ocean county
    district province region station stadium""".split()
)
_BODY_WORDS = (
    _COMPANY_ENDS
    | BODIES
    | frozenset(
        """government senate congress army police force forces house office bureau society league fc
    united rovers city athletic trust church center centre alliance front movement times post news
    herald gazette chronicle democrats greens liberals socialists conservatives""".split()
    )
)
MALE = frozenset(
    """mr sir lord king prince chairman businessman actor father brother husband son uncle nephew
    widower grandfather man boy policeman salesman gentleman""".split()
)
FEMALE = frozenset(
    """mrs ms lady dame queen princess chairwoman businesswoman actress mother sister wife daughter
    aunt niece widow grandmother woman girl policewoman saleswoman""".split()
)
_HONORIFICS = ROLES | frozenset(
    """mr mrs ms dr sir lord lady dame king queen prince princess prof judge justice general colonel
    major lieutenant sergeant captain reverend rev sen gen rep gov col lt sgt capt hon pres prime
    deputy vice chief foreign finance health interior defence justice executive former""".split()
)
# Nouns that "he" or "she" may mean when no name is meant.
PERSON_NOUNS = (
    MALE
    | FEMALE
    | ROLES
    | frozenset(
        """suspect defendant victim driver officer reporter journalist spokesman spokeswoman
        colleague lawyer prosecutor judge nurse doctor teacher pupil student neighbour patient
        witness passenger owner founder successor predecessor opponent rival partner friend leader
        researcher scientist expert official soldier child baby customer guest guard pilot
        """.split()
    )
)
_PLACE_PREPOSITIONS = frozenset("in at near from to across around outside through via".split())
_AGE = re.compile(r",\s*(?:aged\s+)?\d{1,2}\s*[,.]")


@dataclass(frozen=True, slots=True)
class Mention:
    """A name in a sentence.

    Args:
        text: as written there, without a possessive ending.
        key: folded last word, by which later short forms are recognised.
        kind: what the name is.
        heads: nouns that the sentence uses for it ("Norvik, a shipping company").
        gender: "he", "she" or "" when nothing says it.
        subject: whether it opens the sentence.
    """

    text: str
    key: str
    kind: str
    heads: frozenset[str]
    gender: str
    subject: bool


def read_mentions(
    text: str, known: Mapping[str, Mention], certain: frozenset[str] = frozenset()
) -> list[Mention]:
    """Names of a sentence in order, with what is known of them from before.

    Args:
        text: one sentence.
        known: names by their folded last word.
        certain: folded words of the draft's certain names, by which a single word that opens the
            sentence is told from a common noun.
    """
    tokens = tokenise(text)
    dates = [(span.start, span.end) for span in find_dates(text)]
    found = []
    for name in find_names(tokens):
        if any(start <= name.start < end for start, end in dates):
            continue
        if not name.certain and not _opens_clause(tokens, name, certain | known.keys()):
            continue
        mention = _mention(text, tokens, name, known)
        if mention is not None:
            found.append(mention)
    return found


def _opens_clause(tokens: Sequence[Token], name: Name, certain: frozenset[str]) -> bool:
    """Whether an uncertain name at the start of a sentence is followed by a verb or described."""
    if name.words[-1].endswith("s") or name.last + 1 >= len(tokens):
        return False
    following, after = tokens[name.last], tokens[name.last + 1]
    if following.text == ",":
        return after.lower in ("which", "who", "whose", "a", "an", "the")
    return name.words[-1] in certain and (following.lower in cues.AUXILIARY or is_verb(following))


def _mention(
    text: str, tokens: Sequence[Token], name: Name, known: Mapping[str, Mention]
) -> Mention | None:
    written = _written(text, tokens, name)
    if not written:
        return None
    key = name.words[-1]
    heads, gender = _described(tokens, name), _gender(tokens, name)
    kind = _kind(text, tokens, name, heads)
    if kind is None:
        return None
    before = known.get(key)
    if before is not None and before.kind != UNKNOWN and kind in (UNKNOWN, before.kind, PERSON):
        if len(before.text.split()) > len(written.split()):
            written = before.text
        kind, heads = before.kind, heads | before.heads
        key, gender = before.key, gender or before.gender
    subject = name.first <= 4 and _leads(tokens, name)
    return Mention(written, key, kind, heads, gender, subject)


def _written(text: str, tokens: Sequence[Token], name: Name) -> str:
    """A name without titles in front of it and without a possessive ending."""
    first = name.first
    if _is_first_name(tokens, first - 1):
        first -= 1
    while first < name.last - 1 and _is_title(tokens, first, name.last):
        first += 2 if tokens[first + 1].text == "." else 1
    start = tokens[min(first, name.last - 1)].start
    written = re.sub(r"['’]s?$", "", text[start : name.end])
    return re.sub(r"^(?:The|A|An|But|And|In|On|At)\s+(?=[A-Z])", "", written)


def _is_title(tokens: Sequence[Token], index: int, end: int) -> bool:
    """Whether a word in front of a name is a title, or "Serbian" in front of one."""
    if tokens[index].lower.rstrip(".") in _HONORIFICS:
        return True
    following = tokens[index + 1].lower if index + 2 < end else ""
    return following in _HONORIFICS and bool(country_of(fold(tokens[index].text)))


def _is_first_name(tokens: Sequence[Token], index: int) -> bool:
    """Whether a month's name is a person's here: "Jan Kos", "April Jones"."""
    if index < 0 or not tokens[index].capital or tokens[index].lower not in CALENDAR_WORDS:
        return False
    before = tokens[index - 1].lower if index else ""
    return not tokens[index].lower.endswith("day") and before not in _BEFORE_MONTHS


_BEFORE_MONTHS = frozenset("in since last until by of late early from mid during this next".split())


def _leads(tokens: Sequence[Token], name: Name) -> bool:
    """Whether nothing but connectives, articles and titles stands before a name."""
    return all(
        token.lower in cues.CONNECTIVES
        or token.lower in ("the", "a", "an", ",")
        or token.lower in ROLES
        or token.lower in BODIES
        or token.capital
        for token in tokens[: name.first]
    )


def _described(tokens: Sequence[Token], name: Name) -> frozenset[str]:
    """Nouns in apposition: "the shipping company Norvik", "Norvik, a shipping company,"."""
    heads = {word for word in name.words if word in ANAPHORIC or word in _BODY_WORDS}
    inside = {token.lower.rstrip(".") for token in tokens[name.first : name.last]}
    heads |= inside & (ROLES | BODIES | PLACES)
    if name.first:
        previous = tokens[name.first - 1].lower
        if previous in ANAPHORIC or previous in PERSON_NOUNS:
            heads.add(previous)
    after = tokens[name.last : name.last + 9]
    if after and after[0].text == "," and len(after) > 2:
        words = [token.lower for token in after[1:]]
        if words[0] in ("a", "an", "the", "its", "his", "her") or words[0] in ROLES | BODIES:
            stop = words.index(",") if "," in words else len(words)
            stop = min(
                (words.index(w) for w in ("of", "that", "who", "which") if w in words[:stop]),
                default=stop,
            )
            heads |= {word for word in words[:stop] if word in ANAPHORIC}
    words = [token.lower for token in tokens[name.last : name.last + 8]]
    if words[:1] in (["is"], ["was"]) and words[1:2] and words[1] in ("a", "an", "the"):
        heads |= {word for word in words[2:6] if word in ANAPHORIC}
    return frozenset(heads)


def _gender(tokens: Sequence[Token], name: Name) -> str:
    """What titles and words such as "her husband, the painter …" say."""
    near = {token.lower.rstrip(".") for token in tokens[name.first : name.last]}
    for token in reversed(tokens[max(0, name.first - 5) : name.first]):
        if is_verb(token) or token.text in ".;:" or token.lower in ("and", "with", "of", "to"):
            break
        near.add(token.lower.rstrip("."))
    if near & MALE and not near & FEMALE:
        return "he"
    return "she" if near & FEMALE and not near & MALE else ""


def loose_nouns(text: str, mentions: Iterable[Mention]) -> frozenset[str]:
    """Nouns for people in a sentence that do not describe one of its names."""
    named: set[str] = set()
    for mention in mentions:
        named |= mention.heads
        if mention.gender:
            named |= MALE if mention.gender == "he" else FEMALE
    return frozenset(
        token.lower.removesuffix("'s")
        for token in tokenise(text)
        if token.lower.removesuffix("'s") in PERSON_NOUNS - named
    )


def _kind(text: str, tokens: Sequence[Token], name: Name, heads: frozenset[str]) -> str | None:
    """What a name is; None for "Danish" and the like, which name nothing by themselves."""
    before = tokens[name.first - 1].lower if name.first else ""
    words = set(name.words)
    person_sign = (
        heads & (ROLES | STRANGERS | MALE | FEMALE) - {"chair", "manager"}
        or _AGE.match(text, name.end)
        or before.rstrip(".") in ("mr", "mrs", "ms", "dr", "sir", "prof")
        or {token.lower.rstrip(".") for token in tokens[name.first : name.last]}
        & {"mr", "mrs", "ms", "dr", "sir", "prof"}
    )
    if name.words[-1] in _PLACE_WORDS and before in _PLACE_PREPOSITIONS | {"the"}:
        return PLACE
    if words & _BODY_WORDS or (heads & BODIES and not person_sign):
        return BODY
    if heads & PLACES or place_of(name) or name.words[-1] in _PLACE_WORDS:
        return PLACE
    if countries_of(name) and len(name.words) == 1:
        return None
    if person_sign:
        return PERSON
    if any(
        token.text.isupper() and len(token.text) > 1 for token in tokens[name.first : name.last]
    ):
        return BODY
    if before in _PLACE_PREPOSITIONS and len(name.words) == 1:
        return PLACE
    earlier = tokens[name.first - 2].lower if name.first > 1 else ""
    if before == "of" and earlier in ROLES | BODIES | PLACES:
        return PLACE
    plain = all(word.isalpha() or "-" in word for word in name.words)
    connected = any(token.lower in ("of", "the") for token in tokens[name.first : name.last])
    if 2 <= len(name.words) <= 3 and plain and not connected and before != "the":
        return PERSON
    return BODY if before == "the" else UNKNOWN


def distinct(mentions: Iterable[Mention]) -> list[Mention]:
    """One mention of each name, in order."""
    found: dict[str, Mention] = {}
    for mention in mentions:
        found.setdefault(fold(mention.text), mention)
    return list(found.values())


def same_name(first: str, second: str) -> bool:
    """Whether one of two names is a short form of the other ("Kos" and "Maria Kos")."""
    left, right = set(fold(first).split()), set(fold(second).split())
    return left <= right or right <= left


def same_word(name: str, noun: str) -> bool:
    """Whether a noun is one of the words of a name."""
    return noun in fold(name).split()
