"""What a span of a source says about a claim, and why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum


class Stance(Enum):
    """How one piece of evidence relates to a claim."""

    SUPPORTS = "supports"
    REFUTES = "refutes"
    NEUTRAL = "neutral"


class Outcome(Enum):
    """What a deterministic check says of one comparison between claim and passage."""

    EQUAL = "equal"
    COMPATIBLE = "compatible"
    DIFFERENT = "different"
    NOT_COMPARABLE = "not_comparable"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One reason given by the deterministic tier.

    Args:
        check: "quantity", "arithmetic", "date", "modality", "attribution", "name".
        outcome: how the two surfaces compare.
        claim_text, passage_text: the surfaces compared, as written.
        message: one sentence a reader understands.
        claim_span, passage_span: offsets into the claim's text and into the passage's text.
        stance: the stance that this finding alone argues for; None when it only informs.
        strength: 0 to 1, how sure the rule is that both speak of the same thing.
    """

    check: str
    outcome: Outcome
    claim_text: str
    passage_text: str
    message: str
    claim_span: tuple[int, int] | None = None
    passage_span: tuple[int, int] | None = None
    stance: Stance | None = None
    strength: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class StanceProbabilities:
    """Probabilities of the three stances; they sum to 1."""

    supports: float
    refutes: float
    neutral: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """One span of one source, judged against one claim.

    Args:
        start, end: `source.text[start:end] == text`.
        probabilities: calibrated, after the deterministic findings.
        verifier: raw output of the verifier for this span.
        rank: 1-based rank in retrieval.
        dense_cosine: [-1, 1]; None when only the lexical side found the passage.
        bm25: unbounded, larger is better; None when only the dense side found it.
        reported_by: on whose word the source states it, if it only reports.
        origin: id of the group of sources that go back to one report.
        joint: for a passage that supports only together with another one, the origins of both,
            joined by "+"; they count as one. Both carry the probabilities of the two as one text.
    """

    claim_id: str
    source_id: str
    path: str
    start: int
    end: int
    text: str
    stance: Stance
    probabilities: StanceProbabilities
    rank: int
    verifier: StanceProbabilities | None = None
    dense_cosine: float | None = None
    bm25: float | None = None
    place: str | None = None
    title: str | None = None
    publisher: str | None = None
    published: date | None = None
    url: str | None = None
    kind: str | None = None
    reliability: float | None = None
    origin: str = ""
    joint: str | None = None
    reported_by: str | None = None
    findings: tuple[Finding, ...] = ()
    highlights: tuple[tuple[int, int], ...] = ()
    context_before: str = ""
    context_after: str = ""
    source_sha256: str = ""
