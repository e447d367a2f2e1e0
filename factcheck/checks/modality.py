"""Whether the passage states what the claim states, or only plans, alleges, denies or doubts it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from factcheck.checks.context import Layout
from factcheck.checks.lexicon import IRREGULAR
from factcheck.checks.moods import Cue
from factcheck.checks.opposites import compare_opposites
from factcheck.checks.polarity import compare_polarity
from factcheck.checks.relevance import relevance, word_coverage
from factcheck.checks.tokens import concept
from factcheck.records import Finding, Outcome, Stance

if TYPE_CHECKING:
    from factcheck.checks.reading import ClaimReading, PassageReading

_MESSAGES = {
    "planned": "the passage only plans or expects it ({cue}), the claim says it happened",
    "alleged": "the passage only reports an allegation ({cue}), the claim states a fact",
    "hedged": "the passage is not certain ({cue}), the claim is",
    "conditional": "the passage makes it depend on a condition ({cue})",
}
_WEIGHTS = {"planned": 0.9, "alleged": 0.9, "hedged": 0.6, "conditional": 0.7}
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
    if coverage < 0.5:
        return ()
    about = relevance(claim, passage) * min(1.0, 0.2 + coverage)
    findings = []
    verbs = main_verbs(claim.body.layout)
    for finding in (
        compare_polarity(claim, passage),
        compare_opposites(claim, passage),
        *_softer(claim, passage, verbs, about),
        _causation(claim, passage, about),
        _superlative(claim, passage, about),
    ):
        if finding is not None:
            findings.append(finding)
    return tuple(findings)


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


def _keys(claim: ClaimReading, verbs: tuple[str, ...]) -> tuple[str, ...]:
    """What a negation must govern to turn the claim: its verbs, or its predicate words."""
    if verbs:
        return verbs
    layout = claim.body.layout
    if not layout.verbs:
        return ()
    after = layout.tokens[layout.verbs[-1] + 1 :]
    return tuple(concept(token.stem) for token in after if token.content and not token.capital)[:3]


def _lowers(layout: Layout) -> frozenset[str]:
    return frozenset(token.lower for token in layout.tokens)


def _softer(
    claim: ClaimReading, passage: PassageReading, verbs: tuple[str, ...], about: float
) -> list[Finding]:
    """The passage plans, alleges, doubts or conditions what the claim states as a fact."""
    ours, theirs = claim.body.modality, passage.body.modality
    findings = []
    own_kinds = {cue.kind for cue in ours.cues}
    for kind, weight in _WEIGHTS.items():
        if kind in own_kinds or (own_kinds & {"hedged", "planned"} and kind != "alleged"):
            continue
        governed = theirs.governed(kind)
        for verb in _keys(claim, verbs):
            if verb not in governed or verb in theirs.plain:
                continue
            cue = theirs.cue_for(kind, verb)
            assert cue is not None
            # "He would become mayor" also tells of what did happen.
            sure = 0.6 if cue.text.lower() == "would" else 1.0
            findings.append(
                _finding(
                    Outcome.DIFFERENT,
                    Stance.NEUTRAL,
                    claim.text,
                    cue,
                    cue.text,
                    _MESSAGES[kind].format(cue=f"“{cue.text}”"),
                    weight * about * sure,
                )
            )
            break
    return findings


def _causation(claim: ClaimReading, passage: PassageReading, about: float) -> Finding | None:
    ours, theirs = claim.body.modality, passage.body.modality
    if not ours.causal or ours.correlational or not theirs.correlational or theirs.causal:
        return None
    return _finding(
        Outcome.DIFFERENT,
        Stance.NEUTRAL,
        claim.text,
        None,
        "",
        "the passage speaks of a link, the claim of a cause",
        0.7 * about,
    )


_RANKS = frozenset("second third fourth fifth sixth seventh eighth ninth tenth".split())


def _superlative(claim: ClaimReading, passage: PassageReading, about: float) -> Finding | None:
    ours, theirs = claim.body.modality, passage.body.modality
    strict = ours.superlatives - ours.softened - ours.ranked
    if _RANKS & _lowers(claim.body.layout):
        return None
    for word in sorted(strict):
        if word in theirs.ranked:
            return _finding(
                Outcome.DIFFERENT,
                Stance.REFUTES,
                word,
                None,
                word,
                f"the passage ranks it lower, the claim says {word}",
                0.7 * about,
            )
        if word in theirs.softened:
            return _finding(
                Outcome.DIFFERENT,
                Stance.NEUTRAL,
                word,
                None,
                word,
                f"the passage says one of several, the claim the {word}",
                0.7 * about,
            )
    if strict and not theirs.superlatives and not strict <= {"first", "last", "most"}:
        word = sorted(strict)[0]
        return _finding(
            Outcome.DIFFERENT,
            Stance.NEUTRAL,
            word,
            None,
            "",
            f"the passage does not say {word}",
            0.4 * about,
        )
    return None
