"""Report to pass or fail: the one place that judges a run."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from factcheck.records import GateFinding, GateResult, Label, QuoteStatus, Verdict

_BAD_QUOTES = (QuoteStatus.ALTERED, QuoteStatus.SPLICED)


def judge_run(verdicts: Sequence[Verdict], fail_on: Collection[str]) -> GateResult:
    """Decide whether a run passes.

    Args:
        verdicts: of all claims.
        fail_on: rules: `expect` (a label other than expected), `altered` (a quotation whose words
            were changed), `contested`, `unsupported`, `failed`, or `none`. Claims that could not
            be checked always fail unless the rules are just `none`.

    Returns:
        Findings in the order of the verdicts.
    """
    rules = set(fail_on)
    if rules == {"none"}:
        return GateResult(passed=True)
    findings = tuple(finding for verdict in verdicts for finding in _findings(verdict, rules))
    return GateResult(passed=not findings, findings=findings)


def _findings(verdict: Verdict, rules: Collection[str]) -> Iterator[GateFinding]:
    claim = verdict.claim

    def found(rule: str, message: str) -> GateFinding:
        return GateFinding(claim_id=claim.id, rule=rule, message=message, location=claim.location)

    if verdict.label is None:
        reason = verdict.failure.message if verdict.failure else "unknown reason"
        yield found("failed", f"could not be checked: {reason}")
        return
    expected = claim.expect
    if "expect" in rules and expected is not None and expected is not verdict.label:
        yield found("expect", f"expected {expected.value}, found {verdict.label.value}")
    # What the checker expects to be wrong does not fail for being wrong.
    if expected is verdict.label:
        return
    if "altered" in rules and verdict.quote is not None and verdict.quote.status in _BAD_QUOTES:
        yield found("altered", f"the quotation is {verdict.quote.status.value}")
    for label in (Label.CONTESTED, Label.UNSUPPORTED):
        if label.value in rules and verdict.label is label:
            yield found(label.value, f"the claim is {label.value}")
