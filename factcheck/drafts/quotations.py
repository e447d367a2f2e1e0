"""Quotations of a draft: which quoted words somebody is said to have spoken, and who."""

from __future__ import annotations

import re
from dataclasses import dataclass

from factcheck.quotes import Fragment, find_speaker
from factcheck.records import Source
from factcheck.text import canonical_text, words

# Fewer words than this stand anywhere: finding them proves nothing.
MIN_WORDS = 2
# Without a named speaker short stretches are titles, nicknames or irony.
MIN_WORDS_ALONE = 5
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
        self._source = Source(id="draft", path="draft", text=text, sha256="", segments=())

    def read(self, fragment: Fragment) -> Quotation | None:
        """A quoted stretch as a quotation; None for titles, scare quotes and single words."""
        text = " ".join(canonical_text(fragment.text).split())
        text = re.sub(r"[,;]$", "", text)
        count = len(words(text))
        if count < MIN_WORDS:
            return None
        found = find_speaker(self._source, fragment.start, fragment.end)
        named = found is not None
        if count < MIN_WORDS_ALONE and not named:
            return None
        if not named and _is_title(text):
            return None
        speaker = found.name if found is not None and found.sure else None
        return Quotation(text, speaker, fragment)


def _is_title(text: str) -> bool:
    """Whether the words are written like the title of a work."""
    written = [word for word in words(text) if word.lower() not in _SMALL]
    ends = text[-1:] in ".,!?…"
    return not ends and bool(written) and all(word[:1].isupper() for word in written)
