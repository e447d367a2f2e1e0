"""Which files are read as claims, and what becomes of those that cannot be."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import factcheck.pipeline
from factcheck.pipeline import Models

TRUE_CLAIM = "The bridge over the Arve in Lindholm was opened to traffic on 3 May 2019"
GOOD = f"claims:\n  - claim: {TRUE_CLAIM}\n"


@pytest.fixture(autouse=True)
def one_set_of_models(models: Models, monkeypatch: pytest.MonkeyPatch) -> None:
    """The models of the session instead of new ones for every command: the same, but at once."""
    monkeypatch.setattr(factcheck.pipeline, "load_models", lambda config=None: models)


def test_with_keep_going_an_unreadable_file_costs_only_itself(project: Path, cli: Any) -> None:
    (project / "d").mkdir()
    (project / "d" / "a.yaml").write_text(GOOD, encoding="utf-8")
    (project / "d" / "b.yaml").write_text("claims:\n\t- x\n", encoding="utf-8")
    (project / "d" / "c.json").write_text("[1,", encoding="utf-8")
    ran = cli("verify", "d", "--keep-going", "--format", "json")
    assert ran.code == 1, ran.err
    known = [(v["claim_id"], v["claim"], v["failure"] is None) for v in ran.json["verdicts"]]
    assert known == [
        ("c001", TRUE_CLAIM, True),
        ("d/b.yaml:2", "(this file could not be read)", False),
        ("d/c.json:1", "(this file could not be read)", False),
    ]
    stopped = cli("verify", "d")
    assert (stopped.code, stopped.out) == (2, "")
    assert "d/b.yaml:2:1" in stopped.err and "d/c.json:1" in stopped.err


@pytest.mark.parametrize("report_format", ["json", "jsonl", "junit", "terminal"])
def test_with_keep_going_bad_entries_alone_are_a_report_in_every_format(
    project: Path, cli: Any, report_format: str
) -> None:
    (project / "bad.yaml").write_text("claims:\n  - claime: x\n", encoding="utf-8")
    ran = cli("verify", "bad.yaml", "--keep-going", "--format", report_format)
    assert ran.code == 1, ran.err
    assert "unknown key `claime`" in ran.out


@pytest.mark.parametrize("report_format", ["json", "jsonl"])
def test_a_failed_entry_keeps_its_words_and_is_one_failure(
    project: Path, cli: Any, report_format: str
) -> None:
    bad = "  - {claim: It is green, said_on: 31.12.2025, expct: x}\n"
    (project / "claims.yaml").write_text(GOOD + bad, encoding="utf-8")
    ran = cli("verify", "--keep-going", "--format", report_format)
    verdicts = ran.json["verdicts"] if report_format == "json" else ran.lines
    assert [v["claim"] for v in verdicts] == [TRUE_CLAIM, "It is green"]
    message = verdicts[1]["failure"]["message"]
    assert "unknown key `expct`" in message and "`said_on` is not a date" in message


def test_folders_and_patterns_pass_over_the_files_of_the_tool(project: Path, cli: Any) -> None:
    (project / "corpus" / "sources.yaml").write_text("sources: []\n", encoding="utf-8")
    (project / "corpus" / "rows.csv").write_text("id,text\nr1,The toll is 30.\n")
    (project / ".github").mkdir()
    (project / ".github" / "ci.yml").write_text("on: push\n", encoding="utf-8")
    written = ["report.json", "report.jsonl", "report.csv"]
    outputs = [f"--output={name}" for name in written]
    assert cli("verify", *outputs, "--manifest", "run.json").code == 0
    assert cli("verify", "--baseline", "known.json", "--update-baseline").code == 0
    for name in (".", "*.*ml", "**/*.yaml", "*.json*", "*.csv", "report.json"):
        ran = cli("verify", name, "--format", "json")
        if name in (".", "*.*ml", "**/*.yaml"):
            assert ran.code == 0, ran.err
            assert {v["location"]["path"] for v in ran.json["verdicts"]} == {"claims.yaml"}
        elif name == "report.json":  # what is named is read
            assert (ran.code, ran.out) == (2, "")
            assert "no `claims` list" in ran.err
        else:
            assert (ran.code, ran.out) == (2, "")
            assert "no file fits this pattern" in ran.err
            assert "settings, sources and reports are passed over" in ran.err


def test_claims_in_the_folder_that_is_named_are_read_although_it_is_the_corpus(
    project: Path, cli: Any
) -> None:
    ran = cli("verify", ".", "--corpus", ".", "--format", "json")
    assert len(ran.json["verdicts"]) == 3


def test_csv_on_standard_input_is_told_to_come_as_a_file(project: Path, cli: Any) -> None:
    for text in ("claim;expect\nx;contested\n", "claim\nIt rains\n"):
        ran = cli("verify", "-", stdin=[text])
        assert (ran.code, ran.out) == (2, "")
        assert "standard input takes YAML or JSON, and this is CSV\n  <stdin>" in ran.err
        assert "hint: save it as a .csv file" in ran.err
