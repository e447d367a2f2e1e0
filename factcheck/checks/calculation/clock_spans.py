"""Durations between two times of day of a passage: "from 8:34 until 9:21" is 47 minutes.

They are tried only where the passage names two times of day, or one stretch from one to another,
and no length of time of its own: with a third time the claim may mean another stretch.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from factcheck.checks.calculation.amounts import Derived, with_value
from factcheck.checks.calculation.lasting import Form, asked_for
from factcheck.checks.grammar.tokens import NEXT_SENTENCE
from factcheck.checks.numbers.bounds import Bound
from factcheck.checks.relevance import name_missing
from factcheck.checks.times.clocks import DAY, HALF_DAY, Clock, find_clocks

if TYPE_CHECKING:
    from factcheck.checks.numbers.quantity import Quantity
    from factcheck.checks.reading import ClaimReading, PassageReading

_SHORTEST = 1 / DAY
_FROM = re.compile(r"\b(?:from|between)(?: (?:about|around|shortly after|just after))? $", re.I)
_TO = re.compile(
    r"^(?: on \w+)?(?: to| until| till| and|\s?[-–])"
    r"(?: (?:about|around|shortly after|just after))? ?$",
    re.I,
)
_EARLIER = re.compile(r"\b(?:having|had)\b")
_WEIGHT = 0.85


def derive_clock_spans(
    claim: Quantity, passage: PassageReading, said: ClaimReading
) -> Iterator[Derived]:
    """The time between two times of day of a passage, for a claim's duration of under a day."""
    if not _SHORTEST <= claim.value <= 1.0:
        return
    pair = clock_pair(passage)
    asked = asked_for(claim, said)
    if pair is None or asked.form is Form.NONE or name_missing(said, passage):
        return
    first, last = pair
    minutes = _between(first, last)
    slack = max(first.earliest + last.latest, first.latest + last.earliest)
    days = minutes / DAY
    unit = min(claim.factor, claim.value)
    plainly = claim.bound in (Bound.EXACT, Bound.ABOUT)
    rounded = max(min(unit / 2, days / 8) if plainly else claim.half, slack / DAY)
    missing = len(asked.words - passage.stems)
    weight = _WEIGHT if 2 * missing <= len(asked.words) else 0.7
    told = with_value(claim, days, rounded)
    shown = f"from {first.text} to {last.text} is {_in_words(minutes)}"
    decisive = 3 * missing <= len(asked.words) and not slack
    yield Derived(told, shown, first.start, last.end, False, weight)
    if decisive:
        wide = replace(told, low=0.85 * days, high=1.15 * days, bound=Bound.ABOUT, half=0.0)
        yield Derived(wide, shown, first.start, last.end, True, weight, against=0.7)


def clock_pair(passage: PassageReading) -> tuple[Clock, Clock] | None:
    """The two times of day between which something lasted, or None where that is not told."""
    text = passage.text
    clocks = find_clocks(text)
    own = any(q.kind == "duration" and q.value < 1.0 for q in passage.body.quantities)
    ranges = [
        (one, other)
        for one, other in pairwise(clocks)
        if _TO.match(text[one.end : other.start]) and _FROM.search(text[: one.start])
    ]
    if len(ranges) == 1 and len(clocks) <= 3:
        return ranges[0]
    if len(clocks) != 2 or own or ranges:
        return None
    days = {(m.low, m.month, m.day) for m in passage.body.dates if m.grain == "day"}
    if len(days) > 1:
        return None
    first, last = clocks
    if _EARLIER.search(text, first.end, last.start) and not NEXT_SENTENCE.search(
        text, first.end, last.start
    ):
        return last, first  # "reached the top at 9.40 am, having set out at 1 am"
    return first, last


def _between(first: Clock, last: Clock) -> int:
    """Minutes from one time of day to the next that is the other."""
    size = DAY if first.whole and last.whole else HALF_DAY
    return (last.minute - first.minute - 1) % size + 1


def _in_words(minutes: int) -> str:
    hours, rest = divmod(minutes, 60)
    if not hours:
        return f"{rest} minutes"
    return f"{hours} h {rest} min" if rest else f"{hours} hours"
