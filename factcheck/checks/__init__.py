"""The deterministic tier: rules that can be read, tested and shown to the reader."""

from __future__ import annotations

from factcheck.checks.attribution import compare_attribution, reported_by
from factcheck.checks.date_findings import compare_dates
from factcheck.checks.features import FEATURE_NAMES, pair_features
from factcheck.checks.modality import compare_modality
from factcheck.checks.quantities import compare_quantities
from factcheck.checks.reading import ClaimReading, PassageReading, read_claim, read_passage
from factcheck.checks.rivals import compare_rivals
from factcheck.checks.roles import compare_names
from factcheck.records import Finding

__all__ = [
    "FEATURE_NAMES",
    "ClaimReading",
    "PassageReading",
    "check_pair",
    "pair_features",
    "read_claim",
    "read_passage",
    "reported_by",
]


def check_pair(claim: ClaimReading, passage: PassageReading) -> tuple[Finding, ...]:
    """All findings of the deterministic tier on one claim and one passage, in a fixed order."""
    return (
        compare_quantities(claim, passage)
        + compare_rivals(claim, passage)
        + compare_dates(claim, passage)
        + compare_modality(claim, passage)
        + compare_attribution(claim, passage)
        + compare_names(claim, passage)
    )
