"""JSON Lines: one object per line, one source per object."""

from __future__ import annotations

import json

from factcheck.records import Problem, Source
from factcheck.sources.decode import decode_text
from factcheck.sources.limits import MAX_CELL_CHARS
from factcheck.sources.rows import RowProblems, row_source


def read_jsonl(data: bytes, path: str) -> tuple[list[Source], list[Problem]]:
    """Read JSON Lines; a bad line is named and the others are kept."""
    decoded = decode_text(data, path)
    problems = RowProblems(path)
    sources: list[Source] = []
    # Only real line ends: JSON text may hold U+2028 and its like inside a string.
    for number, line in enumerate(decoded.text.split("\n"), start=1):
        if not line.strip():
            continue
        values = _object(line, number, problems)
        if values is None:
            continue
        source = row_source(
            values, path=path, row=number, line=number, format_name="jsonl", problems=problems
        )
        if source is not None:
            sources.append(source)
    notes = [decoded.problem] if decoded.problem else []
    return sources, notes + problems.all()


def _object(line: str, number: int, problems: RowProblems) -> dict[str, object] | None:
    if len(line) > 4 * MAX_CELL_CHARS:
        problems.add(f"line {number} is too long and was skipped", number)
        return None
    try:
        value = json.loads(line)
    except json.JSONDecodeError as error:
        problems.add(f"line {number} is not JSON ({error.msg}) and was skipped", number)
        return None
    except (ValueError, RecursionError):  # a number of thousands of digits, endless brackets
        problems.add(f"line {number} is not usable JSON and was skipped", number)
        return None
    if not isinstance(value, dict):
        problems.add(
            f"line {number} is not an object and was skipped",
            number,
            hint='write one {"text": …} per line',
        )
        return None
    return value
