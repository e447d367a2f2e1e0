"""Small verdicts for tests of what judges and keeps them."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from factcheck.records import (
    Basis,
    Claim,
    Evidence,
    Label,
    Location,
    Stance,
    StanceProbabilities,
    Verdict,
    VerdictProbabilities,
)

# The sample report of the report tests sets every field of every record.
sys.path.insert(0, str(Path(__file__).parent.parent / "report"))

BASIS = {
    Label.SUPPORTED: Basis.ENTAILED,
    Label.CONTESTED: Basis.REFUTED,
    Label.UNSUPPORTED: Basis.NO_EVIDENCE,
}


@pytest.fixture
def make_verdict() -> Callable[..., Verdict]:
    """A verdict of a label on a claim, with one passage unless it is unsupported."""

    def make(
        label: Label | None,
        text: str = "The bridge is old.",
        passage: str = "It is new.",
        **more: Any,
    ) -> Verdict:
        verdict_fields = {k: more.pop(k) for k in ("failure", "quote") if k in more}
        claim = Claim(
            text=text, **{"id": "c001", "location": Location(path="claims.yaml", line=3), **more}
        )
        evidence = ()
        if label in (Label.SUPPORTED, Label.CONTESTED):
            stance = Stance.SUPPORTS if label is Label.SUPPORTED else Stance.REFUTES
            evidence = (
                Evidence(
                    claim_id=claim.id,
                    source_id="a.md",
                    path="a.md",
                    start=0,
                    end=len(passage),
                    text=passage,
                    stance=stance,
                    probabilities=StanceProbabilities(supports=0.1, refutes=0.8, neutral=0.1),
                    rank=1,
                ),
            )
        return Verdict(
            claim=claim,
            label=label,
            basis=BASIS.get(label),  # type: ignore[arg-type]
            confidence=1 / 3,
            probabilities=VerdictProbabilities(supported=0.1, contested=0.8, unsupported=0.1),
            evidence=evidence,
            **verdict_fields,
        )

    return make
