"""`factcheck verify` twice: the second time without a model, never with a stale verdict."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from factcheck.cache import CACHE_FILE

HEAVY = ("numpy", "onnxruntime", "faiss", "tokenizers", "torch", "sentence_transformers", "lxml")


def labels(path: Path) -> list[str]:
    return [v["label"] for v in json.loads(path.read_text(encoding="utf-8"))["verdicts"]]


def test_an_unchanged_run_imports_no_model_and_gives_the_same_bytes(project, cli) -> None:
    outputs = [f"--output=a.{ending}" for ending in ("json", "html", "md", "csv", "sarif", "xml")]
    first = cli("verify", "--format=json", *outputs)
    assert (first.code, first.json["counts"]["contested"]) == (0, 1)
    before = {path.name: path.read_bytes() for path in project.glob("a.*")}
    code = (
        "import sys; from factcheck.cli import run; "
        f"rc = run(['verify', '-v', '--format=json', *{outputs!r}]); "
        f"print([m for m in {HEAVY!r} if m in sys.modules], file=sys.stderr); sys.exit(rc)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, cwd=project, encoding="utf-8"
    )
    assert done.returncode == 0, done.stderr
    assert "3 verdicts from the cache, 0 made" in done.stderr
    assert done.stderr.splitlines()[-1] == "[]"
    assert done.stdout == first.out
    assert {path.name: path.read_bytes() for path in project.glob("a.*")} == before
    anew = cli("verify", "-v", "--format=json", "--no-cache", *outputs)
    assert "0 verdicts from the cache, 3 made" in anew.err
    assert anew.out == first.out
    assert {path.name: path.read_bytes() for path in project.glob("a.*")} == before


def test_a_changed_figure_in_a_source_changes_the_verdict(project, cli) -> None:
    assert cli("verify", "--output=a.json", "-q").code == 0
    source = project / "corpus" / "bridge.md"
    text = source.read_text(encoding="utf-8")
    source.write_text(text.replace("cost 42\n", "cost 60\n"), encoding="utf-8")
    second = cli("verify", "--output=b.json", "-v")
    assert "0 verdicts from the cache, 3 made" in second.err
    assert labels(project / "a.json") == ["supported", "contested", "unsupported"]
    assert labels(project / "b.json") == ["supported", "supported", "unsupported"]
    source.write_text(text, encoding="utf-8")
    third = cli("verify", "--output=c.json", "-v")
    # The index speaks of the old text again only after it was brought up to date.
    assert labels(project / "c.json") == labels(project / "a.json")
    assert third.code == 0


def test_only_new_claims_are_made(project, cli) -> None:
    cli("verify", "-q")
    claims = project / "claims.yaml"
    text = claims.read_text(encoding="utf-8").replace(
        "claims:\n", "claims:\n  - claim: Ida Berg cut the ribbon\n"
    )
    claims.write_text(text, encoding="utf-8")
    second = cli("verify", "--format=json", "-v")
    assert "3 verdicts from the cache, 1 made" in second.err
    assert [v["claim_id"] for v in second.json["verdicts"]] == ["c001", "c002", "c003", "c004"]
    assert second.out == cli("verify", "--format=json", "--no-cache").out


def test_another_setting_makes_verdicts_anew_and_another_gate_does_not(project, cli) -> None:
    cli("verify", "-q")
    (project / "factcheck.yaml").write_text(
        "threads: 1\nretrieval: {passages: 3}\n", encoding="utf-8"
    )
    assert "0 verdicts from the cache, 3 made" in cli("verify", "-v").err
    strict = cli("verify", "-v", "--fail-on=contested")
    assert strict.code == 1
    assert "3 verdicts from the cache, 0 made" in strict.err


def test_without_its_index_a_run_is_made_anew(project, cli) -> None:
    cli("verify", "-q")
    (project / ".factcheck" / "index.sqlite").unlink()
    assert cli("verify", "--locked").code == 3
    again = cli("verify", "-v")
    assert again.code == 0
    assert (project / ".factcheck" / CACHE_FILE).is_file()


def test_problems_of_sources_are_named_from_the_cache_too(project, cli) -> None:
    (project / "corpus" / "empty.pdf").write_bytes(b"")
    first = cli("verify")
    second = cli("verify", "-v")
    assert "0 made" in second.err
    warning = next(line for line in first.err.splitlines() if line.startswith("warning"))
    assert warning in second.err
    assert cli("verify", "--strict").code == 2
