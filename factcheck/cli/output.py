"""Where reports go: stdout in one format, files in the formats of their endings."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from factcheck.cli.options import Run
from factcheck.errors import StorageError
from factcheck.records import Report


def output_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """Add --format and --output."""
    function = click.option(
        "--output",
        "outputs",
        metavar="FILE",
        multiple=True,
        help="Write a report; its format follows the ending (or FORMAT:FILE). Can be repeated.",
    )(function)
    return click.option(
        "--format",
        "report_format",
        default="terminal",
        metavar="FORMAT",
        help="Format on standard output: terminal, json, jsonl, markdown, …",
    )(function)


def write_outputs(report: Report, report_format: str, outputs: tuple[str, ...], run: Run) -> None:
    """Render the report on stdout and into every file asked for.

    Raises:
        UsageError: an unknown format or ending; nothing is written then.
        StorageError: a file cannot be written; files already there stay as they were.
    """
    from factcheck.report.registry import format_of_path, render

    targets = [format_of_path(output) for output in outputs]
    options = {"verbosity": "quiet" if run.quiet else "verbose" if run.verbose else "normal"}
    if report_format == "terminal":
        options.update(terminal_options())
    text = render(report, report_format, **options)
    for name, path in targets:
        write_whole(path, render(report, name))
        run.say(f"wrote {path}")
    click.echo(text, nl=not text.endswith("\n"), color=True if sys.stdout.isatty() else None)


def terminal_options() -> dict[str, Any]:
    """Width and colour of the terminal; no colour when it is none, or with NO_COLOR."""
    import shutil

    is_terminal = sys.stdout.isatty()
    width = shutil.get_terminal_size((100, 40)).columns if is_terminal else 100
    return {"width": max(40, min(width, 120)), "colour": is_terminal and not _no_colour()}


def _no_colour() -> bool:
    return bool(os.environ.get("NO_COLOR")) or os.environ.get("TERM") == "dumb"


def write_whole(path: Path, text: str) -> None:
    """Write a file so that at any moment either the old or the new content is there."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary.write_text(text, encoding="utf-8", newline="\n")
        temporary.replace(path)
    except OSError as error:
        temporary.unlink(missing_ok=True)
        raise StorageError(
            f"the report cannot be written: {error.strerror or error}",
            where=path,
            hint="check the folder and the free space, or choose another --output",
        ) from error
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
