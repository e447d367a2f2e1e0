"""JSON Lines: one verdict per line, for batches too large to hold in memory."""

from __future__ import annotations

from factcheck.records import Report, Verdict
from factcheck.report.encode import verdict_object
from factcheck.report.json import dump
from factcheck.report.options import RenderOptions


def render(report: Report, options: RenderOptions) -> str:
    """One verdict object per line, shaped as in the JSON report, in the order of the claims."""
    return "".join(verdict_line(verdict) for verdict in report.verdicts)


def verdict_line(verdict: Verdict) -> str:
    """One verdict as one line, with its newline; lets a caller write while it verifies."""
    return dump(verdict_object(verdict)) + "\n"
