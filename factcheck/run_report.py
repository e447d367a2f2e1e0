"""The report record of a run, put together from its verdicts; imports no model and no index."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from factcheck import __version__
from factcheck.config import Config
from factcheck.errors import FactcheckError
from factcheck.gate import GatePolicy, judge_run
from factcheck.records import (
    Claim,
    CorpusSummary,
    Failure,
    ModelCard,
    Report,
    Verdict,
    VerdictProbabilities,
)

SCHEMA_VERSION = "1"
# Where things lie and how fast they go; none of it can change a verdict or the gate.
_LEFT_OUT = ("corpus", "index", "threads", "jobs", "cache", "gate.baseline")


def assemble_report(
    verdicts: Sequence[Verdict],
    *,
    models: Sequence[ModelCard],
    corpus: CorpusSummary,
    config: Config,
    failures: Sequence[Verdict] = (),
    today: date | None = None,
) -> Report:
    """Make the report of a run and judge it by the settings of the gate.

    Args:
        verdicts: of the claims, in order.
        models: which weights were used.
        corpus: what was judged against.
        config: the settings of the run.
        failures: verdicts of entries that could not be read, put in by line.
        today: decides which waivers have expired; the clock's date by default.
    """
    if failures:
        verdicts = sorted([*verdicts, *failures], key=_line)
    policy = GatePolicy.of_config(config, today=today)
    return Report(
        schema_version=SCHEMA_VERSION,
        tool_version=__version__,
        models=tuple(models),
        corpus=corpus,
        verdicts=tuple(verdicts),
        gate=judge_run(verdicts, policy),
        config=dict(sorted(reported_settings(config).items())),
    )


def failed_verdict(claim: Claim, error: object) -> Verdict:
    """The verdict of a claim that could not be checked, with the reason."""
    if isinstance(error, FactcheckError):
        failure = Failure(code=error.code, message=error.message, hint=error.hint)
    else:
        failure = Failure(
            code="FC700",
            message=f"internal error: {type(error).__name__}: {error}",
            hint="please report this with the claim",
        )
    return Verdict(
        claim=claim,
        label=None,
        basis=None,
        confidence=0.0,
        probabilities=VerdictProbabilities(supported=0.0, contested=0.0, unsupported=0.0),
        failure=failure,
    )


def reported_settings(config: Config) -> dict[str, object]:
    """The settings that can change a verdict or the gate; paths and threads cannot."""
    return {
        name: list(value) if isinstance(value, tuple) else value
        for name, value in config.values.items()
        if name not in _LEFT_OUT
    }


def _line(verdict: Verdict) -> tuple[str, int]:
    location = verdict.claim.location
    return (location.path, location.line or 0) if location else ("", 0)
