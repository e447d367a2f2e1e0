from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from training.packed import HiddenDropout, mpnet_tokens, pack_groups, read_pack
from training.pairs import OPEN_ID, Pair
from training.progress import Progress, Settings, rate_at
from training.readers import load_model
from training.soft_labels import label_mix
from training.stream import MicroBatch, Mix
from training.train import Run, plan_of, run_training

torch = pytest.importorskip("torch")


@pytest.fixture
def mix(tmp_path: Path, tokenizer_file: Path) -> Mix:
    from training.mix import write_mix

    letters = "abcdefghij"
    pairs = [
        Pair(
            evidence=" ".join(letters[i % 7 : i % 7 + 2 + i % 3]),
            claim=letters[i % 10],
            label=("SUPPORTS", "REFUTES", "NEI")[i % 3],
            source="xy"[i % 2],
        )
        for i in range(120)
    ]
    write_mix(pairs, tokenizer_file, tmp_path / "mix", 20)
    return Mix(tmp_path / "mix")


SETTINGS = Settings(batch=8, micro=4, chunk=60, warmup_steps=2, rate=1e-2)


def make_run(folder: Path, *, workers: int = 1, frozen_layers: int = 0) -> Run:
    model = load_model(folder, frozen_layers=frozen_layers, device="cpu")
    return Run(model, SETTINGS, device="cpu", workers=workers)


def train(run: Run, mix: Mix, checkpoint: Path, steps: int) -> bool:
    return run_training(run, mix, checkpoint=checkpoint, copy_to=None, minutes=60, max_steps=steps)


def weights(run: Run) -> dict[str, np.ndarray]:
    return {name: value.detach().numpy() for name, value in run.model.named_parameters()}


def test_a_stopped_and_resumed_run_ends_with_the_same_weights(
    start: Path, mix: Mix, tmp_path: Path
):
    whole = make_run(start)
    train(whole, mix, tmp_path / "whole", 9)
    first = make_run(start)
    train(first, mix, tmp_path / "parts", 4)
    resumed = make_run(tmp_path / "parts")
    resumed.restore(tmp_path / "parts")
    assert resumed.progress.step == 4
    train(resumed, mix, tmp_path / "parts", 9)
    assert resumed.progress.pairs == whole.progress.pairs
    for name, value in weights(whole).items():
        np.testing.assert_array_equal(value, weights(resumed)[name], err_msg=name)


def test_two_workers_find_the_gradients_of_one(start: Path, mix: Mix, tmp_path: Path):
    batches = [mix.gather([i]) for i in range(6)]
    one, two = make_run(start), make_run(start, workers=2)
    one.dtype = two.dtype = torch.float32
    one.accumulate(batches, 6)
    two.accumulate(batches, 6)
    for left, right in zip(one.model.parameters(), two.model.parameters(), strict=True):
        if left.grad is not None:
            torch.testing.assert_close(left.grad, right.grad, atol=1e-5, rtol=1e-3)


def test_frozen_layers_and_word_embeddings_do_not_move(start: Path, mix: Mix, tmp_path: Path):
    run = make_run(start, frozen_layers=1)
    before = {name: value.copy() for name, value in weights(run).items()}
    train(run, mix, tmp_path / "run", 3)
    moved = {name for name, value in weights(run).items() if (value != before[name]).any()}
    assert moved
    assert not any("embeddings" in name or "layer.0" in name for name in moved)
    assert any("layer.1" in name for name in moved)


def test_a_checkpoint_is_copied_outside_and_replaces_the_one_before(
    start: Path, mix: Mix, tmp_path: Path
):
    run = make_run(start)
    (tmp_path / "kept").mkdir()
    for steps in (1, 2):
        run_training(
            run, mix, checkpoint=tmp_path / "run", copy_to=tmp_path / "kept", minutes=60,
            max_steps=steps,
        )  # fmt: skip
    again = make_run(tmp_path / "kept" / "run")
    again.restore(tmp_path / "kept" / "run")
    assert again.progress.step == run.progress.step
    assert sorted(path.name for path in tmp_path.iterdir() if path.name.startswith("run")) == [
        "run"
    ]


def test_the_rate_warms_up_stays_and_falls_to_zero():
    settings = Settings(rate=1.0, warmup_steps=4, decay_steps=10)
    assert rate_at(settings, Progress(step=0)) == 0.25
    assert rate_at(settings, Progress(step=50)) == 1.0
    assert rate_at(settings, Progress(step=55, decay_from=50)) == 0.5
    assert rate_at(settings, Progress(step=60, decay_from=50)) == 0.0
    by_clock = Settings(rate=1.0, warmup_steps=4, decay_minutes=2)
    assert rate_at(by_clock, Progress(step=9, decay_from=5, decay_seconds=30)) == 0.75


def test_a_decay_longer_than_the_mix_goes_on_with_another_pass(
    start: Path, mix: Mix, tmp_path: Path
):
    settings = replace(SETTINGS, decay_steps=22)
    run = Run(load_model(start, frozen_layers=0, device="cpu"), settings, device="cpu")
    run.progress.mix, run.progress.decay_from = "mix", 0
    one_pass = len(list(plan_of(settings, run.progress, mix)))
    assert one_pass < 22 < 2 * one_pass
    assert not train(run, mix, tmp_path / "run", one_pass + 2)

    resumed = Run(load_model(tmp_path / "run", frozen_layers=0, device="cpu"), settings,
                  device="cpu")  # fmt: skip
    resumed.restore(tmp_path / "run")
    assert (resumed.progress.mix, resumed.progress.mix_step) == ("mix pass 2", 2)
    assert train(resumed, mix, tmp_path / "run", 0)
    assert (resumed.progress.step, rate_at(settings, resumed.progress)) == (22, 0.0)


def test_packs_give_the_logits_of_the_model_itself(start: Path, mix: Mix):
    model = load_model(start, frozen_layers=0, device="cpu")
    batches = [mix.gather([i, i + 21]) for i in (0, 1, 2)]
    packs = pack_groups(batches, workers=2, tokens=20)
    assert sum(len(pack) for pack in packs) == 3
    for pack in packs:
        whole = [
            model(
                input_ids=torch.from_numpy(batch.ids), token_type_ids=torch.from_numpy(batch.types)
            ).logits
            for batch in pack
        ]
        torch.testing.assert_close(read_pack(model, pack, dtype=torch.float32), torch.cat(whole))


def test_packs_of_another_family_give_the_logits_of_the_model_itself(teacher: Path):
    model = load_model(teacher, frozen_layers=0, device="cpu")
    ids = np.asarray([[101, 7, 8, 102, 9, 102], [101, 7, 102, 8, 9, 102]])
    types = np.asarray([[0, 0, 0, 0, 1, 1], [0, 0, 0, 1, 1, 1]])
    batch = MicroBatch(ids, types, np.zeros(2, dtype=np.int64), np.zeros(2, dtype=np.int64))
    expected = [[0, 11, 12, 2, 2, 13, 2], [0, 11, 2, 2, 12, 13, 2]]
    assert mpnet_tokens(batch).ids.tolist() == expected
    whole = model(input_ids=torch.tensor(expected)).logits
    torch.testing.assert_close(read_pack(model, [batch], dtype=torch.float32), whole)


def test_a_teachers_answers_are_kept_by_block_and_pull_the_reader(
    start: Path, mix: Mix, tmp_path: Path
):
    model = load_model(start, frozen_layers=0, device="cpu").eval()
    label_mix(tmp_path / "mix", model, workers=1, dtype=torch.float32)
    taught = Mix(tmp_path / "mix")
    some = taught.gather([5])
    assert some.soft is not None
    with torch.no_grad():
        again = read_pack(model, [some], dtype=torch.float32).numpy()
    np.testing.assert_allclose(some.soft, again, atol=1e-3)
    settings = replace(SETTINGS, soft_share=1.0)
    run = Run(load_model(start, frozen_layers=0, device="cpu"), settings, device="cpu")
    run.dtype = torch.float32
    assert run.accumulate([taught.gather([i]) for i in range(5)], 5)[0] == pytest.approx(
        0, abs=1e-4
    )


def test_what_a_reader_is_to_unlearn_is_answered_by_its_label(
    start: Path, mix: Mix, tmp_path: Path
):
    model = load_model(start, frozen_layers=0, device="cpu").eval()
    label_mix(tmp_path / "mix", model, workers=1, dtype=torch.float32)
    asked = np.load(tmp_path / "mix" / "soft.npy")
    own = mix.sources[0]
    label_mix(tmp_path / "mix", model, workers=1, dtype=torch.float32, own=[own])
    answers = np.load(tmp_path / "mix" / "soft.npy")
    kept = np.asarray(mix.source_ids) == 0
    assert (answers[kept].argmax(1) == np.asarray(mix.labels)[kept]).all()
    np.testing.assert_allclose(answers[~kept], asked[~kept], atol=5e-3)


def test_pairs_without_an_answer_are_taught_by_their_label_alone(
    start: Path, mix: Mix, tmp_path: Path
):
    model = load_model(start, frozen_layers=0, device="cpu").eval()
    label_mix(tmp_path / "mix", model, workers=1, dtype=torch.float32, alone=[mix.sources[0]])
    taught = Mix(tmp_path / "mix")
    unanswered = np.flatnonzero(np.asarray(mix.source_ids) == 0)
    assert np.isnan(np.load(tmp_path / "mix" / "soft.npy")[unanswered]).all()

    def loss(members: list[int], share: float) -> float:
        settings = replace(SETTINGS, soft_share=share)
        run = Run(load_model(start, frozen_layers=0, device="cpu"), settings, device="cpu")
        run.dtype = torch.float32
        return float(run.accumulate([taught.gather([i]) for i in members], len(members))[0])

    alone = unanswered[:3].tolist()
    answered = np.flatnonzero(np.asarray(mix.source_ids) != 0)[:2].tolist()
    assert loss(alone, 0.7) == pytest.approx(loss(alone, 0.0))
    assert loss(alone + answered, 0.7) == pytest.approx(
        loss(alone, 0.0) + 0.3 * loss(answered, 0.0), abs=1e-3
    )


def test_another_teacher_answers_anew(start: Path, mix: Mix, tmp_path: Path):
    model = load_model(start, frozen_layers=0, device="cpu").eval()
    label_mix(tmp_path / "mix", model, workers=1, dtype=torch.float32)
    before = np.load(tmp_path / "mix" / "soft.npy")
    with torch.no_grad():
        model.classifier.bias += 1.0
    label_mix(tmp_path / "mix", model, workers=1, dtype=torch.float32)
    np.testing.assert_allclose(np.load(tmp_path / "mix" / "soft.npy"), before + 1, atol=5e-3)


def test_a_mix_without_anything_to_learn_ends_with_a_reason(start: Path, mix: Mix, tmp_path: Path):
    mix.labels[:] = OPEN_ID
    settings = replace(SETTINGS, decay_steps=5)
    run = Run(load_model(start, frozen_layers=0, device="cpu"), settings, device="cpu")
    run.progress.decay_from = 0
    with pytest.raises(SystemExit, match=r"soft\.npy"):
        train(run, mix, tmp_path / "run", 0)


def test_dropout_drops_its_share_scales_the_rest_and_leaves_the_mean():
    drop = HiddenDropout(0.1, device="cpu", dtype=torch.float32, seed=3)
    dropped = drop(torch.ones(500, 384))
    assert sorted(set(dropped.unique().tolist())) == pytest.approx([0.0, 1 / 0.9])
    assert float((dropped == 0).float().mean()) == pytest.approx(0.1, abs=0.005)
    assert float(dropped.mean()) == pytest.approx(1.0, abs=0.01)
    assert not torch.equal(dropped, drop(torch.ones(500, 384)))
