"""`factcheck check` and `factcheck claims` with the shipped models on a small source base."""

from __future__ import annotations

import hashlib
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from factcheck.cli import run
from factcheck.cli.check import summary
from factcheck.drafts.read import read_draft

REPORT = """---
id: report
title: Report on the ferry
published: 2025-11-01
---
The ferry carried 212 passengers. It ran aground off Tarn Island on 19 November 2024.

Captain Ulf Brandt said: "We had no control for about six minutes."
"""
OTHER = """---
id: other
published: 2025-11-02
---
The harbour of Melby was built in 1902. Melby has 4,000 inhabitants.
"""
DRAFT = """# Ferry aground

The ferry carried 212 passengers [@report]. What now?

“We had no control for about ten minutes,” said Ulf Brandt.

The harbour of Melby was built in 1902 [@report].
"""


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("project")
    (folder / "corpus").mkdir()
    (folder / "corpus" / "report.md").write_text(REPORT, encoding="utf-8")
    (folder / "corpus" / "other.md").write_text(OTHER, encoding="utf-8")
    (folder / "draft.md").write_text(DRAFT, encoding="utf-8")
    return folder


def check(
    project: Path, *args: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> tuple[int, str, str]:
    monkeypatch.chdir(project)
    code = run(["check", *args, "--threads", "1"])
    captured = capsys.readouterr()
    return code, captured.out, captured.err


def test_check_reports_verdicts_on_the_lines_of_the_draft(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, err = check(
        project,
        "draft.md",
        "--show-skipped",
        "--format",
        "json",
        monkeypatch=monkeypatch,
        capsys=capsys,
    )
    report = json.loads(out)
    verdicts = {item["claim"]: item for item in report["verdicts"]}
    assert [
        (item["claim"], item["location"]["line"], item["location"]["column"])
        for item in report["verdicts"]
    ] == [
        ("The ferry carried 212 passengers.", 3, 1),
        ("We had no control for about ten minutes", 5, 2),
        ("The harbour of Melby was built in 1902.", 7, 1),
    ]
    quote = verdicts["We had no control for about ten minutes"]
    assert quote["quote"]["status"] == "altered"
    assert quote["label"] == "contested"
    assert code == 1
    assert {item["rule"] for item in report["gate"]["findings"]} >= {"altered", "contested"}
    assert (
        "draft.md: 3 sentences checked (2 statements, 1 quotation), 2 sentences left alone" in err
    )
    assert "draft.md:3:45: question: a question" in err


def test_the_named_source_is_judged_for_certain(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, _ = check(
        project,
        "draft.md",
        "--fail-on",
        "none",
        "--format",
        "json",
        monkeypatch=monkeypatch,
        capsys=capsys,
    )
    assert code == 0
    named = [
        [reason for reason in item["reasons"] if "that the draft names (report)" in reason]
        for item in json.loads(out)["verdicts"]
    ]
    assert [len(reasons) for reasons in named] == [1, 0, 1]
    endings = ("supports it.", "contradicts it.", "does not say it.")
    assert all(reason.endswith(endings) for reasons in named for reason in reasons)


def test_an_unchanged_draft_is_checked_from_the_cache_also_where_it_names_a_source(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def again(*args: str) -> tuple[str, str]:
        args = ("draft.md", "--verbose", "--fail-on=none", "--format=json", *args)
        code, out, err = check(project, *args, monkeypatch=monkeypatch, capsys=capsys)
        assert code == 0
        return out, err

    fresh, said = again("--no-cache")
    assert "0 verdicts from the cache, 5 made" in said
    again()
    kept, said = again()
    assert "5 verdicts from the cache, 0 made" in said
    assert kept == fresh


def test_findings_of_the_baseline_pass_and_a_changed_sentence_fails(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    draft = project / "known.md"
    draft.write_text(DRAFT, encoding="utf-8")

    def code_of(*args: str) -> int:
        args = ("known.md", "--baseline=known.json", "--quiet", *args)
        return check(project, *args, monkeypatch=monkeypatch, capsys=capsys)[0]

    assert code_of() == 2  # there is no such baseline yet
    assert code_of("--update-baseline") == 0
    assert code_of() == 0
    # Another line, and other words around it: the finding is still the known one.
    draft.write_text("# Moved\n\nWhat a day.\n\n" + DRAFT, encoding="utf-8")
    assert code_of() == 0
    draft.write_text(DRAFT.replace("ten minutes", "nine minutes"), encoding="utf-8")
    assert code_of() == 1
    assert (
        check(project, "known.md", "--update-baseline", monkeypatch=monkeypatch, capsys=capsys)[0]
        == 2
    )


def test_a_manifest_names_the_drafts_with_their_hashes(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    args = ("draft.md", "--manifest=run.json", "--output=report.json", "--quiet")
    assert check(project, *args, monkeypatch=monkeypatch, capsys=capsys)[0] == 1
    manifest = json.loads((project / "run.json").read_text(encoding="utf-8"))
    digest = hashlib.sha256((project / "draft.md").read_bytes()).hexdigest()
    assert manifest["claims"] == [{"path": "draft.md", "sha256": digest, "claims": 3}]
    assert [item["path"] for item in manifest["reports"]] == ["report.json"]
    assert manifest["gate_passed"] is False


def test_waivers_are_suggested_for_a_draft(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    code, _, err = check(
        project, "draft.md", "--suggest-waivers", monkeypatch=monkeypatch, capsys=capsys
    )
    assert code == 1
    assert 'claim: "We had no control for about ten minutes"' in err
    assert "rule: altered" in err


def test_a_draft_can_come_from_standard_input(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    stdin = io.TextIOWrapper(io.BytesIO(b"Who? Melby has 4,000 inhabitants.\n"))
    monkeypatch.setattr(sys, "stdin", stdin)
    code, out, err = check(project, "-", "--format", "json", monkeypatch=monkeypatch, capsys=capsys)
    (verdict,) = json.loads(out)["verdicts"]
    assert code == 0
    assert verdict["location"] == {"path": "<stdin>", "line": 1, "column": 6}
    assert "1 sentence checked (1 statement, 0 quotations), 1 sentence left alone" in err


def test_a_draft_without_a_checkable_sentence_passes(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (project / "empty.md").write_text("# A heading\n\nWho knows?\n", encoding="utf-8")
    code, out, err = check(
        project, "empty.md", "--format", "json", monkeypatch=monkeypatch, capsys=capsys
    )
    assert code == 0
    assert json.loads(out)["verdicts"] == []
    assert "empty.md: 0 sentences checked" in err


def test_claims_writes_a_file_that_verify_reads(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from factcheck.claims import load_claims

    monkeypatch.chdir(project)
    assert run(["claims", "draft.md", "--output", "found.yaml"]) == 0
    assert "wrote found.yaml" in capsys.readouterr().err
    assert [claim.text for claim in load_claims(project / "found.yaml")] == [
        "The ferry carried 212 passengers.",
        "We had no control for about ten minutes",
        "The harbour of Melby was built in 1902.",
    ]


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (["check", "none.md"], "error[FC250]: there is no such draft"),
        (["check", "draft.md", "--date", "soon"], "error[FC101]: `--date` is not a date: 'soon'"),
        (["claims", "corpus"], "error[FC250]: this is a folder, not a draft"),
        (["check", "none-*.md"], "error[FC250]: no draft fits this pattern"),
    ],
)
def test_bad_input_is_an_error_with_exit_code_2(
    project: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    args: list[str],
    message: str,
) -> None:
    monkeypatch.chdir(project)
    assert run(args) == 2
    assert message in capsys.readouterr().err


def test_reading_a_draft_loads_no_model() -> None:
    code = (
        "import sys; from factcheck.drafts.read import read_draft;"
        "read_draft('a.md', 'Lund has 5 bridges.');"
        "print([m for m in ('torch', 'faiss', 'onnxruntime', 'docx') if m in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).resolve().parents[2])},
    )
    assert done.stdout.strip() == "[]"


def test_the_summary_counts_sentences_once() -> None:
    draft = read_draft("a.md", "“We kept it,” said Ana Kos, “and we sold 3 ships.” Why?")
    assert summary(draft) == (
        "a.md: 1 sentence checked (0 statements, 2 quotations), 1 sentence left alone"
    )
