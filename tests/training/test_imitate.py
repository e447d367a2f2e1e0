"""A teacher that reads along: its states at the pupil's tokens, and pupils that come nearer."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from training import imitate
from training.imitate import LIKENESS_ENDS, Pupil, Teacher, compared_layers
from training.packed import mpnet_tokens, read_pack, shared_places
from training.pairs import OPEN_ID
from training.progress import Settings
from training.readers import load_model
from training.stream import MicroBatch, Mix, MixWriter
from training.train import Run

torch = pytest.importorskip("torch")

ROWS = [[101, 7, 8, 102, 9, 102], [101, 7, 102, 8, 9, 102]]
TYPES = [[0, 0, 0, 0, 1, 1], [0, 0, 0, 1, 1, 1]]


def batch_of(rows: list[list[int]], types: list[list[int]]) -> MicroBatch:
    nothing = np.full(len(rows), OPEN_ID, dtype=np.int64)
    return MicroBatch(np.asarray(rows), np.asarray(types), nothing, nothing)


@pytest.fixture
def beginner(tmp_path: Path) -> Path:
    from transformers import BertConfig, BertForSequenceClassification

    torch.manual_seed(4)
    config = BertConfig(
        vocab_size=120, hidden_size=32, num_hidden_layers=4, num_attention_heads=2,
        intermediate_size=64, num_labels=3,
    )  # fmt: skip
    BertForSequenceClassification(config).save_pretrained(tmp_path / "beginner")
    return tmp_path / "beginner"


@pytest.fixture
def mix_folder(tmp_path: Path) -> Path:
    rng = np.random.default_rng(5)
    writer = MixWriter(tmp_path / "mix", ["x"])
    for number in range(160):
        middle = 2 + number % 3
        ids = [101, *rng.integers(104, 115, middle), 102, *rng.integers(104, 115, 2), 102]
        writer.write(ids, middle + 2, number % 4, 0)
    writer.close({"x": 160})
    return tmp_path / "mix"


def make(teacher: Path, beginner: Path, folder: Path, *, likeness: float) -> tuple[Teacher, Pupil]:
    above = Teacher(load_model(teacher, frozen_layers=0, device="cpu"), torch.float32)
    settings = Settings(
        rate=2e-3, warmup_steps=1, batch=32, micro=16, chunk=160, soft_share=1.0, decay_minutes=60
    )
    run = Run(load_model(beginner, frozen_layers=0, device="cpu"), settings, device="cpu")
    run.dtype = torch.float32
    run.progress.mix, run.progress.decay_from = "mix", 0
    return above, Pupil(run, above, likeness=likeness, checkpoint=folder)


def test_the_teachers_tokens_at_shared_places_are_the_pupils_own():
    batch = batch_of(ROWS, TYPES)
    longer = mpnet_tokens(batch)
    kept = longer.ids.reshape(-1)[shared_places([batch])].reshape(2, -1)
    words = batch.ids < 101
    np.testing.assert_array_equal(kept[words] - 4, batch.ids[words])
    assert kept.shape == batch.ids.shape


def test_states_are_those_between_the_layers(beginner: Path):
    model = load_model(beginner, frozen_layers=0, device="cpu")
    batch = batch_of(ROWS, TYPES)
    seen: dict = {2: None}
    read_pack(model, [batch], dtype=torch.float32, seen=seen)
    ids, types = torch.from_numpy(batch.ids), torch.from_numpy(batch.types)
    known = model(input_ids=ids, token_type_ids=types, output_hidden_states=True).hidden_states[2]
    torch.testing.assert_close(seen[2], known.reshape(-1, 32), atol=1e-5, rtol=1e-4)


def test_the_teachers_states_are_those_between_its_layers(deep_teacher: Path):
    model = load_model(deep_teacher, frozen_layers=0, device="cpu")
    batch = batch_of(ROWS, TYPES)
    seen: dict = {3: None}
    read_pack(model, [batch], dtype=torch.float32, seen=seen)
    ids = torch.from_numpy(mpnet_tokens(batch).ids)
    known = model(input_ids=ids, output_hidden_states=True).hidden_states[3].reshape(-1, 64)
    torch.testing.assert_close(seen[3], known[shared_places([batch])], atol=1e-5, rtol=1e-4)


@pytest.mark.parametrize(
    ("count", "layers"), [(12, [3, 6, 9]), (6, [2, 3, 4]), (11, [3, 6, 8]), (4, [1, 2, 3])]
)
def test_readers_of_any_depth_are_compared_at_as_many_places(count: int, layers: list[int]):
    assert compared_layers(count) == layers


def test_pupils_come_nearer_in_answers_and_in_states(
    deep_teacher: Path, beginner: Path, mix_folder: Path, tmp_path: Path
):
    above, pupil = make(deep_teacher, beginner, tmp_path / "run", likeness=1.0)
    mix = Mix(mix_folder)
    lengths = mix.offsets[1:] - mix.offsets[:-1]
    pack = [mix.gather([int(row) for row in np.flatnonzero(lengths == 7)])]

    def distances() -> tuple[float, float]:
        answers = above.answer(pack, states=True)
        seen: dict = dict.fromkeys(pupil.layers)
        with torch.no_grad():
            logits = read_pack(pupil.run.model, pack, dtype=torch.float32, seen=seen)
            apart = float(pupil.unlikeness(list(seen.values()), answers))
        return float((logits - answers.logits).square().mean()), apart

    before = distances()
    assert not imitate.imitate([pupil], above, mix, minutes=60, max_steps=60)
    after = distances()
    assert before[1] == pytest.approx(1.0, abs=0.01)
    assert after[0] < before[0]
    assert after[1] < 0.9 * before[1]
    assert (tmp_path / "run" / "model.safetensors").exists()


def test_states_count_less_and_less_and_then_nothing(
    deep_teacher: Path, beginner: Path, tmp_path: Path
):
    _, pupil = make(deep_teacher, beginner, tmp_path / "run", likeness=2.0)
    assert pupil.weight == 2.0
    pupil.run.progress.decay_seconds = 3600 * LIKENESS_ENDS / 2
    assert pupil.weight == pytest.approx(1.0)
    pupil.run.progress.decay_seconds = 3600 * 0.8
    assert pupil.weight == 0.0


def test_two_pupils_share_one_teacher_and_both_are_saved_and_go_on(
    deep_teacher: Path, beginner: Path, mix_folder: Path, tmp_path: Path
):
    def call(steps: int) -> None:
        imitate.main(
            [str(deep_teacher), "--mix", str(mix_folder), "--start", str(beginner), str(beginner),
             "--out", str(tmp_path / "a"), str(tmp_path / "b"), "--rate", "1e-3", "2e-3",
             "--batch", "32", "--micro", "16", "--chunk", "160", "--decay-minutes", "60",
             "--max-steps", str(steps)]
        )  # fmt: skip

    call(2)
    call(4)
    for name in ("a", "b"):
        model = load_model(tmp_path / name, frozen_layers=0, device="cpu")
        run = Run(model, Settings(), device="cpu")
        run.restore(tmp_path / name)
        assert run.progress.step == 4
        assert run.progress.pairs >= 4 * 32


def test_a_pupil_must_read_the_tokens_of_the_mix(
    deep_teacher: Path, mix_folder: Path, tmp_path: Path
):
    with pytest.raises(SystemExit, match="a pupil is a BERT"):
        imitate.main(
            [str(deep_teacher), "--mix", str(mix_folder), "--start", str(deep_teacher), "--out",
             str(tmp_path / "a"), "--decay-minutes", "1"]
        )  # fmt: skip
