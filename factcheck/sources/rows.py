"""One row, one source: what CSV and JSONL have in common."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field

from factcheck.errors import SourceError
from factcheck.records import Problem, Segment, Source
from factcheck.sources.blocks import build_source, row_text
from factcheck.sources.limits import BAD_ROW, MAX_CELL_CHARS, MAX_ROW_PROBLEMS
from factcheck.sources.metadata import field_name
from factcheck.text import canonical_text

TEXT_COLUMNS = ("text", "body", "content", "abstract", "article", "passage")

# Columns of a table without running text that speak of the row itself, not of its content.
_RECORD_HIDDEN = frozenset(
    {"id", "url", "archived_url", "reliability", "derived_from", "retracted", "supersedes"}
)
_RECORD_METADATA = _RECORD_HIDDEN | {"title", "published"}


@dataclass(slots=True)
class RowProblems:
    """Problems of a file's rows: the first ones by name, the others counted."""

    path: str
    found: list[Problem] = field(default_factory=list)
    _more: int = 0

    def add(self, message: str, line: int, *, code: str = BAD_ROW, hint: str | None = None) -> None:
        """Note one bad row."""
        if len(self.found) >= MAX_ROW_PROBLEMS:
            self._more += 1
            return
        self.found.append(Problem(path=self.path, message=message, line=line, code=code, hint=hint))

    def all(self) -> list[Problem]:
        """The problems, with a last one for those that were only counted."""
        if not self._more:
            return self.found
        rest = Problem(
            path=self.path, message=f"{self._more} more rows have problems", code=BAD_ROW
        )
        return [*self.found, rest]


def text_column(columns: Mapping[str, object] | list[str]) -> str | None:
    """The column that holds running text, by its name."""
    by_name = {name.strip().casefold(): name for name in columns}
    return next((by_name[name] for name in TEXT_COLUMNS if name in by_name), None)


def row_source(
    values: Mapping[str, object],
    *,
    path: str,
    row: int,
    line: int,
    format_name: str,
    problems: RowProblems,
) -> Source | None:
    """Make a source of one row.

    With a text column, the text is that column and the other known columns are metadata. Without
    one, the row itself is the text, "column: value; column: value.", and only columns that cannot
    be its content are metadata: in a table of books, "author" is not who wrote the table.

    Args:
        values: cells by column name.
        row: number that a reader sees in a spreadsheet or editor.
        line: line of the file on which the row starts.
        problems: takes what is wrong with the row.

    Returns:
        The source, or None when the row was skipped.
    """
    column = text_column(dict(values))
    if column is not None:
        text = canonical_text(_running_text(values[column])).strip()
        metadata = _metadata(values, column)
    else:
        text = canonical_text(_record_text(values))
        metadata = {name: values[name] for name in values if name in _RECORD_METADATA}
    if not text:
        if any(str(value).strip() for value in values.values() if value is not None):
            problems.add(f"row {row} has no text and was skipped", line)
        return None
    if len(text) > MAX_CELL_CHARS:
        problems.add(f"row {row} has {len(text):,} characters and was skipped", line)
        return None
    segment = Segment(start=0, end=len(text), place=f"row {row}")
    try:
        source, wrong = build_source(
            path=path,
            text=text,
            segments=(segment,),
            metadata=metadata,
            format_name=format_name,
            default_id=f"{unicodedata.normalize('NFC', path)}#row-{row}",
            line=line,
        )
    except SourceError as error:
        problems.add(f"row {row}: {error.message}", line, code=error.code)
        return None
    for problem in wrong:
        problems.add(f"row {row}: {problem.message}", line, code=problem.code, hint=problem.hint)
    return source


def _metadata(values: Mapping[str, object], text_name: str) -> dict[str, object]:
    metadata: dict[str, object] = {}
    for exact in (False, True):
        for name, value in values.items():
            known = field_name(name)
            if name != text_name and known is not None and (known == name) is exact:
                metadata[known] = value
    return metadata


def _running_text(value: object) -> str:
    if isinstance(value, list):  # sentences or paragraphs of an abstract
        return "\n".join(str(item).strip() for item in value if isinstance(item, str))
    return value if isinstance(value, str) else ""


def _record_text(values: Mapping[str, object]) -> str:
    names, cells = [], []
    for name, value in values.items():
        if name in _RECORD_HIDDEN:
            continue
        shown = _shown(value)
        if shown:
            names.append(" ".join(name.replace("_", " ").split()))
            cells.append(shown)
    return row_text(names, cells)


def _shown(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, str | int | float):
        return " ".join(str(value).split())
    if isinstance(value, list) and all(isinstance(item, str | int | float) for item in value):
        return ", ".join(str(item) for item in value)
    return ""
