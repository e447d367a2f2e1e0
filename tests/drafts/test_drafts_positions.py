from __future__ import annotations

import io
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from factcheck.drafts.read import read_draft, render_draft
from factcheck.drafts.records import DraftRead, SkipReason
from factcheck.errors import DraftError


def places(draft: DraftRead) -> list[tuple[str, int | None, int | None]]:
    return [
        (claim.text, claim.location.line, claim.location.column)
        for claim in draft.claims
        if claim.location
    ]


def test_markdown_claims_carry_line_and_column_of_the_file() -> None:
    text = (
        "---\ntitle: Water\n---\n# A heading\n\n"
        "The **dam** at [Saru](https://example.org/a_(b)) holds 9 billion cubic metres. Who knew?\n"
        "The lake covers 40 hectares.\n\n"
        "- First, a list: *Norvik* cut 340 jobs.\n"
    )
    assert places(read_draft("a.md", text)) == [
        ("The dam at Saru holds 9 billion cubic metres.", 6, 1),
        ("The lake covers 40 hectares.", 7, 1),
        ("First, a list: Norvik cut 340 jobs.", 9, 3),
    ]


def test_a_quotation_is_placed_at_its_first_word() -> None:
    text = "\n\nMayor Ana Kos said: “We *never* sold the three islands.”\n"
    (claim,) = read_draft("a.md", text).claims
    assert claim.quote == "We never sold the three islands."
    assert claim.speaker == "Ana Kos"
    assert (claim.location.line, claim.location.column) == (3, 22)


def test_carriage_returns_and_decomposed_letters_do_not_move_columns() -> None:
    text = (
        "First line.\r\n\r\n"
        "Cafe\u0301 owners in Lund pay 90 euros. The river Ohne is 60 km long.\r\n"
    )
    assert places(read_draft("a.txt", text)) == [
        ("Café owners in Lund pay 90 euros.", 3, 1),
        ("The river Ohne is 60 km long.", 3, 36),
    ]


def test_html_claims_carry_line_and_column_of_the_markup() -> None:
    text = (
        "<html><head><title>News</title><style>p {width: 12px}</style></head>\n<body>\n"
        "<nav>Home 1 2 3</nav>\n<h1>Floods in Lund</h1>\n"
        "<p>Police in Lund <b>arrested</b> 12 people.\n"
        "The R&amp;D centre employs 300 people.</p><p>Read the report.</p></body></html>"
    )
    draft = read_draft("a.html", text)
    assert places(draft) == [
        ("Police in Lund arrested 12 people.", 5, 4),
        ("The R&D centre employs 300 people.", 6, 1),
    ]
    assert [(item.text, item.reason) for item in draft.skipped] == [
        ("Floods in Lund", SkipReason.HEADING),
        ("Read the report.", SkipReason.INSTRUCTION),
    ]


def test_docx_claims_carry_paragraph_and_column(tmp_path: Path) -> None:
    import docx

    document = docx.Document()
    document.add_heading("Floods", level=1)
    document.add_paragraph("What now? Police in Lund arrested 12 people.")
    buffer = io.BytesIO()
    document.save(buffer)
    path = tmp_path / "draft.docx"
    path.write_bytes(buffer.getvalue())
    assert places(read_draft(path)) == [("Police in Lund arrested 12 people.", 2, 11)]


def test_tables_code_and_link_definitions_are_not_sentences() -> None:
    text = (
        "| City | People |\n|---|---|\n| Lund | 90,000 |\n\n```\nLund has 5 bridges.\n```\n\n"
        "[1]: https://example.org\n\nMalmo has 340,000 inhabitants.\n"
    )
    draft = read_draft("a.md", text)
    assert [claim.text for claim in draft.claims] == ["Malmo has 340,000 inhabitants."]
    assert [item.message for item in draft.skipped] == ["a row of a table", "a row of a table"]


def test_header_lines_of_a_text_file_date_the_draft() -> None:
    text = "Title: Floods\nDate: 2025-03-04\n\nLund lost 12 bridges last year.\n"
    draft = read_draft("a.txt", text)
    assert draft.published is not None
    assert draft.published.isoformat() == "2025-03-04"
    assert places(draft) == [("Lund lost 12 bridges in 2024.", 4, 1)]


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [("a.md", b"", "FC251"), ("a.docx", b"PK", "FC251"), ("a.pdf", b"%PDF", "FC250")],
)
def test_drafts_that_cannot_be_read_are_named_errors(
    tmp_path: Path, name: str, content: bytes, code: str
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(DraftError) as caught:
        read_draft(path)
    assert caught.value.code == code
    assert caught.value.exit_code == 2


def test_a_missing_draft_is_a_named_error(tmp_path: Path) -> None:
    with pytest.raises(DraftError, match="there is no such draft"):
        read_draft(tmp_path / "none.md")


_PIECES = st.sampled_from(
    [
        "Lund has 5 bridges. ",
        "“We lost two boats,” said Ana Kos. ",
        "\n\n",
        "\r\n",
        "**bold** ",
        "[@id]",
        "[^1]",
        "<!-- factcheck: off -->",
        "<!-- x",
        "&amp; ",
        "`code` ",
        "|a|b|\n|-|-|\n",
        "> ",
        "e\u0301",
        "\x00",
        "<p>",
        "</p>",
        "<br>",
        '"',
        "***",
        "\u2028",
        "\t- ",
    ]
)


@settings(max_examples=150, deadline=None)
@given(st.lists(_PIECES, max_size=14).map("".join), st.sampled_from(["a.md", "a.txt", "a.html"]))
def test_every_character_points_at_its_own_place(text: str, name: str) -> None:
    try:
        rendered = render_draft(name, text)
    except DraftError:
        return
    assert len(rendered.origins) == len(rendered.text)
    for block in rendered.blocks:
        origins = list(rendered.origins[block.start : block.end])
        assert origins == sorted(origins)
    for char, origin in zip(rendered.text, rendered.origins):
        if char.isalpha():
            assert text[origin] in (char, "&")
    read_draft(name, text)
