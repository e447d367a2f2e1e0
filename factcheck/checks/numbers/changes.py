"""Which way a number tells of a change or a distance, and which numbers are levels."""

from __future__ import annotations

import re

from factcheck.checks.grammar.context import Layout, is_verb
from factcheck.checks.grammar.lexicon import AUXILIARIES, IRREGULAR
from factcheck.checks.grammar.tokens import concept, stem
from factcheck.checks.numbers.measures import word_at
from factcheck.checks.numbers.quantity import Quantity
from factcheck.checks.numbers.units import UNITS

_RISE = frozenset(("_rise", "up", "higher"))
_FALL = frozenset(("_fall", "down", "lower", "sink", "lose"))
# Only with "by": "raised by 5 million", but "raised 5 million" from donors.
_RISE_BY = _RISE | frozenset("rais widen lengthen extend expand lift heighten".split())
_FALL_BY = _FALL | frozenset("shorten narrow trim slash diminish dwindl".split())
# Verbs that put one amount beside another: "exceeded its target by a tenth", "missed it by 7%".
_ABOVE_BY = frozenset(
    stem(verb)
    for verb in """exceed overrun overran surpass outstrip overshoot overshot overspend overspent
    outgrow outgrew outnumber outperform""".split()
)
_BELOW_BY = frozenset(stem(verb) for verb in "miss undershoot undershot undercut trail".split())
# "followed by two hours of talks": what came after is no change.
_AGENTS = frozenset("follow preced accompani replac complet".split())

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


def read_change(layout: Layout, base: Quantity, roles: tuple[str, str, str]) -> str:
    """Direction of a change: "up" for "rose by 3%", "down" for "a 3% fall", "" for levels.

    "more" and "less" for a distance whose direction stands in an adjective: "60,000 euros above";
    "by" for a measured difference whose verb has no direction here: "drew back by 46 metres".

    Args:
        layout: tokens, clauses and verbs.
        base: the quantity without context.
        roles: concepts of its noun, label and verb.
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
    if before in ("up", "down") and _tells_change(layout, place - 1, base):
        return before
    noun, label, verb = roles
    if before in ("to", "at", "from") or _is_level(layout, place, base):
        return ""
    measured = base.kind in _DIMENSIONS
    if (base.kind == "count" or measured) and before != "by":
        return ""
    for role in (noun, label, verb):
        if role in (_RISE_BY if before == "by" else _RISE):
            return "up"
        if role in (_FALL_BY if before == "by" else _FALL):
            return "down"
    if before == "by" and base.kind in ("share", "points"):
        return _mover_before(layout, place)
    # "10 by 20 metres" and "buried by 3 metres of ash" are no changes either.
    sized = word_at(layout.tokens, place - 2).isdecimal() or word_at(layout.tokens, after) == "of"
    return "by" if before == "by" and measured and not sized and verb not in _AGENTS else ""


def _mover_before(layout: Layout, place: int) -> str:
    """The way of the nearest verb of movement in the clause: "cut the rate of errors by 8%"."""
    low, _ = layout.clause_range(place)
    for token in reversed(layout.tokens[low:place]):
        word = concept(token.stem)
        if is_verb(token) and word in _RISE_BY | _FALL_BY:
            return "up" if word in _RISE_BY else "down"
        if token.stem in _ABOVE_BY | _BELOW_BY:
            return "more" if token.stem in _ABOVE_BY else "less"
    return ""


_LEVEL = re.compile(r"^(?:(?:just|well|far) )?(?:below|under|above)\b", re.I)


def _is_level(layout: Layout, place: int, base: Quantity) -> bool:
    """Whether a bounded number after a verb is where it went: "fell below 30 per cent"."""
    if "short of" in base.text.lower():
        return True
    before = concept(layout.tokens[place - 1].stem) if place else ""
    return before in _RISE | _FALL and bool(_LEVEL.search(base.text))


# "Takes up 30 per cent of the space": verbs to which the word belongs.
_WITH_UP = frozenset(
    stem(verb)
    for verb in """make take buy snap give hold put pick eat use fill build set clean mop offer
    cough swallow soak tie lock free open pay bring cut knock lay turn break write play hunt track
    shoot water strip mark""".split()
)


def _tells_change(layout: Layout, place: int, base: Quantity) -> bool:
    """Whether "up" or "down" before a share tells of a change: "orders up 30 per cent"."""
    after = layout.index_at(base.end - 1) + 1
    told = base.kind in ("share", "points") and place > 0 and word_at(layout.tokens, after) != "of"
    if not told or layout.tokens[place - 1].stem in _WITH_UP:
        return False
    before = layout.tokens[place - 1]
    # "Orders", "exports" are things here more often than deeds.
    things = before.lower.endswith("s") or not is_verb(before)
    return things or IRREGULAR.get(before.lower) in AUXILIARIES
