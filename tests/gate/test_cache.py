"""Kept verdicts: what they are found under, and that nothing stale can be found."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import sqlite3
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path

import pytest
from report_sample import sample_report

from factcheck import cache as cache_module
from factcheck import stamps
from factcheck.cache import CACHE_FILE, VerdictCache, for_claim
from factcheck.config import Config, default_config
from factcheck.models import registry
from factcheck.record_json import record_from_json, record_to_json
from factcheck.records import Claim, CorpusSummary, Failure, Label, Location, Verdict
from factcheck.stamps import FileHashes, corpus_stamp, model_stamp, tool_stamp

Make = Callable[..., Verdict]


@pytest.fixture(autouse=True)
def small_models(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Cards and weights of a few bytes in place of the shipped ones."""
    folder = tmp_path / "weights"
    folder.mkdir()
    for role in ("encoder", "verifier"):
        (folder / f"{role}.onnx").write_bytes(role.encode())
        (folder / "tokenizer.json").write_bytes(b"{}")
        card = {
            "card_version": 1,
            "name": f"tiny-{role}",
            "version": 1,
            "role": role,
            "file": f"{role}.onnx",
            "sha256": hashlib.sha256(role.encode()).hexdigest(),
            "tokenizer": "tokenizer.json",
            "tokenizer_sha256": hashlib.sha256(b"{}").hexdigest(),
            "max_tokens": 8,
            "base": "",
            "licence": "",
            "training_data": [],
        }
        (folder / f"{role}.json").write_text(json.dumps(card), encoding="utf-8")
    monkeypatch.setattr(registry, "find_card", partial(registry.find_card, folder=folder))
    return folder


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "corpus"
    (folder / "deep").mkdir(parents=True)
    (folder / "a.md").write_text("The bridge is old.\n", encoding="utf-8")
    (folder / "deep" / "b.md").write_text("The tower is new.\n", encoding="utf-8")
    (folder / "sources.yaml").write_text("sources: []\n", encoding="utf-8")
    return folder


@pytest.fixture
def config(corpus: Path) -> Config:
    return default_config().with_values({"corpus": str(corpus)})


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = tmp_path / ".factcheck"
    path.mkdir()
    return path


def keep(folder: Path, config: Config, *verdicts: Verdict) -> None:
    cache = VerdictCache(folder, config)
    assert cache.usable
    for verdict in verdicts:
        cache.put(verdict)
    cache.close()


def found(folder: Path, config: Config, claim: Claim) -> Verdict | None:
    cache = VerdictCache(folder, config)
    try:
        return cache.get(claim)
    finally:
        cache.close()


def test_a_kept_verdict_comes_back_with_every_bit(
    make_verdict: Make, folder: Path, config: Config
) -> None:
    verdict = make_verdict(Label.CONTESTED)
    keep(folder, config, verdict)
    assert found(folder, config, verdict.claim) == verdict


def test_every_field_of_every_record_survives() -> None:
    for verdict in sample_report().verdicts:
        assert record_from_json(Verdict, record_to_json(verdict)) == verdict


def test_the_same_words_under_another_id_and_line_have_the_same_verdict(
    make_verdict: Make, folder: Path, config: Config
) -> None:
    verdict = make_verdict(Label.CONTESTED)
    keep(folder, config, verdict)
    moved = replace(
        verdict.claim,
        id="c009",
        location=Location(path="other.yaml", line=40),
        tags=("new",),
        expect=Label.SUPPORTED,
    )
    again = found(folder, config, moved)
    assert again is not None
    assert again.claim == moved
    assert [item.claim_id for item in again.evidence] == ["c009"]
    assert for_claim(again, verdict.claim) == verdict


@pytest.mark.parametrize(
    "change",
    [
        {"text": "The bridge is older."},
        {"quote": "The bridge is old."},
        {"speaker": "Ida Berg"},
        {"said_on": date(2020, 1, 1)},
        {"as_of": date(2020, 1, 1)},
    ],
)
def test_another_claim_is_not_found(
    make_verdict: Make, folder: Path, config: Config, change: dict[str, object]
) -> None:
    verdict = make_verdict(Label.CONTESTED)
    keep(folder, config, verdict)
    assert found(folder, config, replace(verdict.claim, **change)) is None  # type: ignore[arg-type]


def _edit_byte(path: Path) -> None:
    """Change one byte, keeping size and time of change as they were."""
    status = path.stat()
    content = bytearray(path.read_bytes())
    content[-2] ^= 1
    path.write_bytes(content)
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))


@pytest.mark.parametrize("name", ["a.md", "deep/b.md", "sources.yaml"])
def test_one_byte_of_a_source_makes_every_verdict_anew(
    make_verdict: Make, folder: Path, config: Config, corpus: Path, name: str
) -> None:
    verdict = make_verdict(Label.CONTESTED)
    keep(folder, config, verdict)
    _edit_byte(corpus / name)
    assert found(folder, config, verdict.claim) is None


def test_a_new_a_removed_and_a_renamed_source_make_every_verdict_anew(
    make_verdict: Make, folder: Path, config: Config, corpus: Path
) -> None:
    verdict = make_verdict(Label.CONTESTED)
    keep(folder, config, verdict)
    (corpus / "c.md").write_text("More.\n", encoding="utf-8")
    assert found(folder, config, verdict.claim) is None
    (corpus / "c.md").unlink()
    assert found(folder, config, verdict.claim) == verdict
    (corpus / "a.md").rename(corpus / "z.md")
    assert found(folder, config, verdict.claim) is None
    (corpus / "z.md").unlink()
    assert found(folder, config, verdict.claim) is None


def test_one_byte_of_the_weights_makes_every_verdict_anew(
    make_verdict: Make, folder: Path, config: Config, small_models: Path
) -> None:
    verdict = make_verdict(Label.CONTESTED)
    keep(folder, config, verdict)
    (small_models / "verifier.onnx").write_bytes(b"verifies")
    # Weights that are not those of their card: only loading them can say what is wrong.
    assert not VerdictCache(folder, config).usable
    card = json.loads((small_models / "verifier.json").read_text(encoding="utf-8"))
    card["sha256"] = hashlib.sha256(b"verifies").hexdigest()
    (small_models / "verifier.json").write_text(json.dumps(card), encoding="utf-8")
    assert VerdictCache(folder, config).usable
    assert found(folder, config, verdict.claim) is None


def test_one_byte_of_a_card_or_of_the_code_changes_the_stamp_of_the_tool(tmp_path: Path) -> None:
    package = tmp_path / "package"
    shutil.copytree(
        stamps._PACKAGE, package, ignore=shutil.ignore_patterns("*.onnx", "__pycache__", "cli")
    )
    before = tool_stamp(package)
    assert tool_stamp(package) == before
    for name in ("models/weights/verifier.json", "models/weights/judgement.json", "verdict.py"):
        _edit_byte(package / name)
        after = tool_stamp(package)
        assert after != before, name
        before = after
    (package / "report" / "new.py").write_text("", encoding="utf-8")
    assert tool_stamp(package) == before


def test_a_setting_that_bears_on_verdicts_makes_them_anew_and_the_gate_does_not(
    make_verdict: Make, folder: Path, config: Config
) -> None:
    verdict = make_verdict(Label.CONTESTED)
    keep(folder, config, verdict)
    for change in (
        {"retrieval.passages": 13},
        {"policy.min_independent": 2},
        {"thresholds.supported": 0.9},
        {"policy.distrust": ["x"]},
    ):
        assert found(folder, config.with_values(change), verdict.claim) is None
    for change in (
        {"fail_on": ["contested"]},
        {"gate.tags": {"a": ["contested"]}},
        {"threads": 1},
    ):
        assert found(folder, config.with_values(change), verdict.claim) == verdict


def test_a_model_of_ones_own_is_known_by_all_its_files(
    make_verdict: Make, folder: Path, config: Config, tmp_path: Path
) -> None:
    own = tmp_path / "own"
    own.mkdir()
    (own / "config.json").write_text("{}", encoding="utf-8")
    chosen = config.with_values({"models.verifier": str(own)})
    first = model_stamp(chosen, FileHashes())
    (own / "config.json").write_text("[]", encoding="utf-8")
    assert first != model_stamp(chosen, FileHashes())
    unknown = config.with_values({"models.verifier": "somebody/model"})
    assert model_stamp(unknown, FileHashes()) is None
    assert not VerdictCache(folder, unknown).usable


def test_sources_that_change_while_claims_are_checked_leave_nothing_behind(
    make_verdict: Make, folder: Path, config: Config, corpus: Path
) -> None:
    verdict = make_verdict(Label.CONTESTED)
    cache = VerdictCache(folder, config)
    cache.put(verdict)
    _edit_byte(corpus / "a.md")
    cache.close()
    assert found(folder, config, verdict.claim) is None
    _edit_byte(corpus / "a.md")
    assert found(folder, config, verdict.claim) is None


def test_a_claim_that_could_not_be_checked_is_tried_again(
    make_verdict: Make, folder: Path, config: Config
) -> None:
    broken = make_verdict(None, failure=Failure(code="FC700", message="bad luck"))
    keep(folder, config, broken)
    assert found(folder, config, broken.claim) is None


def test_a_damaged_cache_is_started_anew_and_a_damaged_verdict_is_made_anew(
    make_verdict: Make, folder: Path, config: Config
) -> None:
    verdict = make_verdict(Label.CONTESTED)
    (folder / CACHE_FILE).write_bytes(b"not a database" * 100)
    keep(folder, config, verdict)
    assert found(folder, config, verdict.claim) == verdict
    with sqlite3.connect(folder / CACHE_FILE) as database:
        database.execute("UPDATE verdicts SET body = substr(body, 1, length(body) - 9)")
    database.close()
    assert found(folder, config, verdict.claim) is None


def test_a_file_that_was_just_written_is_read_every_time(corpus: Path) -> None:
    hashes = FileHashes()
    first = corpus_stamp(corpus, hashes)
    assert hashes.fresh == {}
    for path in (corpus / "a.md", corpus / "deep" / "b.md", corpus / "sources.yaml"):
        os.utime(path, (1, 1))
    # The time of the last change of anything cannot be set back: still too new to be trusted.
    assert (corpus_stamp(corpus, hashes), hashes.fresh) == (first, {})


def test_links_in_a_circle_end(corpus: Path) -> None:
    (corpus / "deep" / "up").symlink_to(corpus, target_is_directory=True)
    assert corpus_stamp(corpus, FileHashes()) is not None


def test_facts_of_a_run_are_given_only_with_the_index_they_came_from(
    folder: Path, config: Config
) -> None:
    summary = CorpusSummary(path="x", sources=2, origins=2, passages=2, sha256="0" * 64)
    cache = VerdictCache(folder, config)
    cache.keep_facts((), summary)
    assert cache.facts() is None  # no index at all
    database = sqlite3.connect(folder / "index.sqlite")
    database.execute("CREATE TABLE meta (key, value)")
    database.execute("INSERT INTO meta VALUES ('corpus_sha256', 'aa')")
    database.commit()
    cache.keep_facts((), summary)
    facts = cache.facts()
    assert facts is not None
    assert facts.corpus == replace(summary, path=Path(config["corpus"]).as_posix())
    database.execute("UPDATE meta SET value = 'bb'")
    database.commit()
    database.close()
    assert cache.facts() is None
    cache.close()


def test_the_oldest_verdicts_make_room(
    make_verdict: Make, folder: Path, config: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cache_module, "MAX_BYTES", 60_000)
    claims = []
    cache = VerdictCache(folder, config)
    for number in range(400):
        verdict = make_verdict(Label.CONTESTED, text=f"Claim {number}.")
        claims.append(verdict.claim)
        cache.put(verdict)
        if number % 50 == 49:
            cache.flush()
    kept = [cache.get(claim) is not None for claim in claims]
    cache.close()
    assert kept[-1] and not kept[0] and 20 < sum(kept) < 200
    assert (folder / CACHE_FILE).stat().st_size < 200_000
