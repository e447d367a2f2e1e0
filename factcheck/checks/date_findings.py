"""Findings on the dates of a claim: the same event on the same day, or on another.

That a passage holds the claim's date says little: most texts about a matter do. It supports only
where the date belongs to the same deed of the same subject, stated in the same way. And another
date refutes only where the deed happens once, or where all else that the claim says is there too.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from factcheck.checks.calculation.ages import born_from_age
from factcheck.checks.dates import DateMention, compare_mentions, complete, within
from factcheck.checks.found import make_finding
from factcheck.checks.offset_findings import COMPARES, offset_finding
from factcheck.checks.relevance import relevance, same_voice
from factcheck.checks.statements.moods import NOT_PLAIN
from factcheck.checks.time_findings import compare_times
from factcheck.checks.times.events import ENDINGS, Event, same_deed
from factcheck.records import Finding, Outcome, Stance

if TYPE_CHECKING:
    from factcheck.checks.reading import ClaimReading, PassageReading, TextReading

_AGREE = (Outcome.EQUAL, Outcome.COMPATIBLE)
# How a statement is made; both sides must make it alike to speak for or against each other.
# The greatest strength of a date that only agrees.
_INFORMS = 0.3
# "On 3 May" in a text of June 2025 is not 3 May 2023.
_FURTHEST_DAYS = 366
# "three days earlier" puts another date into the passage that is not worked out here.
_OFFSET = re.compile(
    r"\b(?:days?|weeks?|months?|years?) (?:earlier|later|before|after|prior)\b"
    r"|\b(?:the|that) (?:next|following|same|previous) (?:day|week|month|year)\b",
    re.I,
)
# Nobody acts before being born, nothing is damaged before it is built.
_STARTS = frozenset(("_born", "_build", "_found"))


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
    """Findings on the dates of a claim, at most one for each, then on times told in words."""
    told = compare_times(claim, passage)
    if not passage.body.dates:
        return told
    findings = []
    about = relevance(claim, passage)
    for mention in claim.body.dates:
        meetings = [_meet(mention, rival, passage) for rival in passage.body.dates]
        finding = (
            _agreement(mention, meetings, claim, passage, about)
            or _difference(mention, meetings, claim, passage, about)
            or _out_of_time(mention, meetings, claim, passage, about)
            or born_from_age(mention, claim, passage, about)
        )
        if finding is None or finding.stance is not Stance.SUPPORTS:
            finding = offset_finding(mention, claim, passage, about) or finding
        if finding is not None:
            findings.append(finding)
    return (*findings, *told)


def _meet(mention: DateMention, rival: DateMention, passage: PassageReading) -> _Meeting:
    ours, theirs = mention.event, rival.event
    around = theirs.about | passage.context_stems
    dated, outcome = _compare(mention, rival, passage)
    return _Meeting(
        dated,
        outcome,
        same_deed(ours, theirs),
        len(ours.about & around) / len(ours.about) if ours.about else 1.0,
        ours.names <= around,
    )


def _compare(
    mention: DateMention, rival: DateMention, passage: PassageReading
) -> tuple[DateMention, Outcome]:
    """Two dates; one without a year in a text of a known day is of about that day."""
    if mention.low is None or rival.low is not None or passage.published is None:
        return rival, compare_mentions(mention, rival)
    named = complete(rival, date.fromordinal(mention.low).year)
    if abs((named.low or 0) - passage.published.toordinal()) <= _FURTHEST_DAYS:
        return named, compare_mentions(mention, named)
    if any(other.low is not None for other in passage.body.dates):
        return rival, compare_mentions(mention, rival)
    return rival, Outcome.NOT_COMPARABLE


def _agreement(
    mention: DateMention,
    meetings: list[_Meeting],
    claim: ClaimReading,
    passage: PassageReading,
    about: float,
) -> Finding | None:
    agreeing = [m for m in meetings if m.outcome in _AGREE]
    own = [m for m in agreeing if m.same_deed]
    if mention.event.once and not own and any(_contradicts(m) for m in meetings):
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

    0 when it is not sure at all: a claim with a figure or a comparison stands or falls with that.
    """
    ours, theirs = mention.event, meeting.rival.event
    if not meeting.named or not _same_of_several(ours, theirs):
        return 0.0
    if not _dates_event(meeting.rival) or not _dates_event(mention):
        return 0.0
    if not _same_subject(ours, theirs):
        return 0.0
    if claim.body.quantities or COMPARES.search(claim.text):
        return 0.0
    if ours.once or theirs.deed == "_made":
        return 0.9 if meeting.share == 1.0 else 0.3 + 0.5 * meeting.share
    return 0.7 if meeting.share == 1.0 else 0.0


def _difference(
    mention: DateMention,
    meetings: list[_Meeting],
    claim: ClaimReading,
    passage: PassageReading,
    about: float,
) -> Finding | None:
    if not _dates_event(mention):
        return None
    against = [m for m in meetings if _contradicts(m)]
    if len({(m.rival.low, m.rival.month, m.rival.day) for m in against}) != 1:
        return None
    best = max(against, key=lambda m: m.share)
    if not _alike(mention, best, claim, passage) or _OFFSET.search(passage.text):
        return None
    strength = _sure_of_difference(mention, best, claim) * about * same_voice(claim, passage)
    if not strength:
        return None
    return _finding(mention, best.rival, Outcome.DIFFERENT, Stance.REFUTES, strength)


def _contradicts(meeting: _Meeting) -> bool:
    return (
        meeting.outcome is Outcome.DIFFERENT and meeting.same_deed and _dates_event(meeting.rival)
    )


def _same_subject(ours: Event, theirs: Event) -> bool:
    """Whether the claim's subject is the passage's, or the object of an active verb there.

    "The act was passed" and "the Assembly passed the act".
    """
    if ours.head and ours.head not in theirs.about:
        return False
    if ours.subject & theirs.subject or not theirs.subject:
        return True
    return ours.head in theirs.object


_ORDER = frozenset("first second third fourth fifth last next previous again".split())


def _same_of_several(ours: Event, theirs: Event) -> bool:
    """Whether "second", "next" or the 2 of "Night Train 2" stand on both sides or on none."""
    telling = {w for w in theirs.which if w in ours.which or w in _ORDER or w.isdigit()}
    return ours.which == telling


def _dates_event(mention: DateMention) -> bool:
    """Whether a date tells when something was; "the 2017 final" only names it."""
    return mention.role == "event" or mention.event.deed == "_made"


def _sure_of_difference(mention: DateMention, meeting: _Meeting, claim: ClaimReading) -> float:
    ours, theirs = mention.event, meeting.rival.event
    if not meeting.named or not _same_of_several(ours, theirs):
        return 0.0
    if not _same_subject(ours, theirs):
        return 0.0
    if theirs.core not in ("", ours.core) and ours.core in theirs.aside:
        return 0.0  # of its sequel, of his predecessor
    if ours.vague or (ours.deed == "_die" and claim.body.quantities):
        return 0.0
    if ours.once or theirs.deed == "_made":
        return 0.95 if meeting.share == 1.0 else 0.3 + 0.6 * meeting.share
    return 0.4 if meeting.share == 1.0 and not claim.body.quantities else 0.0


def _out_of_time(
    mention: DateMention,
    meetings: list[_Meeting],
    claim: ClaimReading,
    passage: PassageReading,
    about: float,
) -> Finding | None:
    """The claim's date lies before its subject was born or built, or after it died or fell.

    Only if the passage holds no date that is still earlier, or later: "began in 1888, grew in the
    1950s".
    """
    dated = [m for m in meetings if m.rival.low is not None]
    if mention.low is None or mention.high is None or mention.role != "event" or not dated:
        return None
    if claim.body.quantities or mention.event.vague or _OFFSET.search(passage.text):
        return None
    if COMPARES.search(claim.text):
        return None
    first = min(dated, key=lambda m: m.rival.low or 0)
    last = max(dated, key=lambda m: m.rival.high or 0)
    for meeting, deeds, early in ((first, _STARTS, True), (last, ENDINGS, False)):
        rival = meeting.rival
        if rival.event.deed not in deeds or not _of_one(mention, meeting, passage):
            continue
        if meeting.outcome is not Outcome.DIFFERENT or rival.relation != "at":
            continue
        if early and mention.relation in ("at", "before") and mention.high < (rival.low or 0):
            when = "before that"
        elif not early and mention.relation == "at" and mention.low > (rival.high or 0):
            when = "after that"
        else:
            continue
        told = {"_born": "birth", "_build": "building", "_found": "founding"}.get(
            rival.event.deed, "end"
        )
        message = f"the passage puts the {told} at {rival.text}; {mention.text} is {when}"
        strength = 0.65 * about * same_voice(claim, passage)
        found = _finding(mention, rival, Outcome.DIFFERENT, Stance.REFUTES, strength)
        return replace(found, message=message)
    return None


def _of_one(mention: DateMention, meeting: _Meeting, passage: PassageReading) -> bool:
    """Whether the claim's subject is the one that began or ended, by name."""
    ours, theirs = mention.event, meeting.rival.event
    return (
        bool(ours.names & ours.subject)
        and ours.head in theirs.subject
        and ours.subject <= theirs.subject | passage.context_stems
    )


def _alike(
    mention: DateMention, meeting: _Meeting, claim: ClaimReading, passage: PassageReading
) -> bool:
    """Whether both sides affirm, deny, plan or suppose the deed in the same way."""
    ours = _moods(claim.body, mention.event.deed)
    return ours == _moods(passage.body, meeting.rival.event.deed) and "negated" not in ours


def _moods(reading: TextReading, deed: str) -> frozenset[str]:
    return frozenset(kind for kind in NOT_PLAIN if reading.modality.cue_for(kind, deed))


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
    return make_finding("date", outcome, stance, strength, message, ours=mention, theirs=rival)


def _with_relation(mention: DateMention) -> str:
    if mention.relation in ("at", "range"):
        return mention.text
    return f"{mention.relation} {mention.text}"
