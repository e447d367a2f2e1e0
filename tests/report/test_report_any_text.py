"""Whatever a claim or a source holds, no format may fail or lose a claim."""

from __future__ import annotations

import csv
import dataclasses
import io
import json
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from report_sample import sample_report

from factcheck.records import Report
from factcheck.report.github import job_summary
from factcheck.report.read import from_json
from factcheck.report.registry import formats, render

# Fields that hold members of a fixed set although their type is text.
_FIXED = {"op", "schema_version"}

NASTY = st.text(
    st.one_of(
        st.sampled_from("\x00\x1b\x9b\u2028\ud800\u202e\n\r\t<>&\"'`|*_#[](){}%:,;=+-@\\~$ a1é漢"),
        st.characters(),
    ),
    max_size=12,
)


def with_text(value: Any, text: str) -> Any:
    """The record with one text in the place of every text."""
    if isinstance(value, str):
        return text
    if isinstance(value, tuple):
        return tuple(with_text(item, text) for item in value)
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return dataclasses.replace(
            value,
            **{
                field.name: with_text(getattr(value, field.name), text)
                for field in dataclasses.fields(value)
                if field.name not in _FIXED
            },
        )
    return value


def rendered(text: str) -> tuple[Report, dict[str, str]]:
    report = with_text(sample_report(), text)
    outputs = {fmt: render(report, fmt) for fmt in formats()}
    outputs["terminal in colour"] = render(report, "terminal", colour=True, verbosity="verbose")
    outputs["job summary"] = job_summary(report)
    return report, outputs


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@example("\f")
@example("a\x85b\u2028c\x1cd\ve")
@given(NASTY)
def test_every_format_stays_whole_with_any_text_in_every_field(text: str) -> None:
    report, outputs = rendered(text)
    count = len(report.verdicts)
    for output in outputs.values():
        output.encode("utf-8")
    assert len(json.loads(outputs["json"])["verdicts"]) == count
    assert render(from_json(outputs["json"]), "json") == outputs["json"]
    assert len(outputs["jsonl"].splitlines()) == count
    assert len(json.loads(outputs["sarif"])["runs"][0]["results"]) >= count - 3
    assert len(json.loads(outputs["claimreview"])["@graph"]) == count - 1
    table = list(csv.reader(io.StringIO(outputs["csv"], newline="")))
    assert len(table) == count + 1
    cases = ElementTree.fromstring(outputs["junit"].encode()).iter("testcase")
    assert len(list(cases)) >= count
    assert outputs["html"].count("<article ") == count
    assert outputs["html"].count("<script>") == 1
    assert all(line.startswith("::") for line in outputs["github"].splitlines())


@pytest.mark.parametrize("text", ["", " ", "\n\n", "\x1b", "A" * 5000, "كلمة عربية", "🧪" * 40])
def test_empty_long_and_foreign_texts_are_no_exception(text: str) -> None:
    report, outputs = rendered(text)
    assert outputs["html"].count("<article ") == len(report.verdicts)
    assert "12 claims: 3 supported" in outputs["terminal"]
