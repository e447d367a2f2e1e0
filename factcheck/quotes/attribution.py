"""Who a sentence names as the speaker: "X said", "said X", "according to X", "he added"."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from factcheck.quotes.names import TITLES, same_speaker
from factcheck.text import fold

_SPEECH_VERBS = (
    "said says saying told tells added adds wrote writes warned warns stressed stresses explained"
    " explains continued noted notes stated states argued argues insisted insists replied replies"
    " responded declared declares concluded recalled claimed claims tweeted posted asked asks"
    " announced announces admitted admits confirmed confirms denied complained quipped joked"
    " shouted remarked observed commented acknowledged emphasised emphasized promised vowed"
    " pledged reiterated testified alleged conceded predicted cautioned suggested maintained"
)
# With these the quoted words are a part of the sentence: called it a "brutal violation".
_NAMING_VERBS = (
    "called calls described describes denounced condemned condemns branded labelled labeled dubbed"
    " accused accuses criticised criticized praised dismissed rejected termed hailed slammed"
    " blasted characterised characterized decried deplored spoke speaks referred refers"
)
_VERB = re.compile(rf"\b(?:{'|'.join(_SPEECH_VERBS.split())})\b")
_VERB_FIRST = re.compile(rf"\s*[,.]?\s*(?:as\s+)?{_VERB.pattern}\s+(?P<np>[^\x00]{{1,160}})")
_ANY_VERB = re.compile(rf"\b(?:{'|'.join((_SPEECH_VERBS + ' ' + _NAMING_VERBS).split())})\b")
_PRONOUNS = frozenset("he she they it we i you who".split())
_ACCORDING = re.compile(
    r"\b(?:according to|in the words of)\s+(?P<np>[^\x00.;:!?]{2,90}?)\s*"
    r"(?:,|$|\bsaid\b)",
    re.I,
)
_ADJUNCT = re.compile(
    r"(?:\s*,?\s*\b(?:has|had|have|also|later|then|earlier|previously|repeatedly|publicly|once|again"
    r"|reportedly|recently|today|yesterday|still|even|himself|herself|therefore|however|now|first"
    r"|(?:on|last|this|late|early)\s+(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
    r"|on\s+\d{1,2}\s+[A-Z][a-z]+(?:\s+\d{4})?|on\s+[A-Z][a-z]+\s+\d{1,2}(?:,?\s+\d{4})?"
    r"|in\s+(?:January|February|March|April|May|June|July|August|September|October|November"
    r"|December)(?:\s+\d{4})?|in\s+\d{4}))+\s*$"
)
_CONNECTORS = frozenset(
    "of for the de van von der den al bin ibn la le du di da dos el ben on".split()
)
_LEADING = frozenset(
    """the a an on in at by but and while when as after before since for however yesterday today
    meanwhile later earlier then also if although though because so yet monday tuesday
    wednesday thursday friday saturday sunday january february march april june july
    august september october november december""".split()
)
_WORD = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Prof|Gen|Sen|Rep|Gov|St|Lt|Col|Capt|Sgt|Jr|Sr|[A-Z])\.)+"
    r"|[^\W_](?:[\w'\u2019\-]*\w)?"
)
_PLACE_PREPOSITIONS = frozenset("in at from near across outside around through via into".split())
_NOT_PERSON = frozenset(
    """union nations states kingdom republic house ministry council court party university bank
    office agency committee commission parliament assembly government senate congress army
    force forces association organisation organization institute centre center street
    avenue city county north south east west new great saint river lake mount sea ocean
    airport station hospital school church company group times post news press watch
    international national world european united federal state security league federation
    front movement resolution act treaty charter agreement summit conference war day""".split()
)


_ROLE = re.compile(
    r"\b(?:[Tt]he|[Aa]n?|[Hh]is|[Hh]er|[Tt]heir)\s+(?:[\w\-]+\s+){0,2}?(?:mayor|president|minister"
    r"|spokes\w+|leader|chief|director|secretary|governor|ambassador|envoy|judge|professor|doctor"
    r"|analyst|head|chair\w*|official|general|officer|king|queen|pope|premier|chancellor|wife|husband"
    r"|brother|sister|son|daughter|colleague|man|woman|counterpart)\b"
)


@dataclass(frozen=True, slots=True)
class Subject:
    """The subject of a verb of saying.

    Args:
        text: as written, without titles only when they are not next to the name.
        kind: "name", "pronoun" or "role" ("the minister").
        at: where its verb begins in the text that was searched, if it stands before the quotation;
            whom a pronoun means was named before that.
    """

    text: str
    kind: str
    at: int | None = None


def subject_from_before(before: str, *, quoted: bool) -> Subject | None:
    """The speaker named in the words that lead up to a quotation.

    Args:
        before: from the start of the sentence; quoted words are NUL characters.
        quoted: the words that follow stand in quotation marks; without marks only verbs of
            saying count, not "called it".
    """
    pattern = _ANY_VERB if quoted else _VERB
    for match in reversed(list(pattern.finditer(before))):
        subject = subject_left_of(before[: match.start()])
        if subject is not None:
            return replace(subject, at=match.start())
    according = _ACCORDING.search(before)
    if according:
        return _noun_phrase(according.group("np"))
    # Adam Jones disagreed: "..."
    return _noun_phrase(before.lstrip()) if quoted and before.rstrip().endswith(":") else None


def subject_from_after(after: str, *, new_sentence: bool) -> Subject | None:
    """The speaker named right after a quotation.

    Args:
        after: the words behind the closing mark; quoted words are NUL characters.
        new_sentence: the quotation closed its sentence, so that "Smith said ..." starts another
            one and speaks of other words.
    """
    after = after.lstrip("\"'\u201d\u2019)")
    match = _VERB_FIRST.match(after)
    if match:
        subject = _noun_phrase(match.group("np"))
        if subject is not None:
            return subject
    match = re.match(r"\s*,?\s*according to\s+(?P<np>[^\x00]{1,120})", after)
    if match:
        return _noun_phrase(match.group("np"))
    if new_sentence:
        return None
    clause = re.split(r"[.;!?\x00](?:\s|$|\x00)", after, maxsplit=1)[0]
    verb = _VERB.search(clause)
    if verb is None or re.match(r"\s*,?\s*(?:but|and|while|when|which|as|after|before)\b", clause):
        return None
    left = clause[: verb.start()].strip(" ,")
    return subject_left_of(left) if len(left.split()) <= 16 else None


def subject_left_of(left: str) -> Subject | None:
    """The noun phrase that ends where a verb begins."""
    left = _ADJUNCT.sub("", left.rstrip())
    if left.endswith(","):
        # "Aleksandar Vucic, president of Serbia, said"
        head = re.match(r"^(.*),[^,]*(?:,[^,]*)?,$", left, re.S)
        if head is None:
            return None
        left = _ADJUNCT.sub("", head.group(1).rstrip())
    words = list(_WORD.finditer(left))
    if not words or left[words[-1].end() :].strip(" .\"'\u2019)"):
        return None
    last = words[-1].group()
    if last.casefold() in _PRONOUNS:
        return Subject(last, "pronoun") if last.casefold() != "who" else None
    name = _trailing_name(left, words)
    if name and not re.search(r"\b(?:for|of|at|from|in|with)\s+(?:the\s+)?$", left[: -len(name)]):
        return Subject(name, "name")
    match = re.search(r"\b((?:the|a|an|its|his|her|their|one)\s+(?:[\w\-]+\s*){1,9})$", left, re.I)
    return Subject(match.group(1).strip(), "role") if match else None


def _trailing_name(left: str, words: list[re.Match[str]]) -> str | None:
    if not _is_capital(words[-1].group()):
        return None
    first = len(words) - 1
    index = first - 1
    while index >= 0:
        between = left[words[index].end() : words[index + 1].start()]
        if re.search(r"[,;:!?\x00\n]", between):
            break
        word = words[index].group()
        if _is_capital(word) and word.casefold() not in _LEADING:
            first = index
        elif word not in _CONNECTORS:
            break
        index -= 1
    name = left[words[first].start() : words[-1].end()]
    return None if first == len(words) - 1 and name.casefold() in _LEADING else name


def _is_capital(word: str) -> bool:
    return word[0].isupper()


def _noun_phrase(text: str) -> Subject | None:
    """The subject that starts a stretch: "Serbian President Aleksandar Vucic, who ..."."""
    words = list(_WORD.finditer(text))
    if not words or text[: words[0].start()].strip():
        return None
    if words[0].group().casefold() in _PRONOUNS:
        return Subject(words[0].group(), "pronoun")
    lower: list[str] = []
    for index, match in enumerate(words[:9]):
        word = match.group()
        between = text[words[index - 1].end() : match.start()] if index else ""
        if re.search(r"[.;:!?\x00\n]", between):
            break
        comma = "," in between
        if _is_capital(word) and word.casefold() not in _LEADING:
            if ("for" not in lower and lower) if comma else not _is_body(lower):
                return Subject(_leading_name(text, words, index), "name")
            if not comma:
                lower.append(word)
                continue
            break
        if comma:
            break
        lower.append(word)
    if not lower or lower[0].casefold() not in ("the", "a", "an", "one", "his", "her", "its"):
        return None
    return Subject(" ".join(lower), "role")


def _is_body(lower: list[str]) -> bool:
    """ "a spokesman for Gazprom" is not Gazprom; "the Ministry" is."""
    return any(word in ("for", "of", "at", "from", "in", "with") for word in lower)


def _leading_name(text: str, words: list[re.Match[str]], first: int) -> str:
    last = first
    for index in range(first + 1, len(words)):
        if text[words[index - 1].end() : words[index].start()].strip(" "):
            break
        word = words[index].group()
        if _is_capital(word) and word.casefold() not in _LEADING:
            last = index
        elif word not in _CONNECTORS or word in ("on", "for"):
            break
    name = text[words[first].start() : words[last].end()]
    return re.sub(r"['\u2019]s$", "", name).rstrip(".")


def last_named_person(before: str, pronoun: str) -> str | None:
    """The one person that "he", "she" or "the minister" can mean.

    The nearest sentence that names people decides; two people in it, and nobody is meant for
    certain.

    Args:
        before: the narrator's text up to the quotation, quoted words blanked.
        pronoun: "he", "she" or a role.
    """
    paragraphs = re.split(r"\n[ \t]*\n", before)[-3:]
    sentences = [s for p in paragraphs for s in re.split(r"(?<=[.!?\x00])\s+(?=[^\W\d_a-z])", p)]
    for sentence in reversed(sentences):
        people = _people(sentence)
        if people:
            single = len(people) == 1 and _gender_fits(people[0], pronoun)
            single = single and not _names_role_too(sentence, people[0])
            return people[0] if single else None
    return None


def _names_role_too(sentence: str, name: str) -> bool:
    """Whether a person without a name is there as well: "The mayor met Jan Novak"."""
    start = sentence.find(name)
    for match in _ROLE.finditer(sentence):
        beside = sentence[match.end() : start] if match.end() <= start else ""
        behind = sentence[start + len(name) : match.start()] if match.start() > start else ""
        if (beside or behind).strip(" ,") or not (beside or behind):
            return True
    return False


def _people(sentence: str) -> list[str]:
    """Distinct names of persons in a sentence."""
    found: list[str] = []
    words = list(_WORD.finditer(sentence))
    index = 0
    while index < len(words):
        if not _is_capital(words[index].group()) or words[index].group().casefold() in _LEADING:
            index += 1
            continue
        stop = index + 1
        while (
            stop < len(words)
            and _is_capital(words[stop].group())
            and sentence[words[stop - 1].end() : words[stop].start()] in (" ", "\n")
        ):
            stop += 1
        if _is_person(sentence, words, index, stop):
            name = sentence[words[index].start() : words[stop - 1].end()]
            name = re.sub(r"['\u2019]s$", "", name).rstrip(".")
            if not any(same_speaker(name, other) for other in found):
                found.append(name)
        index = stop
    return found


def _is_person(sentence: str, words: list[re.Match[str]], index: int, stop: int) -> bool:
    parts = [fold(words[i].group()).strip(".") for i in range(index, stop)]
    if any(part.removesuffix("'s") in _NOT_PERSON for part in parts):
        return False
    before = fold(words[index - 1].group()) if index else ""
    if before in _PLACE_PREPOSITIONS:
        return False
    plain = [part for part in parts if part not in TITLES]
    titled = before in TITLES - _CONNECTORS - {"a", "an", "at", "and", "his", "her", "their", "its"}
    says = _ANY_VERB.match(sentence[words[stop - 1].end() :].lstrip()) is not None
    return bool(plain) and (len(plain) >= 2 or len(parts) > len(plain) or titled or says)


def _gender_fits(name: str, pronoun: str) -> bool:
    if pronoun.casefold() == "she":
        return not re.match(r"(?:Mr|Sir|Lord|King|Prince)\b", name)
    if pronoun.casefold() == "he":
        return not re.match(r"(?:Mrs|Ms|Miss|Lady|Queen|Princess)\b", name)
    return True
