"""Claims files to raw entries with their places: YAML, JSON, JSON Lines and CSV."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from factcheck.errors import ClaimsError, Where
from factcheck.nearest import unknown_name_hint
from factcheck.sources.csv import separator_of
from factcheck.yaml_lines import Lined, load_yaml_with_lines

CLAIM_KEYS = (
    "id",
    "claim",
    "quote",
    "speaker",
    "said_on",
    "as_of",
    "expect",
    "tags",
    "sources",
)

# Where YAML ends a line.
_YAML_BREAK = re.compile("\r\n|[\n\r\x85\u2028\u2029]")
# "#1" behind a text; a comment that is meant as one has a space behind its mark.
_COMMENT_IN_TEXT = re.compile(r"\s+#[^\s#]")


@dataclass(frozen=True, slots=True)
class Entry:
    """One raw entry of a claims file.

    Args:
        values: key to plain value.
        line, column: where the entry starts, 1-based.
        places: key to the line and column of the key, where the format has them.
        texts: key to the text of a scalar as written, where the format has them.
        problems: errors that were found while reading it.
    """

    values: Mapping[str, Any]
    line: int
    column: int | None = None
    places: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    texts: Mapping[str, str] = field(default_factory=dict)
    problems: tuple[ClaimsError, ...] = ()


def read_entries(text: str, path: str) -> Iterator[Entry | ClaimsError]:
    """The entries of a claims file, in order, with an error in place of each unreadable one.

    Args:
        text: the content.
        path: names the file, and by its ending the format; YAML when the ending says nothing.

    Raises:
        ClaimsError: the file as a whole cannot be read.
    """
    reader = {
        ".json": _json_entries,
        ".jsonl": _jsonl_entries,
        ".ndjson": _jsonl_entries,
        ".csv": _csv_entries,
    }.get(Path(path).suffix.lower(), _yaml_entries)
    return reader(text, path)


def _yaml_entries(text: str, path: str) -> Iterator[Entry | ClaimsError]:
    document = load_yaml_with_lines(text, path, error=ClaimsError)
    if document is None or document.value is None:
        raise ClaimsError("the claims file is empty", where=path, code="FC202")
    listed = document
    if isinstance(document.value, dict):
        for key, item in document.value.items():
            if key != "claims":
                where = Where(path, item.key_line, item.key_column)
                yield unknown_key(key, ("claims",), where)
        found = document.value.get("claims")
        if found is None:
            raise ClaimsError(
                "the file has no `claims:` list",
                where=Where(path, document.line),
                hint="start it with `claims:` and list the entries below",
                code="FC202",
            )
        listed = found
    if not isinstance(listed.value, list):
        raise ClaimsError(
            "`claims` must be a list",
            where=Where(path, listed.line, listed.column),
            hint="start every entry with `- `",
            code="FC204",
        )
    lines = _YAML_BREAK.split(text)
    for item in listed.value:
        entry = _lined_entry(item, path)
        yield entry if isinstance(entry, ClaimsError) else _with_cut_texts(entry, item, lines, path)


def _lined_entry(item: Lined, path: str) -> Entry | ClaimsError:
    if isinstance(item.value, dict):
        return Entry(
            values={key: value.plain() for key, value in item.value.items()},
            line=item.line,
            column=item.column,
            places={
                key: (value.key_line or value.line, value.key_column or value.column)
                for key, value in item.value.items()
            },
            texts={key: value.text for key, value in item.value.items()},
        )
    if isinstance(item.value, list):
        return _wrong_entry(Where(path, item.line, item.column))
    text = item.value if isinstance(item.value, str) else item.text
    words = None if item.value is None else text
    return Entry(values={"claim": words}, line=item.line, column=item.column)


def _with_cut_texts(entry: Entry, item: Lined, lines: Sequence[str], path: str) -> Entry:
    """The entry with an error for each text that a `#` has cut off, such as `Team #1 won`."""
    scalars = item.value if isinstance(item.value, dict) else {"claim": item}
    values, problems = dict(entry.values), []
    for key in ("claim", "quote"):
        end = scalars[key].end if key in scalars else None
        rest = lines[end[0] - 1][end[1] - 1 :] if end and end[0] <= len(lines) else ""
        if end is None or not _COMMENT_IN_TEXT.match(rest):
            continue
        values[key] = f"{scalars[key].text}{rest}".strip()
        column = end[1] + len(rest) - len(rest.lstrip())
        error = ClaimsError(
            f"the `{key}` ends before `#`, which begins a comment in YAML",
            where=Where(path, end[0], column),
            hint="put quotes around the text; if it is a comment, put a space behind `#`",
            code="FC210",
        )
        problems.append(error)
    return replace(entry, values=values, problems=tuple(problems)) if problems else entry


def _wrong_entry(where: Where) -> ClaimsError:
    return ClaimsError(
        "an entry must be a text or have `claim:`",
        where=where,
        hint="write `- claim: …` or `- …`",
        code="FC204",
    )


def _json_entries(text: str, path: str) -> Iterator[Entry | ClaimsError]:
    try:
        document = json.loads(text, object_pairs_hook=_distinct)
    except json.JSONDecodeError as error:
        raise ClaimsError(
            f"this is not valid JSON: {error.msg}",
            where=Where(path, error.lineno, error.colno),
            hint="check the commas and quotes around this place",
            code="FC206",
        ) from None
    except RecursionError:
        raise ClaimsError("the JSON is nested too deeply", where=path, code="FC206") from None
    except ValueError as error:
        raise ClaimsError(_unusable(error), where=path, code="FC206") from None
    if isinstance(document, dict):
        for key in document:
            if key != "claims":
                yield unknown_key(key, ("claims",), Where(path))
        if "claims" not in document:
            raise ClaimsError("the file has no `claims` list", where=path, code="FC202")
        document = document["claims"]
    if not isinstance(document, list):
        raise ClaimsError("`claims` must be a list", where=path, code="FC204")
    for line, value in zip(_json_lines(text, len(document)), document, strict=True):
        yield _plain_entry(value, line, path)


def _json_lines(text: str, count: int) -> list[int]:
    """Lines on which the elements of the claims array start."""
    start = text.find("[", text.find('"claims"') if text.lstrip().startswith("{") else 0)
    decoder = json.JSONDecoder()
    position, lines, line, counted = start + 1, [], 1, 0
    for _ in range(count):
        while position < len(text) and text[position] in " \t\r\n,":
            position += 1
        line += text.count("\n", counted, position)
        counted = position
        lines.append(line)
        try:
            _, position = decoder.raw_decode(text, position)
        except json.JSONDecodeError:  # the array stands elsewhere: keep the last known line
            return lines + [line] * (count - len(lines))
    return lines


def _plain_entry(value: Any, line: int, path: str) -> Entry | ClaimsError:
    if isinstance(value, str):
        return Entry(values={"claim": value}, line=line)
    if isinstance(value, dict):
        return Entry(values=value, line=line)
    return _wrong_entry(Where(path, line))


def _distinct(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """A JSON object, refused when a key stands twice: JSON itself would drop the first value."""
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise _RepeatedKeyError(f"the key `{key}` stands twice in one entry")
        found[key] = value
    return found


class _RepeatedKeyError(ValueError):
    pass


def _unusable(error: Exception) -> str:
    # The other ValueError of the JSON reader is about whole numbers of thousands of digits.
    return str(error) if isinstance(error, _RepeatedKeyError) else "a number in it is too long"


def _jsonl_entries(text: str, path: str) -> Iterator[Entry | ClaimsError]:
    for number, line in enumerate(io.StringIO(text), start=1):
        if line.strip():
            yield parse_jsonl_line(line, number, path)


def parse_jsonl_line(line: str, number: int, path: str) -> Entry | ClaimsError:
    """One line of a JSON Lines file as an entry, or the error that it holds."""
    try:
        value = json.loads(line, object_pairs_hook=_distinct)
        return _plain_entry(value, number, path)
    except (ValueError, RecursionError) as error:
        column = error.colno if isinstance(error, json.JSONDecodeError) else None
        known = isinstance(error, (json.JSONDecodeError, RecursionError))
        return ClaimsError(
            "this line is not valid JSON" if known else _unusable(error),
            where=Where(path, number, column),
            hint="every line must be one complete JSON object",
            code="FC206",
        )


def _csv_entries(text: str, path: str) -> Iterator[Entry | ClaimsError]:
    separator = separator_of(io.StringIO(text))
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        rows = (row for row in reader if any(cell.strip() for cell in row))
        header = [name.strip() for name in next(rows, [])]
        for position, name in enumerate(header):
            if name not in CLAIM_KEYS:
                raise unknown_key(name, CLAIM_KEYS, Where(path, reader.line_num))
            if name in header[:position]:
                raise ClaimsError(
                    f"the column `{name}` stands twice",
                    where=Where(path, reader.line_num),
                    hint="keep one of them",
                    code="FC206",
                )
        line = reader.line_num + 1
        for row in reader:
            if any(cell.strip() for cell in row):
                yield _csv_entry(header, row, line, path)
            line = reader.line_num + 1
    except csv.Error as error:
        yield ClaimsError(
            f"this is not valid CSV: {error}",
            where=Where(path, reader.line_num),
            hint="check the quotes; the rows after this one were not read",
            code="FC206",
        )


def is_csv_header(line: str) -> bool:
    """Whether a line names the columns of a claims file in CSV."""
    cells = line.strip().split(separator_of([line]))
    return all(cell.strip(' "') in CLAIM_KEYS for cell in cells)


def _csv_entry(
    header: Sequence[str], row: Sequence[str], line: int, path: str
) -> Entry | ClaimsError:
    if len(row) != len(header):
        return ClaimsError(
            f"the row has {len(row)} cells, the header {len(header)}",
            where=Where(path, line),
            hint="put quotes around a cell that holds the separator",
            code="FC206",
        )
    values: dict[str, Any] = {}
    for key, cell in zip(header, row, strict=True):
        if not cell.strip():
            continue
        if key == "tags":
            values[key] = [tag.strip() for tag in cell.replace(";", ",").split(",") if tag.strip()]
        elif key == "sources":
            values[key] = {"include": [part.strip() for part in cell.split(";") if part.strip()]}
        else:
            values[key] = cell
    return Entry(values=values, line=line)


# What other tools and formats call a claim's words; nothing near by spelling.
_CLAIM_BY_OTHER_NAMES = frozenset(("text", "statement", "sentence", "assertion"))


def unknown_key(key: str, known: Iterable[str], where: Where) -> ClaimsError:
    """The error for a key that is not known, with the nearest one that is."""
    names = tuple(known)
    if "claim" in names and key.lower() in _CLAIM_BY_OTHER_NAMES:
        hint = "the claim's words stand under `claim`"
    else:
        hint = unknown_name_hint(key, names)
    return ClaimsError(f"unknown key `{key}`", where=where, hint=hint, code="FC205")
