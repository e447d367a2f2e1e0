"""Quotations from the worked example, found through its own files."""

from __future__ import annotations

from pathlib import Path

import pytest
from quote_corpus import MemoryCorpus

from factcheck.quotes import locate_quote
from factcheck.records import Attribution, QuoteStatus
from factcheck.sources import read_corpus


@pytest.fixture(scope="module")
def example(root: Path) -> MemoryCorpus:
    return MemoryCorpus(read_corpus(root / "corpus").sources)


@pytest.mark.parametrize(
    ("quote", "speaker", "status", "attribution", "turned"),
    [
        (
            "I am horrified by Turkey's behavior",
            "Aleksandar Vucic",
            "verbatim",
            "attributed",
            False,
        ),
        (
            "I am appalled by Turkey's behaviour",
            "Aleksandar Vucic",
            "verbatim",
            "attributed",
            False,
        ),
        ("I am horrified by Turkey's behaviour", "Vucic", "trivial", "attributed", False),
        ("a brutal violation of the UN Charter", "Vucic", "verbatim", "attributed", False),
        ("I am outraged by Turkey's behavior", "Vucic", "altered", "attributed", False),
        ("I am horrified by Turkey's behavior", "Albin Kurti", "verbatim", "other_speaker", False),
        (
            "The arms embargo of 1998, which covered Kosovo as well, was lifted in 2002.",
            "Law Lecturer",
            "altered",
            "attributed",
            True,
        ),
        (
            "A drone of this kind does not decide a war, but it changes how close a column of"
            " vehicles dares to come.",
            "Defence Analyst",
            "verbatim",
            "attributed",
            False,
        ),
        ("a narrow answer to a narrow question", None, "verbatim", None, False),
        (
            "These are small machines, and they are cheap. I would speak of a signal, and signals"
            " can be misread.",
            "Defence Analyst",
            "spliced",
            "attributed",
            False,
        ),
        (
            "The arms embargo of 1998 … was lifted in 2001.",
            "Law Lecturer",
            "ellipsis",
            "attributed",
            False,
        ),
        (
            "We should [...] expect any new purchases before the spring.",
            "Defence Analyst",
            "ellipsis",
            "attributed",
            True,
        ),
        ("Tonight the whole region is holding its breath.", "Host", "not_found", None, False),
    ],
)
def test_quotations_of_every_kind_are_told_apart(
    example: MemoryCorpus,
    quote: str,
    speaker: str | None,
    status: str,
    attribution: str | None,
    turned: bool,
) -> None:
    result = locate_quote(quote, example, speaker=speaker)
    assert result.status is QuoteStatus(status)
    assert result.attribution is (Attribution(attribution) if attribution else None)
    assert result.sense_changed is turned
