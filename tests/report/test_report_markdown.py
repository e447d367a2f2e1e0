from __future__ import annotations

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from factcheck.report.markdown import code, escape
from factcheck.report.plain import one_line
from factcheck.report.registry import render


def tokens(text: str) -> list[tuple[str, str]]:
    """Types and contents of all tokens, as a CommonMark reader with raw HTML allowed sees them."""
    found = []
    parser = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    for token in parser.parse(text):
        found.append((token.type, token.content))
        found += [(child.type, child.content) for child in token.children or ()]
    return found


def test_markdown_report_is_the_golden_file(report, matches_golden) -> None:
    matches_golden(render(report, "markdown"), "report.md")


def test_nothing_in_the_report_is_raw_html_or_a_link_that_a_source_smuggled_in(report) -> None:
    found = tokens(render(report, "markdown"))
    assert not [content for kind, content in found if kind.startswith("html")]
    assert not [kind for kind, _ in found if kind == "image"]
    text = render(report, "markdown")
    assert "](<javascript" not in text
    assert "[Breakwater opens after long winter](<https://herald.example/breakwater>)" in text


def test_decisive_words_are_bold(report) -> None:
    assert "> The breakwater cost **41.6 million crowns**, a third more" in render(
        report, "markdown"
    )


def test_title_is_the_one_asked_for_and_escaped(report) -> None:
    assert render(report, "markdown", title="Week *12*").startswith("# Week \\*12\\*\n")


@given(st.text(st.characters(codec="utf-8"), min_size=1, max_size=60))
def test_escaped_text_reads_back_as_the_same_words(text: str) -> None:
    shown = "".join(
        content
        for kind, content in tokens(f"> {escape(text)}")
        if kind in ("text", "text_special", "html_inline", "softbreak")
    )
    assert shown == one_line(text)


@given(st.text("`a |", min_size=1, max_size=12))
def test_inline_code_holds_any_run_of_backticks(text: str) -> None:
    found = [content for kind, content in tokens(f"x {code(text)} y") if kind == "code_inline"]
    assert "".join(found) == one_line(text)


@pytest.mark.parametrize("opening", ["# x", "- x", "+ x", "1. x", "23) x", "> x", "=== ", "| a |"])
def test_a_claim_that_looks_like_markup_stays_a_paragraph(opening: str, report) -> None:
    claim = dataclasses.replace(report.verdicts[3].claim, text=opening)
    verdict = dataclasses.replace(report.verdicts[3], claim=claim)
    text = render(dataclasses.replace(report, verdicts=(verdict,)), "markdown")
    kinds = [kind for kind, _ in tokens(text)]
    assert kinds.count("heading_open") == 5
    assert "ordered_list_open" not in kinds
    assert "code_block" not in kinds
