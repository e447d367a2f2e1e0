"""The cases: every folder is well formed, and, when asked for, how many are judged rightly."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from factcheck.claims import load_claims
from factcheck.sources import apply_manifest, list_corpus_files, read_file, read_manifest

CASES = Path(__file__).parent / "cases"
FOLDERS = sorted(path.parent for path in CASES.glob("*/*/claims.yaml"))
SLOW = pytest.mark.skipif(
    os.environ.get("FACTCHECK_SLOW") != "1",
    reason="verifies some hundred claims, which takes minutes; set FACTCHECK_SLOW=1",
)


def name_of(folder: Path) -> str:
    return folder.relative_to(CASES).as_posix()


def known_tags() -> set[str]:
    """The tags that the description of the cases explains."""
    text = (CASES / "README.md").read_text(encoding="utf-8").split("## Tags")[1]
    return set(re.findall(r"`([a-z0-9-]+)`", text))


def test_each_subject_is_in_one_half_only_and_has_claims() -> None:
    halves = {
        half: {path.name for path in (CASES / half).iterdir()} for half in ("develop", "measure")
    }
    assert halves["develop"] & halves["measure"] == set()
    assert {name_of(folder) for folder in FOLDERS} == {
        f"{half}/{name}" for half, names in halves.items() for name in names
    }


@pytest.mark.parametrize("folder", FOLDERS, ids=name_of)
def test_every_claim_has_its_number_label_and_known_tags(folder: Path) -> None:
    claims = load_claims(folder / "claims.yaml")
    known = known_tags()
    for claim in claims:
        assert re.fullmatch(rf"{folder.name}-\d+", claim.id), claim.id
        assert claim.expect is not None, claim.id
        assert set(claim.tags) <= known, (claim.id, set(claim.tags) - known)
        assert len({"positive", "negative"} & set(claim.tags)) == 1, claim.id
        assert len(set(claim.tags)) >= 2, claim.id
    assert len({claim.text for claim in claims}) == len(claims)


@pytest.mark.parametrize("folder", FOLDERS, ids=name_of)
def test_every_source_is_read_without_a_problem(folder: Path) -> None:
    files, problems = list_corpus_files(folder / "sources")
    assert problems == []
    assert files
    sources = []
    for file in files:
        found, problems = read_file(folder / "sources", file.path)
        assert problems == []
        sources += found
    described, problems = apply_manifest(sources, read_manifest(folder / "sources"))
    assert list(problems) == []
    for source in described:
        if source.format != "csv":
            assert source.published is not None, source.path
            assert source.publisher, source.path


def run_cases(folder: Path, *args: str) -> dict[str, object]:
    """Run the benchmark and read its result."""
    subprocess.run(
        [sys.executable, "benchmarks/cases.py", *args],
        cwd=CASES.parent.parent,
        env={**os.environ, "FACTCHECK_RESULTS": str(folder)},
        check=True,
        capture_output=True,
    )
    result: dict[str, object] = json.loads((folder / "cases.json").read_text(encoding="utf-8"))
    return result


@SLOW
@pytest.mark.slow
@pytest.mark.parametrize("split", ["develop", "measure"])
def test_the_cases_are_judged_better_than_by_guessing(split: str, tmp_path: Path) -> None:
    figures = run_cases(tmp_path, "--split", split)["splits"][split]  # type: ignore[index]
    assert figures["failed"] == 0
    folders = [folder for folder in FOLDERS if folder.parent.name == split]
    assert figures["n"] == sum(len(load_claims(folder / "claims.yaml")) for folder in folders)
    assert figures["accuracy"] > figures["majority_accuracy"]
    assert figures["false_supported_rate"] < 0.2
