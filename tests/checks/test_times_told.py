"""Times that follow from a passage: by distance, by the clock, by two dates, in words."""

from __future__ import annotations

from datetime import date

import pytest

from factcheck.checks import check_pair, read_claim, read_passage
from factcheck.checks.calculation.durations import durations_of
from factcheck.checks.calculation.frequencies import find_frequencies
from factcheck.checks.reading import read_text
from factcheck.checks.times.calendar_text import find_dates
from factcheck.checks.times.clocks import find_clocks
from factcheck.checks.times.offsets import worked_dates
from factcheck.records import Stance


def stances(claim: str, passage: str) -> set[Stance]:
    found = check_pair(read_claim(claim), read_passage(passage))
    kept = [f for f in found if f.check in ("arithmetic", "date") and f.strength >= 0.35]
    return {f.stance for f in kept if f.stance is not None}


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("It fell within a month.", [30.436875]),
        ("For a decade nothing happened.", [3652.425]),
        ("It was over in less than a week.", [7.0]),
        ("It closed a year and a half later.", [547.86375]),
        ("The week-long strike ended.", [7.0]),
        ("It sails twice a year.", []),
        ("Rent rose to 900 euros a month.", []),
    ],
)
def test_one_unit_is_a_length_of_time_only_beside_words_that_say_so(
    text: str, days: list[float]
) -> None:
    found = [quantity.value for quantity in durations_of(read_text(text))]
    assert found == pytest.approx(days)


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("at 9.40 a.m.", [580]),
        ("until 16:10", [970]),
        ("12.15 am", [15]),
        ("at noon and at midnight", [720, 0]),
        ("at half past six", [390]),
        ("at a quarter to nine in the evening", [1245]),
        ("shortly after five the next morning", [300]),
        ("at eight o'clock", [480]),
        ("a 4.35 metre boat won 3:1", []),
    ],
)
def test_a_time_of_day_is_read_in_minutes(text: str, minutes: list[int]) -> None:
    assert [clock.minute for clock in find_clocks(text)] == minutes


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("They met on 3 May 2019. The deal was signed nine days later.", [(2019, 5, 12)]),
        ("The vote was on 31 July 2021. The count began the next day.", [(2021, 8, 1)]),
        ("The pier burned on 2 March 2004, two years to the day after it opened.", [(2002, 3, 2)]),
        ("A week after the sale on 1 June 2010, the mill shut.", [(2010, 6, 8)]),
        ("On the eve of the race, held on 1 May 2015, the course was cut.", [(2015, 4, 30)]),
        ("They sailed on Sunday 9 July 2023 and landed the following Friday.", [(2023, 7, 14)]),
    ],
)
def test_a_day_at_a_distance_is_worked_out(text: str, days: list[tuple[int, int, int]]) -> None:
    found = [w.mention.low for w in worked_dates(read_text(text))]
    assert found == [date(*day).toordinal() for day in days]


@pytest.mark.parametrize(
    "text",
    [
        "Sales rose to 40 million in 2019 from 31 million a year before.",
        "In 2019 the club had more members than the year before.",
        "It reopened on 2 May 2019, more than a year after the fire.",
        "On 4 June 2019 they wrote that last year it had rained. The year before it had not.",
        "They met on 3 May 2019. Two days later, on 5 May, they parted.",
        "The ship sank. Two days later it was found.",
    ],
)
def test_a_distance_that_compares_or_has_no_anchor_gives_no_date(text: str) -> None:
    assert worked_dates(read_text(text)) == ()


SALE = "On 4 April 2022 the owners voted to sell Hazel Lodge. The deeds were signed ten days later."
ORDER = "The ban took effect on 20 June 2018, two weeks after it had been decreed."


@pytest.mark.parametrize(
    ("claim", "passage"),
    [
        ("The deeds were signed on 14 April 2022.", SALE),
        ("The deeds were signed in mid-April 2022.", SALE),
        ("The ban was decreed on 6 June 2018.", ORDER),
        (
            "The bandstand was rebuilt in 1931.",
            "A storm took the bandstand in 1926. It was rebuilt five years later.",
        ),
    ],
)
def test_a_claimed_date_that_a_distance_gives_is_supported(claim: str, passage: str) -> None:
    assert Stance.SUPPORTS in stances(claim, passage)


@pytest.mark.parametrize(
    ("claim", "passage"),
    [
        ("The owners voted to sell Hazel Lodge on 14 April 2022.", SALE),
        ("The deeds were signed on 4 April 2022.", SALE),
        ("The ban took effect on 6 June 2018.", ORDER),
        ("Dora Finch signed on 14 April 2022.", SALE),
        (
            "The bandstand was rebuilt in 1931.",
            "A storm took the bandstand in 1926. The mayor hoped to rebuild it five years later.",
        ),
    ],
)
def test_a_claim_of_the_other_deed_is_not(claim: str, passage: str) -> None:
    assert Stance.SUPPORTS not in stances(claim, passage)


def test_another_date_than_a_distance_gives_is_refuted() -> None:
    assert stances("The deeds were signed on 4 April 2022.", SALE) == {Stance.REFUTES}


LIFT = "The lift at Corn Street, out of order since 3 May, ran again on 24 May."
HALL = "The doors opened at 7.15 p.m. and the last guests left shortly after one in the morning."
TRAM = "A tree stopped line 2 from 8:05 until 8:50."


@pytest.mark.parametrize(
    ("claim", "passage"),
    [
        ("Residents of Corn Street climbed the stairs for three weeks.", LIFT),
        ("Line 2 stood still for three quarters of an hour.", TRAM),
        ("Line 2 was blocked by a tree for less than an hour.", TRAM),
        (
            "It was a quarter of a century before the mill made flour again.",
            "The mill ground its last flour in 1988 and reopened in 2013.",
        ),
        (
            "Firemen fought the blaze overnight.",
            "The firemen were called to the blaze at 9.30 p.m. and went home at 6 a.m.",
        ),
    ],
)
def test_a_length_between_the_only_two_times_is_supported(claim: str, passage: str) -> None:
    assert Stance.SUPPORTS in stances(claim, passage)


@pytest.mark.parametrize(
    ("claim", "passage"),
    [
        ("Residents of Corn Street climbed the stairs for five weeks.", LIFT),
        ("Line 2 stood still for two hours.", TRAM),
        # The plan, the denial and the other matter.
        ("The lift was out of order for three weeks.", LIFT.replace("ran", "was to run")),
        (
            "The quarry was worked for nine years.",
            "The quarry was planned in 1951 and never opened; the land was sold in 1960.",
        ),
        ("The inn was open for 14 years.", "The inn opened in 1990. The smithy closed in 2004."),
        ("The lamp burned for six weeks.", "The lamp was lit on 1 May. A report came on 12 June."),
        (
            "The book was in print for 9 years.",
            "The book appeared in 1991 and was reissued in 2000.",
        ),
        (
            "Ina Voll has run the inn for nine years.",
            "Ina Voll bought the inn in 1991 and has let it since 2000.",
        ),
        # Three times of day, or a length of its own.
        (
            "The power was out for two hours.",
            "The power failed at 1 p.m., came back in places at 3 p.m. and everywhere at 5 p.m.",
        ),
        (
            "The house had no light of any kind for two hours.",
            "The power failed at 1 p.m. and came back at 3 p.m.; a generator ran in 10 minutes.",
        ),
        ("Firemen fought the blaze overnight.", "Firemen fought the blaze from 1 p.m. to 4 p.m."),
    ],
)
def test_a_length_that_does_not_fit_or_is_of_something_else_is_not(
    claim: str, passage: str
) -> None:
    assert Stance.SUPPORTS not in stances(claim, passage)


PLANT = "Ada Lind (born 4 March 1950, died 2 May 2015) drew plants."
PAIR = "The clerk Rita Moll, 41, and her deputy Jan Beck, nine years her junior, left the office."


@pytest.mark.parametrize(
    ("claim", "passage"),
    [
        ("Ada Lind was 65 when she died.", PLANT),
        ("Ada Lind lived to be 65.", "Ada Lind (4 March 1950 – 2 May 2015) drew plants."),
        ("Ada Lind died in her sixties.", PLANT),
        ("The deputy Jan Beck is 32.", PAIR),
        ("A teenager found the coin.", "Ben Orr, 14, found the coin in a ditch."),
        (
            "Ida Fern was in her late twenties when she won the regatta.",
            "Born in 1970, Ida Fern won the regatta in 1998 and gave up sailing a year later.",
        ),
    ],
)
def test_an_age_that_follows_is_supported(claim: str, passage: str) -> None:
    assert Stance.SUPPORTS in stances(claim, passage)


@pytest.mark.parametrize(
    ("claim", "passage"),
    [
        ("Ada Lind died in her forties.", PLANT),
        ("Ada Lind was 56 when she died.", PLANT),
        ("The deputy Jan Beck is 50.", PAIR),
        ("Rita Moll is 32.", "The clerk Rita Moll, 41, has a deputy, Jan Beck."),
        ("Two teenagers found the coin.", "Ben Orr, 14, found the coin in a ditch."),
        ("A teenager found the coin.", "Ben Orr, 41, found the coin in a ditch."),
    ],
)
def test_an_age_that_does_not_follow_is_not(claim: str, passage: str) -> None:
    assert Stance.SUPPORTS not in stances(claim, passage)


@pytest.mark.parametrize(
    ("text", "times"),
    [
        ("a biennial fair", [0.5]),
        ("It sails on Mondays, Wednesdays and Saturdays.", [156.0]),
        ("They meet on alternate Sundays.", [26.0]),
        ("held every four years", [0.25]),
        ("It comes out twice a week.", [104.0]),
        ("on the first Monday of each month", [12.0]),
        ("It appears in March, June, September and December.", [4.0]),
        ("It has 26 lessons a week.", []),
        ("at 40 kilometres an hour", []),
    ],
)
def test_frequencies_lie_on_one_scale(text: str, times: list[float]) -> None:
    assert [f.times for f in find_frequencies(read_text(text))] == times


@pytest.mark.parametrize(
    ("claim", "passage", "stance"),
    [
        ("The Brill fair is held every two years.", "The Brill fair is a biennial event.", "S"),
        ("The Brill choir meets fortnightly.", "The Brill choir meets on alternate Sundays.", "S"),
        ("The Brill choir meets every day.", "The Brill choir meets on alternate Sundays.", "R"),
        ("The Brill choir meets weekly.", "The Brill choir will meet on alternate Sundays.", ""),
        ("The Brill choir meets every week.", "The Brill choir meets twice a week.", ""),
        ("The Brill choir meets weekly.", "The Brill band meets each Monday in Holt.", ""),
        ("The Brill Echo is a weekly.", "The Brill Echo was published each Monday.", ""),
        (
            "The baths are tested three times a day.",
            "The baths are tested daily at 6 a.m., at noon and at 9 p.m.",
            "S",
        ),
    ],
)  # fmt: skip
def test_two_frequencies_of_one_thing_are_compared(claim: str, passage: str, stance: str) -> None:
    wanted = {"S": {Stance.SUPPORTS}, "R": {Stance.REFUTES}, "": set()}[stance]
    assert stances(claim, passage) == wanted


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("in the last quarter of 2021", date(2021, 10, 1), date(2021, 12, 31)),
        ("the final three months of 2024", date(2024, 10, 1), date(2024, 12, 31)),
        ("the second half of the fifteenth century", date(1450, 1, 1), date(1500, 12, 31)),
        ("the first half of the 1970s", date(1970, 1, 1), date(1974, 12, 31)),
        ("on the last day of April 2021", date(2021, 4, 30), date(2021, 4, 30)),
        ("the first Saturday of February 1921", date(1921, 2, 5), date(1921, 2, 5)),
        ("on Christmas Eve 2015", date(2015, 12, 24), date(2015, 12, 24)),
        ("in late January 1999", date(1999, 1, 19), date(1999, 1, 31)),
        ("by the end of March 2018", date(2018, 3, 1), date(2018, 3, 31)),
    ],
)
def test_a_part_of_a_period_is_read_as_its_days(text: str, first: date, last: date) -> None:
    span = find_dates(text)[0]
    assert (span.low, span.high) == (first.toordinal(), last.toordinal())
