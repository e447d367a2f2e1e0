"""Dates of publication: the common full forms, and nothing that would need a guess."""

from __future__ import annotations

import re
from datetime import date

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan january",
            "feb february",
            "mar march",
            "apr april",
            "may",
            "jun june",
            "jul july",
            "aug august",
            "sep sept september",
            "oct october",
            "nov november",
            "dec december",
        ),
        start=1,
    )
    for name in names.split()
}
_TAIL = r"(?:[T\s,].*)?$"
_YEAR_FIRST = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})" + _TAIL, re.DOTALL)
_COMPACT = re.compile(r"(?:D:)?(\d{4})(\d{2})(\d{2})(?:T?\d{2,6}.*)?$", re.DOTALL)
_DAY_FIRST = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4})" + _TAIL, re.DOTALL)
_DAY_NAME = r"(?:[^\W\d]{3,9},?\s+)?"
_DAY_MONTH = re.compile(
    _DAY_NAME
    + r"(\d{1,2})(?:st|nd|rd|th)?(?:\s+of)?[\s-]+([^\W\d]{3,9})\.?,?[\s-]+(\d{4})"
    + _TAIL,
    re.DOTALL,
)
_MONTH_DAY = re.compile(
    _DAY_NAME + r"([^\W\d]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})" + _TAIL, re.DOTALL
)


def parse_date(text: str) -> date:
    """Read a full date.

    Accepts ISO 8601 with or without a time, `20080218`, `D:20080218…` (PDF), `18.02.2008`,
    `18/02/2008` when one part is above 12, `18 Feb 2008`, `18th of February 2008`,
    `February 18, 2008` and mail dates. A time of day and its zone are dropped: the date is the one
    that the publisher wrote.

    Args:
        text: the date as written.

    Returns:
        The date.

    Raises:
        ValueError: the text is no full date, or could be two; the message says which.
    """
    value = text.strip()
    if match := _YEAR_FIRST.match(value) or _COMPACT.match(value):
        year, month, day = (int(part) for part in match.groups())
        return _date(year, month, day, value)
    if match := _DAY_FIRST.match(value):
        return _numeric(match, value)
    if match := _DAY_MONTH.match(value):
        day_text, month_text, year_text = match.groups()
    elif match := _MONTH_DAY.match(value):
        month_text, day_text, year_text = match.groups()
    else:
        raise ValueError(f'"{_short(value)}" is not a full date')
    number = _MONTHS.get(month_text.casefold())
    if number is None:
        raise ValueError(f'"{_short(value)}" is not a full date')
    return _date(int(year_text), number, int(day_text), value)


def _numeric(match: re.Match[str], value: str) -> date:
    first, separator, second, year = match.groups()
    day, month = int(first), int(second)
    # Dots are written day first everywhere; with slashes the order depends on the country.
    if separator != "." and day <= 12 and month <= 12 and day != month:
        raise ValueError(f'"{_short(value)}" could be two dates')
    if month > 12 and separator != ".":
        day, month = month, day
    return _date(int(year), month, day, value)


def _date(year: int, month: int, day: int, value: str) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise ValueError(f'"{_short(value)}" does not exist in the calendar') from None


def _short(value: str) -> str:
    return value if len(value) <= 40 else value[:39] + "…"
