"""`factcheck ask`: one claim from the command line."""

from __future__ import annotations

import click

from factcheck.cli.options import Run, refuse_empty, shared_options
from factcheck.cli.output import output_options, write_outputs
from factcheck.cli.targets import check_targets, report_targets


@click.command(name="ask")
@click.argument("claim_text", metavar="CLAIM")
@click.option("--speaker", metavar="NAME", help="Who made the claim.")
@click.option("--said-on", metavar="DATE", help="When it was said, as 2025-12-31.")
@click.option("--as-of", metavar="DATE", help="Leave out sources published later.")
@click.option("--source", "include", metavar="GLOB", multiple=True, help="Use only these sources.")
@output_options
@shared_options()
def command(
    run: Run,
    claim_text: str,
    speaker: str | None,
    said_on: str | None,
    as_of: str | None,
    include: tuple[str, ...],
    report_format: str,
    outputs: tuple[str, ...],
) -> int:
    """Verify one CLAIM against the source base.

    \b
    Example:
      factcheck ask "Turkey recognised Kosovo on 18 Feb 2008"
    """
    from factcheck.claim_files import Entry
    from factcheck.claims import build_claim
    from factcheck.cli.running import verify_with_progress
    from factcheck.errors import raise_input_errors

    refuse_empty(
        claim_text, "the claim is empty", hint="give the claim as one text, in quotation marks"
    )
    values = {
        "claim": claim_text,
        "speaker": speaker,
        "said_on": said_on,
        "as_of": as_of,
        "sources": {"include": list(include)} if include else None,
    }
    given = {name: value for name, value in values.items() if value is not None}
    claim, errors = build_claim(Entry(values=given, line=1), 1, "command line")
    raise_input_errors(errors)
    assert claim is not None
    check_targets(run, report_targets(report_format, outputs))
    report = verify_with_progress(run, [claim])
    write_outputs(report, report_format, outputs, run)
    return 0 if report.gate.passed else 1
