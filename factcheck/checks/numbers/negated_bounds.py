"""Bounds that a negation turns round: "no fare went up by more than four per cent".

The negation must reach the bound: no joining word, mark or second verb between them, and no
preposition before the bound that gives it a sense of its own ("no rain for more than 30 days",
"none of the more than 30 boats"). Where the sense is open, the bound stays as it is written:
"has not paid more than 30 workers" may mean that more than thirty wait for their pay.
"""

from __future__ import annotations

from factcheck.checks.grammar.context import Layout
from factcheck.checks.grammar.lexicon import AUXILIARIES, IRREGULAR
from factcheck.checks.grammar.tokens import CHUNK_MARKS
from factcheck.checks.numbers.bound_words import Bound
from factcheck.checks.numbers.measures import word_at

_TURNED = {Bound.OVER: Bound.AT_MOST, Bound.UNDER: Bound.AT_LEAST}
_STRONG = frozenset("no none nobody nothing nowhere never neither without".split())
_WEAK = frozenset("not nor cannot can't won't wouldn't couldn't shouldn't mustn't shan't".split())
_MODALS = frozenset(
    """can could may might must shall should will would cannot can't won't wouldn't couldn't
    shouldn't mustn't shan't""".split()
)
_PERFECT = frozenset("has have had hasn't haven't hadn't having".split())
# After a denying word these make it something else: "not only", "no doubt", "not all".
_NO_DENIAL = frozenset(
    """only just merely all every everyone everybody everything always necessarily because until
    least doubt matter wonder surprise question sooner idea fewer less more one's""".split()
)
_BARRIERS = frozenset(
    """and but or that if whether when while until unless before after since than who whom whose
    which where as because so though although except despite""".split()
)
# Right before the bound these give it a sense of its own, unless they tell how far a change went.
_APART = frozenset(
    """the its their these those of for in on with within at over during through throughout from
    about against among into under above across around near via per""".split()
)
_DETERMINERS = frozenset(
    "no the a an this that these those its their his her our my your any each".split()
)
_OTHER_TIME = frozenset("ago earlier later".split())
_REACHING = frozenset("reach reached reaching reaches".split())
_FAILING = frozenset("fail failed fails failing".split())


def turned_bound(layout: Layout, start: int, last: int, bound: Bound, kind: str) -> Bound:
    """The bound of a number as a negation before it leaves it.

    Args:
        layout: tokens, clauses and verbs.
        start: offset of the number's surface, with its bounding words.
        last: position after the number and its unit.
        bound: as written.
        kind: of the quantity; "" or "count" for a bare count.
    """
    first = layout.index_at(start)
    if bound is Bound.EXACT:
        return _never_reached(layout, first, last, kind)
    if bound not in _TURNED or first == 0 or word_at(layout.tokens, last) in _OTHER_TIME:
        return bound
    place = _negation_before(layout, first)
    if place is None:
        return bound
    if word_at(layout.tokens, first - 1) in _APART:
        return bound
    verbs = _full_verbs(layout, place + 1, first)
    _, high = layout.clause_range(last - 1)
    # "… think more than 30 came": the number is the subject of a verb of its own.
    if len(verbs) > 1 or (verbs and _full_verbs(layout, last, high)):
        return bound
    return _TURNED[bound] if _turns(layout, place, first, bound, kind) else bound


def _negation_before(layout: Layout, first: int) -> int | None:
    """Position of the word that denies what stands at a position, or None."""
    tokens = layout.tokens
    low, _ = layout.clause_range(first)
    position = first - 1
    while position >= low:
        token = tokens[position]
        if token.text in CHUNK_MARKS or token.lower in _BARRIERS:
            return None
        if token.lower in _STRONG | _WEAK or token.lower.endswith("n't"):
            return None if word_at(tokens, position + 1) in _NO_DENIAL else position
        position -= 1
    return None


def _full_verbs(layout: Layout, low: int, high: int) -> list[int]:
    """Positions of verbs in a range: no auxiliaries, and no nouns as in "the total"."""
    tokens = layout.tokens
    return [
        position
        for position in layout.verbs
        if low <= position < high
        and IRREGULAR.get(tokens[position].lower) not in AUXILIARIES
        and tokens[position - 1].lower not in _DETERMINERS
    ]


def _turns(layout: Layout, place: int, first: int, bound: Bound, kind: str) -> bool:
    """Whether a negation surely reaches the bound."""
    tokens = layout.tokens
    negation, auxiliary = tokens[place].lower, word_at(tokens, place - 1)
    if negation in _STRONG or place == first - 1 or bound is Bound.UNDER:
        return True
    if negation in _MODALS or auxiliary in _MODALS:
        return True
    if negation in _PERFECT or auxiliary in _PERFECT:
        return word_at(tokens, first - 1) in ("by", "to")
    return kind not in ("", "count")


def _never_reached(layout: Layout, first: int, last: int, kind: str) -> Bound:
    """The bound of a number in "did not reach 30 degrees", "will not feed even four hens"."""
    tokens = layout.tokens
    before = word_at(tokens, first - 1)
    if before not in _REACHING and before != "even":
        return Bound.EXACT
    if before == "even":
        place = _negation_before(layout, first)
        single = place is not None and len(_full_verbs(layout, place + 1, first)) <= 1
        return Bound.UNDER if single else Bound.EXACT
    if kind in ("", "count") and last < len(tokens) and tokens[last].content:
        return Bound.EXACT  # thirty villages that no help reached
    denied = word_at(tokens, first - 2)
    failed = denied == "to" and word_at(tokens, first - 3) in _FAILING
    reached = denied in _STRONG | _WEAK or denied.endswith("n't") or failed
    return Bound.UNDER if reached else Bound.EXACT
