"""A folder of sources: which files count, what sources.yaml adds, which ids result."""

from __future__ import annotations

import random
from datetime import date
from pathlib import Path

from factcheck.sources import (
    apply_manifest,
    limits,
    list_corpus_files,
    read_corpus,
    read_file,
    read_manifest,
)


def write(root: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")


def test_hidden_and_reserved_files_are_no_sources(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            "a.txt": "A.",
            "sub/README.md": "B.",
            "README.md": "About this folder.",
            "sources.yaml": "sources: []",
            ".hidden.txt": "C.",
            ".factcheck/index.txt": "D.",
        },
    )
    files, problems = list_corpus_files(tmp_path)
    assert [file.path for file in files] == ["a.txt", "sub/README.md"]
    assert [file.size for file in files] == [2, 2]
    assert problems == []


def test_unknown_endings_are_named_with_a_way_out(tmp_path: Path) -> None:
    write(tmp_path, {"a.xlsx": "x", "b": "x", "c.txt": "Text."})
    _, problems = list_corpus_files(tmp_path)
    assert [(problem.path, problem.code) for problem in problems] == [
        ("a.xlsx", limits.UNKNOWN_FORMAT),
        ("b", limits.UNKNOWN_FORMAT),
    ]
    assert problems[0].hint == "save the sheet as .csv"


def test_endings_in_capitals_are_read(tmp_path: Path) -> None:
    write(tmp_path, {"A.TXT": "Text is here."})
    assert [source.text for source in read_corpus(tmp_path).sources] == ["Text is here."]


def test_single_file_is_a_corpus(tmp_path: Path) -> None:
    write(tmp_path, {"a.jsonl": '{"id": "x", "text": "One."}\n{"id": "y", "text": "Two."}\n'})
    corpus = read_corpus(tmp_path / "a.jsonl")
    assert [source.id for source in corpus.sources] == ["x", "y"]
    assert [file.path for file in corpus.files] == ["a.jsonl"]


def test_corpus_is_read_in_order_and_reports_each_file(tmp_path: Path) -> None:
    write(tmp_path, {"b.txt": "B.", "a.txt": "A.", "c/d.txt": "D."})
    seen: list[str] = []
    corpus = read_corpus(tmp_path, on_file=seen.append)
    assert seen == ["a.txt", "b.txt", "c/d.txt"]
    assert [source.id for source in corpus.sources] == seen
    assert [file.source_ids for file in corpus.files] == [("a.txt",), ("b.txt",), ("c/d.txt",)]
    assert all(len(file.sha256) == 64 for file in corpus.files)


def test_sources_yaml_wins_over_the_file(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            "a.md": "---\ntitle: From the file\nauthor: Ann\n---\nText is here.\n",
            "sources.yaml": "sources:\n"
            "  - path: a.md\n    id: ann\n    title: From the list\n    published: 2024-03-05\n"
            "    kind: primary\n    reliability: 0.9\n    retracted: false\n",
        },
    )
    corpus = read_corpus(tmp_path)
    assert corpus.problems == ()
    (source,) = corpus.sources
    assert (source.id, source.title, source.author) == ("ann", "From the list", "Ann")
    assert (source.published, source.kind, source.reliability) == (
        date(2024, 3, 5), "primary", 0.9,
    )  # fmt: skip


def test_entry_by_id_reaches_one_row_and_by_path_all_rows(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            "a.csv": "id,text\nx,One.\ny,Two.\n",
            "sources.yaml": "sources:\n"
            "  - {path: a.csv, publisher: The Daily}\n  - {id: y, retracted: true}\n",
        },
    )
    corpus = read_corpus(tmp_path)
    assert corpus.problems[0].message.startswith("speaks of the same source as the entry on line 2")
    assert [(s.id, s.publisher, s.retracted) for s in corpus.sources] == [
        ("x", "The Daily", False),
        ("y", "The Daily", True),
    ]


def test_every_mistake_in_sources_yaml_has_its_line_and_a_hint(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            "alba.txt": "Text is here.",
            "sources.yaml": "sources:\n"
            "  - path: alba.txt\n"
            "    titel: Storm\n"
            "    published: soon\n"
            "    reliability: high\n"
            "    retracted: perhaps\n"
            "  - path: abla.txt\n"
            "    title: Nothing\n"
            "  - title: Nobody\n"
            "  - just words\n"
            "  - id: alba\n"
            "sorces: []\n",
        },
    )
    manifest = read_manifest(tmp_path)
    sources, _ = read_file(tmp_path, "alba.txt")
    _, problems = apply_manifest(sources, manifest)
    assert {(problem.line, problem.message, problem.hint) for problem in problems} == {
        (3, 'unknown key "titel"', 'did you mean "title"?'),
        (
            4,
            'published: "soon" is not a full date; the field was left empty',
            "write the date as YYYY-MM-DD",
        ),
        (5, "reliability: must be a number from 0 to 1; the field was left empty", None),
        (6, "retracted: must be true or false; the field was left empty", None),
        (7, 'there is no source with the path "abla.txt"', 'did you mean "alba.txt"?'),
        (9, "an entry needs a `path` or an `id`; it was left out", None),
        (10, "an entry must have keys such as `path` and `title`", None),
        (11, 'there is no source with the id "alba"', 'did you mean "alba.txt"?'),
        (12, 'unknown key "sorces"', 'did you mean "sources"?'),
    }
    assert {problem.path for problem in problems} == {"sources.yaml"}


def test_sources_yaml_that_is_no_list_is_one_problem(tmp_path: Path) -> None:
    write(tmp_path, {"a.txt": "Text is here.", "sources.yaml": "sources: yes\n"})
    corpus = read_corpus(tmp_path)
    assert [source.id for source in corpus.sources] == ["a.txt"]
    assert [problem.message for problem in corpus.problems] == [
        "`sources` must be a list of entries"
    ]


def test_sources_that_share_an_id_are_both_usable(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            "a.md": "---\nid: same\n---\nFirst text.\n",
            "b.md": "---\nid: same\n---\nSecond text.\n",
            "t.csv": "id,text\nsame,Third text.\nsame,Fourth text.\n",
        },
    )
    corpus = read_corpus(tmp_path)
    assert {source.id: source.text.strip() for source in corpus.sources} == {
        "same": "First text.",
        "b.md": "Second text.",
        "t.csv#same": "Third text.",
        "t.csv#row-3": "Fourth text.",
    }
    assert [problem.path for problem in corpus.problems] == ["b.md", "t.csv", "t.csv"]
    assert all("a.md" in problem.message for problem in corpus.problems)
    assert {problem.code for problem in corpus.problems} == {limits.DUPLICATE_ID}


def test_id_that_is_another_files_path_does_not_take_it(tmp_path: Path) -> None:
    write(tmp_path, {"a.md": "---\nid: b.txt\n---\nFirst.\n", "b.txt": "Second."})
    ids = {source.path: source.id for source in read_corpus(tmp_path).sources}
    assert ids == {"a.md": "a.md", "b.txt": "b.txt"}


def test_ids_do_not_depend_on_the_order_of_reading(tmp_path: Path) -> None:
    rows = "id,text\n" + "".join(f"{n % 4},Text number {n}.\n" for n in range(12))
    write(tmp_path, {"t.csv": rows, "u.csv": rows, "a.txt": "Text."})
    sources = [s for name in ("t.csv", "u.csv", "a.txt") for s in read_file(tmp_path, name)[0]]
    expected, _ = apply_manifest(sources, read_manifest(tmp_path))
    by_text = {(source.path, source.text): source.id for source in expected}
    assert len({source.id for source in expected}) == len(sources)
    for seed in range(5):
        shuffled = random.Random(seed).sample(sources, len(sources))
        described, _ = apply_manifest(shuffled, read_manifest(tmp_path))
        assert [source.text for source in described] == [source.text for source in shuffled]
        assert {(s.path, s.text): s.id for s in described} == by_text


def test_reference_to_nothing_is_reported(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            "a.md": "---\nsupersedes: nothing-like-it\nderived_from: b.mdd\n---\nText.\n",
            "b.md": "---\nderived_from: Reuters wire of 5 March\n---\nText two.\n",
        },
    )
    problems = read_corpus(tmp_path).problems
    assert [(problem.path, problem.message, problem.hint) for problem in problems] == [
        ("a.md", 'derived_from: there is no source "b.mdd"', 'did you mean "b.md"?'),
        ("a.md", 'supersedes: there is no source "nothing-like-it"', None),
    ]


def test_same_bytes_give_the_same_corpus(tmp_path: Path) -> None:
    write(tmp_path, {"a.txt": "Text.", "b.md": "# Head\n\nMore text.\n"})
    assert read_corpus(tmp_path).sources == read_corpus(tmp_path).sources
