"""Quantities in running text: a numeral with its bound, unit, counted noun and governing verb.

Years, dates, clock times, labels ("resolution 1244", "F-16", "Week 13") and phone numbers are
recognised so that they are *not* taken for quantities; ages and ordinals are kinds of their own.
"""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

from factcheck.checks.bounds import bound_around, limits
from factcheck.checks.compounds import join_compound, spread_units
from factcheck.checks.context import Layout, clause_label, governing_verb, is_verb
from factcheck.checks.forms import may_start_number, read_form
from factcheck.checks.labels import is_label
from factcheck.checks.lexicon import NUMBER_NOUN_STOP
from factcheck.checks.measures import (
    currency_before,
    milestone_before,
    rate_after,
    unit_at,
    word_at,
)
from factcheck.checks.numerals import Numeral, read_numeral, rounding_half
from factcheck.checks.quantity import Quantity
from factcheck.checks.tokens import CHUNK_MARKS, Token, concept
from factcheck.checks.units import UNITS

_RISE = frozenset(("_rise", "up", "higher"))
_FALL = frozenset(("_fall", "down", "lower", "sink", "lose"))
# Only with "by": "raised by 5 million", but "raised 5 million" from donors.
_RISE_BY = _RISE | frozenset("rais widen lengthen extend expand lift heighten".split())
_FALL_BY = _FALL | frozenset("shorten narrow trim slash diminish dwindl".split())
# "followed by two hours of talks": what came after is no change.
_AGENTS = frozenset("follow preced accompani replac complet".split())


def read_quantities(
    layout: Layout, taken: tuple[tuple[int, int], ...] = ()
) -> tuple[Quantity, ...]:
    """All quantities of a text, in order.

    Args:
        layout: tokens, clauses and verbs.
        taken: spans that are dates and therefore no quantities.
    """
    quantities: list[Quantity] = []
    tokens = layout.tokens
    index = 0
    while index < len(tokens):
        token = tokens[index]
        if any(start <= token.start < end for start, end in taken):
            index += 1
            continue
        if not may_start_number(token):
            index += 1
            continue
        form = read_form(layout, index)
        if form is not None:
            first, index, base = form
            quantities.append(attach_context(layout, base, first, index))
            continue
        numeral = read_numeral(tokens, index)
        if numeral is not None and not is_label(tokens, numeral):
            index, quantity = _quantity(layout, numeral)
            quantities.append(quantity)
        else:
            index = max(index + 1, numeral.last if numeral is not None else 0)
    return tuple(join_compound(spread_units(quantities, layout.text), layout.text))


def _quantity(layout: Layout, numeral: Numeral) -> tuple[int, Quantity]:
    """Attach unit, noun, bound and context to a numeral."""
    tokens = layout.tokens
    first, last = numeral.first, numeral.last
    kind, factor, offset, after = unit_at(tokens, last)
    # "4 won": seldom so little money, often a verb.
    if kind == "money:KRW" and tokens[last].lower == "won" and numeral.value < _LEAST_WON:
        kind, factor, offset, after = "", 1.0, 0.0, last
    last = after
    if not kind:
        kind, first = currency_before(tokens, first)
    if not kind:
        kind, factor, first = milestone_before(tokens, first)
    if not kind and numeral.form == "fraction":
        kind, factor, last = _fraction_unit(tokens, last)
    if not kind and numeral.form == "ordinal":
        kind = "ordinal"
    hyphenated = last < len(tokens) and tokens[last - 1].lower.endswith("-old")
    if hyphenated or kind == "age" or (not kind and _is_age(tokens, numeral)):
        kind, factor = "age", 1.0
    start, end = tokens[first].start, tokens[last - 1].end
    sign = 1.0
    if kind in _SIGNED or (not kind and word_at(tokens, last) in ("degree", "degrees")):
        if _negative(layout, first):
            sign, start = -1.0, tokens[first - 1].start
        elif _BELOW_ZERO.match(layout.text, end):
            sign = -1.0
    bound, start, end = bound_around(layout.text, start, end)
    value = sign * numeral.value * factor + offset
    half = _half(numeral, kind) * factor
    low, high = limits(bound, value, half)
    if numeral.form == "vague":
        low, high = numeral.low * factor, numeral.high * factor
    base = Quantity(
        start=start,
        end=end,
        text=layout.text[start:end],
        kind=kind or "count",
        value=value,
        half=half,
        bound=bound,
        low=low,
        high=high,
        form=numeral.form,
        factor=factor,
        other=None if numeral.other is None else numeral.other * factor + offset,
    )
    return last, attach_context(layout, base, first, last)


_SIGNED = frozenset(("temperature", "share", "points"))
_LEAST_WON = 100
_BELOW_ZERO = re.compile(
    r"(?: degrees?)?(?: (?:Celsius|Fahrenheit))? below (?:zero|freezing)\b", re.I
)


def _negative(layout: Layout, first: int) -> bool:
    """Whether "minus" or its sign, not a dash between words, stands before a number."""
    if first == 0:
        return False
    if layout.tokens[first - 1].lower == "minus":
        return True
    if layout.tokens[first - 1].text not in "-−":
        return False
    sign = layout.tokens[first - 1]
    spaced = sign.start == 0 or layout.text[sign.start - 1].isspace()
    return spaced and sign.end == layout.tokens[first].start


def _half(numeral: Numeral, kind: str) -> float:
    """Rounding half of a number; a measure in whole units is rounded to its unit."""
    if numeral.half or numeral.form == "fraction" or kind in ("", "ordinal", "age", "count"):
        return numeral.half
    return rounding_half(numeral.value, 1.0 if not numeral.decimals else 0.0)


def _fraction_unit(tokens: tuple[Token, ...], last: int) -> tuple[str, float, int]:
    """A fraction is a share unless a unit follows: "half an hour", "a third of a kilometre"."""
    position = last + 1 if word_at(tokens, last) == "of" else last
    if word_at(tokens, position) in ("a", "an"):
        kind, factor, _, after = unit_at(tokens, position + 1)
        if kind and kind != "share":
            return kind, factor, after
    return "share", 1.0, last


_GROWING = frozenset(
    """children child people men women boys girls adults pupils patients those were was is
    are""".split()
)


def _is_age(tokens: tuple[Token, ...], numeral: Numeral) -> bool:
    before = word_at(tokens, numeral.first - 1)
    if before in ("aged", "age", "ages"):
        return True
    if before in ("under", "over") and word_at(tokens, numeral.first - 2) in _GROWING:
        # "children under ten"
        return not word_at(tokens, numeral.last)[:1].isalpha() and numeral.value < 100
    # ", 27," after a name
    return (
        before == ","
        and word_at(tokens, numeral.last) in (",", ".")
        and numeral.first >= 2
        and tokens[numeral.first - 2].capital
        and numeral.value < 120
    )


def attach_context(layout: Layout, base: Quantity, first: int, last: int) -> Quantity:
    """Fill noun, label, verb, rate, change and nearby words of a quantity.

    Args:
        layout: tokens, clauses and verbs.
        base: the quantity without context.
        first, last: its token range.
    """
    tokens = layout.tokens
    noun, modifiers, after = _noun_after(tokens, last)
    low, high = layout.clause_range(first)
    near = frozenset(concept(token.stem) for token in tokens[low:high] if token.content)
    counted = base.kind == "count" and bool(noun)
    label = "" if counted else _label_before(layout, layout.index_at(base.start), low)
    verb = governing_verb(layout, first)
    change = _change(layout, base, (noun, label, verb))
    return replace(
        base,
        noun=base.noun or noun,
        modifiers=modifiers,
        label=label,
        verb=verb,
        near=near,
        chunk=_chunk(layout, first, last),
        per=rate_after(tokens, after),
        change=change,
        total=_is_total(layout, first, last),
        clause=layout.clauses[first],
    )


_PLURALS = frozenset(
    """people men women children police troops staff personnel aircraft feet teeth mice media data
    crises analyses criteria phenomena species series cattle sheep fish dead wounded injured
    killed missing""".split()
)


def _noun_after(tokens: tuple[Token, ...], index: int) -> tuple[str, frozenset[str], int]:
    """Concept of the counted noun, concepts of its modifiers, and the position after it."""
    position = index
    if word_at(tokens, position) == "of":
        position += 1
        while word_at(tokens, position) in ("the", "all", "its", "their", "his", "her", "these"):
            position += 1
    run: list[Token] = []
    while position < len(tokens) and len(run) < 6:
        token = tokens[position]
        if token.kind != "w" or token.lower in NUMBER_NOUN_STOP:
            break
        if run and is_verb(token) and _is_plural(run[-1]):
            break
        run.append(token)
        position += 1
        if _is_plural(token):
            break
    if not run:
        return "", frozenset(), index
    head = run[-1]
    modifiers = {concept(token.stem) for token in run[:-1] if token.content}
    if word_at(tokens, position) in ("of", "in", "from") and position + 1 < len(tokens):
        modifiers |= _phrase(tokens, position + 1)
    return concept(head.stem), frozenset(modifiers), position


_TOTALS = frozenset(
    "total totalled totaling totalling altogether combined overall together".split()
)


def _is_total(layout: Layout, first: int, last: int) -> bool:
    """Whether a number is called a total: "in all", "a total of", "together"."""
    words = [token.lower for token in layout.tokens[max(0, first - 6) : last + 6]]
    return bool(_TOTALS & set(words)) or ("in", "all") in pairwise(words)


def _chunk(layout: Layout, first: int, last: int) -> frozenset[str]:
    """Concepts of the content words between the marks around a number."""
    low, high, tokens = first, last, layout.tokens
    while (
        low > 0
        and tokens[low - 1].text not in CHUNK_MARKS
        and (tokens[low - 1].lower != "and" or low == first)
    ):
        low -= 1
    while (
        high < len(tokens)
        and tokens[high].text not in CHUNK_MARKS
        and (tokens[high].lower != "and")
    ):
        high += 1
    return frozenset(concept(token.stem) for token in tokens[low:high] if token.content)


def _is_plural(token: Token) -> bool:
    lower = token.lower
    return lower in _PLURALS or (
        lower.endswith("s") and len(lower) > 3 and not lower.endswith(("ss", "us", "is", "'s"))
    )


def _phrase(tokens: tuple[Token, ...], index: int) -> set[str]:
    """Concepts of the noun phrase that starts at a token, at most four words long."""
    found = set()
    for token in tokens[index : index + 4]:
        if token.kind != "w" or token.lower in _PHRASE_STOP:
            break
        if token.content:
            found.add(concept(token.stem))
    return found


_PHRASE_STOP = NUMBER_NOUN_STOP - frozenset(("the", "a", "an", "its", "their", "his", "her", "all"))
_BEFORE_LABEL = frozenset(
    """of at is was are were be been being to by as the a an : = stands stood reached reaches hit
    totalled totaled with for only just about around over under nearly almost some than more less
    least most up estimated approximately now currently has had have in from rose fell grew
    increased decreased dropped climbed declined""".split()
)


def _label_before(layout: Layout, index: int, low: int) -> str:
    """Concept of the noun that a number gives the value of: "rating of 48%", "Capacity: 300"."""
    position = index - 1
    steps = 0
    while position >= low and steps < 5:
        token = layout.tokens[position]
        if token.lower not in _BEFORE_LABEL:
            break
        position -= 1
        steps += 1
    if position < low:
        return clause_label(layout, low)
    token = layout.tokens[position]
    linked = steps > 0
    if token.content and linked and not (is_verb(token) and not _noun_like(layout, position)):
        return concept(token.stem)
    return ""


def _noun_like(layout: Layout, position: int) -> bool:
    """Whether a verb form follows a determiner or adjective-like word: "the increase of"."""
    return position > 0 and layout.tokens[position - 1].lower in (
        "a",
        "an",
        "the",
        "its",
        "their",
        "of",
        "this",
        "that",
        "an",
        "net",
        "total",
        "annual",
    )


# "60,000 euros above", "three metres longer": a distance between two numbers.
_MORE = frozenset(
    """more higher above longer older ahead faster dearer taller larger greater warmer hotter
    heavier deeper wider""".split()
)
_LESS = frozenset(
    """less fewer lower below shorter younger behind slower cheaper smaller cooler colder lighter
    narrower""".split()
)


_DIMENSIONS = frozenset(unit.dimension for unit in UNITS.values())


def _change(layout: Layout, base: Quantity, roles: tuple[str, str, str]) -> str:
    """Direction of a change: "up" for "rose by 3%", "down" for "a 3% fall", "" for levels.

    "more" and "less" for a distance whose direction stands in an adjective: "60,000 euros above";
    "by" for a measured difference whose verb has no direction here: "drew back by 46 metres".
    """
    if base.kind in ("score", "ordinal", "age") or base.kind.startswith("rating"):
        return ""
    after = layout.index_at(base.end - 1) + 1
    for position in (after, after + 1) if base.kind == "count" else (after,):
        if word_at(layout.tokens, position) in _MORE:
            return "more"
        if word_at(layout.tokens, position) in _LESS:
            return "less"
    place = layout.index_at(base.start)
    before = word_at(layout.tokens, place - 1)
    if before == "by" and word_at(layout.tokens, place - 2) in ("up", "down"):
        return word_at(layout.tokens, place - 2)
    noun, label, verb = roles
    if before in ("to", "at", "from"):
        return ""
    measured = base.kind in _DIMENSIONS
    if (base.kind == "count" or measured) and before != "by":
        return ""
    for role in (noun, label, verb):
        if role in (_RISE_BY if before == "by" else _RISE):
            return "up"
        if role in (_FALL_BY if before == "by" else _FALL):
            return "down"
    # "10 by 20 metres" and "buried by 3 metres of ash" are no changes either.
    sized = word_at(layout.tokens, place - 2).isdecimal() or word_at(layout.tokens, after) == "of"
    return "by" if before == "by" and measured and not sized and verb not in _AGENTS else ""
