"""`factcheck claims`: the claims of a draft as a claims file to edit."""

from __future__ import annotations

from pathlib import Path

import click

from factcheck.cli.options import Run, shared_options


@click.command(name="claims")
@click.argument("draft", metavar="DRAFT")
@click.option(
    "--date",
    "day",
    metavar="DATE",
    help="The day of the draft, to which “last year” refers (default: its own `date:`).",
)
@click.option(
    "--output", metavar="FILE", help="Write the claims file here, not to standard output."
)
@shared_options(index=False)
def command(run: Run, draft: str, day: str | None, output: str | None) -> int:
    """Write the checkable claims and quotations of DRAFT as a claims file.

    DRAFT is Markdown, text, HTML or DOCX, or - for standard input. Nothing is verified; edit the
    file and give it to `factcheck verify`.

    \b
    Example:
      factcheck claims article.md --output claims.yaml
    """
    from factcheck.cli.check import expand_drafts, read_drafts, say_problems, summary
    from factcheck.cli.output import write_whole
    from factcheck.cli.targets import check_targets, named_targets
    from factcheck.drafts.claims_file import claims_yaml

    check_targets(run, named_targets(output=output), {"the draft": expand_drafts([draft])})
    read = read_drafts([draft], day)[0]
    say_problems(read.problems)
    text = claims_yaml(read)
    if output is None:
        click.echo(text, nl=False)
    else:
        write_whole(Path(output), text)
        run.say(f"wrote {output}")
    run.say(summary(read))
    return 0
