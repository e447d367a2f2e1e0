"""Text as a reader sees it, with the place of every character in the file."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import Enum

from factcheck.records import Location, Problem

# A character that the reader of the draft does not see; the file's own zero bytes are replaced.
GONE = "\x00"

_CITATION = re.compile(r"\[(@[^\]\s;@]+(?:;\s*@[^\]\s;@]+)*)\]")
_NOTE_MARK = re.compile(r"\[\^([^\]\s]+)\](?!:)")
_DIRECTIVE = re.compile(r"<!--\s*factcheck\s*:(.*?)-->", re.DOTALL)
_SWITCH = re.compile(r"""\s*(on|off)(?:\s+(?:"([^"]*)"|“([^”]*)”|'([^']*)'|(\S.*?)))?\s*""", re.S)


class BlockKind(Enum):
    """What a stretch of a draft is."""

    TEXT = "text"
    HEADING = "heading"
    ROW = "row"
    CAPTION = "caption"


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, heading, list item or table row: offsets into the rendered text."""

    kind: BlockKind
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Mark:
    """Something written for factcheck rather than for readers.

    Args:
        kind: "off", "on", "source" (a source's name) or "note" (a footnote's number).
        value: reason, name or number.
        position: offset into the rendered text of what stands next to it.
    """

    kind: str
    value: str
    position: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendered:
    """A draft as text.

    Args:
        text: blocks with an empty line between them.
        origins: for each character its offset in the file's text.
        line_starts: offsets of lines (of paragraphs, in DOCX) in the file's text.
        notes: footnotes by their number.
        values: raw metadata by field name.
    """

    path: str
    text: str
    origins: Sequence[int]
    line_starts: Sequence[int]
    blocks: tuple[Block, ...]
    marks: tuple[Mark, ...] = ()
    notes: dict[str, str] = field(default_factory=dict)
    values: dict[str, object] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()

    def location(self, offset: int) -> Location:
        """Line and column, from 1, of a character of the rendered text in the file."""
        if not self.origins:
            return Location(path=self.path, line=1, column=1)
        origin = self.origins[min(offset, len(self.origins) - 1)]
        line = bisect_right(self.line_starts, origin)
        return Location(path=self.path, line=line, column=origin - self.line_starts[line - 1] + 1)


class Canvas:
    """The characters of a file, of which a format hides those that are markup.

    Every step keeps the length, so that an offset means the same before and after it.

    Args:
        path: for messages.
        raw: the decoded file.
        hidden: start with everything hidden.
    """

    def __init__(self, path: str, raw: str, *, hidden: bool = False) -> None:
        self.path = path
        self.text = _one_newline(raw)
        self.chars = [GONE] * len(self.text) if hidden else list(self.text)
        self.line_starts = [0, *(m.end() for m in re.finditer("\n", self.text))]
        self.ranges: list[tuple[BlockKind, int, int]] = []
        self.marks: list[tuple[str, str, int]] = []
        self.notes: dict[str, str] = {}
        self.values: dict[str, object] = {}
        self.problems: list[Problem] = []

    def hide(self, start: int, end: int) -> None:
        """Take characters away; line breaks stay."""
        for index in range(start, end):
            if self.chars[index] != "\n":
                self.chars[index] = GONE

    def line_of(self, offset: int) -> int:
        """Line of an offset, from 1."""
        return bisect_right(self.line_starts, offset)

    def add_block(self, kind: BlockKind, start: int, end: int) -> None:
        """Note a block; blocks come in order and do not overlap."""
        if start < end and any(
            not char.isspace() and char != GONE for char in self.chars[start:end]
        ):
            self.ranges.append((kind, start, end))

    def take_directives(self) -> None:
        """Read and hide `<!-- factcheck: off "reason" -->` and `<!-- factcheck: on -->`."""
        for match in _DIRECTIVE.finditer(self.text):
            self.read_directive(match[1].replace(GONE, ""), match.start())
            self.hide(*match.span())

    def read_directive(self, body: str, position: int) -> None:
        """Note a switch; one that cannot be read is a problem, not silence."""
        switch = _SWITCH.fullmatch(body)
        if switch is None:
            self._complain(
                position,
                f'the comment "factcheck: {" ".join(body.split())[:60]}" is not understood',
                'write `<!-- factcheck: off "reason" -->` or `<!-- factcheck: on -->`',
            )
            return
        reason = next((part for part in switch.groups()[1:] if part), "")
        if switch[1] == "off" and not reason.strip():
            self._complain(
                position,
                "checks are switched off without a reason",
                'write `<!-- factcheck: off "reason" -->`',
            )
        self.marks.append((switch[1], " ".join(reason.split()), position))

    def _complain(self, position: int, message: str, hint: str) -> None:
        self.problems.append(
            Problem(
                path=self.path,
                message=message,
                hint=hint,
                code="FC252",
                line=self.line_of(position),
            )
        )

    def take_citations(self) -> None:
        """Read and hide `[@source]` and `[^1]`."""
        text = "".join(char if len(char) == 1 else GONE for char in self.chars)
        for pattern, kind in ((_CITATION, "source"), (_NOTE_MARK, "note")):
            for match in pattern.finditer(text):
                for value in match[1].split(";") if kind == "source" else (match[1],):
                    self.marks.append((kind, value.strip().removeprefix("@"), match.start()))
                # "killed 12 [@report]." must not leave a space before the full stop
                start = match.start()
                while start and text[start - 1] == " " and text[match.end() :][:1] in ".,;:!?":
                    start -= 1
                self.hide(start, match.end())

    def finish(self) -> Rendered:
        """Put the visible characters of the blocks together."""
        text: list[str] = []
        origins: list[int] = []
        blocks: list[Block] = []
        positions: dict[int, int] = {}
        wanted = sorted({position for _, _, position in self.marks})
        pending = 0
        for kind, start, end in self.ranges:
            if text:
                text.append("\n\n")
                origins.extend((start, start))
            first = len(origins)
            for index in range(start, end):
                while pending < len(wanted) and wanted[pending] <= index:
                    positions[wanted[pending]] = len(origins)
                    pending += 1
                if self.chars[index] != GONE:
                    text.append(self.chars[index])
                    origins.extend([index] * len(self.chars[index]))
            while pending < len(wanted) and wanted[pending] < end:
                positions[wanted[pending]] = len(origins)
                pending += 1
            blocks.append(Block(kind, first, len(origins)))
        marks = tuple(
            Mark(kind, value, positions.get(position, len(origins)))
            for kind, value, position in sorted(self.marks, key=lambda mark: mark[2])
        )
        return Rendered(
            path=self.path,
            text="".join(text),
            origins=origins,
            line_starts=self.line_starts,
            blocks=tuple(blocks),
            marks=marks,
            notes=self.notes,
            values=self.values,
            problems=tuple(self.problems),
        )


def _one_newline(raw: str) -> str:
    """Line breaks as "\\n" in a text of the same length."""
    text = raw.replace(GONE, "\ufffd").replace("\r\n", GONE + "\n").replace("\r", "\n")
    return re.sub("[\x0b\x0c\u2028\u2029\ufeff]", " ", text)
