"""Features of a pair: names, order, limits, and behaviour under change of form."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from factcheck.checks import FEATURE_NAMES, check_pair, pair_features, read_claim, read_passage

_UNLIMITED = {"length_ratio", "passage_numbers"}


def features(claim: str, passage: str, context: str = "") -> dict[str, float]:
    ours, theirs = read_claim(claim), read_passage(passage, context=context)
    return pair_features(ours, theirs, check_pair(ours, theirs))


def test_names_come_in_their_fixed_order() -> None:
    assert tuple(features("A pool opened.", "A pool opened.")) == FEATURE_NAMES


def test_a_matching_pair_and_a_differing_pair_are_told_apart() -> None:
    claim = "The council has 27 members."
    same = features(claim, "The council has 27 members.")
    other = features(claim, "The council has 31 members.")
    assert (same["quantity_equal"] > 0.5, same["quantity_different"]) == (True, 0.0)
    assert (other["quantity_equal"], other["quantity_different"] > 0.5) == (0.0, True)


@pytest.mark.parametrize(
    ("claim", "passage", "name"),
    [
        ("The pool is 50 metres long.", "The pool is 50 metres long.", "quantity_equal"),
        ("The stone weighs 0.15 kilograms.", "The stone weighs 150 grams.", "quantity_other_form"),
        ("Three quarters of the members agreed.", "75 per cent of the members agreed.",
         "quantity_other_form"),
        ("Over 100 people came to the fair.", "Some 108 people came to the fair.",
         "quantity_within"),
        ("The stone is 7.2 millimetres across.", "The stone is 7.2 centimetres across.",
         "quantity_mixed_up"),
        ("Shares in Halcyra rose to 8 per cent.", "Shares in Halcyra rose by 8 per cent.",
         "quantity_mixed_up"),
        ("Turnout rose by 8 percentage points in Vale.", "Turnout in Vale rose by 8 per cent.",
         "quantity_mixed_up"),
        ("The council has 27 members.", "The council has 31 members.", "quantity_different"),
    ],
)  # fmt: skip
def test_how_two_figures_meet_is_told_by_the_name(claim: str, passage: str, name: str) -> None:
    figures = {
        key: value
        for key, value in features(claim, passage).items()
        if key.startswith("quantity_") and value > 0
    }
    assert list(figures) == [name]


_WORDS = st.sampled_from(
    """the council 27 2,500 over about not never 18 February 2008 said denied according to Maria
    Kos % $ £ million third half of in five - – ( ) " “ ” . , : ; ± 1/2 ½ 3.5/5 F-16 born plans will
    if may first largest Turkey Ankara ' ’s 1990s 20th century last Friday between and per
    week °C km 10 20""".split()
)
_TEXTS = st.one_of(
    st.text(max_size=60),
    st.lists(_WORDS, max_size=24).map(" ".join),
    st.text("0123456789.,- %", max_size=30),
)


@settings(max_examples=150, deadline=None)
@given(claim=_TEXTS, passage=_TEXTS, context=_TEXTS)
def test_any_text_gives_finite_features_and_spans_inside_the_text(
    claim: str, passage: str, context: str
) -> None:
    ours, theirs = read_claim(claim), read_passage(passage, context=context)
    findings = check_pair(ours, theirs)
    values = pair_features(ours, theirs, findings)
    assert all(math.isfinite(value) for value in values.values())
    limited = [value for name, value in values.items() if name not in _UNLIMITED]
    assert all(0.0 <= value <= 1.0 for value in limited)
    for finding in findings:
        assert 0.0 <= finding.strength <= 1.0
        for span, text in ((finding.claim_span, claim), (finding.passage_span, passage)):
            assert span is None or 0 <= span[0] < span[1] <= len(text)


@settings(max_examples=60, deadline=None)
@given(text=_TEXTS)
def test_a_text_never_contradicts_itself_in_numbers(text: str) -> None:
    found = check_pair(read_claim(text), read_passage(text))
    wrong = [f for f in found if f.check == "quantity" and f.outcome.value == "different"]
    assert [f for f in wrong if f.strength >= 0.5] == []


@pytest.mark.parametrize(
    "text", ["", " ", "1", "-", "½", "1 2 3", "٣ ٤", "²", "x" * 20000, "9" * 400]
)
def test_odd_texts_are_read(text: str) -> None:
    values = features(text, text)
    assert all(math.isfinite(value) for value in values.values())


def test_reading_twice_gives_the_same_findings() -> None:
    claim, passage = "The council has 27 members.", "The council has 31 members."
    first = check_pair(read_claim(claim), read_passage(passage))
    second = check_pair(read_claim(claim), read_passage(passage))
    assert first == second


@pytest.mark.parametrize(
    ("claim", "passage", "name"),
    [
        ("A ship was lost.", "Vantor denies that a ship was lost.", "denied"),
        ("Vantor said a ship was lost.", "Vantor denies that a ship was lost.", "said_otherwise"),
        ("Vantor says no ship was lost.", "Vantor denies that a ship was lost.", "said_so"),
        ("The crew met Ilse Pram.", "The crew rested.", "name_missing"),
    ],
)
def test_who_says_it_and_who_is_missing_have_their_features(
    claim: str, passage: str, name: str
) -> None:
    values = features(claim, passage)
    own = ("denied", "said_otherwise", "said_so", "name_missing", "other_speaker")
    assert [key for key in own if values[key] > 0] == [name]
