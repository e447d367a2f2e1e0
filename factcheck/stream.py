"""Claims to lines of JSON, one after another: memory does not grow with their number.

A file is written beside its final name and takes it when the last claim is done. A run that was
stopped leaves that file, and `resume` goes on behind its last whole line.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import BinaryIO

from factcheck import __version__
from factcheck.claim_input import Item, failed_entry
from factcheck.config import Config
from factcheck.errors import ClaimsError, DataError, StorageError
from factcheck.gate import Gate
from factcheck.records import Claim, GateFinding, Verdict
from factcheck.report.jsonl import verdict_line
from factcheck.report.read import verdict_from_json
from factcheck.run_report import reported_settings
from factcheck.session import RunFacts, Session

_BATCH = 32
# Findings that are kept to be shown; all are counted.
_SHOWN_FINDINGS = 20


@dataclass
class StreamResult:
    """What a streamed run came to.

    Args:
        counts: verdicts per label, and "failed".
        findings: the first findings that stop the run.
        resumed: verdicts that an earlier, interrupted run had written.
    """

    counts: Counter[str] = field(default_factory=Counter)
    findings: list[GateFinding] = field(default_factory=list)
    resumed: int = 0

    def add(self, verdict: Verdict, gate: Gate) -> None:
        """Count a verdict and judge it."""
        self.counts["failed" if verdict.label is None else verdict.label.value] += 1
        stopping, _ = gate.judge(verdict)
        self.findings += stopping[: max(0, _SHOWN_FINDINGS - len(self.findings))]


def stream_verdicts(
    items: Iterable[Item],
    session: Session,
    gate: Gate,
    write: Callable[[str], None],
    *,
    result: StreamResult | None = None,
) -> StreamResult:
    """Check claims and write a line for each as soon as its batch is done.

    Args:
        items: claims, and errors that become failed verdicts in their place.
        session: makes the verdicts.
        gate: judges them.
        write: takes one line with its newline.
        result: counts of an earlier part, to be added to.
    """
    result = result or StreamResult()
    waiting = iter(items)
    ahead: deque[list[Item]] = deque()  # read, but not judged yet

    def batches() -> Iterator[list[Claim]]:
        while batch := list(islice(waiting, _BATCH)):
            ahead.append(batch)
            yield [item for item in batch if isinstance(item, Claim)]

    for verdicts in session.batches(batches()):
        made = iter(verdicts)
        for item in ahead.popleft():
            verdict = failed_entry(item) if isinstance(item, ClaimsError) else next(made)
            result.add(verdict, gate)
            write(verdict_line(verdict))
    result.findings += gate.finish()
    return result


class LinesFile:
    """A JSONL report that is written line by line and can be gone on with.

    Args:
        path: the final name.
        facts, config: what the verdicts depend on; a file made from something else is refused.
        resume: go on with what an interrupted run has left.

    Raises:
        DataError: what is left comes from other sources, models or settings.
        StorageError: the file cannot be written.
    """

    def __init__(self, path: Path, facts: RunFacts, config: Config, *, resume: bool) -> None:
        self.path = path
        self._part = path.with_name(path.name + ".part")
        self._mark = path.with_name(path.name + ".part.run")
        key = _run_key(facts, config)
        with _storage_errors(path):
            path.parent.mkdir(parents=True, exist_ok=True)
            going_on = resume and self._part.exists() and self._mark.exists()
            if going_on and self._mark.read_text(encoding="utf-8") != key:
                raise DataError(
                    "the interrupted run used other sources, models or settings",
                    where=self._part,
                    hint="run without --resume to start again",
                )
            if not going_on:
                self._mark.write_text(key, encoding="utf-8")
            self._file: BinaryIO = self._part.open("r+b" if going_on else "w+b")

    def skip_done(self, items: Iterator[Item], gate: Gate, result: StreamResult) -> Iterator[Item]:
        """Leave out the items whose lines are there; a line that was cut off is made again.

        Raises:
            DataError: the lines do not belong to these claims.
        """
        end = 0
        for number, line in enumerate(self._file, start=1):
            if not line.endswith(b"\n"):
                break
            item = next(items, None)
            verdict = verdict_from_json(
                line.decode("utf-8"), path=str(self._part), line_number=number
            )
            if item is None or not _same_claim(item, verdict):
                raise DataError(
                    f"line {number} of the interrupted file is about another claim",
                    where=self._part,
                    hint="the claims have changed; run without --resume to start again",
                )
            result.add(verdict, gate)
            result.resumed += 1
            end += len(line)
        self._file.seek(end)
        self._file.truncate()
        return items

    def write(self, line: str) -> None:
        """Add a line; it is on its way to the disk when this returns."""
        with _storage_errors(self.path):
            self._file.write(line.encode("utf-8"))
            self._file.flush()

    def finish(self) -> None:
        """Give the file its final name."""
        with _storage_errors(self.path):
            os.fsync(self._file.fileno())
            self._file.close()
            self._part.replace(self.path)
            self._mark.unlink(missing_ok=True)

    def close(self) -> None:
        """Leave what was written for a later run."""
        self._file.close()


def _same_claim(item: Item, verdict: Verdict) -> bool:
    expected = failed_entry(item).claim if isinstance(item, ClaimsError) else item
    found = verdict.claim
    return (found.id, found.text, found.quote) == (expected.id, expected.text, expected.quote)


def _run_key(facts: RunFacts, config: Config) -> str:
    parts = [
        __version__,
        [[card.role, card.name, card.sha256] for card in facts.models],
        facts.corpus.sha256,
        reported_settings(config),
    ]
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()


class _storage_errors:  # noqa: N801  (used like a function)
    def __init__(self, path: Path) -> None:
        self.path = path

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if isinstance(error, OSError):
            raise StorageError(
                f"the report cannot be written: {error.strerror or error}",
                where=self.path,
                hint="free some space and run again with --resume, or choose another --output",
            ) from error
