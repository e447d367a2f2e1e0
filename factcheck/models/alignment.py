"""What the words of a pair say about each other, told to the verifier as token types.

A small reader sees that two texts speak of the same word, or that one number is larger than
another, only by working it out in its layers. Both are plain from the tokens, so they are told:
BERT adds a vector for the type of every token, and instead of two types (evidence, claim) there
are two for each kind of meeting.

    types[place] = 2 * kind + (1 in the claim, 0 in the evidence)

Everything is read from token ids, so training and use cannot differ.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

PLAIN, SHARED, EQUAL, JUST_ABOVE, JUST_BELOW, ABOVE, BELOW, TURNED = range(8)
"""Kinds of meeting: none, the same word on the other side, for numbers how they stand to the
nearest number of the other side, and a shared word that comes after the shared word before it here
and ahead of it there ("the bank sued the miner", "the miner sued the bank")."""
TYPES = 2 * 8
UNORDERED_TYPES = 2 * 7
"""As many as a reader knows that is not told of order, for which `TURNED` is `SHARED`."""

_NEAR = 0.1
"""A number within a tenth of the other is *just* above or below it."""

_UNITS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen"
).split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_ORDINALS = "first second third fourth fifth sixth seventh eighth ninth tenth".split()
_SMALL: dict[str, float] = {
    **{word: float(value) for value, word in enumerate(_UNITS)},
    **{word: 20.0 + 10 * place for place, word in enumerate(_TENS)},
    **{word: 1.0 + place for place, word in enumerate(_ORDINALS)},
    "dozen": 12.0,
    "once": 1.0,
    "twice": 2.0,
    "half": 0.5,
}
_SCALES: dict[str, float] = {
    "hundred": 1e2,
    "thousand": 1e3,
    "million": 1e6,
    "billion": 1e9,
    "trillion": 1e12,
    "k": 1e3,
    "m": 1e6,
    "mn": 1e6,
    "bn": 1e9,
}
_ENDS = ("st", "nd", "rd", "th", "s")
_MONTHS = (
    "january february march april may june july august september october november december"
).split()
_SHORT = {"sept": "september", **{m[:3]: m for m in _MONTHS}, **{m: m for m in _MONTHS}}
_SUFFIXES = ("ing", "ed", "es", "s", "ly", "d", "e")
_LEAST_STEM = 3
_FUNCTION_WORDS = frozenset(
    """a an the and or but nor of in on at by to for from with without into onto over under up down
    out off as than that this these those which who whom whose what when where it its he she they
    them him her his their we us our you i is are was were be been being am has have had do does did
    will would can could may might shall should must not no so if then there here also only just
    very more most after before about between during against""".split()
)
"""Their order says nothing by itself."""


@dataclass(frozen=True, slots=True)
class Number:
    """A number in a text: first place, place after the last, value."""

    start: int
    end: int
    value: float


@dataclass(frozen=True, slots=True)
class Profile:
    """Words and numbers of one text.

    Attributes:
        words: (first place, place after the last, stem) of every word that is no number.
        stems: the stems as a set.
        numbers: in order.
        places: for each stem that is no function word, where it stands among `words`.
    """

    words: tuple[tuple[int, int, str], ...]
    stems: frozenset[str]
    numbers: tuple[Number, ...]
    places: dict[str, tuple[int, ...]]


class Alignment:
    """Works out token types.

    Args:
        token_of: gives the token of an id, in BERT's uncased vocabulary (`##` in front of what
            goes on with a word).
        ordered: whether words that stand in another order are told from other shared ones.
    """

    def __init__(self, token_of: Callable[[int], str | None], *, ordered: bool = True) -> None:
        self._ordered = ordered
        self._token_of = lru_cache(maxsize=None)(token_of)
        self._profile = lru_cache(maxsize=8192)(self._read)

    def types(self, evidence: Sequence[int], claim: Sequence[int]) -> tuple[list[int], list[int]]:
        """Types of the tokens of both texts.

        Args:
            evidence, claim: token ids, without special tokens.

        Returns:
            As many types for each, even for the evidence and odd for the claim, below `TYPES`.
        """
        first, second = self._profile(tuple(evidence)), self._profile(tuple(claim))
        both = [0] * len(evidence), [1] * len(claim)
        for own, other, types, segment in (
            (first, second, both[0], 0),
            (second, first, both[1], 1),
        ):
            _mark(own, other, types, segment)
            if self._ordered:
                _mark_turned(own, other, types, segment)
        return both

    def pair_types(self, ids: Sequence[int], start: int) -> list[int]:
        """Types of a whole row `[CLS] evidence [SEP] claim [SEP]`.

        Args:
            ids: token ids of the row.
            start: place of the claim's first token.
        """
        evidence, claim = self.types(ids[1 : start - 1], ids[start:-1])
        return [0, *evidence, 0, *claim, 1]

    def _marked(self, own: Profile, other: Profile, types: list[int], segment: int) -> list[int]:
        _mark(own, other, types, segment)
        if self._ordered:
            _mark_turned(own, other, types, segment)
        return types

    def _read(self, ids: tuple[int, ...]) -> Profile:
        words = self._words(ids)
        numbers: list[Number] = []
        others: list[tuple[int, int, str]] = []
        place = 0
        while place < len(words):
            value, after = _number_at(words, place)
            if value is None:
                start, end, word = words[place]
                if word[0].isalpha():
                    others.append((start, end, _stem(word)))
                place += 1
            else:
                numbers.append(Number(words[place][0], words[after - 1][1], value))
                place = after
        places: dict[str, tuple[int, ...]] = {}
        for number, (_, _, stem) in enumerate(others):
            if stem not in _FUNCTION_STEMS:
                places[stem] = (*places.get(stem, ()), number)
        return Profile(
            tuple(others), frozenset(stem for *_, stem in others), tuple(numbers), places
        )

    def _words(self, ids: tuple[int, ...]) -> list[tuple[int, int, str]]:
        words: list[tuple[int, int, str]] = []
        for place, number in enumerate(ids):
            token = self._token_of(number) or "?"
            if token.startswith("##") and len(token) > 2 and words:
                start, _, word = words[-1]
                words[-1] = (start, place + 1, word + token[2:])
            else:
                words.append((place, place + 1, token))
        return words


def _mark(own: Profile, other: Profile, types: list[int], segment: int) -> None:
    for start, end, stem in own.words:
        if stem in other.stems:
            types[start:end] = [2 * SHARED + segment] * (end - start)
    if other.numbers:
        values = [number.value for number in other.numbers]
        for number in own.numbers:
            kind = _compare(number.value, values)
            types[number.start : number.end] = [2 * kind + segment] * (number.end - number.start)


def _mark_turned(own: Profile, other: Profile, types: list[int], segment: int) -> None:
    """Mark shared words that stand ahead of the shared word before them on the other side.

    Of each shared word and the one before it those places on the other side count that are
    nearest to each other.
    """
    before: tuple[int, ...] = ()
    for start, end, stem in own.words:
        here = other.places.get(stem)
        if here is None:
            continue
        if before and before is not here and _stands_ahead(here, before):
            types[start:end] = [2 * TURNED + segment] * (end - start)
        before = here


def _stands_ahead(first: tuple[int, ...], second: tuple[int, ...]) -> bool:
    """Whether the nearest two places of both have the first one's ahead."""
    if len(first) == len(second) == 1:
        return first[0] < second[0]
    return min((abs(a - b), a < b) for a in first for b in second)[1]


def _compare(value: float, others: Sequence[float]) -> int:
    """How a number stands to the nearest of the other side's."""
    nearest = min(others, key=lambda other: abs(other - value))
    if nearest == value:
        return EQUAL
    near = abs(nearest - value) <= _NEAR * max(abs(nearest), abs(value))
    if value > nearest:
        return JUST_ABOVE if near else ABOVE
    return JUST_BELOW if near else BELOW


def _number_at(words: Sequence[tuple[int, int, str]], place: int) -> tuple[float | None, int]:
    """The number that begins at a place and the place after it, or None and the same place."""
    word = words[place][2]
    if word[0].isdigit():
        value, after = _digits_at(words, place)
        if value is None:
            return None, place
    elif word in _SMALL:
        value, after = _SMALL[word], place + 1
        if word in _TENS:
            step = 2 if _word(words, after) == "-" else 1
            ones = _SMALL.get(_word(words, after + step - 1), 0.0)
            if 1 <= ones <= 9:
                value, after = value + ones, after + step
    elif word in ("hundred", "thousand", "million", "billion", "trillion"):
        return _SCALES[word], place + 1
    else:
        return None, place
    while (scale := _SCALES.get(_word(words, after))) is not None:
        value, after = value * scale, after + 1
    return value, after


def _digits_at(words: Sequence[tuple[int, int, str]], place: int) -> tuple[float | None, int]:
    word = words[place][2]
    digits = word.rstrip("abcdefghijklmnopqrstuvwxyz")
    end = word[len(digits) :]
    if not digits.isdecimal() or (end and end not in _SCALES and end not in _ENDS):
        return None, place
    after = place + 1
    if not end and len(digits) <= 3:
        while _word(words, after) == "," and _is_group(_word(words, after + 1)):
            digits, after = digits + _word(words, after + 1), after + 2
    if not end and len(digits) <= 3 and _word(words, after) == ".":
        fraction = _word(words, after + 1)
        if fraction.isdecimal() and len(fraction) <= 2:
            digits, after = f"{digits}.{fraction}", after + 2
    return float(digits) * _SCALES.get(end, 1.0), after


def _is_group(word: str) -> bool:
    return len(word) == 3 and word.isdecimal()


def _word(words: Sequence[tuple[int, int, str]], place: int) -> str:
    return words[place][2] if place < len(words) else ""


@lru_cache(maxsize=65536)
def _stem(word: str) -> str:
    """A word without its commonest endings; months in full."""
    month = _SHORT.get(word)
    if month is not None:
        return month
    for suffix in _SUFFIXES:
        if word.endswith(suffix) and len(word) - len(suffix) >= _LEAST_STEM:
            word = word[: -len(suffix)]
            break
    return word[:-1] + "i" if word.endswith("y") and len(word) > _LEAST_STEM else word


_FUNCTION_STEMS = frozenset(map(_stem, _FUNCTION_WORDS))
