"""Compare losses: the same start, pairs, order and number of steps for each.

    python -m training.mix --recipe training/recipe_losses.yaml --out .train/mix-losses
    python -m training.compare_losses --mix .train/mix-losses --start .train/shipped --out FILE

Every step holds all versions of a claim together (the margin needs them), so that the losses
differ in nothing else. The rate falls to zero within each run.
"""

from __future__ import annotations

import argparse
import itertools
import json
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from training.evaluate_pairs import evaluate
from training.pairs import locate_shared
from training.progress import Settings
from training.readers import load_model
from training.stream import Mix
from training.train import Run, plan_of

WHOLE_STEP = 1 << 30
BASE = Settings(
    rate=1e-4, warmup_steps=20, frozen_layers=1, dropout=0.1, by_claim=True, pack_tokens=WHOLE_STEP
)
LOSSES = {
    "cross-entropy, smoothing 0.05": BASE,
    "cross-entropy, no smoothing": replace(BASE, smoothing=0.0),
    "focal, gamma 2": replace(BASE, smoothing=0.0, focal_gamma=2.0),
    "class weights, supports 0.7": replace(BASE, class_weights=(0.7, 1.15, 1.15)),
    "margin 2 between versions, half": replace(BASE, margin=2.0, margin_share=0.5),
}
SETS = ("nli_fever_validation", "vitaminc_dev", "healthver_dev", "mnli_dev", "contrast_held_out")


def train_briefly(start: Path, mix: Mix, settings: Settings, steps: int, folder: Path) -> float:
    """Train from `start` for `steps` steps into `folder`; return the seconds it took."""
    import torch

    torch.manual_seed(settings.seed)
    model = load_model(start, frozen_layers=settings.frozen_layers, device="cpu")
    run = Run(model, replace(settings, decay_steps=steps), device="cpu")
    run.progress.decay_from = 0
    began = time.monotonic()
    for pieces in itertools.islice(plan_of(run.settings, run.progress, mix), steps):
        run.step([mix.gather(piece) for piece in pieces])
    seconds = time.monotonic() - began
    run.save(folder, None)
    return seconds


def compare(start: Path, mix: Mix, *, steps: int, limit: int) -> dict[str, dict[str, Any]]:
    """Figures of every loss on the development sets, and of the start."""
    shared = locate_shared(None)
    found = {"start": evaluate(start, shared, sets=SETS, limit=limit, fast=True)}
    for name, settings in LOSSES.items():
        with tempfile.TemporaryDirectory() as place:
            folder = Path(place) / "run"
            seconds = train_briefly(start, mix, settings, steps, folder)
            found[name] = evaluate(folder, shared, sets=SETS, limit=limit, fast=True)
        sys.stdout.write(f"{name}: {seconds:.0f} s\n{render({name: found[name]})}\n")
        sys.stdout.flush()
    return found


def render(found: dict[str, dict[str, Any]]) -> str:
    """A Markdown table: accuracy and false support of each loss on each set."""
    lines = ["| loss | " + " | ".join(SETS) + " |", "|---" * (len(SETS) + 1) + "|"]
    for name, table in found.items():
        cells = (
            f"{table[held]['accuracy']:.3f}, {table[held]['false_supported_rate']:.3f}"
            for held in SETS
        )
        lines.append(f"| {name} | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def main(arguments: Sequence[str] | None = None) -> None:
    """Train with each loss in turn and write what each reaches."""
    import torch

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--mix", type=Path, required=True)
    parser.add_argument("--start", type=Path, required=True)
    parser.add_argument("--steps", type=int, default=300)
    parser.add_argument("--limit", type=int, default=1500, help="rows of each set")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--out", type=Path)
    given = parser.parse_args(arguments)
    torch.set_num_threads(given.threads)
    found = compare(
        given.start, Mix(given.mix, with_claims=True), steps=given.steps, limit=given.limit
    )
    sys.stdout.write(render(found) + "\n")
    if given.out is not None:
        given.out.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
