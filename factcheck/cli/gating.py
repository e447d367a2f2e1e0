"""The gate on the command line: its options, its notes, its baseline and its waivers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from factcheck.cli.options import Run
from factcheck.cli.output import write_whole
from factcheck.errors import DataError, UsageError
from factcheck.gate import Gate, GatePolicy, finished_gate, judge_run
from factcheck.records import Report


def gate_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """Add --baseline, --update-baseline, --suggest-waivers and --no-cache."""
    options = (
        click.option("--baseline", metavar="FILE", help="Known findings; only new ones fail."),
        click.option(
            "--update-baseline", is_flag=True, help="Write today's findings to the baseline."
        ),
        click.option(
            "--suggest-waivers", is_flag=True, help="Print a waiver for each finding on stderr."
        ),
        click.option("--no-cache", is_flag=True, help="Make every verdict anew."),
    )
    for option in reversed(options):
        function = option(function)
    return function


def without_baseline(run: Run) -> str:
    """Take the baseline out of the settings of a run that is going to write it.

    Returns:
        Its path.

    Raises:
        UsageError: there is none, or another file stands there.
    """
    path = run.config["gate.baseline"]
    if path is None:
        raise UsageError("--update-baseline needs --baseline FILE")
    if Path(path).is_file() and not _is_baseline(Path(path)):
        raise UsageError(
            "--update-baseline would overwrite a file that is not a baseline",
            where=path,
            hint="name another file with --baseline; one that does not exist is made",
            code="FC102",
        )
    run.config = run.config.with_values({"gate.baseline": None}, "flag")
    return str(path)


def _is_baseline(path: Path) -> bool:
    from factcheck.baseline import read_baseline

    try:
        read_baseline(path)
    except DataError:
        return False
    return True


def updated_baseline(run: Run, report: Report, path: str) -> Report:
    """Write the findings of a report as the baseline, and judge the report by it."""
    from factcheck.baseline import baseline_text

    gate = Gate(GatePolicy.of_config(run.config))
    pairs = [(f, verdict) for verdict in report.verdicts for f in gate.judge(verdict)[0]]
    write_whole(Path(path), baseline_text(pairs))
    run.say(f"wrote {path}")
    run.config = run.config.with_values({"gate.baseline": path}, "flag")
    return replace(report, gate=judge_run(report.verdicts, GatePolicy.of_config(run.config)))


def suggest_waivers(run: Run, report: Report) -> None:
    """Print entries for `waivers:` on stderr, one for each finding that can be waived."""
    from factcheck.waivers import WAIVABLE_RULES, suggested_waiver

    gate = Gate(GatePolicy.of_config(run.config))
    blocks = [
        suggested_waiver(finding, verdict)
        for verdict in report.verdicts
        for finding in gate.judge(verdict)[0]
        if finding.rule in WAIVABLE_RULES
    ]
    if blocks:
        click.echo("waivers:\n" + "\n".join(blocks), err=True)


def say_gate_notes(run: Run, report: Report) -> None:
    """Say which waivers have expired or lapsed; these are warnings, also when asked to be quiet."""
    gate = Gate(GatePolicy.of_config(run.config))
    finished_gate(gate, report.verdicts)
    say_notes(run, gate)


def say_notes(run: Run, gate: Gate) -> None:
    """The notes of a gate that has judged everything."""
    for note in gate.notes():
        click.echo(f"warning: {note}", err=True)
    outdated = gate.outdated_baseline()
    if outdated:
        run.say(f"{outdated} entries of the baseline did not occur; --update-baseline drops them")
