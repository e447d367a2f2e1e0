"""What a run comes to: verdicts, the models and the source base behind them, the gate."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from factcheck.records.claims import Label, Location
from factcheck.records.corpus import CorpusSummary
from factcheck.records.verdicts import Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelCard:
    """Which weights were used."""

    role: str
    name: str
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GateFinding:
    """One reason for which a run does not pass."""

    claim_id: str
    rule: str
    message: str
    location: Location | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class GateResult:
    """Whether a run passes, and why not.

    Args:
        findings: what stops the run.
        accepted: what would, had nobody accepted it: by a waiver or in a baseline.
    """

    passed: bool
    findings: tuple[GateFinding, ...] = ()
    accepted: tuple[GateFinding, ...] = ()


_EMPTY: Mapping[str, Any] = MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """Everything that a report shows; the same input gives an equal record."""

    schema_version: str
    tool_version: str
    models: tuple[ModelCard, ...]
    corpus: CorpusSummary
    verdicts: tuple[Verdict, ...]
    gate: GateResult
    config: Mapping[str, Any] = field(default_factory=lambda: _EMPTY)

    @property
    def counts(self) -> dict[str, int]:
        """Verdicts per label, and "failed"."""
        counts = {label.value: 0 for label in Label} | {"failed": 0}
        for verdict in self.verdicts:
            counts["failed" if verdict.label is None else verdict.label.value] += 1
        return counts
