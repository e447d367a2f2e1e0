"""The pipeline: what must not change a verdict, failures of one claim, which sources count."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from town import (
    BRIDGE,
    POST,
    QUOTED,
    TOWER,
    TOWN,
    UNSAVED,
    VERSIONS,
    check,
    outcome,
    outcomes,
    paths,
    town_claims,
)

import factcheck.checks
from factcheck.claims import load_claims
from factcheck.errors import EnvironmentFailure, IndexStoreError
from factcheck.index.opened import Index
from factcheck.pipeline import Models, verify
from factcheck.records import (
    Basis,
    Claim,
    Label,
    QuoteStatus,
    SourceFilter,
)
from factcheck.report.registry import render

MakeCorpus = Callable[..., Path]


@pytest.fixture
def town(make_corpus: MakeCorpus) -> Path:
    return make_corpus(TOWN)


# --- what must not change a label -----------------------------------------------------------------


def test_an_unrelated_source_changes_no_verdict(
    town: Path, models: Models, make_corpus: MakeCorpus
) -> None:
    before = check(town_claims(), town, models)
    make_corpus({"recipes.txt": "Knead the dough for ten minutes. Leave it in a warm place.\n"})
    after = check(town_claims(), town, models)
    assert outcomes(after) == outcomes(before)


def test_a_copy_under_another_name_changes_no_verdict_and_counts_as_no_witness(
    town: Path, models: Models, make_corpus: MakeCorpus
) -> None:
    before = check(town_claims(), town, models)
    reprint = BRIDGE.replace("Lindholm Council", "Valley Herald").replace("primary", "secondary")
    make_corpus({"aaa-first.md": reprint, "zzz-last.md": reprint})
    after = check(town_claims(), town, models)
    assert outcomes(after) == outcomes(before)
    assert before["q"].label is Label.SUPPORTED


@pytest.mark.parametrize(
    "write",
    [
        lambda text: unicodedata.normalize("NFD", text),
        lambda text: text.replace("'", "’"),
        lambda text: text.replace(" ", "\u00a0", 3),
        lambda text: text.removesuffix("."),
        lambda text: f"  {text}\n",
    ],
    ids=["decomposed", "curly apostrophe", "no-break spaces", "no full stop", "space around"],
)
def test_typography_of_a_claim_changes_no_label(
    town: Path, models: Models, tmp_path: Path, write: Callable[[str], str]
) -> None:
    plain = town_claims()
    entries = [
        {"id": c.id, "speaker": c.speaker or "someone", ("quote" if c.quote else "claim"): text}
        for c in plain
        for text in [write(c.text)]
    ]
    path = tmp_path / "claims.json"
    path.write_text(json.dumps({"claims": entries}), encoding="utf-8")
    speakers = [replace(claim, speaker=claim.speaker or "someone") for claim in plain]
    before = check(speakers, town, models)
    after = check(load_claims(path), town, models)
    assert {n: v.label for n, v in after.items()} == {n: v.label for n, v in before.items()}


# --- one claim's bad luck is its own --------------------------------------------------------------


@pytest.mark.parametrize("error", [ValueError, AttributeError, RecursionError, AssertionError])
def test_a_claim_whose_check_fails_costs_no_other_claim(
    town: Path,
    models: Models,
    monkeypatch: pytest.MonkeyPatch,
    error: type[Exception],
) -> None:
    real = factcheck.checks.read_claim

    def failing(text: str, **given: object) -> object:
        if "60 million" in text:
            raise error("the rule broke")
        return real(text, **given)

    good = check(town_claims(), town, models)
    monkeypatch.setattr(factcheck.checks, "read_claim", failing)
    found = check(town_claims(), town, models)
    broken = found.pop("s2")
    assert broken.label is None
    assert broken.failure is not None
    assert (broken.failure.code, broken.evidence) == ("FC700", ())
    assert error.__name__ in broken.failure.message
    assert outcomes(found) == {n: outcome(v) for n, v in good.items() if n != "s2"}


def test_a_failed_claim_is_counted_and_fails_the_gate(
    town: Path, models: Models, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(*_: object, **__: object) -> object:
        raise LookupError("no such thing")

    monkeypatch.setattr(factcheck.checks, "read_claim", failing)
    index = Index.open(town, encoder=models.encoder)
    report = verify(town_claims(), index, models=models, config=UNSAVED)
    assert report.counts == {"supported": 1, "contested": 0, "unsupported": 0, "failed": 5}
    assert not report.gate.passed


def test_a_fault_of_the_machine_stops_the_run(
    town: Path, models: Models, monkeypatch: pytest.MonkeyPatch
) -> None:
    index = Index.open(town, encoder=models.encoder)

    def damaged(*_: object) -> object:
        raise IndexStoreError("the index is damaged")

    monkeypatch.setattr(index, "source", damaged)
    with pytest.raises(EnvironmentFailure, match="damaged"):
        verify(town_claims(), index, models=models, config=UNSAVED)


def test_no_claims_give_an_empty_report(town: Path, models: Models) -> None:
    index = Index.open(town, encoder=models.encoder)
    report = verify([], index, models=models, config=UNSAVED)
    assert report.verdicts == ()
    assert report.counts == {"supported": 0, "contested": 0, "unsupported": 0, "failed": 0}


@pytest.mark.parametrize(
    "text",
    ["!!!", "\u200b", "🙂", '" OR text : * AND NEAR(', "x" * 4000, "a\x00b", "\ud800 broken"],
)
def test_any_text_gets_a_verdict_that_can_be_printed(town: Path, models: Models, text: str) -> None:
    claims = [Claim(id="statement", text=text), Claim(id="quote", text=text, quote=text)]
    index = Index.open(town, encoder=models.encoder)
    report = verify(claims, index, models=models, config=UNSAVED)
    assert report.counts["failed"] == 0
    assert json.loads(render(report, "json"))["counts"] == report.counts


# --- which sources count --------------------------------------------------------------------------


def tower(corpus: Path, models: Models, **changes: object) -> set[str]:
    claim = replace(TOWER, **changes)  # type: ignore[arg-type]
    return paths(check([claim], corpus, models)["tower"])


def test_sources_published_after_as_of_are_not_used(
    make_corpus: MakeCorpus, models: Models
) -> None:
    corpus = make_corpus(VERSIONS)
    assert tower(corpus, models) == set(VERSIONS)
    assert tower(corpus, models, as_of=date(2021, 1, 1)) == {"plan.md", "rumour.md", "undated.txt"}
    assert tower(corpus, models, as_of=date(2020, 12, 31)) == {"plan.md", "undated.txt"}


def test_only_the_sources_that_a_claim_names_are_used(
    make_corpus: MakeCorpus, models: Models
) -> None:
    corpus = make_corpus(VERSIONS)
    only = SourceFilter(include=("*.md",), exclude=("rumour.*",))
    assert tower(corpus, models, sources=only) == {"plan.md", "built.md"}
    nothing = SourceFilter(include=("elsewhere/*",))
    assert tower(corpus, models, sources=nothing) == set()


def test_a_claim_with_no_source_to_use_has_no_evidence(
    make_corpus: MakeCorpus, models: Models
) -> None:
    claim = replace(TOWER, sources=SourceFilter(include=("elsewhere/*",)))
    verdict = check([claim], make_corpus(VERSIONS), models)["tower"]
    assert (verdict.label, verdict.basis) == (Label.UNSUPPORTED, Basis.NO_EVIDENCE)
    assert verdict.evidence == ()


@pytest.mark.parametrize(
    ("include", "exclude", "as_of", "why"),
    [
        (("elsewhere/*",), (), None, 'no source matches "elsewhere/*"'),
        (("a", "b"), (), None, 'no source matches "a", "b"'),
        (("plan.md",), ("p*",), None, "the patterns under `exclude` leave none"),
        ((), ("*",), None, "the patterns under `exclude` leave none"),
        (
            ("built.md",), (), date(2020, 2, 1),
            "none that the claim may use was published by 2020-02-01",
        ),
        (("rumour.md",), (), None, "those that the claim may use are retracted or superseded"),
        (("plan.md",), (), None, "none that the claim may use has a reliability of 0.5 or more"),
    ],
)  # fmt: skip
def test_a_claim_that_may_use_no_source_says_why(
    make_corpus: MakeCorpus,
    models: Models,
    include: tuple[str, ...],
    exclude: tuple[str, ...],
    as_of: date | None,
    why: str,
) -> None:
    manifest = (
        "sources:\n  - path: rumour.md\n    retracted: true\n"
        "  - path: plan.md\n    reliability: 0.2\n"
    )
    corpus = make_corpus({**VERSIONS, "sources.yaml": manifest})
    chosen = SourceFilter(include=include, exclude=exclude)
    compound = "The tower of Varde is 95 metres high and was built in 2022."
    claims = [replace(TOWER, id=text, text=text, sources=chosen, as_of=as_of)
              for text in (TOWER.text, compound)]  # fmt: skip
    config = UNSAVED.with_values({"policy.min_reliability": 0.5})
    for verdict in check(claims, corpus, models, config).values():
        assert (verdict.label, verdict.basis) == (Label.UNSUPPORTED, Basis.NO_EVIDENCE)
        assert verdict.reasons == (f"No source was allowed: {why}.",)


def test_a_quotation_that_may_use_no_source_says_so(
    make_corpus: MakeCorpus, models: Models
) -> None:
    none = SourceFilter(include=("elsewhere.md",))
    quote = Claim(id="q", text=QUOTED, quote=QUOTED, sources=none)
    verdict = check([quote], make_corpus({"a.md": BRIDGE}), models)["q"]
    assert verdict.quote is not None
    assert verdict.basis is Basis.NO_EVIDENCE
    assert verdict.quote.status is QuoteStatus.NOT_FOUND
    assert verdict.quote.message == 'No source was allowed: no source matches "elsewhere.md".'
    assert verdict.reasons == (verdict.quote.message,)


def test_retracted_and_superseded_sources_are_not_used_and_the_report_says_so(
    make_corpus: MakeCorpus, models: Models
) -> None:
    manifest = (
        "sources:\n  - path: rumour.md\n    retracted: true\n"
        "  - path: built.md\n    supersedes: plan.md\n"
    )
    corpus = make_corpus({**VERSIONS, "sources.yaml": manifest})
    assert tower(corpus, models) == {"built.md", "undated.txt"}
    # The old version was in force until the new one appeared; a retraction has no date.
    assert tower(corpus, models, as_of=date(2021, 6, 1)) == {"plan.md", "undated.txt"}
    index = Index.open(corpus, encoder=models.encoder)
    aside = {problem.path: problem.message for problem in index.summary.set_aside}
    assert sorted(aside) == ["plan.md", "rumour.md"]
    assert "retracted" in aside["rumour.md"]
    assert "superseded" in aside["plan.md"]


def test_quotations_obey_the_same_filters(make_corpus: MakeCorpus, models: Models) -> None:
    corpus = make_corpus({"a.md": BRIDGE, "b.md": POST})
    quote = Claim(id="q", text=QUOTED, quote=QUOTED)
    excluded = replace(quote, id="x", sources=SourceFilter(exclude=("a.md",)))
    early = replace(quote, id="e", as_of=date(2019, 5, 3))
    found = check([quote, excluded, early], corpus, models)
    status = {name: v.quote.status for name, v in found.items() if v.quote is not None}
    assert status == {
        "q": QuoteStatus.VERBATIM,
        "x": QuoteStatus.NOT_FOUND,
        "e": QuoteStatus.NOT_FOUND,
    }
