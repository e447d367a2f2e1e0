"""The database file of an index: its tables, its opening, and what SQLite's errors mean."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from factcheck.errors import IndexStoreError, StorageError

SCHEMA_VERSION = 3
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


def open_database(path: Path, *, create: bool = False, check: bool = True) -> sqlite3.Connection:
    """Open the database of an index.

    Args:
        path: the database file.
        create: make the file and its tables when they are missing.
        check: look for damage; left out only where this process has just looked.

    Raises:
        IndexStoreError: FC511 missing, FC512 damaged, FC513 locked, FC514 of another format.
        StorageError: the disk is full or the file cannot be opened.
    """
    if not create and not path.is_file():
        raise IndexStoreError(
            "there is no index", where=path, hint="run `factcheck index`", code="FC511"
        )
    with storage_errors(path):
        connection = sqlite3.connect(path, timeout=_BUSY_TIMEOUT_S, isolation_level=None)
        try:
            _check_format(connection, path, create)
            if check and path.stat().st_size <= QUICK_CHECK_BYTES:
                found = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
                if found != "ok":
                    raise sqlite3.DatabaseError(found)
        except BaseException:
            connection.close()
            raise
    return connection


def _check_format(connection: sqlite3.Connection, path: Path, create: bool) -> None:
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    empty = not connection.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchone()
    if empty and create:
        connection.executescript(
            f"BEGIN; {_TABLES} PRAGMA user_version = {SCHEMA_VERSION}; COMMIT;"
        )
    elif version != SCHEMA_VERSION:
        raise IndexStoreError(
            f"the index has format {version}, this version of factcheck writes {SCHEMA_VERSION}",
            where=path,
            hint="run `factcheck index --rebuild`",
            code="FC514",
        )


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
