"""`factcheck calibrate` end to end: given evidence, a source base, refusals, the file written."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

TOWNS = """Alden Brask Corran Dunmore Elling Farrow Gresk Hallow Ivrea Jostad Keswick Lomond Marsk
Norrby Ostrava Pellin Quarn Rossby Selkirk Tarvin Ulster Varde""".split()
SETTINGS = "# ours\nthreads: 1\ncache: false\nthresholds:\n  supported: 0.97  # careful\n"


def fact(number: int, crates: int | None = None) -> str:
    crates = 300 + 7 * number if crates is None else crates
    return f"The depot in {TOWNS[number]} stored {crates} crates of pears in May 2021."


def labelled() -> list[tuple[str, str, str]]:
    """Claim, label and evidence: 22 supported, 16 contested, 18 unsupported."""
    rows = [(fact(n), "supported", fact(n)) for n in range(22)]
    rows += [(fact(n, 900 + n), "contested", fact(n)) for n in range(16)]
    rows += [
        (f"A painter from {TOWNS[n]} won the lottery.", "unsupported", fact(n)) for n in range(18)
    ]
    return rows


@pytest.fixture
def rows(project: Path) -> str:
    (project / "factcheck.yaml").write_text(SETTINGS, encoding="utf-8")
    lines = [json.dumps({"claim": c, "label": label, "evidence": e}) for c, label, e in labelled()]
    (project / "rows.jsonl").write_text("\n".join(lines), encoding="utf-8")
    return "rows.jsonl"


def test_better_thresholds_are_written_and_the_rest_of_the_file_stays(
    project: Path, cli: Any, rows: str
) -> None:
    ran = cli("calibrate", rows, "--format", "json")
    assert ran.code == 0, ran.err
    result = ran.json
    assert result["counts"] == {"supported": 22, "contested": 16, "unsupported": 18}
    assert result["before"]["thresholds"]["supported"] == 0.97
    new = result["after"]["thresholds"]["supported"]
    assert new < 0.97
    assert result["after"]["accuracy"] > result["before"]["accuracy"]
    assert result["after"]["false_supported_rate"] <= result["before"]["false_supported_rate"]
    assert result["objections"] == []
    assert result["written"] == str(project / "factcheck.yaml")
    text = (project / "factcheck.yaml").read_text(encoding="utf-8")
    assert text.startswith("# ours\nthreads: 1\ncache: false\nthresholds:\n")
    assert f"supported: {new:g}  # careful\n" in text
    shown = cli("config", "--format", "json").json
    assert shown["thresholds.supported"]["value"] == new
    # A second fit starts from these and finds nothing better: the file is left alone.
    again = cli("calibrate", rows)
    assert again.code == 0
    assert "was left as it is" in again.err
    assert (project / "factcheck.yaml").read_text(encoding="utf-8") == text


def test_a_dry_run_shows_the_lines_and_writes_nothing(project: Path, cli: Any, rows: str) -> None:
    ran = cli("calibrate", rows, "--dry-run")
    assert ran.code == 0
    assert "would write into" in ran.err and "thresholds:\n  supported: " in ran.err
    before, after = (line.split() for line in ran.out.splitlines() if line[:3] in ("bef", "aft"))
    assert before[0] == "before" and before[1] == "0.97"
    assert after[0] == "after" and float(after[3]) > float(before[3])
    assert "evidence that was given" in ran.out
    assert (project / "factcheck.yaml").read_text(encoding="utf-8") == SETTINGS


def test_settings_in_toml_are_shown_not_written(project: Path, cli: Any, rows: str) -> None:
    (project / "factcheck.yaml").unlink()
    toml = "[tool.factcheck]\nthreads = 1\ncache = false\nthresholds = {supported = 0.97}\n"
    (project / "pyproject.toml").write_text(toml, encoding="utf-8")
    ran = cli("calibrate", rows)
    assert ran.code == 0
    assert "[tool.factcheck.thresholds]\nsupported = " in ran.err
    assert (project / "pyproject.toml").read_text(encoding="utf-8") == toml


def test_too_few_labelled_claims_are_refused(project: Path, cli: Any) -> None:
    lines = [json.dumps({"claim": c, "label": label, "evidence": e}) for c, label, e in labelled()]
    (project / "few.jsonl").write_text("\n".join(lines[:30]), encoding="utf-8")
    ran = cli("calibrate", "few.jsonl")
    assert ran.code == 2
    assert "error[FC405]: too few labelled claims" in ran.err
    assert "22 supported and 8 others, where 20 and 30 are the least" in ran.err
    assert cli("calibrate", "nowhere.yaml").code == 2


def test_claims_are_judged_against_the_source_base(project: Path, cli: Any) -> None:
    few = "retrieval:\n  passages: 2\n  candidates: 8\n"
    (project / "factcheck.yaml").write_text(SETTINGS + few, encoding="utf-8")
    facts = "\n\n".join(fact(n) for n in range(22))
    (project / "corpus" / "depots.md").write_text(f"# Depots\n\n{facts}\n", encoding="utf-8")
    said = 'The mayor said: "Nobody will miss the long queue at the ferry."\n'
    (project / "corpus" / "said.txt").write_text(said, encoding="utf-8")
    entries = [f"- claim: {claim}\n  expect: {label}\n" for claim, label, _ in labelled()]
    quote = '- quote: "Nobody will miss the long queue"\n  expect: supported\n'
    (project / "claims.yaml").write_text("".join([*entries, quote, "- What else?\n"]), "utf-8")
    ran = cli("calibrate", "claims.yaml", "--format", "json", "--dry-run")
    assert ran.code == 0, ran.err
    assert ran.json["counts"] == {"supported": 22, "contested": 16, "unsupported": 18}
    assert ran.json["left_out"] == {
        "quotations, which their words decide": 1,
        "without an expected label": 1,
    }
    assert ran.json["notes"] == []
    # The figures before are those of `verify` with the settings in force.
    report = cli("verify", "claims.yaml", "--format", "json").json
    given = [v["label"] for v in report["verdicts"]][: len(entries)]
    right = [label == answer for (_, label, _), answer in zip(labelled(), given, strict=True)]
    assert ran.json["before"]["accuracy"] == pytest.approx(sum(right) / len(right), abs=1e-6)
