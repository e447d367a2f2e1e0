"""Dates that a text gives by their distance from another: "eleven days later", "the next May".

The other date is the last one named before ("voted on 13 June. Contracts were exchanged eleven days
later"), or the one in what the distance is counted from ("a week after the window had shut on 31
January"). Where the distance follows a date and leads to another deed ("in force on 3 August, a
fortnight after it had been announced"), it is that deed which is dated.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

from factcheck.checks.grammar.context import governing_verb
from factcheck.checks.grammar.names import CALENDAR_WORDS
from factcheck.checks.grammar.number_words import ONES, TENS
from factcheck.checks.grammar.tokens import NEXT_SENTENCE, concept
from factcheck.checks.times.calendar_relative import WEEKDAYS
from factcheck.checks.times.calendar_span import ANY_YEAR, MONTHS, days_of
from factcheck.checks.times.events import event_at

if TYPE_CHECKING:
    from factcheck.checks.dates import DateMention
    from factcheck.checks.reading import TextReading

_LAST_DAY = date.max.toordinal()
_NUMBERS = {word: value for word, value in ONES.items() if value > 0} | TENS | {"a": 1, "an": 1}
_NUMBER = rf"(?P<n>\d{{1,3}}|(?:{'|'.join(TENS)})-(?:{'|'.join(ONES)})|{'|'.join(_NUMBERS)})"
_UNIT = r"(?P<unit>day|week|fortnight|month|year|decade)s?"
_EXACTLY = r"(?P<exact> to the day)?"
_COUNTED = re.compile(
    rf"\b{_NUMBER} {_UNIT}{_EXACTLY} (?P<way>later|afterwards?|after|earlier|before(?:hand)?"
    r"|previously)\b(?! than)",
    re.I,
)
_NEXT = re.compile(
    r"(?<!\bover )(?<!\bfor )(?<!\bin )(?<!\bwithin )(?<!\bduring )(?<!\bof )\bthe "
    r"(?:(?P<which>next|following|previous|preceding) (?P<unit>day|morning|afternoon|evening|week"
    r"|month|year)"
    r"|(?P<unit2>day|morning|night|week|month|year) (?P<way>after|before))\b",
    re.I,
)
_IN_NEXT = re.compile(
    r"\bin the (?P<which>following|previous|preceding) (?P<unit>month|year)\b", re.I
)
_NAMED = re.compile(
    rf"\bthe (?P<which>following|next) (?:(?P<month>{'|'.join(MONTHS)})"
    rf"|(?P<weekday>{'|'.join(WEEKDAYS)}))\b(?! \d)",
    re.I,
)
_SAME = re.compile(
    r"\b(?P<later>later )?(?:on |in )?(?:that|the) (?:very )?same (?P<unit>day|month|year)\b"
    r"|\blater (?:in )?that (?P<unit2>month|year)\b"
    r"|\b(?P<dayno>\d{1,2})(?:st|nd|rd|th) of (?:that|the same) month\b",
    re.I,
)
_EVE = re.compile(r"\bon the eve of\b", re.I)
OFFSET = re.compile(
    "|".join(
        re.sub(r"\?P<\w+>", "?:", pattern.pattern)
        for pattern in (_COUNTED, _NEXT, _IN_NEXT, _NAMED, _SAME, _EVE)
    ),
    re.I,
)
"""Anything that dates by a distance."""

# "More than a year after" gives no date; "than the year before", "from 40 a year before" compare.
_LOOSE = re.compile(
    r"\b(?:than|over|under|nearly|almost|about|around|roughly|some|within|least|most|up to"
    r"|above|below|against|from|compared (?:with|to)|on)"
    r"(?: \S*\d\S*(?: (?:million|billion|thousand))?)? $",
    re.I,
)
_COMPOUND = re.compile(r"\b(?:years?|months?|weeks?) and $")
# Another time than the one dated before is spoken of by now.
_MOVED = re.compile(
    r"\b(?:last|this) (?:week|month|year|season|spring|summer|autumn|winter)\b|\byesterday\b", re.I
)
_WEEKDAY_BEFORE = re.compile(rf"\b({'|'.join(WEEKDAYS)}),? (?:the )?$", re.I)
_BREAK = re.compile(r"[.;:,](?:\s|$)|\b(?:and|but|while|when|before|after|which|who)\b")
_PRONOUN = re.compile(r"\b(?:it|he|she|they)\b", re.I)
_REST = re.compile(r"[^.;,]*")
_GRAINS = frozenset(("day", "month", "year"))
# How far from its anchor, in characters, a distance that leads to another deed may stand.
_BESIDE = 40


@dataclass(frozen=True, slots=True)
class WorkedDate:
    """A date worked out from another.

    Args:
        mention: the date, with the words and the event of where the distance stands.
        anchor: the date that it is counted from.
        slack: days by which it may be off, because months and years are counted loosely.
        inverted: whether it dates the deed that the distance leads to.
        words: concepts of the content words of the part of the sentence that it dates.
        carried: those of what a pronoun there stands for.
    """

    mention: DateMention
    anchor: DateMention
    slack: int
    inverted: bool
    words: frozenset[str]
    carried: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class _Days:
    """First and last day, the grain they are known to, and the slack, of one date."""

    low: int
    high: int
    grain: str
    slack: int = 0


@lru_cache(maxsize=4096)
def worked_dates(body: TextReading) -> tuple[WorkedDate, ...]:
    """Every date of a text that follows from a distance, in order."""
    if not body.dates or OFFSET.search(body.text) is None:
        return ()
    found: list[WorkedDate] = []
    for match, place, sign in _distances(body.text):
        before = body.text[: match.start()]
        if _LOOSE.search(before) or _dated_itself(body, match):
            continue
        anchor, inverted = _anchor(body, match, found)
        if anchor is None or (anchor.low is not None and _COMPOUND.search(before)):
            continue
        start = _days(anchor)
        shifted = (
            None if start is None else _shift(start, match, anchor, -sign if inverted else sign)
        )
        if shifted is not None and 0 < shifted.low <= shifted.high <= _LAST_DAY:
            where = place if inverted else match.start()
            found.append(_worked(body, match, anchor, shifted, where, inverted))
    return tuple(found)


def _distances(text: str) -> Iterator[tuple[re.Match[str], int, int]]:
    """Each distance with the place where what it is counted from begins, and its direction."""
    matches = [
        match
        for pattern in (_COUNTED, _NEXT, _IN_NEXT, _NAMED, _SAME, _EVE)
        for match in pattern.finditer(text)
    ]
    end = 0
    for match in sorted(matches, key=lambda m: (m.start(), -m.end())):
        if match.start() < end:
            continue
        end = match.end()
        groups = match.groupdict()
        word = (groups.get("way") or groups.get("which") or "").lower()
        back = word in ("earlier", "before", "beforehand", "previously", "previous", "preceding")
        sign = -1 if back or match.re is _EVE else 0 if match.re is _SAME else 1
        yield match, match.end() + 1, sign


def _counts_from(match: re.Match[str]) -> bool:
    """Whether words follow that tell what the distance is counted from: "after the vote"."""
    word = (match.groupdict().get("way") or "").lower()
    if match.re is _EVE:
        return True
    behind = match.string[match.end() :]
    return word in ("after", "before") and re.match(r" (?!that\b[ ,.;])\w", behind) is not None


def _anchor(
    body: TextReading, match: re.Match[str], found: list[WorkedDate]
) -> tuple[DateMention | None, bool]:
    """The date that a distance is counted from, and whether it dates what it leads to."""
    text = body.text
    low = _sentence_start(text, match.start())
    known = [m for m in body.dates if m.role == "event" and m.grain in _GRAINS]
    if found and found[-1].inverted and text[: match.start()].endswith(" and "):
        return found[-1].anchor, True
    if _counts_from(match):
        rest = _REST.match(text, match.end())
        end = rest.end() if rest else match.end()
        if match.re is _EVE:
            behind = NEXT_SENTENCE.search(text, match.end())
            end = behind.start() if behind else len(text)
        inside = [m for m in known if match.end() <= m.start < end]
        if inside:
            return (inside[0], False) if len(inside) == 1 else (None, False)
        before = [m for m in known if low <= m.start and m.end <= match.start()]
        beside = before and match.start() - before[-1].end <= _BESIDE
        # "On 20 August, a month after the crash": and no other subject in between.
        return (before[-1], True) if beside and match.re is not _EVE else (None, False)
    earlier = [m for m in known if m.end <= match.start()]
    earlier += [w.mention for w in found if not w.inverted and w.mention.end <= match.start()]
    earlier.sort(key=lambda m: m.start)
    if not earlier:
        return None, False
    nearest = earlier[-1]
    if nearest.start < _sentence_start(text, max(0, low - 2)):
        return None, False
    moved = _MOVED.search(text, nearest.end, match.start())
    return (None, False) if moved else (nearest, False)


def _sentence_start(text: str, place: int) -> int:
    return max(
        (m.end() for m in NEXT_SENTENCE.finditer(text, 0, place + 1) if m.end() <= place), default=0
    )


def _dated_itself(body: TextReading, match: re.Match[str]) -> bool:
    """Whether the date itself follows: "two days later, on 5 May"."""
    return any(0 <= m.start - match.end() <= 8 for m in body.dates)


def _days(mention: DateMention) -> _Days | None:
    if mention.low is not None and mention.high is not None:
        return _Days(mention.low, mention.high, mention.grain)
    if mention.month is None:
        return None
    span = days_of(ANY_YEAR, mention.month, mention.day)
    return None if span is None else _Days(*span, mention.grain)


def _shift(start: _Days, match: re.Match[str], anchor: DateMention, sign: int) -> _Days | None:
    """The date at a distance from another, as exactly as both are given."""
    groups = match.groupdict()
    if match.re is _NAMED:
        return _named(start, groups, anchor, match.string)
    if match.re is _SAME:
        return _same(start, groups)
    if match.re is _EVE:
        return _Days(start.low - 1, start.low - 1, "day") if start.grain == "day" else None
    written = (groups.get("n") or "a").lower()
    tens, _, ones = written.partition("-")
    number = int(written) if written.isdigit() else _NUMBERS[tens] + _NUMBERS.get(ones, 0)
    unit = (groups.get("unit") or groups.get("unit2") or "").lower()
    if unit in ("day", "morning", "afternoon", "evening", "night", "week", "fortnight"):
        if start.grain != "day":
            return None
        size = {"week": 7, "fortnight": 14}.get(unit, 1)
        if match.re is _NEXT and unit == "week":
            monday = start.low - (start.low - 1) % 7 + 7 * sign
            return _Days(monday, monday + 6, "week") if anchor.low is not None else None
        slack = 0 if size == 1 or groups.get("exact") else min(6, 2 * number)
        there = start.low + sign * number * size
        return _Days(there, there, "day", slack) if there > 0 else None
    return _by_months(start, sign * number, unit, bool(groups.get("exact")), anchor)


def _by_months(
    start: _Days, number: int, unit: str, exact: bool, anchor: DateMention
) -> _Days | None:
    here = date.fromordinal(start.low)
    if unit == "month":
        if start.grain == "year":
            return None
        count = here.year * 12 + here.month - 1 + number
        span = days_of(count // 12, count % 12 + 1)
        return None if span is None else _Days(*span, "month", 10 if start.grain == "day" else 0)
    if anchor.low is None:
        return None
    year = here.year + number * (10 if unit == "decade" else 1)
    if exact and start.grain == "day":
        span = days_of(year, here.month, here.day)
        return None if span is None else _Days(*span, "day")
    span = days_of(year) if 0 < year < 9999 else None
    round_number = unit == "decade" or (abs(number) >= 10 and number % 5 == 0)
    return None if span is None else _Days(*span, "year", 366 if round_number else 31)


def _named(
    start: _Days, groups: dict[str, str | None], anchor: DateMention, text: str
) -> _Days | None:
    """ "The following May", "the following Thursday"."""
    here = date.fromordinal(start.low)
    if groups["month"]:
        month = MONTHS.index(groups["month"].lower()) + 1
        if start.grain == "year" or month == here.month:
            return None
        span = days_of(here.year + (month <= here.month), month)
        return None if span is None else _Days(*span, "month")
    told = _WEEKDAY_BEFORE.search(text, 0, anchor.start)
    if start.grain != "day" or not groups["weekday"] or (anchor.low is None and not told):
        return None
    weekday = WEEKDAYS[told[1].lower()] if told else here.weekday()
    ahead = (WEEKDAYS[groups["weekday"].lower()] - weekday - 1) % 7 + 1
    return _Days(start.low + ahead, start.low + ahead, "day")


def _same(start: _Days, groups: dict[str, str | None]) -> _Days | None:
    """ "The same year", "later that month", "the 14th of that month"."""
    here = date.fromordinal(start.low)
    if groups["dayno"]:
        span = (
            days_of(here.year, here.month, int(groups["dayno"])) if start.grain != "year" else None
        )
        return None if span is None else _Days(*span, "day")
    unit = (groups["unit"] or groups["unit2"] or "").lower()
    if unit == "day":
        return start if start.grain == "day" else None
    if unit == "month" and start.grain == "year":
        return None
    span = days_of(here.year, here.month if unit == "month" else None)
    later = bool(groups["later"] or groups["unit2"])
    return None if span is None else _Days(start.low if later else span[0], span[1], unit)


def _worked(
    body: TextReading,
    match: re.Match[str],
    anchor: DateMention,
    days: _Days,
    where: int,
    inverted: bool,
) -> WorkedDate:
    layout = body.layout
    index = layout.index_at(min(where, len(body.text) - 1))
    low, high = layout.clause_range(index)
    yearless = anchor.low is None
    first = date.fromordinal(days.low)
    mention = replace(
        anchor,
        start=match.start(),
        end=match.end(),
        text=match[0],
        low=None if yearless else days.low,
        high=None if yearless else days.high,
        month=first.month if yearless else None,
        day=first.day if yearless and days.grain == "day" else None,
        grain=days.grain,
        relation="at",
        verb=governing_verb(layout, index),
        role="event",
        first=None,
        last=None,
        other=None,
        clause=layout.clauses[index],
        near=frozenset(
            concept(token.stem)
            for token in layout.tokens[low:high]
            if token.content and token.lower not in CALENDAR_WORDS
        ),
        event=event_at(layout, where),
    )
    part = _part(body, match, anchor, inverted)
    words = frozenset().union(*(_concepts(body, low, high, match) for low, high in part))
    pronoun = any(_PRONOUN.search(body.text, low, high) for low, high in part)
    carried = anchor.event.subject if pronoun else frozenset()
    return WorkedDate(mention, anchor, days.slack, inverted, words, carried)


def _part(
    body: TextReading, match: re.Match[str], anchor: DateMention, inverted: bool
) -> list[tuple[int, int]]:
    """Offsets of the parts of a sentence that a distance dates: what it stands in or leads to."""
    text = body.text
    begin = max((m.end() for m in _BREAK.finditer(text, 0, match.start())), default=0)
    counted = _counts_from(match) and not inverted
    # "A week after the sale on 1 June, the mill shut": what follows the date it is counted from.
    behind = max(match.end(), anchor.end) if counted else match.end()
    ends = [*(m.start() for m in _BREAK.finditer(text, behind)), len(text), len(text)]
    if counted:
        before = _concepts(body, begin, match.start(), match)
        return [(begin, match.start())] if before else [(ends[0], ends[1])]
    low = match.end() if inverted else begin
    few = len(_concepts(body, low, ends[0], match)) < 2
    return [(low, ends[1] if few else ends[0])]


def _concepts(body: TextReading, low: int, high: int, match: re.Match[str]) -> frozenset[str]:
    return frozenset(
        concept(token.stem)
        for token in body.layout.tokens
        if low <= token.start < high
        and not match.start() <= token.start < match.end()
        and token.content
        and token.lower not in CALENDAR_WORDS
    )
