"""Which token types a reader was trained with, told from its configuration.

    python -m training.token_types .train/mix-1 --workers 16

writes the types of a whole mix into its folder, for runs on a GPU, which would wait for them.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Sequence
from functools import cache
from multiprocessing import Pool
from pathlib import Path
from typing import Any

import numpy as np

from factcheck.models.alignment import TYPES, UNORDERED_TYPES, Alignment
from factcheck.models.registry import ALIGNED, ORDERED, SEGMENTS, TOKEN_TYPES, WEIGHTS_FOLDER

PairTypes = Callable[[Sequence[int], int], list[int]]
"""Token ids of a row and the place of the claim's first token, to a type for each token."""

KINDS_OF_TYPES = {UNORDERED_TYPES: ALIGNED, TYPES: ORDERED}
"""By the number of types a reader knows, what it is told."""


def plain_types(ids: Sequence[int], start: int) -> list[int]:
    """BERT's own: 0 for the evidence, 1 for the claim."""
    return [0] * start + [1] * (len(ids) - start)


def types_for(config: Any) -> PairTypes:
    """What gives the types for a model with this configuration.

    Raises:
        ValueError: the model knows a number of types that nothing here gives.
    """
    known = getattr(config, "type_vocab_size", 2)
    return types_named(KINDS_OF_TYPES.get(known, SEGMENTS if known <= 2 else str(known)))


@cache
def types_named(kind: str) -> PairTypes:
    """Types as a model card names them, over the shipped vocabulary, which all readers here share.

    Raises:
        ValueError: nothing gives such types.
    """
    if kind == SEGMENTS:
        return plain_types
    if kind not in TOKEN_TYPES:
        raise ValueError(f"token types {kind!r}; known are {', '.join(TOKEN_TYPES)}")
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(WEIGHTS_FOLDER / "tokenizer.json"))
    return Alignment(tokenizer.id_to_token, ordered=kind == ORDERED).pair_types


def _types_of_part(part: tuple[Path, int, int]) -> bytes:
    folder, first, last = part
    offsets = np.load(folder / "offsets.npy", mmap_mode="r")
    starts = np.load(folder / "claim_starts.npy", mmap_mode="r")
    ids = np.memmap(folder / "ids.u16", dtype=np.uint16, mode="r")
    types = types_named(ORDERED)
    rows = (ids[offsets[m] : offsets[m + 1]].tolist() for m in range(first, last))
    return b"".join(
        bytes(types(row, int(start))) for row, start in zip(rows, starts[first:last], strict=True)
    )


def write_types(folder: Path, *, workers: int, part: int = 8192) -> None:
    """Write `types.u8`, a byte for every token of a mix in the order of `ids.u16`."""
    pairs = json.loads((folder / "mix.json").read_text("utf-8"))["pairs"]
    parts = [(folder, first, min(first + part, pairs)) for first in range(0, pairs, part)]
    fresh = folder / "types.u8.new"
    with Pool(workers) as pool, fresh.open("wb") as stream:
        for block in pool.imap(_types_of_part, parts):
            stream.write(block)
    fresh.replace(folder / "types.u8")


def main(arguments: Sequence[str] | None = None) -> None:
    """Read the command line and write the types of one mix."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("mix", type=Path)
    parser.add_argument("--workers", type=int, default=2)
    given = parser.parse_args(arguments)
    write_types(given.mix, workers=given.workers)


if __name__ == "__main__":
    main()
