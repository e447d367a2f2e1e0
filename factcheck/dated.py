"""Dates that a passage leaves to its reader, written out for the verifier.

"On Wednesday", "on 3 May": who reads a newspaper knows the day from the day of publication. The
verifier knows no calendar and is not told when a text was written, so it is given the dates in the
text and can hold them against the claim's. The span that reports show stays as it is in the source.
"""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache

from factcheck.checks.times.calendar_relative import WEEKDAYS, announced, bound_word, find_relative
from factcheck.checks.times.calendar_span import CalendarSpan, days_of
from factcheck.checks.times.calendar_text import find_dates

_POSSESSIVE = re.compile(r"['’]s\b")
_YEAR = re.compile(r"\b(?:1[5-9]\d\d|20\d\d)\b")
_MONTH = re.compile(r"\b(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)")
# Between a date without a year and publication; at more, another year may be meant.
_FURTHEST_DAYS = 240


@lru_cache(maxsize=4096)
def with_dates(text: str, published: date | None, *, current: bool) -> str:
    """A text of a source as the verifier reads it; results are kept, many claims ask for one text.

    Args:
        text: running text.
        published: day of publication; None leaves the text as it is.
        current: whether dates without a year are of about that time.
    """
    if published is None:
        return text
    text = with_calendar_dates(text, published)
    return with_years(text, published) if current and _MONTH.search(text) else text


def with_calendar_dates(text: str, anchor: date | None) -> str:
    """A text with "on Wednesday", "yesterday", "last year" written as the dates they are.

    Args:
        text: running text.
        anchor: the day on which it was written; None leaves the text as it is.

    Returns:
        The text, "on 19 June 2024", "in May 2024" or "in 2023" in the place of each expression
        that means a day, a month or a year, or in brackets behind a possessive ("last year's
        (2023) vote"). Weeks stay.
    """
    if anchor is None:
        return text
    parts, position = [], 0
    for span in find_relative(text, anchor):
        shown = text[span.start : span.end]
        when = _in_words(span)
        if when is None:
            continue
        possessive = _POSSESSIVE.match(text, span.end)
        if possessive:
            parts += [text[position : possessive.end()], f" ({when})"]
            position = possessive.end()
            continue
        word = bound_word(shown) or ("on" if span.grain == "day" else "in")
        first = shown[0].isupper() and shown.lower() not in WEEKDAYS
        word = word.capitalize() if first else word
        parts += [text[position : span.start], f"{word} {when}"]
        position = span.end
    return "".join([*parts, text[position:]])


def _in_words(span: CalendarSpan) -> str | None:
    if span.low is None or not 1 <= span.low <= date.max.toordinal():
        return None
    first = date.fromordinal(span.low)
    return {
        "day": f"{first.day} {first:%B} {first.year}",
        "month": f"{first:%B} {first.year}",
        "year": f"{first.year}",
    }.get(span.grain)


def with_years(text: str, anchor: date) -> str:
    """A text with the year behind dates that lack it, as seen from the day it was written.

    The last such date before the anchor, or the next one if it is announced ("will open on …"). A
    date that is then more than eight months away stays as it is, and so does one after another year
    was named: that year may be meant.
    """
    parts, position = [], 0
    for span in find_dates(text):
        if not years_are_of(text[: span.start], anchor):
            continue
        year = _year_of(span, anchor, ahead=announced(text, span.start, span.end))
        if year is None:
            continue
        comma = "," if span.day is not None and text[span.end - 1].isdigit() else ""
        parts.append(f"{text[position : span.end]}{comma} {year}")
        position = span.end
    return "".join([*parts, text[position:]])


def _year_of(span: CalendarSpan, anchor: date, *, ahead: bool) -> int | None:
    if span.low is not None or span.month is None:
        return None
    here = anchor.toordinal()
    for year in (anchor.year, anchor.year + (1 if ahead else -1)):
        days = days_of(year, span.month, span.day)
        if days is None:
            continue
        distance = days[0] - here if ahead else here - days[1]
        begun = days[0] <= here <= days[1]
        if begun or 0 <= distance <= _FURTHEST_DAYS:
            return year
    return None


def years_are_of(text_before: str, anchor: date | None) -> bool:
    """Whether dates without a year are of about the anchor's time, by the last year named before.

    In a chronicle ("In 1999 … On 3 May …") they are of the year that was named.
    """
    if anchor is None or not _YEAR.fullmatch(f"{anchor.year}"):
        return False
    years = _YEAR.findall(text_before)
    return not years or int(years[-1]) == anchor.year
