"""`factcheck quote`: one quotation, word by word."""

from __future__ import annotations

import click

from factcheck.cli.options import Run, refuse_empty, shared_options
from factcheck.cli.output import output_options, write_outputs
from factcheck.cli.targets import check_targets, report_targets


@click.command(name="quote")
@click.argument("text", metavar="TEXT")
@click.option("--speaker", metavar="NAME", help="Who is said to have spoken the words.")
@click.option("--as-of", metavar="DATE", help="Leave out sources published later.")
@output_options
@shared_options()
def command(
    run: Run,
    text: str,
    speaker: str | None,
    as_of: str | None,
    report_format: str,
    outputs: tuple[str, ...],
) -> int:
    """Check the quotation TEXT word by word against the source base.

    It is verbatim, trivial (typography only), altered, spliced, shortened or not found. The exit
    code is 1 if words were changed.

    \b
    Example:
      factcheck quote "I am horrified by Turkey's behavior" --speaker "Aleksandar Vucic"
    """
    from factcheck.claim_files import Entry
    from factcheck.claims import build_claim
    from factcheck.cli.running import verify_with_progress
    from factcheck.errors import raise_input_errors

    refuse_empty(
        text, "the quotation is empty", hint="give its words as one text, in quotation marks"
    )
    given = {"quote": text, "speaker": speaker, "as_of": as_of}
    values = {name: value for name, value in given.items() if value is not None}
    claim, errors = build_claim(Entry(values=values, line=1), 1, "command line")
    raise_input_errors(errors)
    assert claim is not None
    check_targets(run, report_targets(report_format, outputs))
    report = verify_with_progress(run, [claim])
    write_outputs(report, report_format, outputs, run)
    return 0 if report.gate.passed else 1
