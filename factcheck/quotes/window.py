"""A stretch of a source, taken apart for comparison with quotations."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise

from factcheck.quotes.dots import TITLE_ABBREVIATIONS
from factcheck.quotes.normalise import Normalised, Token, tokens_of, word_key
from factcheck.quotes.transcripts import speaker_labels
from factcheck.quotes.wording import match_key
from factcheck.records import Source

_REMARK = r"(?:sic|applause|laughter|inaudible|crosstalk|music|cheers?|cheering|interruptions?)"
_NOISE = re.compile(
    r"\[\d{1,3}(?:\s?[,\-\u2013]\s?\d{1,3})*\]"  # reference marks
    rf"|[\[(]{_REMARK}[^\])\n]{{0,30}}[\])]"
    r"|(?<=\n)[ \t]*(?:-\s?)?(?:[Pp]age\s)?\d{1,4}(?:\s(?:of|/)\s\d{1,4})?(?:\s?-)?[ \t]*(?=\n)",
    re.I,
)
_SAYS = (
    r"(?:said|says|saying|told|added|adds|wrote|writes|warned|stressed|explained|continued|noted"
    r"|stated|argued|insisted|replied|declared|concluded|went\son|recalled|claimed|tweeted|posted)"
)
_INITIAL = "".join(rf"|(?<=\b{title})\." for title in TITLE_ABBREVIATIONS)
_NARRATED = (
    r"(?:[^\"\u201c\u201d\u00ab\u00bb.!?\n]|\n(?!\s*\n)|(?<=\b[A-Z])\." + _INITIAL + r"){0,90}"
)
# A speaker's words are often interrupted to name the speaker: “A,” said X, “B.”
_INTERRUPTION = re.compile(
    rf"[,.!?\u2026]?[\"\u201d\u00bb]\s*(?:{_NARRATED}\s)?{_SAYS}\b{_NARRATED}"
    r"[.,:]?\s+[\"\u201c\u00ab]"
)


@dataclass(frozen=True)
class Window:
    """A stretch of a source, ready for comparison."""

    source: Source
    start: int
    end: int
    level: Normalised
    tokens: list[Token]

    @cached_property
    def keys(self) -> list[str]:
        """What each word is matched by."""
        return [match_key(token) for token in self.tokens]

    @cached_property
    def skippable(self) -> list[bool]:
        """Which words are layout, or name the speaker in the middle of a quotation."""
        text = self.source.text
        spans = [m.span() for m in _NOISE.finditer(text, self.start, self.end)]
        spans += [m.span() for m in _INTERRUPTION.finditer(text, self.start, self.end)]
        spans += [
            (label.start, label.end)
            for label in speaker_labels(text)
            if self.start <= label.start < self.end
        ]
        if not spans:
            return []
        return [any(a <= token.start and token.end <= b for a, b in spans) for token in self.tokens]


def open_window(source: Source, start: int, end: int) -> Window:
    """Prepare `source.text[start:end]`; words cut at the edges are left out."""
    text = source.text
    while 0 < start < end and not text[start - 1].isspace():
        start += 1
    while start < end < len(text) and not text[end].isspace():
        end -= 1
    level, tokens = tokens_of(text, start, end)
    return Window(source, start, end, level, _merge_bracketed(level.text, tokens))


def _merge_bracketed(text: str, tokens: list[Token]) -> list[Token]:
    """Read "[w]hile" and "plan[ned]" as one word each."""
    if "[" not in text:
        return tokens
    merged: list[Token] = []
    for token in tokens:
        last = merged[-1] if merged else None
        if (
            last is not None
            and token.surface.isalpha()
            and (
                (
                    text[last.level_start - 1 : token.level_start] == f"[{last.surface}]"
                    and len(last.surface) == 1
                )
                or text[last.level_end : token.level_end + 1] == f"[{token.surface}]"
            )
        ):
            merged[-1] = _joined(last, token)
        else:
            merged.append(token)
    return merged


def mend_words(window: Window, quote: Sequence[Token], quote_text: str) -> Window:
    """Cut the source's words as the quotation cuts them.

    "co-operation" becomes one word where "cooperation" is quoted, "wellknown", broken at a line
    end, two where "well-known" is, and "of fice", torn beside a ligature, one again.

    Args:
        window: as opened.
        quote: the words of the quotation.
        quote_text: the levelled text that they refer to.
    """
    wholes = {token.key for token in quote}
    apart = {(left.key, right.key) for left, right in pairwise(quote)}
    halves: dict[str, int] = {}
    for left, right in pairwise(quote):
        joined = left.key + right.key in wholes
        if not joined and quote_text[left.level_end : right.level_start].strip() == "-":
            halves[left.key + right.key] = len(left.surface)
    tokens: list[Token] = []
    for token in window.tokens:
        last = tokens[-1] if tokens else None
        if token.key in halves and len(token.key) == len(token.surface):
            tokens.extend(_halves(window.level, token, halves[token.key]))
        elif (
            last is not None
            and last.key + token.key in wholes
            and (last.key, token.key) not in apart
            and _is_torn(window.level.text, last, token)
        ):
            hyphen = window.level.text[last.level_end : token.level_start] == "-"
            tokens[-1] = _joined(last, token, "-" if hyphen else "")
        else:
            tokens.append(token)
    return window if len(tokens) == len(window.tokens) else replace(window, tokens=tokens)


def _is_torn(text: str, left: Token, right: Token) -> bool:
    between = text[left.level_end : right.level_start]
    if between.strip() == "-":
        return True
    ligature = left.surface.casefold().endswith(("f", "fi", "fl"))
    return between == " " and ligature and right.surface.islower()


def _halves(level: Normalised, token: Token, size: int) -> list[Token]:
    middle = token.level_start + size
    left, right = token.surface[:size], token.surface[size:]
    return [
        replace(
            token,
            surface=left,
            key=word_key(left),
            end=level.ends[middle - 1],
            level_end=middle,
        ),
        replace(
            token,
            surface=right,
            key=word_key(right),
            start=level.starts[middle],
            level_start=middle,
            bound=True,
        ),
    ]


def _joined(left: Token, right: Token, mark: str = "") -> Token:
    return replace(
        left,
        surface=left.surface + mark + right.surface,
        key=left.key + right.key,
        end=right.end,
        level_end=right.level_end,
    )
