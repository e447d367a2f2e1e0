"""The record of one quantity as read from a text."""

from __future__ import annotations

from dataclasses import dataclass

from factcheck.checks.numbers.bounds import Bound


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """A number that says how much or how many.

    Args:
        start, end: offsets of the surface, bound words and unit included.
        text: the surface.
        kind: "count", "share" (1 is 100 per cent), "points", "money:EUR", "score", "rating",
            "ordinal", "age", "factor", or a unit's dimension.
        value: in the base unit of the kind.
        half: values within it may be the same number rounded.
        bound: how the number limits the quantity.
        low, high: hard limits after the bound, in the base unit.
        other: second reading of an ambiguous separator, in the base unit.
        noun: concept of the counted noun, or "".
        modifiers: concepts between the number and its noun, and of the phrase after "of".
        label: concept of the noun before the number ("rating of 48%"), or "".
        verb: concept of the governing verb, or "".
        near: concepts of the content words in the clause.
        chunk: the same between the nearest commas or brackets, the closest company.
        per: what the amount is per ("day"), or "".
        change: "up", "down", "more", "less" or "by" for a difference, "" for a level.
        clause: clause number.
        pair: both numbers of a score.
        form: as in `Numeral`.
        factor: size of the written unit in the base unit.
        total: whether "in all", "together" or a like word stands beside it.
    """

    start: int
    end: int
    text: str
    kind: str
    value: float
    half: float
    bound: Bound = Bound.EXACT
    low: float = 0.0
    high: float = 0.0
    other: float | None = None
    noun: str = ""
    modifiers: frozenset[str] = frozenset()
    label: str = ""
    verb: str = ""
    near: frozenset[str] = frozenset()
    chunk: frozenset[str] = frozenset()
    per: str = ""
    change: str = ""
    clause: int = 0
    pair: tuple[float, float] | None = None
    form: str = "digits"
    factor: float = 1.0
    total: bool = False

    @property
    def direction(self) -> int:
        """1 for a change or distance upwards, -1 downwards, 0 for none or one not known."""
        return (self.change in ("up", "more")) - (self.change in ("down", "less"))
