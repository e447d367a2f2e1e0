"""The shared report, and the comparison with golden files.

To write the golden files anew after a wanted change: `FACTCHECK_UPDATE_GOLDEN=1 pytest
tests/report`, then read the difference before committing it.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from report_sample import empty_report, sample_report

from factcheck.records import Report

GOLDEN = Path(__file__).parents[1] / "golden"


@pytest.fixture(scope="session")
def report() -> Report:
    return sample_report()


@pytest.fixture(scope="session")
def empty() -> Report:
    return empty_report()


@pytest.fixture(scope="session")
def matches_golden() -> Callable[[str, str], None]:
    """Compare a whole output with a file, byte for byte."""

    def compare(text: str, name: str) -> None:
        file = GOLDEN / name
        if os.environ.get("FACTCHECK_UPDATE_GOLDEN"):
            GOLDEN.mkdir(exist_ok=True)
            file.write_bytes(text.encode())
        assert file.is_file(), f"no golden file {name}; see tests/report/conftest.py"
        assert text == file.read_bytes().decode(), f"{name}: see tests/report/conftest.py"

    return compare
