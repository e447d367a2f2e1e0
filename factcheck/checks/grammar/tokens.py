"""Tokens, stems and clauses: the light grammar on which every check stands.

No tagger or parser is used: a token is a word, a number or a mark, a stem is what is left after
English endings are taken off, and a clause ends at strong punctuation or at a joining word.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from factcheck.checks.grammar.lexicon import CONCEPTS, FUNCTION_WORDS, IRREGULAR
from factcheck.checks.grammar.number_words import TENS
from factcheck.text import fold

_TOKEN = re.compile(
    r"""
    \d+(?:st|nd|rd|th)\b                                   # ordinal
  | \d{2,4}s\b                                             # decade
  | \d{1,3}(?:[,.'’]\d{3})+(?:[.,]\d+)?(?!\d)              # grouped number
  | \d{1,3}(?:[\u00a0\u202f\u2009\x20]\d{3})+(?:[.,]\d+)?(?![\d,.:/-]\d|\d)
  | \d+(?:[.,]\d+)?                                        # plain number
  | (?:[^\W\d_]\.){2,}                                     # U.S.
  | [^\W\d_]\w*(?:[-‑'’&][^\W_]\w*)*                       # word, F-16, don't, twenty-five
  | \S
    """,
    re.VERBOSE,
)


class Token(NamedTuple):
    """One word, number or mark.

    Args:
        text: as written.
        lower: lower case, straight apostrophes and hyphens.
        start, end: offsets into the text.
        stem: comparable form; "" for marks and numbers.
        kind: "w" word, "n" starts with a digit, "p" mark.
        capital: whether a word starts with an upper-case letter.
        content: whether a word carries meaning of its own; numbers in words do not.
    """

    text: str
    lower: str
    start: int
    end: int
    stem: str
    kind: str
    capital: bool
    content: bool


YEAR_NUMBER = re.compile(r"\b(?:1[5-9]|20)\d\d\b")
"""A year in figures."""
NEXT_SENTENCE = re.compile(r"[.!?][\"”’)]?\s+(?=[A-Z“\"‘'])")
"""The end of a sentence, where another begins with a capital."""
SENTENCE_ENDS = frozenset(".!?;")
CHUNK_MARKS = frozenset(',;:()[]—–.!?"“”/')
"""What ends a sentence, and the stretch within which words keep each other company."""
_STRAIGHT = str.maketrans({"’": "'", "‑": "-", "–": "-"})


def tokenise(text: str) -> tuple[Token, ...]:
    """Tokens of a text in order; everything but white space belongs to one."""
    tokens = []
    for match in _TOKEN.finditer(text):
        surface = match.group()
        lower, stemmed, kind, capital, content = _analyse(surface)
        tokens.append(
            Token(surface, lower, match.start(), match.end(), stemmed, kind, capital, content)
        )
    return tuple(tokens)


@lru_cache(maxsize=65536)
def _analyse(surface: str) -> tuple[str, str, str, bool, bool]:
    """Lower case, stem, kind, capital and content of one word, number or mark."""
    lower = surface.lower().translate(_STRAIGHT)
    if surface[0].isdigit():
        return lower, "", "n", False, False
    if not surface[0].isalpha():
        return lower, "", "p", False, False
    content = lower not in FUNCTION_WORDS and (
        "-" not in lower or lower.partition("-")[0] not in TENS
    )
    return lower, stem(lower), "w", surface[0].isupper(), content


_VOWEL = re.compile(r"[aeiouy]")
# "liv", "vot", "nam": a short root that lost its silent "e" together with the ending.
_SHORT_ROOT = re.compile(r"^[^aeiou]*[aeiou][^aeiouwxy]$")
_DOUBLED = re.compile(r"([bdgmnprt])\1$")


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """The comparable form of one lower-case word.

    British and American spellings and the forms of one verb or noun meet in one stem; it is not
    meant to be read. Irregular forms come from a table.
    """
    base = fold(word)
    if base.endswith("'s"):
        base = base[:-2]
    elif base.endswith("s'"):
        base = base[:-1]
    if base in IRREGULAR:
        base = IRREGULAR[base]
    if len(base) <= 3:
        return base
    return _strip_derivation(_strip_inflection(base))


def _strip_inflection(word: str) -> str:
    if word.endswith("ies") and len(word) > 4:
        word = word[:-3] + "y"
    elif re.search(r"(?:ss|sh|ch|x|z)es$", word):
        word = word[:-2]
    elif word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-1]
    for ending in ("ing", "ed"):
        root = word[: -len(ending)]
        if word.endswith(ending) and len(root) >= 3 and _VOWEL.search(root):
            if word.endswith("eed"):
                break
            if _DOUBLED.search(root):
                return root[:-1]
            return root + "e" if _SHORT_ROOT.match(root) else root
    return word


def _strip_derivation(word: str) -> str:
    if len(word) > 5 and word.endswith("ly"):
        word = word[:-2]
    if len(word) > 6 and word.endswith(("tion", "sion")):
        word = word[:-3]
    if word.endswith("e") and len(word) > 4:
        word = word[:-1]
    if word.endswith("y") and len(word) > 3:
        word = word[:-1] + "i"
    if len(word) > 5 and word.endswith("our"):
        word = word[:-3] + "or"
    if word.endswith("iz") and len(word) > 5:
        word = word[:-1] + "s"
    if word.endswith("yz"):
        word = word[:-1] + "s"
    return word


@lru_cache(maxsize=65536)
def concept(stemmed: str) -> str:
    """The name of the group of near synonyms that a stem belongs to, or the stem itself."""
    return _STEM_CONCEPTS.get(stemmed, stemmed)


_STEM_CONCEPTS = {stem(word): group for group, members in CONCEPTS.items() for word in members}

# A clause ends at these marks and before these words; commas alone do not end one, because
# appositions and lists would fall apart.
_CLAUSE_MARKS = frozenset('.;:!?—–()"“”')
_CLAUSE_WORDS = frozenset(
    "but while although though whereas which who whom whose because unless".split()
)
_JOINERS = frozenset("and or".split())


def clause_ids(tokens: tuple[Token, ...]) -> tuple[int, ...]:
    """The number of the clause that each token belongs to.

    A full stop, semicolon, bracket, quotation mark, relative or contrasting word starts a new one;
    "and" does so only after a comma or semicolon.
    """
    ids = []
    current = 0
    previous = ""
    for token in tokens:
        if token.kind == "p" and token.text in _CLAUSE_MARKS:
            ids.append(current)
            current += 1
        else:
            if token.lower in _CLAUSE_WORDS or (token.lower in _JOINERS and previous in ",;"):
                current += bool(previous)
            ids.append(current)
        previous = token.lower
    return tuple(ids)


def content_stems(tokens: tuple[Token, ...]) -> frozenset[str]:
    """Concepts of all content words."""
    return frozenset(concept(token.stem) for token in tokens if token.content)


def stems_of(text: str) -> frozenset[str]:
    """Concepts of all content words of a text."""
    return content_stems(tokenise(text))
