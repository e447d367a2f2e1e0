"""Passages: exact spans, whole statements, a place and a context for each."""

from __future__ import annotations

import hashlib
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from factcheck.passages import CONTEXT_WORDS, CUT_WORDS, MAX_WORDS, split_passages
from factcheck.records import Segment, Source
from factcheck.text import canonical_text


def source(text: str, *segments: Segment, **fields: object) -> Source:
    text = canonical_text(text)
    digest = hashlib.sha256(text.encode()).hexdigest()
    return Source(id="s", path="s.txt", text=text, sha256=digest, segments=segments, **fields)  # type: ignore[arg-type]


def texts(text: str, *segments: Segment) -> list[str]:
    return [passage.text for passage in split_passages(source(text, *segments))]


@st.composite
def segmented(draw: st.DrawFn) -> Source:
    alphabet = st.sampled_from([*"aB 1.;:,-•*\n\"'?é\u0301他。[", "word ", "He said. ", "\n\n"])
    text = canonical_text("".join(draw(st.lists(alphabet, max_size=120))))
    cuts = sorted(draw(st.sets(st.integers(0, len(text)), max_size=8)))
    segments = [
        Segment(
            start=start,
            end=end,
            place=draw(st.sampled_from([None, "page 1", "row 2"])),
            speaker=draw(st.sampled_from([None, "A"])),
            evidence=draw(st.booleans()),
        )
        for start, end in pairwise(cuts)
        if draw(st.booleans())
    ]
    return source(text, *segments)


@given(segmented())
def test_passages_are_exact_ordered_and_only_evidence(item: Source) -> None:
    end = 0
    for passage in split_passages(item):
        assert item.text[passage.start : passage.end] == passage.text
        assert passage.text == passage.text.strip() != ""
        assert passage.start >= end
        assert passage.id == f"s@{passage.start}"
        end = passage.end
        for segment in item.segments:
            overlap = segment.start < passage.end and passage.start < segment.end
            assert segment.evidence or not overlap


@given(segmented())
def test_splitting_twice_gives_the_same_passages(item: Source) -> None:
    assert split_passages(item) == split_passages(item)


def test_list_items_lose_their_marks() -> None:
    text = "The losses:\n- Roads were closed.\n  1. One bridge fell.\n  2. It was old. So it was.\n"
    assert texts(text) == [
        "The losses:",
        "Roads were closed.",
        "One bridge fell.",
        "It was old.",
        "So it was.",
    ]


def test_number_at_the_start_of_a_wrapped_line_is_no_list() -> None:
    text = "Turkey recognised Kosovo on\n18. February of that year. Greece came in\n2010. or later."
    assert texts(text)[0] == "Turkey recognised Kosovo on\n18. February of that year."
    assert texts(text)[1].startswith("Greece came in\n2010.")


def test_facts_one_per_line_are_one_passage_each() -> None:
    text = "Turkey recognised Kosovo\nGreece did not\nSpain refused in public and in the council"
    assert texts(text) == text.split("\n")


def test_wrapped_prose_is_not_cut_at_its_line_ends() -> None:
    text = (
        "President Aleksandar Vucic met several senior\nTurkish officials in Ankara on Monday and"
        "\nSpanish ones on Tuesday before he left again."
    )
    assert texts(text) == [text]


def test_sentence_over_a_page_break_keeps_its_first_page() -> None:
    first, second = "It began on the", "next page. Then it ended there."
    item = source(
        f"{first} {second}",
        Segment(start=0, end=len(first), place="page 1"),
        Segment(start=len(first) + 1, end=len(first) + 1 + len(second), place="page 2"),
    )
    assert [(passage.text, passage.place) for passage in split_passages(item)] == [
        ("It began on the next page.", "page 1"),
        ("Then it ended there.", "page 2"),
    ]


def test_another_speaker_starts_another_passage() -> None:
    item = source(
        "I did it and you did not",
        Segment(start=0, end=8, speaker="A"),
        Segment(start=9, end=24, speaker="B"),
    )
    assert [(passage.text, passage.speaker) for passage in split_passages(item)] == [
        ("I did it", "A"),
        ("and you did not", "B"),
    ]


def test_text_that_is_no_evidence_cuts_and_makes_no_passage() -> None:
    text = "He came home HEADER and left again."
    item = source(text, Segment(start=13, end=19, evidence=False))
    assert [passage.text for passage in split_passages(item)] == ["He came home", "and left again."]


def test_row_stays_whole_although_its_cells_hold_full_stops() -> None:
    row = "country: St. Lucia; note: It joined early. It left late."
    segment = Segment(start=0, end=len(row), place="row 2")
    assert texts(row, segment) == [row]
    assert texts(row) != [row]


def test_short_answers_join_the_sentence_before() -> None:
    assert texts("Did he go? Yes. He went home at noon. Really?") == [
        "Did he go? Yes.",
        "He went home at noon. Really?",
    ]
    assert texts("No! He never went there. He stayed at home.") == [
        "No! He never went there.",
        "He stayed at home.",
    ]


def test_stray_labels_make_no_passage_but_short_statements_do() -> None:
    assert texts("Contents\n\n***\n\n42\n\nResigned.\n\nRoads closed\n\nDeaths: 7") == [
        "42",
        "Resigned.",
        "Roads closed",
        "Deaths: 7",
    ]


def test_encoded_data_makes_no_passage() -> None:
    assert texts("It rained.\n\n" + "QUJD" * 500 + "\n\nIt blew hard.") == [
        "It rained.",
        "It blew hard.",
    ]


def test_overlong_sentence_is_cut_at_its_clauses() -> None:
    clauses = [f"clause {n} says that " + "very " * 30 + "much happened" for n in range(4)]
    found = texts("; ".join(clauses) + ".")
    assert len(found) > 1
    assert all(len(piece.split()) <= MAX_WORDS for piece in found)
    assert all(piece.startswith("clause") for piece in found)


def test_captions_without_marks_are_cut_at_cues_and_nothing_is_lost() -> None:
    cues = [f"cue{n} " + "and so on " * 4 for n in range(20)]
    text, segments = "", []
    for number, cue in enumerate(cues):
        start = len(text)
        text += cue.strip()
        segments.append(Segment(start=start, end=len(text), place=f"00:00:{number:02}"))
        text += " "
    found = split_passages(source(text.strip(), *segments))
    assert all(passage.text.startswith("cue") for passage in found)
    assert " ".join(passage.text for passage in found) == text.strip()
    assert all(len(passage.text.split()) <= MAX_WORDS for passage in found)


def test_endless_words_are_cut_evenly() -> None:
    found = texts("word " * 1000)
    assert [len(piece.split()) for piece in found] == [CUT_WORDS] * 16 + [40]


def test_context_is_title_heading_and_the_sentences_before() -> None:
    text = "He came home. She left again. They met there."
    item = source(text, Segment(start=0, end=len(text), heading="Day two"), title="The storm")
    assert [passage.context for passage in split_passages(item)] == [
        "The storm. Day two.",
        "The storm. Day two. He came home.",
        "The storm. Day two. He came home. She left again.",
    ]


def test_context_does_not_reach_into_another_section() -> None:
    item = source(
        "He came home.\n\nShe left again.",
        Segment(start=0, end=13, heading="One"),
        Segment(start=15, end=30, heading="Two"),
    )
    assert [passage.context for passage in split_passages(item)] == ["One.", "Two."]


def test_context_stays_short() -> None:
    long = " ".join(f"word{n}" for n in range(70))
    item = source(f"{long}. {long}. He came home.", title=long)
    for passage in split_passages(item):
        assert len(passage.context.split()) <= CONTEXT_WORDS + 1


def test_source_without_segments_is_all_evidence() -> None:
    assert texts("He came home. She left again.") == ["He came home.", "She left again."]
    assert texts("") == []


def test_sentences_of_scripts_without_spaces_are_kept() -> None:
    assert texts("他辞职了。他们昨天在北京会面。") == ["他辞职了。", "他们昨天在北京会面。"]
