"""What is checked: claims, where they were written and which sources they may use."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import Enum


class Label(Enum):
    """What the source base says about a claim."""

    SUPPORTED = "supported"
    CONTESTED = "contested"
    UNSUPPORTED = "unsupported"


@dataclass(frozen=True, slots=True, kw_only=True)
class Location:
    """A place in a file that the user wrote."""

    path: str
    line: int | None = None
    column: int | None = None


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
