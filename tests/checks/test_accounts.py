"""Sums over short accounts: what fits is found, and what only happens to fit is not."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from factcheck.checks import check_pair, read_claim, read_passage
from factcheck.records import Finding, Stance


def sums(passage: str, claim: str) -> list[Finding]:
    found = check_pair(read_claim(claim), read_passage(passage))
    return [finding for finding in found if finding.check == "arithmetic"]


def supported(passage: str, claim: str) -> bool:
    return any(finding.stance is Stance.SUPPORTS for finding in sums(passage, claim))


FITTING = {
    "left": (
        "The ferry line owned 31 boats. In autumn it sold 12 of them.",
        "The ferry line has 19 boats left.",
    ),
    "came": (
        "The choir had 48 singers until September. Then 17 more joined.",
        "The choir now has 65 singers.",
    ),
    "before, from what went": (
        "The tannery dismissed 140 people in March and still employs 610.",
        "Before the dismissals 750 people worked at the tannery.",
    ),
    "before, from what came": (
        "The depot received 26 crates and now holds 190.",
        "The depot held 164 crates before that.",
    ),
    "how much went": (
        "Ada set out with 84 leaflets and came home with 29.",
        "Ada gave away 55 leaflets.",
    ),
    "the rest of a part": (
        "Of the 640 seats in the hall 415 were taken.",
        "225 seats in the hall stayed empty.",
    ),
    "coordinated, under one noun": (
        "The avalanche killed seven skiers and four guides on Sunday.",
        "Eleven people died in the avalanche.",
    ),
    "named together": (
        "The hill brigade caught 23 poachers in May, the coast brigade 18.",
        "The two brigades caught 41 poachers together.",
    ),
    "both went": (
        "The airline cut 340 posts in spring. A second round in autumn cost 210 posts.",
        "The airline cut 550 posts in both rounds.",
    ),
    "groups": (
        "The orchard has 14 rows with 25 trees in each row.",
        "There are 350 trees in the orchard.",
    ),
    "shared out": (
        "The prize of 4,500 crowns was divided equally among nine winners.",
        "Each winner got 500 crowns.",
    ),
    "groups and one number more": (
        "The printer delivered 6 boxes of 40 posters. 75 posters were torn.",
        "165 posters were not torn.",
    ),
    "what somebody else gave": (
        "Tilda had 15 stamps. Oskar gave 9 stamps to Tilda.",
        "Tilda now has 24 stamps.",
    ),
    "two levels in time": (
        "In 2019 the clinic saw 4,200 patients. In 2024 it saw 8,400.",
        "The number of patients at the clinic doubled.",
    ),
    "with another figure between them": (
        "In 2023 Sarn burnt 52.4 million tonnes, 1.1 million less than in 2022. In 2024 it burnt"
        " 49.9 million tonnes.",
        "What Sarn burnt fell by 2.5 million tonnes from 2023 to 2024.",
    ),
    "two rates": (
        "Rye fetched 188 dollars a tonne on Monday. A week earlier it had been 203 dollars.",
        "Rye lost 15 dollars a tonne within a week.",
    ),
    "points of two shares": (
        "The Reds got 31 per cent of the vote, as against 38 per cent four years ago.",
        "The Reds did seven points worse than four years ago.",
    ),
}


@pytest.mark.parametrize("name", FITTING)
def test_a_calculation_that_gives_the_figure_speaks_for_it(name: str) -> None:
    assert supported(*FITTING[name]), sums(*FITTING[name])


CHANCE = {
    "the other way round": (
        "The ferry line owned 31 boats. In autumn it sold 12 of them.",
        "The ferry line has 43 boats left.",
    ),
    "came, not went": (
        "The choir had 48 singers until September. Then 17 more joined.",
        "The choir now has 31 singers.",
    ),
    "a total that is given": (
        "A total of 37 cases was confirmed, including 29 in the city.",
        "66 cases were confirmed.",
    ),
    "shares are not added": (
        "Wheat rose by 12 per cent and rye by 9 per cent.",
        "Grain rose by 21 per cent.",
    ),
    "averages are not added": (
        "A decision took 5 months on average in 2023 and 7 months in 2021.",
        "Decisions took 12 months.",
    ),
    "of two kinds": (
        "The line carried 1.9 million passengers in May. It employs 5,300 people.",
        "The line carried 1,905,300 passengers in May.",
    ),
    "only planned": (
        "The harbour has 12 cranes. It plans to buy 5 more.",
        "The harbour has 17 cranes.",
    ),
    "fell, not rose": (
        "In 2020 the rate was 34 per cent. In 2024 it was 25 per cent.",
        "The rate rose by nine percentage points.",
    ),
    "halved, not doubled": (
        "In 2019 the clinic saw 8,400 patients. In 2024 it saw 4,200.",
        "The number of patients at the clinic doubled.",
    ),
    "a year that the passage does not name": (
        "The school had 22 pupils when term began. Six more joined.",
        "The school had 28 pupils in 1980.",
    ),
    "a number that adds nothing": (
        "The mill cut 1,800 posts at its two sites.",
        "The mill cut 1,801 posts.",
    ),
    "two places": (
        "Rangers counted 51 otters at Lake Ilm and 32 at Lake Brede.",
        "Rangers counted 83 otters at Lake Ilm.",
    ),
    "two years": (
        "The zoo had 70,000 guests in 2019 and 64,000 in 2021.",
        "The zoo had 134,000 guests in 2021.",
    ),
    "another's loss": (
        "The shipyard had 90 cranes. A rival sold 15 cranes.",
        "The shipyard has 75 cranes left.",
    ),
    "what might be": (
        "The bank has 44 branches and said that it might close 12.",
        "The bank has 32 branches left.",
    ),
    "what was nearly lost": (
        "The shepherd had 150 ewes and nearly lost 20 in the flood.",
        "The shepherd had 130 ewes after the flood.",
    ),
    "a goal": (
        "The campaign raised 8 million crowns against a goal of 11 million.",
        "The campaign raised 19 million crowns.",
    ),
    "came and went": (
        "The fund took in 9 million crowns in May and returned 4 million in June.",
        "The fund took in 13 million crowns in all.",
    ),
    "won more than before": (
        "The list won 31 seats, up from 26 at the last election.",
        "The list lost 5 seats.",
    ),
    "a majority is no remainder": (
        "Of the 98 members 96 voted yes.",
        "The law passed by a majority of two votes.",
    ),
}


@pytest.mark.parametrize("name", CHANCE)
def test_a_figure_that_fits_by_chance_says_nothing(name: str) -> None:
    assert not supported(*CHANCE[name]), sums(*CHANCE[name])


def test_the_calculation_is_shown() -> None:
    passage, claim = FITTING["left"]
    assert [finding.message for finding in sums(passage, claim)] == [
        "31 − 12 is 19, agrees with 19"
    ]


NOUNS = st.sampled_from(["lanterns", "tickets", "sheep", "bicycles"])
LARGE, SMALL = st.integers(200, 800), st.integers(11, 190)


@given(noun=NOUNS, whole=LARGE, part=SMALL, verb=st.sampled_from(["sold", "lost", "scrapped"]))
def test_what_is_left_is_worked_out(noun: str, whole: int, part: int, verb: str) -> None:
    assume(abs(whole - 2 * part) > 5)  # nearly the part is left
    passage = f"The firm had {whole} {noun}. Last week it {verb} {part} of them."
    claim = "The firm has {} " + noun + " left."
    assert supported(passage, claim.format(whole - part))
    assert not supported(passage, claim.format(whole + part))


@given(noun=NOUNS, stock=LARGE, more=SMALL, verb=st.sampled_from(["bought", "received", "found"]))
def test_what_came_is_added(noun: str, stock: int, more: int, verb: str) -> None:
    passage = f"The firm had {stock} {noun}. Last week it {verb} another {more}."
    claim = "The firm now has {} " + noun + "."
    assert supported(passage, claim.format(stock + more))
    assert not supported(passage, claim.format(stock - more))


@given(groups=st.integers(3, 40), each=st.integers(11, 60))
def test_groups_of_equal_size_are_multiplied(groups: int, each: int) -> None:
    passage = f"The store has {groups} shelves. Each shelf holds {each} jars."
    assert supported(passage, f"The store holds {groups * each:,} jars.")
