"""YAML with line numbers, and without the parts of YAML that can hurt.

Aliases are refused (a few lines of them expand to gigabytes), tags are ignored, and scalars stay
the words that were written: `language: no` is Norwegian, not False.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from factcheck.errors import SourceError, Where
from factcheck.sources.limits import BAD_METADATA, MAX_YAML_DEPTH

_NULLS = frozenset({"", "~", "null", "Null", "NULL"})


@dataclass(frozen=True, slots=True)
class Node:
    """A YAML value with the line on which it starts.

    Args:
        value: text, None, a list of nodes or a dictionary of nodes.
        line: 1-based line in the file.
        repeated: keys that stand more than once in this mapping, with their lines.
    """

    value: str | list[Node] | dict[str, Node] | None
    line: int
    repeated: tuple[tuple[str, int], ...] = ()


def load_yaml(text: str, path: str, *, first_line: int = 1, code: str = BAD_METADATA) -> Node:
    """Parse one YAML document.

    Args:
        text: the document.
        path: for messages.
        first_line: line of the file on which `text` starts.
        code: code of the errors raised.

    Returns:
        The root; an empty document gives a node with the value None.

    Raises:
        SourceError: bad syntax, an alias, or nesting deeper than `MAX_YAML_DEPTH`.
    """
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    reader = _Reader(path, first_line, code)
    try:
        return reader.document(yaml.parse(text, Loader=loader))
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = first_line + mark.line if mark is not None else first_line
        column = mark.column + 1 if mark is not None else None
        reason = getattr(error, "problem", None) or "a character is not allowed here"
        raise SourceError(
            f"the YAML cannot be read: {reason}", where=Where(path, line, column), code=code
        ) from error


class _Reader:
    """Builds nodes from parser events, so that nothing is expanded before it is checked."""

    def __init__(self, path: str, first_line: int, code: str) -> None:
        self._path = path
        self._first_line = first_line
        self._code = code

    def document(self, events: Iterator[Any]) -> Node:
        import yaml

        for event in events:
            if isinstance(event, yaml.events.NodeEvent):
                root = self._node(event, events, 0)
                for _ in events:  # a syntax error further down must not go unnoticed
                    pass
                return root
        return Node(None, self._first_line)

    def _node(self, event: Any, events: Iterator[Any], depth: int) -> Node:
        import yaml

        line = self._first_line + event.start_mark.line
        if isinstance(event, yaml.events.AliasEvent):
            raise self._error("YAML aliases (*name) are not allowed", line, "write the value out")
        if depth > MAX_YAML_DEPTH:
            raise self._error("the YAML is nested too deeply", line, None)
        if isinstance(event, yaml.events.ScalarEvent):
            plain = event.style in (None, "")
            return Node(None if plain and event.value in _NULLS else event.value, line)
        if isinstance(event, yaml.events.SequenceStartEvent):
            items = []
            for item in events:
                if isinstance(item, yaml.events.SequenceEndEvent):
                    break
                items.append(self._node(item, events, depth + 1))
            return Node(items, line)
        return self._mapping(events, line, depth)

    def _mapping(self, events: Iterator[Any], line: int, depth: int) -> Node:
        import yaml

        entries: dict[str, Node] = {}
        repeated: list[tuple[str, int]] = []
        for event in events:
            if isinstance(event, yaml.events.MappingEndEvent):
                break
            key = self._node(event, events, depth + 1)
            value = self._node(next(events), events, depth + 1)
            if not isinstance(key.value, str):
                raise self._error("a key must be a word", key.line, None)
            if key.value in entries:
                repeated.append((key.value, key.line))
                continue
            if not isinstance(value.value, str | None) or value.line == key.line:
                entries[key.value] = value
            else:  # a scalar on the next line: errors should point at the key
                entries[key.value] = Node(value.value, key.line)
        return Node(entries, line, tuple(repeated))

    def _error(self, message: str, line: int, hint: str | None) -> SourceError:
        return SourceError(message, where=Where(self._path, line), hint=hint, code=self._code)
