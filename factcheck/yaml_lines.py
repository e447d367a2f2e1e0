"""YAML read with the line and column of every value, safely.

Only plain data is built (no tags that make objects). Aliases are followed, but a document that
grows through them ("billion laughs") is refused.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import yaml

from factcheck.errors import InputError, Where

# A claims file or manifest of this size is already tens of thousands of entries; beyond it the
# reader would need gigabytes, and JSONL (read line by line) is the right format.
MAX_YAML_BYTES = 32 * 1024 * 1024
# Nodes that may be reached through aliases; honest files use a handful.
MAX_ALIASED_NODES = 10_000
MAX_DEPTH = 60

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
# Keeps "2008-02-18" a text and 1.10 as written where a text is wanted: see `scalar_text`.
_RESOLVER = yaml.SafeLoader("")


@dataclass(frozen=True, slots=True)
class Lined:
    """A value with its place.

    Args:
        value: None, bool, int, float, str, date, `list[Lined]` or `dict[str, Lined]`.
        line, column: 1-based.
        text: a scalar as written in the file, else an empty text.
        end: line and column behind a scalar without quotes, 1-based.
    """

    value: Any
    line: int
    column: int
    text: str = ""
    key_line: int | None = None
    key_column: int | None = None
    end: tuple[int, int] | None = None

    def plain(self) -> Any:
        """The value without places."""
        if isinstance(self.value, dict):
            return {key: item.plain() for key, item in self.value.items()}
        if isinstance(self.value, list):
            return [item.plain() for item in self.value]
        return self.value

    def place(self, path: str, *steps: str | int) -> Where:
        """Where a part of the value stands; a part without a place is where its whole is.

        Args:
            path: the file.
            steps: keys and 0-based positions that lead to the part.
        """
        node = self
        for step in steps:
            if isinstance(node.value, dict) and step in node.value:
                node = node.value[str(step)]
            elif isinstance(node.value, list) and isinstance(step, int):
                node = node.value[step]
            else:
                break
        return Where(path, node.key_line or node.line, node.key_column or node.column)


def load_yaml_with_lines(
    text: str, path: str | Path, *, error: type[InputError] = InputError
) -> Lined | None:
    """Read one YAML document.

    Args:
        text: the document.
        path: named in messages.
        error: the class to raise.

    Returns:
        The document, or None when it is empty.

    Raises:
        InputError: (or `error`) bad YAML, a duplicate key, too large, too deep, or an alias bomb.
    """
    if len(text) > MAX_YAML_BYTES:
        raise error(
            f"the file has {len(text) / 1e6:.0f} MB, more than the {MAX_YAML_BYTES // 2**20} MB"
            " that can be read as YAML",
            where=Where(str(path)),
            hint="split it, or use JSON Lines (.jsonl), which is read line by line",
        )
    try:
        _check_depth(text, str(path), error)
        node = yaml.compose(text, Loader=_LOADER)
    except yaml.YAMLError as problem:
        raise _syntax_error(problem, path, error) from None
    if node is None:
        return None
    return _Builder(str(path), error).build(node, 0)


def _check_depth(text: str, path: str, error: type[InputError]) -> None:
    """Refuse deep nesting before the composer, which recurses in C, overflows the stack."""
    depth = 0
    for event in yaml.parse(text, Loader=_LOADER):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > MAX_DEPTH:
                mark: Any = event.start_mark
                where = Where(path, mark.line + 1, mark.column + 1)
                raise error("the YAML is nested too deeply", where=where)
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1


def _syntax_error(problem: yaml.YAMLError, path: str | Path, error: type[InputError]) -> InputError:
    mark = getattr(problem, "problem_mark", None)
    what = getattr(problem, "problem", None) or str(problem).splitlines()[0]
    where = Where(str(path), mark.line + 1, mark.column + 1) if mark else Where(str(path))
    hint = "check the indentation and the quotes around this line"
    if "alias" in what:
        hint = "put quotes around a text that starts with * or &"
    elif "mapping values are not allowed" in what:
        hint = "put quotes around a text that contains a colon"
    elif "cannot start any token" in what:
        hint = "indent with spaces, not tabs; put quotes around a text that starts with @, ` or %"
    return error(f"this is not valid YAML: {what}", where=where, hint=hint)


class _Builder:
    """Turns composed nodes into `Lined` values, counting what comes through aliases."""

    def __init__(self, path: str, error: type[InputError]) -> None:
        self.path = path
        self.error = error
        self.seen: set[int] = set()
        self.repeated = 0

    def build(self, node: Any, depth: int) -> Lined:
        where = Where(self.path, node.start_mark.line + 1, node.start_mark.column + 1)
        if depth > MAX_DEPTH:
            raise self.error("the YAML is nested too deeply", where=where)
        if id(node) in self.seen:
            self.repeated += 1
            if self.repeated > MAX_ALIASED_NODES:
                raise self.error(
                    "the YAML grows through aliases beyond all bounds",
                    where=where,
                    hint="write the repeated parts out instead of using & and *",
                )
        self.seen.add(id(node))
        line, column = where.line or 1, where.column or 1
        if isinstance(node, yaml.MappingNode):
            return Lined(self._mapping(node, depth), line, column)
        if isinstance(node, yaml.SequenceNode):
            items = [self.build(item, depth + 1) for item in node.value]
            return Lined(items, line, column)
        end = None if node.style else (node.end_mark.line + 1, node.end_mark.column + 1)
        return Lined(self._scalar(node, where), line, column, node.value, end=end)

    def _mapping(self, node: Any, depth: int) -> dict[str, Lined]:
        items: dict[str, Lined] = {}
        for key_node, value_node in node.value:
            mark = key_node.start_mark
            where = Where(self.path, mark.line + 1, mark.column + 1)
            if not isinstance(key_node, yaml.ScalarNode):
                raise self.error("a key must be a plain word", where=where)
            key = key_node.value
            if key in items:
                raise self.error(
                    f"the key `{key}` stands twice in one entry",
                    where=where,
                    hint="keep one of them",
                )
            value = self.build(value_node, depth + 1)
            items[key] = replace(value, key_line=mark.line + 1, key_column=mark.column + 1)
        return items

    def _scalar(self, node: Any, where: Where) -> Any:
        try:
            return _RESOLVER.construct_object(node, deep=True)
        except Exception:  # PyYAML's constructors raise whatever a wrong scalar makes them raise
            if node.tag.startswith("tag:yaml.org,2002:"):
                return node.value  # for example 2008-02-31, which looks like a date but is none
            raise self.error(
                f"the tag {node.tag} is not allowed here", where=where, hint="use a plain value"
            ) from None


def walk(value: Lined) -> Iterator[Lined]:
    """The value and everything below it."""
    yield value
    if isinstance(value.value, dict):
        for item in value.value.values():
            yield from walk(item)
    elif isinstance(value.value, list):
        for item in value.value:
            yield from walk(item)
