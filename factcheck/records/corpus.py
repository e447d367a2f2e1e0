"""What the source base consists of: sources, their segments and passages."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """A stretch of a source with a name that a reader can look up.

    Args:
        start, end: offsets into the source's text.
        place: "page 3", "line 12", "paragraph 4", "row 7", "00:01:24"; every
            reader gives one; shown as it stands.
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
class Passage:
    """A sentence of a source, the unit of retrieval.

    Args:
        id: `source_id` + "@" + start; stable while the source's text does not change.
        start, end: `source.text[start:end] == text`.
        context: title, heading and the sentence before, for the models; never shown as evidence.
        place: page, line, paragraph, row or time code of `start`.
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
class Problem:
    """Something in the source base that was skipped or looks wrong, with the reason.

    Args:
        read: whether the file was read all the same, at least in part.
    """

    path: str
    message: str
    hint: str | None = None
    code: str = "FC300"
    line: int | None = None
    read: bool = True


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
