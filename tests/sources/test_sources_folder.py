"""Corpus folders in a bad state: what is missing, closed, endless or no file is named."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from source_files import encrypted_pdf, only_problem, pdf_bytes, pdf_page, read_all

from factcheck.errors import InputErrors, SourceError
from factcheck.sources import (
    apply_manifest,
    limits,
    list_corpus_files,
    read_corpus,
    read_file,
    read_manifest,
)


def test_missing_corpus_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(SourceError) as caught:
        read_corpus(tmp_path / "nowhere")
    assert caught.value.code == limits.CORPUS_MISSING
    assert "--corpus" in (caught.value.hint or "")


def test_empty_corpus_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(SourceError) as caught:
        read_corpus(tmp_path)
    assert caught.value.code == limits.CORPUS_EMPTY
    assert ".md" in (caught.value.hint or "")


def test_corpus_of_one_empty_file_names_it(tmp_path: Path) -> None:
    (tmp_path / "a.txt").touch()
    with pytest.raises(SourceError) as caught:
        read_corpus(tmp_path)
    assert caught.value.hint == "a.txt: the file is empty"


def test_strict_reports_every_problem_at_once(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Fine text.")
    (tmp_path / "b.pdf").write_bytes(encrypted_pdf())
    (tmp_path / "c.xyz").write_text("?")
    assert [source.id for source in read_corpus(tmp_path).sources] == ["a.txt"]
    with pytest.raises(InputErrors) as caught:
        read_corpus(tmp_path, strict=True)
    codes = [error.code for error in caught.value.errors]
    assert codes == [limits.ENCRYPTED, limits.UNKNOWN_FORMAT]
    assert caught.value.exit_code == 2


@pytest.mark.parametrize("name", ["sources.yml", "Sources.yaml"])
def test_a_misnamed_manifest_is_a_problem_with_the_right_name(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("sources: []\n")
    if (tmp_path / "sources.yaml").exists():
        pytest.skip("this system takes capitals for small letters")
    _, problems = list_corpus_files(tmp_path)
    assert [(problem.path, problem.code) for problem in problems] == [(name, limits.UNKNOWN_FORMAT)]
    assert "rename it to `sources.yaml`" in (problems[0].hint or "")


def test_folder_that_cannot_be_listed_is_a_problem(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.txt").write_text("Fine text.")
    (tmp_path / "closed").mkdir()
    real = os.scandir

    def scandir(path):  # type: ignore[no-untyped-def]
        if Path(path).name == "closed":
            raise PermissionError(13, "Permission denied", str(path))
        return real(path)

    monkeypatch.setattr(os, "scandir", scandir)
    files, problems = list_corpus_files(tmp_path)
    assert [file.path for file in files] == ["a.txt"]
    assert [(problem.path, problem.message) for problem in problems] == [
        ("closed", "cannot be read: Permission denied")
    ]


def test_file_that_vanished_is_a_problem(tmp_path: Path) -> None:
    sources, problems = read_file(tmp_path, "gone.txt")
    assert sources == []
    assert [problem.code for problem in problems] == [limits.NOT_READABLE]
    assert str(tmp_path) not in problems[0].message


def test_pipe_in_the_corpus_does_not_block(tmp_path: Path) -> None:
    if not hasattr(os, "mkfifo"):
        pytest.skip("this system has no named pipes")
    os.mkfifo(tmp_path / "pipe.txt")
    files, problems = list_corpus_files(tmp_path)
    assert files == []
    assert [problem.code for problem in problems] == [limits.NOT_READABLE]
    assert [problem.code for problem in read_file(tmp_path, "pipe.txt")[1]] == [limits.NOT_READABLE]


def test_link_in_a_circle_is_followed_once(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "a.txt").write_text("Fine text.")
    try:
        (tmp_path / "sub" / "loop").symlink_to(tmp_path, target_is_directory=True)
        (tmp_path / "dead.txt").symlink_to(tmp_path / "nothing")
    except OSError:
        pytest.skip("links are not allowed here")
    files, problems = list_corpus_files(tmp_path)
    assert [file.path for file in files] == ["sub/a.txt"]
    assert [(problem.path, problem.code) for problem in problems] == [
        ("dead.txt", limits.NOT_READABLE),
        ("sub/loop", limits.LINK_LOOP),
    ]


def test_name_that_is_no_unicode_is_a_problem(tmp_path: Path) -> None:
    try:
        Path(os.fsdecode(os.fsencode(tmp_path) + b"/bad\xff.txt")).write_text("Fine text.")
    except OSError:
        pytest.skip("this file system takes only Unicode names")
    files, problems = list_corpus_files(tmp_path)
    assert files == []
    assert [problem.path for problem in problems] == ["bad\ufffd.txt"]


def test_parser_that_fails_unexpectedly_costs_one_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import pypdfium2

    def fail(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(pypdfium2.PdfDocument, "get_metadata_dict", fail)
    problem = only_problem(tmp_path, "a.pdf", pdf_bytes([pdf_page(["One sentence."])]))
    assert problem.code == limits.DAMAGED
    assert problem.message == "the file cannot be read (ZeroDivisionError)"


def test_address_that_could_run_code_is_dropped(tmp_path: Path) -> None:
    row = json.dumps({"text": "Fine text.", "url": "javascript:alert(1)"})
    sources, problems = read_all(tmp_path, "a.jsonl", row)
    assert sources[0].url is None
    assert [problem.line for problem in problems] == [1]


def test_no_problem_names_a_place_outside_the_corpus(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.4 broken")
    (tmp_path / "b.docx").write_bytes(b"PK broken")
    (tmp_path / "c.txt").write_text("Fine text.")
    (tmp_path / "sources.yaml").write_text("sources: {")
    problems = read_corpus(tmp_path).problems
    assert [problem.path for problem in problems] == ["a.pdf", "b.docx", "sources.yaml"]
    assert all(str(tmp_path) not in f"{problem.message} {problem.hint}" for problem in problems)


def test_manifest_alone_survives_sources_without_segments(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Fine text.")
    sources, _ = read_file(tmp_path, "a.txt")
    described, problems = apply_manifest([*sources, *sources], read_manifest(tmp_path))
    assert [source.id for source in described] == ["a.txt", "a.txt~2"]
    assert len(problems) == 1


def test_lock_files_of_word_are_passed_over(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Fine text.")
    (tmp_path / "~$letter.docx").write_bytes(b"\x05Ida Berg")
    read = read_corpus(tmp_path, strict=True)
    assert [source.id for source in read.sources] == ["a.txt"]


def test_a_problem_says_whether_its_file_was_read(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes("Süß und gut.".encode("cp1252"))
    (tmp_path / "b.pdf").write_bytes(encrypted_pdf())
    (tmp_path / "c.csv").write_text("id,text\n1,Good.\n2,a,b\n")
    (tmp_path / "d.csv").write_text("id,text\n2,a,b\n")
    (tmp_path / "e.xyz").write_text("?")
    (tmp_path / "sources.yaml").write_text("sources:\n  - {path: a.txt, published: soon}\n")
    problems = read_corpus(tmp_path).problems
    assert [(problem.path, problem.read) for problem in problems] == [
        ("a.txt", True),
        ("b.pdf", False),
        ("c.csv", True),
        ("d.csv", False),
        ("e.xyz", False),
        ("sources.yaml", True),
    ]
