"""Which number of a passage answers to one of the claim: the words that belong to each number."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from factcheck.checks.grammar.context import is_verb
from factcheck.checks.grammar.tokens import CHUNK_MARKS, SENTENCE_ENDS, Token, concept

if TYPE_CHECKING:
    from factcheck.checks.numbers.quantity import Quantity
    from factcheck.checks.reading import PassageReading, TextReading

# Marks and words at which one number's words end: "27 per cent on placebo, against half on the
# drug", "12 from Kesh and 30 from Bor".
_JOINTS = frozenset(
    "and but or while whereas against versus compared than then where which who".split()
)
_IN_CLAUSE, _IN_TEXT = 0.6, 0.3
"""What a word of the claim counts if it stands farther off than among a number's own words."""


@lru_cache(maxsize=4096)
def said_words(body: TextReading) -> frozenset[str]:
    """Concepts of the content words of a text and its years, without those of its numbers."""
    spans = [(quantity.start, quantity.end) for quantity in body.quantities]
    return frozenset(
        _word(token)
        for token in body.layout.tokens
        if _speaks(token) and not any(low <= token.start < high for low, high in spans)
    )


@lru_cache(maxsize=4096)
def name_words(body: TextReading) -> frozenset[str]:
    """Concepts of the words of a text's names: "Montana", "Sofia"."""
    return frozenset(
        concept(token.stem)
        for name in body.names
        for token in body.layout.tokens[name.first : name.last]
        if token.content
    )


def _speaks(token: Token) -> bool:
    return token.content or (token.kind == "n" and len(token.text) == 4 and token.text.isdigit())


def _word(token: Token) -> str:
    return concept(token.stem) if token.stem else token.text


@lru_cache(maxsize=4096)
def own_words(passage: PassageReading) -> dict[int, frozenset[str]]:
    """The words that belong to each quantity of a passage, by its start.

    They reach to the next mark, joining word or other number on both sides.
    """
    layout = passage.body.layout
    tokens = layout.tokens
    quantities = passage.body.quantities
    taken = {
        position
        for quantity in quantities
        for position in range(
            layout.index_at(quantity.start), layout.index_at(quantity.end - 1) + 1
        )
    }
    found = {}
    for quantity in quantities:
        first, last = layout.index_at(quantity.start), layout.index_at(quantity.end - 1)
        words: set[str] = set()
        for step, position in ((-1, first - 1), (1, last + 1)):
            while 0 <= position < len(tokens):
                token = tokens[position]
                if position in taken or token.text in CHUNK_MARKS or token.lower in _JOINTS:
                    break
                if _speaks(token):
                    words.add(_word(token))
                position += step
        words.update(_word(token) for token in tokens[first : last + 1] if token.content)
        found[quantity.start] = frozenset(words)
    return found


def closeness(wanted: frozenset[str], rival: Quantity, passage: PassageReading) -> float:
    """0 to 1: how many of the claim's words stand near a number of the passage, and how near.

    Args:
        wanted: the claim's words, see `said_words`.
        rival: the number of the passage.
        passage: the passage.
    """
    if not wanted:
        return 0.5
    own = own_words(passage)[rival.start]
    inside = len(wanted & own)
    beside = len((wanted - own) & rival.near)
    around = len((wanted - own - rival.near) & passage.stems)
    return (inside + _IN_CLAUSE * beside + _IN_TEXT * around) / len(wanted)


def group_words(quantity: Quantity, passage: PassageReading) -> frozenset[str]:
    """The words of what a number is a part of: "placebo" in "27 per cent of those on placebo".

    They stand behind the number, before any verb or mark.
    """
    layout = passage.body.layout
    found = set()
    for token in layout.tokens[layout.index_at(quantity.end - 1) + 1 :]:
        if (
            token.text in CHUNK_MARKS
            or token.lower in _JOINTS
            or token.kind == "n"
            or is_verb(token)
        ):
            break
        if token.content:
            found.add(_word(token))
    return frozenset(found)


def _said_of_both(first: Quantity, second: Quantity, passage: PassageReading) -> frozenset[str]:
    """The words up to the verb of a sentence that says two numbers of one subject: "The firm
    employs 900 people in Lund and 200 in Ystad"."""
    layout = passage.body.layout
    low, high = sorted((first.start, second.start))
    position = last = layout.index_at(low)
    while position > 0 and layout.tokens[position - 1].text not in SENTENCE_ENDS:
        position -= 1
    verb = next((index for index in layout.verbs if position <= index < last), None)
    between = passage.text[low:high]
    if verb is None or any(f"{mark} " in between for mark in SENTENCE_ENDS):
        return frozenset()
    return frozenset(_word(t) for t in layout.tokens[position : verb + 1] if _speaks(t))


def taken_by_another(
    wanted: frozenset[str], names: frozenset[str], rival: Quantity, passage: PassageReading
) -> bool:
    """Whether another number of the same kind has the words of the claim, and this one has others.

    In "27 per cent of those on placebo, half of those on the drug" 27 is not the drug's. A name
    weighs more than other words, which may be shared: "71 from Vass were insured, 44 from Orno".
    """
    own = own_words(passage)
    for other in passage.body.quantities:
        if other.kind != rival.kind or other.value == rival.value:
            continue
        others = own[other.start]
        shared = _said_of_both(rival, other, passage)
        mine, others = own[rival.start] - shared, others - shared
        if not mine - others - wanted:
            continue
        if names & (others - mine) and not names & mine:
            return True
        if wanted & (others - mine) and not wanted & (mine - others):
            return True
        # The words of the group alone, without the verb that both numbers share.
        ours, theirs = group_words(rival, passage), group_words(other, passage)
        if wanted & (theirs - ours) and ours - wanted and not wanted & (ours - theirs):
            return True
    return False
