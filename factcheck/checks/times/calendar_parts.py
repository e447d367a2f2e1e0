"""Parts of periods: "the last quarter of 2021", "the second half of the fifteenth century", "late
August 1998", "the last day of April", "Christmas Eve 2015"."""

from __future__ import annotations

import re
from collections.abc import Callable

from factcheck.checks.grammar.number_words import ORDINAL_WORDS
from factcheck.checks.times.calendar_span import MONTHS, CalendarSpan, days_of

_MONTH = rf"(?P<month>{'|'.join(MONTHS)})"
_YEAR = r"(?P<year>1\d{3}|20\d{2})"
_WEEKDAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
_ORDINALS = ORDINAL_WORDS | {"twenty-first": 21}
_CENTURY = (
    rf"(?:the )?(?:(?P<digits>\d\d?)(?:st|nd|rd|th)|(?P<words>{'|'.join(_ORDINALS)}))"
    r"[- ][Cc]entury\b(?! BC)"
)
_DECADE = r"(?:the )?(?P<decade>1\d[1-9]0|20[1-9]0)'?s\b"
# The first and last of a hundred parts that a word stands for.
_SHARES = {
    "first half": (0, 50), "second half": (50, 100), "latter half": (50, 100),
    "last half": (50, 100), "first quarter": (0, 25), "second quarter": (25, 50),
    "third quarter": (50, 75),
    "last quarter": (75, 100), "final quarter": (75, 100), "first third": (0, 34),
    "middle third": (33, 67), "last third": (66, 100), "early": (0, 35), "mid": (30, 70),
    "middle": (30, 70), "late": (60, 100), "beginning": (0, 20), "start": (0, 20), "end": (80, 100),
    "first days": (0, 25), "last days": (75, 100),
}  # fmt: skip
_LONGEST_FIRST = "|".join(sorted(_SHARES, key=len, reverse=True))
_PART = rf"(?:(?:the )?(?P<part>{_LONGEST_FIRST})(?:[- ](?:of |in )?))"
_QUARTER = re.compile(
    rf"\b(?:the )?(?P<which>last|final|closing) (?:quarter|three months) of {_YEAR}\b"
    rf"|\b(?:the )?(?P<opens>first|opening) three months of (?P<year2>1\d{{3}}|20\d{{2}})\b",
    re.I,
)
_OF_CENTURY = re.compile(rf"\b{_PART}{_CENTURY}", re.I)
_OF_DECADE = re.compile(rf"\b{_PART}{_DECADE}", re.I)
# "By the end of March" and "before the end of March" mean the month.
_OF_MONTH = re.compile(
    rf"(?<!\bby )(?<!\bbefore )(?<!\buntil )(?<!\bafter )(?<!\bsince )(?<!\bfrom )"
    rf"(?<!\bthe )\b{_PART}{_MONTH},? {_YEAR}\b",
    re.I,
)
_LAST_DAY = re.compile(
    rf"\b(?:the )?(?P<end>last|final|first) day of "
    rf"(?:{_MONTH} (?:of )?{_YEAR}|(?P<year2>1\d{{3}}|20\d{{2}}))\b",
    re.I,
)
_WEEKDAY = re.compile(
    rf"\b(?:the )?(?P<which>first|second|third|fourth|last) "
    rf"(?P<day>{'|'.join(_WEEKDAYS)}|week|weekend)"
    rf" (?:of|in) {_MONTH},? {_YEAR}\b",
    re.I,
)
_FEASTS = {
    "christmas eve": (12, 24), "christmas day": (12, 25), "boxing day": (12, 26),
    "new year's eve": (12, 31), "new year’s eve": (12, 31), "new year's day": (1, 1),
    "new year’s day": (1, 1),
}  # fmt: skip
_FEAST = re.compile(rf"\b(?P<feast>{'|'.join(_FEASTS)}),? (?:of |in )?{_YEAR}\b", re.I)


def _span(
    match: re.Match[str], low: tuple[int, int] | None, high: tuple[int, int] | None, grain: str
) -> CalendarSpan | None:
    if low is None or high is None:
        return None
    return CalendarSpan(start=match.start(), end=match.end(), low=low[0], high=high[1], grain=grain)


def _quarter(match: re.Match[str]) -> CalendarSpan | None:
    year = int(match["year"] or match["year2"])
    first = 10 if match["which"] else 1
    return _span(match, days_of(year, first), days_of(year, first + 2), "quarter")


def _of_years(match: re.Match[str], first: int, count: int) -> CalendarSpan | None:
    """A part of so many years."""
    low, high = _SHARES[match["part"].lower()]
    begin, end = first + low * count // 100, first + -(-high * count // 100) - 1
    return _span(match, days_of(begin), days_of(end), "century" if count > 10 else "decade")


def _of_century(match: re.Match[str]) -> CalendarSpan | None:
    number = int(match["digits"]) if match["digits"] else _ORDINALS[match["words"].lower()]
    # 1450 is in the second half of the fifteenth century, 1500 at its end.
    return _of_years(match, 100 * number - 100, 101) if 5 <= number <= 21 else None


def _of_decade(match: re.Match[str]) -> CalendarSpan | None:
    return _of_years(match, int(match["decade"]), 10)


def _month_of(match: re.Match[str]) -> int:
    return MONTHS.index(match["month"].lower()) + 1


def _of_month(match: re.Match[str]) -> CalendarSpan | None:
    whole = days_of(int(match["year"]), _month_of(match))
    if whole is None:
        return None
    low, high = _SHARES[match["part"].lower()]
    length = whole[1] - whole[0] + 1
    begin, end = whole[0] + low * length // 100, whole[0] + -(-high * length // 100) - 1
    return _span(match, (begin, begin), (end, end), "week")


def _last_day(match: re.Match[str]) -> CalendarSpan | None:
    if match["month"]:
        whole = days_of(int(match["year"]), _month_of(match))
    else:
        whole = days_of(int(match["year2"]))
    if whole is None:
        return None
    day = whole[0] if match["end"].lower() == "first" else whole[1]
    return _span(match, (day, day), (day, day), "day")


def _weekday(match: re.Match[str]) -> CalendarSpan | None:
    """ "The first Saturday of February 1921", "the second week of January 2015"."""
    whole = days_of(int(match["year"]), _month_of(match))
    if whole is None:
        return None
    which, name = match["which"].lower(), match["day"].capitalize()
    if name in ("Week", "Weekend"):
        if name == "Weekend":
            return None
        number = 3 if which == "last" else _ORDINALS[which] - 1
        # Weeks are counted from the first day or from the first Monday.
        begin = max(whole[0], whole[0] + 7 * number - (3 if number else 0))
        end = whole[1] if which == "last" else min(whole[1], whole[0] + 7 * number + 12)
        return _span(match, (begin, begin), (end, end), "week")
    first = whole[0] + (_WEEKDAYS.index(name) + 1 - whole[0]) % 7
    days = list(range(first, whole[1] + 1, 7))
    place = -1 if which == "last" else _ORDINALS[which] - 1
    return _span(match, (days[place], days[place]), (days[place], days[place]), "day")


def _feast(match: re.Match[str]) -> CalendarSpan | None:
    day = days_of(int(match["year"]), *_FEASTS[match["feast"].lower()])
    return _span(match, day, day, "day")


PART_PATTERNS: tuple[
    tuple[str, re.Pattern[str], Callable[[re.Match[str]], CalendarSpan | None]], ...
] = (
    ("y", _QUARTER, _quarter),
    ("c", _OF_CENTURY, _of_century),
    ("s", _OF_DECADE, _of_decade),
    ("m", _OF_MONTH, _of_month),
    ("y", _LAST_DAY, _last_day),
    ("m", _WEEKDAY, _weekday),
    ("y", _FEAST, _feast),
)
"""Gate, pattern and reader of each, tried before the plain dates that they hold."""
