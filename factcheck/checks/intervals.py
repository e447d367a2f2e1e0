"""Two numbers as intervals: what was written, how it was rounded, and what its bound allows."""

from __future__ import annotations

from typing import NamedTuple

from factcheck.checks.bounds import Bound
from factcheck.checks.quantity import Quantity
from factcheck.records import Outcome


class Comparison(NamedTuple):
    """How two quantities compare.

    Args:
        outcome: equal, compatible or different.
        contained: whether all that the passage allows lies within what the claim says.
        certain: 1 if it follows from hard limits, lower if it rests on how people use bounds.
    """

    outcome: Outcome
    contained: bool
    certain: float


_STRICT = frozenset((Bound.OVER, Bound.UNDER))
_UPPER_OPEN = frozenset((Bound.OVER, Bound.AT_LEAST))
_LOWER_OPEN = frozenset((Bound.UNDER, Bound.AT_MOST))
_TINY = 1e-9


def compare_values(claim: Quantity, passage: Quantity) -> Comparison:
    """Compare two quantities of one kind as intervals with the rounding that both state.

    The coarser of two plain numbers allows for its rounding: "2.4 billion" and "2,370 million"
    are compatible, 10 and 11 are not. Open bounds are read as speakers use them: "over 500" is
    seldom said of 2,500, so a far-off number differs, with less certainty.
    """
    if claim.pair and passage.pair:
        same = claim.pair == passage.pair
        turned = claim.pair == passage.pair[::-1]
        if same or turned:
            return Comparison(Outcome.EQUAL, True, 1.0 if same else 0.6)
        return Comparison(Outcome.DIFFERENT, False, 0.9)
    readings = [_compare(claim, passage, claim.value, passage.value)]
    if claim.other is not None:
        readings.append(_compare(claim, passage, claim.other, passage.value))
    if passage.other is not None:
        readings.append(_compare(claim, passage, claim.value, passage.other))
    order = (Outcome.EQUAL, Outcome.COMPATIBLE, Outcome.DIFFERENT)
    return min(readings, key=lambda reading: order.index(reading.outcome))


def _compare(claim: Quantity, passage: Quantity, ours: float, theirs: float) -> Comparison:
    shift_c, shift_p = ours - claim.value, theirs - passage.value
    low_c, high_c = claim.low + shift_c, claim.high + shift_c
    low_p, high_p = passage.low + shift_p, passage.high + shift_p
    plain = claim.bound is Bound.EXACT and passage.bound is Bound.EXACT
    tiny = _TINY * max(1.0, abs(ours), abs(theirs))
    if plain and abs(ours - theirs) <= tiny and "vague" not in (claim.form, passage.form):
        return Comparison(Outcome.EQUAL, True, 1.0)
    slack = tiny
    if claim.half != passage.half or plain:
        slack += max(claim.half, passage.half)
    if claim.bound in _STRICT and claim.half <= passage.half and plain is False:
        slack = tiny + (passage.half if passage.half > claim.half else 0.0)
    if claim.bound in _STRICT:
        slack *= 1 - 1e-4  # the limit itself is not over or under it
    overlap = low_c <= high_p + slack and low_p <= high_c + slack
    if overlap and _touches_strict(claim, passage, ours, theirs, tiny):
        # "more than 63%" against "63%": false to the letter. Round numbers were rounded.
        if _ends_in_zero(passage.text):
            return Comparison(Outcome.COMPATIBLE, False, 0.5)
        return Comparison(Outcome.DIFFERENT, False, 0.85)
    if not overlap:
        return Comparison(Outcome.DIFFERENT, False, _distance_certainty(claim, passage))
    if _far_from_bound(claim, passage, ours, theirs):
        return Comparison(Outcome.DIFFERENT, False, 0.6)
    same_bound = claim.bound is passage.bound and abs(ours - theirs) <= tiny
    inside = low_c - slack <= low_p and high_p <= high_c + slack
    return Comparison(
        Outcome.EQUAL if same_bound else Outcome.COMPATIBLE, inside or same_bound, 1.0
    )


def _touches_strict(
    claim: Quantity, passage: Quantity, ours: float, theirs: float, tiny: float
) -> bool:
    """Whether one side's strict bound is exactly the other side's plain number."""
    if abs(ours - theirs) > tiny:
        return False
    return claim.bound in _STRICT and passage.bound is Bound.EXACT


def _ends_in_zero(text: str) -> bool:
    digits = [char for char in text if char.isdigit()]
    return not digits or digits[-1] == "0"


def _distance_certainty(claim: Quantity, passage: Quantity) -> float:
    """Numbers that nearly meet are less surely different than far ones."""
    scale = max(abs(claim.value), abs(passage.value), _TINY)
    gap = max(claim.low - passage.high, passage.low - claim.high) / scale
    if "fraction" in (claim.form, passage.form) or "vague" in (claim.form, passage.form):
        return 0.8 if gap > 0.15 else 0.5
    rounded = claim.half > 0 or passage.half > 0
    return 0.8 if rounded and gap < 0.02 else 1.0


def _far_from_bound(claim: Quantity, passage: Quantity, ours: float, theirs: float) -> bool:
    """Whether a number lies far beyond the other side's open bound, as speakers use bounds.

    Only the passage's bound limits the claim in this way: a claim "more than 3,000" is true of
    4,000, but a passage "more than 500" would not be written of the claim's 2,500.
    """
    if passage.bound in _UPPER_OPEN and claim.bound not in _LOWER_OPEN:
        return ours > 2.0 * theirs > 0
    if passage.bound in _LOWER_OPEN and claim.bound not in _UPPER_OPEN:
        return 0 < ours < 0.3 * theirs
    return False
