"""Fitting thresholds on labelled claims: what is chosen, what it is said to be worth, refusals."""

from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from factcheck.calibration import (
    LEAST_CONTESTED,
    LEAST_NOT_SUPPORTED,
    LEAST_SUPPORTED,
    Calibrated,
    Example,
    Figures,
    Outcome,
    Remembering,
    fit_thresholds,
    outcome_of,
    pinned,
)
from factcheck.errors import DataError
from factcheck.labelled_claims import read_labelled_claims
from factcheck.records import Claim, Label, Verdict, VerdictProbabilities

S, C, U = Label.SUPPORTED, Label.CONTESTED, Label.UNSUPPORTED
IN_FORCE = {"supported": 0.45, "contested": 0.3}


def seen(supported: float, contested: float = 0.1) -> Outcome:
    return Outcome(supported, contested, may_support=True, may_contest=True)


def rows(*kinds: tuple[int, Label, Outcome]) -> list[Example]:
    return [
        Example(f"{truth.value} {kind} {number}", truth, outcome)
        for kind, (count, truth, outcome) in enumerate(kinds)
        for number in range(count)
    ]


CLEAR = rows((30, S, seen(0.35)), (20, C, seen(0.1, 0.7)), (25, U, seen(0.12)))


def test_thresholds_that_missed_clear_support_are_lowered() -> None:
    result = fit_thresholds(CLEAR, IN_FORCE)
    assert 0.12 < result.new["supported"] <= 0.35
    assert result.new["contested"] == IN_FORCE["contested"]  # nothing to gain: as it was
    assert result.before == Figures(accuracy=0.6, false_supported_rate=0.0)
    assert result.after == Figures(accuracy=1.0, false_supported_rate=0.0)
    assert result.objections == ()
    assert result.counts == {"supported": 30, "contested": 20, "unsupported": 25}


def test_of_equally_good_thresholds_the_nearest_to_those_in_force_is_chosen() -> None:
    assert fit_thresholds(CLEAR, IN_FORCE).new["supported"] == 0.35
    good = fit_thresholds(CLEAR, {"supported": 0.2, "contested": 0.3})
    assert dict(good.new) == {"supported": 0.2, "contested": 0.3}
    assert not good.changed
    assert "best choice" in good.objections[0]


def test_more_right_answers_are_not_bought_with_false_support() -> None:
    mixed = rows((40, S, seen(0.35)), (35, U, seen(0.4)))
    result = fit_thresholds(mixed, IN_FORCE)
    assert not result.changed  # 0.35 would be right for 40 instead of 35, and wrong as often
    safer = fit_thresholds([*mixed, *rows((5, U, seen(0.5)))], IN_FORCE)
    assert safer.new["supported"] == 0.55
    assert (safer.before.false_supported_rate, safer.after.false_supported_rate) == (0.125, 0.0)


def test_the_order_of_the_examples_changes_nothing() -> None:
    noisy = random.Random(5)
    examples = [
        Example(f"claim {n}", noisy.choice([S, S, C, U]), seen(noisy.random(), noisy.random() / 2))
        for n in range(120)
    ]
    first = fit_thresholds(examples, IN_FORCE)
    noisy.shuffle(examples)
    assert fit_thresholds(examples, IN_FORCE) == first


def test_noise_is_not_praised() -> None:
    """On labels that have nothing to do with the numbers, folds show no gain worth writing."""
    praised = 0
    for seed in range(12):
        noisy = random.Random(seed)
        examples = [Example(f"c{n}", (C, U)[n % 2], seen(0.0, noisy.random())) for n in range(80)]
        result = fit_thresholds([*rows((25, S, seen(0.9, 0.0))), *examples], IN_FORCE)
        praised += not result.objections
    assert praised <= 2


@pytest.mark.parametrize(
    ("supported", "others"),
    [(LEAST_SUPPORTED - 1, 100), (100, LEAST_NOT_SUPPORTED - 1), (0, 0)],
)
def test_too_few_examples_are_refused_with_the_reason(supported: int, others: int) -> None:
    with pytest.raises(DataError, match="too few") as caught:
        fit_thresholds(rows((supported, S, seen(0.5)), (others, U, seen(0.1))), IN_FORCE)
    assert caught.value.code == "FC405"
    assert f"{supported} supported and {others} others" in caught.value.message
    assert "one in ten" in (caught.value.hint or "")


def test_few_contested_claims_leave_their_threshold_as_it_is() -> None:
    few = rows(
        (LEAST_SUPPORTED, S, seen(0.35)),
        (LEAST_NOT_SUPPORTED, U, seen(0.1)),
        (LEAST_CONTESTED - 1, C, seen(0.1, 0.25)),
    )
    result = fit_thresholds(few, IN_FORCE)
    assert result.fitted == ("supported",)
    assert result.new["contested"] == IN_FORCE["contested"]
    enough = [*few, Example("one more", C, seen(0.1, 0.25))]
    assert fit_thresholds(enough, IN_FORCE).new["contested"] == 0.25


def test_worse_false_support_out_of_fold_is_said() -> None:
    def result(before: float, after: float) -> Calibrated:
        return Calibrated(
            old=IN_FORCE,
            new={"supported": 0.2, "contested": 0.3},
            before=Figures(0.5, before),
            after=Figures(0.9, after),
            gain=0.4,
            gain_error=0.1,
            fitted=("supported",),
            counts={},
        )

    assert any("called supported than before" in said for said in result(0.1, 0.11).objections)
    assert result(0.1, 0.1).objections == ()


SHARES = st.floats(0, 1)
LEAVES = st.builds(Outcome, SHARES, SHARES, st.booleans(), st.booleans())


@given(LEAVES, SHARES, SHARES, SHARES)
@settings(max_examples=200)
def test_a_higher_threshold_never_makes_a_claim_supported(
    outcome: Outcome, low: float, high: float, contested: float
) -> None:
    low, high = sorted((low, high))
    if outcome.label(high, contested) is S:
        assert outcome.label(low, contested) is S


@given(st.lists(LEAVES, min_size=2, max_size=4), SHARES, SHARES)
@settings(max_examples=200)
def test_a_split_claim_is_as_weak_as_its_weakest_part(
    parts: list[Outcome], supported: float, contested: float
) -> None:
    whole = Outcome(0.5, 0.5, True, True, parts=tuple(parts)).label(supported, contested)
    labels = [part.label(supported, contested) for part in parts]
    assert whole is (C if C in labels else S if set(labels) == {S} else U)


def verdict(label: Label, parts: tuple[Verdict, ...] = ()) -> Verdict:
    return Verdict(
        claim=Claim(id="c", text="c"),
        label=label,
        basis=None,
        confidence=0.5,
        probabilities=VerdictProbabilities(supported=0.5, contested=0.2, unsupported=0.3),
        parts=parts,
    )


def test_three_verdicts_tell_what_a_label_depends_on() -> None:
    found = outcome_of(verdict(C), verdict(S), verdict(U))
    assert found == Outcome(0.5, 0.2, may_support=True, may_contest=True)
    assert outcome_of(verdict(U), verdict(U), verdict(U)).label(0.0, 0.0) is U
    split = outcome_of(*(verdict(C, (verdict(C), verdict(S))) for _ in range(3)))
    assert len(split.parts) == 2


def test_a_label_that_thresholds_do_not_explain_stays_as_it_is() -> None:
    outcome = Outcome(0.5, 0.2, may_support=True, may_contest=False)
    assert pinned(outcome, S, {"supported": 0.4, "contested": 0.3}) is outcome
    fixed = pinned(outcome, U, {"supported": 0.4, "contested": 0.3})
    assert {fixed.label(s, c) for s in (0, 1) for c in (0, 1)} == {U}


def test_a_remembering_model_computes_an_input_once_and_answers_in_order() -> None:
    asked: list[str] = []

    class Lengths:
        name = "lengths"

        def encode(self, texts: Sequence[str]) -> Any:
            asked.extend(texts)
            return np.array([[len(text)] for text in texts]).reshape(len(texts), 1)

    model = Remembering(Lengths(), "encode")
    assert model.encode(["a", "bbb", "a"]).tolist() == [[1], [3], [1]]
    assert model.encode(["bbb", "cc"]).tolist() == [[3], [2]]
    assert model.encode([]).shape == (0, 1)
    assert asked == ["a", "bbb", "cc"]
    assert model.name == "lengths"


# --- files of labelled claims -----------------------------------------------------------------


def write(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def test_a_claims_file_gives_the_claims_that_expect_a_label(tmp_path: Path) -> None:
    text = "- claim: A\n  expect: supported\n- B\n- claim: C\n  expect: contested\n"
    read = read_labelled_claims(write(tmp_path / "claims.yaml", text))
    assert [(claim.text, claim.expect) for claim in read.claims] == [("A", S), ("C", C)]
    assert (read.evidence, read.unlabelled) == (None, 1)


def test_rows_with_labels_may_have_evidence(tmp_path: Path) -> None:
    text = '{"claim": "A", "label": "REFUTES", "evidence": "B"}\n'
    read = read_labelled_claims(write(tmp_path / "rows.jsonl", text))
    assert [claim.expect for claim in read.claims] == [C]
    assert read.evidence == ("B",)
    text = '{"claim": "A", "expect": "contested"}\n'
    assert read_labelled_claims(write(tmp_path / "claims.jsonl", text)).claims[0].expect is C
    text = '{"claim": "A", "label": "REFUTES"}\n'
    assert read_labelled_claims(write(tmp_path / "bare.jsonl", text)).evidence is None


def test_rows_with_and_without_evidence_are_refused_together(tmp_path: Path) -> None:
    text = '{"claim": "A", "label": "NEI", "evidence": "B"}\n{"claim": "A", "label": "NEI"}\n'
    with pytest.raises(DataError, match="1 of 2 rows have no `evidence`"):
        read_labelled_claims(write(tmp_path / "rows.jsonl", text))
