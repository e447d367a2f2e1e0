"""Plain text, Markdown, encodings and dates of publication."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from source_files import pieces, read_one

from factcheck.passages import split_passages
from factcheck.sources import limits
from factcheck.sources.dates import parse_date
from factcheck.sources.markdown import read_markdown
from factcheck.sources.plain import read_plain
from factcheck.text import canonical_text

ARTICLE = """---
title: "Storm: the day after"
date: 18 Feb 2008
language: no
tags: [weather, coast]
retracted: no
---
# Storm *hits* the coast

A storm hit the [coast](https://example.org/a_(b)) on **Monday**.[^1]
It ~~never~~ killed 2*3*4 fish &amp; `no_man_`.

- Roads were closed
- Two bridges fell.

## Losses
| Town | Deaths |
|------|-------:|
| Alba | 7 |

> "We lost all," she said.

```
code = here.
```

References
----------
- Smith, J. A title. 2001.

### A subsection of the references
Also a title.

## Later
The roads opened again.

[^1]: A footnote.
"""


def test_markdown_text_is_what_a_reader_sees(tmp_path: Path) -> None:
    source, problems = read_one(tmp_path, "a.md", ARTICLE)
    assert problems == []
    assert [text for text, _ in pieces(source)] == [
        "A storm hit the coast on Monday.\nIt killed 2*3*4 fish & no_man_.",
        "- Roads were closed\n- Two bridges fell.",
        "Town: Alba; Deaths: 7.",
        '"We lost all," she said.',
        "The roads opened again.",
    ]


def test_markdown_places_are_lines_of_the_file(tmp_path: Path) -> None:
    source, _ = read_one(tmp_path, "a.md", ARTICLE)
    starts = ["A storm", "- Roads", "| Alba", "> ", "The roads"]
    lines = ARTICLE.split("\n")
    numbers = [next(n for n, line in enumerate(lines, 1) if line.startswith(s)) for s in starts]
    assert [place for _, place in pieces(source)] == [f"line {number}" for number in numbers]


def test_markdown_headings_code_and_reference_lists_are_no_evidence(tmp_path: Path) -> None:
    source, _ = read_one(tmp_path, "a.md", ARTICLE)
    assert [text for text, _ in pieces(source, evidence=False)] == [
        "Storm hits the coast",
        "Losses",
        "Town; Deaths",
        "code = here.",
        "References",
        "- Smith, J. A title. 2001.",
        "A subsection of the references",
        "Also a title.",
        "Later",
        "A footnote.",
    ]


def test_front_matter_gives_metadata_as_written(tmp_path: Path) -> None:
    source, _ = read_one(tmp_path, "a.md", ARTICLE)
    assert source.title == "Storm: the day after"
    assert source.published == date(2008, 2, 18)
    assert source.language == "no"
    assert source.retracted is False
    assert source.id == source.path == "a.md"
    assert source.format == "markdown"


def test_wrong_front_matter_fields_are_named_with_their_line(tmp_path: Path) -> None:
    text = "---\ntitle: Fine\ndate: 2008-02-31\nreliability: 7\nkind: blog\n---\nText is here.\n"
    source, problems = read_one(tmp_path, "a.md", text)
    assert (source.title, source.published, source.reliability, source.kind) == (
        "Fine", None, None, None,
    )  # fmt: skip
    assert sorted((problem.line, problem.message) for problem in problems) == [
        (3, 'published: "2008-02-31" does not exist in the calendar; the field was left empty'),
        (4, "reliability: must be a number from 0 to 1; the field was left empty"),
        (
            5,
            'kind: "blog" is none of primary, secondary, tertiary; the field was left empty',
        ),
    ]


def test_front_matter_with_bad_yaml_costs_the_metadata_only(tmp_path: Path) -> None:
    source, problems = read_one(tmp_path, "a.md", "---\ntitle: [a\nb: c\n---\nText is here.\n")
    assert source.text.strip() == "Text is here."
    assert [(problem.code, problem.path) for problem in problems] == [(limits.BAD_METADATA, "a.md")]


@pytest.mark.parametrize(
    "text", ["---\nA rule, prose and a rule.\n---\nMore.\n", "---\nNever closed: yes\nMore.\n"]
)
def test_rules_around_prose_are_no_front_matter(tmp_path: Path, text: str) -> None:
    source, problems = read_one(tmp_path, "a.txt", text)
    assert source.text == text
    assert problems == []


def test_header_lines_of_a_text_dump_are_metadata(tmp_path: Path) -> None:
    text = "Title: Storm\nDate: 5 March 2024\nURL: https://example.org\n\nIt rained. It blew.\n"
    source, _ = read_one(tmp_path, "a.txt", text)
    assert source.title == "Storm"
    assert source.published == date(2024, 3, 5)
    assert source.url == "https://example.org"
    assert pieces(source) == [("It rained. It blew.", "line 5")]


def test_prose_with_a_colon_is_no_header(tmp_path: Path) -> None:
    text = "Title: a story\nHe said: no.\n\nIt rained.\n"
    source, _ = read_one(tmp_path, "a.txt", text)
    assert source.text == text
    assert source.title is None


def test_headline_above_prose_is_the_title_and_no_evidence(tmp_path: Path) -> None:
    source, _ = read_one(tmp_path, "a.txt", "Storm hits coast\n\nIt rained.\n\nIt blew.\n")
    assert source.title == "Storm hits coast"
    assert pieces(source) == [("It rained.", "line 3"), ("It blew.", "line 5")]


def test_lone_statement_without_full_stop_stays_evidence(tmp_path: Path) -> None:
    source, _ = read_one(tmp_path, "a.txt", "Turkey recognised Kosovo on 18 Feb 2008")
    assert pieces(source) == [("Turkey recognised Kosovo on 18 Feb 2008", "line 1")]


def test_reference_list_of_a_text_file_is_no_evidence(tmp_path: Path) -> None:
    source, _ = read_one(tmp_path, "a.txt", "It rained.\n\nReferences\n\nSmith 2001.\n")
    assert pieces(source) == [("It rained.", "line 1")]


TYPOGRAPHIC = "Vučić said “no” – twice. Łódź paid €5, naïve café.\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32"])
def test_unicode_encodings_read_alike(tmp_path: Path, encoding: str) -> None:
    source, problems = read_one(tmp_path, "a.txt", TYPOGRAPHIC.encode(encoding))
    assert source.text == TYPOGRAPHIC
    assert problems == []


def test_windows_quotes_in_english_are_read_and_reported(tmp_path: Path) -> None:
    text = "The minister said “no” – and left the room. " * 20
    source, problems = read_one(tmp_path, "a.txt", text.encode("cp1252"))
    assert source.text.strip() == text.strip()
    assert [problem.code for problem in problems] == [limits.GUESSED_ENCODING]
    assert "cp1252" in problems[0].message


def test_cyrillic_in_an_old_encoding_is_recognised(tmp_path: Path) -> None:
    text = "Президент заявил, что переговоры начнутся в понедельник в столице страны. " * 8
    source, problems = read_one(tmp_path, "a.txt", text.encode("cp1251"))
    assert source.text.strip() == text.strip()
    assert [problem.code for problem in problems] == [limits.GUESSED_ENCODING]


def test_line_ends_of_all_systems_give_the_same_text(tmp_path: Path) -> None:
    texts = {
        read_one(tmp_path, f"{number}.txt", f"One line.{end}{end}Two lines.{end}")[0].text
        for number, end in enumerate(("\n", "\r\n", "\r"))
    }
    assert texts == {"One line.\n\nTwo lines.\n"}


@pytest.mark.parametrize(
    "text",
    [
        "2008-02-18",
        "2008-02-18T10:00:00Z",
        "2008-02-18 10:00:00 +0100",
        "2008/02/18",
        "20080218",
        "D:20080218103000+01'00'",
        "18.02.2008",
        "18/02/2008",
        "02/18/2008",
        "18 Feb 2008",
        "18 February 2008, 10:15",
        "18th of February 2008",
        "18-Feb-2008",
        "February 18, 2008",
        "Feb. 18, 2008",
        "Mon, 18 Feb 2008 10:00:00 GMT",
        "Monday 18 February 2008",
    ],
)
def test_full_dates_in_common_forms_are_read(text: str) -> None:
    assert parse_date(text) == date(2008, 2, 18)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("02/03/2008", "could be two dates"),
        ("2008-02-30", "does not exist"),
        ("31.04.2008", "does not exist"),
        ("February 2008", "not a full date"),
        ("2008", "not a full date"),
        ("18 Foo 2008", "not a full date"),
        ("18/02/08", "not a full date"),
        ("yesterday", "not a full date"),
    ],
)
def test_dates_that_need_a_guess_are_refused(text: str, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        parse_date(text)


@given(st.dates())
def test_every_date_survives_being_written_out(day: date) -> None:
    assert parse_date(day.isoformat()) == day
    if day.year >= 1000:
        assert parse_date(f"{day.day} {day:%B} {day.year}") == day


@given(st.text(alphabet=st.sampled_from(list("ab Z.|#*_`[]()!~<>-=:&;\\\n\t1\u0301é\x00\u2028"))))
def test_any_markdown_gives_segments_in_order_over_canonical_text(text: str) -> None:
    _check_any(read_markdown, text)


@given(st.text(alphabet=st.sampled_from(list("abZ.=- :\n\t1\u0301\x0c"))))
def test_any_plain_text_gives_segments_in_order_over_canonical_text(text: str) -> None:
    _check_any(read_plain, text)


def _check_any(read, text: str) -> None:  # type: ignore[no-untyped-def]
    from factcheck.errors import SourceError

    try:
        (source,), _ = read(text.encode(), "a")
    except SourceError as error:
        assert error.code in (limits.NO_TEXT, limits.NOT_TEXT)
        return
    assert canonical_text(source.text) == source.text
    end = 0
    for segment in source.segments:
        assert end <= segment.start < segment.end <= len(source.text)
        assert source.text[segment.start : segment.end].strip()
        end = segment.end
    for passage in split_passages(source):
        assert source.text[passage.start : passage.end] == passage.text
