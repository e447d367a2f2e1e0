"""The error tree. The core raises these; the command line prints each once and picks the exit code.

    FactcheckError                 code    exit
    ├── InputError                 FC1xx   2     something the user gave cannot be used
    │   ├── UsageError             FC10x         a flag, a name or a path on the command line
    │   ├── ConfigError            FC11x         settings: file, environment or flags
    │   ├── ClaimsError            FC2xx         a claims file or one entry of it
    │   ├── DraftError             FC25x         a draft that cannot be read
    │   ├── SourceError            FC3xx         one source file, or the corpus as a whole
    │   └── DataError              FC4xx         labelled data, saved reports
    └── EnvironmentFailure         FC5xx   3     the machine, not the input
        ├── IndexStoreError        FC51x         the index is missing, foreign, damaged or locked
        ├── ModelError             FC52x         weights or a runtime
        └── StorageError           FC53x         disk full, no permission to write

Anything else that reaches the command line is a bug and exits with 70.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from factcheck.records import Claim


@dataclass(frozen=True, slots=True)
class Where:
    """A place that a message points at.

    Args:
        path: file as the user named it.
        line: 1-based line, if known.
        column: 1-based column, if known.
    """

    path: str
    line: int | None = None
    column: int | None = None

    def __str__(self) -> str:
        parts = [self.path]
        if self.line is not None:
            parts.append(str(self.line))
            if self.column is not None:
                parts.append(str(self.column))
        return ":".join(parts)


# Gives the place of a part of a value, by the keys and 0-based positions that lead to it.
PlaceOf = Callable[..., "Where | str | None"]


class FactcheckError(Exception):
    """Base of every error that the core raises on purpose.

    Args:
        message: what is wrong, in one sentence without a full stop.
        where: the place, if there is one.
        hint: what the user can do next.
        code: overrides the class's code when one class covers several cases.
    """

    code = "FC000"
    exit_code = 70

    def __init__(
        self,
        message: str,
        *,
        where: Where | str | Path | None = None,
        hint: str | None = None,
        code: str | None = None,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.where = where if isinstance(where, Where) or where is None else Where(str(where))
        self.hint = hint
        if code is not None:
            self.code = code

    def render(self) -> str:
        """The lines shown to the user: code and message, place, hint."""
        lines = [f"error[{self.code}]: {self.message}"]
        if self.where is not None:
            lines.append(f"  {self.where}")
        if self.hint:
            lines.append(f"hint: {self.hint}")
        return "\n".join(lines)


class InputError(FactcheckError):
    """Something the user gave cannot be used."""

    code = "FC100"
    exit_code = 2


class UsageError(InputError):
    """A flag, a name or a path on the command line."""

    code = "FC101"


class ConfigError(InputError):
    """A setting is unknown or has a wrong value."""

    code = "FC110"


class ClaimsError(InputError):
    """A claims file, or one entry of it, cannot be used.

    `entry` holds what could be read of it; all errors of one entry share it.
    """

    code = "FC200"
    entry: Claim | None = None


class DraftError(InputError):
    """A draft cannot be read."""

    code = "FC250"


class SourceError(InputError):
    """A source file, or the corpus as a whole, cannot be used."""

    code = "FC300"


class DataError(InputError):
    """Labelled data or a saved report cannot be used."""

    code = "FC400"


class EnvironmentFailure(FactcheckError):
    """The machine rather than the input is at fault."""

    code = "FC500"
    exit_code = 3


class IndexStoreError(EnvironmentFailure):
    """The index is missing, foreign, damaged or locked."""

    code = "FC510"


class ModelError(EnvironmentFailure):
    """Weights or a model runtime cannot be used."""

    code = "FC520"


class StorageError(EnvironmentFailure):
    """The disk is full or a folder cannot be written."""

    code = "FC530"


class InputErrors(InputError):
    """Several input errors found in one go, in file order.

    Args:
        errors: at least one error; the first gives the code.
    """

    def __init__(self, errors: list[InputError]) -> None:
        first = errors[0]
        super().__init__(first.message, where=first.where, hint=first.hint, code=first.code)
        self.errors = tuple(errors)

    def render(self) -> str:
        return "\n\n".join(error.render() for error in self.errors)


def raise_input_errors(errors: Sequence[InputError]) -> None:
    """Raise what was collected: nothing, the one error, or all of them together."""
    if len(errors) == 1:
        raise errors[0]
    if errors:
        raise InputErrors(list(errors))


def raise_if_stopped(error: BaseException) -> None:
    """Raise KeyboardInterrupt again where an import has made another error of it.

    Ctrl-C while a compiled module initialises reaches us as an ImportError that only names it.
    """
    link: BaseException | None = error
    while link is not None:
        if isinstance(link, KeyboardInterrupt) or "KeyboardInterrupt" in str(link):
            raise KeyboardInterrupt from error
        link = link.__cause__ or link.__context__
