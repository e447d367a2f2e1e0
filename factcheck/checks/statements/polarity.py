"""What the claim states, the passage denies, or the other way round."""

from __future__ import annotations

from typing import TYPE_CHECKING

from factcheck.checks.found import make_finding
from factcheck.checks.grammar.context import Layout
from factcheck.checks.grammar.tokens import Token, concept
from factcheck.checks.overlap import (
    COMPARING,
    IMPLICIT,
    SINGLED_OUT,
    doubts,
    in_parts,
    lowers,
    shares,
)
from factcheck.checks.relevance import relevance
from factcheck.checks.statements.denials import Denial, denies, read_denials, sentence_range
from factcheck.records import Finding, Outcome, Stance

if TYPE_CHECKING:
    from factcheck.checks.reading import ClaimReading, PassageReading


def compare_polarity(claim: ClaimReading, passage: PassageReading) -> Finding | None:
    """Find a predicate that one side denies and the other states.

    The sentence of the passage must hold the predicate and most of the claim's other words.
    Claims on a part of a number of things ("four of the nine are not open") and denials that
    compare ("no mayor before her") are left alone: they mostly say what the passage says.
    """
    ours, theirs = read_denials(claim.body), read_denials(passage.body)
    denying = any(denies(token) for token in claim.body.layout.tokens)
    if theirs and not denying:
        return _denied(claim, passage, theirs)
    if (
        len(ours) == 1
        and not theirs
        and not any(denies(token) for token in passage.body.layout.tokens)
    ):
        return _stated(claim, passage, ours[0])
    return None


def _denied(
    claim: ClaimReading, passage: PassageReading, denials: tuple[Denial, ...]
) -> Finding | None:
    """The passage denies a predicate that the claim states."""
    ours, theirs = claim.body.layout, passage.body.layout
    places = {concept(token.stem): i for i, token in enumerate(ours.tokens) if token.content}
    for denial in denials:
        word = concept(theirs.tokens[denial.predicate].stem)
        if word not in places:
            continue
        cue = theirs.tokens[denial.cue]
        low, high = sentence_range(theirs, denial.predicate)
        if _count(theirs, word) > 1 or lowers(ours.tokens) & IMPLICIT:
            return None
        if in_parts(ours, places[word]):
            return None
        inside, anywhere = shares(claim, passage, word, low, high)
        if anywhere < (0.5 if inside >= 0.3 else 0.75):
            return None
        sure = (0.3 * inside + 0.6 * anywhere) * doubts(claim, passage, low, high)
        start, end = theirs.clause_range(denial.cue)
        if COMPARING & lowers(theirs.tokens[start:end]):
            sure *= 0.6
        # "not in the town but outside it": something else is stated in its place.
        if "but" in lowers(theirs.tokens[denial.cue : denial.cue + 14]):
            sure *= 0.6
        message = "the passage denies what the claim says: the claim states it"
        return _finding(claim, cue, message, sure * relevance(claim, passage))
    return None


def _stated(claim: ClaimReading, passage: PassageReading, denial: Denial) -> Finding | None:
    """The passage states a predicate that the claim denies."""
    ours, theirs = claim.body.layout, passage.body.layout
    word = concept(ours.tokens[denial.predicate].stem)
    place = next(
        (i for i, t in enumerate(theirs.tokens) if t.content and concept(t.stem) == word), None
    )
    if place is None or COMPARING & lowers(ours.tokens) or in_parts(ours, denial.predicate):
        return None
    low, high = sentence_range(theirs, place)
    inside, anywhere = shares(claim, passage, word, low, high)
    if inside < 0.5:
        return None
    sure = (0.6 * inside + 0.3 * anywhere) * doubts(claim, passage, low, high)
    if place not in theirs.verbs:
        sure *= 0.8
    if SINGLED_OUT & lowers(theirs.tokens[low:high]):
        sure *= 0.6
    message = "the passage states what the claim says: the claim denies it"
    return _finding(claim, None, message, sure * relevance(claim, passage))


def _count(layout: Layout, word: str) -> int:
    return sum(token.content and concept(token.stem) == word for token in layout.tokens)


def _finding(claim: ClaimReading, cue: Token | None, message: str, strength: float) -> Finding:
    return make_finding(
        "modality",
        Outcome.DIFFERENT,
        Stance.REFUTES,
        strength,
        message,
        ours=claim.text,
        theirs=cue or "",
    )
