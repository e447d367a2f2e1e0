"""Plain text, and the front matter that plain text and Markdown share."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from factcheck.errors import SourceError, Where
from factcheck.records import Problem, Segment, Source
from factcheck.sources.blocks import Outline, build_source, is_reference_heading
from factcheck.sources.decode import decode_text
from factcheck.sources.limits import BAD_METADATA
from factcheck.sources.metadata import field_name
from factcheck.text import Span, canonical_text, paragraph_spans
from factcheck.yaml_lines import Lined, load_yaml_with_lines

_HEADER_LINE = re.compile(r"([A-Za-z][A-Za-z _-]{1,24}):[ \t]+(\S.*)")
_UNDERLINE = re.compile(r"([=\-~*#])\1{2,}")
_END_MARKS = tuple(".!?:;,…\"'”’)]")
# A front matter that does not end within this many lines is no front matter.
_MAX_FRONT_LINES = 400


@dataclass(slots=True)
class FrontMatter:
    """Metadata at the top of a text file.

    Args:
        values: raw values by field name.
        lines: line of each field.
        body: the text below.
        first_line: line of the file on which the body starts.
    """

    body: str
    first_line: int = 1
    values: dict[str, object] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


def split_front_matter(text: str, path: str) -> FrontMatter:
    """Take YAML between two `---` lines off the top of a text.

    Keys that factcheck does not know are left alone: site generators keep their own there.

    Args:
        text: canonical text of the whole file.
        path: for messages.
    """
    if not text.startswith("---"):
        return FrontMatter(text)
    lines = text.split("\n", _MAX_FRONT_LINES)
    if lines[0].rstrip() != "---":
        return FrontMatter(text)
    ends = (
        index
        for index in range(1, min(len(lines), _MAX_FRONT_LINES))
        if lines[index].rstrip() in ("---", "...")
    )
    number = next(ends, None)
    if number is None:
        return FrontMatter(text)
    inner = "\n".join(lines[1:number])
    front = FrontMatter("\n".join(lines[number + 1 :]), number + 2)
    try:
        root = load_yaml_with_lines(inner, path, error=SourceError)
    except SourceError as error:
        if not re.match(r"\s*[\w-]+:", inner):  # two rules with prose between them
            return FrontMatter(text)
        front.problems.append(_problem(error, path))
        return front
    if root is None or root.value is None:
        return front
    if not isinstance(root.value, dict):
        return FrontMatter(text)
    take_fields(root.value, front)
    return front


def take_fields(entries: dict[str, Lined], front: FrontMatter) -> None:
    """Copy the entries that name a field; an exact name wins over a synonym."""
    for exact in (False, True):
        for key, node in entries.items():
            name = field_name(key)
            if name is None or (name == key) is not exact:
                continue
            front.values[name] = plain_value(node)
            front.lines[name] = (node.key_line or node.line) + 1  # below the first rule


def plain_value(node: Lined) -> object:
    """A value for `clean_metadata`: scalars as written, so that `language: no` is Norwegian."""
    if isinstance(node.value, list):
        return [plain_value(item) for item in node.value]
    if isinstance(node.value, dict):
        return node.value
    return None if node.value is None else node.text


def _problem(error: SourceError, path: str) -> Problem:
    line = error.where.line if isinstance(error.where, Where) else None
    return Problem(
        path=path,
        message=f"the front matter was left out: {error.message}",
        hint=error.hint,
        code=BAD_METADATA,
        line=None if line is None else line + 1,
    )


def read_plain(data: bytes, path: str) -> tuple[list[Source], list[Problem]]:
    """Read a text file: optional front matter or "Key: value" lines, then paragraphs."""
    decoded = decode_text(data, path)
    front = split_front_matter(canonical_text(decoded.text), path)
    if front.first_line == 1:
        _take_header_lines(front)
    spans = paragraph_spans(front.body)
    title = _title_span(front.body, spans)
    if title is not None:
        front.values.setdefault("title", front.body[title.start : title.end])
    segments = _segments(front.body, spans, title, front.first_line)
    source, problems = build_source(
        path=path,
        text=front.body,
        segments=segments,
        metadata=front.values,
        format_name="text",
        lines=front.lines,
    )
    notes = [decoded.problem] if decoded.problem else []
    return [source], notes + front.problems + problems


def _take_header_lines(front: FrontMatter) -> None:
    """Take lines such as "Title: …", "Date: …" off the top, if there is nothing else there."""
    spans = paragraph_spans(front.body[:4000])
    if len(spans) < 2:
        return
    block = front.body[: spans[0].end].lstrip("\n")
    found = [_HEADER_LINE.fullmatch(line.rstrip()) for line in block.split("\n")]
    names = [field_name(match[1]) if match else None for match in found]
    if len(names) < 2 or None in names:
        return
    offset = front.body.index(block)
    start = front.body.count("\n", 0, offset) + 1
    for index, (match, name) in enumerate(zip(found, names)):
        if match is not None and name is not None:
            front.values[name] = match[2]
            front.lines[name] = start + index
    front.first_line = start + len(found)
    front.body = front.body[offset + len(block) :].removeprefix("\n")


def _title_span(text: str, spans: list[Span]) -> Span | None:
    """A first line that stands alone, without a full stop, above text with full stops."""
    if len(spans) < 2:
        return None
    first = text[spans[0].start : spans[0].end]
    if "\n" in first or len(first) > 150 or first.endswith(_END_MARKS) or first[0] in "-*•":
        return None
    closed = sum(text[span.end - 1] in ".!?\"”'’)" for span in spans[1:])
    return spans[0] if closed * 2 > len(spans) - 1 else None


def _segments(text: str, spans: list[Span], title: Span | None, first_line: int) -> list[Segment]:
    outline = Outline()
    segments = []
    line, counted = first_line, 0
    for span in spans:
        line += text.count("\n", counted, span.start)
        counted = span.start
        block = text[span.start : span.end]
        is_heading = span == title or _is_heading(block)
        if is_heading and span != title:
            outline.open(block.split("\n")[0], 1)
        segments.append(
            Segment(
                start=span.start,
                end=span.end,
                place=f"line {line}",
                heading=outline.heading,
                evidence=outline.evidence and not is_heading,
            )
        )
    return segments


def _is_heading(block: str) -> bool:
    """Only what is certain: underlined, in capitals, or the name of a reference list."""
    lines = block.split("\n")
    if len(lines) == 2 and len(lines[0]) <= 120 and _UNDERLINE.fullmatch(lines[1].strip()):
        return True
    if len(lines) > 1 or len(block) > 120:
        return False
    if is_reference_heading(block):
        return True
    letters = [char for char in block if char.isalpha()]
    few_words = len(letters) > 1 and len(block.split()) <= 6
    return few_words and all(char.isupper() for char in letters) and not block.endswith(".")
