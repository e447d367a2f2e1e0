from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from factcheck.models.alignment import TYPES
from training.grow import grow_folder
from training.packed import read_pack
from training.readers import load_model
from training.stream import MicroBatch

torch = pytest.importorskip("torch")


@pytest.fixture
def start(tmp_path: Path) -> Path:
    from transformers import BertConfig, BertForSequenceClassification

    torch.manual_seed(1)
    config = BertConfig(
        vocab_size=120, hidden_size=16, num_hidden_layers=3, num_attention_heads=2,
        intermediate_size=32, num_labels=3, initializer_range=0.2,
    )  # fmt: skip
    BertForSequenceClassification(config).save_pretrained(tmp_path / "start")
    return tmp_path / "start"


def logits(folder: Path, types: np.ndarray, *, frozen_layers: int = 0):
    model = load_model(folder, frozen_layers=frozen_layers, device="cpu")
    ids = np.asarray([[101, 7, 8, 102, 9, 102], [101, 7, 102, 8, 9, 102]])
    nothing = np.zeros(2, dtype=np.int64)
    return model, read_pack(model, [MicroBatch(ids, types, nothing, nothing)], dtype=torch.float32)


PLAIN_TYPES = np.asarray([[0, 0, 0, 0, 1, 1], [0, 0, 0, 1, 1, 1]])


def test_new_token_types_begin_as_their_segment(start: Path, tmp_path: Path) -> None:
    grow_folder(start, tmp_path / "grown", types=True, copied=[])
    _, before = logits(start, PLAIN_TYPES)
    _, after = logits(tmp_path / "grown", PLAIN_TYPES + 2 * (TYPES // 2 - 1))

    torch.testing.assert_close(after, before)


def test_new_layers_change_the_answers_little(start: Path, tmp_path: Path) -> None:
    grow_folder(start, tmp_path / "grown", types=False, copied=[0, 1])
    _, before = logits(start, PLAIN_TYPES)
    model, after = logits(tmp_path / "grown", PLAIN_TYPES)

    assert model.config.num_hidden_layers == len(model.bert.encoder.layer) == 5
    assert float((after - before).detach().abs().max()) < 0.02


def test_new_types_and_layers_learn_also_above_frozen_ones(start: Path, tmp_path: Path) -> None:
    grow_folder(start, tmp_path / "grown", types=True, copied=[1])
    model, out = logits(tmp_path / "grown", PLAIN_TYPES + 2, frozen_layers=1)
    out.sum().backward()

    types = model.bert.embeddings.token_type_embeddings.weight
    assert types.grad is not None and float(types.grad[2:4].abs().sum()) > 0
    assert model.bert.embeddings.word_embeddings.weight.grad is None
    assert float(model.bert.encoder.layer[2].output.dense.weight.grad.abs().sum()) > 0
