"""Join tokenised mixes to one stream, so that new pairs need not wait for old ones to be made.

    python -m training.join_mixes .train/mix-c2 .train/mix-7 --leave-out contrast contrast_near \
        --most 220000 --out .train/mix-8

The first mix is taken whole; of the others no more than `--most` pairs each, without the sources
that are left out. The order is shuffled by the seed. Answers (`soft.npy`) go along; pairs of a mix
without any have none.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from training.stream import Mix, MixWriter


def join_mixes(
    folders: Sequence[Path], out: Path, *, leave_out: Sequence[str], most: int, seed: int
) -> int:
    """Write the joined stream, as `training.mix` would.

    Args:
        folders: mixes made with one tokeniser.
        out: the folder to write.
        leave_out: names of sources that count in the first mix only.
        most: largest number of pairs from each mix but the first.
        seed: of the draw and of the order.

    Returns:
        How many pairs the stream holds.
    """
    rng = np.random.default_rng(seed)
    mixes = [Mix(folder) for folder in folders]
    names = sorted({name for mix in mixes for name in mix.sources})
    places: list[tuple[int, int]] = []
    for number, mix in enumerate(mixes):
        rows = np.arange(len(mix))
        if number:
            unwanted = [mix.sources.index(name) for name in leave_out if name in mix.sources]
            rows = rows[~np.isin(mix.source_ids, unwanted)]
            rows = rng.permutation(rows)[:most]
        places += [(number, int(row)) for row in rows]
    order = rng.permutation(len(places))
    writer = MixWriter(out, names)
    for position in order:
        number, row = places[position]
        mix = mixes[number]
        ids = mix.ids[mix.offsets[row] : mix.offsets[row + 1]]
        source = names.index(mix.sources[mix.source_ids[row]])
        writer.write(ids, int(mix.starts[row]), int(mix.labels[row]), source)
    if any(mix.soft is not None for mix in mixes):
        none = np.full(3, np.nan, dtype=np.float16)
        drawn = (places[position] for position in order)
        softs = [none if (soft := mixes[n].soft) is None else soft[row] for n, row in drawn]
        np.save(out / "soft.npy", np.stack(softs))
    counted = np.bincount(writer.sources, minlength=len(names))
    return writer.close({name: int(n) for name, n in zip(names, counted, strict=True)})


def main(arguments: Sequence[str] | None = None) -> None:
    """Read the command line and join."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("mixes", type=Path, nargs="+")
    parser.add_argument("--leave-out", nargs="*", default=())
    parser.add_argument("--most", type=int, default=10**9)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=Path, required=True)
    given = parser.parse_args(arguments)
    join_mixes(given.mixes, given.out, leave_out=given.leave_out, most=given.most, seed=given.seed)


if __name__ == "__main__":
    main()
