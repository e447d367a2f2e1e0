"""Quantities of the claim against those of the passage.

Two numbers are compared only when both speak of the same thing: same dimension, same counted noun
or role, no conflict of rate, direction, time or qualifier. A wrong "different" is worse than none,
so every doubt lowers the strength or drops the pair.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from factcheck.checks.calculation.accounts import account_finding
from factcheck.checks.calculation.amounts import levels, parts_of
from factcheck.checks.comparison.counterparts import closeness, name_words, said_words
from factcheck.checks.comparison.intervals import Comparison, compare_values
from factcheck.checks.comparison.likened import converted, likened, slipped
from factcheck.checks.comparison.segments import own_concepts as _own_concepts
from factcheck.checks.comparison.subjects import same_thing
from factcheck.checks.comparison.sureness import calculable, sureness
from factcheck.checks.comparison.wholes import of_another_whole
from factcheck.checks.found import make_finding
from factcheck.checks.numbers.quantity import Quantity
from factcheck.checks.relevance import relevance, same_voice
from factcheck.checks.worked_out import worked_out
from factcheck.records import Finding, Outcome, Stance

if TYPE_CHECKING:
    from factcheck.checks.reading import ClaimReading, PassageReading


def compare_quantities(claim: ClaimReading, passage: PassageReading) -> tuple[Finding, ...]:
    """Findings on the quantities of a claim, in the claim's order.

    For each quantity of the claim at most one finding: the best match if any comparable quantity
    of the passage agrees; else the surest difference.
    """
    if not claim.body.quantities or not (passage.body.quantities or passage.body.dates):
        return ()
    time = _time_factor(claim, passage)
    about = relevance(claim, passage) * time
    findings = []
    names = name_words(claim.body)
    for quantity in claim.body.quantities:
        finding = _judge(quantity, claim, passage, about, names, time)
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


_CONVERTED = 0.5
"""Score of a measure in another unit that no words join to the claim's."""
_CONVERSION = 0.9
_SLIP = 0.85
_OTHER_WHOLE = 0.5


class _Rival(NamedTuple):
    """A number of the passage that may answer to one of the claim.

    Args:
        origin: the number as it was read.
        quantity: the same, in the unit of the claim's where it has none itself.
        score: how sure it is that both measure the same thing.
        fit: the score, weighed by how many of the claim's words stand beside it.
        result: how the two compare.
    """

    origin: Quantity
    quantity: Quantity
    score: float
    fit: float
    result: Comparison


def _judge(
    quantity: Quantity,
    claim: ClaimReading,
    passage: PassageReading,
    about: float,
    names: frozenset[str],
    time: float,
) -> Finding | None:
    rivals = passage.body.quantities
    wanted = said_words(claim.body)
    judged = []
    alone = all(rival.kind != quantity.kind or rival.pair for rival in rivals)
    for rival in rivals:
        ours, theirs, weight = likened(quantity, rival, alone=alone or quantity.form == "vague")
        score = weight * same_thing(ours, theirs)
        if score > 0:
            score *= _anchored(quantity, rival, rivals, names)
        elif converted(ours, theirs):
            score = _CONVERTED
        if score > 0:
            fit = score * (0.25 + 0.75 * closeness(wanted, rival, passage))
            judged.append(_Rival(rival, theirs, score, fit, _met(ours, theirs)))
    agreeing = [item for item in judged if item.result.outcome is not Outcome.DIFFERENT]
    if agreeing:
        best = max(
            agreeing, key=lambda item: (item.result.contained, item.fit, -item.quantity.start)
        )
        other = _of_something_else(quantity, best.quantity, claim, passage)
        told = best.result.contained and not other
        stance = Stance.SUPPORTS if told else None
        strength = sureness(quantity, best.quantity, best.result, claim, passage, about)
        if told and of_another_whole(quantity, best.quantity, claim, passage):
            strength *= _OTHER_WHOLE
        # Times meet by chance: 24 hours and a day, seven days and a week.
        timed = quantity.kind == "duration" and best.result.outcome is Outcome.EQUAL
        if told and not timed and converted(quantity, best.quantity):
            strength = max(strength, _CONVERSION * min(1.0, 0.15 + about))
        near = abs(best.quantity.value - quantity.value) <= 1e-9 * abs(quantity.value)
        if not (told or near):  # 185 is hardly a rounded 190, and may be what 190 leaves of 375
            account = account_finding(quantity, claim, passage)
            if account is not None and account.stance is Stance.SUPPORTS:
                return account
        return _finding(quantity, best.quantity, best.result, stance, strength)
    derived = worked_out(quantity, claim, passage, about)
    if derived is None:
        derived = account_finding(quantity, claim, passage)
    if derived is not None:
        return derived
    mistaken = _by_for_to(quantity, claim, passage, about) or _points_for_percent(
        quantity, passage, about
    )
    if mistaken is not None:
        return mistaken
    compared = [item.origin for item in judged]
    if not judged or _unrelated_match(quantity, [r for r in rivals if r not in compared]):
        return None
    best = max(
        judged,
        key=lambda item: (_other_unit(quantity, item.quantity), item.fit, -item.quantity.start),
    )
    rival, result = best.quantity, best.result
    strength = sureness(quantity, rival, result, claim, passage, about) * result.certain
    strength *= (0.4 + 0.6 * best.score) * (0.5 + 0.5 * time)
    if _other_unit(quantity, rival):
        # The figure itself is the same: what was exchanged is the unit.
        strength = max(strength, 0.9 * about)
    named = quantity.noun in ("", rival.noun, rival.label)
    if named and slipped(quantity, rival) and not calculable(quantity, passage):
        strength = max(strength, _SLIP * about * min(1.0, 1.5 * closeness(wanted, rival, passage)))
    strength *= same_voice(claim, passage) * _elsewhen(claim, passage)
    return _finding(quantity, rival, result, Stance.REFUTES, strength)


# "rather than 5 million", "was to cost 5 million but …": not the figure that holds.
_NOT_IT = re.compile(
    r"\b(?:not|rather than|instead of)\s+"
    r"(?:(?:the|an?|about|some|just|only|originally|planned)\s+)*$"
    r"|\b(?:was|were) (?:originally |first )?(?:to|expected to|supposed to|meant to) \w+\s+"
    r"(?:(?:about|some|just|only)\s+)*$",
    re.I,
)


def _of_something_else(
    quantity: Quantity, rival: Quantity, claim: ClaimReading, passage: PassageReading
) -> bool:
    """Whether an equal figure is one that no longer holds, never held, or the whole of a part.

    "Fell from 12 to 9 million", "9 million, not 12 million", "two of the 12": unless the claim's
    figure stands in the same way.
    """
    if quantity.pair is not None:
        return True  # 3-1 is both sides' score
    if _NOT_IT.search(passage.text[: rival.start]):
        return not _NOT_IT.search(claim.text[: quantity.start])
    earlier = [first for first, _ in levels(passage, quantity)]
    if rival.start in {item.start for item in earlier}:
        before = claim.text[: quantity.start].rstrip().lower()
        return not (_ELSEWHEN.search(claim.text) or before.endswith(("from", "than", "against")))
    return rival.start in {whole.start for _, whole in parts_of(passage)}


def _other_unit(quantity: Quantity, rival: Quantity) -> bool:
    """Whether both write the same figure in two units of one dimension: 16 weeks, 16 months.

    Small figures meet by chance, and so do round ones where neither the verb nor the noun is
    shared; two or more significant digits hardly ever do.
    """
    if quantity.kind != rival.kind or quantity.factor == rival.factor:
        return False
    ours, theirs = quantity.value / quantity.factor, rival.value / rival.factor
    verb = quantity.verb == rival.verb and quantity.verb not in ("", "be", "have")
    noun = {quantity.noun, quantity.label} & {rival.noun, rival.label} - {""}
    shared = (quantity.near & rival.near) - _own_concepts(quantity) - _own_concepts(rival)
    if abs(ours - theirs) > 1e-9 * abs(ours) or not shared:
        return False
    telling = len(f"{ours:.12g}".replace(".", "").strip("0")) > 1
    return telling or (ours >= 4 and bool(verb or noun))


# "the year before", "a year ago", "previously": the number of another time.
_ELSEWHEN = re.compile(
    r"\b(?:(?:day|week|month|quarter|season|year)s? (?:before|earlier|ago|later)|previous(?:ly)?"
    r"|preceding|last (?:week|month|quarter|season|year)|initially|originally|at first|before)\b",
    re.I,
)

_COMPARED = re.compile(
    r"\b(?:more|less|fewer|higher|lower|larger|smaller) than (?:(?:in|at|on|during) )?"
    r"(?:the|a|an|last)\b|\b(?:up|down) (?:from|on) (?:the|a|last)\b"
    r"|\bas (?:many|much|large|high) as (?:the|a|last)\b",
    re.I,
)


def _elsewhen(claim: ClaimReading, passage: PassageReading) -> float:
    """Lower when only one side speaks of an earlier time.

    "96,000, twelve thousand more than a year ago" names the earlier time only to compare with it.
    """
    ours, theirs = _ELSEWHEN.search(claim.text), _ELSEWHEN.search(passage.text)
    if ours and theirs and _COMPARED.search(passage.text) and not _COMPARED.search(claim.text):
        return 0.4
    return 1.0 if bool(ours) == bool(theirs) else 0.7


def _met(quantity: Quantity, rival: Quantity) -> Comparison:
    """The comparison; a measure converted into another unit is the same one rounded."""
    result = _turned(quantity, rival)
    against = quantity.direction * rival.direction < 0
    if result.outcome is Outcome.DIFFERENT and converted(quantity, rival) and not against:
        return Comparison(Outcome.COMPATIBLE, True, 0.9)
    return result


def _turned(quantity: Quantity, rival: Quantity) -> Comparison:
    """The comparison, with changes in opposite directions always different."""
    result = compare_values(quantity, rival)
    if quantity.direction * rival.direction < 0:
        return Comparison(Outcome.DIFFERENT, False, 0.9)
    return result


_DIRECTED = frozenset("_rise _fall rais sink lower widen shorten lengthen".split())


def _by_for_to(
    quantity: Quantity, claim: ClaimReading, passage: PassageReading, about: float
) -> Finding | None:
    """The figure by which something changed, given as the one that it changed to, or the reverse.

    "Rose by 8 per cent" and "rose to 8 per cent" share the figure and contradict each other.
    """
    ours = _part_in_change(quantity, claim.text)
    for rival in passage.body.quantities:
        if rival.kind != quantity.kind or abs(rival.value - quantity.value) > 1e-9 * rival.value:
            continue
        verbs = _DIRECTED | {quantity.verb, rival.verb}
        if not (quantity.near & rival.near) - _own_concepts(quantity) - verbs:
            continue  # the shares and the wages
        theirs = _part_in_change(rival, passage.text)
        if {ours, theirs} == {"by", "to"}:
            told = "how large the change was" if theirs == "by" else "the level reached"
            result = Comparison(Outcome.DIFFERENT, False, 0.9)
            finding = _finding(quantity, rival, result, Stance.REFUTES, 0.85 * about)
            return replace(finding, message=f"{rival.text} is {told} in the passage")
    return None


def _points_for_percent(
    quantity: Quantity, passage: PassageReading, about: float
) -> Finding | None:
    """A change in percentage points given as one in per cent by the same figure, or the reverse."""
    for rival in passage.body.quantities:
        changes = all(q.kind == "points" or q.change for q in (quantity, rival))
        if {quantity.kind, rival.kind} != {"points", "share"} or not changes:
            continue
        if abs(rival.value - quantity.value) > 1e-9:
            continue
        verbs = _DIRECTED | {quantity.verb, rival.verb}
        if not (quantity.near & rival.near) - _own_concepts(quantity) - verbs:
            continue
        result = Comparison(Outcome.DIFFERENT, False, 0.9)
        finding = _finding(quantity, rival, result, Stance.REFUTES, 0.8 * about)
        told = "percentage points" if rival.kind == "points" else "per cent"
        return replace(finding, message=f"the passage counts {rival.text} in {told}")
    return None


def _part_in_change(quantity: Quantity, text: str) -> str:
    """ "by" for the size of a change, "to" for the level after it, "" for anything else."""
    if quantity.change in ("up", "down", "by"):
        return "by"
    before = text[: quantity.start].rstrip().lower()
    arrived = before.endswith(" to") and quantity.verb in _DIRECTED
    return "to" if arrived or before.endswith((" up to", " down to")) else ""


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
    return make_finding(
        "quantity", result.outcome, stance, strength, message, ours=quantity, theirs=rival
    )
