"""Values written into `factcheck.yaml` with every other byte of the file left as it is.

Instead of dumping the file anew, which would lose comments and layout, the places of the values are
looked up and only they are replaced. What comes out is read again: unless it says what the old file
said, with the new values, nothing is written.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from factcheck.errors import ConfigError
from factcheck.yaml_lines import load_yaml_with_lines

# Start and end in the text, and what comes there.
_Edit = tuple[int, int, str]


def yaml_lines_of(values: Mapping[str, float]) -> str:
    """Settings as lines for `factcheck.yaml`; names have one dot."""
    lines, last = [], ""
    for name, value in values.items():
        group, _, key = name.partition(".")
        if group != last:
            lines.append(f"{group}:")
            last = group
        lines.append(f"  {key}: {value:g}")
    return "\n".join(lines) + "\n"


def with_yaml_values(text: str, values: Mapping[str, float], path: str | Path) -> str:
    """The text of a configuration file with some numbers set.

    Args:
        text: the file as it is; empty for a new one. A byte order mark may stand in front.
        values: settings of the form `group.key`.
        path: named in messages.

    Raises:
        ConfigError: FC112, the values cannot be put in without changing something else; the hint
            holds the lines to write by hand.
    """
    body = text.removeprefix("\ufeff")
    edited = _apply(body, _edits(body, values, path))
    if _plain(edited, path, values) != _expected(_plain(body, path, values), values):
        raise _by_hand("the file is written in a way that cannot be edited safely", path, values)
    return text[: len(text) - len(body)] + edited


def _edits(body: str, values: Mapping[str, float], path: str | Path) -> list[_Edit]:
    try:
        root = yaml.compose(body, Loader=yaml.SafeLoader)
    except yaml.YAMLError:
        raise _by_hand("the file is not valid YAML", path, values) from None
    if root is None:
        return [_appended(body, values, "")]
    if not isinstance(root, yaml.MappingNode):
        raise _by_hand("the file does not hold `name: value` lines", path, values)
    top = _children(root)
    edits: list[_Edit] = []
    groups: dict[str, dict[str, float]] = {}
    for name, value in values.items():
        if name in top:  # written with its dot
            edits.append(_replaced(top[name], value))
        else:
            group, _, key = name.partition(".")
            groups.setdefault(group, {})[key] = value
    absent: dict[str, float] = {}
    for group, keys in groups.items():
        node = top.get(group)
        if node is None:
            absent.update({f"{group}.{key}": value for key, value in keys.items()})
        elif isinstance(node, yaml.MappingNode):
            edits += _inside(body, node, keys)
        else:
            raise _by_hand(f"`{group}` is no group of settings", path, values)
    if absent and root.flow_style:
        for group in dict.fromkeys(name.partition(".")[0] for name in absent):
            keys = groups[group]
            edits.append(_flow_insert(root, f"{group}: {{{_listed(keys)}}}"))
    elif absent:
        edits.append(_appended(body, absent, " " * root.start_mark.column))
    return edits


def _children(node: yaml.MappingNode) -> dict[str, Any]:
    return {key.value: value for key, value in node.value if isinstance(key, yaml.ScalarNode)}


def _inside(body: str, node: yaml.MappingNode, keys: Mapping[str, float]) -> list[_Edit]:
    """Edits in one group: values that are there are replaced, the others put before the first."""
    present = _children(node)
    edits = [_replaced(present[key], value) for key, value in keys.items() if key in present]
    missing = {key: value for key, value in keys.items() if key not in present}
    if not missing:
        return edits
    if node.flow_style:
        return [*edits, _flow_insert(node, _listed(missing))]
    mark = node.value[0][0].start_mark
    indent = _newline(body) + " " * mark.column
    lines = "".join(f"{key}: {value:g}{indent}" for key, value in missing.items())
    return [*edits, (mark.index, mark.index, lines)]


def _replaced(node: Any, value: float) -> _Edit:
    return node.start_mark.index, node.end_mark.index, f"{value:g}"


def _flow_insert(node: yaml.MappingNode, items: str) -> _Edit:
    """New items at the end of `{…}`."""
    if node.value:
        place = node.value[-1][1].end_mark.index
        return place, place, f", {items}"
    place = node.start_mark.index + 1
    return place, place, items


def _listed(keys: Mapping[str, float]) -> str:
    return ", ".join(f"{key}: {value:g}" for key, value in keys.items())


def _appended(body: str, values: Mapping[str, float], indent: str) -> _Edit:
    newline = _newline(body)
    lines = "".join(
        f"{indent}{line}{newline}" for line in yaml_lines_of(values).splitlines() if line
    )
    start = newline if body and not body.endswith(("\n", "\r")) else ""
    return len(body), len(body), start + lines


def _newline(body: str) -> str:
    return "\r\n" if "\r\n" in body else "\n"


def _apply(body: str, edits: list[_Edit]) -> str:
    for start, end, piece in sorted(edits, reverse=True):
        body = body[:start] + piece + body[end:]
    return body


def _plain(body: str, path: str | Path, values: Mapping[str, float]) -> dict[str, Any]:
    try:
        document = load_yaml_with_lines(body, path, error=ConfigError)
    except ConfigError:
        raise _by_hand("the values do not fit into the file", path, values) from None
    plain = document.plain() if document is not None else None
    return dict(plain) if isinstance(plain, dict) else {}


def _expected(plain: dict[str, Any], values: Mapping[str, float]) -> dict[str, Any]:
    for name, value in values.items():
        group, _, key = name.partition(".")
        if name in plain:
            plain[name] = value
        else:
            plain[group] = {**(plain.get(group) or {}), key: value}
    return plain


def _by_hand(message: str, path: str | Path, values: Mapping[str, float]) -> ConfigError:
    lines = yaml_lines_of(values).rstrip().replace("\n", "\n  ")
    return ConfigError(
        message, where=path, hint=f"write these lines yourself:\n  {lines}", code="FC112"
    )
