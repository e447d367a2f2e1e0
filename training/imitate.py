"""Train readers to answer, and at first to think, as a larger one does, which reads along.

    python -m training.imitate .train/teacher --mix .train/mix-1 --start .train/l6 .train/l12 \\
        --out .train/run-l6 .train/run-l12 --decay-minutes 6

Three answers of a teacher for each pair (`training.soft_labels`) tell a pupil little about why.
Here the teacher reads every pair at the same time, and a pupil's states between the layers,
multiplied by a matrix that is thrown away afterwards, are drawn towards the teacher's at the same
tokens. That weighs most at the start and nothing in the last third of the run, where only answers
count. Several pupils of different size share one teacher, so it reads once for all of them.

A run resumes as `training.train` does, except that the matrices begin anew.

Source: Jiao et al., TinyBERT, Findings of EMNLP 2020, formula 8, with the teacher's states
normalised for each token and the same number of stretches of layers on both sides.
"""

from __future__ import annotations

import argparse
import logging
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from training.losses import distance_from_answers, label_loss
from training.packed import flat, is_mpnet, layers_of, pack_groups, read_pack
from training.progress import DEFAULTS, Meter, Settings, decay_done, rate_at
from training.readers import activation_type, load_model
from training.stream import MicroBatch, Mix
from training.token_types import types_for
from training.train import Run, caught_stop_signals, labelled_in, steps_to_come

log = logging.getLogger("training")

STRETCHES = 4
"""Stretches that the layers are cut into; states are compared at all their ends but the last."""
LIKENESS_ENDS = 0.67
"""Share of the run after which states are no longer compared."""
MATRIX_RATE = 1e-3


@dataclass(frozen=True, slots=True)
class Answers:
    """What a teacher says of one pack.

    Attributes:
        logits: (pairs, 3) float32.
        states: (tokens, width) after each compared layer, from the lowest; empty when not asked.
    """

    logits: Any
    states: list[Any]


def compared_layers(count: int) -> list[int]:
    """The layers, from 1, whose states are compared in a reader of `count` layers."""
    return [round(count * stretch / STRETCHES) for stretch in range(1, STRETCHES)]


class Teacher:
    """A reader that answers and does not learn."""

    def __init__(self, model: Any, dtype: Any) -> None:
        self.model, self.dtype = model.eval().requires_grad_(False), dtype
        self.layers = compared_layers(len(layers_of(model)))

    def answer(self, pack: Sequence[MicroBatch], *, states: bool) -> Answers:
        """Read a pack; with `states`, keep those between the layers as well."""
        import torch

        seen: dict[int, Any] = dict.fromkeys(self.layers) if states else {}
        with torch.no_grad():
            logits = read_pack(self.model, pack, dtype=self.dtype, seen=seen)
            width = self.model.config.hidden_size
            kept = [torch.nn.functional.layer_norm(seen[n], (width,)) for n in seen]
        return Answers(logits, kept)


class Pupil:
    """A run whose steps follow a teacher.

    Args:
        run: of the pupil itself, with one worker.
        teacher: whose width the matrices lead to.
        likeness: weight of the distance between states at the start.
        checkpoint: folder the run is saved in.
    """

    def __init__(self, run: Run, teacher: Teacher, *, likeness: float, checkpoint: Path) -> None:
        import torch

        self.run, self.checkpoint, self.likeness = run, checkpoint, likeness
        self.meter = Meter(run.progress)
        self.layers = compared_layers(len(layers_of(run.model)))
        wide, narrow = teacher.model.config.hidden_size, run.model.config.hidden_size
        # From nothing: a matrix that has learnt nothing yet draws the pupil nowhere. A pupil as
        # wide as its teacher was cut out of it and begins with the same directions.
        self.matrices: list[Any] = [
            torch.nn.Linear(narrow, wide).to(run.model.device) for _ in self.layers
        ]
        learnt = [weight for matrix in self.matrices for weight in matrix.parameters()]
        for weight in learnt:
            weight.data.zero_()
        if wide == narrow:
            for matrix in self.matrices:
                torch.nn.init.eye_(matrix.weight)
        self.optimizer = torch.optim.AdamW(learnt, lr=MATRIX_RATE)

    @property
    def weight(self) -> float:
        """What the distance between states counts now: falls in a line to 0."""
        done = decay_done(self.run.settings, self.run.progress)
        return self.likeness * max(0.0, 1.0 - done / LIKENESS_ENDS)

    def follow(
        self,
        packs: Sequence[Sequence[MicroBatch]],
        answers: Sequence[Answers],
        *,
        labelled: int,
        seconds: float,
    ) -> None:
        """Take one optimiser step.

        Args:
            packs: what is read.
            answers: the teacher's, one for each pack.
            labelled: pairs that have a label.
            seconds: since the step before, for a decay by the clock.
        """
        count = sum(len(batch.labels) for pack in packs for batch in pack)
        weight = self.weight
        totals = [
            self.backward(pack, answer, weight, count)
            for pack, answer in zip(packs, answers, strict=True)
        ]
        if weight:
            self.optimizer.step()
            self.optimizer.zero_grad(set_to_none=True)
        self.run.progress.decay_seconds += seconds
        self.run.update(count)
        loss = sum(loss for loss, _ in totals) / count
        right = sum(right for _, right in totals) / labelled
        self.meter.add(loss, right, rate_at(self.run.settings, self.run.progress))

    def backward(
        self, pack: Sequence[MicroBatch], answers: Answers, weight: float, count: int
    ) -> tuple[Any, Any]:
        """Add the gradients of one pack; return its summed loss and hits."""
        run, settings = self.run, self.run.settings
        seen: dict[int, Any] = dict.fromkeys(self.layers) if weight else {}
        logits = read_pack(run.model, pack, dtype=run.dtype, seen=seen, **run.dropout)
        labels = flat([batch.labels for batch in pack], run.model)
        told = label_loss(logits, labels, smoothing=settings.smoothing)
        distance = distance_from_answers(
            logits, answers.logits, temperature=settings.soft_temperature
        )
        loss = (1 - settings.soft_share) * told + settings.soft_share * distance
        total = loss
        if weight:
            total = loss + weight * len(labels) * self.unlikeness(list(seen.values()), answers)
        (total / count).backward()
        return loss.detach(), (logits.argmax(-1) == labels).sum()

    def unlikeness(self, own: Sequence[Any], answers: Answers) -> Any:
        """Mean squared distance of the states from the teacher's, over layers, tokens and width."""
        import torch

        distances = [
            torch.nn.functional.mse_loss(
                torch.nn.functional.linear(
                    state, matrix.weight.to(state.dtype), matrix.bias.to(state.dtype)
                ).float(),
                wanted.float(),
            )
            for state, wanted, matrix in zip(own, answers.states, self.matrices, strict=True)
        ]
        return sum(distances) / len(distances)


def imitate(
    pupils: Sequence[Pupil], teacher: Teacher, mix: Mix, *, minutes: float, max_steps: int = 0
) -> bool:
    """Go through the mix until the rate has fallen, a signal or `max_steps`.

    Args:
        pupils: with equal settings but for the rate; the first one's place in the stream is all
            of theirs.
        teacher: answers every pack once.
        mix: all pairs are used, those without a label too.
        minutes: between checkpoints.
        max_steps: 0 for no limit.

    Returns:
        True when the decay came to its end, False when stopped before.
    """
    settings, progress = pupils[0].run.settings, pupils[0].run.progress
    saved_at = stepped_at = time.monotonic()
    with caught_stop_signals() as stopping:
        for pieces in steps_to_come(settings, progress, mix):
            batches = [mix.gather(piece) for piece in pieces]
            packs = pack_groups(batches, workers=1, tokens=settings.pack_tokens)
            states = any(pupil.weight for pupil in pupils)
            answers = [teacher.answer(pack, states=states) for pack in packs]
            now = time.monotonic()
            for pupil in pupils:
                pupil.follow(
                    packs, answers, labelled=labelled_in(batches), seconds=now - stepped_at
                )
            stepped_at = now
            decayed = decay_done(settings, progress) >= 1.0
            if stopping or decayed or (max_steps and progress.step >= max_steps):
                break
            if now - saved_at > minutes * 60:
                save(pupils)
                saved_at = time.monotonic()
    save(pupils)
    return decay_done(settings, progress) >= 1.0


def save(pupils: Sequence[Pupil]) -> None:
    """Write a checkpoint of each."""
    for pupil in pupils:
        pupil.run.save(pupil.checkpoint, None)


def read_arguments(arguments: Sequence[str] | None) -> argparse.Namespace:
    """Define and read the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("teacher", type=Path)
    parser.add_argument("--mix", type=Path, required=True)
    parser.add_argument("--start", type=Path, nargs="+", required=True)
    parser.add_argument("--out", type=Path, nargs="+", required=True, help="one for each start")
    parser.add_argument("--rate", type=float, nargs="+", default=[DEFAULTS.rate])
    parser.add_argument("--warmup-steps", type=int, default=DEFAULTS.warmup_steps)
    parser.add_argument("--batch", type=int, default=DEFAULTS.batch)
    parser.add_argument("--micro", type=int, default=DEFAULTS.micro)
    parser.add_argument("--chunk", type=int, default=DEFAULTS.chunk)
    parser.add_argument("--pack-tokens", type=int, default=DEFAULTS.pack_tokens)
    parser.add_argument("--dropout", type=float, default=DEFAULTS.dropout)
    parser.add_argument("--soft-share", type=float, default=0.7, help="of the answers in the loss")
    parser.add_argument("--likeness", type=float, default=1.0, help="weight of states at the start")
    parser.add_argument("--minutes", type=float, default=10.0, help="between checkpoints")
    parser.add_argument("--max-steps", type=int, default=0)
    parser.add_argument("--decay-minutes", type=float, required=True)
    given = parser.parse_args(arguments)
    if len(given.out) != len(given.start):
        parser.error("--start and --out need as many folders each")
    if len(given.rate) == 1:
        given.rate *= len(given.start)
    if len(given.rate) != len(given.start):
        parser.error("--rate needs one number, or one for each --start")
    return given


def make_pupil(given: argparse.Namespace, number: int, teacher: Teacher, device: str) -> Pupil:
    """Begin or resume one pupil: a checkpoint, where there is one, goes before its start."""
    checkpoint = given.out[number]
    resuming = (checkpoint / "progress.json").exists()
    settings = Settings(
        rate=given.rate[number],
        warmup_steps=given.warmup_steps,
        batch=given.batch,
        micro=given.micro,
        chunk=given.chunk,
        pack_tokens=given.pack_tokens,
        dropout=given.dropout,
        soft_share=given.soft_share,
        decay_minutes=given.decay_minutes,
    )
    model = load_model(
        checkpoint if resuming else given.start[number], frozen_layers=0, device=device
    )
    if is_mpnet(model):
        raise SystemExit(f"{given.start[number]}: a pupil is a BERT; its tokens are the mix's own")
    run = Run(model, settings, device=device)
    if resuming:
        run.restore(checkpoint)
    run.progress.mix = run.progress.mix or given.mix.name
    run.progress.decay_from = run.progress.decay_from or 0
    return Pupil(run, teacher, likeness=given.likeness, checkpoint=checkpoint)


def main(arguments: Sequence[str] | None = None) -> None:
    """Read the command line and train the pupils."""
    import torch

    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    given = read_arguments(arguments)
    torch.manual_seed(DEFAULTS.seed)
    device = "cuda" if torch.cuda.is_available() else "cpu"
    teacher = Teacher(
        load_model(given.teacher, frozen_layers=0, device=device), activation_type(device)
    )
    pupils = [make_pupil(given, number, teacher, device) for number in range(len(given.start))]
    mix = Mix(given.mix, types_for(pupils[0].run.model.config))
    ended = imitate(pupils, teacher, mix, minutes=given.minutes, max_steps=given.max_steps)
    log.info("%s at step %d", "finished" if ended else "stopped", pupils[0].run.progress.step)


if __name__ == "__main__":
    main()
