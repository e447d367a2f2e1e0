"""Two passages read as one: what they support together, and how they are counted and shown."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from town import UNSAVED, check, with_fair_thresholds

from factcheck.pipeline import Models
from factcheck.records import Claim, Label, Stance

MakeCorpus = Callable[..., Path]

SOURCES = {
    "fraud.md": "The bookkeeper Lena Moor reported the fraud at the harbour fund in 2019.\n",
    "vote.md": "Lena Moor was elected mayor of Tarnow on 3 May 2024.\n",
    "castle.md": "Iven Castle was built in 1410 by Duke Otmar.\n",
    "plague.md": "Duke Otmar died of the plague in Varna.\n",
    "choir.md": "The choir of Lisk sang for two hours.\n",
}
TRUE = (
    "The bookkeeper who reported the fraud at the harbour fund became mayor of Tarnow.",
    "The duke who built Iven Castle died of the plague.",
)
FALSE = (
    "The bookkeeper who reported the fraud at the harbour fund became mayor of Varna.",
    "The duke who built Iven Castle became mayor of Tarnow.",
)


@pytest.fixture
def corpus(make_corpus: MakeCorpus) -> Path:
    return make_corpus(SOURCES)


@pytest.fixture
def ready(models: Models) -> Models:
    return with_fair_thresholds(models)


@pytest.mark.parametrize("text", TRUE)
def test_two_passages_that_share_a_name_support_what_neither_says(
    text: str, corpus: Path, ready: Models
) -> None:
    verdict = check([Claim(id="c", text=text)], corpus, ready)["c"]
    joint = [item for item in verdict.evidence if item.joint]
    assert verdict.label is Label.SUPPORTED
    assert len(joint) == 2
    assert {item.stance for item in joint} == {Stance.SUPPORTS}
    assert len({item.joint for item in joint}) == 1
    assert verdict.origins_for == 1
    assert "Two passages support this together; neither of them does alone." in verdict.reasons
    assert len({(item.path, item.start) for item in verdict.evidence}) == len(verdict.evidence)
    for item, other in (joint, joint[::-1]):
        assert any(other.text[:20] in finding.message for finding in item.findings)


@pytest.mark.parametrize("text", FALSE)
def test_two_passages_do_not_support_what_their_words_only_seem_to_say(
    text: str, corpus: Path, ready: Models
) -> None:
    verdict = check([Claim(id="c", text=text)], corpus, ready)["c"]
    assert verdict.label is not Label.SUPPORTED
    assert not any(item.joint for item in verdict.evidence)


def test_passages_that_name_nobody_in_common_are_not_joined(
    make_corpus: MakeCorpus, ready: Models
) -> None:
    corpus = make_corpus(
        {name: text for name, text in SOURCES.items() if name not in ("vote.md", "plague.md")}
        | {"other.md": "Ida Berg was elected mayor of Tarnow on 3 May 2024.\n"}
    )
    verdict = check([Claim(id="c", text=TRUE[0])], corpus, ready)["c"]
    assert not any(item.joint for item in verdict.evidence)


def test_a_claim_that_one_passage_settles_is_not_read_again(corpus: Path, ready: Models) -> None:
    claim = Claim(id="c", text="Lena Moor was elected mayor of Tarnow on 3 May 2024.")
    verdict = check([claim], corpus, ready)["c"]
    assert verdict.label is Label.SUPPORTED
    assert not any(item.joint for item in verdict.evidence)


def test_a_joint_reading_is_as_good_as_the_weaker_of_its_sources(
    corpus: Path, ready: Models
) -> None:
    claim = Claim(id="c", text=TRUE[0])
    distrusting = UNSAVED.with_values({"policy.distrust": ["vote.md"]})
    two = UNSAVED.with_values({"policy.min_independent": 2})
    for config in (distrusting, two):
        verdict = check([claim], corpus, ready, config)["c"]
        assert verdict.label is Label.UNSUPPORTED
        assert verdict.origins_for == 1
