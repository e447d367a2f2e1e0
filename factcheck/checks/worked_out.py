"""Findings on values that can be calculated from a passage.

A calculation that agrees with a figure of the claim speaks for it; one that does not speaks against
it only where no other calculation is possible and the claim's figure stands nowhere.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from factcheck.checks.arithmetic import derive
from factcheck.checks.calculation.asked import shared_words
from factcheck.checks.calculation.matters import not_yet, of_one_matter
from factcheck.checks.comparison.intervals import Comparison, compare_values
from factcheck.checks.comparison.segments import own_concepts
from factcheck.checks.comparison.sureness import NOT_YET
from factcheck.checks.found import Stretch, make_finding
from factcheck.checks.numbers.bounds import Bound
from factcheck.checks.numbers.quantity import Quantity
from factcheck.checks.relevance import company
from factcheck.records import Finding, Outcome, Stance

if TYPE_CHECKING:
    from factcheck.checks.calculation.amounts import Derived
    from factcheck.checks.dates import DateMention
    from factcheck.checks.reading import ClaimReading, PassageReading


def worked_out(
    quantity: Quantity, claim: ClaimReading, passage: PassageReading, about: float
) -> Finding | None:
    """A finding on a value that can be calculated from the passage, or None.

    Any calculation that agrees comes first: another pair of numbers is then of something else. One
    that does not agree speaks only where it is the only one, and where the claim's figure stands
    nowhere in the passage. What is only planned ("are to rise from 200 to 300") informs and does
    not support a deed.
    """
    asked = _whole_factor(quantity, claim.text)
    differing = []
    for derived in derive(asked, passage, claim):
        exact = derived.way == "share" and asked.bound in _OPEN
        # 29 of 60 are rounded to a half, and not more than half.
        told = replace(asked, half=0.0) if exact else asked
        result = compare_values(told, derived.quantity)
        # "over 30 minutes" is true of 18 months, but hardly said of them.
        ratio = (derived.quantity.value or 1e-9) / (asked.value or 1e-9)
        least = _LEAST_OPEN if derived.way == "share" and asked.bound in _OPEN else 0.5
        if not (least <= ratio <= 1 / least or derived.decisive):
            continue
        if result.outcome is not Outcome.DIFFERENT:
            # The other side of a comparison has a name of its own.
            own = derived.way == "other side"
            if not own and not of_one_matter(_places(passage, derived), claim, passage):
                continue
            return _calculated(quantity, derived, result, claim, passage, about)
        if derived.decisive and not _other_way_round(asked, derived.quantity):
            differing.append((derived, result))
    places = {(derived.start, derived.end) for derived, _ in differing}
    if len(places) != 1 or (
        differing[0][0].way not in ("end", "turned") and _stands_in(quantity, passage)
    ):
        return None
    return _calculated(quantity, *differing[0], claim, passage, about)


_OPEN = frozenset((Bound.OVER, Bound.UNDER, Bound.AT_LEAST, Bound.AT_MOST))
# "Fewer than 106 reviews" is not said of 67, and hardly worked out as 62 per cent of 108.
_LEAST_OPEN = 0.8
_AGAIN = re.compile(r"^ as (?:\w+ ){1,4}again\b")


def _whole_factor(quantity: Quantity, text: str) -> Quantity:
    """ "Half as much again" is one and a half times."""
    if quantity.kind == "factor" and quantity.value < 1 and _AGAIN.search(text[quantity.end :]):
        return replace(
            quantity, value=1 + quantity.value, low=1 + quantity.low, high=1 + quantity.high
        )
    return quantity


def _other_way_round(claim: Quantity, derived: Quantity) -> bool:
    """Whether two things compare as the claim says, told in the other order."""
    if claim.kind != "factor" or derived.value <= 0:
        return False
    inverse = 1 / derived.value
    turned = replace(derived, value=inverse, half=0.03 * inverse, low=inverse, high=inverse)
    return compare_values(claim, turned).outcome is not Outcome.DIFFERENT


def _stands_in(quantity: Quantity, passage: PassageReading) -> bool:
    """Whether the figure itself stands in the passage, alone or in a score."""
    return any(
        quantity.value in (rival.value, *(rival.pair or ()))
        and rival.kind in (quantity.kind, "score")
        for rival in passage.body.quantities
    )


def _calculated(
    quantity: Quantity,
    derived: Derived,
    result: Comparison,
    claim: ClaimReading,
    passage: PassageReading,
    about: float,
) -> Finding:
    agrees = result.outcome is not Outcome.DIFFERENT
    ours, theirs = (
        any(cue.kind in NOT_YET for cue in side.body.modality.cues) for side in (claim, passage)
    )
    if quantity.kind == "duration":
        theirs = not_yet(passage, derived.start, derived.end)
    if derived.parts:  # what was there before holds even where the change is only planned
        other = derived.way == "other side"
        theirs = not other and not_yet(passage, derived.start, derived.end)
    told = agrees and result.contained and (ours or not theirs)
    stance = Stance.SUPPORTS if told else None
    if derived.parts:  # words of calculating need not stand in the passage
        about = max(about, 0.25 + 0.75 * shared_words(claim, passage))
    strength = 0.9 * derived.weight * about * result.certain
    if not agrees and derived.against is not None:
        strength = derived.against * about * result.certain
    elif not agrees:
        # Numbers that stand among other words are of something else.
        around = _near_between(passage, derived)
        strength *= company(quantity.near, own_concepts(quantity), around, passage) ** 2
    message = f"{derived.shown}, {'agrees with' if agrees else 'not'} {quantity.text}"
    if derived.way == "turned":
        message = derived.shown
    return make_finding(
        "arithmetic",
        Outcome.COMPATIBLE if agrees else Outcome.DIFFERENT,
        stance if agrees else Stance.REFUTES,
        strength,
        message,
        ours=quantity,
        theirs=Stretch(derived.start, derived.end, passage.text[derived.start : derived.end]),
    )


def _places(passage: PassageReading, derived: Derived) -> list[Quantity | DateMention]:
    """The numbers and dates that a calculation rests on."""
    inside = range(derived.start, derived.end)
    found: list[Quantity | DateMention] = [q for q in passage.body.quantities if q.start in inside]
    return found + [mention for mention in passage.body.dates if mention.start in inside]


def _near_between(passage: PassageReading, derived: Derived) -> frozenset[str]:
    inside = range(derived.start, derived.end)
    parts = [q for q in passage.body.quantities if q.start in inside]
    words = {word for part in parts for word in (*part.near, part.noun, part.verb)}
    for mention in passage.body.dates:
        if mention.start in inside:
            words |= {*mention.near, mention.verb}
    return frozenset(words)
