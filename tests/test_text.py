"""Canonical text and sentence spans."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factcheck.text import canonical_text, fold, paragraph_spans, split_sentences

ANY_TEXT = st.text(st.characters(codec="utf-16", exclude_categories=())) | st.text(
    st.sampled_from(list("Ab .!?\"'”\n\t\r1,;-é\u0301\u00ad\x00\ufeff他。"))
)


def sentences(text: str, language: str = "en") -> list[str]:
    return [text[span.start : span.end] for span in split_sentences(text, language)]


@given(ANY_TEXT)
def test_canonical_text_is_stable_and_can_be_stored(text: str) -> None:
    once = canonical_text(text)
    assert canonical_text(once) == once
    assert once.encode("utf-8").decode("utf-8") == once
    assert not set(once) & set("\r\x00\ufeff\u2028\x0c")


@given(ANY_TEXT)
def test_sentences_are_in_order_and_cover_every_visible_character(text: str) -> None:
    text = canonical_text(text)
    end, covered = 0, []
    for span in split_sentences(text):
        assert end <= span.start < span.end <= len(text)
        piece = text[span.start : span.end]
        assert piece == piece.strip()
        covered.append(piece)
        end = span.end
    assert "".join("".join(covered).split()) == "".join(text.split())


@pytest.mark.parametrize(
    "expected",
    [
        ["Mr. Smith met Dr. A. B. Jones at 5 p.m. on Friday.", "Then he left."],
        ["The U.S. economy grew 2.5 percent.", "It was in the U.S.", "The rest fell."],
        ["He was born on Jan. 5, 1990 in St. Louis, Mo.", "He died in 2010."],
        ["It ended in Jan.", "The rest is history."],
        ["“I am horrified,” Vucic said.", "“It is not right!” he added."],
        ["See Fig. 3 and Sec. 2.1.", "Smith et al. (2020) found this."],
        ["He met Apple Inc. executives.", "No. 5 is alive.", "The answer is no.", "We go."],
        ["World War I.", "It started in 1914.", "20 people came.", "3,000 marched."],
        ["It was signed by John F. Kennedy.", "George W. Bush followed."],
        ["The U.N. Security Council met Gov. Newsom, Lt. Col. Hill and Rev. King."],
        ["Costs rose by $3.5 bn.", "The rate (5.2 per cent) fell!", "Really?", "Yes."],
        ["On 5 Dec. he left.", "In Sept. 2020 it rose."],
        ["It was on 18. February 2008.", "It came to 18.", "Only ten left."],
    ],
)
def test_sentence_ends_are_found(expected: list[str]) -> None:
    assert sentences(" ".join(expected)) == expected


def test_quotation_of_two_sentences_stays_together() -> None:
    text = 'He said: "I won\'t go. Not now." Then he left.'
    assert sentences(text) == ['He said: "I won\'t go. Not now."', "Then he left."]


def test_line_break_inside_a_paragraph_does_not_end_a_sentence() -> None:
    assert sentences("It was\nlate. He\nleft.\n \nNo full stop\n\nNew") == [
        "It was\nlate.",
        "He\nleft.",
        "No full stop",
        "New",
    ]


def test_unknown_language_is_split_like_english() -> None:
    assert sentences("He came. She left.", "xx") == ["He came.", "She left."]


def test_paragraphs_are_the_blocks_between_blank_lines() -> None:
    text = "\n\n a b\nc \n\t\n\nd\n \n"
    assert [text[s.start : s.end] for s in paragraph_spans(text)] == ["a b\nc", "d"]


def test_folded_names_compare_equal() -> None:
    assert fold("Vučić Łódź Straße") == fold("VUCIC Lodz Strasse")
