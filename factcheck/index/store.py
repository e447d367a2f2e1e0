"""The SQLite side of the index: files, sources, passages, vectors and the lexical table.

One database file, one writer at a time. Everything that readers see changes in a single
transaction, so a crash leaves the state before or after it, never one between.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

from factcheck.errors import IndexStoreError, StorageError
from factcheck.records import Passage, Problem, Segment, Source

SCHEMA_VERSION = 2
DATABASE_FILE = "index.sqlite"
# Damage in small databases is looked for on every opening; larger ones are checked when read.
QUICK_CHECK_BYTES = 24 * 1024 * 1024
_BUSY_TIMEOUT_S = 60.0

_TABLES = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE files (
    path TEXT PRIMARY KEY, size INTEGER NOT NULL, mtime_ns INTEGER NOT NULL,
    ctime_ns INTEGER NOT NULL, sha256 TEXT NOT NULL, problems TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE sources (
    rowid INTEGER PRIMARY KEY, path TEXT NOT NULL, ordinal INTEGER NOT NULL,
    raw TEXT NOT NULL, text TEXT NOT NULL,
    id TEXT, record TEXT, origin TEXT, passage_key TEXT,
    UNIQUE (path, ordinal)
);
CREATE INDEX sources_by_id ON sources (id);
CREATE TABLE passages (
    rowid INTEGER PRIMARY KEY, source_row INTEGER NOT NULL, start INTEGER NOT NULL,
    end INTEGER NOT NULL, text TEXT NOT NULL, context TEXT NOT NULL, heading TEXT,
    place TEXT, speaker TEXT, vector_key BLOB NOT NULL
);
CREATE INDEX passages_by_source ON passages (source_row, start);
CREATE TABLE vectors (key BLOB PRIMARY KEY, vector BLOB NOT NULL) WITHOUT ROWID;
CREATE VIRTUAL TABLE lexical USING fts5 (
    text, context, content='passages', content_rowid='rowid',
    tokenize='porter unicode61 remove_diacritics 2'
);
CREATE VIRTUAL TABLE lexical_terms USING fts5vocab ('lexical', 'row');
"""


@dataclass(frozen=True, slots=True)
class FileState:
    """What is remembered of a corpus file, to see whether it changed."""

    path: str
    size: int
    mtime_ns: int
    ctime_ns: int
    sha256: str
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class SourceRow:
    """A source with its row and the group of sources that go back to one report."""

    row: int
    source: Source
    origin: str


@contextmanager
def storage_errors(path: Path) -> Iterator[None]:
    """Turn the errors of SQLite and the file system into errors that say what to do."""
    try:
        yield
    except sqlite3.Error as error:
        raise _map_sqlite_error(error, path) from error
    except OSError as error:
        raise StorageError(
            f"the index cannot be written: {error.strerror or error}",
            where=error.filename or path,
            hint="free some space or choose another place with --index DIR",
        ) from error


def _map_sqlite_error(error: sqlite3.Error, path: Path) -> Exception:
    message = str(error)
    if "full" in message:
        return StorageError(
            "the disk is full; the index is as it was before",
            where=path,
            hint="free some space or choose another place with --index DIR",
        )
    if "locked" in message or "busy" in message:
        return IndexStoreError(
            "another process is writing to the index",
            where=path,
            hint="wait until it has finished and run the command again",
            code="FC513",
        )
    if "disk I/O" in message:
        # Beyond a quota SQLite says this and not "full"; the file itself may be quite all right.
        return StorageError(
            "the disk refused to read or write the index",
            where=path,
            hint="check the free space, the quota and the disk, or choose another --index DIR",
        )
    if "readonly" in message or "unable to open" in message:
        return StorageError(
            "the index cannot be opened for writing",
            where=path,
            hint="check the permissions or choose another place with --index DIR",
        )
    return IndexStoreError(
        f"the index is damaged ({message})",
        where=path,
        hint="run `factcheck index --rebuild`",
        code="FC512",
    )


class Store:
    """An open index database.

    Args:
        path: the database file; created when `create` is set.
    """

    def __init__(self, path: Path, *, create: bool = False) -> None:
        self.path = path
        if not create and not path.is_file():
            raise IndexStoreError(
                "there is no index", where=path, hint="run `factcheck index`", code="FC511"
            )
        with storage_errors(path):
            self.connection = sqlite3.connect(path, timeout=_BUSY_TIMEOUT_S, isolation_level=None)
            self._check(create)

    def _check(self, create: bool) -> None:
        version = self.connection.execute("PRAGMA user_version").fetchone()[0]
        empty = not self.connection.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchone()
        if empty and create:
            self.connection.executescript(
                f"BEGIN; {_TABLES} PRAGMA user_version = {SCHEMA_VERSION}; COMMIT;"
            )
        elif version != SCHEMA_VERSION:
            raise IndexStoreError(
                f"the index has format {version}, this version of factcheck writes"
                f" {SCHEMA_VERSION}",
                where=self.path,
                hint="run `factcheck index --rebuild`",
                code="FC514",
            )
        elif self.path.stat().st_size <= QUICK_CHECK_BYTES:
            found = self.connection.execute("PRAGMA quick_check(1)").fetchone()[0]
            if found != "ok":
                raise sqlite3.DatabaseError(found)

    def close(self) -> None:
        """Close the database; the store cannot be used afterwards."""
        self.connection.close()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Everything inside happens, or nothing does."""
        with storage_errors(self.path):
            self.connection.execute("BEGIN IMMEDIATE")
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
            path: FileState(
                path, size, mtime, ctime, sha256, tuple(Problem(**p) for p in json.loads(problems))
            )
            for path, size, mtime, ctime, sha256, problems in rows
        }

    def put_files(self, states: Iterable[FileState]) -> None:
        """Remember files; call it inside a transaction."""
        self.connection.executemany(
            "INSERT OR REPLACE INTO files VALUES (?, ?, ?, ?, ?, ?)",
            (
                (s.path, s.size, s.mtime_ns, s.ctime_ns, s.sha256, _problems_json(s.problems))
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
                found[item[0]] = (item[1], _passage(item[2:]))
        return found

    def passages_of(self, source_row: int) -> list[Passage]:
        """Passages of a source in reading order."""
        rows = self.query(
            "SELECT s.id, p.start, p.end, p.text, p.context, p.heading, p.place, p.speaker"
            " FROM passages p JOIN sources s ON s.rowid = p.source_row"
            " WHERE p.source_row = ? ORDER BY p.start",
            (source_row,),
        )
        return [_passage(row) for row in rows]

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


def source_json(source: Source) -> str:
    """A source without its text as JSON."""
    data = {
        name: getattr(source, name) for name in Source.__slots__ if name not in ("text", "segments")
    }
    if source.published is not None:
        data["published"] = source.published.isoformat()
    data["segments"] = [
        [s.start, s.end, s.place, s.speaker, s.heading, s.evidence] for s in source.segments
    ]
    return json.dumps(data, ensure_ascii=False, sort_keys=True)


def source_from_json(record: str, text: str) -> Source:
    """The inverse of `source_json`."""
    data = json.loads(record)
    if data["published"] is not None:
        data["published"] = date.fromisoformat(data["published"])
    data["segments"] = tuple(
        Segment(start=s[0], end=s[1], place=s[2], speaker=s[3], heading=s[4], evidence=s[5])
        for s in data["segments"]
    )
    return Source(text=text, **data)


def _problems_json(problems: Sequence[Problem]) -> str:
    return json.dumps([asdict(problem) for problem in problems], ensure_ascii=False)


def _passage(row: Sequence[Any]) -> Passage:
    source_id, start, end, text, context, heading, place, speaker = row
    return Passage(
        id=f"{source_id}@{start}",
        source_id=source_id,
        start=start,
        end=end,
        text=text,
        context=context,
        heading=heading,
        place=place,
        speaker=speaker,
    )


def _chunks(items: Sequence[Any], size: int) -> Iterator[Sequence[Any]]:
    for position in range(0, len(items), size):
        yield items[position : position + size]
