"""Rival figures in the whole pipeline: what answers a figure is shown as speaking against it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from town import check

from factcheck.index.opened import Index
from factcheck.judgement import Judgement, LogisticModel
from factcheck.pipeline import Models
from factcheck.readings import plan_readings
from factcheck.records import Basis, Claim, Label, Stance
from factcheck.retrieval import RetrievalSettings, retrieve

MakeCorpus = Callable[..., Path]

FLOOD = """\
---
title: Flood in the Ornau valley
published: 2023-06-02
---

The Ornau broke its banks on Thursday and flooded four villages. The farmers' league puts the
damage of the flood at 6 million crowns. The insurers speak of 2 million.

Mayor Rolf Anders thanked the firefighters. The road to Ornau will be closed for a week.
"""
# The verifier's own probabilities and this check, so that the tests do not follow fitted numbers.
PLAIN = Judgement(
    pair=LogisticModel(
        classes=("supports", "refutes", "neutral"),
        features=("log_supports", "log_refutes", "log_neutral", "rival_figure"),
        coefficients=((1.0, 0.0, 0.0, -6.0), (0.0, 1.0, 0.0, 6.0), (0.0, 0.0, 1.0, 0.0)),
        intercepts=(0.0, -1.0, 0.0),
    ),
    claim=None,
    thresholds={"supports": 0.5, "refutes": 0.5, "supported": 0.5, "contested": 0.5},
)


@pytest.fixture
def plain(models: Models) -> Models:
    return replace(models, judgement=PLAIN)


@pytest.fixture
def valley(make_corpus: MakeCorpus) -> Path:
    return make_corpus({"flood.md": FLOOD})


def test_the_sentence_of_the_other_side_is_evidence_against_the_claim(
    valley: Path, plain: Models
) -> None:
    claim = Claim(id="c", text="The flood in the Ornau valley did 6 million crowns of damage.")
    verdict = check([claim], valley, plain)["c"]
    refuting = [item for item in verdict.evidence if item.stance is Stance.REFUTES]
    assert [item.text for item in refuting] == ["The insurers speak of 2 million."]
    (finding,) = (item for item in refuting[0].findings if item.stance is Stance.REFUTES)
    assert finding.passage_span is not None
    assert refuting[0].text[slice(*finding.passage_span)] == "2 million"
    assert finding.passage_span in refuting[0].highlights
    assert verdict.label is Label.CONTESTED
    assert verdict.basis in (Basis.CONFLICTING, Basis.REFUTED)
    assert "According to the insurers it is 2 million, the claim says 6 million." in verdict.reasons


def test_a_claim_that_names_its_source_is_not_contested(valley: Path, plain: Models) -> None:
    text = "The farmers' league puts the damage of the flood in the valley at 6 million crowns."
    verdict = check([Claim(id="c", text=text)], valley, plain)["c"]
    assert verdict.label is Label.SUPPORTED
    assert not any("insurers" in reason for reason in verdict.reasons)


def test_what_is_in_another_section_is_not_answered(make_corpus: MakeCorpus, plain: Models) -> None:
    parted = FLOOD.replace(" The insurers speak", "\n\n## Storm in Lund\n\nThe insurers speak")
    claim = Claim(id="c", text="The flood in the Ornau valley did 6 million crowns of damage.")
    verdict = check([claim], make_corpus({"flood.md": parted}), plain)["c"]
    found = [finding.message for item in verdict.evidence for finding in item.findings]
    assert not any("insurers" in message for message in found)


def before_of(span: str, corpus: Path, models: Models) -> str:
    """What stands before the passage that begins with these words."""
    index = Index.open(corpus, encoder=models.encoder)
    found = retrieve(
        index, Claim(id="c", text=span), models.encoder.encode([span])[0], RetrievalSettings()
    )
    readings = plan_readings([item for item in found if item.passage.text.startswith(span)], index)
    index.close()
    return readings[0].before


def test_two_sentences_before_of_the_same_section_and_speaker_are_known(
    make_corpus: MakeCorpus, models: Models
) -> None:
    text = (
        "# Hall\n\nRain fell on the roofs of Torvin. In Lisk nobody came. In Lund it froze.\n"
        "\nThe hall in Lisk is shut.\n"
        "\n## Fair\n\nThe fair in Lund is open.\n"
    )
    talk = "WEBVTT\n\n00:01.000 --> 00:02.000\n<v Ada>We met in Lisk.\n"
    talk += "\n00:02.000 --> 00:03.000\n<v Bo>The Lund talks failed.\n"
    corpus = make_corpus({"hall.md": text, "talk.vtt": talk})
    known = before_of("The hall in Lisk", corpus, models)
    assert known == "In Lisk nobody came. In Lund it froze."
    assert before_of("Rain fell on", corpus, models) == ""
    assert before_of("The fair in Lund", corpus, models) == ""
    assert before_of("The Lund talks", corpus, models) == ""
