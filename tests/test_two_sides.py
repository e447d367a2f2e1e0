"""Rival figures in the whole pipeline: what answers a figure is shown as speaking against it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from town import check

from factcheck.judgement import Judgement, LogisticModel
from factcheck.pipeline import Models
from factcheck.readings import sentences_before
from factcheck.records import Basis, Claim, Label, Segment, Source, Stance

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


def source(text: str, segments: tuple[Segment, ...] = ()) -> Source:
    return Source(id="s", path="s.txt", text=text, sha256="0" * 64, segments=segments)


def test_the_sentences_before_are_two_at_most_and_whole() -> None:
    text = "Rain fell. Nobody came. It was cold.\n\nThe hall was shut."
    start = text.index("The hall")
    assert sentences_before(source(text), start) == "Nobody came. It was cold."
    assert sentences_before(source(text), 0) == ""
    long = "word " * 300 + "ends. The hall was shut. Nobody came."
    assert sentences_before(source(long), long.index("Nobody")) == "The hall was shut."


def test_the_sentences_before_stay_with_section_speaker_and_row() -> None:
    text = "The first. The second. The third."
    first, second, third = (
        Segment(start=0, end=10, heading="A"),
        Segment(start=11, end=22, heading="B"),
        Segment(start=23, end=33, heading="B"),
    )
    parted = source(text, (first, second, third))
    assert sentences_before(parted, 23) == "The second."
    spoken = (first, replace(second, speaker="Ada"), replace(third, speaker="Bo"))
    assert sentences_before(source(text, spoken), 23) == ""
    rows = (first, replace(second, place="row 1"), replace(third, place="row 2"))
    assert sentences_before(source(text, rows), 23) == ""
