"""Read a tokenised mix in order, as micro-batches of equal token length."""

from __future__ import annotations

import json
import random
import zlib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from training.token_types import PairTypes, plain_types


@dataclass(frozen=True, slots=True)
class MicroBatch:
    """Pairs of one token length, so that neither padding nor a mask is needed.

    Attributes:
        ids: (n, length) int64 token ids.
        types: (n, length) int64, even for evidence and odd for the claim.
        labels: (n,) int64 label ids, `OPEN_ID` where only a teacher's answer is known.
        sources: (n,) int64 positions in the mix's list of sources.
        soft: (n, 3) float32 logits of a teacher, None without one.
        claims: (n,) int64, equal for equal claims; None where nobody asks.
    """

    ids: np.ndarray
    types: np.ndarray
    labels: np.ndarray
    sources: np.ndarray
    soft: np.ndarray | None = None
    claims: np.ndarray | None = None


def stack_types(
    rows: Sequence[np.ndarray] | np.ndarray,
    starts: Sequence[int] | np.ndarray,
    pair_types: PairTypes,
) -> np.ndarray:
    """Token types of rows of one length, (n, length) int64."""
    typed = [pair_types(row.tolist(), int(start)) for row, start in zip(rows, starts, strict=True)]
    return np.asarray(typed, dtype=np.int64)


class MixWriter:
    """Writes pairs one after another as the folder that `Mix` reads.

    Args:
        folder: made if missing; `ids.u16`, `offsets.npy`, `claim_starts.npy`, `labels.npy`,
            `sources.npy` and, at the end, `mix.json` are written into it.
        sources: names that the numbers of sources stand for.
    """

    def __init__(self, folder: Path, sources: Sequence[str]) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.folder, self.names = folder, list(sources)
        self.offsets: list[int] = [0]
        self.starts: list[int] = []
        self.labels: list[int] = []
        self.sources: list[int] = []
        self.stream = (folder / "ids.u16").open("wb")

    def write(self, ids: Sequence[int] | np.ndarray, start: int, label: int, source: int) -> None:
        """Add a pair: token ids, place of the claim's first token, label and source."""
        self.stream.write(np.asarray(ids, dtype=np.uint16).tobytes())
        self.offsets.append(self.offsets[-1] + len(ids))
        self.starts.append(start)
        self.labels.append(label)
        self.sources.append(source)

    def close(self, counts: Mapping[str, Any]) -> int:
        """Write the arrays and the summary, with `counts` by source; return the pairs held."""
        self.stream.close()
        for name, values, kind in (
            ("offsets", self.offsets, np.int64),
            ("claim_starts", self.starts, np.uint16),
            ("labels", self.labels, np.uint8),
            ("sources", self.sources, np.uint8),
        ):
            np.save(self.folder / f"{name}.npy", np.asarray(values, dtype=kind))
        summary = {
            "pairs": len(self.labels),
            "mean_tokens": self.offsets[-1] / max(1, len(self.labels)),
            "sources": self.names,
            "counts": counts,
        }
        text = json.dumps(summary, indent=1) + "\n"
        (self.folder / "mix.json").write_text(text, encoding="utf-8")
        return len(self.labels)


class Mix:
    """A folder written by `MixWriter`, mapped into memory.

    Args:
        folder: to read.
        pair_types: gives the token types of a row. Types other than BERT's own are read from
            `types.u8` where `training.token_types` has written them.
        with_claims: whether micro-batches tell which pairs are of one claim.
    """

    def __init__(
        self, folder: Path, pair_types: PairTypes = plain_types, *, with_claims: bool = False
    ) -> None:
        self.pair_types, self.with_claims = pair_types, with_claims
        self.sources: list[str] = json.loads((folder / "mix.json").read_text("utf-8"))["sources"]
        self.ids = np.asarray(np.memmap(folder / "ids.u16", dtype=np.uint16, mode="r"))
        self.offsets = np.load(folder / "offsets.npy")
        self.starts = np.load(folder / "claim_starts.npy").astype(np.int64)
        self.labels = np.load(folder / "labels.npy").astype(np.int64)
        self.source_ids = np.load(folder / "sources.npy").astype(np.int64)
        soft = folder / "soft.npy"
        self.soft = np.load(soft, mmap_mode="r") if soft.exists() else None
        types = folder / "types.u8"
        self.types: np.ndarray | None = None
        if types.exists():
            self.types = np.asarray(np.memmap(types, dtype=np.uint8, mode="r"))

    def __len__(self) -> int:
        return len(self.labels)

    def gather(self, members: list[int]) -> MicroBatch:
        """Stack pairs of equal length."""
        ids = self._stack(self.ids, members)
        if self.types is None or self.pair_types is plain_types:
            types = stack_types(ids, self.starts[members], self.pair_types)
        else:
            types = self._stack(self.types, members)
        soft = None if self.soft is None else self.soft[members].astype(np.float32)
        claims = None
        if self.with_claims:
            claims = np.asarray([self.claim_number(member) for member in members])
        return MicroBatch(ids, types, self.labels[members], self.source_ids[members], soft, claims)

    def _stack(self, stream: np.ndarray, members: Sequence[int]) -> np.ndarray:
        first = self.offsets[members]
        length = int(self.offsets[members[0] + 1] - first[0])
        return stream[first[:, None] + np.arange(length)].astype(np.int64)

    def texts(self, member: int) -> tuple[list[int], list[int]]:
        """Token ids of evidence and claim, without special tokens."""
        first, last = int(self.offsets[member]), int(self.offsets[member + 1])
        row, start = self.ids[first:last].tolist(), int(self.starts[member])
        return row[1 : start - 1], row[start:-1]

    def claim_number(self, member: int) -> int:
        """A number that pairs of the same claim share: a checksum of its tokens."""
        first, last = int(self.offsets[member]), int(self.offsets[member + 1])
        return zlib.crc32(self.ids[first + int(self.starts[member]) : last].tobytes())


def plan_steps(
    lengths: np.ndarray,
    *,
    seed: str,
    batch: int,
    micro: int,
    chunk: int,
    skipped: np.ndarray | None = None,
) -> Iterator[list[list[int]]]:
    """Group the stream into optimiser steps of micro-batches of equal length.

    Within a chunk pairs of one length are put together; micro-batches are then shuffled and
    taken until a step holds `batch` pairs, so that a step mixes lengths and thereby sources.

    Args:
        lengths: token count of every pair in stream order.
        seed: fixes the order.
        batch: least number of pairs of a step.
        micro: largest number of pairs of a micro-batch.
        chunk: pairs looked at together; larger means fuller micro-batches.
        skipped: true for the pairs that are left out; none by default.

    Yields:
        Lists of micro-batches, each a list of positions in the stream. Every other position comes
        exactly once; the same arguments give the same plan, so a step number is a position.
    """
    for first in range(0, len(lengths), chunk):
        rng = random.Random(f"{seed} {first}")
        by_length: dict[int, list[int]] = defaultdict(list)
        for position in range(first, min(first + chunk, len(lengths))):
            if skipped is None or not skipped[position]:
                by_length[int(lengths[position])].append(position)
        pieces = [
            members[start : start + micro]
            for members in by_length.values()
            for start in range(0, len(members), micro)
        ]
        rng.shuffle(pieces)
        step: list[list[int]] = []
        held = 0
        for piece in pieces:
            step.append(piece)
            held += len(piece)
            if held >= batch:
                yield step
                step, held = [], 0
        if step:
            yield step


def plan_steps_by_claim(
    claims: Sequence[int], lengths: np.ndarray, *, seed: str, batch: int
) -> Iterator[list[list[int]]]:
    """Group the stream into steps that hold all pairs of a claim together.

    Args:
        claims: a number for every pair, equal for equal claims.
        lengths: token count of every pair.
        seed: fixes the order.
        batch: least number of pairs of a step.

    Yields:
        Lists of micro-batches of one length, as `plan_steps` does.
    """
    by_claim: dict[int, list[int]] = defaultdict(list)
    for position, claim in enumerate(claims):
        by_claim[claim].append(position)
    groups = list(by_claim.values())
    random.Random(seed).shuffle(groups)
    held: list[int] = []
    for group in groups:
        held += group
        if len(held) >= batch:
            yield _by_length(held, lengths)
            held = []
    if held:
        yield _by_length(held, lengths)


def _by_length(members: Sequence[int], lengths: np.ndarray) -> list[list[int]]:
    groups: dict[int, list[int]] = defaultdict(list)
    for member in members:
        groups[int(lengths[member])].append(member)
    return list(groups.values())
