"""Records to JSON and back without losing a bit, for what is kept between runs.

The published report rounds numbers and lays fields out for readers; this form does neither.
"""

from __future__ import annotations

import json
import types
import typing
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum
from functools import cache
from typing import Any, TypeVar, Union

T = TypeVar("T")
Builder = Callable[[Any], Any]


def record_to_json(record: Any) -> str:
    """A record as compact JSON; floats keep every digit."""
    return json.dumps(_plain(record), ensure_ascii=True, separators=(",", ":"))


def record_from_json(kind: type[T], text: str) -> T:
    """The inverse of `record_to_json`.

    Raises:
        ValueError: not JSON, or not of this kind.
    """
    try:
        builder = _builder(typing.cast(Any, kind))
        data = json.loads(text)
        found: T = builder(data) if builder else data
    except (KeyError, TypeError, AttributeError, RecursionError) as error:
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


@cache
def _builder(kind: Any) -> Builder | None:
    """What makes a value of this kind from its plain form; None when that is the value itself."""
    origin, arguments = typing.get_origin(kind), typing.get_args(kind)
    if origin in (Union, types.UnionType):
        return _optional(_builder(next(a for a in arguments if a is not type(None))))
    if origin is tuple:
        if len(arguments) == 2 and arguments[1] is Ellipsis:
            return _many(_builder(arguments[0]))
        return tuple
    if not isinstance(kind, type):
        return None
    if is_dataclass(kind):
        return _record(kind)
    if issubclass(kind, Enum):
        return kind
    return date.fromisoformat if issubclass(kind, date) else None


def _optional(inner: Builder | None) -> Builder | None:
    return inner and (lambda data: None if data is None else inner(data))


def _many(inner: Builder | None) -> Builder:
    return (lambda data: tuple(inner(item) for item in data)) if inner else tuple


def _record(kind: type) -> Builder:
    inner: dict[str, Builder] = {}
    pending = True

    def build(data: dict[str, Any]) -> Any:
        nonlocal pending
        if pending:  # not before the first use: a record may hold records of its own kind
            found = {name: _builder(hint) for name, hint in typing.get_type_hints(kind).items()}
            inner.update({name: builder for name, builder in found.items() if builder})
            pending = False
        return kind(
            **{name: inner[name](item) if name in inner else item for name, item in data.items()}
        )

    return build
