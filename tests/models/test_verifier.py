from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from factcheck.errors import ModelError
from factcheck.models.onnx import OnnxVerifier
from factcheck.models.verifier import Verifier, calibrate, load_verifier, stance_columns

CLAIM = "The council closed the bridge in May."
PAIRS = [
    ("The council closed the bridge for repairs in May.", CLAIM),
    ("The council did not close the bridge in May.", CLAIM),
    ("A bakery on the corner sells rye bread.", CLAIM),
    ("", CLAIM),
    ("The bridge was closed.", ""),
    ("Zürich 😀 " * 400, "第一句。"),
    ("The council met.", "the bridge was shut and " * 300),
]


def test_a_pair_has_the_same_bytes_alone_and_in_a_batch(verifier: Verifier) -> None:
    together = verifier.predict(PAIRS)
    alone = np.concatenate([verifier.predict([pair]) for pair in PAIRS])

    assert together.tobytes() == alone.tobytes()


def test_the_order_of_the_pairs_decides_only_the_order_of_the_rows(verifier: Verifier) -> None:
    forwards = verifier.predict(PAIRS * 4)
    backwards = verifier.predict((PAIRS * 4)[::-1])

    assert forwards.tobytes() == np.ascontiguousarray(backwards[::-1]).tobytes()


def test_rows_are_float32_probabilities(verifier: Verifier) -> None:
    found = verifier.predict(PAIRS)

    assert found.dtype == np.float32
    assert found.shape == (len(PAIRS), 3)
    assert (found >= 0).all()
    np.testing.assert_allclose(found.sum(axis=1), 1.0, atol=1e-6)


def test_no_pairs_give_no_rows(verifier: Verifier) -> None:
    assert verifier.predict([]).shape == (0, 3)
    assert verifier.logits([]).shape == (0, 3)


def test_a_restatement_supports_and_a_denial_refutes(verifier: Verifier) -> None:
    denial = (
        "The council closed the bridge in May.",
        "The council did not close the bridge in May.",
    )

    assert verifier.predict([PAIRS[0], denial]).argmax(axis=1).tolist() == [0, 1]


def test_long_evidence_is_cut_and_the_claim_is_not(verifier: Verifier) -> None:
    filler = "The weather was mild that week. " * 100
    found = verifier.logits(
        [
            (filler, CLAIM),
            (filler + "More followed.", CLAIM),
            (filler, CLAIM.replace("May", "June")),
        ]
    )

    assert found[0].tobytes() == found[1].tobytes()
    assert found[0].tobytes() != found[2].tobytes()


def test_temperature_and_bias_of_the_card_are_applied(verifier: Verifier) -> None:
    assert isinstance(verifier, OnnxVerifier)
    card = dataclasses.replace(verifier.card, temperature=2.5, bias=(0.0, 0.0, 1.5))
    other = OnnxVerifier(card, threads=1)

    scores = verifier.logits(PAIRS).astype(np.float64) / 2.5 + np.array([0.0, 0.0, 1.5])
    expected = np.exp(scores) / np.exp(scores).sum(axis=1, keepdims=True)
    np.testing.assert_allclose(other.predict(PAIRS), expected, atol=1e-6)


def test_a_larger_temperature_is_less_certain_and_keeps_the_order() -> None:
    logits = np.array([[4.0, 1.0, 0.0]], dtype=np.float32)
    sharp = calibrate(logits, temperature=1.0, bias=(0, 0, 0))[0]
    flat = calibrate(logits, temperature=4.0, bias=(0, 0, 0))[0]

    assert sharp[0] > flat[0] > flat[1] > flat[2] > sharp[2]


def test_huge_logits_do_not_overflow() -> None:
    found = calibrate(
        np.array([[9e4, -9e4, 0.0]], dtype=np.float32), temperature=1.0, bias=(0, 0, 0)
    )

    assert found.tolist() == [[1.0, 0.0, 0.0]]


@pytest.mark.parametrize(
    ("labels", "columns"),
    [
        (("SUPPORTS", "REFUTES", "NEI"), (0, 1, 2)),
        (("contradiction", "entailment", "neutral"), (1, 0, 2)),
        (("Not Enough Info", "Refuted", "Supported"), (2, 1, 0)),
        (("NOT_ENOUGH_INFO", "REFUTES", "SUPPORTS"), (2, 1, 0)),
        (("CONTRADICTION", "NEUTRAL", "ENTAILMENT"), (2, 0, 1)),
        (("not-enough-information", "contradictory", "entailed"), (2, 1, 0)),
    ],
)
def test_columns_follow_the_words_of_the_model(
    labels: tuple[str, ...], columns: tuple[int, int, int]
) -> None:
    assert stance_columns(dict(enumerate(labels)), where="model") == columns


@pytest.mark.parametrize(
    "labels",
    [
        ("LABEL_0", "LABEL_1", "LABEL_2"),
        ("entailment", "not_entailment"),
        ("entailment", "supports", "neutral"),
        ("entailment", "neutral", "contradiction", "other"),
        ("entailment", "neutral", "not_entailment"),
    ],
)
def test_labels_that_do_not_name_the_stances_are_refused(labels: tuple[str, ...]) -> None:
    with pytest.raises(ModelError) as caught:
        stance_columns(dict(enumerate(labels)), where="some-model")

    assert caught.value.code == "FC526"
    assert f"0: {labels[0]}" in caught.value.message
    assert str(caught.value.where) == "some-model"


def test_a_verifier_that_is_not_on_this_machine_is_an_error() -> None:
    with pytest.raises(ModelError) as caught:
        load_verifier("no-such-verifier")

    assert caught.value.code == "FC525"
