"""Which stretches of which sources are worth comparing with a quotation."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import overload

from factcheck.quotes.normalise import Token
from factcheck.quotes.parse import ParsedQuote
from factcheck.quotes.window import Window, mend_words, open_window
from factcheck.quotes.wording import loose_key, weight
from factcheck.records import Source

# Text read around a candidate passage: the quotation may begin or end in its neighbours.
_MARGIN_CHARS = 240
_GAP_MARGIN_CHARS = 1200  # an ellipsis may stand for some sentences
_MAX_WINDOWS = 32  # opened per quotation
_MAX_WHOLE = 14  # of them for what they share with the whole quotation
_PER_PART = 5
# A stretch that lacks more of the quotation's words than this cannot be close to it; line breaks
# and ligatures may hide some words that are there.
_MIN_SHARE = 0.4
_MIN_PART_SHARE = 0.6
_KEPT = 4  # stretches read whatever they share
_BREAKS = re.compile(r"\u00ad\s*|(?<=[^\W\d_])[-\u2010]\s*\n\s*(?=[^\W\d_])|[\u200b-\u200f\u2060]")


@dataclass(frozen=True, slots=True, kw_only=True)
class QuoteCandidate:
    """A source that may hold a quotation.

    Args:
        source: with its text.
        regions: `(start, end)` offsets of the passages found in it; empty means all of it.
    """

    source: Source
    regions: tuple[tuple[int, int], ...] = ()


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
    stretches: list[_Stretch] = []
    for order, candidate in enumerate(candidates):
        size = len(candidate.source.text)
        regions = candidate.regions or ((0, size),)
        padded = sorted((max(0, a - margin), min(size, b + margin)) for a, b in regions)
        for start, end in _merged(padded):
            present = _present(candidate.source.text[start:end])
            shares = tuple(_share(piece, present) for piece in pieces)
            stretches.append(
                _Stretch(_share(whole, present), shares, order, candidate.source, start, end)
            )
    return _Windows(quote, _worth_reading(stretches))


@dataclass(frozen=True, slots=True)
class _Stretch:
    whole_share: float
    part_shares: tuple[float, ...]
    order: int
    source: Source
    start: int
    end: int


def _worth_reading(stretches: list[_Stretch]) -> list[_Stretch]:
    """Those that share most with the whole quotation, then the best for each part of it."""
    ranked = sorted(stretches, key=lambda s: (-s.whole_share, s.order, s.start))
    chosen = [s for i, s in enumerate(ranked) if i < _KEPT or s.whole_share >= _MIN_SHARE]
    chosen = chosen[:_MAX_WHOLE]
    for part in range(len(stretches[0].part_shares) if stretches else 0):
        # sorted() keeps the order by the whole among stretches that hold all of the part
        holders = sorted(ranked, key=lambda s: -s.part_shares[part])[:_PER_PART]
        chosen += [s for s in holders if s.part_shares[part] >= _MIN_PART_SHARE and s not in chosen]
    return chosen[:_MAX_WINDOWS]


class _Windows(Sequence[Window]):
    """Windows that are opened when they are first read: often the first few settle it."""

    def __init__(self, quote: ParsedQuote, stretches: Sequence[_Stretch]) -> None:
        self._quote = quote
        self._stretches = stretches
        self._opened: dict[int, Window] = {}

    def __len__(self) -> int:
        return len(self._stretches)

    @overload
    def __getitem__(self, index: int) -> Window: ...

    @overload
    def __getitem__(self, index: slice) -> list[Window]: ...

    def __getitem__(self, index: int | slice) -> Window | list[Window]:
        if isinstance(index, slice):
            return [self[i] for i in range(*index.indices(len(self)))]
        if index not in self._opened:
            stretch = self._stretches[index]
            window = open_window(stretch.source, stretch.start, stretch.end)
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
