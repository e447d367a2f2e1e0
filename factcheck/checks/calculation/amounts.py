"""What can be worked out between the amounts of a passage: changes, ratios, shares, totals.

Every calculation rests on words that join its numbers ("from A to B", "B, down from A", "A, a fifth
less than last year", "P of the W"). Numbers that merely stand in one sentence are tried too, for a
ratio or a difference, but carry less weight.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from factcheck.checks.grammar.tokens import concept, stem
from factcheck.checks.numbers.bounds import Bound
from factcheck.checks.numbers.compounds import in_scale_of, one_kind
from factcheck.checks.numbers.quantity import Quantity
from factcheck.checks.numbers.shares import CHANGE_FACTORS

if TYPE_CHECKING:
    from factcheck.checks.reading import PassageReading

_LOOSEST = 0.1
"""A ratio of two round numbers is known no better, and a worse one would agree with anything."""

_LOOSE = 0.7
"""Weight of a calculation between numbers that no words join."""


@dataclass(frozen=True, slots=True)
class Derived:
    """A quantity worked out from a passage.

    Args:
        quantity: comparable with the claim's.
        shown: the calculation, for the reader.
        start, end: offsets in the passage that it rests on.
        decisive: whether another value of it would contradict the claim.
        weight: 0 to 1, how surely the numbers belong together.
        way: "before" for the other side of a change, "end" where the claim gives an end of a range
            as its size, "loose", "total", "margin", "share", "average",
            "turned" for a change in the other direction, or "".
        against: how much another value speaks against the claim, 0 to 1; None where that turns on
            the words around both.
        parts: the numbers that it rests on, where others may stand between them.
    """

    quantity: Quantity
    shown: str
    start: int
    end: int
    decisive: bool
    weight: float = 1.0
    way: str = ""
    against: float | None = None
    parts: tuple[Quantity, ...] = ()


def derive_amounts(claim: Quantity, passage: PassageReading) -> Iterator[Derived]:
    """All values that the passage allows for the kind of a claim's quantity, plainest first."""
    if claim.kind == "factor" or (claim.change and claim.kind == "share"):
        yield from _ratios(claim, passage)
    elif claim.change or claim.kind == "points":
        yield from _differences(claim, passage)
    else:
        yield from _margins(claim, passage)
        yield from _earlierlevels(claim, passage)
        if claim.kind == "count" or claim.total:
            yield from _totals(claim, passage)


def with_value(claim: Quantity, value: float, half: float = 0.0) -> Quantity:
    """A plain quantity of the claim's kind."""
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


_BRACKETS = re.compile(r"\([^()]*\)")
_THEN_FROM = re.compile(
    r"^[^.;]{0,80}\b(?:(?:up|down) (?:from|on)|(?:as )?against|compared (?:with|to)|versus"
    r"|instead of|rather than)\s+(?:(?:the|a|an|only|just|about|some|nearly|previous)\s+)*$"
)
DATED = re.compile(
    r"\b(?:up|down|old|years?|months?|weeks?|quarter|season|ago|before|earlier|last|previous|\d{4}"
    r"|january|february|march|april|may|june|july|august|september|october|\w+ember)\b"
)
# With these "from 20 to 40" is a change; without them it is a range, a route or hours.
_MOVING = frozenset(
    concept(stem(word))
    for word in """rise fall go change raise lower sink lift widen narrow lengthen shorten extend
    expand improve worsen slide slid slip tumble swell trim slash diminish dwindle""".split()
)


def _compares(claim: Quantity) -> bool:
    """Whether a factor compares two things ("twice as many") and tells no change ("doubled")."""
    return claim.kind == "factor" and claim.text.lower().split()[-1] not in CHANGE_FACTORS


def levels(passage: PassageReading, claim: Quantity) -> Iterator[tuple[Quantity, Quantity]]:
    """Pairs (earlier, later) of one kind: "from A to B", "B, down from A", "B, against A"."""
    compared = claim.change in ("more", "less") or _compares(claim)
    quantities = passage.body.quantities
    # What stands in brackets may be another number: "31 hot days (30 degrees or more), against 9".
    for first, second in (*pairwise(quantities), *zip(quantities, quantities[2:], strict=False)):
        first, second = one_kind(first, second)
        if first.kind != second.kind or first.pair or second.pair:
            continue
        before = passage.text[max(0, first.start - 6) : first.start].lower().strip()
        between = _BRACKETS.sub("", passage.text[first.end : second.start].lower())
        if before.endswith("from") and len(between) <= 60 and between.rstrip().endswith("to"):
            if _MOVING & (first.near | {first.verb}):
                yield in_scale_of(first, second), second
        elif _THEN_FROM.search(between):
            after = passage.text[second.end :].lower().partition(". ")[0]
            # Without a time A may be another's number.
            if compared or DATED.search(between + after):
                yield second, first


def _loose_pairs(passage: PassageReading) -> Iterator[tuple[Quantity, Quantity]]:
    """Plain amounts of one kind and noun in one sentence, in the order of the text."""
    amounts = [
        q
        for q in passage.body.quantities
        if q.bound is Bound.EXACT and not q.change and not q.pair and q.value > 0
    ]
    if len(amounts) > 6:
        return
    for place, first in enumerate(amounts):
        for second in amounts[place + 1 :]:
            same = first.kind == second.kind and (
                first.noun == second.noun or not first.noun or not second.noun
            )
            if same and first.kind not in ("ordinal", "factor", "age"):
                yield first, second


def _ratios(claim: Quantity, passage: PassageReading) -> Iterator[Derived]:
    for earlier, later in levels(passage, claim):
        if earlier.value > 0:
            yield from _ratio(claim, earlier, later, decisive=claim.kind == "factor")
    if not _compares(claim):
        return  # a change over time needs words that tell before from after
    for first, second in _loose_pairs(passage):
        small, large = sorted((first, second), key=lambda item: item.value)
        pair = (small, large) if claim.value >= 1 else (large, small)
        yield from _ratio(claim, *pair, decisive=False, weight=_LOOSE)


def _ratio(
    claim: Quantity,
    earlier: Quantity,
    later: Quantity,
    *,
    decisive: bool,
    weight: float = 1.0,
) -> Iterator[Derived]:
    ratio = later.value / earlier.value
    change = ratio - 1
    if claim.kind == "factor":
        value, shown = ratio, f"{ratio:.2f} times"
    else:
        if claim.direction * change < 0:
            return
        value, shown = abs(change), f"{100 * change:+.1f} per cent"
    rounding = earlier.half / earlier.value + later.half / max(later.value, 1e-9)
    start, end = sorted((earlier, later), key=lambda item: item.start)
    yield Derived(
        with_value(claim, value, max(0.03 * value, min(rounding * ratio, _LOOSEST * value))),
        f"from {earlier.text} to {later.text} is {shown}",
        start.start,
        end.end,
        decisive,
        weight,
        "loose" if weight < 1 else "",
    )


def _differences(claim: Quantity, passage: PassageReading) -> Iterator[Derived]:
    for earlier, later in levels(passage, claim):
        change = later.value - earlier.value
        if claim.direction * change < 0:
            continue
        # An end of the range given as its size: certainly the same range.
        mistaken = earlier.kind == claim.kind and claim.value in (earlier.value, later.value)
        yield from _difference(claim, earlier, later, decisive=mistaken)
    if claim.change in ("more", "less"):
        for first, second in _loose_pairs(passage):
            yield from _difference(claim, first, second, decisive=False, weight=_LOOSE)


def _difference(
    claim: Quantity,
    earlier: Quantity,
    later: Quantity,
    *,
    decisive: bool,
    weight: float = 1.0,
) -> Iterator[Derived]:
    in_points = claim.kind == "points" and later.kind == "share"
    degrees = claim.noun == "degre" and later.kind == "temperature"
    # "30 cents" says of no currency which it is a part of.
    cents = claim.kind == "money:cent" and later.kind.startswith("money:")
    if later.kind != claim.kind and not (in_points or degrees or cents):
        return
    size = abs(later.value - earlier.value)
    start, end = sorted((earlier, later), key=lambda item: item.start)
    yield Derived(
        with_value(claim, size, earlier.half + later.half),
        f"from {earlier.text} to {later.text} is {_shown(claim, size)}",
        start.start,
        end.end,
        decisive,
        weight,
        "end" if decisive else "loose" if weight < 1 else "",
    )


def _shown(claim: Quantity, size: float) -> str:
    if claim.kind == "points":
        return f"{100 * size:.3g} points"
    return f"{size / (claim.factor or 1.0):,.10g}"


_MARGIN = frozenset(("major", "majoriti", "margin", "lead", "differ", "differenc", "advantag"))


def _margins(claim: Quantity, passage: PassageReading) -> Iterator[Derived]:
    """The margin of a vote or score: 88 votes to 71 is 17."""
    if not _MARGIN & (claim.near | {claim.label}):
        return
    for quantity in passage.body.quantities:
        if quantity.pair is not None:
            margin = abs(quantity.pair[0] - quantity.pair[1])
            shown = f"the margin of {quantity.text} is {margin:g}"
            yield Derived(
                with_value(claim, margin), shown, quantity.start, quantity.end, True, way="margin"
            )


# "Eight more than last year" compares; "eight more climbed aboard" does not.
_THAN = re.compile(r"[^.;]{0,40}\bthan\b|(?: \w+){0,2}[.,;)]|$")
_BREAK = re.compile(r"\. |[;:]|\b(?:and|but|or|while)\b")
_TO_LEVEL = re.compile(r"^(?: [^.;]{0,30})?,? to (?:(?:about|nearly|some|just) )*$")


def _earlierlevels(claim: Quantity, passage: PassageReading) -> Iterator[Derived]:
    """The level before, for a claim that gives one plainly.

    "Rose by 3.6 million to 14.8 million", "96,000, twelve thousand more than last year", "38 beds,
    twice as many as the old ward".
    """
    if claim.bound not in (Bound.EXACT, Bound.ABOUT):
        return
    for first, second in pairwise(passage.body.quantities):
        between = passage.text[first.end : second.start].lower()
        if first.change in ("up", "down") and not second.change and _TO_LEVEL.search(between):
            yield from _before(claim, second, first, first.change)
        if first.change or len(between) > 60 or _BREAK.search(between):
            continue
        if second.kind == "factor":
            yield from _before(claim, first, second, "times")
        elif second.change in ("more", "less") and _THAN.match(passage.text, second.end):
            yield from _before(claim, first, second, "up" if second.change == "more" else "down")


def _before(claim: Quantity, level: Quantity, change: Quantity, way: str) -> Iterator[Derived]:
    """What a level was before a change, or is for the other side of a comparison."""
    level, change = one_kind(level, change)
    sign = 1.0 if way == "up" else -1.0
    if way == "times":
        value, told = level.value / max(change.value, 1e-9), f"{level.text} ÷ {change.value:g}"
    elif change.kind == "share" and level.kind != "share":
        left = 1.0 + sign * change.value
        if left < 1e-9:
            return  # "100 per cent less" says nothing of what was before
        value, told = level.value / left, f"{level.text} ÷ {left:.3g}"
    elif change.kind == level.kind or (change.kind == "points" and level.kind == "share"):
        value = level.value - sign * change.value
        told = f"{level.text} {'−' if sign > 0 else '+'} {change.text}"
    else:
        return
    if level.kind != claim.kind or value <= 0:
        return
    exact = way != "times" and change.kind == level.kind
    result = _shown(claim, value) if exact else shown_about(value / (claim.factor or 1.0))
    start, end = sorted((level, change), key=lambda item: item.start)
    yield Derived(
        with_value(claim, value, level.half + (change.half if exact else 0.03 * value)),
        f"{told} is {result}",
        start.start,
        end.end,
        False,
        way="before",
    )


def shown_about(value: float) -> str:
    """A number to three figures, for the reader."""
    return f"about {float(f'{value:.3g}'):,.10g}"


NO_PARTS = frozenset(("share", "points", "factor", "ordinal", "age", "temperature"))
_OF_THE = re.compile(r"^(?: \w+){0,2} (?:out )?of (?:(?:the|all|its|their|some|about) )*$")
_OF_THEM = re.compile(r"^(?:(?: \w+)? of it|(?: of| in)? (?:them|whom|which|these))\b")
_OPENING = re.compile(r"\b(?:out )?of (?:(?:the|all|its|their|some) )*$")


def parts_of(passage: PassageReading) -> Iterator[tuple[Quantity, Quantity]]:
    """Pairs (part, whole) of one kind: "48 of the 97 seats", "412 players, 188 of them girls",
    "of 5,240 starters 4,716 reached the finish"."""
    plain = [q for q in passage.body.quantities if q.bound is Bound.EXACT and not q.pair]
    for first, second in pairwise(plain):
        if first.kind != second.kind or first.kind in NO_PARTS:
            continue
        between = passage.text[first.end : second.start].lower()
        before = passage.text[max(0, first.start - 24) : first.start].lower()
        opened = _OPENING.search(before) and len(between) <= 40 and "." not in between
        after = passage.text[second.end : second.end + 24].lower()
        if _OF_THE.search(between) and 0 < first.value < second.value:
            yield first, second
        elif (opened or _OF_THEM.search(after)) and 0 < second.value < first.value:
            yield second, first


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
    quantity = with_value(claim, total, sum(part.half for part in parts))
    shown = " + ".join(part.text for part in parts)
    told, start, end = f"{shown} is {total:,.10g}", parts[0].start, parts[-1].end
    yield Derived(quantity, told, start, end, False, way="total")
