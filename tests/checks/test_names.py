"""Names, their variants, and who did what to whom."""

from __future__ import annotations

import pytest

from factcheck.checks import check_pair, read_claim, read_passage
from factcheck.checks.grammar.names import coverage, names_agree
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


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Half of the members left.", []),
        ("Nobody in Sarn was hurt.", ["Sarn"]),
        ("Twice Mara Vos refused.", ["Mara Vos"]),
        ("Twenty-four people died.", []),
        ("Half-Life came out in 1998.", ["Half-Life"]),
    ],
)
def test_opening_numbers_and_pronouns_are_no_names(text: str, names: list[str]) -> None:
    assert [name.text for name in read_claim(text).body.names] == names


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


@pytest.mark.parametrize(
    ("claim", "passage"),
    [
        ("Marrow Town beat Alba Rovers.", "Marrow Town lost 2-1 to Alba Rovers."),
        ("Marrow Town lost to Alba Rovers.", "Marrow Town won 3-0 against Alba Rovers."),
        ("Ilse Pram succeeded Tom Bray.", "Tom Bray took over as clerk from Ilse Pram."),
        ("Ilse Pram preceded Tom Bray.", "Ilse Pram followed Tom Bray."),
        ("Orba sold the mill to Vantor.", "Orba bought the mill from Vantor in May."),
        ("Ostland delivered drones to Veria.", "Ostland received drones from Veria in May."),
        ("The city paid 3 million to the club.", "The city received 3 million from the club."),
        ("The tower is taller than the mast.", "The mast is higher than the tower."),
        ("Goats earn more than sheep.", "Sheep earn more than goats in Dorn."),
        ("Ilse Pram succeeded Tom Bray.", "Tom Bray leads the board. He followed Ilse Pram."),
        ("The union sued the bank.", "The union, which was sued by the bank, has no money."),
    ],
)
def test_converses_are_turned_before_sides_are_compared(claim: str, passage: str) -> None:
    found = [f for f in findings(claim, passage) if f.stance is Stance.REFUTES]
    assert found and found[0].strength >= 0.5


@pytest.mark.parametrize(
    ("claim", "passage"),
    [
        ("Marrow Town beat Alba Rovers.", "Alba Rovers lost 2-1 to Marrow Town."),
        ("Ilse Pram succeeded Tom Bray.", "Tom Bray was replaced by Ilse Pram."),
        ("Orba sold the mill to Vantor.", "Vantor bought the mill from Orba."),
        ("Veria received aid from Ostland.", "Ostland sent aid to Veria in May."),
        ("The tower is taller than the mast.", "The mast is lower than the tower."),
        ("Sheep earn more than goats.", "Goats earn less than sheep in Dorn."),
    ],
)
def test_converses_of_the_same_agree(claim: str, passage: str) -> None:
    found = findings(claim, passage)
    assert {f.outcome for f in found} == {Outcome.EQUAL}


@pytest.mark.parametrize(
    ("claim", "passage"),
    [
        # Parts, other bearers of the word, times, and nouns that look like verbs.
        ("The main library lent the law library a hall.", "The town library lent the hall to all."),
        ("Prices are lower than a year earlier.", "A year earlier prices were lower than wages."),
        ("The route planning bill was read.", "A bill lets the ministers plan routes."),
        (
            "Fishermen outside the reserve caught more tuna.",
            "Tuna catches outside the reserve grew.",
        ),
        ("Tom Bray did not beat Ilse Pram.", "Ilse Pram beat Tom Bray."),
        # Two deeds: other things, and trade that goes both ways.
        ("Ostland received aid from Veria.", "Ostland sent troops to Veria in May."),
        ("Ostland exported arms to Veria.", "Ostland imported arms from Veria last year."),
    ],
)
def test_no_swap_is_seen_in(claim: str, passage: str) -> None:
    assert [f for f in findings(claim, passage) if f.stance is Stance.REFUTES] == []


def missing(claim: str, passage: str, context: str = "") -> float:
    found = findings(claim, passage, context)
    return max((f.strength for f in found if f.outcome is Outcome.NOT_COMPARABLE), default=0.0)


def test_a_missing_name_weakens_by_what_it_tells() -> None:
    passage = "The works opened a second hall in May."
    person = missing("In May the works hired Ilse Pram.", passage)
    country = missing("In May the works in Norway hired.", passage)
    assert person > country > 0.0
    assert missing("In May the works hired Ilse Pram.", passage, "Letter to Ilse Pram") == 0.0
    (found,) = findings("In May the works hired Ilse Pram.", passage)
    assert found.stance is Stance.NEUTRAL


def test_the_more_of_a_claim_is_there_the_less_a_missing_name_tells() -> None:
    claim = "The harbour of Port Verity was closed after a storm."
    near = missing(claim, "The harbour was closed after a storm.")
    far = missing(claim, "A choir sang in the square.")
    assert far > near > 0.0


@pytest.mark.parametrize(
    ("claim", "passage"),
    [
        ("The office moved from Vantor to Orba.", "The office went to Vantor from Orba in May."),
        ("The Quiet Sea was filmed by Ilse Pram.", "Ilse Pram was shown by The Quiet Sea."),
        ("Marrow ran trams in Dornbach.", "Dornbach has run trams in Marrow since 1894."),
    ],
)
def test_names_that_carry_each_others_preposition_have_changed_places(
    claim: str, passage: str
) -> None:
    found = [f for f in findings(claim, passage) if f.stance is Stance.REFUTES]
    assert found and "changed" in found[0].message


@pytest.mark.parametrize(
    ("claim", "passage"),
    [
        ("The office moved from Orba to Vantor.", "The office went to Vantor from Orba in May."),
        ("The film was shot by Ilse Pram in Orba.", "In Orba the film was shot by Ilse Pram."),
        ("Vantor bought the mill from Orba.", "Orba sold the mill to Vantor."),
        ("Orba was beaten by Vantor.", "Vantor beat Orba."),
        ("Orba has more bridges than Vantor.", "Vantor has fewer bridges than Orba."),
        ("Orba played against Vantor.", "Vantor played against Orba."),
        # Each name has its own marker somewhere, too.
        ("Pram wrote to Bray.", "Pram wrote to Bray; later Bray wrote to Pram."),
        # Nothing else is shared.
        ("Orba lent Vantor bridges and tunnels.", "Wine from Vantor, cheese for Orba."),
    ],
)
def test_no_exchange_is_seen_in(claim: str, passage: str) -> None:
    assert [f for f in findings(claim, passage) if f.stance is Stance.REFUTES] == []
