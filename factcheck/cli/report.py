"""`factcheck report`: a saved JSON report in another format, or checked again."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import click

from factcheck.cli.options import Run, shared_options
from factcheck.cli.output import output_options, write_outputs
from factcheck.cli.targets import check_targets, report_targets
from factcheck.errors import DataError, UsageError
from factcheck.records import Report


@click.command(name="report")
@click.argument("saved", metavar="FILE.json")
@click.option(
    "--replay", is_flag=True, help="Check every span and verdict again; exit 1 if one differs."
)
@output_options
@shared_options()
def command(
    run: Run, saved: str, replay: bool, report_format: str, outputs: tuple[str, ...]
) -> int:
    """Render the saved JSON report FILE.json in another format, or check it again.

    With --replay nothing in the report is believed: every passage is looked up in the sources,
    every verdict is made anew under the report's settings, and what changed since is named.

    \b
    Example:
      factcheck report report.json --output report.html
      factcheck report report.json --replay
    """
    check_targets(run, report_targets(report_format, outputs), {"the saved report": [saved]})
    report = read_report(saved)
    if replay:
        return _replay(run, report, report_format, outputs)
    write_outputs(report, report_format, outputs, run)
    return 0 if report.gate.passed else 1


def read_report(saved: str) -> Report:
    """Read a saved report.

    Raises:
        DataError: there is none, or it is not a report.
    """
    from factcheck.report.read import from_json

    path = Path(saved)
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise DataError(
            "there is no such report",
            where=path,
            hint="write one with `factcheck verify --output report.json`",
        ) from None
    except (OSError, UnicodeDecodeError) as error:
        raise DataError(f"the report cannot be read: {error}", where=path) from None
    return from_json(text, path=saved)


def _replay(run: Run, report: Report, report_format: str, outputs: tuple[str, ...]) -> int:
    if outputs or report_format not in ("terminal", "json"):
        raise UsageError("--replay writes to standard output, with --format terminal or json")
    from factcheck.pipeline import verify
    from factcheck.replay import (
        judge_replay,
        replay_config,
        replay_object,
        replay_text,
        replayable,
    )

    run.config, problems = replay_config(report, run.config)
    index = run.open_index()
    try:
        claims = [verdict.claim for verdict in report.verdicts if replayable(verdict)]
        today = verify(claims, index, models=run.models, config=run.config)
        result = judge_replay(report, today, index)
    finally:
        index.close()
    result = replace(result, claims=(*result.claims, *problems))
    if report_format == "json":
        click.echo(json.dumps(replay_object(result), ensure_ascii=False, indent=2))
    else:
        click.echo(replay_text(result, verbose=run.verbose), nl=False)
    return 0 if result.passed else 1
