"""Which unit or currency a number carries, and the words that make it a rate."""

from __future__ import annotations

from factcheck.checks.grammar.tokens import Token
from factcheck.checks.numbers.units import (
    CENTS,
    CURRENCY_CODES,
    CURRENCY_PREFIXES,
    CURRENCY_SIGNS,
    CURRENCY_WORDS,
    GLUED_ONLY,
    UNITS,
    Unit,
)

# The base unit of a duration is the day, that of an age the year.
DAYS_A_YEAR = UNITS["year"].factor
_PERCENT = frozenset(("%", "percent", "pc", "percentage"))
_PER_WORDS = frozenset(("per", "a", "an", "each", "every"))
_PER_UNITS = frozenset(
    """day week month year hour minute second night person head capita household game match season
    barrel tonne ton kilo litre liter mile kilometre share episode pupil child annum quarter
    kilogram million""".split()
)
# "down from 29.1 million a year earlier": when, not how much each year.
_AGO = frozenset("ago earlier before later after on".split())
_PER_ADVERBS = {
    "daily": "day",
    "weekly": "week",
    "monthly": "month",
    "annually": "year",
    "yearly": "year",
    "hourly": "hour",
    "annual": "year",
}


def unit_at(tokens: tuple[Token, ...], index: int) -> tuple[str, float, float, int]:
    """Kind, factor, offset and next position of the unit that starts at a token, or ""."""
    none = ("", 1.0, 0.0, index)
    if index >= len(tokens):
        return none
    token = tokens[index]
    word = token.lower
    if token.text == "-" and index + 1 < len(tokens) and tokens[index + 1].start == token.end:
        unit_word = tokens[index + 1].lower.split("-")[0]
        if unit_word in UNITS and len(unit_word) > 1:
            unit = UNITS[unit_word]
            return unit.dimension, unit.factor, unit.offset, index + 2
        return none
    if word in _PERCENT or (word == "per" and word_at(tokens, index + 1) == "cent"):
        return _percent_at(tokens, index)
    if word == "°":
        degrees = UNITS.get("°" + word_at(tokens, index + 1))
        if degrees is None:
            return none
        return degrees.dimension, degrees.factor, degrees.offset, index + 2
    if word in ("degree", "degrees") and (scale := _degrees_of(tokens, index + 1)):
        return scale.dimension, scale.factor, scale.offset, index + 2
    if word in ("square", "sq", "cubic") and word_at(tokens, index + 1).rstrip(".") in UNITS:
        unit = UNITS[word_at(tokens, index + 1).rstrip(".")]
        power = 3 if word == "cubic" else 2
        kind = "volume" if power == 3 else "area"
        # The base unit of volume is the litre.
        factor = unit.factor**power * (1000.0 if power == 3 else 1.0)
        return kind, factor, 0.0, index + 2
    glued = index > 0 and token.start == tokens[index - 1].end
    inches = word == "in" and word_at(tokens, index - 2) in ("ft", "feet", "foot")
    if word in UNITS and (glued or inches or word not in GLUED_ONLY):
        return _speed_or_unit(tokens, index)
    if word in CURRENCY_WORDS:
        return "money:" + CURRENCY_WORDS[word], 1.0, 0.0, index + 1
    if word in CURRENCY_CODES and token.text.isupper():
        return "money:" + word.upper(), 1.0, 0.0, index + 1
    if word in CENTS:
        return "money:cent", CENTS[word], 0.0, index + 1
    return none


def _degrees_of(tokens: tuple[Token, ...], index: int) -> Unit | None:
    """The scale that is named after "degrees": "Celsius", "F"."""
    word = word_at(tokens, index)
    letter = word in ("c", "f") and tokens[index].text.isupper()
    named = UNITS.get(word) if not letter else UNITS["°" + word]
    return named if named is not None and named.dimension == "temperature" else None


def _percent_at(tokens: tuple[Token, ...], index: int) -> tuple[str, float, float, int]:
    last = index + (2 if tokens[index].lower == "per" else 1)
    if tokens[index].lower == "percentage":
        return (
            ("points", 0.01, 0.0, index + 2)
            if word_at(tokens, index + 1).startswith("point")
            else ("", 1.0, 0.0, index)
        )
    if word_at(tokens, last).startswith("point"):
        return "points", 0.01, 0.0, last + 1
    return "share", 0.01, 0.0, last


def _speed_or_unit(tokens: tuple[Token, ...], index: int) -> tuple[str, float, float, int]:
    unit = UNITS[tokens[index].lower]
    words = [word_at(tokens, index + 1), word_at(tokens, index + 2)]
    if (
        unit.dimension == "length"
        and words[0] in ("per", "an", "/")
        and words[1] in ("hour", "h", "second", "s")
    ):
        seconds = 3600.0 if words[1].startswith("h") else 1.0
        return "speed", unit.factor / seconds, 0.0, index + 3
    if unit.dimension == "duration" and word_at(tokens, index + 1) in ("old", "of"):
        if word_at(tokens, index + 1) == "old":
            return "age", unit.factor / DAYS_A_YEAR, 0.0, index + 2
        if word_at(tokens, index + 2) == "age":
            return "age", unit.factor / DAYS_A_YEAR, 0.0, index + 3
    return unit.dimension, unit.factor, unit.offset, index + 1


def word_at(tokens: tuple[Token, ...], index: int) -> str:
    return tokens[index].lower if 0 <= index < len(tokens) else ""


def currency_before(tokens: tuple[Token, ...], index: int) -> tuple[str, int]:
    """Kind ("money:EUR") and first position of the currency before a number, or ""."""
    if index == 0:
        return "", index
    before = tokens[index - 1]
    if before.text in CURRENCY_SIGNS:
        code, first = CURRENCY_SIGNS[before.text], index - 1
        if before.text == "$" and index >= 2:
            prefix = tokens[index - 2]
            country = CURRENCY_PREFIXES.get(prefix.lower.replace(".", ""))
            if country and prefix.end == before.start:
                code, first = country, index - 2
        return "money:" + code, first
    if before.lower in CURRENCY_CODES and before.text.isupper():
        return "money:" + before.text, index - 1
    if before.lower in ("rs", "rs."):
        return "money:INR", index - 1
    return "", index


def milestone_before(tokens: tuple[Token, ...], index: int) -> tuple[str, float, int]:
    """Kind, size of the unit and first position where a unit of distance counts: "mile 31"."""
    word = tokens[index - 1].lower if index else ""
    if word not in ("mile", "kilometre", "kilometer", "km"):
        return "", 1.0, index
    return "length", UNITS[word].factor, index - 1


def rate_after(tokens: tuple[Token, ...], index: int) -> str:
    """What an amount is per ("a week", "per head", "daily"), looking at most six tokens on."""
    for position in range(index, min(index + 6, len(tokens))):
        word = tokens[position].lower
        if word in _PER_ADVERBS:
            return _PER_ADVERBS[word]
        if word in _PER_WORDS or tokens[position].text == "/":
            following = word_at(tokens, position + 1)
            mean = [word_at(tokens, position + step) for step in (2, 3)] == ["on", "average"]
            ago = word_at(tokens, position + 2) in _AGO and not mean
            if following in _PER_UNITS and not ago:
                mixed = word_at(tokens, position + 2) == "and" and word in ("a", "an")
                if not (mixed and word_at(tokens, position + 4) in ("half", "quarter")):
                    return following
            if word in ("each", "every") and following not in _PER_UNITS:
                return "each"
        if tokens[position].kind != "w" and tokens[position].text != "/":
            break
    return ""
