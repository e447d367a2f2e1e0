"""Given evidence of several sentences, and such as is longer than a verifier reads."""

from __future__ import annotations

import pytest

from factcheck.given_evidence import cut, fitting, judge_given, read_given
from factcheck.pipeline import Models

FILLER = (
    "The harbour of Lisk was deepened in spring and has room for twelve cutters now.",
    "A new timetable for the ferries hangs beside the ticket office on the quay.",
    "The fish market opens at five in the morning and closes before noon.",
    "Visitors who arrive by car are asked to leave it behind the sugar mill.",
    "On Sundays the choir of the sailors' home sings in the chapel above the docks.",
    "The lighthouse keeper collects driftwood and sells what he carves from it.",
    "Two bakeries share the square, and neither of them bakes on Mondays.",
    "A footbridge to the island is planned, but nobody knows who would pay for it.",
)
DECIDING = "The mayor of Lisk, Ada Brandt, resigned on 4 May 2021."
TRUE = "Ada Brandt, mayor of Lisk, resigned in May 2021."
FALSE = "Ada Brandt, mayor of Lisk, resigned in May 2018."


def long_text(place: int) -> str:
    sentences = [*FILLER[:place], DECIDING, *FILLER[place:]]
    return " ".join(sentences)


@pytest.mark.parametrize("place", (0, 4, len(FILLER)))
def test_the_deciding_sentence_is_found_wherever_it_stands(place: int, models: Models) -> None:
    pairs = [(long_text(place), TRUE), (long_text(place), FALSE)]
    assert fitting(pairs, models) == [False, False]
    true, false = judge_given(pairs, models)
    assert true.supports > 0.5 > true.refutes
    assert false.refutes > 0.5 > false.supports


def test_a_long_text_about_something_else_settles_nothing(models: Models) -> None:
    (judged,) = judge_given([(" ".join(FILLER), TRUE)], models)
    assert judged.neutral > 0.5


def test_a_pair_is_judged_alike_alone_and_among_others(models: Models) -> None:
    pairs = [(long_text(8), TRUE), (DECIDING, FALSE), (long_text(0), FALSE), ("", TRUE)]
    together = judge_given(pairs, models)
    assert [judge_given([pair], models)[0] for pair in pairs] == together
    assert all(abs(item.supports + item.refutes + item.neutral - 1) < 1e-6 for item in together)


def test_prose_is_cut_into_sentences_under_its_title() -> None:
    parts = cut("Harbour of Lisk. The harbour is deep. It has room for twelve cutters.")
    assert parts.title == "Harbour of Lisk."
    assert parts.texts == ("The harbour is deep.", "It has room for twelve cutters.")
    assert not parts.record


def test_a_record_is_cut_into_fields() -> None:
    parts = cut(
        "Ada Brandt. Born: 4 May 1961; Occupation: mayor, sailor; Spouse: none; Height: 2 m"
    )
    assert parts.title == "Ada Brandt."
    assert parts.texts[1] == "Occupation: mayor, sailor"
    assert parts.record


@pytest.mark.parametrize("text", ("", "word", "no end of sentence " * 80))
def test_any_text_has_a_part(text: str, models: Models) -> None:
    assert cut(text).texts
    (judged,) = judge_given([(text, TRUE)], models)
    assert 0 <= judged.supports <= 1


def test_several_sentences_are_read_whole_and_the_telling_one_alone(models: Models) -> None:
    text = f"{FILLER[0]} {DECIDING}"
    whole, alone = read_given([(text, TRUE)], models)[0]
    assert (whole.pair, alone.pair) == ((text, TRUE), (DECIDING, TRUE))
    assert whole.share > alone.share > 0
    assert whole.share + alone.share == pytest.approx(1)


def test_one_sentence_and_a_record_are_read_once(models: Models) -> None:
    record = "Ada Brandt. Born: 4 May 1961; Occupation: mayor; Spouse: none; Height: 2 m"
    for text in (DECIDING, record, ""):
        (reading,) = read_given([(text, TRUE)], models)[0]
        assert (reading.pair, reading.share) == ((text, TRUE), 1)


def test_of_a_long_text_the_nearest_sentences_stand_for_the_whole(models: Models) -> None:
    nearest, alone = read_given([(long_text(4), TRUE)], models)[0]
    assert DECIDING in nearest.pair[0]
    assert len(nearest.pair[0]) < len(long_text(4))
    assert alone.pair[0] == DECIDING
    assert fitting([nearest.pair], models) == [True]
