"""Groups of equal size: so many of each make all, and all shared out make so many each."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import permutations
from typing import TYPE_CHECKING

from factcheck.checks.calculation.workings import same_kind, worked

if TYPE_CHECKING:
    from factcheck.checks.calculation.amounts import Derived
    from factcheck.checks.calculation.asked import Asked
    from factcheck.checks.calculation.flows import Entry
    from factcheck.checks.numbers.quantity import Quantity
    from factcheck.checks.reading import PassageReading

_EQUALLY = re.compile(
    r"\b(?:equal\w*|even(?:ly)?|same (?:share|number|size|length|amount)|shar(?:e|ed|ing|es)|split"
    r"|divid\w+|distributed|each|every|per|apiece|portions?|piles?|no .{0,20} more than)\b",
    re.I,
)


def multiply_groups(
    quantity: Quantity, asked: Asked, entries: tuple[Entry, ...], passage: PassageReading
) -> Iterator[Derived]:
    """So many groups of so many each, with what came to them or went from them."""
    for one, groups in permutations(entries, 2):
        if not _times(one, groups, passage) or not same_kind(quantity, one.quantity):
            continue
        if asked.each or (asked.before and groups.quantity.kind == "factor"):
            continue
        count = groups.quantity.value / (groups.quantity.factor or 1.0)
        value = one.quantity.value * count
        written = f"{groups.quantity.text} × {one.quantity.text}"
        parts = [(1, one), (1, groups)]
        others = _others(quantity, one, (one, groups), entries)
        for other in others:
            yield _and_other(quantity, asked, value, written, other, parts)
        if not others:
            yield worked(quantity, value, one.quantity.half * count, written, parts)


# "Twice the height of the tower": which of two is the larger, only the sentence tells.
_OF_ANOTHER = re.compile(r"^\s+(?:the|its|his|her|their|what|as)\b", re.I)


def _times(one: Entry, groups: Entry, passage: PassageReading) -> bool:
    """Whether one number is that of groups each of which has the other."""
    if groups.each or groups.quantity.change:
        return False
    if groups.quantity.kind == "factor":
        return not _OF_ANOTHER.match(passage.text[groups.quantity.end :])
    return one.each and groups.quantity.kind in ("count", "duration")


def _others(
    quantity: Quantity, one: Entry, used: tuple[Entry, Entry], entries: tuple[Entry, ...]
) -> list[Entry]:
    """Further numbers of the same things, which a calculation must not pass over."""
    nouns = {quantity.noun, one.quantity.noun, "", "them", "those"}
    return [
        other
        for other in entries
        if other not in used
        and not other.each
        and same_kind(quantity, other.quantity)
        and (other.quantity.kind != "count" or other.quantity.noun in nouns)
    ]


def _and_other(
    quantity: Quantity,
    asked: Asked,
    value: float,
    written: str,
    other: Entry,
    parts: list[tuple[int, Entry]],
) -> Derived:
    """A product and one number more: "5 trays of 24, and 96 were sold"."""
    size = other.quantity.value
    less = (asked.left or other.sign < 0 or (other.sign == 0 and value < size)) and not asked.total
    told = f"({written}) {'−' if less else '+'} {other.quantity.text}"
    result = abs(value - size) if less else value + size
    return worked(quantity, result, 0.0, told, [*parts, (1, other)], weight=0.85)


def share_out(
    quantity: Quantity, asked: Asked, entries: tuple[Entry, ...], passage: PassageReading
) -> Iterator[Derived]:
    """What each of several gets, or how many groups there are."""
    if not _EQUALLY.search(passage.text) and not asked.each:
        return
    for whole, part in permutations(entries, 2):
        if whole.each or part.quantity.value <= 1 or whole.quantity.value <= part.quantity.value:
            continue
        to_groups = part.quantity.kind == "count" and not part.each
        share = same_kind(quantity, whole.quantity) and to_groups
        share = share and (asked.each or part.quantity.noun != quantity.noun)
        number = quantity.kind == "count" and part.each
        number = number and whole.quantity.kind == part.quantity.kind
        if not (share or number):
            continue
        others = _others(quantity, whole, (whole, part), entries)
        if len(others) > 1:
            continue
        sign = 0 if not others else -1 if others[0].sign < 0 or asked.left else 1
        size = whole.quantity.value + sum(sign * other.quantity.value for other in others)
        written = whole.quantity.text
        if others:
            written = f"({written} {'−' if sign < 0 else '+'} {others[0].quantity.text})"
        value = size / part.quantity.value
        written = f"{written} ÷ {part.quantity.text}"
        parts = [(1, whole), (1, part), *((sign, other) for other in others)]
        yield worked(quantity, value, 0.005 * value, written, parts)
