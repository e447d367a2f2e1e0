"""Whether two places of a passage speak of what a claim speaks of, or one of them of another's.

"65 nests in Gull Bay and 40 in Stone Bay" give no 105 nests in Gull Bay, nor does a bridge that
opened in 1932 and another that closed in 1972 tell how long one of them stood. A name or a time of
the claim that stands beside one number only, where the other has a name or a time of its own, sets
both apart.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import permutations
from typing import TYPE_CHECKING, Protocol

from factcheck.checks.comparison.sureness import NOT_YET
from factcheck.checks.grammar.tokens import YEAR_NUMBER, concept, stem

if TYPE_CHECKING:
    from factcheck.checks.reading import ClaimReading, PassageReading, TextReading


class Place(Protocol):
    """A number or a date of a passage."""

    @property
    def start(self) -> int: ...

    @property
    def end(self) -> int: ...

    @property
    def near(self) -> frozenset[str]: ...


_SEASON = re.compile(
    r"\b(?:this|last|next) (?:year|month|week|season|term|quarter|summer|winter)\b"
)
# Somebody who belongs to the one spoken of opens a clause.
_KIN = re.compile(
    r"(?:[.;,]|\band|\bbut|\bwhile)\s+(?:[Hh]is|[Hh]er|[Tt]heir)\s+(?:\w+er\s+)?([a-z]+)\s+"
    r"(?:[A-Z]\w+\s+)*(?:is|was|had|has|will|\w+ed|\w+t|died|won|took|got|left|came|went)\b"
)
_COUNTERPARTS = tuple(
    tuple(concept(stem(word)) for word in pair.split())
    for pair in (
        "export import", "income spending", "revenue cost", "birth death", "marriage divorce",
        "man woman", "boy girl", "arrival departure", "profit loss", "buyer seller", "rural urban",
        "score concede",
    )
)  # fmt: skip
_SENTENCE = re.compile(r"[.!?]\s")
_BREAK = re.compile(r"[.;:!?](?:\s|$)|\band\b|\bbut\b|\bwhile\b|, ")


def of_one_matter(
    places: Sequence[Place], claim: ClaimReading, passage: PassageReading, *, times: bool = False
) -> bool:
    """Whether none of several places is set apart from the claim by a name of its own.

    Args:
        times: whether a year or season of its own sets it apart too.
    """
    if any(_opposed(claim.body.stems, place.near) for place in places):
        return False
    parts = [_part(place, places, passage.text) for place in places]
    named = [_names(passage.body, low, high) for low, high in parts]
    compared = [(_words_of_names(claim.body), named)]
    if times:
        timed = [_times(passage.text[low:high]) for low, high in parts]
        compared.append((_times(claim.text), timed))
    ends = sorted((place.start, place.end) for place in places)
    between = passage.text[ends[0][1] : ends[-1][0]] if ends else ""
    if any(
        concept(stem(match[1].lower())) not in claim.body.stems for match in _KIN.finditer(between)
    ):
        return False  # "Rolf Tann was jailed in 2001. His aide was released in 2004."
    for wanted, marks in compared:
        for one, other in permutations(marks, 2):
            if (wanted & one) - other and other - wanted - one:
                return False
    return True


def not_yet(passage: PassageReading, start: int, end: int) -> bool:
    """Whether the sentences of a stretch of a passage only plan or suppose what they tell."""
    text = passage.text
    ends = [match.end() for match in _SENTENCE.finditer(text, 0, start)]
    after = _SENTENCE.search(text, end)
    low, high = ends[-1] if ends else 0, after.end() if after else len(text)
    return any(
        cue.kind in NOT_YET and low <= cue.start < high for cue in passage.body.modality.cues
    )


def _opposed(words: frozenset[str], near: frozenset[str]) -> bool:
    """Whether a number is that of the counterpart of what a claim speaks of: imports, exports."""
    return any(
        (one in words) != (other in words)
        and (one in near) != (other in near)
        and (one in words) != (one in near)
        for one, other in _COUNTERPARTS
    )


def _part(place: Place, places: Sequence[Place], text: str) -> tuple[int, int]:
    """The stretch of a sentence around a place, up to marks, joining words and other places."""
    others = sorted((other.start, other.end) for other in places if other is not place)
    low = max((end for _, end in others if end <= place.start), default=0)
    high = min((start for start, _ in others if start >= place.end), default=len(text))
    begin = [match.end() for match in _BREAK.finditer(text, low, place.start)]
    stop = _BREAK.search(text, place.end, high)
    return begin[-1] if begin else low, stop.start() if stop else high


def _names(body: TextReading, low: int, high: int) -> frozenset[str]:
    """Stems of the words of the names in a stretch of a text."""
    return frozenset(
        token.stem
        for name in body.names
        if name.certain and low <= name.start < high
        for token in body.layout.tokens[name.first : name.last]
        if token.content
    )


def _words_of_names(body: TextReading) -> frozenset[str]:
    """Stems of the words of all names of a text, also of those that only open a sentence."""
    return frozenset(
        token.stem for name in body.names for token in body.layout.tokens[name.first : name.last]
    )


def _times(text: str) -> frozenset[str]:
    return frozenset(YEAR_NUMBER.findall(text)) | frozenset(_SEASON.findall(text.lower()))
