"""`factcheck verify` when verdicts go out one line at a time."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import click

from factcheck.claim_input import ClaimInput, Item, merge_entry_errors
from factcheck.cli.gating import say_notes
from factcheck.cli.options import Run
from factcheck.cli.output import plan_outputs, write_whole
from factcheck.cli.running import open_session, say_session
from factcheck.cli.verify import Wishes
from factcheck.errors import ClaimsError, raise_input_errors
from factcheck.gate import Gate, GatePolicy
from factcheck.run_manifest import RunRecord, manifest_text
from factcheck.session import Session
from factcheck.stream import LinesFile, StreamResult, stream_verdicts

# Errors that are shown of a file too large to remember them all.
_SHOWN_ERRORS = 100


def verify_stream(run: Run, claims: ClaimInput, asked: Wishes) -> int:
    """Check claims as they are read, and write each verdict as soon as it is known."""
    report_format, targets = plan_outputs(asked.report_format, asked.outputs)
    if claims.repeatable and not asked.keep_going:
        _refuse_errors(claims)
    items = claims.items()
    items = merge_entry_errors(items) if asked.keep_going else _stopping(items)
    gate = Gate(GatePolicy.of_config(run.config))
    with open_session(run) as session:
        file = None
        if targets:
            path = targets[0][1]
            file = LinesFile(path, session.facts(), run.config, resume=asked.resume)
        try:
            result = _write_lines(items, session, gate, file, report_format == "jsonl")
        finally:
            if file is not None:
                file.close()
        say_session(run, session)
        facts, from_cache = session.facts(), session.from_cache
    if file is not None:
        run.say(f"wrote {file.path}")
    if result.resumed:
        run.say(f"{result.resumed} verdicts were there from the interrupted run")
    say_notes(run, gate)
    _say_gate(run, gate, result)
    if asked.manifest:
        record = RunRecord(
            started=asked.started,
            finished=datetime.now(UTC),
            models=facts.models,
            corpus=facts.corpus,
            claims=claims.read,
            counts=result.counts,
            passed=not gate.stopped,
            from_cache=from_cache,
            outputs=[file.path] if file is not None else [],
        )
        write_whole(Path(asked.manifest), manifest_text(record, run.config))
    return 1 if gate.stopped else 0


def _write_lines(
    items: Iterator[Item], session: Session, gate: Gate, file: LinesFile | None, to_stdout: bool
) -> StreamResult:
    result = StreamResult()
    if file is not None:
        items = file.skip_done(items, gate, result)
    writers: list[Callable[[str], None]] = []
    if file is not None:
        writers.append(file.write)
    if to_stdout:
        writers.append(_write_stdout)

    def write(line: str) -> None:
        for writer in writers:
            writer(line)

    stream_verdicts(items, session, gate, write, result=result)
    if file is not None:
        file.finish()
    return result


def _write_stdout(line: str) -> None:
    sys.stdout.write(line)
    sys.stdout.flush()


def _refuse_errors(claims: ClaimInput) -> None:
    """Read everything once, so that a mistake on the last line is found before the first claim."""
    errors: list[ClaimsError] = []
    for item in claims.items():
        if isinstance(item, ClaimsError):
            errors.append(item)
            if len(errors) == _SHOWN_ERRORS:
                break
    raise_input_errors(errors)


def _stopping(items: Iterator[Item]) -> Iterator[Item]:
    for item in items:
        if isinstance(item, ClaimsError):
            raise item
        yield item


def _say_gate(run: Run, gate: Gate, result: StreamResult) -> None:
    counts = ", ".join(f"{count} {label}" for label, count in sorted(result.counts.items()))
    run.say(f"{gate.judged} claims: {counts}" if counts else "no claims")
    if not gate.stopped:
        return
    for finding in result.findings:
        click.echo(
            f"{finding.claim_id or 'this run'} ({finding.rule}): {finding.message}", err=True
        )
    more = gate.stopped - len(result.findings)
    if more > 0:
        click.echo(f"and {more} more", err=True)
    click.echo(f"gate failed: {gate.stopped} findings", err=True)
