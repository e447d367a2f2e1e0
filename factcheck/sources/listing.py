"""The files of a corpus folder, without reading them."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from factcheck.errors import SourceError
from factcheck.records import Problem
from factcheck.sources import limits
from factcheck.sources.formats import has_reader, unknown_format

MANIFEST_NAME = "sources.yaml"
# Hidden files, and the lock files that Word and Excel keep beside an open document.
_PASSED_OVER = (".", "~$")


@dataclass(frozen=True, slots=True, kw_only=True)
class CorpusFile:
    """One file of a corpus as it lies on disk.

    Args:
        path: POSIX path relative to the corpus folder.
        size: bytes.
        mtime_ns, ctime_ns: times of the last change of content and of anything, in nanoseconds;
            with `size` they tell whether to read again.
        sha256: hex digest of the bytes; empty until the file was read.
        source_ids: ids of its sources before `apply_manifest`; empty until the file was read.
    """

    path: str
    size: int
    mtime_ns: int
    ctime_ns: int
    sha256: str = ""
    source_ids: tuple[str, ...] = ()


def list_corpus_files(root: Path) -> tuple[list[CorpusFile], list[Problem]]:
    """List the files of a corpus without reading them.

    Hidden files and folders, Word's lock files, `sources.yaml` and a README.md in the root are no
    sources. Everything else is a file to read, or a problem: an unknown ending, a closed folder, a
    link in a circle.

    Args:
        root: folder, or a single file.

    Returns:
        Files in order of path, and problems in order of path.

    Raises:
        SourceError: FC301 when `root` is neither, FC303 when it may not be read.
    """
    root = Path(root)
    try:
        status = root.stat()
    except OSError as error:
        raise SourceError(
            "there is no such corpus",
            where=str(root),
            hint="name the folder with --corpus, or start one with `factcheck init`",
            code=limits.CORPUS_MISSING,
        ) from error
    found: Iterator[CorpusFile | Problem]
    if not stat.S_ISDIR(status.st_mode):
        found = iter([_listed(root.name, status)])
    else:
        found = _walk(root)
    entries = sorted(found, key=lambda entry: entry.path)
    files = [entry for entry in entries if isinstance(entry, CorpusFile)]
    return files, [entry for entry in entries if isinstance(entry, Problem)]


def _walk(root: Path) -> Iterator[CorpusFile | Problem]:
    seen = {_identity(root.stat())}
    folders = [""]
    while folders:
        folder = folders.pop()
        try:
            with os.scandir(root / folder) as scan:
                entries = sorted(scan, key=lambda entry: entry.name)
        except OSError as error:
            if not folder:
                raise SourceError(
                    "the corpus folder may not be read", where=str(root), code=limits.NOT_READABLE
                ) from error
            yield _broken(folder.rstrip("/"), io_reason(error), hint="check who may read it")
            continue
        for entry in entries:
            path = folder + entry.name
            if entry.name.startswith(_PASSED_OVER) or _is_reserved(path):
                continue
            if _not_unicode(path):
                shown = os.fsencode(path).decode("utf-8", "replace")
                yield _broken(shown, "its name is not valid Unicode", hint="rename it")
                continue
            try:
                status = entry.stat()
            except OSError as error:
                yield _broken(path, io_reason(error))
                continue
            if not stat.S_ISDIR(status.st_mode):
                yield _listed(path, status)
            elif _identity(status) in seen:
                message = "the link leads to a folder that is already being read"
                yield _broken(path, message, code=limits.LINK_LOOP)
            else:
                seen.add(_identity(status))
                folders.append(path + "/")


def _identity(status: os.stat_result) -> tuple[int, int]:
    return status.st_dev, status.st_ino


def _is_reserved(path: str) -> bool:
    return path == MANIFEST_NAME or path.casefold() == "readme.md"


def is_source_path(path: str) -> bool:
    """Whether a file would be read as a source, by its name and place alone.

    Args:
        path: POSIX path relative to the corpus folder.
    """
    hidden = any(part.startswith(_PASSED_OVER) for part in path.split("/"))
    return not hidden and not _is_reserved(path) and has_reader(path)


def _not_unicode(path: str) -> bool:
    try:
        path.encode("utf-8")
    except UnicodeEncodeError:
        return True
    return False


def _listed(path: str, status: os.stat_result) -> CorpusFile | Problem:
    if not stat.S_ISREG(status.st_mode):
        return _broken(path, "it is no ordinary file")
    if not has_reader(path):
        return unknown_format(path)
    return CorpusFile(
        path=path,
        size=status.st_size,
        mtime_ns=status.st_mtime_ns,
        ctime_ns=status.st_ctime_ns,
    )


def _broken(
    path: str, message: str, *, hint: str | None = None, code: str = limits.NOT_READABLE
) -> Problem:
    return Problem(path=path, message=message, hint=hint, code=code, read=False)


def io_reason(error: OSError) -> str:
    """What the operating system says, without the absolute path that it adds."""
    return f"cannot be read: {error.strerror or type(error).__name__}"
