"""Vague amounts, ranges, shares and factors as they are read and compared."""

from __future__ import annotations

import math

import pytest
from amount_reading import compare, only, read

from factcheck.checks.numbers.bounds import Bound
from factcheck.records import Outcome


@pytest.mark.parametrize(
    ("claim", "passage", "outcome", "contained"),
    [
        ("Thousands of trees fell.", "More than 4,000 trees fell.", Outcome.COMPATIBLE, True),
        ("A handful of trees fell.", "Five trees fell.", Outcome.COMPATIBLE, True),
        ("Five trees fell.", "A handful of trees fell.", Outcome.COMPATIBLE, False),
        ("90 trees fell.", "A handful of trees fell.", Outcome.DIFFERENT, False),
        ("Dozens of trees fell.", "Eight trees fell.", Outcome.DIFFERENT, False),
        ("Hundreds of trees fell.", "Not even 100 trees fell.", Outcome.DIFFERENT, False),
        ("More than 50 trees fell.", "Hundreds of trees fell.", Outcome.COMPATIBLE, True),
        ("Two trees fell.", "A couple of trees fell.", Outcome.EQUAL, True),
    ],
)
def test_vague_amounts_are_compared_by_their_limits(
    claim: str, passage: str, outcome: Outcome, contained: bool
) -> None:
    result = compare(claim, passage)
    assert (result.outcome, result.contained) == (outcome, contained)


@pytest.mark.parametrize(
    ("text", "low", "high", "change"),
    [
        ("Fares rose by 1.5 to 2 per cent.", 0.015, 0.02, "up"),
        ("The climb takes from three to four hours.", 3 / 24, 4 / 24, ""),
        ("Fares range from 20 to 90 euros.", 20, 90, ""),
        ("From 30 to 40 barges pass the lock.", 30, 40, ""),
        ("The dig cost from 8 to 9 million euros.", 8e6, 9e6, ""),
        ("The damage is put at 210 to 240 million euros.", 2.1e8, 2.4e8, ""),
        ("The dig cost €8 to €9 million.", 8e6, 9e6, ""),
        ("Two to three hundred geese came.", 200, 300, ""),
        ("The wall is 300 to 400 years old.", 300, 400, ""),
        ("Tickets from 5 to 9 euros are left.", 5, 9, ""),
    ],
)
def test_the_ends_of_a_range_are_one_quantity(
    text: str, low: float, high: float, change: str
) -> None:
    found = only(text)
    assert (found.bound, found.change) == (Bound.RANGE, change)
    assert (found.low, found.high) == (pytest.approx(low), pytest.approx(high))


@pytest.mark.parametrize(
    "text",
    [
        "Fares rose from 20 to 30 euros.",
        "The council took the fare from 20 to 30 euros.",
        "The fare is up from 20 to 30 euros.",
        "The fare was taken from 20 to 30 euros.",
        "The band grew from 20 to 30 members.",
        "Her term was extended from two to three years.",
        "The band grew by 3 to 20 members.",
        "The fare rose by 3 euros to 23 euros.",
        "The shop is open from 9 to 11 each day.",
        "The band shrank from 30 to 20 members.",
    ],
)
def test_a_change_keeps_both_its_levels(text: str) -> None:
    assert [q.bound for q in read(text)] == [Bound.EXACT, Bound.EXACT]


@pytest.mark.parametrize(
    ("claim", "passage", "outcome", "contained"),
    [
        ("It took 5 to 6 days.", "It took from 4 to 6 days.", Outcome.COMPATIBLE, False),
        ("It took 4 to 6 days.", "It took from 5 to 6 days.", Outcome.COMPATIBLE, True),
        ("It took 5 to 7 days.", "It took 4 to 8 days.", Outcome.COMPATIBLE, False),
        ("It took 4 to 6 days.", "It took between 4 and 6 days.", Outcome.EQUAL, True),
        ("It took 9 days.", "It took from 4 to 6 days.", Outcome.DIFFERENT, False),
        ("It took 5 days.", "It took from 4 to 6 days.", Outcome.COMPATIBLE, False),
        ("It took at least 3 days.", "It took from 4 to 6 days.", Outcome.COMPATIBLE, True),
        ("It took some 30 days.", "It took 31 days.", Outcome.COMPATIBLE, True),
        ("It took fewer than 60 days.", "It took almost 60 days.", Outcome.COMPATIBLE, True),
        ("It took about 60 days.", "It took almost 60 days.", Outcome.COMPATIBLE, True),
        ("It took more than 60 days.", "It took almost 60 days.", Outcome.DIFFERENT, False),
    ],
)
def test_ranges_are_compared_by_their_ends(
    claim: str, passage: str, outcome: Outcome, contained: bool
) -> None:
    result = compare(claim, passage)
    assert (result.outcome, result.contained) == (outcome, contained)


@pytest.mark.parametrize(
    ("claim", "passage", "outcome", "contained"),
    [
        ("Fewer than 14 came.", "No more than 14 came.", Outcome.COMPATIBLE, False),
        ("More than 40 came.", "At least 40 came.", Outcome.COMPATIBLE, False),
        ("At least 40 came.", "More than 40 came.", Outcome.COMPATIBLE, True),
        ("At least 40 came.", "40 or more came.", Outcome.EQUAL, True),
        ("More than 40 came.", "No more than 40 came.", Outcome.DIFFERENT, False),
        ("Fewer than 40 came.", "More than 40 came.", Outcome.DIFFERENT, False),
        ("More than 30 came.", "At least 40 came.", Outcome.COMPATIBLE, True),
        # "Never more than" is true of far fewer, "up to" is said of what was reached.
        ("6 came.", "Never more than 40 came.", Outcome.COMPATIBLE, False),
        ("6 came.", "Up to 40 came.", Outcome.DIFFERENT, False),
    ],
)
def test_strict_bounds_leave_out_their_number(
    claim: str, passage: str, outcome: Outcome, contained: bool
) -> None:
    result = compare(claim, passage)
    assert (result.outcome, result.contained) == (outcome, contained)


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("Every second farm keeps bees.", 0.5, 0.5),
        ("Every 10th farm keeps bees.", 0.1, 0.1),
        ("Nearly all farms keep bees.", 0.85, 1),
        ("Almost every farm keeps bees.", 0.85, 1),
        ("Almost none of the farms keep bees.", 0, 0.1),
        ("Hardly any of the farms keep bees.", 0, 0.1),
        ("Most farms keep bees.", 0.5, math.inf),
        ("Most of the farms keep bees.", 0.5, math.inf),
        ("In most villages bees are kept.", 0.5, math.inf),
        ("A majority of farms keep bees.", 0.5, math.inf),
        ("The majority voted against it.", 0.5, math.inf),
        ("The vast majority of farms keep bees.", 0.6, math.inf),
        ("Nearly half voted against it.", 0.45, 0.5),
        ("More than a third were late.", 1 / 3, math.inf),
        ("The dam is less than a third full.", -math.inf, 1 / 3),
        ("Not even a third of the farms keep bees.", -math.inf, 1 / 3),
    ],
)
def test_shares_in_words(text: str, low: float, high: float) -> None:
    found = only(text)
    assert (found.kind, found.low, found.high) == ("share", low, high)


@pytest.mark.parametrize(
    "text",
    [
        "Every second counts.",
        "It rained nearly all day.",
        "Almost every year it rains.",
        "Most days it rains.",
        "They won the most seats.",
        "What matters most is peace.",
        "Most expensive of all was the boat.",
        "They have a majority in parliament.",
        "Most farmers did not sow.",
        "All farms keep bees.",
        "Nearly all day the bees flew.",
    ],
)
def test_time_and_rank_are_no_shares(text: str) -> None:
    assert [q for q in read(text) if q.kind == "share"] == []


def test_a_majority_of_a_number_is_that_number() -> None:
    assert (
        only("It passed by a majority of 19 votes.").value,
        only("It won a majority of one.").value,
    ) == (19, 1)


@pytest.mark.parametrize(
    ("text", "bound", "low", "high"),
    [
        ("It is more than twice as wide.", Bound.OVER, 2, math.inf),
        ("It is at least three times as wide.", Bound.AT_LEAST, 3, math.inf),
        ("Sales nearly doubled.", Bound.NEARLY, 1.7, 2),
        ("Sales more than halved.", Bound.UNDER, 0, 0.5),
        ("Sales doubled.", Bound.EXACT, 2, 2),
    ],
)
def test_factors_have_bounds(text: str, bound: Bound, low: float, high: float) -> None:
    found = only(text)
    assert (found.kind, found.bound, found.low, found.high) == ("factor", bound, low, high)


@pytest.mark.parametrize(
    ("text", "change"),
    [
        ("Exports were up 7 per cent.", "up"),
        ("Exports, down 7 per cent on the year, are weak.", "down"),
        ("Orders up 7 per cent", "up"),
        ("Exports make up 7 per cent of output.", ""),
        ("They snapped up 7 per cent of the shares.", ""),
        ("The rent eats up 7 per cent of wages.", ""),
        ("Turnout fell below 7 per cent.", ""),
        ("Turnout fell short of 7 per cent.", ""),
        ("Turnout fell by under 7 per cent.", "down"),
        ("The rise was below 7 per cent.", "up"),
        ("They bought up 7 per cent in May.", ""),
        ("The hall overran its budget by nearly 7 per cent.", "more"),
        ("Output missed the target by 7 per cent.", "less"),
        ("The stadium, exceeded in size by none, was 7 per cent full.", ""),
    ],
)
def test_levels_and_changes_are_told_apart(text: str, change: str) -> None:
    assert only(text).change == change


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("The calf is 6 months old.", "age", 0.5),
        ("The wall is 800 years old.", "age", 800),
        ("Nobody older than 70 may row.", "age", 70),
        ("The guests are older than 70 years.", "age", 70),
        ("The wall is older than 800 years.", "duration", 800 * 365.2425),
        ("Maria Kos is 34.", "age", 34),
        ("Turnout is 34.", "count", 34),
    ],
)
def test_ages_are_in_years(text: str, kind: str, value: float) -> None:
    found = only(text)
    assert (found.kind, found.value) == (kind, pytest.approx(value))


def test_a_year_after_older_than_is_no_amount() -> None:
    assert read("None of the tapes is older than 1968.") == ()
