"""The labelled pairs about figures: readable, apart, and balanced enough to mean something."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

from factcheck.evaluate import read_labelled

PAIRS = Path(__file__).parent / "pairs"
FILES = sorted(PAIRS.glob("*/*.jsonl"))


def rows_of(path: Path) -> list[dict[str, str]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_rows_are_complete_and_labelled(path: Path) -> None:
    assert len(read_labelled(path)) >= 150
    rows = rows_of(path)
    assert all(set(row) == {"claim", "evidence", "label", "kind"} for row in rows)
    assert len({(row["claim"], row["evidence"]) for row in rows}) == len(rows)
    counts = Counter(row["label"] for row in rows)
    assert max(counts.values()) <= 0.5 * len(rows), "one answer would do for most of them"


def test_the_halves_share_no_evidence() -> None:
    halves = {
        half: {row["evidence"] for path in (PAIRS / half).glob("*.jsonl") for row in rows_of(path)}
        for half in ("develop", "measure")
    }
    assert not halves["develop"] & halves["measure"]


def test_both_halves_hold_the_same_files() -> None:
    names = [{path.name for path in (PAIRS / half).iterdir()} for half in ("develop", "measure")]
    assert names[0] == names[1]
