"""The index folder: made, emptied, locked for one writer, kept for one corpus."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from factcheck.errors import IndexStoreError, StorageError
from factcheck.index.database import DATABASE_FILE, storage_errors
from factcheck.index.store import Store

_LOCK_TIMEOUT_S = 600.0


def make_folder(index_dir: Path) -> None:
    """Make the index folder, kept out of version control."""
    with storage_errors(index_dir):
        index_dir.mkdir(parents=True, exist_ok=True)
        ignore = index_dir / ".gitignore"
        if not ignore.exists():
            ignore.write_text("*\n", encoding="utf-8")


def remove_index(index_dir: Path) -> None:
    """Remove database and vectors; other files of the folder stay."""
    with storage_errors(index_dir):
        for pattern in (f"{DATABASE_FILE}*", "vectors-*.faiss*"):
            for path in index_dir.glob(pattern):
                path.unlink(missing_ok=True)


def refuse_foreign(store: Store, corpus: Path) -> None:
    """Refuse the index of another corpus.

    Raises:
        IndexStoreError: FC515.
    """
    name = store.meta().get("corpus_name")
    if name is not None and name != corpus.resolve().name:
        raise IndexStoreError(
            f'the index belongs to another corpus ("{name}")',
            where=store.path,
            hint="choose another place with --index DIR, or run `factcheck index --rebuild`",
            code="FC515",
        )


@contextmanager
def writer_lock(index_dir: Path) -> Iterator[None]:
    """One writer at a time.

    Raises:
        IndexStoreError: FC513, another process holds the lock for too long.
        StorageError: the folder cannot be written.
    """
    import filelock

    lock = filelock.FileLock(index_dir / "writer.lock", timeout=_LOCK_TIMEOUT_S)
    try:
        with lock:
            yield
    except filelock.Timeout:
        raise IndexStoreError(
            "another process has been writing to the index for ten minutes",
            where=index_dir,
            hint="wait for it, or end it and run the command again",
            code="FC513",
        ) from None
    except PermissionError as error:
        raise StorageError(
            "the index folder cannot be written",
            where=index_dir,
            hint="check the permissions, choose another place with --index DIR,"
            " or use an index as it is with --locked",
        ) from error
