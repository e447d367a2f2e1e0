"""Whether the passage states what the claim states, or only plans, alleges, denies or doubts it."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from factcheck.checks.causes import compare_causes
from factcheck.checks.context import Layout
from factcheck.checks.lexicon import IRREGULAR
from factcheck.checks.moods import Cue, Modality
from factcheck.checks.opposites import compare_opposites
from factcheck.checks.plans import compare_deeds
from factcheck.checks.relevance import relevance, word_coverage
from factcheck.checks.superlatives import compare_superlatives
from factcheck.checks.tokens import concept
from factcheck.records import Finding, Outcome, Stance

if TYPE_CHECKING:
    from factcheck.checks.reading import ClaimReading, PassageReading

# Below this share of its words a claim and a passage have nothing in common worth comparing.
_LEAST_COVERAGE = 0.25
_EMPTY_VERBS = frozenset(("be", "have", "do", "say", "", "make", "take", "get", "go", "come"))


_BE = frozenset("am is are was were be been being".split())


def main_verbs(layout: Layout) -> tuple[str, ...]:
    """Concepts of the verbs of a claim that carry its statement, in order, auxiliaries left out."""
    found = []
    for index in layout.verbs:
        token = layout.tokens[index]
        if token.capital and index:
            continue
        if token.lower.endswith("ing") and not (index and layout.tokens[index - 1].lower in _BE):
            continue
        if IRREGULAR.get(token.lower) in _EMPTY_VERBS:
            continue
        name = concept(token.stem)
        if name not in found:
            found.append(name)
    return tuple(found)


def compare_modality(claim: ClaimReading, passage: PassageReading) -> tuple[Finding, ...]:
    """Findings on polarity, plans, allegations, doubt, causation and superlatives.

    Only statements whose words mostly stand in the passage are compared: otherwise the cue may
    belong to another matter.
    """
    coverage = word_coverage(claim, passage, context=False)
    if coverage < _LEAST_COVERAGE:
        return ()
    found: list[Finding | None] = []
    if coverage >= 0.5:
        about = relevance(claim, passage) * min(1.0, 0.2 + coverage)
        verbs = main_verbs(claim.body.layout)
        found += [
            _polarity(claim, passage, verbs, about),
            compare_opposites(claim, passage),
        ]
    found += [finding for _, finding in weaker_findings(claim, passage)]
    return tuple(finding for finding in found if finding is not None)


# The features ask for the same pair again.
@lru_cache(maxsize=256)
def weaker_findings(
    claim: ClaimReading, passage: PassageReading
) -> tuple[tuple[str, Finding], ...]:
    """Findings that the passage states less than the claim, each with its kind.

    The kinds are "planned", "alleged", "uncertain", "causal" and "superlative".
    """
    found = (
        compare_deeds(claim, passage),
        ("causal", compare_causes(claim, passage)),
        ("superlative", compare_superlatives(claim, passage)),
    )
    return tuple((kind, finding) for kind, finding in filter(None, found) if finding is not None)


def _finding(
    outcome: Outcome,
    stance: Stance,
    claim_text: str,
    cue: Cue | None,
    passage_text: str,
    message: str,
    strength: float,
) -> Finding:
    return Finding(
        check="modality",
        outcome=outcome,
        claim_text=claim_text,
        passage_text=passage_text,
        message=message,
        claim_span=None,
        passage_span=None if cue is None else (cue.start, cue.end),
        stance=stance,
        strength=round(max(0.0, min(1.0, strength)), 3),
    )


def _negated(modality: Modality, word: str) -> bool:
    return word in modality.governed("negated")


def _keys(claim: ClaimReading, verbs: tuple[str, ...]) -> tuple[str, ...]:
    """What a negation must govern to turn the claim: its verbs, or its predicate words."""
    if verbs:
        return verbs
    layout = claim.body.layout
    if not layout.verbs:
        return ()
    after = layout.tokens[layout.verbs[-1] + 1 :]
    return tuple(concept(token.stem) for token in after if token.content and not token.capital)[:3]


_EXCEPT = frozenset("except excepting unless only other otherwise".split())


def _lowers(layout: Layout) -> frozenset[str]:
    return frozenset(token.lower for token in layout.tokens)


def _polarity(
    claim: ClaimReading, passage: PassageReading, verbs: tuple[str, ...], about: float
) -> Finding | None:
    ours, theirs = claim.body.modality, passage.body.modality
    # With negations on both sides it is likely that each says the same in other words.
    both = bool(ours.governed("negated") and theirs.governed("negated"))
    keys = [word for word in _keys(claim, verbs) if word in passage.body.stems]
    if any(_negated(ours, word) and _negated(theirs, word) for word in keys):
        return None
    excepted = bool(_EXCEPT & _lowers(claim.body.layout) | _EXCEPT & _lowers(passage.body.layout))
    for word in keys:
        here, there = _negated(ours, word), _negated(theirs, word)
        if there and word in theirs.plain:
            continue
        if word in (ours if there else theirs).governed("lacking"):
            continue
        if here == there:
            continue
        cue = (theirs if there else ours).cue_for("negated", word)
        side = "the passage denies" if there else "the passage states"
        other = "the claim states it" if there else "the claim denies it"
        return _finding(
            Outcome.DIFFERENT,
            Stance.REFUTES,
            claim.text,
            cue if there else None,
            cue.text if cue and there else "",
            f"{side} what the claim says: {other}",
            about * (0.85 if word in verbs else 0.7) * (0.45 if both or excepted else 1.0),
        )
    return None
