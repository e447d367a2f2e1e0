"""Reads typed fields out of JSON values and says exactly where one is wrong."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Any, NoReturn, TypeVar

from factcheck.errors import DataError

E = TypeVar("E", bound=Enum)
T = TypeVar("T")

_HINT = "write the report again with factcheck; the shape is in docs/report-format.md"


@dataclass(frozen=True, slots=True)
class Fields:
    """One JSON object of a saved report.

    Args:
        values: the object.
        at: the way to it, for messages: `verdicts[3].evidence[0]`.
        file: the file as the user named it.
    """

    values: dict[str, Any]
    at: str
    file: str

    @classmethod
    def of(cls, value: Any, at: str, file: str) -> Fields:
        """Wrap a value that must be an object.

        Raises:
            DataError: FC400, it is not one.
        """
        if not isinstance(value, dict):
            _refuse(f"{at or 'the report'} is not an object", file)
        return cls(value, at, file)

    def fail(self, key: str, what: str) -> NoReturn:
        """Refuse the report because of one key.

        Raises:
            DataError: FC400, always.
        """
        _refuse(f"{self._at(key)} {what}", self.file)

    def text(self, key: str, default: str | None = None) -> str:
        """A string; a missing key gives the default, if there is one."""
        value = self._get(key, default)
        if not isinstance(value, str):
            self.fail(key, "is not text")
        return value

    def optional_text(self, key: str) -> str | None:
        """A string or null; a missing key is null."""
        return None if self.values.get(key) is None else self.text(key)

    def whole(self, key: str, default: int | None = None) -> int:
        """A whole number of at least 0."""
        value = self._get(key, default)
        if isinstance(value, bool) or not isinstance(value, int) or value < 0:
            self.fail(key, "is not a whole number of at least 0")
        return value

    def optional_whole(self, key: str) -> int | None:
        """A whole number or null; a missing key is null."""
        return None if self.values.get(key) is None else self.whole(key)

    def number(self, key: str, default: float | None = None) -> float:
        """A finite number."""
        value = self._get(key, default)
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            self.fail(key, "is not a number")
        # A whole number too large for a float overflows in `float`, not in `isfinite`.
        number = float(value) if abs(value) < 1e300 else math.inf
        if not math.isfinite(number):
            self.fail(key, "is not a finite number")
        return number

    def optional_number(self, key: str) -> float | None:
        """A finite number or null; a missing key is null."""
        return None if self.values.get(key) is None else self.number(key)

    def flag(self, key: str, default: bool | None = None) -> bool:
        """True or false."""
        value = self._get(key, default)
        if not isinstance(value, bool):
            self.fail(key, "is not true or false")
        return value

    def day(self, key: str) -> date | None:
        """An ISO date or null; a missing key is null."""
        value = self.optional_text(key)
        if value is None:
            return None
        try:
            return date.fromisoformat(value)
        except ValueError:
            self.fail(key, "is not a date like 2008-02-18")

    def choice(self, key: str, kind: type[E]) -> E:
        """A member of a closed set."""
        value = self._get(key, None)
        try:
            return kind(value)
        except ValueError:
            self.fail(key, f"is not one of {', '.join(str(member.value) for member in kind)}")

    def optional_choice(self, key: str, kind: type[E]) -> E | None:
        """A member of a closed set or null; a missing key is null."""
        return None if self.values.get(key) is None else self.choice(key, kind)

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of strings; a missing key is an empty one."""
        values = self._list(key)
        if not all(isinstance(value, str) for value in values):
            self.fail(key, "holds something that is not text")
        return tuple(values)

    def span(self, key: str) -> tuple[int, int] | None:
        """A pair of offsets or null; a missing key is null."""
        value = self.values.get(key)
        return None if value is None else self._span(key, value)

    def spans(self, key: str) -> tuple[tuple[int, int], ...]:
        """A list of pairs of offsets; a missing key is an empty one."""
        return tuple(self._span(key, value) for value in self._list(key))

    def object(self, key: str) -> Fields:
        """An object that must be there."""
        return Fields.of(self._get(key, None), self._at(key), self.file)

    def optional(self, key: str, read: Callable[[Fields], T]) -> T | None:
        """An object read by a function, or null; a missing key is null."""
        return None if self.values.get(key) is None else read(self.object(key))

    def each(self, key: str, read: Callable[[Fields], T], *, needed: bool = False) -> tuple[T, ...]:
        """A list of objects, each read by a function; missing is an empty one unless needed."""
        if needed and key not in self.values:
            self.fail(key, "is missing")
        return tuple(
            read(Fields.of(value, f"{self._at(key)}[{index}]", self.file))
            for index, value in enumerate(self._list(key))
        )

    def _get(self, key: str, default: Any) -> Any:
        if key in self.values:
            return self.values[key]
        if default is None:
            self.fail(key, "is missing")
        return default

    def _list(self, key: str) -> Sequence[Any]:
        value = self.values.get(key, [])
        if not isinstance(value, list):
            self.fail(key, "is not a list")
        return value

    def _span(self, key: str, value: Any) -> tuple[int, int]:
        if (
            not isinstance(value, list)
            or len(value) != 2
            or any(isinstance(item, bool) or not isinstance(item, int) for item in value)
            or not 0 <= value[0] <= value[1]
        ):
            self.fail(key, "is not a pair of offsets")
        return value[0], value[1]

    def _at(self, key: str) -> str:
        return f"{self.at}.{key}" if self.at else key


def _refuse(message: str, file: str) -> NoReturn:
    raise DataError(f"not a report of factcheck: {message}", where=file, hint=_HINT)
