"""Pairs of passages whose figures together give a claim's: a difference, a sum, a ratio.

"Emissions fell by 1.7 million tonnes" stands in no report that gives one year's figure. Of the
passages found, those two are read together from whose numbers the claim's figure can be worked
out; which calculation fits is decided by the checks, whether both speak of the claim's matter by
the verifier.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from typing import TYPE_CHECKING

from factcheck.records import Claim, Stance

if TYPE_CHECKING:
    from factcheck.checks import ClaimReading, PassageReading
    from factcheck.evidence import ReadPassage
    from factcheck.readings import Reading

# So many passages with figures of the right kind are paired, and so many pairs are read.
_WITH_FIGURES = 5
_READ = 2


def single_readings(readings: Sequence[Reading]) -> list[Reading]:
    """The readings of single passages: those come first, stretches of several follow."""
    seen: set[str] = set()
    chosen = []
    for reading in readings:
        if reading.retrieved.passage.id not in seen:
            seen.add(reading.retrieved.passage.id)
            chosen.append(reading)
    return chosen


def singles(passages: Sequence[ReadPassage]) -> list[Reading]:
    """The readings of single passages among those that the verifier has read."""
    return single_readings([item.reading for item in passages])


def as_passage(reading: Reading) -> PassageReading:
    """A reading as the checks see it."""
    from factcheck.checks import read_passage

    return read_passage(reading.span_text, context=reading.context, published=reading.published)


def plan_sums(claim: Claim, readings: Sequence[Reading]) -> list[tuple[Reading, Reading]]:
    """The pairs of passages from which a figure of the claim can be worked out, in rank order."""
    from factcheck.checks import read_claim

    if claim.quote is not None:
        return []
    statement = read_claim(claim.text, speaker=claim.speaker, said_on=claim.said_on)
    if not statement.body.quantities:
        return []
    chosen = [r for r in readings if _bears_on(statement, as_passage(r))][:_WITH_FIGURES]
    found = []
    for first, second in combinations(chosen, 2):
        if _overlap(first, second):
            continue
        for pair in ((first, second), (second, first)):
            if (strength := _worked_out(claim, *pair)) > 0:
                found.append((strength, pair))
                break
    found.sort(key=lambda item: -item[0])
    return [pair for _, pair in found[:_READ]]


def _bears_on(claim: ClaimReading, passage: PassageReading) -> bool:
    """Whether a passage holds a number that a figure of the claim may be worked out from, and
    speaks of something else that the claim speaks of."""
    from factcheck.checks.calculation.workings import same_kind
    from factcheck.checks.comparison.segments import said_with

    words = frozenset[str]().union(*(said_with(q, claim) for q in claim.body.quantities))
    units = frozenset[str]().union(*(q.near & {q.noun} for q in claim.body.quantities))
    told = {word[:_ROOT] for word in words - units}
    shared = any(word[:_ROOT] in told for word in passage.body.stems)
    lasts = any(quantity.kind == "duration" for quantity in claim.body.quantities)
    if shared and lasts and passage.body.dates:
        return True
    return shared and any(
        quantity.kind in _RELATIVE or same_kind(quantity, other)
        for quantity in claim.body.quantities
        for other in passage.body.quantities
        if quantity.kind not in _NEVER and other.kind not in _NEVER
    )


# Words that begin alike belong together here: "Torvian" and "Torvia".
_ROOT = 5
# Worked out from numbers of any kind, and never worked out.
_RELATIVE = ("factor", "share")
_NEVER = ("ordinal", "score", "rating", "age")


def _overlap(first: Reading, second: Reading) -> bool:
    same = first.retrieved.passage.source_id == second.retrieved.passage.source_id
    return same and first.start < second.end and second.start < first.end


def _worked_out(claim: Claim, first: Reading, second: Reading) -> float:
    """How surely a figure of the claim follows from both passages and from neither alone."""
    from factcheck.checks import read_claim, read_passage
    from factcheck.checks.quantities import compare_quantities

    statement = read_claim(claim.text, speaker=claim.speaker, said_on=claim.said_on)
    body = read_passage(
        f"{first.span_text} {second.span_text}",
        context=f"{first.context} {second.context}",
        published=first.published if first.published == second.published else None,
    )
    border = len(first.span_text)
    return max(
        (
            finding.strength
            for finding in compare_quantities(statement, body)
            if finding.check == "arithmetic"
            and finding.stance is Stance.SUPPORTS
            and finding.passage_span is not None
            and finding.passage_span[0] < border < finding.passage_span[1]
        ),
        default=0.0,
    )
