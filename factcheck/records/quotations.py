"""How quoted words relate to the words of a source."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


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
