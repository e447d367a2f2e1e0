"""Check a quotation word by word against the source base."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from factcheck.quotes.compare import Level
from factcheck.quotes.messages import quote_message
from factcheck.quotes.omission import front_cut_kind, omission_kind
from factcheck.quotes.parse import ParsedQuote, parse_quote
from factcheck.quotes.places import make_place, sentence_span
from factcheck.quotes.queries import query_words
from factcheck.quotes.readings import (
    QuoteCandidate,
    Reading,
    is_found,
    open_windows,
    read_windows,
)
from factcheck.quotes.speakers import Speaker, attribute, find_speaker
from factcheck.quotes.splice import cover_with_parts, is_spliced
from factcheck.quotes.window import Window
from factcheck.records import Attribution, Passage, QuoteCheck, QuotePlace, QuoteStatus, Source

_MAX_OTHERS = 5
_MAX_WEIGHED = 8  # equal readings whose speakers are looked up
_PASSAGES_PER_QUERY = 20

_WARNINGS = {
    "negation": "the words around them deny what is quoted",
    "condition": "in the source they stand under a condition",
    "attribution": "in the source they are somebody's claim",
}


class QuoteCorpus(Protocol):
    """What locating a quotation needs from an index."""

    def find_passages(self, words: Sequence[str], limit: int) -> Sequence[Passage]:
        """Passages that hold many of these words, best first."""
        ...

    def source(self, source_id: str) -> Source:
        """The source with its text."""
        ...


@dataclass(frozen=True, slots=True)
class _Outcome:
    """What the windows searched so far say; `reading` is None when nothing was found."""

    status: QuoteStatus
    reading: Reading | None = None
    speaker: Speaker | None = None
    attribution: Attribution | None = None
    parts: tuple[Reading, ...] = ()
    others: tuple[Reading, ...] = ()

    @property
    def settled(self) -> bool:
        """No further search can give a better status."""
        return (
            self.status in (QuoteStatus.VERBATIM, QuoteStatus.TRIVIAL, QuoteStatus.ELLIPSIS)
            and self.attribution is not Attribution.OTHER_SPEAKER
            and self.attribution is not Attribution.UNATTRIBUTED
        )


def locate_quote(quote: str, corpus: QuoteCorpus, *, speaker: str | None = None) -> QuoteCheck:
    """Find a quotation in a corpus and compare it word by word.

    The corpus is first asked for the words that stand out in the whole quotation; only when that
    gives no unchanged reading by the right speaker, for those of its parts as well.

    Args:
        quote: the quoted words, with or without quotation marks.
        corpus: where to look.
        speaker: who is said to have spoken them.

    Returns:
        The status, the best place, other places, and who speaks there.
    """
    parsed = parse_quote(quote)
    if not parsed.tokens:
        return QuoteCheck(status=QuoteStatus.NOT_FOUND, message="The quotation holds no words.")
    regions: dict[str, dict[tuple[int, int], None]] = {}
    outcome = _Outcome(QuoteStatus.NOT_FOUND)
    for queries in query_words(parsed):
        for words in queries:
            for passage in corpus.find_passages(words, _PASSAGES_PER_QUERY):
                regions.setdefault(passage.source_id, {})[(passage.start, passage.end)] = None
        candidates = [
            QuoteCandidate(source=corpus.source(source_id), regions=tuple(spans))
            for source_id, spans in regions.items()
        ]
        outcome = _judge(parsed, open_windows(parsed, candidates), speaker)
        if outcome.settled:
            break
    return _record(parsed, outcome, speaker)


def check_quote(
    quote: str, *, speaker: str | None = None, candidates: Sequence[QuoteCandidate]
) -> QuoteCheck:
    """Compare a quotation word by word with given sources.

    Args:
        quote: the quoted words, with or without quotation marks.
        speaker: who is said to have spoken them.
        candidates: the sources, and the regions in them that are worth reading.

    Returns:
        As `locate_quote`.
    """
    parsed = parse_quote(quote)
    if not parsed.tokens:
        return QuoteCheck(status=QuoteStatus.NOT_FOUND, message="The quotation holds no words.")
    return _record(parsed, _judge(parsed, open_windows(parsed, candidates), speaker), speaker)


def _judge(quote: ParsedQuote, windows: Sequence[Window], speaker: str | None) -> _Outcome:
    readings = [reading for reading in read_windows(quote, windows) if is_found(reading)]
    if readings and readings[0].level is not Level.ALTERED:
        return _unchanged(readings, speaker)
    whole = readings[0] if readings else None
    parts = cover_with_parts(quote, windows)
    if is_spliced(whole, parts):
        return _spliced(parts, speaker, tuple(readings))
    if whole is None:
        return _Outcome(QuoteStatus.NOT_FOUND)
    best, found, attribution = _preferred(readings, speaker, whole.comparison.similarity - 1e-9)
    return _Outcome(QuoteStatus.ALTERED, best, found, attribution, others=_without(readings, best))


def _unchanged(readings: Sequence[Reading], speaker: str | None) -> _Outcome:
    exact = [reading for reading in readings if reading.level is not Level.ALTERED]
    best, found, attribution = _preferred(exact, speaker, 0.0)
    if _changes_speaker(best):
        return _spliced([best], speaker, ())
    status = QuoteStatus.VERBATIM if best.level is Level.EXACT else QuoteStatus.TRIVIAL
    if any(stop > start for start, stop in best.comparison.omitted):
        status = QuoteStatus.ELLIPSIS
    return _Outcome(status, best, found, attribution, others=_without(readings, best))


def _preferred(
    readings: Sequence[Reading], speaker: str | None, similarity: float
) -> tuple[Reading, Speaker | None, Attribution | None]:
    """Of readings with the best wording, the one by the right speaker; otherwise the first.

    A place where the words are spoken by somebody else weighs more than one where nobody is named.
    """
    order = (Attribution.ATTRIBUTED, None, Attribution.OTHER_SPEAKER, Attribution.UNATTRIBUTED)
    best: tuple[tuple[int, int], Reading, Speaker | None, Attribution | None] | None = None
    for reading in readings[:_MAX_WEIGHED]:
        if reading.comparison.similarity < similarity:
            break
        found = reading_speaker(reading)
        attribution = attribute(speaker, found)
        rank = (order.index(attribution), int(reading.level))
        if best is None or rank < best[0]:
            best = (rank, reading, found, attribution)
        if rank == (0, 0) or attribution is None:
            break
    assert best is not None
    return best[1], best[2], best[3]


def reading_speaker(reading: Reading) -> Speaker | None:
    """Who speaks the first words of a reading."""
    tokens, first = reading.window.tokens, reading.comparison.first
    return find_speaker(reading.source, tokens[first].start, tokens[first].end)


def _changes_speaker(reading: Reading) -> bool:
    """Whether the first and the last words of one reading are spoken by two people."""
    tokens, comparison = reading.window.tokens, reading.comparison
    first, last = tokens[comparison.first], tokens[comparison.last]
    if len(reading.quote.tokens) < 2 or not _may_change_speaker(reading):
        return False
    before = find_speaker(reading.source, first.start, first.end)
    after = find_speaker(reading.source, last.start, last.end)
    return (
        before is not None
        and after is not None
        and before.sure
        and after.sure
        and attribute(before.name, after) is Attribution.OTHER_SPEAKER
    )


def _may_change_speaker(reading: Reading) -> bool:
    source = reading.source
    inside = source.text[reading.start : reading.end]
    return any(
        segment.start > reading.start and segment.start < reading.end and segment.speaker
        for segment in source.segments
    ) or any(mark in inside for mark in '"\u201c\u201d\u00ab\u00bb:')


def _spliced(
    parts: Sequence[Reading], speaker: str | None, others: tuple[Reading, ...]
) -> _Outcome:
    best = max(parts, key=lambda part: len(part.quote.tokens))
    found = reading_speaker(best)
    return _Outcome(
        QuoteStatus.SPLICED, best, found, attribute(speaker, found), tuple(parts), others
    )


def _without(readings: Sequence[Reading], best: Reading) -> tuple[Reading, ...]:
    return tuple(
        reading
        for reading in readings
        if reading.source.id != best.source.id
        or reading.end <= best.start
        or reading.start >= best.end
    )


def _record(quote: ParsedQuote, outcome: _Outcome, speaker: str | None) -> QuoteCheck:
    reading = outcome.reading
    if reading is None:
        return QuoteCheck(
            status=QuoteStatus.NOT_FOUND, message=quote_message(QuoteStatus.NOT_FOUND, None)
        )
    best = make_place(reading, outcome.speaker.name if outcome.speaker else None)
    parts = [_place(part) for part in outcome.parts]
    rest = [part for part in parts if (part.source_id, part.start) != (best.source_id, best.start)]
    others = rest + [_place(other) for other in outcome.others[:_MAX_OTHERS]]
    turned = _turned(reading, outcome)
    altered = reading.comparison.sense_changed and outcome.status is not QuoteStatus.SPLICED
    return QuoteCheck(
        status=outcome.status,
        attribution=outcome.attribution,
        speaker_found=best.speaker_found,
        best=best,
        others=tuple(others[:_MAX_OTHERS]),
        sense_changed=altered or turned is not None,
        message=quote_message(
            outcome.status,
            best,
            parts,
            attribution=outcome.attribution,
            speaker=speaker,
            warning=_WARNINGS[turned] if turned else _question(reading),
        ),
    )


def _place(reading: Reading) -> QuotePlace:
    found = reading_speaker(reading)
    return make_place(reading, found.name if found else None)


def _question(reading: Reading) -> str | None:
    changed = reading.comparison.question_changed
    return "a question and a statement are confused" if changed else None


def _turned(reading: Reading, outcome: _Outcome) -> str | None:
    """What the words left out, or those right in front, do to the sense."""
    if outcome.status is QuoteStatus.SPLICED:
        return None
    text, tokens = reading.source.text, reading.window.tokens
    for start, stop in reading.comparison.omitted:
        if stop > start:
            left, right = tokens[start - 1].end, tokens[stop].start
            kind = omission_kind(text[max(0, left - 200) : left], text[left:right])
            if kind is not None:
                return kind
    first = sentence_span(text, reading.start, reading.start + 1)[0]
    return front_cut_kind(text[first : reading.start])
