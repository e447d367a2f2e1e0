"""Files made byte by byte: the smallest PDF and DOCX that hold what a test needs."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from pathlib import Path

from factcheck.records import Problem, Source
from factcheck.sources import read_file

# One line of a page: x, y (points from the bottom left), font size, text.
PdfLine = tuple[float, float, float, str]


def pdf_bytes(
    pages: Sequence[Sequence[PdfLine]], *, trailer: str = "", info: str | None = None
) -> bytes:
    """A PDF with these lines in Helvetica."""
    count = len(pages)
    kids = " ".join(f"{4 + 2 * index} 0 R" for index in range(count))
    objects: list[bytes] = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {count} >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    for lines in pages:
        drawn = [b"BT"]
        for x, y, size, text in lines:
            escaped = text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
            drawn.append(f"/F1 {size} Tf 1 0 0 1 {x} {y} Tm (".encode() + escaped.encode("cp1252"))
            drawn[-1] += b") Tj"
        stream = b"\n".join([*drawn, b"ET"])
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Resources "
            b"<< /Font << /F1 3 0 R >> >> /Contents %d 0 R >>" % (len(objects) + 2)
        )
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream))
    if info is not None:
        objects.append(f"<< {info} >>".encode())
        trailer += f" /Info {len(objects)} 0 R"
    return _with_table(objects, trailer)


def _with_table(objects: list[bytes], trailer: str) -> bytes:
    out = b"%PDF-1.4\n"
    offsets = []
    for number, content in enumerate(objects, start=1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    size = len(objects) + 1
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n%s" % (size, table)
    out += f"trailer\n<< /Size {size} /Root 1 0 R {trailer} >>\nstartxref\n{start}\n".encode()
    return out + b"%%EOF\n"


def pdf_page(lines: Sequence[str], *, top: float = 700, size: float = 12) -> list[PdfLine]:
    """Lines one below the other; an empty one leaves a gap."""
    return [(72, top - 14 * index, size, line) for index, line in enumerate(lines) if line]


def encrypted_pdf() -> bytes:
    """A PDF that asks for a password."""
    key = "/Encrypt << /Filter /Standard /V 1 /R 2 /O <" + "11" * 32 + "> /U <" + "22" * 32
    return pdf_bytes([pdf_page(["Secret."])], trailer=key + "> /P -4 >> /ID [<00><00>]")


def docx_bytes(build) -> bytes:  # type: ignore[no-untyped-def]
    """A Word file; `build` gets the python-docx document."""
    import docx

    document = docx.Document()
    build(document)
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def zip_bytes(parts: dict[str, bytes]) -> bytes:
    """A ZIP archive."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return target.getvalue()


def read_one(root: Path, name: str, data: bytes | str) -> tuple[Source, list[Problem]]:
    """Write one file and read its only source."""
    sources, problems = read_all(root, name, data)
    assert len(sources) == 1, problems
    return sources[0], problems


def read_all(root: Path, name: str, data: bytes | str) -> tuple[list[Source], list[Problem]]:
    """Write one file and read it."""
    target = root / name
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(data.encode() if isinstance(data, str) else data)
    return read_file(root, name)


def only_problem(root: Path, name: str, data: bytes | str) -> Problem:
    """Write one file that cannot be read and return why."""
    sources, problems = read_all(root, name, data)
    assert sources == []
    assert len(problems) == 1, problems
    assert problems[0].path == name
    return problems[0]


def pieces(source: Source, *, evidence: bool = True) -> list[tuple[str, str | None]]:
    """Text and place of the segments that may be evidence, or of the others."""
    return [
        (source.text[segment.start : segment.end], segment.place)
        for segment in source.segments
        if segment.evidence is evidence
    ]
