"""Ages told in words: "in her early thirties", "a teenager", "an octogenarian"."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from factcheck.checks.grammar.context import governing_verb
from factcheck.checks.grammar.number_words import TENS
from factcheck.checks.numbers.bounds import Bound
from factcheck.checks.numbers.quantity import Quantity

if TYPE_CHECKING:
    from factcheck.checks.reading import TextReading

_DECADES = {f"{word[:-1]}ies": value for word, value in TENS.items()}
_OF_AN_AGE = {
    "quadragenarian": 40, "quinquagenarian": 50, "sexagenarian": 60, "septuagenarian": 70,
    "octogenarian": 80, "nonagenarian": 90,
}  # fmt: skip
_AGE = re.compile(
    rf"\bin (?:his|her|their|its) (?:(?P<part>early|mid|middle|late)[ -])?"
    rf"(?P<decade>{'|'.join(_DECADES)}|(?P<figures>[2-9]0)['’]?s|(?P<teens>teens))\b"
    rf"|\b(?P<teenager>teenagers?|teenaged?)\b|\b(?P<called>{'|'.join(_OF_AN_AGE)})s?\b"
    r"|\b(?P<hundred>centenarians?)\b",
    re.I,
)
_PARTS = {"early": (0, 4), "mid": (3, 7), "middle": (3, 7), "late": (6, 9), "": (0, 9)}
_OLDEST = 115


@lru_cache(maxsize=4096)
def ages_in_words(body: TextReading) -> tuple[Quantity, ...]:
    """Every age that a text tells in words, as a range of full years."""
    return tuple(_quantity(body, match, *_years(match)) for match in _AGE.finditer(body.text))


def _years(match: re.Match[str]) -> tuple[int, int]:
    if match["teens"] or match["teenager"]:
        return 13, 19
    if match["hundred"]:
        return 100, _OLDEST
    if match["called"]:
        first = _OF_AN_AGE[match["called"].lower()]
        return first, first + 9
    first = int(match["figures"]) if match["figures"] else _DECADES[match["decade"].lower()]
    low, high = _PARTS[(match["part"] or "").lower()]
    return first + low, first + high


def _quantity(body: TextReading, match: re.Match[str], low: int, high: int) -> Quantity:
    index = body.layout.index_at(match.start())
    return Quantity(
        start=match.start(),
        end=match.end(),
        text=match[0],
        kind="age",
        value=(low + high) / 2,
        half=0.0,
        bound=Bound.RANGE,
        low=float(low),
        high=float(high),
        verb=governing_verb(body.layout, index),
        clause=body.layout.clauses[index],
        form="words",
    )
