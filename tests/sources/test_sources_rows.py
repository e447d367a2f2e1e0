"""Tables, JSON Lines and transcripts."""

from __future__ import annotations

import gzip
from datetime import date
from pathlib import Path

import pytest
from source_files import read_all, read_one

from factcheck.passages import split_passages


def test_columns_with_known_names_become_metadata(tmp_path: Path) -> None:
    table = (
        "doc_id,headline,text,link,outlet,byline,date,extra\n7,Storm,"
        '"It rained, hard. It blew hard.",https://example.org/7,The Daily,Ann,2024-03-05,x\n'
    )
    (source,), problems = read_all(tmp_path, "a.csv", table)
    assert problems == []
    assert (source.id, source.path, source.title) == ("7", "a.csv", "Storm")
    assert (source.url, source.publisher, source.author) == (
        "https://example.org/7", "The Daily", "Ann",
    )  # fmt: skip
    assert source.published == date(2024, 3, 5)
    assert [(p.text, p.place) for p in split_passages(source)] == [
        ("It rained, hard.", "row 2"),
        ("It blew hard.", "row 2"),
    ]


def test_row_without_text_column_is_its_own_text(tmp_path: Path) -> None:
    table = "country;recognised_on;date;url\nTurkey;18 Feb 2008;x;https://example.org\nPeru;;;\n"
    turkey, peru = read_all(tmp_path, "a.csv", table)[0]
    assert turkey.text == "country: Turkey; recognised on: 18 Feb 2008; date: x."
    assert turkey.id == "a.csv#row-2"
    assert turkey.url == "https://example.org"
    assert turkey.published is None
    assert [passage.text for passage in split_passages(turkey)] == [turkey.text]
    assert peru.text == "country: Peru."


def test_columns_of_a_data_table_stay_in_its_text(tmp_path: Path) -> None:
    table = "id,title,author,language,kind\n7,Hamlet,Shakespeare,English,play\n"
    (source,), problems = read_all(tmp_path, "a.csv", table)
    assert problems == []
    assert source.text == "title: Hamlet; author: Shakespeare; language: English; kind: play."
    assert (source.id, source.title, source.author, source.language) == ("7", "Hamlet", None, None)


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_separators_are_recognised(tmp_path: Path, separator: str) -> None:
    table = separator.join(("id", "text")) + "\n" + separator.join(("1", "It rained.")) + "\n"
    (source,), problems = read_all(tmp_path, "a.csv", table)
    assert (source.id, source.text, problems) == ("1", "It rained.", [])


def test_row_numbers_are_those_of_a_spreadsheet(tmp_path: Path) -> None:
    table = 'text\n"Two\nlines."\n\nLast.\n'
    sources, _ = read_all(tmp_path, "a.csv", table)
    assert [(source.text, source.id) for source in sources] == [
        ("Two\nlines.", "a.csv#row-2"),
        ("Last.", "a.csv#row-4"),
    ]


def test_column_that_stands_twice_is_refused(tmp_path: Path) -> None:
    sources, problems = read_all(tmp_path, "a.csv", "text,text\na,b\n")
    assert sources == []
    assert problems[0].message == 'line 1: the column "text" stands twice in the header'


def test_json_lines_take_text_or_a_list_of_sentences(tmp_path: Path) -> None:
    lines = (
        '{"doc_id": 5, "title": "T", "abstract": ["It rained.", "It blew."]}\n'
        '{"town": "Alba", "deaths": 7, "evacuated": true, "tags": ["a", "b"], "none": null}\n'
    )
    first, second = read_all(tmp_path, "a.jsonl", lines)[0]
    assert (first.id, first.title, first.text) == ("5", "T", "It rained.\nIt blew.")
    assert second.id == "a.jsonl#row-2"
    assert second.text == "town: Alba; deaths: 7; evacuated: yes; tags: a, b."


def test_packed_json_lines_read_like_plain_ones(tmp_path: Path) -> None:
    line = b'{"id": "a", "text": "It rained."}\n'
    (source,), problems = read_all(tmp_path, "a.jsonl.gz", gzip.compress(line))
    assert (source.id, source.text, problems) == ("a", "It rained.", [])


SRT = """1
00:00:01,000 --> 00:00:03,000
ANNA SMITH: We lost about

2
00:00:03,000 --> 00:00:05,500
<i>500 houses</i> in the storm.

3
00:01:24,900 --> 00:01:27,000
MAYOR: That is wrong. Note: it was 50.

4
00:01:27,000 --> 00:01:28,000
[applause]

5
00:01:28,000 --> 00:01:29,000
- Is that so?
- I am sure.
"""


def test_sentence_over_two_cues_keeps_speaker_and_first_time(tmp_path: Path) -> None:
    source, problems = read_one(tmp_path, "a.srt", SRT)
    assert problems == []
    assert [(p.text, p.place, p.speaker) for p in split_passages(source)] == [
        ("We lost about 500 houses in the storm.", "00:00:01", "ANNA SMITH"),
        ("That is wrong.", "00:01:24", "MAYOR"),
        ("Note: it was 50.", "00:01:24", "MAYOR"),
        ("Is that so?", "00:01:28", None),
        ("I am sure.", "00:01:28", None),
    ]


def test_voice_tags_name_speakers_of_one_cue_only(tmp_path: Path) -> None:
    text = (
        "WEBVTT - a title\n\nNOTE a comment\n\nSTYLE\n::cue { color: red }\n\nname of cue\n"
        "00:01.000 --> 00:04.000 align:start\n<v.loud Mary Jones>It was <b>late</b> &amp; dark.\n"
        "<v Bob>Not so.\n\n00:04.000 --> 00:05.000\nNobody knows who says this.\n"
    )
    source, problems = read_one(tmp_path, "a.vtt", text)
    assert problems == []
    assert [(p.text, p.speaker) for p in split_passages(source)] == [
        ("It was late & dark.", "Mary Jones"),
        ("Not so.", "Bob"),
        ("Nobody knows who says this.", None),
    ]


def test_scrolling_captions_are_not_doubled(tmp_path: Path) -> None:
    text = (
        "WEBVTT\n\n00:01.000 --> 00:02.000\nthe storm came at night\n\n"
        "00:02.000 --> 00:03.000\nthe storm came at night\nand took the old bridge.\n\n"
        "00:03.000 --> 00:04.000\nand took the old bridge.\nNobody was hurt there.\n"
    )
    source, _ = read_one(tmp_path, "a.vtt", text)
    assert source.text == "the storm came at night and took the old bridge. Nobody was hurt there."


def test_long_silence_ends_a_paragraph(tmp_path: Path) -> None:
    text = (
        "1\n00:00:01,000 --> 00:00:02,000\nwe will see\n\n"
        "2\n00:00:30,000 --> 00:00:31,000\nthe bridge is gone\n"
    )
    source, _ = read_one(tmp_path, "a.srt", text)
    assert source.text == "we will see\n\nthe bridge is gone"
