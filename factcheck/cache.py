"""Verdicts kept beside the index, so that unchanged input needs no model.

A verdict is found again only under the hash of everything it depends on: the claim, every byte of
the source base, the weights and their cards, the settings, and the code itself. The cache is never
needed: when it is missing, locked or damaged, verdicts are made anew.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
import time
import zlib
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from factcheck.config import Config
from factcheck.record_json import record_from_json, record_to_json
from factcheck.records import Claim, CorpusSummary, ModelCard, Verdict
from factcheck.run_report import reported_settings
from factcheck.stamps import FileHashes, corpus_stamp, model_stamp, tool_stamp

CACHE_FILE = "verdicts.sqlite"
_VERSION = 1
# Beyond this the verdicts that were not used for longest are dropped.
MAX_BYTES = 256 * 1024 * 1024
_SECONDS_PER_DAY = 86_400
# The gate judges verdicts, it does not make them.
_GATE_SETTINGS = ("fail_on", "waivers", "gate.")

_TABLES = """
CREATE TABLE files (path TEXT PRIMARY KEY, size INTEGER NOT NULL, mtime_ns INTEGER NOT NULL,
    ctime_ns INTEGER NOT NULL, sha256 TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE runs (key TEXT PRIMARY KEY, facts BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE verdicts (id INTEGER PRIMARY KEY, key BLOB NOT NULL UNIQUE, body BLOB NOT NULL,
    used INTEGER NOT NULL);
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class RunFacts:
    """What a report says about a run besides its verdicts.

    Args:
        models: which weights were used.
        corpus: what was judged against.
        index_mark: changes when the index is made anew from something else.
    """

    models: tuple[ModelCard, ...]
    corpus: CorpusSummary
    index_mark: str


class VerdictCache:
    """Verdicts under the hash of all they depend on.

    Args:
        folder: the index folder.
        config: the settings of the run.

    Everything that is read stays true until `refresh` says otherwise; nothing is written before
    `flush`.
    """

    def __init__(self, folder: Path, config: Config) -> None:
        self._folder = folder
        self._config = config
        self._connection = _open(folder / CACHE_FILE)
        self._hashes = FileHashes(known=self._known_files())
        self._pending: dict[bytes, bytes] = {}
        self._touched: set[bytes] = set()
        self._today = int(time.time() // _SECONDS_PER_DAY)
        self._writable = True
        self.corpus: str | None = None
        self.run_key: str | None = None
        self.refresh()

    @property
    def usable(self) -> bool:
        """Whether what verdicts depend on could be found out."""
        return self.run_key is not None and self._connection is not None

    def refresh(self) -> bool:
        """Look at the sources and models again.

        Returns:
            Whether they are as they were.
        """
        before = self.run_key
        self.run_key = self._make_run_key()
        return self.run_key == before

    def facts(self) -> RunFacts | None:
        """What an earlier run on the same input knew, if its index is still there."""
        rows = self._query("SELECT facts FROM runs WHERE key = ?", (self.run_key,))
        facts = _unpack(RunFacts, rows[0][0]) if rows else None
        if facts is None or facts.index_mark != index_mark(self._folder):
            return None
        path = Path(self._config["corpus"]).as_posix()
        return replace(facts, corpus=replace(facts.corpus, path=path))

    def keep_facts(self, models: Iterable[ModelCard], corpus: CorpusSummary) -> None:
        """Remember what the report of this run says besides verdicts."""
        mark = index_mark(self._folder)
        if not self.usable or mark is None:
            return
        facts = RunFacts(models=tuple(models), corpus=corpus, index_mark=mark)
        self._write("INSERT OR REPLACE INTO runs VALUES (?, ?)", [(self.run_key, _pack(facts))])

    def get(self, claim: Claim) -> Verdict | None:
        """The verdict of a claim, or None when it has to be made."""
        if not self.usable:
            return None
        key = self._key(claim)
        rows = self._query("SELECT body, used FROM verdicts WHERE key = ?", (key,))
        if not rows:
            return None
        verdict = _unpack(Verdict, rows[0][0])
        if verdict is not None and rows[0][1] != self._today:
            self._touched.add(key)
        return verdict and for_claim(verdict, claim)

    def put(self, verdict: Verdict) -> None:
        """Keep a verdict; a claim that could not be checked is tried again next time."""
        if self.usable and verdict.failure is None:
            self._pending[self._key(verdict.claim)] = _pack(verdict)

    def flush(self) -> None:
        """Write what was kept, unless the sources have changed in the meantime."""
        if self._pending and not self.refresh():
            # Nobody can say any more which sources the waiting verdicts were made from.
            self.give_up()
        if self._pending:
            rows = [(key, body, self._today) for key, body in self._pending.items()]
            self._write("INSERT OR REPLACE INTO verdicts (key, body, used) VALUES (?, ?, ?)", rows)
            self._prune()
        self._pending.clear()
        if self._touched:
            self._write(
                "UPDATE verdicts SET used = ? WHERE key = ?",
                [(self._today, key) for key in self._touched],
            )
            self._touched.clear()
        if self._hashes.fresh:
            self._write(
                "INSERT OR REPLACE INTO files VALUES (?, ?, ?, ?, ?)",
                [(path, *state, digest) for path, (state, digest) in self._hashes.fresh.items()],
            )
            self._hashes.fresh.clear()

    def close(self) -> None:
        """Write what is left and close the file."""
        self.flush()
        self.give_up()

    def give_up(self) -> None:
        """Neither give nor keep anything from here on."""
        self._pending.clear()
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _make_run_key(self) -> str | None:
        self.corpus = corpus_stamp(Path(self._config["corpus"]), self._hashes)
        models = model_stamp(self._config, self._hashes)
        if self.corpus is None or models is None:
            return None
        settings = {
            name: value
            for name, value in reported_settings(self._config).items()
            if not name.startswith(_GATE_SETTINGS)
        }
        return _hash([_VERSION, tool_stamp(), self.corpus, models, settings]).hex()

    def _key(self, claim: Claim) -> bytes:
        # The id, the tags, the expectation and the line do not change what the sources say.
        parts = [
            self.run_key,
            claim.text,
            claim.quote,
            claim.speaker,
            claim.said_on and claim.said_on.isoformat(),
            claim.as_of and claim.as_of.isoformat(),
            claim.sources.include,
            claim.sources.exclude,
        ]
        return _hash(parts)

    def _known_files(self) -> dict[str, tuple[tuple[int, int, int], str]]:
        rows = self._query("SELECT path, size, mtime_ns, ctime_ns, sha256 FROM files")
        return {row[0]: (tuple(row[1:4]), row[4]) for row in rows}

    def _query(self, sql: str, values: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
        if self._connection is None:
            return []
        try:
            return self._connection.execute(sql, values).fetchall()
        except sqlite3.Error:
            self.give_up()
            return []

    def _write(self, sql: str, rows: list[tuple[Any, ...]]) -> None:
        if self._connection is None or not self._writable:
            return
        try:
            with self._connection:
                self._connection.executemany(sql, rows)
        except (sqlite3.Error, UnicodeEncodeError):
            self._writable = False  # a full disk or a folder that may only be read

    def _prune(self) -> None:
        pages = sum(
            sign * row[0]
            for sign, name in ((1, "page_count"), (-1, "freelist_count"))
            for row in self._query(f"PRAGMA {name}")
        )
        if pages * 4096 > MAX_BYTES:
            self._write(
                "DELETE FROM verdicts WHERE id IN (SELECT id FROM verdicts ORDER BY used, id"
                " LIMIT (SELECT count(*) / ? FROM verdicts))",
                [(2,)],
            )


def for_claim(verdict: Verdict, claim: Claim) -> Verdict:
    """A kept verdict as the verdict of a claim that has the same words under another id or line."""
    before = verdict.claim.id
    evidence = tuple(
        replace(item, claim_id=claim.id) if item.claim_id == before else item
        for item in verdict.evidence
    )
    parts = []
    for part in verdict.parts:
        own = part.claim
        name = claim.id + own.id[len(before) :] if own.id.startswith(before) else own.id
        changed = replace(
            own,
            id=name,
            location=claim.location if own.location == verdict.claim.location else own.location,
        )
        parts.append(for_claim(part, changed))
    return replace(verdict, claim=claim, evidence=evidence, parts=tuple(parts))


def index_mark(folder: Path) -> str | None:
    """A hash of what the index says of itself; None when there is none."""
    from factcheck.index.database import DATABASE_FILE

    path = folder / DATABASE_FILE
    if not path.is_file():
        return None
    try:
        connection = sqlite3.connect(f"file:{_quoted(path)}?mode=ro", uri=True, timeout=5.0)
        try:
            rows = connection.execute("SELECT key, value FROM meta ORDER BY key").fetchall()
        finally:
            connection.close()
    except sqlite3.Error:
        return None
    return _hash(rows).hex() if rows else None


def _quoted(path: Path) -> str:
    from urllib.parse import quote

    return quote(str(path.resolve()))


def _open(path: Path) -> sqlite3.Connection | None:
    """The database; a damaged one or one of another version is started anew."""
    for _ in range(2):
        try:
            connection = sqlite3.connect(path, timeout=5.0)
            if _prepared(connection):
                return connection
            connection.close()
        except sqlite3.OperationalError:
            return None  # locked, or not to be written: it belongs to somebody else just now
        except sqlite3.Error:
            pass
        with suppress(OSError):
            path.unlink(missing_ok=True)
    return None


def _prepared(connection: sqlite3.Connection) -> bool:
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    if version == 0 and not connection.execute("SELECT 1 FROM sqlite_master").fetchone():
        with connection:
            connection.executescript(f"BEGIN; {_TABLES} PRAGMA user_version = {_VERSION}; COMMIT;")
        return True
    return bool(version == _VERSION)


def _hash(parts: Any) -> bytes:
    text = json.dumps(parts, ensure_ascii=True, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).digest()


def _pack(record: Any) -> bytes:
    return zlib.compress(record_to_json(record).encode(), 3)


def _unpack(kind: Any, body: bytes) -> Any:
    """The record, or None when the bytes are damaged: zlib checks its own sum."""
    try:
        return record_from_json(kind, zlib.decompress(body).decode())
    except (zlib.error, ValueError):
        return None
