"""Shares, averages, remainders and totals, worked out from the numbers that a claim speaks of.

Which numbers are meant is told by the words beside them: the share of "sparrows" among "birds" is
that of the number beside sparrows in the one beside birds. What no number stands beside weakens
the calculation; only where everything is found does another result speak against the claim.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from factcheck.checks.calculation.amounts import Derived, shown_about, with_value
from factcheck.checks.calculation.portions import derive_rests, parts_named
from factcheck.checks.calculation.rates import derive_rates
from factcheck.checks.comparison.segments import beside, said_with
from factcheck.checks.grammar.tokens import concept, stem
from factcheck.checks.numbers.bounds import Bound
from factcheck.checks.numbers.compounds import one_kind
from factcheck.checks.numbers.quantity import Quantity

if TYPE_CHECKING:
    from factcheck.checks.reading import ClaimReading, PassageReading

_MANY = 10
"""With more numbers in a passage than this too many pairs are possible."""
_NO_PART = frozenset(("ordinal", "age", "share", "points", "temperature", "duration", "factor"))
# Weight of a calculation by how many words of the claim stand beside none of its numbers.
_AGREEING = (1.0, 0.85, 0.6, 0.4)
_DIFFERING = (0.85, 0.5, 0.25, 0.15)


class _Pair(NamedTuple):
    """Two numbers of a passage that a calculation may rest on.

    Args:
        score: how much of the claim stands beside them.
        missing: number of the claim's words that stand beside neither.
        first, second: part and whole, or the two terms.
    """

    score: int
    missing: int
    first: Quantity
    second: Quantity


def derive_proportions(
    quantity: Quantity, claim: ClaimReading, passage: PassageReading
) -> Iterator[Derived]:
    """All values of this kind that a passage allows for a quantity of a claim, plainest first."""
    if len(passage.body.quantities) > _MANY or quantity.pair:
        return
    if quantity.kind == "share" and not quantity.change:
        yield from _shares(quantity, claim, passage)
        yield from derive_rests(quantity, claim, passage)
    elif quantity.kind not in ("share", "points", "factor", "ordinal", "score"):
        yield from _amounts_of_shares(quantity, claim, passage)
        yield from _averages(quantity, claim, passage)
        yield from derive_rates(quantity, claim, passage)


# "all but two of the players": the number is of the others.
_ALL_BUT = re.compile(r"\ball (?:but|save|except) $", re.I)


def _amounts(passage: PassageReading) -> list[Quantity]:
    """Plain numbers that may be a part or a whole."""
    return [
        q
        for q in passage.body.quantities
        if q.bound in (Bound.EXACT, Bound.ABOUT)
        and not (q.pair or q.change or q.kind in _NO_PART)
        and q.form != "vague"
        and q.value > 0
        and not _ALL_BUT.search(passage.text, max(0, q.start - 12), q.start)
    ]


# "did not", "unfilled", "the rest": the share may be the one that is left.
_LEFT = re.compile(
    r"\b(?:not|no|never|none|without|rest|remain\w*|others?|left|still|un[a-z]{4,}|fail\w*)\b|n't",
    re.I,
)


def _shares(quantity: Quantity, claim: ClaimReading, passage: PassageReading) -> Iterator[Derived]:
    """ "48 of the 97 seats" as a share."""
    words = said_with(quantity, claim)
    subject = _subject(quantity, claim)
    whole_words = (quantity.modifiers | {quantity.noun}) - subject - {""}
    near = beside(passage.body)
    joined = {(part.start, whole.start) for part, whole in parts_named(passage)}
    pairs = []
    amounts = _amounts(passage)
    for part in amounts:
        for whole in amounts:
            if part is whole or not _fits(part, whole):
                continue
            mine, theirs = near[part.start], near[whole.start]
            if subject and not subject & mine:
                continue  # the women's number tells of no majority of men
            tied = (part.start, whole.start) in joined
            if tied:  # "48 of the 97 seats went to women" is one phrase
                mine |= theirs
            own = len((words - whole_words) & mine)
            told = len(whole_words & theirs)
            if own and (told or tied):
                score = own + told + 2 * tied + _one_sentence(part, whole, passage)
                score += quantity.noun == whole.noun != ""
                missing = len(words - whole_words - mine - theirs)
                # "most of the members were women" is not said of "1,100 of the 1,600 strikers"
                missing += bool(whole_words) and not told
                pairs.append(_Pair(score, missing, part, whole))
    values = {pair.first.value / pair.second.value for pair in _best(pairs)}
    turned = bool(_LEFT.search(claim.text))
    for pair in _best(pairs):
        part, whole = one_kind(pair.first, pair.second)
        value = part.value / whole.value
        half = max(0.005, part.half / whole.value)
        start, end = sorted((pair.first, pair.second), key=lambda item: item.start)
        missing = min(pair.missing, 3)
        if turned and not _LEFT.search(passage.text[start.start : end.end + 40]):
            yield Derived(
                with_value(quantity, 1 - value, half),
                f"{part.text} of {whole.text} leaves {100 * (1 - value):.1f} per cent",
                start.start,
                end.end,
                False,
                0.8 * _AGREEING[missing],
                "share",
            )
            continue
        yield Derived(
            with_value(quantity, value, half),
            f"{part.text} of {whole.text} is {100 * value:.1f} per cent",
            start.start,
            end.end,
            len(values) == 1 and not turned and _whole_of(pair, joined, passage, quantity.value),
            _AGREEING[missing] * (0.7 if turned else 1.0),
            "share",
            _DIFFERING[missing],
        )


_IN_THE = re.compile(r"\b(\w+) (?:is|are|was|were|be|been|being|remain\w*) in (?:a|the) $", re.I)


def _subject(quantity: Quantity, claim: ClaimReading) -> frozenset[str]:
    """Who is "in the majority", where a claim says so."""
    match = _IN_THE.search(claim.text[: quantity.start])
    return frozenset((concept(stem(match[1].lower())),)) if match else frozenset()


_APART = re.compile(r"\b(?:and|or|against|versus|while|but|from|after|to)\b[^.,;]*$", re.I)


def _whole_of(
    pair: _Pair, joined: set[tuple[int, int]], passage: PassageReading, claimed: float
) -> bool:
    """Whether one number is surely a part of the other: not "900 silver coins and 300 gold".

    Where the rest has the share that the claim names, it may speak of the rest.
    """
    part, whole = pair.first, pair.second
    if abs(1 - part.value / whole.value - claimed) < 0.03:
        return False
    if (part.start, whole.start) in joined:
        return True
    start, end = sorted((part, whole), key=lambda item: item.start)
    between = passage.text[start.end : end.start]
    return part.value > 10 and "." not in between and not _APART.search(between)


def _fits(part: Quantity, whole: Quantity) -> bool:
    """Whether one number can be a part of another."""
    part, whole = one_kind(part, whole)
    return part.kind == whole.kind and part.value < whole.value


def _one_sentence(first: Quantity, second: Quantity, passage: PassageReading) -> bool:
    start, end = sorted((first, second), key=lambda item: item.start)
    return ". " not in passage.text[start.end : end.start]


def _best(pairs: list[_Pair]) -> list[_Pair]:
    top = max((pair.score for pair in pairs), default=0)
    return [pair for pair in pairs if pair.score == top]


def _amounts_of_shares(
    quantity: Quantity, claim: ClaimReading, passage: PassageReading
) -> Iterator[Derived]:
    """ "89.6 per cent of 48,200 passed" as a number."""
    words = said_with(quantity, claim)
    near = beside(passage.body)
    shares = [
        q
        for q in passage.body.quantities
        if q.kind == "share" and not q.change and 0 < q.value < 1 and q.form != "vague"
    ]
    pairs = []
    for share in shares:
        for whole in _amounts(passage):
            mine, theirs = near[share.start], near[whole.start]
            own = len((words - {quantity.noun}) & mine)
            told = quantity.kind == whole.kind and (
                quantity.kind != "count"
                or quantity.noun in ("", whole.noun)
                or quantity.noun in mine
            )
            if own and told and whole.value > quantity.value:
                score = own + 2 * (quantity.noun == whole.noun) + len(words & theirs)
                score += _one_sentence(share, whole, passage)
                pairs.append(_Pair(score, len(words - mine - theirs), share, whole))
    for pair in _best(pairs):
        share, whole = pair.first, pair.second
        start, end = sorted((share, whole), key=lambda item: item.start)
        value = share.value * whole.value
        half = whole.half * share.value + share.half * whole.value
        yield Derived(
            with_value(quantity, value, half),
            f"{share.text} of {whole.text} is {shown_about(value / (quantity.factor or 1.0))}",
            start.start,
            end.end,
            False,
            _AGREEING[min(pair.missing, 3)],
            "share",
        )


_EACH = re.compile(
    r"\b(?:each|per|averag\w*|on average|apiece|a head|every|mean|daily|weekly|monthly|yearly"
    r"|an? (?:day|month|year|week|hour|minute|person|night|piece|kilo\w*|litre|tonne|head)"
    r"|an? (?:\w+ ){1,3}costs?)\b",
    re.I,
)


def _averages(
    quantity: Quantity, claim: ClaimReading, passage: PassageReading
) -> Iterator[Derived]:
    """ "90 tickets for 1,350 euros" as 15 each."""
    if not _EACH.search(claim.text):
        return
    words = said_with(quantity, claim)
    near = beside(passage.body)
    pairs = []
    amounts = _amounts(passage)
    for whole in amounts:
        for count in amounts:
            if count is whole or count.kind != "count" or not count.value > 1:
                continue
            if whole.kind != quantity.kind and (
                quantity.kind != "count" or whole.kind[:5] != "money"
            ):
                continue
            mine, theirs = near[count.start], near[whole.start]
            if words & mine:
                score = len(words & mine) + len((words & theirs) - mine)
                score += _one_sentence(count, whole, passage)
                pairs.append(_Pair(score, len(words - mine - theirs), whole, count))
    for pair in _best(pairs):
        whole, count = pair.first, pair.second
        start, end = sorted((whole, count), key=lambda item: item.start)
        value = whole.value / count.value
        yield Derived(
            with_value(quantity, value, 0.005 * value),
            f"{whole.text} ÷ {count.text} is {shown_about(value / (quantity.factor or 1.0))}",
            start.start,
            end.end,
            False,
            _AGREEING[min(pair.missing, 3)],
            "average",
        )
