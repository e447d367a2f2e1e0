"""Findings on a date of the claim that a passage gives only by its distance from another date.

"On 13 June the council voted to sell. Contracts were exchanged eleven days later" puts the exchange
on 24 June. That a worked-out day is the claim's by chance is rare, so the words need to show only
that the claim speaks of what the distance dates.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from factcheck.checks.comparison.counterparts import name_words
from factcheck.checks.dates import compare_mentions, complete, within
from factcheck.checks.found import make_finding
from factcheck.checks.grammar.names import CALENDAR_WORDS
from factcheck.checks.grammar.tokens import concept
from factcheck.checks.relevance import name_missing
from factcheck.checks.statements.moods import NOT_PLAIN
from factcheck.checks.times.offsets import WorkedDate, worked_dates
from factcheck.records import Finding, Outcome, Stance

if TYPE_CHECKING:
    from factcheck.checks.dates import DateMention
    from factcheck.checks.reading import ClaimReading, PassageReading

# What a claim says beside the date, and more often than the date decides about it.
COMPARES = re.compile(
    r"\b(?:than|more|most|fewer|less|least|both|every|all|no|never|none|nothing|nobody|only|alone|always|ever|half"
    r"|majority|minority|\w{3,}er than|along with|as \w+ as)\b",
    re.I,
)
_WISHED = re.compile(r"\b(?:hop|want|wish|expect|promis|intend|plann)(?:e|es|s|ed|ing)? to\b", re.I)
_TOLD, _AGAINST = 0.85, 0.8


def offset_finding(
    mention: DateMention, claim: ClaimReading, passage: PassageReading, about: float
) -> Finding | None:
    """What the dates that a passage gives by a distance say of one of a claim, or None."""
    worked = [w for w in worked_dates(passage.body) if _speaks_of(w, mention, claim, passage)]
    if len(worked) != 1 or name_missing(claim, passage):
        return None
    found = worked[0]
    if mention.low is None and found.mention.low is not None:
        mention = complete(mention, date.fromordinal(found.mention.low).year)
    outcome = compare_mentions(mention, found.mention)
    if not _plain(claim, passage):
        return None
    if outcome is Outcome.DIFFERENT:
        if not _far(mention, found) or not _surely_of(found, mention, claim, passage):
            return None
        return _finding(mention, found, outcome, Stance.REFUTES, _AGAINST * about)
    if outcome is Outcome.NOT_COMPARABLE or not within(mention, found.mention):
        return None
    stands = any(
        compare_mentions(mention, other) in (Outcome.EQUAL, Outcome.COMPATIBLE)
        for other in passage.body.dates
    )
    if stands:
        return None
    return _finding(mention, found, Outcome.COMPATIBLE, Stance.SUPPORTS, _TOLD * about)


def _speaks_of(
    worked: WorkedDate, mention: DateMention, claim: ClaimReading, passage: PassageReading
) -> bool:
    """Whether a claim speaks of what a distance dates rather than of what it is counted from."""
    known = _words(mention, claim) & passage.stems
    if not known & worked.words:
        return False
    known -= name_words(claim.body) - worked.words  # the place or body that both are of
    return 2 * len(known & (worked.words | worked.carried)) >= len(known)


def _surely_of(
    worked: WorkedDate, mention: DateMention, claim: ClaimReading, passage: PassageReading
) -> bool:
    """Whether another date contradicts a claim: all that it says of the passage is dated so."""
    words = _words(mention, claim)
    known, own = words & passage.stems, words & worked.words
    others = [m for m in passage.body.dates if m.start != worked.anchor.start]
    if any(compare_mentions(mention, m) is not Outcome.DIFFERENT for m in others):
        return False
    deed = mention.event.deed in worked.words | {worked.mention.event.deed} - {""}
    return own == known or (deed and 2 * len(own) > len(known))


def _words(mention: DateMention, claim: ClaimReading) -> frozenset[str]:
    """Concepts of what a claim says beside one of its dates."""
    return frozenset(
        concept(token.stem)
        for token in claim.body.layout.tokens
        if token.content
        and token.lower not in CALENDAR_WORDS
        and not mention.start <= token.start < mention.end
    )


def _plain(claim: ClaimReading, passage: PassageReading) -> bool:
    """Whether both sides tell in the same mood, and the claim gives no figure."""
    moods = [
        {cue.kind for cue in side.body.modality.cues} & set(NOT_PLAIN) for side in (claim, passage)
    ]
    if moods[0] != moods[1] or bool(_WISHED.search(claim.text)) != bool(
        _WISHED.search(passage.text)
    ):
        return False
    return not claim.body.quantities and not COMPARES.search(claim.text)


def _far(mention: DateMention, worked: WorkedDate) -> bool:
    """Whether a date lies farther off than the slack of the distance."""
    found = worked.mention
    if mention.low is None or mention.high is None or found.low is None or found.high is None:
        return worked.slack == 0
    return mention.low > found.high + worked.slack or mention.high < found.low - worked.slack


def _finding(
    mention: DateMention, worked: WorkedDate, outcome: Outcome, stance: Stance, strength: float
) -> Finding:
    told = f"{worked.mention.text} ({worked.anchor.text}) is {_written(worked.mention)}"
    agrees = "not" if outcome is Outcome.DIFFERENT else "agrees with"
    place = replace(
        worked.mention,
        start=min(worked.mention.start, worked.anchor.start),
        end=max(worked.mention.end, worked.anchor.end),
    )
    message = f"{told}, {agrees} {mention.text}"
    return make_finding("date", outcome, stance, strength, message, ours=mention, theirs=place)


def _written(mention: DateMention) -> str:
    """A worked-out date for the reader."""
    if mention.low is None:
        day = date(2001, mention.month or 1, mention.day or 1)
        return f"{day.day} {day:%B}" if mention.day else f"{day:%B}"
    day = date.fromordinal(mention.low)
    if mention.grain == "day":
        return f"{day.day} {day:%B} {day.year}"
    return f"{day:%B} {day.year}" if mention.grain == "month" else f"{day.year}"
