"""Check a quotation word by word against the source base."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from factcheck.quotes.candidates import QuoteCandidate, open_windows
from factcheck.quotes.compare import Level
from factcheck.quotes.messages import quote_message
from factcheck.quotes.omission import cut_kind, omission_kind
from factcheck.quotes.parse import ParsedQuote, parse_quote
from factcheck.quotes.places import make_place, sentence_span
from factcheck.quotes.queries import part_query, quote_parts, whole_query
from factcheck.quotes.readings import (
    CLOSE_DISTANCE,
    Reading,
    is_found,
    read_windows,
)
from factcheck.quotes.speakers import Speaker, attribute, find_speaker, speakers_differ
from factcheck.quotes.splice import cover_with_parts, is_spliced, uncovered_parts
from factcheck.quotes.window import Window
from factcheck.records import Attribution, Passage, QuoteCheck, QuotePlace, QuoteStatus, Source

_MAX_OTHERS = 5
_MAX_WEIGHED = 8  # equal readings whose speakers are looked up
_PASSAGES_PER_QUERY = 30
_PASSAGES_PER_PART = 60  # half a sentence often holds common words only
_PASSAGES_FOR_SPEAKER = 80  # the right speaker may stand behind many copies
_MAX_ROUNDS = 3

_OMITTED_WARNINGS = {
    "negation": "a negation is among the words left out",
    "condition": "a condition is among the words left out",
    "attribution": "the words left out say that it is a claim or a guess",
}
_CUT_WARNINGS = {
    "negation": "the words beside them deny what is quoted",
    "condition": "in the source they stand under a condition",
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
    """What the windows searched so far say; `reading` is None when nothing was found.

    Args:
        raw: every reading, also those too far from the quotation to count.
    """

    status: QuoteStatus
    reading: Reading | None = None
    speaker: Speaker | None = None
    attribution: Attribution | None = None
    parts: tuple[Reading, ...] = ()
    others: tuple[Reading, ...] = ()
    raw: tuple[Reading, ...] = ()

    @property
    def same_words(self) -> bool:
        """Whether a place was found where no word differs."""
        return self.status in (QuoteStatus.VERBATIM, QuoteStatus.TRIVIAL, QuoteStatus.ELLIPSIS)

    @property
    def settled(self) -> bool:
        """Whether no further place could be better."""
        return self.same_words and self.attribution in (None, Attribution.ATTRIBUTED)


def locate_quote(quote: str, corpus: QuoteCorpus, *, speaker: str | None = None) -> QuoteCheck:
    """Find a quotation in a corpus and compare it word by word.

    The corpus is first asked for the words that stand out in the whole quotation; then for those
    of the parts that no place found so far holds.

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
    search = _Search(parsed, corpus)
    search.ask(whole_query(parsed), _PASSAGES_PER_QUERY)
    outcome = _judge(parsed, search.windows(), speaker)
    if outcome.same_words and not outcome.settled:
        search.ask(whole_query(parsed), _PASSAGES_FOR_SPEAKER)
        outcome = _judge(parsed, search.windows(), speaker)
    for _ in range(_MAX_ROUNDS):
        if outcome.same_words or outcome.status is QuoteStatus.SPLICED:
            break
        if not search.ask_parts(uncovered_parts(parsed, outcome.raw)):
            break
        outcome = _judge(parsed, search.windows(), speaker)
    return _record(parsed, outcome, speaker)


class _Search:
    """Passages found so far for one quotation."""

    def __init__(self, quote: ParsedQuote, corpus: QuoteCorpus) -> None:
        self.quote = quote
        self.corpus = corpus
        self.parts: list[tuple[int, int]] = []
        self.regions: dict[str, dict[tuple[int, int], None]] = {}

    def ask(self, words: Sequence[str], limit: int) -> None:
        for passage in self.corpus.find_passages(words, limit):
            spans = self.regions.setdefault(passage.source_id, {})
            spans[(passage.start, passage.end)] = None

    def ask_parts(self, parts: Sequence[tuple[int, int]]) -> bool:
        """Ask for the words of parts not asked for yet; False when there are none."""
        new = [part for part in parts if part not in self.parts]
        for start, stop in new:
            self.ask(part_query(self.quote, start, stop), _PASSAGES_PER_PART)
        self.parts.extend(new)
        return bool(new)

    def windows(self) -> Sequence[Window]:
        candidates = [
            QuoteCandidate(source=self.corpus.source(source_id), regions=tuple(spans))
            for source_id, spans in self.regions.items()
        ]
        return open_windows(self.quote, candidates, self.parts)


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
    windows = open_windows(parsed, candidates, quote_parts(parsed))
    return _record(parsed, _judge(parsed, windows, speaker), speaker)


def _judge(quote: ParsedQuote, windows: Sequence[Window], speaker: str | None) -> _Outcome:
    raw = read_windows(quote, windows)
    readings = [reading for reading in raw if is_found(reading)]
    if readings and readings[0].level is not Level.ALTERED:
        return _unchanged(readings, speaker)
    whole = readings[0] if readings else None
    close = whole is not None and whole.comparison.distance < CLOSE_DISTANCE
    parts = [] if close else cover_with_parts(quote, windows)
    if is_spliced(whole, parts):
        return _spliced(parts, speaker)
    if whole is None:
        return _Outcome(QuoteStatus.NOT_FOUND, raw=tuple(raw))
    best, found, attribution = _preferred(readings, speaker, whole.comparison.similarity - 1e-9)
    others = _without(readings, best)
    return _Outcome(QuoteStatus.ALTERED, best, found, attribution, others=others, raw=tuple(raw))


def _unchanged(readings: Sequence[Reading], speaker: str | None) -> _Outcome:
    exact = [reading for reading in readings if reading.level is not Level.ALTERED]
    best, found, attribution = _preferred(exact, speaker, 0.0)
    if _changes_speaker(best):
        return _spliced([best], speaker)
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
    return speakers_differ(reading.source, (first.start, first.end), (last.start, last.end))


def _spliced(parts: Sequence[Reading], speaker: str | None) -> _Outcome:
    best = max(parts, key=lambda part: len(part.quote.tokens))
    found = reading_speaker(best)
    return _Outcome(QuoteStatus.SPLICED, best, found, attribute(speaker, found), tuple(parts))


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
    warning = _turned(reading, outcome)
    altered = reading.comparison.sense_changed and outcome.status is not QuoteStatus.SPLICED
    return QuoteCheck(
        status=outcome.status,
        attribution=outcome.attribution,
        speaker_found=best.speaker_found,
        best=best,
        others=tuple(others[:_MAX_OTHERS]),
        sense_changed=altered or warning is not None,
        message=quote_message(
            outcome.status,
            best,
            parts,
            attribution=outcome.attribution,
            speaker=speaker,
            warning=warning or _question(reading),
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
                return _OMITTED_WARNINGS[kind]
    first, last = sentence_span(text, reading.start, reading.end)
    kind = cut_kind(text[first : reading.start], text[reading.end : last])
    return _CUT_WARNINGS[kind] if kind else None
