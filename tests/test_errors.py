"""Ctrl-C that an import has made another error of is Ctrl-C again; a missing package is not."""

from __future__ import annotations

import pytest

from factcheck.errors import raise_if_stopped


def wrapped(cause: BaseException) -> ImportError:
    try:
        raise ImportError("cannot load") from cause
    except ImportError as error:
        return error


@pytest.mark.parametrize(
    "error",
    [
        ImportError("KeyboardInterrupt: "),
        wrapped(KeyboardInterrupt()),
        wrapped(wrapped(KeyboardInterrupt())),
    ],
)
def test_a_stop_inside_an_import_stops(error: ImportError) -> None:
    with pytest.raises(KeyboardInterrupt):
        raise_if_stopped(error)


def test_a_missing_package_is_no_stop() -> None:
    raise_if_stopped(wrapped(ModuleNotFoundError("No module named 'onnxruntime'")))
