"""Reading and writing the index database: files, sources, passages, vectors, the lexical table.

One database file, one writer at a time. Everything that readers see changes in a single
transaction, so a crash leaves the state before or after it, never one between.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from factcheck.index.database import open_database, storage_errors
from factcheck.index.rows import (
    FileState,
    passage_from_row,
    problems_from_json,
    problems_json,
    source_from_json,
    source_json,
)
from factcheck.records import Passage, Problem, Source


class Store:
    """An open index database.

    Args:
        path: the database file; created when `create` is set.
        create, check: as in `open_database`.

    `word_counts` is what readers have learnt of how many passages hold a word.
    """

    def __init__(self, path: Path, *, create: bool = False, check: bool = True) -> None:
        self.path = path
        self.connection = open_database(path, create=create, check=check)
        self.word_counts: dict[str, int] = {}
        self._passage_count: int | None = None

    def close(self) -> None:
        """Close the database; the store cannot be used afterwards."""
        self.connection.close()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Everything inside happens, or nothing does."""
        with storage_errors(self.path):
            self.connection.execute("BEGIN IMMEDIATE")
            self.word_counts.clear()
            self._passage_count = None
            try:
                yield
            except BaseException:
                if self.connection.in_transaction:
                    self.connection.execute("ROLLBACK")
                raise
            self.connection.execute("COMMIT")

    def query(self, sql: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """All rows of a query, with errors mapped."""
        with storage_errors(self.path):
            return self.connection.execute(sql, values).fetchall()

    # --- meta ------------------------------------------------------------------------------------

    def meta(self) -> dict[str, str]:
        """Every entry of the manifest."""
        return dict(self.query("SELECT key, value FROM meta"))

    def set_meta(self, entries: dict[str, str]) -> None:
        """Write manifest entries; call it inside a transaction."""
        self.connection.executemany("INSERT OR REPLACE INTO meta VALUES (?, ?)", entries.items())

    # --- files -----------------------------------------------------------------------------------

    def files(self) -> dict[str, FileState]:
        """Known corpus files by path."""
        rows = self.query("SELECT path, size, mtime_ns, ctime_ns, sha256, problems FROM files")
        return {
            path: FileState(path, size, mtime_ns, ctime_ns, sha256, problems_from_json(problems))
            for path, size, mtime_ns, ctime_ns, sha256, problems in rows
        }

    def file_problems(self) -> list[Problem]:
        """What was wrong with files when they were read."""
        rows = self.query("SELECT problems FROM files WHERE problems != ?", (problems_json(()),))
        return [problem for (problems,) in rows for problem in problems_from_json(problems)]

    def put_files(self, states: Iterable[FileState]) -> None:
        """Remember files; call it inside a transaction."""
        self.connection.executemany(
            "INSERT OR REPLACE INTO files VALUES (?, ?, ?, ?, ?, ?)",
            (
                (s.path, s.size, s.mtime_ns, s.ctime_ns, s.sha256, problems_json(s.problems))
                for s in states
            ),
        )

    def forget_files(self, paths: Iterable[str]) -> None:
        """Forget files and every source, passage and lexical entry that came from them."""
        for path in paths:
            rows = self.connection.execute(
                "SELECT rowid FROM sources WHERE path = ?", (path,)
            ).fetchall()
            for (row,) in rows:
                self.delete_passages(row)
            self.connection.execute("DELETE FROM sources WHERE path = ?", (path,))
            self.connection.execute("DELETE FROM files WHERE path = ?", (path,))

    # --- sources ---------------------------------------------------------------------------------

    def add_raw_sources(self, path: str, sources: Sequence[Source]) -> None:
        """Keep the sources of a file as the file alone describes them."""
        self.connection.executemany(
            "INSERT INTO sources (path, ordinal, raw, text) VALUES (?, ?, ?, ?)",
            (
                (path, ordinal, source_json(source), source.text)
                for ordinal, source in enumerate(sources)
            ),
        )

    def raw_sources(self) -> list[tuple[int, Source]]:
        """Row and file-level record of every source, ordered by path and row of the file."""
        rows = self.query("SELECT rowid, raw, text FROM sources ORDER BY path, ordinal")
        return [(row, source_from_json(raw, text)) for row, raw, text in rows]

    def set_record(self, row: int, source: Source, origin: str, passage_key: str) -> None:
        """Keep the record in force for a source row."""
        self.connection.execute(
            "UPDATE sources SET id = ?, record = ?, origin = ?, passage_key = ? WHERE rowid = ?",
            (source.id, source_json(source), origin, passage_key, row),
        )

    def source_rows(self) -> list[tuple[int, str, str, str]]:
        """(row, record as JSON, origin, passage key) of every source, without texts."""
        return self.query("SELECT rowid, record, origin, passage_key FROM sources ORDER BY id")

    def source_text(self, row: int) -> str:
        """The canonical text of a source row."""
        return str(self.query("SELECT text FROM sources WHERE rowid = ?", (row,))[0][0])

    # --- passages --------------------------------------------------------------------------------

    def delete_passages(self, source_row: int) -> None:
        """Remove the passages of a source from all tables but the vectors."""
        self.connection.execute(
            "INSERT INTO lexical (lexical, rowid, text, context)"
            " SELECT 'delete', rowid, text, context FROM passages WHERE source_row = ?",
            (source_row,),
        )
        self.connection.execute("DELETE FROM passages WHERE source_row = ?", (source_row,))

    def add_passages(
        self, source_row: int, passages: Sequence[Passage], keys: Sequence[bytes]
    ) -> None:
        """Add the passages of a source with the keys of their vectors."""
        for passage, key in zip(passages, keys, strict=True):
            cursor = self.connection.execute(
                "INSERT INTO passages (source_row, start, end, text, context, heading, place,"
                " speaker, vector_key) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    source_row,
                    passage.start,
                    passage.end,
                    passage.text,
                    passage.context,
                    passage.heading,
                    passage.place,
                    passage.speaker,
                    key,
                ),
            )
            self.connection.execute(
                "INSERT INTO lexical (rowid, text, context) VALUES (?, ?, ?)",
                (cursor.lastrowid, passage.text, passage.context),
            )

    def passages(self, rows: Sequence[int]) -> dict[int, tuple[int, Passage]]:
        """Passages by row, each with its source's row; `source_id` is filled in."""
        found: dict[int, tuple[int, Passage]] = {}
        for chunk in _chunks(rows, 500):
            marks = ",".join("?" * len(chunk))
            for item in self.query(
                "SELECT p.rowid, p.source_row, s.id, p.start, p.end, p.text, p.context, p.heading,"
                " p.place, p.speaker FROM passages p JOIN sources s ON s.rowid = p.source_row"
                f" WHERE p.rowid IN ({marks})",
                chunk,
            ):
                found[item[0]] = (item[1], passage_from_row(item[2:]))
        return found

    @property
    def passage_count(self) -> int:
        """How many passages there are; counted once, since SQLite has to walk over all of them."""
        if self._passage_count is None:
            self._passage_count = int(self.query("SELECT count(*) FROM passages")[0][0])
        return self._passage_count

    def passages_of(self, source_row: int) -> list[Passage]:
        """Passages of a source in reading order."""
        rows = self.query(
            "SELECT s.id, p.start, p.end, p.text, p.context, p.heading, p.place, p.speaker"
            " FROM passages p JOIN sources s ON s.rowid = p.source_row"
            " WHERE p.source_row = ? ORDER BY p.start",
            (source_row,),
        )
        return [passage_from_row(row) for row in rows]

    def passages_before(self, source_row: int, start: int, count: int) -> list[Passage]:
        """The last passages of a source that start before an offset, in reading order."""
        rows = self.query(
            "SELECT s.id, p.start, p.end, p.text, p.context, p.heading, p.place, p.speaker"
            " FROM passages p JOIN sources s ON s.rowid = p.source_row"
            " WHERE p.source_row = ? AND p.start < ? ORDER BY p.start DESC LIMIT ?",
            (source_row, start, count),
        )
        return [passage_from_row(row) for row in reversed(rows)]

    # --- vectors ---------------------------------------------------------------------------------

    def missing_vectors(self, keys: Sequence[bytes]) -> set[bytes]:
        """The keys that have no vector yet."""
        wanted = set(keys)
        for chunk in _chunks(sorted(wanted), 500):
            marks = ",".join("?" * len(chunk))
            rows = self.query(f"SELECT key FROM vectors WHERE key IN ({marks})", chunk)
            wanted.difference_update(row[0] for row in rows)
        return wanted

    def put_vectors(self, entries: Iterable[tuple[bytes, bytes]]) -> None:
        """Keep vectors under their keys, at once and for good, so that no work is lost."""
        with self.transaction():
            self.connection.executemany("INSERT OR REPLACE INTO vectors VALUES (?, ?)", entries)

    def vectors_in_order(self) -> Iterator[tuple[int, int, bytes]]:
        """(passage row, source row, vector) of every passage, by passage row."""
        with storage_errors(self.path):
            yield from self.connection.execute(
                "SELECT p.rowid, p.source_row, v.vector FROM passages p"
                " JOIN vectors v ON v.key = p.vector_key ORDER BY p.rowid"
            )

    def vectors(self, rows: Sequence[int]) -> dict[int, bytes]:
        """Stored vectors of passage rows."""
        found: dict[int, bytes] = {}
        for chunk in _chunks(rows, 500):
            marks = ",".join("?" * len(chunk))
            found.update(
                self.query(
                    "SELECT p.rowid, v.vector FROM passages p JOIN vectors v"
                    f" ON v.key = p.vector_key WHERE p.rowid IN ({marks})",
                    chunk,
                )
            )
        return found


def _chunks(items: Sequence[Any], size: int) -> Iterator[Sequence[Any]]:
    for position in range(0, len(items), size):
        yield items[position : position + size]
