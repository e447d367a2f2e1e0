"""What the rows of the index hold: records as JSON and columns, and back."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from factcheck.records import Passage, Problem, Segment, Source


@dataclass(frozen=True, slots=True)
class FileState:
    """What is remembered of a corpus file, to see whether it changed."""

    path: str
    size: int
    mtime_ns: int
    ctime_ns: int
    sha256: str
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class SourceRow:
    """A source with its row and the group of sources that go back to one report."""

    row: int
    source: Source
    origin: str


def source_json(source: Source) -> str:
    """A source without its text as JSON."""
    data = {
        name: getattr(source, name) for name in Source.__slots__ if name not in ("text", "segments")
    }
    if source.published is not None:
        data["published"] = source.published.isoformat()
    data["segments"] = [
        [s.start, s.end, s.place, s.speaker, s.heading, s.evidence] for s in source.segments
    ]
    return json.dumps(data, ensure_ascii=False, sort_keys=True)


def source_from_json(record: str, text: str) -> Source:
    """The inverse of `source_json`."""
    data = json.loads(record)
    if data["published"] is not None:
        data["published"] = date.fromisoformat(data["published"])
    data["segments"] = tuple(
        Segment(start=s[0], end=s[1], place=s[2], speaker=s[3], heading=s[4], evidence=s[5])
        for s in data["segments"]
    )
    return Source(text=text, **data)


def problems_json(problems: Sequence[Problem]) -> str:
    """Problems as JSON; none are "[]"."""
    return json.dumps([asdict(problem) for problem in problems], ensure_ascii=False)


def problems_from_json(text: str) -> tuple[Problem, ...]:
    """The inverse of `problems_json`; quick for the many files that have none."""
    return () if text == "[]" else tuple(Problem(**item) for item in json.loads(text))


def passage_from_row(row: Sequence[Any]) -> Passage:
    """A passage from (source id, start, end, text, context, heading, place, speaker)."""
    source_id, start, end, text, context, heading, place, speaker = row
    return Passage(
        id=f"{source_id}@{start}",
        source_id=source_id,
        start=start,
        end=end,
        text=text,
        context=context,
        heading=heading,
        place=place,
        speaker=speaker,
    )
