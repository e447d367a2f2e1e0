"""A saved report checked again: every span, every hash and every verdict, trusting none of it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Protocol

from factcheck.compare import (
    Comparison,
    compare_reports,
    comparison_object,
    comparison_text,
)
from factcheck.config import Config
from factcheck.errors import ConfigError
from factcheck.gate import GatePolicy, judge_run
from factcheck.records import Report, Source, Verdict
from factcheck.run_report import SCHEMA_VERSION
from factcheck.settings import SETTINGS_BY_NAME

# Settings that a verdict depends on and that a report may set. Models are taken from this machine:
# a report must not choose what is loaded.
_REPLAYED = ("retrieval.", "policy.", "thresholds.")


class SourceTexts(Protocol):
    """Where the present texts of sources come from."""

    def source(self, source_id: str) -> Source:
        """A source with its text; KeyError when there is none."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class SpanFinding:
    """A span of the report that is not what stands in the source base.

    Args:
        kind: `missing` (no such source), `edited` (the source has other text than then), `wrong`
            (the source is the same, the report quotes it wrongly).
    """

    claim_id: str
    source_id: str
    kind: str
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Replay:
    """What a replay found.

    Args:
        spans: how many spans were checked.
        findings: those that are not as the report says.
        claims: what the report says wrongly of itself (its counts, its gate).
        comparison: the report against the verdicts of today.
        skipped: claims that had failed then for a reason that lies in the claims file.
    """

    spans: int
    findings: tuple[SpanFinding, ...]
    claims: tuple[str, ...]
    comparison: Comparison
    skipped: int = 0

    @property
    def passed(self) -> bool:
        """Whether every span and every verdict is as the report says.

        A new model or another source that changes no verdict is named but does not count.
        """
        changed = self.comparison.of_kind("label", "details", "added", "removed")
        return not (self.findings or self.claims or changed)


def replay_config(report: Report, config: Config) -> tuple[Config, list[str]]:
    """Today's configuration with the settings under which the report was made.

    Returns:
        The configuration, and a sentence for each setting that cannot be taken over.
    """
    changes: dict[str, Any] = {}
    problems: list[str] = []
    for name, value in report.config.items():
        if not name.startswith(_REPLAYED):
            continue
        if name not in SETTINGS_BY_NAME:
            problems.append(f"the setting {name} is not known any more")
            continue
        try:
            config.with_values({name: value})
            changes[name] = value
        except ConfigError as error:
            problems.append(f"the setting {name} of the report cannot be used: {error.message}")
    return config.with_values({**changes, "cache": False}, "the report"), problems


def replayable(verdict: Verdict) -> bool:
    """Whether a verdict can be made again from what the report says of its claim."""
    return verdict.failure is None or not verdict.failure.code.startswith("FC2")


def judge_replay(report: Report, today: Report, index: SourceTexts) -> Replay:
    """Compare a report with the sources and the verdicts of today.

    Args:
        report: as it was saved.
        today: a report on the same claims, made now from the claims of `report`.
        index: the present source base.
    """
    kept = [verdict for verdict in report.verdicts if replayable(verdict)]
    checked = [
        finding for verdict in kept for finding in _check_spans(verdict, index, verdict.claim.id)
    ]
    # How the gate is set is not a matter of the sources.
    then = {n: v for n, v in report.config.items() if not n.startswith((*_REPLAYED, "models."))}
    again = replace(today, gate=report.gate, config={**today.config, **then})
    return Replay(
        spans=len(checked),
        findings=tuple(finding for finding in checked if finding is not None),
        claims=tuple(_self_claims(report)),
        comparison=compare_reports(replace(report, verdicts=tuple(kept)), again),
        skipped=len(report.verdicts) - len(kept),
    )


def _check_spans(
    verdict: Verdict, index: SourceTexts, claim_id: str
) -> Iterator[SpanFinding | None]:
    for item in verdict.evidence:
        yield _check_span(
            claim_id, item.source_id, item.start, item.end, item.text, item.source_sha256, index
        )
    if verdict.quote is not None:
        places = (verdict.quote.best, *verdict.quote.others)
        for place in places:
            if place is not None:
                yield _check_span(
                    claim_id, place.source_id, place.start, place.end, place.text, "", index
                )
    for part in verdict.parts:
        yield from _check_spans(part, index, claim_id)


def _check_span(
    claim_id: str,
    source_id: str,
    start: int,
    end: int,
    text: str,
    sha256: str,
    index: SourceTexts,
) -> SpanFinding | None:
    def found(kind: str, message: str) -> SpanFinding:
        return SpanFinding(claim_id=claim_id, source_id=source_id, kind=kind, message=message)

    try:
        source = index.source(source_id)
    except KeyError:
        return found("missing", f"there is no source {source_id} any more")
    present = hashlib.sha256(source.text.encode("utf-8", "surrogatepass")).hexdigest()
    stands = 0 <= start <= end and source.text[start:end] == text
    if sha256 and sha256 != present:
        if stands:
            return found("edited", f"{source_id} was edited; the passage is as it was")
        if text and text in source.text:
            moved = source.text.index(text)
            return found("edited", f"{source_id} was edited; the passage stands at {moved} now")
        return found("edited", f"{source_id} was edited; the passage is not in it any more")
    if not stands:
        place = f"{source_id} {start}–{end}"
        return found("wrong", f"{place} does not say what the report quotes")
    return None


def _self_claims(report: Report) -> Iterator[str]:
    """What a report says of itself and that can be seen without any source."""
    if report.schema_version != SCHEMA_VERSION:
        yield f"its schema version is {report.schema_version}"
    policy = _policy_of(report.config)
    if policy is None:
        return
    raw = judge_run(report.verdicts, policy)
    # Waivers and the baseline of then are not at hand: what they accepted counts as found.
    found = {(item.claim_id, item.rule) for item in raw.findings}
    said = {(item.claim_id, item.rule) for item in (*report.gate.findings, *report.gate.accepted)}
    for claim_id, rule in sorted(found - said):
        yield f"its gate leaves out {rule} of {claim_id or 'the run'}"
    for claim_id, rule in sorted(said - found):
        yield f"its gate names {rule} of {claim_id or 'the run'}, which its verdicts do not show"
    if report.gate.passed != (not report.gate.findings):
        yield "its gate says that it passed and also that it did not"


def _policy_of(config: Mapping[str, Any]) -> GatePolicy | None:
    if "fail_on" not in config:
        return None
    return GatePolicy(
        fail_on=tuple(config["fail_on"]),
        tags={tag: tuple(rules) for tag, rules in config.get("gate.tags", {}).items()},
        allow_empty=bool(config.get("gate.allow_empty", False)),
    )


def replay_text(replay: Replay, *, verbose: bool = False) -> str:
    """The replay for a terminal."""
    lines = [f"the report says wrongly: {claim}" for claim in replay.claims]
    lines += [f"{finding.claim_id}: {finding.message}" for finding in replay.findings]
    good = replay.spans - len(replay.findings)
    lines.append(f"{good} of {replay.spans} spans stand in the sources as the report says")
    if replay.skipped:
        lines.append(f"{replay.skipped} claims could not be read then and were not checked again")
    text = "\n".join(lines) + "\n" + comparison_text(replay.comparison, verbose=verbose)
    return text + ("The report holds.\n" if replay.passed else "The report does not hold today.\n")


def replay_object(replay: Replay) -> dict[str, Any]:
    """The replay as plain JSON values."""
    return {
        "holds": replay.passed,
        "spans": replay.spans,
        "findings": [
            {
                "claim_id": finding.claim_id,
                "source_id": finding.source_id,
                "kind": finding.kind,
                "message": finding.message,
            }
            for finding in replay.findings
        ],
        "self": list(replay.claims),
        "skipped": replay.skipped,
        "comparison": comparison_object(replay.comparison),
    }
