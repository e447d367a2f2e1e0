"""Records to plain JSON values; `read.py` is the way back."""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import date
from enum import Enum
from pathlib import PurePath
from typing import Any

from factcheck.records import (
    Claim,
    CorpusSummary,
    Evidence,
    Failure,
    Finding,
    GateFinding,
    Location,
    Problem,
    QuoteCheck,
    QuotePlace,
    Report,
    StanceProbabilities,
    Verdict,
)

# Words around a quotation that a W3C selector carries; 32 code points is what annotation tools
# commonly store.
_SELECTOR_CONTEXT = 32

Object = dict[str, Any]


def report_object(report: Report) -> Object:
    """The whole report, keys in the documented order."""
    return {
        "schema_version": report.schema_version,
        "tool": {"name": "factcheck", "version": report.tool_version},
        "models": [
            {"role": card.role, "name": card.name, "sha256": card.sha256} for card in report.models
        ],
        "corpus": _corpus(report.corpus),
        "counts": report.counts,
        "config": plain_value(report.config),
        "verdicts": [verdict_object(verdict) for verdict in report.verdicts],
        "gate": {
            "passed": report.gate.passed,
            "findings": [_gate_finding(finding) for finding in report.gate.findings],
            "accepted": [_gate_finding(finding) for finding in report.gate.accepted],
        },
    }


def verdict_object(verdict: Verdict) -> Object:
    """One verdict with its claim, evidence, quotation check and sub-verdicts."""
    probabilities = verdict.probabilities
    return {
        **_claim(verdict.claim),
        "label": None if verdict.label is None else verdict.label.value,
        "basis": None if verdict.basis is None else verdict.basis.value,
        "confidence": _number(verdict.confidence),
        "probabilities": {
            "supported": _number(probabilities.supported),
            "contested": _number(probabilities.contested),
            "unsupported": _number(probabilities.unsupported),
        },
        "origins_for": verdict.origins_for,
        "origins_against": verdict.origins_against,
        "reasons": list(verdict.reasons),
        "evidence": [_evidence(item) for item in verdict.evidence],
        "quote": None if verdict.quote is None else _quote(verdict.quote),
        "parts": [verdict_object(part) for part in verdict.parts],
        "span": None if verdict.span is None else list(verdict.span),
        "failure": None if verdict.failure is None else _failure(verdict.failure),
        "location": _location(verdict.claim.location),
    }


def plain_value(value: Any) -> Any:
    """A setting as JSON: mappings sorted by key, sets sorted, anything unknown as text."""
    if value is None or isinstance(value, (str, bool)):
        return value
    if isinstance(value, Enum):
        return plain_value(value.value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, PurePath):
        return value.as_posix()
    if isinstance(value, Mapping):
        items = {str(key): plain_value(item) for key, item in value.items()}
        return dict(sorted(items.items()))
    if isinstance(value, (list, tuple)):
        return [plain_value(item) for item in value]
    if isinstance(value, (set, frozenset)):
        return sorted((plain_value(item) for item in value), key=str)
    if isinstance(value, int):
        return int(value)
    if isinstance(value, float):
        return _optional_number(value)
    return str(value)


def _claim(claim: Claim) -> Object:
    return {
        "claim_id": claim.id,
        "claim": claim.text,
        "claim_quote": claim.quote,
        "speaker": claim.speaker,
        "said_on": _date(claim.said_on),
        "as_of": _date(claim.as_of),
        "expect": None if claim.expect is None else claim.expect.value,
        "tags": list(claim.tags),
        "sources": {
            "include": list(claim.sources.include),
            "exclude": list(claim.sources.exclude),
        },
    }


def _evidence(item: Evidence) -> Object:
    return {
        "claim_id": item.claim_id,
        "source_id": item.source_id,
        "path": item.path,
        "stance": item.stance.value,
        "start": item.start,
        "end": item.end,
        "text": item.text,
        "place": item.place,
        "title": item.title,
        "publisher": item.publisher,
        "published": _date(item.published),
        "url": item.url,
        "kind": item.kind,
        "reliability": _optional_number(item.reliability),
        "origin": item.origin,
        "joint": item.joint,
        "probabilities": _stances(item.probabilities),
        "verifier": None if item.verifier is None else _stances(item.verifier),
        "rank": item.rank,
        "dense_cosine": _optional_number(item.dense_cosine),
        "bm25": _optional_number(item.bm25),
        "reported_by": item.reported_by,
        "findings": [_finding(finding) for finding in item.findings],
        "highlights": [list(span) for span in item.highlights],
        "context_before": item.context_before,
        "context_after": item.context_after,
        "source_sha256": item.source_sha256,
        "selectors": _selectors(item),
    }


def _stances(probabilities: StanceProbabilities) -> Object:
    return {
        "supports": _number(probabilities.supports),
        "refutes": _number(probabilities.refutes),
        "neutral": _number(probabilities.neutral),
    }


def _selectors(item: Evidence) -> list[Object]:
    """Source: W3C Web Annotation Data Model (2017), sections 4.2.4 and 4.2.5."""
    return [
        {
            "type": "TextQuoteSelector",
            "exact": item.text,
            "prefix": item.context_before[-_SELECTOR_CONTEXT:],
            "suffix": item.context_after[:_SELECTOR_CONTEXT],
        },
        {"type": "TextPositionSelector", "start": item.start, "end": item.end},
    ]


def _finding(finding: Finding) -> Object:
    return {
        "check": finding.check,
        "outcome": finding.outcome.value,
        "claim_text": finding.claim_text,
        "passage_text": finding.passage_text,
        "message": finding.message,
        "claim_span": None if finding.claim_span is None else list(finding.claim_span),
        "passage_span": None if finding.passage_span is None else list(finding.passage_span),
        "stance": None if finding.stance is None else finding.stance.value,
        "strength": _number(finding.strength),
    }


def _quote(quote: QuoteCheck) -> Object:
    # The best place is laid out flat, because readers of the report want it first; without one
    # its keys are null, so that the keys of a quotation are always the same.
    best: Object = {"source_id": None, "path": None, "start": None, "end": None, "text": None}
    best |= {"place": None, "sentence": None, "similarity": None}
    best |= {"place_speaker": None, "diff": []}
    if quote.best is not None:
        best = _quote_place(quote.best)
    return {
        "status": quote.status.value,
        "attribution": None if quote.attribution is None else quote.attribution.value,
        "speaker_found": quote.speaker_found,
        **best,
        "others": [_quote_place(place) for place in quote.others],
        "sense_changed": quote.sense_changed,
        "message": quote.message,
    }


def _quote_place(place: QuotePlace) -> Object:
    return {
        "source_id": place.source_id,
        "path": place.path,
        "start": place.start,
        "end": place.end,
        "text": place.text,
        "place": place.place,
        "sentence": place.sentence,
        "similarity": _number(place.similarity),
        "place_speaker": place.speaker_found,
        "diff": [
            {"op": part.op, "claim": part.claim, "source": part.source, "kind": part.kind}
            for part in place.diff
        ],
    }


def _corpus(corpus: CorpusSummary) -> Object:
    return {
        "path": corpus.path,
        "sources": corpus.sources,
        "origins": corpus.origins,
        "passages": corpus.passages,
        "sha256": corpus.sha256,
        "problems": [_problem(problem) for problem in corpus.problems],
        "set_aside": [_problem(problem) for problem in corpus.set_aside],
    }


def _problem(problem: Problem) -> Object:
    return {
        "path": problem.path,
        "message": problem.message,
        "hint": problem.hint,
        "code": problem.code,
        "line": problem.line,
        "read": problem.read,
    }


def _gate_finding(finding: GateFinding) -> Object:
    return {
        "claim_id": finding.claim_id,
        "rule": finding.rule,
        "message": finding.message,
        "location": _location(finding.location),
    }


def _failure(failure: Failure) -> Object:
    return {"code": failure.code, "message": failure.message, "hint": failure.hint}


def _location(location: Location | None) -> Object | None:
    if location is None:
        return None
    return {"path": location.path, "line": location.line, "column": location.column}


def _date(value: date | None) -> str | None:
    return None if value is None else value.isoformat()


def _number(value: float) -> float:
    """Six digits after the point; JSON has no NaN, and a report must not be lost over one."""
    number = float(value)
    # Adding 0.0 turns -0.0 into 0.0.
    return round(number, 6) + 0.0 if math.isfinite(number) else 0.0


def _optional_number(value: float | None) -> float | None:
    return None if value is None or not math.isfinite(value) else _number(value)
