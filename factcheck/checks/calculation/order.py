"""Which of two levels of a text is the earlier one, by the words of time beside each."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from factcheck.checks.calculation.amounts import DATED
from factcheck.checks.grammar.tokens import YEAR_NUMBER

if TYPE_CHECKING:
    from factcheck.checks.numbers.quantity import Quantity
    from factcheck.checks.reading import PassageReading

_BEFORE = re.compile(
    r"\b(?:(?:year|month|week|day|decade|season|quarter|election|census|count|survey|vote|time|one"
    r"|poll|night|winter|summer|spring|autumn)s? before|before that|earlier|ago|previous(?:ly)?"
    r"|used to|formerly|originally|at first|initially|back then|in the past|preceding|prior"
    r"|predecessor|yesterday|until then)\b",
    re.I,
)
_LATER = re.compile(r"\b(?:later|years on|afterwards|by the end|since then|in the end)\b", re.I)
_NOW = re.compile(
    r"\b(?:now|today|currently|this (?:year|month|week|season|spring|summer|autumn|winter|time"
    r"|morning)|latest|nowadays)\b",
    re.I,
)
_LAST = re.compile(r"\blast (?:year|month|week|season|spring|summer|autumn|winter|time)\b", re.I)
_AGAINST = re.compile(
    r"\b(?:(?:up|down) (?:from|on)|against|compared (?:with|to)|after|versus)\b[^.;,]{0,20}$", re.I
)
_CUTS = (". ", "; ", ", ", " and ", " but ", " while ")


def earlier_first(
    first: Quantity, second: Quantity, passage: PassageReading
) -> tuple[Quantity, Quantity] | None:
    """Two levels, the earlier first; None where no words of time tell which it is.

    Args:
        first, second: two numbers in the order of the text.
        passage: the passage that holds them.
    """
    text = passage.text
    behind = re.split(r"[.,;]\s", text[second.end :])[0].lower()
    if _AGAINST.search(text[first.end : second.start]) and DATED.search(behind):
        return second, first
    one, other = stretches_of(first, second, text)
    if _order(one, other):
        return first, second
    return (second, first) if _order(other, one) else None


def stretches_of(first: Quantity, second: Quantity, text: str) -> tuple[str, str]:
    """The words of each of two numbers in order: their sentences, cut at the mark between them."""
    begin = max(text.rfind(mark, 0, first.start) + 1 for mark in (". ", "; "))
    cuts = [text.find(mark, first.end, second.start) for mark in _CUTS]
    middle = next((cut for cut in cuts if cut > 0), second.start)
    start = max(middle, *(text.rfind(mark, 0, second.start) + 1 for mark in (". ", "; ")))
    after = re.search(r"[.;](?:\s|$)", text[second.end :])
    end = second.end + after.start() if after else len(text)
    return text[begin:middle], text[start:end]


def _order(one: str, other: str) -> bool:
    """Whether the words of one stretch put it before those of the other."""
    years = YEAR_NUMBER.findall(one), YEAR_NUMBER.findall(other)
    if years[0] and years[1]:
        return max(years[0]) < min(years[1])
    before = bool(_BEFORE.search(one)), bool(_BEFORE.search(other))
    if before[0] != before[1]:
        return before[0]
    later = bool(_LATER.search(one)), bool(_LATER.search(other))
    if later[0] != later[1]:
        return later[1]
    now = bool(_NOW.search(one)), bool(_NOW.search(other))
    if now[0] != now[1]:
        return now[1]
    last = bool(_LAST.search(one)), bool(_LAST.search(other))
    return bool(years[0]) and last[1] and not last[0]
