from __future__ import annotations

import json
from pathlib import Path

import pytest

from factcheck.report.registry import format_of_path, formats
from factcheck.report.sarif import RULES

DOCS = Path(__file__).parents[2] / "docs"
TEXT = (DOCS / "report-format.md").read_text("utf-8")


@pytest.mark.parametrize("fmt", formats())
def test_every_format_is_documented_with_the_ending_that_selects_it(fmt) -> None:
    row = next(line for line in TEXT.splitlines() if line.startswith(f"| `{fmt}` |"))
    ending = row.split("|")[2].strip()
    if fmt == "github":
        assert ending == "none: `github:FILE`"
    else:
        assert format_of_path(f"report{ending.strip('`')}")[0] == fmt


def test_every_key_of_the_schema_is_documented() -> None:
    schema = json.loads((DOCS / "report.schema.json").read_text("utf-8"))
    named = {
        key for part in [schema, *schema["$defs"].values()] for key in part.get("properties", {})
    }
    assert sorted(key for key in named if f"`{key}`" not in TEXT) == []


def test_every_sarif_rule_is_documented() -> None:
    assert [rule for rule in RULES if f"`{rule}`" not in TEXT] == []
