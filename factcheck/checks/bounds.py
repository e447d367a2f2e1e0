"""Words around a number that bound it: over, at least, nearly, about, between … and, ±."""

from __future__ import annotations

import re
from enum import Enum


class Bound(Enum):
    """How the written number limits the quantity."""

    EXACT = "exactly"
    ABOUT = "about"
    NEARLY = "nearly"
    OVER = "over"
    AT_LEAST = "at least"
    UNDER = "under"
    AT_MOST = "at most"
    RANGE = "between"


# Longest phrases first, so that "no more than" is not read as "more than".
_BEFORE: tuple[tuple[str, Bound], ...] = (
    ("no more than", Bound.AT_MOST),
    ("not more than", Bound.AT_MOST),
    ("at most", Bound.AT_MOST),
    ("at the most", Bound.AT_MOST),
    ("up to", Bound.AT_MOST),
    ("as many as", Bound.AT_MOST),
    ("as much as", Bound.AT_MOST),
    ("as high as", Bound.AT_MOST),
    ("a maximum of", Bound.AT_MOST),
    ("not exceeding", Bound.AT_MOST),
    ("maximum of", Bound.AT_MOST),
    ("no fewer than", Bound.AT_LEAST),
    ("no less than", Bound.AT_LEAST),
    ("not less than", Bound.AT_LEAST),
    ("at least", Bound.AT_LEAST),
    ("a minimum of", Bound.AT_LEAST),
    ("minimum of", Bound.AT_LEAST),
    ("at the least", Bound.AT_LEAST),
    ("as few as", Bound.AT_LEAST),
    ("a little more than", Bound.OVER),
    ("slightly more than", Bound.OVER),
    ("a little over", Bound.OVER),
    ("just over", Bound.OVER),
    ("well over", Bound.OVER),
    ("more than", Bound.OVER),
    ("greater than", Bound.OVER),
    ("higher than", Bound.OVER),
    ("larger than", Bound.OVER),
    ("longer than", Bound.OVER),
    ("upwards of", Bound.OVER),
    ("upward of", Bound.OVER),
    ("in excess of", Bound.OVER),
    ("over", Bound.OVER),
    ("above", Bound.OVER),
    ("beyond", Bound.OVER),
    ("exceeding", Bound.OVER),
    ("exceeded", Bound.OVER),
    ("exceeds", Bound.OVER),
    ("exceed", Bound.OVER),
    ("surpassed", Bound.OVER),
    ("surpassing", Bound.OVER),
    ("topped", Bound.OVER),
    (">", Bound.OVER),
    ("just under", Bound.NEARLY),
    ("just short of", Bound.NEARLY),
    ("not quite", Bound.NEARLY),
    ("a little under", Bound.NEARLY),
    ("just below", Bound.NEARLY),
    ("little less than", Bound.NEARLY),
    ("slightly less than", Bound.NEARLY),
    ("slightly fewer than", Bound.NEARLY),
    ("close to", Bound.ABOUT),
    ("nearly", Bound.NEARLY),
    ("almost", Bound.NEARLY),
    ("nearing", Bound.NEARLY),
    ("approaching", Bound.NEARLY),
    ("fewer than", Bound.UNDER),
    ("less than", Bound.UNDER),
    ("lower than", Bound.UNDER),
    ("smaller than", Bound.UNDER),
    ("shorter than", Bound.UNDER),
    ("under", Bound.UNDER),
    ("below", Bound.UNDER),
    ("<", Bound.UNDER),
    ("approximately", Bound.ABOUT),
    ("approx.", Bound.ABOUT),
    ("approx", Bound.ABOUT),
    ("roughly", Bound.ABOUT),
    ("around", Bound.ABOUT),
    ("about", Bound.ABOUT),
    ("some", Bound.ABOUT),
    ("circa", Bound.ABOUT),
    ("ca.", Bound.ABOUT),
    ("c.", Bound.ABOUT),
    ("in the region of", Bound.ABOUT),
    ("an estimated", Bound.ABOUT),
    ("estimated", Bound.ABOUT),
    ("estimated at", Bound.ABOUT),
    ("estimates of", Bound.ABOUT),
    ("~", Bound.ABOUT),
    ("≈", Bound.ABOUT),
    ("something like", Bound.ABOUT),
    ("exactly", Bound.EXACT),
    ("precisely", Bound.EXACT),
    ("≥", Bound.AT_LEAST),
    ("≤", Bound.AT_MOST),
    ("only", Bound.EXACT),
    ("just", Bound.EXACT),
)
_AFTER: tuple[tuple[str, Bound], ...] = (
    ("or more", Bound.AT_LEAST),
    ("or higher", Bound.AT_LEAST),
    ("or older", Bound.AT_LEAST),
    ("and over", Bound.AT_LEAST),
    ("and above", Bound.AT_LEAST),
    ("or over", Bound.AT_LEAST),
    ("or less", Bound.AT_MOST),
    ("or fewer", Bound.AT_MOST),
    ("or under", Bound.AT_MOST),
    ("and under", Bound.AT_MOST),
    ("at least", Bound.AT_LEAST),
    ("at most", Bound.AT_MOST),
    ("or so", Bound.ABOUT),
    ("-odd", Bound.ABOUT),
    ("-plus", Bound.AT_LEAST),
    ("+", Bound.AT_LEAST),
)
_BEFORE_TABLE = dict(_BEFORE)
_BEFORE_PATTERN = re.compile(
    r"(?:^|(?<=[\s(\"“'’,;:—–-]))(?:"
    + "|".join(re.escape(phrase) for phrase, _ in sorted(_BEFORE, key=lambda p: -len(p[0])))
    + r")\s*(?:a|an|the|of|its|his|their)?\s*(?:us|a|c|r)?[$€£¥₹₺]?\s*$",
    re.I,
)
_AFTER_PATTERN = re.compile(
    r"\s*(" + "|".join(re.escape(phrase) for phrase, _ in _AFTER) + r")(?!\w)", re.I
)
# "over 15 years", "over the past", "about" as "concerning" and "under" as "beneath" are told
# apart by what stands before them.
_NOT_BOUND_BEFORE = re.compile(
    r"\b(?:victory|win|won|triumph|goal|lead|leading|dispute|war|fight|placed|prevailed"
    r"|edge|success|point)\s+(?:over|above|under)\s*$"
    # "goes up to four cents" tells where it arrives.
    r"|\b(?:go|goes|going|gone|went|moved?|moves|came|comes?|climb\w*|r[io]se[sn]?|edged|crept)"
    r"\s+up\s+to\s*$",
    re.I,
)


def bound_around(text: str, start: int, end: int) -> tuple[Bound, int, int]:
    """The bound of a number and the surface widened by its words.

    Args:
        text: the whole text.
        start, end: offsets of the number with its unit.

    Returns:
        The bound, the new start and the new end.
    """
    before = text[max(0, start - 32) : start]
    match = _BEFORE_PATTERN.search(before)
    after = _AFTER_PATTERN.match(text[end : end + 12])
    if match is not None and not _NOT_BOUND_BEFORE.search(
        before[: match.start()] + match.group().strip()
    ):
        phrase = re.sub(r"\s*[$€£¥₹₺]$", "", match.group().strip()).lower()
        bound = _phrase_bound(phrase)
        if bound is not Bound.EXACT or after is None:
            return bound, start - len(before) + match.start(), end
    if after is not None:
        bound = dict(_AFTER)[after.group(1).lower()]
        return bound, start, end + after.end()
    return Bound.EXACT, start, end


def _phrase_bound(phrase: str) -> Bound:
    while phrase and phrase not in _BEFORE_TABLE:
        phrase = phrase.rpartition(" ")[0]
    return _BEFORE_TABLE.get(phrase, Bound.EXACT)


# "about" and "nearly" in news; the step as written may allow more.
_ABOUT_SLACK = 0.10


def limits(bound: Bound, value: float, half: float) -> tuple[float, float]:
    """Hard limits that a bound sets.

    Args:
        bound: the kind of bound.
        value: the number.
        half: rounding half of the number.

    Returns:
        (low, high), either may be infinite.
    """
    infinity = float("inf")
    slack = max(half, _ABOUT_SLACK * abs(value))
    if bound is Bound.ABOUT:
        return value - slack, value + slack
    if bound is Bound.NEARLY:
        return value - slack, value
    if bound in (Bound.OVER, Bound.AT_LEAST):
        return value, infinity
    if bound in (Bound.UNDER, Bound.AT_MOST):
        return -infinity, value
    return value, value
