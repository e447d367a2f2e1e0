"""From a claim to ranked passages: dense and lexical rankings, fused."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from factcheck.records import Claim, Passage

if TYPE_CHECKING:
    from factcheck.index.opened import Found, Index

# Passages that tie on a score at the edge of a ranking are all fetched, then ordered by content.
_TIE_MARGIN = 20
_SCORE_DIGITS = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Retrieved:
    """A passage found for a claim.

    Args:
        rank: 1-based place after fusion.
        score: fused score; only its order means something.
        dense_cosine: cosine to the claim, if the dense ranking found it.
        bm25: lexical score, if the lexical ranking found it.
    """

    passage: Passage
    rank: int
    score: float
    dense_cosine: float | None
    bm25: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RetrievalSettings:
    """How many passages are looked at.

    Args:
        passages: returned at most.
        candidates: taken from each ranking before fusion.
        per_source: returned at most of one source; copies of one report count as one source.
        dense, lexical: switch one ranking off, to measure the other.
    """

    passages: int = 12
    candidates: int = 60
    per_source: int = 4
    dense: bool = True
    lexical: bool = True
    min_reliability: float = 0.0


def fuse_rankings(
    rankings: Sequence[Sequence[str]], *, rank_constant: int = 60
) -> list[tuple[str, float]]:
    """Merge rankings of the same passages by reciprocal rank fusion.

    Ranks are added, not scores: BM25 has no upper bound and cosine lies in [-1, 1], so a sum of
    scores would let the lexical side decide every claim.

    Args:
        rankings: keys per ranking, best first.
        rank_constant: `k` of the paper; larger flattens the top. Must be positive.

    Returns:
        `(key, score)`, best first; equal scores ordered by key, so that a report never flickers.

    Source: Cormack, Clarke and Buettcher, SIGIR 2009.
    """
    scores: Counter[str] = Counter()
    for ranking in rankings:
        for rank, key in enumerate(ranking, start=1):
            scores[key] += 1.0 / (rank_constant + rank)  # type: ignore[assignment]
    return sorted(scores.items(), key=lambda item: (-item[1], item[0]))


def retrieve(
    index: Index,
    claim: Claim,
    vector: np.ndarray | None,
    settings: RetrievalSettings,
    *,
    text: str | None = None,
) -> list[Retrieved]:
    """Find the passages that may decide a claim.

    Sources that the claim may not use (`as_of`, `sources`, retracted, superseded) are left out
    before ranking, so they never take a place.

    Args:
        index: the opened source base.
        claim: its filters hold.
        vector: (d,) float32, the encoded text; None switches the dense ranking off.
        text: what to look for; the claim's text by default.

    Returns:
        Best first; ties are ordered by the passages' content, never by file names.
    """
    allowed = index.allowed_rows(claim, min_reliability=settings.min_reliability)
    wanted = text if text is not None else claim.text
    limit = settings.candidates + _TIE_MARGIN
    dense: list[Found] = []
    lexical: list[Found] = []
    if settings.dense and vector is not None:
        dense = index.search_dense(vector, limit, allowed)
    if settings.lexical:
        lexical = index.search_lexical(wanted, limit, allowed)
    passages = index.passages([found.row for found in (*dense, *lexical)])
    keys = {row: _content_key(index, passage) for row, passage in passages.items()}
    rankings = [
        _ordered(ranking, keys)[: settings.candidates] for ranking in (dense, lexical) if ranking
    ]
    cosine = {keys[found.row]: found.score for found in dense}
    bm25 = {keys[found.row]: found.score for found in lexical}
    by_key = {keys[row]: passage for row, passage in passages.items()}
    chosen: list[Retrieved] = []
    taken: Counter[str] = Counter()
    seen: set[tuple[str, str]] = set()
    for key, score in fuse_rankings(rankings):
        passage = by_key[key]
        origin = index.origin(passage.source_id)
        # A reprint says nothing new: its sentences must not push others out.
        words = (origin, " ".join(passage.text.split()))
        if words in seen or taken[origin] >= settings.per_source:
            continue
        seen.add(words)
        taken[origin] += 1
        chosen.append(
            Retrieved(
                passage=passage,
                rank=len(chosen) + 1,
                score=round(score, 9),
                dense_cosine=_rounded(cosine.get(key)),
                bm25=_rounded(bm25.get(key)),
            )
        )
        if len(chosen) == settings.passages:
            break
    return chosen


def with_passages(
    found: Sequence[Retrieved], around: Sequence[Retrieved], limit: int
) -> list[Retrieved]:
    """What was found for a statement, then the best that was found for what it is part of.

    Args:
        found: for the statement itself.
        around: for the whole; its scores say nothing about the statement and are left out.
        limit: added at most.
    """
    known = {item.passage.id for item in found}
    added = [item for item in around if item.passage.id not in known][:limit]
    return [
        *found,
        *(
            replace(item, rank=len(found) + place, score=0.0, dense_cosine=None, bm25=None)
            for place, item in enumerate(added, start=1)
        ),
    ]


def _content_key(index: Index, passage: Passage) -> str:
    # Text first: two copies of one sentence stay together and are ordered by what they are copies
    # of, whatever the files are called. The id only tells apart what is equal in every way.
    return f"{passage.text}\0{passage.context}\0{passage.start:09d}\0{passage.id}"


def _ordered(ranking: Sequence[Found], keys: dict[int, str]) -> list[str]:
    scored = [(-round(found.score, _SCORE_DIGITS), keys[found.row]) for found in ranking]
    return [key for _, key in sorted(scored)]


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, _SCORE_DIGITS)
