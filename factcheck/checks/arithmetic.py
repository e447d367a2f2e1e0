"""Simple sums that a passage allows: a duration between dates, an age, a share, a change, a total.

They are tried only for a quantity of the claim that the passage does not state itself, and the
calculation is part of what the reader is shown. Those with dates are here, those between amounts in
`amounts.py`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from factcheck.checks.amounts import Derived, derive_amounts, with_value
from factcheck.checks.bounds import Bound
from factcheck.checks.quantity import Quantity

if TYPE_CHECKING:
    from factcheck.checks.dates import DateMention
    from factcheck.checks.reading import PassageReading

_DAYS_A_YEAR = 365.2425
# Verbs of which a duration says how long the whole thing took.
_LASTING = frozenset(("last", "run", "take", "continue", "serve", "span", "remain", "stay", "rule"))


def derive(claim: Quantity, passage: PassageReading) -> Iterator[Derived]:
    """All values that the passage allows for the kind of a claim's quantity, plainest first."""
    if claim.kind == "duration":
        yield from _durations(claim, passage)
    elif claim.kind == "age":
        yield from _ages(claim, passage)
    else:
        yield from derive_amounts(claim, passage)


def _exact_days(mention: DateMention) -> tuple[int, int] | None:
    """First day of the begin and last day of the end of a range of days."""
    if mention.first is None or mention.last is None:
        return None
    return mention.first[0], mention.last[1]


def _durations(claim: Quantity, passage: PassageReading) -> Iterator[Derived]:
    decisive = claim.verb in _LASTING
    for mention in passage.body.dates:
        span = _exact_days(mention)
        if span is None or mention.first is None or mention.last is None:
            continue
        coarse = (mention.first[1] - mention.first[0]) + (mention.last[1] - mention.last[0])
        days = span[1] - span[0] + 1
        if not _related(claim, mention, passage):
            continue
        # Counting both ends or one is usage; whole months or years leave more room, and so does
        # a claim in whole weeks or years.
        half = max(1.0 + coarse / 2, claim.factor / 2 if claim.bound is Bound.EXACT else 0.0)
        quantity = with_value(claim, days - coarse / 2, half)
        yield Derived(
            quantity,
            f"{mention.text} is {_in_words(quantity.value, coarse > 0)}",
            mention.start,
            mention.end,
            decisive and claim.verb == mention.verb and coarse == 0,
        )


def _related(claim: Quantity, mention: DateMention, passage: PassageReading) -> bool:
    """Whether a range of dates belongs to what the claim's duration is about."""
    if claim.verb == mention.verb:
        return True
    if mention.verb in ("", "be"):
        return claim.verb in _LASTING or claim.verb in passage.body.stems
    return claim.verb in _LASTING and len(passage.body.dates) == 1


def _in_words(days: float, rough: bool) -> str:
    about = "about " if rough else ""
    if days < 120:
        return f"{about}{days:.0f} days"
    if days < 3 * _DAYS_A_YEAR:
        return f"about {days / 30.44:.0f} months"
    return f"about {days / _DAYS_A_YEAR:.0f} years"


def _ages(claim: Quantity, passage: PassageReading) -> Iterator[Derived]:
    births = [m for m in passage.body.dates if m.verb == "_born" and m.low is not None]
    others = [
        m
        for m in passage.body.dates
        if m.verb not in ("_born", "")
        and m.low is not None
        and m.verb == claim.verb
        and m.grain != "range"
    ]
    if len(births) != 1:
        return
    birth = births[0]
    others.sort(key=lambda mention: (mention.verb != "_die", mention.start))
    for other in others:
        assert birth.low is not None and birth.high is not None
        assert other.low is not None and other.high is not None
        youngest = _age(birth.high, other.low)
        oldest = _age(birth.low, other.high)
        if 0 <= youngest <= oldest <= 125:
            quantity = replace(
                with_value(claim, (youngest + oldest) / 2, (oldest - youngest) / 2),
                low=float(youngest),
                high=float(oldest),
            )
            shown = f"{youngest}" if youngest == oldest else f"{youngest} or {oldest}"
            yield Derived(
                quantity,
                f"from {birth.text} to {other.text} is {shown} years",
                min(birth.start, other.start),
                max(birth.end, other.end),
                False,
            )


def _age(born: int, then: int) -> int:
    first, second = date.fromordinal(max(1, born)), date.fromordinal(max(1, then))
    return second.year - first.year - ((second.month, second.day) < (first.month, first.day))
