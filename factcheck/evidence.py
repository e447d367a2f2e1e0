"""Passages beside a claim to evidence: what is read, what the checks find, the stance."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from factcheck.judgement import Judgement
from factcheck.records import (
    Claim,
    Evidence,
    Finding,
    Outcome,
    Passage,
    Source,
    Stance,
    StanceProbabilities,
)
from factcheck.retrieval import Retrieved
from factcheck.text import fold, word_spans

if TYPE_CHECKING:
    from factcheck.checks import ClaimReading
    from factcheck.index.opened import Index

_DIGITS = 6
_CONTEXT_CHARS = 300
# Keeps logarithms finite; int8 models do not resolve smaller probabilities.
_FLOOR = 1e-4


@dataclass(frozen=True, slots=True)
class Reading:
    """One passage that the verifier is to read beside a claim.

    Args:
        retrieved: where it came from.
        text: what the verifier reads: the context, then the passage.
    """

    retrieved: Retrieved
    text: str


def read_passage_text(passage: Passage) -> str:
    """What the verifier reads of a passage: title, heading and the sentence before, then itself."""
    return f"{passage.context} {passage.text}" if passage.context else passage.text


def plan_readings(retrieved: Sequence[Retrieved]) -> list[Reading]:
    """The texts to be read for one claim, in rank order."""
    return [Reading(item, read_passage_text(item.passage)) for item in retrieved]


def build_evidence(
    claim: Claim,
    claim_reading: ClaimReading,
    readings: Sequence[Reading],
    probabilities: Sequence[Sequence[float]],
    index: Index,
    judgement: Judgement,
) -> list[Evidence]:
    """Judge the passages of one claim.

    Args:
        claim_reading: what the checks parsed from the claim.
        readings: from `plan_readings`.
        probabilities: (n, 3) verifier output for the readings: supports, refutes, neutral.

    Returns:
        One piece of evidence per reading, in rank order.
    """
    return [
        _judge_passage(claim, claim_reading, reading, row, index, judgement)
        for reading, row in zip(readings, probabilities, strict=True)
    ]


def _judge_passage(
    claim: Claim,
    claim_reading: ClaimReading,
    reading: Reading,
    row: Sequence[float],
    index: Index,
    judgement: Judgement,
) -> Evidence:
    from factcheck.checks import check_pair, pair_features, read_passage, reported_by

    passage = reading.retrieved.passage
    source = index.source(passage.source_id)
    passage_reading = read_passage(
        passage.text,
        context=passage.context,
        published=source.published,
        speaker=passage.speaker,
    )
    findings = check_pair(claim_reading, passage_reading)
    verifier = StanceProbabilities(
        supports=round(float(row[0]), _DIGITS),
        refutes=round(float(row[1]), _DIGITS),
        neutral=round(float(row[2]), _DIGITS),
    )
    features = stance_features(verifier, pair_features(claim_reading, passage_reading, findings))
    judged = judgement.stance_probabilities(features)
    stance = decide_stance(judged, judgement.thresholds)
    return Evidence(
        claim_id=claim.id,
        source_id=source.id,
        path=source.path,
        start=passage.start,
        end=passage.end,
        text=passage.text,
        stance=stance,
        probabilities=rounded(judged),
        verifier=verifier,
        rank=reading.retrieved.rank,
        dense_cosine=reading.retrieved.dense_cosine,
        bm25=reading.retrieved.bm25,
        place=passage.place,
        title=source.title,
        publisher=source.publisher,
        published=source.published,
        url=source.url,
        kind=source.kind,
        reliability=source.reliability,
        origin=index.origin(source.id),
        reported_by=reported_by(passage_reading, claim_reading),
        findings=shown_findings(findings, stance),
        highlights=highlight_spans(claim.text, passage.text, findings),
        context_before=source.text[max(0, passage.start - _CONTEXT_CHARS) : passage.start],
        context_after=source.text[passage.end : passage.end + _CONTEXT_CHARS],
        source_sha256=source.sha256,
    )


def stance_features(verifier: StanceProbabilities, checks: Mapping[str, float]) -> dict[str, float]:
    """The inputs of the pair model: the verifier's log probabilities, then the checks' features."""
    return {
        "log_supports": math.log(max(verifier.supports, _FLOOR)),
        "log_refutes": math.log(max(verifier.refutes, _FLOOR)),
        "log_neutral": math.log(max(verifier.neutral, _FLOOR)),
        **checks,
    }


def decide_stance(judged: StanceProbabilities, thresholds: Mapping[str, float]) -> Stance:
    """The stance that a passage counts for; neutral unless one side passes its threshold."""
    if judged.supports >= thresholds["supports"] and judged.supports > judged.refutes:
        return Stance.SUPPORTS
    if judged.refutes >= thresholds["refutes"] and judged.refutes >= judged.supports:
        return Stance.REFUTES
    return Stance.NEUTRAL


def rounded(judged: StanceProbabilities) -> StanceProbabilities:
    """Probabilities as reports print them."""
    return StanceProbabilities(
        supports=round(judged.supports, _DIGITS),
        refutes=round(judged.refutes, _DIGITS),
        neutral=round(judged.neutral, _DIGITS),
    )


def shown_findings(findings: Sequence[Finding], stance: Stance) -> tuple[Finding, ...]:
    """The findings worth showing: those that argue for the stance first."""
    useful = [f for f in findings if f.outcome is not Outcome.NOT_COMPARABLE]
    return tuple(sorted(useful, key=lambda f: (f.stance is not stance, f.check, f.message)))


def highlight_spans(
    claim_text: str, passage_text: str, findings: Sequence[Finding]
) -> tuple[tuple[int, int], ...]:
    """The decisive words of a passage: what the findings name, then the words of the claim.

    Returns:
        Spans into the passage's text, in order, not overlapping.
    """
    from factcheck.index.lexical import STOP_WORDS

    wanted = {_stem(fold(claim_text[s.start : s.end])) for s in word_spans(claim_text)}
    spans = [f.passage_span for f in findings if f.passage_span is not None]
    for span in word_spans(passage_text):
        word = fold(passage_text[span.start : span.end])
        if word not in STOP_WORDS and _stem(word) in wanted:
            spans.append((span.start, span.end))
    return _merge_spans(spans, len(passage_text))


def _stem(word: str) -> str:
    # Enough for marking words: "recognised" and "recognises" share their first letters.
    return word if len(word) < 5 else word[: max(4, len(word) - 3)]


def _merge_spans(spans: Sequence[tuple[int, int]], length: int) -> tuple[tuple[int, int], ...]:
    merged: list[tuple[int, int]] = []
    for start, end in sorted((max(0, s), min(length, e)) for s, e in spans):
        if start >= end:
            continue
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)


def span_holds(source: Source, evidence: Evidence) -> bool:
    """Whether a piece of evidence is exactly what its source says there."""
    return source.text[evidence.start : evidence.end] == evidence.text


def with_stance(evidence: Evidence, stance: Stance) -> Evidence:
    """The same evidence counted differently, for example because its source is overruled."""
    return replace(evidence, stance=stance)
