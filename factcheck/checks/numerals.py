"""Numerals in running text and their values: digits, words, fractions, scales, vague numbers.

The result says what was written ("2.37 billion" has the step 0.01 billion), because two numbers
that were rounded differently may still agree.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, replace

from factcheck.checks.tokens import Token

_ONES = {
    word: value
    for value, word in enumerate(
        """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen
    fifteen sixteen seventeen eighteen nineteen""".split()
    )
}
_TENS = {
    word: 10 * value
    for value, word in enumerate(
        "twenty thirty forty fifty sixty seventy eighty ninety".split(), start=2
    )
}
SCALES = {
    "hundred": 1e2,
    "thousand": 1e3,
    "million": 1e6,
    "billion": 1e9,
    "trillion": 1e12,
    "mn": 1e6,
    "mln": 1e6,
    "bn": 1e9,
    "bln": 1e9,
    "tn": 1e12,
    "trn": 1e12,
    "lakh": 1e5,
    "crore": 1e7,
    "lakhs": 1e5,
    "crores": 1e7,
    "dozen": 12.0,
}
_GLUED_SCALES = {"k": 1e3, "m": 1e6, "b": 1e9, "t": 1e12}
_VULGAR = {
    "½": 0.5,
    "¼": 0.25,
    "¾": 0.75,
    "⅓": 1 / 3,
    "⅔": 2 / 3,
    "⅕": 0.2,
    "⅖": 0.4,
    "⅗": 0.6,
    "⅘": 0.8,
    "⅙": 1 / 6,
    "⅛": 0.125,
    "⅜": 0.375,
    "⅝": 0.625,
    "⅞": 0.875,
}
_DENOMINATORS = {
    "half": 2,
    "halves": 2,
    "third": 3,
    "thirds": 3,
    "quarter": 4,
    "quarters": 4,
    "fifth": 5,
    "fifths": 5,
    "sixth": 6,
    "sixths": 6,
    "seventh": 7,
    "sevenths": 7,
    "eighth": 8,
    "eighths": 8,
    "ninth": 9,
    "ninths": 9,
    "tenth": 10,
    "tenths": 10,
}
ORDINAL_WORDS = {
    word: value
    for value, word in enumerate(
        """first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth
    thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth
    twentieth""".split(),
        start=1,
    )
}
# (least, most) that each word can mean; generous, because only far-off numbers may contradict.
_VAGUE = {
    "dozens": (20, 300),
    "scores": (30, 300),
    "hundreds": (100, 3000),
    "thousands": (1000, 100000),
    "millions": (1e6, 1e9),
    "billions": (1e9, 1e12),
}
_VAGUE_OF = {
    ("tens", "thousands"): (15000, 300000),
    ("hundreds", "thousands"): (1e5, 3e6),
    ("tens", "millions"): (1.5e7, 3e8),
    ("hundreds", "millions"): (1e8, 3e9),
    ("tens", "billions"): (1.5e10, 3e11),
    ("hundreds", "billions"): (1e11, 3e12),
}

NUMBER_WORDS = frozenset((*_ONES, *_TENS, *_VAGUE, "tens", "half"))

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
    if token.text in _VULGAR:
        return _fraction(index, index + 1, _VULGAR[token.text])
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
    if last < len(tokens) and tokens[last].text in _VULGAR:
        numeral = _numeral(
            numeral.first, last + 1, value + _VULGAR[tokens[last].text], "digits", step=0.25
        )
        last, value, step = numeral.last, numeral.value, 0.25
    words = [token.lower for token in tokens[last : last + 4]]
    if words[:3] in (["and", "a", "half"], ["and", "one", "half"]):
        last, value, step = last + 3, value + 0.5, 0.5
    scale = 1.0
    while last < len(tokens):
        word = tokens[last].lower
        factor = SCALES.get(word)
        if factor is None and word in _GLUED_SCALES and _glued_scale(tokens, last):
            factor = _GLUED_SCALES[word]
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
    if word in _ONES:
        return float(_ONES[word])
    if word in _TENS:
        return float(_TENS[word])
    tens, hyphen, ones = word.partition("-")
    if hyphen and tens in _TENS and 0 < _ONES.get(ones, 0) < 10:
        return float(_TENS[tens] + _ONES[ones])
    return None


def _hyphenated(word: str) -> float | None:
    """The value of "one-hundred" or "two-thousand"."""
    ones, _, scale = word.partition("-")
    if ones in _ONES and scale in SCALES and scale != "dozen":
        return _ONES[ones] * SCALES[scale]
    return None


def _fits(current: float, value: float) -> bool:
    """Whether a further number word continues the number ("twenty" + "five")."""
    if value == 0:
        return False
    if current >= 100:
        return current % 100 == 0 and value < 100
    return current in _TENS.values() and value < 10 or current == 0


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
    words = [token.lower for token in tokens[index : index + 4]] + [""] * 4
    head, hyphen, tail = words[0].partition("-")
    if hyphen and tail in _DENOMINATORS and (head in _ONES or head == "a"):
        count = _ONES.get(head, 1)
        if 0 < count < _DENOMINATORS[tail] and (tail.endswith("s") or words[1] in _AFTER_FRACTION):
            return _fraction(index, index + 1, count / _DENOMINATORS[tail])
        return None
    if words[0] == "half":
        before = tokens[index - 1].lower if index else ""
        if before in _NOT_BEFORE_HALF or before in ORDINAL_WORDS:
            return None
        if words[1] in ("of", "the", "its", "their", "his", "her", "all") or (
            words[1] in ("a", "an") and words[2] not in SCALES
        ):
            return _fraction(index, index + 1, 0.5)
        return None
    if words[1] in _DENOMINATORS and (words[0] in _ONES or words[0] == "a"):
        count, denominator = _ONES.get(words[0], 1), _DENOMINATORS[words[1]]
        plural = words[1].endswith("s") and words[1] != "halves"
        if 0 < count < denominator and (plural or words[2] in _AFTER_FRACTION):
            return _fraction(index, index + 2, count / denominator)
    return None


_AFTER_FRACTION = frozenset(("of", "share"))
_NOT_BEFORE_HALF = frozenset("and the other second-half latter better this that".split())


def _read_vague(tokens: tuple[Token, ...], index: int) -> Numeral | None:
    words = [token.lower for token in tokens[index : index + 3]] + ["", ""]
    limits = _VAGUE_OF.get((words[0], words[2])) if words[1] == "of" else None
    last = index + 3
    if limits is None:
        limits, last = _VAGUE.get(words[0]), index + 1
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
