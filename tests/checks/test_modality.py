"""Planned is not done, alleged is not proven, a link is no cause, and a negation turns a claim."""

from __future__ import annotations

import pytest

from factcheck.checks import check_pair, read_claim, read_passage
from factcheck.records import Finding, Outcome, Stance


def findings(claim: str, passage: str) -> list[Finding]:
    found = check_pair(read_claim(claim), read_passage(passage))
    return [finding for finding in found if finding.check == "modality"]


@pytest.mark.parametrize(
    ("claim", "passage"),
    [
        ("The council closed the pool.", "The council plans to close the pool."),
        ("The council closed the pool.", "The council will close the pool in May."),
        ("The firm opened a plant in Riga.", "The firm intends to open a plant in Riga."),
        (
            "The minister resigned over the report.",
            "The minister is expected to resign over the report.",
        ),
        (
            "The mayor accepted bribes from the builder.",
            "Prosecutors allege the mayor accepted bribes from the builder.",
        ),
        ("The drug reduces the risk of stroke.", "The drug may reduce the risk of stroke."),
        ("The pool closed for repairs.", "If the roof leaks, the pool closed for repairs."),
        ("Coffee causes heart disease.", "Coffee is associated with heart disease."),
        ("The tower is the largest in the city.", "The tower is one of the largest in the city."),
    ],
)
def test_a_weaker_passage_does_not_refute_but_weakens(claim: str, passage: str) -> None:
    found = findings(claim, passage)
    assert [f.stance for f in found] == [Stance.NEUTRAL]
    assert found[0].outcome is Outcome.DIFFERENT


@pytest.mark.parametrize(
    ("claim", "passage"),
    [
        ("The council approved the budget.", "The council did not approve the budget."),
        ("The council did not approve the budget.", "The council approved the budget."),
        ("The council approved the budget.", "The council rejected the budget."),
        ("Smith never released the album.", "Smith released the album in May."),
        ("Exports increased last year.", "Exports decreased last year."),
        ("The tower is the largest in the city.", "The tower is the second largest in the city."),
    ],
)
def test_the_opposite_refutes(claim: str, passage: str) -> None:
    found = findings(claim, passage)
    assert [(f.outcome, f.stance) for f in found] == [(Outcome.DIFFERENT, Stance.REFUTES)]
    assert found[0].strength >= 0.5


@pytest.mark.parametrize(
    ("claim", "passage"),
    [
        ("The council plans to close the pool.", "The council plans to close the pool."),
        ("The council closed the pool.", "The council closed the pool in May."),
        ("The council closed the pool.", "The court will hear the case of the baker."),
        ("The council approved the budget.", "Not only did the council approve the budget."),
        ("No Way Out is a compilation album.", "No Way Out is the 1997 compilation album."),
        ("At least ten people died.", "No fewer than ten people died."),
        ("Earnings were higher in May.", "Earnings were higher than expected in May."),
        ("The council did not approve the budget.", "The council has not approved the budget."),
        ("The parade took place in May 2008.", "The parade took place in May 2008."),
    ],
)
def test_nothing_is_found_where_nothing_differs(claim: str, passage: str) -> None:
    assert findings(claim, passage) == []


def test_the_cue_is_pointed_at() -> None:
    passage = "The council plans to close the pool."
    (found,) = findings("The council closed the pool.", passage)
    start, end = found.passage_span or (0, 0)
    assert passage[start:end] == "plans"
    assert "plans" in found.message
