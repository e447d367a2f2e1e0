"""Typography and layout levelled, with a way back to the exact code points of the original.

A quotation is compared word by word. What typesetting does to words (curly quotes, ligatures, soft
hyphens, line breaks) is levelled here; what the speaker said (words, numbers, signs) is not.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from factcheck.text import fold

_SINGLE = "'\u2018\u2019\u201a\u201b\u2032\u02bc\u02b9\u00b4\u0060\uff07"
_DOUBLE = '"\u201c\u201d\u201e\u201f\u00ab\u00bb\u2033\u301d\u301e\uff02\u2039\u203a'
_DASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u2e3a\u2e3b\ufe58\ufe63\uff0d"

# Soft hyphens, zero-width characters and direction marks: invisible, so never part of a word.
_INVISIBLE = "\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufe00-\ufe0f\ufeff"

_LETTER = r"[^\W\d_]"
_SPECIAL = re.compile(
    # a soft hyphen may keep its line break; both vanish
    r"\u00ad[ \t]*\n[ \t]*"
    # "govern-\nment": the hyphen was set by the typesetter unless a capital or digit follows
    rf"|(?<={_LETTER})[-\u2010\u00ac][ \t]*\n\s*(?={_LETTER})"
    # superscript and subscript digits
    r"|[\u00b2\u00b3\u00b9\u2070\u2074-\u2079]+"
    # one-character fractions
    r"|[\u00bc-\u00be\u2150-\u215e]"
    # a space inside a number, "2\u202f500"
    r"|(?<=\d)[\u00a0\u2009\u202f\u2007](?=\d{3}(?!\d))"
    rf"|[{_INVISIBLE}]+"
    r"|\s{2,}|[^\S ]"
    r"|[^\x20-\x7e]"
    r"|`"
)

# Superscript digits after these letters are units ("km²"), after others footnote marks ("treaty²").
_UNIT_BEFORE = re.compile(r"(?:\d|\b(?:m|cm|mm|km|dm|ft|in|s|kg))$")

_TOKEN = re.compile(
    rf"(?:{_LETTER}\.){{2,}}(?:{_LETTER}\b(?!\.))?"  # U.S., p.m.
    r"|\d+(?:[.,]\d+)*"  # 2,500; "5pm" is two tokens, as "5 pm" is
    r"|\b[Pp]er cent\b"  # one word in America
    rf"|{_LETTER}[^\W_]*(?:'{_LETTER}[^\W_]*)*"  # words, Turkey's
    r"|(?<![\w)\]])-(?=\.?\d)"  # a minus sign
    r"|[%$£€¥&+=<>±×÷°§≤≥≠≈‰]"
)

# Signs that are read out as words.
_SYMBOL_WORDS = {
    "%": "percent",
    "per cent": "percent",
    "Per cent": "percent",
    "pct": "percent",
    "&": "and",
}

_THOUSANDS = re.compile(r"(\d{1,3})((?:,\d{3})+)(?!\d)(.*)", re.S)


@dataclass(frozen=True, slots=True)
class Normalised:
    """Levelled text and, for each of its characters, the stretch of the original it stands for.

    Args:
        text: the levelled text.
        starts, ends: offsets into the original, one per character of `text`, both ascending.
    """

    text: str
    starts: list[int]
    ends: list[int]

    def original_span(self, start: int, end: int) -> tuple[int, int]:
        """Offsets in the original of the non-empty levelled range `start:end`."""
        return self.starts[start], self.ends[end - 1]


@dataclass(frozen=True, slots=True)
class Token:
    """A word, number or sign that counts in a comparison.

    Args:
        surface: as levelled, case kept.
        key: what two tokens must share to be the same word.
        start, end: offsets into the original text.
        level_start, level_end: offsets into the levelled text.
        editorial: the token, or its ending, stands in brackets added by whoever quotes.
        stem: the part outside the brackets, in "walk[ed]"; empty in "[T]he", where only the case
            was changed.
        bound: a hyphen ties the token to the one before, as "19" in "COVID-19".
    """

    surface: str
    key: str
    start: int
    end: int
    level_start: int
    level_end: int
    editorial: bool = False
    stem: str | None = None
    bound: bool = False


def normalise(text: str, start: int = 0, end: int | None = None) -> Normalised:
    """Level typography and layout in `text[start:end]`.

    Args:
        text: canonical text.
        start, end: the stretch to level; offsets in the result still refer to all of `text`.

    Returns:
        Levelled text with offsets. Characters that only belong to the layout are dropped; every
        run of white space becomes one space.
    """
    stop = len(text) if end is None else end
    out: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    position = start
    for match in _SPECIAL.finditer(text, start, stop):
        begin, after = match.span()
        if begin > position:
            out.append(text[position:begin])
            starts.extend(range(position, begin))
            ends.extend(range(position + 1, begin + 1))
        piece = _level(match.group(), text, begin, after)
        if piece:
            out.append(piece)
            starts.extend([begin] * len(piece))
            ends.extend([after] * len(piece))
        position = after
    if position < stop:
        out.append(text[position:stop])
        starts.extend(range(position, stop))
        ends.extend(range(position + 1, stop + 1))
    return Normalised("".join(out), starts, ends)


def _level(piece: str, text: str, begin: int, after: int) -> str:
    if piece.isspace():
        if len(piece) == 1 and piece in "\u00a0\u2009\u202f\u2007" and _is_group(text, begin):
            return ","
        return " "
    if piece[0] == "\u00ad" or "\n" in piece:
        if piece[0] != "\u00ad" and text[after : after + 1].isupper():
            return "-"
        return ""
    if len(piece) > 1 or piece in "\u00b2\u00b3\u00b9" or "\u2070" <= piece <= "\u2079":
        return _level_superscript(piece, text, begin)
    return _level_character(piece)


def _level_superscript(piece: str, text: str, begin: int) -> str:
    if not piece[0].isdigit():  # a run of invisible characters
        return ""
    if _UNIT_BEFORE.search(text[max(0, begin - 6) : begin]):
        return unicodedata.normalize("NFKC", piece)
    return ""


def _is_group(text: str, begin: int) -> bool:
    before = text[max(0, begin - 24) : begin]
    head = re.search(r"(?<![\d.,])\d{1,3}(?:[\u00a0\u2009\u202f\u2007,]\d{3})*$", before)
    return head is not None and re.match(r"\d{3}(?!\d)", text[begin + 1 : begin + 5]) is not None


@lru_cache(maxsize=4096)
def _level_character(char: str) -> str:
    if char in _DOUBLE:
        return '"'
    if char in _SINGLE:
        return "'"
    if char in _DASHES:
        return "-"
    if re.match(f"[{_INVISIBLE}]", char):
        return ""
    compatible = unicodedata.normalize("NFKC", char)
    if unicodedata.category(char) == "No" and "\u2044" in compatible:
        return " " + compatible.replace("\u2044", "/")
    if compatible != char and compatible.isspace():
        return " "
    return compatible


def tokens_of(text: str, start: int = 0, end: int | None = None) -> tuple[Normalised, list[Token]]:
    """Levelled text and the tokens of `text[start:end]`, in reading order."""
    level = normalise(text, start, end)
    tokens: list[Token] = []
    for match in _TOKEN.finditer(level.text):
        begin, after = match.span()
        surface = match.group()
        if surface == "-" and _follows_number(level.text, begin):
            continue
        first, last = level.original_span(begin, after)
        bound = begin > 1 and level.text[begin - 1] == "-" and level.text[begin - 2].isalnum()
        tokens.append(Token(surface, word_key(surface), first, last, begin, after, bound=bound))
    return level, tokens


def _follows_number(text: str, begin: int) -> bool:
    # "2010 -2015" is a range, not a negative number
    return re.search(r"\d\s*$", text[max(0, begin - 3) : begin]) is not None


@lru_cache(maxsize=65536)
def word_key(surface: str) -> str:
    """The form under which a word is compared: no case, no thousands separators, no dots in
    abbreviations. Accents stay: they tell words apart in many languages."""
    if surface in _SYMBOL_WORDS:
        return _SYMBOL_WORDS[surface]
    if surface[0].isdigit():
        match = _THOUSANDS.fullmatch(surface)
        if match:
            surface = match.group(1) + match.group(2).replace(",", "") + match.group(3)
        return surface.casefold()
    if "." in surface:
        surface = surface.replace(".", "")
    return surface.casefold()


@lru_cache(maxsize=65536)
def accentless(surface: str) -> str:
    """Case and accents removed from Latin letters; other scripts keep theirs ("й" is not "и")."""
    if all(char < "\u0250" or char == "'" for char in surface):
        return fold(surface)
    return surface.casefold()


def glue(level: Normalised, start: int, end: int) -> str:
    """Punctuation between two tokens in a comparable form: typography and spaces removed."""
    between = re.sub(r"[\s*_`]+", "", level.text[start:end])
    return re.sub(r"-+", "-", between.replace("'", '"').replace('""', '"'))
