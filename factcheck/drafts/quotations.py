"""Quotations of a draft: which quoted words somebody is said to have spoken, and who."""

from __future__ import annotations

import re
from dataclasses import dataclass

from factcheck.quotes import Fragment, Speaker, find_speaker
from factcheck.records import Source
from factcheck.text import canonical_text, words

# Fewer words than this stand anywhere: finding them proves nothing.
MIN_WORDS = 2
# Without a named speaker short stretches are titles, nicknames or irony.
MIN_WORDS_ALONE = 5
# Longer than anything a claims file takes.
MAX_QUOTE_CHARS = 4_000
# How far around a quotation its speaker is looked for.
_SCOPE_CHARS = 3_000
_SMALL = frozenset("a an the of and in on to for at by with from or is as".split())


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words that the draft puts between quotation marks as somebody's own.

    Args:
        text: the words, on one line.
        speaker: who is said to have spoken them, when the draft says it beyond doubt.
        fragment: where they stand.
    """

    text: str
    speaker: str | None
    fragment: Fragment


class QuoteFinder:
    """Reads the quotations of one rendered draft.

    Args:
        text: the rendered draft.
    """

    def __init__(self, text: str) -> None:
        self._text = text

    def read(self, fragment: Fragment) -> Quotation | None:
        """A quoted stretch as a quotation; None for titles, scare quotes and single words."""
        text = " ".join(canonical_text(fragment.text).split())
        text = re.sub(r"[,;]$", "", text)
        count = len(words(text))
        if count < MIN_WORDS or len(text) > MAX_QUOTE_CHARS:
            return None
        found = self._speaker(fragment)
        named = found is not None
        if count < MIN_WORDS_ALONE and not named:
            return None
        if not named and _is_title(text):
            return None
        speaker = found.name if found is not None and found.sure else None
        return Quotation(text, speaker, fragment)

    def _speaker(self, fragment: Fragment) -> Speaker | None:
        """Who speaks, from the paragraphs around alone: a draft may be as long as a book."""
        low = max(0, fragment.start - _SCOPE_CHARS)
        if low:
            cut = self._text.find("\n\n", low, fragment.start)
            low = cut + 2 if cut >= 0 else low
        around = self._text[low : fragment.end + _SCOPE_CHARS]
        source = Source(id="draft", path="draft", text=around, sha256="", segments=())
        return find_speaker(source, fragment.start - low, fragment.end - low)


def _is_title(text: str) -> bool:
    """Whether the words are written like the title of a work."""
    written = [word for word in words(text) if word.lower() not in _SMALL]
    ends = text[-1:] in ".,!?…"
    return not ends and bool(written) and all(word[:1].isupper() for word in written)
