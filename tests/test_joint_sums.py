"""Figures that follow from two passages together."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from town import check, with_fair_thresholds

from factcheck.pipeline import Models
from factcheck.records import Claim, Stance

MakeCorpus = Callable[..., Path]

SOURCES = {
    "first.md": "In 2022 the ferries of Sarn carried 412,000 passengers.\n",
    "second.md": "In 2023 the ferries of Sarn carried 455,000 passengers.\n",
    "third.md": "The ferries of Sarn have a crew of 38.\n",
    "club.md": "The chess club of Lisk was founded in 1911.\n",
}


@pytest.fixture
def corpus(make_corpus: MakeCorpus) -> Path:
    return make_corpus(SOURCES)


@pytest.fixture
def ready(models: Models) -> Models:
    return with_fair_thresholds(models)


def joint_paths(text: str, corpus: Path, models: Models) -> set[str]:
    verdict = check([Claim(id="c", text=text)], corpus, models)["c"]
    joint = [item for item in verdict.evidence if item.joint]
    assert all(item.stance is Stance.SUPPORTS for item in joint)
    return {item.path for item in joint}


def test_a_change_follows_from_two_reports(corpus: Path, ready: Models) -> None:
    text = "The ferries of Sarn carried 43,000 passengers more in 2023 than in 2022."
    assert joint_paths(text, corpus, ready) == {"first.md", "second.md"}


@pytest.mark.parametrize(
    "text",
    (
        "The ferries of Sarn carried 61,000 passengers more in 2023 than in 2022.",
        "The chess club of Lisk has 43,000 members.",
    ),
)
def test_another_figure_or_matter_is_not_worked_out(text: str, corpus: Path, ready: Models) -> None:
    assert not joint_paths(text, corpus, ready)


def test_the_calculation_is_shown(corpus: Path, ready: Models) -> None:
    text = "The ferries of Sarn carried 43,000 passengers more in 2023 than in 2022."
    verdict = check([Claim(id="c", text=text)], corpus, ready)["c"]
    messages = [finding.message for item in verdict.evidence for finding in item.findings]
    assert any("43,000" in message and "455,000" in message for message in messages)
