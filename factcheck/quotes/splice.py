"""Quotations joined from passages that do not stand together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from factcheck.quotes.compare import Level
from factcheck.quotes.parse import ParsedQuote
from factcheck.quotes.readings import Reading, prefix_costs, read_once
from factcheck.quotes.window import Window
from factcheck.quotes.wording import is_content

_MIN_PART_WORDS = 4
_MIN_PART_CONTENT = 2
_MAX_PARTS = 4
_MISS_PENALTY = 3.0  # a part ends where going on would cost a third of the words gained
_MIN_PART_SIMILARITY = 0.8
# Joining must explain at least this many words that one place alone does not.
_MIN_GAIN_WORDS = 2.5


def cover_with_parts(quote: ParsedQuote, windows: Sequence[Window]) -> list[Reading]:
    """Read a quotation as a sequence of parts from different places.

    Each part goes on as long as the words of one place carry it, which gives the fewest parts for
    exact copies.

    Args:
        quote: the whole quotation.
        windows: the text to read.

    Returns:
        Two to four readings in the order of the quotation, or nothing when some part has no place.
    """
    parts: list[Reading] = []
    rest: ParsedQuote | None = quote
    while rest is not None:
        if len(parts) == _MAX_PARTS:
            return []
        part, rest = _next_part(rest, windows)
        if part is None:
            return []
        parts.append(part)
    return parts if len(parts) > 1 else []


def _next_part(
    quote: ParsedQuote, windows: Sequence[Window]
) -> tuple[Reading | None, ParsedQuote | None]:
    best: tuple[float, int, Window] | None = None
    count = len(quote.tokens)
    for window in windows:
        costs = prefix_costs(quote, window)
        for length in _lengths(count):
            gain = length - _MISS_PENALTY * costs[length]
            if best is None or gain > best[0] + 1e-6:
                best = (gain, length, window)
    if best is None:
        return None, None
    _, length, window = best
    reading = read_once(slice_quote(quote, 0, length), window)
    if reading is None or not is_part(reading):
        return None, None
    return reading, slice_quote(quote, length, count) if length < count else None


def _lengths(count: int) -> list[int]:
    """Lengths at which a part may end, so that the rest can be a part or is empty."""
    return [n for n in range(1, count + 1) if n == count or n <= count - _MIN_PART_WORDS]


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
    return sum(part.comparison.distance for part in parts) + _MIN_GAIN_WORDS <= (
        whole.comparison.distance
    )


def _one_sentence(parts: Sequence[Reading]) -> bool:
    """Words moved or dropped inside one sentence are an alteration, not a splice."""
    first = parts[0]
    if any(part.source.id != first.source.id for part in parts):
        return False
    start, end = min(p.start for p in parts), max(p.end for p in parts)
    from factcheck.quotes.places import sentence_span

    a, b = sentence_span(first.source.text, start, start + 1)
    return a <= start and end <= b
