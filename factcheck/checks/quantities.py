"""Quantities of the claim against those of the passage.

Two numbers are compared only when both speak of the same thing: same dimension, same counted noun
or role, no conflict of rate, direction, time or qualifier. A wrong "different" is worse than none,
so every doubt lowers the strength or drops the pair.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from factcheck.checks.arithmetic import derive
from factcheck.checks.intervals import Comparison, compare_values
from factcheck.checks.quantity import Quantity
from factcheck.checks.relevance import relevance
from factcheck.checks.tokens import concept
from factcheck.records import Finding, Outcome, Stance

if TYPE_CHECKING:
    from factcheck.checks.reading import ClaimReading, PassageReading


_EMPTY_VERBS = frozenset(("", "be", "have", "do"))

# Qualifiers that make two numbers about one noun incomparable when only one side has them.
_QUALIFIERS = (
    frozenset("new additional further extra fresh daily more another".split()),
    frozenset("injure suspect possible probable unconfirm estimat project expect".split()),
    frozenset("domest foreign international oversea abroad worldwid global nationwid".split()),
    frozenset("male female men women boy girl young old adult minor _child".split()),
    frozenset("averag median mean maximum minimum peak record".split()),
    frozenset("first second third fourth last previou".split()),
    frozenset("civilian military _soldier".split()),
    frozenset("monthli annual weekli yearli quarterli".split()),
    frozenset("active recover hospitalis critical".split()),
    frozenset("net gross tax".split()),
    frozenset("open opening weekend week night".split()),
)


def same_thing(claim: Quantity, passage: Quantity) -> float:
    """0 to 1: how sure it is that two quantities measure the same thing; 0 means not comparable."""
    if not _same_kind(claim, passage):
        return 0.0
    if claim.per != passage.per and (claim.per or passage.per):
        return 0.0
    score = _role_score(claim, passage)
    if score <= 0:
        return 0.0
    if claim.change != passage.change:
        if not claim.change or not passage.change:
            return 0.0
        score *= 0.9
    for group in _QUALIFIERS:
        ours = group & (claim.modifiers | claim.chunk | {claim.noun, claim.label})
        theirs = group & (passage.modifiers | passage.chunk | {passage.noun, passage.label})
        if ours != theirs:
            score *= 0.55 if not (ours and theirs) else 0.35
    return score


def _same_kind(claim: Quantity, passage: Quantity) -> bool:
    if claim.kind == passage.kind:
        return True
    loose = {"money:USD": ("money:AUD", "money:CAD", "money:HKD", "money:NZD", "money:SGD")}
    return passage.kind in loose.get(claim.kind, ()) and "$" not in claim.text


def _role_score(claim: Quantity, passage: Quantity) -> float:
    """How well the counted noun, the label and the verb agree."""
    if claim.kind == "count":
        return _count_score(claim, passage)
    ours = {claim.noun, claim.label} - {""}
    theirs = {passage.noun, passage.label} - {""}
    shared = ours & theirs
    verbs = claim.verb == passage.verb != ""
    nearby = len((claim.near & passage.near) - {claim.noun, claim.verb})
    if shared:
        score = 0.85 + (0.1 if verbs else 0.0)
    elif claim.noun and passage.noun:
        score = 0.3
    elif (ours & passage.near) or (theirs & claim.near):
        score = 0.7 + (0.1 if verbs else 0.0)
    elif verbs and claim.verb not in _EMPTY_VERBS:
        score = 0.6
    else:
        score = 0.35 if nearby else 0.1
    if claim.kind == "factor":
        # The verb itself is the number ("doubled"): what else the clause says must agree.
        return 0.75 if claim.near & passage.near else 0.1
    if claim.kind in ("ordinal", "score", "age", "duration"):
        score *= 0.85
    return min(1.0, score + 0.03 * min(nearby, 4))


def _count_score(claim: Quantity, passage: Quantity) -> float:
    ours, theirs = claim.noun or claim.label, passage.noun or passage.label
    verbs = claim.verb == passage.verb and claim.verb not in _EMPTY_VERBS
    nearby = len((claim.near & passage.near) - {ours})
    if ours and ours == theirs:
        extra_c, extra_p = claim.modifiers - passage.near, passage.modifiers - claim.near
        clash = bool(extra_c and extra_p)
        factor = (0.75 if clash else 1.0) * _verb_clash(claim, passage, ours)
        base = 0.8 + (0.1 if verbs else 0.0) + 0.03 * min(nearby, 4)
        return min(1.0, base) * factor
    # "killed over 2,500" and "about 500 civilians killed": the verb names what is counted.
    named = (theirs, passage.verb, *passage.modifiers)
    if not claim.noun and claim.verb in named and claim.verb not in _EMPTY_VERBS:
        return 0.7
    if (
        not passage.noun
        and passage.verb in (ours, claim.verb, *claim.modifiers)
        and (passage.verb not in _EMPTY_VERBS)
    ):
        return 0.7
    if not claim.noun and ours and ours in passage.near:
        return 0.5
    if not passage.noun and theirs and theirs in claim.near:
        return 0.5
    return 0.0


# Nouns of which one text may count several groups: the verb tells which.
_GENERIC = frozenset(
    """_people man woman _child civilian _soldier _worker _pupil _resident protest_ member patient
    police victim passenger voter citizen famili time game match""".split()
)


def _verb_clash(claim: Quantity, passage: Quantity, noun: str) -> float:
    """Weight for verbs that say different things of the counted: "died" and "were injured"."""
    ours, theirs = claim.verb, passage.verb
    if ours == theirs or ours in _EMPTY_VERBS or theirs in _EMPTY_VERBS:
        return 1.0
    if ours in passage.near or theirs in claim.near:
        return 1.0
    if noun in _GENERIC:
        return 0.0 if {ours, theirs} == {"_die", "_injure"} else 0.5
    return 0.85


def compare_quantities(claim: ClaimReading, passage: PassageReading) -> tuple[Finding, ...]:
    """Findings on the quantities of a claim, in the claim's order.

    For each quantity of the claim at most one finding: the best match if any comparable quantity
    of the passage agrees; else the surest difference.
    """
    if not claim.body.quantities or not (passage.body.quantities or passage.body.dates):
        return ()
    about = relevance(claim, passage) * _time_factor(claim, passage)
    findings = []
    names = _name_concepts(claim)
    for quantity in claim.body.quantities:
        finding = _judge(quantity, claim, passage, about, names)
        if finding is not None:
            findings.append(finding)
    return tuple(findings)


def _time_factor(claim: ClaimReading, passage: PassageReading) -> float:
    """Lower when both state a time and no time agrees: the numbers may be of different days."""
    from factcheck.checks.dates import compare_mentions

    ours = [mention for mention in claim.body.dates if mention.low is not None or mention.month]
    theirs = passage.body.dates
    if not ours or not theirs:
        return 1.0
    best = 0.45
    for left in ours:
        for right in theirs:
            if compare_mentions(left, right) in (Outcome.EQUAL, Outcome.COMPATIBLE):
                # "by 10 April" is true of 7 April too, but a count may have changed since.
                best = max(best, 1.0 if left.relation in ("at", "range", "since") else 0.6)
                plain = replace(left, relation="at"), replace(right, relation="at")
                if compare_mentions(*plain) is not Outcome.DIFFERENT:
                    return 1.0
    return best


def _name_concepts(claim: ClaimReading) -> frozenset[str]:
    """Concepts of the words of the claim's names: "Montana", "Sofia"."""
    return frozenset(
        concept(token.stem)
        for name in claim.body.names
        for token in claim.body.layout.tokens[name.first : name.last]
        if token.content
    )


def _anchored(
    quantity: Quantity, rival: Quantity, rivals: tuple[Quantity, ...], names: frozenset[str]
) -> float:
    """Weight of a rival by the names beside it: in "62 cases, 7 in Montana" Montana has 7.

    A number of the same kind that stands right beside a name of the claim speaks of that name;
    one that does not, speaks of something else.
    """
    wanted = names & quantity.chunk or names
    beside = [other for other in rivals if other.kind == rival.kind and wanted & other.chunk]
    if not beside or len(beside) == len(rivals) or rival in beside:
        return 1.0
    free = all(not other.noun or other.noun == quantity.noun for other in beside)
    return 0.3 if free else 1.0


def _judge(
    quantity: Quantity,
    claim: ClaimReading,
    passage: PassageReading,
    about: float,
    names: frozenset[str],
) -> Finding | None:
    rivals = passage.body.quantities
    judged = []
    for rival in rivals:
        score = same_thing(quantity, rival)
        if score > 0:
            score *= _anchored(quantity, rival, rivals, names)
        if score > 0:
            judged.append((score, rival, _turned(quantity, rival)))
    agreeing = [item for item in judged if item[2].outcome is not Outcome.DIFFERENT]
    if agreeing:
        score, rival, result = max(
            agreeing, key=lambda item: (item[2].contained, item[0], -item[1].start)
        )
        stance = Stance.SUPPORTS if result.contained else None
        return _finding(quantity, rival, result, stance, score * about)
    derived = _worked_out(quantity, passage, about)
    if derived is not None:
        return derived
    compared = [rival for _, rival, _ in judged]
    if not judged or _unrelated_match(quantity, [r for r in rivals if r not in compared]):
        return None
    score, rival, result = max(judged, key=lambda item: (item[0], -item[1].start))
    rivals_too = sum(item[0] >= 0.9 * score for item in judged) > 1
    twins = sum(
        other.kind == quantity.kind and other.noun == quantity.noun
        for other in claim.body.quantities
    )
    strength = score * about * result.certain * (0.65 if rivals_too else 1.0)
    strength *= 0.6 if twins > 1 else 1.0
    return _finding(quantity, rival, result, Stance.REFUTES, strength)


def _worked_out(quantity: Quantity, passage: PassageReading, about: float) -> Finding | None:
    """A finding on a value that can be calculated from the passage, or None."""
    for derived in derive(quantity, passage):
        result = compare_values(quantity, derived.quantity)
        agrees = result.outcome is not Outcome.DIFFERENT
        # "over 30 minutes" is true of 18 months, but hardly said of them.
        ratio = (derived.quantity.value or 1e-9) / (quantity.value or 1e-9)
        if not (0.5 <= ratio <= 2.0 or derived.decisive):
            continue
        if not agrees and not derived.decisive:
            continue
        stance = Stance.SUPPORTS if agrees and result.contained else None
        shown = passage.text[derived.start : derived.end]
        verdict = "agrees with" if agrees else "not"
        return Finding(
            check="quantity",
            outcome=Outcome.COMPATIBLE if agrees else Outcome.DIFFERENT,
            claim_text=quantity.text,
            passage_text=shown,
            message=f"{derived.shown}, {verdict} {quantity.text}",
            claim_span=(quantity.start, quantity.end),
            passage_span=(derived.start, derived.end),
            stance=stance if agrees else Stance.REFUTES,
            strength=round(max(0.0, min(1.0, 0.75 * about * result.certain)), 3),
        )
    return None


def _turned(quantity: Quantity, rival: Quantity) -> Comparison:
    """The comparison, with changes in opposite directions always different."""
    result = compare_values(quantity, rival)
    if quantity.change and rival.change and quantity.change != rival.change:
        return Comparison(Outcome.DIFFERENT, False, 0.9)
    return result


def _unrelated_match(quantity: Quantity, rivals: list[Quantity]) -> bool:
    """Whether the same number stands in the passage for something that looked like another."""
    return any(
        rival.kind == quantity.kind and rival.value == quantity.value and rival.value >= 10
        for rival in rivals
    )


def _finding(
    quantity: Quantity, rival: Quantity, result: Comparison, stance: Stance | None, strength: float
) -> Finding:
    if result.outcome is Outcome.DIFFERENT:
        message = f"the passage gives {rival.text}, the claim {quantity.text}"
    elif result.outcome is Outcome.EQUAL:
        message = f"claim and passage give the same number: {rival.text}"
    else:
        message = f"{rival.text} in the passage agrees with {quantity.text} in the claim"
    return Finding(
        check="quantity",
        outcome=result.outcome,
        claim_text=quantity.text,
        passage_text=rival.text,
        message=message,
        claim_span=(quantity.start, quantity.end),
        passage_span=(rival.start, rival.end),
        stance=stance,
        strength=round(max(0.0, min(1.0, strength)), 3),
    )
