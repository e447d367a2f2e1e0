"""Findings on times that a claim tells in words: "for a decade", "overnight", "every two years".

They are no quantities or dates of the claim by themselves, and yet follow from those of a passage.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from factcheck.checks.calculation.age_words import ages_in_words
from factcheck.checks.calculation.ages import is_age
from factcheck.checks.calculation.clock_spans import clock_pair
from factcheck.checks.calculation.durations import durations_of
from factcheck.checks.calculation.frequencies import frequency_finding
from factcheck.checks.found import Stretch, make_finding
from factcheck.checks.relevance import name_missing, relevance
from factcheck.checks.worked_out import worked_out
from factcheck.records import Finding, Outcome, Stance

if TYPE_CHECKING:
    from factcheck.checks.numbers.quantity import Quantity
    from factcheck.checks.reading import ClaimReading, PassageReading

_STRENGTH = 0.8


def compare_times(claim: ClaimReading, passage: PassageReading) -> tuple[Finding, ...]:
    """Findings on the times of a claim that are neither quantities nor dates, in its order."""
    about = relevance(claim, passage)
    findings = []
    # Quantities are compared where the passage has any; times of day are none.
    judged = passage.body.quantities or passage.body.dates
    read = {quantity.start for quantity in claim.body.quantities if judged}
    for duration in durations_of(claim.body):
        if duration.start not in read:
            finding = worked_out(duration, claim, passage, about)
            if finding is not None:
                findings.append(finding)
    for age in ages_in_words(claim.body):
        finding = worked_out(age, claim, passage, about) or _age_told(age, claim, passage, about)
        if finding is not None:
            findings.append(finding)
    if (frequency := frequency_finding(claim, passage, about)) is not None:
        findings.append(frequency)
    overnight = _overnight(claim, passage, about)
    return (*findings, overnight) if overnight is not None else tuple(findings)


def _age_told(
    age: Quantity, claim: ClaimReading, passage: PassageReading, about: float
) -> Finding | None:
    """An age in words beside the one age of a passage."""
    ages = [q for q in passage.body.quantities if is_age(q, passage.text)]
    if len(ages) != 1 or name_missing(claim, passage) or ages_in_words(passage.body):
        return None
    if claim.body.quantities or re.search(r"\btheir\b|s$", age.text):
        return None  # of several people
    value = ages[0].value
    now = claim.body.names and _IS.search(claim.text[: age.start])
    if age.low <= value <= age.high:
        outcome, stance, told = Outcome.COMPATIBLE, Stance.SUPPORTS, "agrees with"
    elif now and (value < age.low - _YEAR_OFF or value > age.high + _YEAR_OFF):
        outcome, stance, told = Outcome.DIFFERENT, Stance.REFUTES, "is not"
    else:
        return None
    message = f"an age of {value:g} {told} {age.text}"
    return make_finding(
        "arithmetic", outcome, stance, _STRENGTH * about, message, ours=age, theirs=ages[0]
    )


_YEAR_OFF = 2
_IS = re.compile(r"\bis(?: (?:now|still|already))?(?: an?)? $")
_OVERNIGHT = re.compile(r"\b(?:overnight|(?:through|throughout) the night|all night)\b", re.I)
_EVENING, _MORNING = 18 * 60, 10 * 60


def _overnight(claim: ClaimReading, passage: PassageReading, about: float) -> Finding | None:
    """ "Overnight" where a passage gives an evening and a morning hour."""
    match = _OVERNIGHT.search(claim.text)
    if match is None or _OVERNIGHT.search(passage.text) or name_missing(claim, passage):
        return None
    pair = clock_pair(passage)
    if pair is None or not (pair[0].whole and pair[1].whole):
        return None
    first, last = pair
    if first.minute < _EVENING or last.minute > _MORNING:
        return None
    place = Stretch(first.start, last.end, passage.text[first.start : last.end])
    return make_finding(
        "arithmetic",
        Outcome.COMPATIBLE,
        Stance.SUPPORTS,
        _STRENGTH * about,
        f"from {first.text} to {last.text} is {match[0].lower()}",
        ours=Stretch(match.start(), match.end(), match[0]),
        theirs=place,
    )
