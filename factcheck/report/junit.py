"""JUnit XML, which every CI server shows: one case per claim, failures where the gate fails."""

from __future__ import annotations

import re
from xml.sax.saxutils import escape, quoteattr

from factcheck.records import GateFinding, Report, Verdict
from factcheck.report.grouping import gate_by_claim, gate_without_claim, sides
from factcheck.report.options import RenderOptions
from factcheck.report.plain import clean_text, one_line, shorten
from factcheck.report.wording import (
    BASIS_WORDS,
    label_key,
    per_cent,
    place_of,
    quote_words,
    source_facts,
    source_name,
)

# Characters that XML 1.0 cannot hold even as references.
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_NAME_LENGTH = 120


def render(report: Report, options: RenderOptions) -> str:
    """One suite per claims file.

    A claim fails when the gate says so, not by its label, so that the CI server and the exit code
    agree. A claim without a verdict is an error: it must never look like a pass.
    """
    gate = gate_by_claim(report)
    suites: dict[str, list[str]] = {}
    totals = {"tests": 0, "failures": 0, "errors": 0}
    counts: dict[str, dict[str, int]] = {}

    def add(suite: str, case: str, kind: str | None) -> None:
        suites.setdefault(suite, []).append(case)
        own = counts.setdefault(suite, dict.fromkeys(totals, 0))
        for count in (own, totals):
            count["tests"] += 1
            if kind:
                count[kind] += 1

    for verdict in report.verdicts:
        path = verdict.claim.location.path if verdict.claim.location else "claims"
        stops = gate.get(verdict.claim.id, ())
        kind = "errors" if verdict.failure else "failures" if stops else None
        add(path, _case(verdict, path, stops), kind)
    for finding in gate_without_claim(report):
        path = finding.location.path if finding.location else "gate"
        add(path, _loose_case(finding, path), "failures")
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<testsuites name="factcheck"{_counts(totals)}>',
    ]
    for suite, cases in suites.items():
        lines.append(f"  <testsuite name={_attribute(suite)}{_counts(counts[suite])}>")
        lines += cases
        lines.append("  </testsuite>")
    return "\n".join([*lines, "</testsuites>"]) + "\n"


def _counts(counts: dict[str, int]) -> str:
    shown = "".join(f' {key}="{value}"' for key, value in counts.items())
    return f'{shown} skipped="0" time="0"'


def _case(verdict: Verdict, path: str, stops: tuple[GateFinding, ...]) -> str:
    claim = verdict.claim
    name = f"{claim.id}: {shorten(claim.text, _NAME_LENGTH) or '(no text)'}"
    line = claim.location.line if claim.location else None
    attributes = f'name={_attribute(name)} classname={_attribute(path)} time="0"'
    if line is not None:
        attributes += f' file={_attribute(path)} line="{line}"'
    inner = []
    if verdict.failure is not None:
        failure = verdict.failure
        told = f"{failure.message} ({failure.code})"
        inner.append(_element("error", told, failure.code, failure.hint or told))
    elif stops:
        told = "; ".join(item.message for item in stops)
        rules = ", ".join(dict.fromkeys(item.rule for item in stops))
        inner.append(_element("failure", told, rules, _details(verdict)))
    else:
        inner.append(f"      <system-out>{_text(_details(verdict))}</system-out>")
    return "\n".join([f"    <testcase {attributes}>", *inner, "    </testcase>"])


def _loose_case(finding: GateFinding, path: str) -> str:
    name = finding.claim_id or finding.rule
    body = _element("failure", finding.message, finding.rule, finding.message)
    return (
        f'    <testcase name={_attribute(name)} classname={_attribute(path)} time="0">\n'
        f"{body}\n    </testcase>"
    )


def _element(tag: str, message: str, kind: str, body: str) -> str:
    return (
        f"      <{tag} message={_attribute(message)} type={_attribute(kind)}>{_text(body)}</{tag}>"
    )


def _details(verdict: Verdict) -> str:
    """Everything that a reader of a CI log needs to understand the verdict."""
    lines = [f"claim: {one_line(verdict.claim.text)}"]
    if verdict.label is not None:
        sure = per_cent(verdict.confidence)
        lines.append(f"verdict: {label_key(verdict.label)}, confidence {sure}")
    where = place_of(verdict.claim.location)
    if where:
        lines.append(f"at: {where}")
    if verdict.basis is not None:
        lines.append(f"basis: {BASIS_WORDS[verdict.basis]}")
    lines += [f"reason: {one_line(reason)}" for reason in verdict.reasons]
    if verdict.quote is not None:
        lines.append(f"quotation: {quote_words(verdict.quote)}")
    found = sides(verdict)
    for title, items in (("for", found.supports), ("against", found.refutes)):
        for item in items:
            facts = ", ".join([source_name(item), *source_facts(item)])
            lines.append(f"{title}: {one_line(item.text)} [{facts}]")
    lines += [
        f"part: {one_line(part.claim.text)} = {label_key(part.label)}" for part in verdict.parts
    ]
    return "\n".join(lines)


def _text(text: str) -> str:
    return escape(_NOT_XML.sub("\ufffd", clean_text(text)))


def _attribute(text: str) -> str:
    return quoteattr(_NOT_XML.sub("\ufffd", one_line(text)))
