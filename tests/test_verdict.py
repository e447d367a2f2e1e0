"""Evidence to a verdict: properties that hold whatever numbers were fitted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from factcheck.errors import ModelError
from factcheck.judgement import Judgement, LogisticModel, load_judgement
from factcheck.records import (
    Basis,
    Claim,
    Evidence,
    Label,
    Stance,
    StanceProbabilities,
    VerdictProbabilities,
)
from factcheck.verdict import (
    NEUTRAL_SHOWN,
    Policy,
    Tally,
    decide_basis,
    decide_label,
    decide_verdict,
    label_probabilities,
    order_evidence,
    tally_origins,
)

CLAIM = Claim(id="c", text="The tower is 95 metres high.")
# As coarse as the printed probabilities, so that rounding cannot hide a step down.
STEP = 1e-6
THRESHOLDS = {"supports": 0.6, "refutes": 0.6, "supported": 0.5, "contested": 0.5, "related": 0.5}
PLAIN = Judgement(
    pair=LogisticModel(("supports", "refutes", "neutral"), (), ((), (), ()), (0.0, 0.0, 0.0)),
    claim=None,
    thresholds=THRESHOLDS,
)


def item(
    supports: float = 0.0,
    refutes: float = 0.0,
    *,
    origin: str = "o1",
    rank: int = 1,
    stance: Stance | None = None,
    cosine: float = 0.8,
    kind: str | None = None,
) -> Evidence:
    """Evidence with these probabilities; its stance follows the larger one over 0.6."""
    if stance is None:
        stance = Stance.NEUTRAL
        if max(supports, refutes) >= 0.6:
            stance = Stance.SUPPORTS if supports > refutes else Stance.REFUTES
    return Evidence(
        claim_id="c",
        source_id=f"{origin}-{rank}",
        path=f"{origin}-{rank}.md",
        start=0,
        end=4,
        text="text",
        stance=stance,
        probabilities=StanceProbabilities(
            supports=supports, refutes=refutes, neutral=1 - supports - refutes
        ),
        rank=rank,
        dense_cosine=cosine,
        origin=origin,
        kind=kind,
    )


# --- more evidence on a side never helps the other --------------------------------------------


@st.composite
def evidence_lists(draw: st.DrawFn) -> list[Evidence]:
    """Up to eight pieces of evidence of up to five origins."""
    found = []
    for rank in range(1, draw(st.integers(0, 8)) + 1):
        supports = draw(st.floats(0, 1))
        found.append(
            item(
                supports,
                draw(st.floats(0, 1)) * (1 - supports),
                origin=f"o{draw(st.integers(1, 5))}",
                rank=rank,
                cosine=draw(st.floats(-0.2, 0.99)),
            )
        )
    return found


def probabilities(evidence: Sequence[Evidence]) -> VerdictProbabilities:
    return label_probabilities(tally_origins(evidence, Policy()), load_judgement())


@settings(max_examples=300, deadline=None)
@given(evidence_lists(), st.floats(0, 1))
def test_another_origin_that_agrees_never_lowers_the_chance_of_supported(
    evidence: list[Evidence], supports: float
) -> None:
    # It says nothing against and is no nearer than the others, so that only agreement is added.
    more = item(supports, 0.0, origin="new", rank=99, cosine=-0.2)
    before, after = probabilities(evidence), probabilities([*evidence, more])
    assert after.supported >= before.supported - STEP


@settings(max_examples=300, deadline=None)
@given(evidence_lists(), st.floats(0, 1))
def test_another_origin_that_contradicts_never_lowers_the_chance_of_contested(
    evidence: list[Evidence], refutes: float
) -> None:
    more = item(0.0, refutes, origin="new", rank=99, cosine=-0.2)
    before, after = probabilities(evidence), probabilities([*evidence, more])
    assert after.contested >= before.contested - STEP


@settings(max_examples=300, deadline=None)
@given(evidence_lists(), st.integers(0, 7), st.floats(0, 1))
def test_stronger_support_never_lowers_and_stronger_contradiction_never_raises_supported(
    evidence: list[Evidence], position: int, share: float
) -> None:
    if position >= len(evidence):
        return
    old = evidence[position]
    room = 1 - old.probabilities.supports - old.probabilities.refutes

    def changed(supports: float, refutes: float) -> list[Evidence]:
        found = StanceProbabilities(
            supports=supports, refutes=refutes, neutral=max(0.0, 1 - supports - refutes)
        )
        return [replace(e, probabilities=found) if e is old else e for e in evidence]

    before = probabilities(evidence)
    best = old.probabilities
    stronger = probabilities(changed(best.supports + room * share, best.refutes))
    assert stronger.supported >= before.supported - STEP
    against = probabilities(changed(best.supports, best.refutes + room * share))
    assert against.supported <= before.supported + STEP
    assert against.contested >= before.contested - STEP


@settings(max_examples=200, deadline=None)
@given(evidence_lists())
def test_label_probabilities_are_a_distribution(evidence: list[Evidence]) -> None:
    found = probabilities(evidence)
    shares = (found.supported, found.contested, found.unsupported)
    assert sum(shares) == pytest.approx(1.0, abs=5e-6)
    assert all(0.0 <= share <= 1.0 for share in shares)


@settings(max_examples=100, deadline=None)
@given(evidence_lists(), st.randoms(use_true_random=False))
def test_the_order_of_the_evidence_changes_nothing(evidence: list[Evidence], rng: object) -> None:
    shuffled = list(evidence)
    rng.shuffle(shuffled)  # type: ignore[attr-defined]
    judgement = load_judgement()
    first = decide_verdict(CLAIM, evidence, judgement, Policy())
    assert decide_verdict(CLAIM, shuffled, judgement, Policy()) == first


# --- an origin counts once --------------------------------------------------------------------


@settings(max_examples=100, deadline=None)
@given(evidence_lists(), st.integers(1, 30))
def test_copies_of_what_is_there_change_no_verdict(evidence: list[Evidence], copies: int) -> None:
    more = [replace(e, rank=e.rank + 100 * n) for e in evidence for n in range(1, copies + 1)]
    first = decide_verdict(CLAIM, evidence, PLAIN, Policy())
    with_copies = decide_verdict(CLAIM, [*evidence, *more], PLAIN, Policy())
    assert replace(with_copies, evidence=()) == replace(first, evidence=())


def test_the_best_passage_speaks_for_its_origin() -> None:
    evidence = [
        item(0.7, 0.1, origin="wire", rank=1),
        item(0.9, 0.05, origin="wire", rank=2),
        item(0.2, 0.75, origin="council", rank=3),
        item(0.1, 0.2, origin="blog", rank=4),
    ]
    tally = tally_origins(evidence, Policy())
    assert tally.supports == (0.9, 0.2, 0.1)
    assert tally.refutes == (0.75, 0.2, 0.1)
    assert (tally.origins_for, tally.origins_against) == (1, 1)


def test_an_origin_that_says_both_counts_on_both_sides() -> None:
    evidence = [item(0.9, origin="paper", rank=1), item(0.0, 0.9, origin="paper", rank=2)]
    verdict = decide_verdict(CLAIM, evidence, PLAIN, Policy())
    assert (verdict.origins_for, verdict.origins_against) == (1, 1)
    assert (verdict.label, verdict.basis) == (Label.CONTESTED, Basis.CONFLICTING)


# --- label, basis, order ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("evidence", "label", "basis"),
    [
        ([item(0.9)], Label.SUPPORTED, Basis.ENTAILED),
        ([item(0.0, 0.9)], Label.CONTESTED, Basis.REFUTED),
        (
            [item(0.9), item(0.0, 0.9, origin="o2", rank=2)],
            Label.CONTESTED,
            Basis.CONFLICTING,
        ),
        ([item(0.1, 0.1, cosine=0.2)], Label.UNSUPPORTED, Basis.NO_EVIDENCE),
        ([item(0.1, 0.1, cosine=0.7)], Label.UNSUPPORTED, Basis.INSUFFICIENT),
        ([], Label.UNSUPPORTED, Basis.NO_EVIDENCE),
    ],
)
def test_every_basis_comes_from_its_evidence(
    evidence: list[Evidence], label: Label, basis: Basis
) -> None:
    verdict = decide_verdict(CLAIM, evidence, PLAIN, Policy())
    assert (verdict.label, verdict.basis) == (label, basis)
    assert verdict.confidence == getattr(verdict.probabilities, label.value)


def test_a_label_against_support_alone_needs_a_passage_that_contradicts() -> None:
    # However probable "contested" is thought to be: without a passage there is nothing to show.
    tally = Tally(
        supports=(0.9,),
        refutes=(0.59,),
        origins_for=1,
        origins_against=0,
        trusted_for=1,
        primary_for=False,
        top_cosine=0.9,
    )
    sure = VerdictProbabilities(supported=0.01, contested=0.98, unsupported=0.01)
    assert decide_label(tally, sure, THRESHOLDS, Policy()) is Label.UNSUPPORTED


@settings(max_examples=300, deadline=None)
@given(evidence_lists())
def test_a_label_is_never_given_without_evidence_for_it(evidence: list[Evidence]) -> None:
    verdict = decide_verdict(CLAIM, evidence, load_judgement(), Policy())
    stances = {e.stance for e in verdict.evidence}
    if verdict.label is Label.SUPPORTED:
        assert Stance.SUPPORTS in stances
    if verdict.label is Label.CONTESTED:
        assert Stance.REFUTES in stances
    if verdict.basis is Basis.CONFLICTING:
        assert stances >= {Stance.SUPPORTS, Stance.REFUTES}
    if verdict.basis is Basis.REFUTED:
        assert Stance.SUPPORTS not in stances


def test_unsupported_with_support_that_policy_refuses_is_insufficient() -> None:
    refused = replace(
        tally_origins([item(0.9, cosine=0.1)], Policy()), trusted_for=0, top_cosine=0.1
    )
    assert decide_basis(Label.UNSUPPORTED, refused, THRESHOLDS) is Basis.INSUFFICIENT


def test_evidence_is_listed_support_first_strongest_first_then_the_nearest_neutral() -> None:
    evidence = [
        item(0.1, 0.1, rank=1),
        item(0.0, 0.7, rank=2),
        item(0.7, 0.0, rank=3),
        item(0.0, 0.9, rank=4),
        item(0.9, 0.0, rank=5),
        item(0.9, 0.05, rank=6),
        *[item(0.1, 0.1, rank=rank) for rank in range(7, 12)],
    ]
    ranks = [e.rank for e in order_evidence(evidence)]
    assert ranks == [5, 6, 3, 4, 2, 1, 7, 8]
    assert len(ranks) == 5 + NEUTRAL_SHOWN


def test_no_evidence_that_counts_is_ever_left_out() -> None:
    evidence = [item(0.9, origin=f"o{n}", rank=n) for n in range(1, 40)]
    evidence += [item(0.0, 0.9, origin=f"p{n}", rank=n) for n in range(40, 80)]
    verdict = decide_verdict(CLAIM, evidence, PLAIN, Policy())
    assert sorted(e.rank for e in verdict.evidence) == list(range(1, 80))
    assert (verdict.origins_for, verdict.origins_against) == (39, 40)


# --- the shipped numbers ----------------------------------------------------------------------


def test_the_shipped_judgement_knows_the_classes_and_thresholds_that_are_asked_for() -> None:
    judgement = load_judgement()
    assert set(judgement.pair.classes) == {"supports", "refutes", "neutral"}
    if judgement.claim is not None:
        assert set(judgement.claim.classes) == {"supported", "contested", "unsupported"}
    assert {"supports", "refutes", "supported", "contested"} <= set(judgement.thresholds)
    assert all(0.0 < value < 1.0 for value in judgement.thresholds.values())
    assert len(judgement.sha256) == 64


def test_a_logistic_model_is_the_softmax_of_its_scores() -> None:
    model = LogisticModel(("a", "b"), ("x", "y"), ((1.0, 0.0), (0.0, 2.0)), (0.0, 0.5))
    # scores 3 and 2 * -1 + 0.5 = -1.5; e^4.5 = 90.0171
    assert model.probabilities({"x": 3.0, "y": -1.0})["a"] == pytest.approx(90.0171 / 91.0171)
    assert model.probabilities({})["b"] == pytest.approx(0.622459, abs=1e-6)


@pytest.mark.parametrize(
    "content",
    [
        "",
        "[]",
        "{}",
        '{"pair": {"classes": ["a"], "features": ["x"], "coefficients": [[]], "intercepts": [0]}}',
        '{"pair": {"classes": ["a", "b"], "features": [], "coefficients": [], "intercepts": []}}',
    ],
)
def test_a_judgement_file_of_another_form_is_refused(tmp_path: Path, content: str) -> None:
    path = tmp_path / "judgement.json"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(ModelError, match="judgement") as caught:
        load_judgement(path)
    assert (caught.value.exit_code, str(caught.value.where)) == (3, str(path))
