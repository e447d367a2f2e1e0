"""Let one or more readers answer every pair of a mix, for another to learn from.

    python -m training.soft_labels .train/teacher --mix .train/mix-4
    python -m training.soft_labels .train/shipped --mix .train/mix-swaps \
        --own-labels names_kept names_swapped    # a reader that goes on, and what it gets wrong
    python -m training.soft_labels a.json b.json --temperatures 1.4 1.3 --mix .train/mix-last

Several readers answer with the mean of their probabilities, each at its own temperature, on the
scale of the first. With `--own-labels` the pairs of these sources keep their labels: what a reader
is to unlearn is not asked of itself, while its answers on all the rest hold it where it is. With
`--labels-alone` pairs get no answer (NaN), and only their labels count: what nobody knows better
yet.

Answers are kept after every block, so the same command goes on where it was stopped. When all are
there they become `soft.npy` in the folder of the mix, which `training.train --soft-share 0.7` uses.
"""

from __future__ import annotations

import argparse
import logging
import shutil
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np

from factcheck.models.onnx import OnnxVerifier
from factcheck.models.registry import read_card
from training.packed import read_gathered
from training.pairs import LABELS
from training.readers import activation_type, load_model
from training.stream import Mix
from training.token_types import types_for

log = logging.getLogger("training")

CPU_SIZES = {"block": 4096, "tokens": 4096, "group": 32}
GPU_SIZES = {"block": 65536, "tokens": 32768, "group": 512}
"""Pairs of a block, tokens of a pack and pairs of a micro-batch."""
_LEAST_SHARE = 1e-6


# Logits of a label that a pair keeps: what is not supported may be refuted or left open.
OWN_LOGITS = {"SUPPORTS": (3.0, -1.0, -1.0), "REFUTES": (-3.0, 1.2, 0.6), "NEI": (-3.0, 0.0, 1.5)}


def label_block(
    model: Any,
    mix: Mix,
    first: int,
    *,
    dtype: Any,
    sizes: Mapping[str, int] = CPU_SIZES,
    own: Sequence[str] = (),
    alone: Sequence[str] = (),
) -> np.ndarray:
    """Return the (n, 3) float16 logits of one block of a mix, from the pair `first` on.

    Args:
        own: sources whose pairs are not read, and answered by their labels.
        alone: sources whose pairs are not read and get NaN.
    """
    rows = np.arange(first, min(first + sizes["block"], len(mix)))
    kept = [mix.sources.index(name) for name in own]
    unanswered = [mix.sources.index(name) for name in alone]
    of_label = np.array([OWN_LOGITS.get(name, (0.0,) * 3) for name in (*LABELS, "")])
    logits = of_label[mix.labels[rows]]
    logits[np.isin(mix.source_ids[rows], unanswered)] = np.nan
    asked = rows[~np.isin(mix.source_ids[rows], kept + unanswered)]
    if len(asked) and isinstance(model, OnnxVerifier):
        logits[asked - first] = model.token_logits([mix.texts(int(row)) for row in asked])
    elif len(asked):
        logits[asked - first] = read_gathered(
            model,
            (mix.offsets[asked + 1] - mix.offsets[asked]).tolist(),
            lambda chosen: mix.gather([int(asked[position]) for position in chosen]),
            dtype=dtype,
            tokens=sizes["tokens"],
            size=sizes["group"],
        )
    return logits.astype(np.float16)


def label_mix(
    folder: Path,
    model: Any,
    *,
    workers: int,
    dtype: Any,
    sizes: Mapping[str, int] = CPU_SIZES,
    own: Sequence[str] = (),
    alone: Sequence[str] = (),
    name: str = "soft",
) -> None:
    """Answer the pairs that are still open and write `soft.npy` when none is left.

    Args:
        folder: a mix; `soft-parts-N/` in it keeps finished blocks of N pairs until all are there.
        model: the teacher, or a shipped verifier, which reads in int8.
        workers: blocks worked on at the same time, each with one thread.
        dtype: type of activations.
        sizes: of blocks, packs and micro-batches.
        own: sources whose pairs keep their labels.
        alone: sources whose pairs get no answer.
        name: in the place of `soft`, so that several readers do not find each other's answers.
    """
    import torch

    mix = Mix(folder) if isinstance(model, OnnxVerifier) else Mix(folder, types_for(model.config))
    parts = folder / f"{name}-parts-{sizes['block']}"
    parts.mkdir(exist_ok=True)
    firsts = range(0, len(mix), sizes["block"])

    def work(first: int) -> None:
        torch.set_num_threads(1)
        began = time.monotonic()
        block = label_block(model, mix, first, dtype=dtype, sizes=sizes, own=own, alone=alone)
        fresh = parts / f"{first}.new"
        with fresh.open("wb") as stream:
            np.save(stream, block)
        fresh.replace(parts / f"{first}.npy")
        log.info("%d of %d, %.0f pairs/s", first, len(mix), len(block) / (time.monotonic() - began))

    todo = [first for first in firsts if not (parts / f"{first}.npy").exists()]
    with ThreadPoolExecutor(workers) as pool:
        list(pool.map(work, todo))
    np.save(folder / f"{name}.npy", np.concatenate([np.load(parts / f"{f}.npy") for f in firsts]))
    shutil.rmtree(parts)  # another teacher must not find the answers of this one


def mean_answers(
    answers: Sequence[np.ndarray], temperatures: Sequence[float] | None = None
) -> np.ndarray:
    """Return logits whose probabilities are the mean of several readers'.

    Args:
        answers: (n, 3) logits of each reader; rows of NaN stay so.
        temperatures: what each reader's logits are divided by first; 1 by default.

    Returns:
        (n, 3) float16 logits of mean 0 on the scale of the first reader.
    """
    temperatures = temperatures or [1.0] * len(answers)
    shares = []
    for logits, temperature in zip(answers, temperatures, strict=True):
        scaled = logits.astype(np.float64) / temperature
        grown = np.exp(scaled - scaled.max(axis=1, keepdims=True))
        shares.append(grown / grown.sum(axis=1, keepdims=True))
    mean = np.log(np.mean(shares, axis=0) + _LEAST_SHARE) * temperatures[0]
    return np.asarray((mean - mean.mean(axis=1, keepdims=True)).astype(np.float16))


def load_reader(folder: Path, device: str) -> Any:
    """Load a checkpoint, or the shipped weights that a card describes."""
    if folder.suffix == ".json":
        return OnnxVerifier(read_card(folder), threads=1)
    return load_model(folder, frozen_layers=0, device=device).eval()


def main(arguments: Sequence[str] | None = None) -> None:
    """Read the command line and label one mix."""
    import torch

    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "teachers", type=Path, nargs="+", help="folders, or the cards of exported weights"
    )
    parser.add_argument("--temperatures", type=float, nargs="+", help="one for each teacher")
    parser.add_argument("--mix", type=Path, required=True)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--own-labels", nargs="*", default=(), metavar="SOURCE")
    parser.add_argument("--labels-alone", nargs="*", default=(), metavar="SOURCE")
    given = parser.parse_args(arguments)
    device = "cuda" if torch.cuda.is_available() else "cpu"
    torch.set_num_threads(1)
    if given.temperatures and len(given.temperatures) != len(given.teachers):
        parser.error("--temperatures needs one number for each teacher")
    several = len(given.teachers) > 1
    names = [f"soft-{n}" if several else "soft" for n in range(1, len(given.teachers) + 1)]
    for teacher, name in zip(given.teachers, names, strict=True):
        if several and (given.mix / f"{name}.npy").exists():
            continue  # answered before the command was stopped
        label_mix(
            given.mix,
            load_reader(teacher, device),
            workers=given.workers if device == "cpu" else 1,
            dtype=activation_type(device),
            sizes=CPU_SIZES if device == "cpu" else GPU_SIZES,
            own=given.own_labels,
            alone=given.labels_alone,
            name=name,
        )
    if several:
        answers = [np.load(given.mix / f"{name}.npy") for name in names]
        np.save(given.mix / "soft.npy", mean_answers(answers, given.temperatures))
        for name in names:
            (given.mix / f"{name}.npy").unlink()


if __name__ == "__main__":
    main()
