"""What a larger reader needs: its own table of types, open pairs, and pieces that travel."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from factcheck.models.alignment import TYPES
from training.grow import grow_folder
from training.packed import read_gathered, read_pack
from training.pairs import OPEN, Pair
from training.pieces import join, pack, quantise, restore
from training.progress import Settings
from training.readers import load_model
from training.soft_labels import label_mix, main, mean_answers
from training.stream import MicroBatch, Mix
from training.token_types import write_types
from training.train import Run
from training.unlabelled import Asked, Passage, open_pairs, sentences_as_claims

torch = pytest.importorskip("torch")

PLAIN = np.asarray([[0, 0, 0, 0, 1, 1], [0, 0, 0, 1, 1, 1]])
IDS = np.asarray([[101, 7, 8, 102, 9, 102], [101, 7, 102, 8, 9, 102]])
NOTHING = np.zeros(2, dtype=np.int64)


def logits(folder: Path, types: np.ndarray):
    model = load_model(folder, frozen_layers=0, device="cpu")
    batch = MicroBatch(IDS, types, NOTHING, NOTHING)
    return model, read_pack(model, [batch], dtype=torch.float32)


def test_a_teacher_is_given_token_types_that_add_nothing_at_first_and_are_kept(
    teacher: Path, tmp_path: Path
):
    grow_folder(teacher, tmp_path / "grown", types=True, copied=[])
    _, before = logits(teacher, PLAIN)
    model, after = logits(tmp_path / "grown", PLAIN + 2)
    torch.testing.assert_close(after, before)

    table = model.base_model.embeddings.token_type_embeddings.weight
    assert table.shape == (TYPES, 64)
    with torch.no_grad():
        table[2:4] += torch.randn(2, 64)
    model.save_pretrained(tmp_path / "saved")
    _, learnt = logits(tmp_path / "saved", PLAIN + 2)
    _, other = logits(tmp_path / "saved", PLAIN)
    assert not torch.allclose(learnt, before)
    torch.testing.assert_close(other, before)


def test_reading_by_groups_gives_every_pair_its_own_answer(teacher: Path):
    model = load_model(teacher, frozen_layers=0, device="cpu")
    rows = [np.asarray([101, 7, *range(8, 8 + i % 3), 102, 9, 102]) for i in range(11)]

    def gather(chosen: list[int]) -> MicroBatch:
        ids = np.stack([rows[i] for i in chosen])
        types = np.zeros_like(ids)
        types[:, -2:] = 1
        return MicroBatch(ids, types, NOTHING[: len(ids)], NOTHING[: len(ids)])

    lengths = [len(row) for row in rows]
    together = read_gathered(model, lengths, gather, dtype=torch.float32, tokens=20, size=2)
    for place in range(len(rows)):
        with torch.no_grad():
            alone = read_pack(model, [gather([place])], dtype=torch.float32).numpy()
        np.testing.assert_allclose(together[place], alone[0], atol=1e-5)


@pytest.fixture
def open_mix(tmp_path: Path, tokenizer_file: Path) -> Path:
    from training.mix import write_mix

    letters = "abcdefghij"
    pairs = [
        Pair(
            evidence=" ".join(letters[i % 5 : i % 5 + 3]),
            claim=letters[i],
            label=OPEN if i % 2 else "REFUTES",
            source="x",
        )
        for i in range(8)
    ]
    write_mix(pairs, tokenizer_file, tmp_path / "mix", 20)
    return tmp_path / "mix"


def test_pairs_nobody_labelled_teach_only_what_the_teacher_answers(start: Path, open_mix: Path):
    def gradients(settings: Settings, members: list[int]) -> float:
        run = Run(load_model(start, frozen_layers=0, device="cpu"), settings, device="cpu")
        run.dtype = torch.float32
        mix = Mix(open_mix)
        batches = [mix.gather([member]) for member in members]
        run.accumulate(batches, len(members))
        weight = run.model.classifier.weight
        return float(weight.grad.abs().sum())

    label_mix(open_mix, load_model(start, frozen_layers=0, device="cpu"), workers=1,
              dtype=torch.float32)  # fmt: skip
    shifted = np.load(open_mix / "soft.npy") + np.asarray([2, 0, 0], dtype=np.float16)
    np.save(open_mix / "soft.npy", shifted)
    hard = Settings(batch=8, micro=4, warmup_steps=2)
    assert gradients(hard, [1, 3]) == 0
    assert gradients(hard, [0, 2]) > 0
    assert gradients(replace(hard, soft_share=0.7), [1, 3]) > 0


def test_the_share_of_right_answers_counts_labelled_pairs_alone(start: Path, open_mix: Path):
    run = Run(load_model(start, frozen_layers=0, device="cpu"), Settings(), device="cpu")
    mix = Mix(open_mix)
    with torch.no_grad():
        run.model.classifier.bias[:] = torch.tensor([0.0, 50.0, 0.0])
    _, right = run.step([mix.gather([member]) for member in range(4)])
    assert float(right) == 1.0


def test_types_written_beforehand_are_those_of_the_pairs(tmp_path: Path):
    from factcheck.models.registry import ORDERED, WEIGHTS_FOLDER
    from training.mix import write_mix
    from training.token_types import types_named

    pairs = [
        Pair(evidence="Police counted 2,512 people.", claim="Over 2,500 people came.",
             label="SUPPORTS", source="x"),
        Pair(evidence="It rained in Oslo all day.", claim="Oslo was dry.", label="REFUTES",
             source="x"),
    ]  # fmt: skip
    write_mix(pairs, WEIGHTS_FOLDER / "tokenizer.json", tmp_path / "mix", 40)
    fresh = [Mix(tmp_path / "mix", types_named(ORDERED)).gather([m]).types for m in (0, 1)]
    write_types(tmp_path / "mix", workers=1, part=1)
    stored = Mix(tmp_path / "mix", types_named(ORDERED))
    assert stored.types is not None
    for member in (0, 1):
        np.testing.assert_array_equal(stored.gather([member]).types, fresh[member])
    assert Mix(tmp_path / "mix").gather([0]).types.max() == 1


def test_a_shipped_verifier_answers_a_mix_as_it_reads_the_texts(tmp_path: Path):
    from factcheck.models.onnx import OnnxVerifier
    from factcheck.models.registry import WEIGHTS_FOLDER, read_card
    from training.mix import write_mix

    texts = [
        ("The miner sued the bank.", "The bank sued the miner."),
        ("It killed 2,512 people in March.", "It killed over 2,500."),
    ]
    pairs = [Pair(evidence=e, claim=c, label="NEI", source="x") for e, c in texts]
    write_mix(pairs, WEIGHTS_FOLDER / "tokenizer.json", tmp_path / "mix", 40)
    verifier = OnnxVerifier(read_card(WEIGHTS_FOLDER / "verifier.json"), threads=1)
    label_mix(tmp_path / "mix", verifier, workers=1, dtype=None)

    mix = Mix(tmp_path / "mix")
    order = {tuple(mix.texts(row)[1]): row for row in (0, 1)}
    assert len(order) == 2
    answers = np.load(tmp_path / "mix" / "soft.npy").astype(np.float32)
    answers, known = (sorted(rows.tolist()) for rows in (answers, verifier.logits(texts)))
    np.testing.assert_allclose(answers, known, atol=5e-3)


@pytest.mark.parametrize("steps", [127, 31])
def test_rounded_weights_stay_within_a_step_of_their_group(steps: int):
    weight = np.random.default_rng(1).normal(size=(6, 128)).astype(np.float32)
    back = restore(*quantise(weight, steps=steps))
    step = np.abs(weight.reshape(6, 2, 64)).max(axis=-1).repeat(64).reshape(6, 128) / steps
    assert (np.abs(back - weight) <= 0.51 * step + 1e-6).all()


@pytest.mark.parametrize("exact", [False, True])
def test_a_folder_travels_in_pieces(teacher: Path, tmp_path: Path, exact: bool):
    from safetensors.numpy import load_file

    pieces = pack(teacher, tmp_path / "carried", megabytes=0.03, exact=exact)
    assert len(pieces) > 2
    join(tmp_path / "carried", tmp_path / "back")
    before = load_file(teacher / "model.safetensors")
    after = load_file(tmp_path / "back" / "model.safetensors")
    assert set(after) == set(before)
    for name, weight in before.items():
        np.testing.assert_allclose(after[name], weight, atol=3e-3 if weight.size else 0)
    load_model(tmp_path / "back", frozen_layers=0, device="cpu")


@pytest.mark.parametrize("named", [".", "model.safetensors"])
def test_weights_left_behind_come_from_another_folder(teacher: Path, tmp_path: Path, named: str):
    pack(teacher, tmp_path / "carried", megabytes=9, exact=True, without=["word_embeddings"])
    join(tmp_path / "carried", tmp_path / "back", rest=teacher / named)
    _, before = logits(teacher, PLAIN)
    _, after = logits(tmp_path / "back", PLAIN)
    torch.testing.assert_close(after, before, atol=2e-3, rtol=0)
    (tmp_path / "carried" / "piece-0.npz").unlink()
    with pytest.raises(FileNotFoundError):
        join(tmp_path / "carried", tmp_path / "back")


def test_open_pairs_leave_out_a_claims_own_evidence():
    pytest.importorskip("bm25s")
    passages = [
        Passage("The Vik lighthouse burned down in 1911.", "Vik", "a"),
        Passage("The Vik lighthouse was built by monks.", "Vik", "b"),
        Passage("A lighthouse stands at Vik since 1880.", "", "c"),
        Passage("Fishing feeds the village of Dal.", "Dal", "d"),
    ]
    asked = [Asked("The Vik lighthouse burned down.", "a"), *sentences_as_claims(
        passages, 1, random.Random(1))]  # fmt: skip
    pairs = list(open_pairs(passages, asked, random.Random(4), source="t"))
    assert {pair.label for pair in pairs} == {OPEN} and {p.source for p in pairs} == {"open_t"}
    own = [pair for pair in pairs if pair.claim == asked[0].claim]
    assert 1 <= len(own) <= 2
    assert not any("1911" in pair.evidence for pair in own)
    assert all(pair.claim not in pair.evidence for pair in pairs)


def test_several_readers_answer_with_the_mean_of_their_probabilities():
    sure, torn = np.asarray([[6.0, 0.0, 0.0]]), np.asarray([[0.0, 0.0, 0.0]])
    mean = mean_answers([sure, torn]).astype(float)
    shares = np.exp(mean) / np.exp(mean).sum()
    assert shares[0, 0] == pytest.approx((np.exp(6) / (np.exp(6) + 2) + 1 / 3) / 2, abs=2e-3)
    assert mean.sum() == pytest.approx(0, abs=1e-2)


def test_a_mean_is_on_the_scale_of_the_first_reader_and_nothing_stays_nothing():
    logits = np.asarray([[2.0, -1.0, -1.0], [np.nan] * 3])
    mean = mean_answers([logits, 2 * logits], [1.5, 3.0]).astype(float)
    np.testing.assert_allclose(mean[0], logits[0], atol=5e-3)
    assert np.isnan(mean[1]).all()


def test_several_readers_go_on_where_they_were_stopped(open_mix: Path, start: Path):
    count = len(Mix(open_mix))
    sure = np.tile(np.asarray([[9.0, 0.0, 0.0]], dtype=np.float16), (count, 1))
    np.save(open_mix / "soft-1.npy", sure)  # the first had answered

    main([str(start), str(start), "--mix", str(open_mix), "--workers", "1"])

    found = np.load(open_mix / "soft.npy")
    assert found.shape == (count, 3) and (found.argmax(axis=1) == 0).all()
    label_mix(open_mix, load_model(start, frozen_layers=0, device="cpu"), workers=1,
              dtype=torch.float32)  # fmt: skip
    expected = mean_answers([sure, np.load(open_mix / "soft.npy")])
    np.testing.assert_allclose(found.astype(float), expected.astype(float), atol=0.05)
    assert not list(open_mix.glob("soft-*"))
