"""`factcheck check`: drafts in, verdicts on the draft's own lines out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from factcheck.cli.gating import (
    gate_options,
    say_gate_notes,
    updated_baseline,
    without_baseline,
)
from factcheck.cli.gating import suggest_waivers as print_waivers
from factcheck.cli.options import Run, refuse_empty, shared_options, standard_input
from factcheck.cli.output import output_options, write_outputs, write_whole
from factcheck.cli.running import open_session, say_session, with_progress
from factcheck.cli.targets import check_targets, named_targets, report_targets
from factcheck.records import Location, Problem, Report, Verdict
from factcheck.run_manifest import ClaimsInput, RunRecord, manifest_text

if TYPE_CHECKING:
    from factcheck.drafts.records import DraftRead

STDIN_NAME = "<stdin>"
# Stricter than `verify`: a draft is about to be published.
FAIL_ON = ("altered", "contested")


@click.command(name="check")
@click.argument("drafts", metavar="DRAFT...", nargs=-1, required=True)
@click.option(
    "--date",
    "day",
    metavar="DATE",
    help="The day of the draft, to which “last year” refers (default: its own `date:`).",
)
@click.option("--show-skipped", is_flag=True, help="List what was left alone, and why.")
@click.option(
    "--fail-on",
    metavar="RULES",
    help="What fails the run: contested,unsupported,altered,expect,failed or none"
    " (default: altered,contested).",
)
@gate_options
@click.option("--manifest", metavar="FILE", help="Write what was used and when, as JSON.")
@output_options
@shared_options()
def command(
    run: Run,
    drafts: tuple[str, ...],
    day: str | None,
    show_skipped: bool,
    fail_on: str | None,
    baseline: str | None,
    update_baseline: bool,
    suggest_waivers: bool,
    no_cache: bool,
    manifest: str | None,
    report_format: str,
    outputs: tuple[str, ...],
) -> int:
    """Find the checkable claims and quotations of each DRAFT and verify them.

    A DRAFT is Markdown, text, HTML or DOCX, a pattern such as "drafts/**/*.md", or - for standard
    input. Verdicts carry the line and column of the draft. Opinions, predictions, questions and
    instructions are left alone. `<!-- factcheck: off "reason" -->` and `<!-- factcheck: on -->`
    switch checks off and on, and `[@source-id]` or a footnote names the source of a sentence.

    \b
    Example:
      factcheck check article.md --show-skipped --output report.html
    """
    started = datetime.now(UTC)
    _settle(run, fail_on, baseline, no_cache)
    baseline = without_baseline(run) if update_baseline else None
    targets = report_targets(report_format, outputs)
    targets += named_targets(manifest=manifest, baseline=baseline)
    check_targets(run, targets, {"a draft of this run": expand_drafts(drafts)})
    reads = read_drafts(drafts, day)
    for draft in reads:
        say_problems(draft.problems)
        run.say(summary(draft))
        if show_skipped:
            say_skipped(draft)
    report, from_cache = _report_of(run, reads)
    if baseline is not None:
        report = updated_baseline(run, report, baseline)
    say_gate_notes(run, report)
    if suggest_waivers:
        print_waivers(run, report)
    written = write_outputs(report, report_format, outputs, run)
    if manifest is not None:
        record = RunRecord(
            started=started,
            finished=datetime.now(UTC),
            models=report.models,
            corpus=report.corpus,
            claims=[
                ClaimsInput(path=draft.path, sha256=draft.sha256, claims=len(draft.claims))
                for draft in reads
            ],
            counts=report.counts,
            passed=report.gate.passed,
            from_cache=from_cache,
            outputs=written,
        )
        write_whole(Path(manifest), manifest_text(record, run.config))
        run.say(f"wrote {manifest}")
    return 0 if report.gate.passed else 1


def _settle(run: Run, fail_on: str | None, baseline: str | None, no_cache: bool) -> None:
    """Put the flags and the defaults of this command into the settings."""
    if fail_on is not None:
        run.config = run.config.with_values({"fail_on": fail_on}, "--fail-on")
    elif run.config.origins.get("fail_on", "default") == "default":
        run.config = run.config.with_values({"fail_on": FAIL_ON}, "default of check")
    # A draft without a checkable sentence is nothing unusual, unlike a claims file without claims.
    if run.config.origins.get("gate.allow_empty", "default") == "default":
        run.config = run.config.with_values({"gate.allow_empty": True}, "default of check")
    flags = {"gate.baseline": baseline, "cache": False if no_cache else None}
    given = {name: value for name, value in flags.items() if value is not None}
    run.config = run.config.with_values(given, "flag")


def _report_of(run: Run, drafts: Sequence[DraftRead]) -> tuple[Report, int]:
    """The report, and how many of its verdicts were in the cache."""
    from factcheck.drafts.verify import verify_drafts

    total = sum(len(draft.claims) for draft in drafts)
    with open_session(run) as session:

        def counted(verdicts: Iterator[Verdict]) -> Iterator[Verdict]:
            return with_progress(run, session, verdicts, total)

        report, problems = verify_drafts(drafts, session, follow=counted)
        say_session(run, session)
        from_cache = session.from_cache
    say_problems(problems)
    return report, from_cache


def read_drafts(paths: Sequence[str], day: str | None) -> list[DraftRead]:
    """Read drafts; `-` is standard input.

    Raises:
        DraftError: a draft cannot be read.
        UsageError: the date is none.
    """
    from factcheck.drafts.read import read_draft, unique_across

    published = read_day(day)
    found = []
    for name in expand_drafts(paths):
        if name == "-":
            found.append(read_draft(STDIN_NAME, _stdin(), published=published))
        else:
            found.append(read_draft(name, published=published))
    return unique_across(found)


def expand_drafts(paths: Sequence[str]) -> list[str]:
    """Patterns replaced by the drafts that fit them, each draft once.

    Raises:
        DraftError: a pattern fits no file.
    """
    from factcheck.claim_input import is_pattern, matching_files
    from factcheck.errors import DraftError

    found: list[str] = []
    for path in paths:
        refuse_empty(path, "the name of a draft is empty", hint="name the file, or - for stdin")
        fitting = matching_files(path) if is_pattern(path) else [path]
        if not fitting:
            raise DraftError("no draft fits this pattern", where=path)
        found += fitting
    return list(dict.fromkeys(found))


def read_day(text: str | None) -> date | None:
    """A date given on the command line."""
    if text is None:
        return None
    from factcheck.errors import UsageError

    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise UsageError(f"`--date` is not a date: {text!r}", hint="write 2025-12-31") from None


def _stdin() -> str:
    from factcheck.errors import DraftError

    try:
        return standard_input().read().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise DraftError(
            f"standard input is not UTF-8 (byte {error.start})", where=STDIN_NAME, code="FC251"
        ) from None


def summary(draft: DraftRead) -> str:
    """How much of a draft is checked, in one line."""
    quotations = sum(claim.quote is not None for claim in draft.claims)
    statements = len(draft.claims) - quotations
    return (
        f"{draft.path}: {_count(draft.checked, 'sentence')} checked"
        f" ({_count(statements, 'statement')}, {_count(quotations, 'quotation')}),"
        f" {_count(len(draft.skipped), 'sentence')} left alone"
    )


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def say_skipped(draft: DraftRead) -> None:
    """List what was left alone, on stderr; asked for, so also with --quiet."""
    for item in draft.skipped:
        reason = item.reason.value.replace("_", " ")
        click.echo(f"{_place(item.location)}: {reason}: {item.message}", err=True)
        click.echo(f"    {item.text}", err=True)


def say_problems(problems: Sequence[Problem]) -> None:
    """Name what is wrong with a draft, on stderr."""
    for problem in problems:
        place = problem.path if problem.line is None else f"{problem.path}:{problem.line}"
        click.echo(f"warning[{problem.code}]: {problem.message}\n  {place}", err=True)
        if problem.hint:
            click.echo(f"hint: {problem.hint}", err=True)


def _place(location: Location) -> str:
    return f"{location.path}:{location.line}:{location.column}"
