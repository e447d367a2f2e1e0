from __future__ import annotations

from pathlib import Path

import pytest

from factcheck.errors import UsageError
from factcheck.report.registry import format_of_path, formats, render


@pytest.mark.parametrize(
    ("spec", "fmt", "path"),
    [
        ("report.json", "json", "report.json"),
        ("out/report.jsonl", "jsonl", "out/report.jsonl"),
        ("REPORT.MD", "markdown", "REPORT.MD"),
        ("page.html", "html", "page.html"),
        ("ledger.csv", "csv", "ledger.csv"),
        ("results.xml", "junit", "results.xml"),
        ("results.sarif", "sarif", "results.sarif"),
        ("results.sarif.json", "sarif", "results.sarif.json"),
        ("review.jsonld", "claimreview", "review.jsonld"),
        ("report.txt", "terminal", "report.txt"),
        ("github:-", "github", "-"),
        ("junit:out.json", "junit", "out.json"),
        ("markdown:notes:2.md", "markdown", "notes:2.md"),
        ("C:report.json", "json", "C:report.json"),
        ("./odd:name.json", "json", "./odd:name.json"),
    ],
)
def test_output_value_names_its_format(spec: str, fmt: str, path: str) -> None:
    assert format_of_path(spec) == (fmt, Path(path))


@pytest.mark.parametrize("spec", ["report", "report.docx", ".json", "", "-", "json:"])
def test_output_value_without_a_format_or_file_is_refused(spec: str) -> None:
    with pytest.raises(UsageError) as caught:
        format_of_path(spec)
    assert caught.value.exit_code == 2
    assert caught.value.hint


def test_refusal_of_an_unknown_ending_lists_endings_and_formats() -> None:
    with pytest.raises(UsageError) as caught:
        format_of_path("report.docx")
    assert caught.value.message == 'the ending of "report.docx" names no report format'
    assert ".json .jsonl .md .html .csv .xml .sarif .jsonld" in str(caught.value.hint)
    assert all(fmt in str(caught.value.hint) for fmt in formats())


def test_mistyped_format_is_answered_with_the_nearest_name() -> None:
    with pytest.raises(UsageError, match='unknown report format "markdwon"') as caught:
        format_of_path("markdwon:report.md")
    assert str(caught.value.hint).startswith("did you mean markdown?")


def test_unknown_format_is_refused_by_render(empty) -> None:
    with pytest.raises(UsageError, match='unknown report format "pdf"'):
        render(empty, "pdf")


@pytest.mark.parametrize("fmt", formats())
def test_every_format_renders_full_and_empty_reports_as_utf8_lines(fmt, report, empty) -> None:
    for record in (report, empty):
        text = render(record, fmt)
        assert text == render(record, fmt)
        text.encode("utf-8")
        assert text == "" or text.endswith("\n")


@pytest.mark.parametrize("fmt", [fmt for fmt in formats() if fmt not in ("junit", "claimreview")])
def test_every_format_that_lists_claims_names_the_contested_one(fmt, report) -> None:
    assert "The breakwater cost 30 million crowns." in render(report, fmt)


@pytest.mark.parametrize("fmt", formats())
def test_no_format_lets_an_escape_sequence_through(fmt, report) -> None:
    text = render(report, fmt)
    assert "\x1b" not in text
    assert "\x07" not in text
    assert "\x9b" not in text
