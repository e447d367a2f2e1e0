"""One date as an interval of days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

MONTHS = (
    "january february march april may june july august september october november december"
).split()
ANY_YEAR = 2001
"""Stands for the year of dates that have none; it is no leap year."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarSpan:
    """One date expression.

    Args:
        start, end: offsets into the text.
        low, high: first and last day as proleptic ordinals; None when the year is unknown.
        month, day: set when the year is unknown; `day` may be None.
        grain: "day", "weekend", "week", "month", "season", "season_year", "quarter", "year",
            "years", "decade", "century", "range".
        open_end: True for "2013–present".
        other: the second reading of a numeric date whose day and month may be swapped.
        first, last: of a range, the days within which it begins and ends.
    """

    start: int
    end: int
    low: int | None
    high: int | None
    grain: str
    month: int | None = None
    day: int | None = None
    open_end: bool = False
    other: tuple[int, int] | None = None
    first: tuple[int, int] | None = None
    last: tuple[int, int] | None = None


def days_of(year: int, month: int | None = None, day: int | None = None) -> tuple[int, int] | None:
    """First and last day of a year, month or day; None if there is no such day."""
    try:
        if month is None:
            return date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal()
        if day is not None:
            ordinal = date(year, month, day).toordinal()
            return ordinal, ordinal
        following = date(year + month // 12, month % 12 + 1, 1)
        return date(year, month, 1).toordinal(), following.toordinal() - 1
    except (ValueError, OverflowError):
        return None
