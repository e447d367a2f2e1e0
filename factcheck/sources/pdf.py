"""PDF: pages to paragraphs, with line breaks and hyphenation undone and page numbers kept."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import Any

from factcheck.errors import SourceError
from factcheck.records import Problem, Source
from factcheck.sources.blocks import (
    Block,
    BlockKind,
    Part,
    assemble,
    build_source,
    is_reference_heading,
    text_block,
)
from factcheck.sources.limits import DAMAGED, ENCRYPTED, NO_TEXT
from factcheck.text import words

# PDFium writes this for a hyphen at a line's end that it has already joined.
_JOINED = "\ufffe"
_SOFT_HYPHEN = "\u00ad"
_DIVIDED = re.compile(rf"[\w'’-]*{_JOINED}[\w'’-]*")
_HYPHENS = ("-", "\u2010", _SOFT_HYPHEN)
_ENDS = tuple(".!?:;…\"'”’)]。")
_BULLET = re.compile(r"[•●▪◦‣∙·–—*-]\s+|\(?(?:\d{1,2}|[a-z])[.)]\s+")
_DIGITS = re.compile(r"\d+|\b[ivxlc]+\b")
_LEADERS = re.compile(r"(?:[.·]\s?){5,}\s*\w{1,5}$")
# PDFium's error numbers, fpdfview.h.
_ERROR_PASSWORD = 4
_ERROR_SECURITY = 5

# A gap that is this much larger than the usual distance of lines starts a paragraph.
_PARAGRAPH_GAP = 1.3
# An indent of a first line, in units of the font's height.
_INDENT = 0.7
# A heading's letters against those of the page.
_HEADING_SIZE = 1.12
# A running line stands on at least this share of the pages, and on at least three.
_RUNNING_SHARE = 0.5


@dataclass(slots=True)
class _Line:
    """One line with its place on the page, in points from the bottom left.

    Args:
        top_y: baseline side of the first character; differs from `y` when PDFium joined lines.
        y: baseline side of the last character.
    """

    text: str
    left: float
    right: float
    top_y: float
    y: float
    height: float
    page: int = 0


def read_pdf(data: bytes, path: str) -> tuple[list[Source], list[Problem]]:
    """Read a PDF that holds text.

    Raises:
        SourceError: FC308 encrypted, FC307 damaged, FC305 no text (a scan).
    """
    document = _open(data, path)
    try:
        pages, failed = _read_pages(document)
        metadata = _metadata(document)
    finally:
        document.close()
    problems = [
        Problem(path=path, message=f"page {number} is damaged and was left out", code=DAMAGED)
        for number in failed
    ]
    if not any(line.text for page in pages for line in page):
        hint = "run it through text recognition (OCR) first" if pages else None
        message = "no text in it; the pages are pictures" if pages else "the PDF has no pages"
        raise SourceError(message, where=path, hint=hint, code=NO_TEXT)
    running = _take_running_lines(pages)
    blocks = _paragraphs(pages)
    blocks += [text_block(text, kind=BlockKind.ASIDE, place=place) for text, place in running]
    text, segments = assemble(blocks)
    source, wrong = build_source(
        path=path, text=text, segments=segments, metadata=metadata, format_name="pdf"
    )
    return [source], problems + wrong


def _open(data: bytes, path: str) -> Any:
    import pypdfium2

    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if getattr(error, "err_code", None) in (_ERROR_PASSWORD, _ERROR_SECURITY):
            raise SourceError(
                "the PDF is encrypted",
                where=path,
                hint="save a copy without a password",
                code=ENCRYPTED,
            ) from error
        raise SourceError(
            "the PDF is damaged or cut off", where=path, hint="fetch it again", code=DAMAGED
        ) from error


def _metadata(document: Any) -> dict[str, Any]:
    """Title and author; the creation date is left out, since converters set it to today."""
    info = document.get_metadata_dict()
    title = (info.get("Title") or "").strip()
    # Word processors fill the title with the name of a file.
    if re.search(r"\.\w{2,4}$|^(?:untitled|microsoft word)", title, re.IGNORECASE):
        title = ""
    return {"title": title, "author": (info.get("Author") or "").strip()}


def _read_pages(document: Any) -> tuple[list[list[_Line]], list[int]]:
    import pypdfium2

    pages: list[list[_Line]] = []
    failed: list[int] = []
    for index in range(len(document)):
        try:
            page = document[index]
            text_page = page.get_textpage()
            pages.append(_page_lines(text_page, index + 1))
            text_page.close()
            page.close()
        except pypdfium2.PdfiumError:
            pages.append([])
            failed.append(index + 1)
    return pages, failed


def _page_lines(text_page: Any, number: int) -> list[_Line]:
    count = text_page.count_chars()
    text = text_page.get_text_range() if count else ""
    exact = len(text) == count  # otherwise characters and boxes are out of step
    lines = []
    for match in re.finditer(r"[^\r\n]+", text):
        stripped = match[0].strip()
        if not stripped:
            continue
        first = match.start() + match[0].index(stripped[0])
        last = match.start() + len(match[0].rstrip()) - 1
        box = _boxes(text_page, first, last) if exact else None
        if box is None:
            lines.append(_Line(stripped, 0, 0, 0, 0, 0, number))
        else:
            left, right, top_y, y, height = box
            lines.append(_Line(stripped, left, right, top_y, y, height, number))
    return lines


def _boxes(
    text_page: Any, first: int, last: int
) -> tuple[float, float, float, float, float] | None:
    import pypdfium2

    try:
        left, first_y, _, first_top = text_page.get_charbox(first, loose=True)
        _, last_y, right, _ = text_page.get_charbox(last, loose=True)
    except pypdfium2.PdfiumError:
        return None
    return left, right, first_y, last_y, first_top - first_y


def _take_running_lines(pages: list[list[_Line]]) -> list[tuple[str, str]]:
    """Remove headers and footers that come back page after page.

    They would stand in the middle of sentences that run over a page. Each is kept once, to be put
    at the end of the text, so that nothing disappears.
    """
    seen: Counter[str] = Counter()
    filled = [page for page in pages if page]
    for page in filled:
        seen.update({_pattern(line.text) for line in _edges(page)})
    needed = max(3, len(filled) * _RUNNING_SHARE)
    running = {pattern for pattern, count in seen.items() if count >= needed}
    kept: dict[str, tuple[str, str]] = {}
    for page in filled:
        if len(page) < 3:
            continue
        for line in _edges(page):
            pattern = _pattern(line.text)
            is_number = pattern.strip(" -–—|.#/") in ("", "page", "page of")
            if pattern in running or (is_number and len(line.text) <= 12):
                page.remove(line)
                if not is_number:
                    kept.setdefault(pattern, (line.text, f"page {line.page}"))
    return list(kept.values())


def _edges(page: list[_Line]) -> list[_Line]:
    # Two lines at either end: a header is often a title and a page number.
    depth = 1 if len(page) <= 4 else 2
    return [*page[:depth], *page[-depth:]]


def _pattern(text: str) -> str:
    return " ".join(_DIGITS.sub("#", text.casefold()).replace("#", " ").split())


def _paragraphs(pages: list[list[_Line]]) -> list[Block]:
    heights = [line.height for page in pages for line in page if line.height > 0]
    body = median(heights) if heights else 0.0
    vocabulary = _vocabulary([line.text for page in pages for line in page])
    blocks: list[Block] = []
    group: list[_Line] = []
    for page in pages:
        pitch, right = _usual_pitch(page), max((line.right for line in page), default=0.0)
        for line in page:
            if group and _starts_paragraph(group, line, pitch, right):
                blocks.append(_join(group, vocabulary, body))
                group = []
            group.append(line)
    if group:
        blocks.append(_join(group, vocabulary, body))
    return blocks


def _vocabulary(lines: list[str]) -> Counter[str]:
    """Words of the document, without the halves of those that a line's end divides."""
    found: Counter[str] = Counter()
    divided = False
    for line in lines:
        whole = _DIVIDED.sub(" ", line)
        if divided:
            whole = whole.lstrip().partition(" ")[2]
        divided = line.endswith(_HYPHENS)
        if divided:
            whole = whole.rpartition(" ")[0]
        found.update(word.casefold() for word in words(whole))
    return found


def _usual_pitch(page: list[_Line]) -> float:
    gaps = [above.y - below.top_y for above, below in pairwise(page) if above.y > below.top_y]
    return median(gaps) if gaps else 0.0


def _starts_paragraph(group: list[_Line], line: _Line, pitch: float, right: float) -> bool:
    above = group[-1]
    if above.text.endswith((_JOINED, *_HYPHENS)):
        return False
    if _BULLET.match(line.text) and (above.text.endswith(_ENDS) or _BULLET.match(group[0].text)):
        return True
    closed = above.text.endswith(_ENDS)
    starts_new = not line.text[0].islower()
    if is_reference_heading(line.text) or is_reference_heading(above.text):
        return True
    if above.page != line.page:
        return closed or (starts_new and _is_short(above, right))
    if not line.height or not above.height:
        return closed and starts_new and len(above.text) < 50
    if abs(line.height - above.height) > 0.1 * max(line.height, above.height):
        return starts_new or closed
    gap = above.y - line.top_y
    if gap < 0:  # the next column, or a box at the side
        return closed or starts_new
    if pitch and gap > _PARAGRAPH_GAP * pitch:
        return True
    if closed and starts_new and line.left - above.left > _INDENT * line.height:
        return True
    return closed and starts_new and _is_short(above, right)


def _is_short(line: _Line, right: float) -> bool:
    """The line ends well before the right edge, as the last line of a paragraph does."""
    return bool(right) and line.right < right * 0.8


def _join(group: list[_Line], vocabulary: Counter[str], body: float) -> Block:
    parts: list[Part] = []
    text, glue = "", ""
    page = group[0].page
    for line in group:
        piece, joint = line.text, " "
        if text.endswith(_SOFT_HYPHEN):
            text, joint = text[:-1], ""
        elif text.endswith(_HYPHENS) and piece[0].isalnum() and text[-2:-1].isalnum():
            joint = ""
            if piece[0].islower() and not _keeps_hyphen(text[:-1], piece, vocabulary):
                text = text[:-1]
        if line.page != page:
            parts.append(Part(text=_unhyphenate(text, vocabulary), place=_place(page), glue=glue))
            text, glue, page = piece, joint, line.page
        else:
            text = f"{text}{joint}{piece}" if text else piece
    parts.append(Part(text=_unhyphenate(text, vocabulary), place=_place(page), glue=glue))
    kind = BlockKind.HEADING if _is_heading(group, parts, body) else BlockKind.PARAGRAPH
    if all(_LEADERS.search(line.text) for line in group):
        kind = BlockKind.ASIDE  # a table of contents
    return Block(parts=tuple(parts), kind=kind, level=1)


def _place(page: int) -> str:
    return f"page {page}"


def _unhyphenate(text: str, vocabulary: Counter[str]) -> str:
    """Undo the hyphens that PDFium joined, and drop soft hyphens inside lines."""
    if _JOINED in text:
        pieces = text.split(_JOINED)
        text = pieces[0]
        for piece in pieces[1:]:
            text += ("-" if _keeps_hyphen(text, piece, vocabulary) else "") + piece
    return text.replace(_SOFT_HYPHEN, "")


def _keeps_hyphen(before: str, after: str, vocabulary: Counter[str]) -> bool:
    """Whether "long-" + "term" is a compound; the rest of the document knows best."""
    first = re.search(r"[\w'’-]*$", before)
    second = re.match(r"[\w'’]*", after)
    left = first[0].casefold() if first else ""
    right = second[0].casefold() if second else ""
    if not left or not right or "-" in left or left[-1].isdigit() or right[0].isdigit():
        return True
    if vocabulary[left + right]:
        return False
    if vocabulary[f"{left}-{right}"]:
        return True
    # Both halves being words of this document is what compounds look like.
    return len(left) > 2 and len(right) > 2 and bool(vocabulary[left] and vocabulary[right])


def _is_heading(group: list[_Line], parts: list[Part], body: float) -> bool:
    text = parts[0].text
    if len(parts) > 1 or len(text) > 150:
        return False
    if is_reference_heading(text):
        return True
    larger = body > 0 and all(line.height > _HEADING_SIZE * body for line in group)
    return larger and not text.endswith((".", "!", "?", ";", ","))
