"""The deterministic tier: rules that can be read, tested and shown to the reader."""

from __future__ import annotations

from factcheck.checks.dates import compare_dates
from factcheck.checks.quantities import compare_quantities
from factcheck.checks.reading import ClaimReading, PassageReading, read_claim, read_passage
from factcheck.records import Finding

__all__ = ["ClaimReading", "PassageReading", "check_pair", "read_claim", "read_passage"]


def check_pair(claim: ClaimReading, passage: PassageReading) -> tuple[Finding, ...]:
    """All findings of the deterministic tier on one claim and one passage, in a fixed order."""
    return compare_quantities(claim, passage) + compare_dates(claim, passage)
