"""The record of one numeral as written."""

from __future__ import annotations

from dataclasses import dataclass

# Rounding never hides more than this share of a number, however few digits were written.
_MAX_ROUNDING = 0.05


@dataclass(frozen=True, slots=True, kw_only=True)
class Numeral:
    """A number as written.

    Args:
        first, last: token range, end-exclusive.
        value: the number.
        half: half of the last step written; values within it may be the same number rounded.
        form: "digits", "words", "fraction", "vague", "ordinal".
        low, high: hard limits of vague numbers, else the value itself.
        other: another reading of "2.500" or "2,500", else None.
        decimals: digits after the decimal mark.
        scaled: whether a scale word or letter was used.
    """

    first: int
    last: int
    value: float
    half: float
    form: str
    low: float
    high: float
    other: float | None = None
    decimals: int = 0
    scaled: bool = False


def rounding_half(value: float, step: float) -> float:
    """Half of the step to which a number was rounded, at most five per cent of it."""
    return min(step / 2, _MAX_ROUNDING * abs(value))


def make_numeral(
    first: int,
    last: int,
    value: float,
    form: str,
    *,
    step: float = 0.0,
    decimals: int = 0,
    scaled: bool = False,
    other: float | None = None,
) -> Numeral:
    """A plain numeral, its rounding taken from the step to which it is written."""
    return Numeral(
        first=first,
        last=last,
        value=value,
        half=rounding_half(value, step),
        form=form,
        low=value,
        high=value,
        decimals=decimals,
        scaled=scaled,
        other=other,
    )
