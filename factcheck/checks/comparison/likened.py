"""Two numbers made comparable that are written differently: a bare one and one with its unit, two
units of one dimension, the same digits at another power of ten."""

from __future__ import annotations

import math
import re
from dataclasses import replace

from factcheck.checks.numbers.bounds import Bound
from factcheck.checks.numbers.compounds import in_unit_of
from factcheck.checks.numbers.quantity import Quantity
from factcheck.checks.numbers.units import UNITS

_DEGREES = "degre"
_FAHRENHEIT = UNITS["fahrenheit"]
_FIGURES = "figur"
_BARE_MONEY = 0.8
_LEAST_SUM = 10_000
"""A smaller number without noun and currency may count anything."""


def likened(
    quantity: Quantity, rival: Quantity, *, alone: bool = True
) -> tuple[Quantity, Quantity, float]:
    """Both numbers in one kind, and the weight of the step, 1 where none was needed.

    "30 degrees" is in the scale of "30 degrees Celsius", "4.8 billion" of "480 million euros" in
    euros, and a "six-figure sum" has the currency of any other.

    Args:
        quantity, rival: the claim's and the passage's.
        alone: whether the passage has no number of the claim's kind; where it has, a bare number
            is left alone.
    """
    if quantity.kind == rival.kind:
        if _FIGURES in (quantity.noun, rival.noun) and quantity.noun != rival.noun:
            return _plain(quantity), _plain(rival), _BARE_MONEY
        return quantity, rival, 1.0
    if quantity.kind == "temperature" and rival.noun == _DEGREES:
        return quantity, _in_degrees_of(rival, quantity), 1.0
    if rival.kind == "temperature" and quantity.noun == _DEGREES:
        return _in_degrees_of(quantity, rival), rival, 1.0
    if not alone:
        return quantity, rival, 1.0
    if _bare_sum(quantity) and rival.kind.startswith("money:"):
        return _plain(in_unit_of(quantity, rival)), rival, _BARE_MONEY
    if _bare_sum(rival) and quantity.kind.startswith("money:"):
        return quantity, _plain(in_unit_of(rival, quantity)), _BARE_MONEY
    return quantity, rival, 1.0


def _bare_sum(quantity: Quantity) -> bool:
    return (
        quantity.kind == "count"
        and quantity.noun in ("", _FIGURES)
        and quantity.value >= _LEAST_SUM
        and not quantity.pair
    )


def _plain(quantity: Quantity) -> Quantity:
    return replace(quantity, noun="") if quantity.noun == _FIGURES else quantity


def _in_degrees_of(bare: Quantity, model: Quantity) -> Quantity:
    """ "30 degrees" in the scale of another temperature."""
    if bare.kind != "count":
        return bare
    offset = _FAHRENHEIT.offset if model.factor == _FAHRENHEIT.factor else 0.0
    read = in_unit_of(bare, model)
    return replace(
        read,
        value=read.value + offset,
        low=read.low + offset,
        high=read.high + offset,
        noun="",
    )


_UNITLESS = frozenset(("count", "share", "points", "factor", "ordinal", "score", "age"))
_STATED = frozenset((Bound.EXACT, Bound.ABOUT, Bound.NEARLY, Bound.JUST_OVER))
_ROUGHLY = 0.07
_FEW = 20


def in_two_units(quantity: Quantity, rival: Quantity) -> bool:
    """Whether both are measures of one dimension in two units: 80 kilometres, 50 miles."""
    return (
        quantity.kind == rival.kind
        and quantity.kind not in _UNITLESS
        and not quantity.kind.startswith(("money", "rating"))
        and quantity.factor != rival.factor
    )


def converted(quantity: Quantity, rival: Quantity) -> bool:
    """Whether two measures in two units are the same amount, converted and rounded.

    That hardly ever happens by chance. A few whole units are rounded to the unit: two miles are
    three kilometres.
    """
    if not in_two_units(quantity, rival) or quantity.per != rival.per:
        return False
    if not {quantity.bound, rival.bound} <= _STATED or "vague" in (quantity.form, rival.form):
        return False
    size = max(abs(quantity.value), abs(rival.value))
    slack = max(_rounding(quantity), _rounding(rival))
    if Bound.EXACT not in (quantity.bound, rival.bound) or quantity.bound is not Bound.EXACT:
        slack = max(slack, _ROUGHLY * size)
    return size > 0 and abs(quantity.value - rival.value) <= min(slack, _ROUGHLY * size) + 1e-9


def _rounding(quantity: Quantity) -> float:
    written = quantity.value / quantity.factor
    whole = abs(written - round(written)) < 1e-9
    return max(quantity.half, 0.5 * quantity.factor if whole and written < _FEW else 0.0)


def slipped(quantity: Quantity, rival: Quantity) -> bool:
    """Whether two numbers have the same digits at another power of ten: 4.8 billion, 480 million.

    Two digits that tell something are needed, as single ones and round numbers meet by chance, and
    another unit or scale word, as 25 and 250 may both be right.
    """
    if "vague" in (quantity.form, rival.form) or "fraction" in (quantity.form, rival.form):
        return False
    ours, theirs = quantity.value / quantity.factor, rival.value / rival.factor
    if ours <= 0 or theirs <= 0 or quantity.pair or rival.pair:
        return False
    power = math.log10(quantity.value / rival.value)
    digits = f"{ours:.12g}".partition("e")[0].replace(".", "").strip("0")
    written = quantity.factor != rival.factor or _scale(quantity) != _scale(rival)
    told = written and len(digits) > 1
    return told and abs(power) > 0.5 and abs(power - round(power)) < 1e-6


_SCALE = re.compile(r"(thousand|[mbt]illion|[mbt]n)\b", re.I)


def _scale(quantity: Quantity) -> str:
    match = _SCALE.search(quantity.text)
    return match[1].lower() if match else ""
