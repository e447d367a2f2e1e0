"""Labelled data to figures: the formulas by hand, the label table, both tasks end to end."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factcheck.config import default_config
from factcheck.errors import DataError
from factcheck.evaluate import (
    LabelledRow,
    evaluate_claims,
    evaluate_pairs,
    read_labelled,
    retrieval_recall,
)
from factcheck.index.opened import Index
from factcheck.labels import known_names, label_of
from factcheck.metrics import (
    ORDER,
    Prediction,
    brier_score,
    expected_calibration_error,
    reliability,
    restrict,
    risk_coverage,
    summarise,
    wilson_interval,
)
from factcheck.pipeline import Models
from factcheck.records import Label

MakeCorpus = Callable[..., Path]
S, C, U = ORDER
UNSAVED = default_config().with_values({"cache": False})


# --- metrics ----------------------------------------------------------------------------------

# truth, answer, probabilities of supported, contested, unsupported
ROWS = [
    Prediction(S, S, (0.9, 0.05, 0.05)),
    Prediction(S, S, (0.6, 0.2, 0.2)),
    Prediction(S, U, (0.3, 0.2, 0.5)),
    Prediction(C, C, (0.1, 0.8, 0.1)),
    Prediction(C, S, (0.7, 0.2, 0.1)),
    Prediction(U, U, (0.1, 0.1, 0.8)),
    Prediction(U, U, (0.2, 0.2, 0.6)),
    Prediction(U, C, (0.1, 0.6, 0.3)),
]


def test_figures_are_those_worked_out_by_hand() -> None:
    result = summarise(ROWS)
    assert result["n"] == 8
    assert result["classes"] == ["supported", "contested", "unsupported"]
    assert result["accuracy"] == 0.625
    # recalls 2/3, 1/2, 2/3
    assert result["balanced_accuracy"] == pytest.approx(11 / 18, abs=1e-6)
    # f1: supported 2/3 and 2/3 -> 2/3; contested 1/2 and 1/2 -> 1/2; unsupported 2/3, 2/3 -> 2/3
    assert result["macro_f1"] == pytest.approx(11 / 18, abs=2e-6)
    assert result["per_class"]["contested"] == {
        "precision": 0.5,
        "recall": 0.5,
        "f1": 0.5,
        "n": 2,
    }
    assert result["confusion"] == {
        "supported": {"supported": 2, "contested": 0, "unsupported": 1},
        "contested": {"supported": 1, "contested": 1, "unsupported": 0},
        "unsupported": {"supported": 0, "contested": 1, "unsupported": 2},
    }
    # one of the five rows that are not supported was called supported
    assert result["false_supported_rate"] == 0.2
    assert result["majority_accuracy"] == 0.375


def test_brier_is_the_mean_squared_distance_to_the_truth() -> None:
    rows = [Prediction(S, S, (0.8, 0.1, 0.1)), Prediction(U, S, (1.0, 0.0, 0.0))]
    # 0.04 + 0.01 + 0.01 and 1 + 0 + 1
    assert brier_score(rows) == pytest.approx((0.06 + 2.0) / 2)
    assert brier_score([Prediction(C, C, (0.0, 1.0, 0.0))]) == 0.0
    assert brier_score([]) == 0.0


def test_calibration_error_weighs_bins_by_size() -> None:
    rows = [
        *[Prediction(S, S, (0.95, 0.05, 0.0))] * 3,
        Prediction(C, S, (0.95, 0.05, 0.0)),
        *[Prediction(U, U, (0.25, 0.25, 0.5)), Prediction(C, U, (0.25, 0.25, 0.5))],
    ]
    # four rows at 0.95 of which three are right, two at 0.5 of which one is
    assert expected_calibration_error(rows) == pytest.approx((4 * 0.2 + 2 * 0.0) / 6, abs=1e-6)
    assert [(b["n"], b["accuracy"]) for b in reliability(rows)] == [(2, 0.5), (4, 0.75)]
    assert expected_calibration_error([]) == 0.0


def test_certainty_belongs_to_the_last_bin() -> None:
    (only,) = reliability([Prediction(S, S, (1.0, 0.0, 0.0))])
    assert only == {"confidence": 1.0, "accuracy": 1.0, "n": 1}


def test_risk_is_the_share_of_wrong_answers_among_the_surest() -> None:
    rows = [
        Prediction(S, S, (0.9, 0.1, 0.0)),
        Prediction(C, S, (0.8, 0.2, 0.0)),
        Prediction(U, U, (0.2, 0.2, 0.6)),
        Prediction(S, U, (0.3, 0.2, 0.5)),
    ]
    table, area = risk_coverage(rows, points=4)
    assert [point["coverage"] for point in table] == [0.25, 0.5, 0.75, 1.0]
    assert [point["risk"] for point in table] == [0.0, 0.5, 0.333333, 0.5]
    assert [point["confidence"] for point in table] == [0.9, 0.8, 0.6, 0.5]
    assert area == pytest.approx((0 + 1 / 2 + 1 / 3 + 1 / 2) / 4, abs=1e-6)
    assert risk_coverage([]) == ([], 0.0)


def test_answers_of_equal_confidence_count_alike_in_any_order() -> None:
    tied = [Prediction(S, S, (0.8, 0.2, 0.0)), Prediction(C, S, (0.8, 0.2, 0.0))] * 3
    table, area = risk_coverage(tied, points=6)
    assert {point["risk"] for point in table} == {0.5}
    assert risk_coverage(tied[::-1], points=6) == (table, area)


@pytest.mark.parametrize(
    # The interval of the textbooks: 81 of 263, 15 of 148 and 0 of 20.
    ("part", "whole", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611)],
)
def test_an_interval_is_that_of_wilson(part: int, whole: int, low: float, high: float) -> None:
    assert wilson_interval(part, whole) == pytest.approx((low, high), abs=1e-4)
    assert wilson_interval(0, 0) == (0.0, 1.0)


def test_a_set_with_two_classes_is_scored_on_those_two() -> None:
    rows = [
        Prediction(S, U, (0.3, 0.1, 0.6)),  # of the two possible ones supported is likelier
        Prediction(C, U, (0.1, 0.3, 0.6)),
        Prediction(C, U, (0.25, 0.15, 0.6)),
    ]
    result = summarise(rows)
    assert result["classes"] == ["supported", "contested"]
    assert set(result["per_class"]) == {"supported", "contested"}
    assert result["accuracy"] == pytest.approx(2 / 3, abs=1e-6)
    assert result["false_supported_rate"] == 0.5
    assert restrict(rows[0], (S, C)).probabilities == pytest.approx((0.75, 0.25, 0.0))
    assert restrict(rows[0], (S, C, U)) is rows[0]


def test_no_rows_give_zeros_and_no_error() -> None:
    result = summarise([])
    assert (result["n"], result["accuracy"], result["ece"]) == (0, 0.0, 0.0)


@given(
    st.lists(
        st.tuples(st.sampled_from(ORDER), st.sampled_from(ORDER), st.floats(0, 1), st.floats(0, 1)),
        min_size=1,
    )
)
def test_every_figure_of_any_answers_is_a_share(
    rows: list[tuple[Label, Label, float, float]],
) -> None:
    predictions = [Prediction(t, a, (x, (1 - x) * y, (1 - x) * (1 - y))) for t, a, x, y in rows]
    result = summarise(predictions)
    for name in ("accuracy", "balanced_accuracy", "macro_f1", "false_supported_rate", "ece"):
        assert 0.0 <= result[name] <= 1.0
    assert 0.0 <= result["brier"] <= 2.0
    assert sum(sum(answers.values()) for answers in result["confusion"].values()) == len(rows)
    assert result["majority_accuracy"] >= 0.333333


# --- labels of other vocabularies -------------------------------------------------------------


@pytest.mark.parametrize(
    ("names", "label"),
    [
        # FEVER, SciFact, AVeriTeC, NLI and this project's own
        (["SUPPORTS", "SUPPORT", "Supported", "entailment", "supported", "true"], S),
        (["REFUTES", "CONTRADICT", "Refuted", "contradiction", "contested", "FALSE"], C),
        (["Conflicting Evidence/Cherrypicking", "DISPUTED"], C),
        (["NOT ENOUGH INFO", "NEI", "Not Enough Evidence", "neutral", "unsupported"], U),
        (["not_enough_info", "NOT-ENOUGH-INFO", " Not  enough info "], U),
    ],
)
def test_names_of_other_vocabularies_have_their_label(names: Sequence[str], label: Label) -> None:
    assert [label_of(name) for name in names] == [label] * len(names)


def test_every_known_name_is_its_own_nearest() -> None:
    assert len(known_names()) == len(set(known_names())) > 30
    for name in known_names():
        assert label_of(name.upper()) in ORDER


@pytest.mark.parametrize("name", ["suported", "", None, 3, ["SUPPORTS"]])
def test_an_unknown_label_is_refused(name: object) -> None:
    with pytest.raises(ValueError, match="unknown label"):
        label_of(name)


def test_an_unknown_label_names_the_nearest() -> None:
    with pytest.raises(ValueError, match="supported"):
        label_of("suported")


# --- files ------------------------------------------------------------------------------------


def written(path: Path, rows: Sequence[object]) -> Path:
    text = "".join(row if isinstance(row, str) else json.dumps(row) + "\n" for row in rows)
    if path.suffix == ".gz":
        path.write_bytes(gzip.compress(text.encode()))
    else:
        path.write_text(text, encoding="utf-8")
    return path


GOOD: list[dict[str, Any]] = [
    {"claim": "The mill stands.", "label": "SUPPORTS", "evidence": "The mill stands."},
    {"claim": "It burnt down.", "label": "NEI", "evidence_sentences": ["A mill.", "A fire."]},
    {"claim": "It fell.", "label": "REFUTES", "gold_doc": 7, "evidence_ids": ["a", 3]},
]


@pytest.mark.parametrize("name", ["rows.jsonl", "rows.jsonl.gz"])
def test_rows_are_read_plain_and_packed(tmp_path: Path, name: str) -> None:
    path = written(tmp_path / name, [GOOD[0], "\n", *GOOD[1:]])
    assert read_labelled(path) == [
        LabelledRow("The mill stands.", S, "The mill stands."),
        LabelledRow("It burnt down.", U, "A mill. A fire."),
        LabelledRow("It fell.", C, None, ("a", "3")),
    ]


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("{not json\n", "no JSON object"),
        ("[1, 2]\n", "no JSON object"),
        ({"label": "SUPPORTS"}, "no `claim`"),
        ({"claim": "  ", "label": "SUPPORTS"}, "no `claim`"),
        ({"claim": "x", "label": "perhaps"}, "unknown label"),
        ({"claim": "x"}, "unknown label"),
        ("[" * 200_000 + "\n", "no JSON object"),
    ],
)
def test_a_bad_row_is_named_with_its_line(tmp_path: Path, line: object, message: str) -> None:
    path = written(tmp_path / "rows.jsonl", [GOOD[0], line])
    with pytest.raises(DataError, match=message) as caught:
        read_labelled(path)
    assert str(caught.value.where) == f"{path}:2"
    assert caught.value.exit_code == 2


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("none.jsonl", b""),
        ("packed.jsonl.gz", b"no gzip at all"),
        ("cut.jsonl.gz", gzip.compress(json.dumps(GOOD[0]).encode() * 90)[:-12]),
        ("latin.jsonl", '{"claim": "é"}'.encode("latin-1")),
    ],
)
def test_a_file_that_cannot_be_read_is_named(tmp_path: Path, name: str, content: bytes) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(DataError) as caught:
        read_labelled(path)
    assert str(caught.value.where) == str(path)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="no such file"):
        read_labelled(tmp_path / "nowhere.jsonl")


# --- both tasks, with the shipped models ------------------------------------------------------

WATER = "At the end of July the reservoir held 38 million litres, 41 per cent of its capacity."
PAIRS = [
    LabelledRow("At the end of July the reservoir held 38 million litres.", S, WATER),
    LabelledRow("At the end of July the reservoir held 90 million litres.", C, WATER),
    LabelledRow("The museum in Oslo was closed on Monday.", U, WATER),
]


def test_pairs_are_judged_on_the_evidence_given(models: Models) -> None:
    seen: list[tuple[int, int]] = []
    result = evaluate_pairs(PAIRS, models, progress=lambda *step: seen.append(step))
    assert result["task"] == "pairs"
    assert result["confusion"]["contested"]["contested"] == 1
    assert result["confusion"]["unsupported"]["unsupported"] == 1
    assert result["false_supported_rate"] == 0.0
    assert seen == [(3, 3)]
    assert result["claim_only_accuracy"] == result["claim_only"]["accuracy"] < 1.0
    assert result["claim_only"]["false_supported_rate"] == 0.0
    assert (result["majority_accuracy"], result["majority_label"]) == (0.333333, "supported")
    assert sum(place["n"] for place in result["reliability"]) == 3
    assert result["risk_coverage"][-1]["coverage"] == 1.0
    assert {card["role"] for card in result["models"]} == {"encoder", "verifier", "judgement"}
    assert all(len(card["sha256"]) == 64 for card in result["models"])
    assert result["seconds"] > 0 and result["per_second"] > 0
    assert "note" not in result


def test_a_pair_alone_and_among_others_is_judged_alike(models: Models) -> None:
    from factcheck.evaluate import predict_pairs

    together = predict_pairs(PAIRS, models)
    assert [predict_pairs([row], models)[0] for row in PAIRS] == together


def test_claims_are_judged_against_the_corpus_and_gold_gives_the_recall(
    models: Models, make_corpus: MakeCorpus
) -> None:
    museum = "text\nThe museum in Oslo opens at ten.\n"
    other = "Rain fell on the market.\n"
    corpus = make_corpus(
        {"docs.csv": f'id,text\nw1,"{WATER}"\n', "rows.csv": museum, "other.txt": other}
    )
    index = Index.open(corpus, encoder=models.encoder)
    labelled = [
        LabelledRow(PAIRS[0].claim, S, gold=("w1",)),  # the id of its row
        LabelledRow("The museum in Oslo opens at ten.", S, gold=("row-2",)),
        LabelledRow("At the end of July the reservoir held 90 million litres.", C),
        LabelledRow("Rain fell on the market.", S, gold=("elsewhere",)),
    ]
    result = evaluate_claims(labelled, index, models, UNSAVED)
    assert (result["task"], result["n"]) == ("claims", 4)
    assert result["note"] == "scored on the classes that occur in the data"
    assert result["confusion"]["contested"]["contested"] == 1
    expected = {"recall@1": 0.666667, "recall@5": 0.666667, "recall@10": 0.666667, "n": 3}
    assert result["retrieval"] == expected
    for ranking in ({"dense": False}, {"lexical": False}):
        assert retrieval_recall(labelled, index, models, UNSAVED, **ranking) == expected
    index.close()
