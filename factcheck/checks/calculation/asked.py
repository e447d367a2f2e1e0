"""What the figure of a claim is of: all of it, what is left, what was there before, each share."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from factcheck.checks.calculation.flows import entries_of
from factcheck.checks.grammar.tokens import concept

if TYPE_CHECKING:
    from factcheck.checks.numbers.quantity import Quantity
    from factcheck.checks.reading import ClaimReading, PassageReading


@dataclass(frozen=True, slots=True)
class Asked:
    """What a claim's figure is of.

    Args:
        total: all together.
        left: what remains, or is not so.
        before: what was there at first.
        each: the share of one of several.
        compared: how much more one is than the other.
        moved: how much came or went.
        direction: 1 for what came, -1 for what went, 0 for neither.
    """

    total: bool
    left: bool
    before: bool
    each: bool
    compared: bool
    moved: bool
    direction: int = 0


_TOTAL = re.compile(
    r"\b(?:together|altogether|total(?:l?ed|s)?|in all|all told|combined|overall|sum"
    r"|between (?:them|the (?:two|three))|add(?:s|ed)? up|both|a total|the (?:two|three|four)"
    r"|in (?:two|three))\b|^(?:the )?(?:two|three|four|both)\b",
    re.I,
)
_LEFT = re.compile(
    r"\b(?:left(?! \w*(?:hand|wing|side|bank))|remain\w*|rest|still|without|unsold|surviv\w*|spare"
    r"|over(?= \w*\.?$)|others?|kept|keeps|not|n['’]t|un\w{3,}ed|empty|intact|whole|good|to go|yet"
    r"|stay(?:s|ed)?|to spare)\b|n['’]t\b",
    re.I,
)
_BEFORE = re.compile(
    r"\b(?:before|prior to|ahead of|at first|first|originally|initially|to begin with|to start with"
    r"|at the (?:start|outset|beginning)|began with|started with|earlier|previous(?:ly)?|formerly"
    r"|until|used to|once|beforehand|had (?:\w+ )?been|ago|began|when|old"
    r"|last (?:year|month|week|season))\b",
    re.I,
)
_EACH = re.compile(
    r"\b(?:each|every|per|apiece|on average|average[sd]?|a head"
    r"|(?<!within )(?<!in )(?<!for )(?<!after )an? (?:day|week|month|year|hour|minute|night|piece"
    r"|person|kilo\w*|litre|tonne))\b",
    re.I,
)
_COMPARED = re.compile(
    r"\b(?:than|ahead|behind|margin|majority|difference|gap|lead|longer|shorter|older|younger|heavier"
    r"|lighter|taller|dearer|cheaper|saves?|there (?:are|were|is|was) .{0,20} between)\b",
    re.I,
)


def asked_for(claim: ClaimReading, quantity: Quantity) -> Asked:
    """Read from a claim's words what its figure is of."""
    text = claim.text
    rest = text[: quantity.start] + " # " + text[quantity.end :]
    mine = [entry for entry in entries_of(claim.body) if entry.quantity.start == quantity.start]
    reached = text[: quantity.start].rstrip().lower().endswith((" to", " at", " for"))
    compared = quantity.change in ("more", "less") or bool(_COMPARED.search(rest))
    return Asked(
        total=quantity.total or bool(_TOTAL.search(rest)),
        left=bool(_LEFT.search(rest)),
        before=bool(_BEFORE.search(rest)),
        each=bool(_EACH.search(rest)),
        compared=compared,
        moved=quantity.change in ("up", "down", "by")
        or (bool(mine) and mine[0].sign != 0 and not reached),
        direction=quantity.direction or (mine[0].sign if mine and not reached else 0),
    )


def shared_words(claim: ClaimReading, passage: PassageReading) -> float:
    """Share of the claim's content words, without those of calculating, in passage and context."""
    words = frozenset(
        concept(token.stem)
        for token in claim.body.layout.tokens
        if token.content and not (_TOTAL.search(token.text) or _LEFT.search(token.text))
    )
    return len(words & passage.stems) / len(words) if words else 1.0
