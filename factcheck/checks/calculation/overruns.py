"""How far an outcome lies from the plan: "It cost 9.3 million; 8.4 million had been budgeted."

Tried only where the claim compares with a plan, one number of the passage is told as the plan, and
one other of its kind is not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations
from typing import TYPE_CHECKING

from factcheck.checks.calculation.amounts import Derived
from factcheck.checks.calculation.changes import NEAR, change_between, levels_of
from factcheck.checks.calculation.matters import of_one_matter
from factcheck.checks.calculation.order import stretches_of
from factcheck.checks.comparison.segments import said_with
from factcheck.checks.grammar.tokens import stem

if TYPE_CHECKING:
    from factcheck.checks.numbers.quantity import Quantity
    from factcheck.checks.reading import ClaimReading, PassageReading

_PLAN_NOUN = (
    r"(?:budgets?|estimates?|plans?|forecasts?|targets?|projections?|quotes?|expectations?)"
)
_PLANNED = (
    r"(?:planned|budgeted|estimated|expected|forecast|foreseen|projected|promised|scheduled|quoted"
    r"|hoped|intended|allowed for|first thought)"
)
# The claim sets something beside a plan, and says on which side of it: "over budget", "overran".
_ABOVE = re.compile(
    rf"\b(?:over|above|beyond|exceed\w*|beat|topp?\w*|surpass\w*|oversho\w+)\b[^.;]{{0,30}}\b"
    rf"{_PLAN_NOUN}\b|\boverr[au]n\w*|\boverspen\w+"
    rf"|\b(?:more|higher|dearer|longer|larger|later|greater)\b[^.;]{{0,20}}\bthan\b[^.;]{{0,25}}"
    rf"\b{_PLANNED}\b",
    re.I,
)
_BELOW = re.compile(
    rf"\b(?:under|below|short of|miss\w*|undercut\w*|undersh\w+)\b[^.;]{{0,30}}\b{_PLAN_NOUN}\b"
    rf"|\b(?:less|fewer|lower|cheaper|shorter|smaller|sooner)\b[^.;]{{0,20}}\bthan\b[^.;]{{0,25}}"
    rf"\b{_PLANNED}\b",
    re.I,
)
_TIMES = re.compile(rf"^[^.;]{{0,25}}\b(?:{_PLAN_NOUN}|{_PLANNED})\b", re.I)
_BY = re.compile(
    r"\bby(?: (?:about|some|nearly|almost|around|roughly|over|more than|just))*$", re.I
)
_BESIDE_PLAN = re.compile(
    r"^ (?:more|less|fewer|over|above|below|under|beyond|short|higher|lower|dearer|cheaper|longer"
    r"|shorter|late)\b",
    re.I,
)
_PLAN = re.compile(
    rf"\b(?:{_PLAN_NOUN}|{_PLANNED}|estimat\w+|forecast\w*|originally|initially|set aside|put at"
    r"|earmarked|allowed)\b",
    re.I,
)
# "24 million had been budgeted for schools": what the plan was for.
_FOR = re.compile(r"\bfor (?:(?:the|its|a|an|new|this) )*([a-z]+)")
_MISSING = 3
"""Words of the claim that the passage may say otherwise."""


def derive_overruns(
    claim: Quantity, said: ClaimReading, passage: PassageReading
) -> Iterator[Derived]:
    """The distance of the one outcome of a passage from the one plan, as the claim tells it."""
    side = _side(claim, said.text)
    if side is None or len(said_with(claim, said) - passage.stems) > _MISSING:
        return
    told = []
    for first, second in combinations(levels_of(claim, passage), 2):
        if first.kind != second.kind or second.start - first.end > NEAR:
            continue
        stretches = stretches_of(first, second, passage.text)
        planned = [bool(_PLAN.search(part)) for part in stretches]
        if planned[0] == planned[1] or not of_one_matter((first, second), said, passage):
            continue
        if _for_another(stretches[planned.index(True)], said):
            continue
        told.append((first, second) if planned[0] else (second, first))
    if len(told) != 1:
        return
    plan, outcome = told[0]
    if side * (outcome.value - plan.value) > 0:
        yield from change_between(claim, plan, outcome, decisive=True)


def _for_another(stretch: str, said: ClaimReading) -> bool:
    """Whether a plan is said to be for something that the claim does not name."""
    return any(stem(found[1]) not in said.body.stems for found in _FOR.finditer(stretch))


def _side(claim: Quantity, text: str) -> int | None:
    """1 where a claim's figure is a distance above a plan, -1 below; None for neither."""
    front, behind = text[: claim.start].rstrip(), text[claim.end :]
    above, below = bool(_ABOVE.search(text)), bool(_BELOW.search(text))
    if claim.kind == "factor" and _TIMES.search(behind):
        return 1 if claim.value > 1 else -1
    if above == below or claim.pair is not None:
        return None
    distance = claim.change or _BY.search(front) or _BESIDE_PLAN.search(behind)
    return (above - below) if distance else None
