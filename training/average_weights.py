"""Average checkpoints of one run, which share their start, into one.

    python -m training.average_weights .train/run .train/earlier --shares 0.6 0.4 --out .train/mean

An average of a late and an earlier checkpoint often does better on texts unlike the training
data than either. Worth a try at the end of a run; it costs nothing but the measuring.

Source: Wortsman et al., "Robust fine-tuning of zero-shot models", CVPR 2022.
"""

from __future__ import annotations

import argparse
import shutil
from collections.abc import Sequence
from pathlib import Path

import numpy as np


def average_weights(folders: Sequence[Path], shares: Sequence[float], out: Path) -> None:
    """Write the weighted mean of checkpoints.

    Args:
        folders: checkpoints of one architecture; the config is taken from the first.
        shares: weight of each, positive, scaled to sum to one.
        out: folder to write `config.json` and `model.safetensors` into.

    Raises:
        ValueError: the checkpoints hold different tensors, or shares and folders do not match.
    """
    from safetensors.numpy import load_file, save_file

    if len(folders) != len(shares) or not folders or min(shares) <= 0:
        raise ValueError("one positive share for each checkpoint")
    total = sum(shares)
    mean: dict[str, np.ndarray] = {}
    for folder, share in zip(folders, shares, strict=True):
        tensors = load_file(folder / "model.safetensors")
        if mean and tensors.keys() != mean.keys():
            raise ValueError(f"{folder} holds other tensors than {folders[0]}")
        for name, values in tensors.items():
            part = values.astype(np.float32) * np.float32(share / total)
            mean[name] = mean[name] + part if name in mean else part
    out.mkdir(parents=True, exist_ok=True)
    save_file(mean, out / "model.safetensors", metadata={"format": "pt"})
    shutil.copyfile(folders[0] / "config.json", out / "config.json")


def main(arguments: Sequence[str] | None = None) -> None:
    """Read the command line and average."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", type=Path, nargs="+")
    parser.add_argument("--shares", type=float, nargs="+", required=True)
    parser.add_argument("--out", type=Path, required=True)
    given = parser.parse_args(arguments)
    average_weights(given.folders, given.shares, given.out)


if __name__ == "__main__":
    main()
