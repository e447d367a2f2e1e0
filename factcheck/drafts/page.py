"""HTML and DOCX drafts."""

from __future__ import annotations

import html
import re
from html.parser import HTMLParser

from factcheck.drafts.rendered import GONE, BlockKind, Canvas
from factcheck.errors import SourceError
from factcheck.sources.docx import read_docx
from factcheck.sources.html import parse_html, read_meta

_SKIPPED = frozenset(
    "script style noscript template nav aside footer form button select textarea iframe object"
    " svg math canvas audio video dialog menu head del s strike code pre".split()
)
_VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())
_BLOCKS = frozenset(
    "p div section article main header blockquote li ul ol dl dt dd figure figcaption center"
    " address table thead tbody tfoot tr caption details summary body html hr fieldset h1 h2 h3"
    " h4 h5 h6 title".split()
)
_HEADINGS = frozenset("h1 h2 h3 h4 h5 h6 title".split())
_CAPTIONS = frozenset("figcaption caption".split())
_NOTE_CLASS = re.compile(r"\b(?:footnote|reference|noteref)", re.IGNORECASE)
_DIRECTIVE = re.compile(r"\s*factcheck\s*:(.*)", re.DOTALL)


def paint_html(canvas: Canvas) -> None:
    """Show the text of a page's blocks; the canvas must start hidden."""
    painter = _Painter(canvas)
    painter.feed(canvas.text)
    painter.close()
    painter.flush(len(canvas.text))
    canvas.take_citations()
    try:
        canvas.values.update(read_meta(parse_html(canvas.text.replace(GONE, ""), canvas.path)))
    except SourceError:  # a fragment without any element has no metadata either
        return


class _Painter(HTMLParser):
    """Walks through the tags and uncovers the text between them."""

    def __init__(self, canvas: Canvas) -> None:
        super().__init__(convert_charrefs=False)
        self.canvas = canvas
        self.kinds: list[BlockKind] = []
        self.skipping: list[str] = []
        self.start = 0
        self.note_start: int | None = None

    @property
    def position(self) -> int:
        """Offset of what is being handled."""
        line, column = self.getpos()
        return self.canvas.line_starts[line - 1] + column

    def flush(self, end: int) -> None:
        kind = self.kinds[-1] if self.kinds else BlockKind.TEXT
        self.canvas.add_block(kind, self.start, end)
        self.start = end

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _VOID:
            if tag == "br" and not self.skipping:
                self.canvas.chars[self.position] = "\n"
            elif tag == "hr":
                self.flush(self.position)
            return
        given = {name: value or "" for name, value in attrs}
        hidden = "hidden" in given or "display:none" in given.get("style", "").replace(" ", "")
        if self.skipping or tag in _SKIPPED or hidden:
            self.skipping.append(tag)
            return
        if tag == "sup":
            self.note_start = self.position
        if tag == "a" and self.note_start is not None:
            self.skipping.append(tag)  # the number of a footnote
        elif _NOTE_CLASS.search(given.get("class", "")) and tag in ("sup", "a", "span"):
            self.skipping.append(tag)
        if tag in _BLOCKS:
            self.flush(self.position)
            self._open(tag)

    def _open(self, tag: str) -> None:
        if tag in _HEADINGS:
            self.kinds.append(BlockKind.HEADING)
        elif tag in _CAPTIONS:
            self.kinds.append(BlockKind.CAPTION)
        elif tag == "tr":
            self.kinds.append(BlockKind.ROW)

    def handle_endtag(self, tag: str) -> None:
        if tag == "sup":
            self.note_start = None
        if self.skipping:
            if tag in self.skipping:
                while self.skipping.pop() != tag:
                    continue
            return
        if tag in _BLOCKS:
            self.flush(self.position)
            if (tag in _HEADINGS or tag in _CAPTIONS or tag == "tr") and self.kinds:
                self.kinds.pop()
        elif tag in ("td", "th"):
            self.canvas.chars[self.position] = " "

    def handle_data(self, data: str) -> None:
        if self.skipping:
            return
        position = self.position
        for index, char in enumerate(data, start=position):
            self.canvas.chars[index] = " " if char == "\n" else char

    def handle_entityref(self, name: str) -> None:
        self._character(html.unescape(f"&{name};"))

    def handle_charref(self, name: str) -> None:
        self._character(html.unescape(f"&#{name};"))

    def _character(self, text: str) -> None:
        if not self.skipping:
            self.canvas.chars[self.position] = text

    def handle_comment(self, data: str) -> None:
        if directive := _DIRECTIVE.fullmatch(data.replace(GONE, "")):
            self.canvas.read_directive(directive[1], self.position)


def paint_docx(data: bytes, path: str) -> Canvas:
    """A Word document as a canvas; its "lines" are the paragraphs that hold text.

    Raises:
        SourceError: the document is damaged, encrypted or empty.
    """
    sources, _ = read_docx(data, path)
    source = sources[0]
    canvas = Canvas(path, source.text)
    canvas.line_starts = [0, *(segment.start for segment in source.segments[1:])]
    canvas.values["language"] = source.language
    canvas.take_directives()
    for segment in source.segments:
        is_row = bool(segment.place and segment.place.startswith("table"))
        kind = BlockKind.ROW if is_row else BlockKind.TEXT
        canvas.add_block(
            kind if segment.evidence else BlockKind.HEADING, segment.start, segment.end
        )
    canvas.take_citations()
    return canvas
