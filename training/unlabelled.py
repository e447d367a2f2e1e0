"""Pairs that nobody labelled, for a teacher to answer and a smaller reader to learn from.

    python -m training.unlabelled --out .train/mix-open

What the verifier reads in use is what retrieval returns, and most of that is near the claim
without being its evidence. Here claims, and sentences taken for claims, stand beside the passages
that BM25 finds for them in the same collection, their own evidence left out.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from training import fever
from training.contrast import read_contrast_sets
from training.mix import write_mix
from training.pairs import OPEN, Pair, locate_shared, read_rows

TITLE_SHARE = 0.55
_DEPTH = 9
_SENTENCE_WORDS = range(6, 30)


@dataclass(frozen=True, slots=True)
class Passage:
    """A text to be found, the title above it (may be empty) and what it belongs to."""

    text: str
    title: str
    group: str


@dataclass(frozen=True, slots=True)
class Asked:
    """A claim to search for, and the group whose passages are its own."""

    claim: str
    group: str


Collection = tuple[list[Passage], list[Asked]]


def fever_collection(train: Path) -> Collection:
    """FEVER's sentences with their estimated titles, and all of its claims."""
    rows, open_claims = fever.read_fever(train)
    pool = fever.build_pool(rows)
    titles = [title or "" for title in pool.titles]
    passages = [
        Passage(text, title, text) for text, title in zip(pool.sentences, titles, strict=True)
    ]
    asked = [Asked(row["claim"], row["evidence_sentences"][0]) for row in rows]
    return passages, asked + [Asked(claim, "") for claim in open_claims]


def pages_collection(train: Path) -> Collection:
    """VitaminC's evidence by page, and its claims."""
    rows = list(read_rows(train / "vitaminc.jsonl.gz"))
    texts = {row["evidence"]: row.get("page", "") for row in rows}
    passages = [Passage(text, page, text) for text, page in texts.items()]
    return passages, [Asked(row["claim"], row["evidence"]) for row in rows]


def contrast_collection(_train: Path) -> Collection:
    """Passages and claims of the contrast sets that are not held out."""
    passages, asked = [], []
    for item in read_contrast_sets():
        if item.held_out:
            continue
        group = item.passages[0]
        passages += [Passage(text, item.title, group) for text in item.passages]
        asked += [Asked(claim, group) for claim, _ in item.claims]
    return passages, asked


def encyclopaedia_collection(train: Path) -> Collection:
    """Evidence and claims of the entailment protocols."""
    rows = list(read_rows(train / "entailment_protocols.jsonl.gz"))
    texts = dict.fromkeys(row["evidence"] for row in rows)
    passages = [Passage(text, "", text) for text in texts]
    return passages, [Asked(row["claim"], row["evidence"]) for row in rows]


COLLECTIONS: dict[str, tuple[Callable[[Path], Collection], int, int]] = {
    "fever": (fever_collection, 42000, 6000),
    "vitaminc": (pages_collection, 26000, 22000),
    "contrast": (contrast_collection, 62000, 30000),
    "protocols": (encyclopaedia_collection, 12000, 8000),
}
"""What makes a collection, how many claims are drawn from it and how many sentences besides."""


def sentences_as_claims(
    passages: Sequence[Passage], wanted: int, rng: random.Random
) -> list[Asked]:
    """Whole passages short enough to be claims; each then stands beside others."""
    short = [p for p in passages if len(p.text.split()) in _SENTENCE_WORDS]
    return [Asked(p.text, p.group) for p in rng.sample(short, min(wanted, len(short)))]


def open_pairs(
    passages: Sequence[Passage], asked: Sequence[Asked], rng: random.Random, *, source: str
) -> Iterator[Pair]:
    """Two pairs for each claim: a passage from the best, and one or two from further down."""
    import bm25s

    index = bm25s.BM25()
    texts = [f"{p.title} {p.text}" for p in passages]
    index.index(bm25s.tokenize(texts, stopwords="en", show_progress=False), show_progress=False)
    queries = bm25s.tokenize([a.claim for a in asked], stopwords="en", show_progress=False)
    depth = min(_DEPTH, len(passages))
    found = index.retrieve(queries, k=depth, show_progress=False, return_as="documents")
    for item, row in zip(asked, found, strict=True):
        near = [passages[int(place)] for place in row]
        near = [p for p in near if p.group != item.group and p.text != item.claim]
        if not near:
            continue
        top = rng.choice(near[:3])
        yield _pair(item, [top], rng, source)
        others = [p for p in near if p is not top]
        if others:
            yield _pair(
                item, rng.sample(others, min(len(others), rng.choice((1, 1, 2)))), rng, source
            )


def _pair(item: Asked, chosen: Sequence[Passage], rng: random.Random, source: str) -> Pair:
    titled = rng.random() < TITLE_SHARE
    parts = []
    for passage in chosen:
        title = passage.title if titled else ""
        stop = "" if not title or title[-1] in ".?!" else "."
        parts.append(f"{title}{stop} {passage.text}".strip())
    return Pair(evidence=" ".join(parts), claim=item.claim, label=OPEN, source=f"open_{source}")


def main(arguments: Sequence[str] | None = None) -> None:
    """Read the command line and write the mix."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", help="folder with data/ and models/")
    parser.add_argument("--out", type=Path, default=Path(".train/mix-open"))
    parser.add_argument("--seed", type=int, default=71)
    parser.add_argument("--max-tokens", type=int, default=144)
    parser.add_argument("--share", type=float, default=1.0, help="of the claims of each collection")
    given = parser.parse_args(arguments)
    shared = locate_shared(given.shared)
    pairs: list[Pair] = []
    for name, (collect, claims, sentences) in COLLECTIONS.items():
        rng = random.Random(f"{given.seed} {name}")
        passages, asked = collect(shared / "data" / "train")
        drawn = rng.sample(asked, min(len(asked), int(claims * given.share)))
        drawn += sentences_as_claims(passages, int(sentences * given.share), rng)
        pairs += open_pairs(passages, drawn, rng, source=name)
    random.Random(given.seed).shuffle(pairs)
    tokenizer = shared / "models" / "verifier-start" / "tokenizer.json"
    write_mix(pairs, tokenizer, given.out, given.max_tokens)


if __name__ == "__main__":
    main()
