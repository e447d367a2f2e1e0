"""FEVER pairs: gold evidence among distractors, and hard negatives by retrieval.

The training files carry evidence sentences without page titles. A title is estimated for every
sentence as the name most claims that cite it begin with. It belongs to the sentence and not to
the claim it is paired with, so a title in front of the evidence gives no label away.
"""

from __future__ import annotations

import random
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from training.pairs import Pair, read_rows

_JOINING = {"of", "the", "and", "de", "in", "for", "on", "la", "von", "van", "du", "&", "at", "to"}
_NEVER_A_NAME = {
    "there", "a", "an", "in", "it", "he", "she", "they", "at", "on", "one", "some", "no",
    "this", "that", "people", "during", "as", "by", "for", "all", "only", "both", "the", "if",
    "when", "after", "before", "from", "his", "her", "many", "most", "someone", "something",
}  # fmt: skip
_STOP = {
    "a", "an", "the", "is", "was", "were", "are", "be", "been", "in", "on", "of", "and", "to",
    "by", "for", "at", "as", "with", "has", "had", "have", "from", "that", "it", "its", "his",
    "her", "he", "she", "they", "who", "which", "only", "not", "did", "does", "or", "there",
}  # fmt: skip
_WORD = re.compile(r"[a-z0-9]+")


def leading_name(claim: str) -> str | None:
    """Return the capitalised name a claim begins with, or None when it begins otherwise."""
    words = claim.rstrip(".").split()
    kept: list[str] = []
    for position, word in enumerate(words):
        starts_capital = word[:1].isupper() or word[:1].isdigit() or word.startswith("(")
        if starts_capital or (kept and word.lower() in _JOINING):
            kept.append(word)
            if position and word.endswith((",", "'s")):
                break
        else:
            break
    while kept and (kept[-1].lower() in _JOINING):
        kept.pop()
    name = " ".join(kept).removesuffix(",").removesuffix("'s")
    if not kept or name.lower() in _NEVER_A_NAME or len(kept) == len(words):
        return None
    if kept[0].lower() in _NEVER_A_NAME - {"the", "a"}:
        return None
    return name


def content_words(text: str) -> set[str]:
    """Return the lower-case words of `text` that carry meaning."""
    return {word for word in _WORD.findall(text.lower()) if word not in _STOP}


def overlap(first: str, second: str) -> float:
    """Share of the smaller text's content words that the other one holds, 0 to 1."""
    left, right = content_words(first), content_words(second)
    smaller = min(len(left), len(right))
    return len(left & right) / smaller if smaller else 0.0


@dataclass(slots=True)
class SentencePool:
    """Every evidence sentence of FEVER, its estimated page title, and a BM25 index.

    Attributes:
        sentences: unique sentences in the order of first use.
        titles: estimated page title per sentence, None when no claim names one.
        by_title: positions of the sentences of one page, by lower-cased title.
    """

    sentences: list[str]
    titles: list[str | None]
    by_title: dict[str, list[int]]
    positions: dict[str, int]
    _index: Any = field(default=None)

    def search(self, claims: Sequence[str], depth: int) -> list[list[int]]:
        """Return the positions of the `depth` best sentences per claim, best first."""
        import bm25s

        if not claims:
            return []
        if self._index is None:
            self._index = bm25s.BM25()
            tokens = bm25s.tokenize(self.sentences, stopwords="en", show_progress=False)
            self._index.index(tokens, show_progress=False)
        queries = bm25s.tokenize(list(claims), stopwords="en", show_progress=False)
        found = self._index.retrieve(
            queries,
            k=min(depth, len(self.sentences)),
            show_progress=False,
            return_as="documents",
            n_threads=0,
        )
        return [[int(position) for position in row] for row in found]


def build_pool(rows: Sequence[dict[str, Any]]) -> SentencePool:
    """Collect the sentences of labelled FEVER rows and estimate their titles."""
    votes: dict[str, Counter[str]] = {}
    for row in rows:
        name = leading_name(row["claim"])
        for sentence in row["evidence_sentences"]:
            counter = votes.setdefault(sentence, Counter())
            if name is not None:
                counter[name] += 1
    sentences = list(votes)
    titles: list[str | None] = []
    by_title: dict[str, list[int]] = defaultdict(list)
    for position, sentence in enumerate(sentences):
        best = votes[sentence].most_common(1)
        titles.append(best[0][0] if best else None)
        if best:
            by_title[best[0][0].lower()].append(position)
    return SentencePool(
        sentences=sentences,
        titles=titles,
        by_title=dict(by_title),
        positions={sentence: position for position, sentence in enumerate(sentences)},
    )


def render(pool: SentencePool, chosen: Sequence[int], *, with_titles: bool) -> str:
    """Join sentences to one passage; a title stands once before a run of its sentences."""
    parts: list[str] = []
    previous: str | None = None
    for position in chosen:
        title = pool.titles[position]
        if with_titles and title is not None and title != previous:
            parts.append(f"{title}.")
        previous = title
        parts.append(pool.sentences[position])
    return " ".join(parts)


def near_sentences(
    pool: SentencePool, claim: str, found: Sequence[int], rng: random.Random
) -> list[int]:
    """Order candidates for a hard negative: same page first in half of the cases."""
    name = leading_name(claim)
    same_page = pool.by_title.get(name.lower(), []) if name else []
    if not same_page or rng.random() < 0.45:
        return list(found)
    members = set(same_page)
    ranked = [position for position in found if position in members]
    rest = [position for position in same_page if position not in set(ranked)]
    rng.shuffle(rest)
    return ranked + rest


def labelled_pairs(
    rows: Sequence[dict[str, Any]],
    pool: SentencePool,
    rng: random.Random,
    *,
    distractor_share: float = 0.4,
    title_share: float = 0.3,
    max_words: int = 95,
) -> Iterator[Pair]:
    """Yield SUPPORTS and REFUTES pairs with gold sentences, some among distractors."""
    found = pool.search([row["claim"] for row in rows], 8)
    for row, candidates in zip(rows, found, strict=True):
        gold = [pool.positions[sentence] for sentence in dict.fromkeys(row["evidence_sentences"])]
        if sum(len(pool.sentences[position].split()) for position in gold) > max_words:
            continue
        chosen = list(gold)
        if rng.random() < distractor_share:
            others = list(near_sentences(pool, row["claim"], candidates, rng))
            others = [p for p in others if p not in gold][:4]
            rng.shuffle(others)
            for extra in others[: rng.choice((1, 1, 2))]:
                chosen.insert(0 if rng.random() < 0.5 else len(chosen), extra)
        text = render(pool, chosen, with_titles=rng.random() < title_share)
        if len(text.split()) > max_words:
            text = render(pool, gold, with_titles=False)
        yield Pair(evidence=text, claim=row["claim"], label=row["label"], source="fever")


def unverifiable_pairs(
    claims: Sequence[str],
    pool: SentencePool,
    rng: random.Random,
    *,
    title_share: float = 0.4,
    nearest: int = 5,
    longest: int = 3,
) -> Iterator[Pair]:
    """Yield NEI pairs: claims nobody found evidence for, with the nearest sentences.

    Args:
        claims: claims without evidence in the pool's origin.
        pool: where to look.
        rng: draws sentences.
        title_share: share of passages in which titles stand before sentences.
        nearest: the best so many sentences are drawn from; fewer are harder.
        longest: most sentences of a passage.
    """
    found = pool.search(claims, 8)
    for claim, candidates in zip(claims, found, strict=True):
        near = near_sentences(pool, claim, candidates, rng)[:nearest]
        if not near:
            continue
        count = rng.choice((1, 1, 2, 2, *range(3, longest + 1)))
        chosen = rng.sample(near, min(len(near), count))
        text = render(pool, chosen, with_titles=rng.random() < title_share)
        yield Pair(evidence=text, claim=claim, label="NEI", source="fever_nei")


def nongold_pairs(
    rows: Sequence[dict[str, Any]], pool: SentencePool, rng: random.Random
) -> Iterator[Pair]:
    """Yield NEI pairs: verifiable claims beside sentences that are not their evidence.

    Short claims ("X is an actor") are left out because almost any sentence about X speaks to
    them, and so are sentences that repeat a gold sentence or hold most of the claim's words.
    """
    found = pool.search([row["claim"] for row in rows], 12)
    for row, candidates in zip(rows, found, strict=True):
        claim = row["claim"]
        name = leading_name(claim) or ""
        asked = content_words(claim) - content_words(name)
        if len(asked) < 2:
            continue
        gold = row["evidence_sentences"]
        gold_titles = {pool.titles[pool.positions[sentence]] for sentence in gold}
        near = []
        for position in near_sentences(pool, claim, candidates, rng)[:12]:
            sentence = pool.sentences[position]
            covered = len(asked & content_words(sentence)) / len(asked)
            if sentence in gold or covered > 0.5:
                continue
            if any(overlap(sentence, other) > 0.6 for other in gold):
                continue
            near.append(position)
        near = near[:4]
        if not near:
            continue
        chosen = rng.sample(near, min(len(near), rng.choice((1, 1, 2))))
        titled = bool(gold_titles) and rng.random() < 0.3
        text = render(pool, chosen, with_titles=titled)
        yield Pair(evidence=text, claim=claim, label="NEI", source="fever_nongold")


def read_fever(train: Path) -> tuple[list[dict[str, Any]], list[str]]:
    """Read labelled rows and the claims without evidence."""
    rows = [row for row in read_rows(train / "fever.jsonl.gz") if row["evidence_sentences"]]
    claims = [row["claim"] for row in read_rows(train / "fever_nei.jsonl.gz")]
    return rows, claims
