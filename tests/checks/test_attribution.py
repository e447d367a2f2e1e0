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


@pytest.mark.parametrize(
    ("claim", "passage"),
    [
        ("Vantor says that no ship was lost.", "Vantor denies that a ship was lost."),
        ("The brewery denies that a tank burst.", "No tank burst, the brewery says."),
        ("Ilse Pram denied that she met the envoy.", "Ilse Pram said that she had never met him or "
         "any envoy."),
        ("The bishop denies that the bell was sold.", "A critic says the bell was sold; Bishop Olm "
         "denies it."),
        ("Korda denied the theft of the bell.", "Korda denied the charge and told the court that "
         "he knew nothing of a theft of any bell."),
    ],
)  # fmt: skip
def test_saying_no_and_denying_are_the_same(claim: str, passage: str) -> None:
    (found,) = findings(claim, passage)
    assert (found.outcome, found.stance) == (Outcome.EQUAL, Stance.SUPPORTS)
    assert found.strength >= 0.6


@pytest.mark.parametrize(
    ("claim", "passage"),
    [
        ("Vantor said that a ship was lost.", "Vantor denies that a ship was lost."),
        ("The brewery denies that a tank burst.", "The brewery admitted that a tank had burst."),
        ("The council says that the bridge is safe.", "The bridge is not safe, the council says."),
    ],
)
def test_one_speaker_cannot_say_yes_and_no(claim: str, passage: str) -> None:
    (found,) = findings(claim, passage)
    assert (found.outcome, found.stance) == (Outcome.DIFFERENT, Stance.REFUTES)
    assert found.strength >= 0.5


@pytest.mark.parametrize(
    ("claim", "passage"),
    [
        # The negation stands in another clause, or says no in words that are not read.
        ("Olm says that the bell was sold.", "Olm says that the bell was sold, though he would not "
         "say for how much."),
        ("Olm says that nobody was in the hall.", "Olm says that the hall was empty of people."),
        ("Olm says that the fee is not more than ten.", "Olm says that the fee is ten."),
        # Another speaker's no.
        ("The union's spokesman said the gate was shut.", "The ministry's spokesman denied that "
         "the gate was shut."),
        # Reported in a question of what is said.
        ("Tessen doubts what Vantor says about the lost ship.", "Vantor denied that a ship was "
         "lost."),
    ],
)  # fmt: skip
def test_no_contradiction_is_read_where_it_is_open(claim: str, passage: str) -> None:
    assert [f for f in findings(claim, passage) if f.stance is Stance.REFUTES] == []


@pytest.mark.parametrize(
    ("claim", "passage"),
    [
        ("The police accused Korda of theft.", "Korda denies the theft of which police accused "
         "him."),
        ("Nobody died in the flood.", "The governor denied that anybody died in the flood."),
        ("The bell was sold in spring.", "Olm, who had denied that the bell was sold, owned up in "
         "spring."),
        ("Nearly 300 songs were sent in.", "The jury rejected all 300 songs that were sent in."),
    ],
)  # fmt: skip
def test_a_denial_leaves_alone_what_it_does_not_contradict(claim: str, passage: str) -> None:
    assert [f for f in findings(claim, passage) if f.stance is Stance.REFUTES] == []


@pytest.mark.parametrize(
    ("claim", "passage"),
    [
        ("The mayor said that the pool would close.", "Mayor Ada Lund said the pool would close."),
        ("Ada Lund said that the pool would close.", "The pool is old. Ada Lund, the mayor, was "
         "there. The mayor said that the pool would close."),
        ("The firm said that the pool would close.", "The building firm Orba said the pool would "
         "close."),
    ],
)  # fmt: skip
def test_a_role_and_a_name_may_be_one_speaker(claim: str, passage: str) -> None:
    (found,) = findings(claim, passage)
    assert (found.outcome, found.stance) == (Outcome.EQUAL, Stance.SUPPORTS)


@pytest.mark.parametrize(
    "passage",
    [
        "The owner said that the pool would close.",  # perhaps the same person
        "Ada Lund was there. Tom Bray said that the pool would close.",  # perhaps she did, too
    ],
)
def test_another_speaker_is_not_seen_where_it_may_be_the_same(passage: str) -> None:
    assert findings("Ada Lund said that the pool would close.", passage) == []


@pytest.mark.parametrize(
    ("text", "speaker", "said"),
    [
        ("A critic says the bell was sold; Bishop Olm denies it.", "Bishop Olm", "the bell was"),
        ("He denied the charge and told the court that he slept.", "He", "he slept"),
    ],
)
def test_what_is_said_reaches_back_and_on(text: str, speaker: str, said: str) -> None:
    last = read_passage(text).body.attributions[-1]
    assert last.speaker == speaker
    assert said in text[last.start : last.end]


@pytest.mark.parametrize(
    "text",
    [
        "Lindell wrote 300 songs, of which the station erased 200.",
        "Contrary to what her husband said, the wall was bare.",
        "There were 250 reported infections.",
        "Two of the island states had opposed it.",
        "The origin of the disease is still disputed.",
    ],
)
def test_no_saying_is_read_into_a_deed(text: str) -> None:
    assert read_passage(text).body.attributions == ()
