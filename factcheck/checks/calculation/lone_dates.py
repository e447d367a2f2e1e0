"""A duration that is just the time between the only two dates of a passage.

"Inspectors shut the pagoda for about a week", where the passage knows of a closure on 3 March and
of 11 March alone. That a length fits the only two dates by chance is rare, so the claim may tell of
the matter in words of its own. Nothing follows where a plan, a denial or another figure stands
between: then the fit is the trap that a false claim was made with.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations
from typing import TYPE_CHECKING

from factcheck.checks.calculation.amounts import Derived
from factcheck.checks.calculation.lasting import (
    ENDS,
    LASTING,
    REPORTS,
    STARTS,
    Asked,
    Form,
    asked_for,
)
from factcheck.checks.calculation.matters import of_one_matter
from factcheck.checks.calculation.occasions import Occasion, occasions
from factcheck.checks.calculation.spans import TimePair, pair_of, told
from factcheck.checks.comparison.intervals import compare_values
from factcheck.checks.grammar.tokens import NEXT_SENTENCE
from factcheck.checks.relevance import name_missing
from factcheck.checks.statements.moods import NOT_PLAIN
from factcheck.checks.times.offsets import OFFSET
from factcheck.records import Outcome

if TYPE_CHECKING:
    from factcheck.checks.numbers.quantity import Quantity
    from factcheck.checks.reading import ClaimReading, PassageReading, TextReading

# What is not done, not yet or not for good.
_UNDONE = re.compile(
    r"\b(?:never|refus\w+|reject\w+|turn(?:s|ed|ing)? down|fail(?:s|ed)? to|cancel\w+"
    r"|postpon\w+|yet to|(?:is|are|was|were) to|will|would|due to|planned|incomplete|unfinished)\b",
    re.I,
)
_THAT_TIME = re.compile(r"\bthat (?:day|week|month|year|summer|winter|autumn|spring)\b", re.I)
_ANEW = ("reissu", "releas", "reelect", "re-elect", "reprint", "republish", "reappoint", "relaunch")
_THAN = re.compile(r"\bthan\b")
# The claim's length is hardly said of another one that is farther off.
_NEAREST, _FARTHEST = 0.7, 4 / 3
_SURE, _LOOSE = 0.85, 0.7


def derive_lone_span(
    claim: Quantity, passage: PassageReading, said: ClaimReading
) -> Iterator[Derived]:
    """The time between the only two dates of a passage, if it is the claim's duration."""
    if claim.value < 1.0 or not _tells_of_time_alone(claim, said):
        return
    pair = _only_pair(passage.body)
    if pair is None or not pair.sure or pair.born or not _one_mood(pair, said, passage):
        return
    asked = asked_for(claim, said)
    if asked.form is Form.NONE or name_missing(said, passage):
        return
    if any((o.words & REPORTS) - asked.words for o in (pair.first, pair.last)):
        return
    if not _carries_on(asked, pair, passage):
        return
    if pair.first.words & ENDS - STARTS:
        return  # what ended first did not last until then
    if not of_one_matter([pair.first.mention, pair.last.mention], said, passage):
        return
    missing = len(asked.words - passage.stems)
    weight = _SURE if 2 * missing <= len(asked.words) else _LOOSE
    for derived in told(claim, pair.span, False, weight):
        near = _NEAREST <= derived.quantity.value / claim.value <= _FARTHEST
        result = compare_values(claim, derived.quantity)
        if near and result.contained and result.outcome is not Outcome.DIFFERENT:
            yield derived
        return


def _carries_on(asked: Asked, pair: TimePair, passage: PassageReading) -> bool:
    """Whether both dates may be of what the claim speaks of, in the order that it tells."""
    first, last = pair.first.words, pair.last.words
    known = asked.core in passage.stems | {""}
    # "Drivers did without the bridge", but not "the strike at the port lasted".
    if not known and (asked.verb in LASTING or not asked.words & passage.stems):
        return False
    if not (pair.last.linked or asked.core in last or (not asked.core and last & asked.words)):
        return False  # "the mayor was elected in 2004"
    if asked.form is Form.LASTED and any(word.startswith(_ANEW) for word in last - asked.words):
        return False  # "reissued in 2011": it had been over
    if asked.order is not None and all(asked.order):
        earlier, later = asked.order[0] - asked.order[1], asked.order[1] - asked.order[0]
        turned = len(earlier & last) + len(later & first)
        return turned <= len(earlier & first) + len(later & last)
    return True


def _tells_of_time_alone(claim: Quantity, said: ClaimReading) -> bool:
    """Whether a claim has no other figure and compares nothing."""
    others = [q for q in said.body.quantities if q.end <= claim.start or q.start >= claim.end]
    rest = said.text[: claim.start] + said.text[claim.end :]
    return not others and not _THAN.search(rest)


def _only_pair(body: TextReading) -> TimePair | None:
    """The two occasions of a text whose dates are all that it names, in neighbouring sentences."""
    if OFFSET.search(body.text) or _THAT_TIME.search(body.text):
        return None  # there are other dates, told by their distance
    days = {(m.low, m.high, m.month, m.day) for m in body.dates}
    dated: dict[tuple[int | None, ...], Occasion] = {}
    for occasion in occasions(body):
        mention = occasion.mention
        dated.setdefault((mention.low, mention.high, mention.month, mention.day), occasion)
    if len(days) != 2 or len(dated) != 2:
        return None
    one, other = next(combinations(dated.values(), 2))
    if abs(one.sentence - other.sentence) > 1:
        return None
    if any(o.mention.relation in ("before", "after", "by") for o in (one, other)):
        return None
    pair = pair_of(one, other)
    # "In Rome since 1970" lasts on; "for the first time since 1949" begins with that year.
    return None if pair is None or pair.last.mention.relation == "since" else pair


def _one_mood(pair: TimePair, said: ClaimReading, passage: PassageReading) -> bool:
    """Whether the sentences with the dates deny, plan or doubt nothing that the claim states."""
    text = passage.text
    places = [occasion.mention.start for occasion in (pair.first, pair.last)]
    low = max((m.end() for m in NEXT_SENTENCE.finditer(text, 0, min(places))), default=0)
    behind = NEXT_SENTENCE.search(text, max(places))
    high = behind.start() if behind else len(text)
    ours = {cue.kind for cue in said.body.modality.cues}
    theirs = {cue.kind for cue in passage.body.modality.cues if low <= cue.start < high}
    if theirs & frozenset(NOT_PLAIN) - ours:
        return False
    return not _UNDONE.search(text, low, high) or _UNDONE.search(said.text) is not None
