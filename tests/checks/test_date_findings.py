"""Dates that speak for or against a claim: the deed, whose it is, and how it is stated."""

from __future__ import annotations

from datetime import date

import pytest

from factcheck.checks import check_pair, read_claim, read_passage
from factcheck.records import Finding, Outcome, Stance


def findings(
    claim: str, passage: str, *, context: str = "", published: date | None = None
) -> list[Finding]:
    against = read_passage(passage, context=context, published=published)
    return [f for f in check_pair(read_claim(claim), against) if f.check == "date"]


def stances(claim: str, passage: str, *, context: str = "") -> list[Stance | None]:
    return [found.stance for found in findings(claim, passage, context=context)]


@pytest.mark.parametrize(
    ("claim", "passage"),
    [
        ("The Ostra mill was built in 1890.", "The mill at Ostra, built in 1921, has six floors."),
        ("The charter was signed on 4 May 1990.", "The charter was signed on 9 May 1990."),
        ("The Ostra mill was first built in 1890.", "The Ostra mill was built in 1921."),
        ("Halder took office in 2011.", "Halder entered office in 2014 after a recount."),
        ("The tram law was adopted in June.", "The council adopted the tram law on 3 July."),
        ("The Lowen choir was set up in 1950.", "The Lowen choir was formed in 1938."),
        ("Night Ferry was shot in 1999.", "Night Ferry is a 2006 drama by Ilse Brandt."),
        ("The Tarn revolt took place in 1640.", "The Tarn revolt broke out in 1604."),
        # Before its beginning, or after its end.
        ("Fort Kessel was stormed in 1702.", "Fort Kessel was built in 1745 by Swiss masons."),
        ("Marit Solheim sang in 1988.", "Marit Solheim died in 1979 at her farm."),
    ],
)
def test_what_happens_once_has_one_date(claim: str, passage: str) -> None:
    (found,) = findings(claim, passage)
    assert (found.outcome, found.stance) == (Outcome.DIFFERENT, Stance.REFUTES)
    assert found.strength >= 0.5


@pytest.mark.parametrize(
    ("claim", "passage"),
    [
        # It may happen every year, or to many.
        ("Dahlem won the cup in 1990.", "Dahlem won the cup in 1985."),
        ("Dahlem opened a shop in 1990.", "Dahlem opened a shop in 1985."),
        ("Some 400 people died in 2021.", "Some 390 people died in 2022."),
        # Another subject, or another of several.
        ("The Lidd bridge opened in 1990.", "Its metro opened in 2004."),
        ("The second season premiered in 2017.", "The first season premiered in 2015."),
        ("Harbour Lights 2 was released in 2003.", "Harbour Lights was released in 1999."),
        ("The Colden theatre opened in 1908.", "The Colden theatre opened again in 2010."),
        # Stated otherwise: planned here, done there.
        ("The lock was to open in May.", "The lock opened on 3 June."),
        # A state, a count, an offset.
        ("The pier was open in 1931.", "The pier opened in 1929."),
        ("There were 2,000 bears in 1990.", "In 2004 there were 900 bears."),
        ("The moon was found in 1781.", "The moon was found in 1851, 70 years after the planet."),
        # An earlier date is there too.
        ("Fort Kessel was stormed in 1702.", "Fort Kessel, begun in 1690, was built by 1745."),
    ],
)
def test_other_deeds_and_subjects_do_not_refute(claim: str, passage: str) -> None:
    assert not any(
        found.stance is Stance.REFUTES and found.strength >= 0.5
        for found in findings(claim, passage)
    )


@pytest.mark.parametrize(
    ("claim", "passage"),
    [
        ("The Ostra mill was built in 1921.", "The mill at Ostra, built in 1921, has six floors."),
        ("Night Ferry was shot in the 2000s.", "Night Ferry is a 2006 drama by Ilse Brandt."),
        ("The tram law was adopted in July.", "The council adopted the tram law on 3 July."),
    ],
)
def test_the_same_deed_on_the_same_date_supports(claim: str, passage: str) -> None:
    assert stances(claim, passage) == [Stance.SUPPORTS]


@pytest.mark.parametrize(
    ("claim", "passage"),
    [
        ("The Ostra mill burned in 1921.", "The mill at Ostra, built in 1921, has six floors."),
        ("The lock opened in May 2020.", "The lock will open in May 2020."),
        ("The lock opened in May 2020.", "The lock did not open in May 2020."),
        ("Night Ferry came out in 2006.", "Night Ferry 2 is a 2006 drama."),
        ("Every lock opened in May 2020.", "The lock at Arn opened in May 2020."),
        ("The Arn lock opened in 2020.", "The Bel lock, not far from Arn, opened in 2020."),
        ("Forty locks opened in 2020.", "Thirty locks opened in 2020."),
        ("Arn had never flooded before 1950.", "Arn flooded in 1930."),
    ],
)
def test_a_shared_date_alone_supports_nothing(claim: str, passage: str) -> None:
    found = findings(claim, passage)
    assert all(f.stance is None and f.strength <= 0.3 for f in found if f.outcome is Outcome.EQUAL)


def test_a_date_without_year_is_of_about_the_day_of_publication() -> None:
    claim, passage = "The lock opened on 3 May 2020.", "The lock opened on 3 May."
    (near,) = findings(claim, passage, published=date(2020, 6, 1))
    assert near.stance is Stance.SUPPORTS
    assert findings(claim, passage, published=date(2024, 6, 1)) == []


@pytest.mark.parametrize(
    ("claim", "passage"),
    [
        ("Ines Roth retired in 2012.", "Ines Roth's predecessor retired in 2008."),
        ("The novel was published in 1960.", "The sequel to the novel was published in 1965."),
        ("The school in Hexley was built in 1930.",
         "The church beside the school in Hexley was built in 1880."),
        ("Ines Roth was born in 1960.",
         "Ines Roth, whose brother Karl was born in 1958, lives in Hexley."),
    ],
)  # fmt: skip
def test_what_another_did_is_no_other_date(claim: str, passage: str) -> None:
    assert not [found for found in findings(claim, passage) if found.stance is Stance.REFUTES]


@pytest.mark.parametrize(
    ("claim", "passage"),
    [
        ("Volta built 1200 homes in Hexley.", "Volta built 1,200 homes in Hexley in 2019."),
        ("The museum opened with 1800 exhibits.", "The museum opened with 1,800 exhibits in 1998."),
        ("Volta paid 1990 francs.", "Volta paid the sum of 1,990 francs in 2015."),
    ],
)
def test_a_count_of_four_digits_is_no_year(claim: str, passage: str) -> None:
    assert findings(claim, passage) == []
