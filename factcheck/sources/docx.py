"""Word documents: paragraphs, headings and tables in the order of the page."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from typing import Any

from factcheck.errors import SourceError
from factcheck.records import Problem, Source
from factcheck.sources.blocks import (
    Block,
    BlockKind,
    assemble,
    build_source,
    name_places,
    row_blocks,
    text_block,
)
from factcheck.sources.limits import (
    DAMAGED,
    ENCRYPTED,
    MAX_UNPACKED_BYTES,
    MAX_ZIP_ENTRIES,
    TOO_LARGE,
)

_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_COMPATIBILITY = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
# Word keeps encrypted documents, and old .doc files, in this container.
_OLE_SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HEADING_STYLE = re.compile(r"heading\s*(\d)", re.IGNORECASE)
# Deleted text of a tracked change, moved-away text, and field codes are not what a reader sees.
_HIDDEN = frozenset(
    _WORD + name
    for name in ("del", "moveFrom", "instrText", "delText", "pPr", "rPr", "txbxContent")
)
_UNTITLED = re.compile(r"^(?:word document|document\d*|untitled)?$", re.IGNORECASE)


def read_docx(data: bytes, path: str) -> tuple[list[Source], list[Problem]]:
    """Read a DOCX file.

    Raises:
        SourceError: FC307 damaged, FC308 encrypted, FC309 unpacks to more than the limit.
    """
    check_zip(data, path)
    import docx
    from docx.opc.exceptions import OpcError

    try:
        document = docx.Document(io.BytesIO(data))
        blocks = list(_body_blocks(document))
        metadata = _metadata(document.core_properties)
    except (OpcError, KeyError, ValueError, SyntaxError, zipfile.BadZipFile, OSError) as error:
        raise _damaged(path) from error
    except (AttributeError, IndexError, EOFError, NotImplementedError) as error:
        # Parts that must be there are not, or zipfile cannot unpack one of them.
        raise _damaged(path) from error
    text, segments = assemble(name_places(blocks, metadata["title"]))
    source, problems = build_source(
        path=path, text=text, segments=segments, metadata=metadata, format_name="docx"
    )
    return [source], problems


def check_zip(data: bytes, path: str) -> None:
    """Refuse an archive before anything in it is unpacked.

    The sizes that the archive states are an upper bound: zipfile reads no byte beyond them.

    Raises:
        SourceError: FC307, FC308 or FC309.
    """
    if data.startswith(_OLE_SIGNATURE):
        raise SourceError(
            "the document is encrypted, or in the old .doc format",
            where=path,
            hint="save a copy as .docx without a password",
            code=ENCRYPTED,
        )
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
    # NotImplementedError: zipfile raises it for a version or compression that it cannot read.
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, EOFError) as error:
        raise _damaged(path) from error
    unpacked = sum(entry.file_size for entry in entries)
    if unpacked > MAX_UNPACKED_BYTES or len(entries) > MAX_ZIP_ENTRIES:
        raise SourceError(
            f"the document unpacks to {unpacked:,} bytes in {len(entries):,} parts",
            where=path,
            hint=f"at most {MAX_UNPACKED_BYTES:,} bytes are read",
            code=TOO_LARGE,
        )
    if any(entry.flag_bits & 1 for entry in entries):
        raise SourceError("the document is encrypted", where=path, code=ENCRYPTED)


def _damaged(path: str) -> SourceError:
    return SourceError(
        "the document is damaged, or is no Word document",
        where=path,
        hint="open it in a word processor and save it again",
        code=DAMAGED,
    )


def _metadata(properties: Any) -> dict[str, Any]:
    """Title, author and language; file dates say when it was saved, not when it was published."""
    title = (properties.title or "").strip()
    author = (properties.author or "").strip()
    return {
        "title": "" if _UNTITLED.match(title) else title,
        "author": "" if author == "python-docx" else author,
        "language": (properties.language or "").strip(),
    }


def _body_blocks(document: Any) -> Iterator[Block]:
    styles = _heading_styles(document)
    tables = 0
    for element in _content(document.element.body):
        if element.tag == _WORD + "p":
            yield _paragraph(element, styles)
            continue
        tables += 1
        rows = [
            [_cell_text(cell) for cell in row.iter(_WORD + "tc")]
            for row in element.iter(_WORD + "tr")
        ]
        yield from row_blocks(rows, place=f"table {tables}, ")


def _content(body: Any) -> Iterator[Any]:
    """Paragraphs and tables, also those inside content controls and tracked insertions."""
    stack = [iter(body)]
    while stack:
        element = next(stack[-1], None)
        if element is None:
            stack.pop()
        elif element.tag in (_WORD + "p", _WORD + "tbl"):
            yield element
        elif element.tag in (_WORD + "sdt", _WORD + "sdtContent", _WORD + "ins", _WORD + "moveTo"):
            stack.append(iter(element))


def _heading_styles(document: Any) -> dict[str, int]:
    """Level of each style that is a heading, by style id; the title is level 1."""
    levels: dict[str, int] = {}
    for style in document.styles:
        name = style.name or ""
        if match := _HEADING_STYLE.match(name):
            levels[style.style_id] = int(match[1])
        elif name.casefold() == "title":
            levels[style.style_id] = 1
    return levels


def _paragraph(element: Any, styles: dict[str, int]) -> Block:
    style = element.find(f"{_WORD}pPr/{_WORD}pStyle")
    level = styles.get(style.get(_WORD + "val")) if style is not None else None
    if level is None:
        return text_block(_paragraph_text(element))
    return text_block(_paragraph_text(element), kind=BlockKind.HEADING, level=level)


def _cell_text(cell: Any) -> str:
    return " ".join(_paragraph_text(paragraph) for paragraph in cell.iter(_WORD + "p"))


def _paragraph_text(paragraph: Any) -> str:
    """Text as it is read: insertions in, deletions and field codes out."""
    pieces: list[str] = []
    stack = [iter(paragraph)]
    while stack:
        node = next(stack[-1], None)
        if node is None:
            stack.pop()
        elif node.tag in _HIDDEN or node.tag == _COMPATIBILITY + "Fallback":
            continue
        elif node.tag == _WORD + "t":
            pieces.append(node.text or "")
        elif node.tag in (_WORD + "tab", _WORD + "ptab"):
            pieces.append("\t")
        elif node.tag in (_WORD + "br", _WORD + "cr"):
            pieces.append("\n")
        elif node.tag == _WORD + "noBreakHyphen":
            pieces.append("-")
        elif _is_struck(node):
            continue
        else:
            stack.append(iter(node))
    return "".join(pieces)


def _is_struck(node: Any) -> bool:
    if node.tag != _WORD + "r":
        return False
    for name in ("strike", "dstrike", "vanish"):
        mark = node.find(f"{_WORD}rPr/{_WORD}{name}")
        if mark is not None and mark.get(_WORD + "val") not in ("0", "false", "off"):
            return True
    return False
