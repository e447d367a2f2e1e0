"""Findings on the dates of a claim: the same event on the same day, or on another.

That a passage holds the claim's date says little: most texts about a matter do. It supports only
where the date belongs to the same deed of the same subject, stated in the same way. And another
date refutes only where the deed happens once, or where all else that the claim says is there too.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from factcheck.checks.dates import DateMention, compare_mentions, within
from factcheck.checks.relevance import relevance, same_voice
from factcheck.records import Finding, Outcome, Stance

if TYPE_CHECKING:
    from factcheck.checks.reading import ClaimReading, PassageReading, TextReading

_AGREE = (Outcome.EQUAL, Outcome.COMPATIBLE)
_EMPTY = frozenset(("", "be", "have", "do"))
# How a statement is made; both sides must make it alike to speak for or against each other.
_MOODS = ("negated", "planned", "alleged", "hedged", "conditional", "lacking")
# The greatest strength of a date that only agrees.
_INFORMS = 0.3
# "three days earlier" puts another date into the passage that is not worked out here.
_OFFSET = re.compile(
    r"\b(?:days?|weeks?|months?|years?) (?:earlier|later|before|after|prior)\b"
    r"|\b(?:the|that) (?:next|following|same|previous) (?:day|week|month|year)\b",
    re.I,
)


@dataclass(frozen=True, slots=True)
class _Meeting:
    """A date of the claim beside one of the passage.

    Args:
        rival: the passage's date.
        outcome: how the two compare as days.
        same_deed: whether the same verb or event noun governs both.
        share: of what else the claim says about the event, how much the passage's sentence says.
        named: whether all names of the claim's sentence stand there or in the context.
    """

    rival: DateMention
    outcome: Outcome
    same_deed: bool
    share: float
    named: bool


def compare_dates(claim: ClaimReading, passage: PassageReading) -> tuple[Finding, ...]:
    """Findings on the dates of a claim, at most one for each."""
    if not passage.body.dates:
        return ()
    findings = []
    about = relevance(claim, passage)
    for mention in claim.body.dates:
        meetings = [_meet(mention, rival, passage) for rival in passage.body.dates]
        finding = _agreement(mention, meetings, claim, passage, about) or _difference(
            mention, meetings, claim, passage, about
        )
        if finding is not None:
            findings.append(finding)
    return tuple(findings)


def _meet(mention: DateMention, rival: DateMention, passage: PassageReading) -> _Meeting:
    ours, theirs = mention.event, rival.event
    around = theirs.about | passage.context_stems
    return _Meeting(
        rival,
        compare_mentions(mention, rival),
        ours.deed == theirs.deed and ours.deed not in _EMPTY,
        len(ours.about & around) / len(ours.about) if ours.about else 1.0,
        ours.names <= around,
    )


def _agreement(
    mention: DateMention,
    meetings: list[_Meeting],
    claim: ClaimReading,
    passage: PassageReading,
    about: float,
) -> Finding | None:
    agreeing = [m for m in meetings if m.outcome in _AGREE]
    own = [m for m in agreeing if m.same_deed]
    if mention.event.once and not own and any(_contradicts(mention, m) for m in meetings):
        return None
    if not agreeing:
        return None
    best = max(own or agreeing, key=lambda m: (m.outcome is Outcome.EQUAL, m.share))
    stance, strength = None, _INFORMS * about
    if own and within(mention, best.rival) and _alike(mention, best, claim, passage):
        sure = _sure_of_agreement(mention, best, claim)
        if sure:
            stance, strength = Stance.SUPPORTS, sure * about
    return _finding(mention, best.rival, best.outcome, stance, strength)


def _sure_of_agreement(mention: DateMention, meeting: _Meeting, claim: ClaimReading) -> float:
    """How sure it is that the date and all that the claim says of the event is in the passage.

    0 when it is not sure at all: a claim with a figure stands or falls with that.
    """
    if not meeting.named or not mention.event.which <= meeting.rival.event.which:
        return 0.0
    if claim.body.quantities and not (mention.event.once and meeting.share == 1.0):
        return 0.0
    if mention.event.once:
        return 0.9 if meeting.share == 1.0 else 0.3 + 0.5 * meeting.share
    return 0.7 if meeting.share == 1.0 else 0.0


def _difference(
    mention: DateMention,
    meetings: list[_Meeting],
    claim: ClaimReading,
    passage: PassageReading,
    about: float,
) -> Finding | None:
    if mention.role != "event":
        return None
    against = [m for m in meetings if _contradicts(mention, m)]
    if len({(m.rival.low, m.rival.month, m.rival.day) for m in against}) != 1:
        return None
    best = max(against, key=lambda m: m.share)
    if not _alike(mention, best, claim, passage) or _OFFSET.search(passage.text):
        return None
    strength = _sure_of_difference(mention, best, claim) * about * same_voice(claim, passage)
    if not strength:
        return None
    return _finding(mention, best.rival, Outcome.DIFFERENT, Stance.REFUTES, strength)


def _contradicts(mention: DateMention, meeting: _Meeting) -> bool:
    return (
        meeting.outcome is Outcome.DIFFERENT
        and meeting.same_deed
        and meeting.rival.role == "event"
    )


def _sure_of_difference(mention: DateMention, meeting: _Meeting, claim: ClaimReading) -> float:
    ours, theirs = mention.event, meeting.rival.event
    if not meeting.named or ours.which != theirs.which & (ours.which | _ORDER):
        return 0.0
    if ours.vague or (ours.deed == "_die" and claim.body.quantities):
        return 0.0
    if ours.once:
        return 0.95 if meeting.share == 1.0 else 0.3 + 0.6 * meeting.share
    return 0.4 if meeting.share == 1.0 else 0.0


_ORDER = frozenset("first second third fourth fifth last next previous".split())


def _alike(
    mention: DateMention, meeting: _Meeting, claim: ClaimReading, passage: PassageReading
) -> bool:
    """Whether both sides affirm, deny, plan or suppose the deed in the same way."""
    ours = _moods(claim.body, mention.event.deed)
    return ours == _moods(passage.body, meeting.rival.event.deed) and "negated" not in ours


def _moods(reading: TextReading, deed: str) -> frozenset[str]:
    return frozenset(kind for kind in _MOODS if reading.modality.cue_for(kind, deed))


def _finding(
    mention: DateMention,
    rival: DateMention,
    outcome: Outcome,
    stance: Stance | None,
    strength: float,
) -> Finding:
    if outcome is Outcome.DIFFERENT:
        message = f"the passage gives {rival.text}, the claim {_with_relation(mention)}"
    else:
        alike = "the same date" if outcome is Outcome.EQUAL else "dates that agree"
        message = f"claim and passage give {alike}: {mention.text}; {rival.text}"
    return Finding(
        check="date",
        outcome=outcome,
        claim_text=mention.text,
        passage_text=rival.text,
        message=message,
        claim_span=(mention.start, mention.end),
        passage_span=(rival.start, rival.end),
        stance=stance,
        strength=round(max(0.0, min(1.0, strength)), 3),
    )


def _with_relation(mention: DateMention) -> str:
    if mention.relation in ("at", "range"):
        return mention.text
    return f"{mention.relation} {mention.text}"
