"""Places in the source base where a quotation can be read, best first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from factcheck.quotes.align import align_words, prefix_costs
from factcheck.quotes.compare import Comparison, Level, compare
from factcheck.quotes.normalise import Token
from factcheck.quotes.parse import ParsedQuote
from factcheck.quotes.window import Window
from factcheck.quotes.wording import is_content, match_key
from factcheck.records import Source

_MAX_MISSES = 3  # windows read in vain after the quotation has been found, or nearly
CLOSE_DISTANCE = 2.5  # words; a splice must explain at least so many
_MAX_REPEATS = 4  # equal readings kept per window
_MAX_COST_SHARE = 0.8  # more words than this missing, and no reading can count as found

# A quotation with changed words counts as found above these: `benchmarks/quotes.py` shows what
# share of absent quotations gets in, and of changed ones gets lost.
MIN_SIMILARITY = 0.65
_SCATTERED_SIMILARITY = 0.72  # where words differ at more than one place
_MIN_CONTENT_WORDS = 2
_MIN_RUN = 3
_PLAIN_SIMILARITY = 0.75  # with one telling word only
_PLAIN_RUN = 3
_COPIED_RUN = 10
_COPIED_CONTENT = 4
_COPIED_SIMILARITY = 0.4
_REORDER_MARGIN = 2  # a moved word may have stood just outside what was aligned
_BRIEF_QUOTE = 6
_SAME_STEM = 0.85  # Jaro-Winkler similarity of "leaving" and "leave"
_SHORT_QUOTE = 4  # words; here one word in another form is all that may differ


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
    if similarity >= _COPIED_SIMILARITY and (_is_copied(longest) or _is_reordered(reading)):
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


def _is_reordered(reading: Reading) -> bool:
    """Whether all the quotation's words stand there, in another order."""
    tokens, comparison = reading.quote.tokens, reading.comparison
    around = slice(
        max(0, comparison.first - _REORDER_MARGIN), comparison.last + 1 + _REORDER_MARGIN
    )
    present = Counter(reading.window.keys[around])
    wanted = Counter(match_key(token) for token in tokens)
    return (
        sum(map(is_content, tokens)) >= _MIN_CONTENT_WORDS
        and present.total() <= len(tokens) + 2 * _REORDER_MARGIN + 1
        and wanted <= present
    )


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
