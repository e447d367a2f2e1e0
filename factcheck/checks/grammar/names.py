"""Names in running text and whether two texts speak of the same ones.

A name is a run of capitalised words. Spelling variants meet by folding (Vučić, Vucic), small
differences by edit distance, countries by a table of demonyms and capitals, and acronyms by their
initials.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from factcheck.checks.grammar.context import is_verb
from factcheck.checks.grammar.lexicon import FUNCTION_WORDS
from factcheck.checks.grammar.number_words import NUMBER_WORDS
from factcheck.checks.grammar.places import CAPITALS, COUNTRIES, country_of
from factcheck.checks.grammar.tokens import Token
from factcheck.text import fold


@dataclass(frozen=True, slots=True)
class Name:
    """A proper name.

    Args:
        text: as written.
        start, end: offsets into the text.
        words: folded words without connectors and titles.
        certain: False for a single capitalised word that only opens a sentence.
        first, last: token range, end-exclusive.
    """

    text: str
    start: int
    end: int
    words: tuple[str, ...]
    certain: bool
    first: int
    last: int


_CONNECTORS = frozenset("of the de la le du von van der den di da bin al el y & del dos e".split())
CALENDAR_WORDS = frozenset(
    """january february march april may june july august september october november december
    jan feb mar apr jun jul aug sept sep oct nov dec monday tuesday wednesday thursday friday
    saturday sunday""".split()
)
_NO_NAME = CALENDAR_WORDS | frozenset(
    """mr mrs ms dr sir lord i yes covid-19 according however meanwhile although
    today yesterday tomorrow earlier later police officials people president minister prime
    """.split()
)
_TITLES = frozenset(
    """mr mrs ms dr sir lord lady dame president minister prime secretary general chancellor king
    queen prince princess pope senator governor mayor judge justice professor prof captain colonel
    lieutenant sergeant chief executive officer chairman director""".split()
)
_NOBODY = frozenset(
    """nobody somebody everybody anybody everyone someone anyone none nothing something everything
    once twice thousands hundreds dozens millions""".split()
)
_SENTENCE_OPENERS = frozenset('.!?:"“”(•;')


def find_names(tokens: tuple[Token, ...]) -> tuple[Name, ...]:
    """Names of a text in order; months, weekdays and titles alone are none."""
    names = []
    index = 0
    while index < len(tokens):
        if not tokens[index].capital:
            index += 1
            continue
        last = _run_end(tokens, index)
        first = index
        while first < last and _opens(tokens, first) and _common(tokens[first]):
            first += 1
        name = _name(tokens, first, last) if first < last else None
        if name is not None:
            names.append(name)
        index = last
    return tuple(names)


def _run_end(tokens: tuple[Token, ...], index: int) -> int:
    """Position after the capitalised run, connectors inside included."""
    last = index + 1
    position = last
    while position < len(tokens):
        token = tokens[position]
        if token.capital and tokens[position - 1].lower not in ("'s",):
            if tokens[position - 1].lower.endswith("'s"):
                break
            last = position + 1
        elif not (token.lower in _CONNECTORS and position - last < 2 and token.kind == "w"):
            break
        position += 1
    return last


def _opens(tokens: tuple[Token, ...], index: int) -> bool:
    return index == 0 or tokens[index - 1].text in _SENTENCE_OPENERS


def _common(token: Token) -> bool:
    """Whether a sentence-opening word is no name by itself."""
    word = token.lower
    if word in FUNCTION_WORDS or word in _NO_NAME or word in _NOBODY:
        return True
    return all(part in NUMBER_WORDS for part in word.split("-"))


def _name(tokens: tuple[Token, ...], first: int, last: int) -> Name | None:
    words = []
    for token in tokens[first:last]:
        if token.lower in _CONNECTORS or token.lower in _TITLES:
            continue
        folded = _bare(token.text)
        if folded and token.lower not in _NO_NAME:
            words.append(folded)
    if not words or (len(words) == 1 and len(words[0]) < 2):
        return None
    start, end = tokens[first].start, tokens[last - 1].end
    single = last - first == 1 and _opens(tokens, first)
    token = tokens[first]
    certain = not single or token.text.isupper() or bool(country_of(words[0]))
    if single and not certain and (is_verb(token) or token.lower.endswith(("ly", "ing"))):
        return None
    text = " ".join(token.text for token in tokens[first:last])
    return Name(text, start, end, tuple(words), certain, first, last)


@lru_cache(maxsize=32768)
def _bare(word: str) -> str:
    folded = fold(word).replace("’", "'")
    if folded.endswith("'s"):
        folded = folded[:-2]
    return folded.strip(".'")


@dataclass(frozen=True, slots=True)
class NameIndex:
    """What a text offers for matching names.

    Args:
        words: folded words of the text, capitalised or not.
        countries: countries that the text names, by name, demonym or capital.
        acronyms: folded acronyms written in the text.
        initials: initials of its names of two and more words.
    """

    words: frozenset[str]
    countries: frozenset[str]
    acronyms: frozenset[str]
    initials: frozenset[str]


def index_names(tokens: Iterable[Token], names: Iterable[Name]) -> NameIndex:
    """Collect the words, countries and acronyms of a text."""
    words = frozenset(map(_bare, {token.text for token in tokens if token.kind == "w"}))
    countries: set[str] = set()
    acronyms: set[str] = set()
    initials: set[str] = set()
    for name in names:
        countries |= countries_of(name)
        for word, raw in zip(name.words, name.words, strict=True):
            if 2 <= len(raw) <= 6 and raw.upper() in name.text:
                acronyms.add(word)
        if len(name.words) >= 2:
            initials.add("".join(word[0] for word in name.words))
            written = [part for part in name.text.replace("-", " ").split() if part]
            initials.add("".join(fold(part[0]) for part in written if part[0].isalpha()))
    return NameIndex(words, frozenset(countries), frozenset(acronyms), frozenset(initials))


@lru_cache(maxsize=32768)
def _countries(words: tuple[str, ...]) -> frozenset[str]:
    whole = country_of(" ".join(words))
    if whole:
        return frozenset((whole,))
    found = {country_of(word) for word in words}
    found |= {country_of(" ".join(pair)) for pair in itertools.pairwise(words)}
    return frozenset(found - {""})


def countries_of(name: Name) -> frozenset[str]:
    """Countries that a name means: "Turkish Foreign Ministry" gives Turkey."""
    return _countries(name.words)


def place_of(name: Name) -> str:
    """The country if the name is one or its capital, else ""."""
    whole = " ".join(name.words)
    return COUNTRIES.get(whole) or CAPITALS.get(whole) or ""


def coverage(name: Name, index: NameIndex) -> float:
    """How far a text speaks of a name: 1 fully, 0.5 in part, 0 not at all."""
    present = sum(word in index.words for word in name.words)
    if present == len(name.words):
        return 1.0
    countries = countries_of(name)
    if countries and countries & index.countries:
        return 1.0
    joined = "".join(name.words)
    if len(name.words) == 1 and joined in index.initials and len(joined) >= 2:
        return 1.0
    if len(name.words) >= 2:
        if "".join(word[0] for word in name.words) in index.acronyms:
            return 1.0
        if name.words[-1] in index.words and len(name.words[-1]) > 2:
            return 0.9
    if _similar(name.words[-1], index.words):
        return 0.9
    return 0.5 if present else 0.0


def _similar(word: str, words: frozenset[str]) -> bool:
    """Whether a long word stands in the text with a slightly different spelling."""
    if len(word) < 5:
        return False
    from rapidfuzz.distance import Levenshtein

    limit = 1 if len(word) < 8 else 2
    return any(
        abs(len(other) - len(word)) <= limit
        and other[:1] == word[:1]
        and Levenshtein.distance(word, other, score_cutoff=limit) <= limit
        for other in words
    )


def names_agree(first: str, second: str) -> bool:
    """Whether two names or roles may be the same person or body ("Vučić", "Aleksandar Vucic")."""
    left, right = _name_words(first), _name_words(second)
    if not left or not right:
        return False
    if set(left) <= set(right) or set(right) <= set(left) or left[-1] == right[-1]:
        return True
    if _countries(left) & _countries(right):
        return True
    if "".join(word[0] for word in left) in right or "".join(word[0] for word in right) in left:
        return True
    return _similar(left[-1], frozenset(right))


def _name_words(name: str) -> tuple[str, ...]:
    words = tuple(_bare(word.strip(',.;:"“”()')) for word in name.split())
    kept = tuple(word for word in words if word and word not in _CONNECTORS)
    return tuple(word for word in kept if word not in _TITLES) or kept
