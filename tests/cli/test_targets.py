"""What a command refuses to write: over what it reads, twice into one file, into the corpus."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

DRAFT = "The bridge over the Arve in Lindholm was opened to traffic on 3 May 2019.\n"


@pytest.fixture
def desk(project: Path) -> Path:
    """The project with one file of every kind that a command reads."""
    (project / "corpus" / "sources.yaml").write_text("sources: []\n", "utf-8")
    (project / "claims.json").write_text('["The bridge was opened on 3 May 2019"]\n', "utf-8")
    (project / "draft.md").write_text(DRAFT, "utf-8")
    (project / "known.json").write_text('{"schema_version": "1", "findings": []}\n', "utf-8")
    (project / "saved.json").write_text("{}\n", "utf-8")
    (project / "labelled.jsonl").write_text('{"claim": "a", "label": "supported"}\n', "utf-8")
    return project


def content(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def refused(ran: Any, reason: str, place: str) -> None:
    assert ran.code == 2, ran.err
    assert ran.out == ""
    first, where, hint = ran.err.splitlines()
    assert first == f"error[FC102]: {reason}"
    assert where == f"  {place}"
    assert hint.startswith("hint: ")


@pytest.mark.parametrize(
    ("command", "reason", "place"),
    [
        (
            "verify claims.json --output claims.json",
            "--output would overwrite a claims file of this run",
            "claims.json",
        ),
        (
            "verify . --format jsonl --output jsonl:./claims.json",
            "--output would overwrite a claims file of this run",
            "claims.json",
        ),
        (
            "verify *.json --output corpus/../claims.json",
            "--output would overwrite a claims file of this run",
            "corpus/../claims.json",
        ),
        (
            "verify --manifest claims.yaml",
            "--manifest would overwrite a claims file of this run",
            "claims.yaml",
        ),
        (
            "verify --baseline claims.yaml --update-baseline",
            "--update-baseline would overwrite a file that is not a baseline",
            "claims.yaml",
        ),
        (
            "check draft.md --baseline factcheck.yaml --update-baseline",
            "--update-baseline would overwrite a file that is not a baseline",
            "factcheck.yaml",
        ),
        (
            "verify --baseline known.json --output known.json",
            "--output would overwrite the baseline",
            "known.json",
        ),
        (
            "verify --output csv:factcheck.yaml",
            "--output would overwrite the configuration",
            "factcheck.yaml",
        ),
        (
            "verify --manifest corpus/sources.yaml",
            "--manifest would overwrite sources.yaml of the corpus",
            "corpus/sources.yaml",
        ),
        (
            "verify --output html:corpus/bridge.md",
            "--output would overwrite a source of the corpus",
            "corpus/bridge.md",
        ),
        (
            "check draft.md --output draft.md",
            "--output would overwrite a draft of this run",
            "draft.md",
        ),
        (
            "check *.md --manifest draft.md",
            "--manifest would overwrite a draft of this run",
            "draft.md",
        ),
        ("claims draft.md --output draft.md", "--output would overwrite the draft", "draft.md"),
        (
            "report saved.json --output saved.json",
            "--output would overwrite the saved report",
            "saved.json",
        ),
        (
            "eval labelled.jsonl --html labelled.jsonl",
            "--html would overwrite the labelled data",
            "labelled.jsonl",
        ),
        (
            "ask x --output html:corpus/bridge.md",
            "--output would overwrite a source of the corpus",
            "corpus/bridge.md",
        ),
        (
            "quote x --output json:factcheck.yaml",
            "--output would overwrite the configuration",
            "factcheck.yaml",
        ),
    ],
)
def test_what_a_command_reads_is_not_written_over(
    desk: Path, cli, command: str, reason: str, place: str
) -> None:
    before = content(desk)
    refused(cli(*command.split()), reason, place)
    assert content(desk) == before


@pytest.mark.parametrize(
    ("command", "reason", "place"),
    [
        ("--output a.json --output csv:./a.json", "--output names one file twice", "a.json"),
        ("--output a.json --manifest a.json", "--output and --manifest name one file", "a.json"),
        (
            "--baseline a.json --update-baseline --output a.json",
            "--output and --baseline name one file",
            "a.json",
        ),
        (
            "--report-per-file out --output out/claims.yaml.json",
            "--output and --report-per-file name one file",
            "out/claims.yaml.json",
        ),
    ],
)
def test_two_outputs_are_two_files(
    project: Path, cli, command: str, reason: str, place: str
) -> None:
    before = content(project)
    refused(cli("verify", *command.split()), reason, place)
    assert content(project) == before


@pytest.mark.parametrize(
    ("command", "place"),
    [
        ("verify --output corpus/report.md", "corpus/report.md"),
        ("verify --output corpus/new/report.html", "corpus/new/report.html"),
        ("verify --format jsonl --output corpus/all.jsonl", "corpus/all.jsonl"),
        ("verify --manifest corpus/run.txt", "corpus/run.txt"),
        ("verify --baseline corpus/known.txt --update-baseline", "corpus/known.txt"),
        ("verify --report-per-file markdown:corpus", "corpus/claims.yaml.md"),
        ("check draft.md --output corpus/README.MD/a.csv", "corpus/README.MD/a.csv"),
        ("claims draft.md --output corpus/claims.txt", "corpus/claims.txt"),
        ("ask x --output corpus/answer.md", "corpus/answer.md"),
        ("eval labelled.jsonl --html corpus/page.html", "corpus/page.html"),
    ],
)
def test_nothing_is_written_into_the_corpus_that_would_be_read_as_a_source(
    desk: Path, cli, command: str, place: str
) -> None:
    before = content(desk)
    option = next(
        word for word in command.split() if word.startswith("--") and "format" not in word
    )
    reason = f"{option} names a file in the corpus: it would be read as a source, and claims would"
    refused(cli(*command.split()), f"{reason} be their own evidence", place)
    assert content(desk) == before


def test_links_are_followed_before_files_are_compared(project: Path, cli) -> None:
    elsewhere = project / "archive"
    elsewhere.mkdir()
    (elsewhere / "old.md").write_text(DRAFT, "utf-8")
    (project / "note.md").write_text(DRAFT, "utf-8")
    (project / "corpus" / "archive").symlink_to(elsewhere)
    (project / "corpus" / "linked.md").symlink_to(project / "note.md")
    (project / "also.json").symlink_to(project / "claims.yaml")
    (project / "round.json").symlink_to(project / "round.json")
    for file, reason in {
        "also.json": "--output would overwrite a claims file of this run",
        "note.md": "--output would overwrite a source of the corpus",
        "archive/old.md": "--output would overwrite a source of the corpus",
        "archive/README.md": "--output names a file in the corpus: it would be read as a source,"
        " and claims would be their own evidence",
    }.items():
        refused(cli("verify", "--output", file), reason, file)
    assert cli("verify", "--output", "round.json", "-q").code == 0


def test_what_is_no_source_may_lie_in_the_corpus(project: Path, cli) -> None:
    outputs = ("corpus/report.json", "corpus/.reports/a.md", "corpus/README.md")
    for _ in range(2):
        ran = cli("verify", *(f"--output={name}" for name in outputs), "-q", "--format=json")
        assert ran.json["corpus"]["sources"] == 1
    assert all((project / name).is_file() for name in outputs)


def test_a_report_may_be_written_again_and_a_device_be_named_twice(project: Path, cli) -> None:
    again = (
        "verify",
        "--output=a.json",
        "--manifest=run.json",
        "--baseline=known.json",
        "--update-baseline",
        f"--output=csv:{os.devnull}",
        f"--output=html:{os.devnull}",
        "-q",
    )
    for _ in range(2):
        assert cli(*again).code == 0
    assert json.loads((project / "known.json").read_text("utf-8"))["schema_version"] == "1"
