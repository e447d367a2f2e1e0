"""Cross-encoders of two architectures exported for real, and what is refused."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import numpy as np
import pytest

pytest.importorskip("onnx")
pytest.importorskip("onnxscript")

from factcheck.cli import run as run_cli
from factcheck.errors import ModelError
from factcheck.models import export
from factcheck.models.export import Comparison, export_verifier
from factcheck.models.onnx import OnnxVerifier
from factcheck.models.samples import SAMPLE_PAIRS
from factcheck.models.verifier import load_verifier
from tests.models.conftest import WORDS, write_tiny_bert

FILES = {"verifier.onnx", "verifier.json", "tokenizer.json"}
README = "---\nlanguage: en\nlicense: mit\n---\n# Tiny\n"


def write_tiny_roberta(folder: Path) -> Path:
    """Another architecture: other special tokens, padding by 1, no segments, shifted positions."""
    import torch
    from tokenizers import Tokenizer, models, pre_tokenizers, processors
    from transformers import (
        PreTrainedTokenizerFast,
        RobertaConfig,
        RobertaForSequenceClassification,
    )

    words = ["<s>", "<pad>", "</s>", "<unk>", "<mask>", *WORDS]
    backend = Tokenizer(models.WordLevel({w: i for i, w in enumerate(words)}, unk_token="<unk>"))
    backend.pre_tokenizer = pre_tokenizers.Whitespace()
    backend.post_processor = processors.TemplateProcessing(
        single="<s> $A </s>",
        pair="<s> $A </s> </s> $B </s>",
        special_tokens=[("<s>", 0), ("</s>", 2)],
    )
    tokenizer = PreTrainedTokenizerFast(
        tokenizer_object=backend,
        bos_token="<s>",
        eos_token="</s>",
        unk_token="<unk>",
        pad_token="<pad>",
        model_max_length=64,
        model_input_names=["input_ids", "attention_mask"],
    )
    tokenizer.save_pretrained(folder)
    config = RobertaConfig(
        vocab_size=len(words),
        hidden_size=32,
        num_hidden_layers=2,
        num_attention_heads=4,
        intermediate_size=64,
        max_position_embeddings=66,
        type_vocab_size=1,
        pad_token_id=1,
        bos_token_id=0,
        eos_token_id=2,
        initializer_range=0.2,
    )
    config.id2label = {0: "NOT ENOUGH INFO", 1: "SUPPORTS", 2: "REFUTES"}
    config.label2id = {label: row for row, label in config.id2label.items()}
    torch.manual_seed(4)
    RobertaForSequenceClassification(config).save_pretrained(folder)
    return folder


@pytest.fixture(scope="module")
def bert(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("models") / "tiny-bert"
    write_tiny_bert(folder, ("contradiction", "neutral", "entailment"))
    (folder / "README.md").write_text(README, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def roberta(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_tiny_roberta(tmp_path_factory.mktemp("models") / "tiny-roberta")


@pytest.fixture(scope="module")
def exported(bert: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """BERT in float32, through the command line."""
    out = tmp_path_factory.mktemp("exported") / "bert"
    assert run_cli(["models", "export", str(bert), "--out", str(out)]) == 0
    return out


@pytest.fixture(scope="module")
def rounded(roberta: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Comparison]:
    """RoBERTa in 8 bits."""
    out = tmp_path_factory.mktemp("exported") / "roberta"
    return export_verifier(str(roberta), out, int8=True, licence="Apache-2.0", threads=1)


def differences(one: Any, other: Any) -> float:
    return float(np.abs(one.predict(SHORT) - other.predict(SHORT)).max())


# Such as fit into 64 tokens.
SHORT = [pair for pair in SAMPLE_PAIRS if len(" ".join(pair)) < 160]


def test_an_exported_model_gives_the_probabilities_of_pytorch(bert: Path, exported: Path) -> None:
    assert {path.name for path in exported.iterdir()} == FILES
    found = load_verifier(str(exported), threads=1)
    assert isinstance(found, OnnxVerifier)
    assert differences(found, load_verifier(str(bert), threads=1)) < 1e-5
    assert found.name == "tiny-bert-onnx"


def test_the_card_tells_origin_labels_and_the_comparison(exported: Path) -> None:
    card = json.loads((exported / "verifier.json").read_text(encoding="utf-8"))
    assert card["labels"] == ["contradiction", "neutral", "entailment"]
    assert (card["base"], card["licence"], card["max_tokens"]) == ("tiny-bert", "mit", 64)
    compared = card["metrics"]["against_torch"]
    assert compared["pairs"] >= 30
    assert compared["same_label"] == 1.0
    assert 0 <= compared["largest_probability_difference"] < 1e-4
    assert str(exported.parent) not in json.dumps(card)


def test_another_architecture_in_8_bits_stays_near_pytorch(
    roberta: Path, rounded: tuple[Path, Comparison]
) -> None:
    path, compared = rounded
    card = json.loads(path.read_text(encoding="utf-8"))
    assert card["pair"] == {"start": [0], "middle": [2, 2], "end": [2], "pad": 1}
    assert (card["name"], card["licence"]) == ("tiny-roberta-int8", "Apache-2.0")
    assert card["max_tokens"] == 64
    assert 0 < compared.largest_probability_difference < 0.05
    found = load_verifier(str(path.parent), threads=1)
    assert differences(found, load_verifier(str(roberta), threads=1)) < 0.05


def test_a_pair_alone_and_among_others_has_the_same_probabilities(
    bert: Path, exported: Path, rounded: tuple[Path, Comparison]
) -> None:
    """On PyTorch, exported, and exported in 8 bits."""
    for model in (bert, exported, rounded[0].parent):
        verifier = load_verifier(str(model), threads=1)
        together = verifier.predict(SHORT)
        alone = np.concatenate([verifier.predict([pair]) for pair in SHORT])
        np.testing.assert_allclose(together, alone, atol=1e-3)
        assert together.argmax(axis=1).tolist() == alone.argmax(axis=1).tolist()


def test_a_graph_that_computes_something_else_is_refused(
    roberta: Path,
    rounded: tuple[Path, Comparison],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    import onnx

    def wrong(reference: Any, path: Path, template: Any) -> None:
        """A graph with one weight table turned round."""
        model = onnx.load(rounded[0].parent / "verifier.onnx")
        tables = [t for t in model.graph.initializer if len(t.dims) > 1 and t.data_type == 1]
        biggest = max(tables, key=lambda t: int(np.prod(t.dims)))
        values = onnx.numpy_helper.to_array(biggest)
        biggest.CopyFrom(onnx.numpy_helper.from_array(-values, biggest.name))
        onnx.save(model, path)

    monkeypatch.setattr(export, "_write_graph", wrong)
    with pytest.raises(ModelError, match="differs from PyTorch") as caught:
        export_verifier(str(roberta), tmp_path / "out", threads=1)
    assert caught.value.code == "FC529"
    assert list((tmp_path / "out").iterdir()) == []


def test_a_model_whose_labels_have_no_names_is_refused(bert: Path, tmp_path: Path) -> None:
    folder = shutil.copytree(bert, tmp_path / "unnamed")
    config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    config["id2label"] = {str(n): f"LABEL_{n}" for n in range(3)}
    config["label2id"] = {f"LABEL_{n}": n for n in range(3)}
    (folder / "config.json").write_text(json.dumps(config), encoding="utf-8")
    with pytest.raises(ModelError, match="LABEL_0") as caught:
        export_verifier(str(folder), tmp_path / "out")
    assert caught.value.code == "FC526"
    assert "id2label" in (caught.value.hint or "")
    assert not (tmp_path / "out").exists()


def test_a_missing_package_is_named_with_the_extra(
    bert: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(export, "PACKAGES", ("onnx", "no_such_package"))
    with pytest.raises(ModelError, match="not installed: no_such_package") as caught:
        export_verifier(str(bert), tmp_path / "out")
    assert caught.value.code == "FC527"
    assert "factcheck-cli[export]" in (caught.value.hint or "")


def test_what_the_exporter_cannot_do_is_said_in_one_line(
    bert: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: Any) -> None:
        raise RuntimeError("an operator is not known\nwith many more lines")

    monkeypatch.setattr(export, "_write_graph", fails)
    with pytest.raises(ModelError) as caught:
        export_verifier(str(bert), tmp_path / "out", threads=1)
    assert caught.value.code == "FC528"
    assert caught.value.message.endswith("an operator is not known")


def test_the_licence_comes_from_the_head_of_the_readme(tmp_path: Path) -> None:
    assert export._stated_licence(tmp_path) is None
    for text, licence in [
        (README, "mit"),
        ("# no head\nlicense: mit\n", None),
        ("---\nlicense: 'cc-by-4.0'\n---\n", "cc-by-4.0"),
        ("---\nlanguage: en\n---\nlicense: mit\n", None),
    ]:
        (tmp_path / "README.md").write_text(text, encoding="utf-8")
        assert export._stated_licence(tmp_path) == licence
