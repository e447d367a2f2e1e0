"""Figures of a text that answer another: "puts it at 14 million marks … speak of 9 million".

Two figures belong together only when the second is of the same kind, counts nothing else, stands at
no other time, is no part of the first and comes from another voice.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING, NamedTuple

from factcheck.checks.comparison.intervals import compare_values
from factcheck.checks.comparison.voices import (
    Stated,
    disputer,
    find_stated,
    opening_voice,
    same_voice_as,
    sentence_starts,
)
from factcheck.checks.grammar.tokens import concept
from factcheck.checks.numbers.compounds import in_scale_of, one_kind
from factcheck.checks.numbers.quantity import Quantity
from factcheck.records import Outcome

if TYPE_CHECKING:
    from factcheck.checks.reading import TextReading

# The cheap test that comes first: no answer without one of these words.
FRAME = re.compile(
    r"\b(?:sp[eo]aks?|spoke|spoken|talk(?:s|ed)?|puts?|place[sd]?|g[ia]ves?|quote[sd]?|name[sd]?"
    r"|cite[sd]?|says?|said|claim(?:s|ed)?|insist(?:s|ed)?|maintain(?:s|ed)?|reckon\w*|estimat\w+"
    r"|count\w*|belie\w+|thinks?|thought|report(?:s|ed)?|calculat\w+|assume[sd]?|ma[dk]es? it"
    r"|arrive[sd]? at|c[oa]mes? up|sees?|saw|seen|f[io]u?nds?|record\w*|argue[sd]?|accord\w*"
    r"|view|opinion|figures?|tally|in (?:fact|reality|truth)|actually|really|statistics|data"
    r"|accounts?|numbers?|sums?)\b",
    re.I,
)
_KINDS_WITHOUT = frozenset(("ordinal", "factor", "age", "score", "temperature"))
# How far two sides usually are apart, and at most: more is another thing.
_USUAL, _GREATEST = 4.0, 12.0
# Words for a figure itself: they name no other thing.
_ITSELF = frozenset(
    """figur number total sum toll count amount estimat tally case real true actual correct right
    size level extent valu _cost bill _people""".split()
)
_PERSONS = frozenset(
    """_people man woman _child civilian _soldier _worker _pupil _resident _protester protest
    march crowd attend attendanc rally rall turnout audienc member patient _infect victim passenger
    voter citizen visitor spectator fan guest particip _die _injure _displace refugee _arrest
    demonstr particip""".split()
)
# A part of what was counted, a comparison, another time.
_OTHERWISE = re.compile(
    r"\b(?:of (?:it|them|these|those|this|which|whom|(?:the|all|its|their) \d)"
    r"|more than (?:the|a|an|last|in)|fewer|each|additional|further|extra|another|other|earlier"
    r"|previous\w*|initial\w*|original\w*|at first|later|by now|last (?:week|month|year)|next"
    r"|(?:this|that) (?:week|month|year)|a year|so far|before|again|revised|corrected|average)\b",
    re.I,
)
_FORMERLY = re.compile(
    r"\b(?:(?:weeks?|months?|years?) (?:ago|earlier|before)|previous\w*|initial\w*|earlier)\b", re.I
)
# What is asked for, planned or feared is no count of what is.
_NOT_TOLD = frozenset(("planned", "conditional", "negated"))


class Answer(NamedTuple):
    """A figure and the one that answers it.

    Args:
        first, rival: the rival is read in the unit of the first.
        first_voice, voice: who gives them; "" for the source itself.
        weight: 0 to 1, how surely both are of one thing.
    """

    first: Quantity
    rival: Quantity
    first_voice: str
    voice: str
    weight: float


class _Sentence(NamedTuple):
    """The sentence with the figures that a rival may take up."""

    low: int
    high: int
    distance: int
    candidates: list[Quantity]


def find_answers(whole: TextReading, offset: int, topic: frozenset[str]) -> list[Answer]:
    """Pairs of figures of which the second answers the first.

    Args:
        whole: the text.
        offset: the second must stand behind it.
        topic: concepts that name no other thing, those of the claim.
    """
    starts = sentence_starts(whole.text)
    stated = find_stated(whole, starts)
    found = []
    for rival in stated:
        if rival.quantity.start < offset or not _may_answer(rival, whole):
            continue
        sentence = _sentence_before(rival, whole, starts)
        voice = _resolved(rival, sentence, whole) if sentence else "?"
        if sentence is None or voice == "?" or _other_thing(rival, sentence, whole, topic):
            continue
        for first in sentence.candidates:
            given = _voice_of(first, sentence.low, whole, stated)
            weight = _weight(first, rival, sentence, given, voice)
            if weight and not _formerly(first, sentence, whole):
                answer = _in_unit(first, rival.quantity)
                found.append(Answer(first, answer, given, voice, weight))
    return found


def _may_answer(rival: Stated, whole: TextReading) -> bool:
    quantity = rival.quantity
    if quantity.kind in _KINDS_WITHOUT or quantity.pair or quantity.change or quantity.per:
        return False
    if re.search(r"\bthe\b", quantity.text):
        return False  # "the 28 per cent": a figure known already
    around = whole.text[rival.start : quantity.start] + whole.text[quantity.end : rival.end]
    if _OTHERWISE.search(around) or "?" in whole.text[rival.end : rival.end + 1]:
        return False
    return not any(
        cue.kind in _NOT_TOLD and rival.start <= cue.start < rival.end
        for cue in whole.modality.cues
    )


def _sentence_before(
    rival: Stated, whole: TextReading, starts: tuple[int, ...]
) -> _Sentence | None:
    """The nearest sentence with a figure that the rival may take up, its own included."""
    for distance in range(min(3, rival.sentence + 1)):
        number = rival.sentence - distance
        candidates = [
            quantity
            for quantity in whole.quantities
            if quantity.end <= rival.quantity.start
            and bisect_right(starts, quantity.start) - 1 == number
            and _one_thing(quantity, rival.quantity)
        ]
        if not candidates:
            continue
        if any(first.end > rival.start for first in candidates):
            return None
        if distance and not rival.pronoun and rival.start > starts[rival.sentence]:
            return None  # the clauses before it speak of something else
        high = starts[number + 1] if distance else rival.start
        return _Sentence(starts[number], high, distance, candidates)
    return None


def _one_thing(first: Quantity, rival: Quantity) -> bool:
    """Whether a figure without a thing of its own, or with the same, may be of another's thing."""
    if first.kind in _KINDS_WITHOUT or first.pair or first.change:
        return False
    rival = _in_unit(first, rival)
    if first.kind != rival.kind:
        return False
    if first.kind == "count" and rival.noun:
        names = {first.noun, first.label, first.verb} - {""}
        persons = rival.noun == "_people" and names & _PERSONS
        if rival.noun not in names | _ITSELF and not persons:
            return False
    low, high = sorted((abs(first.value), abs(rival.value)))
    return low > 0 and high <= _GREATEST * low


def _in_unit(first: Quantity, rival: Quantity) -> Quantity:
    """A bare "9 million" after "14 million marks" in marks, a bare "9" in million marks."""
    return in_scale_of(one_kind(first, rival)[1], first)


def _resolved(rival: Stated, sentence: _Sentence, whole: TextReading) -> str:
    """Who gives the rival, or "?" for a pronoun that points at nobody known.

    "The parents dispute the sum. By their count it is 11,500": who disputes the figure before.
    """
    if not rival.pronoun:
        return rival.voice
    return disputer(whole.text[sentence.high : rival.start]) or "?"


def _other_thing(
    rival: Stated, sentence: _Sentence, whole: TextReading, topic: frozenset[str]
) -> bool:
    """Whether the rival's clause names a thing or a time that the sentence before does not."""
    known = topic | _ITSELF
    known |= {
        concept(token.stem)
        for token in whole.layout.tokens
        if token.content and sentence.low <= token.start < sentence.high
    }
    if known & _PERSONS:
        known |= _PERSONS  # "put the crowd at 600" after "counted 1,100 marchers"
    counted = {rival.quantity.noun} if rival.quantity.kind == "count" else set()
    if rival.spare - known - counted:
        return True
    before = whole.text[sentence.low : sentence.high]
    return any(
        rival.start <= mention.start < rival.end and mention.text not in before
        for mention in whole.dates
    )


def _voice_of(quantity: Quantity, low: int, whole: TextReading, stated: tuple[Stated, ...]) -> str:
    """On whose word a figure stands, or ""."""
    for item in stated:
        if item.quantity.start == quantity.start and not item.pronoun:
            return item.voice
    for attribution in whole.attributions:
        # Who denies it has not given the figure.
        given = attribution.kind != "denies"
        if given and attribution.start <= quantity.start < attribution.end:
            return attribution.speaker
    return opening_voice(whole.text[low : quantity.start])


def _weight(first: Quantity, rival: Stated, sentence: _Sentence, given: str, voice: str) -> float:
    """How surely both figures are of one thing; 0 for figures that agree or have one voice.

    A figure that nobody is said to have given is answered only by a clause that says no more than
    voice and figure.
    """
    if same_voice_as(given, voice):
        return 0.0
    answer = _in_unit(first, rival.quantity)
    outcomes = compare_values(first, answer).outcome, compare_values(answer, first).outcome
    if Outcome.DIFFERENT not in outcomes:
        return 0.0
    if not given and not (rival.bare and sentence.distance < 2 + rival.pronoun):
        return 0.0
    weight = 0.9 if given else 0.65
    low, high = sorted((abs(first.value), abs(answer.value)))
    weight *= 1.0 if high <= _USUAL * low else 0.7
    weight *= 1.0 if high >= 1.03 * low else 0.6
    weight *= 0.85 if sentence.distance == 2 else 1.0
    others = sentence.candidates
    if len({other.noun for other in others} - {""}) > 1 and not rival.quantity.noun:
        weight *= 0.5
    elif len({other.value for other in others}) > 1:
        weight *= 0.85 if first is others[0] else 0.5
    return weight


def _formerly(first: Quantity, sentence: _Sentence, whole: TextReading) -> bool:
    """Whether the figure before is of a plan or of an earlier time."""
    return bool(_FORMERLY.search(whole.text, sentence.low, first.start)) or any(
        cue.kind in _NOT_TOLD and sentence.low <= cue.start < first.start
        for cue in whole.modality.cues
    )
