"""Bounds, ranges and vague amounts as they stand in sentences, and what only looks like one."""

from __future__ import annotations

import pytest
from amount_reading import compare, last, only, read

from factcheck.checks.numbers.bounds import Bound
from factcheck.records import Outcome


@pytest.mark.parametrize(
    "text",
    [
        # A particle of the verb.
        "The trust handed over 52 paintings.",
        "The clerk turned over 40 folders to the court.",
        "The chain took over 14 hotels.",
        "The school was taken over 20 years ago.",
        "The count signed over 60 hectares to the parish.",
        "The club carried over 18 points from last season.",
        "She presided over 31 trials.",
        "The queen reigned over 12 islands.",
        "The lorry ran over three geese.",
        "The choir moved over two seats.",
        # What it is about, when, where.
        "There is anger over 300 job cuts.",
        "Talks over 20 farms have failed.",
        "Rents rose over three years.",
        "The debt is spread over 24 months.",
        "The vet saw the horse over the two days.",
        "The poet wrote under three names.",
        "The clerk served under two mayors.",
        "The hut lay buried under 3 metres of snow.",
        "The baker lives above two shops.",
        "The book is about the four sisters.",
        "The hamlet lies north of 15 villages.",
        # Compared with another time or thing.
        "Winters are warmer than 40 years ago.",
        "The spruce is taller than three of the beeches.",
    ],
)
def test_a_word_that_belongs_to_the_verb_or_tells_place_and_time_is_no_bound(text: str) -> None:
    assert last(text).bound is Bound.EXACT


@pytest.mark.parametrize(
    "text",
    [
        "The carrier delivered over 52 parcels.",
        "He paid over 300 crowns.",
        "She handed over more than 52 keys.",
        "It took over 14 people to lift the bell.",
        "The bridge took over six years to build.",
        "The club signed over 30 players.",
        "The ferry carried over 250 passengers.",
        "The king reigned over 30 years.",
        "They walked over 5 km.",
        "The party won over 60 seats.",
        "The film is over two hours long.",
        "The boy is over 12 years old.",
        "Profit was over the 30 million mark.",
        "The flat costs north of 2 million euros.",
        "Days were hotter than 40 degrees.",
        "The talks lasted longer than half an hour.",
        "The trunk is heavier than 30 kg.",
        "The mast is taller than 20 metres.",
        "He counted over 400 hours.",
    ],
)
def test_the_same_words_are_bounds_elsewhere(text: str) -> None:
    assert only(text).bound is Bound.OVER


@pytest.mark.parametrize(
    ("text", "bound"),
    [
        ("The speech was no longer than 20 minutes.", Bound.AT_MOST),
        ("Bids must come no later than 30 days after the notice.", Bound.AT_MOST),
        ("The hedge is not higher than 2 metres.", Bound.AT_MOST),
        ("The wind never exceeded 90 km/h.", Bound.AT_MOST),
        ("The rent did not exceed 800 euros.", Bound.AT_MOST),
        ("The rent doesn't exceed 800 euros.", Bound.AT_MOST),
        ("He drove home without exceeding 50 km/h.", Bound.AT_MOST),
        ("No fare went up by more than 3 per cent.", Bound.AT_MOST),
        ("No guest paid more than 15 euros.", Bound.AT_MOST),
        ("In no week did more than 9 boats sail.", Bound.AT_MOST),
        ("The lift may not carry more than 8 people.", Bound.AT_MOST),
        ("The fine isn't higher than 60 euros.", Bound.AT_MOST),
        ("The pond is nowhere deeper than 4 metres.", Bound.AT_MOST),
        ("None of the teams scored fewer than 20 points.", Bound.AT_LEAST),
        ("The shift never lasted less than nine hours.", Bound.AT_LEAST),
        ("Not fewer than 30 guests came.", Bound.AT_LEAST),
        ("There were not even 30 chairs.", Bound.UNDER),
        ("The sack will not feed even five hens.", Bound.UNDER),
        ("Turnout did not reach 40 per cent.", Bound.UNDER),
        ("The list fell short of 12 seats.", Bound.UNDER),
        ("The list fell well short of 12 seats.", Bound.UNDER),
        ("The list fell just short of 12 seats.", Bound.NEARLY),
    ],
)
def test_a_negation_turns_a_bound_round(text: str, bound: Bound) -> None:
    assert last(text).bound is bound


@pytest.mark.parametrize(
    "text",
    [
        "There was no rain for more than 30 days.",
        "No doubt more than 30 guests came.",
        "Not all buses carried more than 30 people.",
        "None of the more than 30 boats sank.",
        "The town has no debts and employs more than 30 people.",
        "The mayor did not say that more than 30 people fell ill.",
        "Police do not think more than 30 people came.",
        "No one lived there more than 30 years ago.",
        "Nobody who paid more than 30 euros complained.",
        "He was not hired because he was over 30.",
        "More than 30 guests did not come.",
        # Thirty workers may wait for their pay.
        "The firm has not paid more than 30 workers.",
        "Not only more than 30 boats were lost.",
    ],
)
def test_a_negation_that_does_not_reach_the_bound_leaves_it(text: str) -> None:
    assert last(text).bound is Bound.OVER


def test_villages_that_no_help_reached_are_counted_plainly() -> None:
    assert only("The aid did not reach 30 villages.").bound is Bound.EXACT


@pytest.mark.parametrize(
    ("surface", "bound"),
    [
        ("just under 80", Bound.NEARLY),
        ("a little less than 80", Bound.NEARLY),
        ("just short of 80", Bound.NEARLY),
        ("just over 80", Bound.JUST_OVER),
        ("a shade over 80", Bound.JUST_OVER),
        ("slightly more than 80", Bound.JUST_OVER),
        ("well over 80", Bound.OVER),
        ("far more than 80", Bound.OVER),
        ("upwards of 80", Bound.OVER),
        ("in excess of 80", Bound.OVER),
        ("well below 80", Bound.UNDER),
        ("nowhere near 80", Bound.UNDER),
        ("barely 80", Bound.ABOUT),
        ("hardly more than 80", Bound.ABOUT),
        ("little more than 80", Bound.ABOUT),
        ("only 80", Bound.EXACT),
        ("at the very least 80", Bound.AT_LEAST),
    ],
)
def test_how_far_a_bound_lies_is_read(surface: str, bound: Bound) -> None:
    found = only(f"There were {surface} sheep on the hill.")
    assert (found.bound, found.text, found.noun) == (bound, surface, "sheep")


def test_just_over_a_number_is_not_far_over_it() -> None:
    assert compare("It has 95 beds.", "It has just over 80 beds.").outcome is Outcome.DIFFERENT
    assert compare("It has over 70 beds.", "It has just over 80 beds.").contained


@pytest.mark.parametrize(
    ("text", "bound", "noun"),
    [
        ("It takes 12 or more people.", Bound.AT_LEAST, "_people"),
        ("Groups of 12 people or more pay less.", Bound.EXACT, "_people"),
        ("The limit is 12 people or more.", Bound.AT_LEAST, "_people"),
        ("We need 12 men or more women.", Bound.EXACT, "man"),
        ("In all 12 or so goats got out.", Bound.ABOUT, "goat"),
        ("Only 12 goats or fewer in a field are allowed.", Bound.AT_MOST, "goat"),
    ],
)
def test_a_bound_may_stand_behind(text: str, bound: Bound, noun: str) -> None:
    assert (only(text).bound, only(text).noun) == (bound, noun)


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("A handful of cows got out.", 3, 9),
        ("Only a handful survived.", 3, 9),
        ("Dozens of cows got out.", 20, 300),
        ("Hundreds fled.", 150, 3000),
        ("Thousands were ill.", 1500, 100_000),
        ("Several dozen cows got out.", 24, 108),
        ("A few hundred cows got out.", 200, 900),
        ("A couple of hundred cows got out.", 160, 300),
        ("Several hundred thousand cows got out.", 200_000, 900_000),
        ("A couple of cows got out.", 2, 3),
    ],
)
def test_vague_amounts_have_limits(text: str, low: float, high: float) -> None:
    found = only(text)
    assert (found.form, found.low, found.high) == ("vague", low, high)


@pytest.mark.parametrize(
    "text",
    [
        "Several cows got out.",
        "A few cows got out.",
        "He scores goals.",
        "The child is a handful.",
        "They came in droves.",
        "Many hands helped.",
    ],
)
def test_words_without_a_number_give_none(text: str) -> None:
    assert read(text) == ()
