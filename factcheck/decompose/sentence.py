"""A claim that is being cut: its words, its verbs, its subject."""

from __future__ import annotations

from dataclasses import dataclass

from factcheck.checks.grammar.tokens import Token
from factcheck.decompose.verbs import (
    NUMBER_WORDS,
    SUBORDINATE,
    Group,
    finite_groups,
    is_adverb,
    takes_clause,
)

# More parts than this cost more than they tell.
MAX_PARTS = 4
SUBJECT_WORDS = 8
JOINERS = frozenset(("and", "but"))
CARRIED = frozenset("he she it they".split())
POSSESSIVES = frozenset("his her its their".split())
BACK_POINTING = (
    CARRIED
    | POSSESSIVES
    | frozenset(
        """him them hers theirs this that these those such former latter there others one ones same
        another""".split()
    )
)
# Subjects of which two statements may be true of different members.
_QUANTIFIERS = frozenset(
    """no none nobody nothing neither few only some any one half most many several least somebody
    someone something anyone anybody over about around nearly almost more fewer less""".split()
)


@dataclass(frozen=True, slots=True)
class Part:
    """One statement of a claim.

    Args:
        text: the statement as a sentence of its own.
        start, end: its own words in the claim; the rest of `text` is carried over from elsewhere.
        at: where its own words stand in `text`.
    """

    text: str
    start: int
    end: int
    at: int


@dataclass(frozen=True, slots=True)
class Clause:
    """A stretch of the claim: token range of its own words, and what is put before them."""

    first: int
    last: int
    carried: str = ""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A claim that is being cut.

    Args:
        text, tokens: the claim, without its last full stop.
        sentences: offsets at which sentences start.
    """

    text: str
    tokens: tuple[Token, ...]
    sentences: frozenset[int]

    def words(self, first: int, last: int) -> str:
        """The claim's text of a token range."""
        if first >= last:
            return ""
        return self.text[self.tokens[first].start : self.tokens[last - 1].end]

    def groups(self, first: int, last: int) -> list[Group]:
        """The finite verbs of a token range."""
        return finite_groups(self.tokens, first, last)

    def part(self, clause: Clause, tail: str = "") -> Part:
        """A clause as a sentence of its own."""
        own = self.words(clause.first, clause.last)
        whole = " ".join(piece for piece in (clause.carried, own, tail) if piece)
        start, end = self.tokens[clause.first].start, self.tokens[clause.last - 1].end
        at = len(clause.carried) + 1 if clause.carried else 0
        return Part(f"{whole[:1].upper()}{whole[1:]}.", start, end, at)

    def hangs_together(self, first: int, last: int) -> bool:
        """Whether a subordinate clause or a verb of saying may reach beyond a range."""
        return takes_clause(self.tokens, first, last) or any(
            token.lower in SUBORDINATE for token in self.tokens[first:last]
        )

    def subject(self, clause: Clause, group: Group) -> str:
        """What stands before a verb: its subject with all that stands in front; "" if unclear."""
        end = group.first
        while end > clause.first and is_adverb(self.tokens[end - 1]):
            end -= 1
        own = self.words(clause.first, end)
        subject = " ".join(piece for piece in (clause.carried, own) if piece)
        return "" if unclear_subject(subject) else subject

    def verb_follows(self, index: int, last: int) -> Group | None:
        while index < last and is_adverb(self.tokens[index]):
            index += 1
        groups = self.groups(index, last)
        if not groups or groups[0].first != index:
            return None
        return groups[0]

    def find(self, word: str, first: int, last: int) -> int | None:
        return next((i for i in range(first, last) if self.tokens[i].lower == word), None)


def unclear_subject(subject: str) -> bool:
    """Whether two statements about a subject may be about different things, or about nothing."""
    own = subject.rsplit(",", 1)[-1].split()
    if not own:
        return True
    lower = [word.lower() for word in own]
    if any(word in SUBORDINATE for word in lower):
        return True
    if lower[-1] in ("it", "there", "this", "that", "these", "those", "what"):
        return True
    first = lower[0]
    return any(word in _QUANTIFIERS for word in lower[:2]) or (
        first in NUMBER_WORDS or first[0].isdigit()
    )
