"""Quantities in running text: a numeral with its bound, unit, counted noun and governing verb.

Years, dates, clock times, labels ("resolution 1244", "F-16", "Week 13") and phone numbers are
recognised so that they are *not* taken for quantities; ages and ordinals are kinds of their own.
"""

from __future__ import annotations

import math
import re
from dataclasses import replace
from itertools import pairwise

from factcheck.checks.grammar.context import Layout, clause_label, governing_verb, is_verb
from factcheck.checks.grammar.lexicon import NUMBER_NOUN_STOP
from factcheck.checks.grammar.tokens import CHUNK_MARKS, Token, concept
from factcheck.checks.numbers.bounds import bound_around, limits
from factcheck.checks.numbers.changes import read_change
from factcheck.checks.numbers.compounds import join_compound, spread_units
from factcheck.checks.numbers.forms import may_start_number, read_form
from factcheck.checks.numbers.labels import is_label
from factcheck.checks.numbers.measured import as_age, measure_of
from factcheck.checks.numbers.measures import rate_after, word_at
from factcheck.checks.numbers.negated_bounds import turned_bound
from factcheck.checks.numbers.numerals import Numeral, read_numeral, rounding_half
from factcheck.checks.numbers.portion_words import PORTION_STARTERS, read_portion
from factcheck.checks.numbers.quantity import Quantity
from factcheck.checks.numbers.ranges import join_ranges


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
        portion = token.lower in PORTION_STARTERS
        if not portion and not may_start_number(token):
            index += 1
            continue
        form = (portion and read_portion(layout, index)) or read_form(layout, index)
        if form is not None:
            first, index, base = form
            quantities.append(attach_context(layout, base, first, index))
            continue
        numeral = read_numeral(tokens, index)
        if numeral is not None and _counts(tokens, numeral):
            index, quantity = _quantity(layout, numeral)
            quantities.append(quantity)
        else:
            index = max(index + 1, numeral.last if numeral is not None else 0)
    united = join_ranges(spread_units(quantities, layout.text), layout)
    return tuple(join_compound(united, layout.text))


def _counts(tokens: tuple[Token, ...], numeral: Numeral) -> bool:
    """Whether a numeral is a quantity: no label, no year ("older than 1965")."""
    before = tuple(token.lower for token in tokens[max(0, numeral.first - 2) : numeral.first])
    if before in _MARGINS:
        return True  # "a majority of one"
    year = tokens[numeral.first].text.isdigit() and 1000 <= numeral.value <= 2100
    compared = before in _AGE_PHRASES and word_at(tokens, numeral.last) != "years"
    return not (year and compared) and not is_label(tokens, numeral)


_MARGINS = frozenset((word, "of") for word in ("majority", "margin", "lead"))
_AGE_PHRASES = frozenset(
    (word, "than") for word in ("older", "newer", "younger", "earlier", "later")
)


def _quantity(layout: Layout, numeral: Numeral) -> tuple[int, Quantity]:
    """Attach unit, noun, bound and context to a numeral."""
    tokens = layout.tokens
    measure = measure_of(tokens, numeral)
    kind, first, last = measure.kind, measure.first, measure.last
    start, end = tokens[first].start, tokens[last - 1].end
    sign = 1.0
    if kind in _SIGNED or (not kind and word_at(tokens, last) in ("degree", "degrees")):
        if _negative(layout, first):
            sign, start = -1.0, tokens[first - 1].start
        elif _BELOW_ZERO.match(layout.text, end):
            sign = -1.0
    bound, start, end = bound_around(layout.text, start, end)
    bound = turned_bound(layout, start, last, bound, kind)
    if _OLDER.search(layout.text[start:end]):
        measure = as_age(tokens, numeral, measure)
    if word_at(tokens, last) in ("or", "and", "-", "+") and end > tokens[last].start:
        last = layout.index_at(end - 1) + 1  # "50 or more people"
    factor, offset = measure.factor, measure.offset
    value = sign * numeral.value * factor + offset
    half = _half(numeral, measure.kind) * factor
    low, high = limits(bound, value, half)
    if numeral.form == "vague":
        low = numeral.low * factor if low > -math.inf else low
        high = numeral.high * factor if high < math.inf else high
    base = Quantity(
        start=start,
        end=end,
        text=layout.text[start:end],
        kind=measure.kind or "count",
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


_OLDER = re.compile(r"\b(?:older|younger) than\b", re.I)
_SIGNED = frozenset(("temperature", "share", "points"))
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
    change = read_change(layout, base, (noun, label, verb))
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
