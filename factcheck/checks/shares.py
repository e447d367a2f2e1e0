"""Shares in words: "one in five", "seven cases out of ten", "most of the players"."""

from __future__ import annotations

from dataclasses import replace

from factcheck.checks.bounds import Bound, bound_around, limits
from factcheck.checks.context import Layout, is_verb
from factcheck.checks.measures import unit_at, word_at
from factcheck.checks.numerals import Numeral, read_numeral
from factcheck.checks.quantity import Quantity
from factcheck.checks.tokens import concept

Form = tuple[int, int, Quantity]  # first token, position after the last, quantity without context

CHANGE_FACTORS = {
    "doubled": 2.0,
    "doubling": 2.0,
    "tripled": 3.0,
    "trebled": 3.0,
    "quadrupled": 4.0,
    "halved": 0.5,
    "twofold": 2.0,
    "threefold": 3.0,
    "fourfold": 4.0,
    "fivefold": 5.0,
    "tenfold": 10.0,
    "doubles": 2.0,
    "triples": 3.0,
}
_SHARE_TOTALS = frozenset((2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 15, 20, 25, 50, 100, 1000, 10000))


def plain(
    layout: Layout, first: int, last: int, kind: str, value: float, bound: Bound = Bound.EXACT
) -> Quantity:
    start, end = layout.tokens[first].start, layout.tokens[last - 1].end
    infinity = float("inf")
    before = layout.text[max(0, start - 14) : start].lower()
    if kind == "factor" and before.endswith(("more than ", "over ", "at least ")):
        bound = Bound.OVER
    elif kind == "factor" and before.endswith(("less than ", "under ")):
        bound = Bound.UNDER
    elif kind == "factor" and before.endswith(("nearly ", "almost ", "roughly ", "about ")):
        bound = Bound.ABOUT
    low, high = value, value
    if bound is Bound.OVER and value < 1 and layout.tokens[last - 1].lower in CHANGE_FACTORS:
        # "More than halved" leaves less than a half.
        bound = Bound.UNDER
    if bound is Bound.OVER:
        high = infinity
    elif bound is Bound.UNDER:
        low = 0.0
    elif bound is Bound.ABOUT:
        low, high = 0.85 * value, 1.15 * value
    return Quantity(
        start=start,
        end=end,
        text=layout.text[start:end],
        kind=kind,
        value=value,
        half=0.0,
        bound=bound,
        low=low,
        high=high,
    )


def share(layout: Layout, first: Numeral) -> Form | None:
    """ "one in five", "nine out of ten": a share, when the total is a usual one."""
    tokens = layout.tokens
    position = first.last
    if word_at(tokens, position) == "in":
        position += 1
    elif word_at(tokens, position) == "out" and word_at(tokens, position + 1) == "of":
        position += 2
    else:
        return None
    if word_at(tokens, position) == "every":
        position += 1
    total = read_numeral(tokens, position) if position < len(tokens) else None
    if total is None or total.value not in _SHARE_TOTALS or not 0 < first.value < total.value:
        return None
    if total.form == "ordinal" or unit_at(tokens, total.last)[0]:
        return None
    if first.decimals:
        return None
    # "23 out of 28 provinces" counts provinces; "nine out of ten" of anything is a share.
    words = first.form == "words" or total.form == "words" or total.value in (10, 100, 1000)
    if not words or (word_at(tokens, first.last) == "in" and first.value > 10):
        return None
    value = first.value / total.value
    start, end = tokens[first.first].start, tokens[total.last - 1].end
    bound, start, end = bound_around(layout.text, start, end)
    quantity = plain(layout, first.first, total.last, "share", value)
    return (
        first.first,
        total.last,
        bounded(layout, replace(quantity, half=0.06 * value, form="fraction"), bound, start, end),
    )


_GAP = 3


def share_around(layout: Layout, first: Numeral) -> Form | None:
    """ "one customer in a hundred", "seven cases out of ten": what is counted stands between."""
    tokens = layout.tokens
    if first.form != "words" or first.value > 9 or first.value != int(first.value):
        return None
    position = first.last
    while position < min(first.last + _GAP, len(tokens)) and tokens[position].content:
        position += 1
    if position == first.last:
        return None
    noun = concept(tokens[position - 1].stem)
    if word_at(tokens, position) == "out" and word_at(tokens, position + 1) == "of":
        position += 2
    elif word_at(tokens, position) == "in":
        position += 1
    else:
        return None
    if word_at(tokens, position) == "every":
        position += 1
    total = read_numeral(tokens, position) if position < len(tokens) else None
    if total is None or total.value not in _SHARE_TOTALS or not first.value < total.value:
        return None
    if total.form not in ("words", "digits") or unit_at(tokens, total.last)[0]:
        return None
    if total.last < len(tokens) and tokens[total.last].content:
        after = tokens[total.last]
        if not is_verb(after) or after.lower.endswith("s"):
            return None  # "one goal in two games"
    value = first.value / total.value
    start, end = tokens[first.first].start, tokens[total.last - 1].end
    bound, start, end = bound_around(layout.text, start, end)
    quantity = replace(
        plain(layout, first.first, total.last, "share", value),
        half=0.06 * value,
        form="fraction",
        noun=noun,
    )
    return first.first, total.last, bounded(layout, quantity, bound, start, end)


_MOST_OF = frozenset("the its their these those his her our all".split())


def most(layout: Layout, index: int) -> Form | None:
    """ "most of the players", "a majority of voters": more than half."""
    tokens = layout.tokens
    word, last = tokens[index].lower, index + 1
    if word_at(tokens, last) != "of":
        return None
    if word == "most" and word_at(tokens, last + 1) not in _MOST_OF:
        return None
    if word != "most" and word_at(tokens, index - 1) not in ("a", "the"):
        return None
    quantity = plain(layout, index, last, "share", 0.5)
    small = word == "minority"
    low, high = (0.0, 0.5) if small else (0.5, float("inf"))
    bound = Bound.UNDER if small else Bound.OVER
    return index, last, replace(quantity, bound=bound, low=low, high=high, form="fraction")


def bounded(layout: Layout, quantity: Quantity, bound: Bound, start: int, end: int) -> Quantity:
    low, high = limits(bound, quantity.value, quantity.half)
    return replace(
        quantity, start=start, end=end, text=layout.text[start:end], bound=bound, low=low, high=high
    )
