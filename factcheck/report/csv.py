"""The checker's ledger: one row per claim, for a spreadsheet."""

from __future__ import annotations

import csv
import io

from factcheck.records import Report, Verdict
from factcheck.report.grouping import gate_by_claim, methods, sides
from factcheck.report.options import RenderOptions
from factcheck.report.plain import one_line
from factcheck.report.wording import (
    expectation,
    label_key,
    listed,
    place_of,
    quote_words,
    source_name,
)

COLUMNS = (
    "claim_id",
    "claim",
    "speaker",
    "verdict",
    "confidence",
    "basis",
    "method",
    "sources_for",
    "sources_against",
    "origins_for",
    "origins_against",
    "sources_published",
    "quotation",
    "note",
    "gate",
    "tags",
    "location",
)

# A cell that starts with one of these is run as a formula by spreadsheet programs, also behind
# white space. Source: OWASP, "CSV Injection".
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


def render(report: Report, options: RenderOptions) -> str:
    """RFC 4180 text with a header row; cells never hold line breaks or run as formulas."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    gate = gate_by_claim(report)
    for verdict in report.verdicts:
        stops = [f"{item.rule}: {item.message}" for item in gate.get(verdict.claim.id, ())]
        writer.writerow([safe_cell(cell) for cell in _row(verdict, stops)])
    return ("\ufeff" if options.byte_order_mark else "") + out.getvalue()


def safe_cell(text: str) -> str:
    """Text on one line that a spreadsheet shows and does not run."""
    text = one_line(text)
    return f"'{text}" if text.startswith(_FORMULA_STARTS) else text


def _row(verdict: Verdict, stops: list[str]) -> list[str]:
    claim, found = verdict.claim, sides(verdict)
    cited = [*found.supports, *found.refutes]
    if verdict.quote is not None and verdict.quote.best is not None:
        words = f"{quote_words(verdict.quote)} [{verdict.quote.best.source_id}]"
    else:
        words = quote_words(verdict.quote) if verdict.quote is not None else ""
    return [
        claim.id,
        claim.text,
        claim.speaker or "",
        label_key(verdict.label),
        f"{verdict.confidence:.2f}" if verdict.label is not None else "",
        verdict.basis.value if verdict.basis is not None else "",
        listed(methods(verdict)),
        listed(source_name(item) for item in found.supports),
        listed(source_name(item) for item in found.refutes),
        str(verdict.origins_for),
        str(verdict.origins_against),
        listed(sorted(item.published.isoformat() for item in cited if item.published)),
        words,
        _note(verdict),
        listed(stops),
        listed(claim.tags),
        place_of(claim.location),
    ]


def _note(verdict: Verdict) -> str:
    notes = []
    unmet = expectation(verdict)
    if unmet:
        notes.append(unmet)
    if verdict.failure is not None:
        notes.append(f"{verdict.failure.message} ({verdict.failure.code})")
    notes += [one_line(reason) for reason in verdict.reasons]
    notes += [f"on the word of {item.reported_by}" for item in verdict.evidence if item.reported_by]
    notes += [finding.message for item in verdict.evidence for finding in item.findings]
    if verdict.quote is not None:
        notes.append(verdict.quote.message)
    notes += [f"{part.claim.text} = {label_key(part.label)}" for part in verdict.parts]
    return listed(notes)
