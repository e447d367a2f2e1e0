"""What the claim states, the passage denies, or the other way round."""

from __future__ import annotations

from typing import TYPE_CHECKING

from factcheck.checks.context import Layout
from factcheck.checks.denials import Denial, concepts, denies, read_denials, sentence_range
from factcheck.checks.relevance import relevance
from factcheck.checks.tokens import Token, concept
from factcheck.records import Finding, Outcome, Stance

if TYPE_CHECKING:
    from factcheck.checks.reading import ClaimReading, PassageReading

# "Four of the nine are not open" says no more than that five are: parts deny nothing.
_PARTS = frozenset(
    """one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen
    sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety
    hundred half most many some few third quarter percent part nearly almost over several all every
    both majority""".split()
)
# "No mayor had served longer before her" says that she was the first to.
_COMPARING = frozenset("before than as so ever such since like".split())
# These deny without a denying word, so that two texts may agree: "was dropped", "lacks".
_IMPLICIT = frozenset(
    """false wrong cancelled canceled missed ended stopped lost untrue denied denies deny rejected
    rejects banned forbids forbid forbidden forbade prohibits dropped instead wrongly mistake error
    myth cleared lack lacks lacked lacking missing absent free unchanged spared against failed fails
    refused refuses declined declines hardly barely without""".split()
)
# Only planned, allowed, asked or imagined; and the word of one person.
_OPEN = frozenset(
    """if whether unclear unknown unless question asked will would due planned plans plan expected
    when until may could should might shall hopes wants""".split()
)
_SAYING = frozenset(
    """said says say claimed claims told promised writes wrote according thought believed held
    insists""".split()
)
_SINGLED_OUT = frozenset(
    """first only last largest biggest fewest most record highest lowest oldest earliest youngest
    unlike than""".split()
)
_STILL = frozenset("yet still longer already anymore".split())


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
    if len(ours) == 1 and not any(denies(token) for token in passage.body.layout.tokens):
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
        if _count(theirs, word) > 1 or _lowers(ours.tokens) & _IMPLICIT:
            return None
        if _in_parts(ours, places[word]):
            return None
        inside, anywhere = _shares(claim, passage, word, low, high)
        if anywhere < (0.5 if inside >= 0.3 else 0.75):
            return None
        sure = (0.3 * inside + 0.6 * anywhere) * _doubts(claim, passage, low, high)
        start, end = theirs.clause_range(denial.cue)
        if _COMPARING & _lowers(theirs.tokens[start:end]):
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
    if place is None or _COMPARING & _lowers(ours.tokens) or _in_parts(ours, denial.predicate):
        return None
    low, high = sentence_range(theirs, place)
    inside, anywhere = _shares(claim, passage, word, low, high)
    if inside < 0.5:
        return None
    sure = (0.6 * inside + 0.3 * anywhere) * _doubts(claim, passage, low, high)
    if place not in theirs.verbs:
        sure *= 0.8
    if _SINGLED_OUT & _lowers(theirs.tokens[low:high]):
        sure *= 0.6
    message = "the passage states what the claim says: the claim denies it"
    return _finding(claim, None, message, sure * relevance(claim, passage))


def _shares(
    claim: ClaimReading, passage: PassageReading, word: str, low: int, high: int
) -> tuple[float, float]:
    """Shares of the claim's other content words in a sentence and anywhere in the passage."""
    wanted = claim.body.stems - {word}
    if not wanted:
        return 0.5, 0.5
    sentence = concepts(passage.body.layout.tokens[low:high])
    return len(wanted & sentence) / len(wanted), len(wanted & passage.stems) / len(wanted)


def _doubts(claim: ClaimReading, passage: PassageReading, low: int, high: int) -> float:
    """1, or less for what may keep the two from denying one another."""
    ours = _lowers(claim.body.layout.tokens)
    sentence = passage.body.layout.tokens[low:high]
    theirs = _lowers(sentence)
    sure = 1.0
    if _IMPLICIT & _lowers(passage.body.layout.tokens):
        sure *= 0.6
    if _OPEN & (ours | theirs):
        sure *= 0.6
    if _SAYING & (ours | theirs):
        sure *= 0.7
    if _STILL & ours:
        sure *= 0.7
    if _figures(claim.body.layout.tokens) - _figures(sentence):
        sure *= 0.6
    return sure


def _in_parts(layout: Layout, predicate: int) -> bool:
    """Whether a number or a share stands before the predicate."""
    return any(t.kind == "n" or t.lower in _PARTS for t in layout.tokens[:predicate])


def _count(layout: Layout, word: str) -> int:
    return sum(token.content and concept(token.stem) == word for token in layout.tokens)


def _figures(tokens: tuple[Token, ...]) -> frozenset[str]:
    return frozenset(token.lower for token in tokens if token.kind == "n")


def _lowers(tokens: tuple[Token, ...]) -> frozenset[str]:
    return frozenset(token.lower for token in tokens)


def _finding(claim: ClaimReading, cue: Token | None, message: str, strength: float) -> Finding:
    return Finding(
        check="modality",
        outcome=Outcome.DIFFERENT,
        claim_text=claim.text,
        passage_text="" if cue is None else cue.text,
        message=message,
        claim_span=None,
        passage_span=None if cue is None else (cue.start, cue.end),
        stance=Stance.REFUTES,
        strength=round(max(0.0, min(1.0, strength)), 3),
    )
