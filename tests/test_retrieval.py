"""Retrieval: two rankings fused, filters before ranking, ties by content."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import factcheck.index.vectors as vectors
from factcheck.index.database import DATABASE_FILE
from factcheck.index.lexical import query_words
from factcheck.index.opened import Index
from factcheck.index.store import Store
from factcheck.models.encoder import Encoder
from factcheck.records import Claim, SourceFilter
from factcheck.retrieval import RetrievalSettings, Retrieved, fuse_rankings, retrieve

MakeCorpus = Callable[..., Path]


# --- fusion -----------------------------------------------------------------------------------


def test_fused_scores_are_sums_of_reciprocal_ranks() -> None:
    fused = fuse_rankings([["a", "b", "c"], ["c", "a"]])
    assert [key for key, _ in fused] == ["a", "c", "b"]
    assert dict(fused) == pytest.approx(
        {"a": 1 / 61 + 1 / 62, "b": 1 / 62, "c": 1 / 63 + 1 / 61}, abs=1e-15
    )
    assert fuse_rankings([["x"]], rank_constant=1) == [("x", 0.5)]


def test_equal_fused_scores_are_ordered_by_key() -> None:
    assert [key for key, _ in fuse_rankings([["z", "a"], ["a", "z"]])] == ["a", "z"]
    assert fuse_rankings([]) == []


@given(st.lists(st.sampled_from("abcdefgh"), unique=True), st.permutations("abcdefgh"))
def test_neither_ranking_comes_first(dense: list[str], lexical: list[str]) -> None:
    fused = fuse_rankings([dense, lexical])
    assert fused == fuse_rankings([lexical, dense])
    assert {key for key, _ in fused} == set("abcdefgh")


# --- filters ----------------------------------------------------------------------------------

LAKE = "The lake of Arden is 40 metres deep."


@pytest.fixture
def lakes(make_corpus: MakeCorpus, encoder: Encoder) -> Iterator[Index]:
    """Sixty files that say nearly the claim, and one that is farther from it."""
    files = {
        f"near/n{n:02d}.txt": f"The lake of Arden is 40 metres deep, said surveyor {n}.\n"
        for n in range(60)
    }
    files["far.md"] = "---\npublished: 1990-01-01\n---\n\nAnglers catch pike in Arden's waters.\n"
    index = Index.open(make_corpus(files), encoder=encoder)
    yield index
    index.close()


def found(index: Index, encoder: Encoder, claim: Claim, **settings: object) -> list[Retrieved]:
    vector = encoder.encode([claim.text])[0]
    return retrieve(index, claim, vector, RetrievalSettings(**settings))  # type: ignore[arg-type]


def test_an_excluded_source_never_takes_a_place(lakes: Index, encoder: Encoder) -> None:
    claim = Claim(id="c", text=LAKE)
    small = {"passages": 3, "candidates": 3}
    assert "far.md" not in {r.passage.source_id for r in found(lakes, encoder, claim, **small)}
    without = replace(claim, sources=SourceFilter(exclude=("near/*",)))
    assert [r.passage.source_id for r in found(lakes, encoder, without, **small)] == ["far.md"]
    only = replace(claim, sources=SourceFilter(include=("far.md",)))
    assert [r.rank for r in found(lakes, encoder, only, **small)] == [1]


@pytest.mark.parametrize("ranking", [{"dense": False}, {"lexical": False}, {}])
def test_filters_hold_in_each_ranking(
    lakes: Index, encoder: Encoder, ranking: dict[str, bool]
) -> None:
    claim = Claim(id="c", text="Arden's waters are 40 metres deep", as_of=date(1995, 1, 1))
    by_date = replace(claim, sources=SourceFilter(exclude=("near/n[0-4]*",)))
    names = {r.passage.source_id for r in found(lakes, encoder, by_date, passages=50, **ranking)}
    # The near ones have no date, so that `as_of` cannot leave them out.
    assert names == {"far.md", *(f"near/n{n}.txt" for n in range(50, 60))}


def test_a_claim_that_may_use_nothing_finds_nothing(lakes: Index, encoder: Encoder) -> None:
    claim = Claim(id="c", text=LAKE, sources=SourceFilter(include=("nowhere/*",)))
    assert found(lakes, encoder, claim) == []


def test_scores_of_one_ranking_alone_leave_the_other_open(lakes: Index, encoder: Encoder) -> None:
    claim = Claim(id="c", text=LAKE)
    (dense,) = found(lakes, encoder, claim, passages=1, lexical=False)
    (lexical,) = found(lakes, encoder, claim, passages=1, dense=False)
    assert dense.bm25 is None and dense.dense_cosine is not None
    assert lexical.dense_cosine is None and lexical.bm25 is not None
    assert 0.8 < dense.dense_cosine <= 1.0
    assert lexical.bm25 > 0


# --- limits and ties --------------------------------------------------------------------------


def test_one_source_takes_at_most_its_share(make_corpus: MakeCorpus, encoder: Encoder) -> None:
    long = "\n\n".join(f"The mill of Orsa ground {n} sacks of rye that day." for n in range(30))
    corpus = make_corpus({"long.txt": long, "short.txt": "Orsa has a mill by the river.\n"})
    index = Index.open(corpus, encoder=encoder)
    claim = Claim(id="c", text="The mill of Orsa ground 7 sacks of rye that day.")
    names = [r.passage.source_id for r in found(index, encoder, claim, passages=10, per_source=3)]
    assert sorted(names) == ["long.txt"] * 3 + ["short.txt"]
    assert len(found(index, encoder, claim, passages=10, per_source=20)) == 10


def texts(results: Sequence[Retrieved]) -> list[str]:
    return [result.passage.text for result in results]


def test_equal_passages_are_ordered_by_content_whatever_the_files_are_called(
    make_corpus: MakeCorpus, encoder: Encoder
) -> None:
    # Same words in another order: equal to BM25, and all above the edge of the ranking.
    lines = [f"Tower, bridge and gate, number {n}." for n in "123456789"]
    forth = {f"{n}.txt": line + "\n" for n, line in enumerate(lines)}
    back = {f"{9 - n}.txt": line + "\n" for n, line in enumerate(lines)}
    orders = []
    for name, files in (("one", forth), ("two", back)):
        index = Index.open(
            make_corpus(files, name),
            index_dir=Path(f"{make_corpus({}, name)}-index"),
            encoder=encoder,
        )
        claim = Claim(id="c", text="tower bridge gate")
        results = found(index, encoder, claim, dense=False)
        assert len({r.bm25 for r in results}) == 1
        orders.append(texts(results))
        index.close()
    assert orders[0] == orders[1] == sorted(lines)


def test_ranks_count_from_one_without_gaps(lakes: Index, encoder: Encoder) -> None:
    results = found(lakes, encoder, Claim(id="c", text=LAKE), passages=12)
    assert [r.rank for r in results] == list(range(1, 13))
    assert [r.score for r in results] == sorted((r.score for r in results), reverse=True)


# --- words ------------------------------------------------------------------------------------


def test_words_that_were_deleted_find_nothing_anymore(
    make_corpus: MakeCorpus, encoder: Encoder
) -> None:
    corpus = make_corpus({"a.txt": "The zeppelin landed at noon.\n", "b.txt": "Rain fell.\n"})
    index = Index.open(corpus, encoder=encoder)
    assert len(index.search_lexical("zeppelin", 5)) == 1
    index.close()
    (corpus / "a.txt").write_text("The airship landed at noon.\n")
    index = Index.open(corpus, encoder=encoder)
    assert index.search_lexical("zeppelin", 5) == []
    assert len(index.search_lexical("airship", 5)) == 1
    index.close()
    store = Store(corpus.parent / ".factcheck" / DATABASE_FILE)
    # Not even as an empty entry of the vocabulary.
    terms = {term for (term,) in store.query("SELECT term FROM lexical_terms")}
    assert "airship" in terms and not any(term.startswith("zeppelin") for term in terms)
    store.connection.execute("INSERT INTO lexical (lexical, rank) VALUES ('integrity-check', 1)")
    store.close()


@pytest.mark.parametrize(
    "text", ['"', "a OR b) NEAR(", "text : x", "*", "'; DROP TABLE passages; --", "ﬁ ☃", ""]
)
def test_no_text_is_a_query_language(lakes: Index, text: str) -> None:
    assert all(score.score > 0 for score in lakes.search_lexical(text, 5))
    assert len(lakes.search_lexical("pike", 5)) == 1


def test_stop_words_are_asked_for_only_when_there_is_nothing_else() -> None:
    assert query_words("The lake is 40 m deep, the lake!") == ["lake", "40", "deep"]
    assert query_words("to be or not to be") == ["to", "be", "or", "not"]
    assert query_words("...") == []


# --- large indexes ----------------------------------------------------------------------------


def clustered(count: int, dimension: int, seed: int) -> np.ndarray:
    """Unit vectors around sixty centres, as sentences gather around topics."""
    rng = np.random.default_rng(seed)
    centres = rng.normal(size=(60, dimension))
    chosen = centres[rng.integers(0, 60, count)] + 0.5 * rng.normal(size=(count, dimension))
    unit: np.ndarray = chosen / np.linalg.norm(chosen, axis=1, keepdims=True)
    return unit.astype(np.float32)


def test_inverted_lists_find_nearly_what_exact_search_finds_under_a_filter(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    data, queries = clustered(12_000, 64, seed=1), clustered(40, 64, seed=1)
    allowed = np.random.default_rng(2).random(len(data)) < 0.3
    exact = vectors.build_vector_index(data)
    monkeypatch.setattr(vectors, "EXACT_LIMIT", 500)
    lists = vectors.build_vector_index(data)
    assert type(lists) is not type(exact)
    hits = 0
    for query in queries:
        truth = vectors.search_vectors(exact, query, 10, allowed)
        answer = vectors.search_vectors(lists, query, 10, allowed)
        assert allowed[answer].all()
        assert len(answer) == 10
        hits += len(set(truth) & set(answer))
    assert hits / (10 * len(queries)) >= 0.9


def test_inverted_lists_are_the_same_every_time_and_survive_being_written(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(vectors, "EXACT_LIMIT", 500)
    data = clustered(2_000, 32, seed=3)
    first = vectors.build_vector_index(data)
    digest = vectors.write_vector_index(first, tmp_path / "first.faiss")
    again = vectors.write_vector_index(vectors.build_vector_index(data), tmp_path / "2.faiss")
    assert digest == again
    read = vectors.read_vector_index(tmp_path / "first.faiss", digest, 2_000)
    for query in data[:5]:
        assert (
            vectors.search_vectors(read, query, 10).tolist()
            == vectors.search_vectors(first, query, 10).tolist()
        )


@pytest.mark.parametrize("limit", [500, 100_000])
def test_a_filter_that_leaves_few_vectors_returns_just_those(
    monkeypatch: pytest.MonkeyPatch, limit: int
) -> None:
    monkeypatch.setattr(vectors, "EXACT_LIMIT", limit)
    data = clustered(1_000, 32, seed=4)
    index = vectors.build_vector_index(data)
    allowed = np.zeros(1_000, dtype=bool)
    allowed[[3, 501, 999]] = True
    found = vectors.search_vectors(index, data[501], 10, allowed)
    assert found[0] == 501
    assert sorted(found) == [3, 501, 999]


def test_a_number_is_asked_for_as_it_stands() -> None:
    from factcheck.index.lexical import query_words

    assert query_words("The strikes killed over 2,500 in 3.5 months") == [
        "strikes",
        "killed",
        "2,500",
        "3.5",
        "months",
    ]
