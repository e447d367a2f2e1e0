"""The words that stand right beside each number of a text, and how well a claim fits them.

A calculation is right only with the right numbers. Of "8,400 gardens noted 168,000 birds, 42,000
of them tits" only two of three make the share of tits: those beside which the claim's words stand.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from factcheck.checks.grammar.tokens import CHUNK_MARKS, concept, stem, tokenise

if TYPE_CHECKING:
    from factcheck.checks.numbers.quantity import Quantity
    from factcheck.checks.reading import ClaimReading, TextReading

_MARKS = CHUNK_MARKS - {"/"}
# Words with which a calculation is told; they need not stand in the passage.
_TELLING = frozenset(
    concept(stem(word))
    for word in """rise fall increase grow drop decline double triple halve gain lose total
    altogether average gap difference margin majority share proportion part rest remain remaining
    number figure amount level rate percentage point year month week day high low large small time
    half third quarter fifth tenth compared reach come make give take stand count add change far
    lead ahead need be have go put get together combined sum old new long""".split()
)


@lru_cache(maxsize=4096)
def beside(reading: TextReading) -> dict[int, frozenset[str]]:
    """Concepts of the words beside each number, up to a mark, "and" or the next number."""
    return {q.start: _beside(reading, q) | ({q.noun, q.verb} - {""}) for q in reading.quantities}


def _beside(reading: TextReading, quantity: Quantity) -> frozenset[str]:
    tokens = reading.layout.tokens
    first = reading.layout.index_at(quantity.start)
    last = reading.layout.index_at(quantity.end - 1)
    others = {
        position
        for other in reading.quantities
        if other is not quantity
        for position in range(
            reading.layout.index_at(other.start), reading.layout.index_at(other.end - 1) + 1
        )
    }
    low, high = first, last + 1
    while low > 0 and low - 1 not in others and tokens[low - 1].text not in _MARKS:
        low -= 1
    while (
        high < len(tokens)
        and high not in others
        and tokens[high].text not in _MARKS
        and tokens[high].lower != "and"
    ):
        high += 1
    return frozenset(
        concept(token.stem)
        for token in (*tokens[low:first], *tokens[last + 1 : high])
        if token.content
    )


def own_concepts(quantity: Quantity) -> frozenset[str]:
    """Concepts of the number's own words, unit included: they say nothing of what it counts."""
    words = (concept(token.stem) for token in tokenise(quantity.text) if token.content)
    return frozenset((quantity.noun, *words))


def said_with(quantity: Quantity, claim: ClaimReading) -> frozenset[str]:
    """Concepts of what a claim says with a number: neither the number nor how it is worked out."""
    return claim.body.stems - (own_concepts(quantity) - {quantity.noun}) - _TELLING
