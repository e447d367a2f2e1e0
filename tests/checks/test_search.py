"""Calculations that no words of a passage join, and how likely they are meant."""

from __future__ import annotations

import json
from importlib import resources

import pytest

from factcheck.checks import check_pair, pair_features, read_claim, read_passage
from factcheck.checks.calculation.likelihood import FEATURES, FILE, likeliest
from factcheck.checks.calculation.search import WAYS, Result, search

FITTING = {
    "sum": ("The first shell killed six and the second three.", "Nine people died."),
    "difference": ("Wheat closed at 214 dollars, a week ago at 229.", "Wheat lost 15 dollars."),
    "remainder": ("It had 90 boats, sold 12 and lost 8.", "70 boats are left."),
    "ratio": ("Orders reached 18,200. The year before it booked 9,100.", "Orders doubled."),
    "change": ("Police noted 477 thefts in 2022 and 318 in 2023.", "Thefts fell by a third."),
    "share": ("It holds 80 million litres, and 20 million are in it.", "It is a quarter full."),
    "rest": ("Of 96 shops 60 have stayed.", "37.5 per cent of the shops are gone."),
    "grown": ("It had 200 pupils. Numbers rose by 10 per cent.", "It has 220 pupils."),
    "before": ("Rents rose by 25 per cent to 500 euros.", "Rents stood at 400 euros."),
    "share of": ("Of 5,000 asked 5 per cent smoke.", "250 of them smoke."),
    "rest of": ("It lends 48,000 books, a quarter of them novels.", "36,000 are no novels."),
    "whole": ("It sold 620 camels, half of its herd.", "The herd had 1,240 camels."),
    "times": ("It sold 300 permits at 11,000 dollars.", "It took 3.3 million dollars."),
    "each": ("A jury gave 18,000 pensioners 72 million dollars.", "Each got 4,000 dollars."),
}


def found(passage: str, claim: str) -> tuple[Result, ...]:
    (quantity,) = read_claim(claim).body.quantities
    return search(quantity, read_passage(passage)).hits


@pytest.mark.parametrize("way", WAYS)
def test_every_way_is_tried(way: str) -> None:
    assert way in {result.way for result in found(*FITTING[way])}


@pytest.mark.parametrize(
    ("passage", "claim"),
    (
        ("Nobody counted them.", "Nine people died."),
        ("The first shell killed six and the second three.", "Eleven people died."),
        ("The first shell killed dozens and the second three.", "Nine people died."),
        ("They won 3-1 and 2-0.", "They scored five goals."),
        ("Anna is 40, her son 12.", "Her mother is aged 52."),
        (
            "They counted 1 owl, 2 kites, 3 crows, 4 jays, 5 rooks, 6 tits, 7 wrens, 8 larks, 9"
            " finches and 10 gulls.",
            "They counted 55 birds.",
        ),
    ),
)
def test_nothing_is_found(passage: str, claim: str) -> None:
    assert not found(passage, claim)


def test_the_numbers_that_the_claim_speaks_of_are_the_likeliest() -> None:
    passage = read_passage(
        "Police checked 450 cars on Monday and stopped 90 of them for speeding. On Friday they"
        " stopped 30. Fines came to 13,500 euros, 150 for each driver."
    )
    claim = read_claim("Three times as many drivers were stopped on Monday as on Friday.")
    best = likeliest(claim.body.quantities[0], claim, passage)
    assert best is not None
    assert {part.value for part in best[0].parts} == {90, 30}
    assert 0 < best[1] < 1


def test_a_total_is_likelier_where_the_claim_asks_for_one() -> None:
    passage = read_passage("The attack killed nine soldiers and five traders.")
    chances = []
    for text in ("The attack killed 14 people in all.", "The attack killed 14 people."):
        claim = read_claim(text)
        best = likeliest(claim.body.quantities[0], claim, passage)
        assert best is not None
        chances.append(best[1])
    assert chances[0] > chances[1]


def test_a_search_is_an_input_of_the_judgement_and_no_finding() -> None:
    passage = read_passage("Orders reached 18,200 units. The forerunner was ordered 9,100 times.")
    claim = read_claim("Orders doubled within a year.")
    findings = check_pair(claim, passage)
    assert not [finding for finding in findings if finding.check == "arithmetic"]
    assert 0 < pair_features(claim, passage, findings)["searched"] < 1


def test_a_figure_that_stands_in_the_passage_is_not_searched_for() -> None:
    passage = read_passage("The attack killed 14 people: nine soldiers and five traders.")
    claim = read_claim("The attack killed 14 people.")
    assert pair_features(claim, passage, check_pair(claim, passage))["searched"] == 0


def test_every_input_has_a_weight() -> None:
    text = resources.files("factcheck.checks.calculation").joinpath(FILE).read_text("utf-8")
    assert set(json.loads(text)["coefficients"]) == set(FEATURES)
