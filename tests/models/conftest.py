"""Shipped models, loaded once, and tiny random ones for what needs only their form."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from factcheck.models.encoder import Encoder, load_encoder
from factcheck.models.verifier import Verifier, load_verifier

WORDS = ("the", "council", "closed", "bridge", "in", "may", "not", "a", "bakery", "sells", "bread")


@pytest.fixture(scope="session")
def encoder() -> Encoder:
    return load_encoder(threads=2)


@pytest.fixture(scope="session")
def verifier() -> Verifier:
    return load_verifier(threads=2)


def write_tiny_bert(folder: Path, labels: tuple[str, ...] = (), *, types: int = 2) -> Path:
    """A random BERT of two layers with its tokeniser, as `save_pretrained` writes it."""
    import torch
    from transformers import BertConfig, BertForSequenceClassification, BertModel, BertTokenizer

    folder.mkdir(parents=True)
    vocabulary = folder / "vocab.txt"
    special = ("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]")
    vocabulary.write_text("\n".join((*special, *WORDS)) + "\n", encoding="utf-8")
    BertTokenizer(vocab={word: row for row, word in enumerate((*special, *WORDS))}).save_pretrained(
        folder
    )
    config = BertConfig(
        vocab_size=len(special) + len(WORDS),
        hidden_size=32,
        num_hidden_layers=2,
        num_attention_heads=4,
        intermediate_size=64,
        max_position_embeddings=64,
        type_vocab_size=types,
        hidden_dropout_prob=0.0,
        attention_probs_dropout_prob=0.0,
        initializer_range=0.2,
    )
    if labels:
        config.id2label = dict(enumerate(labels))
        config.label2id = {label: row for row, label in enumerate(labels)}
    torch.manual_seed(3)
    model = BertForSequenceClassification(config) if labels else BertModel(config)
    model.save_pretrained(folder)
    assert json.loads((folder / "config.json").read_text(encoding="utf-8"))["hidden_size"] == 32
    return folder
