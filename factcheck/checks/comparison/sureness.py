"""How sure a finding on two quantities is: what speaks for it and against it, as log odds.

The weights were fitted to labelled pairs and rounded. A difference counts as sure only if nothing
hints that the claim's figure is another one: worked out, of another time, planned, a part.
"""

from __future__ import annotations

import math
import re
from itertools import combinations
from typing import TYPE_CHECKING

from factcheck.checks.comparison.counterparts import (
    closeness,
    name_words,
    said_words,
    taken_by_another,
)
from factcheck.checks.comparison.intervals import Comparison, compare_values
from factcheck.checks.numbers.bounds import Bound
from factcheck.checks.numbers.compounds import in_unit_of
from factcheck.checks.numbers.quantity import Quantity
from factcheck.records import Outcome

if TYPE_CHECKING:
    from factcheck.checks.reading import ClaimReading, PassageReading

_BOUNDS = frozenset((Bound.OVER, Bound.UNDER, Bound.AT_LEAST, Bound.AT_MOST))
NOT_YET = frozenset(("planned", "conditional"))
_EARLIER = re.compile(
    r"\b(?:before|earlier|ago|previous\w*|former\w*|used to|once|originally|initially|had)\b", re.I
)
_TOGETHER = re.compile(r"\b(?:together|in all|in total|altogether|combined|both)\b", re.I)
_ALL = re.compile(r"\ball\b", re.I)


def sureness(
    quantity: Quantity,
    rival: Quantity,
    result: Comparison,
    claim: ClaimReading,
    passage: PassageReading,
    about: float,
) -> float:
    """0 to 1: how sure it is that the finding tells of the claim's truth.

    Args:
        quantity: the claim's.
        rival: the passage's.
        result: how the two compare.
        claim, passage: where they stand.
        about: how sure it is that both speak of the same matter.
    """
    wanted = said_words(claim.body)
    near = closeness(wanted, rival, passage)
    if result.outcome is Outcome.DIFFERENT:
        missing = len(wanted - passage.stems)
        odds = _difference(quantity, rival, claim, passage)
        odds += 1.0 * about + 0.6 * near - 0.3 * min(4, missing) - 0.8
        if _met_elsewhere(quantity, rival, passage, wanted, near):
            odds -= 1.5  # "62 bridges, of which nine": fewer than ten of them
    else:
        odds = _agreement(quantity, rival, claim, passage)
        if result.outcome is Outcome.EQUAL:
            odds += _equality(quantity, rival) + 0.6 * about + 1.3 * near - 0.4
            odds = 1.4 * odds - 0.6
        else:
            odds += 1.2 * about + 0.5 * near + 0.2
            odds = 1.4 * odds - 1.0
        if taken_by_another(wanted, name_words(claim.body), rival, passage):
            odds -= 0.8 if result.outcome is Outcome.EQUAL else 1.6
    return 1.0 / (1.0 + math.exp(-odds))


def _met_elsewhere(
    quantity: Quantity,
    rival: Quantity,
    passage: PassageReading,
    wanted: frozenset[str],
    near: float,
) -> bool:
    """Whether a number that is as close to the claim's words, of its kind or bare, agrees with it.

    It was not compared since the noun is not said again: "of 30 buttons 9 are red".
    """
    for other in passage.body.quantities:
        if other is rival or other.kind not in (quantity.kind, "count"):
            continue
        if closeness(wanted, other, passage) < near:
            continue
        read = other if other.kind == quantity.kind else in_unit_of(other, quantity)
        if compare_values(quantity, read).outcome is not Outcome.DIFFERENT:
            return True
    return False


def _kinds(side: ClaimReading | PassageReading) -> frozenset[str]:
    return frozenset(cue.kind for cue in side.body.modality.cues)


def _only_in(pattern: re.Pattern[str], claim: ClaimReading, passage: PassageReading) -> bool:
    return bool(pattern.search(claim.text)) and not pattern.search(passage.text)


def _difference(
    quantity: Quantity, rival: Quantity, claim: ClaimReading, passage: PassageReading
) -> float:
    """What tells a contradiction from two numbers of two things."""
    ours, theirs = _kinds(claim), _kinds(passage)
    odds = 0.0
    if quantity.bound in _BOUNDS:
        odds += 1.0  # "more than 3,000" is said of the thing itself, and 2,100 is not
    if calculable(quantity, passage):
        odds -= 1.2  # "three a day" of 21 a week
    if stands_elsewhere(quantity, rival, passage):
        odds -= 0.4  # "a gust of 163, which breaks the record of 151"
    if _only_in(_EARLIER, claim, passage):
        odds -= 0.8
    if _only_in(_TOGETHER, claim, passage):
        odds -= 0.8
    if "negated" in ours:
        odds -= 0.7  # "18,000 did not" of 25,000
    if "planned" in ours or theirs & NOT_YET:
        odds -= 0.6
    if len(claim.body.quantities) > 1:
        odds -= 0.35
    if rival.bound is not Bound.EXACT:
        odds += 0.25
    if quantity.pair and rival.pair:
        odds += 0.5  # two results of one vote or match
    if quantity.direction * rival.direction < 0:
        odds += 1.0  # rose by 3, fell by 3
    # Numbers that lie ten times apart are seldom of one thing.
    return odds - 0.4 * min(3.0, max(0.0, _distance(quantity, rival) - math.log(10)))


def _agreement(
    quantity: Quantity, rival: Quantity, claim: ClaimReading, passage: PassageReading
) -> float:
    """What tells a stated number from one that two texts share while the rest differs."""
    ours, theirs = _kinds(claim), _kinds(passage)
    odds = 0.0
    if _ALL.search(claim.text):
        odds -= 1.2  # "all four wells" of which two are dry
    if ("negated" in ours) != ("negated" in theirs):
        odds -= 0.5
    if "negated" in ours:
        odds -= 0.3
    if quantity.noun and rival.noun and quantity.noun != rival.noun:
        odds -= 0.45
    if "planned" in ours or theirs & NOT_YET:
        odds -= 0.4
    if len(claim.body.quantities) > 1:
        odds -= 0.2
    if quantity.value != rival.value:
        # "more than 30" is seldom said of 300.
        odds -= 0.7 * min(3.0, max(0.0, _distance(quantity, rival) - math.log(2)))
    return odds


def _equality(quantity: Quantity, rival: Quantity) -> float:
    """What more tells a stated number from a shared one where the figure is the same."""
    odds = 0.0
    if quantity.factor != rival.factor:
        odds += 1.0  # a figure put into another unit is the point of the claim
    if quantity.bound in (Bound.ABOUT, Bound.NEARLY):
        odds += 1.0
    if quantity.kind == "ordinal":
        odds -= 0.3  # "the third test" names a test
    if quantity.change:
        odds -= 0.25
    return odds


def _distance(quantity: Quantity, rival: Quantity) -> float:
    """The natural logarithm of how many times one number is the other."""
    first, second = abs(quantity.value), abs(rival.value)
    return abs(math.log(first / second)) if first > 0 and second > 0 else 3.0


def stands_elsewhere(quantity: Quantity, rival: Quantity, passage: PassageReading) -> bool:
    """Whether the claim's figure stands in the passage beside another unit or none."""
    figure = quantity.value / quantity.factor
    return any(
        other is not rival and math.isclose(other.value / other.factor, figure, rel_tol=1e-9)
        for other in passage.body.quantities
    )


_UNCOUNTED = frozenset(("ordinal", "score"))
_ENOUGH = 12


def calculable(quantity: Quantity, passage: PassageReading) -> bool:
    """Whether some sum of two numbers of the passage gives the claim's figure, whatever it means.

    Sum, difference, product, quotient, a share of, a share more or less. Chance hits are many, so
    this only speaks against a difference and never for anything.
    """
    value = quantity.value
    slack = max(quantity.half, 1e-6 * abs(value))
    if quantity.bound is not Bound.EXACT:
        slack = max(slack, 0.1 * abs(value))
    numbers = [q for q in passage.body.quantities if q.kind not in _UNCOUNTED][:_ENOUGH]
    if quantity.kind == "share" and any(
        q.kind == "share" and abs(1 - q.value - value) <= slack for q in numbers
    ):
        return True
    return any(
        abs(result - value) <= slack
        for first, second in combinations(numbers, 2)
        for result in (*_symmetric(quantity.kind, first, second),
                       *_directed(quantity.kind, first, second),
                       *_directed(quantity.kind, second, first))
    )  # fmt: skip


def _symmetric(kind: str, first: Quantity, second: Quantity) -> list[float]:
    results = []
    if first.kind == second.kind == kind:
        results += [first.value + second.value, abs(first.value - second.value)]
    if kind in (first.kind, second.kind):
        results.append(first.value * second.value)
    return results


def _directed(kind: str, first: Quantity, second: Quantity) -> list[float]:
    """Results of dividing or changing a number by another."""
    if not second.value:
        return []
    results = []
    ratio = first.kind == second.kind and kind in ("share", "factor")
    if first.kind == kind or ratio:
        results.append(first.value / second.value)
    if first.kind == kind and second.kind == "share":
        more, less = 1 + second.value, 1 - second.value
        results += [first.value * step for step in (more, less)]
        results += [first.value / step for step in (more, less) if step > 0]
    return results
