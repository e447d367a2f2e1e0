"""The checkout is on the path: `training` is no part of the installed package."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))


@pytest.fixture
def tokenizer_file(tmp_path: Path) -> Path:
    """A tokeniser that knows the letters a to j."""
    from tokenizers import Tokenizer, models, pre_tokenizers, processors

    words = ["[PAD]", "[CLS]", "[SEP]", "[UNK]", *"abcdefghij"]
    vocabulary = {word: position for position, word in enumerate(words)}
    tokenizer = Tokenizer(models.WordLevel(vocabulary, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    tokenizer.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]",
        pair="[CLS] $A [SEP] $B:1 [SEP]:1",
        special_tokens=[("[CLS]", 1), ("[SEP]", 2)],
    )
    path = tmp_path / "tokenizer.json"
    tokenizer.save(str(path))
    return path


@pytest.fixture
def start(tmp_path: Path) -> Path:
    torch = pytest.importorskip("torch")
    from transformers import BertConfig, BertForSequenceClassification

    torch.manual_seed(1)
    config = BertConfig(
        vocab_size=14, hidden_size=16, num_hidden_layers=2, num_attention_heads=2,
        intermediate_size=32, num_labels=3,
    )  # fmt: skip
    BertForSequenceClassification(config).save_pretrained(tmp_path / "start")
    return tmp_path / "start"


@pytest.fixture
def teacher(tmp_path: Path) -> Path:
    _mpnet(2, layers=2).save_pretrained(tmp_path / "teacher")
    return tmp_path / "teacher"


@pytest.fixture
def deep_teacher(tmp_path: Path) -> Path:
    """One of four layers, whose answers differ from pair to pair."""
    model = _mpnet(3, layers=4)
    model.classifier.dense.weight.data *= 30
    model.classifier.out_proj.weight.data *= 30
    model.save_pretrained(tmp_path / "deep")
    return tmp_path / "deep"


def _mpnet(seed: int, *, layers: int) -> Any:
    torch = pytest.importorskip("torch")
    from transformers import MPNetConfig, MPNetForSequenceClassification

    torch.manual_seed(seed)
    config = MPNetConfig(
        vocab_size=120, hidden_size=64, num_hidden_layers=layers, num_attention_heads=2,
        intermediate_size=128, num_labels=3,
    )  # fmt: skip
    return MPNetForSequenceClassification(config)
