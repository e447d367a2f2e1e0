"""Sums and differences of the numbers of an account, where the claim's words allow them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations
from typing import TYPE_CHECKING

from factcheck.checks.calculation.amounts import Derived, parts_of
from factcheck.checks.calculation.moments import in_time
from factcheck.checks.calculation.workings import worked
from factcheck.checks.numbers.bounds import Bound
from factcheck.checks.numbers.compounds import one_kind

if TYPE_CHECKING:
    from factcheck.checks.calculation.asked import Asked
    from factcheck.checks.calculation.flows import Entry
    from factcheck.checks.numbers.quantity import Quantity
    from factcheck.checks.reading import PassageReading

_ADDED = ("count", "length", "mass", "volume", "area", "energy")
"""What may be added, besides money: shares, averages, times and ages may not."""
# A number among others that it contains already, or one of which there is no sum.
_INCLUDED = re.compile(
    r"\b(?:includ\w+|a total of|in all|altogether|among them|of which|on average|averag\w+)\b", re.I
)


def add_up(
    quantity: Quantity, asked: Asked, own: list[Entry], passage: PassageReading
) -> Iterator[Derived]:
    flat = [entry for entry in own if not entry.each]
    if len(flat) < 2 == len(own) and (asked.moved or asked.compared) and not asked.left:
        flat = own  # two rates: "214 dollars a tonne, a week earlier 229"
    flat = _said_once(flat)
    if not 2 <= len(flat) <= 4:
        return
    if asked.each and not (asked.moved or asked.compared or all(entry.each for entry in flat)):
        return
    no_sum = bool(_INCLUDED.search(passage.text))
    parted = {(part.start, whole.start) for part, whole in parts_of(passage)}
    stock_and_flows = flat[0].sign == 0 and 0 not in {entry.sign for entry in flat[1:]}
    if len(flat) == 2 or not stock_and_flows or asked.moved or asked.total:
        for pair in combinations(flat, 2):
            way = _allowed(asked, pair, parted, passage)
            if (way == "+" and not no_sum) or (
                way == "-" and _as_told(quantity, asked, pair, passage)
            ):
                yield _added(quantity, pair, way)
    if len(flat) > 2 and not no_sum:
        signs = {entry.sign for entry in flat}
        if asked.total or signs == {1} or (asked.moved and len(signs) == 1) or signs == {0}:
            yield _signed(quantity, [(1, entry) for entry in flat])
        elif stock_and_flows:
            turn = -1 if asked.before or flat[0].late else 1
            parts = [(1, flat[0]), *((turn * entry.sign, entry) for entry in flat[1:])]
            yield _signed(quantity, parts)


def _said_once(entries: list[Entry]) -> list[Entry]:
    """Without the numbers that are there and are said again: "two types (L and S): two types"."""
    kept: list[Entry] = []
    for entry in entries:
        told = (entry.quantity.value, entry.quantity.noun)
        again = any((e.quantity.value, e.quantity.noun) == told for e in kept)
        if entry.sign or not again:
            kept.append(entry)
    return kept


def _allowed(
    asked: Asked,
    pair: tuple[Entry, Entry],
    parted: set[tuple[int, int]],
    passage: PassageReading,
) -> str:
    """Whether two numbers may be added ("+") or taken from each other ("-"), or neither ("")."""
    first, second = pair
    starts = first.quantity.start, second.quantity.start
    between = passage.text[first.quantity.end : second.quantity.start]
    inside = _OF_WHOM.search(between) is not None
    if starts in parted or starts[::-1] in parted or inside or _OF_THE.match(between):
        # "96 of the 98 voted yes" leaves two, which is no majority of two.
        return "" if asked.compared else "-"
    if asked.compared or _not_added(first.quantity.kind):
        return "-"
    signs = first.sign, second.sign
    if asked.total and not asked.left:
        return "" if signs[0] * signs[1] < 0 else "+"
    if asked.moved and not (asked.left or asked.before):
        # Both went: both together. Both are what was there: the difference went.
        if signs[0] == signs[1]:
            return "+" if signs[0] else "-"
        return "" if signs[0] else "-"
    if signs == (0, 0):
        return _of_stocks(asked, first, second, passage)
    if 0 in signs:
        flow = signs[0] or signs[1]
        return "+" if (flow > 0) != asked.before else "-"
    return "+" if signs[0] == signs[1] else "-"


_OF_THE = re.compile(r"^(?: \w+)? of (?:the|its|his|her|their|all)(?: \w+)? $")
_OF_WHOM = re.compile(r"\bof (?:whom|which|them|these|those)(?: (?:some|about|only|just))? $", re.I)
_ALL = re.compile(r"\b(?:in all|a total of|altogether|together|combined|in total)\b", re.I)


def _of_stocks(asked: Asked, first: Entry, second: Entry, passage: PassageReading) -> str:
    """What may be done with two numbers that are both simply there."""
    if asked.before:
        return ""
    if asked.left or first.late or second.late or _ALL.search(passage.text):
        return "-"
    return "+" if _coordinated(first, second, passage) else ""


def _as_told(
    quantity: Quantity, asked: Asked, pair: tuple[Entry, Entry], passage: PassageReading
) -> bool:
    """Whether a difference does not run against the claim's "rose" or "lost"."""
    if not asked.direction or asked.compared:
        return True
    ordered = in_time(*pair, passage)
    if ordered is None:
        return quantity.change not in ("up", "down")
    earlier, later = ordered
    return asked.direction * (later.quantity.value - earlier.quantity.value) > 0


def _not_added(kind: str) -> bool:
    return kind not in _ADDED and not kind.startswith("money")


_AND = re.compile(
    r"(?:,|\band|\bplus|\bas well as|\banother|\balong with|\bfurther|\bthen)\b[^.;]{0,30}$", re.I
)


def _coordinated(first: Entry, second: Entry, passage: PassageReading) -> bool:
    between = passage.text[first.quantity.end : second.quantity.start]
    return len(between) < 90 and bool(_AND.search(between))


def _added(quantity: Quantity, pair: tuple[Entry, Entry], way: str) -> Derived:
    first, second = pair
    if way == "-" and first.quantity.value < second.quantity.value:
        first, second = second, first
    return _signed(quantity, [(1, first), (-1 if way == "-" else 1, second)])


def _signed(quantity: Quantity, parts: list[tuple[int, Entry]]) -> Derived:
    """A sum of numbers with signs, written out."""
    read = [(sign, one_kind(quantity, entry.quantity)[1]) for sign, entry in parts]
    value = sum(sign * part.value for sign, part in read)
    written = "".join(
        f" {'+' if sign > 0 else '−'} {part.text}" if place else part.text
        for place, (sign, part) in enumerate(read)
    )
    half = sum(part.half for _, part in read if part.bound is not Bound.EXACT)
    return worked(quantity, abs(value), half, written, parts)
