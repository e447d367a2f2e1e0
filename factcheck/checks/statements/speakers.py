"""Whether two speakers are one: names, roles ("the mayor"), and roles that the passage explains."""

from __future__ import annotations

from typing import TYPE_CHECKING

from factcheck.checks.grammar.lexicon import FUNCTION_WORDS
from factcheck.checks.grammar.names import names_agree
from factcheck.checks.grammar.tokens import Token, concept, stem, tokenise
from factcheck.checks.statements.speech import PRONOUNS

if TYPE_CHECKING:
    from factcheck.checks.reading import TextReading

# Roles of which there are many in one story: alike only where nothing tells them apart, and never
# surely another than somebody with a name.
_MANY = frozenset(
    concept(stem(word))
    for word in """spokesman spokeswoman spokesperson official officer minister ministry agency
    government president director head chief lawyer prosecutor judge union company firm group
    association leader expert scientist researcher doctor witness source authority court team
    member party resident owner manager editor chairman office department""".split()
)
_FORMER = frozenset(concept(stem(word)) for word in "former then acting new old".split())


def _words(speaker: str) -> tuple[frozenset[str], frozenset[str]]:
    """Concepts of a speaker's words: all of them, and those written with a capital inside."""
    words, names = set(), set()
    for position, token in enumerate(tokenise(speaker)):
        if token.kind != "w" or token.lower in FUNCTION_WORDS:
            continue
        word = concept(token.stem)
        words.add(word)
        if token.capital and (position > 0 or word not in _MANY):
            names.add(word)
    return frozenset(words) - _FORMER, frozenset(names)


def same_speaker(ours: str, theirs: str, passage: TextReading) -> bool | None:
    """Whether two speakers are the same; None where that is open.

    "The president" may be "President Nunes"; "the union's spokesman" is not "the ministry's
    spokesman"; "the owner" may or may not be "Siv Nygaard", unless the passage says so.
    """
    if ours.lower() in PRONOUNS or theirs.lower() in PRONOUNS:
        return None
    (left, left_names), (right, right_names) = _words(ours), _words(theirs)
    if not left or not right:
        return None
    if left <= right or right <= left:
        return True
    shared = left & right
    if shared and shared <= _MANY:
        return False
    if shared or names_agree(ours, theirs):
        return True
    if _explained(left, right, passage) or _explained(right, left, passage):
        return True
    if bool(left_names) != bool(right_names) or left & _MANY or right & _MANY:
        return None
    return False


def _explained(role: frozenset[str], name: frozenset[str], passage: TextReading) -> bool:
    """Whether the passage joins a role to a name: "mayor Dorrit Venn", "Dorrit Venn, the mayor"."""
    tokens = passage.layout.tokens
    for known in passage.names:
        words = {concept(token.stem) for token in tokens[known.first : known.last]}
        if not words & name:
            continue
        around = _before(tokens, known.first) | _behind(tokens, known.last) | words
        if role <= around:
            return True
    return False


def _before(tokens: tuple[Token, ...], first: int) -> set[str]:
    """Concepts of up to three words right before a name: "former transport minister Kerr"."""
    found: set[str] = set()
    for token in reversed(tokens[max(0, first - 3) : first]):
        if not token.content or token.kind != "w":
            break
        found.add(concept(token.stem))
    return found


def _behind(tokens: tuple[Token, ...], last: int) -> set[str]:
    """Concepts of the apposition behind a name: "Kerr, the transport minister of Alba, …"."""
    if last >= len(tokens) or tokens[last].text != ",":
        return set()
    found: set[str] = set()
    for token in tokens[last + 1 : last + 7]:
        if token.kind == "p" and token.text not in "'’-":
            break
        if token.content:
            found.add(concept(token.stem))
    return found
