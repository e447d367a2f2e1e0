"""Times of day as a text writes them: "9.40 a.m.", "16:10", "noon", "half past six", "nine in the
evening"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from factcheck.checks.grammar.number_words import ONES

DAY, HALF_DAY = 24 * 60, 12 * 60
_HOURS = {word: value for word, value in ONES.items() if 1 <= value <= 12}
_HOUR_WORD = "|".join(_HOURS)
_HALF = r"(?P<half>[ap])\.?\s?m\b\.?"
_PART = (
    r"(?:(?:in the|(?:the )?(?:next|following|same|that)|on \w+day|yesterday|this|\w+day)"
    r" (?P<part>morning|afternoon|evening)|at (?P<night>night))\b"
)
_MINUTES = {
    "five": 5, "ten": 10, "a quarter": 15, "quarter": 15, "twenty": 20, "twenty-five": 25,
    "half": 30,
}  # fmt: skip
_FIGURES = re.compile(
    rf"(?<![\d.,:])(?P<hour>[01]?\d|2[0-4])(?P<mark>[.:])(?P<minute>[0-5]\d)(?![\d:]|[.,]\d)"
    rf"(?:\s?{_HALF}|(?P<hours> hours| hrs)\b|\s{_PART})?",
    re.I,
)
_HOUR = re.compile(rf"(?<![\d.,:])(?P<hour>1[0-2]|[1-9])\s?{_HALF}", re.I)
_WORDS = re.compile(
    rf"\b(?P<hour>{_HOUR_WORD}|1[0-2]|[1-9])(?: (?P<clock>o['’]clock))?(?: {_PART})?", re.I
)
_PAST = re.compile(
    rf"\b(?P<minutes>{'|'.join(sorted(_MINUTES, key=len, reverse=True))}) (?P<side>past|to)"
    rf" (?P<hour>{_HOUR_WORD})\b(?: {_PART})?",
    re.I,
)
_NAMED = re.compile(r"\b(?P<name>noon|midday|midnight)\b", re.I)
_NEAR = re.compile(
    r"\b(?:(?P<after>(?:shortly|just|soon|a few minutes|minutes) (?:after|past))"
    r"|(?P<before>(?:shortly|just|a few minutes|minutes) before)"
    r"|(?P<about>about|around|towards?|some time after|approximately|roughly))\s$",
    re.I,
)
_LITTLE = 15
"""How many minutes "shortly after" may be."""
_POSSIBLE = re.compile(
    r"\d[.:]\d\d|\d\s?[ap]\.?m|o['’]clock|noon|midday|midnight|past|quarter to|morning|evening"
    r"|afternoon|night",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of day.

    Args:
        start, end: offsets in the text.
        text: the surface.
        minute: minutes since midnight; of twelve hours where the half of the day is not told.
        whole: whether the half of the day is told.
        earliest, latest: minutes by which it may be earlier or later.
    """

    start: int
    end: int
    text: str
    minute: int
    whole: bool
    earliest: int = 0
    latest: int = 0


def find_clocks(text: str) -> tuple[Clock, ...]:
    """All times of day of a text, in order."""
    if _POSSIBLE.search(text) is None:
        return ()
    found: list[Clock] = []
    for clock in _read(text):
        if not any(clock.start < other.end and other.start < clock.end for other in found):
            found.append(_bounded(clock, text))
    return tuple(sorted(found, key=lambda clock: clock.start))


def _read(text: str) -> Iterator[Clock]:
    for match in _PAST.finditer(text):
        minutes = _MINUTES[match["minutes"].lower()]
        hour = _HOURS[match["hour"].lower()] % 12
        yield _clock(match, 60 * hour + (minutes if match["side"].lower() == "past" else -minutes))
    for match in _FIGURES.finditer(text):
        told = match["half"] or match["part"] or match["night"] or match["hours"]
        if match["mark"] == ":" or told:
            yield _clock(match, 60 * int(match["hour"]) + int(match["minute"]))
    for match in _HOUR.finditer(text):
        yield _clock(match, 60 * int(match["hour"]))
    for match in _NAMED.finditer(text):
        minute = 0 if match["name"].lower() == "midnight" else HALF_DAY
        yield Clock(match.start(), match.end(), match[0], minute, True)
    for match in _WORDS.finditer(text):
        if match["clock"] or match["part"] or match["night"]:
            word = match["hour"].lower()
            yield _clock(match, 60 * (int(word) if word.isdigit() else _HOURS[word]))


def _clock(match: re.Match[str], minute: int) -> Clock:
    """A time of day from its minutes and the words for the half of the day."""
    groups = match.groupdict()
    half, part = (groups.get("half") or "").lower(), (groups.get("part") or "").lower()
    late = half == "p" or part in ("afternoon", "evening")
    if groups.get("night"):
        late = minute >= 6 * 60  # "ten at night", "two at night"
    told = bool(half or part or groups.get("night"))
    written = match[0].lstrip()
    whole = told or minute >= 13 * 60 or written.startswith("0") or bool(groups.get("hours"))
    if told:
        minute = minute % HALF_DAY + (HALF_DAY if late else 0)
    size = DAY if whole else HALF_DAY
    return Clock(match.start(), match.end(), match[0], minute % size, whole)


def _bounded(clock: Clock, text: str) -> Clock:
    match = _NEAR.search(text[max(0, clock.start - 24) : clock.start])
    if match is None:
        return clock
    return replace(
        clock,
        earliest=_LITTLE if match["before"] or match["about"] else 0,
        latest=_LITTLE if match["after"] or match["about"] else 0,
    )
