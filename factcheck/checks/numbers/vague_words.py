"""Vague numbers: "dozens of", "a handful", "several hundred", "tens of thousands"."""

from __future__ import annotations

import math
from itertools import takewhile

from factcheck.checks.grammar.context import is_verb
from factcheck.checks.grammar.number_words import HANDFUL, SCALES, VAGUE, VAGUE_OF, VAGUE_TIMES
from factcheck.checks.grammar.tokens import Token
from factcheck.checks.numbers.numeral import Numeral

# What may follow a vague word that stands for the counted things, apart from verbs.
_AFTER_BARE = frozenset("dead missing still also".split())
# These are verbs or results as often as numbers.
_NEVER_BARE = frozenset(("scores", "tens"))
_SCALE_WORDS = SCALES | {f"{word}s": SCALES[word] for word in ("hundred", "thousand", "dozen")}


def read_vague(tokens: tuple[Token, ...], index: int) -> Numeral | None:
    """The vague number that starts at a token, or None."""
    words = [token.lower for token in tokens[index : index + 4]] + [""] * 4
    limits = VAGUE_OF.get((words[0], words[2])) if words[1] == "of" else None
    if limits is not None:
        return _vague(index, index + 3, limits)
    if words[0] in VAGUE:
        stands_alone = words[0] not in _NEVER_BARE and _alone(tokens, index + 1)
        told = words[1] == "of" or stands_alone
        return _vague(index, index + 1, VAGUE[words[0]]) if told else None
    if words[:2] == ["a", "handful"]:
        told = words[2] == "of" or _alone(tokens, index + 2)
        return _vague(index, index + 2, HANDFUL) if told else None
    return _times(tokens, index, words)


def _alone(tokens: tuple[Token, ...], index: int) -> bool:
    """Whether what follows a vague number shows that it counts by itself: "hundreds fled"."""
    if index >= len(tokens):
        return False
    return is_verb(tokens[index]) or tokens[index].lower in _AFTER_BARE


def _times(tokens: tuple[Token, ...], index: int, words: list[str]) -> Numeral | None:
    """ "several hundred", "a few thousand", "a couple of dozen"."""
    position = 1 if words[0] == "a" else 0
    word = words[position]
    # "few hundred" without "a" is hardly ever written.
    if word not in VAGUE_TIMES or (word in ("few", "couple")) != (position == 1):
        return None
    place = index + position + 1
    if word == "couple" and words[position + 1] == "of":
        place += 1
    scales = [
        _SCALE_WORDS[token.lower]
        for token in takewhile(lambda token: token.lower in _SCALE_WORDS, tokens[place:])
    ]
    if not scales:
        return None
    low, high = (limit * math.prod(scales) for limit in VAGUE_TIMES[word])
    return _vague(index, place + len(scales), (low, high))


def _vague(first: int, last: int, limits: tuple[float, float]) -> Numeral:
    return Numeral(
        first=first,
        last=last,
        value=math.sqrt(limits[0] * limits[1]),
        half=0.0,
        form="vague",
        low=float(limits[0]),
        high=float(limits[1]),
    )
