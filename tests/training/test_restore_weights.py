from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from training.bert_graph import CLASSIFY, read_model
from training.export_weights import export_float
from training.quantise import quantise_bert
from training.restore_weights import restore_folder, restore_weights

torch = pytest.importorskip("torch")


def test_restored_weights_are_the_trained_ones_up_to_rounding(tmp_path: Path):
    from transformers import BertConfig, BertForSequenceClassification

    torch.manual_seed(4)
    config = BertConfig(
        vocab_size=30,
        hidden_size=32,
        num_hidden_layers=2,
        num_attention_heads=2,
        intermediate_size=64,
        max_position_embeddings=16,
        num_labels=3,
    )
    model = BertForSequenceClassification(config)
    for name, weight in model.named_parameters():
        if "LayerNorm" in name:
            torch.nn.init.normal_(weight, mean=1.0, std=0.5)  # so that channels differ in range
    model.save_pretrained(tmp_path)
    export_float(tmp_path, tmp_path / "float.onnx", head=CLASSIFY)
    rng = np.random.default_rng(5)
    batches = [
        {
            "input_ids": rng.integers(0, 30, (1, 9)),
            "attention_mask": np.ones((1, 9), dtype=np.int32),
            "token_type_ids": np.zeros((1, 9), dtype=np.int64),
        }
        for _ in range(8)
    ]
    quantise_bert(tmp_path / "float.onnx", tmp_path / "int8.onnx", batches)
    restored = restore_weights(read_model(tmp_path / "int8.onnx")[1], 2)
    trained = {name: weight.numpy() for name, weight in model.state_dict().items()}
    assert set(restored) == {name for name in trained if not name.endswith("position_ids")}
    for name, weight in restored.items():
        # Half a step of a hundred and twenty-seven of the largest weight, some more where channels
        # were shrunk; a bias collects the rounding of its row.
        allowed = 0.02 * np.abs(trained[name]).max() + 0.01
        np.testing.assert_allclose(weight, trained[name], atol=allowed, err_msg=name)


def test_a_restored_folder_tells_its_own_shape(tmp_path: Path):
    from transformers import BertConfig, BertForSequenceClassification

    def config(**shape: int) -> BertConfig:
        return BertConfig(
            vocab_size=30,
            hidden_size=16,
            num_attention_heads=2,
            intermediate_size=32,
            max_position_embeddings=16,
            num_labels=3,
            **shape,
        )

    BertForSequenceClassification(config(num_hidden_layers=3, type_vocab_size=14)).save_pretrained(
        tmp_path / "grown"
    )
    config(num_hidden_layers=2).save_pretrained(tmp_path / "like")
    export_float(tmp_path / "grown", tmp_path / "float.onnx", head=CLASSIFY)
    batches = [
        {
            "input_ids": np.arange(shift, shift + 9)[None, :],
            "attention_mask": np.ones((1, 9), dtype=np.int32),
            "token_type_ids": np.arange(9)[None, :],
        }
        for shift in range(8)
    ]
    quantise_bert(tmp_path / "float.onnx", tmp_path / "int8.onnx", batches)
    restore_folder(tmp_path / "int8.onnx", tmp_path / "like", tmp_path / "out")

    model = BertForSequenceClassification.from_pretrained(tmp_path / "out")
    assert (model.config.num_hidden_layers, model.config.type_vocab_size) == (3, 14)
    assert model.bert.embeddings.token_type_embeddings.weight.shape[0] == 14
