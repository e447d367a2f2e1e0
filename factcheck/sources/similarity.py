"""Whether two texts are the same report: exact comparison of runs of five words.

All shared runs are found by sorting their hashes, which is exact where sketches such as MinHash
estimate, finds a short reprint inside a long story, and takes well under a second for thousands
of sources.
"""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from factcheck.records import Source
from factcheck.text import fold

if TYPE_CHECKING:
    import numpy as np

# Shorter runs are shared by chance, longer ones break at every edit.
SHINGLE_WORDS = 5
# Share of shingles in common, of both texts together, from which two texts are one.
MIN_JACCARD = 0.4
# The same for texts of a sentence or two, where one changed word is another statement.
MIN_JACCARD_SHORT = 0.8
SHORT_SHINGLES = 20
# Share of the shorter text that stands in the longer one. An edited word breaks five shingles, so
# this allows for about every eighth word to be changed; two reporters of one event share
# a few per cent.
MIN_CONTAINMENT = 0.5
# A reprint inside a longer story has at least this many shingles; less is a quotation.
MIN_CONTAINED = 35
# Share of the shorter text's numbers that must stand in the other, if it has three or more: this
# month's figures in last month's words are another report.
MIN_NUMBERS = 0.6
# Shingles that stand in this many different stories of one publisher are its boilerplate.
BOILERPLATE_STORIES = 5
# Above this many shingles in all, only every n-th (by hash) is looked up.
MAX_LOOKED_UP = 6_000_000
# Pairs that were seen to share less of the shorter text than this are not compared; far below what
# makes one report, because the count of common shingles and of samples is too low.
MIN_SHARED = 0.2
# A shingle in more texts than this links each text only to its neighbours in the list.
MAX_PAIRED = 12

_TOKEN = re.compile(r"\w+")
_NUMBER = re.compile(r"(?<!\w)\d+(?:[.,]\d+)*")
# An odd constant near 2^64 / golden ratio spreads sums of products over all bits.
_MULTIPLIER = 0x9E3779B97F4A7C15


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """What texts are compared by.

    Args:
        shingles: sorted unique uint64 hashes of five-word runs.
        numbers: numbers as written.
    """

    id: str
    shingles: np.ndarray
    numbers: frozenset[str]
    publisher: str | None = None


def text_tokens(text: str) -> list[str]:
    """Words without case and accents, which reprints drop."""
    return _TOKEN.findall(text.casefold() if text.isascii() else fold(text))


def fingerprint(source: Source, tokens: Sequence[str]) -> Fingerprint:
    """The fingerprint of a source with these tokens."""
    import numpy as np

    words = np.fromiter((_word_hash(token) for token in tokens), dtype=np.uint64)
    size = min(SHINGLE_WORDS, len(words))
    count = len(words) - size + 1 if size else 0
    mixed = np.zeros(count, dtype=np.uint64)
    multiplier = np.uint64(_MULTIPLIER)
    for offset in range(size):
        mixed = mixed * multiplier + words[offset : offset + count]
    return Fingerprint(
        source.id,
        np.unique(mixed),
        frozenset(_NUMBER.findall(source.text)),
        source.publisher,
    )


_word_hashes: dict[str, int] = {}


def _word_hash(word: str) -> int:
    """A number for a word that is the same in every run, which `hash(str)` is not."""
    number = _word_hashes.get(word)
    if number is None:
        digest = hashlib.blake2b(word.encode("utf-8"), digest_size=8).digest()
        number = int.from_bytes(digest, "big")
        if len(_word_hashes) < 500_000:
            _word_hashes[word] = number
    return number


def same_reports(texts: Sequence[Fingerprint]) -> list[tuple[int, int]]:
    """Pairs of positions whose texts are one report, in order.

    Args:
        texts: no two with equal text.
    """
    import numpy as np

    pairs = _pairs(texts)
    shared = {pair: _shared(texts[pair[0]], texts[pair[1]]) for pair in pairs}
    boilerplate = _boilerplate(texts, shared)
    if len(boilerplate):
        texts = [
            Fingerprint(
                text.id,
                np.setdiff1d(text.shingles, boilerplate, assume_unique=True),
                text.numbers,
                text.publisher,
            )
            for text in texts
        ]
        shared = {pair: _shared(texts[pair[0]], texts[pair[1]]) for pair in pairs}
    return [pair for pair in pairs if is_same_report(texts[pair[0]], texts[pair[1]], shared[pair])]


def is_same_report(first: Fingerprint, second: Fingerprint, shared: int) -> bool:
    """Whether two texts are one report, or one of them holds the other.

    Args:
        shared: number of shingles in both.
    """
    shorter, longer = sorted((first, second), key=lambda text: len(text.shingles))
    size, total = len(shorter.shingles), len(shorter.shingles) + len(longer.shingles) - shared
    if not shared or not _same_numbers(shorter.numbers, longer.numbers):
        return False
    needed = MIN_JACCARD_SHORT if size < SHORT_SHINGLES else MIN_JACCARD
    if shared >= needed * total:
        return True
    return shared >= MIN_CONTAINED and shared >= MIN_CONTAINMENT * size


def _same_numbers(shorter: frozenset[str], longer: frozenset[str]) -> bool:
    return len(shorter) < 3 or len(shorter & longer) >= MIN_NUMBERS * len(shorter)


def _shared(first: Fingerprint, second: Fingerprint) -> int:
    import numpy as np

    return len(np.intersect1d(first.shingles, second.shingles, assume_unique=True))


def _pairs(texts: Sequence[Fingerprint]) -> list[tuple[int, int]]:
    """Pairs that share enough looked-up shingles to be worth comparing."""
    import numpy as np

    if len(texts) < 2:
        return []
    sizes = np.array([len(text.shingles) for text in texts])
    every = 1 + int(sizes.sum()) // MAX_LOOKED_UP
    found = [first * len(texts) + second for first, second in _meetings(texts, every)]
    if not found:
        return []
    codes, counts = np.unique(np.concatenate(found), return_counts=True)
    first, second = codes // len(texts), codes % len(texts)
    enough = counts * every >= MIN_SHARED * np.minimum(sizes[first], sizes[second])
    return list(zip(first[enough].tolist(), second[enough].tolist()))


def _meetings(texts: Sequence[Fingerprint], every: int) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """Positions of two texts, the smaller first, once for every shingle in which they meet.

    Args:
        every: only every n-th shingle is looked at.
    """
    import numpy as np

    chosen = [
        text.shingles if every == 1 else text.shingles[text.shingles % np.uint64(every) == 0]
        for text in texts
    ]
    hashes = np.concatenate(chosen)
    owners = np.repeat(np.arange(len(texts)), [len(part) for part in chosen])
    order = np.argsort(hashes, kind="stable")
    hashes, owners = hashes[order], owners[order]
    starts = np.flatnonzero(np.r_[True, hashes[1:] != hashes[:-1]]) if len(hashes) else order
    lengths = np.diff(np.r_[starts, len(hashes)])
    for length in np.unique(lengths[lengths > 1]).tolist():
        rows = owners[starts[lengths == length][:, None] + np.arange(length)]
        reach = length if length <= MAX_PAIRED else 2
        for distance in range(1, reach):
            yield rows[:, :-distance].ravel(), rows[:, distance:].ravel()


def _boilerplate(texts: Sequence[Fingerprint], shared: dict[tuple[int, int], int]) -> Any:
    """Shingles in at least `BOILERPLATE_STORIES` different stories of one publisher.

    Versions of one story are counted once: a story that was updated ten times is no boilerplate.
    """
    import numpy as np

    story = list(range(len(texts)))
    for (first, second), count in shared.items():
        total = len(texts[first].shingles) + len(texts[second].shingles) - count
        if count >= MIN_JACCARD_SHORT * total:
            story[second] = min(story[second], story[first])
    by_publisher: dict[str, list[int]] = defaultdict(list)
    for index, text in enumerate(texts):
        if text.publisher and story[index] == index:
            by_publisher[text.publisher].append(index)
    found = []
    for indexes in by_publisher.values():
        if len(indexes) >= BOILERPLATE_STORIES:
            every = np.concatenate([texts[index].shingles for index in indexes])
            hashes, counts = np.unique(every, return_counts=True)
            found.append(hashes[counts >= BOILERPLATE_STORIES])
    return np.unique(np.concatenate(found)) if found else np.empty(0, dtype=np.uint64)
