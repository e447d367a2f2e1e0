from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factcheck.records import DiffPart
from factcheck.report.grouping import diff_pieces
from factcheck.report.plain import clean_text, flowed_pieces, marked_pieces, one_line, shorten
from factcheck.report.wording import confidence_words, day, per_cent


@pytest.mark.parametrize(
    ("hostile", "clean"),
    [
        ("a\x1b[31mred\x1b[0m b", "ared b"),
        ("a\x1b]0;title\x07b", "ab"),
        ("a\x1b]8;;http://x\x1b\\link\x1b]8;;\x1b\\b", "alinkb"),
        ("a\x9b31mb", "ab"),
        ("a\x1bcb", "ab"),
        ("a\x00b\x7fc\x08d", "abcd"),
        ("user\u202etxt.exe", "usertxt.exe"),
        ("a\ud800b", "a\ufffdb"),
        ("Čačak, 2 €", "Čačak, 2 €"),
    ],
)
def test_control_and_escape_sequences_are_taken_out(hostile: str, clean: str) -> None:
    assert clean_text(hostile) == clean


@given(st.text())
def test_clean_text_holds_nothing_that_drives_a_terminal(text: str) -> None:
    clean = clean_text(text)
    assert not any(ord(char) < 32 for char in clean if char not in "\t\n")
    assert not any(0x7F <= ord(char) <= 0x9F for char in clean)
    assert clean_text(clean) == clean
    assert len(one_line(text).splitlines()) <= 1


@given(st.text(), st.lists(st.tuples(st.integers(-5, 30), st.integers(-5, 30))))
def test_marked_pieces_joined_are_the_text(text: str, spans: list[tuple[int, int]]) -> None:
    pieces = marked_pieces(text, spans)
    assert "".join(piece for piece, _ in pieces) == text
    position, shown = 0, set()
    for piece, is_marked in pieces:
        if is_marked:
            shown.update(range(position, position + len(piece)))
        position += len(piece)
    wanted = {
        index
        for start, end in spans
        if 0 <= start < end <= len(text)
        for index in range(start, end)
    }
    assert wanted <= shown
    assert all(text[index].isspace() for index in shown - wanted)


def test_flowed_pieces_keep_the_marks_on_the_right_words() -> None:
    text = "  It cost\n41.6 million, they said. "
    start = text.index("41.6")
    assert flowed_pieces(text, [(start, start + 12)]) == [
        ("It cost ", False),
        ("41.6 million", True),
        (", they said.", False),
    ]


def test_text_is_shortened_at_a_word() -> None:
    assert shorten("The breakwater cost 41.6 million crowns", 22) == "The breakwater cost…"
    assert shorten("short", 22) == "short"
    assert shorten("x" * 30, 10) == "x" * 9 + "…"


def test_certainty_is_never_rounded_up_to() -> None:
    assert [per_cent(share) for share in (1.0, 0.9999, 0.5, 0.0001, 0.0)] == [
        "100%", "99%", "50%", "1%", "0%",
    ]  # fmt: skip


def test_confidence_words_follow_the_number() -> None:
    words = [confidence_words(value / 20) for value in range(21)]
    assert list(dict.fromkeys(words)) == [
        "uncertain", "leaning this way", "likely", "very likely", "almost certain",
    ]  # fmt: skip


def test_dates_are_written_the_same_everywhere() -> None:
    assert day(date(2008, 2, 18)) == "18 February 2008"


def test_replaced_words_come_as_source_then_claim() -> None:
    diff = (
        DiffPart(op="equal", claim="It was", source="It was"),
        DiffPart(op="replace", claim="free", source="cheap", kind="word"),
        DiffPart(op="equal", claim=".", source="."),
    )
    assert diff_pieces(diff) == [
        ("equal", "It was", ""),
        ("delete", "cheap", " "),
        ("insert", "free", " "),
        ("equal", ".", ""),
    ]
