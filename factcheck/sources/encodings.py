"""Which encoding a text without a mark is in: Windows-1252 unless there is strong evidence.

Sources are English with a few names and quotes, and by so few bytes a detector takes "Söhne" for
Chinese. Its guess holds only where the text read as Windows-1252 cannot be what was written, and
where the guess makes words of it.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter

WESTERN = "cp1252"

# Letters beyond ASCII of the languages that a page was made for.
_WESTERN_ALPHABETS = (
    "áàâãçéêíóôõúü",  # Portuguese
    "àâæçéèêëîïôœùûüÿ",  # French
    "àèéìíîòóùú",  # Italian
    "àçèéíïòóúü",  # Catalan
    "áéíñóúü",  # Spanish
    "äöüßéåš",  # German, Swedish, Finnish
    "æøåéèêóòô",  # Danish, Norwegian
    "áðéíóúýþæö",  # Icelandic
    "áéèëïíóöúü",  # Dutch
    "äöõüšž",  # Estonian
)
_CENTRAL_ALPHABETS = (
    "ąćęłńóśźż",  # Polish
    "áäčďéěíĺľňóôŕřšťúůýž",  # Czech, Slovak
    "áéíóöőúüű",  # Hungarian
    "čćđšž",  # Croatian, Slovene, Serbian
    "ăâîşţ",  # Romanian
)
_LATIN_PAGES = {
    "cp1250": _CENTRAL_ALPHABETS,
    "iso8859_2": _CENTRAL_ALPHABETS,
    "cp852": _CENTRAL_ALPHABETS,
    "cp1254": ("âçğıîöşüû",),  # Turkish
    "cp1257": ("ąčęėįšųūž", "āčēģīķļņšūž"),  # Lithuanian, Latvian
    "cp850": _WESTERN_ALPHABETS,
}
_SCRIPT_PAGES = {
    "cp1251": "CYRILLIC",
    "iso8859_5": "CYRILLIC",
    "koi8_r": "CYRILLIC",
    "cp866": "CYRILLIC",
    "cp1253": "GREEK",
    "cp1255": "HEBREW",
    "cp1256": "ARABIC",
    "cp874": "THAI",
}
_EAST_ASIAN_PAGES = ("big5", "gb18030", "cp932", "euc_jis_2004", "cp949")
_EAST_ASIAN = ("CJK", "HIRAGANA", "KATAKANA", "HANGUL")

# Bytes that Windows-1252 leaves undefined.
_UNDEFINED = re.compile(rb"[\x81\x8d\x8f\x90\x9d]")
_LETTER = rb"A-Za-z\x8a\x8c\x8e\x9a\x9c\x9e\x9f\xc0-\xff"
# Symbols of Windows-1252 that are letters elsewhere and that nobody writes inside a word; soft
# hyphens, dashes, apostrophes and stray accents are not among them.
_SYMBOL_IN_WORD = re.compile(
    rb"(?<=[" + _LETTER + rb"])[\x84\x86\x87\x94\xa1\xaa\xb1\xb3\xb6\xb9\xba\xbc\xbe\xbf]+"
    rb"(?=[a-z\xdf-\xff])"
)
_WORD = re.compile(rb"[" + _LETTER + rb"]+")
_HIGH = re.compile(rb"[\x80-\xff]")
# A word of this length has an ASCII letter in every language that Windows-1252 was made for.
_FOREIGN_WORD_BYTES = 3
_FEW_WORDS = 4
# English with many foreign names stays below both; Czech, Croatian and Turkish are far above.
_MANY_ACCENTED = 8
_ACCENTED_SHARE = 0.2
# Names from other languages stand in every text; they must not decide what language it is in.
_FITTING_SHARE = 0.95

# Pieces of a long text that the detector looks at; its own five have been seen to mislead it.
_PIECES = 20


def guess_encoding(sample: bytes) -> str:
    """The encoding of a text that is not UTF-8.

    Args:
        sample: a stretch with bytes outside ASCII.

    Returns:
        The name of a Python codec; `cp1252` unless the evidence for another one is strong.
    """
    from charset_normalizer import from_bytes

    pages = [*_LATIN_PAGES, *_SCRIPT_PAGES, *_EAST_ASIAN_PAGES]
    western = _western_is_plausible(sample)
    found = from_bytes(sample, steps=_PIECES, cp_isolation=pages, enable_fallback=False)
    for match in found:
        text = sample.decode(match.encoding, errors="replace")
        if match.encoding in _EAST_ASIAN_PAGES:
            convincing = _mostly_in(text, _EAST_ASIAN)
        elif match.encoding in _SCRIPT_PAGES:
            convincing = not western and _words_in(text, _SCRIPT_PAGES[match.encoding])
        else:
            convincing = not western and _fits_one(text, _LATIN_PAGES[match.encoding])
        if convincing:
            return match.encoding
    return WESTERN


def _western_is_plausible(sample: bytes) -> bool:
    if _UNDEFINED.search(sample) or _SYMBOL_IN_WORD.search(sample):
        return False
    words = _WORD.findall(sample)
    accented = [word for word in words if _HIGH.search(word)]
    foreign = sum(
        len(word) >= _FOREIGN_WORD_BYTES and len(_HIGH.findall(word)) == len(word)
        for word in accented
    )
    if foreign >= _FEW_WORDS or (foreign > 1 and 2 * foreign > len(words)):
        return False
    dense = len(accented) >= max(_MANY_ACCENTED, _ACCENTED_SHARE * len(words))
    return not dense or _fits_one(sample.decode(WESTERN), _WESTERN_ALPHABETS)


def _fits_one(text: str, alphabets: tuple[str, ...]) -> bool:
    """Whether nearly all letters beyond ASCII belong to one language."""
    found = Counter(char for char in text.lower() if char > "\x7f" and char.isalpha())
    most = max(
        sum(count for char, count in found.items() if char in letters) for letters in alphabets
    )
    return bool(found) and most >= _FITTING_SHARE * found.total()


def _mostly_in(text: str, scripts: tuple[str, ...]) -> bool:
    letters = [char for char in text if char.isalpha()]
    return 2 * sum(_script(char) in scripts for char in letters) > len(letters)


def _words_in(text: str, script: str) -> bool:
    """Whether nearly all letters beyond ASCII are of one script, and in words of their own."""
    words = [word for word in re.findall(r"[^\W\d_]+", text) if not word.isascii()]
    fitting = sum(all(_script(char) == script for char in word) for word in words)
    return bool(words) and fitting >= _FITTING_SHARE * len(words)


def _script(char: str) -> str:
    return unicodedata.name(char, "").partition(" ")[0]
