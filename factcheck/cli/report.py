"""`factcheck report`: a saved JSON report in another format."""

from __future__ import annotations

from pathlib import Path

import click

from factcheck.cli.options import Run, shared_options
from factcheck.cli.output import output_options, write_outputs
from factcheck.errors import DataError


@click.command(name="report")
@click.argument("saved", metavar="FILE.json")
@output_options
@shared_options(index=False)
def command(run: Run, saved: str, report_format: str, outputs: tuple[str, ...]) -> int:
    """Render the saved JSON report FILE.json in another format.

    \b
    Example:
      factcheck report report.json --output report.html
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
    report = from_json(text, path=saved)
    write_outputs(report, report_format, outputs, run)
    return 0 if report.gate.passed else 1
