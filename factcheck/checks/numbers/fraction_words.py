"""Fractions in words: "a third of", "two-thirds", "nearly half were"."""

from __future__ import annotations

from factcheck.checks.grammar.context import is_verb
from factcheck.checks.grammar.number_words import DENOMINATORS, ONES, ORDINAL_WORDS, SCALES
from factcheck.checks.grammar.tokens import Token
from factcheck.checks.numbers.numeral import Numeral, make_numeral

# A fraction in words is loose speech: "three quarters" is said of 81 per cent.
_FRACTION_SLACK = 0.085


def fraction(first: int, last: int, value: float) -> Numeral:
    """A fraction that stands at a token range."""
    return Numeral(
        first=first,
        last=last,
        value=value,
        half=_FRACTION_SLACK * value,
        form="fraction",
        low=value,
        high=value,
    )


def read_fraction(tokens: tuple[Token, ...], index: int) -> Numeral | None:
    """The fraction in words that starts at a token, or None."""
    words = [token.lower for token in tokens[index : index + 5]] + [""] * 5
    head, hyphen, tail = words[0].partition("-")
    if hyphen and tail in DENOMINATORS and (head in ONES or head == "a"):
        count = ONES.get(head, 1)
        told = tail.endswith("s") or words[1] in _AFTER_FRACTION or _as_subject(tokens, index, 1)
        if 0 < count < DENOMINATORS[tail] and told:
            return fraction(index, index + 1, count / DENOMINATORS[tail])
        return None
    if words[0] == "half":
        return _half(tokens, index, words)
    if words[1] in DENOMINATORS and (words[0] in ONES or words[0] == "a"):
        count, denominator = ONES.get(words[0], 1), DENOMINATORS[words[1]]
        plural = words[1].endswith("s") and words[1] != "halves"
        told = plural or words[2] in _AFTER_FRACTION or _after_by(tokens, index)
        if 0 < count < denominator and (told or _as_subject(tokens, index, 2)):
            share = count / denominator
            if words[2:4] == ["of", "a"] and SCALES.get(words[4], 0) > 100:
                # "a quarter of a million"
                value = share * SCALES[words[4]]
                return make_numeral(index, index + 5, value, "words", step=0.1 * value, scaled=True)
            return fraction(index, index + 2, share)
    return None


def _half(tokens: tuple[Token, ...], index: int, words: list[str]) -> Numeral | None:
    before = tokens[index - 1].lower if index else ""
    if before in _NOT_BEFORE_HALF or before in ORDINAL_WORDS:
        return None
    told = (
        words[1] in ("of", "the", "its", "their", "his", "her", "all", *_FILLED)
        or (words[1] in ("a", "an") and words[2] not in SCALES)
        or _after_by(tokens, index)
        or _as_subject(tokens, index, 1)
    )
    return fraction(index, index + 1, 0.5) if told else None


_FILLED = ("full", "empty", "built", "finished", "complete")

_AFTER_FRACTION = frozenset(
    """of share full empty built finished complete more less fewer higher lower larger smaller
    longer shorter above below up down into goes went""".split()
)
_AFTER_RANK = frozenset("party person man woman country goal try set game time season".split())
_AROUND_SIZE = frozenset("more than less over about nearly almost around roughly some".split())


def _after_by(tokens: tuple[Token, ...], index: int) -> bool:
    """Whether a number is the size of a change: "by a quarter", "by more than half"."""
    after = tokens[index + 1 : index + 3][tokens[index].lower != "half" :]
    if after and after[0].lower in _AFTER_RANK:
        return False  # "by a third party"
    position = index - 1
    while position > 0 and tokens[position].lower in _AROUND_SIZE:
        position -= 1
    return position >= 0 and tokens[position].lower == "by"


_NOT_BEFORE_HALF = frozenset("and the other second-half latter better this that".split())
_BOUNDING = frozenset("than over under nearly almost about around roughly least".split())


def _as_subject(tokens: tuple[Token, ...], index: int, length: int) -> bool:
    """Whether a number with a bounding word is what a verb tells of: "nearly half voted"."""
    before = tokens[index - 1].lower if index else ""
    last = index + length
    return before in _BOUNDING and last < len(tokens) and is_verb(tokens[last])
