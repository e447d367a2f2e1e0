"""Passages beside a claim to evidence: what is read, what the checks find, the stance."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from factcheck.judgement import Judgement
from factcheck.readings import Reading
from factcheck.records import (
    Claim,
    Evidence,
    Finding,
    Outcome,
    Source,
    Stance,
    StanceProbabilities,
)
from factcheck.text import fold, word_spans

if TYPE_CHECKING:
    from factcheck.checks import ClaimReading
    from factcheck.index.opened import Index

_DIGITS = 6
_CONTEXT_CHARS = 300
# Keeps logarithms finite; int8 models do not resolve smaller probabilities.
_FLOOR = 1e-4


_QUESTION = re.compile(r"\?[\"'”’»)\]]*\s*$")
# Not the dot of "Dr. Kos", "the U.S. Senate", "No. 10".
_STATEMENT = re.compile(
    r"(?<!\b[A-Z])(?<!\b[MDS]r)(?<!\bM[rs]s)(?<!\b(?:Ms|St|No|vs))[.!…][\"'”’»)\]]*\s+\S"
)
_SAYS_NOTHING = StanceProbabilities(supports=0.0, refutes=0.0, neutral=1.0)
_ASKED = Finding(
    check="modality",
    outcome=Outcome.DIFFERENT,
    claim_text="",
    passage_text="",
    message="the passage asks a question and states nothing",
    claim_span=None,
    passage_span=None,
    stance=Stance.NEUTRAL,
    strength=1.0,
)


@dataclass(frozen=True, slots=True)
class ReadPassage:
    """A passage with what the verifier made of it.

    Args:
        reading: the passage and the text that was read.
        answer: (3,) probabilities: supports, refutes, neutral.
    """

    reading: Reading
    answer: Sequence[float]


@dataclass(frozen=True, slots=True)
class Examined:
    """A read passage with what the checks found: everything that its stance depends on.

    Args:
        verifier: the verifier's probabilities, rounded as the report prints them.
        features: the inputs of the pair model.
    """

    read: ReadPassage
    source: Source
    verifier: StanceProbabilities
    findings: tuple[Finding, ...]
    features: Mapping[str, float]
    reported_by: str | None


def examine_passages(claim: Claim, passages: Sequence[ReadPassage], index: Index) -> list[Examined]:
    """Run the deterministic checks on the passages of one claim, in rank order."""
    if not passages:
        return []
    from factcheck.checks import read_claim

    claim_reading = read_claim(claim.text, speaker=claim.speaker, said_on=claim.said_on)
    return [_examine(claim_reading, passage, index) for passage in passages]


def build_evidence(
    claim: Claim, passages: Sequence[ReadPassage], index: Index, judgement: Judgement
) -> list[Evidence]:
    """Judge the passages of one claim.

    Args:
        passages: retrieved and read, in rank order.

    Returns:
        One piece of evidence per passage, in rank order.
    """
    return [
        _judge(claim, examined, index, judgement)
        for examined in examine_passages(claim, passages, index)
    ]


def _examine(claim_reading: ClaimReading, read: ReadPassage, index: Index) -> Examined:
    from factcheck.checks import check_pair, pair_features, read_passage, reported_by

    passage = read.reading.retrieved.passage
    source = index.source(passage.source_id)
    passage_reading = read_passage(
        read.reading.span_text,
        context=read.reading.context,
        published=source.published,
        speaker=passage.speaker,
        before=read.reading.before,
    )
    findings = check_pair(claim_reading, passage_reading)
    verifier = rounded(
        StanceProbabilities(
            supports=float(read.answer[0]),
            refutes=float(read.answer[1]),
            neutral=float(read.answer[2]),
        )
    )
    checks = pair_features(claim_reading, passage_reading, findings)
    if only_asks(read.reading.span_text):
        findings = (*findings, _ASKED)
        features = stance_features(_SAYS_NOTHING, checks)
    else:
        features = stance_features(verifier, checks)
    return Examined(
        read=read,
        source=source,
        verifier=verifier,
        findings=findings,
        features=features,
        reported_by=reported_by(passage_reading, claim_reading),
    )


def only_asks(text: str) -> bool:
    """Whether a passage is a question, or several, and states nothing."""
    return bool(_QUESTION.search(text)) and not _STATEMENT.search(text)


def _judge(claim: Claim, examined: Examined, index: Index, judgement: Judgement) -> Evidence:
    judged = judgement.stance_probabilities(examined.features)
    stance = decide_stance(judged, judgement.thresholds)
    found = evidence_of(
        claim, examined.read.reading, index, rounded(judged), examined.verifier, stance
    )
    return replace(
        found,
        reported_by=examined.reported_by,
        findings=shown_findings(examined.findings, stance),
        highlights=highlight_spans(claim.text, found.text, examined.findings),
    )


def evidence_of(
    claim: Claim,
    reading: Reading,
    index: Index,
    judged: StanceProbabilities,
    verifier: StanceProbabilities,
    stance: Stance,
) -> Evidence:
    """A span with its source and what is thought of it; findings and highlights are still empty."""
    retrieved = reading.retrieved
    source = index.source(retrieved.passage.source_id)
    return Evidence(
        claim_id=claim.id,
        source_id=source.id,
        path=source.path,
        start=reading.start,
        end=reading.end,
        text=reading.span_text,
        stance=stance,
        probabilities=judged,
        verifier=verifier,
        rank=retrieved.rank,
        dense_cosine=retrieved.dense_cosine,
        bm25=retrieved.bm25,
        place=reading.place,
        title=source.title,
        publisher=source.publisher,
        published=source.published,
        url=source.url,
        kind=source.kind,
        reliability=source.reliability,
        origin=index.origin(source.id),
        context_before=source.text[max(0, reading.start - _CONTEXT_CHARS) : reading.start],
        context_after=source.text[reading.end : reading.end + _CONTEXT_CHARS],
        source_sha256=source.sha256,
    )


def stance_features(verifier: StanceProbabilities, checks: Mapping[str, float]) -> dict[str, float]:
    """The inputs of the pair model: the verifier's log probabilities, then the features of the
    checks under their own names."""
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
