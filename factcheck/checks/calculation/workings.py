"""A calculation from the numbers of an account, as the other checks see it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from factcheck.checks.calculation.amounts import Derived, with_value
from factcheck.checks.numbers.compounds import one_kind

if TYPE_CHECKING:
    from factcheck.checks.calculation.flows import Entry
    from factcheck.checks.numbers.quantity import Quantity


def same_kind(quantity: Quantity, other: Quantity) -> bool:
    """Whether a number of a passage may be of the kind of a claim's figure."""
    if quantity.kind in ("duration", "age", "temperature") and other.kind == "count":
        return False
    kinds = quantity.kind, one_kind(quantity, other)[1].kind
    # "30 cents" says of no currency which it is a part of.
    cents = "money:cent" in kinds and all(kind.startswith("money") for kind in kinds)
    return kinds[0] == kinds[1] or cents or kinds == ("points", "share")


def worked(
    quantity: Quantity,
    value: float,
    half: float,
    written: str,
    parts: list[tuple[int, Entry]],
    weight: float = 1.0,
) -> Derived:
    """A value worked out for a figure of a claim.

    Args:
        quantity: the figure.
        value, half: the result and its rounding, in the base unit of the figure's kind.
        written: the calculation, for the reader.
        parts: the numbers that it rests on, with their signs.
        weight: 0 to 1, how surely the numbers belong together.
    """
    start = min(entry.quantity.start for _, entry in parts)
    end = max(entry.quantity.end for _, entry in parts)
    shown = f"{value / (quantity.factor or 1.0):,.10g}"
    return Derived(
        with_value(quantity, value, half),
        f"{written} is {shown}",
        start,
        end,
        False,
        weight,
        "account",
        parts=tuple(entry.quantity for _, entry in parts),
    )
