"""Whether a corpus is still the one that was indexed, and hashes of what it holds."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

from factcheck import __version__
from factcheck.index.rows import FileState, problems_json, source_json
from factcheck.index.store import Store
from factcheck.records import Problem, Source
from factcheck.sources.listing import MANIFEST_NAME, CorpusFile, list_corpus_files


def corpus_is_current(store: Store, corpus: Path, encoder_sha256: str) -> bool:
    """Whether nothing has changed since the index was made.

    Files are read only where size or times say that they may have changed.
    """
    meta = store.meta()
    if meta.get("encoder_sha256") != encoder_sha256 or meta.get("version") != __version__:
        return False
    if not corpus.is_dir():
        return True  # the index alone is enough to verify with
    if meta.get("manifest") != manifest_hash(corpus):
        return False
    known = store.files()
    files, _ = list_corpus_files(corpus)
    return len(files) == len(known) and all(
        file.path in known and _is_known(corpus, file, known[file.path]) for file in files
    )


def corpus_hash(sources: Sequence[Source]) -> str:
    """A hash of everything a verdict can depend on, independent of the order of the files."""
    digest = hashlib.sha256()
    for record in sorted(source_json(source) for source in sources):
        digest.update(record.encode())
        digest.update(b"\n")
    return digest.hexdigest()


def same_stat(file: CorpusFile, state: FileState) -> bool:
    """Whether size and times say that a file is as it was."""
    return (file.size, file.mtime_ns, file.ctime_ns) == (
        state.size,
        state.mtime_ns,
        state.ctime_ns,
    )


def _is_known(corpus: Path, file: CorpusFile, state: FileState) -> bool:
    return same_stat(file, state) or file_hash(corpus / file.path) == state.sha256


def file_hash(path: Path) -> str | None:
    """SHA-256 of a file, hex, or None when it cannot be read."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return None  # the reader reports why


def manifest_hash(corpus: Path) -> str:
    """SHA-256 of the corpus manifest; empty when there is none."""
    return file_hash(corpus / MANIFEST_NAME) or ""


def problems_hash(problems: Sequence[Problem]) -> str:
    """Changes when any problem does."""
    return hashlib.sha256(problems_json(problems).encode()).hexdigest()
