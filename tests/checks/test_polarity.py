"""A claim and a passage of which one denies what the other states."""

from __future__ import annotations

import pytest

from factcheck.checks import read_claim, read_passage
from factcheck.checks.reading import read_text
from factcheck.checks.statements.denials import read_denials
from factcheck.checks.statements.polarity import compare_polarity
from factcheck.records import Finding, Stance


def compare(claim: str, passage: str, title: str = "") -> Finding | None:
    return compare_polarity(read_claim(claim), read_passage(passage, context=title))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The mayor did not sign the treaty.", [("not", "sign")]),
        ("The mayor hasn't yet signed it.", [("hasn't", "signed")]),
        ("No mayor signed the treaty.", [("No", "signed")]),
        ("The town has no harbour.", [("no", "harbour")]),
        ("The guard saw nothing.", [("nothing", "saw")]),
        ("The firm failed to pay.", [("failed", "pay")]),
        # these deny nothing
        ("Not only did the mayor sign.", []),
        ("No fewer than nine ships sank.", []),
        ("The councillor voted no.", []),
        ("She is ranked No. 9.", []),
        ("The bridge failed in May.", []),
    ],
)
def test_what_is_denied(text: str, expected: list[tuple[str, str]]) -> None:
    reading = read_text(text)
    tokens = reading.layout.tokens
    found = [(tokens[d.cue].text, tokens[d.predicate].text) for d in read_denials(reading)]
    assert found == expected


@pytest.mark.parametrize(
    ("claim", "passage"),
    [
        ("The abbey sold its vineyard.", "The abbey has not sold its vineyard."),
        ("The abbey sold its vineyard.", "The abbey never sold its vineyard on the hill."),
        ("The rector published the letters.", "The rector refused to publish the letters."),
        ("The island has a lighthouse.", "The island has no lighthouse."),
        ("Sailors were injured in the collision.", "No sailors were injured in the collision."),
        ("The abbey never sold its vineyard.", "The abbey sold its vineyard in the spring."),
        ("Last year nobody visited the cave.", "Thousands visited the cave last year."),
        ("The rector did not publish the letters.", "The rector published the letters at last."),
    ],
)
def test_one_side_denies_what_the_other_states(claim: str, passage: str) -> None:
    finding = compare(claim, passage)
    assert finding is not None
    assert finding.stance is Stance.REFUTES
    assert finding.strength >= 0.5


@pytest.mark.parametrize(
    ("claim", "passage"),
    [
        # both deny
        ("The abbey did not sell its vineyard.", "The abbey failed to sell its vineyard."),
        ("The bell did not pass the test.", "The bell failed the test of sound."),
        # a part of a number
        ("Four of the nine ferries do not run.", "Five of the nine ferries run."),
        ("Most ferries do not run.", "A few ferries run."),
        # she was the first
        (
            "No woman had chaired the guild before Olsen.",
            "Olsen was the first woman who chaired the guild.",
        ),
        ("No river is longer than the Tarn.", "The Tarn is the longest river."),
        # stated once, denied once
        (
            "The pump works in winter.",
            "The pump works in summer and in winter, but the old pump does not work.",
        ),
        # the denial is of another matter
        ("The baker sells bread.", "The mayor did not sign the treaty with the baker."),
        # not only
        ("The abbey sold its vineyard.", "The abbey sold not only its vineyard."),
        # the claim denies by its verb
        ("The rector lacked a licence.", "The rector did not have a licence."),
    ],
)
def test_nothing_is_found_where_the_two_may_agree(claim: str, passage: str) -> None:
    assert compare(claim, passage) is None


@pytest.mark.parametrize(
    ("claim", "passage"),
    [
        # asked or planned
        ("The abbey has not sold its vineyard.", "Whether the abbey sold its vineyard is unclear."),
        ("The tunnel is not opened.", "The tunnel will be opened in spring."),
        # said by one side
        ("The abbey sold its vineyard.", "The abbot insists the abbey never sold its vineyard."),
        # somebody else
        (
            "The abbey sold its vineyard.",
            "The priory, unlike the abbey, never sold its vineyard.",
        ),
        # something else in its place
        (
            "The painter worked in the tower.",
            "The painter worked not in the tower but beside it.",
        ),
    ],
)
def test_doubtful_denials_are_weak(claim: str, passage: str) -> None:
    finding = compare(claim, passage)
    assert finding is None or finding.strength < 0.6


def test_the_denying_word_is_pointed_at() -> None:
    passage = "The abbey never sold its vineyard."
    finding = compare("The abbey sold its vineyard.", passage)
    assert finding is not None and finding.passage_span is not None
    start, end = finding.passage_span
    assert passage[start:end] == "never" == finding.passage_text
