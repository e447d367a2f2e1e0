"""How often something happens, on one scale: "biennial" is every two years, "on Mondays and
Thursdays" twice a week."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from factcheck.checks.calculation.lasting import subject_of
from factcheck.checks.found import make_finding
from factcheck.checks.grammar.number_words import ONES, TENS
from factcheck.checks.grammar.tokens import concept, stem
from factcheck.checks.relevance import name_missing
from factcheck.checks.times.clocks import find_clocks
from factcheck.records import Finding, Outcome, Stance

if TYPE_CHECKING:
    from factcheck.checks.reading import ClaimReading, PassageReading, TextReading

# Times a year.
_PERIODS = {
    "minute": 525_600.0, "hour": 8760.0, "day": 365.0, "night": 365.0, "evening": 365.0,
    "morning": 365.0, "week": 52.0, "fortnight": 26.0, "month": 12.0, "quarter": 4.0, "year": 1.0,
    "decade": 0.1,
}  # fmt: skip
_CALLED = {
    "hourly": 8760.0, "daily": 365.0, "nightly": 365.0, "weekly": 52.0, "fortnightly": 26.0,
    "monthly": 12.0, "quarterly": 4.0, "half-yearly": 2.0, "yearly": 1.0, "annual": 1.0,
    "annually": 1.0, "biennial": 0.5, "biennially": 0.5, "triennial": 1 / 3, "quadrennial": 0.25,
}  # fmt: skip
_COUNTS = {"once": 1, "twice": 2, "thrice": 3}
_NUMBERS = {word: value for word, value in (ONES | TENS).items() if value > 0}
_NUMBER = rf"(?:\d{{1,3}}|{'|'.join(_NUMBERS)})"
_PERIOD = rf"(?:{'|'.join(_PERIODS)})"
# Things of which each is one occasion; "26 lessons a week" are an amount.
_OCCASIONS = (
    "days|nights|evenings|mornings|sailings|flights|trains|buses|ferries|boats|services|meetings|sessions"
    "|issues|editions|visits|trips|readings|inspections|tests|doses|injections|performances|shows"
    "|deliveries|collections|departures|crossings|concerts|sittings"
)
_DAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December)"
)
_FREQUENCY = re.compile(
    rf"\b(?P<called>{'|'.join(_CALLED)})\b"
    rf"|\bevery (?:(?P<other>other|second)|(?P<n>{_NUMBER})) (?P<period>{_PERIOD})s?\b"
    rf"|\b(?P<count>once|twice|thrice|{_NUMBER} (?:times|{_OCCASIONS})) "
    rf"(?:every|each|an?|per|in every) "
    rf"(?P<other2>other |second )?(?:(?P<n2>{_NUMBER}) )?(?P<period2>{_PERIOD})s?\b"
    rf"|\b(?:on )?(?P<alternate>alternate|every other|every second) (?:{_DAY}s?)\b"
    rf"|\bon (?P<days>{_DAY}s(?:(?:, | and |, and ){_DAY}s)*)\b"
    rf"|\b(?:first|second|third|fourth|last) {_DAY} (?:of|in) (?P<monthly>each|every|the) month\b"
    rf"|\b(?:every|each) (?P<weekday>{_DAY})\b(?! of)"
    rf"|\bin (?P<months>{_MONTH}(?:, {_MONTH})+,? and {_MONTH})\b(?! \d)"
    rf"|\b(?:every|each) (?P<period3>{_PERIOD})\b",
    re.I,
)
# These tell of a change: the frequency is not the only one.
_CHANGING = re.compile(
    r"\b(?:until now|instead of|rather than|previously|formerly|used to|no longer|will|from \w+day"
    r"|(?:more|less) often|more frequent\w*|less frequent\w*"
    r"|up from|down from|reduced|increased)\b",
    re.I,
)
# These bound it or deny it.
_BOUNDED = re.compile(
    r"\b(?:at least|at most|up to|more than|less than|fewer than|no more than"
    r"|almost|nearly|about|average|not|never|n['’]t)\b",
    re.I,
)
_AROUND = 24
_PRESENT = re.compile(
    r"\b(?:is|are|has|have|comes?|appears?|gets?|meets?|runs?|sits?|takes?)\b", re.I
)
_PAST = re.compile(r"\b(?:was|were|ceased|had)\b", re.I)
_STRENGTH, _AGAINST = 0.8, 0.75


@dataclass(frozen=True, slots=True)
class Frequency:
    """How often something happens.

    Args:
        start, end: offsets in the text.
        text: the surface.
        times: times a year.
    """

    start: int
    end: int
    text: str
    times: float


@lru_cache(maxsize=4096)
def find_frequencies(body: TextReading) -> tuple[Frequency, ...]:
    """All frequencies of a text, in order."""
    return tuple(
        Frequency(match.start(), match.end(), match[0], _times(match))
        for match in _FREQUENCY.finditer(body.text)
    )


def _number(word: str) -> int:
    return int(word) if word.isdigit() else _NUMBERS[word.lower()]


def _times(match: re.Match[str]) -> float:
    """Times a year of a frequency."""
    if match["called"]:
        return _CALLED[match["called"].lower()]
    if match["alternate"]:
        return 26.0
    if match["days"]:
        return 52.0 * len(re.findall(_DAY, match["days"], re.I))
    if match["months"]:
        return float(len(re.findall(_MONTH, match["months"], re.I)))
    if match["monthly"]:
        return 12.0
    if match["weekday"]:
        return 52.0
    if match["period3"]:
        return _PERIODS[match["period3"].lower()]
    if match["period"]:
        every = 2 if match["other"] else _number(match["n"])
        return _PERIODS[match["period"].lower()] / every
    word = match["count"].lower().split()[0]
    count = _COUNTS.get(word) or _number(word)
    every = 2 if match["other2"] else _number(match["n2"]) if match["n2"] else 1
    return count * _PERIODS[match["period2"].lower()] / every


def frequency_finding(claim: ClaimReading, passage: PassageReading, about: float) -> Finding | None:
    """The one frequency of a claim beside the one of a passage that speaks of the same."""
    ours = find_frequencies(claim.body)
    theirs = find_frequencies(passage.body) if len(ours) == 1 else ()
    if len(theirs) != 1 or name_missing(claim, passage):
        return None
    mine, other = ours[0], theirs[0]
    if _CHANGING.search(claim.text) or _CHANGING.search(passage.text) or _other_figure(claim, mine):
        return None
    if _bounded(claim.text, mine) or _bounded(passage.text, other):
        return None
    listed = len(find_clocks(_sentence_text(passage, other)))
    if listed > 1 and other.times == _PERIODS["day"]:
        # "Every day at six, at noon and at ten at night"
        other = replace(other, times=listed * other.times)
    own = {concept(stem(word.lower())) for word in re.findall(r"[A-Za-z]+", mine.text)}
    words = claim.body.stems - own
    sentence = _sentence(passage, other)
    subject = subject_of(claim.body.layout, len(claim.text))
    if not words or 2 * len(words & sentence) < len(words) or subject not in sentence | {""}:
        return None
    if mine.text.lower() == other.text.lower() or (
        _PRESENT.search(claim.text) and _PAST.search(_sentence_text(passage, other))
    ):
        return None  # the same words need no scale, and what was so may be so no longer
    same = math.isclose(mine.times, other.times, rel_tol=0.05)
    counted = re.match(r"(?:once|twice|\w+ \w+ (?:a|each|per)\b)", mine.text, re.I)
    if not same and other.times > mine.times and not counted:
        return None  # "every week" is true of twice a week
    if same:
        outcome, stance, told = Outcome.COMPATIBLE, Stance.SUPPORTS, "is"
    else:
        outcome, stance, told = Outcome.DIFFERENT, Stance.REFUTES, "is not"
    strength = (_STRENGTH if same else _AGAINST) * about
    message = f"{other.text} {told} {mine.text}"
    return make_finding("arithmetic", outcome, stance, strength, message, ours=mine, theirs=other)


def _bounded(text: str, frequency: Frequency) -> bool:
    return _BOUNDED.search(text, max(0, frequency.start - _AROUND), frequency.end) is not None


def _other_figure(claim: ClaimReading, mine: Frequency) -> bool:
    return any(q.end <= mine.start or q.start >= mine.end for q in claim.body.quantities)


def _bounds(passage: PassageReading, frequency: Frequency) -> tuple[int, int]:
    """Offsets of the sentence around a frequency."""
    high = passage.text.find(". ", frequency.end)
    low = passage.text.rfind(". ", 0, frequency.start) + 1
    return low, len(passage.text) if high < 0 else high


def _sentence_text(passage: PassageReading, frequency: Frequency) -> str:
    return passage.text[slice(*_bounds(passage, frequency))]


def _sentence(passage: PassageReading, frequency: Frequency) -> frozenset[str]:
    """Concepts of the content words of the sentence around a frequency."""
    low, high = _bounds(passage, frequency)
    return frozenset(
        concept(token.stem)
        for token in passage.body.layout.tokens
        if low <= token.start < high and token.content
    )
