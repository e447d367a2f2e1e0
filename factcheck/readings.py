"""What the verifier is given to read for a claim: single sentences, and stretches of one source.

A sentence is read with the title and heading above it. The sentence before is added only when the
sentence points back at it ("She …", "The vote …"): otherwise a neighbour of the evidence would be
taken for evidence itself, and a reader would be shown the wrong span.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from factcheck.dated import with_dates, years_are_of
from factcheck.records import Passage, Source
from factcheck.retrieval import Retrieved
from factcheck.text import split_sentences

if TYPE_CHECKING:
    from factcheck.index.opened import Index

# Words that stand for a person or thing named before, in the sentence itself or outside it.
_PRONOUNS = frozenset("he she it they him her hers its his them their theirs".split())
# Words that point at something outside the sentence.
_POINTING = frozenset(
    "this these those both neither former latter such another other others".split()
)
# What makes "those" a part of the sentence: "those who …", "those on placebo".
_AFTER_THOSE = frozenset("who whose which that on in of with without from living aged".split())
_BEFORE_THAT = frozenset("after before by since for of to from at with despite".split())
# Capitals that name nobody.
_DAYS = frozenset(
    """january february march april may june july august september october november december
    monday tuesday wednesday thursday friday saturday sunday i""".split()
)
_BE = frozenset("is are was were be been has have had will would may might must can".split())
_FIRST_WORDS = 8
_WORD = re.compile(r"\w+(?:['’]\w+)?")
# Stretches of up to this many characters are read as one; longer ones no longer fit the verifier.
_STRETCH_CHARS = 480
_STRETCH_PASSAGES = 3
_STRETCHES = 2
# What stands before a span, for figures that answer another.
_BEFORE_CHARS = 700
_BEFORE_SENTENCES = 2
_ROW = re.compile(r"(?:^|, )row \d+$")


@dataclass(frozen=True, slots=True)
class Reading:
    """One span of a source that is read beside a claim.

    Args:
        retrieved: the passage found; for a stretch the best ranked of its passages.
        start, end: the span in the source's text, at least that passage.
        span_text: `source.text[start:end]`.
        context: what is read before the span.
        published: of the source; relative dates are read as seen from it.
        current: whether dates without a year are of about that time.
    """

    retrieved: Retrieved
    start: int
    end: int
    span_text: str
    context: str
    published: date | None = None
    current: bool = False

    @property
    def text(self) -> str:
        """What the verifier reads: context and span, with dates written out."""
        shown = " ".join(self.span_text.split())
        text = f"{self.context} {shown}" if self.context else shown
        return with_dates(text, self.published, current=self.current)


def plan_readings(retrieved: Sequence[Retrieved], index: Index) -> list[Reading]:
    """The texts to be read for one claim: every passage found, then stretches of several.

    Args:
        retrieved: in rank order.

    Returns:
        Single passages in rank order, then at most two stretches of sources that were found more
        than once.
    """
    singles = [_single(item, index) for item in retrieved]
    return [*singles, *_stretches(retrieved, index)]


def points_back(text: str) -> bool:
    """Whether a sentence needs the one before it to be understood.

    It does when one of its first words stands for something that was named before, and not in the
    sentence itself ("Kos said that she …"), or when it names nothing (no capital after the first
    word, no number).
    """
    words = _WORD.findall(text)
    if any(_points_back(words, place) for place in range(min(len(words), _FIRST_WORDS))):
        return True
    return not any(word[0].isupper() or word[0].isdigit() for word in words[1:])


def _points_back(words: Sequence[str], place: int) -> bool:
    word = words[place].lower()
    before = words[place - 1].lower() if place else ""
    after = words[place + 1].lower() if place + 1 < len(words) else ""
    if word in _PRONOUNS:
        # A name before it is what it stands for; a first word is capital either way.
        return not any(w[0].isupper() and w.lower() not in _DAYS for w in words[1:place])
    if word in ("both", "neither") and after:
        return not words[place + 1][0].isupper()
    if word == "that":
        return place == 0 or before in _BEFORE_THAT
    if word in ("here", "then"):
        return place < 2
    if word == "there":
        return after not in _BE
    if word in ("those", "these"):
        return after not in _AFTER_THOSE
    return word in _POINTING


def _single(item: Retrieved, index: Index) -> Reading:
    passage = item.passage
    context = with_speaker(_context(passage, index), passage.speaker)
    source = index.source(passage.source_id)
    return _reading(item, source, passage.start, passage.end, context)


def _reading(item: Retrieved, source: Source, start: int, end: int, context: str) -> Reading:
    return Reading(
        retrieved=item,
        start=start,
        end=end,
        span_text=source.text[start:end],
        context=context,
        published=source.published,
        current=years_are_of(source.text[:start], source.published),
    )


def _context(passage: Passage, index: Index) -> str:
    return passage.context if points_back(passage.text) else lead(passage, index)


def with_speaker(context: str, speaker: str | None) -> str:
    """The context with who speaks, so that "we" in a transcript means somebody."""
    return f"{context} {speaker} said:".strip() if speaker else context


def lead(passage: Passage, index: Index) -> str:
    """Title and heading above a passage, as sentences."""
    title = index.title(passage.source_id)
    names = [title, passage.heading if passage.heading != title else None]
    return " ".join(
        name if name.rstrip()[-1:] in ".?!" else f"{name}."
        for name in names
        if name and name.strip()
    )


def sentences_before(source: Source, start: int) -> str:
    """The two sentences before a span, of the same section and speaker; "" without any.

    Args:
        start: where the span begins in the source's text.
    """
    low = max(0, start - _BEFORE_CHARS)
    inside = bisect_right(source.segments, start, key=lambda segment: segment.start) - 1
    if inside >= 0:
        own = source.segments[inside]
        for segment in reversed(source.segments[:inside]):
            if segment.end <= low:
                break
            alike = (segment.heading, segment.speaker) == (own.heading, own.speaker)
            if not segment.evidence or not alike or _ROW.search(own.place or ""):
                low = max(low, segment.end)
                break
    text = source.text[low:start]
    spans = split_sentences(text, (source.language or "en")[:2])
    if low == start - _BEFORE_CHARS:
        spans = spans[1:]  # cut somewhere in a sentence
    return text[spans[-_BEFORE_SENTENCES:][0].start : spans[-1].end] if spans else ""


def _stretches(retrieved: Sequence[Retrieved], index: Index) -> list[Reading]:
    by_source: dict[str, list[Retrieved]] = {}
    for item in retrieved:
        by_source.setdefault(item.passage.source_id, []).append(item)
    readings = []
    for source_id, items in by_source.items():
        chosen = _near(items[:_STRETCH_PASSAGES])
        if len(chosen) < 2:
            continue
        start = min(item.passage.start for item in chosen)
        end = max(item.passage.end for item in chosen)
        first = min(chosen, key=lambda item: item.passage.start).passage
        source = index.source(source_id)
        # No speaker here: somebody else may speak between the passages that were found.
        context = _context(first, index)
        readings.append(_reading(chosen[0], source, start, end, context))
        if len(readings) == _STRETCHES:
            break
    return readings


def _near(items: Sequence[Retrieved]) -> list[Retrieved]:
    """The best passage and those of the others that still fit one stretch with it."""
    chosen = [items[0]]
    for item in items[1:]:
        together = [*chosen, item]
        start = min(i.passage.start for i in together)
        end = max(i.passage.end for i in together)
        if end - start <= _STRETCH_CHARS:
            chosen = together
    return chosen
