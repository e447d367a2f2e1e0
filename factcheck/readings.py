"""What the verifier is given to read for a claim: single sentences, and stretches of one source.

A sentence is read with the title and heading above it. When it points back at the sentence before
("She …", "The vote …") the span begins there: what is read is what a reader is shown, and what the
checks compare. Otherwise it stands alone, or a neighbour would be taken for evidence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from factcheck.dated import with_dates, years_are_of
from factcheck.records import Passage
from factcheck.retrieval import Retrieved

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
_FIRST_PERSON = re.compile(r"\b(?:I|me|my|myself)\b")
_QUOTED = re.compile(r"[\"“„«].*?(?:[\"”»]|$)", re.S)
_SEVERAL = re.compile(r"[,;&]|\band\b")
_WORD = re.compile(r"\w+(?:['’]\w+)?")
# Stretches of up to this many characters are read as one; longer ones no longer fit the verifier.
_STRETCH_CHARS = 480
_STRETCH_PASSAGES = 3
_STRETCHES = 2
# So many sentences before a passage are looked at; with those that it needs it has at most so many
# words.
_PRECEDING = 2
_NEEDED_WORDS = 110
_ROW = re.compile(r"(?:^|, )row \d+$")


@dataclass(frozen=True, slots=True)
class Reading:
    """One span of a source that is read beside a claim.

    Args:
        retrieved: the passage found; for a stretch the best ranked of its passages.
        start, end: the span in the source's text, at least that passage.
        place: where the span begins, as a reader would look it up.
        before: the sentences before the span, which are not read; a figure in it may answer theirs.
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
    place: str | None = None
    before: str = ""
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
    first, context = _begin(passage, index)
    return _reading(item, index, first, passage.end, with_speaker(context, _voice(passage, index)))


def _begin(passage: Passage, index: Index) -> tuple[Passage, str]:
    """Where a span that holds a passage begins, and what is read before it."""
    before = _needed_before(passage, index)
    if not before and points_back(passage.text):
        return passage, passage.context
    return before[0] if before else passage, lead(passage, index)


def _needed_before(passage: Passage, index: Index) -> list[Passage]:
    """The sentences before a passage without which it cannot be understood; one, or two when the
    first of them points back itself. None where another speaker or section begins between."""
    if not points_back(passage.text):
        return []
    chosen: list[Passage] = []
    words = len(passage.text.split())
    for other in _preceding(passage, index):
        words += len(other.text.split())
        if words > _NEEDED_WORDS:
            break
        chosen.insert(0, other)
        if not points_back(other.text):
            break
    return chosen


def _preceding(passage: Passage, index: Index) -> Iterator[Passage]:
    """The sentences before a passage, the nearest first, as far as section and speaker last. A
    table's rows do not continue one another."""
    row = passage.place if _ROW.search(passage.place or "") else None
    for other in reversed(index.passages_before(passage, _PRECEDING)):
        if (other.heading, other.speaker) != (passage.heading, passage.speaker):
            return
        if row is not None and other.place != row:
            return
        yield other


def _reading(item: Retrieved, index: Index, first: Passage, end: int, context: str) -> Reading:
    source = index.source(first.source_id)
    return Reading(
        retrieved=item,
        start=first.start,
        end=end,
        span_text=source.text[first.start : end],
        context=context,
        place=first.place,
        before=" ".join(other.text for other in reversed(list(_preceding(first, index)))),
        published=source.published,
        current=years_are_of(source.text[: first.start], source.published),
    )


def with_speaker(context: str, speaker: str | None) -> str:
    """The context with who speaks, so that "we" in a transcript means somebody."""
    return f"{context} {speaker} said:".strip() if speaker else context


def _voice(passage: Passage, index: Index) -> str | None:
    """Who speaks in a passage: in a transcript its speaker, in a letter ("I ran …") its author."""
    if passage.speaker is not None or not _FIRST_PERSON.search(_QUOTED.sub(" ", passage.text)):
        return passage.speaker
    author = index.record(passage.source_id).author
    # Several names: which of them is "I"?
    return author if author and not _SEVERAL.search(author) else None


def lead(passage: Passage, index: Index) -> str:
    """Title and heading above a passage, as sentences; before a primary source's title who
    publishes it: "the fund" of a fund's notice is that fund."""
    source = index.record(passage.source_id)
    title = source.title
    if source.kind == "primary" and source.publisher and source.publisher not in (title or ""):
        title = f"{source.publisher}: {title}" if title else source.publisher
    names = [title, passage.heading if passage.heading != source.title else None]
    return " ".join(
        name if name.rstrip()[-1:] in ".?!" else f"{name}."
        for name in names
        if name and name.strip()
    )


def _stretches(retrieved: Sequence[Retrieved], index: Index) -> list[Reading]:
    by_source: dict[str, list[Retrieved]] = {}
    for item in retrieved:
        by_source.setdefault(item.passage.source_id, []).append(item)
    readings = []
    for items in by_source.values():
        chosen = _near(items[:_STRETCH_PASSAGES])
        if len(chosen) < 2:
            continue
        end = max(item.passage.end for item in chosen)
        # No speaker here: somebody else may speak between the passages that were found.
        first, context = _begin(min((i.passage for i in chosen), key=lambda p: p.start), index)
        readings.append(_reading(chosen[0], index, first, end, context))
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
