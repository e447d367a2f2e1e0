from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pytest

from factcheck.errors import ModelError
from factcheck.models.alignment import TYPES
from factcheck.models.encoder import load_encoder
from factcheck.models.verifier import load_verifier
from tests.models.conftest import write_tiny_bert

TEXTS = ["the council closed the bridge in may", "a bakery sells bread", "", "the bridge"]
PAIRS = [(TEXTS[0], TEXTS[3]), (TEXTS[1], TEXTS[3]), ("", TEXTS[0])]


@pytest.fixture(scope="module")
def tiny_verifier(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("models") / "verifier"
    return write_tiny_bert(folder, ("contradiction", "neutral", "entailment"))


@pytest.fixture(scope="module")
def tiny_encoder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_tiny_bert(tmp_path_factory.mktemp("models") / "encoder")


def test_a_local_folder_is_an_encoder_with_unit_rows(tiny_encoder: Path) -> None:
    encoder = load_encoder(str(tiny_encoder), threads=1)
    vectors = encoder.encode(TEXTS)

    assert vectors.dtype == np.float32
    assert vectors.shape == (4, 32) == (4, encoder.dimension)
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1.0, atol=1e-5)
    np.testing.assert_allclose(encoder.encode(TEXTS[1:2])[0], vectors[1], atol=1e-5)
    assert encoder.encode([]).shape == (0, 32)


def test_columns_of_a_local_cross_encoder_are_put_in_order(tiny_verifier: Path) -> None:
    import torch
    from transformers import AutoModelForSequenceClassification, AutoTokenizer

    tokens = AutoTokenizer.from_pretrained(tiny_verifier)(*PAIRS[0], return_tensors="pt")
    model = AutoModelForSequenceClassification.from_pretrained(tiny_verifier).eval()
    with torch.inference_mode():
        contradiction, neutral, entailment = model(**tokens).logits[0].tolist()

    found = load_verifier(str(tiny_verifier), threads=1).logits(PAIRS)
    np.testing.assert_allclose(found[0], [entailment, contradiction, neutral], atol=1e-4)


def test_rows_of_a_local_cross_encoder_are_probabilities(tiny_verifier: Path) -> None:
    verifier = load_verifier(str(tiny_verifier), threads=1)
    found = verifier.predict(PAIRS)

    np.testing.assert_allclose(found.sum(axis=1), 1.0, atol=1e-6)
    np.testing.assert_allclose(verifier.predict(PAIRS[1:2])[0], found[1], atol=1e-5)
    assert verifier.predict([]).shape == (0, 3)


def test_the_hash_of_a_folder_changes_with_its_weights(tiny_encoder: Path, tmp_path: Path) -> None:
    other = write_tiny_bert(tmp_path / "other", ("entailment", "contradiction", "neutral"))

    first = load_encoder(str(tiny_encoder), threads=1).sha256
    assert len(first) == 64
    assert first == load_encoder(str(tiny_encoder), threads=1).sha256
    assert first != load_encoder(str(other), threads=1).sha256


def test_a_cross_encoder_with_unnamed_labels_is_refused(tmp_path: Path) -> None:
    folder = write_tiny_bert(tmp_path / "unnamed", ("LABEL_0", "LABEL_1", "LABEL_2"))

    with pytest.raises(ModelError, match="LABEL_0") as caught:
        load_verifier(str(folder), threads=1)
    assert caught.value.code == "FC526"


def test_an_empty_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="holds no model") as caught:
        load_encoder(str(tmp_path))
    assert caught.value.code == "FC525"


def test_a_folder_without_weights_is_refused(tmp_path: Path) -> None:
    (tmp_path / "config.json").write_text('{"model_type": "bert"}', encoding="utf-8")

    with pytest.raises(ModelError) as caught:
        load_encoder(str(tmp_path), threads=1)
    assert caught.value.code == "FC522"


def test_the_hub_client_is_switched_off(tiny_encoder: Path) -> None:
    load_encoder(str(tiny_encoder), threads=1)

    for variable in ("HF_HUB_OFFLINE", "TRANSFORMERS_OFFLINE", "HF_HUB_DISABLE_TELEMETRY"):
        assert os.environ[variable] == "1"


def test_a_checkpoint_that_needs_other_token_types_is_refused(tmp_path: Path) -> None:
    labels = ("contradiction", "neutral", "entailment")
    folder = write_tiny_bert(tmp_path / "checkpoint", labels, types=TYPES)
    with pytest.raises(ModelError, match="token types") as caught:
        load_verifier(str(folder), threads=1)

    assert caught.value.code == "FC522"
    assert "export_verifier" in (caught.value.hint or "")


def test_a_local_cross_encoder_counts_what_it_reads(tiny_verifier: Path) -> None:
    verifier = load_verifier(str(tiny_verifier), threads=1)
    counts = verifier.token_counts(TEXTS)
    assert counts[2] == 0 and counts[0] > counts[3] > 0
    assert verifier.token_counts([]) == []
    assert 0 < verifier.most_tokens < 512
