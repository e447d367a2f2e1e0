"""A student cut out of its teacher: what it keeps, how it is written, how it comes back."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

pytest.importorskip("torch")
pytest.importorskip("onnx")

import torch

from factcheck.models.alignment import TYPES
from training.bert_graph import CLASSIFY
from training.export_weights import compare_with_torch, export_float
from training.narrow import cut_state, narrow_folder, student_config, watch_neurons
from training.packed import read_pack
from training.pairs import Pair
from training.quantise import quantise_bert
from training.readers import load_model
from training.relative import BIAS, bias_table, buckets_of
from training.restore_weights import restore_folder
from training.stream import MicroBatch
from training.word_table import (
    BERT_WORDS,
    WORD_TENSORS,
    WordTable,
    bert_order,
    find_word_table,
    load_words,
    round_words,
    save_words,
)  # fmt: skip

WIDTH, INNER, LAYERS = 24, 48, 4
IDS = np.asarray([[101, 7, 8, 2512, 102, 9, 8, 102], [101, 7, 102, 8, 9, 11, 12, 102]])


@pytest.fixture(scope="module")
def words() -> WordTable:
    rng = np.random.default_rng(3)
    return WordTable(
        rng.integers(0, 256, (BERT_WORDS, WIDTH // 3), dtype=np.uint8),
        rng.normal(0, 1, (WIDTH // 3, 256, 3)).astype(np.float16),
        rng.uniform(0.5, 1.5, BERT_WORDS).astype(np.float16),
    )


@pytest.fixture
def teacher(tmp_path: Path, words: WordTable) -> Path:
    """An MPNet with token types, whose words are already those of the table."""
    from transformers import MPNetConfig, MPNetForSequenceClassification

    torch.manual_seed(7)
    config = MPNetConfig(
        vocab_size=BERT_WORDS + 5, hidden_size=WIDTH, num_hidden_layers=LAYERS,
        num_attention_heads=2, intermediate_size=INNER, num_labels=3, initializer_range=0.2,
        max_position_embeddings=66,
    )  # fmt: skip
    model = MPNetForSequenceClassification(config)
    model.config.type_vocab_size = TYPES
    types = torch.nn.Embedding(TYPES, WIDTH)
    types.weight.data.normal_(0, 0.3)
    model.base_model.embeddings.token_type_embeddings = types
    table = model.base_model.embeddings.word_embeddings.weight.data
    vectors = torch.from_numpy(words.restore())
    table[4 : 4 + BERT_WORDS] = vectors
    table[0], table[2] = vectors[101], vectors[102]
    for layer in model.base_model.encoder.layer:
        torch.nn.init.normal_(layer.output.LayerNorm.weight, mean=1.0, std=0.3)
    model.save_pretrained(tmp_path / "teacher")
    return tmp_path / "teacher"


def write_student(
    teacher: Path, words: WordTable, out: Path, watched: Any, *, layers: tuple[int, ...], inner: int
) -> Path:
    from safetensors.numpy import load_file, save_file

    state = load_file(teacher / "model.safetensors")
    config = json.loads((teacher / "config.json").read_text("utf-8"))
    out.mkdir()
    entries = student_config(config, layers=len(layers), inner=inner)
    (out / "config.json").write_text(json.dumps(entries), encoding="utf-8")
    cut = cut_state(state, watched, words, layers=layers, inner=inner)
    save_file(cut, out / "model.safetensors", metadata={"format": "pt"})
    return out


def unseen() -> list[tuple[np.ndarray, np.ndarray]]:
    return [(np.zeros(INNER), np.ones(INNER)) for _ in range(LAYERS)]


def answer(folder: Path, ids: np.ndarray = IDS) -> np.ndarray:
    model = load_model(folder, frozen_layers=0, device="cpu").eval()
    types = np.arange(ids.size).reshape(ids.shape) % TYPES
    nothing = np.zeros(len(ids), dtype=np.int64)
    with torch.inference_mode():
        pack = [MicroBatch(ids, types, nothing, nothing)]
        return np.asarray(read_pack(model, pack, dtype=torch.float32).numpy())


def batches(count: int = 8) -> list[dict[str, np.ndarray]]:
    rng = np.random.default_rng(5)
    return [
        {
            "input_ids": rng.integers(1000, 9000, (1, 11)),
            "attention_mask": np.ones((1, 11), dtype=np.int32),
            "token_type_ids": rng.integers(0, TYPES, (1, 11)),
        }
        for _ in range(count)
    ]


def test_with_every_layer_and_neuron_it_answers_as_the_teacher_does(
    teacher: Path, words: WordTable, tmp_path: Path
) -> None:
    every = tuple(range(LAYERS))
    student = write_student(teacher, words, tmp_path / "s", unseen(), layers=every, inner=INNER)
    model = load_model(teacher, frozen_layers=0, device="cpu").eval()
    theirs = np.where(IDS == 101, 0, np.where(IDS == 102, 2, IDS + 4))
    types = torch.from_numpy(np.arange(IDS.size).reshape(IDS.shape) % TYPES)
    tables = model.base_model.embeddings
    with torch.inference_mode():
        # transformers' own forward pass; the types, which it does not know, go in with the words.
        vectors = tables.word_embeddings(torch.from_numpy(theirs))
        expected = model(inputs_embeds=vectors + tables.token_type_embeddings(types)).logits

    np.testing.assert_allclose(answer(student), expected.numpy(), atol=2e-5)


def test_neurons_that_never_vary_are_cut_first_and_their_mean_is_kept(
    teacher: Path, words: WordTable, tmp_path: Path
) -> None:
    from safetensors.numpy import load_file

    state = load_file(teacher / "model.safetensors")
    rng = np.random.default_rng(1)
    still = rng.permutation(INNER)[: INNER // 2]
    spread = np.ones(INNER)
    spread[still] = 0
    watched = [(rng.normal(size=INNER), spread) for _ in range(LAYERS)]

    cut = cut_state(state, watched, words, layers=(0, 2), inner=INNER // 2)

    outgoing = state["mpnet.encoder.layer.2.output.dense.weight"]
    np.testing.assert_array_equal(
        cut["bert.encoder.layer.1.output.dense.weight"],
        np.delete(outgoing, still, axis=1),
    )
    np.testing.assert_allclose(
        cut["bert.encoder.layer.1.output.dense.bias"],
        state["mpnet.encoder.layer.2.output.dense.bias"]
        + outgoing[:, still] @ watched[2][0][still],
        atol=1e-5,
    )


@pytest.fixture
def mix(tmp_path: Path, tokenizer_file: Path) -> Path:
    from training.mix import write_mix

    pairs = [
        Pair(evidence=f"a b {letter} d", claim=f"{letter} e", label="NEI", source="made")
        for letter in "abcdefghij"
    ]
    write_mix(pairs, tokenizer_file, tmp_path / "mix", 32)
    return tmp_path / "mix"


def test_a_folder_is_cut_from_what_its_neurons_do_on_real_pairs(
    teacher: Path, words: WordTable, mix: Path, tmp_path: Path
) -> None:
    narrow_folder(teacher, mix, words, tmp_path / "s", layers=(0, 3), inner=16)
    model = load_model(tmp_path / "s", frozen_layers=0, device="cpu")

    assert len(model.bert.encoder.layer) == 2
    assert model.bert.encoder.layer[0].intermediate.dense.weight.shape == (16, WIDTH)
    assert not getattr(model.bert.encoder, BIAS).weight.requires_grad
    watched = watch_neurons(teacher, mix)
    assert len(watched) == LAYERS
    assert all(spread.min() >= 0 and spread.max() > 0 for _, spread in watched)


def test_a_checkpoint_keeps_the_bias_and_the_words(
    teacher: Path, words: WordTable, tmp_path: Path
) -> None:
    from safetensors.numpy import load_file

    student = write_student(teacher, words, tmp_path / "s", unseen(), layers=(1, 3), inner=16)
    load_model(student, frozen_layers=0, device="cpu").save_pretrained(tmp_path / "saved")

    np.testing.assert_array_equal(answer(tmp_path / "saved"), answer(student))
    kept = find_word_table(load_file(tmp_path / "saved" / "model.safetensors"), "bert.embeddings.")
    assert kept is not None
    for ours, theirs in zip(kept.tensors("").values(), words.tensors("").values(), strict=True):
        np.testing.assert_array_equal(ours, theirs)


def test_the_graph_gives_the_numbers_of_torch_and_int8_comes_back(
    teacher: Path, words: WordTable, tmp_path: Path
) -> None:
    import onnxruntime

    student = write_student(teacher, words, tmp_path / "s", unseen(), layers=(0, 2, 3), inner=32)
    export_float(student, tmp_path / "float.onnx", head=CLASSIFY)
    assert compare_with_torch(student, tmp_path / "float.onnx", batches(), head=CLASSIFY) < 1e-4

    quantise_bert(tmp_path / "float.onnx", tmp_path / "int8.onnx", batches(40))
    session = onnxruntime.InferenceSession(
        str(tmp_path / "int8.onnx"), providers=["CPUExecutionProvider"]
    )
    types = (np.arange(IDS.size).reshape(IDS.shape) % TYPES).astype(np.int64)
    mask = np.ones(IDS.shape, np.int32)
    feeds = {"input_ids": IDS, "attention_mask": mask, "token_type_ids": types}
    rounded = session.run(None, feeds)[0]
    whole = answer(student)
    assert np.abs(rounded - whole).max() < 0.1 * np.abs(whole).max() + 0.05
    for row in range(len(IDS)):
        alone = session.run(None, {name: values[row : row + 1] for name, values in feeds.items()})
        np.testing.assert_allclose(alone[0][0], rounded[row], atol=1e-5)

    restore_folder(tmp_path / "int8.onnx", student, tmp_path / "back")
    np.testing.assert_allclose(answer(tmp_path / "back"), rounded, atol=0.05)


def test_buckets_are_those_of_mpnet() -> None:
    from transformers.models.mpnet.modeling_mpnet import MPNetEncoder

    distances = np.arange(-300, 301)
    expected = MPNetEncoder.relative_position_bucket(torch.from_numpy(distances), num_buckets=32)
    np.testing.assert_array_equal(buckets_of(distances, 32), expected.numpy())


def test_the_bias_of_a_distance_stands_in_its_row() -> None:
    table = np.arange(64, dtype=np.float32).reshape(32, 2)
    spread = bias_table(table, 10)
    assert spread.shape == (19, 2)
    np.testing.assert_array_equal(spread[9 - 3], table[3])
    np.testing.assert_array_equal(spread[9 + 3], table[16 + 3])


def test_words_are_rounded_to_near_what_they_were(tmp_path: Path) -> None:
    rng = np.random.default_rng(2)
    table = rng.normal(size=(1500, 6)).astype(np.float32)
    rounded = round_words(table)

    assert rounded.codes.shape == (1500, 2)
    error = np.square(rounded.restore() - table).sum() / np.square(table).sum()
    assert 0 < error < 0.05
    save_words(rounded, tmp_path / "words.npz")
    np.testing.assert_array_equal(load_words(tmp_path / "words.npz").restore(), rounded.restore())
    assert find_word_table({}, "") is None
    np.savez(tmp_path / "other.npz", other=table)
    with pytest.raises(ValueError, match="no word table"):
        load_words(tmp_path / "other.npz")


def test_an_average_of_checkpoints_keeps_the_codes(words: WordTable) -> None:
    as_floats = {
        name: np.asarray(values, dtype=np.float32) + np.float32(1e-6)
        for name, values in words.tensors("").items()
    }
    found = find_word_table(as_floats, "")
    assert found is not None and tuple(as_floats) == WORD_TENSORS
    np.testing.assert_array_equal(found.codes, words.codes)


def test_words_of_an_mpnet_come_in_the_order_of_bert() -> None:
    table = np.arange(BERT_WORDS + 5, dtype=np.float32)[:, None]
    ordered = bert_order(table)[:, 0]
    assert len(ordered) == BERT_WORDS
    # [PAD], [CLS], [SEP] and [MASK] are MPNet's own; everything else stands four later.
    assert [ordered[n] for n in (0, 101, 102, 103)] == [1, 0, 2, 30526]
    assert ordered[2003] == 2007
