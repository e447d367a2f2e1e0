from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factcheck.report.csv import COLUMNS, safe_cell
from factcheck.report.registry import render


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline="")))


def test_ledger_is_the_golden_file(report, matches_golden) -> None:
    matches_golden(render(report, "csv"), "report.csv")


def test_ledger_has_one_row_per_claim_with_what_a_checker_notes(report) -> None:
    found = rows(render(report, "csv"))
    assert [row["claim_id"] for row in found] == [v.claim.id for v in report.verdicts]
    cost = found[1]
    assert cost["verdict"] == "contested"
    assert cost["basis"] == "conflicting"
    assert cost["confidence"] == "0.88"
    assert cost["sources_for"] == "Breakwater opens after long winter; Brynholm opens breakwater"
    assert cost["sources_against"] == "Audit of the Brynholm breakwater"
    assert (cost["origins_for"], cost["origins_against"]) == ("1", "1")
    assert cost["sources_published"] == "2023-03-14; 2023-05-02"
    assert "on the word of the mayor’s office" in cost["note"]


def test_claim_without_a_verdict_keeps_its_row_and_its_reason(report) -> None:
    broken = rows(render(report, "csv"))[-1]
    assert (broken["verdict"], broken["confidence"]) == ("failed", "")
    assert 'claim "broken" has no text (FC203)' in broken["note"]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "  =", "\t=", "\r\n@", "\x00=", "＝"])
def test_cell_that_would_run_as_a_formula_is_defused(start: str) -> None:
    assert safe_cell(f"{start}1+1").startswith("'")


@given(st.text())
def test_no_cell_starts_like_a_formula_or_breaks_a_line(text: str) -> None:
    cell = safe_cell(text)
    assert not cell.startswith(("=", "+", "-", "@", "\t"))
    assert len(cell.splitlines()) <= 1


def test_no_cell_of_a_hostile_report_starts_like_a_formula(report) -> None:
    for row in rows(render(report, "csv")):
        assert not any(cell.startswith(("=", "+", "-", "@")) for cell in row.values())


def test_byte_order_mark_can_be_left_out(report) -> None:
    assert render(report, "csv").startswith("\ufeffclaim_id,")
    assert render(report, "csv", byte_order_mark=False).startswith("claim_id,")


def test_run_without_claims_still_has_its_header(empty) -> None:
    assert render(empty, "csv", byte_order_mark=False) == ",".join(COLUMNS) + "\r\n"
