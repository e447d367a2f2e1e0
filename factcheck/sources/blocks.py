"""Blocks of a document put together into one text with named segments.

Readers of structured formats (HTML, DOCX, PDF, transcripts) produce blocks; this module writes the
text of record, so that every offset is known the moment the text comes into being.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum
from typing import Any

from factcheck.errors import SourceError
from factcheck.records import Problem, Segment, Source
from factcheck.sources.limits import MAX_TEXT_CHARS, NO_TEXT, TOO_LARGE
from factcheck.sources.metadata import clean_metadata
from factcheck.text import canonical_text

# A longer heading is cut in the name of a place.
_HEADING_CHARS = 60


class BlockKind(Enum):
    """What a block is in its document."""

    PARAGRAPH = "paragraph"
    HEADING = "heading"
    ROW = "row"
    ASIDE = "aside"


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A piece of a block that has a place of its own: a page's share, one cue.

    Args:
        text: any decoded text.
        place: what `Segment.place` will say.
        glue: what stands between this part and the one before it in the same block.
    """

    text: str
    place: str | None = None
    glue: str = " "


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A paragraph, heading, table row or turn of a speaker.

    Args:
        level: of a heading, 1 is the highest.
    """

    parts: tuple[Part, ...]
    kind: BlockKind = BlockKind.PARAGRAPH
    level: int = 2
    speaker: str | None = None


def text_block(
    text: str,
    *,
    kind: BlockKind = BlockKind.PARAGRAPH,
    level: int = 2,
    place: str | None = None,
) -> Block:
    """A block that consists of one part."""
    return Block(parts=(Part(text=text, place=place),), kind=kind, level=level)


# Lists of other works: a sentence there is somebody's title, never a statement of this source.
_REFERENCE_HEADINGS = frozenset(
    {
        "references",
        "reference list",
        "bibliography",
        "works cited",
        "literature cited",
        "citations",
        "notes",
        "notes and references",
        "footnotes",
        "endnotes",
        "see also",
        "external links",
        "further reading",
        "related articles",
        "related stories",
        "read more",
    }
)
_NUMBERING = re.compile(r"^(?:\d+(?:\.\d+)*|[IVXLC]+)[.)]?\s+")


def is_reference_heading(text: str) -> bool:
    """Whether a heading opens a list of other works."""
    bare = _NUMBERING.sub("", text.strip()).strip(" :.#*_").casefold()
    return bare in _REFERENCE_HEADINGS


@dataclass(slots=True)
class Outline:
    """Which heading is above, and whether the current section may be evidence."""

    heading: str | None = None
    _reference_level: int | None = field(default=None)

    def open(self, heading: str, level: int) -> None:
        """Go on to the section under a heading."""
        self.heading = " ".join(heading.split()) or self.heading
        if self._reference_level is not None and level <= self._reference_level:
            self._reference_level = None
        if self._reference_level is None and is_reference_heading(heading):
            self._reference_level = level

    @property
    def evidence(self) -> bool:
        """False inside a reference list."""
        return self._reference_level is None


def name_places(blocks: Iterable[Block], title: str | None = None) -> Iterator[Block]:
    """Give every block without a place one that a reader can look up.

    A page or a Word document has no lines of its own, so its paragraphs are counted, from the top
    of the text to its end, and the heading above is named: `paragraph 12, under "Losses"`. A
    heading is named by its words, `heading "Losses"`.

    Args:
        blocks: in reading order; those without text are not counted.
        title: of the document; a heading that only repeats it is not named.
    """
    outline = Outline()
    known = " ".join((title or "").split())
    number = 0
    for block in blocks:
        text = " ".join(" ".join(part.text for part in block.parts).split())
        if not text:
            continue
        if block.kind is BlockKind.HEADING:
            outline.open(text, block.level)
            name = f"heading {_quoted(text)}"
        else:
            number += block.parts[0].place is None
            name = f"paragraph {number}"
            if outline.heading and outline.heading != known:
                name += f", under {_quoted(outline.heading)}"
        parts = tuple(replace(part, place=part.place or name) for part in block.parts)
        yield replace(block, parts=parts)


def _quoted(heading: str) -> str:
    if len(heading) > _HEADING_CHARS:
        heading = heading[:_HEADING_CHARS].rsplit(" ", 1)[0] + " …"
    return '"' + heading.replace('"', "'") + '"'


def assemble(blocks: Iterable[Block]) -> tuple[str, tuple[Segment, ...]]:
    """Write blocks one after the other, a blank line between two.

    Args:
        blocks: in reading order; blocks without text are left out.

    Returns:
        Canonical text and the segments, in order.
    """
    pieces: list[str] = []
    segments: list[Segment] = []
    outline = Outline()
    position = 0
    for block in blocks:
        parts = [(part, _clean(part.text)) for part in block.parts]
        parts = [(part, text) for part, text in parts if text]
        if not parts:
            continue
        is_heading = block.kind is BlockKind.HEADING
        if is_heading:
            outline.open(" ".join(text for _, text in parts), block.level)
        evidence = outline.evidence and block.kind in (BlockKind.PARAGRAPH, BlockKind.ROW)
        for number, (part, text) in enumerate(parts):
            separator = part.glue if number else ("\n\n" if pieces else "")
            start = position + len(separator)
            position = start + len(text)
            pieces += [separator, text]
            segments.append(
                Segment(
                    start=start,
                    end=position,
                    place=part.place,
                    speaker=block.speaker,
                    heading=outline.heading,
                    evidence=evidence,
                )
            )
    return "".join(pieces), tuple(segments)


def _clean(text: str) -> str:
    text = canonical_text(text).strip()
    # A combining mark at the start would merge with what stands before it and move every offset.
    while text and unicodedata.combining(text[0]):
        text = text[1:].lstrip()
    return text


def row_blocks(
    rows: Sequence[Sequence[str]], *, place: str, header: bool | None = None
) -> list[Block]:
    """Table rows as blocks, "column: value; column: value.", so that a row stands by itself.

    Args:
        rows: cells of each row.
        place: put before the number of the row, as in "table 2, row 5".
        header: whether the first row names the columns; None decides by its looks.
    """
    rows = [[" ".join(cell.split()) for cell in row] for row in rows]
    if header is None:
        header = _looks_like_header(rows)
    blocks = []
    for number, row in enumerate(rows, start=1):
        if header and number == 1:
            text, kind = "; ".join(cell for cell in row if cell), BlockKind.ASIDE
        else:
            text, kind = row_text(rows[0], row) if header else _plain_row(row), BlockKind.ROW
        blocks.append(text_block(text, kind=kind, place=f"{place}row {number}"))
    return blocks


def row_text(names: Sequence[str], row: Sequence[str]) -> str:
    """One row as "column: value; column: value."; empty cells are left out."""
    pairs = []
    for index, cell in enumerate(row):
        name = names[index].strip(" :") if index < len(names) else ""
        value = cell.strip().rstrip(";")
        if value:
            pairs.append(f"{name}: {value}" if name else value)
    if not pairs:
        return ""
    text = "; ".join(pairs)
    return text if text[-1] in ".!?" else text + "."


def _plain_row(row: Sequence[str]) -> str:
    cells = [cell for cell in row if cell]
    if len(row) == 2 and len(cells) == 2 and len(cells[0]) <= 40 and not cells[0].endswith("."):
        return f"{cells[0].rstrip(':')}: {cells[1]}"
    return "; ".join(cells)


def _looks_like_header(rows: Sequence[Sequence[str]]) -> bool:
    if len(rows) < 2 or len(rows[0]) < 2:
        return False
    first = rows[0]
    if any(not cell or len(cell) > 60 for cell in first[1:]) or len(set(first)) < len(first):
        return False
    # Two columns of words are as often pairs (name, value) as a table with a header.
    if len(first) == 2:
        return not _has_digit(first[1]) and all(_has_digit(row[-1]) for row in rows[1:] if row)
    return not any(_has_digit(cell) and not _is_year(cell) for cell in first)


def _has_digit(cell: str) -> bool:
    return any(char.isdigit() for char in cell)


def _is_year(cell: str) -> bool:
    return len(cell) == 4 and cell.isdigit() and cell[0] in "12"


def build_source(
    *,
    path: str,
    text: str,
    segments: Sequence[Segment],
    metadata: Mapping[str, Any],
    format_name: str,
    default_id: str | None = None,
    lines: Mapping[str, int] | None = None,
    line: int | None = None,
) -> tuple[Source, list[Problem]]:
    """Make a source of canonical text and raw metadata.

    Args:
        path: relative POSIX path; the id when neither metadata nor `default_id` gives one.
        metadata: raw values by field name.
        lines, line: where the metadata stands in the file, for problems.

    Returns:
        The source and what was wrong with its metadata.

    Raises:
        SourceError: FC305 when there is no text, FC309 when there is too much.
    """
    if not text.strip():
        raise SourceError("there is no text in it", where=path, code=NO_TEXT)
    if len(text) > MAX_TEXT_CHARS:
        raise SourceError(
            f"the text has more than {MAX_TEXT_CHARS:,} characters",
            where=path,
            hint="split the document into several files",
            code=TOO_LARGE,
        )
    clean, problems = clean_metadata(metadata, path, lines=lines, line=line)
    identifier = clean.pop("id", None) or default_id or unicodedata.normalize("NFC", path)
    source = Source(
        id=identifier,
        path=path,
        text=text,
        sha256=hashlib.sha256(text.encode("utf-8")).hexdigest(),
        format=format_name,
        segments=tuple(segments),
        **clean,
    )
    return source, problems
