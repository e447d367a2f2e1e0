"""Numbers that the verdict model sees beside the verifier's probabilities.

All lie in [0, 1] unless said otherwise, and 0 means "nothing found". Order and names are fixed:
fitted coefficients are stored under these names.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

from factcheck.checks.attribution import relevant_attribution
from factcheck.checks.calculation.accounts import account_finding
from factcheck.checks.calculation.likelihood import likeliest
from factcheck.checks.comparison.sureness import calculable, stands_elsewhere
from factcheck.checks.modality import weaker_findings
from factcheck.checks.numbers.bounds import Bound
from factcheck.checks.rivals import compare_rivals, find_rivals
from factcheck.records import Finding, Outcome, Stance

if TYPE_CHECKING:
    from factcheck.checks.numbers.quantity import Quantity
    from factcheck.checks.reading import ClaimReading, PassageReading

FEATURE_NAMES: tuple[str, ...] = (
    "has_quantity",  # 1 if the claim holds a quantity
    "has_date",  # 1 if the claim holds a date
    "quantities_agreeing",  # share of the claim's quantities found equal or compatible
    "quantities_missing",  # share without any finding
    "figure_missing",  # 1 if the passage holds nothing that a telling figure could follow from
    "dates_agreeing",
    "dates_missing",
    # Greatest strength of an agreeing quantity with stance supports, by how the two are written:
    "quantity_equal",  # the same figure in the same unit
    "quantity_other_form",  # in another unit, or a fraction for a percentage
    "quantity_within",  # another figure, within what the claim's bound or rounding allows
    "quantity_loose",  # greatest strength of a compatible finding that only informs
    "quantity_open",  # the same where the passage's bound leaves the claim's figure open
    "quantity_different",  # greatest strength of a different finding
    # Greatest strength of a figure that another side gives instead ("the insurers speak of 9"):
    "rival_figure",  # in answer to a sentence before the passage
    "rival_within",  # in answer to one in the passage
    "quantity_mixed_up",  # of one with the same figure: another unit, "by" for "to", a bound missed
    "worked_out_equal",  # strength of a value calculated from the passage that is the claim's
    "worked_out_different",  # strength of one that is not
    "account_equal",  # the same for what came, went and is left in an account
    "searched",  # likelihood of any other calculation that gives the claim's figure
    "date_equal",
    "date_loose",
    "date_different",
    "polarity",  # greatest strength of a modality finding that refutes
    # Greatest strength of a modality finding that weakens, by what the passage does instead:
    "planned",  # it only plans, expects or asks for what the claim tells as done
    "alleged",  # it only reports an allegation
    "uncertain",  # it doubts, or makes it depend on a condition
    "causal",  # it leaves the cause open that the claim names
    "superlative",  # it ranks among several or in a narrower circle
    "roles_swapped",  # strength of a swapped doer and other side
    "roles_equal",  # strength of the same doer and other side
    "other_place",  # strength of another place in the same role
    "name_missing",  # strength of a name that neither passage nor context mentions
    "denied",  # strength of a denial of what the claim states
    "said_otherwise",  # strength of the opposite said by the speaker whom the claim names
    "said_so",  # strength of the same said by the speaker whom the claim names
    "other_speaker",  # strength of another speaker for the same words
    "passage_attributed",  # 1 if the passage states what matters on somebody's word
    "claim_attributed",  # 1 if the claim is about a saying
    "claim_negated",  # 1 if the claim holds a negation
    "passage_negated",  # 1 if the passage holds one
    "claim_planned",
    "claim_superlative",
    "length_ratio",  # log of passage words over claim words, not limited to [0, 1]
    "passage_numbers",  # number of quantities and dates in the passage, log1p
)


def _strength(
    findings: Sequence[Finding],
    check: str,
    outcomes: tuple[Outcome, ...],
    stances: tuple[Stance | None, ...],
) -> float:
    return max(
        (
            f.strength
            for f in findings
            if f.check == check and f.outcome in outcomes and f.stance in stances
        ),
        default=0.0,
    )


_AGREE = (Outcome.EQUAL, Outcome.COMPATIBLE)
_DIFFER = (Outcome.DIFFERENT,)


def _shares(
    findings: Sequence[Finding], checks: tuple[str, ...], total: int
) -> tuple[float, float]:
    """Shares of the claim's items that agree and that have no finding; 0 and 0 without items."""
    if not total:
        return 0.0, 0.0
    own = [f for f in findings if f.check in checks]
    agreeing = sum(f.outcome in _AGREE for f in own)
    # A time told in words ("for a decade") has a finding and is no quantity of the claim.
    return min(1.0, agreeing / total), max(0.0, 1.0 - len(own) / total)


def pair_features(
    claim: ClaimReading, passage: PassageReading, findings: Sequence[Finding]
) -> dict[str, float]:
    """Features of one pair, in the order of `FEATURE_NAMES`.

    Args:
        claim, passage: what was read.
        findings: the result of `check_pair` on the two.

    Returns:
        Finite floats under every name of `FEATURE_NAMES`.
    """
    values = {
        **_numbers(claim, passage, findings),
        **_statements(claim, passage, findings),
    }
    claim_words = max(1, len(claim.body.layout.tokens))
    passage_words = max(1, len(passage.body.layout.tokens))
    values["length_ratio"] = math.log(passage_words / claim_words)
    values["passage_numbers"] = math.log1p(len(passage.body.quantities) + len(passage.body.dates))
    return {name: float(values[name]) for name in FEATURE_NAMES}


def _numbers(
    claim: ClaimReading, passage: PassageReading, findings: Sequence[Finding]
) -> dict[str, float]:
    rivals = compare_rivals(claim, passage)
    plain = [finding for finding in findings if finding not in rivals]
    quantities = _shares(plain, ("quantity", "arithmetic"), len(claim.body.quantities))
    dates = _shares(findings, ("date",), len(claim.body.dates))
    loose, agree = (None,), (Stance.SUPPORTS,)
    found = {account_finding(quantity, claim, passage) for quantity in claim.body.quantities}
    accounts = [finding for finding in findings if finding in found]
    worked = [finding for finding in findings if finding not in accounts]
    return {
        "has_quantity": bool(claim.body.quantities),
        "has_date": bool(claim.body.dates),
        "quantities_agreeing": quantities[0],
        "quantities_missing": quantities[1],
        "figure_missing": _figure_missing(claim, passage, plain),
        "dates_agreeing": dates[0],
        "dates_missing": dates[1],
        **_meetings(claim, passage, findings),
        **_rivals(claim, passage),
        **_informing(passage, findings),
        "worked_out_equal": _strength(worked, "arithmetic", _AGREE, agree),
        "worked_out_different": _strength(worked, "arithmetic", _DIFFER, (Stance.REFUTES,)),
        "account_equal": _strength(accounts, "arithmetic", _AGREE, agree),
        "searched": _searched(claim, passage, findings),
        "date_equal": _strength(findings, "date", _AGREE, agree),
        "date_loose": _strength(findings, "date", _AGREE, loose),
        "date_different": _strength(findings, "date", _DIFFER, (Stance.REFUTES,)),
    }


def _searched(claim: ClaimReading, passage: PassageReading, findings: Sequence[Finding]) -> float:
    """The likelihood of a calculation for a figure that nothing else was found to agree with."""
    met = {
        finding.claim_span
        for finding in findings
        if finding.check in _FIGURES and finding.stance is Stance.SUPPORTS
    }
    found = [
        likeliest(quantity, claim, passage)
        for quantity in claim.body.quantities
        if (quantity.start, quantity.end) not in met
    ]
    return max((item[1] for item in found if item is not None), default=0.0)


def _figure_missing(
    claim: ClaimReading, passage: PassageReading, findings: Sequence[Finding]
) -> bool:
    """Whether a telling figure of the claim neither stands in the passage nor can be worked out."""
    met = {finding.claim_span for finding in findings if finding.check in _FIGURES}
    return any(
        _telling(quantity)
        and (quantity.start, quantity.end) not in met
        and not stands_elsewhere(quantity, quantity, passage)
        and not calculable(quantity, passage)
        for quantity in claim.body.quantities
    )


_FIGURES = ("quantity", "arithmetic", "date")


def _telling(quantity: Quantity) -> bool:
    """Whether a figure is more than a small number of things, which other words can tell."""
    if quantity.form == "vague" or quantity.kind in ("ordinal", "age"):
        return False
    return quantity.kind != "count" or quantity.value >= _TELLING


_TELLING = 10


def _informing(passage: PassageReading, findings: Sequence[Finding]) -> dict[str, float]:
    """The greatest strength of figures that agree and settle nothing, by whether a bound is why."""
    theirs = {quantity.start: quantity for quantity in passage.body.quantities}
    found = {"quantity_loose": 0.0, "quantity_open": 0.0}
    for finding in findings:
        if finding.check != "quantity" or finding.outcome not in _AGREE or finding.stance:
            continue
        span = finding.passage_span
        rival = theirs.get(span[0]) if span else None
        bounded = rival is not None and rival.bound not in (Bound.EXACT, Bound.ABOUT)
        name = "quantity_open" if bounded else "quantity_loose"
        found[name] = max(found[name], finding.strength)
    return found


_MEETINGS = (
    "quantity_equal", "quantity_other_form", "quantity_within", "quantity_different",
    "quantity_mixed_up",
)  # fmt: skip


def _meetings(
    claim: ClaimReading, passage: PassageReading, findings: Sequence[Finding]
) -> dict[str, float]:
    """The greatest strength of the findings on quantities, by how the two figures meet."""
    ours = {quantity.start: quantity for quantity in claim.body.quantities}
    theirs = {quantity.start: quantity for quantity in passage.body.quantities}
    found = dict.fromkeys(_MEETINGS, 0.0)
    rivals = compare_rivals(claim, passage)
    for finding in findings:
        if finding.check != "quantity" or finding.stance is None or finding in rivals:
            continue
        first, second = finding.claim_span, finding.passage_span
        if first and second and first[0] in ours and second[0] in theirs:
            name = _meeting(ours[first[0]], theirs[second[0]], finding.stance)
            found[name] = max(found[name], finding.strength)
    return found


def _rivals(claim: ClaimReading, passage: PassageReading) -> dict[str, float]:
    """Strength of the figures of another side, by where the disputed figure stands.

    A passage with both figures decides nothing by itself; one that only answers is the other
    side's word alone.
    """
    found = {"rival_figure": 0.0, "rival_within": 0.0}
    for rival in find_rivals(claim, passage):
        name = "rival_within" if rival.within else "rival_figure"
        found[name] = max(found[name], rival.finding.strength)
    return found


def _meeting(ours: Quantity, theirs: Quantity, stance: Stance) -> str:
    if stance is Stance.SUPPORTS:
        if ours.factor != theirs.factor or (ours.form == "fraction") != (theirs.form == "fraction"):
            return "quantity_other_form"
        same = math.isclose(ours.value, theirs.value, rel_tol=1e-9)
        return "quantity_equal" if same else "quantity_within"
    alike = ours.kind == theirs.kind or {ours.kind, theirs.kind} == {"points", "share"}
    figures = ours.value / ours.factor, theirs.value / theirs.factor
    same = alike and math.isclose(*figures, rel_tol=1e-9)
    return "quantity_mixed_up" if same else "quantity_different"


_WEAKER = ("planned", "alleged", "uncertain", "causal", "superlative")


def _weaker(
    claim: ClaimReading, passage: PassageReading, findings: Sequence[Finding]
) -> dict[str, float]:
    """The greatest strength of the neutral modality findings of each kind."""
    kept = dict.fromkeys(_WEAKER, 0.0)
    own = [f for f in findings if f.check == "modality" and f.stance is Stance.NEUTRAL]
    if own:
        for kind, finding in weaker_findings(claim, passage):
            if finding in own:
                kept[kind] = max(kept[kind], finding.strength)
    return kept


def _statements(
    claim: ClaimReading, passage: PassageReading, findings: Sequence[Finding]
) -> dict[str, float]:
    ours, theirs = claim.body.modality, passage.body.modality
    ours_says = bool(claim.body.attributions)
    turned = _strength(findings, "attribution", _DIFFER, (Stance.REFUTES,))
    return {
        "polarity": _strength(findings, "modality", _DIFFER, (Stance.REFUTES,)),
        **_weaker(claim, passage, findings),
        "roles_swapped": _strength(findings, "name", _DIFFER, (Stance.REFUTES,)),
        "roles_equal": _strength(findings, "name", _AGREE, (Stance.SUPPORTS,)),
        "other_place": _strength(findings, "name", _DIFFER, (Stance.NEUTRAL,)),
        "name_missing": _strength(findings, "name", (Outcome.NOT_COMPARABLE,), (Stance.NEUTRAL,)),
        "denied": 0.0 if ours_says else turned,
        "said_otherwise": turned if ours_says else 0.0,
        "said_so": _strength(findings, "attribution", _AGREE, (Stance.SUPPORTS,)),
        "other_speaker": _strength(findings, "attribution", _DIFFER, (Stance.NEUTRAL,)),
        "passage_attributed": relevant_attribution(passage, claim) is not None,
        "claim_attributed": ours_says,
        "claim_negated": any(cue.kind == "negated" for cue in ours.cues),
        "passage_negated": any(cue.kind == "negated" for cue in theirs.cues),
        "claim_planned": any(cue.kind == "planned" for cue in ours.cues),
        "claim_superlative": bool(ours.superlatives),
    }
