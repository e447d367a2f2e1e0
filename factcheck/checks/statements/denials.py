"""The words that deny, and the predicate that each of them denies."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from factcheck.checks.grammar.context import Layout
from factcheck.checks.grammar.lexicon import IRREGULAR
from factcheck.checks.grammar.tokens import SENTENCE_ENDS, Token, concept, stem

if TYPE_CHECKING:
    from factcheck.checks.reading import TextReading

# Stand before the predicate: "did not sign", "never signed", "failed to sign".
_ADVERBS = frozenset("not never cannot nor neither hardly".split())
_NEEDS_TO = frozenset("failed fails refused refuses declined declines".split())
# Stand in place of the subject or the object: "no mayor signed", "the mayor signed nothing".
_PRONOUNS = frozenset("no none nobody nothing".split())
DENYING = _ADVERBS | _PRONOUNS | {"without"}
DENYING_CONCEPTS = frozenset(concept(stem(word)) for word in DENYING | _NEEDS_TO)
# Words after a denying word that make it something else: "not only", "no fewer than", "no doubt".
_NOT_DENYING_BEFORE = frozenset(
    """only just merely least doubt fewer less more matter later earlier necessarily one all every
    but""".split()
)
# Verbs that say nothing by themselves: "has no mayor" denies the mayor.
_EMPTY = frozenset("be have do make take get go come give".split())
_BETWEEN = frozenset("even yet longer ever actually always".split())
_REACH = 4
_UNTIL_REACH = 6


@dataclass(frozen=True, slots=True)
class Denial:
    """A denying word and what it denies, as positions of tokens.

    Args:
        cue: position of the denying word.
        predicate: position of the word that it denies: verb, adjective or noun.
    """

    cue: int
    predicate: int


def denies(token: Token) -> bool:
    """Whether a word denies by its form."""
    return token.lower in DENYING or token.lower.endswith("n't")


@lru_cache(maxsize=4096)
def read_denials(reading: TextReading) -> tuple[Denial, ...]:
    """Find the denials of a text, in order."""
    layout = reading.layout
    found = []
    for index in range(len(layout.tokens)):
        predicate = _predicate(layout, index)
        if predicate is not None and not _until(layout, predicate):
            found.append(Denial(index, predicate))
    return tuple(found)


def _predicate(layout: Layout, index: int) -> int | None:
    """Position of what the word at a position denies, or None if it denies nothing."""
    token = layout.tokens[index]
    following = layout.tokens[index + 1] if index + 1 < len(layout.tokens) else None
    # "voted no.", "No. 9"
    answer = token.lower == "no" and following is not None and following.kind == "p"
    if following is None or following.lower in _NOT_DENYING_BEFORE or answer:
        return None
    low, high = layout.clause_range(index)
    if token.lower in _ADVERBS or token.lower.endswith("n't"):
        return _next_content(layout, index, high)
    if token.lower in _NEEDS_TO:
        return _next_content(layout, index, high) if following.lower == "to" else None
    if token.lower not in _PRONOUNS:
        return None
    before = [i for i in layout.verbs if low <= i < index]
    if not before:
        return next((i for i in layout.verbs if index < i < high and _full(layout, i)), None)
    full = [i for i in before if _full(layout, i)]
    if full and full[-1] >= index - 3:
        return full[-1]
    return _next_content(layout, index, high)


def _until(layout: Layout, predicate: int) -> bool:
    """Whether a denial ends at a time ("did not resign until Friday"), and the deed came after."""
    _, high = sentence_range(layout, predicate)
    near = layout.tokens[predicate + 1 : min(high, predicate + _UNTIL_REACH)]
    return any(token.lower in ("until", "till", "before") for token in near)


def _full(layout: Layout, index: int) -> bool:
    return IRREGULAR.get(layout.tokens[index].lower) not in _EMPTY


def _next_content(layout: Layout, index: int, end: int) -> int | None:
    """The first content word after a position, adverbs passed over, before any mark."""
    for position in range(index + 1, min(end, index + 1 + _REACH)):
        token = layout.tokens[position]
        if token.kind == "p":
            return None
        if token.content and not token.lower.endswith("ly") and token.lower not in _BETWEEN:
            return position
    return None


def sentence_range(layout: Layout, index: int) -> tuple[int, int]:
    """First and last-plus-one token position of the sentence of a token."""
    tokens = layout.tokens
    low, high = index, index + 1
    while low > 0 and tokens[low - 1].text not in SENTENCE_ENDS:
        low -= 1
    while high < len(tokens) and tokens[high - 1].text not in SENTENCE_ENDS:
        high += 1
    return low, high


def concepts(tokens: tuple[Token, ...]) -> frozenset[str]:
    """Concepts of the content words among some tokens."""
    return frozenset(concept(token.stem) for token in tokens if token.content)
