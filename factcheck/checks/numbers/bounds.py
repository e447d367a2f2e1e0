"""Words around a number that bound it: over, at least, nearly, about, between … and, ±."""

from __future__ import annotations

from factcheck.checks.numbers.bound_senses import is_no_bound
from factcheck.checks.numbers.bound_words import AFTER, BEFORE, Bound, bound_after, bound_before

__all__ = ["Bound", "bound_around", "limits"]

_LONGEST_BEFORE, _LONGEST_AFTER = 48, 48


def bound_around(text: str, start: int, end: int) -> tuple[Bound, int, int]:
    """The bound of a number and the surface widened by its words.

    Args:
        text: the whole text.
        start, end: offsets of the number with its unit.

    Returns:
        The bound, the new start and the new end.
    """
    opening = max(0, start - _LONGEST_BEFORE)
    before = text[opening:start]
    match = BEFORE.search(before)
    after = AFTER.match(text[end : end + _LONGEST_AFTER])
    if match is not None:
        determiner = match["det"] or ""
        phrase = before[match.start() : match.start("det") if determiner else match.end()]
        following = text[end : end + _LONGEST_AFTER]
        if not is_no_bound(
            before[: match.start()],
            phrase.rstrip(" $€£¥₹₺"),
            determiner,
            text[start:end],
            following,
        ):
            bound = bound_before(match)
            if bound is not Bound.EXACT or after is None:
                return bound, opening + match.start(), end
    if after is not None:
        return bound_after(after), start, end + after.end()
    return Bound.EXACT, start, end


# "about" and "nearly" in news; the step as written may allow more.
_ABOUT_SLACK = 0.10
# "Just over a year" is said of fourteen months.
_JUST_SLACK = 0.17


def limits(bound: Bound, value: float, half: float) -> tuple[float, float]:
    """Hard limits that a bound sets.

    Args:
        bound: the kind of bound.
        value: the number.
        half: rounding half of the number.

    Returns:
        (low, high), either may be infinite.
    """
    infinity = float("inf")
    slack = max(half, _ABOUT_SLACK * abs(value))
    if bound is Bound.ABOUT:
        return value - slack, value + slack
    if bound is Bound.NEARLY:
        return value - slack, value
    if bound is Bound.JUST_OVER:
        return value, value + max(half, _JUST_SLACK * abs(value))
    if bound in (Bound.OVER, Bound.AT_LEAST):
        return value, infinity
    if bound in (Bound.UNDER, Bound.AT_MOST):
        return -infinity, value
    return value, value
