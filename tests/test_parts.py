"""Claims with several statements: the whole is as weak as its weakest part."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from town import TOWN, UNSAVED, check

from factcheck.index.opened import Index
from factcheck.parts import claim_parts, join_verdicts
from factcheck.pipeline import Models, verify
from factcheck.record_json import record_from_json, record_to_json
from factcheck.records import (
    Basis,
    Claim,
    Evidence,
    Failure,
    Finding,
    Label,
    Outcome,
    Stance,
    StanceProbabilities,
    Verdict,
    VerdictProbabilities,
)
from factcheck.report.registry import render

TEXT = "The bridge cost 42 million crowns and was opened in 2016."
CLAIM = Claim(id="c", text=TEXT, tags=("money",), expect=Label.CONTESTED)
PARTS = claim_parts(CLAIM)
SHARES = {Label.SUPPORTED: (0.8, 0.1), Label.CONTESTED: (0.1, 0.7), Label.UNSUPPORTED: (0.3, 0.2)}
STANCES = {
    Label.SUPPORTED: Stance.SUPPORTS,
    Label.CONTESTED: Stance.REFUTES,
    Label.UNSUPPORTED: Stance.NEUTRAL,
}
BASES = {
    Label.SUPPORTED: Basis.ENTAILED,
    Label.CONTESTED: Basis.REFUTED,
    Label.UNSUPPORTED: Basis.NO_EVIDENCE,
}


def evidence(claim_id: str, stance: Stance, start: int, **given: object) -> Evidence:
    return Evidence(
        claim_id=claim_id,
        source_id="s.md",
        path="s.md",
        start=start,
        end=start + 10,
        text="0123456789",
        stance=stance,
        probabilities=StanceProbabilities(supports=0.3, refutes=0.3, neutral=0.4),
        rank=1,
        **given,  # type: ignore[arg-type]
    )


def verdict(number: int, label: Label | None) -> Verdict:
    """A verdict on one part of the claim."""
    claim = PARTS[number].claim
    if label is None:
        return Verdict(
            claim=claim,
            label=None,
            basis=None,
            confidence=0.0,
            probabilities=VerdictProbabilities(supported=0.0, contested=0.0, unsupported=0.0),
            failure=Failure(code="FC700", message="broken"),
        )
    supported, contested = SHARES[label]
    return Verdict(
        claim=claim,
        label=label,
        basis=BASES[label],
        confidence=0.5,
        probabilities=VerdictProbabilities(
            supported=supported, contested=contested, unsupported=1 - supported - contested
        ),
        evidence=(evidence(claim.id, STANCES[label], 20 * number),),
        origins_for=2 * (label is Label.SUPPORTED),
        origins_against=int(label is Label.CONTESTED),
        reasons=("Because.",),
    )


def joined(*labels: Label | None) -> Verdict:
    return join_verdicts(CLAIM, PARTS, [verdict(n, label) for n, label in enumerate(labels)])


@pytest.mark.parametrize(
    ("first", "second", "whole"),
    [
        (Label.SUPPORTED, Label.SUPPORTED, Label.SUPPORTED),
        (Label.SUPPORTED, Label.UNSUPPORTED, Label.UNSUPPORTED),
        (Label.UNSUPPORTED, Label.SUPPORTED, Label.UNSUPPORTED),
        (Label.UNSUPPORTED, Label.UNSUPPORTED, Label.UNSUPPORTED),
        (Label.CONTESTED, Label.SUPPORTED, Label.CONTESTED),
        (Label.UNSUPPORTED, Label.CONTESTED, Label.CONTESTED),
    ],
)
def test_the_whole_is_as_weak_as_its_weakest_part(
    first: Label, second: Label, whole: Label
) -> None:
    found = joined(first, second)
    assert found.label is whole
    assert found.basis is (
        Basis.INSUFFICIENT
        if whole is Label.UNSUPPORTED and Label.SUPPORTED in (first, second)
        else BASES[whole]
    )
    assert found.claim is CLAIM
    assert [part.label for part in found.parts] == [first, second]


def test_the_evidence_of_the_whole_is_that_of_the_parts_that_decide() -> None:
    both = joined(Label.SUPPORTED, Label.SUPPORTED)
    assert [(item.claim_id, item.start) for item in both.evidence] == [("c", 0), ("c", 20)]
    assert both.origins_for == 2
    second = joined(Label.SUPPORTED, Label.CONTESTED)
    assert [(item.start, item.stance) for item in second.evidence] == [(20, Stance.REFUTES)]
    assert (second.origins_for, second.origins_against) == (0, 1)
    assert second.reasons[1:] == ("Part 2: Because.",)


def test_spans_of_parts_and_of_findings_point_into_the_whole_claim() -> None:
    assert [TEXT[part.part.start : part.part.end] for part in PARTS] == [
        "The bridge cost 42 million crowns",
        "was opened in 2016",
    ]
    part = PARTS[1].claim
    at = part.text.index("2016")
    found = Finding(
        check="date",
        outcome=Outcome.DIFFERENT,
        claim_text="2016",
        passage_text="2019",
        message="m",
        claim_span=(at, at + 4),
    )
    carried = replace(found, claim_span=(0, 10))
    second = replace(
        verdict(1, Label.CONTESTED),
        evidence=(evidence(part.id, Stance.REFUTES, 0, findings=(found, carried)),),
    )
    whole = join_verdicts(CLAIM, PARTS, [verdict(0, Label.SUPPORTED), second])
    spans = [finding.claim_span for finding in whole.evidence[0].findings]
    assert spans == [(TEXT.index("2016"), TEXT.index("2016") + 4), None]
    assert [part.span for part in whole.parts] == [
        (item.part.start, item.part.end) for item in PARTS
    ]


def test_a_part_that_fails_fails_the_claim_with_its_reason() -> None:
    found = joined(Label.SUPPORTED, None)
    assert (found.label, found.claim) == (None, CLAIM)
    assert found.failure == Failure(code="FC700", message="broken")


def test_parts_expect_nothing_and_quotations_have_none() -> None:
    assert [(p.claim.id, p.claim.expect, p.claim.tags) for p in PARTS] == [
        ("c.1", None, ()),
        ("c.2", None, ()),
    ]
    assert claim_parts(replace(CLAIM, quote=TEXT)) == ()


LABELS = st.sampled_from(list(Label))


@given(LABELS, LABELS)
def test_shares_of_the_whole_sum_to_one_and_no_part_is_weaker(first: Label, second: Label) -> None:
    found = joined(first, second)
    shares = found.probabilities
    assert shares.supported + shares.contested + shares.unsupported == pytest.approx(1.0)
    for part in found.parts:
        assert shares.supported <= part.probabilities.supported
        assert shares.contested >= part.probabilities.contested


@given(LABELS, LABELS)
def test_a_verdict_with_parts_is_kept_without_losing_a_bit(first: Label, second: Label) -> None:
    found = joined(first, second)
    assert record_from_json(Verdict, record_to_json(found)) == found


# --- through the pipeline -------------------------------------------------------------------------


@pytest.fixture
def town(make_corpus: Callable[..., Path]) -> Path:
    return make_corpus(TOWN)


def test_a_compound_claim_is_judged_part_by_part_like_its_parts_alone(
    town: Path, models: Models
) -> None:
    text = "The bridge cost 42 million crowns and a comet hit the harbour of Zanzibar."
    claim = Claim(id="x", text="The bridge cost 42 million crowns and will be closed in May.")
    found = check([claim], town, models)["x"]
    assert [part.claim.text for part in found.parts] == [
        "The bridge cost 42 million crowns.",
        "The bridge will be closed in May.",
    ]
    alone = check([replace(claim, id="y", text=found.parts[0].claim.text)], town, models)["y"]
    assert found.parts[0].label is alone.label
    assert found.label is not Label.SUPPORTED
    assert check([Claim(id="z", text=text)], town, models)["z"].parts == ()


def test_without_decomposition_a_compound_claim_is_judged_whole(town: Path, models: Models) -> None:
    claim = Claim(id="x", text=TEXT)
    whole = check([claim], town, models, UNSAVED.with_values({"decompose": False}))["x"]
    assert whole.parts == ()
    assert len(check([claim], town, models)["x"].parts) == 2


def test_claims_beside_it_are_judged_as_without_it(town: Path, models: Models) -> None:
    simple = [Claim(id="a", text="Cyclists still pay nothing."), Claim(id="b", text="It rained.")]
    mixed = [simple[0], Claim(id="x", text=TEXT), simple[1]]
    before, after = check(simple, town, models), check(mixed, town, models)
    assert list(after) == ["a", "x", "b"]
    assert (after["a"], after["b"]) == (before["a"], before["b"])


def test_reports_of_a_compound_claim_are_equal_twice_and_name_each_part(
    town: Path, models: Models
) -> None:
    index = Index.open(town, encoder=models.encoder)
    claims = [Claim(id="x", text=TEXT)]
    reports = [verify(claims, index, models=models, config=UNSAVED) for _ in range(2)]
    first, second = (render(report, "json") for report in reports)
    assert first == second
    for name in ("terminal", "markdown", "html", "csv", "junit"):
        shown = render(reports[0], name)
        assert "The bridge cost 42 million crowns." in shown, name
        assert "The bridge was opened in 2016." in shown, name
