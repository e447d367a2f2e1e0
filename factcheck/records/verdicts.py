"""What becomes of a claim: label, basis, probabilities and everything to check it again."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from factcheck.records.claims import Claim, Label
from factcheck.records.evidence import Evidence
from factcheck.records.quotations import QuoteCheck


class Basis(Enum):
    """Why a claim has its label."""

    ENTAILED = "entailed"
    CONFLICTING = "conflicting"
    REFUTED = "refuted"
    NO_EVIDENCE = "no_evidence"
    INSUFFICIENT = "insufficient"


@dataclass(frozen=True, slots=True, kw_only=True)
class VerdictProbabilities:
    """Probabilities of the three labels; they sum to 1."""

    supported: float
    contested: float
    unsupported: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """Why a claim has no verdict; the rest of the batch is not affected."""

    code: str
    message: str
    hint: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """The label of one claim with everything needed to check it again.

    Args:
        label: None only when `failure` is set.
        confidence: [0, 1], calibrated probability that the label is right.
        evidence: supporting, then refuting, then the nearest neutral passages.
        origins_for, origins_against: independent origins, not sources.
        reasons: short sentences for a reader.
        parts: verdicts of sub-claims when the claim was split; the whole is as weak as the weakest.
        span: of a part, where its own words stand in the text of the whole claim.
    """

    claim: Claim
    label: Label | None
    basis: Basis | None
    confidence: float
    probabilities: VerdictProbabilities
    evidence: tuple[Evidence, ...] = ()
    origins_for: int = 0
    origins_against: int = 0
    reasons: tuple[str, ...] = ()
    quote: QuoteCheck | None = None
    parts: tuple[Verdict, ...] = ()
    span: tuple[int, int] | None = None
    failure: Failure | None = None
