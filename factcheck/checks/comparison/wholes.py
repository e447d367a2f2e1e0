"""Whether a share of the passage is one of another whole than the claim's: of the cyclists asked,
not of the people of the town."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from factcheck.checks.grammar.tokens import concept, stem

if TYPE_CHECKING:
    from factcheck.checks.numbers.quantity import Quantity
    from factcheck.checks.reading import ClaimReading, PassageReading

_OF = re.compile(r"^ (?:out )?of (?!them\b|whom\b|which\b|these\b|it\b)\w")
_OPENING = re.compile(r"\b[Oo]f (?:the |all |those |these )?(?:[\d,.]+ )?([a-z]+)\b")


def of_another_whole(
    quantity: Quantity, rival: Quantity, claim: ClaimReading, passage: PassageReading
) -> bool:
    """Whether the same share is told of another group, while the passage names the claim's too.

    Where it does not name the claim's, the two may be other words for one group.
    """
    shares = quantity.kind == rival.kind == "share" and not (quantity.change or rival.change)
    if not shares or not quantity.noun or not _OF.match(claim.text[quantity.end :]):
        return False
    whole = _whole_of(rival, passage.text)
    return bool(whole) and whole not in claim.body.stems and quantity.noun in passage.stems


def _whole_of(share: Quantity, text: str) -> str:
    """Concept of what a share is of: "half of the runners", "of the runners … half"."""
    if _OF.match(text[share.end :]):
        return share.noun
    sentence = text[text.rfind(". ", 0, share.start) + 1 : share.start]
    match = _OPENING.search(sentence)
    return concept(stem(match[1])) if match else ""
