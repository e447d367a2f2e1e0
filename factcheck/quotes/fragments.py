"""Quoted stretches inside running text: pairs of quotation marks, never apostrophes."""

from __future__ import annotations

import re
from dataclasses import dataclass

_CLOSERS = {"\u201c": "\u201d", "\u201e": "\u201c\u201d", "\u00ab": "\u00bb", "\u2039": "\u203a"}
_MARK = re.compile(
    "[\"'\u2018\u2019\u201a\u201b\u201c\u201d\u201e\u201f\u00ab\u00bb\u2039\u203a\uff02]"
    r"|\n[ \t]*\n\s*"
)
_OPENS_AFTER = frozenset(
    " \n\t([{-/>*_\u2010\u2011\u2012\u2013\u2014\u2015\u00a0\u202f\u2009\"'\u201c\u2018\u00ab"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fragment:
    """Words between quotation marks.

    Args:
        text: the words without their marks; `text == whole[start:end]`.
        start, end: offsets of the words.
        outer_start, outer_end: offsets with the marks.
        depth: 0 for a quotation, 1 for a quotation inside one, and so on.
    """

    text: str
    start: int
    end: int
    outer_start: int
    outer_end: int
    depth: int = 0


@dataclass(slots=True)
class _Open:
    mark: str
    position: int
    depth: int


def quoted_fragments(text: str) -> list[Fragment]:
    """Every quoted stretch of a text.

    Straight, curly and angle marks, double and single, nested in one another. Apostrophes,
    feet and inches, and marks without a partner in their paragraph give nothing. A quotation that
    goes on in the next paragraph, which then opens with a mark of its own, is one fragment.

    Args:
        text: a claim, a sentence or a document.

    Returns:
        Fragments by start, outer before inner. Empty ones are left out.
    """
    stack: list[_Open] = []
    found: list[Fragment] = []
    for match in _MARK.finditer(text):
        mark, position = match.group(), match.start()
        if mark[0] == "\n":
            _end_paragraph(stack, text, match.end())
        elif mark in "'\u2018\u2019\u201a\u201b":
            _single(mark, position, text, stack, found)
        else:
            _double(mark, position, text, stack, found)
    return sorted(found, key=lambda fragment: (fragment.start, -fragment.end))


def _end_paragraph(stack: list[_Open], text: str, next_start: int) -> None:
    following = text[next_start : next_start + 1]
    if not (stack and following and following == stack[0].mark):
        stack.clear()


def _double(mark: str, position: int, text: str, stack: list[_Open], found: list[Fragment]) -> None:
    mark = '"' if mark in "\uff02" else "\u201c" if mark == "\u201f" else mark
    for index in range(len(stack) - 1, -1, -1):
        opener = stack[index].mark
        closes = mark in _CLOSERS.get(opener, "") if opener != '"' else mark == '"'
        if opener == "\u201c" and mark == "\u201c":
            return  # a paragraph that continues the quotation opens with a mark of its own
        if not closes or (mark == '"' and _only_opens(text, position)):
            continue
        _close(stack, index, position, text, found)
        return
    if mark == '"':
        if any(item.mark == '"' for item in stack):
            if _paragraph_start(text, position):
                return
            del stack[next(i for i, item in enumerate(stack) if item.mark == '"') :]
        if _before(text, position) in _OPENS_AFTER and _after(text, position).strip():
            stack.append(_Open(mark, position, len(stack)))
    elif mark in _CLOSERS:
        stack.append(_Open(mark, position, len(stack)))


def _single(mark: str, position: int, text: str, stack: list[_Open], found: list[Fragment]) -> None:
    before, after = _before(text, position), _after(text, position)
    if before.isalnum() and after.isalnum():
        return
    if mark in "\u2018\u201a" or (mark == "'" and not any(i.mark == "'" for i in stack)):
        opens = before in _OPENS_AFTER and after.isalnum() and not (mark == "'" and after.isdigit())
        if opens:
            stack.append(_Open(mark, position, len(stack)))
            return
    if mark == "\u201a":
        return
    for index in range(len(stack) - 1, -1, -1):
        opener = stack[index].mark
        if mark == "'" if opener == "'" else opener in "\u2018\u201a" and mark in "\u2019\u2018":
            if before.isspace() or _is_possessive(text, position, mark):
                return
            _close(stack, index, position, text, found)
            return


def _is_possessive(text: str, position: int, mark: str) -> bool:
    """ "the ministers' plan": an s before, a lower-case word after, and a better partner later."""
    if _before(text, position) not in "sS" or not re.match(r" [a-z]", text[position + 1 :][:2]):
        return False
    rest = re.split(r"\n[ \t]*\n", text[position + 1 : position + 600], maxsplit=1)[0]
    opener = "\u2018" if mark == "\u2019" else None
    if opener and opener in rest:
        rest = rest[: rest.index(opener)]
    return re.search(rf"[^\s]{re.escape(mark)}(?![^\W_])", rest) is not None


def _close(stack: list[_Open], index: int, position: int, text: str, found: list[Fragment]) -> None:
    opened = stack[index]
    del stack[index:]
    start, end = opened.position + 1, position
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end and text[start:end].casefold() != "n":  # rock 'n' roll
        found.append(
            Fragment(
                text=text[start:end],
                start=start,
                end=end,
                outer_start=opened.position,
                outer_end=position + 1,
                depth=opened.depth,
            )
        )


def _before(text: str, position: int) -> str:
    return text[position - 1] if position else " "


def _after(text: str, position: int) -> str:
    return text[position + 1] if position + 1 < len(text) else " "


def _only_opens(text: str, position: int) -> bool:
    return _before(text, position).isspace() and not _after(text, position).isspace()


def _paragraph_start(text: str, position: int) -> bool:
    return re.search(r"(?:^|\n[ \t]*\n)\s*$", text[max(0, position - 80) : position]) is not None
