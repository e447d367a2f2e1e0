"""SARIF 2.1.0, for code scanning and editors: results on the lines of claims."""

from __future__ import annotations

import hashlib
from typing import Any
from urllib.parse import quote

from factcheck.records import (
    Attribution,
    Basis,
    Evidence,
    GateFinding,
    Label,
    Location,
    QuoteStatus,
    Report,
    Stance,
    Verdict,
)
from factcheck.report.grouping import gate_by_claim, gate_without_claim
from factcheck.report.json import dump
from factcheck.report.options import RenderOptions
from factcheck.report.plain import one_line, shorten
from factcheck.report.wording import (
    BASIS_WORDS,
    label_words,
    per_cent,
    quote_words,
    source_facts,
    source_name,
)

_SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)

# Rule id: level without the gate, name, what it means. The order is the order in the file.
RULES: dict[str, tuple[str, str, str]] = {
    "contested/refuted": (
        "warning",
        "ClaimRefuted",
        "At least one source contradicts the claim and none supports it.",
    ),
    "contested/conflicting": (
        "warning",
        "SourcesConflict",
        "Some sources support the claim and others contradict it.",
    ),
    "unsupported/no_evidence": (
        "note",
        "NoEvidence",
        "No source speaks of the claim.",
    ),
    "unsupported/insufficient": (
        "note",
        "InsufficientEvidence",
        "Sources touch on the claim but do not settle it.",
    ),
    "quote/altered": (
        "warning",
        "QuotationAltered",
        "A quotation differs from the words of the source, or joins or cuts them.",
    ),
    "quote/speaker": (
        "warning",
        "QuotationMisattributed",
        "The source has the quoted words from another speaker.",
    ),
    "claim/failed": (
        "warning",
        "ClaimNotChecked",
        "The claim could not be checked.",
    ),
    "gate": (
        "error",
        "GateFailed",
        "The run does not meet the conditions that its configuration sets.",
    ),
}

_ALTERED = (QuoteStatus.ALTERED, QuoteStatus.SPLICED, QuoteStatus.ELLIPSIS)


def render(report: Report, options: RenderOptions) -> str:
    """One run with one result per claim that is not plainly supported.

    What the gate refuses has level "error"; a contested claim is a warning and an unsupported one
    a note. Fingerprints depend on the words of the claim and the rule, not on lines, so that a
    result stays the same one when text above it moves.

    Source: OASIS Static Analysis Results Interchange Format 2.1.0.
    """
    gate = gate_by_claim(report)
    results = []
    for verdict in report.verdicts:
        stops = gate.get(verdict.claim.id, ())
        rule = _rule(verdict, stops)
        if rule is not None:
            results.append(_result(verdict, rule, stops))
    results += [_loose_result(finding) for finding in gate_without_claim(report)]
    run = {
        "tool": {"driver": _driver(report)},
        "originalUriBaseIds": {
            "CORPUS": {"description": {"text": "The folder that holds the source base."}}
        },
        "columnKind": "unicodeCodePoints",
        "results": results,
    }
    return dump({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2) + "\n"


def _driver(report: Report) -> dict[str, Any]:
    return {
        "name": "factcheck",
        "version": report.tool_version,
        "rules": [
            {
                "id": rule,
                "name": name,
                "shortDescription": {"text": text},
                "defaultConfiguration": {"level": level},
            }
            for rule, (level, name, text) in RULES.items()
        ],
    }


def _rule(verdict: Verdict, stops: tuple[GateFinding, ...]) -> str | None:
    if verdict.label is None:
        return "claim/failed"
    check = verdict.quote
    if check is not None and verdict.label is Label.CONTESTED:
        if check.status in _ALTERED:
            return "quote/altered"
        if check.attribution is Attribution.OTHER_SPEAKER:
            return "quote/speaker"
    if verdict.label is Label.CONTESTED:
        conflicting = verdict.basis is Basis.CONFLICTING
        return "contested/conflicting" if conflicting else "contested/refuted"
    if verdict.label is Label.UNSUPPORTED:
        nothing = verdict.basis is Basis.NO_EVIDENCE
        return "unsupported/no_evidence" if nothing else "unsupported/insufficient"
    return "gate" if stops else None


def _result(verdict: Verdict, rule: str, stops: tuple[GateFinding, ...]) -> dict[str, Any]:
    claim = verdict.claim
    result: dict[str, Any] = {
        "ruleId": rule,
        "ruleIndex": list(RULES).index(rule),
        "level": "error" if stops else RULES[rule][0],
        "message": {"text": _message(verdict, stops)},
        "partialFingerprints": {
            "claimText/v1": _fingerprint(rule, claim.text, claim.speaker or "")
        },
    }
    if claim.location is not None:
        result["locations"] = [_location(claim.location)]
    related = [
        _related(item, number)
        for number, item in enumerate(verdict.evidence, start=1)
        if item.stance is not Stance.NEUTRAL
    ]
    if related:
        result["relatedLocations"] = related
    result["properties"] = {
        "claimId": claim.id,
        "confidence": round(verdict.confidence, 6),
        "tags": list(dict.fromkeys(claim.tags)),
    }
    return result


def _loose_result(finding: GateFinding) -> dict[str, Any]:
    result: dict[str, Any] = {
        "ruleId": "gate",
        "ruleIndex": list(RULES).index("gate"),
        "level": "error",
        "message": {"text": f"{one_line(finding.rule)}: {one_line(finding.message)}"},
        "partialFingerprints": {
            "claimText/v1": _fingerprint("gate", finding.claim_id, finding.rule)
        },
    }
    if finding.location is not None:
        result["locations"] = [_location(finding.location)]
    return result


def _message(verdict: Verdict, stops: tuple[GateFinding, ...]) -> str:
    if verdict.failure is not None:
        head = f"Not checked: {one_line(verdict.failure.message)}"
    else:
        head = f"{label_words(verdict.label)} ({per_cent(verdict.confidence)})"
        if verdict.quote is not None and not verdict.evidence:
            head += f": {quote_words(verdict.quote)}"
        elif verdict.basis is not None:
            head += f": {BASIS_WORDS[verdict.basis]}"
    lines = [f"{head}.", f"Claim: {one_line(verdict.claim.text) or '(no text)'}"]
    lines += [one_line(reason) for reason in verdict.reasons]
    lines += [f"Gate ({one_line(item.rule)}): {one_line(item.message)}" for item in stops]
    return "\n".join(lines)


def _location(location: Location) -> dict[str, Any]:
    physical: dict[str, Any] = {"artifactLocation": {"uri": _uri(location.path)}}
    if location.line is not None and location.line >= 1:
        region = {"startLine": location.line}
        if location.column is not None and location.column >= 1:
            region["startColumn"] = location.column
        physical["region"] = region
    return {"physicalLocation": physical}


def _related(item: Evidence, number: int) -> dict[str, Any]:
    # Offsets count code points of the canonical text, not of the file, so they are a property
    # and not a region: an editor would jump to the wrong place in a PDF.
    facts = ", ".join([source_name(item), *source_facts(item)])
    return {
        "id": number,
        "message": {"text": f"{item.stance.value}: {shorten(item.text, 400)} [{facts}]"},
        "physicalLocation": {"artifactLocation": {"uri": _uri(item.path), "uriBaseId": "CORPUS"}},
        "properties": {"start": item.start, "end": item.end, "sourceSha256": item.source_sha256},
    }


def _uri(path: str) -> str:
    return quote(one_line(path).replace("\\", "/"), safe="/-._~!$&'()*+,;=@")


def _fingerprint(*parts: str) -> str:
    joined = "\x1f".join(one_line(part) for part in parts)
    return hashlib.sha256(joined.encode("utf-8", "replace")).hexdigest()
