"""Numerals in running text and their values: digits, words, fractions, scales, vague numbers.

The result says what was written ("2.37 billion" has the step 0.01 billion), because two numbers
that were rounded differently may still agree.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, replace

from factcheck.checks.number_words import (
    DENOMINATORS,
    GLUED_SCALES,
    ONES,
    ORDINAL_WORDS,
    SCALES,
    TENS,
    VAGUE,
    VAGUE_OF,
    VULGAR,
)
from factcheck.checks.tokens import Token

# A fraction in words is loose speech: "three quarters" is said of 81 per cent.
_FRACTION_SLACK = 0.085
# Rounding never hides more than this share of a number, however few digits were written.
_MAX_ROUNDING = 0.05


@dataclass(frozen=True, slots=True, kw_only=True)
class Numeral:
    """A number as written.

    Args:
        first, last: token range, end-exclusive.
        value: the number.
        half: half of the last step written; values within it may be the same number rounded.
        form: "digits", "words", "fraction", "vague", "ordinal".
        low, high: hard limits of vague numbers, else the value itself.
        other: another reading of "2.500" or "2,500", else None.
        decimals: digits after the decimal mark.
        scaled: whether a scale word or letter was used.
    """

    first: int
    last: int
    value: float
    half: float
    form: str
    low: float
    high: float
    other: float | None = None
    decimals: int = 0
    scaled: bool = False


def rounding_half(value: float, step: float) -> float:
    """Half of the step to which a number was rounded, at most five per cent of it."""
    return min(step / 2, _MAX_ROUNDING * abs(value))


def _integer_step(value: float) -> float:
    """The step that trailing zeros suggest; at least two leading digits are taken as meant."""
    if value < 100 or value != int(value):
        return 0.0
    digits = str(int(value))
    zeros = len(digits) - len(digits.rstrip("0"))
    return float(10 ** min(zeros, len(digits) - 2)) if zeros else 0.0


def _numeral(
    first: int,
    last: int,
    value: float,
    form: str,
    *,
    step: float = 0.0,
    decimals: int = 0,
    scaled: bool = False,
    other: float | None = None,
) -> Numeral:
    return Numeral(
        first=first,
        last=last,
        value=value,
        half=rounding_half(value, step),
        form=form,
        low=value,
        high=value,
        decimals=decimals,
        scaled=scaled,
        other=other,
    )


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
        return _fraction(index, index + 1, VULGAR[token.text])
    if token.kind != "w":
        return None
    return _read_vague(tokens, index) or _read_fraction(tokens, index) or _read_words(tokens, index)


def _read_digits(tokens: tuple[Token, ...], index: int) -> Numeral | None:
    token = tokens[index]
    if token.lower[-1:].isalpha():
        if token.lower[-2:] in ("st", "nd", "rd", "th"):
            return _numeral(index, index + 1, float(_only_digits(token.text)), "ordinal")
        return None
    value, decimals, other = parse_digits(token.text)
    if not math.isfinite(value):
        return None
    step = 10.0**-decimals if decimals else _integer_step(value)
    numeral = _numeral(index, index + 1, value, "digits", step=step, decimals=decimals, other=other)
    return _extend(tokens, numeral)


def _extend(tokens: tuple[Token, ...], numeral: Numeral) -> Numeral:
    """Apply a vulgar fraction, "and a half" and scale words after the number."""
    last, value = numeral.last, numeral.value
    step = 10.0**-numeral.decimals if numeral.decimals else 0.0
    if last < len(tokens) and tokens[last].text in VULGAR:
        numeral = _numeral(
            numeral.first, last + 1, value + VULGAR[tokens[last].text], "digits", step=0.25
        )
        last, value, step = numeral.last, numeral.value, 0.25
    words = [token.lower for token in tokens[last : last + 4]]
    if words[:3] in (["and", "a", "half"], ["and", "one", "half"]):
        last, value, step = last + 3, value + 0.5, 0.5
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
            else _numeral(numeral.first, last, value, numeral.form, step=step)
        )
    # A whole number of millions is stated to the million, but rounding is capped elsewhere.
    step = (step or 1.0) * scale
    other = None if numeral.other is None else numeral.other * scale
    return _numeral(
        numeral.first,
        last,
        value * scale,
        numeral.form,
        step=step,
        scaled=True,
        decimals=numeral.decimals,
        other=other,
    )


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
    numeral = _numeral(index, last, value, "words", step=_integer_step(value))
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
        return _numeral(index, index + 3, value, "words", step=0.1 * value, scaled=True)
    if words[1:] in (["couple", "of"], ["pair", "of"]):
        return _numeral(index, index + 3, 2.0, "words")
    return None


def _fraction(first: int, last: int, value: float) -> Numeral:
    return Numeral(
        first=first,
        last=last,
        value=value,
        half=_FRACTION_SLACK * value,
        form="fraction",
        low=value,
        high=value,
    )


def _read_fraction(tokens: tuple[Token, ...], index: int) -> Numeral | None:
    """ "a third of", "two-thirds", "three quarters", "half of", "half the"."""
    words = [token.lower for token in tokens[index : index + 5]] + [""] * 5
    head, hyphen, tail = words[0].partition("-")
    if hyphen and tail in DENOMINATORS and (head in ONES or head == "a"):
        count = ONES.get(head, 1)
        if 0 < count < DENOMINATORS[tail] and (tail.endswith("s") or words[1] in _AFTER_FRACTION):
            return _fraction(index, index + 1, count / DENOMINATORS[tail])
        return None
    if words[0] == "half":
        before = tokens[index - 1].lower if index else ""
        if before in _NOT_BEFORE_HALF or before in ORDINAL_WORDS:
            return None
        if (
            words[1] in ("of", "the", "its", "their", "his", "her", "all")
            or (words[1] in ("a", "an") and words[2] not in SCALES)
            or _after_by(tokens, index)
        ):
            return _fraction(index, index + 1, 0.5)
        return None
    if words[1] in DENOMINATORS and (words[0] in ONES or words[0] == "a"):
        count, denominator = ONES.get(words[0], 1), DENOMINATORS[words[1]]
        plural = words[1].endswith("s") and words[1] != "halves"
        told = plural or words[2] in _AFTER_FRACTION or _after_by(tokens, index)
        if 0 < count < denominator and told:
            share = count / denominator
            if words[2:4] == ["of", "a"] and SCALES.get(words[4], 0) > 100:
                # "a quarter of a million"
                value = share * SCALES[words[4]]
                return _numeral(index, index + 5, value, "words", step=0.1 * value, scaled=True)
            return _fraction(index, index + 2, share)
    return None


_AFTER_FRACTION = frozenset(
    """of share more less fewer higher lower larger smaller longer shorter above below up
    down""".split()
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


def _read_vague(tokens: tuple[Token, ...], index: int) -> Numeral | None:
    words = [token.lower for token in tokens[index : index + 3]] + ["", ""]
    limits = VAGUE_OF.get((words[0], words[2])) if words[1] == "of" else None
    last = index + 3
    if limits is None:
        limits, last = VAGUE.get(words[0]), index + 1
        if limits is None or words[1] != "of":
            return None
    return Numeral(
        first=index,
        last=last,
        value=math.sqrt(limits[0] * limits[1]),
        half=0.0,
        form="vague",
        low=float(limits[0]),
        high=float(limits[1]),
    )
