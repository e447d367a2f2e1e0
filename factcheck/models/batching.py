"""Cut inputs of different lengths into batches whose results do not depend on the neighbours."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass

# Large enough to keep the matrix kernels busy, small enough for a core's cache: from 256 to 1,024
# tokens the speed is the same, below and above it falls.
BATCH_TOKENS = 512


@dataclass(frozen=True, slots=True)
class Batch:
    """Inputs that run together.

    Attributes:
        rows: positions of the inputs, in input order.
        tokens: the length all of them are padded to.
    """

    rows: tuple[int, ...]
    tokens: int


def padded_length(tokens: int, limit: int) -> int:
    """The length that an input is padded to, alone or in a batch.

    It depends on the input only. Padding to the longest neighbour instead changes the last bits of
    the attention, and rounding to int8 makes that visible.

    Args:
        tokens: length of the input, at least 1.
        limit: the longest input of the model.

    Returns:
        The next multiple of 4, of 8 above 64 tokens and of 16 above 128, at most `limit`.
    """
    step = 4 if tokens <= 64 else 8 if tokens <= 128 else 16
    return min(-(-tokens // step) * step, max(limit, tokens))


def plan_batches(
    lengths: Sequence[int], *, limit: int, batch_tokens: int = BATCH_TOKENS
) -> list[Batch]:
    """Group inputs of one padded length, longest first so that the last batches are short.

    Args:
        lengths: tokens of each input.
        limit: the longest input of the model.
        batch_tokens: tokens in a batch, padding included; a longer input runs alone.

    Returns:
        Batches that hold every position exactly once.
    """
    groups: dict[int, list[int]] = {}
    for row, tokens in enumerate(lengths):
        groups.setdefault(padded_length(tokens, limit), []).append(row)
    batches = []
    for tokens in sorted(groups, reverse=True):
        rows = groups[tokens]
        size = max(1, batch_tokens // tokens)
        batches += [
            Batch(tuple(rows[start : start + size]), tokens) for start in range(0, len(rows), size)
        ]
    return batches


def count_threads(threads: int | None) -> int:
    """The number of threads asked for, or the cores this process may use."""
    if threads is not None and threads > 0:
        return threads
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
