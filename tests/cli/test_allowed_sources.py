"""Claims whose filter leaves no source, and which sources `factcheck sources` calls unused."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import factcheck.pipeline
from factcheck.pipeline import Models

TYPO = """\
claims:
  - claim: Building the bridge cost 42 million crowns
    sources: {include: ["brigde.md"]}
  - claim: The mayor cut the ribbon
    sources: {include: ["brigde.md", "bridge.md"]}
  - claim: Building the bridge cost 42 million crowns
    as_of: 2018-01-01
"""
WARNINGS = """\
warning[FC211]: claim "c001" and 1 other: no source matches the pattern "brigde.md"
  claims.yaml:2
hint: did you mean `bridge.md`?
warning[FC211]: claim "c003": no source was allowed: none that the claim may use was published by \
2018-01-01
  claims.yaml:6
hint: `factcheck sources` lists the ids and paths of all sources
"""


@pytest.fixture(autouse=True)
def one_set_of_models(models: Models, monkeypatch: pytest.MonkeyPatch) -> None:
    """The models of the session instead of new ones for every command: the same, but at once."""
    monkeypatch.setattr(factcheck.pipeline, "load_models", lambda config=None: models)


def test_a_filter_that_leaves_no_source_is_named_with_the_nearest_source(project, cli) -> None:
    (project / "claims.yaml").write_text(TYPO, encoding="utf-8")
    ran = cli("verify", "claims.yaml", "--quiet", "--format", "json")
    assert WARNINGS in ran.err
    assert [(item["label"], item["basis"]) for item in ran.json["verdicts"]][::2] == [
        ("unsupported", "no_evidence"),
        ("unsupported", "no_evidence"),
    ]
    assert ran.json["verdicts"][0]["reasons"] == [
        'No source was allowed: no source matches "brigde.md".'
    ]
    again = cli("verify", "claims.yaml", "--format", "json")  # verdicts of the cache
    assert WARNINGS in again.err
    assert again.out == ran.out
    assert WARNINGS in cli("verify", "claims.yaml", "--format", "jsonl").err


def test_a_terminal_report_never_says_that_no_source_speaks_when_none_may(project, cli) -> None:
    ran = cli("ask", "Building the bridge cost 42 million crowns", "--source", "nope*")
    assert "No source that may be used speaks of it." in ran.out
    assert "No source was allowed: no source matches" in ran.out
    assert "No source speaks" not in ran.out
    assert 'claim "c001": no source matches the pattern "nope*"\n  command line:1\n' in ran.err
    assert "did you mean" not in ran.err


def test_a_name_without_its_folder_is_near(project, cli) -> None:
    folder = project / "corpus" / "archive" / "of" / "the" / "council"
    folder.mkdir(parents=True)
    (project / "corpus" / "bridge.md").rename(folder / "bridge.md")
    ran = cli("ask", "The mayor cut the ribbon", "--source", "bridge.md")
    assert "hint: did you mean `archive/of/the/council/bridge.md`?\n" in ran.err


def test_filters_that_match_give_no_warning(project, cli) -> None:
    assert "warning" not in cli("ask", "The mayor cut the ribbon", "--source", "bri*").err
    assert "warning" not in cli("verify", "claims.yaml").err


def test_a_named_source_that_is_retracted_is_not_said_to_be_silent(project, cli) -> None:
    gone = "---\nretracted: true\n---\n\nThe tower of Varde is 80 metres high.\n"
    (project / "corpus" / "gone.md").write_text(gone, encoding="utf-8")
    draft = "The tower of Varde is 80 metres high [@gone].\n"
    (project / "draft.md").write_text(draft, encoding="utf-8")
    ran = cli("check", "draft.md", "--format", "json")
    (verdict,) = ran.json["verdicts"]
    assert "The source that the draft names (gone.md) may not be used." in verdict["reasons"]
    assert "FC211" not in ran.err


def test_one_retracted_row_leaves_the_other_rows_of_its_file_in_use(project: Path, cli) -> None:
    rows = [
        {"id": "a", "text": "The dam of Lindholm was built in 1950."},
        {"id": "b", "text": "The ferry of Lindholm sank in 1999.", "retracted": True},
    ]
    lines = "".join(json.dumps(row) + "\n" for row in rows)
    (project / "corpus" / "x.jsonl").write_text(lines, encoding="utf-8")
    listed = cli("sources", "--format", "json").json["sources"]
    found = {row["id"]: row["set_aside"] for row in listed}
    assert found == {"a": None, "b": '"b" is not used: it is retracted', "bridge.md": None}
    shown = cli("sources").out.splitlines()
    assert [line for line in shown if "not used" in line] == [
        'no date     b  x.jsonl  [not used: "b" is not used: it is retracted]'
    ]


def test_an_exclusion_that_matches_no_source_is_named(project, cli) -> None:
    (project / "claims.yaml").write_text(
        "claims:\n  - claim: The mayor cut the ribbon\n    sources: {exclude: [brigde.md]}\n",
        encoding="utf-8",
    )
    ran = cli("verify", "claims.yaml", "--quiet", "--format", "json")
    assert (
        'warning[FC211]: claim "c001": no source matches the pattern "brigde.md" under `exclude`\n'
        "  claims.yaml:2\nhint: did you mean `bridge.md`?\n"
    ) in ran.err
    assert len(ran.json["verdicts"]) == 1


def test_an_exclusion_that_matches_is_not_warned_of(project, cli) -> None:
    (project / "claims.yaml").write_text(
        "claims:\n  - claim: The mayor cut the ribbon\n    sources: {exclude: [bridge.md]}\n",
        encoding="utf-8",
    )
    assert "no source matches" not in cli("verify", "claims.yaml", "--quiet").err
