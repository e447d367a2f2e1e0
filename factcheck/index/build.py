"""Bring an index up to date with its corpus: incremental, atomic, one writer at a time."""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from factcheck import __version__
from factcheck.errors import SourceError, Where
from factcheck.index.corpus_state import (
    corpus_hash,
    file_hash,
    manifest_hash,
    problems_hash,
    same_stat,
)
from factcheck.index.database import DATABASE_FILE, SCHEMA_VERSION
from factcheck.index.folder import make_folder, refuse_foreign, remove_index, writer_lock
from factcheck.index.passage_vectors import (
    encode_missing,
    remove_old_vectors,
    vector_keys,
    write_vectors,
)
from factcheck.index.progress import Progress, ProgressCallback, no_progress
from factcheck.index.rows import FileState, problems_json
from factcheck.index.store import Store
from factcheck.records import Passage, Problem, Source
from factcheck.sources.listing import CorpusFile, list_corpus_files

if TYPE_CHECKING:
    from factcheck.models.encoder import Encoder

# A file changed within this time of being read could change again without a new time stamp.
_RACY_NS = 2_000_000_000


@dataclass(frozen=True, slots=True)
class BuildResult:
    """What an update did."""

    changed: bool
    files_read: int
    files_removed: int
    passages_encoded: int
    seconds: float


def update_index(
    corpus: Path,
    index_dir: Path,
    encoder: Encoder,
    *,
    rebuild: bool = False,
    strict: bool = False,
    progress: ProgressCallback = no_progress,
) -> BuildResult:
    """Make the index agree with the corpus.

    Only files whose size or times changed are read, only those whose content changed are split,
    and only texts that were never encoded are encoded. Readers see the old index until the last
    moment.

    Args:
        corpus: folder of the source base.
        index_dir: folder of the index; created when needed.
        encoder: makes the vectors; a change of encoder makes all of them anew.
        rebuild: forget everything first.
        strict: a file that cannot be read is an error instead of a problem.

    Raises:
        SourceError: the corpus is missing or holds nothing that can be read.
        IndexStoreError: the index belongs to another corpus, is damaged, or is locked.
        StorageError: the disk is full or the folder cannot be written.
    """
    started = time.monotonic()
    if not corpus.is_dir():
        raise SourceError(
            "there is no such corpus folder",
            where=corpus,
            hint="name it with --corpus DIR, or run `factcheck init` to start one",
            code="FC301",
        )
    make_folder(index_dir)
    with writer_lock(index_dir):
        database = index_dir / DATABASE_FILE
        if rebuild:
            remove_index(index_dir)
        store = Store(database, create=True)
        try:
            refuse_foreign(store, corpus)
            return _Update(store, corpus, index_dir, encoder, strict, progress).run(started)
        finally:
            store.close()


class _Update:
    """One update, phase by phase."""

    def __init__(
        self,
        store: Store,
        corpus: Path,
        index_dir: Path,
        encoder: Encoder,
        strict: bool,
        progress: ProgressCallback,
    ) -> None:
        self.store = store
        self.corpus = corpus
        self.index_dir = index_dir
        self.encoder = encoder
        self.strict = strict
        self.progress = progress

    def run(self, started: float) -> BuildResult:
        meta = self.store.meta()
        files, listing_problems = list_corpus_files(self.corpus)
        self._raise_if_strict(listing_problems)
        same_tool = meta.get("version") == __version__
        manifest_sha256 = manifest_hash(self.corpus)
        same_manifest = same_tool and meta.get("manifest") == manifest_sha256
        if not same_manifest:
            _refuse_broken_manifest(self.corpus)
        read, states, removed = self._read_changed(files, same_tool)
        if (
            same_manifest
            and not read
            and not removed
            and meta.get("encoder_sha256") == self.encoder.sha256
            and meta.get("listing") == problems_hash(listing_problems)
        ):
            if states:
                with self.store.transaction():
                    self.store.put_files(states)
            return BuildResult(False, 0, 0, 0, time.monotonic() - started)
        if meta.get("encoder_sha256") not in (None, self.encoder.sha256):
            with self.store.transaction():
                self.store.connection.execute("DELETE FROM vectors")
        encoded = self._apply(read, states, removed, listing_problems, manifest_sha256)
        return BuildResult(True, len(read), len(removed), encoded, time.monotonic() - started)

    def _read_changed(
        self, files: Sequence[CorpusFile], same_tool: bool
    ) -> tuple[dict[str, list[Source]], list[FileState], list[str]]:
        """Read the files that are not as they were; all of them after a change of the readers."""
        known = self.store.files()
        present = {file.path for file in files}
        removed = sorted(path for path in known if path not in present)
        before = known if same_tool else {}
        suspects = [f for f in files if not (f.path in before and same_stat(f, before[f.path]))]
        read: dict[str, list[Source]] = {}
        states: list[FileState] = []
        now = time.time_ns()
        for done, file in enumerate(suspects):
            self.progress(Progress("reading", done, len(suspects)))
            digest = file_hash(self.corpus / file.path)
            # A file that was just written may be written again within the clock's grain: the
            # stored time is made invalid, so that the next run looks at its content once more.
            mtime = file.mtime_ns if now - file.mtime_ns > _RACY_NS else -1
            old = before.get(file.path)
            if old is not None and digest is not None and old.sha256 == digest:
                problems: Sequence[Problem] = old.problems
            else:
                from factcheck.sources import read_file

                read[file.path], problems = read_file(self.corpus, file.path)
                self._raise_if_strict(problems)
            states.append(
                FileState(file.path, file.size, mtime, file.ctime_ns, digest or "", tuple(problems))
            )
        if suspects:
            self.progress(Progress("reading", len(suspects), len(suspects)))
        return read, states, removed

    def _raise_if_strict(self, problems: Sequence[Problem]) -> None:
        if self.strict and problems:
            first = problems[0]
            raise SourceError(first.message, where=first.path, hint=first.hint, code=first.code)

    def _apply(
        self,
        read: dict[str, list[Source]],
        states: list[FileState],
        removed: list[str],
        listing_problems: Sequence[Problem],
        manifest_sha256: str,
    ) -> int:
        previous = self.store.meta().get("vectors_file")
        # New texts are encoded before the transaction: their vectors are kept even if the run is
        # stopped, and the transaction stays short.
        encoded = encode_missing(
            self.store, self.encoder, self._future_passages(read, removed), self.progress
        )
        with self.store.transaction():
            self.store.forget_files([*removed, *read])
            self.store.put_files(states)
            for path, sources in read.items():
                self.store.add_raw_sources(path, sources)
            raw = self.store.raw_sources()
            if not raw:
                problems = [*listing_problems, *(p for s in states for p in s.problems)]
                raise _nothing_readable(self.corpus, problems)
            sources, manifest_problems, origins = self._describe([source for _, source in raw])
            rows = [row for row, _ in raw]
            changed = self._put_sources(rows, sources, origins)
            for row, passages in changed:
                self.store.delete_passages(row)
                keys = vector_keys(passages, self.encoder.sha256)
                self.store.add_passages(row, passages, keys)
            self._drop_unused_vectors()
            self._write_meta(sources, origins, listing_problems, manifest_problems, manifest_sha256)
        # The previous file may still be being opened by another process; it goes next time.
        remove_old_vectors(self.index_dir, (self.store.meta().get("vectors_file"), previous))
        return encoded

    def _describe(self, raw: list[Source]) -> tuple[list[Source], list[Problem], dict[str, str]]:
        from factcheck.sources import apply_manifest, find_origins, read_manifest

        sources, problems = apply_manifest(raw, read_manifest(self.corpus))
        return list(sources), list(problems), find_origins(sources)

    def _future_passages(
        self, read: dict[str, list[Source]], removed: list[str]
    ) -> Iterator[Passage]:
        from factcheck.sources import apply_manifest, read_manifest

        gone = set(removed) | set(read)
        kept = [source for _, source in self.store.raw_sources() if source.path not in gone]
        raw = sorted([*kept, *(s for group in read.values() for s in group)], key=_file_order)
        sources, _ = apply_manifest(raw, read_manifest(self.corpus))
        known = {record_key for *_, record_key in self.store.source_rows()}
        for source in sources:
            if _passage_key(source, self.encoder.sha256) not in known:
                yield from _split(source)

    def _put_sources(
        self, rows: Sequence[int], sources: Sequence[Source], origins: dict[str, str]
    ) -> list[tuple[int, list[Passage]]]:
        before = {row: key for row, _, _, key in self.store.source_rows()}
        changed = []
        for row, source in zip(rows, sources, strict=True):
            key = _passage_key(source, self.encoder.sha256)
            if before.get(row) != key:
                changed.append((row, _split(source)))
            self.store.set_record(row, source, origins.get(source.id, source.id), key)
        return changed

    def _drop_unused_vectors(self) -> None:
        self.store.connection.execute(
            "DELETE FROM vectors WHERE key NOT IN (SELECT vector_key FROM passages)"
        )

    def _write_meta(
        self,
        sources: Sequence[Source],
        origins: dict[str, str],
        listing_problems: Sequence[Problem],
        manifest_problems: Sequence[Problem],
        manifest_sha256: str,
    ) -> None:
        from factcheck.sources import usable_sources

        self.progress(Progress("writing", 0, 1))
        vectors = write_vectors(self.store, self.index_dir, self.encoder.dimension)
        # By id, as readers list them.
        _, set_aside = usable_sources(sorted(sources, key=lambda source: source.id), None)
        problems = [*listing_problems, *manifest_problems]
        self.store.set_meta(
            {
                "version": __version__,
                "schema": str(SCHEMA_VERSION),
                "corpus_name": self.corpus.resolve().name,
                "corpus_sha256": corpus_hash(sources),
                "encoder_name": self.encoder.name,
                "encoder_sha256": self.encoder.sha256,
                "dimension": str(self.encoder.dimension),
                "sources": str(len(sources)),
                "origins": str(len(set(origins.values()))),
                "set_aside": problems_json(set_aside),
                "manifest": manifest_sha256,
                "listing": problems_hash(listing_problems),
                "problems": problems_json(problems),
                **vectors,
            }
        )
        self.progress(Progress("writing", 1, 1))


def _split(source: Source) -> list[Passage]:
    from factcheck.passages import split_passages

    return split_passages(source)


def _passage_key(source: Source, encoder_sha256: str) -> str:
    """Changes when the passages of a source, or their vectors, could change."""
    segments = json.dumps(
        [[s.start, s.end, s.place, s.speaker, s.heading, s.evidence] for s in source.segments]
    )
    parts = (
        encoder_sha256,
        source.sha256,
        source.title or "",
        source.language or "",
        source.format,
        segments,
    )
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def _file_order(source: Source) -> tuple[str, int]:
    return (source.path, 0)


def _nothing_readable(corpus: Path, problems: Sequence[Problem]) -> SourceError:
    if problems:
        reasons = "; ".join(f"{p.path}: {p.message}" for p in problems[:3])
        return SourceError(
            f"no file of the corpus can be read ({reasons})",
            where=corpus,
            hint="put whole, unlocked copies in their place, or add other sources",
            code="FC302",
        )
    return SourceError(
        "the corpus is empty",
        where=corpus,
        hint="put sources there: text, Markdown, HTML, PDF, DOCX, CSV, JSONL, SRT or VTT",
        code="FC302",
    )


def _refuse_broken_manifest(corpus: Path) -> None:
    """A manifest that cannot be read at all is an error, not a problem.

    Retractions and dates stand there: without them a verdict could rest on a retracted source.
    """
    from factcheck.sources import read_manifest

    manifest = read_manifest(corpus)
    if manifest.problems and not manifest.entries:
        problem = manifest.problems[0]
        raise SourceError(
            problem.message.replace("; it was left out", ""),
            where=Where(f"{corpus.as_posix()}/{problem.path}", problem.line),
            hint=problem.hint or "mend the file, or remove it",
            code=problem.code,
        )
