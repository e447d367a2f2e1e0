"""Evidence of independent origins to one calibrated verdict.

Conflict is shown, never averaged away: support and contradiction are counted apart, each origin
once, and the label follows the policy in the configuration.
"""

from __future__ import annotations

import fnmatch
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from factcheck.evidence import with_stance
from factcheck.judgement import Judgement
from factcheck.reasons import verdict_reasons
from factcheck.records import (
    Basis,
    Claim,
    Evidence,
    Label,
    QuoteCheck,
    Stance,
    Verdict,
    VerdictProbabilities,
)

# A stance less probable than this is as good as absent: an origin that agrees must not count
# against a claim because its probability of the opposite is a small number instead of none.
_FLOOR = 0.02
_DIGITS = 6
# Neutral passages listed after the evidence that decides, so that a reader sees what was nearest.
NEUTRAL_SHOWN = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """What the configuration demands of sources; see `policy.*` in the settings."""

    min_independent: int = 1
    require_primary: bool = False
    prefer_newer: bool = False
    distrust: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """Support and contradiction of one claim, counted in origins.

    Args:
        supports, refutes: best calibrated probability of each origin that has read evidence,
            largest first.
        origins_for, origins_against: origins with evidence that counts for or against.
    """

    supports: tuple[float, ...]
    refutes: tuple[float, ...]
    origins_for: int
    origins_against: int
    trusted_for: int
    primary_for: bool
    top_cosine: float


def decide_verdict(
    claim: Claim,
    evidence: Sequence[Evidence],
    judgement: Judgement,
    policy: Policy,
    *,
    quote: QuoteCheck | None = None,
) -> Verdict:
    """Combine evidence into a label with basis, probabilities and reasons.

    Args:
        evidence: in rank order, already judged passage by passage.
        judgement: the claim model and the thresholds.
        policy: what is demanded of sources.
        quote: the word-by-word check, for a claim that quotes.

    Returns:
        The verdict; its evidence lists what supports, what refutes, then the nearest neutral
        passages.
    """
    counted, overruled = apply_policy(evidence, policy)
    tally = tally_origins(counted, policy)
    probabilities = label_probabilities(tally, judgement)
    label = decide_label(tally, probabilities, judgement.thresholds, policy)
    basis = decide_basis(label, tally, judgement.thresholds)
    shown = order_evidence([*counted, *overruled])
    verdict = Verdict(
        claim=claim,
        label=label,
        basis=basis,
        confidence=round(_confidence(label, probabilities), _DIGITS),
        probabilities=probabilities,
        evidence=shown,
        origins_for=tally.origins_for,
        origins_against=tally.origins_against,
        quote=quote,
    )
    return _with_reasons(verdict, policy, tally)


def apply_policy(
    evidence: Sequence[Evidence], policy: Policy
) -> tuple[list[Evidence], list[Evidence]]:
    """Leave out what the policy overrules: with `prefer_newer`, the older word of a publisher.

    Returns:
        What counts, and what is overruled and only listed, as neutral. Its probabilities say what
        the older text says, so it must not take part in the count even so.
    """
    if not policy.prefer_newer:
        return list(evidence), []
    newest: dict[str, date] = {}
    for item in evidence:
        if item.publisher and item.published and item.stance is not Stance.NEUTRAL:
            current = newest.get(item.publisher)
            if current is None or item.published > current:
                newest[item.publisher] = item.published
    counted, overruled = [], []

    def is_older(item: Evidence) -> bool:
        latest = newest.get(item.publisher or "")
        return latest is not None and item.published is not None and item.published < latest

    halved = {item.joint for item in evidence if item.joint and is_older(item)}
    for item in evidence:
        if is_older(item) or item.joint in halved:
            overruled.append(with_stance(item, Stance.NEUTRAL))
        else:
            counted.append(item)
    return counted, overruled


def tally_origins(evidence: Sequence[Evidence], policy: Policy) -> Tally:
    """Count support and contradiction, each origin once."""
    supports: dict[str, float] = {}
    refutes: dict[str, float] = {}
    for item in evidence:
        best, origin = item.probabilities, _counted_as(item)
        supports[origin] = max(supports.get(origin, 0.0), best.supports)
        refutes[origin] = max(refutes.get(origin, 0.0), best.refutes)
    supporting = [item for item in evidence if item.stance is Stance.SUPPORTS]
    for_ = {_counted_as(item) for item in supporting}
    against = {_counted_as(item) for item in evidence if item.stance is Stance.REFUTES}
    # Two passages that support only together are as good as the weaker of them.
    half_trusted = {item.joint for item in supporting if item.joint and _distrusted(item, policy)}
    trusted = {
        _counted_as(item)
        for item in supporting
        if not _distrusted(item, policy) and item.joint not in half_trusted
    }
    not_primary = {item.joint for item in supporting if item.joint and item.kind != "primary"}
    return Tally(
        supports=tuple(sorted(supports.values(), reverse=True)),
        refutes=tuple(sorted(refutes.values(), reverse=True)),
        origins_for=len(for_),
        origins_against=len(against),
        trusted_for=len(trusted),
        primary_for=any(
            item.kind == "primary" and item.joint not in not_primary for item in supporting
        ),
        top_cosine=max((max(0.0, i.dense_cosine or 0.0) for i in evidence), default=0.0),
    )


def _counted_as(item: Evidence) -> str:
    """What a piece of evidence counts as: its origin, or both origins of a joint reading as one."""
    return item.joint or item.origin


def claim_features(tally: Tally) -> dict[str, float]:
    """The inputs of the claim model: log-odds of the two best origins on each side."""
    return {
        "support_1": _log_odds(_at(tally.supports, 0)),
        "support_2": _log_odds(_at(tally.supports, 1)),
        "refute_1": _log_odds(_at(tally.refutes, 0)),
        "refute_2": _log_odds(_at(tally.refutes, 1)),
        "top_cosine": tally.top_cosine,
    }


def label_probabilities(tally: Tally, judgement: Judgement) -> VerdictProbabilities:
    """Probabilities of the three labels.

    With a claim model, its output. Without one: contested as probable as the best contradiction,
    supported as probable as the best support among what is not contradicted.
    """
    found = judgement.label_probabilities(claim_features(tally))
    if found is None:
        contested = _at(tally.refutes, 0)
        supported = _at(tally.supports, 0) * (1.0 - contested)
        found = VerdictProbabilities(
            supported=supported, contested=contested, unsupported=1.0 - contested - supported
        )
    supported, contested = round(found.supported, _DIGITS), round(found.contested, _DIGITS)
    return VerdictProbabilities(
        supported=supported,
        contested=contested,
        unsupported=round(max(0.0, 1.0 - supported - contested), _DIGITS),
    )


def decide_label(
    tally: Tally,
    probabilities: VerdictProbabilities,
    thresholds: Mapping[str, float],
    policy: Policy,
) -> Label:
    """The label: contested needs a contradiction, supported needs support that the policy accepts.

    A contradiction is looked at first: a claim with both is contested, not supported.
    """
    if tally.origins_against and probabilities.contested >= thresholds["contested"]:
        return Label.CONTESTED
    accepted = tally.trusted_for >= policy.min_independent and (
        tally.primary_for or not policy.require_primary
    )
    if accepted and probabilities.supported >= thresholds["supported"]:
        return Label.SUPPORTED
    return Label.UNSUPPORTED


def decide_basis(label: Label, tally: Tally, thresholds: Mapping[str, float]) -> Basis:
    """Why the claim has its label."""
    if label is Label.SUPPORTED:
        return Basis.ENTAILED
    if label is Label.CONTESTED:
        return Basis.CONFLICTING if tally.origins_for else Basis.REFUTED
    near = tally.top_cosine >= thresholds.get("related", 0.5)
    return Basis.INSUFFICIENT if near or tally.origins_for else Basis.NO_EVIDENCE


def order_evidence(evidence: Sequence[Evidence]) -> tuple[Evidence, ...]:
    """What supports, what refutes (strongest first), then the nearest neutral passages."""

    def strength(item: Evidence) -> tuple[float, int]:
        best = item.probabilities
        value = best.supports if item.stance is Stance.SUPPORTS else best.refutes
        return (-value, item.rank)

    shown = [item for item in evidence if not _is_wider(item, evidence)]
    supporting = sorted((i for i in shown if i.stance is Stance.SUPPORTS), key=strength)
    refuting = sorted((i for i in shown if i.stance is Stance.REFUTES), key=strength)
    neutral = sorted((i for i in shown if i.stance is Stance.NEUTRAL), key=lambda i: i.rank)
    return (*supporting, *refuting, *neutral[:NEUTRAL_SHOWN])


def _is_wider(item: Evidence, evidence: Sequence[Evidence]) -> bool:
    """Whether a shorter span inside this one already has its stance, or it is a neutral stretch."""
    return any(
        other.source_id == item.source_id
        and item.start <= other.start
        and other.end <= item.end
        and (other.start, other.end) != (item.start, item.end)
        and (other.stance is item.stance or item.stance is Stance.NEUTRAL)
        for other in evidence
    )


def _with_reasons(verdict: Verdict, policy: Policy, tally: Tally) -> Verdict:
    from dataclasses import replace

    lacking = verdict.label is Label.UNSUPPORTED and tally.origins_for > 0
    return replace(
        verdict,
        reasons=verdict_reasons(
            verdict,
            min_independent=policy.min_independent if lacking else None,
            needs_primary=lacking and policy.require_primary and not tally.primary_for,
            only_distrusted=lacking and tally.trusted_for == 0,
        ),
    )


def _confidence(label: Label, probabilities: VerdictProbabilities) -> float:
    return float(getattr(probabilities, label.value))


def _distrusted(item: Evidence, policy: Policy) -> bool:
    names = (item.source_id, item.path, item.publisher or "")
    return any(fnmatch.fnmatchcase(n, p) for n in names for p in policy.distrust)


def _at(values: Sequence[float], position: int) -> float:
    return values[position] if position < len(values) else 0.0


def _log_odds(probability: float) -> float:
    bounded = min(max(probability, _FLOOR), 1.0 - _FLOOR)
    return math.log(bounded / (1.0 - bounded))
