"""Every calculation between two or three numbers of a passage that gives a figure of a claim.

The other calculations rest on words that join their numbers ("from 12 to 9", "18 of the 24"). News
often gives two numbers in two sentences and leaves the sum to the reader: "18,200 orders last year.
The year before, 9,100." Here every pair is tried. Most that fit, fit by chance; how likely a fit is
meant is for `likelihood.py` to say.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations, permutations
from typing import TYPE_CHECKING

from factcheck.checks.calculation.amounts import with_value
from factcheck.checks.comparison.intervals import compare_values
from factcheck.checks.numbers.bounds import Bound
from factcheck.checks.numbers.compounds import one_kind
from factcheck.records import Outcome

if TYPE_CHECKING:
    from factcheck.checks.numbers.quantity import Quantity
    from factcheck.checks.reading import PassageReading

WAYS = (
    "sum", "difference", "remainder", "ratio", "change", "share", "rest", "grown", "before",
    "share of", "rest of", "whole", "times", "each",
)  # fmt: skip
"""The calculations: a remainder is what two numbers leave of a third, or two sums apart; a rest is
what a share leaves of the whole."""

_MANY = 9
"""With more numbers in a passage than this something always fits."""
_NO_PART = frozenset(("ordinal", "age", "score", "rating", "factor", "points", "share"))
_NOT_ASKED = frozenset(("ordinal", "age", "score", "rating"))
# A quotient is known no better than this, and a share to half a percentage point.
_ROUGH, _HALF_POINT = 0.005, 0.005
_RATIO = 0.03
# Beyond this ratio an open bound is not said of the result: "over 200" of 3,000.
_FAR = 2.0


@dataclass(frozen=True, slots=True)
class Result:
    """What some numbers of a passage make.

    Args:
        way: one of `WAYS`.
        value: in the base unit of the figure's kind.
        half: its rounding.
        parts: the numbers, in the order in which they enter.
    """

    way: str
    value: float
    half: float
    parts: tuple[Quantity, ...]


@dataclass(frozen=True, slots=True)
class Search:
    """All that was tried for one figure.

    Args:
        hits: the results that agree with the figure.
        tried: number of results.
    """

    hits: tuple[Result, ...]
    tried: int


def search(quantity: Quantity, passage: PassageReading) -> Search:
    """Try every calculation that the numbers of a passage allow for a figure of a claim."""
    plain = [q for q in passage.body.quantities if not q.pair and q.form != "vague"]
    if quantity.kind in _NOT_ASKED or quantity.pair or not 1 <= len(plain) <= _MANY:
        return Search((), 0)
    hits: dict[tuple[str, frozenset[int]], Result] = {}
    tried = 0
    for result in _results(quantity, plain):
        if result.value <= 0:
            continue
        tried += 1
        if 1 / _FAR <= result.value / (quantity.value or 1e-9) <= _FAR:
            key = result.way, frozenset(part.start for part in result.parts)
            compared = compare_values(quantity, with_value(quantity, result.value, result.half))
            if compared.outcome is not Outcome.DIFFERENT and compared.contained:
                hits.setdefault(key, result)
    return Search(tuple(hits.values()), tried)


def _results(quantity: Quantity, plain: list[Quantity]) -> Iterator[Result]:
    amounts = [q for q in plain if q.kind not in _NO_PART and q.value > 0]
    shares = [q for q in plain if q.kind == "share" and q.value > 0]
    if quantity.kind == "factor":
        for group in (amounts, shares):
            yield from _ratios(group)
    elif quantity.kind == "points":
        yield from _differences(shares)
    elif quantity.kind == "share" and quantity.change:
        for group in (amounts, shares):
            yield from _changes(group)
    elif quantity.kind == "share":
        yield from _shares(quantity, amounts, shares)
    else:
        yield from _amounts(quantity, amounts, shares, plain)


def _pairs(group: list[Quantity]) -> Iterator[tuple[Quantity, Quantity]]:
    """Ordered pairs of two different amounts of one kind."""
    for first, second in permutations(group, 2):
        one, other = one_kind(first, second)
        if one.kind == other.kind and one.value != other.value:
            yield one, other


def _ratios(group: list[Quantity]) -> Iterator[Result]:
    for one, other in _pairs(group):
        value = one.value / other.value
        yield Result("ratio", value, _RATIO * value, (one, other))


def _changes(group: list[Quantity]) -> Iterator[Result]:
    for one, other in _pairs(group):
        yield Result("change", abs(one.value / other.value - 1), _HALF_POINT, (one, other))


def _differences(group: list[Quantity]) -> Iterator[Result]:
    for one, other in combinations(group, 2):
        yield Result(
            "difference", abs(one.value - other.value), one.half + other.half, (one, other)
        )


def _shares(
    quantity: Quantity, amounts: list[Quantity], shares: list[Quantity]
) -> Iterator[Result]:
    for part, whole in _pairs(amounts):
        if part.value < whole.value:
            share = part.value / whole.value
            yield Result("share", share, _HALF_POINT, (part, whole))
            yield Result("rest", 1 - share, _HALF_POINT, (part, whole))
    for one, other in combinations(shares, 2):
        yield Result("sum", one.value + other.value, one.half + other.half, (one, other))
    yield from _differences(shares)
    if quantity.form != "vague" and quantity.bound in (Bound.EXACT, Bound.ABOUT):
        for one in shares:  # any share leaves "most" or "more than half"
            yield Result("rest", 1 - one.value, one.half, (one,))


def _amounts(
    quantity: Quantity, amounts: list[Quantity], shares: list[Quantity], plain: list[Quantity]
) -> Iterator[Result]:
    same = [read for q in amounts if (read := one_kind(quantity, q)[1]).kind == quantity.kind]
    for one, other in combinations(same, 2):
        half = one.half + other.half
        yield Result("sum", one.value + other.value, half, (one, other))
        if one.value != other.value:
            yield Result("difference", abs(one.value - other.value), half, (one, other))
    yield from _of_several(same)
    for amount in same:
        for share in shares:
            yield from _by_share(amount, share)
        for factor in plain:
            if factor.kind == "factor" and factor.value > 0:
                yield from _by_factor(amount, factor)
        for count in amounts:
            if count.kind == "count" and count.value > 1 and count.start != amount.start:
                yield from _by_factor(amount, count)


def _of_several(same: list[Quantity]) -> Iterator[Result]:
    """Sums of three and more, and what remains of one number after two others."""
    if not 3 <= len(same) <= 5:
        return
    for size in range(3, len(same) + 1):
        for parts in combinations(same, size):
            value, half = sum(p.value for p in parts), sum(p.half for p in parts)
            yield Result("sum", value, half, parts)
    for first, second, third in permutations(same, 3):
        half = first.half + second.half + third.half
        if second.start < third.start:
            value = first.value - second.value - third.value
            yield Result("remainder", value, half, (first, second, third))
        value = first.value + second.value - third.value
        yield Result("remainder", value, half, (first, second, third))


def _by_share(amount: Quantity, share: Quantity) -> Iterator[Result]:
    parts = (amount, share)
    if share.change:
        for factor in (1 + share.value, 1 - share.value):
            if factor > 0:
                grown, before = amount.value * factor, amount.value / factor
                yield Result("grown", grown, amount.half * factor + _ROUGH * grown, parts)
                yield Result("before", before, amount.half / factor + _ROUGH * before, parts)
        return
    if share.value >= 1:
        return
    value, left = amount.value * share.value, 1 - share.value
    half = amount.half * share.value + share.half * amount.value
    yield Result("share of", value, half, parts)
    yield Result(
        "rest of", amount.value * left, amount.half * left + share.half * amount.value, parts
    )
    whole = amount.value / share.value
    yield Result("whole", whole, 2 * _ROUGH * whole, parts)


def _by_factor(amount: Quantity, factor: Quantity) -> Iterator[Result]:
    parts = (amount, factor)
    yield Result("times", amount.value * factor.value, amount.half * factor.value, parts)
    value = amount.value / factor.value
    yield Result("each", value, amount.half / factor.value + _ROUGH * value, parts)
