"""What a numeral measures: its unit or currency, an age, a share, or nothing but a count."""

from __future__ import annotations

from typing import NamedTuple

from factcheck.checks.grammar.tokens import Token
from factcheck.checks.numbers.measures import (
    DAYS_A_YEAR,
    currency_before,
    milestone_before,
    unit_at,
    word_at,
)
from factcheck.checks.numbers.numeral import Numeral

_LEAST_WON = 100
_OLDEST = 130


class Measure(NamedTuple):
    """What a numeral measures.

    Args:
        kind: as in `Quantity`, "" for a bare count.
        factor, offset: from the written unit to the base unit.
        first, last: token range with unit or currency.
    """

    kind: str
    factor: float
    offset: float
    first: int
    last: int


def measure_of(tokens: tuple[Token, ...], numeral: Numeral) -> Measure:
    """Kind, unit and token range of a numeral."""
    first, last = numeral.first, numeral.last
    if numeral.form == "ordinal":  # the 31st minute is no length of time
        return Measure("ordinal", 1.0, 0.0, first, last)
    kind, factor, offset, after = unit_at(tokens, last)
    # "4 won": seldom so little money, often a verb.
    if kind == "money:KRW" and tokens[last].lower == "won" and numeral.value < _LEAST_WON:
        kind, factor, offset, after = "", 1.0, 0.0, last
    last = after
    if not kind:
        kind, first = currency_before(tokens, first)
    if not kind:
        kind, factor, first = milestone_before(tokens, first)
    if not kind and numeral.form == "fraction":
        kind, factor, last = _fraction_unit(tokens, last)
    if kind == "duration" and tokens[last - 1].lower.endswith("-old"):
        kind, factor = "age", factor / DAYS_A_YEAR
    elif not kind and _is_age(tokens, numeral):
        kind = "age"
    return Measure(kind, factor, offset, first, last)


def as_age(tokens: tuple[Token, ...], numeral: Numeral, measure: Measure) -> Measure:
    """ "Older than 16" and "older than 16 years" as an age, unless nobody gets so old."""
    years = measure.factor / (DAYS_A_YEAR if measure.kind else 1.0)
    bare = measure.last >= len(tokens) or not tokens[measure.last].content
    told = measure.kind == "duration" or (not measure.kind and bare)
    if not told or numeral.value * years >= _OLDEST:
        return measure
    return measure._replace(kind="age", factor=years)


def _fraction_unit(tokens: tuple[Token, ...], last: int) -> tuple[str, float, int]:
    """A fraction is a share unless a unit follows: "half an hour", "a third of a kilometre"."""
    position = last + 1 if word_at(tokens, last) == "of" else last
    if word_at(tokens, position) in ("a", "an"):
        kind, factor, _, after = unit_at(tokens, position + 1)
        if kind and kind != "share":
            return kind, factor, after
    return "share", 1.0, last


_GROWING = frozenset(
    """children child people men women boys girls adults pupils patients those were was is
    are""".split()
)


def _is_age(tokens: tuple[Token, ...], numeral: Numeral) -> bool:
    before = word_at(tokens, numeral.first - 1)
    if before in ("aged", "age", "ages"):
        return True
    if before in ("under", "over") and word_at(tokens, numeral.first - 2) in _GROWING:
        # "children under ten"
        return not word_at(tokens, numeral.last)[:1].isalpha() and numeral.value < 100
    if before in ("is", "was", "turned") and word_at(tokens, numeral.last) in (",", ".", "", "and"):
        subject = tokens[max(0, numeral.first - 3) : numeral.first - 1]
        person = bool(subject) and subject[-1].lower in ("he", "she", "who")
        named = len(subject) == 2 and all(token.capital for token in subject)
        return (person or named) and numeral.value < 120
    # ", 27," after a name
    return (
        before == ","
        and word_at(tokens, numeral.last) in (",", ".")
        and numeral.first >= 2
        and tokens[numeral.first - 2].capital
        and numeral.value < 120
    )
