"""Dates of events: what happened when, in the claim and in the passage.

Only dates of one event are compared. A year that is part of a name ("the 2017 final") identifies
the event and is never held against another year.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date

from factcheck.checks.grammar.context import Layout, governing_verb
from factcheck.checks.grammar.names import CALENDAR_WORDS
from factcheck.checks.grammar.tokens import concept
from factcheck.checks.times.calendar_span import CalendarSpan, days_of
from factcheck.checks.times.events import Event, event_at
from factcheck.records import Outcome

_INFINITY = 10**7
# A date without a year takes the year of the other side only if that side names a day or month.
_EXACT_GRAINS = frozenset(("day", "month"))


@dataclass(frozen=True, slots=True, kw_only=True)
class DateMention:
    """A date with the event it belongs to.

    Args:
        start, end, text: surface without the preposition.
        low, high: first and last day as ordinals; None without a year.
        month, day: set when the year is unknown.
        grain: as in `CalendarSpan`.
        relation: "at", "before", "after", "since", "until", "by" or "range".
        verb: concept of the governing verb, or "".
        role: "event"; "modifier" inside a name ("the 2017 final"); "reference" ("as of").
        first, last: of a range, the days of its begin and end.
        other: second reading of a numeric date.
        clause: clause number.
        near: concepts of the content words in the clause.
        event: what happened then, and to whom.
    """

    start: int
    end: int
    text: str
    low: int | None
    high: int | None
    month: int | None
    day: int | None
    grain: str
    relation: str
    verb: str
    role: str
    first: tuple[int, int] | None
    last: tuple[int, int] | None
    other: tuple[int, int] | None
    clause: int
    near: frozenset[str]
    event: Event


# Words that may stand between the preposition and the date.
_LOOSE = (
    r"(?: the)?(?: early| mid| late| end of| beginning of| start of| about| around| circa)*"
    r"(?: the)?\s*$"
)
_RELATIONS = (
    (re.compile(r"\b(?:before|prior to|ahead of|earlier than)" + _LOOSE, re.I), "before"),
    (re.compile(r"\b(?:after|following|later than)" + _LOOSE, re.I), "after"),
    (re.compile(r"\b(?:as of|as at|up to and including)" + _LOOSE, re.I), "reference"),
    (
        re.compile(r"\b(?:since|starting(?: in| on)?|beginning(?: in| on)?)" + _LOOSE, re.I),
        "since",
    ),
    (re.compile(r"\b(?:until|till|through|up to)" + _LOOSE, re.I), "until"),
    (re.compile(r"\b(?:by|no later than)" + _LOOSE, re.I), "by"),
    (re.compile(r"\bfrom" + _LOOSE, re.I), "from"),
)
_BORN = re.compile(r"\bborn\b[^()]*$", re.I)
_DIED = re.compile(r"\b(?:died|dead|d\.)\s[^()]*$|†[^()]*$", re.I)

# "It is a 1998 film": the year tells when it was made.
_DEFINES = re.compile(r"\b(?:is|was|are|were) an? (?:[\w-]+ ){0,2}$")


def attach_events(layout: Layout, spans: tuple[CalendarSpan, ...]) -> tuple[DateMention, ...]:
    """Give every date its relation, governing verb and role."""
    mentions: list[DateMention] = []
    for span in spans:
        mention = _mention(layout, span)
        lifespan = _lifespan(layout, span, mention)
        mentions.extend(lifespan or (mention,))
    return tuple(mentions)


def _mention(layout: Layout, span: CalendarSpan) -> DateMention:
    text = layout.text
    before = text[max(0, span.start - 28) : span.start]
    relation, role = "range" if span.grain == "range" else "at", "event"
    for pattern, name in _RELATIONS:
        if pattern.search(before):
            if name == "reference":
                role = "reference"
            elif name != "from" and span.grain != "range":
                relation = name
            break
    if span.open_end:
        relation = "since"
    index = layout.index_at(span.start)
    modifier = _modifies(layout, span, before)
    verb = governing_verb(layout, index)
    deed = "_made" if modifier and _DEFINES.search(before) else ""
    opened = before.rpartition("(")
    if opened[1] and ")" not in opened[2]:
        deed = _end_of_life(opened[2])
        verb = deed or verb
    return DateMention(
        start=span.start,
        end=span.end,
        text=text[span.start : span.end],
        low=span.low,
        high=span.high,
        month=span.month,
        day=span.day,
        grain=span.grain,
        relation=relation,
        verb=verb,
        role="modifier" if modifier and role == "event" else role,
        first=span.first,
        last=span.last,
        other=span.other,
        clause=layout.clauses[index],
        near=_near(layout, index),
        event=event_at(layout, span.start, deed),
    )


def _end_of_life(bracket: str) -> str:
    """The deed of a date in a bracket by the text before it: a birth, a death, or ""."""
    born, died = _BORN.search(bracket), _DIED.search(bracket)
    if born and (died is None or died.start() < born.start()):
        return "_born"
    return "_die" if died else ""


def _near(layout: Layout, index: int) -> frozenset[str]:
    low, high = layout.clause_range(index) if layout.tokens else (0, 0)
    return frozenset(
        concept(token.stem)
        for token in layout.tokens[low:high]
        if token.content and token.lower not in CALENDAR_WORDS
    )


def _modifies(layout: Layout, span: CalendarSpan, before: str) -> bool:
    """Whether a year belongs to a name ("the 2017 NBA Finals") or a noun ("a 2008 film")."""
    if span.grain not in ("year", "range", "decade", "century"):
        return False
    index = layout.index_at(span.start) + 1
    while index < len(layout.tokens) and layout.tokens[index].start < span.end:
        index += 1
    if index >= len(layout.tokens):
        return False
    after = layout.tokens[index]
    opening = re.search(r"(?:^|\b(?:the|a|an|its|his|her|their|[a-z]+'s)\s+|[A-Z]\w*\s+)$", before)
    if (
        not after.content
        or opening is None
        or layout.text[span.end : after.start] not in (" ", "-")
    ):
        return False
    if after.capital:
        return bool(re.search(r"(?:\b(?:the|a|an|its|his|her|their)\s+|'s\s+|^)$", before))
    return True


def _lifespan(layout: Layout, span: CalendarSpan, mention: DateMention) -> tuple[DateMention, ...]:
    """ "(22 February 1788 – 21 September 1860)" after a name: birth and death."""
    text = layout.text
    if span.grain != "range" or span.first is None or span.last is None:
        return ()
    before = text[: span.start].rstrip()
    inside = before.rpartition("(")
    if not inside[1] or ")" in inside[2] or len(inside[2]) > 60:
        return ()
    days = span.first[0] == span.first[1] and span.last[0] == span.last[1]
    years = (span.last[0] - span.first[0]) // 365
    closing = text[span.end :].lstrip()[:1] in (")", ";", ",")
    named = inside[0].rstrip()[-1:].isalnum() and any(
        word[:1].isupper() for word in inside[0].split()[-2:]
    )
    if not (closing and named and (15 <= years <= 115) and (days or years >= 25)):
        return ()
    middle = max(text.rfind("–", span.start, span.end), text.rfind("-", span.start, span.end))
    if middle < 0:
        return ()
    grain = "day" if days else "year"
    return tuple(
        replace(
            mention,
            start=start,
            end=end,
            text=text[start:end].strip(),
            low=part[0],
            high=part[1],
            grain=grain,
            relation="at",
            verb=verb,
            event=replace(mention.event, deed=verb),
            first=None,
            last=None,
            role="event",
        )
        for verb, part, start, end in (
            ("_born", span.first, span.start, middle),
            ("_die", span.last, middle + 1, span.end),
        )
    )


def complete(mention: DateMention, year: int) -> DateMention:
    """A date without a year, read with a year from the other side."""
    if mention.low is not None or mention.month is None:
        return mention
    span = days_of(year, mention.month, mention.day)
    return mention if span is None else replace(mention, low=span[0], high=span[1])


def _interval(mention: DateMention) -> tuple[int, int]:
    """The days that a mention allows, the relation taken into account."""
    low, high = mention.low or 0, mention.high or 0
    return {
        "before": (-_INFINITY, low - 1),
        "by": (-_INFINITY, high),
        "until": (low, high),
        "after": (high + 1, _INFINITY),
        "since": (
            low,
            high if mention.grain != "range" else mention.first[1] if mention.first else high,
        ),
    }.get(mention.relation, (low, high))


def compare_mentions(claim: DateMention, passage: DateMention) -> Outcome:
    """Compare two dates as intervals of days; which event they belong to is not looked at.

    Returns:
        EQUAL for the same days, COMPATIBLE when one lies within the other, DIFFERENT when they
        have no day in common, NOT_COMPARABLE when they cannot be put on one line of time.
    """
    if claim.low is None and passage.low is not None:
        if passage.grain not in _EXACT_GRAINS:
            return Outcome.NOT_COMPARABLE
        claim = complete(claim, date.fromordinal(passage.low).year)
    if passage.low is None and claim.low is not None:
        if claim.grain not in _EXACT_GRAINS:
            return Outcome.NOT_COMPARABLE
        passage = complete(passage, date.fromordinal(claim.low).year)
    if claim.low is None or passage.low is None:
        return _compare_month_days(claim, passage)
    if (
        claim.relation in ("at", "range")
        and passage.relation in ("at", "range")
        and (claim.low == passage.low and claim.high == passage.high)
    ):
        return Outcome.EQUAL
    ours, theirs = _interval(claim), _interval(passage)
    if passage.other and claim.low <= passage.other[0] <= (claim.high or 0):
        return Outcome.COMPATIBLE
    if claim.other and passage.low <= claim.other[0] <= (passage.high or 0):
        return Outcome.COMPATIBLE
    if ours[0] <= theirs[1] and theirs[0] <= ours[1]:
        return Outcome.EQUAL if ours == theirs else Outcome.COMPATIBLE
    if "until" in (claim.relation, passage.relation) and claim.relation != passage.relation:
        return Outcome.NOT_COMPARABLE
    if passage.relation in ("before", "after", "by") and claim.relation == passage.relation:
        return Outcome.NOT_COMPARABLE
    return Outcome.DIFFERENT


def _compare_month_days(claim: DateMention, passage: DateMention) -> Outcome:
    if claim.month is None or passage.month is None:
        return Outcome.NOT_COMPARABLE
    if claim.relation != "at" or passage.relation != "at":
        return Outcome.NOT_COMPARABLE
    if claim.month != passage.month:
        return Outcome.DIFFERENT
    if claim.day is None or passage.day is None:
        return Outcome.COMPATIBLE
    return Outcome.EQUAL if claim.day == passage.day else Outcome.DIFFERENT


def within(claim: DateMention, passage: DateMention) -> bool:
    """Whether the passage's date is at least as exact as the claim's and lies inside it."""
    if claim.low is None or passage.low is None:
        return claim.month == passage.month and (claim.day is None or claim.day == passage.day)
    ours, theirs = _interval(claim), _interval(passage)
    return ours[0] <= theirs[0] and theirs[1] <= ours[1]
