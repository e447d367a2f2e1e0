"""How sure it is that a claim and a passage speak of the same matter."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from factcheck.checks.grammar.names import coverage
from factcheck.checks.grammar.tokens import concept, stem

if TYPE_CHECKING:
    from factcheck.checks.reading import ClaimReading, PassageReading


@lru_cache(maxsize=4096)
def name_coverage(claim: ClaimReading, passage: PassageReading) -> float:
    """Mean coverage of the claim's names by passage and context; 1 without names."""
    total = weight = 0.0
    for name in claim.body.names:
        share = coverage(name, passage.body.index)
        if passage.context_index is not None:
            share = max(share, coverage(name, passage.context_index))
        factor = 1.0 if name.certain else 0.5
        total += factor * share
        weight += factor
    return total / weight if weight else 1.0


def word_coverage(claim: ClaimReading, passage: PassageReading, *, context: bool = True) -> float:
    """Share of the claim's content words that stand in the passage (and its context)."""
    words = claim.body.stems
    if not words:
        return 0.0
    return len(words & (passage.stems if context else passage.body.stems)) / len(words)


@lru_cache(maxsize=4096)
def relevance(claim: ClaimReading, passage: PassageReading) -> float:
    """0 to 1: names and content words of the claim found in the passage and its context.

    A passage that names none of the claim's names may still continue a text about them, so names
    weigh more than words but do not decide alone.
    """
    names = name_coverage(claim, passage)
    words = word_coverage(claim, passage)
    missing = 0.7 if names < 1 and name_missing(claim, passage) else 1.0
    return min(1.0, (0.25 + 0.75 * min(1.0, 1.5 * words)) * (0.4 + 0.6 * names) * missing)


@lru_cache(maxsize=4096)
def same_voice(claim: ClaimReading, passage: PassageReading) -> float:
    """1, or 0.5 when the claim reports somebody of whom the passage does not speak.

    "The union put the dead at 26" is not contradicted by another number from the police.
    """
    speakers = [item.speaker for item in claim.body.attributions if item.speaker]
    if not speakers:
        return 1.0
    words = {concept(stem(word.lower())) for name in speakers for word in name.split()}
    known = {word for word in words if len(word) > 3}
    return 1.0 if not known or known & passage.stems else 0.5


def company(
    ours: frozenset[str], own: frozenset[str], theirs: frozenset[str], passage: PassageReading
) -> float:
    """How much of what the claim says around a number or date is said around the passage's.

    Words elsewhere in the passage or its context count by less than a third: a subject named a
    sentence earlier still is the subject, but a shared topic alone makes no shared statement.

    Args:
        ours: concepts in the claim's clause.
        own: concepts of the number itself, left out.
        theirs: concepts in the passage's clause.
        passage: the whole passage.

    Returns:
        0.3 to 1.
    """
    wanted = ours - own
    if not wanted:
        return 0.8
    inside = len(wanted & theirs)
    around = len((wanted - theirs) & passage.stems)
    return min(1.0, 0.3 + 0.7 * 1.5 * (inside + 0.3 * around) / len(wanted))


def name_missing(claim: ClaimReading, passage: PassageReading) -> bool:
    """Whether a name of the claim stands nowhere in passage and context, not even in part."""
    return any(
        name.certain
        and coverage(name, passage.body.index) == 0.0
        and (passage.context_index is None or coverage(name, passage.context_index) == 0.0)
        for name in claim.body.names
    )
