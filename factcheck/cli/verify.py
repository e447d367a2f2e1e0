"""`factcheck verify`: claims files in, a report out, the gate as exit code."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import click

from factcheck.claims import SUFFIXES, ClaimsRead, raise_claim_errors, read_claims
from factcheck.cli.options import Run, shared_options
from factcheck.cli.output import output_options, write_outputs
from factcheck.errors import ClaimsError
from factcheck.records import Claim, Report, Verdict

STDIN_NAME = "<stdin>"


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
@output_options
@shared_options()
def command(
    run: Run,
    claims_files: tuple[str, ...],
    keep_going: bool,
    fail_on: str | None,
    report_format: str,
    outputs: tuple[str, ...],
) -> int:
    """Verify the claims in CLAIMS against the source base.

    CLAIMS are YAML, JSON, JSON Lines or CSV files, folders of them, or - for standard input;
    claims.yaml when nothing is given. The exit code is 0 if the gate passes and 1 if not.

    \b
    Example:
      factcheck verify claims.yaml --output report.json --output report.html
    """
    if fail_on is not None:
        run.config = run.config.with_values({"fail_on": fail_on}, "--fail-on")
    claims, failures = read_all(claims_files or ("claims.yaml",), keep_going)
    report = verify_with_progress(run, claims, failures)
    write_outputs(report, report_format, outputs, run)
    return 0 if report.gate.passed else 1


def verify_with_progress(
    run: Run, claims: Sequence[Claim], failures: Sequence[Verdict] = ()
) -> Report:
    """Open the index and check the claims, with bars on stderr."""
    from factcheck.cli.progress import claim_progress
    from factcheck.pipeline import verify

    index = run.open_index()
    try:
        with claim_progress(len(claims), run.quiet) as progress:
            return verify(
                claims,
                index,
                models=run.models,
                config=run.config,
                failures=failures,
                progress=progress,
            )
    finally:
        index.close()


def read_all(paths: Sequence[str], keep_going: bool) -> tuple[list[Claim], list[Verdict]]:
    """Read claims files; errors of all files are reported together.

    Returns:
        The claims, and with `keep_going` a failed verdict for each entry that is wrong.
    """
    from factcheck.pipeline import failed_verdict

    claims: list[Claim] = []
    errors: list[ClaimsError] = []
    for name in expand_paths(paths):
        try:
            read = _read(name)
        except ClaimsError as error:
            if len(paths) == 1 and not keep_going:
                raise
            errors.append(error)
            continue
        claims.extend(read.claims)
        errors.extend(read.errors)
    if errors and not keep_going:
        raise_claim_errors(errors)
    if errors and not claims:
        raise_claim_errors(errors)
    return claims, [failed_verdict(broken_claim(error), error) for error in errors]


def broken_claim(error: ClaimsError) -> Claim:
    """Stands in the report for an entry that could not be read."""
    from factcheck.records import Location

    where = error.where
    line = getattr(where, "line", None)
    path = getattr(where, "path", str(where))
    return Claim(
        id=f"{path}:{line}" if line else path,
        text="(this entry could not be read)",
        location=Location(path=path, line=line, column=getattr(where, "column", None)),
    )


def expand_paths(paths: Sequence[str]) -> list[str]:
    """Folders replaced by the claims files in them, in order of their names."""
    names: list[str] = []
    for name in paths:
        path = Path(name)
        if name != "-" and path.is_dir():
            found = sorted(p for p in path.rglob("*") if p.suffix.lower() in SUFFIXES)
            if not found:
                raise ClaimsError(
                    "the folder holds no claims files",
                    where=name,
                    hint="claims files end in " + ", ".join(SUFFIXES),
                    code="FC201",
                )
            names.extend(str(p) for p in found)
        else:
            names.append(name)
    return names


def _read(name: str) -> ClaimsRead:
    if name != "-":
        return read_claims(name)
    try:
        text = sys.stdin.buffer.read().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ClaimsError(
            f"standard input is not UTF-8 (byte {error.start})", where=STDIN_NAME, code="FC207"
        ) from None
    # The ending names the format; standard input has none, so the first character decides.
    suffix = ".jsonl" if text.lstrip().startswith("{") and '"claims"' not in text[:200] else ".yaml"
    return read_claims(STDIN_NAME if suffix == ".yaml" else STDIN_NAME + suffix, text)
