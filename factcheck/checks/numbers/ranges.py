"""Two numbers that are the ends of one range: "from three to four hours", "by 1.5 to 2 per cent".

A change has two levels, not a range: "rose from 20 to 30" stays two numbers. What is joined by
"between" or a dash is read elsewhere.
"""

from __future__ import annotations

import re
from dataclasses import replace

from factcheck.checks.grammar.context import Layout
from factcheck.checks.grammar.tokens import concept, stem
from factcheck.checks.numbers.bounds import Bound
from factcheck.checks.numbers.compounds import in_unit_of
from factcheck.checks.numbers.measures import word_at
from factcheck.checks.numbers.quantity import Quantity

_NO_RANGE = frozenset(("ordinal", "score", "factor"))
# With these in the clause "from 20 to 30" is a change.
_MOVING = frozenset(
    concept(stem(word))
    for word in """rise fall go change raise lower sink lift widen narrow lengthen shorten extend
    expand improve worsen slide slid slip tumble swell trim slash diminish dwindle double treble
    triple quadruple halve promote push move leap bring put shift switch turn boost upgrade convert
    advance progress develop accelerate slow speed revise adjust amend correct evolve swing creep
    rebound recover drive step scale enlarge cap""".split()
)
_RANGING = frozenset(
    "range ranges ranged ranging vary varies varied varying anywhere somewhere of for at".split()
)
_CHANGED = frozenset("taken up down come comes came coming".split())
_RANGE_LABELS = frozenset(concept(stem(word)) for word in ("range", "vary", "anywhere"))
_WIDEST = 20.0
"""Nobody says "from 3 to 900" of one thing."""
_WIDEST_CHANGE = 3.0
_SCALE = re.compile(r"\b(?:hundred|thousand|million|billion|trillion|mn|bn|tn|lakh|crore)\b", re.I)
_SCALES = {
    "hundred": 1e2,
    "thousand": 1e3,
    "lakh": 1e5,
    "million": 1e6,
    "mn": 1e6,
    "crore": 1e7,
    "billion": 1e9,
    "bn": 1e9,
    "trillion": 1e12,
    "tn": 1e12,
}


def join_ranges(quantities: list[Quantity], layout: Layout) -> list[Quantity]:
    """Make one quantity of two that are the ends of a range.

    Args:
        quantities: in the order of the text, units spread.
        layout: tokens, clauses and verbs.
    """
    joined: list[Quantity] = []
    for quantity in quantities:
        spanned = _range(joined[-1], quantity, layout) if joined else None
        if spanned is not None:
            joined[-1] = spanned
        else:
            joined.append(quantity)
    return joined


def _range(first: Quantity, second: Quantity, layout: Layout) -> Quantity | None:
    text = layout.text
    if text[first.end : second.start] != " to " or not (_plain(first) and _plain(second)):
        return None
    if first.kind.startswith("money") and second.kind == "count" and not second.noun:
        second = in_unit_of(second, first)
    low = _in_scale_of(first, second)
    if low.kind != second.kind or low.kind in _NO_RANGE:
        return None
    if not low.value < second.value or low.noun not in ("", second.noun) or second.change == "more":
        return None
    before = layout.index_at(first.start) - 1
    word = word_at(layout.tokens, before)
    if word == "from":
        told = _is_spread(low, second, layout, before)
    elif word == "by":
        told = _is_size(first, second, text)
    else:
        # "210 to 240 million"; where both are written alike, the pair has been read as one before.
        told = low is not first and concept(stem(word)) not in _MOVING
    if not told:
        return None
    start = layout.tokens[before].start if word == "from" else first.start
    return replace(
        second,
        start=start,
        text=text[start : second.end],
        value=(low.value + second.value) / 2,
        bound=Bound.RANGE,
        low=low.low,
        high=second.high,
        other=None,
        label="" if first.label in _RANGE_LABELS else first.label,
        verb=first.verb,
        near=first.near | second.near,
        chunk=first.chunk | second.chunk,
        change=first.change,
        total=first.total or second.total,
    )


def _plain(quantity: Quantity) -> bool:
    return quantity.bound is Bound.EXACT and quantity.form != "vague" and quantity.pair is None


def _in_scale_of(first: Quantity, second: Quantity) -> Quantity:
    """Give the 210 of "210 to 240 million" the scale that is written once."""
    scale = 1.0
    for word in _SCALE.findall(second.text):
        scale *= _SCALES[word.lower()]
    figure = second.value / second.factor / scale
    written = first.value / first.factor
    if scale == 1.0 or _SCALE.search(first.text) or not written < figure < _WIDEST * written:
        return first
    scaled = {name: getattr(first, name) * scale for name in ("value", "half", "low", "high")}
    return replace(first, **scaled)


def _is_spread(low: Quantity, second: Quantity, layout: Layout, place: int) -> bool:
    """Whether "from A to B" tells the ends of what varies, and no change, route or hours.

    "Costs from 5 to 9 euros", "from 5 to 9 boats sail", "tickets from 5 to 9 euros are left"; but
    "took the fee from 5 to 9 euros".
    """
    before = word_at(layout.tokens, place - 1)
    bare = low.kind == "count" and not second.noun
    if bare or second.value > _WIDEST * low.value > 0 or before in _CHANGED:
        return False
    if before in _RANGING:
        return True
    token = layout.tokens[place - 1]
    if place - 1 in layout.verbs:
        return concept(token.stem) not in _MOVING  # "the climb takes from three to four hours"
    if _MOVING & (low.near | {low.verb}):
        return False
    start, _ = layout.clause_range(place)
    earlier = [verb for verb in layout.verbs if start <= verb < place]
    return place == 0 or token.kind == "p" or (token.content and not earlier)


def _is_size(first: Quantity, second: Quantity, text: str) -> bool:
    """Whether "by A to B" tells how large a change was: the unit is written once, after both.

    "By 3 to 20" may as well tell the level reached.
    """
    bare = text[first.start : first.end].replace(".", "").replace("-", "").isalnum()
    near = second.value <= _WIDEST_CHANGE * first.value
    return first.change in ("up", "down") and first.kind != "count" and bare and near
