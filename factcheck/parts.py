"""Claims that hold several statements: one verdict for each, and the weakest for the whole."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from factcheck.decompose import Part, split_claim
from factcheck.records import (
    Basis,
    Claim,
    Evidence,
    Finding,
    Label,
    Verdict,
    VerdictProbabilities,
)
from factcheck.verdict import order_evidence

_DIGITS = 6
_COUNTS = ("no", "one", "two", "three", "four")
# From strong to weak.
_WEAKNESS = (Label.SUPPORTED, Label.UNSUPPORTED, Label.CONTESTED)


@dataclass(frozen=True, slots=True)
class ClaimPart:
    """A statement of a claim as a claim of its own.

    Args:
        claim: to be judged like any other; it expects nothing and has no tags.
        part: where its words come from.
    """

    claim: Claim
    part: Part


def claim_parts(claim: Claim) -> tuple[ClaimPart, ...]:
    """The parts of a claim; none when it is judged as a whole, as every quotation is."""
    if claim.quote is not None:
        return ()
    return tuple(
        ClaimPart(
            replace(claim, id=f"{claim.id}.{number}", text=part.text, expect=None, tags=()), part
        )
        for number, part in enumerate(split_claim(claim.text), start=1)
    )


def join_verdicts(claim: Claim, parts: Sequence[ClaimPart], verdicts: Sequence[Verdict]) -> Verdict:
    """One verdict of the verdicts of all parts: as weak as the weakest.

    Contested when a part is, else unsupported when a part is, else supported. So are the numbers:
    the least of the parts' support, the greatest of their contradiction. The evidence is that of
    the parts which decide; every part shows its own.

    Args:
        parts: of the claim, at least two.
        verdicts: of the parts, in the same order.
    """
    shown = tuple(
        replace(verdict, span=(item.part.start, item.part.end))
        for item, verdict in zip(parts, verdicts, strict=True)
    )
    failed = next((verdict for verdict in shown if verdict.label is None), None)
    if failed is not None:
        return replace(failed, claim=claim, span=None, evidence=(), reasons=(), parts=shown)
    label = max((v.label for v in shown if v.label), key=_WEAKNESS.index)
    deciding = [number for number, verdict in enumerate(shown) if verdict.label is label]
    probabilities = _weakest(shown)
    origins_for = min(verdict.origins_for for verdict in shown)
    return Verdict(
        claim=claim,
        label=label,
        basis=_basis(label, shown, origins_for),
        confidence=float(getattr(probabilities, label.value)),
        probabilities=probabilities,
        evidence=_evidence(claim, [(parts[n].part, shown[n]) for n in deciding]),
        origins_for=origins_for,
        origins_against=max(verdict.origins_against for verdict in shown),
        reasons=_reasons(label, shown, deciding),
        parts=shown,
    )


def _weakest(verdicts: Sequence[Verdict]) -> VerdictProbabilities:
    supported = min(verdict.probabilities.supported for verdict in verdicts)
    contested = max(verdict.probabilities.contested for verdict in verdicts)
    rest = round(max(0.0, 1.0 - supported - contested), _DIGITS)
    return VerdictProbabilities(supported=supported, contested=contested, unsupported=rest)


def _basis(label: Label, verdicts: Sequence[Verdict], origins_for: int) -> Basis:
    if label is Label.SUPPORTED:
        return Basis.ENTAILED
    if label is Label.CONTESTED:
        return Basis.CONFLICTING if origins_for else Basis.REFUTED
    bare = all(verdict.basis is Basis.NO_EVIDENCE for verdict in verdicts)
    return Basis.NO_EVIDENCE if bare else Basis.INSUFFICIENT


def _evidence(claim: Claim, deciding: Sequence[tuple[Part, Verdict]]) -> tuple[Evidence, ...]:
    """The evidence of the parts that decide, each span once for each stance."""
    found: dict[tuple[str, int, int, str], Evidence] = {}
    for part, verdict in deciding:
        for item in verdict.evidence:
            key = (item.source_id, item.start, item.end, item.stance.value)
            findings = tuple(_moved(finding, part) for finding in item.findings)
            found.setdefault(key, replace(item, claim_id=claim.id, findings=findings))
    return order_evidence(tuple(found.values()))


def _moved(finding: Finding, part: Part) -> Finding:
    """A finding with its place in the claim's text instead of the part's."""
    if finding.claim_span is None:
        return finding
    start, end = finding.claim_span
    own = part.at <= start and end <= part.at + part.end - part.start
    shift = part.start - part.at
    return replace(finding, claim_span=(start + shift, end + shift) if own else None)


def _reasons(label: Label, verdicts: Sequence[Verdict], deciding: Sequence[int]) -> tuple[str, ...]:
    found = [f"Checked in {_COUNTS[len(verdicts)]} parts; the whole is as weak as the weakest."]
    if label is not Label.SUPPORTED:
        for number in deciding:
            found += [f"Part {number + 1}: {reason}" for reason in verdicts[number].reasons]
    return tuple(found)
