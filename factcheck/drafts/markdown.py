"""Markdown and plain text drafts: markup hidden, every character kept in its place."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from factcheck.drafts.rendered import GONE, BlockKind, Canvas
from factcheck.sources.metadata import field_name
from factcheck.sources.plain import split_front_matter

_FENCE = re.compile(r"\s{0,3}(`{3,}|~{3,})")
_HEADING = re.compile(r"\s{0,3}#{1,6}(?:[ \t]+|$)")
_HEADING_END = re.compile(r"[ \t]+#+[ \t]*$")
_SETEXT = re.compile(r"\s{0,3}(?:=+|-+)[ \t]*$")
_RULE = re.compile(r"\s{0,3}([-*_])(?:[ \t]*\1){2,}[ \t]*$")
_LINK_DEFINITION = re.compile(r"\s{0,3}\[(?![\^@])[^\]]+\]:\s*\S+")
_FOOTNOTE = re.compile(r"\s{0,3}\[\^([^\]\s]+)\]:\s*")
_QUOTE_MARK = re.compile(r"(?:\s{0,3}>[ \t]?)+")
_TABLE_RULE = re.compile(r"\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)+\|?\s*$")
_LIST_ITEM = re.compile(r"\s*(?:[-*+]|\d{1,9}[.)])[ \t]+")
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_HEADER_LINE = re.compile(r"([A-Za-z][A-Za-z _-]{1,24}):[ \t]+(\S.*)")
_UNDERLINE = re.compile(r"([=\-~*#])\1{2,}\s*$")

_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
_CODE = re.compile(r"(`+)(.+?)\1", re.DOTALL)
_IMAGE = re.compile(r"!\[[^\]]*\](?:\([^()]*(?:\([^()]*\)[^()]*)*\)|\[[^\]]*\])")
_LINK = re.compile(r"(\[)([^\[\]]+)(\](?:\([^()]*(?:\([^()]*\)[^()]*)*\)|\[[^\]]*\]))")
_AUTOLINK = re.compile(r"<(https?://[^<>\s]+)>")
_TAG = re.compile(r"</?[a-zA-Z][a-zA-Z0-9-]*(?:\s[^<>]*)?/?>")
_STRUCK = re.compile(r"~~(?=\S).+?(?<=\S)~~[ \t]?", re.DOTALL)
_STRONG = re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)(\1)", re.DOTALL)
_STAR = re.compile(r"(?<![\d*])(\*)(?=[^\s*])([^*]+?)(?<=\S)(\*)(?!\d)")
_UNDERSCORE = re.compile(r"(?<!\w)(_)(?=[^\s_])([^_]+?)(?<=\S)(_)(?!\w)")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});")
# Characters of code spans and escapes stand here while marks are looked for.
_PARK = 0xF0000


def paint_markdown(canvas: Canvas) -> None:
    """Hide the markup of a Markdown file and find its blocks, footnotes and metadata."""
    _take_front_matter(canvas)
    canvas.take_directives()
    for match in _COMMENT.finditer("".join(canvas.chars)):
        canvas.hide(*match.span())
    for kind, start, end in list(_blocks(canvas)):
        _hide_inline(canvas, start, end)
        canvas.add_block(kind, start, end)
    canvas.take_citations()


def paint_plain(canvas: Canvas) -> None:
    """Find the paragraphs and metadata of a text file."""
    first = _take_front_matter(canvas)
    canvas.take_directives()
    if first == 0:
        _take_header_lines(canvas)
    text = "".join(canvas.chars)
    spans = [match.span() for match in re.finditer(r"(?:[^\n]*[^\s\x00][^\n]*(?:\n|\Z))+", text)]
    for number, (start, end) in enumerate(spans):
        block = text[start:end].replace(GONE, "").strip()
        is_title = number == 0 and len(spans) > 1 and _is_title(block)
        is_heading = is_title or _is_heading(block)
        canvas.add_block(BlockKind.HEADING if is_heading else BlockKind.TEXT, start, end)
    for match in _LIST_MARKS.finditer(text):
        canvas.hide(*match.span(1))
    canvas.take_citations()


_LIST_MARKS = re.compile(r"^[ \t]*([-*•][ \t]+)", re.MULTILINE)


def _is_title(block: str) -> bool:
    return "\n" not in block and len(block) <= 150 and not block.endswith(tuple('.!?:;,…"”’)'))


def _is_heading(block: str) -> bool:
    lines = block.split("\n")
    if len(lines) == 2 and len(lines[0]) <= 120 and _UNDERLINE.fullmatch(lines[1].strip()):
        return True
    letters = [char for char in block if char.isalpha()]
    short = len(lines) == 1 and len(letters) > 1 and len(block.split()) <= 8
    return short and all(char.isupper() for char in letters) and not block.endswith(".")


def _take_front_matter(canvas: Canvas) -> int:
    """Read and hide front matter; returns the offset of the text below it."""
    front = split_front_matter(canvas.text.replace(GONE, ""), canvas.path)
    canvas.values.update(front.values)
    canvas.problems.extend(front.problems)
    line = front.first_line - 1
    end = canvas.line_starts[line] if line < len(canvas.line_starts) else len(canvas.text)
    canvas.hide(0, end)
    return end


def _take_header_lines(canvas: Canvas) -> None:
    """Read and hide lines such as "Title: …", "Date: …" at the top of a text file."""
    block = re.match(r"\s*((?:[^\n]*\S[^\n]*\n)+)[ \t]*\n", canvas.text)
    if block is None:
        return
    lines = block[1].replace(GONE, "").strip().split("\n")
    found = [_HEADER_LINE.fullmatch(line.strip()) for line in lines]
    names = [field_name(match[1]) if match else None for match in found]
    if len(names) < 2 or None in names:
        return
    for match, name in zip(found, names):
        if match is not None and name is not None:
            canvas.values[name] = match[2]
    canvas.hide(0, block.end())


def _blocks(canvas: Canvas) -> Iterator[tuple[BlockKind, int, int]]:
    """Blocks with their leading marks hidden, as offsets."""
    open_start: int | None = None
    fence = note = ""
    in_table = False
    end = 0
    for start, line in _lines(canvas):
        if mark := _FENCE.match(line):
            if fence and mark[1].startswith(fence) and not line[mark.end() :].strip():
                fence = ""
            elif not fence:
                fence = mark[1]
            if open_start is not None:
                yield BlockKind.TEXT, open_start, end
                open_start = None
            continue
        if fence:
            continue
        if open_start is not None and _SETEXT.match(line):
            canvas.hide(start, start + len(line))
            yield BlockKind.HEADING, open_start, end
            open_start = None
            continue
        quoted = _QUOTE_MARK.match(line)
        if quoted:
            canvas.hide(start, start + quoted.end())
            start, line = start + quoted.end(), line[quoted.end() :]
        in_table = "|" in line and (in_table or bool(_TABLE_RULE.match(_next_line(canvas, start))))
        if note and line[:2].isspace() and line.strip():
            canvas.notes[note] += " " + line.strip()
            continue
        note = ""
        starts_block = _LIST_ITEM.match(line) or _HEADING.match(line) or _FOOTNOTE.match(line)
        ends_block = not line.strip() or _RULE.match(line) or _LINK_DEFINITION.match(line)
        if open_start is not None and (starts_block or ends_block or in_table):
            yield BlockKind.TEXT, open_start, end
            open_start = None
        if ends_block:
            continue
        if match := _FOOTNOTE.match(line):
            note = match[1]
            canvas.notes[note] = line[match.end() :].strip()
        elif in_table and _TABLE_RULE.match(line):
            continue
        elif in_table:
            yield BlockKind.ROW, start, start + len(line)
        elif match := _HEADING.match(line):
            closing = _HEADING_END.search(line)
            last = closing.start() if closing else len(line)
            yield BlockKind.HEADING, start + match.end(), start + last
        else:
            item = _LIST_ITEM.match(line)
            if open_start is None:
                open_start = start + (item.end() if item else 0)
            end = start + len(line)
    if open_start is not None:
        yield BlockKind.TEXT, open_start, end


def _lines(canvas: Canvas) -> Iterator[tuple[int, str]]:
    start = 0
    for line in "".join(canvas.chars).split("\n"):
        yield start, line.replace(GONE, " ")
        start += len(line) + 1


def _next_line(canvas: Canvas, start: int) -> str:
    line = canvas.line_of(start)
    if line >= len(canvas.line_starts):
        return ""
    first = canvas.line_starts[line]
    last = canvas.line_starts[line + 1] if line + 1 < len(canvas.line_starts) else len(canvas.text)
    return canvas.text[first:last].rstrip("\n").replace(GONE, "")


def _hide_inline(canvas: Canvas, start: int, end: int) -> None:
    """Hide marks inside a block. Struck-out words go too: their author took them back."""
    text = "".join(canvas.chars[start:end])
    if not any(mark in text for mark in "\\`[*_<~&"):
        return
    text = _CODE.sub(lambda m: _gone(m[1]) + _parked(m[2]) + _gone(m[1]), text)
    text = _ESCAPE.sub(lambda m: GONE + _parked(m[1]), text)
    text = _IMAGE.sub(lambda m: _gone(m[0]), text)
    text = _LINK.sub(lambda m: GONE + m[2] + _gone(m[3]), text)
    text = _AUTOLINK.sub(lambda m: GONE + _parked(m[1]) + GONE, text)
    text = _TAG.sub(lambda m: _gone(m[0]), text)
    text = _STRUCK.sub(lambda m: _gone(m[0]), text)
    for _ in range(2):  # bold inside italics and the other way round
        for pattern in (_STRONG, _STAR, _UNDERSCORE):
            text = pattern.sub(lambda m: _gone(m[1]) + m[2] + _gone(m[3]), text)
    for index, char in enumerate(text):
        code = ord(char) - _PARK
        canvas.chars[start + index] = chr(code) if 0 < code < 0x80 else char
    for match in _ENTITY.finditer(text):
        plain = html.unescape(match[0])
        if plain != match[0]:
            canvas.hide(start + match.start(), start + match.end())
            canvas.chars[start + match.start()] = plain


def _gone(text: str) -> str:
    return "".join(char if char == "\n" else GONE for char in text)


def _parked(text: str) -> str:
    return "".join(chr(_PARK + ord(char)) if char in _MARKS else char for char in text)


_MARKS = frozenset("\\`[]*_<>~&!()|#+-.{}\"'")
