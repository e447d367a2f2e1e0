"""The worked example: what every report promises, whatever the models think of a claim."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from town import UNSAVED

from factcheck.claims import load_claims
from factcheck.index.opened import Index
from factcheck.pipeline import Models, verify
from factcheck.records import (
    Basis,
    Claim,
    Label,
    Report,
    Stance,
)
from factcheck.report.registry import render
from factcheck.sources import apply_manifest, list_corpus_files, read_file, read_manifest

# Of every kind: dates, numbers, filters, an `as_of`, transcripts, a table, a PDF, quotations.
SUBSET = (
    "recognition",
    "recognition-reversed",
    "casualties",
    "casualties-belgrade-only",
    "displaced-early",
    "embargo-vote",
    "drones-goggles",
    "drones-before",
    "duration-retracted",
    "president-partial-quote",
    "quote-altered",
    "quote-across-cues",
    "quote-across-lines",
    "quote-spliced",
    "quote-not-found",
)


# --- the worked example ---------------------------------------------------------------------------


@pytest.fixture(scope="module")
def example_claims(root: Path) -> tuple[Claim, ...]:
    open_misses = load_claims(root / "tests" / "cases" / "example" / "claims.yaml")
    return (*load_claims(root / "claims.yaml"), *open_misses)


@pytest.fixture(scope="module")
def chosen(example_claims: Sequence[Claim]) -> list[Claim]:
    by_id = {claim.id: claim for claim in example_claims}
    return [by_id[name] for name in SUBSET]


@pytest.fixture(scope="module")
def whole(example_claims: Sequence[Claim], example_index: Index, models: Models) -> Report:
    """The report of the whole example."""
    return verify(example_claims, example_index, models=models, config=UNSAVED)


def printed(report: Report) -> dict[str, str]:
    """Each verdict as the JSON report prints it, by claim id."""
    verdicts = json.loads(render(report, "json"))["verdicts"]
    return {verdict["claim_id"]: json.dumps(verdict, sort_keys=True) for verdict in verdicts}


def test_every_claim_of_the_example_has_a_verdict(
    whole: Report, example_claims: Sequence[Claim]
) -> None:
    assert [verdict.claim for verdict in whole.verdicts] == list(example_claims)
    assert [v.claim.id for v in whole.verdicts if v.failure is not None] == []


def test_every_piece_of_evidence_is_an_exact_span_of_the_file_it_names(
    whole: Report, root: Path
) -> None:
    # Read from the files again, not from the index.
    corpus = root / "corpus"
    files, _ = list_corpus_files(corpus)
    read = [source for file in files for source in read_file(corpus, file.path)[0]]
    sources = {s.id: s for s in apply_manifest(read, read_manifest(corpus))[0]}
    seen = 0
    for verdict in whole.verdicts:
        for item in verdict.evidence:
            source = sources[item.source_id]
            assert source.text[item.start : item.end] == item.text
            assert item.source_sha256 == hashlib.sha256(source.text.encode()).hexdigest()
            assert item.path == source.path
            assert item.text.strip() != ""
            assert item.place, f"{item.source_id}@{item.start} has no place"
            assert source.text[: item.start].endswith(item.context_before)
            assert source.text[item.end :].startswith(item.context_after)
            assert all(0 <= s < e <= len(item.text) for s, e in item.highlights)
            seen += 1
        quote = verdict.quote
        for place in (quote.best, *quote.others) if quote and quote.best else ():
            assert sources[place.source_id].text[place.start : place.end] == place.text
            assert place.place, f"{place.source_id}@{place.start} has no place"
    assert seen > len(whole.verdicts)


def test_no_verdict_of_the_example_rests_on_what_the_claim_may_not_use(whole: Report) -> None:
    used = {(v.claim.as_of, item.source_id) for v in whole.verdicts for item in v.evidence}
    assert [source for _, source in used if source == "ngo-key-figures"] == []  # retracted
    # Superseded in October; before, it was the word in force.
    since = [day for day, source in used if source == "wire-battalion-august"]
    assert all(day is not None and day < date(2025, 10, 6) for day in since)
    by_id = {verdict.claim.id: verdict for verdict in whole.verdicts}
    only = by_id["casualties-belgrade-only"].evidence
    assert only and all(item.path.startswith("belgrade/") for item in only)
    for verdict in whole.verdicts:
        if verdict.claim.as_of is not None:
            dates = [item.published for item in verdict.evidence if item.published is not None]
            assert all(day <= verdict.claim.as_of for day in dates)


def test_probabilities_of_the_example_sum_to_one_and_give_the_confidence(whole: Report) -> None:
    for verdict in whole.verdicts:
        shares = verdict.probabilities
        total = shares.supported + shares.contested + shares.unsupported
        assert total == pytest.approx(1.0, abs=5e-6)
        assert verdict.label is not None
        assert verdict.confidence == getattr(shares, verdict.label.value)


def test_the_report_counts_origins_and_not_sources(whole: Report) -> None:
    # Two passages that are read as one are one origin.
    for verdict in whole.verdicts:
        if verdict.quote is None:
            for_ = {i.joint or i.origin for i in verdict.evidence if i.stance is Stance.SUPPORTS}
            against = {i.origin for i in verdict.evidence if i.stance is Stance.REFUTES}
            assert (verdict.origins_for, verdict.origins_against) == (len(for_), len(against))


def test_the_recognition_of_kosovo_is_supported(whole: Report) -> None:
    (verdict,) = [v for v in whole.verdicts if v.claim.id == "recognition"]
    assert verdict.claim.text == "Turkey recognised Kosovo on 18 Feb 2008"
    assert (verdict.label, verdict.basis) == (Label.SUPPORTED, Basis.ENTAILED)
    assert any("18 Feb" in i.text for i in verdict.evidence if i.stance is Stance.SUPPORTS)


def test_the_death_toll_of_the_bombing_is_contested(whole: Report) -> None:
    (verdict,) = [v for v in whole.verdicts if v.claim.id == "casualties"]
    assert verdict.claim.text == "NATO strikes killed over 2,500"
    assert verdict.label is Label.CONTESTED
    assert any("500" in i.text for i in verdict.evidence if i.stance is Stance.REFUTES)


# --- the same input gives the same bytes ----------------------------------------------------------


def test_claims_alone_and_in_another_order_get_the_same_bytes(
    whole: Report, chosen: Sequence[Claim], example_index: Index, models: Models
) -> None:
    expected = {name: text for name, text in printed(whole).items() if name in SUBSET}
    backwards = verify(list(reversed(chosen)), example_index, models=models, config=UNSAVED)
    assert [v.claim.id for v in backwards.verdicts] == list(reversed(SUBSET))
    assert printed(backwards) == expected
    for claim in chosen:
        alone = verify([claim], example_index, models=models, config=UNSAVED)
        assert printed(alone) == {claim.id: expected[claim.id]}


def test_a_second_run_on_an_index_opened_anew_gives_the_same_report(
    chosen: Sequence[Claim], example_index: Index, models: Models
) -> None:
    first = verify(chosen, example_index, models=models, config=UNSAVED)
    again = Index.open(
        example_index.corpus, index_dir=example_index.folder, encoder=models.encoder, locked=True
    )
    second = verify(chosen, again, models=models, config=UNSAVED)
    again.close()
    assert render(first, "json").encode() == render(second, "json").encode()


def test_another_process_with_other_hash_seeds_gives_the_same_bytes(
    chosen: Sequence[Claim], example_index: Index, models: Models, tmp_path: Path
) -> None:
    # The order of sets of texts differs from process to process: nothing may depend on it.
    script = (
        "import sys\n"
        "from pathlib import Path\n"
        "from factcheck import Index, load_claims, load_models, render, verify\n"
        "from factcheck.config import default_config\n"
        "claims, corpus, folder, names, target = sys.argv[1:]\n"
        "wanted = [c for c in load_claims(claims) if c.id in names.split(',')]\n"
        "models = load_models()\n"
        "index = Index.open(corpus, index_dir=folder, encoder=models.encoder, locked=True)\n"
        "config = default_config().with_values({'cache': False})\n"
        "text = render(verify(wanted, index, models=models, config=config), 'json')\n"
        "Path(target).write_text(text, encoding='utf-8', newline='\\n')\n"
    )
    location = chosen[0].location
    assert location is not None
    seed = "7" if os.environ.get("PYTHONHASHSEED") != "7" else "8"
    given = (location.path, example_index.corpus, example_index.folder, ",".join(SUBSET))
    subprocess.run(
        [sys.executable, "-c", script, *map(str, given), str(tmp_path / "other.json")],
        check=True,
        env={**os.environ, "PYTHONHASHSEED": seed},
        cwd=Path(__file__).parent.parent,
    )
    of_file = [c for c in chosen if c.location and c.location.path == location.path]
    in_order = sorted(of_file, key=lambda claim: claim.location.line)  # type: ignore[union-attr]
    here = render(verify(in_order, example_index, models=models, config=UNSAVED), "json")
    assert (tmp_path / "other.json").read_text(encoding="utf-8") == here


def renamed(path: str, number: int) -> str:
    """A name in the same folder that sorts the other way round."""
    folder, _, name = path.rpartition("/")
    return f"{folder}/{999 - number:03d}-{name}" if folder else f"{999 - number:03d}-{name}"


def rename_corpus(corpus: Path, target: Path) -> dict[str, str]:
    """Copy a corpus with every file renamed, so that the files come in reverse order.

    Returns:
        New path to old path.
    """
    files, _ = list_corpus_files(corpus)
    new_of = {file.path: renamed(file.path, n) for n, file in enumerate(files)}
    for old, new in new_of.items():
        (target / new).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(corpus / old, target / new)
    listed = yaml.safe_load((corpus / "sources.yaml").read_text(encoding="utf-8"))
    for entry in listed["sources"]:
        for key in ("path", "derived_from", "supersedes"):
            if entry.get(key) in new_of:
                entry[key] = new_of[entry[key]]
    (target / "sources.yaml").write_text(yaml.safe_dump(listed), encoding="utf-8")
    return {new: old for old, new in new_of.items()}


def with_old_names(verdict: str, index: Index, old_of: dict[str, str]) -> dict[str, Any]:
    """A printed verdict with the new file names replaced; an origin becomes its members."""

    def old_name(name: str) -> str:
        path, hash_, row = name.partition("#")
        return old_of.get(path, path) + hash_ + row

    members: dict[str, list[str]] = {}
    for source in index.sources:
        members.setdefault(index.origin(source.id), []).append(old_name(source.id))
    data: dict[str, Any] = json.loads(verdict)
    for item in data["evidence"]:
        item["source_id"], item["path"] = old_name(item["source_id"]), old_name(item["path"])
        item["origin"] = sorted(members[item["origin"]])
    quote = data["quote"] or {}
    for place in (quote, *quote.get("others", ())):
        for key in ("source_id", "path"):
            if place.get(key):
                place[key] = old_name(place[key])
    return data


@pytest.fixture(scope="module")
def renamed_index(
    root: Path, example_index: Index, models: Models, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Index, dict[str, str]]]:
    """The example with its files renamed, on a copy of the index so that vectors are kept."""
    folder = tmp_path_factory.mktemp("renamed")
    old_of = rename_corpus(root / "corpus", folder / "corpus")
    shutil.copytree(example_index.folder, folder / "index")
    index = Index.open(folder / "corpus", index_dir=folder / "index", encoder=models.encoder)
    assert index.last_build is not None
    assert index.last_build.files_read == len(old_of)
    yield index, old_of
    index.close()


def test_renaming_the_files_of_the_corpus_changes_names_only(
    whole: Report,
    chosen: Sequence[Claim],
    example_index: Index,
    renamed_index: tuple[Index, dict[str, str]],
    models: Models,
) -> None:
    index, old_of = renamed_index
    assert [s.path for s in index.sources] != [s.path for s in example_index.sources]
    moved = printed(verify(chosen, index, models=models, config=UNSAVED))
    expected = printed(whole)
    for claim in chosen:
        assert with_old_names(moved[claim.id], index, old_of) == with_old_names(
            expected[claim.id], example_index, {}
        )
