"""Numerals in running text and their values: digits, words, fractions, scales, vague numbers.

The result says what was written ("2.37 billion" has the step 0.01 billion), because two numbers
that were rounded differently may still agree.
"""

from __future__ import annotations

import math
import re
from dataclasses import replace

from factcheck.checks.grammar.number_words import GLUED_SCALES, ONES, SCALES, TENS, VULGAR
from factcheck.checks.grammar.tokens import Token
from factcheck.checks.numbers.fraction_words import fraction, read_fraction
from factcheck.checks.numbers.numeral import Numeral, make_numeral, rounding_half
from factcheck.checks.numbers.vague_words import read_vague

__all__ = ["Numeral", "parse_digits", "read_numeral", "rounding_half"]


def _integer_step(value: float) -> float:
    """The step that trailing zeros suggest; at least two leading digits are taken as meant."""
    if value < 100 or value != int(value):
        return 0.0
    digits = str(int(value))
    zeros = len(digits) - len(digits.rstrip("0"))
    return float(10 ** min(zeros, len(digits) - 2)) if zeros else 0.0


_GROUPED = re.compile(r"^\d{1,3}(?:([,.'’\u00a0\u202f\u2009 ])\d{3})(?:\1\d{3})*(?:[.,](\d+))?$")


def parse_digits(text: str) -> tuple[float, int, float | None]:
    """Value, number of decimals, and a second reading if the separator is ambiguous.

    "2.500" is two and a half or two thousand five hundred; in English the point is decimal and a
    comma before three digits groups.
    """
    match = _GROUPED.match(text)
    if match:
        separator, decimals = match[1], match[2]
        if decimals:
            whole = text[: -len(decimals) - 1]
            return float(_only_digits(whole) + "." + decimals), len(decimals), None
        groups = text.count(separator)
        if separator == "." and groups == 1:
            return float(text), 3, float(_only_digits(text))
        if separator == "," and groups == 1 and text[0] == "0":
            return float(text.replace(",", ".")), 3, None
        return float(_only_digits(text)), 0, None
    if "," in text or "." in text:
        whole, _, decimals = text.replace(",", ".").partition(".")
        return float(f"{_only_digits(whole)}.{_only_digits(decimals)}"), len(decimals), None
    return float(_only_digits(text)[:300]), 0, None


def _only_digits(text: str) -> str:
    return "".join(str(int(char)) for char in text if char.isdecimal()) or "0"


def read_numeral(tokens: tuple[Token, ...], index: int) -> Numeral | None:
    """The numeral that starts at a token, the longest reading, or None."""
    token = tokens[index]
    if token.kind == "n":
        return _read_digits(tokens, index)
    if token.text in VULGAR:
        return fraction(index, index + 1, VULGAR[token.text])
    if token.kind != "w":
        return None
    return read_vague(tokens, index) or read_fraction(tokens, index) or _read_words(tokens, index)


def _read_digits(tokens: tuple[Token, ...], index: int) -> Numeral | None:
    token = tokens[index]
    if token.lower[-1:].isalpha():
        if token.lower[-2:] in ("st", "nd", "rd", "th"):
            return make_numeral(index, index + 1, float(_only_digits(token.text)), "ordinal")
        return None
    value, decimals, other = parse_digits(token.text)
    if not math.isfinite(value):
        return None
    step = 10.0**-decimals if decimals else _integer_step(value)
    numeral = make_numeral(
        index, index + 1, value, "digits", step=step, decimals=decimals, other=other
    )
    return _extend(tokens, numeral)


def _extend(tokens: tuple[Token, ...], numeral: Numeral) -> Numeral:
    """Apply a vulgar fraction, "and a half" and scale words after the number."""
    last, value = numeral.last, numeral.value
    step = 10.0**-numeral.decimals if numeral.decimals else 0.0
    if last < len(tokens) and tokens[last].text in VULGAR:
        numeral = make_numeral(
            numeral.first, last + 1, value + VULGAR[tokens[last].text], "digits", step=0.25
        )
        last, value, step = numeral.last, numeral.value, 0.25
    added, after = and_a_half(tokens, last)
    if added:
        last, value, step = after, value + added, 0.25
    scale = 1.0
    while last < len(tokens):
        word = tokens[last].lower
        factor = SCALES.get(word)
        if factor is None and word in GLUED_SCALES and _glued_scale(tokens, last):
            factor = GLUED_SCALES[word]
        if factor is None:
            break
        scale *= factor
        last += 1
    if scale == 1.0:
        return (
            numeral
            if last == numeral.last
            else make_numeral(numeral.first, last, value, numeral.form, step=step)
        )
    # A whole number of millions is stated to the million, but rounding is capped elsewhere.
    step = (step or 1.0) * scale
    other = None if numeral.other is None else numeral.other * scale
    return make_numeral(
        numeral.first,
        last,
        value * scale,
        numeral.form,
        step=step,
        scaled=True,
        decimals=numeral.decimals,
        other=other,
    )


_ADDED = {
    "a half": 0.5,
    "one half": 0.5,
    "one-half": 0.5,
    "a quarter": 0.25,
    "one quarter": 0.25,
    "three quarters": 0.75,
    "three-quarters": 0.75,
    "three quarter": 0.75,
    "three-quarter": 0.75,
}


def and_a_half(tokens: tuple[Token, ...], index: int) -> tuple[float, int]:
    """The fraction added by "and a half", "and three-quarters", and the position after it.

    0 and the position itself where none is added.
    """
    words = [token.lower for token in tokens[index : index + 3]]
    if words[:1] != ["and"]:
        return 0.0, index
    for length in (3, 2):
        added = _ADDED.get(" ".join(words[1:length]))
        if added and len(words) >= length:
            return added, index + length
    return 0.0, index


def _glued_scale(tokens: tuple[Token, ...], index: int) -> bool:
    """Whether "m" right after digits means million: money before it, or a plural word after."""
    token, number = tokens[index], tokens[index - 1]
    if number.kind != "n" or token.start != number.end:
        return False
    before = tokens[index - 2].text if index >= 2 else ""
    money = before[:1] in "$€£¥₹₺" if before else False
    if token.lower == "k" or money:
        return True
    after = tokens[index + 1].lower if index + 1 < len(tokens) else ""
    return token.lower != "t" and after in _PLURAL_HINTS


_PLURAL_HINTS = frozenset(
    """people users copies dollars euros pounds followers subscribers views viewers voters
    children jobs homes households tourists visitors refugees workers customers members doses
    barrels tonnes tons cases tests passengers streams albums records units downloads""".split()
)


def _read_words(tokens: tuple[Token, ...], index: int) -> Numeral | None:
    """Number words: "two thousand five hundred", "a dozen", "twenty-five", "half a million"."""
    total, current, last, seen = 0.0, 0.0, index, False
    plain = True
    position = index
    if tokens[index].lower in ("a", "an", "half"):
        if tokens[index].lower == "half" or not _scale_at(tokens, index + 1):
            return _read_loose(tokens, index)
        current, seen, position = 1.0, True, index + 1
    while position < len(tokens):
        word = tokens[position].lower
        value = _word_value(word)
        if value is None and not seen and "-" in word:
            value, plain = _hyphenated(word), False
        if value is not None and not (seen and not _fits(current, value)):
            current += value
            seen = True
        elif word in SCALES and seen and (current or total):
            factor = SCALES[word]
            plain = False
            if factor <= 100:
                current *= factor
            else:
                total += current * factor
                current = 0.0
        elif word == "and" and seen and not plain and _continues(tokens, position):
            position += 1
            continue
        else:
            break
        position += 1
        last = position
    if not seen:
        return None
    value = total + current
    numeral = make_numeral(index, last, value, "words", step=_integer_step(value))
    if plain and value < 100:
        numeral = replace(_extend(tokens, numeral), form="words")
    return numeral


def _word_value(word: str) -> float | None:
    if word in ONES:
        return float(ONES[word])
    if word in TENS:
        return float(TENS[word])
    tens, hyphen, ones = word.partition("-")
    if hyphen and tens in TENS and 0 < ONES.get(ones, 0) < 10:
        return float(TENS[tens] + ONES[ones])
    return None


def _hyphenated(word: str) -> float | None:
    """The value of "one-hundred" or "two-thousand"."""
    ones, _, scale = word.partition("-")
    if ones in ONES and scale in SCALES and scale != "dozen":
        return ONES[ones] * SCALES[scale]
    return None


def _fits(current: float, value: float) -> bool:
    """Whether a further number word continues the number ("twenty" + "five")."""
    if value == 0:
        return False
    if current >= 100:
        return current % 100 == 0 and value < 100
    return (current in TENS.values() and value < 10) or current == 0


def _continues(tokens: tuple[Token, ...], position: int) -> bool:
    return position + 1 < len(tokens) and _word_value(tokens[position + 1].lower) is not None


def _scale_at(tokens: tuple[Token, ...], index: int) -> bool:
    return index < len(tokens) and tokens[index].lower in SCALES


def _read_loose(tokens: tuple[Token, ...], index: int) -> Numeral | None:
    """ "half a million", "half a dozen", "a couple of", "a pair of"."""
    words = [token.lower for token in tokens[index : index + 3]]
    if words[0] == "half" and words[1:2] in (["a"], ["an"]) and _scale_at(tokens, index + 2):
        value = 0.5 * SCALES[words[2]]
        return make_numeral(index, index + 3, value, "words", step=0.1 * value, scaled=True)
    if words[1:] == ["pair", "of"]:
        return make_numeral(index, index + 3, 2.0, "words")
    if words[1:] == ["couple", "of"]:
        # As often three as two.
        return replace(make_numeral(index, index + 3, 2.0, "vague"), high=3.0)
    return None
