"""Quantities that belong together: one unit for two numbers, one length in feet and inches."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

from factcheck.checks.numbers.bounds import Bound
from factcheck.checks.numbers.quantity import Quantity

_JOINS = frozenset((" to ", " and ", " or ", ", "))


def in_unit_of(bare: Quantity, model: Quantity) -> Quantity:
    """A number without unit, read in the unit of another."""
    factor = model.factor
    return replace(
        bare,
        kind=model.kind,
        value=bare.value * factor,
        half=bare.half * factor,
        low=bare.low * factor,
        high=bare.high * factor,
        factor=factor,
    )


def spread_units(quantities: list[Quantity], text: str) -> list[Quantity]:
    """Give "200" in "from 200 to 500 tonnes" the unit that is written once."""
    for position, (first, second) in enumerate(pairwise(quantities)):
        bare = first.kind == "count" and not first.noun and second.kind != "count"
        if bare and text[first.end : second.start] in _JOINS and second.factor > 0:
            quantities[position] = in_unit_of(first, second)
    return quantities


_COMPOUND = frozenset(("length", "mass", "duration"))


# "2.21 metres, 4 cm short of the record": no 2.25 metres.
_COMPARED = re.compile(
    r" (?:\w+ )?(?:short|shy|off|below|above|behind|ahead|clear|more|less|fewer|(?:\w+er) than)\b"
)


def join_compound(quantities: list[Quantity], text: str) -> list[Quantity]:
    """Add up "5 ft 10 in" and "2 hours and 15 minutes"."""
    joined: list[Quantity] = []
    for quantity in quantities:
        previous = joined[-1] if joined else None
        if (
            previous is not None
            and quantity.kind == previous.kind
            and quantity.kind in _COMPOUND
            and text[previous.end : quantity.start] in (" ", "", " and ", ", ")
            and quantity.factor < previous.factor
            and not _COMPARED.match(text[quantity.end :])
            and quantity.bound is Bound.EXACT
            and 0 < quantity.value < previous.value
            and previous.low == previous.value
        ):
            value = previous.value + quantity.value
            joined[-1] = replace(
                previous,
                end=quantity.end,
                text=text[previous.start : quantity.end],
                value=value,
                half=quantity.half,
                low=value,
                high=value,
                noun=quantity.noun,
            )
        else:
            joined.append(quantity)
    return joined


_SCALED = re.compile(r"([\d.,]*\d) ?(?:thousand|million|billion|trillion|[km]|mn|bn)\b", re.I)


def in_scale_of(first: Quantity, second: Quantity) -> Quantity:
    """Give the 14 of "from 14 to 6 million" the scale of what follows."""
    written = _SCALED.search(second.text)
    if first.kind != second.kind or written is None or _SCALED.search(first.text):
        return first
    figure = float(written[1].replace(",", ""))
    scale = second.value / (second.factor * figure) if figure else 1.0
    if first.value / first.factor >= 1000 or not 0.02 <= first.value * scale / second.value <= 50:
        return first
    scaled = {name: getattr(first, name) * scale for name in ("value", "half", "low", "high")}
    return replace(first, **scaled)


def one_kind(first: Quantity, second: Quantity) -> tuple[Quantity, Quantity]:
    """Give "29.1 million" in "27.3 million euros, down from 29.1 million" the kind of the other."""
    if _bare(second) and _lends(first):
        return first, in_unit_of(second, first)
    if _bare(first) and _lends(second):
        return in_unit_of(first, second), second
    return first, second


def _bare(quantity: Quantity) -> bool:
    return quantity.kind == "count" and not quantity.noun and not quantity.pair


def _lends(quantity: Quantity) -> bool:
    """Whether a number without unit may be meant in the unit of this one."""
    unitless = ("count", "ordinal", "factor", "age", "score", "temperature", "points")
    return quantity.kind not in unitless and quantity.bound is Bound.EXACT
