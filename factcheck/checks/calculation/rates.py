"""Rates: so many for every so many, per 100,000, a day, in an hour, kilometres an hour.

Only a result that is the claim's figure says something, but for an average speed, of which a
passage with one distance and one time allows no other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from factcheck.checks.calculation.amounts import Derived, shown_about, with_value
from factcheck.checks.comparison.segments import beside, said_with
from factcheck.checks.grammar.number_words import ONES, TENS
from factcheck.checks.grammar.tokens import concept, stem
from factcheck.checks.numbers.bounds import Bound
from factcheck.checks.numbers.compounds import one_kind

if TYPE_CHECKING:
    from factcheck.checks.numbers.quantity import Quantity
    from factcheck.checks.reading import ClaimReading, PassageReading

_STATED = (Bound.EXACT, Bound.ABOUT)
_AGREEING = (1.0, 0.85, 0.6, 0.4)
_ROUGHLY = 0.01
_ABOUT = 0.05
_SECONDS = 86400.0
_PEOPLE = frozenset(("_people", "man", "woman", "_child", "_resident", "inhabit"))
# How many days each period has.
_DAYS = {
    "minute": 1 / 1440,
    "hour": 1 / 24,
    "day": 1.0,
    "week": 7.0,
    "month": 365.25 / 12,
    "quarter": 365.25 / 4,
    "year": 365.25,
    "annum": 365.25,
}


def derive_rates(
    quantity: Quantity, claim: ClaimReading, passage: PassageReading
) -> Iterator[Derived]:
    """All rates and what follows from a rate, for a figure of a claim."""
    stated = [q for q in passage.body.quantities if q.bound in _STATED and q.form != "vague"]
    stated = [q for q in stated if q.value > 0 and not q.pair]
    for derived in _rates(quantity, claim, passage, stated):
        off = abs(derived.quantity.value - quantity.value)
        # "About 27 a day" is a figure of its own, and not 29.
        if quantity.bound is not Bound.ABOUT or off <= _ABOUT * quantity.value:
            yield derived


def _rates(
    quantity: Quantity, claim: ClaimReading, passage: PassageReading, stated: list[Quantity]
) -> Iterator[Derived]:
    if quantity.kind in ("speed", "length", "duration"):
        yield from _speeds(quantity, claim, passage, stated)
    if quantity.kind == "duration":
        yield from _once_every(quantity, claim, passage, stated)
        return
    if quantity.per in _DAYS:
        yield from _other_periods(quantity, claim, passage, stated)
        yield from _spread_over(quantity, claim, passage, stated)
    yield from _means(quantity, claim, passage, stated)
    if quantity.kind == "count":
        yield from _per_so_many(quantity, claim, passage, stated)
        yield from _for_every(quantity, claim, passage, stated)


def _told(
    quantity: Quantity,
    claim: ClaimReading,
    passage: PassageReading,
    value: float,
    half: float,
    written: str,
    parts: tuple[Quantity, ...],
    against: float | None = None,
) -> Derived:
    missing = len(said_with(quantity, claim) - passage.stems)
    places = sorted(parts, key=lambda item: item.start)
    return Derived(
        with_value(quantity, value, half),
        f"{written} is {shown_about(value / (quantity.factor or 1.0))}",
        places[0].start,
        places[-1].end,
        against is not None,
        _AGREEING[min(missing, 3)],
        "rate",
        against,
        parts,
    )


def _one_sentence(first: Quantity, second: Quantity, text: str) -> bool:
    start, end = sorted((first, second), key=lambda item: item.start)
    return ". " not in text[start.end : end.start]


_MEAN = re.compile(r"\b(?:average|mean|averaged)\b", re.I)


def _speeds(
    quantity: Quantity, claim: ClaimReading, passage: PassageReading, stated: list[Quantity]
) -> Iterator[Derived]:
    """Distance, time and speed: 210 kilometres in an hour and 45 minutes are 120 km/h."""
    groups = {
        kind: [q for q in stated if q.kind == kind and not q.change and not q.per]
        for kind in ("length", "duration", "speed")
    }
    first, second = (kind for kind in groups if kind != quantity.kind)
    for one in groups[first]:
        for other in groups[second]:
            if not _one_sentence(one, other, passage.text):
                continue
            if quantity.kind == "speed":
                value, sign = one.value / (_SECONDS * other.value), "in"
            elif quantity.kind == "duration":
                value, sign = one.value / other.value / _SECONDS, "at"
            else:
                value, sign = one.value * _SECONDS * other.value, "at"
            lone = len(groups[first]) == len(groups[second]) == 1
            asked = quantity.kind == "speed" and lone and _MEAN.search(claim.text)
            half = value * (one.half / one.value + other.half / other.value + _ROUGHLY)
            yield _told(
                quantity, claim, passage, value, min(half, 0.05 * value),
                f"{one.text} {sign} {other.text}", (one, other), 0.6 if asked else None,
            )  # fmt: skip


_EVERY = re.compile(r"\b(?:every|once in|once each)(?: (?:about|some|roughly))?$", re.I)
_TIMES = re.compile(
    r"\b(\d+|\w+) times (?:in|within|over|during|every|each) (?:the (?:course|space) of )?"
    r"(?:the )?$",
    re.I,
)


def _once_every(
    quantity: Quantity, claim: ClaimReading, passage: PassageReading, stated: list[Quantity]
) -> Iterator[Derived]:
    """ "16 times in 24 hours" is every hour and a half."""
    opening = claim.text[: quantity.start].rstrip()
    if not (_EVERY.search(opening) or quantity.text.lower().startswith("every")):
        return
    for span in stated:
        match = _TIMES.search(passage.text[: span.start])
        if span.kind != "duration" or match is None:
            continue
        word = match[1].lower()
        count = float(word) if word.isdigit() else float(ONES.get(word, TENS.get(word, 0)))
        if count > 1:
            value = span.value / count
            yield _told(
                quantity, claim, passage, value, 0.02 * value,
                f"{match[1]} times in {span.text}", (span,),
            )  # fmt: skip


def _same_things(quantity: Quantity, other: Quantity) -> bool:
    """Whether two amounts are of one kind, and of one noun where both count."""
    if quantity.kind != "count" or other.kind != "count":
        return quantity.kind == one_kind(quantity, other)[1].kind
    same = quantity.noun == other.noun or not quantity.noun or not other.noun
    return same or quantity.noun in _PEOPLE


def _other_periods(
    quantity: Quantity, claim: ClaimReading, passage: PassageReading, stated: list[Quantity]
) -> Iterator[Derived]:
    """ "450 cubic metres an hour" are 10,800 a day."""
    for other in stated:
        if other.per not in _DAYS or other.per == quantity.per:
            continue
        if other.change or not _same_things(quantity, other):
            continue
        times = _DAYS[quantity.per] / _DAYS[other.per]
        value = other.value * times
        yield _told(
            quantity, claim, passage, value, other.half * times + _ROUGHLY * value,
            f"{other.text} a {other.per}, a {quantity.per} that", (other,),
        )  # fmt: skip


_A_YEAR = re.compile(
    r"\b(?:last year|per year|a year|each year|annual\w*|in (?:19|20)\d\d|financial year)\b", re.I
)


def _spread_over(
    quantity: Quantity, claim: ClaimReading, passage: PassageReading, stated: list[Quantity]
) -> Iterator[Derived]:
    """ "73,000 passengers in 365 days" are 200 a day."""
    near = beside(passage.body)
    words = said_with(quantity, claim)
    spans = [q for q in stated if q.kind == "duration" and q.value > _DAYS[quantity.per]]
    for total in stated:
        if total.per or total.change or total.kind == "duration":
            continue
        if not _same_things(quantity, total) or not words & (near[total.start] | total.near):
            continue
        for span in (span for span in spans if _one_sentence(total, span, passage.text)):
            value = total.value / span.value * _DAYS[quantity.per]
            yield _told(
                quantity, claim, passage, value, (_ROUGHLY + total.half / total.value) * value,
                f"{total.text} in {span.text}, a {quantity.per} that", (total, span),
            )  # fmt: skip
        if not spans and quantity.per not in ("year", "annum") and _A_YEAR.search(passage.text):
            value = total.value / _DAYS["year"] * _DAYS[quantity.per]
            yield _told(
                quantity, claim, passage, value, (_ROUGHLY + total.half / total.value) * value,
                f"{total.text} in a year, a {quantity.per} that", (total,),
            )  # fmt: skip


_LISTED = frozenset((", ", " and ", ", and "))
_FEWEST = 3


def _means(
    quantity: Quantity, claim: ClaimReading, passage: PassageReading, stated: list[Quantity]
) -> Iterator[Derived]:
    """The average of a list: "12, 14, 9, 20 and 15 points" are 14 on average."""
    if not _MEAN.search(claim.text):
        return
    runs: list[list[Quantity]] = [[]]
    for other in stated:
        if runs[-1] and passage.text[runs[-1][-1].end : other.start] not in _LISTED:
            runs.append([])
        runs[-1].append(other)
    lists = [run for run in runs if len(run) >= _FEWEST]
    for run in lists:
        read = [one_kind(run[-1], other)[1] for other in run[:-1]] + [run[-1]]
        if any(other.kind != quantity.kind for other in read):
            continue
        value = sum(other.value for other in read) / len(read)
        decisive = len(lists) == 1 and quantity.bound is Bound.EXACT
        yield _told(
            quantity, claim, passage, value, max(0.005 * value, read[-1].half),
            f"the average of {', '.join(other.text for other in run)}", tuple(run),
            0.6 if decisive else None,
        )  # fmt: skip


_ROUND = (100.0, 1000.0, 10_000.0, 100_000.0, 1_000_000.0)
_PER = re.compile(r"^(?: \w+){0,3} (?:out of|per|in|for|of|among)(?: every| each)? $", re.I)


def _per_so_many(
    quantity: Quantity, claim: ClaimReading, passage: PassageReading, stated: list[Quantity]
) -> Iterator[Derived]:
    """ "30 deaths among 250,000 residents" are 12 for every 100,000."""
    later = [q for q in claim.body.quantities if q.start > quantity.start]
    if not later or later[0].value not in _ROUND or later[0].kind != "count":
        return
    base = later[0]
    if not _PER.match(claim.text[quantity.end : base.start]):
        return
    near = beside(passage.body)
    words = said_with(quantity, claim)
    counts = [q for q in stated if q.kind == "count" and not q.change]
    for part in counts:
        for whole in counts:
            counted = base.noun == whole.noun or whole.noun in _PEOPLE
            if part.value >= whole.value or not counted or not words & near[part.start]:
                continue
            value = base.value * part.value / whole.value
            yield _told(
                quantity, claim, passage, value, max(0.005 * value, 0.05),
                f"{part.text} of {whole.text}, per {base.value:,.0f} that", (part, whole),
            )  # fmt: skip


_FOR_EVERY = re.compile(r"^(?: [\w-]+){0,4},? (?:for|per|to)(?: every| each)? $", re.I)
_FOR_EACH = re.compile(r"\b(?:for (?:every|each)|per) (?:\w+ )?$", re.I)
_FOR_EACH_ONE = re.compile(r"\bfor (?:every|each) ([a-z]+)\b", re.I)


def _for_every(
    quantity: Quantity, claim: ClaimReading, passage: PassageReading, stated: list[Quantity]
) -> Iterator[Derived]:
    """ "One carer for every five children" and 65 children need 13 carers."""
    counts = [q for q in stated if q.kind == "count" and not q.change]
    for given, each, order in _rules(counts, passage.text):
        if quantity.noun not in ("", given.noun) and given.noun not in ("", "one"):
            continue
        for all_of_them in counts:
            if all_of_them in (given, each) or all_of_them.noun != order:
                continue
            share = 1.0 if each is None else each.value
            value = given.value * all_of_them.value / share
            yield _told(
                quantity, claim, passage, value, all_of_them.half * given.value / share,
                f"{given.text} for every {'' if each is None else each.text + ', '}"
                f"and {all_of_them.text}",
                (given, all_of_them) if each is None else (given, each, all_of_them),
            )  # fmt: skip


def _rules(counts: list[Quantity], text: str) -> Iterator[tuple[Quantity, Quantity | None, str]]:
    """What is given, for how many of what: "one carer for every five children"."""
    for given in counts:
        for each in counts:
            between = text[given.end : each.start]
            if given.end < each.start and each.noun and _FOR_EVERY.match(between):
                yield given, each, each.noun
            before = _FOR_EACH.search(text[: each.start])
            if before and each.end < given.start and each.noun:
                between = text[each.end : given.start]
                if len(between) < 60 and not re.search(r"[.;]", between):
                    yield given, each, each.noun
    for match in _FOR_EACH_ONE.finditer(text):
        behind = [q for q in counts if 0 < q.start - match.end() < 100]
        if behind and not re.search(r"[.;]", text[match.end() : behind[0].start]):
            yield behind[0], None, concept(stem(match[1].lower()))
