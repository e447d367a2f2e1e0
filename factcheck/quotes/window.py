"""A stretch of a source, taken apart for comparison with quotations."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from factcheck.quotes.normalise import Normalised, Token, tokens_of
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
# A speaker's words are often interrupted to name the speaker: “A,” said X, “B.”
_INTERRUPTION = re.compile(
    rf"[,.!?\u2026]?[\"\u201d\u00bb]\s*(?:[^\"\u201c\u201d\u00ab\u00bb.!?\n]{{0,80}}\s)?{_SAYS}\b"
    r"[^\"\u201c\u201d\u00ab\u00bb.!?\n]{0,80}[.,:]?\s+[\"\u201c\u00ab]"
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
    return Window(source, start, end, level, tokens)
