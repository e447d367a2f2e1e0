"""Sources to passages: sentences with exact offsets, a place and the words around them."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from itertools import pairwise

from factcheck.records import Passage, Segment, Source
from factcheck.text import Span, paragraph_spans, split_sentences

# A longer sentence is cut at a clause: the verifier reads about 200 words, claim included.
MAX_WORDS = 80
# Where nothing marks a clause (captions without punctuation), pieces of about this many words.
CUT_WORDS = 60
# Words of context before a passage; title and heading take their share of it first.
CONTEXT_WORDS = 60
TITLE_WORDS = 20
# A longer run without a space is encoded data or an address, not a word of a sentence.
MAX_WORD_CHARS = 200

_SPACE_WORD = re.compile(r"\S+")
_BULLET = re.compile(r"[ \t]*(?:[-*+•●▪◦‣–—·]|\(?\d{1,3}[.)]|\(?[a-zA-Z][.)])[ \t]+(?=\S)")
_PLAIN_BULLET = re.compile(r"[ \t]*[-*+•●▪◦‣–—·][ \t]+")
_SENTENCE_END = re.compile(r"[.!?…:;。！？]['\"”’»)\]]*$")
_CLAUSE_ENDS = (
    re.compile(r"(?<=[;；])\s+"),
    re.compile(r"\n+"),
    re.compile(r"(?<=:)\s+|\s+(?=[–—]\s)"),
    re.compile(r"(?<=[,，])\s+(?=(?:and|but|or|while|whereas|which|who|so|because|although)\b)"),
    re.compile(r"(?<=[,，])\s+"),
)
_ALNUM = re.compile(r"[^\W_]")
_ROW = re.compile(r"[^:\n]{1,60}: \S")
_ROW_PLACE = re.compile(r"(?:^|, )row \d+$")
_LINE_PLACE = re.compile(r"line (\d+)$")
# Scripts written without spaces: counting words says nothing there.
_UNSPACED = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")


def split_passages(source: Source) -> list[Passage]:
    """Split a source into sentences that can be evidence.

    Sentences run over page breaks and cues, never over headings, paragraphs, list items, table
    rows or changes of speaker. Headings, reference lists and stray words make no passage.

    Args:
        source: its segments say what may be evidence and where it stands.

    Returns:
        Passages in order of `start`, none overlapping, each with
        `source.text[start:end] == text`.
    """
    places = _Places(source.segments)
    language = (source.language or "en").replace("_", "-").split("-")[0].casefold()
    passages: list[Passage] = []
    for block in _blocks(source):
        for span in _block_spans(source.text, block, language, places):
            text = source.text[span.start : span.end]
            segment = places.at(span.start)
            heading = segment.heading if segment else None
            passages.append(
                Passage(
                    id=f"{source.id}@{span.start}",
                    source_id=source.id,
                    start=span.start,
                    end=span.end,
                    text=text,
                    context=_context(source.title, heading, passages),
                    heading=heading,
                    place=place_at(source.text, segment, span.start),
                    speaker=segment.speaker if segment else None,
                )
            )
    return passages


def place_at(text: str, segment: Segment | None, offset: int) -> str | None:
    """The name of a position: that of its segment, with the line counted on inside a paragraph.

    Args:
        text: of the source.
        segment: the one that holds `offset`; None gives no name.
        offset: into `text`.
    """
    if segment is None or segment.place is None:
        return None
    if match := _LINE_PLACE.match(segment.place):
        below = text.count("\n", segment.start, offset)
        return f"line {int(match[1]) + below}"
    return segment.place


class _Places:
    """Finds the segment that holds an offset."""

    def __init__(self, segments: tuple[Segment, ...]) -> None:
        self._segments = segments
        self._starts = [segment.start for segment in segments]

    def at(self, offset: int) -> Segment | None:
        """The segment around `offset`, if there is one."""
        index = bisect_right(self._starts, offset) - 1
        if index < 0 or offset >= self._segments[index].end:
            return None
        return self._segments[index]

    def starts_between(self, start: int, end: int) -> list[int]:
        """Where segments start strictly inside a range."""
        low, high = bisect_right(self._starts, start), bisect_right(self._starts, end - 1)
        return self._starts[low:high]


def _blocks(source: Source) -> Iterator[Span]:
    """Stretches that a sentence cannot leave: paragraphs, list items, rows, one speaker's words."""
    for region in _regions(source):
        for paragraph in paragraph_spans(source.text[region.start : region.end]):
            yield from _items(
                source.text, region.start + paragraph.start, region.start + paragraph.end
            )


def _regions(source: Source) -> Iterator[Span]:
    """Runs of segments that may be evidence and that follow each other without a line break."""
    start = end = 0
    speaker: str | None = None
    for segment in source.segments:
        gap = source.text[end : segment.start]
        breaks = not segment.evidence or "\n" in gap or segment.speaker != speaker
        if breaks or gap.strip():
            yield from _region(start, end)
            if gap.strip():  # text outside every segment is plain evidence
                yield Span(end, segment.start)
            start = segment.start if segment.evidence else segment.end
        speaker, end = segment.speaker, segment.end
    yield from _region(start, end)
    yield from _region(end, len(source.text))


def _region(start: int, end: int) -> Iterator[Span]:
    if start < end:
        yield Span(start, end)


def _items(text: str, start: int, end: int) -> Iterator[Span]:
    """A paragraph's list items without their marks; a paragraph that is no list is one item."""
    lines = list(_lines(text, start, end))
    begin: int | None = None
    in_list = False
    hard = len(lines) > 1 and _is_line_per_statement(text, lines)
    for number, line in enumerate(lines):
        mark = _BULLET.match(text, line.start, line.end)
        before = text[lines[number - 1].start : lines[number - 1].end].rstrip() if number else ""
        # "…in\n18. February" is no list; a list follows a full stop, a colon or another item.
        plain = _PLAIN_BULLET.match(text, line.start, line.end)
        opens = mark is not None and (
            number == 0 or in_list or plain is not None or bool(_SENTENCE_END.search(before))
        )
        if opens or (hard and number):
            if begin is not None:
                yield Span(begin, lines[number - 1].end)
            begin = mark.end() if mark is not None and opens else line.start
            in_list = opens
        elif begin is None:
            begin = line.start
    if begin is not None and begin < end:
        yield Span(begin, end)


def _lines(text: str, start: int, end: int) -> Iterator[Span]:
    position = start
    while position < end:
        stop = text.find("\n", position, end)
        stop = end if stop < 0 else stop
        if text[position:stop].strip():
            yield Span(position, stop)
        position = stop + 1


def _is_line_per_statement(text: str, lines: list[Span]) -> bool:
    """Whether each line is a statement of its own, as in a list of facts without full stops.

    Wrapped prose leaves no room for the next word at a line's end; here every line must have had
    room, start like a sentence and not stop half-way.
    """
    width = max(line.end - line.start for line in lines)
    with_room = 0
    for line, following in pairwise(lines):
        first = text[following.start : following.end].strip()
        last = text[line.start : line.end].rstrip()
        if first[0].islower() or last.endswith((",", "-", "–", "—")) or len(last.split()) < 2:
            return False
        word = _SPACE_WORD.match(first)
        length = line.end - line.start
        if length + 1 + (word.end() if word else 0) <= width:
            with_room += 1
        elif length < width or width > 60:
            return False
    # A line as long as the longest proves nothing either way.
    return with_room * 2 > len(lines) - 1


def _block_spans(text: str, block: Span, language: str, places: _Places) -> list[Span]:
    piece = text[block.start : block.end]
    if _is_row(piece, places.at(block.start)) and _count(piece) <= MAX_WORDS:
        return _trimmed(text, [block])
    spans = [
        Span(block.start + span.start, block.start + span.end)
        for span in split_sentences(piece, language)
    ]
    short: list[Span] = []
    for span in spans:
        short.extend(_shorten(text, span, places))
    merged = _merge_fragments(text, short)
    return [span for span in merged if _may_be_statement(text[span.start : span.end])]


def _is_row(piece: str, segment: Segment | None) -> bool:
    """A table row was written by this package as "column: value; …" and stays whole."""
    if segment is None or not _ROW_PLACE.search(segment.place or ""):
        return False
    return bool(_ROW.match(piece))


def _count(text: str) -> int:
    return len(text.split())


def _shorten(text: str, span: Span, places: _Places) -> Iterator[Span]:
    """Cut an overlong sentence at its clauses; at cues or any space when it has none."""
    if _count(text[span.start : span.end]) <= MAX_WORDS:
        yield span
        return
    pieces = [span]
    for pattern in _CLAUSE_ENDS:
        pieces = [
            part
            for piece in pieces
            for part in (
                _cut_at(text, piece, (match.span() for match in _found(pattern, text, piece)))
                if _count(text[piece.start : piece.end]) > MAX_WORDS
                else [piece]
            )
        ]
    for piece in pieces:
        if _count(text[piece.start : piece.end]) <= MAX_WORDS:
            yield piece
            continue
        cues = ((start, start) for start in places.starts_between(piece.start, piece.end))
        for part in _cut_at(text, piece, cues):
            if _count(text[part.start : part.end]) <= MAX_WORDS:
                yield part
            else:
                yield from _cut_by_words(text, part)


def _found(pattern: re.Pattern[str], text: str, span: Span) -> Iterator[re.Match[str]]:
    return pattern.finditer(text, span.start, span.end)


def _cut_at(text: str, span: Span, gaps: Iterable[tuple[int, int]]) -> list[Span]:
    """Cut at the gaps, but let pieces grow towards `CUT_WORDS` so that they keep their sense."""
    parts: list[Span] = []
    start, last_end = span.start, None
    for gap_start, gap_end in gaps:
        if gap_start <= start or gap_end >= span.end:
            continue
        if last_end is not None and _count(text[start:gap_start]) > CUT_WORDS:
            parts.append(Span(start, last_end[0]))
            start = last_end[1]
        last_end = (gap_start, gap_end)
    if last_end is not None and _count(text[start : span.end]) > CUT_WORDS:
        parts.append(Span(start, last_end[0]))
        start = last_end[1]
    parts.append(Span(start, span.end))
    return _trimmed(text, parts)


def _cut_by_words(text: str, span: Span) -> list[Span]:
    found = list(_SPACE_WORD.finditer(text, span.start, span.end))
    return [
        Span(group[0].start(), group[-1].end())
        for group in (found[i : i + CUT_WORDS] for i in range(0, len(found), CUT_WORDS))
    ]


def _trimmed(text: str, spans: Iterable[Span]) -> list[Span]:
    trimmed = []
    for span in spans:
        piece = text[span.start : span.end]
        start = span.start + len(piece) - len(piece.lstrip())
        end = span.start + len(piece.rstrip())
        if start < end:
            trimmed.append(Span(start, end))
    return trimmed


def _merge_fragments(text: str, spans: list[Span]) -> list[Span]:
    """Join "Yes." and "Not now." to the sentence before, or the next one at a block's start."""
    merged: list[Span] = []
    for span in spans:
        small = _is_fragment(text[span.start : span.end])
        grown = bool(merged) and (
            small or (len(merged) == 1 and _is_fragment(text[merged[0].start : merged[0].end]))
        )
        if grown and _count(text[merged[-1].start : span.end]) <= MAX_WORDS:
            merged[-1] = Span(merged[-1].start, span.end)
        else:
            merged.append(span)
    return merged


def _is_fragment(piece: str) -> bool:
    return _count(piece) < 3 and not _UNSPACED.search(piece)


def _may_be_statement(piece: str) -> bool:
    """False only for what cannot state anything: no letters and digits, encoded data, one label."""
    if not _ALNUM.search(piece):
        return False
    if any(len(word) > MAX_WORD_CHARS for word in piece.split()) and not _UNSPACED.search(piece):
        return any(len(word) <= MAX_WORD_CHARS for word in piece.split()[2:])
    if _count(piece) > 1 or _UNSPACED.search(piece):
        return True
    has_digit = any(char.isdigit() for char in piece)
    return has_digit or ":" in piece or bool(_SENTENCE_END.search(piece))


def _context(title: str | None, heading: str | None, before: list[Passage]) -> str:
    """Title, heading and the sentences before in the same section, as plain sentences."""
    parts: list[str] = []
    budget = CONTEXT_WORDS
    for name in (title, heading if heading != title else None):
        if name:
            shown = name.split()[:TITLE_WORDS]
            parts.append(_closed(" ".join(shown)))
            budget -= len(shown)
    sentences: list[str] = []
    for passage in reversed(before[-2:]):
        if passage.heading != heading:
            break
        shown = passage.text.split()
        if len(shown) > budget:
            # The end of a long sentence stands nearest to the words that point back at it.
            if not sentences and budget >= 15:
                sentences.append("… " + " ".join(shown[-budget:]))
            break
        sentences.append(" ".join(shown))
        budget -= len(shown)
    return " ".join([*parts, *(_closed(sentence) for sentence in reversed(sentences))])


def _closed(sentence: str) -> str:
    return sentence if _SENTENCE_END.search(sentence) else sentence + "."
