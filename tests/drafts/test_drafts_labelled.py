"""Claim finding on the labelled drafts: the half that rules were not made on."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "benchmarks"))
drafts = pytest.importorskip("drafts", reason="the benchmarks are not here")


def test_the_labelled_set_is_large_and_of_many_kinds() -> None:
    found = [drafts.read_labelled(path) for path in sorted(drafts.LABELLED.glob("*/*.txt"))]
    kinds = {draft.kind for draft in found}
    assert len(kinds) >= 12
    assert sum(len(draft.labels) for draft in found) >= 300
    assert all(reason for draft in found for _, reason in draft.labels.values())


@pytest.mark.parametrize(("half", "least"), [("develop", 0.90), ("measure", 0.85)])
def test_checkable_sentences_are_found(half: str, least: float) -> None:
    result = drafts.score(drafts.LABELLED / half)
    assert result["f1"] >= least
    assert result["precision"] >= 0.9
