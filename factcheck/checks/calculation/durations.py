"""The durations of a claim, also those of one unit: "for a decade", "within a week", "a fortnight".

One unit with an article is no number to the reader of quantities, because "a year" mostly tells how
often ("twice a year"). Beside "for", "after", "less than" or "within" it is a length of time.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from factcheck.checks.grammar.context import governing_verb
from factcheck.checks.numbers.bounds import Bound, bound_around, limits
from factcheck.checks.numbers.quantity import Quantity
from factcheck.checks.numbers.units import UNITS

if TYPE_CHECKING:
    from factcheck.checks.reading import TextReading

_UNIT = r"(?:minute|hour|day|week|fortnight|month|year|decade|century|generation)"
_LENGTH = (
    r"\b(?:for|after|within|inside|in|over|under|than|last(?:s|ed|ing)?|took|takes|taking|taken|spent"
    r"|spends|nearly|almost|about|roughly|around|barely|hardly|only|just|exactly|least|most|of|needed"
    r"|needs|ran|stood|waited|endured|survived)"
)
_ONE_UNIT = re.compile(
    rf"{_LENGTH} (?P<span>(?:an?|another) (?:full |whole )?"
    rf"(?P<unit>{_UNIT})(?P<half> and a half)?)\b"
    r"(?!['’-])"
    rf"|\b(?P<span2>an? (?P<unit2>{_UNIT})(?P<half2> and a half)?)"
    r"(?= (?:later|earlier|before|after|afterwards|apart|passed|elapsed|or so)\b)"
    rf"|\b(?P<span3>(?P<unit3>{_UNIT})-long)\b",
    re.I,
)
# "Once in a week", "in a year of drought", "of a month": how often, or which.
_OFTEN = re.compile(
    r"\b(?:once|twice|times|every|each|days?|hours?|more|end|start|beginning|middle|course)"
    r" (?:in|of) $|\bin $",
    re.I,
)
_WITHIN = re.compile(r"\b(?:within|inside|in no more than)(?: (?:just|only|barely))? $", re.I)
_MOST_OF = re.compile(r"\b(?:most|the better part|the best part) of $", re.I)
_GENERATION = 25 * 365.2425
_ROUGHLY = 0.1
"""How far a length that is told by its unit alone may be rounded."""


@lru_cache(maxsize=4096)
def durations_of(body: TextReading) -> tuple[Quantity, ...]:
    """Every duration of a text in order, "within two weeks" as two weeks at most."""
    found = [_widest(q, body.text) for q in body.quantities if q.kind == "duration"]
    taken = [(q.start, q.end) for q in body.quantities]
    for match in _ONE_UNIT.finditer(body.text):
        name = next(n for n in ("span", "span2", "span3") if match[n])
        start, end = match.span(name)
        if not any(low < end and start < high for low, high in taken) and (
            name != "span" or not _OFTEN.search(body.text[:start])
        ):
            unit = match["unit"] or match["unit2"] or match["unit3"]
            more = bool(match["half"] or match["half2"])
            found.append(_widest(_one(body, start, end, unit.lower(), more), body.text))
    return tuple(sorted(found, key=lambda q: q.start))


def _one(body: TextReading, start: int, end: int, unit: str, more: bool) -> Quantity:
    """A duration of one unit, or of one and a half."""
    factor = _GENERATION if unit == "generation" else UNITS[unit].factor
    value = factor * (1.5 if more else 1.0)
    bound, low, high = bound_around(body.text, start, end)
    half = _ROUGHLY * value
    least, most = limits(bound, value, half)
    layout = body.layout
    index = layout.index_at(start)
    return Quantity(
        start=low,
        end=high,
        text=body.text[low:high],
        kind="duration",
        value=value,
        half=half,
        bound=bound,
        low=least,
        high=most,
        verb=governing_verb(layout, index),
        clause=layout.clauses[index],
        form="words",
        factor=factor,
    )


def _widest(quantity: Quantity, text: str) -> Quantity:
    """A duration with the bound that "within" and "most of" set."""
    before = text[: quantity.start]
    if quantity.bound is not Bound.EXACT:
        return quantity
    if _WITHIN.search(before):
        bound = Bound.AT_MOST
    elif _MOST_OF.search(before):
        bound = Bound.NEARLY
    else:
        return quantity
    low, high = limits(bound, quantity.value, quantity.half)
    return replace(quantity, bound=bound, low=low, high=high)
