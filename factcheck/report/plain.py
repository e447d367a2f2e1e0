"""Makes untrusted text safe to show: claims and sources may hold escape sequences or worse."""

from __future__ import annotations

import re
from collections.abc import Iterable

# ECMA-48: CSI sequences, string sequences up to their terminator, and two-character escapes, in
# the 7-bit form (after ESC) and the 8-bit form (a single C1 character).
_ESCAPES = re.compile(
    r"(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]"
    r"|(?:\x1b[PX\]^_]|[\x90\x98\x9d-\x9f])[^\x07\x1b\x9c\n]*(?:\x07|\x1b\\|\x9c)?"
    r"|\x1b[ -/]*[0-~]?"
)
# Whatever is left of C0 and C1, byte order marks, non-characters, and the marks that reorder text
# on screen ("Trojan source").
_INVISIBLE = re.compile(
    r"[\x00-\x08\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]"
)
_NEWLINES = re.compile(r"\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_SURROGATES = re.compile(r"[\ud800-\udfff]")
_SPACES = re.compile(r"\s+")


def clean_text(text: str) -> str:
    """Text without escape sequences, control characters and reordering marks; lines are kept."""
    text = _INVISIBLE.sub("", _NEWLINES.sub("\n", _ESCAPES.sub("", text)))
    return _SURROGATES.sub("\ufffd", text)


def one_line(text: str) -> str:
    """Clean text on one line: every run of white space becomes one space, ends are trimmed."""
    return _SPACES.sub(" ", clean_text(text)).strip()


def shorten(text: str, limit: int) -> str:
    """Clean text on one line of at most `limit` characters, cut at a word where there is one."""
    text = one_line(text)
    if len(text) <= limit:
        return text
    head = text[: limit - 1]
    space = head.rfind(" ")
    if space > limit // 2:
        head = head[:space]
    return head.rstrip(" ,;:") + "…"


def marked_pieces(text: str, spans: Iterable[tuple[int, int]]) -> list[tuple[str, bool]]:
    """Split text at the marked spans.

    Spans outside the text are dropped, and those that overlap or have only spaces between them
    are merged: a wrong highlight must never cost a reader the passage.

    Args:
        text: the passage, as the source has it.
        spans: offsets into `text`, in any order.

    Returns:
        `(piece, marked)`, in reading order; the pieces joined are the text.
    """
    pieces: list[tuple[str, bool]] = []
    position = 0
    for start, end in _merged(spans, text):
        if start > position:
            pieces.append((text[position:start], False))
        pieces.append((text[start:end], True))
        position = end
    if position < len(text):
        pieces.append((text[position:], False))
    return pieces


def _merged(spans: Iterable[tuple[int, int]], text: str) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if not 0 <= start < end <= len(text):
            continue
        if merged and not text[merged[-1][1] : start].strip():
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def flowed_pieces(text: str, spans: Iterable[tuple[int, int]]) -> list[tuple[str, bool]]:
    """Like `marked_pieces`, but cleaned and on one line, without empty pieces."""
    found = marked_pieces(text, spans)
    pieces = [(_SPACES.sub(" ", clean_text(piece)), marked) for piece, marked in found]
    if pieces:
        pieces[0] = (pieces[0][0].lstrip(), pieces[0][1])
        pieces[-1] = (pieces[-1][0].rstrip(), pieces[-1][1])
    return [(piece, marked) for piece, marked in pieces if piece]
