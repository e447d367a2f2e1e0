"""Places in the source base where a quotation can be read, best first."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import overload

from factcheck.quotes.align import align_words, prefix_costs
from factcheck.quotes.compare import Comparison, Level, compare
from factcheck.quotes.normalise import Token
from factcheck.quotes.parse import ParsedQuote
from factcheck.quotes.window import Window, mend_words, open_window
from factcheck.quotes.wording import is_content, loose_key, match_key, weight
from factcheck.records import Source

# Text read around a candidate passage: the quotation may begin or end in its neighbours.
_MARGIN_CHARS = 240
_GAP_MARGIN_CHARS = 1200  # an ellipsis may stand for some sentences
_MAX_WINDOWS = 20  # opened per quotation
# A stretch that lacks more of the quotation's words than this cannot be close to it; line breaks
# and ligatures may hide some words that are there.
_MIN_SHARE = 0.4
_MIN_PART_SHARE = 0.6
_KEPT = 4  # stretches read whatever they share
_BREAKS = re.compile(r"\u00ad\s*|(?<=[^\W\d_])[-\u2010]\s*\n\s*(?=[^\W\d_])|[\u200b-\u200f\u2060]")
_MAX_MISSES = 3  # windows read in vain after the quotation has been found, or nearly
CLOSE_DISTANCE = 2.5  # words; a splice must explain at least so many
_MAX_REPEATS = 4  # equal readings kept per window

_MAX_COST_SHARE = 0.8  # more words than this missing, and no reading can count as found

# A quotation with changed words counts as found above these. Chosen on the development half of
# `benchmarks/quotes.py`: the lowest that keep absent quotations out.
MIN_SIMILARITY = 0.65
_SCATTERED_SIMILARITY = 0.72  # where words differ at more than one place
_MIN_CONTENT_WORDS = 2
_MIN_RUN = 3
_PLAIN_SIMILARITY = 0.75  # with one telling word only
_PLAIN_RUN = 3
_COPIED_RUN = 10
_COPIED_CONTENT = 4
_COPIED_SIMILARITY = 0.45
_BRIEF_QUOTE = 6
_SAME_STEM = 0.85  # Jaro-Winkler similarity of "leaving" and "leave"
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


def open_windows(
    quote: ParsedQuote,
    candidates: Iterable[QuoteCandidate],
    parts: Sequence[tuple[int, int]] = (),
) -> Sequence[Window]:
    """The stretches of text worth reading, those that share most with the quotation first.

    Args:
        quote: the quotation.
        candidates: where its words were found.
        parts: token ranges that may stand alone; a stretch that holds one of them is worth
            reading even if it shares little with the rest.
    """
    margin = _MARGIN_CHARS + int(1.3 * len(quote.text))
    margin += _GAP_MARGIN_CHARS if quote.gaps else 0
    whole = _weights(quote.tokens)
    pieces = [_weights(quote.tokens[a:b]) for a, b in parts]
    stretches: list[tuple[float, int, Source, int, int]] = []
    for order, candidate in enumerate(candidates):
        size = len(candidate.source.text)
        regions = candidate.regions or ((0, size),)
        padded = sorted((max(0, a - margin), min(size, b + margin)) for a, b in regions)
        for start, end in _merged(padded):
            present = _present(candidate.source.text[start:end])
            shares = [_share(piece, present) for piece in pieces]
            share = max([_share(whole, present), *(s for s in shares if s >= _MIN_PART_SHARE)])
            stretches.append((share, order, candidate.source, start, end))
    stretches.sort(key=lambda item: (-item[0], item[1], item[3]))
    kept = [item for i, item in enumerate(stretches) if i < _KEPT or item[0] >= _MIN_SHARE]
    places = [(source, start, end) for _, _, source, start, end in kept[:_MAX_WINDOWS]]
    return _Windows(quote, places)


class _Windows(Sequence[Window]):
    """Windows that are opened when they are first read: often the first few settle it."""

    def __init__(self, quote: ParsedQuote, places: Sequence[tuple[Source, int, int]]) -> None:
        self._quote = quote
        self._places = places
        self._opened: dict[int, Window] = {}

    def __len__(self) -> int:
        return len(self._places)

    @overload
    def __getitem__(self, index: int) -> Window: ...

    @overload
    def __getitem__(self, index: slice) -> list[Window]: ...

    def __getitem__(self, index: int | slice) -> Window | list[Window]:
        if isinstance(index, slice):
            return [self[i] for i in range(*index.indices(len(self)))]
        if index not in self._opened:
            window = open_window(*self._places[index])
            self._opened[index] = mend_words(window, self._quote.tokens, self._quote.level.text)
        return self._opened[index]


def _present(text: str) -> set[str]:
    """The words of a raw stretch, by the same keys as those of the quotation."""
    text = _BREAKS.sub("", text.casefold())
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text)
    return {loose_key(word) for word in re.findall(r"\w+", text)}


def _weights(tokens: Sequence[Token]) -> dict[str, float]:
    """Weights of the distinct words; of a word with an apostrophe, its first half."""
    return {
        loose_key(re.split(r"\W", token.key)[0]): weight(token)
        for token in tokens
        if token.key[0].isalnum()
    }


def _share(wanted: dict[str, float], present: set[str]) -> float:
    total = sum(wanted.values())
    return sum(value for key, value in wanted.items() if key in present) / total if total else 1.0


def _merged(ranges: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in ranges:
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def read_windows(quote: ParsedQuote, windows: Sequence[Window]) -> list[Reading]:
    """Every window's best reading, and further equal ones in the same window.

    Args:
        quote: at least one word.
        windows: from `open_windows`.

    Returns:
        Readings that share most words with the quotation, best first.
    """
    numbers = _numbered(quote.tokens)
    readings: list[Reading] = []
    misses = 0
    for window in windows:
        found = _read_window(quote, window, numbers)
        readings.extend(found)
        if any(_is_close(reading) for reading in readings):
            # the rest shares still less with the quotation than what no longer holds it
            misses += not any(is_found(reading) for reading in found)
            if misses == _MAX_MISSES:
                break
    return sorted(_without_copies(readings), key=lambda reading: reading.rank_key)


def _is_close(reading: Reading) -> bool:
    return reading.level is not Level.ALTERED or (
        reading.comparison.distance < CLOSE_DISTANCE and is_found(reading)
    )


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
    """The best reading in one window, or None when hardly a word is shared."""
    if numbers is None:
        numbers = _numbered(quote.tokens)
    alignment = align_words(
        [numbers[match_key(token)] for token in quote.tokens],
        [numbers.get(key, -1) for key in window.keys],
        editorial=[token.editorial for token in quote.tokens],
        gaps=quote.gaps,
        skippable=window.skippable,
    )
    if alignment.cost > _MAX_COST_SHARE * len(quote.tokens):
        return None
    comparison = compare(quote, window, alignment)
    return None if comparison is None else Reading(quote, window, comparison)


def costs_from_start(quote: ParsedQuote, window: Window) -> list[float]:
    """Cost of reading the first `k` words of a quotation in a window, for every `k`."""
    numbers = _numbered(quote.tokens)
    return prefix_costs(
        [numbers[match_key(token)] for token in quote.tokens],
        [numbers.get(key, -1) for key in window.keys],
        editorial=[token.editorial for token in quote.tokens],
        gaps=quote.gaps,
        skippable=window.skippable,
    )


def costs_to_end(quote: ParsedQuote, window: Window) -> list[float]:
    """Cost of reading the words from `k` on, for every `k`; the last entry is 0."""
    numbers = _numbered(quote.tokens)
    backwards = prefix_costs(
        [numbers[match_key(token)] for token in reversed(quote.tokens)],
        [numbers.get(key, -1) for key in reversed(window.keys)],
        editorial=[token.editorial for token in reversed(quote.tokens)],
        gaps=frozenset(len(quote.tokens) - gap for gap in quote.gaps),
        skippable=window.skippable[::-1],
    )
    return backwards[::-1]


def _without_copies(readings: Iterable[Reading]) -> list[Reading]:
    seen: dict[tuple[str, int, int], Reading] = {}
    for reading in readings:
        seen.setdefault((reading.source.id, reading.start, reading.end), reading)
    return list(seen.values())


def is_found(reading: Reading) -> bool:
    """Whether a reading is the quotation, with or without changed words, rather than other words.

    Any reading without changed words counts. With changed words it must keep most of the
    quotation's weight, some words that tell it from other sentences, and an unbroken run; or a
    run so long that two writers do not hit on it by chance.
    """
    if reading.level is not Level.ALTERED:
        return True
    tokens, similarity = reading.quote.tokens, reading.comparison.similarity
    runs = [tokens[start:stop] for start, stop in equal_runs(reading)]
    longest = max(runs, key=len, default=())
    content = sum(is_content(token) for run in runs for token in run)
    if len(tokens) < _SHORT_QUOTE:
        return _is_inflected(reading, content)
    if similarity >= _COPIED_SIMILARITY and _is_copied(longest):
        return True
    needed = _MIN_RUN if len(tokens) > _BRIEF_QUOTE else _MIN_RUN - 1
    changes = sum(block.level is Level.ALTERED for block in reading.comparison.blocks)
    if content >= _MIN_CONTENT_WORDS:
        least = MIN_SIMILARITY if changes == 1 else _SCATTERED_SIMILARITY
        return similarity >= least and len(longest) >= needed
    return content > 0 and similarity >= _PLAIN_SIMILARITY and len(longest) >= _PLAIN_RUN


def _is_copied(run: Sequence[Token]) -> bool:
    words = sum(not token.bound for token in run)
    return words >= _COPIED_RUN and sum(map(is_content, run)) >= _COPIED_CONTENT


def equal_runs(reading: Reading) -> list[tuple[int, int]]:
    """Maximal ranges of the quotation's words that the reading keeps in sequence."""
    runs: list[tuple[int, int]] = []
    open_run = False
    for block in reading.comparison.blocks:
        if block.level is Level.ALTERED:
            open_run = False
        elif block.quote[1]:
            if open_run and runs[-1][1] == block.quote[0]:
                runs[-1] = (runs[-1][0], block.quote[1])
            else:
                runs.append(block.quote)
            open_run = True
    return runs


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
    return JaroWinkler.similarity(ours[0].key, theirs[0].key) >= _SAME_STEM
