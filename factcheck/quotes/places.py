"""Where a reading stands: its page, its sentence and the record that reports show."""

from __future__ import annotations

import re

from factcheck.passages import place_at
from factcheck.quotes.compare import diff_parts
from factcheck.quotes.readings import Reading
from factcheck.records import QuotePlace, Segment, Source
from factcheck.text import split_sentences

_PARAGRAPH_BREAK = re.compile(r"\n[ \t]*\n")
_MAX_PARAGRAPH_CHARS = 3000


def segment_at(source: Source, position: int) -> Segment | None:
    """The segment that holds a position, by bisection."""
    low, high = 0, len(source.segments)
    while low < high:
        middle = (low + high) // 2
        if source.segments[middle].end <= position:
            low = middle + 1
        else:
            high = middle
    if low < len(source.segments) and source.segments[low].start <= position:
        return source.segments[low]
    return None


def paragraph_span(text: str, position: int) -> tuple[int, int]:
    """The block between blank lines around a position, at most some thousand characters."""
    low = max(0, position - _MAX_PARAGRAPH_CHARS)
    start = low
    for match in _PARAGRAPH_BREAK.finditer(text, low, position):
        start = match.end()
    after = _PARAGRAPH_BREAK.search(text, position)
    end = after.start() if after else len(text)
    return start, min(end, position + _MAX_PARAGRAPH_CHARS)


def sentence_span(text: str, start: int, end: int) -> tuple[int, int]:
    """The sentence, or the sentences, that hold `text[start:end]`."""
    low = paragraph_span(text, start)[0]
    high = max(end, paragraph_span(text, max(start, end - 1))[1])
    spans = [
        (low + span.start, low + span.end)
        for span in split_sentences(text[low:high])
        if low + span.end > start and low + span.start < end
    ]
    if not spans:
        return start, end
    return min(start, spans[0][0]), max(end, spans[-1][1])


def make_place(reading: Reading, speaker_found: str | None) -> QuotePlace:
    """The record of one reading."""
    source, start, end = reading.source, reading.start, reading.end
    segment = segment_at(source, start)
    first, last = sentence_span(source.text, start, end)
    return QuotePlace(
        source_id=source.id,
        path=source.path,
        start=start,
        end=end,
        text=source.text[start:end],
        place=place_at(source.text, segment, start),
        sentence=source.text[first:last],
        similarity=round(reading.comparison.similarity, 4),
        speaker_found=speaker_found,
        diff=diff_parts(reading.quote, reading.window, reading.comparison),
    )
