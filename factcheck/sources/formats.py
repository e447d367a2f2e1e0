"""Which reader takes which file, by the ending of its name."""

from __future__ import annotations

import importlib
import posixpath
from collections.abc import Callable

from factcheck.errors import SourceError
from factcheck.records import Problem, Source
from factcheck.sources import limits

Reader = Callable[[bytes, str], tuple[list[Source], list[Problem]]]

# Module and function; the module is imported when the first file of its format is read.
_READERS: dict[str, tuple[str, str]] = {
    ".txt": ("plain", "read_plain"),
    ".text": ("plain", "read_plain"),
    ".md": ("markdown", "read_markdown"),
    ".markdown": ("markdown", "read_markdown"),
    ".html": ("html", "read_html"),
    ".htm": ("html", "read_html"),
    ".xhtml": ("html", "read_html"),
    ".pdf": ("pdf", "read_pdf"),
    ".docx": ("docx", "read_docx"),
    ".csv": ("csv", "read_csv"),
    ".tsv": ("csv", "read_csv"),
    ".jsonl": ("jsonl", "read_jsonl"),
    ".ndjson": ("jsonl", "read_jsonl"),
    ".srt": ("transcript", "read_transcript"),
    ".vtt": ("transcript", "read_transcript"),
}
# Row formats are often kept packed.
PACKED = (".jsonl.gz", ".ndjson.gz", ".csv.gz", ".tsv.gz")
_HINTS = {
    ".doc": "save it as .docx",
    ".odt": "save it as .docx",
    ".rtf": "save it as .docx",
    ".json": "write one object per line into a .jsonl file",
    ".xlsx": "save the sheet as .csv",
    ".xls": "save the sheet as .csv",
    ".ods": "save the sheet as .csv",
    ".mhtml": "save the page as .html",
}
# In lower case; `sources.yaml` itself is read, and comes here only in capitals.
_MISNAMED_MANIFESTS = frozenset({"sources.yml", "sources.yaml"})


def known_endings() -> str:
    """The endings of all formats, for messages."""
    return ", ".join(sorted(_READERS))


def has_reader(path: str) -> bool:
    """Whether the format of a file is known."""
    return _ending(path) in _READERS


def _ending(path: str) -> str:
    name = path.casefold()
    if name.endswith(PACKED):
        name = name.removesuffix(".gz")
    return posixpath.splitext(name)[1]  # one call for each of many files


def unknown_format(path: str) -> Problem:
    """What to tell the user about a file that no reader takes."""
    ending = _ending(path)
    hint = _HINTS.get(ending, f"read are {known_endings()}")
    if path.casefold() in _MISNAMED_MANIFESTS:
        hint = "rename it to `sources.yaml` if it describes the sources"
    shown = f'the ending "{ending}"' if ending else "a name without an ending"
    return Problem(
        path=path,
        message=f"{shown} is not a format that is read",
        hint=hint,
        code=limits.UNKNOWN_FORMAT,
        read=False,
    )


def reader_for(path: str) -> Reader:
    """The reader of a file.

    Raises:
        SourceError: FC304 when its format is not known.
    """
    found = _READERS.get(_ending(path))
    if found is None:
        problem = unknown_format(path)
        raise SourceError(problem.message, where=path, hint=problem.hint, code=problem.code)
    module, function = found
    reader: Reader = getattr(importlib.import_module(f"factcheck.sources.{module}"), function)
    return reader
