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
    """

    def __init__(self, sources: Iterable[Source]) -> None:
        self.sources = {source.id: source for source in sources}
        self.passages: list[Passage] = []
        self.database = sqlite3.connect(":memory:")
        self.database.execute(
            "CREATE VIRTUAL TABLE lexical USING fts5 (text, content='',"
            " tokenize='porter unicode61 remove_diacritics 2')"
        )
        for source in self.sources.values():
            self.passages.extend(split_passages(source))
        self.database.executemany(
            "INSERT INTO lexical (rowid, text) VALUES (?, ?)",
            ((row, passage.text) for row, passage in enumerate(self.passages, start=1)),
        )

    def source(self, source_id: str) -> Source:
        """The source with its text."""
        return self.sources[source_id]

    def find_passages(self, words: Sequence[str], limit: int) -> list[Passage]:
        """Passages that hold many of these words, by BM25, best first."""
        expression = " OR ".join('"' + word.replace('"', "") + '"' for word in words)
        rows = self.database.execute(
            "SELECT rowid FROM lexical WHERE lexical MATCH ? ORDER BY bm25(lexical), rowid LIMIT ?",
            (expression, limit),
        )
        return [self.passages[row - 1] for (row,) in rows]
