"""Pack folders of float weights small enough to travel, and unpack them where they arrive.

    python -m training.pieces pack .train/teacher --out .train/carry --megabytes 60
    python -m training.pieces join .train/carry --out .train/teacher-again

Matrices are kept as int8 with a scale for every 64 values of a row (about one per cent of a
value's size is lost, which further training makes up for), everything else as it is. `--steps 31`
rounds more coarsely, so that a compressor such as xz takes a quarter off. `--exact` keeps fp16
instead, for weights that are finished.
"""

from __future__ import annotations

import argparse
import io
import json
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

GROUP = 64
STEPS = 127
_META = "pieces.json"
_SMALL_FILES = ("config.json", "tokenizer.json", "tokenizer_config.json")


def quantise(weight: np.ndarray, *, steps: int = STEPS) -> tuple[np.ndarray, np.ndarray]:
    """Round a matrix to int8.

    Args:
        weight: rows of a multiple of `GROUP` values.
        steps: from zero to the largest value of a group, at most 127.

    Returns:
        (rows, groups, `GROUP`) int8 and (rows, groups, 1) float16 scales.
    """
    groups = weight.astype(np.float32).reshape(len(weight), -1, GROUP)
    scale = np.abs(groups).max(axis=-1, keepdims=True) / steps
    scale = np.maximum(scale, 1e-6).astype(np.float16)
    return np.round(groups / scale.astype(np.float32)).clip(-steps, steps).astype(np.int8), scale


def restore(rounded: np.ndarray, scale: np.ndarray) -> np.ndarray:
    """Undo `quantise` up to what was rounded, float32."""
    return (rounded * scale.astype(np.float32)).reshape(len(rounded), -1)


def _encode(
    name: str, weight: np.ndarray, *, exact: bool, steps: int
) -> Iterator[tuple[str, np.ndarray]]:
    if exact or weight.ndim != 2 or weight.shape[1] % GROUP:
        yield name, weight.astype(np.float16 if exact else weight.dtype)
    else:
        rounded, scale = quantise(weight, steps=steps)
        yield f"{name}|int8", rounded
        yield f"{name}|scale", scale


def pack(
    folder: Path,
    out: Path,
    *,
    megabytes: float,
    exact: bool = False,
    without: Sequence[str] = (),
    steps: int = STEPS,
) -> list[Path]:
    """Write a folder's weights as pieces.

    Args:
        folder: holds `model.safetensors` and `config.json`.
        out: folder for `piece-N.npz` and small files; made if missing.
        megabytes: largest size of a piece.
        exact: fp16 instead of int8.
        without: parts of names whose weights stay behind, for example `word_embeddings`.
        steps: as for `quantise`.
    """
    from safetensors.numpy import load_file

    out.mkdir(parents=True, exist_ok=True)
    for name in _SMALL_FILES:
        if (folder / name).exists():
            shutil.copyfile(folder / name, out / name)
    pieces: list[Path] = []
    held: dict[str, np.ndarray] = {}

    def close() -> None:
        path = out / f"piece-{len(pieces)}.npz"
        with path.open("wb") as stream:
            np.savez(stream, **held)
        pieces.append(path)
        held.clear()

    for name, weight in load_file(folder / "model.safetensors").items():
        if any(part in name for part in without):
            continue
        for key, values in _encode(name, weight, exact=exact, steps=steps):
            if sum(v.nbytes for v in held.values()) + values.nbytes > megabytes * 1e6:
                close()
            held[key] = values
    close()
    (out / _META).write_text(json.dumps({"pieces": len(pieces)}) + "\n", encoding="utf-8")
    return pieces


def join(folder: Path, out: Path, *, rest: Path | None = None) -> None:
    """Write `model.safetensors` from pieces.

    Args:
        folder: as `pack` left it.
        out: folder to write.
        rest: a folder, or its `model.safetensors`, that has the weights which stayed behind.

    Raises:
        FileNotFoundError: a piece is missing.
    """
    from safetensors.numpy import load_file, save_file

    count = json.loads((folder / _META).read_text("utf-8"))["pieces"]
    if rest is not None and rest.is_dir():
        rest = rest / "model.safetensors"
    state: dict[str, np.ndarray] = {} if rest is None else load_file(rest)
    held: dict[str, np.ndarray] = {}
    for number in range(count):
        held.update(np.load(io.BytesIO((folder / f"piece-{number}.npz").read_bytes())))
    for key, values in held.items():
        name, _, kind = key.partition("|")
        if kind == "int8":
            state[name] = restore(values, held[f"{name}|scale"])
        elif not kind:
            state[name] = values.astype(np.float32) if values.dtype == np.float16 else values
    out.mkdir(parents=True, exist_ok=True)
    for small in _SMALL_FILES:
        if (folder / small).exists():
            shutil.copyfile(folder / small, out / small)
    save_file(state, out / "model.safetensors", metadata={"format": "pt"})


def main(arguments: Sequence[str] | None = None) -> None:
    """Read the command line; pack or join."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("action", choices=("pack", "join"))
    parser.add_argument("folder", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--megabytes", type=float, default=60.0)
    parser.add_argument("--exact", action="store_true", help="fp16, for finished weights")
    parser.add_argument(
        "--steps", type=int, default=STEPS, help="of int8, from zero to the largest"
    )
    parser.add_argument("--without", nargs="*", default=(), help="weights that stay behind")
    parser.add_argument("--rest", type=Path, help="where those are, when joining")
    given = parser.parse_args(arguments)
    if given.action == "join":
        join(given.folder, given.out, rest=given.rest)
    else:
        pack(
            given.folder,
            given.out,
            megabytes=given.megabytes,
            exact=given.exact,
            without=given.without,
            steps=given.steps,
        )


if __name__ == "__main__":
    main()
