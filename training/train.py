"""Train the verifier on a tokenised mix; stop at any time and resume exactly.

    python -m training.train --mix .train/mix-1 --start ../shared/models/verifier-start
    python -m training.train --mix .train/mix-1 --decay-steps 900     # the last phase
    python -m training.train --mix .train/mix-1 --decay-minutes 60    # the same by the clock

The rate is constant after a warmup, so a run can be prolonged or given another mix at any
checkpoint; a decay then lets the rate fall linearly to zero and ends the run. Decay by the
clock is for a machine shared with other work, whose speed nobody can foresee; it counts only
the time spent training, and two such runs differ.
"""

from __future__ import annotations

import argparse
import itertools
import json
import logging
import os
import queue
import shutil
import signal
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np

from training.losses import distance_from_answers, label_loss, margin_loss
from training.packed import HiddenDropout, flat, pack_groups, read_pack, to_device
from training.pairs import OPEN_ID
from training.progress import DEFAULTS, Meter, Progress, Settings, decay_done, rate_at
from training.readers import activation_type, load_model, share_weights
from training.stream import MicroBatch, Mix, plan_steps, plan_steps_by_claim
from training.token_types import types_for

log = logging.getLogger("training")

PASS = " pass "
"""Between the name of a mix and the number of a pass over it."""


def make_optimizer(model: Any, settings: Settings) -> Any:
    """AdamW over the trainable weights; biases and norms are not decayed."""
    import torch

    trainable = [weight for weight in model.parameters() if weight.requires_grad]
    groups = [
        {"params": [w for w in trainable if w.dim() > 1], "weight_decay": settings.weight_decay},
        {"params": [w for w in trainable if w.dim() <= 1], "weight_decay": 0.0},
    ]
    return torch.optim.AdamW(groups, lr=settings.rate, betas=(0.9, 0.98), fused=True)


class Run:
    """Model, optimiser and place in the stream, kept together for exact resuming."""

    def __init__(self, model: Any, settings: Settings, *, device: str, workers: int = 1) -> None:
        import torch

        self.model, self.settings, self.device = model, settings, device
        self.replicas = [model] + [share_weights(model) for _ in range(workers - 1)]
        self.pool = ThreadPoolExecutor(workers)
        self.optimizer = make_optimizer(model, settings)
        self.progress = Progress()
        self.torch = torch
        self.dtype = activation_type(device)
        self.dropout: dict[str, Any] = {}
        if settings.dropout:
            drop = HiddenDropout(
                settings.dropout, device=device, dtype=self.dtype, seed=settings.seed
            )
            self.dropout = {"drop": drop}

    def step(self, batches: Sequence[MicroBatch]) -> tuple[Any, Any]:
        """Take one optimiser step; return mean loss and accuracy of its labelled pairs."""
        count = sum(len(batch.labels) for batch in batches)
        loss_sum, right = self.accumulate(batches, count)
        self.update(count)
        return loss_sum / count, right / labelled_in(batches)

    def update(self, count: int) -> None:
        """Move the weights along the gradients of `count` pairs."""
        rate = rate_at(self.settings, self.progress)
        for group in self.optimizer.param_groups:
            group["lr"] = rate
        trainable = [weight for weight in self.model.parameters() if weight.requires_grad]
        self.torch.nn.utils.clip_grad_norm_(trainable, self.settings.clip)
        self.optimizer.step()
        self.optimizer.zero_grad(set_to_none=True)
        self.progress.step += 1
        self.progress.mix_step += 1
        self.progress.pairs += count

    def accumulate(self, batches: Sequence[MicroBatch], count: int) -> tuple[Any, Any]:
        """Add up gradients; with several workers each takes the next pack when free.

        Threads inside an operation wait for each other at every operation, which on a machine
        shared with other work costs more than half of the speed; workers wait once a step.
        """
        packs = pack_groups(batches, workers=len(self.replicas), tokens=self.settings.pack_tokens)
        if len(self.replicas) == 1:
            results = [self.backward(self.model, pack, count) for pack in packs]
            return sum(loss for loss, _ in results), sum(right for _, right in results)
        todo: queue.SimpleQueue[list[MicroBatch]] = queue.SimpleQueue()
        for pack in packs:
            todo.put(pack)
        totals = list(self.pool.map(lambda model: self.drain(model, todo, count), self.replicas))
        for replica in self.replicas[1:]:
            for weight, twin in zip(self.model.parameters(), replica.parameters(), strict=True):
                if twin.grad is not None:
                    weight.grad = twin.grad if weight.grad is None else weight.grad + twin.grad
                    twin.grad = None
        return sum(loss for loss, _ in totals), sum(right for _, right in totals)

    def drain(
        self, model: Any, todo: queue.SimpleQueue[list[MicroBatch]], count: int
    ) -> tuple[Any, Any]:
        """Work on packs until none is left."""
        self.torch.set_num_threads(1)
        loss_sum: Any = 0.0
        right: Any = 0
        while True:
            try:
                pack = todo.get_nowait()
            except queue.Empty:
                return loss_sum, right
            loss, hits = self.backward(model, pack, count)
            loss_sum, right = loss_sum + loss, right + hits

    def backward(self, model: Any, pack: Sequence[MicroBatch], count: int) -> tuple[Any, Any]:
        """Add the gradients of one pack; return its summed loss and hits."""
        labels = flat([batch.labels for batch in pack], model)
        logits = read_pack(model, pack, dtype=self.dtype, **self.dropout)
        settings = self.settings
        loss = self.label_loss(logits, labels)
        if settings.soft_share:
            loss = self.with_answers(loss, logits, labels, pack)
        if settings.margin:
            claims = np.concatenate([batch.claims for batch in pack])
            told_apart = margin_loss(logits, labels, claims, margin=settings.margin)
            loss = (1 - settings.margin_share) * loss + settings.margin_share * told_apart
        (loss / count).backward()
        return loss.detach(), (logits.argmax(-1) == labels).sum()

    def label_loss(self, logits: Any, labels: Any) -> Any:
        """What the settings make of `training.losses.label_loss`."""
        settings = self.settings
        return label_loss(
            logits,
            labels,
            smoothing=settings.smoothing,
            focal_gamma=settings.focal_gamma,
            class_weights=settings.class_weights,
        )

    def with_answers(self, loss: Any, logits: Any, labels: Any, pack: Sequence[MicroBatch]) -> Any:
        """Put the distance from the answers beside the mix in the place of a share of the loss.

        The share is that of the pairs that have an answer; the others keep their label's loss.
        """
        if any(batch.soft is None for batch in pack):
            raise SystemExit("the mix has no soft.npy; make it with training.soft_labels")
        given = self.torch.cat([self.torch.from_numpy(batch.soft) for batch in pack])
        soft = to_device(given, logits.device)
        known = ~soft[:, 0].isnan()
        distance = distance_from_answers(
            logits[known], soft[known], temperature=self.settings.soft_temperature
        )
        replaced = self.label_loss(logits[known], labels[known])
        return loss + self.settings.soft_share * (distance - replaced)

    def save(self, folder: Path, copy_to: Path | None) -> None:
        """Write a checkpoint under a temporary name, then move it into place."""
        fresh = folder.with_name(folder.name + ".new")
        shutil.rmtree(fresh, ignore_errors=True)
        self.model.save_pretrained(fresh)
        self.torch.save(self.optimizer.state_dict(), fresh / "optimizer.pt")
        state = {"progress": asdict(self.progress), "settings": asdict(self.settings)}
        (fresh / "progress.json").write_text(json.dumps(state, indent=1), encoding="utf-8")
        replace_folder(fresh, folder)
        if copy_to is not None:
            copied = copy_to / (folder.name + ".new")
            shutil.rmtree(copied, ignore_errors=True)
            shutil.copytree(folder, copied)
            replace_folder(copied, copy_to / folder.name)

    def restore(self, folder: Path) -> None:
        """Take optimiser state and position from a checkpoint whose weights are loaded."""
        state = json.loads((folder / "progress.json").read_text("utf-8"))
        self.progress = Progress(**state["progress"])
        saved = self.torch.load(folder / "optimizer.pt", weights_only=True)
        self.optimizer.load_state_dict(saved)


def labelled_in(batches: Sequence[MicroBatch]) -> int:
    """How many pairs of a step have a label, at least 1."""
    return max(1, sum(int((batch.labels != OPEN_ID).sum()) for batch in batches))


def replace_folder(fresh: Path, folder: Path) -> None:
    """Put `fresh` at `folder`; at every moment one complete checkpoint exists."""
    old = folder.with_name(folder.name + ".old")
    shutil.rmtree(old, ignore_errors=True)
    if folder.exists():
        folder.replace(old)
    fresh.replace(folder)
    shutil.rmtree(old, ignore_errors=True)


@contextmanager
def caught_stop_signals() -> Iterator[list[int]]:
    """Let SIGTERM and Ctrl-C fill the list instead of ending the process, for the block."""
    stopping: list[int] = []
    before = {
        number: signal.signal(number, lambda received, _frame: stopping.append(received))
        for number in (signal.SIGTERM, signal.SIGINT)
    }
    try:
        yield stopping
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def plan_of(settings: Settings, progress: Progress, mix: Mix) -> Iterator[list[list[int]]]:
    """The order in which a run reads its mix; pairs without a label only where a teacher speaks."""
    lengths = mix.offsets[1:] - mix.offsets[:-1]
    seed = f"{settings.seed} {progress.mix}"
    if settings.by_claim:
        claims = [mix.claim_number(member) for member in range(len(mix))]
        return plan_steps_by_claim(claims, lengths, seed=seed, batch=settings.batch)
    return plan_steps(
        lengths,
        seed=seed,
        batch=settings.batch,
        micro=settings.micro,
        chunk=settings.chunk,
        skipped=None if settings.soft_share else mix.labels == OPEN_ID,
    )


def steps_to_come(settings: Settings, progress: Progress, mix: Mix) -> Iterator[list[list[int]]]:
    """The steps from a run's place on: to the end of its mix, or while the rate falls as many
    passes over it, each in another order, as that takes."""
    if next(plan_of(settings, progress, mix), None) is None:
        raise SystemExit("the mix holds no pair to learn from; pairs without a label need soft.npy")
    while True:
        yield from itertools.islice(plan_of(settings, progress, mix), progress.mix_step, None)
        if progress.decay_from is None or decay_done(settings, progress) >= 1.0:
            return
        name, _, passes = progress.mix.partition(PASS)
        progress.mix, progress.mix_step = f"{name}{PASS}{int(passes or 1) + 1}", 0


def run_training(
    run: Run, mix: Mix, *, checkpoint: Path, copy_to: Path | None, minutes: float, max_steps: int
) -> bool:
    """Go through the mix from the run's position until its end, a signal or `max_steps`.

    Returns:
        True when the mix or the decay came to its end, False when stopped before.
    """
    settings, progress = run.settings, run.progress
    meter = Meter(progress)
    saved_at = stepped_at = time.monotonic()
    finished = True
    with caught_stop_signals() as stopping:
        for pieces in steps_to_come(settings, progress, mix):
            loss, right = run.step([mix.gather(piece) for piece in pieces])
            now = time.monotonic()
            progress.decay_seconds += now - stepped_at
            stepped_at = now
            meter.add(loss, right, rate_at(settings, progress))
            if now - saved_at > minutes * 60:
                run.save(checkpoint, copy_to)
                saved_at = time.monotonic()
            decayed = decay_done(settings, progress) >= 1.0
            if stopping or decayed or (max_steps and progress.step >= max_steps):
                finished = decayed
                break
    run.save(checkpoint, copy_to)
    return finished


def read_arguments(arguments: Sequence[str] | None) -> argparse.Namespace:
    """Define and read the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--mix", type=Path, required=True)
    parser.add_argument("--start", type=Path, help="weights to begin from")
    parser.add_argument("--checkpoint", type=Path, default=Path(".train/run"))
    parser.add_argument("--copy-to", type=Path, default=os.environ.get("FACTCHECK_TRAIN_COPY"))
    parser.add_argument("--minutes", type=float, default=10.0, help="between checkpoints")
    parser.add_argument("--max-steps", type=int, default=0)
    parser.add_argument("--threads", type=int, default=1, help="inside an operation")
    parser.add_argument("--workers", type=int, default=2, help="micro-batches at the same time")
    parser.add_argument("--rate", type=float, default=DEFAULTS.rate)
    parser.add_argument("--warmup-steps", type=int, default=DEFAULTS.warmup_steps)
    parser.add_argument("--batch", type=int, default=DEFAULTS.batch)
    parser.add_argument("--micro", type=int, default=DEFAULTS.micro)
    parser.add_argument("--chunk", type=int, default=DEFAULTS.chunk, help="pairs sorted together")
    parser.add_argument("--pack-tokens", type=int, default=DEFAULTS.pack_tokens)
    parser.add_argument("--frozen-layers", type=int, default=0)
    parser.add_argument("--dropout", type=float, default=DEFAULTS.dropout, help="of hidden states")
    parser.add_argument("--soft-share", type=float, default=0.0, help="of the teacher in the loss")
    parser.add_argument("--decay-steps", type=int, default=0)
    parser.add_argument("--decay-minutes", type=float, default=0.0)
    return parser.parse_args(arguments)


def main(arguments: Sequence[str] | None = None) -> None:
    """Begin or resume a run: a checkpoint, where there is one, goes before `--start`."""
    import torch

    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    given = read_arguments(arguments)
    torch.set_num_threads(given.threads)
    torch.manual_seed(DEFAULTS.seed)
    device = "cuda" if torch.cuda.is_available() else "cpu"
    settings = Settings(
        rate=given.rate,
        warmup_steps=given.warmup_steps,
        batch=given.batch,
        micro=given.micro,
        chunk=given.chunk,
        pack_tokens=given.pack_tokens,
        frozen_layers=given.frozen_layers,
        dropout=given.dropout,
        soft_share=given.soft_share,
        decay_steps=given.decay_steps,
        decay_minutes=given.decay_minutes,
    )
    resuming = (given.checkpoint / "progress.json").exists()
    weights = given.checkpoint if resuming else given.start
    if weights is None:
        raise SystemExit("no checkpoint to resume and no --start given")
    model = load_model(weights, frozen_layers=settings.frozen_layers, device=device)
    workers = given.workers if device == "cpu" else 1
    run = Run(model, settings, device=device, workers=workers)
    if resuming:
        run.restore(given.checkpoint)
    if run.progress.mix.partition(PASS)[0] != given.mix.name:
        run.progress.mix, run.progress.mix_step = given.mix.name, 0
    if (settings.decay_steps or settings.decay_minutes) and run.progress.decay_from is None:
        run.progress.decay_from, run.progress.decay_seconds = run.progress.step, 0.0
    log.info("begin at step %d on %s", run.progress.step, device)
    finished = run_training(
        run,
        Mix(given.mix, types_for(model.config), with_claims=bool(settings.margin)),
        checkpoint=given.checkpoint,
        copy_to=given.copy_to,
        minutes=given.minutes,
        max_steps=given.max_steps,
    )
    log.info("%s at step %d", "finished" if finished else "stopped", run.progress.step)


if __name__ == "__main__":
    main()
