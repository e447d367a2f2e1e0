"""A question states nothing, neither for a claim nor against it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from town import check

from factcheck.evidence import only_asks
from factcheck.pipeline import Models
from factcheck.records import Claim, Stance

MakeCorpus = Callable[..., Path]

TALK = """\
WEBVTT

00:00:01.000 --> 00:00:04.000
<v Host>Was the bridge over the Arve in Lindholm closed to lorries on 3 May 2019?
"""


@pytest.mark.parametrize(
    "text", ["Is this the start of an arms race?", "“Who paid?” ", "Why? Who says so?"]
)
def test_questions_alone_only_ask(text: str) -> None:
    assert only_asks(text)


@pytest.mark.parametrize(
    "text",
    ["He asked who paid.", "The board paid. Who else?", "Who paid? A board.", "", "“Why?” he says"],
)
def test_a_text_with_a_statement_does_more_than_ask(text: str) -> None:
    assert not only_asks(text)


def test_a_question_neither_supports_nor_refutes(make_corpus: MakeCorpus, models: Models) -> None:
    corpus = make_corpus({"talk.vtt": TALK})
    claims = [
        Claim(id="for", text="The bridge over the Arve was closed to lorries on 3 May 2019."),
        Claim(id="against", text="The bridge over the Arve was never closed to lorries."),
    ]
    for verdict in check(claims, corpus, models).values():
        assert verdict.evidence
        assert {item.stance for item in verdict.evidence} == {Stance.NEUTRAL}
        assert "asks a question" in verdict.evidence[0].findings[0].message
