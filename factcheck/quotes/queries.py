"""What to ask a lexical index for, to find the passages that may hold a quotation."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from factcheck.quotes.normalise import Token
from factcheck.quotes.parse import ParsedQuote, parse_quote
from factcheck.quotes.wording import FUNCTION_WORDS

_WHOLE_WORDS = 10
_PART_WORDS = 6
_PART_TOKENS = 14  # words per part of a long quotation


def quote_queries(quote: str) -> list[str]:
    """Queries for a lexical index, the most telling first.

    Args:
        quote: the quoted words.

    Returns:
        Words to look for, separated by spaces: of the whole quotation, then of its parts.
    """
    return [" ".join(words) for stage in query_words(parse_quote(quote)) for words in stage]


def query_words(quote: ParsedQuote) -> list[list[list[str]]]:
    """Queries in two stages: the whole quotation, then its parts, for joined passages."""
    count = len(quote.tokens)
    if not count:
        return []
    whole = _telling_words(quote.tokens, _WHOLE_WORDS)
    parts = [_telling_words(quote.tokens[a:b], _PART_WORDS) for a, b in _parts(quote)]
    distinct = [words for words in parts if words and words != whole]
    return [[whole], distinct] if distinct else [[whole]]


def _parts(quote: ParsedQuote) -> list[tuple[int, int]]:
    ranges: list[tuple[int, int]] = []
    for start, stop in quote.pieces:
        size = stop - start
        number = max(2 if size >= 8 else 1, round(size / _PART_TOKENS))
        edges = [start + round(size * index / number) for index in range(number + 1)]
        ranges.extend(pairwise(edges))
    return ranges[:8]


def _telling_words(tokens: Sequence[Token], limit: int) -> list[str]:
    """The words that are likely to be rare, in order: numbers, names, long words.

    Parts of a word that a quotation keeps apart, and a word's case, are left to the index.
    """
    plain = [token for token in tokens if not token.editorial and token.key[0].isalnum()]
    ranked: dict[str, float] = {}
    for index, token in enumerate(plain):
        if token.key in FUNCTION_WORDS:
            continue
        word = token.surface.split("'")[0]
        score = min(len(word), 12) + (4.0 if word[0].isdigit() else 0.0)
        score += 3.0 if index and word[0].isupper() else 0.0
        ranked.setdefault(word, score)
    if not ranked:
        return list(dict.fromkeys(token.surface for token in plain))[:limit]
    chosen = sorted(ranked, key=lambda word: -ranked[word])[:limit]
    return [word for word in ranked if word in chosen]
