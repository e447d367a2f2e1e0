"""Where reports go: stdout in one format, files in the formats of their endings."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from factcheck.cli.options import Run
from factcheck.errors import StorageError, UsageError
from factcheck.records import Report

STDOUT = Path("-")


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


def write_outputs(
    report: Report, report_format: str, outputs: Sequence[str], run: Run
) -> list[Path]:
    """Render the report on stdout and into every file asked for.

    `FORMAT:-` among the outputs takes the place of --format on stdout.

    Returns:
        The files written.

    Raises:
        UsageError: an unknown format or ending, or two reports for stdout; nothing is written.
        StorageError: a file cannot be written; files already there stay as they were.
    """
    from factcheck.report.registry import render

    report_format, targets = plan_outputs(report_format, outputs)
    verbosity = "quiet" if run.quiet else "verbose" if run.verbose else "normal"
    options: dict[str, Any] = {"verbosity": verbosity}
    shown = options | (terminal_options() if report_format == "terminal" else {})
    text = render(report, report_format, **shown)
    for name, path in targets:
        write_whole(path, render(report, name, **options))
        run.say(f"wrote {path}")
    write_stdout(text)
    if report_format == "github":
        append_job_summary(report)
    return [path for _, path in targets]


def plan_outputs(report_format: str, outputs: Sequence[str]) -> tuple[str, list[tuple[str, Path]]]:
    """The format on stdout, and the format and path of every file.

    Raises:
        UsageError: an unknown format or ending, or two reports for stdout.
    """
    from factcheck.report.registry import check_format, format_of_path

    check_format(report_format)
    targets = [format_of_path(output) for output in outputs]
    to_stdout = [name for name, path in targets if path == STDOUT]
    if len(to_stdout) > 1:
        raise UsageError(
            f"standard output can take one report, not {' and '.join(to_stdout)}",
            hint="name a file for the others",
        )
    return (to_stdout or [report_format])[0], [t for t in targets if t[1] != STDOUT]


def write_stdout(text: str) -> None:
    """Write a report to standard output, ending in one newline; nothing if it is empty."""
    if text:
        colour = True if sys.stdout.isatty() else None
        click.echo(text, nl=not text.endswith("\n"), color=colour)


def write_per_file(report: Report, spec: str, run: Run) -> list[Path]:
    """Write one report for every claims file into a folder.

    Args:
        report: of the whole run.
        spec: the folder, or `FORMAT:FOLDER`; the format is JSON unless it is named.

    Returns:
        The files written.
    """
    from factcheck.report.registry import render

    groups: dict[str, list[int]] = {}
    for number, verdict in enumerate(report.verdicts):
        location = verdict.claim.location
        groups.setdefault(location.path if location else "claims", []).append(number)
    name, paths = plan_per_file(spec, groups)
    for source, numbers in groups.items():
        write_whole(paths[source], render(_part(report, source, numbers), name))
        run.say(f"wrote {paths[source]}")
    return list(paths.values())


def plan_per_file(spec: str, sources: Iterable[str]) -> tuple[str, dict[str, Path]]:
    """The format of `write_per_file`, and the report of every claims file."""
    from factcheck.report.registry import ending_of, format_of_path

    name, folder = format_of_path(spec) if _names_format(spec) else ("json", Path(spec))
    return name, {source: folder / (_inside(source) + ending_of(name)) for source in sources}


def _names_format(spec: str) -> bool:
    from factcheck.report.registry import formats

    head, colon, _ = spec.partition(":")
    return bool(colon) and head.lower() in formats()


def _inside(source: str) -> str:
    """The name of a claims file as a path that stays inside a folder."""
    parts = [part for part in Path(source).parts if part not in ("..", ".", Path(source).anchor)]
    return "/".join(part.strip("<>") for part in parts) or "claims"


def _part(report: Report, source: str, numbers: Sequence[int]) -> Report:
    verdicts = tuple(report.verdicts[number] for number in numbers)
    ids = {verdict.claim.id for verdict in verdicts}
    findings = tuple(item for item in report.gate.findings if item.claim_id in ids)
    accepted = tuple(item for item in report.gate.accepted if item.claim_id in ids)
    gate = replace(report.gate, passed=not findings, findings=findings, accepted=accepted)
    return replace(report, verdicts=verdicts, gate=gate)


def append_job_summary(report: Report) -> None:
    """Add the summary to the page of a GitHub job, where there is one."""
    target = os.environ.get("GITHUB_STEP_SUMMARY")
    if not target:
        return
    from factcheck.report.github import job_summary

    try:
        with Path(target).open("a", encoding="utf-8", newline="\n") as file:
            file.write(job_summary(report))
    except OSError as error:
        raise StorageError(
            f"the job summary cannot be written: {error.strerror or error}", where=target
        ) from error


def terminal_options() -> dict[str, Any]:
    """Width and colour of the terminal; no colour when it is none, or with NO_COLOR."""
    import shutil

    is_terminal = sys.stdout.isatty()
    width = shutil.get_terminal_size((100, 40)).columns if is_terminal else 100
    return {"width": max(40, min(width, 120)), "colour": is_terminal and not _no_colour()}


def _no_colour() -> bool:
    return bool(os.environ.get("NO_COLOR")) or os.environ.get("TERM") == "dumb"


def write_whole(path: Path, text: str) -> None:
    """Write a file so that at any moment either the old or the new content is there.

    A pipe or a device is written to; a file in its place would be no longer what it was.
    """
    if is_device(path):
        _write_into(path, text)
        return
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary.write_text(text, encoding="utf-8", newline="\n")
        temporary.replace(path)
    except OSError as error:
        _remove(temporary)
        raise _cannot_write(path, error) from error
    except BaseException:
        _remove(temporary)
        raise


def is_device(path: Path) -> bool:
    """Whether a pipe, a socket or a device stands there."""
    try:
        return path.exists() and not path.is_file() and not path.is_dir()
    except OSError:  # a name that is too long, say: writing tells it
        return False


def _write_into(path: Path, text: str) -> None:
    try:
        with path.open("w", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except OSError as error:
        raise _cannot_write(path, error) from error


def _cannot_write(path: Path, error: OSError) -> StorageError:
    return StorageError(
        f"the report cannot be written: {error.strerror or error}",
        where=path,
        hint="check the folder and the free space, or choose another --output",
    )


def _remove(path: Path) -> None:
    with suppress(OSError):
        path.unlink(missing_ok=True)
