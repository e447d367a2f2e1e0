from __future__ import annotations

import dataclasses

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tokenizers import Tokenizer

from factcheck.models.alignment import (
    ABOVE,
    BELOW,
    EQUAL,
    JUST_ABOVE,
    JUST_BELOW,
    PLAIN,
    SHARED,
    TURNED,
    TYPES,
    UNORDERED_TYPES,
    Alignment,
)
from factcheck.models.onnx import OnnxVerifier
from factcheck.models.registry import ALIGNED, SEGMENTS, WEIGHTS_FOLDER
from factcheck.models.verifier import Verifier

TOKENIZER = Tokenizer.from_file(str(WEIGHTS_FOLDER / "tokenizer.json"))
TOKENIZER.no_truncation()
TOKENIZER.no_padding()
ALIGNMENT = Alignment(TOKENIZER.id_to_token)


def kinds(evidence: str, claim: str) -> dict[str, int]:
    """The kind of every token of the claim; equal tokens overwrite each other."""
    first, second = (TOKENIZER.encode(text, add_special_tokens=False) for text in (evidence, claim))
    _, types = ALIGNMENT.types(first.ids, second.ids)
    assert all(number % 2 == 1 for number in types)
    return {token: number // 2 for token, number in zip(second.tokens, types, strict=True)}


@pytest.mark.parametrize(
    ("evidence", "claim"),
    [
        ("It cost 2,500,000 crowns.", "It cost 2.5 million crowns."),
        ("It cost $5bn.", "It cost 5 billion dollars."),
        ("Twenty-five men came.", "25 men came."),
        ("He was the third.", "He was 3rd."),
        ("Three thousand marched.", "3,000 marched."),
        ("A dozen ships lay there.", "12 ships lay there."),
    ],
)
def test_one_number_written_in_two_ways_is_equal(evidence: str, claim: str) -> None:
    assert EQUAL in kinds(evidence, claim).values()


@pytest.mark.parametrize(
    ("evidence", "claim", "kind"),
    [
        ("It killed 2,512.", "It killed 2500.", JUST_BELOW),
        ("It killed 2,480.", "It killed 2500.", JUST_ABOVE),
        ("It killed 900.", "It killed 2500.", ABOVE),
        ("It killed 9,000.", "It killed 2500.", BELOW),
        ("It killed 9,000 in 2490 days.", "It killed 2500.", JUST_ABOVE),
        ("It killed many.", "It killed 2500.", PLAIN),
    ],
)
def test_a_number_is_told_how_it_stands_to_the_nearest_one(
    evidence: str, claim: str, kind: int
) -> None:
    assert kinds(evidence, claim)["2500" if "2500" in kinds(evidence, claim) else "##00"] == kind


def test_all_tokens_of_a_number_have_its_kind() -> None:
    evidence = TOKENIZER.encode("It cost 2.5 million.", add_special_tokens=False)
    claim = TOKENIZER.encode("It cost 2,400,000.", add_special_tokens=False)
    types, _ = ALIGNMENT.types(evidence.ids, claim.ids)
    told = [token for token, number in zip(evidence.tokens, types, strict=True) if number > 2]

    assert told == ["2", ".", "5", "million"]


def test_a_year_at_the_end_of_a_sentence_is_no_decimal() -> None:
    assert kinds("It happened in 2008. 15 came.", "It was 2008.")["2008"] == EQUAL


def test_words_meet_in_another_form_and_others_do_not() -> None:
    found = kinds("The board closes bridges in February.", "It closed a bridge in Feb.")

    assert {word for word, kind in found.items() if kind == SHARED} == {
        "bridge", "closed", "in", "feb",
    }  # fmt: skip
    assert found["it"] == PLAIN


@pytest.mark.parametrize(
    ("evidence", "claim", "turned"),
    [
        ("The bank sued the miner.", "The miner sued the bank.", {"sued", "bank"}),
        ("The bank sued the miner.", "The bank sued the miner.", set()),
        ("The miner was sued by the bank.", "The bank sued the miner in Lyon.", {"sued", "miner"}),
        ("Lyon voted. Mayor Hale of Lyon spoke.", "Mayor Hale spoke in Lyon.", {"lyon"}),
        ("She spoke before he did.", "He spoke before she did.", set()),
    ],
)
def test_shared_words_in_another_order_are_told(
    evidence: str, claim: str, turned: set[str]
) -> None:
    assert {word for word, kind in kinds(evidence, claim).items() if kind == TURNED} == turned


def test_a_reader_that_is_not_told_of_order_sees_shared_words() -> None:
    rows = [
        TOKENIZER.encode(text, add_special_tokens=False).ids
        for text in ("The bank sued the miner.", "The miner sued the bank.")
    ]
    both = Alignment(TOKENIZER.id_to_token, ordered=False).types(*rows)

    assert max(max(types) for types in both) < UNORDERED_TYPES
    told = [[SHARED if kind == TURNED else kind for kind in (t // 2 for t in types)]
            for types in ALIGNMENT.types(*rows)]  # fmt: skip
    assert told == [[number // 2 for number in types] for types in both]


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=60), st.text(max_size=60))
def test_every_token_of_any_text_gets_a_type_of_its_side(evidence: str, claim: str) -> None:
    row = TOKENIZER.encode(evidence, claim)
    start = row.type_ids.index(1)
    types = ALIGNMENT.pair_types(row.ids, start)

    assert len(types) == len(row.ids)
    assert all(0 <= number < TYPES for number in types)
    assert [number % 2 for number in types] == row.type_ids


@given(st.integers(0, 10**9), st.integers(0, 10**9))
def test_two_numbers_are_told_opposite_things(first: int, second: int) -> None:
    opposite = {EQUAL: EQUAL, JUST_ABOVE: JUST_BELOW, JUST_BELOW: JUST_ABOVE}
    opposite |= {ABOVE: BELOW, BELOW: ABOVE}
    rows = [TOKENIZER.encode(f"{n:,}", add_special_tokens=False).ids for n in (first, second)]
    before, after = ALIGNMENT.types(*rows)

    assert opposite[before[0] // 2] == after[0] // 2


def test_a_card_says_whether_a_verifier_is_told(verifier: Verifier) -> None:
    assert isinstance(verifier, OnnxVerifier)
    pairs = [("It killed 2,512 people.", "It killed over 2,500 people.")]
    answers = [
        OnnxVerifier(dataclasses.replace(verifier.card, token_types=kind), threads=1).logits(pairs)
        for kind in (ALIGNED, SEGMENTS)
    ]

    assert not np.array_equal(*answers)
