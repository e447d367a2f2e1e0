"""Which reader takes which file, by the ending of its name."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import PurePosixPath

from factcheck.errors import SourceError
from factcheck.records import Problem, Source
from factcheck.sources import limits
from factcheck.sources.csv import read_csv
from factcheck.sources.docx import read_docx
from factcheck.sources.html import read_html
from factcheck.sources.jsonl import read_jsonl
from factcheck.sources.markdown import read_markdown
from factcheck.sources.pdf import read_pdf
from factcheck.sources.plain import read_plain
from factcheck.sources.transcript import read_transcript

Reader = Callable[[bytes, str], tuple[list[Source], list[Problem]]]

READERS: dict[str, Reader] = {
    ".txt": read_plain,
    ".text": read_plain,
    ".md": read_markdown,
    ".markdown": read_markdown,
    ".html": read_html,
    ".htm": read_html,
    ".xhtml": read_html,
    ".pdf": read_pdf,
    ".docx": read_docx,
    ".csv": read_csv,
    ".tsv": read_csv,
    ".jsonl": read_jsonl,
    ".ndjson": read_jsonl,
    ".srt": read_transcript,
    ".vtt": read_transcript,
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


def known_endings() -> str:
    """The endings of all formats, for messages."""
    return ", ".join(sorted(READERS))


def find_reader(path: str) -> Reader | None:
    """The reader of a file, or None when its format is not known."""
    name = path.casefold()
    if name.endswith(PACKED):
        name = name.removesuffix(".gz")
    return READERS.get(PurePosixPath(name).suffix)


def unknown_format(path: str) -> Problem:
    """What to tell the user about a file that no reader takes."""
    ending = PurePosixPath(path.casefold()).suffix
    shown = f'the ending "{ending}"' if ending else "a name without an ending"
    return Problem(
        path=path,
        message=f"{shown} is not a format that is read",
        hint=_HINTS.get(ending, f"read are {known_endings()}"),
        code=limits.UNKNOWN_FORMAT,
    )


def reader_for(path: str) -> Reader:
    """The reader of a file.

    Raises:
        SourceError: FC304 when its format is not known.
    """
    reader = find_reader(path)
    if reader is None:
        problem = unknown_format(path)
        raise SourceError(problem.message, where=path, hint=problem.hint, code=problem.code)
    return reader
