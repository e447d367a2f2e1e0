"""Values that a passage allows to work out."""

from __future__ import annotations

import pytest

from factcheck.checks import check_pair, read_claim, read_passage
from factcheck.records import Finding, Outcome, Stance


def findings(claim: str, passage: str) -> list[Finding]:
    found = check_pair(read_claim(claim), read_passage(passage))
    return [finding for finding in found if finding.check == "quantity"]


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
    ],
)
def test_no_calculation_is_forced(claim: str, passage: str) -> None:
    assert findings(claim, passage) == []
