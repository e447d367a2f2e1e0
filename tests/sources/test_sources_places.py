"""Every position of every format has a name that a reader can look up."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from source_files import docx_bytes, read_one

from factcheck.passages import split_passages
from factcheck.records import Source
from factcheck.sources import read_corpus

# What a place looks like, by format; a quoted heading may follow a paragraph.
_UNDER = r'(, under ".+")?'
SHAPES = {
    "csv": r"row \d+",
    "docx": rf"paragraph \d+{_UNDER}|table \d+, row \d+",
    "html": rf"paragraph \d+{_UNDER}|table \d+, row \d+",
    "jsonl": r"row \d+",
    "markdown": r"line \d+",
    "pdf": r"page \d+",
    "text": r"line \d+",
    "transcript": r"\d\d:\d\d:\d\d",
}


@pytest.fixture(scope="module")
def example(root: Path) -> tuple[Source, ...]:
    return read_corpus(root / "corpus").sources


@pytest.mark.parametrize("format_name", sorted(SHAPES))
def test_every_passage_of_the_example_has_a_place(
    example: tuple[Source, ...], format_name: str
) -> None:
    passages = [p for s in example if s.format == format_name for p in split_passages(s)]
    assert passages
    shape = re.compile(SHAPES[format_name])
    assert [p.id for p in passages if not shape.fullmatch(p.place or "")] == []


def test_no_format_of_the_example_is_without_a_shape(example: tuple[Source, ...]) -> None:
    assert {source.format for source in example} == set(SHAPES)


def test_headings_and_other_text_that_is_no_evidence_have_a_place_too(
    example: tuple[Source, ...],
) -> None:
    # A quotation is looked for in the whole text, not only in what may be evidence.
    segments = [(source, segment) for source in example for segment in source.segments]
    assert [s.id for s, segment in segments if not segment.place] == []
    outside = [
        source.id
        for source in example
        for gap in _gaps(source)
        if gap.strip() and source.format != "transcript"
    ]
    assert outside == []


def _gaps(source: Source) -> list[str]:
    ends = [0, *(segment.end for segment in source.segments)]
    starts = [*(segment.start for segment in source.segments), len(source.text)]
    return [source.text[end:start] for end, start in zip(ends, starts, strict=True)]


PAGE = """<html><head><title>Storm report</title></head><body><main>
<h1>Storm report</h1><p>The storm came at night over the coast. It lasted two hours.</p>
<div hidden><p>Not seen by anybody.</p></div>
<h2>Losses</h2><ul><li>Three towns were hit.</li><li>Two had no power.</li></ul>
<table><tr><th>Town</th><th>Dead</th><th>Day</th></tr><tr><td>Alba</td><td>7</td><td>1</td></tr>
</table>
<p>The roads opened again on Friday after the trees had been cleared.</p>
<table><tr><th>Road</th><th>Length</th><th>Cost</th></tr><tr><td>E4</td><td>3</td><td>9</td></tr>
</table></main></body></html>"""


def test_paragraphs_of_a_page_are_counted_and_their_heading_is_named(tmp_path: Path) -> None:
    source, _ = read_one(tmp_path, "a.html", PAGE)
    assert [(passage.text, passage.place) for passage in split_passages(source)] == [
        ("The storm came at night over the coast.", "paragraph 1"),
        ("It lasted two hours.", "paragraph 1"),
        ("Three towns were hit.", 'paragraph 2, under "Losses"'),
        ("Two had no power.", 'paragraph 3, under "Losses"'),
        ("Town: Alba; Dead: 7; Day: 1.", "table 1, row 2"),
        (
            "The roads opened again on Friday after the trees had been cleared.",
            'paragraph 4, under "Losses"',
        ),
        ("Road: E4; Length: 3; Cost: 9.", "table 2, row 2"),
    ]
    headings = [s.place for s in source.segments if s.place and s.place.startswith("heading")]
    assert headings == ['heading "Storm report"', 'heading "Losses"']


def test_empty_paragraphs_of_a_word_document_are_not_counted(tmp_path: Path) -> None:
    def build(document) -> None:  # type: ignore[no-untyped-def]
        document.add_paragraph("The storm came at night.")
        document.add_paragraph("")
        document.add_heading(
            'What the "night\nwatch" saw, hour by hour and street by street, row 2'
        )
        document.add_paragraph("  ")
        document.add_paragraph("Ward: north.")

    source, _ = read_one(tmp_path, "a.docx", docx_bytes(build))
    assert [(passage.text, passage.place) for passage in split_passages(source)] == [
        ("The storm came at night.", "paragraph 1"),
        (
            "Ward: north.",
            "paragraph 2, under \"What the 'night watch' saw, hour by hour and street by …\"",
        ),
    ]


@pytest.mark.parametrize("name", ["a.txt", "a.md"])
def test_a_sentence_inside_a_wrapped_paragraph_is_named_by_its_own_line(
    tmp_path: Path, name: str
) -> None:
    front = "---\npublisher: Town\n---\n\n"
    text = "The storm came over the\ncoast at night. It took\n"
    text += "the roof of the mill. Nobody\nslept there."
    source, _ = read_one(tmp_path, name, front + text + "\n\nThe mill stood open.\n")
    assert [
        (passage.text.replace("\n", " "), passage.place) for passage in split_passages(source)
    ] == [
        ("The storm came over the coast at night.", "line 5"),
        ("It took the roof of the mill.", "line 6"),
        ("Nobody slept there.", "line 7"),
        ("The mill stood open.", "line 10"),
    ]
