"""Every frozen record and closed set that crosses a module.

Offsets are 0-based, end-exclusive code points of canonical text: `source.text[start:end]`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from types import MappingProxyType
from typing import Any


class Label(Enum):
    """What the source base says about a claim."""

    SUPPORTED = "supported"
    CONTESTED = "contested"
    UNSUPPORTED = "unsupported"


class Basis(Enum):
    """Why a claim has its label."""

    ENTAILED = "entailed"
    CONFLICTING = "conflicting"
    REFUTED = "refuted"
    NO_EVIDENCE = "no_evidence"
    INSUFFICIENT = "insufficient"


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


class QuoteStatus(Enum):
    """How a quotation relates to the words of the source."""

    VERBATIM = "verbatim"
    TRIVIAL = "trivial"
    ALTERED = "altered"
    SPLICED = "spliced"
    ELLIPSIS = "ellipsis"
    NOT_FOUND = "not_found"


class Attribution(Enum):
    """Who speaks the quoted words in the source, against the claim's speaker."""

    ATTRIBUTED = "attributed"
    OTHER_SPEAKER = "other_speaker"
    UNATTRIBUTED = "unattributed"


_EMPTY: Mapping[str, Any] = MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class Location:
    """A place in a file that the user wrote."""

    path: str
    line: int | None = None
    column: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """A stretch of a source with a name that a reader can look up.

    Args:
        start, end: offsets into the source's text.
        place: "page 3", "00:01:24", "row 7", "cell B4"; shown as it stands.
        speaker: who speaks, in transcripts.
        heading: the nearest heading above, if the format has headings.
        evidence: False for headings, navigation, reference lists and other text that must never
            be shown as evidence.
    """

    start: int
    end: int
    place: str | None = None
    speaker: str | None = None
    heading: str | None = None
    evidence: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One document of the source base.

    Args:
        id: unique in the corpus; by default the path (`path#row-id` for rows of CSV and JSONL).
        path: POSIX path of the file, relative to the corpus folder.
        text: canonical text; every offset refers to it.
        sha256: hex digest of `text` encoded as UTF-8.
        segments: in order, not overlapping; text outside every segment has no place of its own.
        kind: "primary", "secondary" or "tertiary".
        reliability: 0 (worthless) to 1; None when nobody has said.
    """

    id: str
    path: str
    text: str
    sha256: str
    title: str | None = None
    publisher: str | None = None
    author: str | None = None
    published: date | None = None
    url: str | None = None
    archived_url: str | None = None
    kind: str | None = None
    reliability: float | None = None
    language: str | None = None
    licence: str | None = None
    derived_from: str | None = None
    retracted: bool = False
    supersedes: str | None = None
    format: str = "text"
    segments: tuple[Segment, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Something in the source base that was skipped or looks wrong, with the reason."""

    path: str
    message: str
    hint: str | None = None
    code: str = "FC300"
    line: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A sentence of a source, the unit of retrieval.

    Args:
        id: `source_id` + "@" + start; stable while the source's text does not change.
        start, end: `source.text[start:end] == text`.
        context: title, heading and the sentence before, for the models; never shown as evidence.
        place: page, time code or row of `start`.
        speaker: who speaks here, in transcripts.
    """

    id: str
    source_id: str
    start: int
    end: int
    text: str
    context: str = ""
    heading: str | None = None
    place: str | None = None
    speaker: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceFilter:
    """Which sources a claim may use: glob patterns over ids and paths."""

    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One statement or quotation to check.

    Args:
        text: the statement; for a pure quotation the quoted words.
        quote: the quoted words when they are to be checked word by word.
        speaker: who is said to have made the claim or spoken the words.
        as_of: sources published later are not used.
        expect: the label that the checker expects.
    """

    id: str
    text: str
    quote: str | None = None
    speaker: str | None = None
    said_on: date | None = None
    as_of: date | None = None
    expect: Label | None = None
    tags: tuple[str, ...] = ()
    sources: SourceFilter = field(default_factory=SourceFilter)
    location: Location | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One reason given by the deterministic tier.

    Args:
        check: "quantity", "date", "modality", "attribution", "name".
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
    reported_by: str | None = None
    findings: tuple[Finding, ...] = ()
    highlights: tuple[tuple[int, int], ...] = ()
    context_before: str = ""
    context_after: str = ""
    source_sha256: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DiffPart:
    """One difference between a quotation and the source's words.

    Args:
        op: "equal", "replace", "insert" (only in the claim) or "delete" (only in the source).
        kind: "negation", "number", "name", "modal", "spelling", "word"; None for "equal".
    """

    op: str
    claim: str
    source: str
    kind: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class QuotePlace:
    """Where words close to a quotation stand in the source base."""

    source_id: str
    path: str
    start: int
    end: int
    text: str
    place: str | None = None
    sentence: str = ""
    similarity: float = 0.0
    speaker_found: str | None = None
    diff: tuple[DiffPart, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class QuoteCheck:
    """The result of checking one quotation word by word."""

    status: QuoteStatus
    attribution: Attribution | None = None
    speaker_found: str | None = None
    best: QuotePlace | None = None
    others: tuple[QuotePlace, ...] = ()
    sense_changed: bool = False
    message: str = ""


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


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelCard:
    """Which weights were used."""

    role: str
    name: str
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CorpusSummary:
    """What the verdicts were judged against."""

    path: str
    sources: int
    origins: int
    passages: int
    sha256: str
    problems: tuple[Problem, ...] = ()
    set_aside: tuple[Problem, ...] = ()


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
