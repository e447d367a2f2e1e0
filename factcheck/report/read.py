"""Saved JSON reports back to records, so that they can be rendered and checked again."""

from __future__ import annotations

import json
from typing import Any

from factcheck.errors import DataError, Where
from factcheck.records import (
    Attribution,
    Basis,
    Claim,
    CorpusSummary,
    DiffPart,
    Evidence,
    Failure,
    Finding,
    GateFinding,
    GateResult,
    Label,
    Location,
    ModelCard,
    Outcome,
    Problem,
    QuoteCheck,
    QuotePlace,
    QuoteStatus,
    Report,
    SourceFilter,
    Stance,
    StanceProbabilities,
    Verdict,
    VerdictProbabilities,
)
from factcheck.report.fields import Fields

SCHEMA_VERSION = "1"


def from_json(text: str, *, path: str = "report.json") -> Report:
    """Read a JSON report.

    What `render(report, "json")` wrote comes back as an equal record, apart from numbers beyond
    the sixth digit and settings that JSON cannot tell apart (tuples and lists). Keys that this
    version does not know are ignored; keys beyond the documented core may be missing.

    Args:
        text: the whole file.
        path: the file as the user named it, for messages.

    Raises:
        DataError: FC400, not JSON, or not a report; the message names the place.
    """
    top = Fields.of(_parse(text, path), "", path)
    version = top.text("schema_version")
    if version != SCHEMA_VERSION:
        raise DataError(
            f'the report has schema version "{version}", this factcheck reads {SCHEMA_VERSION}',
            where=path,
            hint="use the factcheck that wrote it, or write it again",
        )
    gate = top.object("gate")
    return Report(
        schema_version=version,
        tool_version=top.object("tool").text("version"),
        models=top.each("models", _model, needed=True),
        corpus=_corpus(top.object("corpus")),
        verdicts=top.each("verdicts", _verdict, needed=True),
        gate=GateResult(
            passed=gate.flag("passed"),
            findings=gate.each("findings", _gate_finding, needed=True),
            accepted=gate.each("accepted", _gate_finding),
        ),
        config=top.object("config").values if "config" in top.values else {},
    )


def verdict_from_json(line: str, *, path: str = "report.jsonl", line_number: int = 1) -> Verdict:
    """Read one line of a JSONL report.

    Raises:
        DataError: FC400, not JSON, or not a verdict.
    """
    return _verdict(Fields.of(_parse(line, path, line_number), "verdict", f"{path}:{line_number}"))


def _parse(text: str, path: str, first_line: int = 1) -> Any:
    try:
        return json.loads(text.removeprefix("\ufeff"))
    except json.JSONDecodeError as error:
        raise DataError(
            f"not JSON: {error.msg}",
            where=Where(path, first_line + error.lineno - 1, error.colno),
            hint="the file may be cut off; write the report again",
        ) from None
    except (RecursionError, ValueError):
        # ValueError: a whole number of more digits than Python converts.
        raise DataError(
            "not a report of factcheck: nested too deep or a number too long", where=path
        ) from None


def _model(fields: Fields) -> ModelCard:
    return ModelCard(
        role=fields.text("role"), name=fields.text("name"), sha256=fields.text("sha256")
    )


def _corpus(fields: Fields) -> CorpusSummary:
    return CorpusSummary(
        path=fields.text("path", ""),
        sources=fields.whole("sources"),
        origins=fields.whole("origins"),
        passages=fields.whole("passages"),
        sha256=fields.text("sha256"),
        problems=fields.each("problems", _problem),
        set_aside=fields.each("set_aside", _problem),
    )


def _problem(fields: Fields) -> Problem:
    return Problem(
        path=fields.text("path"),
        message=fields.text("message"),
        hint=fields.optional_text("hint"),
        code=fields.text("code", "FC300"),
        line=fields.optional_whole("line"),
        read=fields.flag("read", False),
    )


def _gate_finding(fields: Fields) -> GateFinding:
    return GateFinding(
        claim_id=fields.text("claim_id"),
        rule=fields.text("rule"),
        message=fields.text("message"),
        location=fields.optional("location", _location),
    )


def _location(fields: Fields) -> Location:
    return Location(
        path=fields.text("path"),
        line=fields.optional_whole("line"),
        column=fields.optional_whole("column"),
    )


def _verdict(fields: Fields) -> Verdict:
    claim = _claim(fields)
    shares = fields.object("probabilities")
    failure = fields.optional("failure", _failure)
    label = fields.optional_choice("label", Label)
    if label is None and failure is None:
        fields.fail("label", "is missing, and there is no failure that says why")
    return Verdict(
        claim=claim,
        label=label,
        basis=fields.optional_choice("basis", Basis),
        confidence=fields.number("confidence"),
        probabilities=VerdictProbabilities(
            supported=shares.number("supported"),
            contested=shares.number("contested"),
            unsupported=shares.number("unsupported"),
        ),
        evidence=fields.each("evidence", lambda item: _evidence(item, claim.id), needed=True),
        origins_for=fields.whole("origins_for", 0),
        origins_against=fields.whole("origins_against", 0),
        reasons=fields.texts("reasons"),
        quote=fields.optional("quote", _quote),
        parts=fields.each("parts", _verdict),
        span=fields.span("span"),
        failure=failure,
    )


def _claim(fields: Fields) -> Claim:
    allowed = fields.optional("sources", lambda item: item)
    return Claim(
        id=fields.text("claim_id"),
        text=fields.text("claim"),
        quote=fields.optional_text("claim_quote"),
        speaker=fields.optional_text("speaker"),
        said_on=fields.day("said_on"),
        as_of=fields.day("as_of"),
        expect=fields.optional_choice("expect", Label),
        tags=fields.texts("tags"),
        sources=SourceFilter()
        if allowed is None
        else SourceFilter(include=allowed.texts("include"), exclude=allowed.texts("exclude")),
        location=fields.optional("location", _location),
    )


def _failure(fields: Fields) -> Failure:
    return Failure(
        code=fields.text("code"), message=fields.text("message"), hint=fields.optional_text("hint")
    )


def _stances(fields: Fields) -> StanceProbabilities:
    return StanceProbabilities(
        supports=fields.number("supports"),
        refutes=fields.number("refutes"),
        neutral=fields.number("neutral"),
    )


def _evidence(fields: Fields, claim_id: str) -> Evidence:
    return Evidence(
        claim_id=fields.text("claim_id", claim_id),
        source_id=fields.text("source_id"),
        path=fields.text("path"),
        start=fields.whole("start"),
        end=fields.whole("end"),
        text=fields.text("text"),
        stance=fields.choice("stance", Stance),
        probabilities=_stances(fields.object("probabilities")),
        verifier=fields.optional("verifier", _stances),
        rank=fields.whole("rank"),
        dense_cosine=fields.optional_number("dense_cosine"),
        bm25=fields.optional_number("bm25"),
        place=fields.optional_text("place"),
        title=fields.optional_text("title"),
        publisher=fields.optional_text("publisher"),
        published=fields.day("published"),
        url=fields.optional_text("url"),
        kind=fields.optional_text("kind"),
        reliability=fields.optional_number("reliability"),
        origin=fields.text("origin", ""),
        joint=fields.optional_text("joint"),
        reported_by=fields.optional_text("reported_by"),
        findings=fields.each("findings", _finding),
        highlights=fields.spans("highlights"),
        context_before=fields.text("context_before", ""),
        context_after=fields.text("context_after", ""),
        source_sha256=fields.text("source_sha256", ""),
    )


def _finding(fields: Fields) -> Finding:
    return Finding(
        check=fields.text("check"),
        outcome=fields.choice("outcome", Outcome),
        claim_text=fields.text("claim_text"),
        passage_text=fields.text("passage_text"),
        message=fields.text("message"),
        claim_span=fields.span("claim_span"),
        passage_span=fields.span("passage_span"),
        stance=fields.optional_choice("stance", Stance),
        strength=fields.number("strength", 1.0),
    )


def _quote(fields: Fields) -> QuoteCheck:
    return QuoteCheck(
        status=fields.choice("status", QuoteStatus),
        attribution=fields.optional_choice("attribution", Attribution),
        speaker_found=fields.optional_text("speaker_found"),
        best=None if fields.values.get("source_id") is None else _quote_place(fields),
        others=fields.each("others", _quote_place),
        sense_changed=fields.flag("sense_changed", False),
        message=fields.text("message", ""),
    )


def _quote_place(fields: Fields) -> QuotePlace:
    return QuotePlace(
        source_id=fields.text("source_id"),
        path=fields.text("path", ""),
        start=fields.whole("start"),
        end=fields.whole("end"),
        text=fields.text("text"),
        place=fields.optional_text("place"),
        sentence=fields.text("sentence", ""),
        similarity=fields.number("similarity", 0.0),
        speaker_found=fields.optional_text("place_speaker"),
        diff=fields.each("diff", _diff_part),
    )


def _diff_part(fields: Fields) -> DiffPart:
    return DiffPart(
        op=fields.text("op"),
        claim=fields.text("claim"),
        source=fields.text("source"),
        kind=fields.optional_text("kind"),
    )
