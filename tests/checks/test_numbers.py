"""Numbers in running text: what is found, and what must not be taken for a quantity."""

from __future__ import annotations

import math

import pytest

from factcheck.checks.numbers.bounds import Bound
from factcheck.checks.numbers.quantity import Quantity
from factcheck.checks.reading import read_text


def quantities(text: str) -> tuple[Quantity, ...]:
    return read_text(text).quantities


def only(text: str) -> Quantity:
    found = quantities(text)
    assert len(found) == 1, [(q.text, q.kind) for q in found]
    return found[0]


@pytest.mark.parametrize(
    ("surface", "value"),
    [
        ("2,500", 2500),
        ("1.234.567", 1234567),
        ("12\u00a0500", 12500),
        ("2’500", 2500),
        ("two and a half thousand", 2500),
        ("2½", 2.5),
        ("a dozen", 12),
        ("half a million", 500000),
        ("a hundred and fifty", 150),
        ("three hundred and twelve", 312),
        ("twenty-five", 25),
        ("one-hundred and four", 104),
        ("one hundred thousand", 100000),
        ("2.37 billion", 2.37e9),
        ("2,370 million", 2.37e9),
        ("1,5 million", 1.5e6),
        ("10k", 10000),
        ("100m", 1e8),
        ("3.2bn", 3.2e9),
        ("12 million", 1.2e7),
    ],
)
def test_counts_are_read_in_every_notation(surface: str, value: float) -> None:
    found = only(f"The site has {surface} users.")
    assert found.kind == "count"
    assert math.isclose(found.value, value)
    assert found.noun == "user"


@pytest.mark.parametrize(
    ("surface", "kind", "value"),
    [
        ("81 per cent", "share", 0.81),
        ("81%", "share", 0.81),
        ("4.5 percent", "share", 0.045),
        ("three quarters", "share", 0.75),
        ("two-thirds", "share", 2 / 3),
        ("one in five", "share", 0.2),
        ("nine out of ten", "share", 0.9),
        ("3 percentage points", "points", 0.03),
        ("$3.5 million", "money:USD", 3.5e6),
        ("£12m", "money:GBP", 1.2e7),
        ("US$5 billion", "money:USD", 5e9),
        ("3.5 million euros", "money:EUR", 3.5e6),
        ("€2,5", "money:EUR", 2.5),
        ("EUR 500", "money:EUR", 500),
        ("70 km", "length", 70000),
        ("43 miles", "length", 43 * 1609.344),
        ("a third of a kilometre", "length", 1000 / 3),
        ("5 ft 10 in", "length", 1.778),
        ("180 km2", "area", 1.8e8),
        ("20 square miles", "area", 20 * 2589988.110336),
        ("120 km/h", "speed", 120 / 3.6),
        ("60 mph", "speed", 60 * 0.44704),
        ("11 weeks", "duration", 77),
        ("half an hour", "duration", 0.5 / 24),
        ("2 hours and 15 minutes", "duration", 2.25 / 24),
        ("30 °C", "temperature", 30),
        ("-5 °C", "temperature", -5),
        ("12 kg", "mass", 12),
        ("7.1 out of 10", "rating:10", 7.1),
        ("3.5/5", "rating:5", 3.5),
    ],
)
def test_measures_are_read_in_their_base_unit(surface: str, kind: str, value: float) -> None:
    found = only(f"It was {surface} then.")
    assert found.kind == kind
    assert math.isclose(found.value, value, rel_tol=1e-9)


@pytest.mark.parametrize(
    ("surface", "bound", "low", "high"),
    [
        ("over 500 people", Bound.OVER, 500, math.inf),
        ("more than 500 people", Bound.OVER, 500, math.inf),
        ("at least 500 people", Bound.AT_LEAST, 500, math.inf),
        ("no fewer than 500 people", Bound.AT_LEAST, 500, math.inf),
        ("up to 500 people", Bound.AT_MOST, -math.inf, 500),
        ("as many as 500 people", Bound.AT_MOST, -math.inf, 500),
        ("no more than 500 people", Bound.AT_MOST, -math.inf, 500),
        ("fewer than 500 people", Bound.UNDER, -math.inf, 500),
        ("under 500 people", Bound.UNDER, -math.inf, 500),
        ("nearly 500 people", Bound.NEARLY, 450, 500),
        ("almost 500 people", Bound.NEARLY, 450, 500),
        ("about 500 people", Bound.ABOUT, 450, 550),
        ("some 500 people", Bound.ABOUT, 450, 550),
        ("around 500 people", Bound.ABOUT, 450, 550),
        ("between 500 and 600 people", Bound.RANGE, 500, 600),
        ("500–600 people", Bound.RANGE, 500, 600),
        ("500 to 600 people", Bound.RANGE, 500, 600),
        ("exactly 500 people", Bound.EXACT, 500, 500),
    ],
)
def test_bounds_give_limits(surface: str, bound: Bound, low: float, high: float) -> None:
    found = only(f"There were {surface} in the hall.")
    assert (found.bound, found.low, found.high) == (bound, low, high)
    assert found.text.endswith(surface[: -len(" people")].split()[-1])


def test_plus_minus_is_a_range() -> None:
    found = only("The share was 5.3 ± 0.2 per cent.")
    assert found.kind == "share"
    assert math.isclose(found.low, 0.051)
    assert math.isclose(found.high, 0.055)


@pytest.mark.parametrize(
    "text",
    [
        "It happened in 2008.",
        "Resolution 1244 was adopted.",
        "The council cited resolution 1244.",
        "An F-16 crashed near the village.",
        "Covid-19 spread quickly.",
        "A Boeing 767 landed.",
        "Call 555-1234567 now.",
        "It starts at 9 am.",
        "He ranked it on the Billboard 200.",
        "See article 5 and section 12.",
        "The aspect ratio was 1.33:1.",
        "Caesar died in 44 BC.",
        "One of them left.",
        "No one came.",
    ],
)
def test_labels_years_and_times_are_no_quantities(text: str) -> None:
    assert quantities(text) == ()


def test_scores_and_votes_keep_both_numbers() -> None:
    assert only("The council voted 27 to 14 for it.").pair == (27, 14)
    assert only("They won 24-3 at home.").pair == (24, 3)


def test_changes_have_a_direction_and_levels_have_none() -> None:
    rise, level = quantities("Unemployment rose by 3 per cent to 5.2 per cent.")
    assert (rise.change, level.change) == ("up", "")
    assert only("Sales fell 3 per cent.").change == "down"
    assert only("A 3 per cent fall in sales worried them.").change == "down"


def test_multiples_are_factors() -> None:
    found = only("Exports more than doubled.")
    assert (found.kind, found.value, found.bound) == ("factor", 2.0, Bound.OVER)
    assert only("It sold three times as many.").value == 3.0


def test_ages_are_kept_apart_from_counts() -> None:
    assert only("The 27-year-old left.").kind == "age"
    assert only("Maria Kos, 34, left.").kind == "age"


def test_the_number_after_nouns_and_before_them_knows_what_it_counts() -> None:
    cases, deaths = quantities("1,643 confirmed cases and 56 deaths were reported.")
    assert (cases.noun, deaths.noun) == ("_infect", "_die")
    assert only("The film has a rating of 24%.").label == "rate"
    assert only("NATO strikes killed over 2,500.").verb == "_die"
    assert only("Capacity: 33,597 seats.").noun == "seat"


def test_rates_are_marked() -> None:
    assert only("He earned £15 a week.").per == "week"
    assert only("It uses 40 litres per day.").per == "day"


def test_vague_numbers_have_wide_limits() -> None:
    found = only("Tens of thousands of people marched.")
    assert found.low <= 20000
    assert found.high >= 90000
    assert found.noun == "_people"


def test_an_ambiguous_separator_keeps_both_readings() -> None:
    found = only("Deloitte has 300.000 professionals.")
    assert {found.value, found.other} == {300.0, 300000.0}


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("One ripe pear in ten was thrown away.", "share", 0.1),
        ("Three ferries in a hundred are late.", "share", 0.03),
        ("Two games in ten days are too many.", "count", 2),
        ("Six wins in ten games were enough.", "count", 6),
        ("A quarter of a million bricks were laid.", "count", 250_000),
    ],
)
def test_a_share_may_stand_around_its_noun(text: str, kind: str, value: float) -> None:
    first = read_text(text).quantities[0]
    assert (first.kind, first.value) == (kind, pytest.approx(value))


@pytest.mark.parametrize(
    ("text", "bound"),
    [
        ("The fare goes up to four cents.", Bound.EXACT),
        ("A ticket costs up to four cents.", Bound.AT_MOST),
        ("They sailed beyond 80 degrees north.", Bound.OVER),
        ("Not quite 80 boats came.", Bound.NEARLY),
    ],
)
def test_words_that_bound_and_words_that_do_not(text: str, bound: Bound) -> None:
    assert read_text(text).quantities[0].bound is bound


@pytest.mark.parametrize("text", ("held up in the 31st minute", "on its 5th day", "her 20th mile"))
def test_a_place_in_a_row_is_no_measure(text: str) -> None:
    assert only(text).kind == "ordinal"
