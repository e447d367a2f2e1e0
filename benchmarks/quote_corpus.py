"""Corpora for measuring quotations: one in memory, and the product's own index without vectors."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from pathlib import Path

from factcheck.passages import split_passages
from factcheck.records import Claim, Passage, Source


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


class IndexedCorpus:
    """The product's index of many passages, made without an encoder: quotations use no vectors.

    Args:
        folder: for the index.
        sources: each with its passages; ids must be unique.

    `hidden` is the id of a source that is not searched for the moment.
    """

    hidden: str | None = None

    def __init__(self, folder: Path, sources: Iterable[tuple[Source, Sequence[Passage]]]) -> None:
        from factcheck.index.database import DATABASE_FILE
        from factcheck.index.opened import Index
        from factcheck.index.store import Store

        store = Store(folder / DATABASE_FILE, create=True)
        self.passages = 0
        with store.transaction():
            for row, (source, passages) in enumerate(sources, start=1):
                store.add_raw_sources(source.id, [source])
                store.set_record(row, source, source.id, "")
                keys = [f"{row}:{number}".encode() for number in range(len(passages))]
                store.add_passages(row, passages, keys)
                self.passages += len(passages)
        store.close()
        self.index = Index(Store(folder / DATABASE_FILE), folder, folder)
        self.start()

    def start(self) -> None:
        """A new quotation: as in a run, nothing is carried over but what the index keeps."""
        from factcheck.quoted import IndexedQuotes

        self._quotes = IndexedQuotes(self.index, Claim(id="quote", text="a quotation"))

    def source(self, source_id: str) -> Source:
        """The source with its text."""
        return self._quotes.source(source_id)

    def find_passages(self, words: Sequence[str], limit: int) -> list[Passage]:
        """What the product finds, without the hidden source."""
        found = self._quotes.find_passages(words, limit + 40 if self.hidden else limit)
        return [passage for passage in found if passage.source_id != self.hidden][:limit]
