"""Measures in two units, numbers of so many figures, what shares leave, and rates."""

from __future__ import annotations

import pytest

from factcheck.checks import check_pair, read_claim, read_passage
from factcheck.records import Finding, Stance

ENOUGH = 0.4
"""A finding of less strength moves no stance."""


def findings(claim: str, passage: str, stance: Stance) -> list[Finding]:
    return [
        finding
        for finding in check_pair(read_claim(claim), read_passage(passage))
        if finding.check in ("quantity", "arithmetic")
        and finding.stance is stance
        and finding.strength >= ENOUGH
    ]


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("The talks took an hour and a half.", "duration", 1.5 / 24),
        ("Every hour and a quarter a boat left.", "duration", 1.25 / 24),
        ("The flight took three and three-quarter hours.", "duration", 3.75 / 24),
        ("They laid a mile and a half of pipe.", "length", 2414.016),
        ("It was 25 degrees Celsius at dusk.", "temperature", 25.0),
        ("It was 77 degrees F at dusk.", "temperature", 25.0),
        ("It was minus 40 degrees Fahrenheit.", "temperature", -40.0),
    ],
)
def test_a_measure_is_read_with_its_unit(text: str, kind: str, value: float) -> None:
    (found,) = read_claim(text).body.quantities
    assert found.kind == kind
    assert found.value == pytest.approx(value)


def test_the_ends_of_a_rise_are_two_numbers_though_votes_are_counted_beside_them() -> None:
    text = "The fee goes up from £4.10 to £4.60, members decided by 12 votes to 9."
    assert [q.value for q in read_claim(text).body.quantities] == [4.1, 4.6, 12.0]


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("She was paid a six-figure sum.", 1e5, 1e6),
        ("Its debts ran into seven figures.", 1e6, 1e7),
    ],
)
def test_a_sum_of_so_many_figures_has_limits(text: str, low: float, high: float) -> None:
    (found,) = read_claim(text).body.quantities
    assert (found.low, found.high) == (low, high - 1)


def test_figures_of_wood_are_counted() -> None:
    (found,) = read_claim("Six figures of oak stood in the hall.").body.quantities
    assert found.value == 6


@pytest.mark.parametrize(
    ("claim", "passage"),
    [
        ("The trail runs for some 40 kilometres.", "The trail is 25 miles long."),
        ("The tank takes 3,000 cubic metres.", "The tank takes 3 million litres."),
        ("Nearly four centimetres of snow fell on Orm.", "Orm got 39 millimetres of snow."),
        ("The match at Orm was over after two hours.", "The match at Orm took 120 minutes."),
        ("Orm had 77 degrees Fahrenheit at noon.", "At noon Orm had 25 degrees Celsius."),
        ("The singer owes the bank a seven-figure sum.", "The singer owes the bank £2.4 million."),
    ],
)
def test_the_same_amount_in_another_unit_supports(claim: str, passage: str) -> None:
    assert findings(claim, passage, Stance.SUPPORTS)


@pytest.mark.parametrize(
    ("claim", "passage"),
    [
        ("The trail runs for some 60 kilometres.", "The trail is 25 miles long."),
        ("The tank takes 3,000 litres.", "The tank takes 3 million litres."),
        ("Orm had 100 degrees Fahrenheit at noon.", "At noon Orm had 25 degrees Celsius."),
        ("The singer owes the bank a six-figure sum.", "The singer owes the bank £2.4 million."),
        ("The pump moves 40 litres a minute.", "The pump moves 0.04 cubic metres a day."),
    ],
)
def test_another_amount_in_another_unit_does_not(claim: str, passage: str) -> None:
    assert not findings(claim, passage, Stance.SUPPORTS)


def test_the_same_digits_at_another_scale_refute() -> None:
    claim, passage = "The storm cost insurers 3.6 billion.", "The storm cost insurers 360 million."
    assert findings(claim, passage, Stance.REFUTES)
    # A figure that can be worked out is no slip.
    passage = "The storm cost each of ten insurers 360 million."
    assert not findings(claim, passage, Stance.REFUTES)


@pytest.mark.parametrize(
    ("claim", "passage"),
    [
        (
            "A fifth of the budget is spent on libraries.",
            "Schools get 55 per cent of the budget and roads 25 per cent. The rest is spent on "
            "libraries.",
        ),
        (
            "Two thirds of the pits stayed open.",
            "The firm closed five of the region's 15 pits. The others stayed open.",
        ),
        (
            "A tenth of the flats were damp.",
            "Inspectors saw 40 flats, of which four were damp.",
        ),
        ("Women are in the majority on the board.", "The board of nine has five women."),
    ],
)
def test_what_shares_and_parts_leave_supports(claim: str, passage: str) -> None:
    assert findings(claim, passage, Stance.SUPPORTS)


@pytest.mark.parametrize(
    ("claim", "passage"),
    [
        # The rest is somebody else's.
        (
            "A fifth of the budget is spent on parks.",
            "Schools get 55 per cent of the budget and roads 25 per cent. The rest is spent on "
            "libraries.",
        ),
        # A share among them that is none of the whole.
        (
            "A fifth of the budget is spent on libraries.",
            "Schools get 55 per cent, roads 25 per cent and parks an eighth. The rest is spent on "
            "libraries.",
        ),
        ("More than half of the players voted for Orm.", "Of the 50 players 24 voted for Orm."),
        ("Men are in the minority on the board.", "On the board of 80 there are 39 women."),
        ("A third of the crew died.", "Of the crew of 30, 10 survived."),
    ],
)
def test_another_rest_or_share_does_not(claim: str, passage: str) -> None:
    assert not findings(claim, passage, Stance.SUPPORTS)


@pytest.mark.parametrize(
    ("claim", "passage"),
    [
        ("The farm needs 36 dogs.", "The law asks for three dogs for every 20 sheep. The farm has "
         "240 sheep."),
        ("The mill must plant 90 trees.", "For every tree felled the mill must plant three. It "
         "felled 30 trees."),
        ("Eight of every 100,000 people in Orm drowned.", "In Orm, a town of 50,000 people, four "
         "drowned."),
        ("A bus leaves Orm every two hours.", "A bus leaves Orm 12 times in 24 hours."),
        ("The lorry averaged 70 km/h.", "The lorry took three hours for the 210 kilometres."),
        ("The lift carries 960 guests a day.", "The lift carries 40 guests an hour, day and "
         "night."),
        ("The lift carried 50 guests a day on average.", "In 30 days the lift carried 1,500 "
         "guests."),
        ("Moss averaged 21 points.", "Moss scored 20, 25 and 18 points."),
    ],
)  # fmt: skip
def test_a_rate_that_follows_supports(claim: str, passage: str) -> None:
    assert findings(claim, passage, Stance.SUPPORTS)


@pytest.mark.parametrize(
    ("claim", "passage"),
    [
        # Other things are counted, or another rate is given.
        ("The farm needs 36 cats.", "The law asks for three dogs for every 20 sheep. The farm has "
         "240 sheep."),
        ("The farm needs 42 dogs.", "The law asks for three dogs for every 20 sheep. The farm has "
         "240 sheep."),
        ("The mill must plant 90 trees.", "The mill must plant three. It felled 30 trees."),
        ("A bus leaves Orm every three hours.", "A bus leaves Orm 12 times in 24 hours."),
        ("The lift carries 960 guests a week.", "The lift carries 40 guests an hour, day and "
         "night."),
        ("The lift carried about 54 guests a day.", "In 30 days the lift carried 1,500 guests."),
        # Distance and time of two journeys.
        ("The lorry went at 70 km/h.", "The lorry went 210 kilometres. The bus took three hours."),
    ],
)  # fmt: skip
def test_another_rate_does_not(claim: str, passage: str) -> None:
    assert not findings(claim, passage, Stance.SUPPORTS)


@pytest.mark.parametrize(
    ("claim", "passage"),
    [
        ("The lorry drove at an average of 54 km/h.", "The lorry drove for three hours over the "
         "210 kilometres."),
        ("Moss averaged 30 points.", "Moss scored 20, 25 and 18 points."),
    ],
)  # fmt: skip
def test_another_average_than_the_only_one_refutes(claim: str, passage: str) -> None:
    assert findings(claim, passage, Stance.REFUTES)


def test_a_share_of_another_group_says_less_where_the_claims_is_named() -> None:
    asked = "Of the cyclists questioned, 62 per cent felt unsafe. The town has 9,000 residents."
    same = "Of the residents questioned, 62 per cent felt unsafe."
    claim = "62 per cent of the residents felt unsafe."
    assert not findings(claim, asked, Stance.SUPPORTS)
    assert findings(claim, same, Stance.SUPPORTS)
