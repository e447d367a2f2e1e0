"""Figures on somebody's word: "the insurers speak of 9 million", "by the parents' count it is 12".

Only short statements are read: a voice, a word of saying or counting, a figure. What else stands
in the clause is kept, so that a caller can tell whether the figure is of another thing.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from factcheck.checks.grammar.context import is_verb
from factcheck.checks.grammar.tokens import concept, stem, stems_of, tokenise
from factcheck.checks.numbers.quantity import Quantity
from factcheck.text import split_sentences

if TYPE_CHECKING:
    from factcheck.checks.reading import TextReading

_NAME = r"(?:[\w'’.&-]+ ){0,7}?[\w'’.&-]+"
_ASIDE = r"(?:, [^,]{2,40},)?"
_ADVERB = r"(?: (?:\w+ly|now|instead|itself|themselves|only|still|even|rather|in turn))?"
_AUX = r"(?: (?:has|have))?"
_SAY = (
    r"(?:says?|said|claims?|claimed|insists?|insisted|maintains?|maintained"
    r"|reckons?(?: with)?|reckoned(?: with)?"
    r"|estimates?|estimated|counts?|counted|believes?|believed|thinks?|thought|reports?|reported"
    r"|calculates?|calculated|assumes?|assumed|makes? it|made it|arrives? at|arrived at"
    r"|came up with|comes? up with|see|sees|saw|seen|finds?|found|records?|recorded"
    r"|argues?|argued)"
)
_IS = (
    r"(?:is|are|was|were|has been|have been|had been|costs?|came to|comes to|amounts? to"
    r"|amounted to|stands? at|stood at|totals?|totalled|reached)"
)
_THAT = r"(?:it|there|they|this|(?:the|its|their)(?: [\w'’-]+){1,4}?)"
_COUNT = (
    r"(?:counts?|counting|figures?|estimates?|reckoning|calculations?|accounts?|tally|numbers?"
    r"|data|records?|statistics|sums?)"
)
_OBJECT = r"(?:[\w'’-]+)(?: [\w'’-]+){0,5}?"
_LEAD = (
    r"(?:(?:but|and|yet|however|meanwhile|by contrast|in contrast|on the other hand|while|whereas"
    r"|though|although),? )?"
)
_VOICE = rf"^{_LEAD}(?P<voice>{_NAME}){_ASIDE}{_ADVERB}{_AUX}"
# What stands before the figure, from the beginning of its clause.
_BEFORE = tuple(
    re.compile(pattern, re.I)
    for pattern in (
        rf"{_VOICE} (?:speaks?|spoke|spoken|talks?|talked)(?: \w+)? of$",
        rf"{_VOICE} (?:puts?|placed|places?|estimated?|estimates) (?P<object>{_OBJECT}) at$",
        rf"{_VOICE} (?:gives?|gave|given|quotes?|quoted|names?|named|cites?|cited)"
        rf"(?: (?P<object>{_OBJECT}) (?:as|at)| (?:a|the) (?:figure|number|total|sum) of)$",
        rf"{_VOICE} {_SAY}(?: that)?(?:,? (?P<object>{_THAT}) {_IS})?$",
        rf"^{_LEAD}(?:according to|going by) (?P<voice>{_NAME})(?: {_COUNT})?,?"
        rf"(?: (?P<object>{_THAT}) {_IS})?$",
        rf"^{_LEAD}(?:by|on|in) (?P<voice>{_NAME}) (?:own )?(?:{_COUNT}|view|opinion),?"
        rf"(?: (?P<object>{_THAT}) {_IS})?$",
        rf"^{_LEAD}(?P<voice>{_NAME})['’]s? (?:own )?{_COUNT} (?:is|was|are|were)$",
    )
)
_OPENING = re.compile(
    rf"{_VOICE} (?:{_SAY}|speaks?|spoke|puts?|confirms?|confirmed"
    r"|announced|registered|admitted)\b",
    re.I,
)
# The source itself against what it has reported.
_IN_FACT = re.compile(
    rf"^{_LEAD}the (?P<object_3>(?:correct|true|real|actual|right) {_COUNT}) (?:is|was)$"
    rf"|^{_LEAD}(?:in fact|in reality|in truth),? (?P<object>{_THAT}) {_IS}$"
    rf"|^{_LEAD}(?P<object_2>{_THAT}) {_IS}(?: in fact| in reality| actually| really)$",
    re.I,
)
_AFTER = tuple(
    re.compile(pattern, re.I)
    for pattern in (
        rf"^(?P<rest>[^,]{{0,40}}?),? (?:according to|in the view of) (?P<voice>{_NAME})$",
        rf"^(?P<rest>[^,]{{0,40}}?),? by (?P<voice>{_NAME})(?:['’]s?)? (?:own )?{_COUNT}$",
        rf"^(?P<rest>[^,]{{0,40}}?),[\"”]? {_SAY} (?P<voice>{_NAME})$",
        rf"^(?P<rest>[^,]{{0,40}}?),[\"”]? (?P<voice>{_NAME}) {_SAY}$",
    )
)
# "the police 600" after "the organisers counted 1,100": the verb is said once.
_GAPPED = re.compile(rf"^[^,;:]{{0,60}}?[,;] {_LEAD}(?P<voice>{_NAME})(?: of| at)?$", re.I)
# Who disputes the figure before, so that "its count" is known to be theirs.
_DISPUTE = re.compile(
    rf"^{_LEAD}(?P<voice>{_NAME}){_ASIDE}{_ADVERB} (?:disputes?|disputed|denies|deny|denied"
    r"|contests?|contested|rejects?|rejected|doubts?|doubted|disagrees?|disagreed|contradicts?|contradicted"
    r"|questions?|questioned|objects?|objected|challenges?|challenged|dismiss(?:es|ed)?)\b",
    re.I,
)
_CLAUSE_START = re.compile(
    r"[;:()–—\"“”]|, (?=(?:but|and|while|whereas|though|although|yet|or)\b)"
    r"|(?<= )(?=(?:while|whereas|but)\b)",
    re.I,
)
_CLAUSE_END = re.compile(
    r"[.;:()–—!?]|,? (?:but|while|whereas|though|although|since|because|which|who|as)\b"
    r"|,? and (?=[\w,.]*\d)|, (?:and|or|yet)\b",
    re.I,
)
_PRONOUNS = frozenset("it he she they its his her their who".split())
_NO_VOICE_START = frozenset(
    """against without including like than about among between compared in on at after before of
    for from to with since until by during under over as if when up down contrary ahead there that
    this these those what nobody none no not and or another one two three four five six seven eight
    nine ten""".split()
)
_RANKED = frozenset("lowest highest largest smallest cheapest dearest latter former".split())
_NO_VOICE_END = frozenset(
    """and or of that not the a an its their his her in on at to latest official new old usual
    first last own previous preliminary""".split()
)


@dataclass(frozen=True, slots=True)
class Stated:
    """A figure on somebody's word.

    Args:
        quantity: the figure.
        sentence: number of its sentence.
        voice: who gives it, as written; "" for the source itself ("in fact it is").
        spare: concepts of the clause beside voice, saying and figure.
        start, end: offsets of the clause.
        led: whether voice and verb stand before the figure.
        bare: whether nothing but the counted noun stands after the figure.
    """

    quantity: Quantity
    sentence: int
    voice: str
    spare: frozenset[str]
    start: int
    end: int
    led: bool = False
    bare: bool = True

    @property
    def pronoun(self) -> bool:
        """Whether the voice only points back at somebody."""
        return self.voice.lower() in _PRONOUNS


@lru_cache(maxsize=4096)
def sentence_starts(text: str) -> tuple[int, ...]:
    """Where the sentences of a text begin."""
    return tuple(span.start for span in split_sentences(text)) or (0,)


@lru_cache(maxsize=4096)
def find_stated(reading: TextReading, starts: tuple[int, ...]) -> tuple[Stated, ...]:
    """The figures of a text that are given on somebody's word, in order.

    Args:
        reading: the text.
        starts: where its sentences begin.
    """
    found: list[Stated] = []
    text = reading.text
    for quantity in reading.quantities:
        number = max(0, bisect_right(starts, quantity.start) - 1)
        end = starts[number + 1] if number + 1 < len(starts) else len(text)
        stated = _read(text, quantity, number, starts[number], end)
        if stated is None and found and found[-1].sentence == number and found[-1].led:
            stated = _gapped(text, quantity, found[-1], end)
        if stated is not None:
            found.append(stated)
    return tuple(found)


def _read(text: str, quantity: Quantity, number: int, start: int, end: int) -> Stated | None:
    for mark in _CLAUSE_START.finditer(text, start, quantity.start):
        start = mark.end()
    left = _squeezed(text[start : quantity.start])
    end = _clause_end(text, quantity, end)
    right = text[quantity.end : end]
    rest = right.partition(",")[0]
    bare = not stems_of(rest) - {quantity.noun}
    for pattern in _BEFORE:
        match = pattern.match(left)
        if match is None:
            continue
        voice = _voice(match["voice"])
        if voice:
            told = match.groupdict().get("object") or ""
            spare = stems_of(f"{told} {rest}")
            return Stated(quantity, number, voice, spare, start, end, led=True, bare=bare)
    match = _IN_FACT.match(left)
    if match is not None:
        told = match["object"] or match["object_2"] or match["object_3"] or ""
        spare = stems_of(f"{told} {rest}")
        return Stated(quantity, number, "", spare, start, end, bare=bare)
    for pattern in _AFTER:
        match = pattern.match(_squeezed(right))
        if match is None:
            continue
        voice = _voice(match["voice"])
        if voice:
            spare = stems_of(f"{left} {match['rest']}")
            bare = not spare - {quantity.noun}
            return Stated(quantity, number, voice, spare, start, end, bare=bare)
    return None


def _clause_end(text: str, quantity: Quantity, end: int) -> int:
    stop = _CLAUSE_END.search(text, quantity.end, end)
    return stop.start() if stop else end


def _gapped(text: str, quantity: Quantity, before: Stated, end: int) -> Stated | None:
    between = _squeezed(text[before.quantity.end : quantity.start])
    match = _GAPPED.match(between)
    voice = _voice(match["voice"]) if match else ""
    # "São Miguel reported 41 cases, Terceira nine" counts two places, not one thing twice.
    if match is None or not voice or all(w[0].isupper() and not w.isupper() for w in voice.split()):
        return None
    end = _clause_end(text, quantity, end)
    spare = stems_of(text[quantity.end : end].partition(",")[0])
    start = text.rfind(match["voice"].split()[0], before.quantity.end, quantity.start)
    bare = not spare - {quantity.noun}
    return Stated(quantity, before.sentence, voice, spare, start, end, led=True, bare=bare)


_TRAILING = re.compile(r"(?: (?:only|just|some|about|even|no))+$", re.I)


def _squeezed(text: str) -> str:
    return _TRAILING.sub("", " ".join(text.split()))


def _voice(text: str) -> str:
    """The text if it can name somebody who speaks, else ""."""
    disputing = disputer(text)
    if disputing:
        return disputing  # "The union contradicted the firm and spoke of 300"
    words = text.split()
    lowered = [word.lower() for word in words]
    if lowered[0] in _NO_VOICE_START or (len(words) > 1 and lowered[-1] in _NO_VOICE_END):
        return ""
    if lowered == ["the"] or set(lowered) & _RANKED:
        return ""  # "the lowest from Boyle at 610, the highest from Ardent at 875"
    if len(words) > 1 and lowered[0] in _PRONOUNS - {"its", "his", "her", "their"}:
        return ""
    tokens = tokenise(text)
    if any(token.kind == "n" for token in tokens):
        return ""
    # "The firm denied it and counts": the subject of another verb.
    if any(is_verb(token) and not token.capital for token in tokens[1:]):
        return ""
    return re.sub(r"['’]s?$", "", text)


def opening_voice(text: str) -> str:
    """Who says what a sentence begins to say ("The mayor reckons that a pupil costs"), or ""."""
    match = _OPENING.match(" ".join(text.split()))
    return _voice(match["voice"]) if match else ""


def disputer(text: str) -> str:
    """Who disputes something at the beginning of a text, or ""."""
    match = _DISPUTE.match(" ".join(text.split()))
    return _voice(match["voice"]) if match else ""


def voicestems_of(voice: str) -> frozenset[str]:
    """Concepts of the words that tell one voice from another: "police" of "police in Harstad"."""
    core = re.split(r" (?:of|in|at|for|from|under) ", voice.lower(), maxsplit=1)[0]
    words = (word for word in re.findall(r"[\w-]+", core) if len(word) > 2 and word != "the")
    return frozenset(concept(stem(word)) for word in words)


def same_voice_as(first: str, second: str) -> bool:
    """Whether two names may be of one voice: "the union" and "the miners' union"."""
    ours, theirs = voicestems_of(first), voicestems_of(second)
    return bool(ours and theirs) and (ours <= theirs or theirs <= ours)
