"""What `factcheck verify` writes: reports, summary, manifest, baseline, waivers, exit codes."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from factcheck.baseline import read_baseline


def test_a_report_can_go_to_stdout_through_output(project, cli) -> None:
    ran = cli("verify", "--output=json:-", "--output=a.md", "-q")
    assert ran.json["counts"]["supported"] == 1
    assert (project / "a.md").read_text(encoding="utf-8").startswith("#")
    assert not (project / "-").exists()
    assert cli("verify", "--output=json:-", "--output=csv:-").code == 2
    assert cli("verify", "--format=jsn").code == 2


def test_verbosity_reaches_files(project, cli) -> None:
    for flag in ("--quiet", "--verbose"):
        cli("verify", flag, "--output", f"a{flag}.txt")
    quiet = (project / "a--quiet.txt").read_text(encoding="utf-8")
    verbose = (project / "a--verbose.txt").read_text(encoding="utf-8")
    assert "cosine" in verbose and "cosine" not in quiet
    assert len(quiet) < len(verbose)


def test_github_gets_annotations_and_a_summary(project, cli, monkeypatch) -> None:
    summary = project / "summary.md"
    summary.write_text("before\n", encoding="utf-8")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(summary))
    ran = cli("verify", "--format=github", "--fail-on=contested")
    assert ran.code == 1
    assert ran.out.startswith("::error file=claims.yaml,line=3,")
    text = summary.read_text(encoding="utf-8")
    assert text.startswith("before\n## Fact check")
    assert "60 million crowns" in text
    cli("verify", "--format=json")
    assert summary.read_text(encoding="utf-8") == text


def test_several_claims_files_make_one_report_or_one_each(project, cli) -> None:
    folder = project / "desk"
    folder.mkdir()
    (folder / "good.yaml").write_text("- Building it cost 42 million crowns\n", encoding="utf-8")
    (folder / "bad.yaml").write_text("- Building it cost 60 million crowns\n", encoding="utf-8")
    ran = cli(
        "verify", "desk", "--fail-on=contested", "--report-per-file=out", "--output=all.json", "-q"
    )
    assert ran.code == 1
    whole = json.loads((project / "all.json").read_text(encoding="utf-8"))
    assert [v["claim_id"] for v in whole["verdicts"]] == ["c001", "desk/good.yaml:c001"]
    parts = {
        path.relative_to(project / "out").as_posix(): json.loads(path.read_text(encoding="utf-8"))
        for path in (project / "out").rglob("*.json")
    }
    assert {name: part["gate"]["passed"] for name, part in parts.items()} == {
        "desk/good.yaml.json": True,
        "desk/bad.yaml.json": False,
    }
    assert [len(part["verdicts"]) for part in parts.values()] == [1, 1]
    cli("verify", "desk", "--report-per-file=html:pages", "-q")
    assert len(list((project / "pages").rglob("*.html"))) == 2


def test_the_manifest_names_everything_that_was_used(project, cli) -> None:
    cli("verify", "--output=a.json", "--manifest=run.json", "--fail-on=contested", "-q")
    run = json.loads((project / "run.json").read_text(encoding="utf-8"))
    report = json.loads((project / "a.json").read_text(encoding="utf-8"))
    assert run["models"] == report["models"]
    assert run["corpus"]["sha256"] == report["corpus"]["sha256"]
    assert run["counts"] == report["counts"]
    claims = hashlib.sha256((project / "claims.yaml").read_bytes()).hexdigest()
    assert run["claims"] == [{"path": "claims.yaml", "sha256": claims, "claims": 3}]
    written = hashlib.sha256((project / "a.json").read_bytes()).hexdigest()
    assert run["reports"] == [{"path": "a.json", "sha256": written}]
    assert run["configuration"]["fail_on"] == {"value": ["contested"], "origin": "flag"}
    assert run["configuration"]["threads"]["origin"].endswith("factcheck.yaml:1:1")
    assert run["gate_passed"] is False
    assert run["started"] <= run["finished"]
    streamed = ("verify", "--format=jsonl", "--manifest=lines.json")
    cli(*streamed)
    lines = json.loads((project / "lines.json").read_text(encoding="utf-8"))
    assert lines["claims"] == run["claims"]
    assert lines["verdicts_from_cache"] == 3


def test_known_findings_pass_and_new_ones_fail(project, cli) -> None:
    strict = ("verify", "--fail-on=contested,unsupported", "--baseline=known.json")
    assert cli(*strict).code == 2  # there is none yet
    assert cli(*strict, "--update-baseline").code == 0
    assert len(read_baseline(project / "known.json").known) == 2
    passed = cli(*strict, "--format=json")
    assert passed.code == 0
    assert [f["rule"] for f in passed.json["gate"]["accepted"]] == ["contested", "unsupported"]
    with (project / "claims.yaml").open("a", encoding="utf-8") as file:
        file.write("  - claim: Building the bridge cost 70 million crowns\n")
    failed = cli(*strict, "--format=json")
    assert failed.code == 1
    assert [f["claim_id"] for f in failed.json["gate"]["findings"]] == ["c004"]
    assert cli("verify", "--update-baseline").code == 2


def test_a_suggested_waiver_lets_the_run_pass_until_it_expires(project, cli) -> None:
    run = ("verify", "--fail-on=contested", "--format=json")
    suggested = cli(*run, "--suggest-waivers")
    assert suggested.code == 1
    block = suggested.err[suggested.err.index("waivers:") :]
    block = block.replace("reason:", "reason: the sum is disputed").replace("by:", "by: the desk")
    config = project / "factcheck.yaml"
    config.write_text("threads: 1\n" + block.replace("until:", "until: 2999-01-01"), "utf-8")
    accepted = cli(*run)
    assert (accepted.code, accepted.err) == (0, "")
    assert accepted.json["gate"]["accepted"][0]["message"] == (
        "the claim is contested; accepted by the desk until 2999-01-01: the sum is disputed"
    )
    config.write_text("threads: 1\n" + block.replace("until:", "until: 2020-01-01"), "utf-8")
    expired = cli(*run, "--quiet")
    assert expired.code == 1
    assert "warning: waiver 1 (the desk, contested) expired on 2020-01-01" in expired.err


def test_no_claims_are_no_pass_unless_they_are_allowed(project, cli) -> None:
    (project / "claims.yaml").write_text("claims: []\n", encoding="utf-8")
    assert cli("verify").code == 2
    assert cli("verify", "--allow-empty").code == 0
    assert cli("verify", "-", "--format=jsonl", stdin=[]).code == 2
    assert cli("verify", "-", "--format=jsonl", "--allow-empty", stdin=[]).code == 0
    (project / "none").mkdir()
    assert cli("verify", "none").code == 2
    assert cli("verify", "none", "--allow-empty").code == 0


def test_errors_of_all_files_are_said_together(project, cli) -> None:
    (project / "b.yaml").write_text("- clam: x\n", encoding="utf-8")
    (project / "c.yaml").write_text("- {claim: x, expect: maybe}\n", encoding="utf-8")
    ran = cli("verify", "claims.yaml", "b.yaml", "c.yaml")
    assert ran.code == 2
    assert "b.yaml:1" in ran.err and "c.yaml:1" in ran.err
    going = cli("verify", "claims.yaml", "b.yaml", "c.yaml", "--keep-going", "--format=json")
    assert going.code == 1
    assert going.json["counts"]["failed"] == 2
    assert going.json["counts"]["supported"] == 1


def test_a_report_that_cannot_be_written_is_an_error_of_the_machine(project: Path, cli) -> None:
    (project / "file").write_text("", encoding="utf-8")
    ran = cli("verify", "--output=file/a.json")
    assert ran.code == 3
    assert "the report cannot be written" in ran.err


def test_a_pattern_stands_for_the_files_that_fit_it(project, cli) -> None:
    for name in ("desk/a.yaml", "desk/deep/b.yaml", "desk/deep/notes.txt"):
        path = project / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"- The bridge was opened on 3 May 2019, says {path.stem}\n", "utf-8")
    ran = cli("verify", "desk/**/*.yaml", "desk/deep/b.yaml", "--format=json").json
    assert [v["location"]["path"] for v in ran["verdicts"]] == ["desk/a.yaml", "desk/deep/b.yaml"]
    none = cli("verify", "desk/*.csv")
    assert none.code == 2
    assert "no file fits this pattern" in none.err
    odd = project / "odd[1].yaml"
    odd.write_text("- The bridge was opened on 3 May 2019\n", "utf-8")
    assert len(cli("verify", "odd[1].yaml", "--format=json").json["verdicts"]) == 1
