"""Alignment of a quotation's words with a stretch of a source, by dynamic programming."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np

# A quote word without a partner costs a shade more than a source word passed over, so that of two
# equally long ways the one with more matches wins.
_MISS = 1.002
_INSERT = 1.003  # a word with another one in its place is shown as replaced
# Bracketed words may stand for other words, or for none, nearly free of charge; not quite, so that
# words which are in the source after all are matched.
_EDITORIAL_REPLACE = 0.1
_EDITORIAL_INSERT = 0.05
_SKIP_COST = 0.01  # page numbers, footnote marks and the like on the side of the source
_GAP_STEP = 0.0005  # an ellipsis jumps to the nearest continuation
_TOLERANCE = 1e-9
_MAX_CELLS = 4_000_000  # 32 MB; a quotation of a thousand words in a text of four thousand
_END_WORDS = 200


@dataclass(frozen=True, slots=True)
class Alignment:
    """The cheapest way to read a quotation inside a stretch of source words.

    Args:
        cost: number of words replaced, inserted or left out.
        pairs: `(quote token or None, source token or None)` in reading order; the first and the
            last pair never lack a source token unless nothing matches there.
    """

    cost: float
    pairs: tuple[tuple[int | None, int | None], ...]


def align_words(
    quote: Sequence[int],
    source: Sequence[int],
    *,
    editorial: Sequence[bool] = (),
    gaps: frozenset[int] = frozenset(),
    skippable: Sequence[bool] = (),
) -> Alignment:
    """Find where `quote` reads best as a contiguous run of `source`.

    Start and end in the source are free, everything between counts: one for a word replaced,
    inserted or left out. The run with the lowest cost wins, the earliest among equals.

    Args:
        quote, source: words as numbers; equal numbers are the same word.
        editorial: which quote words stand in brackets.
        gaps: quote positions before which any number of source words may be missing.
        skippable: which source words are layout rather than text.

    Returns:
        The alignment; for an empty side, one without pairs.

    Source: the semi-global variant of Needleman and Wunsch, J. Mol. Biol. 48 (1970).
    """
    if not quote or not source:
        return Alignment(float(len(quote)), ())
    if len(quote) * len(source) > _MAX_CELLS:
        return _align_by_ends(quote, source)
    return _Table(quote, source, editorial, gaps, skippable).trace()


def _align_by_ends(quote: Sequence[int], source: Sequence[int]) -> Alignment:
    """Very long quotations: place both ends, then align what lies between without brackets."""
    from rapidfuzz.distance import Levenshtein

    head = _placed(align_words(quote[:_END_WORDS], source))
    tail = _placed(align_words(quote[-_END_WORDS:], source))
    if not head or not tail or tail[-1] < head[0]:
        return Alignment(float(len(quote)), ())
    first = head[0]
    stretch = source[first : tail[-1] + 1]
    pairs: list[tuple[int | None, int | None]] = []
    for code in Levenshtein.opcodes(quote, stretch):
        ours = list(range(code.src_start, code.src_end))
        theirs = list(range(first + code.dest_start, first + code.dest_end))
        pairs.extend(zip_longest(ours, theirs))
    return Alignment(float(Levenshtein.distance(quote, stretch)), tuple(pairs))


def _placed(alignment: Alignment) -> list[int]:
    return [j for _, j in alignment.pairs if j is not None]


def prefix_costs(
    quote: Sequence[int],
    source: Sequence[int],
    *,
    editorial: Sequence[bool] = (),
    gaps: frozenset[int] = frozenset(),
    skippable: Sequence[bool] = (),
) -> list[float]:
    """What it costs to read only the first `k` words, for every `k` from 0 to all.

    Args:
        quote, source, editorial, gaps, skippable: as for `align_words`.
    """
    if not quote or not source:
        return [float(count) for count in range(len(quote) + 1)]
    if len(quote) * len(source) > _MAX_CELLS:
        return [float(count) for count in range(len(quote) + 1)]
    costs: list[float] = _Table(quote, source, editorial, gaps, skippable).rows.min(axis=1).tolist()
    return costs


class _Table:
    """Rows of costs; row `i`, column `j`: first `i` quote words read up to source word `j`."""

    def __init__(
        self,
        quote: Sequence[int],
        source: Sequence[int],
        editorial: Sequence[bool],
        gaps: frozenset[int],
        skippable: Sequence[bool],
    ) -> None:
        import numpy as np

        self.quote = quote
        self.source = np.asarray(source, dtype=np.int64)
        self.editorial = editorial or [False] * len(quote)
        self.gaps = gaps
        width = len(source)
        skip = np.ones(width)
        if len(skippable):
            skip[np.asarray(skippable, dtype=bool)] = _SKIP_COST
        self.delete = skip
        self.offset = np.concatenate(([0.0], np.cumsum(skip)))
        self.steps = np.arange(width + 1) * _GAP_STEP
        self.rows = np.empty((len(quote) + 1, width + 1))
        self.jumped: dict[int, np.ndarray] = {}
        self._fill()

    def _fill(self) -> None:
        import numpy as np

        self.rows[0] = 0.0
        for i, word in enumerate(self.quote):
            previous = self.rows[i]
            if i in self.gaps:
                previous = np.minimum.accumulate(previous - self.steps) + self.steps
                self.jumped[i] = previous
            row = previous + (_EDITORIAL_INSERT if self.editorial[i] else _INSERT)
            wrong = _EDITORIAL_REPLACE if self.editorial[i] else _MISS
            np.minimum(
                row[1:], previous[:-1] + np.where(self.source == word, 0.0, wrong), out=row[1:]
            )
            self.rows[i + 1] = np.minimum.accumulate(row - self.offset) + self.offset

    def trace(self) -> Alignment:
        j = int(self.rows[-1].argmin())
        cost = float(self.rows[-1][j])
        pairs: list[tuple[int | None, int | None]] = []
        i = len(self.quote)
        while i > 0:
            i, j, pair = self._step(i, j)
            pairs.append(pair)
            if pair[0] is not None and i in self.jumped:
                j = self._jump_origin(i, j)
        pairs.reverse()
        return Alignment(cost, tuple(pairs))

    def _step(self, i: int, j: int) -> tuple[int, int, tuple[int | None, int | None]]:
        here = self.rows[i][j]
        above = self.jumped.get(i - 1, self.rows[i - 1])
        editorial = self.editorial[i - 1]
        if j > 0:
            same = self.source[j - 1] == self.quote[i - 1]
            wrong = 0.0 if same else (_EDITORIAL_REPLACE if editorial else _MISS)
            if abs(above[j - 1] + wrong - here) < _TOLERANCE:
                return i - 1, j - 1, (i - 1, j - 1)
        if abs(above[j] + (_EDITORIAL_INSERT if editorial else _INSERT) - here) < _TOLERANCE:
            return i - 1, j, (i - 1, None)
        return i, j - 1, (None, j - 1)

    def _jump_origin(self, i: int, j: int) -> int:
        """The column from which an ellipsis before quote word `i` jumped to column `j`."""
        import numpy as np

        level = (self.rows[i] - self.steps)[: j + 1]
        target = self.jumped[i][j] - self.steps[j]
        return int(np.flatnonzero(np.abs(level - target) < _TOLERANCE)[-1])
