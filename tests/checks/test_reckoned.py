"""Figures that follow from a passage, and figures that a sum only gives by chance.

`chance.txt` and `reckoned.txt` hold a passage and a claim a line. A line that begins with "!" is
judged wrongly today.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from factcheck.checks import check_pair, read_claim, read_passage
from factcheck.records import Stance

FOLDER = Path(__file__).parent
ENOUGH = 0.4
"""A finding of less strength moves no stance."""


def lines(name: str) -> Sequence[object]:
    marked = []
    for line in (FOLDER / name).read_text("utf-8").splitlines():
        passage, claim = line.removeprefix("! ").split(" || ")
        known = [pytest.mark.xfail(strict=True)] if line.startswith("! ") else []
        marked.append(pytest.param(passage, claim, marks=known, id=claim[:60]))
    return marked


def reckoned(passage: str, claim: str) -> bool:
    return any(
        finding.check == "arithmetic"
        and finding.stance is Stance.SUPPORTS
        and finding.strength >= ENOUGH
        for finding in check_pair(read_claim(claim), read_passage(passage))
    )


@pytest.mark.parametrize(("passage", "claim"), lines("chance.txt"))
def test_a_figure_that_fits_by_chance_is_not_reckoned(passage: str, claim: str) -> None:
    assert not reckoned(passage, claim)


@pytest.mark.parametrize(("passage", "claim"), lines("reckoned.txt"))
def test_a_figure_that_follows_is_reckoned(passage: str, claim: str) -> None:
    assert reckoned(passage, claim)
