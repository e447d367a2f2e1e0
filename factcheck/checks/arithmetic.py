"""Simple sums that a passage allows: a duration between dates, an age, a share, a change, a total.

They are tried only for a quantity of the claim that the passage does not state itself, and the
calculation is part of what the reader is shown.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING

from factcheck.checks.bounds import Bound
from factcheck.checks.quantity import Quantity

if TYPE_CHECKING:
    from factcheck.checks.dates import DateMention
    from factcheck.checks.reading import PassageReading

_DAYS_A_YEAR = 365.2425
# Verbs of which a duration says how long the whole thing took.
_LASTING = frozenset(("last", "run", "take", "continue", "serve", "span", "remain", "stay", "rule"))


@dataclass(frozen=True, slots=True)
class Derived:
    """A quantity worked out from a passage.

    Args:
        quantity: comparable with the claim's.
        shown: the calculation, for the reader.
        start, end: offsets in the passage that it rests on.
        decisive: whether another value of it would contradict the claim.
    """

    quantity: Quantity
    shown: str
    start: int
    end: int
    decisive: bool


def derive(claim: Quantity, passage: PassageReading) -> Iterator[Derived]:
    """All values that the passage allows for the kind of a claim's quantity, plainest first."""
    if claim.kind == "duration":
        yield from _durations(claim, passage)
    elif claim.kind == "age":
        yield from _ages(claim, passage)
    elif claim.kind == "factor" or (claim.change in ("up", "down") and claim.kind == "share"):
        yield from _ratios(claim, passage)
    elif claim.kind == "share":
        yield from _shares(claim, passage)
    elif claim.change in ("up", "down"):
        yield from _differences(claim, passage)
    else:
        yield from _margins(claim, passage)
        yield from _levels(claim, passage)
        if claim.kind == "count" or claim.total:
            yield from _totals(claim, passage)


def _value(claim: Quantity, value: float, half: float = 0.0) -> Quantity:
    return replace(
        claim,
        value=value,
        half=half,
        bound=Bound.EXACT,
        low=value,
        high=value,
        other=None,
        pair=None,
        form="digits",
    )


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
        quantity = _value(claim, days - coarse / 2, half)
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
                _value(claim, (youngest + oldest) / 2, (oldest - youngest) / 2),
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


def _from_to(passage: PassageReading) -> Iterator[tuple[Quantity, Quantity]]:
    """Pairs of quantities written "from A to B", in one kind."""
    quantities = passage.body.quantities
    for first, second in pairwise(quantities):
        before = passage.text[max(0, first.start - 6) : first.start].lower().strip()
        between = passage.text[first.end : second.start].lower()
        if first.kind != second.kind or len(between) > 40:
            continue
        if before.endswith("from") and between.rstrip().endswith("to"):
            yield first, second


def _ratios(claim: Quantity, passage: PassageReading) -> Iterator[Derived]:
    for first, second in _from_to(passage):
        if first.value <= 0:
            continue
        ratio = second.value / first.value
        if claim.kind == "factor":
            value, shown = ratio, f"{ratio:.2f} times"
        else:
            change = ratio - 1
            if (change > 0) != (claim.change == "up"):
                continue
            value, shown = abs(change), f"{100 * change:+.1f} per cent"
        rounding = first.half / first.value + second.half / max(second.value, 1e-9)
        quantity = _value(claim, value, max(0.03 * value, rounding * ratio))
        yield Derived(
            quantity,
            f"from {first.text} to {second.text} is {shown}",
            first.start,
            second.end,
            claim.kind == "factor",
        )


_MARGIN = frozenset(("major", "majoriti", "margin", "lead", "differ", "differenc", "advantag"))


def _margins(claim: Quantity, passage: PassageReading) -> Iterator[Derived]:
    """The margin of a vote or score: 88 votes to 71 is 17."""
    if not _MARGIN & (claim.near | {claim.label}):
        return
    for quantity in passage.body.quantities:
        if quantity.pair is not None:
            margin = abs(quantity.pair[0] - quantity.pair[1])
            shown = f"the margin of {quantity.text} is {margin:g}"
            yield Derived(_value(claim, margin), shown, quantity.start, quantity.end, True)


def _levels(claim: Quantity, passage: PassageReading) -> Iterator[Derived]:
    """The level before: "rose by 3.6 million to 14.8 million" gives 11.2 million."""
    for change, level in pairwise(passage.body.quantities):
        between = passage.text[change.end : level.start].lower().strip()
        if not change.change or level.change or between != "to":
            continue
        if change.kind != level.kind or level.kind != claim.kind:
            continue
        before = level.value - change.value if change.change == "up" else level.value + change.value
        quantity = _value(claim, before, change.half + level.half)
        sign = "−" if change.change == "up" else "+"
        yield Derived(
            quantity,
            f"{level.text} {sign} {change.text} is {before:,.10g}",
            change.start,
            level.end,
            False,
        )


def _differences(claim: Quantity, passage: PassageReading) -> Iterator[Derived]:
    for first, second in _from_to(passage):
        change = second.value - first.value
        if first.kind != claim.kind or (change > 0) != (claim.change == "up"):
            continue
        # An end of the range given as its size: certainly the same range.
        mistaken = claim.value in (first.value, second.value)
        quantity = _value(claim, abs(change), first.half + second.half)
        yield Derived(
            quantity,
            f"from {first.text} to {second.text} is {abs(change):,.10g}",
            first.start,
            second.end,
            mistaken,
        )


def _shares(claim: Quantity, passage: PassageReading) -> Iterator[Derived]:
    """ "48 of the 97 seats" as a share."""
    counts = [q for q in passage.body.quantities if q.kind == "count" and q.bound is Bound.EXACT]
    for part, whole in pairwise(counts):
        between = passage.text[part.end : whole.start].lower().split()
        linked = "of" in between and len(between) <= 5
        if not linked or not 0 < part.value < whole.value:
            continue
        value = part.value / whole.value
        quantity = _value(claim, value, max(0.005, part.half / whole.value))
        yield Derived(
            quantity,
            f"{part.text} of {whole.text} is {100 * value:.1f} per cent",
            part.start,
            whole.end,
            False,
        )


_TOTAL = frozenset("total including include includes included which whom combined overall".split())


def _totals(claim: Quantity, passage: PassageReading) -> Iterator[Derived]:
    """The sum of two to four counts of one noun, unless the passage gives a total itself."""
    if claim.value < 5 or claim.bound is not Bound.EXACT:
        return
    if _TOTAL & {token.lower for token in passage.body.layout.tokens}:
        return
    parts = [
        q
        for q in passage.body.quantities
        if q.kind == claim.kind
        and q.bound is Bound.EXACT
        and (q.noun == claim.noun or claim.kind != "count")
    ]
    if not 2 <= len(parts) <= 4 or not (claim.noun or claim.total):
        return
    total = sum(part.value for part in parts)
    if len({part.clause for part in parts}) > 1 or max(part.value for part in parts) > 0.95 * total:
        return
    quantity = _value(claim, total, sum(part.half for part in parts))
    shown = " + ".join(part.text for part in parts)
    yield Derived(quantity, f"{shown} is {total:,.10g}", parts[0].start, parts[-1].end, False)
