from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.models.conftest import write_tiny_bert

pytest.importorskip("onnx")

from factcheck.models.onnx import OnnxVerifier
from factcheck.models.registry import read_card
from training.bert_graph import CLASSIFY, MEAN_POOL
from training.export_weights import compare_with_torch, export_float, export_weights, tokenise
from training.quantise import quantise_bert, round_to_int8

TEXTS = [
    "the council closed the bridge in may",
    "a bakery sells bread",
    "not the bridge the bakery closed in may a bakery sells the council bread",
    "may",
]
PAIRS = [(TEXTS[0], TEXTS[3]), (TEXTS[1], TEXTS[3]), (TEXTS[2], TEXTS[0])]


def run(path: Path, feeds: dict[str, Any]) -> np.ndarray:
    import onnxruntime

    session = onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"])
    found: np.ndarray = session.run(None, feeds)[0]
    return found


@pytest.mark.parametrize("head", [MEAN_POOL, CLASSIFY])
def test_the_float_graph_gives_the_numbers_of_torch(tmp_path: Path, head: str) -> None:
    labels = ("SUPPORTS", "REFUTES", "NEI") if head == CLASSIFY else ()
    folder = write_tiny_bert(tmp_path / "bert", labels)
    batches = tokenise(folder / "tokenizer.json", PAIRS if labels else TEXTS, 32)

    export_float(folder, tmp_path / "float.onnx", head=head)

    assert compare_with_torch(folder, tmp_path / "float.onnx", batches, head=head) < 1e-5


def test_int8_vectors_are_near_the_float_ones_and_do_not_depend_on_the_batch(
    tmp_path: Path,
) -> None:
    folder = write_tiny_bert(tmp_path / "bert")
    batches = tokenise(folder / "tokenizer.json", TEXTS, 32)
    export_float(folder, tmp_path / "float.onnx", head=MEAN_POOL)
    quantise_bert(tmp_path / "float.onnx", tmp_path / "int8.onnx", batches)

    one = {key: np.asarray(value) for key, value in batches[0].items()}
    extreme = {key: value.copy() for key, value in one.items()}
    extreme["input_ids"][:] = 5
    both = {key: np.concatenate([one[key], extreme[key]]) for key in one}
    alone = run(tmp_path / "int8.onnx", one)

    assert float((alone @ run(tmp_path / "float.onnx", one).T)[0, 0]) > 0.99
    assert run(tmp_path / "int8.onnx", both)[0].tobytes() == alone[0].tobytes()


def test_exported_weights_load_as_a_verifier(tmp_path: Path) -> None:
    folder = write_tiny_bert(tmp_path / "bert", ("NEI", "SUPPORTS", "REFUTES"))
    card = {
        "name": "tiny",
        "version": "1",
        "role": "verifier",
        "max_tokens": 32,
        "base": "none",
        "licence": "Apache-2.0",
        "training_data": [],
    }
    path = export_weights(
        folder, tmp_path / "out", "verifier", head=CLASSIFY, calibration_texts=PAIRS, card=card
    )
    found = OnnxVerifier(read_card(path), threads=1).logits(PAIRS)

    export_float(folder, tmp_path / "float.onnx", head=CLASSIFY)
    for row, batch in enumerate(tokenise(folder / "tokenizer.json", PAIRS, 32)):
        neutral, supports, refutes = run(tmp_path / "float.onnx", dict(batch))[0]
        np.testing.assert_allclose(found[row], [supports, refutes, neutral], atol=0.03)


def test_int8_rounding_is_off_by_at_most_half_a_step() -> None:
    values = np.random.default_rng(5).normal(size=(40, 7)).astype(np.float32)
    values[:, 3] = 0
    steps, scale = round_to_int8(values, axis=0)

    assert np.abs(steps).max() == 127
    assert (np.abs(steps * scale - values) <= scale * 0.5001).all()
