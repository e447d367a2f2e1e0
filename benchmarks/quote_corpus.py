"""A corpus in memory with the same full-text index as the product, for measuring quotations."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence

from factcheck.passages import split_passages
from factcheck.records import Passage, Source


class MemoryCorpus:
    """Sources and their passages behind SQLite's FTS5, as `factcheck.quotes.QuoteCorpus` wants.

    Args:
        sources: with text; ids must be unique.

    `hidden` is the id of a source that is not searched for the moment.
    """

    hidden: str | None = None

    def __init__(self, sources: Iterable[Source]) -> None:
        self.sources: dict[str, Source] = {}
        self.passages: list[Passage] = []
        self.database = sqlite3.connect(":memory:")
        self.database.execute(
            "CREATE VIRTUAL TABLE lexical USING fts5 (text, content='',"
            " tokenize='porter unicode61 remove_diacritics 2')"
        )
        for source in sources:
            self.add(source, split_passages(source))

    def add(self, source: Source, passages: Sequence[Passage]) -> None:
        """Add a source that is already split."""
        self.sources[source.id] = source
        first = len(self.passages) + 1
        self.passages.extend(passages)
        self.database.executemany(
            "INSERT INTO lexical (rowid, text) VALUES (?, ?)",
            ((row, passage.text) for row, passage in enumerate(passages, start=first)),
        )

    def source(self, source_id: str) -> Source:
        """The source with its text."""
        return self.sources[source_id]

    def find_passages(self, words: Sequence[str], limit: int) -> list[Passage]:
        """Passages that hold many of these words, by BM25, best first."""
        expression = " OR ".join('"' + word.replace('"', "") + '"' for word in words)
        rows = self.database.execute(
            "SELECT rowid FROM lexical WHERE lexical MATCH ? ORDER BY bm25(lexical), rowid LIMIT ?",
            (expression, limit + 40 if self.hidden else limit),
        )
        found = [self.passages[row - 1] for (row,) in rows]
        return [passage for passage in found if passage.source_id != self.hidden][:limit]
