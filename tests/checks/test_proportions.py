"""Shares, averages and parts: which numbers of a passage a claim speaks of."""

from __future__ import annotations

import pytest

from factcheck.checks import check_pair, read_claim, read_passage
from factcheck.records import Finding, Outcome, Stance

HERD = "Of the 240 cows on the island, 60 are of the old red breed and 12 have no horns."


def worked_out(claim: str, passage: str) -> list[Finding]:
    found = check_pair(read_claim(claim), read_passage(passage))
    return [finding for finding in found if finding.check == "arithmetic"]


@pytest.mark.parametrize(
    ("claim", "passage", "shown"),
    [
        ("A quarter of the cows are red.", HERD, "60 of 240 is 25.0 per cent"),
        ("One cow in twenty has no horns.", HERD, "12 of 240 is 5.0 per cent"),
        (
            "95 per cent of the bridges were checked.",
            "Engineers checked 190 of the town's 200 bridges.",
            "95.0 per cent",
        ),
        (
            "Most of the trees planted in the park are limes.",
            "In the park 90 trees were planted, 61 of them limes.",
            "61 of 90 is 67.8 per cent",
        ),
        (
            "A third of the money was spent on paint.",
            "The school spent 1.2 million crowns, 400,000 crowns of it on paint.",
            "33.3 per cent",
        ),
        (
            "A tenth of the runners did not finish.",
            "Of 3,000 runners 2,700 finished.",
            "leaves 10.0 per cent",
        ),
        (
            "About 4,300 pupils passed the test.",
            "The test was taken by 4,800 pupils; 90 per cent passed.",
            "is about 4,320",
        ),
        (
            "Each singer sold 15 tickets on average.",
            "The 40 singers sold 600 tickets.",
            "is about 15",
        ),
    ],
)
def test_a_share_or_average_that_agrees_is_shown(claim: str, passage: str, shown: str) -> None:
    (found,) = worked_out(claim, passage)
    assert (found.outcome, found.stance) == (Outcome.COMPATIBLE, Stance.SUPPORTS)
    assert shown in found.message


@pytest.mark.parametrize(
    ("claim", "passage"),
    [
        ("A tenth of the cows are of the red breed.", HERD),
        ("A majority of the members voted.", "Of the 500 members 140 voted."),
        ("The hut lost a third of its guests.", "The hut's guests rose from 600 to 900."),
        ("Rainfall doubled.", "Rainfall fell from 800 to 400 mm."),
    ],
)
def test_another_share_or_direction_refutes(claim: str, passage: str) -> None:
    found = [item for item in worked_out(claim, passage) if item.stance is Stance.REFUTES]
    assert found and found[0].strength >= 0.5


@pytest.mark.parametrize(
    ("claim", "passage"),
    [
        # Two groups side by side are no part of one another.
        (
            "A quarter of the boats are of steel.",
            "The harbour has 90 wooden boats and 30 of steel.",
        ),
        # Another whole, and another part.
        ("Half of the singers are tenors.", "Of the 80 players 40 are from abroad."),
        ("A fifth of the cows have horns.", HERD),
        # "All but" turns the number round.
        ("A tenth of the lamps were lit.", "All but 20 of the 200 lamps were lit."),
        # Nothing is said of an average.
        ("The singers brought 15 cakes.", "The 40 singers sold 600 tickets."),
        # At most so many may be fewer.
        ("Most of the boats were saved.", "At most 30 of the 50 boats were saved."),
    ],
)
def test_numbers_of_something_else_support_nothing(claim: str, passage: str) -> None:
    assert [f for f in worked_out(claim, passage) if f.stance is Stance.SUPPORTS] == []


@pytest.mark.parametrize(
    ("claim", "passage"),
    [
        # The claim speaks of the rest.
        ("One runner in ten did not finish.", "Of 3,000 runners 2,700 finished."),
        # Levels of something else, or in the same direction.
        ("Fares doubled.", "The number of buses fell from 80 to 40."),
        ("Rainfall halved.", "Rainfall fell from 800 to 400 mm."),
        ("The boats are a quarter steel.", "The harbour has 90 wooden boats and 30 of steel."),
    ],
)
def test_what_may_be_meant_otherwise_refutes_nothing(claim: str, passage: str) -> None:
    assert [
        f for f in worked_out(claim, passage) if f.strength >= 0.5 and f.stance is Stance.REFUTES
    ] == []


@pytest.mark.parametrize(
    ("text", "value", "noun"),
    [
        ("One customer in a hundred had no power.", 0.01, "custom"),
        ("Seven cases out of ten were mild.", 0.7, "_infect"),
        ("Most of the guests left.", 0.5, ""),
        ("A minority of the voters agreed.", 0.5, ""),
    ],
)
def test_shares_in_words_are_read(text: str, value: float, noun: str) -> None:
    (found,) = read_claim(text).body.quantities
    assert found.kind == "share"
    assert found.value == pytest.approx(value)
    assert not noun or found.noun.startswith(noun)


@pytest.mark.parametrize(
    "text",
    [
        "She scored one goal in two games.",
        "Three ships in five days arrived.",
        "The party won a majority in parliament.",
        "It is the most of any town.",
    ],
)
def test_what_is_no_share_is_not_read_as_one(text: str) -> None:
    assert all(quantity.kind != "share" for quantity in read_claim(text).body.quantities)
