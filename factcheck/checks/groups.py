"""Groups of equal size: so many of each make all, and all shared out make so many each."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import permutations
from typing import TYPE_CHECKING

from factcheck.checks.workings import same_kind, worked

if TYPE_CHECKING:
    from factcheck.checks.amounts import Derived
    from factcheck.checks.asked import Asked
    from factcheck.checks.flows import Entry
    from factcheck.checks.quantity import Quantity
    from factcheck.checks.reading import PassageReading

_EQUALLY = re.compile(
    r"\b(?:equal\w*|even(?:ly)?|same (?:share|number|size|length|amount)|shar(?:e|ed|ing|es)|split"
    r"|divid\w+|distributed|each|every|per|apiece|portions?|piles?|no .{0,20} more than)\b",
    re.I,
)


def multiply_groups(
    quantity: Quantity, asked: Asked, entries: tuple[Entry, ...], passage: PassageReading
) -> Iterator[Derived]:
    for one, groups in permutations(entries, 2):
        if groups.quantity.kind not in ("count", "duration", "factor") or groups.quantity.change:
            continue
        if not same_kind(quantity, one.quantity):
            continue
        times = groups.quantity.kind == "factor"
        if times and asked.before:
            continue
        if (one.each or times) and not asked.each and not groups.each:
            count = groups.quantity.value / (groups.quantity.factor or 1.0)
            value = one.quantity.value * count
            written = f"{groups.quantity.text} × {one.quantity.text}"
            parts = [(1, one), (1, groups)]
            yield worked(quantity, value, one.quantity.half * count, written, parts)
            yield from _after_product(quantity, asked, value, written, parts, entries)


def _after_product(
    quantity: Quantity,
    asked: Asked,
    product: float,
    written: str,
    parts: list[tuple[int, Entry]],
    entries: tuple[Entry, ...],
) -> Iterator[Derived]:
    """A product and one number more: "5 trays of 24, and 96 were sold"."""
    used = [entry for _, entry in parts]
    for other in entries:
        if other in used or other.each:
            continue
        if not same_kind(quantity, other.quantity):
            continue
        less = asked.left or other.sign < 0 or (other.sign == 0 and product < other.quantity.value)
        low, high = sorted((product, other.quantity.value))
        value = high - low if less and not asked.total else low + high
        sign = "−" if value < high else "+"
        told = f"({written}) {sign} {other.quantity.text}"
        yield worked(quantity, value, 0.0, told, [*parts, (1, other)], weight=0.85)


def share_out(
    quantity: Quantity, asked: Asked, entries: tuple[Entry, ...], passage: PassageReading
) -> Iterator[Derived]:
    if not _EQUALLY.search(passage.text) and not asked.each:
        return
    for whole, part in permutations(entries, 2):
        if whole.each or not part.quantity.value > 1 or whole.quantity.value <= part.quantity.value:
            continue
        to_groups = part.quantity.kind == "count" and not part.each
        share = same_kind(quantity, whole.quantity) and to_groups
        share = share and (asked.each or part.quantity.noun != quantity.noun)
        number = quantity.kind == "count" and part.each
        number = number and whole.quantity.kind == part.quantity.kind
        if not (share or number):
            continue
        value = whole.quantity.value / part.quantity.value
        written = f"{whole.quantity.text} ÷ {part.quantity.text}"
        yield worked(quantity, value, 0.005 * value, written, [(1, whole), (1, part)])
