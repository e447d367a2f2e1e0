"""Two numbers as intervals: what was written, how it was rounded, and what its bound allows."""

from __future__ import annotations

import math
import re
from typing import NamedTuple

from factcheck.checks.numbers.bounds import Bound
from factcheck.checks.numbers.quantity import Quantity
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
# Bounds of which the number itself is no part.
_ABOVE = frozenset((Bound.OVER, Bound.JUST_OVER))
_BELOW = frozenset((Bound.UNDER, Bound.NEARLY))
_REACHED = re.compile(r"^(?:up to|as (?:many|much|high) as)\b", re.I)
_COMPLEMENTS = ({Bound.OVER, Bound.AT_MOST}, {Bound.UNDER, Bound.AT_LEAST})
_TINY = 1e-9
_FAR_ABOVE, _FAR_BELOW = 2.0, 0.3
"""How far from its bound a number is still spoken of with it: "over 500" is not said of 1,200."""


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
    if _only_touch(claim, passage, (low_c, high_c), (low_p, high_p), tiny):
        # "Over 65" and "65 or under" may be the two parts of one whole.
        parts = {claim.bound, passage.bound} in _COMPLEMENTS
        return Comparison(Outcome.DIFFERENT, False, 0.5 if parts else 0.7)
    if _far_from_bound(claim, passage, (low_c, high_c), (ours, theirs)):
        return Comparison(Outcome.DIFFERENT, False, 0.6)
    same_ends = abs(low_c - low_p) <= tiny and abs(high_c - high_p) <= tiny
    same_bound = claim.bound is passage.bound and abs(ours - theirs) <= tiny
    if claim.bound is Bound.RANGE and not same_ends:
        same_bound = False  # 8 to 10 and 7 to 11
    if claim.form == "vague" and passage.bound in _UPPER_OPEN and math.isfinite(high_c):
        high_p = _FAR_ABOVE * theirs  # "more than 3,000" are thousands
    inside = low_c - slack <= low_p and high_p <= high_c + slack
    if passage.bound in (Bound.AT_LEAST, Bound.AT_MOST):
        inside = inside and not (
            (_opens(claim, passage, _ABOVE) and abs(low_p - low_c) <= tiny)
            or (_opens(claim, passage, _BELOW) and abs(high_p - high_c) <= tiny)
        )
    return Comparison(
        Outcome.EQUAL if same_bound else Outcome.COMPATIBLE, inside or same_bound, 1.0
    )


def _opens(claim: Quantity, passage: Quantity, strict: frozenset[Bound]) -> bool:
    """Whether the claim leaves out the number at its end and the passage does not."""
    return claim.bound in strict and passage.bound not in strict


def _only_touch(
    claim: Quantity,
    passage: Quantity,
    ours: tuple[float, float],
    theirs: tuple[float, float],
    tiny: float,
) -> bool:
    """Whether two bounds meet in one number that one of them leaves out.

    "No more than 12" and "more than 12". A plain number is left to `_touches_strict`.
    """
    if Bound.EXACT in (claim.bound, passage.bound):
        return False
    above = abs(ours[0] - theirs[1]) <= tiny and (claim.bound in _ABOVE or passage.bound in _BELOW)
    below = abs(ours[1] - theirs[0]) <= tiny and (claim.bound in _BELOW or passage.bound in _ABOVE)
    return above or below


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


# "Most wells are clean" and "a third of the wells are polluted" speak of two parts of one whole.
_MOST = re.compile(r"\b(?:most|majority|minority)$", re.I)


def _distance_certainty(claim: Quantity, passage: Quantity) -> float:
    """Numbers that nearly meet are less surely different than far ones."""
    if any(side.form == "vague" and _MOST.search(side.text) for side in (claim, passage)):
        return 0.25
    scale = max(abs(claim.value), abs(passage.value), _TINY)
    gap = max(claim.low - passage.high, passage.low - claim.high)
    if "vague" in (claim.form, passage.form):
        ends = (claim.low, passage.high) if claim.low > passage.high else (passage.low, claim.high)
        return 0.8 if gap > 0.15 * max(map(abs, ends)) else 0.5
    if "fraction" in (claim.form, passage.form):
        return 0.8 if gap > 0.15 * scale else 0.5
    rounded = claim.half > 0 or passage.half > 0
    return 0.8 if rounded and gap < 0.02 * scale else 1.0


def _far_from_bound(
    claim: Quantity, passage: Quantity, ends: tuple[float, float], values: tuple[float, float]
) -> bool:
    """Whether a number lies far beyond the other side's open bound, as speakers use bounds.

    Only the passage's bound limits the claim in this way: a claim "more than 3,000" is true of
    4,000, but a passage "more than 500" would not be written of the claim's 2,500. "At most" and
    "never more than" are said of any lower number, "up to" of one that was reached.

    Args:
        claim, passage: the two quantities.
        ends: the claim's limits.
        values: the claim's and the passage's number.
    """
    ours, theirs = values
    if passage.bound in _UPPER_OPEN and claim.bound not in _LOWER_OPEN:
        least = ends[0] if claim.form == "vague" else ours
        return least > _FAR_ABOVE * theirs > 0
    near_top = passage.bound is Bound.UNDER or _REACHED.search(passage.text)
    if near_top and claim.bound not in _UPPER_OPEN:
        greatest = ends[1] if claim.form == "vague" else ours
        return 0 < greatest < _FAR_BELOW * theirs
    return False
