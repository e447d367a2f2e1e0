"""Two names whose prepositions have changed places: "from Orba to Vantor", the other way round.

In English a preposition marks what a name has to do with a deed: *by* the doer, *to* the receiver,
*in* the place. Where the claim gives each of two names the marker that the other one has in the
passage, and neither has its own, they have changed sides, whatever the verb. That is rare by
chance, and needs no parser.
"""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple

from factcheck.checks.grammar.names import Name, names_agree
from factcheck.checks.relevance import word_coverage

if TYPE_CHECKING:
    from factcheck.checks.reading import ClaimReading, PassageReading, TextReading

# Not "with" and "against", which join equals; not "than", "before" and "after", which turn with
# the word before them ("larger", "smaller").
_MARKERS = frozenset("to from by for of in at on into under over".split())
_SKIPPED = frozenset("the a an its his her their mr mrs ms dr".split())
_TRADE = frozenset("export exports exported exporting import imports imported trade".split())
_WAYS = frozenset(
    """road roads route routes rail railway line lines track flight flights train trains ferry
    ferries bus buses distance distances border path bridge tunnel pipeline cable trip""".split()
)
# With less of its words in the passage the claim may be about another matter of the same two.
_LEAST_SHARED = 0.5


class Marked(NamedTuple):
    """A name and the preposition before it, "" for none."""

    name: Name
    marker: str


def exchanged_names(claim: ClaimReading, passage: PassageReading) -> tuple[Marked, Marked] | None:
    """Two names of a claim that carry each other's marker, as compared with the passage.

    Returns:
        Both with the marker that the claim gives them; None where either has its own somewhere in
        the passage, or both have the same.
    """
    ours, theirs = _marked(claim.body), _marked(passage.body)
    if len(ours) < 2 or len(theirs) < 2:
        return None
    for first, second in combinations(ours, 2):
        if first.marker == second.marker or names_agree(first.name.text, second.name.text):
            continue
        if _goes_both_ways({first.marker, second.marker}, claim):
            continue
        of_first, of_second = (
            {other.marker for other in theirs if names_agree(mine.name.text, other.name.text)}
            for mine in (first, second)
        )
        if first.marker in of_first or second.marker in of_second:
            continue
        if second.marker in of_first and first.marker in of_second:
            shared = word_coverage(claim, passage, context=False)
            return (first, second) if shared >= _LEAST_SHARED else None
    return None


def _goes_both_ways(markers: set[str], claim: ClaimReading) -> bool:
    """Whether the claim tells of a way, which leads back as well, or of trade."""
    words = {token.lower for token in claim.body.layout.tokens}
    return bool(words & _TRADE) or (markers == {"from", "to"} and bool(words & _WAYS))


def _marked(body: TextReading) -> list[Marked]:
    return [Marked(name, _marker(body, name)) for name in body.names]


def _marker(body: TextReading, name: Name) -> str:
    tokens = body.layout.tokens
    place = name.first - 1
    while place >= 0 and tokens[place].lower in _SKIPPED:
        place -= 1
    word = tokens[place].lower if place >= 0 else ""
    return word if word in _MARKERS else ""
