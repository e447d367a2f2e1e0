"""Whether the passage states what the claim states, or only plans, alleges, denies or doubts it."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from factcheck.checks.relevance import word_coverage
from factcheck.checks.statements.causes import compare_causes
from factcheck.checks.statements.opposites import compare_opposites
from factcheck.checks.statements.plans import compare_deeds
from factcheck.checks.statements.polarity import compare_polarity
from factcheck.checks.statements.superlatives import compare_superlatives
from factcheck.records import Finding

if TYPE_CHECKING:
    from factcheck.checks.reading import ClaimReading, PassageReading

# Below these shares of its words in the passage a claim has too little in common with it: a cue may
# belong to another matter.
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
    found += [finding for _, finding in weaker_findings(claim, passage)]
    return tuple(finding for finding in found if finding is not None)


# The features ask for the same pair again.
@lru_cache(maxsize=256)
def weaker_findings(
    claim: ClaimReading, passage: PassageReading
) -> tuple[tuple[str, Finding], ...]:
    """Findings that the passage states less than the claim, each with its kind.

    The kinds are "planned", "alleged", "uncertain", "causal" and "superlative".
    """
    found = (
        compare_deeds(claim, passage),
        ("causal", compare_causes(claim, passage)),
        ("superlative", compare_superlatives(claim, passage)),
    )
    return tuple((kind, finding) for kind, finding in filter(None, found) if finding is not None)
