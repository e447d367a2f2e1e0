from __future__ import annotations

import dataclasses
import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from report_sample import SOURCES

from factcheck.errors import DataError
from factcheck.records import Claim, ModelCard, Report
from factcheck.report.jsonl import verdict_line
from factcheck.report.read import from_json, verdict_from_json
from factcheck.report.registry import render

ROOT = Path(__file__).parents[2]
PUBLISHED = ROOT / "docs" / "report.schema.json"
PACKAGED = ROOT / "factcheck" / "report" / "report.schema.json"


@pytest.fixture(scope="module")
def schema() -> dict[str, Any]:
    return json.loads(PUBLISHED.read_text("utf-8"))


def closed(schema: Any) -> Any:
    """The schema with no room for keys that it does not name."""
    if isinstance(schema, list):
        return [closed(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    result = {key: closed(value) for key, value in schema.items()}
    if "properties" in schema and isinstance(schema["properties"], dict):
        result["additionalProperties"] = False
    return result


def six_digits(value: Any) -> Any:
    """A record as the JSON report keeps it: numbers rounded, everything else as it was."""
    if isinstance(value, float):
        return round(value, 6)
    if isinstance(value, tuple):
        return tuple(six_digits(item) for item in value)
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        changed = {
            field.name: six_digits(getattr(value, field.name))
            for field in dataclasses.fields(value)
        }
        return dataclasses.replace(value, **changed)
    return value


def test_json_report_is_the_golden_file(report, matches_golden) -> None:
    matches_golden(render(report, "json"), "report.json")


def test_jsonl_report_is_the_golden_file(report, matches_golden) -> None:
    matches_golden(render(report, "jsonl"), "report.jsonl")


def test_saved_report_comes_back_as_an_equal_record(report, empty) -> None:
    assert from_json(render(report, "json")) == six_digits(report)
    assert from_json(render(empty, "json")) == empty


def test_sample_sets_every_field_of_every_record_so_that_none_can_be_lost(report) -> None:
    """Without this, a field added to a record could be missing from reports unnoticed."""
    seen: dict[type, set[str]] = {}

    def visit(value: Any) -> None:
        if isinstance(value, tuple):
            for item in value:
                visit(item)
        elif dataclasses.is_dataclass(value) and not isinstance(value, type):
            used = seen.setdefault(type(value), set())
            for field in dataclasses.fields(value):
                content = getattr(value, field.name)
                if content != field.default:
                    used.add(field.name)
                visit(content)

    visit(report)
    for record, used in seen.items():
        assert {field.name for field in dataclasses.fields(record)} - used == set(), record


def test_saved_report_renders_to_the_same_bytes(report) -> None:
    text = render(report, "json")
    assert render(from_json(text), "json") == text


def test_report_with_lone_surrogates_and_separators_survives_a_round_trip(report) -> None:
    odd = "a\ud800b\u2028c\x85d\x9be\u202ef\ufeff"
    claim = dataclasses.replace(report.verdicts[0].claim, text=odd)
    verdict = dataclasses.replace(report.verdicts[0], claim=claim)
    text = render(dataclasses.replace(report, verdicts=(verdict,)), "json")
    text.encode("utf-8")
    assert from_json(text).verdicts[0].claim.text == odd
    assert len(verdict_line(verdict).splitlines()) == 1


def test_jsonl_lines_are_the_verdicts_of_the_json_report(report) -> None:
    lines = render(report, "jsonl").splitlines()
    assert [json.loads(line) for line in lines] == json.loads(render(report, "json"))["verdicts"]
    assert verdict_from_json(lines[0]) == six_digits(report.verdicts[0])


def test_both_reports_fit_the_published_schema_and_it_names_every_key(
    schema, report, empty
) -> None:
    Draft202012Validator.check_schema(schema)
    strict = Draft202012Validator(
        closed(schema), format_checker=Draft202012Validator.FORMAT_CHECKER
    )
    for record in (report, empty):
        strict.validate(json.loads(render(record, "json")))


def test_schema_names_no_key_that_a_report_lacks(schema, report) -> None:
    written: set[str] = set()

    def collect(value: Any) -> None:
        if isinstance(value, dict):
            written.update(value)
            for item in value.values():
                collect(item)
        elif isinstance(value, list):
            for item in value:
                collect(item)

    collect(json.loads(render(report, "json")))
    named = {
        key for part in [schema, *schema["$defs"].values()] for key in part.get("properties", {})
    }
    assert named - written == set()


def test_schema_lists_the_members_of_every_closed_set(schema) -> None:
    from factcheck import records

    for name in ("Label", "Basis", "Stance", "Outcome", "QuoteStatus", "Attribution"):
        key = name[0].lower() + name[1:]
        assert schema["$defs"][key]["enum"] == [member.value for member in getattr(records, name)]


def test_packaged_schema_is_the_published_one() -> None:
    assert PACKAGED.read_bytes() == PUBLISHED.read_bytes()


def test_smallest_report_of_the_documentation_can_be_read(schema) -> None:
    minimal = {
        "schema_version": "1",
        "tool": {"name": "factcheck", "version": "0.1.0"},
        "models": [],
        "corpus": {"sources": 0, "origins": 0, "passages": 0, "sha256": "", "problems": []},
        "counts": {"supported": 0, "contested": 1, "unsupported": 0, "failed": 0},
        "verdicts": [
            {
                "claim_id": "c001",
                "claim": "The pool closed in May",
                "label": "contested",
                "basis": "refuted",
                "confidence": 1,
                "probabilities": {"supported": 0, "contested": 1, "unsupported": 0},
                "origins_for": 0,
                "origins_against": 1,
                "reasons": [],
                "evidence": [],
                "quote": None,
                "failure": None,
                "location": {"path": "claims.yaml", "line": 3},
            }
        ],
        "gate": {"passed": True, "findings": []},
    }
    Draft202012Validator(schema).validate(minimal)
    read = from_json(json.dumps(minimal))
    assert read.verdicts[0].claim == Claim(
        id="c001", text="The pool closed in May", location=read.verdicts[0].claim.location
    )
    assert read.counts["contested"] == 1


def test_every_span_and_selector_points_at_the_words_of_its_source(report) -> None:
    saved = json.loads(render(report, "json"))
    checked = 0
    pending = list(saved["verdicts"])
    while pending:
        verdict = pending.pop()
        pending.extend(verdict["parts"])
        for item in verdict["evidence"]:
            whole = SOURCES[item["source_id"]]["text"]
            quote, position = item["selectors"]
            assert whole[position["start"] : position["end"]] == quote["exact"] == item["text"]
            around = quote["prefix"] + quote["exact"] + quote["suffix"]
            assert whole.count(around) == 1
            checked += 1
    assert checked == 8


def test_numbers_that_json_cannot_hold_do_not_cost_the_report(report) -> None:
    item = dataclasses.replace(
        report.verdicts[0].evidence[0], bm25=float("inf"), dense_cosine=-0.0000001
    )
    verdict = dataclasses.replace(report.verdicts[0], confidence=float("nan"), evidence=(item,))
    saved = json.loads(verdict_line(verdict))
    assert saved["confidence"] == 0.0
    assert saved["evidence"][0]["bm25"] is None
    assert str(saved["evidence"][0]["dense_cosine"]) == "0.0"


def broken(change: Any) -> str:
    from report_sample import sample_report

    saved = json.loads(render(sample_report(), "json"))
    change(saved)
    return json.dumps(saved)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda r: r.pop("verdicts"), "verdicts is missing"),
        (lambda r: r.update(verdicts={}), "verdicts is not a list"),
        (lambda r: r["verdicts"].insert(0, 7), "verdicts[0] is not an object"),
        (lambda r: r["verdicts"][1].update(label="true"), "verdicts[1].label is not one of"),
        (lambda r: r["verdicts"][1].update(label=["x"]), "verdicts[1].label is not one of"),
        (lambda r: r["verdicts"][1].update(label=None), "verdicts[1].label is missing"),
        (lambda r: r["verdicts"][0].update(confidence="1"), "confidence is not a number"),
        (lambda r: r["verdicts"][0].update(confidence=10**400), "not a finite number"),
        (lambda r: r["verdicts"][0].update(tags=[1]), "tags holds something that is not text"),
        (lambda r: r["verdicts"][1].update(said_on="2 May"), "said_on is not a date"),
        (
            lambda r: r["verdicts"][0]["evidence"][0].update(start=-1),
            "verdicts[0].evidence[0].start is not a whole number",
        ),
        (
            lambda r: r["verdicts"][0]["evidence"][0].update(highlights=[[4, 2]]),
            "highlights is not a pair of offsets",
        ),
        (lambda r: r["gate"].update(passed="no"), "gate.passed is not true or false"),
        (lambda r: r.update(corpus=None), "corpus is not an object"),
    ],
)
def test_damaged_report_is_refused_with_the_place(change: Any, message: str) -> None:
    with pytest.raises(DataError) as caught:
        from_json(broken(change), path="saved.json")
    assert message in caught.value.message
    assert str(caught.value.where) == "saved.json"
    assert caught.value.exit_code == 2


def test_report_cut_off_in_the_middle_is_refused_with_line_and_column(report) -> None:
    with pytest.raises(DataError, match="not JSON") as caught:
        from_json(render(report, "json")[:500], path="saved.json")
    assert str(caught.value.where).startswith("saved.json:")
    assert caught.value.code == "FC400"


@pytest.mark.parametrize("text", ["", "[]", "null", "1" * 5000, "[" * 100_000, '{"a": NaN}'])
def test_text_that_is_no_report_is_refused(text: str) -> None:
    with pytest.raises(DataError):
        from_json(text)


def test_report_of_another_schema_version_is_refused(report) -> None:
    later: Report = dataclasses.replace(report, schema_version="2")
    with pytest.raises(DataError, match='schema version "2"'):
        from_json(render(later, "json"))


def test_equal_records_give_equal_bytes_whatever_the_order_of_settings(report) -> None:
    config = dict(reversed(list(report.config.items())))
    assert render(dataclasses.replace(report, config=config), "json") == render(report, "json")


def test_settings_of_any_kind_are_written(report) -> None:
    config = {
        "path": Path("a/b"),
        "set": {"b", "a"},
        "model": ModelCard(role="r", name="n", sha256="s"),
    }
    saved = json.loads(render(dataclasses.replace(report, config=config), "json"))["config"]
    assert saved["path"] == "a/b"
    assert saved["set"] == ["a", "b"]
    assert saved["model"].startswith("ModelCard(")
