"""Files that are broken or made to do harm: each becomes a named problem, never a traceback."""

from __future__ import annotations

import gzip
import zipfile
from pathlib import Path

import pytest
from source_files import (
    docx_bytes,
    encrypted_pdf,
    only_problem,
    pdf_bytes,
    pdf_page,
    read_all,
    read_one,
    zip_bytes,
)

from factcheck.sources import (
    docx,
    limits,
    read_manifest,
)


def test_encrypted_pdf_is_named_as_such(tmp_path: Path) -> None:
    problem = only_problem(tmp_path, "a.pdf", encrypted_pdf())
    assert problem.code == limits.ENCRYPTED
    assert problem.message == "the PDF is encrypted"


@pytest.mark.parametrize("share", [0.05, 0.5, 0.9])
def test_truncated_pdf_is_damaged_or_read_but_never_raises(tmp_path: Path, share: float) -> None:
    data = pdf_bytes([pdf_page(["One sentence is here.", "And one more."])])
    sources, problems = read_all(tmp_path, "a.pdf", data[: int(len(data) * share)])
    assert sources == []
    assert [problem.code for problem in problems] == [limits.DAMAGED]


def test_pdf_without_pages_is_named(tmp_path: Path) -> None:
    problem = only_problem(tmp_path, "a.pdf", pdf_bytes([]))
    assert problem.code in (limits.DAMAGED, limits.NO_TEXT)


def test_scanned_pdf_asks_for_text_recognition(tmp_path: Path) -> None:
    problem = only_problem(tmp_path, "a.pdf", pdf_bytes([[], []]))
    assert problem.code == limits.NO_TEXT
    assert problem.hint == "run it through text recognition (OCR) first"


def test_zip_bomb_is_refused_before_it_is_unpacked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unpack(*_: object, **__: object) -> None:
        raise AssertionError("something was unpacked")

    monkeypatch.setattr(docx, "MAX_UNPACKED_BYTES", 8 * limits.MEBIBYTE)
    bomb = zip_bytes({f"word/part{n}.xml": b"0" * limits.MEBIBYTE for n in range(9)})
    assert len(bomb) < 0.02 * limits.MEBIBYTE
    monkeypatch.setattr(zipfile.ZipFile, "open", unpack)
    problem = only_problem(tmp_path, "a.docx", bomb)
    assert problem.code == limits.TOO_LARGE
    assert "9,437,184 bytes in 9 parts" in problem.message


def test_gzip_bomb_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MAX_UNPACKED_BYTES", 1000)
    problem = only_problem(tmp_path, "a.jsonl.gz", gzip.compress(b" " * 5000))
    assert problem.code == limits.TOO_LARGE


@pytest.mark.parametrize(
    "data",
    [
        b"PK\x03\x04 and then nothing",
        zip_bytes({"readme.txt": b"a ZIP, but no document"}),
        zip_bytes({"[Content_Types].xml": b"<broken"}),
        docx_bytes(lambda document: document.add_paragraph("Whole."))[:-900],
    ],
)
def test_broken_word_document_is_damaged(tmp_path: Path, data: bytes) -> None:
    assert only_problem(tmp_path, "a.docx", data).code == limits.DAMAGED


def test_old_or_encrypted_word_document_is_named(tmp_path: Path) -> None:
    data = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
    assert only_problem(tmp_path, "a.docx", data).code == limits.ENCRYPTED


def test_word_document_with_a_corrupt_part_is_damaged(tmp_path: Path) -> None:
    data = bytearray(docx_bytes(lambda document: document.add_paragraph("Whole. " * 500)))
    middle = data.index(b"word/document.xml") + 60
    data[middle : middle + 40] = b"\xff" * 40
    assert only_problem(tmp_path, "a.docx", bytes(data)).code == limits.DAMAGED


def test_ragged_rows_are_named_and_the_others_kept(tmp_path: Path) -> None:
    table = "id,text,author\n1,First row.,A\n2,Short row\n3,Long row.,B,C,D\n4,Last row.,E,\n"
    sources, problems = read_all(tmp_path, "a.csv", table)
    assert [(source.id, source.text) for source in sources] == [
        ("1", "First row."),
        ("4", "Last row."),
    ]
    assert [(problem.line, problem.code) for problem in problems] == [
        (3, limits.BAD_ROW),
        (4, limits.BAD_ROW),
    ]
    assert problems[0].message == "row 3 has 2 cells instead of 3 and was skipped"


def test_unclosed_quotation_mark_loses_one_row_only(tmp_path: Path) -> None:
    table = 'id,text\n1,Before.\n2,"Never closed\n3,After.\n4,"Two\nlines."\n'
    sources, problems = read_all(tmp_path, "a.csv", table)
    assert [source.text for source in sources] == ["Before.", "After.", "Two\nlines."]
    assert [problem.line for problem in problems] == [3]


def test_huge_cell_is_skipped_by_name(tmp_path: Path) -> None:
    huge = "x" * (limits.MAX_CELL_CHARS + 1)
    sources, problems = read_all(tmp_path, "a.csv", f"id,text\n1,{huge}\n2,Fine.\n")
    assert [source.id for source in sources] == ["2"]
    assert [problem.line for problem in problems] == [2]


def test_cell_above_the_csv_modules_own_limit_is_read(tmp_path: Path) -> None:
    long = "word " * 60_000
    sources, problems = read_all(tmp_path, "a.csv", f"id,text\n1,{long}\n")
    assert problems == []
    assert sources[0].text == long.strip()


def test_table_with_endless_bad_rows_stays_a_short_list(tmp_path: Path) -> None:
    table = "id,text\n" + "1\n" * 5000 + "2,Fine.\n"
    sources, problems = read_all(tmp_path, "a.csv", table)
    assert [source.id for source in sources] == ["2"]
    assert len(problems) == limits.MAX_ROW_PROBLEMS + 1
    assert problems[-1].message == "4980 more rows have problems"


def test_table_that_is_all_open_quotes_ends(tmp_path: Path) -> None:
    sources, problems = read_all(tmp_path, "a.csv", "id,text\n" + 'x,"y\n' * 3001)
    assert len(problems) <= limits.MAX_ROW_PROBLEMS + 1
    assert all(source.path == "a.csv" for source in sources)


def test_bad_json_lines_are_named_and_the_others_kept(tmp_path: Path) -> None:
    lines = [
        '{"id": "a", "text": "First."}',
        "{'id': 'b'}",
        '["no", "object"]',
        "[" * 100_000,
        '{"n": ' + "9" * 6000 + "}",
        '{"id": "c", "text": 7}',
        "",
        '{"id": "d", "text": "Last."}',
    ]
    sources, problems = read_all(tmp_path, "a.jsonl", "\n".join(lines))
    assert [(source.id, source.segments[0].place) for source in sources] == [
        ("a", "row 1"),
        ("d", "row 8"),
    ]
    assert [problem.line for problem in problems] == [2, 3, 4, 5, 6]


def test_broken_transcript_keeps_its_good_cues(tmp_path: Path) -> None:
    broken = (
        "WEBVTT\n\n00:01.000 --> 00:02.000\nGood one.\n\n00:xx --> 00:03.000\nLost.\n\n"
        "stray line\n\n00:05.000 --> \nLost too.\n\n00:07.000 --> 00:08.000\nGood two.\n"
    )
    source, problems = read_one(tmp_path, "a.vtt", broken)
    assert source.text == "Good one. Good two."
    assert [problem.line for problem in problems] == [6, 9, 11]


def test_transcript_without_cues_is_damaged(tmp_path: Path) -> None:
    assert only_problem(tmp_path, "a.vtt", "WEBVTT\n\nnothing\n").code == limits.DAMAGED


@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.html", "a.csv", "a.jsonl", "a.srt", "a.vtt"])
def test_binary_data_under_any_text_ending_is_refused(tmp_path: Path, name: str) -> None:
    data = bytes(range(256)) * 40
    assert only_problem(tmp_path, name, data).code == limits.NOT_TEXT


@pytest.mark.parametrize(
    "ending", ["txt", "md", "html", "csv", "jsonl", "srt", "vtt", "pdf", "docx"]
)
@pytest.mark.parametrize("data", [b"", b"\xef\xbb\xbf", b" \n\n\t\n"])
def test_file_without_text_is_named(tmp_path: Path, ending: str, data: bytes) -> None:
    problem = only_problem(tmp_path, f"a.{ending}", data)
    assert problem.code in (limits.NO_TEXT, limits.DAMAGED)


def test_single_zero_bytes_are_dropped_from_text(tmp_path: Path) -> None:
    text = "A long enough sentence with one zero byte in\0 it. " * 5
    source, problems = read_one(tmp_path, "a.txt", text)
    assert source.text == text.replace("\0", "")
    assert problems == []


def test_very_long_line_is_read(tmp_path: Path) -> None:
    source, problems = read_one(tmp_path, "a.txt", "word " * 400_000)
    assert len(source.text) == 2_000_000
    assert problems == []


def test_deeply_nested_page_keeps_its_text(tmp_path: Path) -> None:
    page = "<html><body>" + "<div>" * 1500 + "Deep text stands here." + "</div>" * 1500
    source, _ = read_one(tmp_path, "a.html", page)
    assert source.text == "Deep text stands here."


def test_page_nested_beyond_the_parser_is_refused_not_cut(tmp_path: Path) -> None:
    page = "<html><body><p>Start.</p>" + "<div>" * 50_000 + "Deep text stands here."
    problem = only_problem(tmp_path, "a.html", page)
    assert problem.message == "the HTML is nested too deeply"


def test_page_of_unclosed_tags_is_read(tmp_path: Path) -> None:
    page = "<html><body><p>Start of it.<table><tr><td><b><i>Cell" + "<b>" * 500
    source, _ = read_one(tmp_path, "a.html", page)
    assert "Start of it." in source.text


def _billion_laughs() -> str:
    lines = ["a0: &a0 lol"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 12)]
    return "\n".join(lines)


def test_billion_laughs_in_front_matter_is_refused_and_the_text_kept(tmp_path: Path) -> None:
    source, problems = read_one(
        tmp_path, "a.md", f"---\n{_billion_laughs()}\ntitle: *a11\n---\nThe text is here.\n"
    )
    assert source.text.strip() == "The text is here."
    assert source.title is None
    assert [problem.code for problem in problems] == [limits.BAD_METADATA]


def test_billion_laughs_in_sources_yaml_is_refused(tmp_path: Path) -> None:
    (tmp_path / "sources.yaml").write_text(_billion_laughs())
    manifest = read_manifest(tmp_path)
    assert manifest.entries == ()
    assert [problem.code for problem in manifest.problems] == [limits.BAD_MANIFEST]


def test_xml_entities_in_word_documents_are_not_expanded(tmp_path: Path) -> None:
    good = docx_bytes(lambda document: document.add_paragraph("MARK"))
    parts = {}
    with zipfile.ZipFile(__import__("io").BytesIO(good)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    entities = '<!DOCTYPE x [<!ENTITY a "lol">' + "".join(
        f'<!ENTITY a{n} "{("&a" + (str(n - 1) if n else "") + ";") * 10}">' for n in range(9)
    )
    xml = parts["word/document.xml"].decode()
    declaration, rest = xml.split("?>", 1)
    xml = f"{declaration}?>{entities}]>{rest}".replace("MARK", "Text. &a8;")
    sources, _ = read_all(
        tmp_path, "a.docx", zip_bytes({**parts, "word/document.xml": xml.encode()})
    )
    assert all(len(source.text) < 100 for source in sources)
