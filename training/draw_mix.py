"""Draw so many different pairs of each source from a mix, for a short phase on two cores.

python -m training.draw_mix .train/mix --recipe training/draw_last.yaml --out .train/mix-last
"""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

from training.stream import Mix, MixWriter


def draw_mix(folder: Path, out: Path, wanted: Mapping[str, int], *, most: int, seed: int) -> int:
    """Write a smaller mix.

    Args:
        folder: the mix to draw from; no source but those of `wanted` is taken.
        out: the folder to write.
        wanted: largest number of pairs by source, each pair once.
        most: largest number of pairs altogether, drawn among those.
        seed: of the draw and of the order.

    Returns:
        How many pairs the new mix holds.

    Raises:
        ValueError: a source is not in the mix.
    """
    mix, rng = Mix(folder), np.random.default_rng(seed)
    unknown = sorted(set(wanted) - set(mix.sources))
    if unknown:
        raise ValueError(f"{folder} has no pairs of {', '.join(unknown)}")
    rows: list[int] = []
    for name, number in wanted.items():
        places = rng.permutation(np.flatnonzero(mix.source_ids == mix.sources.index(name)))
        rows += _different(mix, places, number)
    chosen = np.asarray(rows)[rng.permutation(len(rows))][:most]
    writer = MixWriter(out, list(mix.sources))
    for row in chosen:
        ids = mix.ids[mix.offsets[row] : mix.offsets[row + 1]]
        place = int(mix.source_ids[row])
        writer.write(ids, int(mix.starts[row]), int(mix.labels[row]), place)
    counted = np.bincount(writer.sources, minlength=len(mix.sources))
    return writer.close({name: int(n) for name, n in zip(mix.sources, counted, strict=True) if n})


def _different(mix: Mix, places: np.ndarray, number: int) -> list[int]:
    """The first so many of the places whose pairs differ."""
    seen: set[bytes] = set()
    found: list[int] = []
    for place in places:
        if len(found) == number:
            break
        tokens = mix.ids[mix.offsets[place] : mix.offsets[place + 1]].tobytes()
        if tokens not in seen:
            seen.add(tokens)
            found.append(int(place))
    return found


def main(arguments: Sequence[str] | None = None) -> None:
    """Read the command line and draw."""
    import yaml

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("mix", type=Path)
    parser.add_argument("--recipe", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    given = parser.parse_args(arguments)
    recipe = yaml.safe_load(given.recipe.read_text(encoding="utf-8"))
    pairs = draw_mix(
        given.mix, given.out, recipe["sources"], most=recipe["most"], seed=recipe["seed"]
    )
    print(f"{pairs} pairs")


if __name__ == "__main__":
    main()
