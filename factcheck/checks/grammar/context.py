"""What a number or a date is about: its clause, governing verb and label."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache

from factcheck.checks.grammar.lexicon import AUXILIARIES, IRREGULAR, VERBS
from factcheck.checks.grammar.tokens import Token, clause_ids, concept, stem, tokenise

_VERB_STEMS = frozenset(stem(verb) for verb in VERBS)
# Words in -ed that are no verbs.
_NO_VERB = frozenset("hundred united red bed sacred kindred wicked naked speed need seed".split())


@dataclass(frozen=True, slots=True)
class Layout:
    """Tokens of a text with the clause and verb of each position.

    Args:
        tokens: in order.
        clauses: clause number per token.
        verbs: token positions of main verbs, in order.
    """

    text: str
    tokens: tuple[Token, ...]
    clauses: tuple[int, ...]
    verbs: tuple[int, ...]
    starts: tuple[int, ...]

    def index_at(self, offset: int) -> int:
        """Position of the token that covers or precedes an offset."""
        return max(0, bisect_right(self.starts, offset) - 1)

    def clause_range(self, index: int) -> tuple[int, int]:
        """First and last-plus-one token position of the clause of a token."""
        clause = self.clauses[index]
        low = high = index
        while low > 0 and self.clauses[low - 1] == clause:
            low -= 1
        while high < len(self.clauses) and self.clauses[high] == clause:
            high += 1
        return low, high


def is_verb(token: Token) -> bool:
    """Whether a token is likely a verb form: a listed verb or a word in -ed."""
    return token.kind == "w" and _verb_form(token.lower, token.stem, token.capital)


@lru_cache(maxsize=65536)
def _verb_form(lower: str, stemmed: str, capital: bool) -> bool:
    if IRREGULAR.get(lower) in VERBS or stemmed in _VERB_STEMS:
        return True
    regular = lower.endswith("ed") and len(lower) > 4 and "-" not in lower
    return regular and lower not in _NO_VERB and not capital


def lay_out(text: str) -> Layout:
    """Tokenise a text and find its clauses and verbs."""
    tokens = tokenise(text)
    verbs = tuple(
        index
        for index, token in enumerate(tokens)
        if is_verb(token) and not _before_noun(tokens, index) and not _state_after_be(tokens, index)
    )
    return Layout(text, tokens, clause_ids(tokens), verbs, tuple(token.start for token in tokens))


# One form for everything: "was cut", "is set".
_INVARIANT = frozenset(
    "cut hit put set shut spread beat let cost read become come run overcome".split()
)
_BE_FORMS = frozenset("is are was were be been being".split())


def _state_after_be(tokens: tuple[Token, ...], index: int) -> bool:
    """Whether a bare form after "be" is a state and no deed: "was open", "is live"."""
    word = tokens[index].lower
    if word in _INVARIANT or word.endswith(("ed", "ing")) or IRREGULAR.get(word, word) != word:
        return False
    position = index - 1
    while position > 0 and tokens[position].lower in ("not", "still", "now", "already", "also"):
        position -= 1
    return position >= 0 and tokens[position].lower in _BE_FORMS


def _before_noun(tokens: tuple[Token, ...], index: int) -> bool:
    """Whether a participle stands between a number and its noun: "1,643 confirmed cases"."""
    if index == 0 or index + 1 >= len(tokens) or not tokens[index].lower.endswith("ed"):
        return False
    return tokens[index - 1].kind == "n" and tokens[index + 1].content


def governing_verb(layout: Layout, index: int) -> str:
    """Concept of the verb that governs a position: the nearest before it in its clause.

    Without one before, the first after it. In "Released: 14 March" the label counts as the verb.
    Auxiliaries count only when the clause has no other verb.

    Returns:
        A concept, or "" if nothing was found.
    """
    if not layout.tokens:
        return ""
    low, high = layout.clause_range(index)
    passive = _passive_after(layout, index)
    if passive:
        return passive
    before = [i for i in layout.verbs if low <= i < index]
    after = [i for i in layout.verbs if index < i < high]
    for positions in (reversed(before), after):
        for position in positions:
            if IRREGULAR.get(layout.tokens[position].lower) not in AUXILIARIES:
                return concept(layout.tokens[position].stem)
    label = clause_label(layout, low)
    if label:
        return label
    return "be" if before or after else ""


def _passive_after(layout: Layout, index: int) -> str:
    """Concept of the participle after "1,439 have been …" or "500 were …", or ""."""
    tokens = layout.tokens
    position = index + 1
    while position < min(index + 4, len(tokens)) and (
        IRREGULAR.get(tokens[position].lower) in AUXILIARIES
    ):
        position += 1
    if position == index + 1 or position >= len(tokens) or position not in layout.verbs:
        return ""
    return concept(tokens[position].stem)


def clause_label(layout: Layout, clause_start: int) -> str:
    """Concept of the last word before the colon that opens a clause ("Released: …"), or ""."""
    colon = clause_start - 1
    if colon < 1 or layout.tokens[colon].text != ":":
        return ""
    word = layout.tokens[colon - 1]
    return concept(word.stem) if word.kind == "w" else ""
