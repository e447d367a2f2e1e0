from __future__ import annotations

import random

import pytest

from training.augment import dates, numbers
from training.pairs import Pair


def supported(claim: str, evidence: str) -> Pair:
    return Pair(evidence=evidence, claim=claim, label="SUPPORTS", source="test")


HARBOUR = supported(
    "The harbour served 2,500 ships last year.",
    "In all, 2,500 ships called at the harbour, which employs 90 people.",
)
BRIDGE = supported(
    "The bridge was opened on 4 March 1987.", "The minister opened the bridge on March 4, 1987."
)


def made(rule, pair: Pair, times: int = 60) -> list[Pair]:
    rng = random.Random(5)
    return [new for new in (rule(pair, rng) for _ in range(times)) if new is not None]


def test_a_changed_number_refutes_and_never_stands_in_the_evidence():
    new = made(numbers.change_number, HARBOUR)
    assert {pair.label for pair in new} == {"REFUTES"}
    assert all("2,500" not in pair.claim and "2500" not in pair.claim for pair in new)
    assert not any(numbers.holds_value(pair.evidence, 2000) for pair in new)


def test_the_same_number_in_another_notation_keeps_the_label():
    claims = {pair.claim for pair in made(numbers.rewrite_number, HARBOUR)}
    assert claims == {"The harbour served 2500 ships last year."}
    twenty = supported("It has 20 rooms and a hall.", "There are 20 rooms in it.")
    assert made(numbers.rewrite_number, twenty)[0].claim == "It has twenty rooms and a hall."


@pytest.mark.parametrize(
    ("text", "other"),
    [("2,500", "2500"), ("twelve", "12"), ("34", "thirty-four"), ("3,000,000", "3 million")],
)
def test_notations_of_one_value(text: str, other: str):
    assert numbers.other_notation(text) == other


def test_bounds_are_labelled_by_arithmetic():
    for pair in made(numbers.bound_number, HARBOUR, 300):
        words = pair.claim.removeprefix("The harbour served ").split()
        figure = int(next(word for word in words if word[0].isdigit()).replace(",", ""))
        bound = pair.claim.removeprefix("The harbour served ").split(f" {figure:,}")[0]
        if bound in numbers.ABOVE:
            assert (pair.label == "SUPPORTS") == (figure < 2500), pair.claim
        elif bound in numbers.BELOW:
            assert (pair.label == "SUPPORTS") == (figure > 2500), pair.claim
        else:
            assert bound in numbers.NEAR
            assert (pair.label == "SUPPORTS") == (figure == 2500), pair.claim


@pytest.mark.parametrize(
    "claim",
    [
        "More than 2,500 ships called.",
        "Apollo 13 flew with three people",
        "It happened in 1987 there.",
        "They met on 4 March 1987.",
    ],
)
def test_bounded_figures_names_and_years_are_no_counts(claim: str):
    assert 2500 not in [value for _, value in numbers.counts_in(claim)]
    assert 13 not in [value for _, value in numbers.counts_in(claim)]
    assert 1987 not in [value for _, value in numbers.counts_in(claim)]
    assert 4 not in [value for _, value in numbers.counts_in(claim)]


def test_scaled_numbers_are_written_out_or_changed():
    pair = supported("It cost $2.5 million.", "The work cost $2.5 million in all.")
    new = made(numbers.scale_number, pair)
    assert {p.claim for p in new if p.label == "SUPPORTS"} == {"It cost $2,500,000."}
    refuted = {p.claim for p in new if p.label == "REFUTES"}
    assert refuted and not refuted & {"It cost $2,500,000.", "It cost $2.5 million."}


def test_a_date_in_another_notation_keeps_the_label():
    new = made(dates.rewrite_date, BRIDGE)
    assert {pair.label for pair in new} == {"SUPPORTS"}
    claims = {pair.claim for pair in new}
    assert "The bridge was opened on March 4, 1987." in claims
    assert "The bridge was opened on 1987-03-04." in claims
    assert "The bridge was opened in 1987." in claims


def test_a_changed_date_refutes():
    new = made(dates.change_date, BRIDGE)
    assert {pair.label for pair in new} == {"REFUTES"}
    for pair in new:
        (date,) = dates.dates_in(pair.claim.replace("1987-03-04", "4 March 1987")) or [None]
        if date is not None:
            assert (date.day, date.month, date.year) != (4, 3, 1987)


def test_evidence_without_the_day_does_not_settle_the_day():
    new = made(dates.coarsen_evidence, BRIDGE)
    assert {pair.label for pair in new} == {"NEI"}
    assert all("4" not in pair.evidence for pair in new)
    assert any(pair.evidence == "The minister opened the bridge in 1987." for pair in new)


def test_dates_are_found_once_in_the_longest_form():
    (date,) = dates.dates_in("It opened on 4 March 1987.")
    assert (date.day, date.month, date.year) == (4, 3, 1987)
