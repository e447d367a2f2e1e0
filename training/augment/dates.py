"""Dates: another day, month or year, another notation, and more or less precision."""

from __future__ import annotations

import random
import re
from dataclasses import dataclass

from training.pairs import Pair

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip
_NAME = "(" + "|".join(MONTHS) + ")"
_DAY_FIRST = re.compile(rf"\b(\d{{1,2}}) {_NAME},? (\d{{4}})\b")
_MONTH_FIRST = re.compile(rf"\b{_NAME} (\d{{1,2}}),? (\d{{4}})\b")
_MONTH_YEAR = re.compile(rf"\b{_NAME},? (\d{{4}})\b")
_IN_YEAR = re.compile(r"\bin (1[5-9]\d\d|20[0-2]\d)\b")
_ONE_TIME = re.compile(
    r"\b(?:born|died|founded|released|established|premiered|opened|ended|began|started|"
    r"published|elected|formed|discovered|created|signed|launched|killed|married|aired|won|"
    r"debuted|abolished|closed|incorporated|assassinated|invaded|crashed)\b"
)
_BETWEEN = re.compile(
    r"\b(?:before|after|until|since|between|from|by|during|late|early|mid)\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A date in a text; `day` and `month` are None where the text gives none."""

    start: int
    end: int
    year: int
    month: int | None = None
    day: int | None = None


def dates_in(text: str) -> list[FoundDate]:
    """Find full dates, months with a year, and "in YEAR", longest first, not overlapping."""
    found: list[FoundDate] = []

    def add(date: FoundDate) -> None:
        if all(date.end <= other.start or date.start >= other.end for other in found):
            found.append(date)

    for match in _DAY_FIRST.finditer(text):
        month = MONTHS.index(match.group(2)) + 1
        add(FoundDate(match.start(), match.end(), int(match.group(3)), month, int(match[1])))
    for match in _MONTH_FIRST.finditer(text):
        month = MONTHS.index(match.group(1)) + 1
        add(FoundDate(match.start(), match.end(), int(match.group(3)), month, int(match[2])))
    for match in _MONTH_YEAR.finditer(text):
        month = MONTHS.index(match.group(1)) + 1
        add(FoundDate(match.start(), match.end(), int(match.group(2)), month))
    for match in _IN_YEAR.finditer(text):
        add(FoundDate(match.start(1), match.end(1), int(match.group(1))))
    return sorted(found, key=lambda date: date.start)


def write_date(year: int, month: int | None, day: int | None, rng: random.Random) -> str:
    """Write a date in one of the notations of newspapers and agencies."""
    if month is None:
        return str(year)
    name = MONTHS[month - 1]
    short = name[:3] if len(name) > 4 else name
    if day is None:
        return rng.choice((f"{name} {year}", f"{short} {year}", f"{name}, {year}"))
    forms = (
        f"{day} {name} {year}", f"{name} {day}, {year}", f"{short} {day}, {year}",
        f"{day} {short} {year}", f"{name} {day} {year}", f"{year}-{month:02d}-{day:02d}",
    )  # fmt: skip
    return rng.choice(forms)


def pick_date(pair: Pair) -> FoundDate | None:
    """Return the claim's only date when the evidence states the same date, else None."""
    dates = dates_in(pair.claim)
    if len(dates) != 1 or _BETWEEN.search(pair.claim):
        return None
    date = dates[0]
    same = [
        other
        for other in dates_in(pair.evidence)
        if other.year == date.year
        and (date.month is None or other.month == date.month)
        and (date.day is None or other.day == date.day)
    ]
    return date if len(same) == 1 else None


def put_date(text: str, date: FoundDate, by: str) -> str:
    """Replace a date, and "on" by "in" or back where the precision changes."""
    before = text[: date.start]
    full = bool(re.search(r"\d{1,2},? |-|^\d{1,2} ", by)) and len(by) > 9
    before = re.sub(r"\b([Oo])n $" if not full else r"\b([Ii])n $", _swap_preposition, before)
    return before + by + text[date.end :]


def _swap_preposition(match: re.Match[str]) -> str:
    return {"O": "In ", "o": "in ", "I": "On ", "i": "on "}[match.group(1)]


def rewrite_date(pair: Pair, rng: random.Random) -> Pair | None:
    """Write the claim's date another way, or less precisely; the label stays."""
    date = pick_date(pair)
    if date is None or date.month is None:
        return None
    if pair.label == "SUPPORTS" and rng.random() < 0.3:
        by = write_date(date.year, rng.choice((None, date.month)), None, rng)
    else:
        by = write_date(date.year, date.month, date.day, rng)
    claim = put_date(pair.claim, date, by)
    if claim == pair.claim:
        return None
    return Pair(evidence=pair.evidence, claim=claim, label=pair.label, source="date_rewrite")


def change_date(pair: Pair, rng: random.Random) -> Pair | None:
    """Put another day, month or year into a supported claim about a single event: REFUTES."""
    date = pick_date(pair)
    if pair.label != "SUPPORTS" or date is None or not _ONE_TIME.search(pair.claim):
        return None
    year, month, day = date.year, date.month, date.day
    part = rng.choice(
        [name for name, held in (("year", year), ("month", month), ("day", day)) if held]
    )
    if part == "year":
        year += rng.choice((-10, -3, -2, -1, 1, 2, 3, 10, 20))
    elif part == "month" and month is not None:
        month = rng.choice([m for m in range(1, 13) if m != month])
        day = min(day, 28) if day is not None else None
    elif day is not None:
        day = rng.choice([d for d in range(1, 29) if d != day])
    if part == "year" and str(year) in pair.evidence:
        return None
    claim = put_date(pair.claim, date, write_date(year, month, day, rng))
    return Pair(evidence=pair.evidence, claim=claim, label="REFUTES", source="date_change")


def coarsen_evidence(pair: Pair, rng: random.Random) -> Pair | None:
    """Leave out the day or month in the evidence of a claim that states it: NEI."""
    date = pick_date(pair)
    if pair.label != "SUPPORTS" or date is None or date.month is None:
        return None
    stated = [
        other
        for other in dates_in(pair.evidence)
        if (other.year, other.month) == (date.year, date.month)
    ]
    if len(stated) != 1:
        return None
    keep_month = date.day is not None and rng.random() < 0.5
    by = write_date(date.year, date.month if keep_month else None, None, rng)
    evidence = put_date(pair.evidence, stated[0], by)
    return Pair(evidence=evidence, claim=pair.claim, label="NEI", source="date_coarse")
