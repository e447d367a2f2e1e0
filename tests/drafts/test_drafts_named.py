"""What a named source adds to the verdict against all sources."""

from __future__ import annotations

import pytest

from factcheck.drafts.verify import with_named
from factcheck.records import Claim, Label, SourceFilter, Verdict, VerdictProbabilities


def verdict(label: Label | None, *, include: tuple[str, ...] = ()) -> Verdict:
    return Verdict(
        claim=Claim(id="a", text="Lund has 5 bridges.", sources=SourceFilter(include=include)),
        label=label,
        basis=None,
        confidence=0.9,
        probabilities=VerdictProbabilities(supported=0.9, contested=0.05, unsupported=0.05),
        reasons=("alone",) if include else ("all",),
    )


@pytest.mark.parametrize(
    ("against_all", "alone", "label", "reasons"),
    [
        ("supported", "supported", "supported", ("all", "supports it")),
        ("supported", "unsupported", "supported", ("all", "does not say it")),
        ("supported", "contested", "contested", ("alone", "contradicts it")),
        ("contested", "supported", "contested", ("all", "supports it")),
        ("unsupported", "supported", "supported", ("alone", "supports it")),
        ("unsupported", "unsupported", "unsupported", ("all", "does not say it")),
    ],
)
def test_a_conflict_is_never_hidden_by_the_named_source(
    against_all: str, alone: str, label: str, reasons: tuple[str, str]
) -> None:
    judged = with_named(
        verdict(Label(against_all)), verdict(Label(alone), include=("town",)), ("town",)
    )
    assert judged.label is Label(label)
    ending = f"The source that the draft names (town) {reasons[1]}."
    assert judged.reasons == (reasons[0], ending)
    assert judged.claim.sources == SourceFilter()


def test_a_claim_that_failed_keeps_its_failure() -> None:
    failed = verdict(None)
    assert with_named(failed, verdict(Label.SUPPORTED, include=("town",)), ("town",)) is failed
