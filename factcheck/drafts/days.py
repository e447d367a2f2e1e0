"""Relative dates of a draft, written out as dates seen from the day of the draft."""

from __future__ import annotations

import re
from datetime import date

from factcheck.checks.times.calendar_relative import find_relative

_WEEKDAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_PART = r"(?:\s+(?:morning|afternoon|evening|night))?"
# Words that place an event in the days around publication; leaving them out keeps the event.
_NEAR = re.compile(
    r"(?:,\s*)?\b(?:(?:[Oo]n|[Ll]ate on|[Ee]arly on|[Ll]ast|[Ll]ate|[Ee]arly|this)\s+)?"
    rf"{_WEEKDAY}{_PART}\b(?!['’]s)(?:,(?=\s+[a-z]))?"
    r"|(?:,\s*)?\b(?:yesterday|earlier today|last night|overnight"
    r"|this (?:morning|afternoon|evening)|tonight|earlier this week)\b(?!['’]s)(?:,(?=\s+[a-z]))?"
)
# Without these the statement would be about another time: "unemployment rose last year".
_PERIOD = re.compile(
    r"\b(?:last|this|next) (?:week|month|year|season|quarter|decade|century|summer|winter|spring"
    r"|autumn|weekend)\b(?!['’]s (?:Cup))"
    r"|\b(?:\d{1,3}|an?|one|two|three|four|five|six|seven|eight|nine|ten|twenty|thirty)"
    r" (?:day|week|month|year|decade)s? ago\b",
    re.I,
)
_ANY_DAY = re.compile(r"\b(?:[12]?\d|3[01])(?:st|nd|rd|th)? [A-Z][a-z]{2,8}\b|\b[A-Z][a-z]{2,8} \d")
# "the last year of his life", "her last month": no date of the calendar.
_DETERMINED = re.compile(r"\b(?:the|his|her|its|their|every|each)\s+$", re.I)
# "on Tuesday 4 March" has its date already.
_FULL_DATE = re.compile(r",? (?:the )?\d{1,2}\b|,? (?!I\b)[A-Z][a-z]{2,8} \d")
_BARE_WEEKDAY = re.compile(
    rf"(?<=[a-z] )(?<!on )(?<!last )(?<!next )(?<!this )(?<!since )(?<!by )(?<!until )"
    rf"(?<!every )(?<!each )(?<! a )(?<!the )({_WEEKDAY})\b(?!['’]s| [A-Z\d])"
)
_GOVERNED = re.compile(
    r"\b(?:in|of|since|from|with|than|until|till|to|for|during|before|after|by|over|and|on)\s+$",
    re.I,
)
_PAST_NEAR_TODAY = re.compile(r"\b(?:said|ruled|announced|was|were|told|\w{3,}ed)\b")
_MONTHS = (
    "January February March April May June July August September October November December".split()
)


def resolve_days(text: str, published: date | None) -> tuple[str, str | None]:
    """Write relative dates out.

    With the day of the draft, "last year" becomes "in 2024". Without it a weekday or "yesterday"
    is left out, which asks less of the sources but nothing else; "last year" makes the sentence
    unusable, because without it the statement would be another one.

    Args:
        text: one sentence.
        published: the day of the draft.

    Returns:
        The sentence, and what could not be resolved or None.
    """
    if published is None:
        period = _PERIOD.search(text)
        if period and not _DETERMINED.search(text[: period.start()]):
            return text, f"the draft has no date for “{period[0]}” (give one with --date)"
        return _without_near(text), None
    text = _BARE_WEEKDAY.sub(r"on \1", text)
    spans = sorted(find_relative(text, published), key=lambda span: span.start)
    for span in reversed(spans):
        lower = text[span.start : span.end].lower()
        if lower in ("today", "tonight") and not _PAST_NEAR_TODAY.search(text):
            continue
        named = _DETERMINED.search(text[: span.start]) or _FULL_DATE.match(text[span.end :])
        if span.low is None or span.high is None or named:
            continue
        around = span.grain == "week" and lower.endswith("ago")
        day = date.fromordinal((span.low + span.high) // 2 if around else span.low)
        text = _written(text, span.start, span.end, lower, day, "around" if around else span.grain)
    left = re.search(
        r"\b(?:last|this|next) (?:season|quarter|decade|century|weekend)\b", text, re.I
    )
    if left:
        return text, f"“{left[0]}” is no date that can be worked out"
    return text, None


def _written(text: str, start: int, end: int, lower: str, day: date, grain: str) -> str:
    head, rest = text[:start], text[end:]
    rest = re.sub(r"^ (?:morning|afternoon|evening|night)\b", "", rest)
    possessive = rest[:2] in ("'s", "’s")
    lead = re.match(r"(since|by|until)\b", lower)
    if grain == "year":
        name, preposition = str(day.year), "in"
    elif grain == "month":
        name, preposition = f"{_MONTHS[day.month - 1]} {day.year}", "in"
    else:
        name = f"{day.day} {_MONTHS[day.month - 1]} {day.year}"
        preposition = "on"
    if grain == "week":
        name, preposition = f"the week of {name}", "in"
    elif grain == "around":
        preposition = "around"
    governed = _GOVERNED.search(head)
    if governed and governed[0].strip().lower() == "on" and grain != "day":
        governed = None
    if lead:
        name = f"{lead[1]} {name}"
    elif not possessive and not governed:
        name = f"{preposition} {name}"
    if not head.strip():
        name = name[0].upper() + name[1:]
    return head + name + rest


def _without_near(text: str) -> str:
    """The sentence without weekdays and the like, unless a full date stands beside them."""
    if _ANY_DAY.search(text):
        return text
    shorter = _NEAR.sub("", text)
    if shorter == text:
        return text
    shorter = re.sub(r"^\s*,?\s*", "", shorter)
    shorter = re.sub(r"\s+([,.;:])", r"\1", re.sub(r"\s{2,}", " ", shorter))
    return shorter[:1].upper() + shorter[1:]
