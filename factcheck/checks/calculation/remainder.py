"""What "the rest" of a whole comes to: "of 57 seats the Greens took 21, the rest others".

As an amount; as a share of the whole it is worked out in `portions.py`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from factcheck.checks.calculation.amounts import Derived, with_value
from factcheck.checks.grammar.tokens import stems_of
from factcheck.checks.numbers.bounds import Bound
from factcheck.checks.numbers.compounds import one_kind

if TYPE_CHECKING:
    from factcheck.checks.numbers.quantity import Quantity
    from factcheck.checks.reading import ClaimReading, PassageReading

_REST = re.compile(
    r"\b(?:the (?:rest|remainder|others|remaining (?!\d)\w+|other (?!\d)\w+s)"
    r"|all (?:the )?others)"
    r"\b(?P<said>[^.;]*)",
    re.I,
)
_MANY = 6
_CLOSE = (Bound.EXACT, Bound.ABOUT, Bound.NEARLY, Bound.JUST_OVER)
_NO_PART = frozenset(("ordinal", "age", "score", "rating", "factor", "points", "temperature"))


def derive_remainders(
    claim: Quantity, said: ClaimReading, passage: PassageReading
) -> Iterator[Derived]:
    """What is left of a whole after its parts, for a claim that says what is said of the rest."""
    if claim.kind in _NO_PART or claim.pair or claim.change or claim.bound not in _CLOSE:
        return
    for rest in _REST.finditer(passage.text):
        parts = _account(claim, passage, rest.start())
        if parts is None:
            continue
        whole, others = parts[0], parts[1:]
        left = whole.value - sum(part.value for part in others)
        words = stems_of(rest["said"]) - {claim.noun}
        shared = words & said.body.stems
        if left <= 0 or not (shared or len(parts) > 2):
            continue
        shown = " − ".join(part.text for part in parts)
        yield Derived(
            with_value(claim, left, sum(p.half for p in parts if p.bound is not Bound.EXACT)),
            f"{shown} is {left / (claim.factor or 1.0):,.10g}",
            min(part.start for part in parts),
            rest.end(),
            False,
            way="rest",
            parts=parts,
        )


def _account(claim: Quantity, passage: PassageReading, place: int) -> tuple[Quantity, ...] | None:
    """The whole, then its parts, in front of "the rest"; None where that is unclear."""
    text = passage.text
    begin = max(text.rfind(mark, 0, place) + 1 for mark in (". ", "! ", "? "))
    found: list[Quantity] = []
    for start in (begin, _sentence_before(text, begin)):
        found = [
            read
            for q in passage.body.quantities
            if start <= q.start < place and (read := one_kind(claim, q)[1]).kind == claim.kind
        ]
        if len(found) >= 2:
            break
    if not 2 <= len(found) <= _MANY or any(q.bound is not Bound.EXACT for q in found):
        return None
    whole = max(found, key=lambda item: item.value)
    others = [item for item in found if item is not whole]
    if sum(item.value for item in others) >= whole.value or any(item.change for item in found):
        return None
    return (whole, *others)


def _sentence_before(text: str, begin: int) -> int:
    return max(text.rfind(mark, 0, max(begin - 2, 0)) + 1 for mark in (". ", "! ", "? "))
