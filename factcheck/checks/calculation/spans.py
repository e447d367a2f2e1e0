"""Durations that follow from two times of a passage: its date ranges, or the dates of two events.

"Opened on 4 February and ended on 18 February" is two weeks. Which two dates a claim means is told
by its words: they stand beside both, or it tells how long something lasted, and the later date is
that of an end. Dates give a duration only as exactly as they are written, to the day, the month or
the year, and one step more or less is no contradiction.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import combinations
from typing import TYPE_CHECKING

from factcheck.checks.calculation.amounts import Derived, with_value
from factcheck.checks.calculation.lasting import (
    CAPTURES,
    ENDS,
    HOLDING,
    LASTING,
    MADE,
    MAKING,
    REPORTS,
    STARTS,
    Asked,
    Form,
    asked_for,
)
from factcheck.checks.calculation.occasions import Occasion, occasions
from factcheck.checks.dates import DateMention, complete
from factcheck.checks.grammar.tokens import concept
from factcheck.checks.numbers.bounds import Bound
from factcheck.checks.relevance import name_missing
from factcheck.checks.times.calendar_span import ANY_YEAR

if TYPE_CHECKING:
    from factcheck.checks.numbers.quantity import Quantity
    from factcheck.checks.reading import ClaimReading, PassageReading

YEAR, _MONTH = 365.2425, 30.436875


@dataclass(frozen=True, slots=True)
class Span:
    """A time between two times of a passage.

    Args:
        days: its length, counted in the steps in which the passage gives it.
        step: how exactly it is known, in days.
        start, end: offsets in the passage.
        shown: what the passage gives, for the reader.
        both: whether its first and its last day may both count.
    """

    days: float
    step: float
    start: int
    end: int
    shown: str
    both: bool = False


_Days = tuple[int, int]


def _length(first: _Days, last: _Days) -> tuple[float, float]:
    """The length between two times, and how exactly it is known, both in days."""
    step = max(_step(first), _step(last))
    begin, end = date.fromordinal(first[0]), date.fromordinal(last[0])
    if step == YEAR:
        return (end.year - begin.year) * YEAR, step
    if step == _MONTH:
        return (12 * (end.year - begin.year) + end.month - begin.month) * _MONTH, step
    return (sum(last) - sum(first)) / 2, step


def _step(days: _Days) -> float:
    width = days[1] - days[0] + 1
    if 28 <= width <= 31:
        return _MONTH
    return YEAR if width in (365, 366) else float(width)


def derive_spans(claim: Quantity, passage: PassageReading, said: ClaimReading) -> Iterator[Derived]:
    """The durations that the times of a passage allow for one of a claim, surest first."""
    if claim.value >= 1.0:  # dates tell of no hours
        yield from _ranges(claim, passage, said)
        yield from _between(claim, passage, said)


def told(claim: Quantity, span: Span, decisive: bool, weight: float) -> Iterator[Derived]:
    """What a span says of a claim's duration: its length as one would give it, then all it may be.

    Nothing where the claim is more exact than the passage.
    """
    unit = max(1.0, min(claim.factor, claim.value))
    if claim.factor < 0.9 * span.step:
        return
    counted = float(span.both and span.step == 1.0)
    days = span.days + counted / 2
    # "More than three years" is rounded no more than it says.
    plainly = claim.bound in (Bound.EXACT, Bound.ABOUT)
    rounded = min(unit / 2, days / 8) if plainly else claim.half
    plain = with_value(claim, days, max(rounded, counted / 2))
    slack = max(span.step, min(unit, days / 4))
    loose = replace(
        plain, half=0.0, bound=Bound.ABOUT, low=max(0.0, days - slack), high=days + slack
    )
    shown = f"{span.shown} is {_in_words(span.days + counted, span.step > 1.0)}"
    yield Derived(plain, shown, span.start, span.end, False, weight)
    yield Derived(loose, shown, span.start, span.end, decisive, weight)


def _in_words(days: float, rough: bool) -> str:
    about = "about " if rough else ""
    if days < 120:
        return f"{about}{days:.0f} days"
    if days < 3 * YEAR:
        return f"about {days / _MONTH:.0f} months"
    return f"about {days / YEAR:.0f} years"


def _ranges(claim: Quantity, passage: PassageReading, said: ClaimReading) -> Iterator[Derived]:
    """ "From 3 May to 17 May"; of several the one beside which most of the claim's words stand."""
    asked = asked_for(claim, said)
    if asked.form is Form.NONE or (asked.words and not asked.words & passage.stems):
        return
    near = {o.mention.start: asked.words & o.words for o in occasions(passage.body)}
    found = [
        (len(near.get(mention.start, ())), mention, mention.first, mention.last)
        for mention in passage.body.dates
        if mention.first is not None
        and mention.last is not None
        and (
            _related(claim, mention, passage)
            or (near.get(mention.start) and {claim.verb, mention.verb} <= HOLDING)
        )
    ]
    most = max((cover for cover, *_ in found), default=0)
    for cover, mention, first, last in found:
        if cover == most:
            length = _length(first, last)
            span = Span(*length, mention.start, mention.end, mention.text, both=True)
            same = claim.verb == mention.verb
            decisive = same and claim.verb in LASTING and span.step == 1.0 and cover > 0
            sure = same or not asked.words - passage.stems
            yield from told(
                claim, span, decisive and _told_of(asked, said, passage), 1.0 if sure else 0.6
            )


def _related(claim: Quantity, mention: DateMention, passage: PassageReading) -> bool:
    """Whether a range of dates belongs to what the claim's duration is about."""
    if claim.verb == mention.verb:
        return True
    if mention.verb in ("", "be"):
        return claim.verb in LASTING or claim.verb in passage.body.stems
    return claim.verb in LASTING and len(passage.body.dates) == 1


@dataclass(frozen=True, slots=True)
class TimePair:
    """Two occasions in the order of time, the span between them, and whether the order is sure."""

    first: Occasion
    last: Occasion
    span: Span
    sure: bool

    @property
    def born(self) -> bool:
        """Whether it begins with a birth."""
        return "_born" in self.first.words | {self.first.mention.verb}


def _between(claim: Quantity, passage: PassageReading, said: ClaimReading) -> Iterator[Derived]:
    """ "Began on 3 May … ended on 17 May"."""
    asked = asked_for(claim, said)
    if asked.form in (Form.NONE, Form.PLAIN):
        return
    alone = len({(m.low, m.high, m.month, m.day) for m in passage.body.dates}) == 2
    fitting: list[tuple[int, float, TimePair]] = []
    for one, other in combinations(occasions(passage.body), 2):
        if not (_usable(one, asked.words) and _usable(other, asked.words)):
            continue
        pair = pair_of(one, other)
        if pair is not None and (weight := _fit(asked, pair, passage, alone)):
            cover = len(asked.words & (pair.first.words | pair.last.words))
            fitting.append((cover, weight, pair))
    most = max((cover for cover, _, _ in fitting), default=0)
    for cover, weight, pair in fitting:
        if cover == most:
            decisive = alone and pair.sure and _told_of(asked, said, passage)
            decisive = decisive and _decides(claim, asked, pair, passage)
            yield from told(claim, pair.span, decisive, weight)


def _usable(occasion: Occasion, words: frozenset[str]) -> bool:
    """Whether a date is one of the matter itself, not of a report of it."""
    return occasion.mention.relation in ("at", "since", "until") and not (
        occasion.words & REPORTS - words
    )


def pair_of(one: Occasion, other: Occasion) -> TimePair | None:
    """Two occasions in the order of time, or None where they cannot be told apart."""
    a, b = _dated(one.mention, other.mention)
    if a is None or b is None:
        return None
    # Without a year "in May, … in March" may be ten months or two.
    sure = one.mention.low is not None or other.mention.low is not None or a < b
    first, last = (one, other) if a < b else (other, one)
    low, high = min(a, b), max(a, b)
    if low[1] >= high[0]:
        return None
    shown = f"from {first.mention.text} to {last.mention.text}"
    span = Span(*_length(low, high), one.mention.start, other.mention.end, shown)
    pair = TimePair(first, last, span, sure)
    if pair.born and span.step == 1.0:
        # The years of a life are full ones.
        span = replace(span, days=max(span.days // YEAR, 1.0) * YEAR)
    return replace(pair, span=span)


def _dated(one: DateMention, other: DateMention) -> tuple[_Days | None, _Days | None]:
    """The days of two dates; one without a year has that of the other, or is the next one."""
    year = next((date.fromordinal(m.low).year for m in (one, other) if m.low), ANY_YEAR)
    a, b = _days(one, year), _days(other, year)
    if a is None or b is None or a <= b or other.low is not None:
        return a, b
    # "On 28 December … on 3 January", but not "ended on 17 May, had begun on 3 May".
    if one.low is not None or a[0] - b[0] > YEAR / 2:
        b = _days(other, year + 1)
    return a, b


def _days(mention: DateMention, year: int) -> _Days | None:
    dated = complete(mention, year)
    return None if dated.low is None or dated.high is None else (dated.low, dated.high)


def _fit(asked: Asked, pair: TimePair, passage: PassageReading, alone: bool) -> float:
    """How surely a claim's duration is the time between two occasions, 0 for not at all."""
    first, last = pair.first, pair.last
    missing = len(asked.words - passage.stems)
    if pair.born and "_born" not in asked.words:
        lived = asked.verb == "live" and "_die" in last.words | {last.mention.verb}
        return 0.9 if lived and asked.words & passage.stems else 0.0
    if asked.form is not Form.LASTED and 2 * missing <= len(asked.words) and _apart(asked, pair):
        return 1.0
    if asked.form is Form.APART or not _lasted(asked, pair):
        return 0.0
    near = first.sentence == last.sentence or (first.linked and first.words & STARTS)
    if not (alone or last.words & asked.words or near):
        return 0.0
    if asked.core in passage.stems | {""} and missing <= max(1, len(asked.words) // 3):
        return (0.6 if missing else 0.9) if _begun(asked, first, alone) else 0.0
    # "The truce held": nothing of it in the passage, which tells of one begin and one end alone.
    together = first.sentence == last.sentence and last.linked and first.words & STARTS
    plain = asked.verb in _GOING_ON and not asked.words & passage.stems
    return 0.8 if alone and together and plain else 0.0


_GOING_ON = LASTING | {"hold", "be"}


def _begun(asked: Asked, first: Occasion, alone: bool) -> bool:
    """Whether the earlier date is one of what the claim speaks of."""
    if first.linked and (alone or first.words & STARTS):
        return True
    return asked.core in first.words if asked.core else bool(first.words & asked.words)


def _apart(asked: Asked, pair: TimePair) -> bool:
    """Whether the claim names both events, each by a word of its own, and in their order."""
    first, last = asked.words & pair.first.words, asked.words & pair.last.words
    if not first or not last or first == last:
        return False
    if asked.order is None:
        return True
    earlier, later = asked.order[0] - asked.order[1], asked.order[1] - asked.order[0]
    right = len(earlier & pair.first.words) + len(later & pair.last.words)
    return right >= len(earlier & pair.last.words) + len(later & pair.first.words)


def _lasted(asked: Asked, pair: TimePair) -> bool:
    """Whether the later date is the end of what the earlier one is of."""
    first, last = pair.first.words, pair.last.words
    made = asked.words & MAKING and last & MADE
    freed = concept("release") in last and first & CAPTURES
    ends = last & ENDS or pair.last.mention.relation == "until" or made or freed
    return bool(ends and (pair.last.linked or last & (first | {asked.core})))


_OFFSET = re.compile(
    r"\b(?:days?|weeks?|months?|years?) (?:earlier|later|before|after|prior)\b"
    r"|\b(?:the|that) (?:next|following|same|previous) (?:day|week|month|year)\b",
    re.I,
)


def _decides(claim: Quantity, asked: Asked, pair: TimePair, passage: PassageReading) -> bool:
    """Whether another duration than the one between two occasions contradicts them.

    Not where the passage gives a duration of about that size itself, or dates by an interval.
    """
    if pair.span.step not in (1.0, _MONTH, YEAR):
        return False  # a season, a decade
    own = [q.value for q in passage.body.quantities if q.kind == "duration"]
    if _OFFSET.search(passage.text) or any(0.25 < value / claim.value < 4 for value in own):
        return False
    first, last = asked.words & pair.first.words, asked.words & pair.last.words
    both = _apart(asked, pair) and first - last and last - first
    begun = pair.first.words & STARTS and _lasted(asked, pair)
    return pair.born or bool(both or begun)


def _told_of(asked: Asked, said: ClaimReading, passage: PassageReading) -> bool:
    """Whether two thirds of what a claim says, and all names, stand in the passage."""
    known = 3 * len(asked.words - passage.stems) <= len(asked.words)
    return known and not name_missing(said, passage)
