"""Markdown: rendered line by line, so that line numbers of text and file stay in step.

The text of record is what a reader sees: emphasis and link marks are gone, table rows name their
columns. Every line of the file stays one line, which is why "line 12" is true of both.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass

from factcheck.records import Problem, Segment, Source
from factcheck.sources.blocks import Outline, build_source, row_text
from factcheck.sources.decode import decode_text
from factcheck.sources.plain import split_front_matter
from factcheck.text import canonical_text

_FENCE = re.compile(r"\s{0,3}(`{3,}|~{3,})")
_HEADING = re.compile(r"\s{0,3}(#{1,6})(?:[ \t]+(.*?))?(?:[ \t]+#+)?[ \t]*$")
_SETEXT = re.compile(r"\s{0,3}(=+|-+)[ \t]*$")
_RULE = re.compile(r"\s{0,3}([-*_])(?:[ \t]*\1){2,}[ \t]*$")
_LINK_DEFINITION = re.compile(r"\s{0,3}\[(?!\^)[^\]]+\]:\s*\S+")
_FOOTNOTE = re.compile(r"\s{0,3}\[\^[^\]]+\]:\s*")
_QUOTE_MARK = re.compile(r"(?:\s{0,3}>[ \t]?)+")
_TABLE_RULE = re.compile(r"\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*$")
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_LIST_ITEM = re.compile(r"\s*(?:[-*+]|\d{1,9}[.)])[ \t]+")

_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
_CODE = re.compile(r"(`+)(.+?)\1")
_IMAGE = re.compile(r"!\[([^\]]*)\](?:\([^()\n]*(?:\([^()\n]*\)[^()\n]*)*\)|\[[^\]]*\])")
_LINK = re.compile(r"\[([^\[\]]+)\](?:\([^()\n]*(?:\([^()\n]*\)[^()\n]*)*\)|\[[^\]]*\])")
_FOOTNOTE_MARK = re.compile(r"\[\^[^\]\s]+\]")
_AUTOLINK = re.compile(r"<(https?://[^<>\s]+)>")
_TAG = re.compile(r"</?[a-zA-Z][a-zA-Z0-9-]*(?:\s[^<>]*)?/?>")
_STRUCK = re.compile(r"~~(?=\S).+?(?<=\S)~~[ \t]?")
_STRONG = re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1")
_STAR = re.compile(r"(?<![\d*])\*(?=[^\s*])([^*]+?)(?<=\S)\*(?!\d)")
_UNDERSCORE = re.compile(r"(?<!\w)_(?=[^\s_])([^_]+?)(?<=\S)_(?!\w)")
# Escaped marks are parked in a private use area while the others are removed.
_PARK = 0xF0000


@dataclass(frozen=True, slots=True)
class _Line:
    """A rendered line.

    Args:
        kind: "text", "heading", "row", "code", "aside" or "blank".
    """

    text: str
    kind: str
    level: int = 0


def read_markdown(data: bytes, path: str) -> tuple[list[Source], list[Problem]]:
    """Read a Markdown file with optional YAML front matter."""
    decoded = decode_text(data, path)
    front = split_front_matter(canonical_text(decoded.text), path)
    lines = list(_render(_blank_comments(front.body).split("\n")))
    text = canonical_text("\n".join(line.text for line in lines))
    title = next((line.text.strip() for line in lines if line.kind == "heading"), None)
    if title and any(line.level == 1 for line in lines):
        title = next(line.text.strip() for line in lines if line.level == 1)
    if title:
        front.values.setdefault("title", title)
    source, problems = build_source(
        path=path,
        text=text,
        segments=_segments(text, lines, front.first_line),
        metadata=front.values,
        format_name="markdown",
        lines=front.lines,
    )
    notes = [decoded.problem] if decoded.problem else []
    return [source], notes + front.problems + problems


def _blank_comments(text: str) -> str:
    if "<!--" not in text:
        return text
    return _COMMENT.sub(lambda match: "\n" * match[0].count("\n"), text)


def _render(lines: list[str]) -> Iterator[_Line]:
    fence: str | None = None
    columns: list[str] | None = None
    in_paragraph = False
    for index, line in enumerate(lines):
        following = lines[index + 1] if index + 1 < len(lines) else ""
        mark = _FENCE.match(line)
        if fence is not None or mark:
            if mark and fence is None:
                fence = mark[1]
                yield _Line("", "blank")
            elif mark and fence and mark[1].startswith(fence) and not line[mark.end() :].strip():
                fence = None
                yield _Line("", "blank")
            else:
                yield _Line(line, "code")
            columns, in_paragraph = None, False
            continue
        line = _unquote(line)
        if columns is not None:
            if "|" in line and line.strip():
                is_rule = _TABLE_RULE.match(line)
                cells = _cells(line)
                yield _Line("", "blank") if is_rule else _Line(row_text(columns, cells), "row")
                continue
            columns = None
        if "|" in line and "-" in following and "|" in following and _TABLE_RULE.match(following):
            columns = _cells(line)
            yield _Line("; ".join(cell for cell in columns if cell), "aside")
            in_paragraph = False
            continue
        rendered = _line(line, following, in_paragraph)
        in_paragraph = rendered.kind == "text"
        yield rendered


def _line(line: str, following: str, in_paragraph: bool) -> _Line:
    if not line.strip() or _RULE.match(line) or _LINK_DEFINITION.match(line):
        return _Line("", "blank")
    if _SETEXT.match(line):  # the heading above was seen with this line as its `following`
        return _Line("", "blank")
    if match := _HEADING.match(line):
        return _Line(_inline(match[2] or ""), "heading", len(match[1]))
    if match := _FOOTNOTE.match(line):
        return _Line(_inline(line[match.end() :]), "aside")
    underline = _SETEXT.match(following)
    if underline and not in_paragraph and not _LIST_ITEM.match(line):
        return _Line(_inline(line), "heading", 1 if "=" in underline[1] else 2)
    return _Line(_inline(line), "text")


def _unquote(line: str) -> str:
    match = _QUOTE_MARK.match(line)
    return line[match.end() :] if match else line


def _cells(line: str) -> list[str]:
    parked = line.strip().replace("\\|", chr(_PARK + ord("|")))
    cells = parked.removeprefix("|").removesuffix("|").split("|")
    return [_inline(cell.replace(chr(_PARK + ord("|")), "|")).strip() for cell in cells]


def _inline(text: str) -> str:
    """Remove marks inside a line. Struck-out words go too: their author took them back."""
    if not any(mark in text for mark in "\\`[*_<~&"):
        return text
    indent = text[: len(text) - len(text.lstrip())]
    item = _LIST_ITEM.match(text)
    lead = item[0] if item else indent
    body = text[len(lead) :]
    body = _CODE.sub(lambda match: _parked(match[2]), body)
    body = _ESCAPE.sub(lambda match: _parked(match[1]), body)
    body = _IMAGE.sub("", body)
    body = _FOOTNOTE_MARK.sub("", body)
    body = _LINK.sub(r"\1", body)
    body = _AUTOLINK.sub(lambda match: _parked(match[1]), body)
    body = _TAG.sub("", body)
    body = _STRUCK.sub("", body)
    for _ in range(2):  # bold inside italics and the other way round
        body = _STRONG.sub(r"\2", body)
        body = _STAR.sub(r"\1", body)
        body = _UNDERSCORE.sub(r"\1", body)
    return lead + html.unescape("".join(_unparked(char) for char in body)).replace("\n", " ")


def _parked(text: str) -> str:
    return "".join(chr(_PARK + ord(char)) if char in _MARKS else char for char in text)


_MARKS = frozenset("\\`[]*_<>~&!()|#+-.{}\"'")


def _unparked(char: str) -> str:
    code = ord(char) - _PARK
    return chr(code) if 0 < code < 0x80 else char


def _segments(text: str, lines: list[_Line], first_line: int) -> list[Segment]:
    """One segment per run of lines of a kind; headings and table rows stand alone."""
    outline = Outline()
    segments: list[Segment] = []
    start = position = 0
    kind, number = "blank", first_line
    # The rendered text was made canonical as a whole: measure its own lines, not the pieces.
    for index, line_text in enumerate(text.split("\n")):
        line = lines[index] if index < len(lines) else _Line("", "blank")
        line_kind = line.kind if line_text.strip() else "blank"
        joined = line_kind == kind and kind in ("text", "code")
        if not joined:
            _close(segments, text, start, position - 1, kind, number, outline)
            start, kind, number = position, line_kind, first_line + index
            if line_kind == "heading":
                outline.open(line_text, line.level)
        position += len(line_text) + 1
    _close(segments, text, start, len(text), kind, number, outline)
    return segments


def _close(
    segments: list[Segment],
    text: str,
    start: int,
    end: int,
    kind: str,
    number: int,
    outline: Outline,
) -> None:
    if kind == "blank" or not text[start:end].strip():
        return
    segments.append(
        Segment(
            start=start,
            end=end,
            place=f"line {number}",
            heading=outline.heading,
            evidence=outline.evidence and kind in ("text", "row"),
        )
    )
