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
    parsed = parse_quote(quote)
    if not parsed.tokens:
        return []
    queries = [whole_query(parsed), *(part_query(parsed, *part) for part in quote_parts(parsed))]
    return list(dict.fromkeys(" ".join(words) for words in queries if words))


def whole_query(quote: ParsedQuote) -> list[str]:
    """The words to ask for first."""
    return _telling_words(quote.tokens, _WHOLE_WORDS)


def part_query(quote: ParsedQuote, start: int, stop: int) -> list[str]:
    """The words to ask for when only a part of the quotation is looked for."""
    return _telling_words(quote.tokens[start:stop], _PART_WORDS)


def quote_parts(quote: ParsedQuote) -> list[tuple[int, int]]:
    """Token ranges of about a sentence's half, none across an ellipsis."""
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
    plain = _whole_words([token for token in tokens if not token.editorial])
    if not plain:
        plain = _whole_words(tokens)
    ranked: dict[str, float] = {}
    for index, surface in enumerate(plain):
        if surface.casefold() in FUNCTION_WORDS:
            continue
        word = surface.split("'")[0]
        score = min(len(word), 12) + (4.0 if word[0].isdigit() else 0.0)
        score += 3.0 if index and word[0].isupper() else 0.0
        ranked.setdefault(word, score)
    if not ranked:
        return list(dict.fromkeys(plain))[:limit]
    chosen = sorted(ranked, key=lambda word: -ranked[word])[:limit]
    return [word for word in ranked if word in chosen]


def _whole_words(tokens: Sequence[Token]) -> list[str]:
    """Words as an index cuts them: "5G" is one."""
    words: list[str] = []
    end = -1
    for token in tokens:
        if token.key[0].isalnum():
            if token.level_start == end and words:
                words[-1] += token.surface
            else:
                words.append(token.surface)
            end = token.level_end
    return words
