"""A rendered draft to sentences and quotations."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass

from factcheck.drafts.rendered import Block, BlockKind, Mark, Rendered
from factcheck.quotes import Fragment, quoted_fragments
from factcheck.text import Span, split_sentences

_PLACEHOLDER = "…"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """One sentence of a draft.

    Args:
        start, end: offsets into the rendered text.
        text: the words on one line.
        masked: the same with quotations replaced by "…".
        block: number of its block.
        kind: of its block.
        fragments: quotations that start in it.
        off: the reason given when checks are switched off here; None when they are on.
        cited: what the draft names as sources here: names, and footnotes as their text.
    """

    start: int
    end: int
    text: str
    masked: str
    block: int
    kind: BlockKind
    fragments: tuple[Fragment, ...] = ()
    off: str | None = None
    cited: tuple[str, ...] = ()


def split_draft(rendered: Rendered, language: str = "en") -> list[Sentence]:
    """Sentences of all blocks in order; one that ends inside a quotation goes on to its end."""
    fragments = [item for item in quoted_fragments(rendered.text) if item.depth == 0]
    spans = [
        (number, span)
        for number, block in enumerate(rendered.blocks)
        for span in _block_spans(rendered.text, block, fragments, language)
    ]
    cited = _citations(rendered, spans)
    switches = [mark for mark in rendered.marks if mark.kind in ("on", "off")]
    return [
        _sentence(rendered, number, span, fragments, switches, cited.get(position, ()))
        for position, (number, span) in enumerate(spans)
    ]


def _block_spans(text: str, block: Block, fragments: list[Fragment], language: str) -> list[Span]:
    piece = text[block.start : block.end]
    if block.kind is not BlockKind.TEXT:
        lead = len(piece) - len(piece.lstrip())
        stripped = piece.strip()
        start = block.start + lead
        return [Span(start, start + len(stripped))] if stripped else []
    # A blank line inside a block is layout of the file, not the end of the paragraph.
    spans: list[Span] = []
    for span in split_sentences(piece, language):
        start, end = block.start + span.start, block.start + span.end
        if spans and (_inside(fragments, spans[-1].end) or text[start].islower()):
            start = spans.pop().start
        spans.append(Span(start, end))
    return spans


def _inside(fragments: list[Fragment], position: int) -> bool:
    before = bisect_left(fragments, position, key=_outer_start) - 1
    return before >= 0 and fragments[before].start < position < fragments[before].end


def _outer_start(fragment: Fragment) -> int:
    return fragment.outer_start


def _sentence(
    rendered: Rendered,
    number: int,
    span: Span,
    fragments: list[Fragment],
    switches: list[Mark],
    cited: tuple[str, ...],
) -> Sentence:
    # Fragments of depth 0 do not overlap, so that those of a sentence stand side by side.
    first = max(0, bisect_right(fragments, span.start, key=_outer_start) - 1)
    last = bisect_left(fragments, span.end, key=_outer_start)
    touching = [item for item in fragments[first:last] if item.end > span.start]
    own = tuple(item for item in touching if item.outer_start >= span.start)
    return Sentence(
        start=span.start,
        end=span.end,
        text=_one_line(rendered.text[span.start : span.end]),
        masked=_one_line(_mask(rendered.text, span, touching)),
        block=number,
        kind=rendered.blocks[number].kind,
        fragments=own,
        off=_switched_off(switches, span.start),
        cited=cited,
    )


def _mask(text: str, span: Span, fragments: list[Fragment]) -> str:
    """The sentence with its quoted words as "…"; an end mark inside the quotation is kept."""
    pieces = []
    position = span.start
    for item in fragments:
        start, end = max(item.outer_start, span.start), min(item.outer_end, span.end)
        if start < position:
            continue
        pieces += [text[position:start], _PLACEHOLDER]
        if end == span.end and item.text[-1:] in ".!?":
            pieces.append(item.text[-1] if item.text[-1] == "?" and start == span.start else ".")
        position = end
    return "".join(pieces) + text[position : span.end]


def _one_line(text: str) -> str:
    """On one line, without the time of day that opens an entry of a live blog."""
    return _ENTRY_TIME.sub("", re.sub(r"\s+", " ", text).strip())


_ENTRY_TIME = re.compile(
    r"^\[?(?:[01]?\d|2[0-3])[:.][0-5]\d(?:\s?(?:[ap]\.?m\.?|GMT|BST|CES?T|E[SD]?T))?\]?\s*[-–—:|]?\s+"
    r"(?=[A-Z“\"‘…])"
)


def _switched_off(switches: list[Mark], position: int) -> str | None:
    """The reason of the last switch before a position, if it switched checks off."""
    before = bisect_right(switches, position, key=lambda mark: mark.position) - 1
    if before < 0 or switches[before].kind == "on":
        return None
    return switches[before].value


def _citations(rendered: Rendered, spans: list[tuple[int, Span]]) -> dict[int, tuple[str, ...]]:
    """What each sentence cites: a mark belongs to the sentence that it stands in or ends."""
    cited: dict[int, list[str]] = {}
    for mark in rendered.marks:
        if mark.kind not in ("source", "note"):
            continue
        value = mark.value if mark.kind == "source" else rendered.notes.get(mark.value, "")
        before = bisect_left(spans, mark.position, key=lambda item: item[1].start) - 1
        if before >= 0 and value:
            cited.setdefault(before, []).append(value)
    return {index: tuple(values) for index, values in cited.items()}
