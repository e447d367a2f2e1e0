"""Records to JSON and back without losing a bit, for what is kept between runs.

The published report rounds numbers and lays fields out for readers; this form does neither.
"""

from __future__ import annotations

import json
import types
import typing
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum
from functools import cache
from typing import Any, TypeVar, Union

T = TypeVar("T")


def record_to_json(record: Any) -> str:
    """A record as compact JSON; floats keep every digit."""
    return json.dumps(_plain(record), ensure_ascii=True, separators=(",", ":"))


def record_from_json(kind: type[T], text: str) -> T:
    """The inverse of `record_to_json`.

    Raises:
        ValueError: not JSON, or not of this kind.
    """
    try:
        found: T = _build(kind, json.loads(text))
    except (KeyError, TypeError, IndexError, RecursionError) as error:
        raise ValueError(f"not a {kind.__name__}: {error}") from None
    return found


def _plain(value: Any) -> Any:
    if value is None or isinstance(value, (str, bool)):
        return value
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    if is_dataclass(value):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    # Numbers of numerical libraries become Python's own, exactly.
    return value if isinstance(value, (int, float)) else value.item()


def _build(kind: Any, data: Any) -> Any:
    origin, arguments = typing.get_origin(kind), typing.get_args(kind)
    if origin in (Union, types.UnionType):
        if data is None:
            return None
        return _build(next(a for a in arguments if a is not type(None)), data)
    if origin is tuple:
        if len(arguments) == 2 and arguments[1] is Ellipsis:
            return tuple(_build(arguments[0], item) for item in data)
        return tuple(_build(a, item) for a, item in zip(arguments, data, strict=True))
    if not isinstance(kind, type):
        return data
    if is_dataclass(kind):
        hints = _hints(kind)
        return kind(**{name: _build(hints[name], item) for name, item in data.items()})
    if issubclass(kind, Enum):
        return kind(data)
    if issubclass(kind, date):
        return date.fromisoformat(data)
    return data


@cache
def _hints(kind: type) -> dict[str, Any]:
    return typing.get_type_hints(kind)
