"""`factcheck quote`: one quotation, word by word."""

from __future__ import annotations

import click

from factcheck.cli.options import Run, shared_options
from factcheck.cli.output import output_options, write_outputs


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
    from factcheck.claims import build_claim, raise_claim_errors
    from factcheck.cli.running import verify_with_progress

    given = {"quote": text, "speaker": speaker, "as_of": as_of}
    values = {name: value for name, value in given.items() if value is not None}
    claim, errors = build_claim(Entry(values=values, line=1), 1, "command line")
    raise_claim_errors(errors)
    assert claim is not None
    report = verify_with_progress(run, [claim])
    write_outputs(report, report_format, outputs, run)
    return 0 if report.gate.passed else 1
