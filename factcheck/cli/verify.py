"""`factcheck verify`: claims files in, a report out, the gate as exit code."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import click

from factcheck.claim_input import ClaimInput, Item, failed_entry
from factcheck.claims import raise_claim_errors
from factcheck.cli.gating import (
    gate_options,
    say_gate_notes,
    suggest_waivers,
    updated_baseline,
    without_baseline,
)
from factcheck.cli.options import Run, shared_options
from factcheck.cli.output import (
    output_options,
    plan_outputs,
    write_outputs,
    write_per_file,
    write_whole,
)
from factcheck.cli.running import open_session, report_of
from factcheck.errors import ClaimsError, UsageError
from factcheck.records import Claim, Verdict
from factcheck.run_manifest import RunRecord, manifest_text


@dataclass
class Wishes:
    """What was asked for besides the claims."""

    keep_going: bool = False
    resume: bool = False
    update_baseline: bool = False
    suggest_waivers: bool = False
    manifest: str | None = None
    per_file: str | None = None
    report_format: str = "terminal"
    outputs: Sequence[str] = ()
    started: datetime = field(default_factory=lambda: datetime.now(UTC))


@click.command(name="verify")
@click.argument("claims_files", metavar="CLAIMS...", nargs=-1)
@click.option(
    "--keep-going",
    is_flag=True,
    help="Verify the good entries of a file with errors; the bad ones become failures.",
)
@click.option(
    "--fail-on",
    metavar="RULES",
    help="What fails the run: contested,unsupported,altered,expect,failed or none.",
)
@gate_options
@click.option("--allow-empty", is_flag=True, help="A run that finds no claims passes.")
@click.option("--resume", is_flag=True, help="Go on with an interrupted --output FILE.jsonl.")
@click.option(
    "--report-per-file",
    "per_file",
    metavar="DIR",
    help="Also write one report for each claims file (JSON, or FORMAT:DIR).",
)
@click.option("--manifest", metavar="FILE", help="Write what was used and when, as JSON.")
@click.option(
    "--jobs", type=int, metavar="N", help="Verify in N processes side by side (default: 1)."
)
@output_options
@shared_options()
def command(
    run: Run,
    claims_files: tuple[str, ...],
    fail_on: str | None,
    baseline: str | None,
    allow_empty: bool,
    no_cache: bool,
    jobs: int | None,
    **wishes: object,
) -> int:
    """Verify the claims in CLAIMS against the source base.

    CLAIMS are YAML, JSON, JSON Lines or CSV files, folders of them, patterns such as
    "desk/**/*.yaml", or - for standard input; claims.yaml when nothing is given. With --format
    jsonl each verdict is written as soon as it is known. The exit code is 0 if the gate passes and
    1 if not.

    \b
    Example:
      factcheck verify claims.yaml --output report.json --output report.html
    """
    flags = {
        "fail_on": fail_on,
        "gate.baseline": baseline,
        "gate.allow_empty": allow_empty or None,
        "cache": False if no_cache else None,
        "jobs": jobs,
    }
    given = {name: value for name, value in flags.items() if value is not None}
    run.config = run.config.with_values(given, "flag")
    asked = Wishes(**wishes)  # type: ignore[arg-type]
    claims = ClaimInput(
        names=claims_files or ("claims.yaml",),
        stdin=lambda: sys.stdin.buffer,
        allow_empty=run.config["gate.allow_empty"],
    )
    if _is_streamed(asked):
        from factcheck.cli.verify_stream import verify_stream

        return verify_stream(run, claims, asked)
    return _verify_whole(run, claims, asked)


def _is_streamed(asked: Wishes) -> bool:
    report_format, targets = plan_outputs(asked.report_format, asked.outputs)
    lines_only = all(name == "jsonl" for name, _ in targets)
    if asked.resume:
        if len(targets) != 1 or not lines_only or asked.per_file or asked.update_baseline:
            raise UsageError(
                "--resume needs exactly one --output FILE.jsonl",
                hint="other formats can be made of it afterwards; verdicts are kept in any case",
            )
        return True
    whole = asked.per_file or asked.update_baseline or asked.suggest_waivers
    return report_format == "jsonl" and lines_only and len(targets) <= 1 and not whole


def _verify_whole(run: Run, claims: ClaimInput, asked: Wishes) -> int:
    baseline = without_baseline(run) if asked.update_baseline else None
    good, failures = read_all(claims.items(), asked.keep_going)
    with open_session(run) as session:
        report = report_of(run, session, good, failures)
        from_cache = session.from_cache
    if baseline is not None:
        report = updated_baseline(run, report, baseline)
    say_gate_notes(run, report)
    if asked.suggest_waivers:
        suggest_waivers(run, report)
    written = write_outputs(report, asked.report_format, asked.outputs, run)
    if asked.per_file:
        written += write_per_file(report, asked.per_file, run)
    if asked.manifest:
        record = RunRecord(
            started=asked.started,
            finished=datetime.now(UTC),
            models=report.models,
            corpus=report.corpus,
            claims=claims.read,
            counts=report.counts,
            passed=report.gate.passed,
            from_cache=from_cache,
            outputs=written,
        )
        write_whole(Path(asked.manifest), manifest_text(record, run.config))
        run.say(f"wrote {asked.manifest}")
    return 0 if report.gate.passed else 1


def read_all(items: Iterable[Item], keep_going: bool) -> tuple[list[Claim], list[Verdict]]:
    """Sort the input into claims and errors; errors of all files are reported together.

    Returns:
        The claims, and with `keep_going` a failed verdict for each entry that is wrong.
    """
    claims: list[Claim] = []
    errors: list[ClaimsError] = []
    for item in items:
        if isinstance(item, ClaimsError):
            errors.append(item)
        else:
            claims.append(item)
    if errors and not (keep_going and claims):
        raise_claim_errors(errors)
    return claims, [failed_entry(error) for error in errors]
