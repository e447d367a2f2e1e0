"""Simple sums that a passage allows: a duration between dates, an age, a share, a change, a total.

They are tried only for a quantity of the claim that the passage does not state itself, and the
calculation is part of what the reader is shown. Those with times are in `spans.py` and `ages.py`,
those between amounts in `amounts.py`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from factcheck.checks.calculation.ages import (
    derive_ages,
    derive_by_seniority,
    derive_years,
    is_age,
)
from factcheck.checks.calculation.amounts import DATED, Derived, derive_amounts, levels, with_value
from factcheck.checks.calculation.changes import derive_changes
from factcheck.checks.calculation.clock_spans import derive_clock_spans
from factcheck.checks.calculation.listed import derive_lists
from factcheck.checks.calculation.lone_dates import derive_lone_span
from factcheck.checks.calculation.other_side import derive_other_sides
from factcheck.checks.calculation.overruns import derive_overruns
from factcheck.checks.calculation.proportions import derive_proportions
from factcheck.checks.calculation.remainder import derive_remainders
from factcheck.checks.calculation.spans import derive_spans
from factcheck.checks.comparison.segments import beside, said_with
from factcheck.checks.grammar.context import is_verb
from factcheck.checks.grammar.lexicon import IRREGULAR
from factcheck.checks.grammar.tokens import concept, tokenise
from factcheck.checks.numbers.quantity import Quantity
from factcheck.checks.numbers.shares import CHANGE_FACTORS

if TYPE_CHECKING:
    from factcheck.checks.reading import ClaimReading, PassageReading


def derive(claim: Quantity, passage: PassageReading, said: ClaimReading) -> Iterator[Derived]:
    """All values that the passage allows for a quantity of a claim, plainest first.

    Args:
        claim: the quantity.
        passage: the passage.
        said: the claim that holds the quantity.
    """
    text = said.text
    yield from derive_proportions(claim, said, passage)
    yield from _other_directions(claim, said, passage)
    yield from derive_overruns(claim, said, passage)
    yield from derive_changes(claim, said, passage)
    yield from derive_other_sides(claim, said, passage)
    yield from derive_lists(claim, said, passage)
    yield from derive_remainders(claim, said, passage)
    if claim.kind == "duration":
        yield from derive_spans(claim, passage, said)
        yield from derive_years(claim, passage, said)
        yield from derive_lone_span(claim, passage, said)
        yield from derive_clock_spans(claim, passage, said)
        return
    if is_age(claim, text):
        yield from derive_ages(claim, passage, said)
        yield from derive_by_seniority(claim, passage, said)
    if claim.kind != "age":
        for derived in derive_amounts(claim, passage):
            if derived.way == "margin":
                yield replace(derived, decisive=_is_margin(claim, text))
            elif derived.way in ("", "end") or _asked_for(derived, claim, text, passage):
                yield derived


# How much a change the other way speaks against a claim, by words that stand beside neither level.
_AGAINST = (0.85, 0.6, 0.4)


def _other_directions(
    claim: Quantity, said: ClaimReading, passage: PassageReading
) -> Iterator[Derived]:
    """A fall "from 84 to 61 per cent" where the claim tells of a rise."""
    if claim.change not in ("up", "down") and claim.text.lower() not in CHANGE_FACTORS:
        return
    direction = claim.direction or (1 if claim.value > 1 else -1)
    words, near = said_with(claim, said), beside(passage.body)
    for earlier, later in levels(passage, claim):
        change = later.value - earlier.value
        missing = len(words - near[earlier.start] - near[later.start])
        if direction * change >= 0 or earlier.start > later.start or missing > 2:
            continue
        told = "a rise, no fall" if change > 0 else "a fall, no rise"
        yield Derived(
            with_value(claim, -abs(claim.value)),
            f"from {earlier.text} to {later.text} is {told}",
            earlier.start,
            later.end,
            True,
            way="turned",
            against=_AGAINST[missing],
        )


_MARGIN_OF = re.compile(
    r"\b(?:majority|margin|lead|difference|advantage)(?: (?:of|was|is))? $", re.I
)
_A_MARGIN = re.compile(r"^[ -](?:\w+[ -])?(?:majority|margin|lead|difference|advantage)\b", re.I)


def _is_margin(claim: Quantity, text: str) -> bool:
    """Whether a number of the claim is said to be a margin itself: "by a majority of 27"."""
    return bool(_MARGIN_OF.search(text[: claim.start]) or _A_MARGIN.search(text[claim.end :]))


def _asked_for(derived: Derived, claim: Quantity, text: str, passage: PassageReading) -> bool:
    """Whether a value is of the thing and the time that the claim speaks of."""
    parts = [q for q in passage.body.quantities if derived.start <= q.start < derived.end]
    if derived.way == "before":
        return _other_side(text, parts[0], parts[-1], passage.text)
    if derived.way == "loose":
        return _same_order(claim, text, [parts[0], parts[-1]], passage.text)
    return _one_statement(claim, parts, passage)


_EARLIER = frozenset("earlier before previous previously ago former formerly last".split())
_PRESENT = ("ing", "en", "wn", "are", "am", "is", "es", "has", "ys")


def _words(text: str) -> frozenset[str]:
    """Concepts of the content words of a text, and its figures."""
    tokens = [t for t in tokenise(text) if t.content or t.kind == "n"]
    return frozenset(t.lower if t.kind == "n" else concept(t.stem) for t in tokens)


def _past(text: str) -> bool:
    """Whether a verb of a text stands in the past."""
    verbs = [t.lower for t in tokenise(text) if is_verb(t) and not t.lower.endswith(_PRESENT)]
    return any(verb.endswith("ed") or IRREGULAR.get(verb, verb) != verb for verb in verbs)


def _other_side(text: str, first: Quantity, last: Quantity, passage: str) -> bool:
    """Whether a claim speaks of the other side of a comparison: the time before, the rival."""
    head = passage[passage.rfind(". ", 0, first.start) + 1 : last.end]
    tail = re.split(r"[.;](?:\s|$)", passage[last.end :])[0]
    if not first.change:  # behind a level reached stands nothing of the one before
        if _words(text) & (_words(tail) - _words(head) - {first.noun, last.noun}):
            return True
        if not DATED.search(tail.lower()):
            return False
    elif (since := re.search(r"\b(?:between|since|from) (\d{4})\b", tail)) and since[1] in text:
        return True
    said = {token.lower for token in tokenise(text)} & _EARLIER
    return any(word not in head.lower() for word in said) or (_past(text) and not _past(head))


def _same_order(claim: Quantity, text: str, pair: list[Quantity], passage: str) -> bool:
    """Whether what the claim says has more has the larger of two numbers that no words join."""
    less = claim.change == "less" or (claim.kind == "factor" and claim.value < 1)
    subject, other = sorted(pair, key=lambda item: item.value, reverse=not less)
    behind = text[claim.end :]
    cut = claim.end + max(behind.rfind(" as "), behind.rfind(" than "), 0)
    head, tail = _words(text[:cut]), _words(text[cut:])
    mine, others = subject.chunk - other.chunk, other.chunk - subject.chunk
    score = len(mine & head) + len(others & tail) - len(mine & tail) - len(others & head)
    named = [t.text for t in tokenise(behind) if t.capital or t.kind == "n"]
    return score > 0 and all(word in passage for word in named)


_AND = re.compile(r"(?:,|\band|\bplus)(?: (?:another|other|further|a|some|about))* $")


def _one_statement(claim: Quantity, parts: list[Quantity], passage: PassageReading) -> bool:
    """Whether all parts are said to do what the claim says: not "won 18 and lost 12"."""
    text, last = passage.text.lower(), parts[-1]
    if not all(_AND.search(text[a.end : b.start]) for a, b in pairwise(parts)):
        return False
    later = [t for t in passage.body.layout.tokens if t.start >= last.end and is_verb(t)]
    verbs = {last.verb, *(concept(t.stem) for t in later), *(last.near & {"_injure"})}
    return claim.verb in ("", "be") or verbs <= claim.near | {claim.verb, "", "be", "have"}
