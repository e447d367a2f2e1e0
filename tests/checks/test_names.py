"""Names, their variants, and who did what to whom."""

from __future__ import annotations

import pytest

from factcheck.checks import check_pair, read_claim, read_passage
from factcheck.checks.names import coverage, names_agree
from factcheck.checks.reading import read_text
from factcheck.records import Finding, Outcome, Stance


def findings(claim: str, passage: str, context: str = "") -> list[Finding]:
    found = check_pair(read_claim(claim), read_passage(passage, context=context))
    return [finding for finding in found if finding.check == "name"]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Aleksandar Vučić", "Vucic"),
        ("Türkiye", "Turkey"),
        ("Ankara", "the Turkish government"),
        ("Human Rights Watch", "HRW"),
        ("President Vucic", "Aleksandar Vucic"),
        ("Zelensky", "Volodymyr Zelenskyy"),
        ("Organisers", "the organisers"),
    ],
)
def test_variants_of_a_name_agree(first: str, second: str) -> None:
    assert names_agree(first, second)
    assert names_agree(second, first)


@pytest.mark.parametrize(
    ("first", "second"),
    [("Maria Kos", "Ana Petrov"), ("Greece", "Turkey"), ("police", "organisers"), ("", "Kos")],
)
def test_other_names_do_not_agree(first: str, second: str) -> None:
    assert not names_agree(first, second)


@pytest.mark.parametrize(
    ("claim", "passage", "expected"),
    [
        ("They met Vucic there.", "Aleksandar Vučić spoke.", 1.0),
        ("They met in Türkiye.", "Turkish troops landed.", 1.0),
        ("They cited HRW there.", "Human Rights Watch counted them.", 1.0),
        ("They cited Human Rights Watch.", "The HRW report counted them.", 1.0),
        ("They met Maria Kos.", "The mayor, Kos, left.", 0.9),
        ("They met Maria Kos.", "The mayor left.", 0.0),
    ],
)
def test_coverage_sees_variants(claim: str, passage: str, expected: float) -> None:
    (name,) = read_text(claim).names
    assert coverage(name, read_text(passage).index) == expected


def test_months_weekdays_and_opening_words_are_no_names() -> None:
    text = "However, the council met on Monday in May. Police came."
    assert [name.text for name in read_text(text).names] == []


@pytest.mark.parametrize(
    ("claim", "passage"),
    [
        ("Greece recognised Turkey.", "Turkey recognised Greece."),
        ("Ajax beat Chelsea.", "Ajax was beaten by Chelsea."),
        ("Oracle acquired Sun.", "Oracle was acquired by Sun in May."),
        ("The mayor accused Petra Soll of lying.", "Petra Soll accused the mayor of lying."),
        ("Petra Soll sued the bank.", "In March the board met, and the bank sued Petra Soll."),
    ],
)
def test_a_swap_of_doer_and_other_side_refutes(claim: str, passage: str) -> None:
    (found,) = findings(claim, passage)
    assert (found.outcome, found.stance) == (Outcome.DIFFERENT, Stance.REFUTES)


@pytest.mark.parametrize(
    ("claim", "passage"),
    [
        ("Turkey recognised Kosovo.", "Kosovo was recognised by Turkey."),
        ("Oracle acquired Sun.", "In May Oracle acquired Sun for cash."),
    ],
)
def test_active_and_passive_say_the_same(claim: str, passage: str) -> None:
    (found,) = findings(claim, passage)
    assert (found.outcome, found.stance) == (Outcome.EQUAL, Stance.SUPPORTS)


@pytest.mark.parametrize(
    ("claim", "passage"),
    [
        # The wife sued, and the office was sued: neither is the mayor.
        ("The mayor sued Tom Bray.", "Tom Bray sued the mayor's office."),
        ("Tom Bray sued the mayor.", "The wife of the mayor sued Tom Bray."),
        ("The city sued Tom Bray.", "Tom Bray sued the city council."),
        ("The head sued Tom Bray.", "Tom Bray sued the head of the union."),
    ],
)
def test_a_role_is_read_only_where_it_stands_alone(claim: str, passage: str) -> None:
    assert [f for f in findings(claim, passage) if f.stance is Stance.REFUTES] == []


def test_meeting_has_no_direction() -> None:
    assert findings("Merkel met Obama.", "Obama met Merkel.") == []


def test_another_country_in_the_same_role_informs() -> None:
    (found,) = findings("The summit was held in Greece.", "The summit was held in Turkey.")
    assert (found.outcome, found.stance) == (Outcome.DIFFERENT, Stance.NEUTRAL)


def test_a_name_in_the_context_is_not_missing() -> None:
    claim, passage = "The Riga plant opened.", "The plant opened in May."
    assert [f.outcome for f in findings(claim, passage)] == [Outcome.NOT_COMPARABLE]
    assert findings(claim, passage, context="News from Riga") == []


def test_another_doer_of_the_same_informs() -> None:
    (found,) = findings("Oracle acquired Sun.", "Fujitsu acquired Sun.")
    assert (found.outcome, found.stance) == (Outcome.DIFFERENT, Stance.NEUTRAL)
    assert (found.claim_text, found.passage_text) == ("Oracle", "Fujitsu")


def test_who_comes_to_beat_whom_is_read_from_the_subject() -> None:
    passage = "Brannock Kestrels came from two goals down to beat Port Alder Mariners 3-2."
    (swapped,) = findings("Port Alder Mariners beat Brannock Kestrels.", passage)
    assert (swapped.outcome, swapped.stance) == (Outcome.DIFFERENT, Stance.REFUTES)
    (same,) = findings("Brannock Kestrels beat Port Alder Mariners.", passage)
    assert (same.outcome, same.stance) == (Outcome.EQUAL, Stance.SUPPORTS)


def test_who_hoped_to_beat_whom_did_not_do_it() -> None:
    found = findings("Berta United beat Alba Rovers.", "Alba Rovers hoped to beat Berta United.")
    assert all(finding.stance is None for finding in found)
