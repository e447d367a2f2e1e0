"""Who says it, in claim and passage."""

from __future__ import annotations

import pytest

from factcheck.checks import check_pair, read_claim, read_passage, reported_by
from factcheck.records import Finding, Outcome, Stance


def findings(claim: str, passage: str) -> list[Finding]:
    found = check_pair(read_claim(claim), read_passage(passage))
    return [finding for finding in found if finding.check == "attribution"]


@pytest.mark.parametrize(
    ("passage", "speaker"),
    [
        ("Organisers said 3,000 people marched.", "Organisers"),
        ("Police put the crowd at 500.", "Police"),
        ("According to Human Rights Watch, about 500 civilians died.", "Human Rights Watch"),
        ("About 500 civilians died, according to Human Rights Watch.", "Human Rights Watch"),
        ("“I am horrified,” said Aleksandar Vucic.", "Aleksandar Vucic"),
        ("The minister denied that the bridge was closed.", "The minister"),
        ("Mr Smith, a spokesman for the council, said on Monday the pool closed.", "Mr Smith"),
        ("It is claimed that the mayor resigned.", "an unnamed source"),
        ("Maria Kos spoke on Monday. She said that the pool closed.", "Maria Kos"),
    ],
)
def test_a_reporting_passage_names_its_speaker(passage: str, speaker: str) -> None:
    assert reported_by(read_passage(passage)) == speaker


@pytest.mark.parametrize(
    "passage",
    [
        "About 3,000 people marched through the city.",
        "Results suggest that masks help.",
        "Kosovo declared independence on 17 February 2008.",
        "The border guards denied entry to the man.",
        "Parliament rejected the bill.",
        "The claim was heard in court.",
    ],
)
def test_a_passage_in_its_own_voice_names_nobody(passage: str) -> None:
    assert reported_by(read_passage(passage)) is None


def test_a_transcript_line_is_on_its_speakers_word() -> None:
    passage = read_passage("The pool will close in May.", speaker="Maria Kos")
    assert reported_by(passage) == "Maria Kos"


def test_a_claim_about_a_saying_is_supported_plainly() -> None:
    passage = read_passage("Organisers said 3,000 people marched.")
    assert reported_by(passage, read_claim("3,000 people marched.")) == "Organisers"
    assert reported_by(passage, read_claim("Organisers say 3,000 people marched.")) is None


def test_only_the_relevant_part_of_the_passage_counts() -> None:
    passage = read_passage("The pool closed in May; the mayor said that the library stays open.")
    assert reported_by(passage, read_claim("The pool closed in May.")) is None
    assert reported_by(passage, read_claim("The library stays open.")) == "the mayor"


def test_a_denial_is_evidence_against_the_claim() -> None:
    (found,) = findings("The bridge was closed.", "The minister denied that the bridge was closed.")
    assert (found.outcome, found.stance) == (Outcome.DIFFERENT, Stance.REFUTES)
    assert "The minister" in found.message


def test_saying_and_denying_by_one_speaker_are_opposites() -> None:
    passage = "Maria Kos denied that the bridge was closed."
    (found,) = findings("Maria Kos said that the bridge was closed.", passage)
    assert (found.outcome, found.stance) == (Outcome.DIFFERENT, Stance.REFUTES)


def test_the_same_speaker_under_another_spelling_agrees() -> None:
    passage = "Aleksandar Vučić said that the charter was violated."
    (found,) = findings("Vucic said that the charter was violated.", passage)
    assert (found.outcome, found.stance) == (Outcome.EQUAL, Stance.SUPPORTS)


def test_another_speaker_informs_only() -> None:
    passage = "Ana Petrov said that the charter was violated."
    (found,) = findings("Maria Kos said that the charter was violated.", passage)
    assert (found.outcome, found.stance) == (Outcome.DIFFERENT, Stance.NEUTRAL)


def test_a_passage_that_repeats_the_claims_own_speaker_says_so() -> None:
    claim = read_claim("Strikes killed over 2,500.", speaker="Government press office")
    passage = read_passage("The government press office said strikes killed over 2,500.")
    (found,) = [f for f in check_pair(claim, passage) if f.check == "attribution"]
    assert (found.outcome, found.stance) == (Outcome.EQUAL, None)
    assert "who made the claim" in found.message


@pytest.mark.parametrize(
    ("claim", "passage"),
    [
        ("The runner's sample was taken in May.", "The runner denies having taken anything."),
        ("Maria Kos was found guilty on all charges.", "Maria Kos denied the theft of the horses."),
        ("The hermit in the cave died in 1943.", "Police dismissed reports that two people died."),
    ],
)
def test_a_denial_of_something_else_is_no_evidence_against_the_claim(
    claim: str, passage: str
) -> None:
    assert [f for f in findings(claim, passage) if f.stance is Stance.REFUTES] == []


@pytest.mark.parametrize(
    "text",
    [
        "Varland belongs to the first states that recognised the island.",
        "The bill is opposed by five states that border the sea.",
        "The board received several reports that were never opened.",
    ],
)
def test_states_and_reports_that_are_counted_say_nothing(text: str):
    assert read_passage(text).body.attributions == ()


def test_a_ministry_that_states_something_still_says_it():
    (found,) = read_passage("The ministry states that the bridge is closed.").body.attributions
    assert found.speaker.lower().endswith("ministry")
