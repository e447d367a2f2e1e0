"""`factcheck verify`: claims files in, a report out, the gate as exit code."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import click

from factcheck.claim_input import (
    STDIN,
    STDIN_NAME,
    ClaimInput,
    Item,
    failed_entry,
    merge_entry_errors,
)
from factcheck.cli.gating import (
    gate_options,
    say_gate_notes,
    suggest_waivers,
    updated_baseline,
    without_baseline,
)
from factcheck.cli.options import Run, refuse_empty, shared_options, standard_input
from factcheck.cli.output import (
    output_options,
    plan_outputs,
    plan_per_file,
    write_outputs,
    write_per_file,
    write_whole,
)
from factcheck.cli.running import open_session, report_of
from factcheck.cli.targets import Target, check_targets, named_targets, report_targets
from factcheck.errors import ClaimsError, UsageError, raise_input_errors
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
    help="Verify what can be read; each bad entry and each unreadable file becomes a failure.",
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
    "desk/**/*.yaml", or - for standard input; claims.yaml when nothing is given. In a folder or a
    pattern, settings, sources, reports and hidden files are passed over. With --format jsonl each
    verdict is written as soon as it is known. The exit code is 0 if the gate passes and 1 if not.

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
    for name in claims_files:
        refuse_empty(
            name,
            "the name of a claims file is empty",
            hint="write . for this folder, or leave it out for claims.yaml",
        )
    claims = ClaimInput(
        names=claims_files or ("claims.yaml",),
        stdin=standard_input,
        allow_empty=run.config["gate.allow_empty"],
        corpus=Path(run.config["corpus"]),
    )
    streamed = _is_streamed(asked)
    baseline_file = without_baseline(run) if asked.update_baseline else None
    files = claims.files()
    check_targets(run, _targets(asked, files, baseline_file), {"a claims file of this run": files})
    if streamed:
        from factcheck.cli.verify_stream import verify_stream

        return verify_stream(run, claims, asked)
    return _verify_whole(run, claims, asked, baseline_file)


def _targets(asked: Wishes, claims_files: Iterable[str], baseline: str | None) -> list[Target]:
    targets = report_targets(asked.report_format, asked.outputs)
    targets += named_targets(manifest=asked.manifest, baseline=baseline)
    if asked.per_file:
        names = [STDIN_NAME if name == STDIN else name for name in claims_files]
        _, paths = plan_per_file(asked.per_file, names)
        targets += [("--report-per-file", path) for path in paths.values()]
    return targets


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


def _verify_whole(run: Run, claims: ClaimInput, asked: Wishes, baseline: str | None) -> int:
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
        The claims, and with `keep_going` a failed verdict for each entry that is wrong and each
        file that cannot be read.
    """
    claims: list[Claim] = []
    errors: list[ClaimsError] = []
    for item in merge_entry_errors(items) if keep_going else items:
        if isinstance(item, ClaimsError):
            errors.append(item)
        else:
            claims.append(item)
    if errors and not keep_going:
        raise_input_errors(errors)
    return claims, [failed_entry(error) for error in errors]
