"""Quotations joined from passages that do not stand together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from factcheck.quotes.compare import Level
from factcheck.quotes.parse import ParsedQuote
from factcheck.quotes.places import sentence_span
from factcheck.quotes.queries import quote_parts
from factcheck.quotes.readings import (
    CLOSE_DISTANCE,
    Reading,
    costs_from_start,
    costs_to_end,
    equal_runs,
    read_once,
)
from factcheck.quotes.window import Window
from factcheck.quotes.wording import is_content

_MIN_PART_WORDS = 4
_MIN_PART_CONTENT = 2
_MAX_PARTS = 4
# What the best readings hold in a run of this many words need not be looked for again; shorter
# runs turn up by chance where sentences are built alike.
_COVERED_RUN = 6
_COVERING = 4
_MIN_PART_SIMILARITY = 0.8


def cover_with_parts(quote: ParsedQuote, windows: Sequence[Window]) -> list[Reading]:
    """Read a quotation as a sequence of parts from different places.

    It is cut where both sides together read best; a side that no place carries is cut again.

    Args:
        quote: the whole quotation.
        windows: the text to read.

    Returns:
        Two to four readings in the order of the quotation, or nothing when some part has no place.
    """
    parts = _cover(quote, windows, _MAX_PARTS)
    return parts if len(parts) > 1 else []


def _cover(quote: ParsedQuote, windows: Sequence[Window], most: int) -> list[Reading]:
    count = len(quote.tokens)
    if most < 2 or count < 2 * _MIN_PART_WORDS or not windows:
        return []
    heads = [costs_from_start(quote, window) for window in windows]
    tails = [costs_to_end(quote, window) for window in windows]
    cuts = range(_MIN_PART_WORDS, count - _MIN_PART_WORDS + 1)
    cut = min(cuts, key=lambda k: min(row[k] for row in heads) + min(row[k] for row in tails))
    head = windows[min(range(len(windows)), key=lambda index: heads[index][cut])]
    tail = windows[min(range(len(windows)), key=lambda index: tails[index][cut])]
    parts: list[Reading] = []
    for piece, window in (
        (slice_quote(quote, 0, cut), head),
        (slice_quote(quote, cut, count), tail),
    ):
        reading = read_once(piece, window)
        if reading is not None and is_part(reading):
            parts.append(reading)
            continue
        deeper = _cover(piece, windows, most - 1)
        if not deeper:
            return []
        parts.extend(deeper)
    return parts if len(parts) <= _MAX_PARTS else []


def is_part(reading: Reading) -> bool:
    """Whether a reading says enough to count as a passage of its own."""
    tokens = reading.quote.tokens
    return (
        len(tokens) >= _MIN_PART_WORDS
        and sum(map(is_content, tokens)) >= _MIN_PART_CONTENT
        and (
            reading.level is not Level.ALTERED
            or reading.comparison.similarity >= _MIN_PART_SIMILARITY
        )
    )


def uncovered_parts(quote: ParsedQuote, readings: Sequence[Reading]) -> list[tuple[int, int]]:
    """The stretches of a quotation that no place found so far holds word for word.

    Args:
        quote: the whole quotation.
        readings: of the whole quotation, best first.

    Returns:
        Token ranges worth looking for; when nothing at all is covered, parts of equal length.
    """
    covered = [False] * len(quote.tokens)
    for reading in readings[:_COVERING]:
        for start, stop in equal_runs(reading):
            if stop - start >= _COVERED_RUN and (
                sum(map(is_content, quote.tokens[start:stop])) >= _MIN_PART_CONTENT
            ):
                covered[start:stop] = [True] * (stop - start)
    if not any(covered):
        return quote_parts(quote)
    stretches: list[tuple[int, int]] = []
    first = 0
    for index, done in enumerate([*covered, True]):
        if done:
            if index - first >= _MIN_PART_WORDS - 1:
                stretches.append((first, index))
            first = index + 1
    return stretches


def slice_quote(quote: ParsedQuote, start: int, stop: int) -> ParsedQuote:
    """Words `start:stop` of a quotation as a quotation of their own."""
    return replace(
        quote,
        tokens=quote.tokens[start:stop],
        gaps=frozenset(gap - start for gap in quote.gaps if start < gap < stop),
        open_start=quote.open_start or start > 0,
        open_end=quote.open_end or stop < len(quote.tokens),
    )


def is_spliced(whole: Reading | None, parts: Sequence[Reading]) -> bool:
    """Whether several places explain a quotation clearly better than one place does."""
    if len(parts) < 2 or _one_sentence(parts):
        return False
    if whole is None:
        return True
    return sum(part.comparison.distance for part in parts) + CLOSE_DISTANCE <= (
        whole.comparison.distance
    )


def _one_sentence(parts: Sequence[Reading]) -> bool:
    """Words moved or dropped inside one sentence are an alteration, not a splice."""
    first = parts[0]
    if any(part.source.id != first.source.id for part in parts):
        return False
    start, end = min(p.start for p in parts), max(p.end for p in parts)
    a, b = sentence_span(first.source.text, start, start + 1)
    return a <= start and end <= b
