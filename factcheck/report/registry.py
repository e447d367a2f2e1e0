"""The one list of report formats: names, file endings, and the function behind each."""

from __future__ import annotations

import difflib
import importlib
import re
from pathlib import Path
from typing import Any

from factcheck.errors import UsageError
from factcheck.records import Report
from factcheck.report.options import RenderOptions

# Endings in lower case; the first is the one that the documentation names.
_ENDINGS: dict[str, tuple[str, ...]] = {
    "terminal": (".txt",),
    "json": (".json",),
    "jsonl": (".jsonl", ".ndjson"),
    "markdown": (".md", ".markdown"),
    "html": (".html", ".htm"),
    "csv": (".csv",),
    "junit": (".xml",),
    "sarif": (".sarif", ".sarif.json"),
    "github": (),
    "claimreview": (".jsonld",),
}

_FORMAT_PREFIX = re.compile(r"([A-Za-z][A-Za-z0-9_-]+):(.*)", re.DOTALL)


def formats() -> tuple[str, ...]:
    """Names of all formats, in the order of the documentation."""
    return tuple(_ENDINGS)


def render(report: Report, fmt: str, **options: Any) -> str:
    """Render a report in one format.

    The same report and options give the same text: no clock, no environment, no terminal is asked.

    Args:
        report: the record to show.
        fmt: one of `formats()`.
        **options: fields of `RenderOptions`; those that do not concern the format change nothing.

    Returns:
        The whole file, ending in a newline; free of lone surrogates, so that UTF-8 can hold it.

    Raises:
        UsageError: FC101, the format is unknown.
    """
    check_format(fmt)
    module = importlib.import_module(f"factcheck.report.{fmt}")
    text: str = module.render(report, RenderOptions(**options))
    return text


def check_format(fmt: str) -> None:
    """Refuse a format that is not known.

    Raises:
        UsageError: FC101.
    """
    if fmt not in _ENDINGS:
        raise _unknown_format(fmt)


def ending_of(fmt: str) -> str:
    """The usual ending of a format's files, with its point."""
    return (*_ENDINGS[fmt], ".txt")[0]


def format_of_path(path_or_spec: str) -> tuple[str, Path]:
    """The format and file that an `--output` value names.

    Args:
        path_or_spec: a file whose ending names the format, or `FORMAT:FILE`; `FORMAT:-` is stdout.

    Returns:
        `(format, path)`; the path is as given.

    Raises:
        UsageError: FC101, the ending or the format is unknown, or no file is named.
    """
    match = _FORMAT_PREFIX.fullmatch(path_or_spec)
    if match:
        fmt, file = match[1].lower(), match[2]
        if fmt not in _ENDINGS:
            raise _unknown_format(match[1], spec=path_or_spec)
        if not file:
            raise UsageError(
                f'"{path_or_spec}" names no file', hint=f"write {fmt}:FILE, or {fmt}:- for stdout"
            )
        return fmt, Path(file)
    name = Path(path_or_spec).name.lower()
    # The longest ending wins, so that ".sarif.json" is not taken for ".json".
    endings = [(ending, fmt) for fmt, known in _ENDINGS.items() for ending in known]
    for ending, fmt in sorted(endings, key=lambda pair: -len(pair[0])):
        if name.endswith(ending) and name != ending:
            return fmt, Path(path_or_spec)
    raise UsageError(
        f'the ending of "{path_or_spec}" names no report format',
        hint=f"use one of {_known_endings()}, or FORMAT:FILE with {', '.join(formats())}",
    )


def _known_endings() -> str:
    return " ".join(known[0] for known in _ENDINGS.values() if known)


def _unknown_format(fmt: str, *, spec: str | None = None) -> UsageError:
    near = difflib.get_close_matches(fmt.lower(), formats(), n=1)
    hint = f"formats: {', '.join(formats())}"
    if near:
        hint = f"did you mean {near[0]}? {hint}"
    elif spec is not None:
        hint = f"for a file with a colon in its name write ./{spec}; {hint}"
    return UsageError(f'unknown report format "{fmt}"', hint=hint)
