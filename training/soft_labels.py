"""Let a larger reader answer every pair of a mix, for a smaller one to learn from.

    python -m training.soft_labels .train/teacher --mix .train/mix-4

Answers are kept after every block, so the same command goes on where it was stopped. When all are
there they become `soft.npy` in the folder of the mix, which `training.train --soft-share 0.7` uses.
"""

from __future__ import annotations

import argparse
import logging
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np

from training.packed import read_in_packs
from training.stream import Mix

log = logging.getLogger("training")

BLOCK = 4096


def label_block(model: Any, mix: Mix, first: int, *, dtype: Any) -> np.ndarray:
    """Return the (n, 3) float16 logits of up to `BLOCK` pairs of a mix."""
    members = range(first, min(first + BLOCK, len(mix)))
    rows = [mix.ids[mix.offsets[m] : mix.offsets[m + 1]] for m in members]
    starts = [int(mix.starts[m]) for m in members]
    return read_in_packs(model, rows, starts, dtype=dtype).astype(np.float16)


def label_mix(folder: Path, model: Any, *, workers: int, dtype: Any) -> None:
    """Answer the pairs that are still open and write `soft.npy` when none is left.

    Args:
        folder: a mix; `soft-parts/` in it keeps finished blocks.
        model: the teacher.
        workers: blocks worked on at the same time, each with one thread.
        dtype: type of activations.
    """
    import torch

    mix = Mix(folder)
    parts = folder / "soft-parts"
    parts.mkdir(exist_ok=True)
    firsts = range(0, len(mix), BLOCK)

    def work(first: int) -> None:
        torch.set_num_threads(1)
        began = time.monotonic()
        block = label_block(model, mix, first, dtype=dtype)
        fresh = parts / f"{first}.new"
        with fresh.open("wb") as stream:
            np.save(stream, block)
        fresh.replace(parts / f"{first}.npy")
        log.info("%d of %d, %.0f pairs/s", first, len(mix), len(block) / (time.monotonic() - began))

    todo = [first for first in firsts if not (parts / f"{first}.npy").exists()]
    with ThreadPoolExecutor(workers) as pool:
        list(pool.map(work, todo))
    np.save(folder / "soft.npy", np.concatenate([np.load(parts / f"{f}.npy") for f in firsts]))


def main(arguments: Sequence[str] | None = None) -> None:
    """Read the command line and label one mix."""
    import torch
    from transformers import AutoModelForSequenceClassification

    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("teacher", type=Path)
    parser.add_argument("--mix", type=Path, required=True)
    parser.add_argument("--workers", type=int, default=2)
    given = parser.parse_args(arguments)
    device = "cuda" if torch.cuda.is_available() else "cpu"
    torch.set_num_threads(1)
    model = AutoModelForSequenceClassification.from_pretrained(
        given.teacher, attn_implementation="eager", dtype=torch.float32
    )
    workers = given.workers if device == "cpu" else 1
    label_mix(given.mix, model.eval().to(device), workers=workers, dtype=torch.bfloat16)


if __name__ == "__main__":
    main()
