"""Canonical text, sentence spans and word tokens: pure functions, no state.

Every position in factcheck is a 0-based, end-exclusive code point offset into canonical text.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

# Line separators that are not "\n"; form feeds separate PDF pages in some extractors.
_NEWLINES = re.compile(r"\r\n|[\r\u0085\u2028\u2029\x0b\x0c]")
# C0/C1 controls other than tab and newline carry no text and break terminals; a BOM is not text.
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ufeff\ufffe\uffff]")
# Lone surrogates cannot be written as UTF-8.
_SURROGATES = re.compile(r"[\ud800-\udfff]")

_BLANK_LINES = re.compile(r"\n(?:[ \t]*\n)+")

_WORD = re.compile(r"\w+(?:[.,'’\-]\w+)*")

# Abbreviations after which the splitter sometimes breaks although the sentence goes on.
_ABBREVIATION_END = re.compile(
    r"\b(?:Mr|Mrs|Ms|Dr|Prof|Gen|Col|Lt|Sgt|Capt|Sen|Rep|Gov|St|Rev|Hon|Pres|vs|approx|ca|cf"
    r"|e\.g|i\.e|al)\.\s*$"
)
# The same for those that only a number follows: "No. 5", "Fig. 3", "Jan. 5", "Sec. 2.1".
_BEFORE_NUMBER = re.compile(
    r"\b(?:No|Nos|Art|Fig|Figs|Sec|Ch|Vol|pp?|Eq|Tab|para"
    r"|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\.\s*$"
)
# Initials, "J. K. Rowling" and "U.S. officials"; a word that starts sentences ends the name.
_INITIAL_END = re.compile(r"\b[A-Z]\.\s*$")
_STARTER = re.compile(
    r"(?:The|A|An|It|He|She|They|We|I|You|This|That|These|Those|There|In|On|At|But|And|However"
    r"|Its|His|Her|Their|Our|When|While|After|Before|As|If|For|Since|According|Although)\b"
)
# "18. February": the full stop of an ordinal, as many languages write dates.
_DAY_END = re.compile(r"(?<![\w.,])(?:[12]?\d|3[01])\.\s*$")
_MONTH = re.compile(
    r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec|März|Mai|Okt|Dez)[^\W\d_]*\b"
)
# Words come again and again and are folded once; longer texts are not kept in memory.
_FOLD_KEPT_CHARS = 40
# Only the end of a piece can hold an abbreviation; a search of the whole would be wasted.
_TAIL_CHARS = 16


@dataclass(frozen=True, slots=True)
class Span:
    """A half-open range of code points, `text[start:end]`."""

    start: int
    end: int


def canonical_text(raw: str) -> str:
    """Bring text into the one form that all offsets refer to.

    NFC, "\\n" as the only line separator, no control characters or lone surrogates. Nothing else
    is changed: typography and spacing are evidence and stay as the source has them.

    Args:
        raw: any decoded text.

    Returns:
        The canonical text; applying the function again changes nothing.
    """
    text = _NEWLINES.sub("\n", raw)
    text = _SURROGATES.sub("\ufffd", text)
    text = _CONTROLS.sub("", text)
    return unicodedata.normalize("NFC", text)


@lru_cache(maxsize=1)
def _segmenter():  # type: ignore[no-untyped-def]
    import sentencex

    return sentencex


def split_sentences(text: str, language: str = "en") -> list[Span]:
    """Split text into sentence spans.

    Line breaks inside a paragraph do not end a sentence, blank lines do. Spans are trimmed of
    white space, in order, never overlap, and cover every non-space character.

    Args:
        text: canonical text.
        language: ISO 639-1 code; unknown ones are treated like English.

    Returns:
        Spans into `text`.
    """
    spans: list[Span] = []
    for paragraph in paragraph_spans(text):
        spans.extend(_split_paragraph(text, paragraph, language))
    return spans


def paragraph_spans(text: str) -> list[Span]:
    """Spans of the blocks between blank lines, trimmed of white space."""
    spans = []
    start = 0
    for match in _BLANK_LINES.finditer(text):
        spans.append(_trim(text, start, match.start()))
        start = match.end()
    spans.append(_trim(text, start, len(text)))
    return [span for span in spans if span is not None]


def _split_paragraph(text: str, paragraph: Span, language: str) -> Iterator[Span]:
    # The splitter sees one line: a line break inside a paragraph is layout, and replacing it by a
    # space keeps every offset.
    block = text[paragraph.start : paragraph.end].replace("\n", " ")
    pieces = _segmenter().segment(language, block)
    position = 0
    pending: int | None = None
    for piece in pieces:
        found = block.find(piece, position)
        if found < 0:  # the splitter altered white space; fall back to the rest as one sentence
            break
        end = found + len(piece)
        start = position if pending is None else pending
        position = end
        if end < len(block) and _goes_on(block, start, end):
            pending = start
            continue
        pending = None
        span = _trim(block, start, end)
        if span is not None:
            yield Span(paragraph.start + span.start, paragraph.start + span.end)
    rest = _trim(block, position if pending is None else pending, len(block))
    if rest is not None:
        yield Span(paragraph.start + rest.start, paragraph.start + rest.end)


def _goes_on(block: str, start: int, end: int) -> bool:
    """Whether a piece ends in an abbreviation rather than in a full stop."""
    tail = block[max(start, end - _TAIL_CHARS) : end]
    if _ABBREVIATION_END.search(tail):
        return True
    following = block[end : end + _TAIL_CHARS].lstrip()
    if _BEFORE_NUMBER.search(tail):
        return following[:1].isdigit()
    if _DAY_END.search(tail):
        return bool(_MONTH.match(following))
    return bool(_INITIAL_END.search(tail)) and not _STARTER.match(following)


def _trim(text: str, start: int, end: int) -> Span | None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end) if start < end else None


def word_spans(text: str) -> list[Span]:
    """Spans of words and numbers; "2,500", "U.S" and "don't" are one word each."""
    return [Span(match.start(), match.end()) for match in _WORD.finditer(text)]


def words(text: str) -> list[str]:
    """Words in reading order, as written."""
    return _WORD.findall(text)


def fold(text: str) -> str:
    """Case and accents removed, for comparing names ("Vučić" and "Vucic").

    The result may differ in length from the text: never use its offsets.
    """
    return _fold_short(text) if len(text) <= _FOLD_KEPT_CHARS else _fold(text)


@lru_cache(maxsize=16_384)
def _fold_short(text: str) -> str:
    return _fold(text)


def _fold(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    folded = "".join(char for char in decomposed if not unicodedata.combining(char))
    return folded.translate(_FOLD_LETTERS)


# Letters without a canonical decomposition that writers commonly replace by a plain one.
_FOLD_LETTERS = str.maketrans(
    {"ı": "i", "ł": "l", "ø": "o", "đ": "d", "ð": "d", "æ": "ae", "œ": "oe"}
)
