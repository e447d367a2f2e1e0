"""`factcheck diff`: which verdicts changed between two saved reports, and why."""

from __future__ import annotations

import json

import click

from factcheck.cli.options import Run, shared_options
from factcheck.cli.report import read_report


@click.command(name="diff")
@click.argument("old", metavar="OLD.json")
@click.argument("new", metavar="NEW.json")
@click.option(
    "--format",
    "output_format",
    type=click.Choice(["terminal", "json"]),
    default="terminal",
    help="Form of the output.",
)
@click.option("--exit-code", is_flag=True, help="Exit with 1 if a label changed.")
@shared_options(index=False)
def command(run: Run, old: str, new: str, output_format: str, exit_code: bool) -> int:
    """Show which verdicts changed from OLD.json to NEW.json, and why.

    Claims whose label stayed the same while evidence or numbers changed are shown with --verbose.

    \b
    Example:
      factcheck diff last-week.json today.json
    """
    from factcheck.compare import compare_reports, comparison_object, comparison_text

    comparison = compare_reports(read_report(old), read_report(new))
    if output_format == "json":
        click.echo(json.dumps(comparison_object(comparison), ensure_ascii=False, indent=2))
    else:
        click.echo(comparison_text(comparison, verbose=run.verbose), nl=False)
    return 1 if exit_code and comparison.of_kind("label") else 0
