"""A corpus folder to sources."""

from __future__ import annotations

import gzip
import hashlib
import io
import stat
import zlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from factcheck.errors import InputError, InputErrors, SourceError, Where
from factcheck.records import Problem, Source
from factcheck.sources import limits
from factcheck.sources.formats import PACKED, known_endings, reader_for
from factcheck.sources.listing import CorpusFile, io_reason, list_corpus_files
from factcheck.sources.manifest import apply_manifest, read_manifest

__all__ = ["CorpusFile", "CorpusRead", "list_corpus_files", "read_corpus", "read_file"]


@dataclass(frozen=True, slots=True, kw_only=True)
class CorpusRead:
    """A corpus in memory.

    Args:
        sources: sorted by id.
        problems: in order of path and line.
        files: in order of path.
    """

    sources: tuple[Source, ...]
    problems: tuple[Problem, ...]
    files: tuple[CorpusFile, ...] = ()


def read_corpus(
    root: Path, *, strict: bool = False, on_file: Callable[[str], None] | None = None
) -> CorpusRead:
    """Read every source of a corpus.

    Args:
        root: folder, or a single file.
        strict: any problem is an error.
        on_file: called with each file's path before it is read.

    Returns:
        All sources that could be read, and a problem for everything that could not.

    Raises:
        SourceError: FC301 there is no such folder, FC302 no source in it could be read.
        InputErrors: with `strict`, all problems.
    """
    listed, problems = list_corpus_files(root)
    files: list[CorpusFile] = []
    sources: list[Source] = []
    for file in listed:
        if on_file is not None:
            on_file(file.path)
        found, wrong, digest = _read(root, file.path)
        sources.extend(found)
        problems.extend(wrong)
        ids = tuple(source.id for source in found)
        files.append(replace(file, sha256=digest, source_ids=ids))
    final, more = apply_manifest(sources, read_manifest(root))
    ordered = sorted([*problems, *more], key=_problem_order)
    if strict and ordered:
        raise InputErrors([_as_error(problem) for problem in ordered])
    if not final:
        raise _empty(root, ordered)
    by_id = sorted(final, key=lambda source: source.id)
    return CorpusRead(sources=tuple(by_id), problems=tuple(ordered), files=tuple(files))


def _problem_order(problem: Problem) -> tuple[str, int, str]:
    return problem.path, problem.line or 0, problem.message


def _as_error(problem: Problem) -> InputError:
    where = Where(problem.path, problem.line)
    return SourceError(problem.message, where=where, hint=problem.hint, code=problem.code)


def _empty(root: Path, problems: list[Problem]) -> SourceError:
    if problems:
        first = problems[0]
        more = f", and {len(problems) - 1} more" if len(problems) > 1 else ""
        hint = f"{first.path}: {first.message}{more}"
    else:
        hint = f"put sources into it; {known_endings()} are read"
    return SourceError(
        "there is no source in the corpus that can be used",
        where=str(root),
        hint=hint,
        code=limits.CORPUS_EMPTY,
    )


def read_file(root: Path, path: str) -> tuple[list[Source], list[Problem]]:
    """Read the sources of one file, with the metadata that stands in the file itself.

    Whatever is wrong becomes a problem; nothing is raised for a bad file.

    Args:
        root: the corpus folder, or the file itself.
        path: relative POSIX path, as `list_corpus_files` gives it.

    Returns:
        Sources in file order, not yet unique by id, and problems.
    """
    sources, problems, _ = _read(root, path)
    return sources, problems


def _read(root: Path, path: str) -> tuple[list[Source], list[Problem], str]:
    digest = ""
    try:
        data = _bytes(root, path)
        digest = hashlib.sha256(data).hexdigest()
        sources, problems = reader_for(path)(_unpacked(data, path), path)
    except SourceError as error:
        line = error.where.line if isinstance(error.where, Where) else None
        sources, problems = [], [_problem(path, error.message, error.code, error.hint, line)]
    except OSError as error:
        sources, problems = [], [_problem(path, io_reason(error), limits.NOT_READABLE)]
    except (Exception, RecursionError, MemoryError) as error:
        # Third-party parsers meet hostile files here; one of them must not end the whole run.
        message = f"the file cannot be read ({type(error).__name__})"
        hint = "it may be damaged; convert it to text"
        sources, problems = [], [_problem(path, message, limits.DAMAGED, hint)]
    if not sources:
        problems = problems or [_problem(path, "there is no text in it", limits.NO_TEXT)]
        problems = [replace(problem, read=False) for problem in problems]
    return sources, problems, digest


def _problem(
    path: str, message: str, code: str, hint: str | None = None, line: int | None = None
) -> Problem:
    return Problem(path=path, message=message, hint=hint, code=code, line=line)


def _bytes(root: Path, path: str) -> bytes:
    root = Path(root)
    file = root / path if root.is_dir() else root
    status = file.stat()
    if not stat.S_ISREG(status.st_mode):
        raise SourceError("it is no ordinary file", where=path, code=limits.NOT_READABLE)
    if status.st_size == 0:
        raise SourceError("the file is empty", where=path, code=limits.NO_TEXT)
    if status.st_size > limits.MAX_FILE_BYTES:
        raise _too_large(path, limits.MAX_FILE_BYTES)
    return file.read_bytes()


def _unpacked(data: bytes, path: str) -> bytes:
    if not path.casefold().endswith(PACKED):
        return data
    try:
        with gzip.open(io.BytesIO(data)) as packed:
            unpacked = packed.read(limits.MAX_UNPACKED_BYTES + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise SourceError("the packed file is damaged", where=path, code=limits.DAMAGED) from error
    if len(unpacked) > limits.MAX_UNPACKED_BYTES:
        raise _too_large(path, limits.MAX_UNPACKED_BYTES)
    return unpacked


def _too_large(path: str, limit: int) -> SourceError:
    return SourceError(
        f"the file has more than {limit:,} bytes",
        where=path,
        hint="split it into several files",
        code=limits.TOO_LARGE,
    )
