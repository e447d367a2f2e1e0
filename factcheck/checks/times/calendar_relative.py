"""Relative dates, and ranges made of two dates."""

from __future__ import annotations

import re
from datetime import date, timedelta

from factcheck.checks.times.calendar_span import CalendarSpan, days_of

WEEKDAYS = {
    name: number
    for number, name in enumerate(
        "monday tuesday wednesday thursday friday saturday sunday".split()
    )
}
_COUNT_WORDS = {
    name: number
    for number, name in enumerate(
        "a two three four five six seven eight nine ten eleven twelve".split(), start=1
    )
} | {"an": 1, "one": 1}

_MONTHS = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?"
_RELATIVE = re.compile(
    r"\b(?P<fixed>the day before yesterday|the day after tomorrow|today|yesterday|tomorrow|tonight"
    r"|last night|this (?:morning|afternoon|evening))\b"
    r"|\b(?P<which>last|next|this) (?P<unit>weekend|week|month|year)\b"
    r"|\b(?P<n>\d{1,3}|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve) "
    r"(?P<ago>day|week|fortnight|month|year|decade)s? (?P<dir>ago|earlier today|from now)\b"
    r"|\b(?:(?P<wmod>last|next|this|on|since|by|until) )(?P<wd>Monday|Tuesday|Wednesday|Thursday"
    r"|Friday|Saturday|Sunday)\b"
    r"|\b(?P<bare>(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)\b(?!-)",
    re.I,
)
# "The court ruled Wednesday that …", as American newspapers write, but not "every Wednesday",
# "Ash Wednesday" or "Monday to Friday".
_NO_DATE_BEFORE = re.compile(
    r"(?:^|[^\w\s,]\s*|\b(?:[A-Z]\S*|every|each|an?|the|any|some|most|one|of|from|between|to|and|or"
    r"|through|that|alternate|previous|following)\s)$"
)
_NO_DATE_AFTER = re.compile(
    r"\s?(?:-|–|to|through|and|or|until)\s?(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)|\s[A-Z]|\s(?:mornings"
    r"|afternoons|evenings|nights)\b|['’]s"
)
# "On Friday 17 May", "on Friday, May 17": the weekday only belongs to the date.
_DATE_AFTER = re.compile(
    rf",? (?:the )?(?:\d{{1,2}}(?:st|nd|rd|th)?(?: of)? {_MONTHS}|{_MONTHS} \d)", re.I
)
# "He is expected at the site on Thursday": the weekday to come. Not so if the clause goes on in the
# past ("the plan to close it was dropped on Friday"), and not "more than expected on Friday",
# "cancelled due to fog on Friday" or "a plane".
_PRESENT = (
    r"begins|starts|opens|reopens|closes|ends|resumes|expires|takes (?:place|effect)"
    r"|comes into force|kicks off"
)
_AHEAD = re.compile(
    r"\b(?:will|shall|would(?! have)|(?:is|are|was|were) to|due(?! to)"
    r"|due to (?:be|have|go|take|make|meet|begin|start|open|close|end|face|play|speak|vote|return"
    r"|arrive|leave|appear|decide|resume|run|sign|hold|give|visit|expire|land|sail|fly)\b"
    r"|(?<!than )(?<!as )(?:expected|scheduled)"
    r"|(?<!\ba )(?<!\bthe )plans? to|planning to|planned(?= to| for|\s*$)|set to|going to"
    r"|aims? to|intends? to|hopes? to|wants? to"
    rf"|{_PRESENT})\b"
    r"(?:(?!\b(?:was|were|had|did|said|told)\b)[^.;:!?])*$",
    re.I,
)

# "On Saturday the club will open a clinic", but not "On Saturday the club said it would open one".
_OPENS = re.compile(r"(?:^|[.!?:;][\"'”’»)]?\s+)(?:On\s+)?$", re.I)
_TO_COME = re.compile(
    r"^,?(?:(?!\b(?:said|told|[a-z]+ed)\b)[^.;:!?]){0,80}?"
    r"\b(?:will|shall|is to|are to|(?:is|are) (?:due|expected|scheduled|set|going) to"
    rf"|{_PRESENT})\b"
)


def find_relative(text: str, anchor: date) -> list[CalendarSpan]:
    """Dates such as "last Friday" and "two weeks ago", seen from an anchor day."""
    spans = []
    for m in _RELATIVE.finditer(text):
        if m["bare"] and not _means_a_day(m):
            continue
        if (m["wd"] or m["bare"]) and _DATE_AFTER.match(text, m.end()):
            continue
        days = _relative_days(m, anchor)
        if days is not None:
            low, high, grain = days
            spans.append(
                CalendarSpan(start=m.start(), end=m.end(), low=low, high=high, grain=grain)
            )
    return spans


def _means_a_day(m: re.Match[str]) -> bool:
    """Whether a weekday without "on" is the day of an event."""
    return (
        m["bare"][0].isupper()
        and _NO_DATE_BEFORE.search(m.string[: m.start()][-24:]) is None
        and _NO_DATE_AFTER.match(m.string, m.end()) is None
    )


def announced(text: str, start: int, end: int) -> bool:
    """Whether what stands between two places of a text is announced: "will speak on …", "On … she
    will speak"."""
    if _AHEAD.search(text, 0, start) is not None:
        return True
    opens = _OPENS.search(text, max(0, start - 8), start) is not None
    return opens and _TO_COME.match(text[end:]) is not None


def bound_word(expression: str) -> str:
    """The "since", "by" or "until" with which a relative date begins, or ""."""
    first = expression.split(maxsplit=1)[0].lower()
    return first if first in ("since", "by", "until") else ""


_SHIFTS = {
    "the day before yesterday": -2,
    "yesterday": -1,
    "last night": -1,
    "tomorrow": 1,
    "the day after tomorrow": 2,
}


def _relative_days(m: re.Match[str], anchor: date) -> tuple[int, int, str] | None:
    here = anchor.toordinal()
    if m["fixed"]:
        shift = _SHIFTS.get(m["fixed"].lower(), 0)
        return here + shift, here + shift, "day"
    if m["which"]:
        step = {"last": -1, "this": 0, "next": 1}[m["which"].lower()]
        unit = m["unit"].lower()
        if unit == "week":
            monday = here - anchor.weekday() + 7 * step
            return monday, monday + 6, "week"
        if unit == "weekend":
            # On a Sunday "this weekend" is the one that ends that day.
            saturday = here - anchor.weekday() + 5 + 7 * step
            return saturday, saturday + 1, "weekend"
        if unit == "year":
            span = days_of(anchor.year + step)
            return (*span, "year") if span else None
        count = anchor.year * 12 + anchor.month - 1 + step
        span = days_of(count // 12, count % 12 + 1)
        return (*span, "month") if span else None
    if m["ago"]:
        return _ago(m, anchor)
    weekday = WEEKDAYS[(m["wd"] or m["bare"]).lower()]
    word = (m["wmod"] or "on").lower()
    if word == "next":
        ahead = (weekday - anchor.weekday() - 1) % 7 + 1
        return here + ahead, here + ahead, "day"
    ahead_of_it = word in ("on", "by", "until") and announced(m.string, m.start(), m.end())
    if word == "this" or ahead_of_it:
        ahead = (weekday - anchor.weekday()) % 7
        return here + ahead, here + ahead, "day"
    # News means the weekday just past; "on Friday" on a Friday is the day itself.
    back = (anchor.weekday() - weekday) % 7
    if back == 0 and word == "last":
        back = 7
    return here - back, here - back, "day"


def _ago(m: re.Match[str], anchor: date) -> tuple[int, int, str] | None:
    number = int(m["n"]) if m["n"].isdigit() else _COUNT_WORDS[m["n"].lower()]
    sign = 1 if m["dir"].lower() == "from now" else -1
    unit = m["ago"].lower()
    if unit == "fortnight":
        number, unit = 2 * number, "week"
    try:
        if unit == "decade":
            # Round numbers: "two decades ago" may be 19 or 21 years.
            begin, end = (days_of(anchor.year + sign * 10 * number + by) for by in (-1, 1))
            return (begin[0], end[1], "years") if begin and end else None
        if unit == "year":
            span = days_of(anchor.year + sign * number)
            return (*span, "year") if span else None
        if unit == "month":
            count = anchor.year * 12 + anchor.month - 1 + sign * number
            span = days_of(count // 12, count % 12 + 1)
            return (*span, "month") if span else None
        days = number * (7 if unit == "week" else 1)
        there = (anchor + timedelta(days=sign * days)).toordinal()
    except (ValueError, OverflowError):
        return None
    slack = 3 if unit == "week" else 0
    return there - slack, there + slack, "week" if slack else "day"


_RANGE_GAP = re.compile(r"^(?:\s?[-–—]\s?| (?:to|until|till|through) )$")
_FROM = re.compile(r"\b(?:from|between|From|Between)(?: the)? $")


def join_ranges(text: str, spans: list[CalendarSpan]) -> list[CalendarSpan]:
    """Join two neighbouring dates that "to", "until" or a dash makes a range."""
    joined: list[CalendarSpan] = []
    for span in spans:
        previous = joined[-1] if joined else None
        merged = None
        if previous is not None and not previous.open_end and previous.grain != "range":
            gap = text[previous.end : span.start]
            between = gap == " and " and _FROM.search(text[: previous.start][-12:])
            if (_RANGE_GAP.match(gap) or between) and span.low is not None:
                merged = _merge(previous, span)
        if merged is not None:
            joined[-1] = merged
        else:
            joined.append(span)
    return joined


def _merge(first: CalendarSpan, second: CalendarSpan) -> CalendarSpan | None:
    assert second.low is not None and second.high is not None
    begin = None if first.low is None or first.high is None else (first.low, first.high)
    if begin is None:
        begin = days_of(date.fromordinal(second.low).year, first.month, first.day)
    if begin is None or second.high < begin[0]:
        return None
    return CalendarSpan(
        start=first.start,
        end=second.end,
        low=begin[0],
        high=second.high,
        grain="range",
        first=begin,
        last=(second.low, second.high),
    )
