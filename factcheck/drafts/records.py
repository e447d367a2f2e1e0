"""What reading a draft gives: claims, what was left alone and why, and every sentence's fate."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from types import MappingProxyType

from factcheck.records import Claim, Location, Problem

_NO_NAMES: Mapping[str, tuple[str, ...]] = MappingProxyType({})


class SkipReason(Enum):
    """Why a sentence of a draft is not checked."""

    HEADING = "heading"
    NO_STATEMENT = "no_statement"
    QUESTION = "question"
    INSTRUCTION = "instruction"
    OPINION = "opinion"
    PREDICTION = "prediction"
    PERSONAL = "personal"
    VAGUE = "vague"
    UNRESOLVED = "unresolved"
    SWITCHED_OFF = "switched_off"
    TOO_LONG = "too_long"


@dataclass(frozen=True, slots=True, kw_only=True)
class Skipped:
    """A sentence that was left alone.

    Args:
        text: as the draft has it.
        reason: the kind of reason.
        message: the reason in words, with the words of the draft that gave rise to it.
        location: where the sentence starts.
    """

    text: str
    reason: SkipReason
    message: str
    location: Location


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftSentence:
    """One sentence of a draft and what became of it.

    Args:
        text: as a reader of the draft sees it, on one line.
        location: where it starts.
        claim_ids: the claims it gave, quotations first; empty when it was left alone.
        resolved: the text that is checked when it differs from `text`.
        reason: why the statement was left alone; None when it gave a claim.
    """

    text: str
    location: Location
    claim_ids: tuple[str, ...] = ()
    resolved: str | None = None
    reason: SkipReason | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftRead:
    """A draft taken apart.

    Args:
        path: as the user named it.
        claims: in order of the draft; ids are made of the checked words, so they do not change
            when the text around them does.
        skipped: in order of the draft.
        sentences: all sentences in order.
        cited: claim id to the sources that the draft names for it, as written.
        problems: what is wrong with the draft without making it unreadable.
        published: the day that relative dates refer to.
        sha256: of the bytes of the file, in hexadecimal; of the text when it came as text.
    """

    path: str
    claims: tuple[Claim, ...]
    skipped: tuple[Skipped, ...]
    sentences: tuple[DraftSentence, ...] = ()
    cited: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: _NO_NAMES)
    problems: tuple[Problem, ...] = ()
    published: date | None = None
    sha256: str = ""

    @property
    def checked(self) -> int:
        """Number of sentences that gave at least one claim."""
        return sum(bool(sentence.claim_ids) for sentence in self.sentences)
