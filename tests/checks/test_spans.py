"""Durations between two dates, ages at a date, and births from an age."""

from __future__ import annotations

import pytest

from factcheck.checks import check_pair, read_claim, read_passage
from factcheck.checks.calculation.occasions import occasions
from factcheck.checks.reading import read_text
from factcheck.records import Finding, Outcome, Stance


def worked_out(claim: str, passage: str) -> list[Finding]:
    found = check_pair(read_claim(claim), read_passage(passage))
    return [f for f in found if f.check == "arithmetic" or " is a birth in " in f.message]


def contradictions(claim: str, passage: str) -> list[Finding]:
    return [f for f in worked_out(claim, passage) if f.stance is Stance.REFUTES]


BRIDGE = "The Orle bridge was closed on 3 May and reopened on 17 May."
MAYOR = "Mara Ode was elected mayor in 1998. She left office in 2011."
MINE = "The mine was flooded in 1998 and the last miner was buried in 2011."
LAW = "The toll law took effect in 2010 and was repealed in 2015."
BEES = "Ivo Lunt is 41. He began to keep bees when he was 20."
ARN = "Felix Arn was born in 1911 and vanished in 1962."
AGED = "Felix Arn was 51 when he vanished in 1962."


@pytest.mark.parametrize(
    ("claim", "passage", "shown"),
    [
        # The later date is the end of what the earlier one began.
        ("The Orle bridge was closed for two weeks.", BRIDGE, "is 14 days"),
        ("The Orle bridge was closed for 14 days.", BRIDGE, "is 14 days"),
        ("Mara Ode was mayor for 13 years.", MAYOR, "is about 13 years"),
        ("Mara Ode was mayor for more than ten years.", MAYOR, "is about 13 years"),
        ("The toll law was in force for five years.", LAW, "is about 5 years"),
        (
            "The café was open for two years.",
            "Opened in March 2010, the café closed in March 2012.",
            "is about 24 months",
        ),
        (
            "Ida Roth was held for three days.",
            "Ida Roth was abducted on 28 June. Police freed her on 1 July.",
            "is 3 days",
        ),
        (
            "The barn belonged to the squatters for three days.",
            "Squatters occupied the barn on 28 June and kept it until guards retook it on 1 July.",
            "is 3 days",
        ),
        (
            "Nils Orr will have been with the theatre for 35 years.",
            "Nils Orr, who joined the theatre in 1989 as an usher, will step down in 2024.",
            "is about 35 years",
        ),
        # The end comes first in the text, or the year turns between the dates.
        (
            "The siege of Tarn lasted two weeks.",
            "The siege of Tarn was lifted on 17 May. It had begun on 3 May.",
            "is 14 days",
        ),
        (
            "The siege of Tarn lasted six days.",
            "The siege of Tarn began on 28 December and was lifted on 3 January.",
            "is 6 days",
        ),
        # A work, and its end.
        (
            "It took 13 years to build the dam.",
            "The dam was begun in 1998 and finished in 2011.",
            "is about 13 years",
        ),
        # Two events that the claim names.
        ("The last miner was buried 13 years after the mine was flooded.", MINE, "about 13 years"),
        (
            "Thirteen years after the mine was flooded, the last miner was buried.",
            MINE,
            "about 13 years",
        ),
        ("The mine was flooded 13 years before the last miner was buried.", MINE, "13 years"),
        (
            "It took three weeks from the vote until the result was known.",
            "The vote was held on 3 May 2010 and the result was known on 24 May 2010.",
            "is 21 days",
        ),
        # Records of the kind "label: date".
        (
            "Tarn Town existed for seven years.",
            "Tarn Town. Founded: 1970; Dissolved: 1977; Colours: red; Ground: Mill Lane.",
            "is about 7 years",
        ),
        ("Ann Lee lived for 72 years.", "Ann Lee (2 May 1788 – 1 April 1861) painted.", "72 years"),
        # Two ages of one person.
        ("Ivo Lunt has kept bees for 21 years.", BEES, "from the age of 20 to 41"),
        ("Ivo Lunt has kept bees for two decades.", BEES, "is about 21 years"),
        # Of two ranges the one beside which the claim's words stand.
        (
            "Lea Orr was head of the museum for six years.",
            "Lea Orr served as head of the archive from 1970 to 1974 and as head of the museum "
            "from 1980 to 1986.",
            "1980 to 1986 is about 6 years",
        ),
        # Ages at a date.
        ("Felix Arn was 51 when he vanished.", ARN, "is 50 or 51 years"),
        ("Felix Arn was 51 in 1962.", "Felix Arn was born in 1911.", "is 50 or 51 years"),
        ("Felix Arn was born around 1911.", AGED, "a birth in 1910 or 1911"),
        ("Felix Arn was born in 1910.", AGED, "a birth in 1910 or 1911"),
    ],
)
def test_a_time_between_two_times_agrees_with_the_claim(
    claim: str, passage: str, shown: str
) -> None:
    (found,) = worked_out(claim, passage)
    assert (found.outcome, found.stance) == (Outcome.COMPATIBLE, Stance.SUPPORTS)
    assert shown in found.message


@pytest.mark.parametrize(
    ("claim", "passage"),
    [
        ("The Orle bridge was closed for two months.", BRIDGE),
        ("Mara Ode was mayor for 20 years.", MAYOR),
        ("Mara Ode was mayor for more than 20 years.", MAYOR),
        ("The mine was flooded 30 years before the last miner was buried.", MINE),
        ("Ann Lee lived for 50 years.", "Ann Lee (2 May 1788 – 1 April 1861) was a painter."),
        ("Ivo Lunt has kept bees for 30 years.", BEES),
        ("Felix Arn was 60 when he vanished.", ARN),
        ("Felix Arn was 40 in 1962.", "Felix Arn was born in 1911."),
        ("Felix Arn was born in 1930.", AGED),
    ],
)
def test_a_time_that_is_far_off_contradicts(claim: str, passage: str) -> None:
    (found,) = worked_out(claim, passage)
    assert (found.outcome, found.stance) == (Outcome.DIFFERENT, Stance.REFUTES)


@pytest.mark.parametrize(
    ("claim", "passage"),
    [
        # A step more or less of what the dates give.
        ("The Orle bridge was closed for 13 days.", BRIDGE),
        ("The Orle bridge was closed for 15 days.", BRIDGE),
        ("Mara Ode was mayor for 12 years.", MAYOR),
        ("Mara Ode was mayor for more than 13 years.", MAYOR),
        ("The war lasted more than four years.", "The war lasted from 1861 to 1865."),
        # Born in May 1911 at the latest, or after that.
        ("Felix Arn was 50 when he vanished.", ARN),
    ],
)
def test_a_time_that_is_nearly_the_same_settles_nothing(claim: str, passage: str) -> None:
    (found,) = worked_out(claim, passage)
    assert (found.outcome, found.stance) == (Outcome.COMPATIBLE, None)


@pytest.mark.parametrize(
    ("claim", "passage"),
    [
        # Dates of two subjects.
        (
            "The school was open for 14 years.",
            "The school opened in 1990; the mayor was elected in 2004.",
        ),
        (
            "The school was open for 14 years.",
            "The school opened in 1990. The mayor left office in 2004.",
        ),
        (
            "The firm existed for 13 years.",
            "The firm was founded in 1998. Its rival closed in 2011.",
        ),
        (
            "Mara was in the navy for 13 years.",
            "Mara opened a shop in 1998. Jon left the navy in 2011.",
        ),
        (
            "The café was closed for three years.",
            "The museum was closed in May 2010 and reopened in May 2013; the café opened in 2016.",
        ),
        (
            "The strike at the port lasted ten days.",
            "The port opened on 3 May and was closed on 13 May.",
        ),
        ("The jury deliberated for two weeks.", "The trial opened on 4 May and ended on 18 May."),
        # No end of anything.
        ("The club held the cup for 13 years.", "The club won the cup in 1998 and again in 2011."),
        (
            "The album was on sale for 13 years.",
            "The album was released in 1998 and reissued in 2011.",
        ),
        (
            "Lena Moss was mayor for 40 years.",
            "Lena Moss was born in 1950 and became mayor in 1990.",
        ),
        (
            "Riga hosted the fair for 13 years.",
            "Riga hosted the fair in 1998 and Oslo hosted it in 2011.",
        ),
        # The day of a report.
        (
            "The farmers stayed in Riga for 13 years.",
            "A study published in 2011 looked at farmers who left for Riga in 1998.",
        ),
        (
            "The bridge was closed for two weeks.",
            "The newspaper reported on 17 May that the bridge had been closed on 3 May.",
        ),
        # A term, a deal, a habit, a time up to now, hours and ages: no time between two events.
        (
            "Olaf Holt was sentenced to 11 years in prison.",
            "Olaf Holt was jailed in 2000 and was freed in 2011.",
        ),
        (
            "The players signed a ten-year contract.",
            "The contract was signed in 2010 and ends in 2020.",
        ),
        (
            "The bridge is checked every 30 years.",
            "The bridge was built in 1960 and closed in 1990.",
        ),
        (
            "The law took effect five years ago.",
            "The law took effect in 2010; it was repealed in 2015.",
        ),
        (
            "The pool is open 12 hours a day.",
            "The pool is open from 8 to 20. It was built in 1990 and closed in 2002.",
        ),
        (
            "Players must be at least four years old.",
            "The game is for players aged 8 to 12. It came out in 1990 and vanished in 1994.",
        ),
        # The other order.
        (
            "The ferry sank 13 years after the case was closed.",
            "The ferry sank in 1998 and the case was closed in 2011.",
        ),
        # Denied.
        (
            "The Orle bridge was not closed for two weeks.",
            BRIDGE,
        ),
        # Coarser dates than the claim.
        ("The dam took 13 months to build.", "The dam was begun in 1998 and finished in 1999."),
        ("The strike lasted five weeks.", "The strike began in March and ended in May."),
        # Ages of two people, and a number that is no age.
        (
            "Anna has lived alone for 12 years.",
            "Anna is 29. Her brother moved away when he was 17.",
        ),
        (
            "Anna Berg has been running for 12 years.",
            "Anna Berg, 29, won the race; Lisa Holt, 17, came second.",
        ),
        ("Anna Berg has lived there for 12 years.", "Anna Berg, 29, lives at 17 Hill Road."),
        # An age today, and the date of something past.
        ("Pia Holm was born in 1983.", "Pia Holm, 29, took up running in 2012."),
        ("Children born in 2012 may enter.", "Children must be aged 6 in 2020 to enter."),
    ],
)
def test_times_of_something_else_say_nothing(claim: str, passage: str) -> None:
    assert worked_out(claim, passage) == []


@pytest.mark.parametrize(
    ("claim", "passage"),
    [
        # A third date, a duration of its own, an interval, a missing name.
        ("The bridge was closed for two months.", BRIDGE + " It was painted on 20 May."),
        ("The bridge was closed for 30 days.", BRIDGE + " Repairs took 30 days."),
        ("The bridge was closed for two months.", BRIDGE + " Two months later it fell."),
        ("Lea Orr was mayor for 20 years.", MAYOR),
        # Another way of being in office, or none told.
        (
            "The minister was ill for 30 years.",
            "The minister was appointed in 1998 and resigned in 2011.",
        ),
    ],
)
def test_a_time_between_dates_contradicts_only_where_no_other_is_meant(
    claim: str, passage: str
) -> None:
    assert contradictions(claim, passage) == []


def test_less_of_the_claim_in_the_passage_makes_a_weaker_finding() -> None:
    (whole,) = worked_out("The Orle bridge was closed for two weeks.", BRIDGE)
    (part,) = worked_out("The Orle bridge was closed to lorries for two weeks.", BRIDGE)
    assert whole.strength > part.strength > 0.0


def test_each_date_has_the_words_of_its_own_part_of_the_sentence() -> None:
    text = "The ferry, which left in May, sank on 3 June 2010, and in 2011 the firm closed."
    assert [sorted(occasion.words) for occasion in occasions(read_text(text))] == [
        ["ferri", "leav"],
        ["sink"],
        ["_company", "clos"],
    ]


@pytest.mark.parametrize(
    ("text", "linked"),
    [
        ("The inn opened in 1990 and closed in 2004.", [False, True]),
        ("The inn opened in 1990. It closed in 2004.", [False, True]),
        ("The inn opened in 1990 and its owner left in 2004.", [False, False]),
        ("The inn opened in 1990 before moving in 2004.", [False, True]),
        ("The inn opened in 1990; by 2004, it was closed.", [False, True]),
        ("The inn opened in 1990; in 2004 the firm that ran it closed.", [False, False]),
        ("Opened in 1990, the inn closed in 2004.", [True, False]),
        ("Opened: 1990; Closed: 2004", [True, True]),
    ],
)
def test_a_part_without_a_subject_of_its_own_carries_on(text: str, linked: list[bool]) -> None:
    assert [occasion.linked for occasion in occasions(read_text(text))] == linked
