"""CSV and its relatives with other separators: one source per row."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator

from factcheck.errors import SourceError
from factcheck.records import Problem, Source
from factcheck.sources.decode import decode_text
from factcheck.sources.limits import BAD_ROW, MAX_CELL_CHARS
from factcheck.sources.rows import RowProblems, row_source
from factcheck.text import canonical_text

_SEPARATORS = ",;\t|"
# Each restart reads on below a broken row; more than this and the file is no table.
_MAX_RESTARTS = 100


def read_csv(data: bytes, path: str) -> tuple[list[Source], list[Problem]]:
    """Read a table whose first row names the columns.

    Row numbers are those of a spreadsheet: the header is row 1.

    Raises:
        SourceError: FC310 when there is no header.
    """
    decoded = decode_text(data, path)
    problems = RowProblems(path)
    sources: list[Source] = []
    rows = _rows(canonical_text(decoded.text), problems)
    header, first_line = next(((cells, line) for cells, _, line in rows), ([], 1))
    columns = _columns(header, path, first_line)
    for cells, row, line in rows:
        if not any(cell.strip() for cell in cells):
            continue
        while len(cells) > len(columns) and not cells[-1].strip():
            cells.pop()  # a separator at the end of the line
        if len(cells) != len(columns):
            problems.add(
                f"row {row} has {len(cells)} cells instead of {len(columns)} and was skipped",
                line,
                hint="put quotation marks around a cell that holds the separator",
            )
            continue
        source = row_source(
            dict(zip(columns, cells)),
            path=path,
            row=row,
            line=line,
            format_name="csv",
            problems=problems,
        )
        if source is not None:
            sources.append(source)
    notes = [decoded.problem] if decoded.problem else []
    return sources, notes + problems.all()


def _columns(header: list[str], path: str, line: int) -> list[str]:
    names = [cell.strip() for cell in header]
    while names and not names[-1]:
        names.pop()
    if not names:
        raise SourceError("there is no text in it", where=path, code="FC305")
    repeated = {name for name in names if name and names.count(name) > 1}
    if repeated:
        raise SourceError(
            f'line {line}: the column "{min(repeated)}" stands twice in the header',
            where=path,
            hint="rename one of them",
            code=BAD_ROW,
        )
    return [name or f"column {number}" for number, name in enumerate(names, start=1)]


def _rows(text: str, problems: RowProblems) -> Iterator[tuple[list[str], int, int]]:
    """Cells, row number and line number of every row that can be parsed.

    A quotation mark that is never closed would swallow all rows below it; parsing starts again
    under the row that opened it.
    """
    lines = text.split("\n")
    separator = separator_of(lines)
    position, row, restarts = 0, 0, 0
    limit = csv.field_size_limit(max(MAX_CELL_CHARS * 4, len(text) + 1))
    try:
        while position < len(lines):
            reader = csv.reader(
                (line + "\n" for line in lines[position:]), delimiter=separator, strict=True
            )
            start = position
            try:
                for cells in reader:
                    first_line, position = position + 1, start + reader.line_num
                    row += 1
                    yield cells, row, first_line
                return
            except csv.Error:
                row += 1
                position += 1
                restarts += 1
                hint = "check its quotation marks"
                problems.add(f"row {row} cannot be parsed and was skipped", position, hint=hint)
                if restarts > _MAX_RESTARTS:
                    problems.add("the rows below were skipped", position + 1, hint=hint)
                    return
    finally:
        csv.field_size_limit(limit)


def separator_of(lines: Iterable[str]) -> str:
    """The separator of a table: the one that stands most often in its first line with text."""
    header = next((line for line in lines if line.strip()), "")
    return max(_SEPARATORS, key=lambda mark: (header.count(mark), -_SEPARATORS.index(mark)))
