"""Values that a passage allows to work out."""

from __future__ import annotations

import pytest

from factcheck.checks import check_pair, read_claim, read_passage
from factcheck.records import Finding, Outcome, Stance


def findings(claim: str, passage: str) -> list[Finding]:
    found = check_pair(read_claim(claim), read_passage(passage))
    return [finding for finding in found if finding.check in ("quantity", "arithmetic")]


def worked_out(claim: str, passage: str) -> list[Finding]:
    return [finding for finding in findings(claim, passage) if finding.check == "arithmetic"]


@pytest.mark.parametrize(
    ("claim", "passage", "shown"),
    [
        (
            "The bombing lasted eleven weeks.",
            "The bombing lasted from 24 March to 10 June 1999.",
            "is 79 days",
        ),
        (
            "Arthur Kain died aged 72.",
            "Arthur Kain (22 February 1788 – 21 September 1860) was a philosopher.",
            "is 72 years",
        ),
        ("Exports more than doubled.", "Exports rose from 200 to 500 tonnes.", "2.50 times"),
        ("Exports rose by 25 per cent.", "Exports rose from 200 to 250 tonnes.", "+25.0 per cent"),
        (
            "Almost half of the seats went to women.",
            "48 of the 97 seats went to women.",
            "49.5 per cent",
        ),
        (
            "Twelve houses burned.",
            "Five houses in Riga and seven houses in Jelgava burned.",
            "is 12",
        ),
        (
            "The race a year earlier raised 84,000 crowns.",
            "The race raised 96,000 crowns, twelve thousand more than a year ago.",
            "is 84,000",
        ),
        (
            "The lake covered about 1,400 hectares in 2000.",
            "The lake covers 11.2 square kilometres, a fifth less than in 2000.",
            "is about 1,400",
        ),
        ("The old ward had 19 beds.", "The ward has 38 beds, twice as many as the old one.", "19"),
        (
            "The duty on petrol was 54 cents.",
            "The duty on petrol rises by four cents this July, to 58 cents.",
            "58 cents − four cents is 54",
        ),
        (
            "Coverage dropped by 4.7 percentage points.",
            "Coverage is 88.4 per cent in the town, down from 93.1 per cent.",
            "is 4.7 points",
        ),
        (
            "The town owed 1.8 million euros less.",
            "The town owed 27.3 million euros on 31 December, down from 29.1 million.",
            "is 1,800,000",
        ),
        (
            "Lennick had more than three times the usual number of hot days.",
            "There were 31 hot days (30 °C or more) in Lennick, against 9 in an average year.",
            "from 9 to 31 is 3.44 times",
        ),
        (
            "Sarn had more than three and a half times the rain of Eldmoor.",
            "In Sarn 1,430 mm of rain fell, in Eldmoor 390 mm.",
            "3.67 times",
        ),
        (
            "Visits dropped by more than a quarter.",
            "Visits fell to 28,400, down from 39,100 a year earlier.",
            "-27.4 per cent",
        ),
        ("Nine in ten starters finished.", "Of 5,240 starters 4,716 finished.", "90.0 per cent"),
        ("The fee rises by 30 cents.", "The fee goes from 1.20 to 1.50 euros.", "is 30"),
        ("The firm had 10 plants.", "The firm has 12 plants, two more than in 2019.", "is 10"),
        ("In 1990 it was 50 euros.", "It fell by 10 euros to 40 euros since 1990.", "is 50"),
        ("Berta has 10 plants.", "Alba has 12 plants, two more than Berta.", "is 10"),
        (
            "The firm made 8 million euros in 2022.",
            "In 2023 the firm made 10 million euros, 2 million more than in 2022.",
            "is 8,000,000",
        ),
        (
            "Profit doubled.",
            "Profit came to 40 million euros, against 20 million a year before.",
            "2.00 times",
        ),
        (
            "Berta is half as tall as Alba.",
            "Alba is 20 metres tall and Berta 10 metres tall.",
            "0.50 times",
        ),
    ],
)
def test_a_calculation_that_agrees_is_shown(claim: str, passage: str, shown: str) -> None:
    (found,) = findings(claim, passage)
    assert (found.outcome, found.stance) == (Outcome.COMPATIBLE, Stance.SUPPORTS)
    assert shown in found.message


@pytest.mark.parametrize(
    ("claim", "passage"),
    [
        ("The bombing lasted twenty weeks.", "The bombing lasted from 24 March to 10 June 1999."),
        ("Exports tripled.", "Exports rose from 200 to 300 tonnes."),
        ("More than half of the players are girls.", "It has 412 players, 188 of them girls."),
        ("Cases were more than halved.", "Cases rose from 33,000 to 37,000."),
    ],
)
def test_a_calculation_that_disagrees_refutes(claim: str, passage: str) -> None:
    (found,) = findings(claim, passage)
    assert (found.outcome, found.stance) == (Outcome.DIFFERENT, Stance.REFUTES)


@pytest.mark.parametrize(
    ("claim", "passage"),
    [
        ("He trained for twenty weeks.", "The bombing lasted from 24 March to 10 June 1999."),
        ("Thirty houses burned.", "Five cars and seven boats burned."),
        ("A third of the members left.", "48 of the 97 seats went to women."),
        # Before and after cannot be told.
        ("Sales nearly halved.", "193,000 pumps were sold in Ard and 356,000 in Bly."),
        # In the other direction.
        ("Rejects were up by three points.", "Rejects came to 5 per cent, against 8 in February."),
        ("Coverage rose by 4.7 percentage points.", "Coverage is 88.4 per cent, down from 93.1."),
        # A range, and another's number.
        ("Prices rose by 20 euros.", "Tickets cost from 20 euros to 40 euros."),
        ("Profit doubled.", "Alba made 40 million euros, against 20 million at Berta."),
        # The other way round.
        ("Alba is twice as tall as Berta.", "Berta is 20 metres tall and Alba 10 metres tall."),
        (
            "There were twice as many deaths in Sarn as in Riga.",
            "There were 40 deaths in Riga and 20 in Sarn.",
        ),
        # Those who did something else.
        ("A third of the passengers died.", "Of the 300 passengers 100 survived."),
    ],
)
def test_no_calculation_is_forced(claim: str, passage: str) -> None:
    assert findings(claim, passage) == []


@pytest.mark.parametrize(
    ("claim", "passage"),
    [
        # What holds of the other side of a comparison.
        ("Alba has 10 plants.", "Alba has 12 plants, two more than Berta."),
        ("The firm made 8 million euros in 2023.", "In 2023 it made 10, 2 more than in 2022."),
        ("The fee is 54 cents.", "The fee rises by four cents to 58 cents."),
        ("The fee in 2020 was 50 cents.", "The fee fell by 10 cents to 40 cents in 2020."),
        ("The storm destroyed 90 houses.", "It destroyed 100 houses and damaged 10 more."),
        # Two statements.
        ("The club won 30 matches.", "The club won 18 matches and lost 12 matches."),
        ("Twelve people died.", "Five people were killed and seven people were injured."),
    ],
)
def test_no_calculation_supports_what_is_said_of_another(claim: str, passage: str) -> None:
    assert all(finding.check != "arithmetic" for finding in findings(claim, passage))


def test_what_is_only_planned_is_shown_and_supports_no_deed() -> None:
    (found,) = findings(
        "Exports rose by 50 per cent.", "Exports are planned to rise from 200 to 300 tonnes."
    )
    assert found.outcome is Outcome.COMPATIBLE
    assert found.stance is None


@pytest.mark.parametrize("share", ["100 per cent", "200 per cent"])
def test_a_fall_by_all_there_is_is_no_division(share: str) -> None:
    passage = f"The mill made 30 tonnes, {share} less than in 1990."
    assert all(f.stance is not Stance.SUPPORTS for f in findings("It made 60 tonnes.", passage))


@pytest.mark.parametrize(
    ("claim", "passage"),
    [
        # The scale is written once.
        (
            "The number of households without a line has more than halved.",
            "The number of households without a line fell from 14 to 6 million in ten years.",
        ),
        (
            "Mardia pumped less than half as much oil in 2024 as ten years before.",
            "Oil. Mardia's oil output fell from 59 to 28 million barrels between 2014 and 2024.",
        ),
        # "Half as much again" is one and a half times.
        (
            "Dog owners in Ostrau pay half as much tax again as before.",
            "The dog tax in Ostrau rose from 60 to 90 marks in January.",
        ),
        # Another pair of numbers agrees.
        (
            "The share of coal in Belmar's electricity has halved.",
            "Belmar emitted 48 million tonnes in 2022, down from 64 million in 2005, and the share "
            "of coal in its electricity fell from 60 to 30 per cent.",
        ),
    ],
)
def test_a_calculation_that_agrees_comes_before_one_that_does_not(claim: str, passage: str) -> None:
    (found,) = worked_out(claim, passage)
    assert (found.outcome, found.stance) == (Outcome.COMPATIBLE, Stance.SUPPORTS)


@pytest.mark.parametrize(
    ("claim", "passage"),
    [
        # Twice as often, told from the other side.
        (
            "The old serum stopped bleeding about twice as often as the new one.",
            "The new serum stopped bleeding in 41% of bites, compared with 84% with the old one.",
        ),
        # The figure stands in the passage, for something else.
        (
            "Four senators voted against the majority.",
            "The Senate passed the bill by 130 votes to 4 with 18 abstentions.",
        ),
        # No margin is spoken of: seventy is an age.
        (
            "The vote on retirement at 70 gave a clear majority.",
            "Parliament raised the retirement age by 81 votes to 21.",
        ),
        # Two scores: neither is the one meant for certain.
        (
            "At one point Prill had a lead of four frames.",
            "Prill, who had led 8-5, lost the final 10-8.",
        ),
    ],
)
def test_a_calculation_of_something_else_contradicts_nothing(claim: str, passage: str) -> None:
    assert [f for f in worked_out(claim, passage) if f.outcome is Outcome.DIFFERENT] == []


def test_a_ratio_among_other_words_hardly_speaks_against_a_claim() -> None:
    passage = "Pupils in Kell per teacher rose from 20 to 30 last year."
    (own,) = worked_out("Pupils in Kell per teacher doubled last year.", passage)
    others = worked_out("Fares on the Kell tram doubled last year.", passage)
    assert own.outcome is Outcome.DIFFERENT
    assert own.strength > 2 * max((f.strength for f in others), default=0.0)
