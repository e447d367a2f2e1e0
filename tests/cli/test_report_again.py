"""`factcheck report --replay` and `factcheck diff`."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest


@pytest.fixture
def saved(project: Path, cli) -> Path:
    cli("verify", "--output=a.json", "-q")
    return project / "a.json"


def tamper(path: Path, change: Callable[[Any], None]) -> None:
    report = json.loads(path.read_text(encoding="utf-8"))
    change(report)
    path.write_text(json.dumps(report), encoding="utf-8")


def edit_source(project: Path, old: str, new: str) -> None:
    path = project / "corpus" / "bridge.md"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_a_report_holds_while_nothing_has_changed(saved: Path, cli) -> None:
    ran = cli("report", "a.json", "--replay", "--format=json")
    assert ran.code == 0, ran.out
    assert ran.json["holds"] is True
    assert ran.json["spans"] >= 3
    assert ran.json["comparison"]["counts"]["same"] == 3
    assert cli("report", "a.json", "--replay").out.endswith("The report holds.\n")


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (lambda r: r["verdicts"][1].update(label="supported"), "contested"),
        (lambda r: r["verdicts"][1].update(confidence=0.999), "of other numbers: confidence"),
        (
            lambda r: r["verdicts"][0]["evidence"][0].update(text="The bridge was closed."),
            "does not say what the report quotes",
        ),
        (
            lambda r: r["verdicts"][0]["evidence"][0].update(publisher="The Crown"),
            "evidence[0].publisher",
        ),
        (
            lambda r: r["verdicts"][0]["evidence"][0].update(source_id="ghost.md"),
            "there is no source ghost.md any more",
        ),
        (
            lambda r: r["gate"].update(
                passed=False, findings=[{"claim_id": "c001", "rule": "expect", "message": "x"}]
            ),
            "its gate names expect of c001",
        ),
        (lambda r: r["config"].update(fail_on=["contested"]), "leaves out contested of c002"),
        (lambda r: r["config"].update({"retrieval.passages": "many"}), "cannot be used"),
    ],
)
def test_a_report_that_was_tampered_with_does_not_hold(
    saved: Path, cli, change: Callable[[Any], None], expected: str
) -> None:
    tamper(saved, change)
    ran = cli("report", "a.json", "--replay", "--verbose")
    assert ran.code == 1
    assert expected in ran.out
    assert ran.out.endswith("The report does not hold today.\n")


def test_an_edited_source_is_named_with_what_it_changed(project: Path, saved: Path, cli) -> None:
    edit_source(project, "cost 42\n", "cost 60\n")
    ran = cli("report", "a.json", "--replay", "--format=json")
    assert ran.code == 1
    kinds = {finding["kind"] for finding in ran.json["findings"]}
    assert kinds == {"edited"}
    messages = " ".join(finding["message"] for finding in ran.json["findings"])
    assert "bridge.md was edited; the passage is not in it any more" in messages
    assert "bridge.md was edited; the passage is as it was" in messages
    labels = [c for c in ran.json["comparison"]["changes"] if c["kind"] == "label"]
    assert [(c["claim_id"], c["before"], c["after"]) for c in labels] == [
        ("c002", "contested", "supported")
    ]
    assert "bridge.md was edited" in labels[0]["why"]


def test_a_model_that_was_updated_is_named(saved: Path, cli) -> None:
    tamper(saved, lambda r: r["models"][1].update(sha256="0" * 64))
    ran = cli("report", "a.json", "--replay")
    assert ran.code == 0  # it changes no verdict
    assert "was updated (00000000 to " in ran.out


def test_the_replay_uses_the_settings_of_the_report(project: Path, saved: Path, cli) -> None:
    (project / "factcheck.yaml").write_text(
        "threads: 1\nfail_on: contested\npolicy: {min_independent: 2}\n", encoding="utf-8"
    )
    assert cli("report", "a.json", "--replay").code == 0
    assert cli("report", "a.json", "--replay", "--output=b.html").code == 2


def test_diff_names_what_changed_and_why(project: Path, saved: Path, cli) -> None:
    edit_source(project, "cost 42\n", "cost 60\n")
    claims = project / "claims.yaml"
    text = claims.read_text(encoding="utf-8")
    text = text.replace("  - claim: A comet was seen over the harbour of Zanzibar\n", "")
    claims.write_text(text + "  - claim: Ida Berg is the mayor\n", encoding="utf-8")
    cli("verify", "--output=b.json", "-q", "--fail-on=none")
    ran = cli("diff", "a.json", "b.json", "--format=json")
    assert ran.code == 0
    changes = {(c["claim_id"], c["kind"]): c for c in ran.json["changes"]}
    label = changes["c002", "label"]
    assert (label["before"], label["after"]) == ("contested", "supported")
    assert label["why"][0] == "bridge.md was edited"
    # The id c003 passed to another claim: the old one was reworded, as far as anyone can tell.
    reworded = changes.get(("c003", "label")) or changes["c003", "details"]
    assert "the claim was reworded" in reworded["why"]
    assert "the source base was changed" in ran.json["run"]
    assert "the setting fail_on was ['expect', 'altered'] and is ['none']" in ran.json["run"]
    assert cli("diff", "a.json", "b.json", "--exit-code").code == 1
    assert "contested -> supported" in cli("diff", "a.json", "b.json").out


def test_a_report_does_not_differ_from_itself(saved: Path, cli) -> None:
    ran = cli("diff", "a.json", "a.json", "--exit-code", "--format=json")
    assert ran.code == 0
    assert ran.json == {
        "run": [],
        "counts": {"label": 0, "details": 0, "added": 0, "removed": 0, "same": 3},
        "changes": [],
    }
    assert cli("diff", "a.json", "missing.json").code == 2
