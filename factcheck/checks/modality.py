"""Whether the passage states what the claim states, or only plans, alleges, denies or doubts it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from factcheck.checks.causes import compare_causes
from factcheck.checks.opposites import compare_opposites
from factcheck.checks.plans import compare_deeds
from factcheck.checks.polarity import compare_polarity
from factcheck.checks.relevance import word_coverage
from factcheck.checks.superlatives import compare_superlatives
from factcheck.records import Finding

if TYPE_CHECKING:
    from factcheck.checks.reading import ClaimReading, PassageReading

# Only statements whose words mostly stand in the passage are compared: otherwise the cue may belong
# to another matter.
_LEAST_SHARED = 0.25
_LEAST_SHARED_TO_DENY = 0.5


def compare_modality(claim: ClaimReading, passage: PassageReading) -> tuple[Finding, ...]:
    """Findings on polarity, plans, allegations, doubt, causation and superlatives."""
    shared = word_coverage(claim, passage, context=False)
    if shared < _LEAST_SHARED:
        return ()
    found: list[Finding | None] = []
    if shared >= _LEAST_SHARED_TO_DENY:
        found += [compare_polarity(claim, passage), compare_opposites(claim, passage)]
    found += [
        compare_deeds(claim, passage),
        compare_causes(claim, passage),
        compare_superlatives(claim, passage),
    ]
    return tuple(finding for finding in found if finding is not None)
