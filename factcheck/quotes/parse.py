"""A quotation taken apart: its words, what the writer added in brackets, what was left out."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import pairwise

from factcheck.quotes.normalise import Normalised, Token, tokens_of, word_key
from factcheck.text import canonical_text

# "…" is three dots by now; four dots are an ellipsis after a full stop.
_ELLIPSIS = re.compile(r"[\[(]\s*\.(?:\s?\.){1,4}\s*[\])]|\.(?:\s?\.){2,4}")
_BRACKET = re.compile(r"\[[^\[\]]*\]")
_MAX_INSERTION = 60  # characters; longer brackets hold a text of their own
_REMARKS = frozenset({"sic"})


@dataclass(frozen=True, slots=True)
class ParsedQuote:
    """The words of a quotation.

    Args:
        text: canonical text of the quotation as given.
        level: its levelled text.
        tokens: words in order, without remarks such as "[sic]".
        gaps: indices of tokens before which words were left out; never 0.
        open_start, open_end: the quotation itself says that it starts or ends mid-way.
    """

    text: str
    level: Normalised
    tokens: tuple[Token, ...]
    gaps: frozenset[int]
    open_start: bool = False
    open_end: bool = False

    @property
    def pieces(self) -> list[tuple[int, int]]:
        """Token ranges between ellipses."""
        edges = [0, *sorted(self.gaps), len(self.tokens)]
        return [(a, b) for a, b in pairwise(edges) if a < b]


def parse_quote(quote: str) -> ParsedQuote:
    """Read a quotation as its writer meant it.

    Args:
        quote: the quoted words, with or without quotation marks around them.

    Returns:
        Words and marks. A quotation without any word has no tokens.
    """
    text = canonical_text(quote)
    level, raw_tokens = tokens_of(text)
    brackets = [m.span() for m in _BRACKET.finditer(level.text)]
    marked = _mark_editorial(raw_tokens, brackets)
    if 2 * sum(token.editorial for token in marked) > len(marked):
        # brackets around most of it are no insertion but part of what is quoted
        marked = [replace(token, editorial=False) for token in marked]
    tokens = _merge_bracketed(level.text, marked)
    gaps: set[int] = set()
    for match in _ELLIPSIS.finditer(level.text):
        gaps.add(sum(1 for token in tokens if token.level_end <= match.start()))
    count = len(tokens)
    return ParsedQuote(
        text=text,
        level=level,
        tokens=tuple(tokens),
        gaps=frozenset(gap for gap in gaps if 0 < gap < count),
        open_start=0 in gaps,
        open_end=count in gaps,
    )


def _mark_editorial(tokens: list[Token], brackets: list[tuple[int, int]]) -> list[Token]:
    marked = []
    for token in tokens:
        inside = any(a < token.level_start < b and b - a <= _MAX_INSERTION for a, b in brackets)
        if inside and token.key in _REMARKS:
            continue
        marked.append(replace(token, editorial=True) if inside else token)
    return marked


def _merge_bracketed(text: str, tokens: list[Token]) -> list[Token]:
    """Join "[T]he" and "walk[ed]" to one word each."""
    merged: list[Token] = []
    for token in tokens:
        last = merged[-1] if merged else None
        between = text[last.level_end : token.level_start] if last is not None else ""
        if last is not None and between == "]" and last.editorial and len(last.surface) == 1:
            merged[-1] = _joined(last, token, editorial=False, stem="")
        elif last is not None and between == "[" and token.editorial and not last.editorial:
            merged[-1] = _joined(last, token, editorial=True, stem=last.key)
        else:
            merged.append(token)
    return merged


def _joined(left: Token, right: Token, *, editorial: bool, stem: str) -> Token:
    surface = left.surface + right.surface
    return Token(
        surface=surface,
        key=word_key(surface),
        start=left.start,
        end=right.end,
        level_start=left.level_start,
        level_end=right.level_end,
        editorial=editorial,
        stem=stem,
    )
