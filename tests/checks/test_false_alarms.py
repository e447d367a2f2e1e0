"""Pairs on which a rule once spoke and should not: no finding for or against with any weight."""

from __future__ import annotations

from datetime import date

import pytest

from factcheck.checks import check_pair, read_claim, read_passage
from factcheck.records import Stance


def stances(claim: str, passage: str, *, published: date | None = None) -> set[Stance]:
    found = check_pair(read_claim(claim), read_passage(passage, published=published))
    return {f.stance for f in found if f.stance is not None and f.strength >= 0.5}


@pytest.mark.parametrize(
    ("claim", "passage"),
    [
        # Two steps of one story.
        ("Ines Roth joined the Green party.", "Ines Roth left the Green party in May."),
        ("The government imposed the curfew.", "The government lifted the curfew on Monday."),
        ("Police arrested Jon Peel.", "Police released Jon Peel on bail."),
        ("Prices in Hexley rose in April.", "Prices in Hexley fell in May."),
        # A denial of the opposite, a refusal, a denial until a time.
        ("The bridge is safe.", "The council denied that the bridge was unsafe."),
        ("The union asked Volta for talks.", "Volta denied the union's request for talks."),
        ("The company filed an appeal with the court.", "The court denied the company's appeal."),
        ("The mayor resigned on Friday.", "The mayor did not resign until Friday."),
        # Ranks among different things.
        ("Kirby port is the largest in Norland.", "Kirby port is the third-largest in Europe."),
        # What holds both ways.
        ("Ines Roth plays Paul Beck in the final.", "Paul Beck plays Ines Roth in the final."),
        ("Volta joined Arno in the bid.", "Arno joined Volta in the bid."),
        ("The road from Kirby to Hexton is shut.", "The road from Hexton to Kirby is shut."),
    ],
)
def test_what_does_not_conflict_refutes_nothing(claim: str, passage: str) -> None:
    assert Stance.REFUTES not in stances(claim, passage)


@pytest.mark.parametrize(
    ("claim", "passage"),
    [
        # The figure before, the figure that was not, the whole of a part.
        ("Volta's profit was 12 million euros.", "Volta's profit fell from 12 to 9 million euros."),
        ("The bridge cost 5 million euros.", "The bridge cost 9 million, not 5 million euros."),
        ("The bridge cost 5 million euros.", "The bridge was to cost 5 million euros, but cost 9."),
        ("Nine jurors voted against.", "Two of the nine jurors voted against."),
        ("Volta cut 500 jobs in Hexley.", "Volta cut 200 of its 500 jobs in Hexley."),
        # Below zero.
        ("Temperatures fell to 12 degrees.", "Temperatures fell to minus 12 degrees."),
        ("Temperatures fell to 12 degrees.", "Temperatures fell to 12 degrees below zero."),
        # A ratio of round numbers is still a ratio.
        ("Sales rose by 20 per cent.", "Sales rose from 20 million to 25 million euros."),
        # A score is both sides'.
        ("Rovers lost 3-1.", "Rovers won 3-1."),
    ],
)
def test_an_equal_figure_of_something_else_supports_nothing(claim: str, passage: str) -> None:
    assert Stance.SUPPORTS not in stances(claim, passage)


def test_a_weekday_before_a_date_is_that_date() -> None:
    passage = "The hall opened on Friday 17 May 2024."
    assert stances("The hall opened on 14 June 2024.", passage, published=date(2024, 6, 20)) == {
        Stance.REFUTES
    }


@pytest.mark.parametrize(
    "passage", ["On Friday Hexley opens its new hall.", "Hexley opens its new hall this Friday."]
)
def test_a_weekday_in_the_present_lies_ahead(passage: str) -> None:
    claim = "Hexley opens its new hall on 17 May 2024."
    assert Stance.REFUTES not in stances(claim, passage, published=date(2024, 5, 15))


def test_a_few_won_are_no_money() -> None:
    read = read_passage("The team of 4 won the cup. It paid 50,000 won.")
    assert [quantity.kind for quantity in read.body.quantities] == ["count", "money:KRW"]


@pytest.mark.parametrize(
    ("passage", "claim"),
    (
        ("The cashier accused of forging receipts resigned on Friday.", "The cashier resigned."),
        ("A man suspected of arson fled across the border.", "The man fled across the border."),
        (
            "The hearing of the guard accused of smuggling tobacco opened this morning.",
            "The hearing opened this morning.",
        ),
    ),
)
def test_what_somebody_accused_does_is_not_what_he_is_accused_of(passage: str, claim: str) -> None:
    found = check_pair(read_claim(claim), read_passage(passage))
    assert not [finding for finding in found if "allegation" in finding.message]
