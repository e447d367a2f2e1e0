"""The lexical side of the index: BM25 by SQLite's FTS5 over stemmed words."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from factcheck.index.store import Store

# Words that tell nothing about what a passage is about.
STOP_WORDS = frozenset(
    """a about after again all also although am an and any are as at be because been before being
    between both but by can could did do does doing down during each few for from further had has
    have having he her here hers him his how i if in into is it its itself just me more most my no
    nor not now of off on once only or other our out over own said same say says she should so some
    such than that the their theirs them then there these they this those through to too under
    until up upon very was we were what when where which while who whom whose why will with would
    you your""".split()
)
# "2,500" and "3.5" are asked for as they stand: their parts alone are common and mean nothing.
_TOKEN = re.compile(r"\d+(?:[.,]\d+)+|\w+")
# In a large corpus a word that stands in every tenth passage costs much and ranks little.
_COMMON_SHARE = 0.1
_COMMON_FROM = 20_000
# For a quotation these tell enough: of 200,000 passages a query then reads a tenth as many. One of
# them may be the word that was changed, and another be broken at the end of a line.
_RARE_SHARE = 0.02
_MIN_RARE = 5
# Words whose counts are kept; claims about one matter share theirs.
_MAX_KNOWN_WORDS = 10_000
# The context (title, heading, sentence before) says what a passage is about, more weakly.
_CONTEXT_WEIGHT = 0.4


def query_words(text: str) -> list[str]:
    """The distinct words of a text that are worth asking for, in order."""
    words = [word.casefold() for word in _TOKEN.findall(text)]
    chosen = [
        word for word in words if word not in STOP_WORDS and (len(word) > 1 or word.isdigit())
    ]
    return list(dict.fromkeys(chosen or words))


def search_lexical(
    store: Store,
    text: str,
    limit: int,
    *,
    allowed_sources: Collection[int] | None = None,
    barred_sources: Collection[int] = (),
    all_words: bool = False,
    context: bool = True,
    rare_words: bool = False,
) -> list[tuple[int, float]]:
    """Rank passages by BM25.

    Args:
        store: the open index.
        text: any text; its words are looked for, no query syntax.
        limit: at most this many passages.
        allowed_sources: rows of the sources that may be used; None allows all.
        barred_sources: rows of sources that may not be used, for when they are the fewer.
        all_words: every word must be there, not just some.
        context: look in title, heading and the sentence before as well.
        rare_words: some of the rarest words are enough, as for words that are quoted; quicker.

    Returns:
        (passage row, score), best first; larger is better; equal scores by row.
    """
    words = query_words(text)
    if not words:
        return []
    words = _rarest(store, words) if rare_words else _without_common(store, words)
    joined = (" AND " if all_words else " OR ").join(f'"{word}"' for word in words)
    expression = joined if context else f"text : ({joined})"
    where, values = "lexical MATCH ?", [expression]
    # The plus keeps SQLite from asking the full-text table once for each passage of the list.
    if allowed_sources is not None:
        where += f" AND +lexical.rowid IN ({_passages_of(allowed_sources)})"
    if barred_sources:
        where += f" AND +lexical.rowid NOT IN ({_passages_of(barred_sources)})"
    rows = store.query(
        f"SELECT lexical.rowid, bm25(lexical, 1.0, {_CONTEXT_WEIGHT}) AS score FROM lexical"
        f" WHERE {where} ORDER BY score, lexical.rowid LIMIT ?",
        [*values, limit],
    )
    return [(row, -score) for row, score in rows]


def _passages_of(source_rows: Collection[int]) -> str:
    marks = ",".join(str(int(row)) for row in sorted(source_rows))
    return f"SELECT rowid FROM passages WHERE source_row IN ({marks})"


def _without_common(store: Store, words: Sequence[str]) -> list[str]:
    total = store.passage_count
    if total < _COMMON_FROM:
        return list(words)
    rare = [word for word in words if _passages_with(store, word) <= total * _COMMON_SHARE]
    return rare or list(words)


def _rarest(store: Store, words: Sequence[str]) -> list[str]:
    if store.passage_count < _COMMON_FROM:
        return list(words)
    limit = store.passage_count * _RARE_SHARE
    counts = {word: _passages_with(store, word) for word in words}
    ranked = sorted(words, key=lambda word: counts[word])
    kept = set(ranked[:_MIN_RARE]) | {word for word in words if counts[word] <= limit}
    return [word for word in words if word in kept]


def _passages_with(store: Store, word: str) -> int:
    # The vocabulary holds stems; asking the table itself stems the word in the same way.
    known = store.word_counts
    if word not in known:
        if len(known) >= _MAX_KNOWN_WORDS:
            known.clear()
        rows = store.query("SELECT count(*) FROM lexical WHERE lexical MATCH ?", (f'"{word}"',))
        known[word] = int(rows[0][0])
    return known[word]
