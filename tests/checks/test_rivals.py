"""Figures of another side: when one answers the figure of a claim, and when it does not."""

from __future__ import annotations

import pytest

from factcheck.checks import check_pair, pair_features, read_claim, read_passage
from factcheck.checks.rivals import compare_rivals
from factcheck.records import Finding, Outcome, Stance


def rivals(claim: str, passage: str, before: str = "") -> tuple[Finding, ...]:
    return compare_rivals(read_claim(claim), read_passage(passage, before=before))


@pytest.mark.parametrize(
    ("claim", "before", "passage", "message"),
    [
        (
            "The flood did 6 million crowns of damage.",
            "The farmers' league puts the damage at 6 million crowns.",
            "The insurer speaks of 2 million.",
            "according to the insurer it is 2 million, the claim says 6 million",
        ),
        (
            "A crowd of 7,460 saw the derby.",
            "The club gave the attendance as 7,460.",
            "Firefighters counted about 9,000, since nobody had closed the east gate.",
            "according to firefighters it is about 9,000, the claim says 7,460",
        ),
        (
            "The bus line costs the town 81,000 euros.",
            "Mayor Olga Prins reckons that the bus line costs the town 81,000 euros. "
            "The passengers' league disputes this.",
            "By its count it is 52,000.",
            "according to the passengers' league it is 52,000, the claim says 81,000 euros",
        ),
        (
            "Nine miners died in the explosion.",
            "Nine miners died in the explosion, the ministry said.",
            "The union speaks of 15 dead.",
            "according to the union it is 15, the claim says nine",
        ),
        (
            "The strike was joined by 80 per cent of the drivers.",
            "The union says that 80 per cent of the drivers joined the strike.",
            "The company puts the figure at 35.",
            "according to the company it is 35, the claim says 80 per cent",
        ),
        (
            "About 3,000 people marched in Velm.",
            "About 3,000 people marched in Velm, according to the organisers.",
            "Police figures speak of 1,200.",
            "according to police figures it is 1,200, the claim says about 3,000",
        ),
        (
            "The firm cut 640 jobs in Dorn.",
            "The firm said that it had cut 640 jobs in Dorn.",
            "The correct number is 910.",
            "by the passage it is in fact 910, the claim says 640",
        ),
    ],
)
def test_a_figure_that_answers_the_sentence_before_refutes(
    claim: str, before: str, passage: str, message: str
) -> None:
    (finding,) = rivals(claim, passage, before)
    assert (finding.check, finding.outcome) == ("quantity", Outcome.DIFFERENT)
    assert finding.stance is Stance.REFUTES
    assert finding.message == message
    assert finding.strength >= 0.4
    assert finding.passage_span is not None
    assert passage[slice(*finding.passage_span)] == finding.passage_text
    assert finding in check_pair(read_claim(claim), read_passage(passage, before=before))
    # Alone the sentence says nothing that could be compared.
    assert rivals(claim, passage) == ()


@pytest.mark.parametrize(
    "passage",
    [
        "The ministry counted 300 wolves; the hunters' league speaks of 520.",
        "The ministry put the number of wolves at 300, the hunters' league at 520.",
        "There are 300 wolves, the ministry says. The hunters' league makes it 520.",
        "There are 300 wolves, the ministry says. There are 520, says the hunters' league.",
        "The ministry spoke of 300 wolves, the hunters' league of 520.",
    ],
)
@pytest.mark.parametrize(("ours", "theirs"), [("300", "520"), ("520", "300")])
def test_either_figure_is_disputed_when_both_stand_in_the_passage(
    passage: str, ours: str, theirs: str
) -> None:
    (finding,) = rivals(f"The forest has {ours} wolves.", passage)
    assert (finding.claim_text, finding.passage_text) == (ours, theirs)


BEFORE = "The farmers' league puts the damage in the valley at 6 million crowns."


@pytest.mark.parametrize(
    "passage",
    [
        "The insurer speaks of 6 million.",
        "The league now speaks of 7 million.",
        "The insurer speaks of 2 million of it for roofs.",
        "The insurer speaks of 2 million for the bridge.",
        "The insurer speaks of another 2 million.",
        "The insurer had initially spoken of 2 million.",
        "In 1987 the insurer spoke of 2 million.",
        "The insurer will pay 2 million.",
        "The insurer counted 2,000 letters.",
        "The insurer does not speak of 2 million.",
        "Does the insurer speak of 2 million?",
        "The insurer says that 40 per cent are insured.",
        "The cellars are still wet; the insurer counted 300.",
        "It speaks of 2 million.",
        "Two million were paid.",
    ],
)
def test_other_things_other_times_and_parts_are_no_rivals(passage: str) -> None:
    assert rivals("The flood did 6 million crowns of damage in the valley.", passage, BEFORE) == ()


@pytest.mark.parametrize(
    "claim",
    [
        "The farmers' league puts the flood damage at 6 million crowns.",
        "According to the farmers' league, the flood did 6 million crowns of damage.",
        "The flood allegedly did 6 million crowns of damage.",
        "The flood damage is 6 million crowns for the farmers' league, 2 million for the insurer.",
        "The estimates of the damage reach 6 million crowns.",
        "The flood did 6 million tonnes of damage.",
        "The flood did over a million crowns of damage.",
    ],
)
def test_a_claim_that_says_on_whose_word_or_agrees_is_not_refuted(claim: str) -> None:
    assert rivals(claim, "The insurer speaks of 2 million.", BEFORE) == ()


def test_a_figure_laid_in_the_mouth_of_the_other_side_is_refuted() -> None:
    claim = "The insurer put the flood damage at 6 million crowns."
    (finding,) = rivals(claim, "The insurer speaks of 2 million.", BEFORE)
    assert finding.stance is Stance.REFUTES


@pytest.mark.parametrize(
    ("claim", "passage"),
    [
        (
            "Ulvik reported 41 cases.",
            "Ulvik reported 41 cases, Sande nine; the other islands had none.",
        ),
        (
            "The council has 41 members.",
            "Of 41 members 24 voted for it; the mayor's group counts only 19.",
        ),
        (
            "The harbour crane costs 640,000 euros.",
            "The harbour reported two bids, the lowest from Kran at 640,000, the highest from Heb"
            " at 900,000.",
        ),
        (
            "The dam is to hold 16 million litres.",
            "The dam will hold 16 million litres, the ministry said. Engineers count 10 million.",
        ),
        (
            "There were 80 wolves.",
            "A year ago there were 80 wolves, the ministry says. The hunters count 160.",
        ),
        (
            "Two doses protect 88 per cent of adults.",
            "Two doses protect 88 per cent of adults, doctors say; one dose gave 31 per cent.",
        ),
    ],
)
def test_lists_plans_and_earlier_times_hold_no_rivals(claim: str, passage: str) -> None:
    assert rivals(claim, passage) == ()


def test_two_explicit_sides_are_surer_than_one_and_a_near_ratio_than_a_far_one() -> None:
    claim = "The flood did 6 million crowns of damage in the valley."
    both, bare, far = (
        rivals(claim, passage, before)[0].strength
        for before, passage in (
            (BEFORE, "The insurer speaks of 2 million."),
            ("The flood did 6 million crowns of damage.", "The insurer speaks of 2 million."),
            (BEFORE, "The insurer speaks of 600,000."),
        )
    )
    assert both > bare > 0.3
    assert both > far


def features(claim: str, passage: str, before: str = "") -> dict[str, float]:
    ours, theirs = read_claim(claim), read_passage(passage, before=before)
    return pair_features(ours, theirs, check_pair(ours, theirs))


def test_features_tell_an_answer_from_a_passage_with_both_figures() -> None:
    claim = "The flood did 6 million crowns of damage in the valley."
    answer = "The insurer speaks of 2 million."
    alone = features(claim, answer, BEFORE)
    together = features(claim, f"{BEFORE} {answer}")
    assert (alone["rival_figure"] > 0.5, alone["rival_within"]) == (True, 0.0)
    assert (together["rival_figure"], together["rival_within"] > 0.5) == (0.0, True)
    for found in (alone, together):
        assert found["quantity_different"] == 0.0
    assert together["quantity_equal"] > 0.5
    assert features(claim, answer)["rival_figure"] == 0.0
