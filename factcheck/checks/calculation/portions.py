"""What shares or parts leave of a whole: "45 per cent, 30 per cent; the rest", "six of the 15 …
the others".

The claim must speak of the rest: one of its words stands in the clause that names it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import TYPE_CHECKING

from factcheck.checks.calculation.amounts import NO_PARTS, Derived, parts_of, with_value
from factcheck.checks.comparison.segments import said_with
from factcheck.checks.grammar.context import is_verb
from factcheck.checks.grammar.number_words import DENOMINATORS
from factcheck.checks.grammar.tokens import concept, tokenise
from factcheck.checks.numbers.bounds import Bound

if TYPE_CHECKING:
    from factcheck.checks.numbers.quantity import Quantity
    from factcheck.checks.reading import ClaimReading, PassageReading

_REST = re.compile(
    r"\b(?:the (?:rest|remainder|balance|others?)|what(?:ever)? (?:is|was|'s) left|what remain\w*"
    r"|all (?:the )?others?)\b",
    re.I,
)
_CLAUSE = re.compile(r"[,;.]|\b(?:and|but|while)\b")
_SHARE = re.compile(rf"\b(?:{'|'.join(DENOMINATORS)}|per cent|percent)\b|%", re.I)
_STATED = (Bound.EXACT, Bound.ABOUT)
_REACH = 200
"""How many characters before "the rest" its shares stand at most."""
_AGREEING = (1.0, 0.9, 0.7, 0.5)
_AGAINST = 0.6


def derive_rests(
    quantity: Quantity, claim: ClaimReading, passage: PassageReading
) -> Iterator[Derived]:
    """What is left of a whole, for a share of a claim that names it."""
    named = list(_REST.finditer(passage.text))
    if len(named) != 1:
        return
    start, end = named[0].span()
    taken = _taken(passage, start)
    if taken is None:
        return
    value, half, parts, shown = taken
    words = said_with(quantity, claim)
    # Of several shares all are spent, or earned; one part and the others do different things.
    shared = words & _words_of_rest(passage.text, start, end, verbs=parts[0].kind != "share")
    if not shared:
        return
    missing = len(words - shared - passage.stems)
    exact = quantity.bound is Bound.EXACT and quantity.form != "vague" and len(parts) > 1
    yield Derived(
        with_value(quantity, value, max(half, 0.005)),
        f"{shown} leaves {100 * value:.1f} per cent",
        parts[0].start,
        end,
        exact,
        _AGREEING[min(missing, 3)],
        "share",
        _AGAINST if missing < 2 else 0.3,
        parts,
    )


def _taken(
    passage: PassageReading, start: int
) -> tuple[float, float, tuple[Quantity, ...], str] | None:
    """What is left, its rounding, the parts that were taken and how they are written."""
    before = [q for q in passage.body.quantities if start - _REACH <= q.start < start]
    shares = [q for q in before if q.kind == "share" and not q.change]
    if shares:
        if len(_SHARE.findall(passage.text, max(0, start - _REACH), start)) > len(shares):
            return None  # a share that was not read
        if any(q.bound not in _STATED or q.form == "vague" for q in shares):
            return None
        left = 1.0 - sum(q.value for q in shares)
        half = 0.005 * len(shares)
        written = " and ".join(q.text for q in shares)
        return (left, half, tuple(shares), written) if left > half else None
    pairs = [(part, whole) for part, whole in parts_named(passage) if whole.start < start]
    if len(pairs) != 1:
        return None
    part, whole = pairs[0]
    parts = tuple(sorted(pairs[0], key=lambda item: item.start))
    return 1.0 - part.value / whole.value, 0.0, parts, f"{part.text} of {whole.text}"


_OF_WHICH = re.compile(r"^[^.;\d]{0,60}\b(?:of|among) (?:which|whom|these|them)(?: \w+)? $", re.I)
_OF_THIS = re.compile(r" of (?:it|this|that|them|these|those)\b(?! \w+s\b)")
_OF_THEIR = re.compile(r"^ of (?:(?:the|its|their) )?(?:[\w-]+ )?[\w-]+['’]s? $", re.I)


def parts_named(passage: PassageReading) -> Iterator[tuple[Quantity, Quantity]]:
    """Parts and wholes, also "six of the county's 15 bridges", "240 appeals, of which 36", and
    "9 million was set aside … 5.4 million of this", whatever stands between."""
    yield from parts_of(passage)
    plain = [q for q in passage.body.quantities if q.bound is Bound.EXACT and not q.pair]
    plain = [q for q in plain if q.kind not in NO_PARTS and q.form != "vague"]
    for first, second in pairwise(plain):
        between = passage.text[first.end : second.start]
        if first.kind != second.kind:
            continue
        if 0 < first.value < second.value and _OF_THEIR.match(between):
            yield first, second
        elif 0 < second.value < first.value and _OF_WHICH.match(between):
            yield second, first
    for place, part in enumerate(plain):
        if _OF_THIS.match(passage.text, part.end):
            earlier = [q for q in plain[:place] if q.kind == part.kind]
            if earlier and earlier[-1].value > part.value > 0:
                yield part, earlier[-1]


def _words_of_rest(text: str, start: int, end: int, *, verbs: bool) -> frozenset[str]:
    """Concepts of the clause in which the rest is named, with its verbs or without."""
    low = max((match.end() for match in _CLAUSE.finditer(text, 0, start)), default=0)
    stop = _CLAUSE.search(text, end)
    tail = text[end : stop.start() if stop else len(text)]
    tokens = (*tokenise(text[low:start]), *tokenise(tail))
    return frozenset(
        concept(token.stem) for token in tokens if token.content and (verbs or not is_verb(token))
    )
