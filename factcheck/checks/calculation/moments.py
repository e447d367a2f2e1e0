"""Two levels of one thing at two times: which is the earlier, and what the later is to it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations
from typing import TYPE_CHECKING

from factcheck.checks.calculation.amounts import DATED
from factcheck.checks.calculation.workings import worked

if TYPE_CHECKING:
    from factcheck.checks.calculation.amounts import Derived
    from factcheck.checks.calculation.flows import Entry
    from factcheck.checks.numbers.quantity import Quantity
    from factcheck.checks.reading import PassageReading

_EARLIER = re.compile(
    r"\b(?:before|earlier|ago|previous(?:ly)?|used to|formerly|originally|at first|initially"
    r"|back then|in the past|preceding|prior|predecessor)\b",
    re.I,
)
_YEAR = re.compile(r"\b(?:1[89]|20)\d\d\b")
_AGAINST = re.compile(
    r"\b(?:(?:up|down) (?:from|on)|against|compared (?:with|to)|after|versus)\b[^.;,]{0,20}$", re.I
)
_LAST = re.compile(r"\b(?:last (?:year|month|week|season)|once|old)\b", re.I)
_NOW = re.compile(r"\b(?:now|today|currently|this (?:year|month|week|season)|since|latest)\b", re.I)


def ratios(
    quantity: Quantity, entries: tuple[Entry, ...], passage: PassageReading, said: str
) -> Iterator[Derived]:
    """How many times one level is another, or by what share one differs from the other.

    For a change the earlier level is the base; words of time tell it, or else the order. Of three
    levels and more at different times the claim must say which two.
    """
    years = set(_YEAR.findall(said))
    levels = [entry for entry in entries if not entry.quantity.change and not entry.each]
    levels = [e for e in levels if e.quantity.kind not in ("factor", "duration", "age")]
    dated = {_nearest_year(passage.text, *_around(e, passage.text)) for e in levels} - {None}
    for first, second in combinations(levels, 2):
        if len(dated) > 2 and len(levels) == len(dated) and len(years) < 2:
            continue
        one, other = first.quantity, second.quantity
        if one.kind != other.kind or (one.noun and other.noun and one.noun != other.noun):
            continue
        if one.kind == "share" and quantity.kind == "share":
            continue
        ordered = in_time(first, second, passage)
        if ordered is None:
            continue
        base, level = ordered
        ratio = level.quantity.value / base.quantity.value
        value = ratio if quantity.kind == "factor" else abs(ratio - 1)
        if quantity.kind == "share" and quantity.direction * (ratio - 1) < 0:
            continue
        written = f"from {base.quantity.text} to {level.quantity.text}"
        shown = f"{ratio:.2f} times" if quantity.kind == "factor" else f"{100 * (ratio - 1):+.1f} %"
        yield replace(
            worked(quantity, value, 0.03 * value, "", [(1, base), (1, level)]),
            shown=f"{written} is {shown}",
        )


def _around(entry: Entry, text: str) -> tuple[int, int, int]:
    """The stretch right around a number, for the year that stands beside it."""
    start, end = entry.quantity.start, entry.quantity.end
    return max(0, start - 12), min(len(text), end + 30), end


def in_time(first: Entry, second: Entry, passage: PassageReading) -> tuple[Entry, Entry] | None:
    """The earlier and the later of two levels, if words or years tell which is which."""
    text, one, other = passage.text, first.quantity, second.quantity
    behind = text[other.end :].lower().partition(". ")[0]
    if _AGAINST.search(text[one.end : other.start]) and DATED.search(behind):
        return second, first
    begin = max(text.rfind(". ", 0, one.start), text.rfind("; ", 0, one.start), 0)
    cuts = [text.find(mark, one.end, other.start) for mark in (". ", "; ", ", ", " and ")]
    middle = next((cut for cut in cuts if cut > 0), other.start)
    after = re.search(r"[.;](?:\s|$)", text[other.end :])
    end = other.end + after.start() if after else len(text)
    ends = ((begin, middle, one.start), (middle, end, other.start))
    years = [_nearest_year(text, *span) for span in ends]
    if None not in years and years[0] != years[1]:
        places = [year or 0 for year in years]
    else:
        places = [_place_in_time(text[low:high]) for low, high, _ in ends]
    if places[0] != places[1]:
        return (first, second) if places[0] < places[1] else (second, first)
    if text[max(0, one.start - 6) : one.start].strip().lower() == "from":
        return first, second
    return None


def _nearest_year(text: str, low: int, high: int, place: int) -> int | None:
    """The year that stands nearest to a number in its stretch of a text."""
    years = list(_YEAR.finditer(text, low, high))
    if not years:
        return None
    return int(min(years, key=lambda match: abs(match.start() - place))[0])


def _place_in_time(text: str) -> int:
    """How late a stretch of text stands in time by its words: -2 before something, 1 now."""
    if _EARLIER.search(text):
        return -2
    return -1 if _LAST.search(text) else int(bool(_NOW.search(text)))
