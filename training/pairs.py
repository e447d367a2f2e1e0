"""Labelled (evidence, claim) pairs and the files they are read from."""

from __future__ import annotations

import gzip
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

LABELS = ("SUPPORTS", "REFUTES", "NEI")
"""Order of the verifier's three outputs; an index into this tuple is a label id."""

OPEN = "OPEN"
"""Label of a pair that nobody labelled; its id is the number of labels."""

LABEL_IDS = {name: position for position, name in enumerate((*LABELS, OPEN))}
OPEN_ID = LABEL_IDS[OPEN]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """One training or development example.

    Attributes:
        evidence: the passage, one to a few sentences.
        claim: the statement judged against the passage alone.
        label: one of `LABELS`, or `OPEN`.
        source: the component of the recipe that made it, for per-source counts.
    """

    evidence: str
    claim: str
    label: str
    source: str


def locate_shared(given: str | Path | None = None) -> Path:
    """Find the folder that holds `data/` and `models/`.

    Args:
        given: an explicit folder; otherwise the variable FACTCHECK_SHARED, otherwise `shared`
            beside the checkout.

    Returns:
        The folder; it may not exist, so that callers can say what is missing.
    """
    if given is not None:
        return Path(given)
    beside_checkout = Path(__file__).resolve().parents[2] / "shared"
    return Path(os.environ.get("FACTCHECK_SHARED", beside_checkout))


def read_rows(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the objects of a gzipped JSON Lines file, in file order."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def read_pairs(path: Path, *, source: str) -> Iterator[Pair]:
    """Yield the rows of a file that carry claim, evidence and label."""
    for row in read_rows(path):
        yield Pair(evidence=row["evidence"], claim=row["claim"], label=row["label"], source=source)


class PairRow(NamedTuple):
    """One labelled pair.

    Args:
        set: name of the data set.
        label: 0 supported, 1 contested, 2 unsupported.
        readings: share and inputs of each reading, the whole text first (`read_given`).
    """

    set: str
    label: int
    readings: list[tuple[float, dict[str, float]]]
