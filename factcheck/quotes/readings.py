"""Places in the source base where a quotation can be read, best first."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from factcheck.quotes.align import align_words
from factcheck.quotes.compare import Comparison, Level, compare
from factcheck.quotes.normalise import Token
from factcheck.quotes.parse import ParsedQuote
from factcheck.quotes.window import Window, open_window
from factcheck.quotes.wording import is_content, match_key, weight
from factcheck.records import Source

# Text read around a candidate passage: the quotation may begin or end in its neighbours.
_MARGIN_CHARS = 240
_GAP_MARGIN_CHARS = 1200  # an ellipsis may stand for some sentences
_MAX_WINDOWS = 24  # opened per quotation
_MAX_REPEATS = 4  # equal readings kept per window
_LONG_QUOTE = 400  # words; longer ones are aligned by their two ends

# A quotation with changed words counts as found above these. Chosen on the development half of
# `benchmarks/quotes.py`: the lowest that keep absent quotations out.
MIN_SIMILARITY = 0.55
_MIN_CONTENT_WORDS = 2
_MIN_RUN = 3
_SHORT_QUOTE = 4  # words; here one word in another form is all that may differ


@dataclass(frozen=True, slots=True, kw_only=True)
class QuoteCandidate:
    """A source that may hold a quotation.

    Args:
        source: with its text.
        regions: `(start, end)` offsets of the passages found in it; empty means all of it.
    """

    source: Source
    regions: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True)
class Reading:
    """A quotation, or a part of one, read at one place.

    Args:
        quote: the words that were looked for.
        window: the source words around the place.
        comparison: what differs.
    """

    quote: ParsedQuote
    window: Window
    comparison: Comparison

    @property
    def source(self) -> Source:
        """The source read."""
        return self.window.source

    @property
    def start(self) -> int:
        """Offset of the first word in the source."""
        return self.window.tokens[self.comparison.first].start

    @property
    def end(self) -> int:
        """Offset after the last word; the closing mark belongs to it if it was quoted."""
        return self.window.tokens[self.comparison.last].end

    @property
    def level(self) -> Level:
        """The worst difference."""
        return self.comparison.level

    @property
    def rank_key(self) -> tuple[int, float, str, int]:
        """Orders readings, best first, ties by source and place."""
        return (self.level, -self.comparison.similarity, self.source.id, self.start)


def open_windows(quote: ParsedQuote, candidates: Iterable[QuoteCandidate]) -> list[Window]:
    """The stretches of text worth reading, those that share most with the quotation first."""
    margin = _MARGIN_CHARS + int(1.3 * len(quote.text))
    margin += _GAP_MARGIN_CHARS if quote.gaps else 0
    wanted = {token.key.casefold(): weight(token) for token in quote.tokens}
    stretches: list[tuple[float, int, Source, int, int]] = []
    for order, candidate in enumerate(candidates):
        size = len(candidate.source.text)
        regions = candidate.regions or ((0, size),)
        padded = sorted((max(0, a - margin), min(size, b + margin)) for a, b in regions)
        for start, end in _merged(padded):
            shared = _shared_weight(wanted, candidate.source.text[start:end])
            stretches.append((-shared, order, candidate.source, start, end))
    stretches.sort(key=lambda item: (item[0], item[1], item[3]))
    return [open_window(source, a, b) for _, _, source, a, b in stretches[:_MAX_WINDOWS]]


def _merged(ranges: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in ranges:
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _shared_weight(wanted: dict[str, float], text: str) -> float:
    present = set(re.findall(r"\w+", text.casefold()))
    return sum(value for key, value in wanted.items() if key in present)


def read_windows(quote: ParsedQuote, windows: Sequence[Window]) -> list[Reading]:
    """Every window's best reading, and further equal ones in the same window.

    Args:
        quote: at least one word.
        windows: from `open_windows`.

    Returns:
        Readings that share at least one word with the quotation, best first.
    """
    numbers = _numbered(quote.tokens)
    readings: list[Reading] = []
    for window in windows:
        readings.extend(_read_window(quote, window, numbers))
    return sorted(_without_copies(readings), key=lambda reading: reading.rank_key)


def _numbered(tokens: Sequence[Token]) -> dict[str, int]:
    numbers: dict[str, int] = {}
    for token in tokens:
        numbers.setdefault(match_key(token), len(numbers))
    return numbers


def _read_window(
    quote: ParsedQuote, window: Window, numbers: dict[str, int], repeats: int = _MAX_REPEATS
) -> list[Reading]:
    reading = read_once(quote, window, numbers)
    if reading is None:
        return []
    found = [reading]
    if reading.level is not Level.ALTERED and repeats > 0:
        last = reading.comparison.last
        rest = replace(window, tokens=window.tokens[last + 1 :])
        more = _read_window(quote, rest, numbers, repeats - 1) if rest.tokens else []
        found += [item for item in more if item.level is not Level.ALTERED]
    return found


def read_once(
    quote: ParsedQuote, window: Window, numbers: dict[str, int] | None = None
) -> Reading | None:
    """The best reading in one window, or None when not one word is shared."""
    if numbers is None:
        numbers = _numbered(quote.tokens)
    alignment = align_words(
        [numbers[match_key(token)] for token in quote.tokens],
        [numbers.get(key, -1) for key in window.keys],
        editorial=[token.editorial for token in quote.tokens],
        gaps=quote.gaps,
        skippable=window.skippable,
    )
    comparison = compare(quote, window, alignment)
    return None if comparison is None else Reading(quote, window, comparison)


def prefix_costs(quote: ParsedQuote, window: Window) -> tuple[float, ...]:
    """Cost of reading the first `k` words of a quotation in a window, for every `k`."""
    numbers = _numbered(quote.tokens)
    return align_words(
        [numbers[match_key(token)] for token in quote.tokens],
        [numbers.get(key, -1) for key in window.keys],
        editorial=[token.editorial for token in quote.tokens],
        gaps=quote.gaps,
        skippable=window.skippable,
    ).prefix


def _without_copies(readings: Iterable[Reading]) -> list[Reading]:
    seen: dict[tuple[str, int, int], Reading] = {}
    for reading in readings:
        seen.setdefault((reading.source.id, reading.start, reading.end), reading)
    return list(seen.values())


def is_found(reading: Reading) -> bool:
    """Whether a reading is the quotation, with or without changed words, rather than other words.

    Any reading without changed words counts. With changed words it must keep most of the
    quotation's weight, some words that tell it from other sentences, and an unbroken run.
    """
    if reading.level is not Level.ALTERED:
        return True
    quote, comparison = reading.quote, reading.comparison
    kept: list[Token] = []
    run = longest = 0
    for block in comparison.blocks:
        if block.level is Level.ALTERED:
            run = 0
            continue
        kept.extend(quote.tokens[slice(*block.quote)])
        run += block.quote[1] - block.quote[0]
        longest = max(longest, run)
    content = sum(1 for token in kept if is_content(token))
    if len(quote.tokens) < _SHORT_QUOTE:
        return _is_inflected(reading, content)
    needed = min(_MIN_RUN, len(quote.tokens) - 2)
    return (
        comparison.similarity >= MIN_SIMILARITY
        and content >= _MIN_CONTENT_WORDS
        and longest >= needed
    )


def _is_inflected(reading: Reading, content: int) -> bool:
    """In two or three words one may differ, and only in its ending or spelling."""
    from rapidfuzz.distance import JaroWinkler

    changed = [b for b in reading.comparison.blocks if b.level is Level.ALTERED]
    if len(changed) != 1 or content == 0:
        return False
    ours = reading.quote.tokens[slice(*changed[0].quote)]
    theirs = reading.window.tokens[slice(*changed[0].source)]
    if len(ours) != 1 or len(theirs) != 1 or changed[0].kind in ("number", "name"):
        return False
    return JaroWinkler.similarity(ours[0].key, theirs[0].key) >= 0.9
