"""Whether a sentence of the passage makes the claim's statement, as far as its words show."""

from __future__ import annotations

from typing import TYPE_CHECKING

from factcheck.checks.grammar.context import Layout
from factcheck.checks.grammar.tokens import Token
from factcheck.checks.statements.denials import DENYING_CONCEPTS, concepts

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
COMPARING = frozenset("before than as so ever such since like".split())
# These deny without a denying word, so that two texts may agree: "was dropped", "lacks".
IMPLICIT = frozenset(
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
SINGLED_OUT = frozenset(
    """first only last largest biggest fewest most record highest lowest oldest earliest youngest
    unlike than""".split()
)
# Somebody or something is left out of what is said: "all except Hungary", "unlike its neighbour".
_EXCEPT = frozenset("except excepting apart other otherwise unlike".split())
_STILL = frozenset("yet still longer already anymore".split())


def shares(
    claim: ClaimReading, passage: PassageReading, word: str, low: int, high: int
) -> tuple[float, float]:
    """Shares of the claim's other content words in a sentence and anywhere in the passage."""
    wanted = claim.body.stems - DENYING_CONCEPTS - {word}
    if not wanted:
        return 0.5, 0.5
    sentence = concepts(passage.body.layout.tokens[low:high])
    return len(wanted & sentence) / len(wanted), len(wanted & passage.stems) / len(wanted)


def doubts(claim: ClaimReading, passage: PassageReading, low: int, high: int) -> float:
    """1, or less for what may keep the two from denying one another."""
    ours = lowers(claim.body.layout.tokens)
    sentence = passage.body.layout.tokens[low:high]
    theirs = lowers(sentence)
    sure = 1.0
    if IMPLICIT & lowers(passage.body.layout.tokens):
        sure *= 0.6
    if _OPEN & (ours | theirs):
        sure *= 0.6
    if _EXCEPT & (ours | theirs):
        sure *= 0.6
    if _SAYING & (ours | theirs):
        sure *= 0.6
    if _STILL & ours:
        sure *= 0.7
    if figures(claim.body.layout.tokens) - figures(sentence):
        sure *= 0.6
    return sure


def in_parts(layout: Layout, end: int, start: int = 0) -> bool:
    """Whether a number or a share stands between two positions."""
    return any(t.kind == "n" or t.lower in _PARTS for t in layout.tokens[start:end])


def figures(tokens: tuple[Token, ...]) -> frozenset[str]:
    return frozenset(token.lower for token in tokens if token.kind == "n")


def lowers(tokens: tuple[Token, ...]) -> frozenset[str]:
    return frozenset(token.lower for token in tokens)
