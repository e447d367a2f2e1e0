"""Who says it: the speaker of the claim against the speaker in the passage."""

from __future__ import annotations

from typing import TYPE_CHECKING

from factcheck.checks.names import names_agree
from factcheck.checks.relevance import relevance
from factcheck.checks.speech import PRONOUNS, Attribution
from factcheck.checks.tokens import concept
from factcheck.records import Finding, Outcome, Stance

if TYPE_CHECKING:
    from factcheck.checks.reading import ClaimReading, PassageReading


# A denial of less than this share of a claim is a denial of something else.
_LEAST_DENIED = 0.4


def _share_covered(attribution: Attribution, claim: ClaimReading, passage: PassageReading) -> float:
    """Share of the claim's words found in the passage that lie in what the speaker says."""
    inside = outside = 0
    for token in passage.body.layout.tokens:
        if token.content and concept(token.stem) in claim.body.stems:
            if attribution.speaker_span[0] <= token.start < attribution.speaker_span[1]:
                continue
            if attribution.start <= token.start < attribution.end:
                inside += 1
            else:
                outside += 1
    return inside / (inside + outside) if inside + outside else 0.0


def _share_denied(
    denial: Attribution, speaker: str, claim: ClaimReading, passage: PassageReading
) -> float:
    """Share of what the claim says, the denier's name left out, that lies in what is denied.

    Somebody who denies a theft has not denied every other sentence about them.
    """
    named = {
        concept(token.stem)
        for name in claim.body.names
        if speaker and names_agree(name.text, speaker)
        for token in claim.body.layout.tokens[name.first : name.last]
    }
    said = {
        concept(token.stem)
        for token in passage.body.layout.tokens
        if token.content and denial.start <= token.start < denial.end
    }
    wanted = claim.body.stems - named
    return len(wanted & said) / len(wanted) if wanted else 0.0


def relevant_attribution(
    passage: PassageReading, claim: ClaimReading | None = None
) -> Attribution | None:
    """The attribution that covers the part of the passage which matters for the claim."""
    best, best_share = None, 0.5
    for attribution in passage.body.attributions:
        if claim is None:
            return attribution
        share = _share_covered(attribution, claim, passage)
        if share > best_share:
            best, best_share = attribution, share
    return best


def reported_by(passage: PassageReading, claim: ClaimReading | None = None) -> str | None:
    """On whose word the passage states what matters.

    A pronoun is replaced by the last name before it. If the claim itself attributes the
    statement to the same speaker, the passage supports it plainly and nobody is returned.

    Args:
        passage: the passage.
        claim: picks the relevant part of the passage; without it the first attribution counts.
    """
    attribution = relevant_attribution(passage, claim)
    if attribution is None:
        return passage.speaker
    speaker = resolve_speaker(attribution, passage)
    if claim is not None and speaker:
        own = [item.speaker for item in claim.body.attributions if item.speaker]
        if any(names_agree(name, speaker) for name in own):
            return None
    return speaker or "an unnamed source"


def resolve_speaker(attribution: Attribution, passage: PassageReading) -> str:
    """The speaker's name; for "he" or "they" the last name before it or the passage's speaker."""
    if attribution.speaker.lower() not in PRONOUNS:
        return attribution.speaker
    before = [name for name in passage.body.names if name.end <= attribution.speaker_span[0]]
    if before:
        return before[-1].text
    return passage.speaker or ""


def compare_attribution(claim: ClaimReading, passage: PassageReading) -> tuple[Finding, ...]:
    """Findings on who says it.

    A denial of the claim is evidence against it on the denier's word. Another speaker of the same
    words informs; it proves nothing about the named one.
    """
    theirs = relevant_attribution(passage, claim)
    ours = next((item for item in claim.body.attributions), None)
    if theirs is None:
        return ()
    about = relevance(claim, passage)
    speaker = resolve_speaker(theirs, passage)
    if ours is None:
        if claim.speaker and speaker and names_agree(claim.speaker, speaker):
            return (_own_word(claim, theirs, speaker, about),)
        if theirs.kind == "denies":
            denied = _share_denied(theirs, speaker, claim, passage)
            if denied < _LEAST_DENIED:
                return ()
            return (
                _finding(
                    claim,
                    theirs,
                    Outcome.DIFFERENT,
                    Stance.REFUTES,
                    0.7 * about * min(1.0, 1.5 * denied),
                    f"{speaker or 'somebody'} denies it in the passage",
                ),
            )
        return (
            _finding(
                claim,
                theirs,
                Outcome.COMPATIBLE,
                None,
                about,
                f"the passage states it on the word of {speaker or 'somebody'}",
            ),
        )
    known = bool(speaker and ours.speaker and ours.speaker.lower() not in PRONOUNS)
    agree = known and names_agree(ours.speaker, speaker)
    if agree and ours.kind != theirs.kind:
        return (
            _finding(
                claim,
                theirs,
                Outcome.DIFFERENT,
                Stance.REFUTES,
                0.75 * about,
                f"in the passage {speaker} {theirs.verb}, in the claim {ours.verb}",
            ),
        )
    if agree:
        return (
            _finding(
                claim,
                theirs,
                Outcome.EQUAL,
                Stance.SUPPORTS,
                0.6 * about,
                f"claim and passage attribute it to {speaker}",
            ),
        )
    if known and ours.kind == theirs.kind:
        return (
            _finding(
                claim,
                theirs,
                Outcome.DIFFERENT,
                Stance.NEUTRAL,
                0.6 * about,
                f"the passage attributes it to {speaker}, the claim to {ours.speaker}",
            ),
        )
    return ()


def _own_word(claim: ClaimReading, theirs: Attribution, speaker: str, about: float) -> Finding:
    """The passage quotes the one who made the claim: repetition, or a denial of the own words."""
    if theirs.kind == "denies":
        message = f"in the passage {speaker}, who made the claim, denies it"
        return _finding(claim, theirs, Outcome.DIFFERENT, Stance.REFUTES, 0.7 * about, message)
    message = f"the passage repeats the word of {speaker}, who made the claim"
    return _finding(claim, theirs, Outcome.EQUAL, None, about, message)


def _finding(
    claim: ClaimReading,
    theirs: Attribution,
    outcome: Outcome,
    stance: Stance | None,
    strength: float,
    message: str,
) -> Finding:
    ours = next((item for item in claim.body.attributions), None)
    span = theirs.speaker_span if theirs.speaker else (theirs.start, theirs.end)
    return Finding(
        check="attribution",
        outcome=outcome,
        claim_text=ours.speaker if ours else claim.text,
        passage_text=theirs.speaker,
        message=message,
        claim_span=ours.speaker_span if ours and ours.speaker else None,
        passage_span=span,
        stance=stance,
        strength=round(max(0.0, min(1.0, strength)), 3),
    )
