"""Find dates in running text: absolute, partial, relative, ranges, quarters, decades, centuries.

Every date is an interval of days, so "August 2024" and "3 August 2024" can be compared. A date
without a year keeps its month and day and is completed later by the other side's year.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from factcheck.checks.times.bare_years import find_bare_years
from factcheck.checks.times.calendar_parts import PART_PATTERNS
from factcheck.checks.times.calendar_relative import find_relative, join_ranges
from factcheck.checks.times.calendar_span import CalendarSpan, days_of

_MONTHS = {
    name: number
    for number, name in enumerate(
        "jan feb mar apr may jun jul aug sep oct nov dec".split(), start=1
    )
}
_MONTH = (
    r"(?:Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?|July?"
    r"|Aug(?:ust|\.)?|Sept?(?:ember|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)"
    r"(?![a-z])"
)
_DAY = r"(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?"
_YEAR = r"(?:1\d{3}|20\d{2})"
_DASH = r"\s?[-–—]\s?"
# Writers use seasons loosely, so a season reaches a month beyond the calendar.
_SEASONS = {
    "spring": (3, 6),
    "summer": (5, 9),
    "autumn": (8, 12),
    "fall": (8, 12),
    "winter": (11, 3),
}
_PARTS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "1st": 1, "2nd": 2, "3rd": 3, "4th": 4}
_CENTURY_WORDS = {
    name: number
    for number, name in enumerate(
        """twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth
    twentieth""".split(),
        start=12,
    )
} | {"twenty-first": 21}


def _month_number(name: str) -> int:
    return _MONTHS[name[:3].lower()]


def _day_number(text: str) -> int:
    return int(re.sub(r"\D", "", text))


def _make(
    match: re.Match[str], year: str | None, month: str | None, day: str | None
) -> CalendarSpan | None:
    month_number = _month_number(month) if month else None
    day_number = _day_number(day) if day else None
    grain = "day" if day else "month" if month else "year"
    if year is None:
        if day_number is not None and day_number > 31:
            return None
        return CalendarSpan(
            start=match.start(),
            end=match.end(),
            low=None,
            high=None,
            grain=grain,
            month=month_number,
            day=day_number,
        )
    span = days_of(int(year), month_number, day_number)
    if span is None:
        return None
    return CalendarSpan(
        start=match.start(), end=match.end(), low=span[0], high=span[1], grain=grain
    )


def _span(
    match: re.Match[str],
    low: tuple[int, int] | None,
    high: tuple[int, int] | None,
    grain: str,
    *,
    open_end: bool = False,
) -> CalendarSpan | None:
    if low is None or high is None or high[1] < low[0]:
        return None
    ranged = grain == "range"
    return CalendarSpan(
        start=match.start(),
        end=match.end(),
        low=low[0],
        high=high[1],
        grain=grain,
        open_end=open_end,
        first=low if ranged else None,
        last=high if ranged and not open_end else None,
    )


def _iso(m: re.Match[str]) -> CalendarSpan | None:
    year, month, day = (int(group) for group in m.groups())
    found = days_of(year, month, day) if 1 <= month <= 12 else None
    return _span(m, found, found, "day")


def _numeric(m: re.Match[str]) -> CalendarSpan | None:
    first, second, year = int(m[1]), int(m[2]), int(m[3])
    british = days_of(year, second, first) if 1 <= second <= 12 else None
    american = days_of(year, first, second) if 1 <= first <= 12 else None
    found = british or american
    span = _span(m, found, found, "day")
    if span is not None and british and american and british != american:
        span = replace(span, other=american)
    return span


def _day_range(m: re.Match[str]) -> CalendarSpan | None:
    groups = m.groupdict()
    month = _month_number(groups["m"])
    first, second = _day_number(groups["a"]), _day_number(groups["b"])
    if groups["y"] is None:
        return CalendarSpan(
            start=m.start(), end=m.end(), low=None, high=None, grain="month", month=month
        )
    year = int(groups["y"])
    return _span(m, days_of(year, month, first), days_of(year, month, second), "range")


def _decade(m: re.Match[str]) -> CalendarSpan | None:
    first = int(m["y"]) if m["y"] else 1900 + int(m["s"])
    if first % 100 == 0 and not m["p"]:
        # "the 1700s" is a century; "the 1900s" may be either.
        return _span(m, days_of(first), days_of(first + 99), "century")
    part = (m["p"] or "").lower()
    low, high = {"early": (0, 3), "mid": (3, 6), "late": (6, 9)}.get(part, (0, 9))
    return _span(m, days_of(first + low), days_of(first + high), "decade")


def _century(m: re.Match[str]) -> CalendarSpan | None:
    number = int(re.sub(r"\D", "", m[1])) if m[1][0].isdigit() else _CENTURY_WORDS[m[1].lower()]
    if not 5 <= number <= 21:
        return None
    # Both 1900 and 2000 are called members of either neighbouring century.
    return _span(m, days_of(100 * number - 100), days_of(100 * number), "century")


def _season(m: re.Match[str]) -> CalendarSpan | None:
    first, last = _SEASONS[m[1].lower()]
    year = int(m[2])
    # "Winter 2013" may be at either end of the year.
    if first > last:
        return _span(m, days_of(year - 1, first), days_of(year + 1, last), "season")
    return _span(m, days_of(year, first), days_of(year, last), "season")


def _quarter(m: re.Match[str]) -> CalendarSpan | None:
    number = int(m["q"]) if m["q"] else _PARTS[m["w"].lower()]
    year = int(m["y"])
    if (m["u"] or "").lower() == "half":
        number = 2 * number - 1
        return (
            _span(m, days_of(year, 3 * number - 2), days_of(year, 3 * number + 3), "quarter")
            if number <= 3
            else None
        )
    return _span(m, days_of(year, 3 * number - 2), days_of(year, 3 * number), "quarter")


def _part_of_year(m: re.Match[str]) -> CalendarSpan | None:
    low, high = {
        "early": (1, 5),
        "mid": (4, 9),
        "late": (8, 12),
        "end": (10, 12),
        "beginning": (1, 3),
        "start": (1, 3),
    }[m[1].lower().split()[0]]
    return _span(m, days_of(int(m[2]), low), days_of(int(m[2]), high), "season")


def _year_range(m: re.Match[str]) -> CalendarSpan | None:
    first = int(m[1])
    if m[2][0].isalpha():
        return _span(m, days_of(first), days_of(9998), "range", open_end=True)
    if len(m[2]) == 2 and int(m[2]) == (first + 1) % 100:
        # "2017–18" is a season or a school or budget year: it begins and ends in mid-year.
        return _span(m, days_of(first, 7), days_of(first + 1, 6), "season_year")
    second = int(m[2]) if len(m[2]) == 4 else first - first % 100 + int(m[2])
    if second < first and len(m[2]) == 2:
        second += 100
    return _span(m, days_of(first), days_of(second), "range") if second - first < 400 else None


_EARLY = r"(?P<p>[Ee]arly|[Mm]id|[Ll]ate)"
# Each pattern runs only when its gate (a month name, a slash or dot between digits, …) is open:
# most sentences hold no date at all.
_HAS_DIGIT = re.compile(r"\d")
_HAS_MONTH = re.compile(_MONTH)
_HAS_YEAR = re.compile(r"1\d{3}|20\d{2}")
_PATTERNS = (
    ("y", re.compile(rf"\b({_YEAR})-([01]\d)-([0-3]\d)\b"), _iso),
    ("y", re.compile(rf"\b([0-3]?\d)[/.]([0-3]?\d)[/.]({_YEAR})\b"), _numeric),
    (
        "m",
        re.compile(
            rf"\b(?P<a>{_DAY})(?:{_DASH}| to | and )(?P<b>{_DAY})(?: of)? (?P<m>{_MONTH})"
            rf"(?:,? (?P<y>{_YEAR}))?\b"
        ),
        _day_range,
    ),
    (
        "m",
        re.compile(
            rf"\b(?P<m>{_MONTH}) (?P<a>{_DAY})(?:{_DASH}| to )(?P<b>{_DAY})(?![\d])"
            rf"(?:,? (?P<y>{_YEAR}))?\b"
        ),
        _day_range,
    ),
    (
        "m",
        re.compile(rf"\b({_DAY})(?: of)? ({_MONTH})(?:,? (?:of |in )?({_YEAR}))?\b"),
        lambda m: _make(m, m[3], m[2], m[1]),
    ),
    (
        "m",
        re.compile(
            rf"\b({_MONTH}) (?:the )?({_DAY})(?!\d|[,.]\d|:\d)(?:,? (?:of |in )?({_YEAR}))?\b"
        ),
        lambda m: _make(m, m[3], m[1], m[2]),
    ),
    (
        "m",
        re.compile(rf"\b({_MONTH})(?:{_DASH}|/)({_MONTH}),? ({_YEAR})\b"),
        lambda m: _span(
            m,
            days_of(int(m[3]), _month_number(m[1])),
            days_of(int(m[3]), _month_number(m[2])),
            "range",
        ),
    ),
    ("m", re.compile(rf"\b({_MONTH})(?: of|,)? ({_YEAR})\b"), lambda m: _make(m, m[2], m[1], None)),
    (
        "s",
        re.compile(rf"\b(?:{_EARLY}[- ])?(?:the )?(?:(?P<y>1\d\d0|20\d0)'?s|'(?P<s>\d0)s)\b"),
        _decade,
    ),
    (
        "c",
        re.compile(
            rf"\b(\d\d?(?:st|nd|rd|th)|{'|'.join(_CENTURY_WORDS)})[- ][Cc]entury\b"
            r"(?! BC| bc)",
            re.I,
        ),
        _century,
    ),
    (
        "y",
        re.compile(rf"\b(spring|summer|autumn|fall|winter)(?: of|,)? ({_YEAR})\b", re.I),
        _season,
    ),
    (
        "y",
        re.compile(
            rf"\b(?:Q(?P<q>[1-4])|(?P<w>first|second|third|fourth|[1-4](?:st|nd|rd|th)) "
            rf"(?P<u>quarter|half))(?: of|,)? (?P<y>{_YEAR})\b",
            re.I,
        ),
        _quarter,
    ),
    (
        "y",
        re.compile(
            rf"\b(early|mid|late|end of|beginning of|start of)[- ](?:in )?({_YEAR})\b", re.I
        ),
        _part_of_year,
    ),
    (
        "y",
        re.compile(rf"\b({_YEAR})\s?[-–/]\s?({_YEAR}|\d\d|[Pp]resent|now)\b(?![-/]\d)"),
        _year_range,
    ),
)
_MONTH_ALONE = re.compile(
    rf"\b(?:in|of|by|since|until|till|from|to|during|last|next|this|early|late|mid|before|after"
    rf"|between|through|and|early in|late in)[ -]({_MONTH})(?! \d)\b"
)
_ANCIENT = re.compile(r"\b(\d{3,4})\s?(?:AD|CE)\b|\bAD (\d{2,4})\b")


def _open_gates(text: str) -> str:
    gates = ""
    if _HAS_MONTH.search(text):
        gates += "m"
    if _HAS_DIGIT.search(text):
        gates += "d"
        if _HAS_YEAR.search(text):
            gates += "y"
        if "0s" in text or "0's" in text:
            gates += "s"
    if "entury" in text:
        gates += "c"
    return gates


def find_dates(text: str, anchor: date | None = None) -> tuple[CalendarSpan, ...]:
    """All date expressions in order; overlapping readings are decided by the longer pattern.

    Args:
        text: running text.
        anchor: the day on which the text was written or the claim was made; without it relative
            expressions such as "last Friday" are left out.
    """
    found: list[CalendarSpan] = []
    taken = bytearray(len(text) + 1)

    def add(span: CalendarSpan | None) -> None:
        if span is not None and not any(taken[span.start : span.end]):
            taken[span.start : span.end] = b"\x01" * (span.end - span.start)
            found.append(span)

    gates = _open_gates(text)
    if gates:
        for gate, pattern, handler in PART_PATTERNS + _PATTERNS:
            if gate in gates:
                for match in pattern.finditer(text):
                    add(handler(match))
    if "d" in gates:
        for match in _ANCIENT.finditer(text):
            add(_make(match, match[1] or match[2], None, None))
        for match in find_bare_years(text):
            add(_make(match, match[1], None, None))
    for match in _MONTH_ALONE.finditer(text) if "m" in gates else ():
        add(
            CalendarSpan(
                start=match.start(1),
                end=match.end(1),
                low=None,
                high=None,
                grain="month",
                month=_month_number(match[1]),
            )
        )
    if anchor is not None:
        for span in find_relative(text, anchor):
            add(span)
    found.sort(key=lambda span: span.start)
    return tuple(join_ranges(text, found))
