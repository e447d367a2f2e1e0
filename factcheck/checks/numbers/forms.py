"""Numbers that come in pairs or hide in a verb: ranges, scores, ratings, shares, multiples."""

from __future__ import annotations

import math
from dataclasses import replace

from factcheck.checks.grammar.context import Layout
from factcheck.checks.grammar.number_words import NUMBER_WORDS, ONES, ORDINAL_WORDS
from factcheck.checks.grammar.tokens import Token, concept
from factcheck.checks.numbers.bounds import Bound, bound_around
from factcheck.checks.numbers.measures import currency_before, unit_at, word_at
from factcheck.checks.numbers.numerals import Numeral, and_a_half, read_numeral
from factcheck.checks.numbers.shares import (
    CHANGE_FACTORS,
    Form,
    bounded,
    most,
    plain,
    share,
    share_around,
)

_DASHES = frozenset("-–—")
_SCORE_WORDS = frozenset(
    """win won wins winning beat beats beaten beating defeat defeated defeating defeats lose lost
    loss losing victory draw drew lead led leading score scored scoreline trailed trail vote voted
    votes voting tie tied thrashed margin match game final sets series passed rejected approved
    adopted aggregate""".split()
)


_STARTERS = (
    frozenset(CHANGE_FACTORS)
    | frozenset(ORDINAL_WORDS)
    | NUMBER_WORDS
    | frozenset(("twice", "double", "triple", "half"))
    | frozenset(("between", "a", "an", "every", "another", "most", "majority", "minority"))
)


_OF_WHAT = ("as", "the", "that", "what")
# A word for a multiple, and what follows where it is one: "double what it was", "half as many".
_MULTIPLES = {
    "twice": (2.0, _OF_WHAT),
    "double": (2.0, _OF_WHAT),
    "triple": (3.0, _OF_WHAT),
    "half": (0.5, ("as", "what")),
}


def may_start_number(token: Token) -> bool:
    """A quick test that passes over most words before the real reading is tried."""
    if token.kind == "w":
        return token.lower in _STARTERS or "-" in token.lower
    return token.kind == "n" or not token.text.isascii()


def read_form(layout: Layout, index: int) -> Form | None:
    """The paired or hidden number that starts at a token, or None."""
    tokens = layout.tokens
    token = tokens[index]
    if token.lower in CHANGE_FACTORS:
        return (
            index,
            index + 1,
            plain(layout, index, index + 1, "factor", CHANGE_FACTORS[token.lower]),
        )
    if token.lower in _SIZES or word_at(tokens, index + 1) in _FIGURES:
        return _some_figures(layout, index)
    multiple = _MULTIPLES.get(token.lower)
    if multiple is not None and word_at(tokens, index + 1) in multiple[1]:
        return index, index + 1, plain(layout, index, index + 1, "factor", multiple[0])
    if token.lower in ORDINAL_WORDS and _counts_place(tokens, index):
        return (
            index,
            index + 1,
            plain(layout, index, index + 1, "ordinal", float(ORDINAL_WORDS[token.lower])),
        )
    if token.lower in ("most", "majority", "minority"):
        return most(layout, index)
    if token.lower == "between":
        return _between(layout, index)
    mixed = _unit_and_a_half(layout, index)
    if mixed is not None:
        return mixed
    first = read_numeral(tokens, index)
    if first is None or first.form in ("ordinal", "vague", "fraction"):
        return None
    return (
        _times(layout, first)
        or share(layout, first)
        or share_around(layout, first)
        or _rating(layout, first)
        or _pair(layout, first)
    )


_DIGITS = {word: value for word, value in ONES.items() if 4 <= value <= 10}
_SIZES = {
    f"{word}-{noun}": value for word, value in _DIGITS.items() for noun in ("figure", "digit")
}
_FIGURES = frozenset(("figures", "digits"))
_INTO = frozenset("reach reached reaches reaching into to in runs ran hit topped least".split())


def _some_figures(layout: Layout, index: int) -> Form | None:
    """ "A six-figure sum", "debts have reached eight figures": a number of so many digits."""
    tokens = layout.tokens
    word = tokens[index].lower
    size, last = _SIZES.get(word, 0), index + 1
    if not size:
        size, last = _DIGITS.get(word, 0), index + 2
        if word_at(tokens, index - 1) not in _INTO or (
            last < len(tokens) and tokens[last].kind == "w" and tokens[last].content
        ):
            return None  # "six figures carved in oak"
    if not size:
        return None
    low, high = 10.0 ** (size - 1), 10.0**size
    quantity = plain(layout, index, last, "count", math.sqrt(low * high))
    return index, last, replace(quantity, low=low, high=high - 1, form="vague", noun="figur")


_ONE = frozenset(("a", "an", "one", "every", "another"))


def _unit_and_a_half(layout: Layout, index: int) -> Form | None:
    """ "An hour and a half", "a mile and three quarters": the unit stands before the fraction."""
    tokens = layout.tokens
    if tokens[index].lower not in _ONE:
        return None
    kind, factor, _, last = unit_at(tokens, index + 1)
    if not kind or kind in ("share", "points", "temperature"):
        return None
    added, after = and_a_half(tokens, last)
    if not added:
        return None
    quantity = plain(layout, index, after, kind, (1.0 + added) * factor)
    bound, start, end = bound_around(layout.text, quantity.start, quantity.end)
    quantity = replace(quantity, half=0.05 * quantity.value, factor=factor)
    return index, after, bounded(layout, quantity, bound, start, end)


def _counts_place(tokens: tuple[Token, ...], index: int) -> bool:
    """Whether an ordinal word is a rank rather than a fraction ("two thirds") or a quarter."""
    return (
        word_at(tokens, index + 1) not in ("quarter", "half", "of")
        and tokens[index].lower != "second"
    ) or word_at(tokens, index - 1) in ("the", "a", "its", "his", "her")


def _times(layout: Layout, first: Numeral) -> Form | None:
    """ "three times as many", "five times more", "10 times higher"."""
    tokens = layout.tokens
    if word_at(tokens, first.last) not in ("times", "fold"):
        return None
    if word_at(tokens, first.last + 1) not in (
        "as",
        "the",
        "more",
        "higher",
        "larger",
        "bigger",
        "greater",
        "its",
        "that",
        "what",
        "faster",
    ):
        return None
    last = first.last + 1
    return first.first, last, plain(layout, first.first, last, "factor", first.value)


def _rating(layout: Layout, first: Numeral) -> Form | None:
    """ "3.5/5", "7.1 out of 10": a rating on a scale, compared only on the same scale."""
    tokens = layout.tokens
    position = first.last
    tight = word_at(tokens, position) == "/" and tokens[position].start == tokens[position - 1].end
    if tight:
        position += 1
    elif word_at(tokens, position) == "out" and word_at(tokens, position + 1) == "of":
        position += 2
    else:
        return None
    total = read_numeral(tokens, position) if position < len(tokens) else None
    if total is None or total.value not in (4, 5, 10, 20, 100) or first.value > total.value:
        return None
    if word_at(tokens, total.last) in ("/", "people", "members"):
        return None
    quantity = plain(layout, first.first, total.last, f"rating:{total.value:g}", first.value)
    bound, start, end = bound_around(layout.text, quantity.start, quantity.end)
    return first.first, total.last, bounded(layout, quantity, bound, start, end)


def _between(layout: Layout, index: int) -> Form | None:
    tokens = layout.tokens
    position = currency_skip(tokens, index + 1)
    first = read_numeral(tokens, position) if position < len(tokens) else None
    if first is None:
        return None
    after = unit_at(tokens, first.last)
    if word_at(tokens, after[3]) != "and":
        return None
    position = currency_skip(tokens, after[3] + 1)
    second = read_numeral(tokens, position) if position < len(tokens) else None
    return None if second is None else _range(layout, index, first, second)


def currency_skip(tokens: tuple[Token, ...], index: int) -> int:
    """Position after a currency sign, if one stands at the index."""
    return index + 1 if word_at(tokens, index) in ("$", "€", "£", "¥", "₹") else index


def _pair(layout: Layout, first: Numeral) -> Form | None:
    """Two numbers joined by a dash, "to" or "or": a score, a vote or a range."""
    tokens = layout.tokens
    votes = _tally(layout, first)
    if votes is not None:
        return votes
    position = first.last
    unit = unit_at(tokens, position)
    joiner = word_at(tokens, unit[3])
    dashed = joiner in _DASHES
    if not dashed and joiner not in ("to", "or", "and"):
        return _plus_minus(layout, first)
    position = currency_skip(tokens, unit[3] + 1)
    if joiner == "and" or position >= len(tokens):
        return None
    second = read_numeral(tokens, position)
    if second is None or second.form in ("ordinal", "fraction", "vague"):
        return None
    opening = word_at(tokens, currency_before(tokens, first.first)[1] - 1)
    if opening == "from" and joiner == "to":
        return None  # two levels, though votes are counted in the same sentence
    scored = _is_score(layout, first, second, joiner)
    if scored is not None:
        return scored if scored[2].kind == "score" else None
    if dashed and word_at(tokens, second.last) in _DASHES:
        return None
    if dashed and second.value > 100 * max(first.value, 1.0):
        return None
    if word_at(tokens, first.first - 1) in ("from", "by") or second.value <= first.value:
        return None
    if (
        joiner == "to"
        and first.first
        and concept(tokens[first.first - 1].stem) in ("_rise", "_fall")
    ):
        return None
    if joiner in ("to", "or") and not _same_style(first, second):
        return None
    return _range(layout, first.first, first, second)


_TALLIES = frozenset("vote votes goal goals point points seat seats set sets frame frames".split())


def _tally(layout: Layout, first: Numeral) -> Form | None:
    """ "nine votes to six", "by 88 votes to 71"."""
    tokens = layout.tokens
    position = first.last
    if word_at(tokens, position) not in _TALLIES or first.decimals or first.scaled:
        return None
    if word_at(tokens, position + 1) not in ("to", "against") or position + 2 >= len(tokens):
        return None
    second = read_numeral(tokens, position + 2)
    if second is None or second.form not in ("digits", "words") or second.decimals:
        return None
    quantity = plain(layout, first.first, second.last, "score", first.value)
    return first.first, second.last, replace(quantity, pair=(first.value, second.value))


def _same_style(first: Numeral, second: Numeral) -> bool:
    return first.form == second.form and second.value <= 20 * max(first.value, 0.5)


def _plus_minus(layout: Layout, first: Numeral) -> Form | None:
    tokens = layout.tokens
    if word_at(tokens, first.last) != "±" or first.last + 1 >= len(tokens):
        return None
    second = read_numeral(tokens, first.last + 1)
    if second is None:
        return None
    kind, factor, offset, last = unit_at(tokens, second.last)
    value = first.value * factor + offset
    slack = second.value * factor
    quantity = plain(layout, first.first, last, kind or "count", value)
    return (
        first.first,
        last,
        replace(quantity, low=value - slack, high=value + slack, bound=Bound.RANGE),
    )


def _is_score(layout: Layout, first: Numeral, second: Numeral, joiner: str) -> Form | None:
    """A score or vote, if a word of contest stands in the clause and the numbers are small."""
    if first.decimals or second.decimals or first.scaled or second.scaled:
        return None
    if max(first.value, second.value) > 700 or (first.form != second.form and joiner != "to"):
        return None
    low, high = layout.clause_range(first.first)
    words = {token.lower for token in layout.tokens[max(0, low - 12) : high + 4]}
    if not words & _SCORE_WORDS or joiner == "or":
        return None
    if joiner == "to" and not words & {
        "vote",
        "voted",
        "votes",
        "beat",
        "won",
        "win",
        "lost",
        "score",
        "passed",
        "approved",
        "rejected",
        "adopted",
    }:
        return None
    if unit_at(layout.tokens, second.last)[0]:
        return None
    quantity = plain(layout, first.first, second.last, "score", first.value)
    return first.first, second.last, replace(quantity, pair=(first.value, second.value))


def _range(layout: Layout, index: int, first: Numeral, second: Numeral) -> Form | None:
    tokens = layout.tokens
    kind, factor, offset, last = unit_at(tokens, second.last)
    if not kind:
        kind = currency_before(tokens, second.first)[0] or currency_before(tokens, first.first)[0]
    low_value = first.value
    # "65–80 crore", "2 to 3 million": the scale belongs to both numbers.
    if second.scaled and not first.scaled and first.value < second.value:
        mantissa = second.value
        while mantissa >= 1000:
            mantissa /= 1000.0
        low_value = first.value * (second.value / mantissa) if first.value < 1000 else first.value
    low, high = low_value * factor + offset, second.value * factor + offset
    if high < low:
        return None
    quantity = plain(layout, index, last, kind or "count", (low + high) / 2)
    return (
        index,
        last,
        replace(quantity, low=low, high=high, bound=Bound.RANGE, half=second.half * factor),
    )
