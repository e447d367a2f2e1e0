"""Sums over a short account: what is there, what came and went, and what that makes.

The numbers of the account are read by `flows`. What the claim asks for (`asked`: all of it, what is
left, what was there before, how much went, how much each) decides which calculation is allowed;
another one may give the claim's figure by chance and says nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from factcheck.checks.calculation.asked import asked_for, shared_words
from factcheck.checks.calculation.flows import Entry, entries_of
from factcheck.checks.calculation.groups import multiply_groups, share_out
from factcheck.checks.calculation.listed import same_share
from factcheck.checks.calculation.matters import not_yet, of_one_matter
from factcheck.checks.calculation.moments import ratios
from factcheck.checks.calculation.remainder import derive_remainders
from factcheck.checks.calculation.sums import add_up
from factcheck.checks.calculation.workings import same_kind
from factcheck.checks.comparison.intervals import compare_values
from factcheck.checks.comparison.sureness import NOT_YET
from factcheck.checks.found import Stretch, make_finding
from factcheck.checks.grammar.tokens import YEAR_NUMBER
from factcheck.checks.numbers.bounds import Bound
from factcheck.records import Finding, Outcome, Stance

if TYPE_CHECKING:
    from factcheck.checks.calculation.amounts import Derived
    from factcheck.checks.numbers.quantity import Quantity
    from factcheck.checks.reading import ClaimReading, PassageReading

_MANY = 5
"""With more numbers in a passage than this something always fits."""
_NEARLY = 0.01
_NEAR = (Bound.EXACT, Bound.ABOUT, Bound.NEARLY, Bound.JUST_OVER)
"""With an open bound ("over 200") too much fits."""
# How much a calculation that gives the figure says for the claim.
_TOLD = 0.9


@lru_cache(maxsize=4096)
def account_finding(
    quantity: Quantity, claim: ClaimReading, passage: PassageReading
) -> Finding | None:
    """What the account of a passage says of a figure of a claim, or None.

    Only a calculation that gives the figure says something: another result is often one of other
    numbers, and where it is not, the verifier refutes the claim by itself.
    """
    plain = [q for q in passage.body.quantities if q.kind == quantity.kind]
    stands = any(q.value == quantity.value for q in plain)
    rests = [set(rest.parts) for rest in derive_remainders(quantity, claim, passage)]
    for derived in derive_accounts(quantity, claim, passage):
        asked = quantity
        if derived.quantity.kind == "points" != quantity.kind:
            asked = _in_points(quantity, entries_of(passage.body))
        result = compare_values(asked, derived.quantity)
        # "over 200" is true of 3,000, but hardly said of it.
        ratio = (derived.quantity.value or 1e-9) / (asked.value or 1e-9)
        if stands and len(derived.parts) > 2:
            continue  # "of the 276 girls 57 escaped, 107 were freed, 112 are missing"
        if not 0.5 <= ratio <= 2.0 or _adds_nothing(quantity, derived):
            continue
        if not of_one_matter(derived.parts, claim, passage, times=True):
            continue
        if _of_fewer(derived, rests) or _of_one_part(quantity, derived, claim, passage):
            continue
        if result.outcome is not Outcome.DIFFERENT:
            return _told(quantity, derived, result.contained, claim, passage)
    return None


def _starts(derived: Derived) -> set[int]:
    return {part.start for part in derived.parts}


def _of_fewer(derived: Derived, rests: list[set[Quantity]]) -> bool:
    """Whether a calculation leaves out a part of what "the rest" is the rest of."""
    starts = _starts(derived)
    return any(starts < {part.start for part in rest} for rest in rests)


def _of_one_part(
    quantity: Quantity, derived: Derived, claim: ClaimReading, passage: PassageReading
) -> bool:
    """Whether a plain sum is of more than the part that a claim speaks of."""
    if " + " not in derived.shown or any(mark in derived.shown for mark in "−×÷"):
        return False
    parts = sorted(derived.parts, key=lambda part: part.start)
    between = passage.text[parts[0].end : parts[-1].start]
    if re.search(r"[.;]\s|\b(?:another|more|further)\b", between):
        return False
    asked = asked_for(claim, quantity)
    own = [e for e in entries_of(passage.body) if e.quantity.start in _starts(derived)]
    if asked.before or len({entry.sign for entry in own}) > 1 or any(e.late for e in own):
        return False  # what was there, and what came or went
    return not (asked.total or same_share(quantity, claim, parts, passage))


def _dated_alike(claim: ClaimReading, passage: PassageReading) -> bool:
    """Whether a passage speaks of every year that a claim names."""
    years = YEAR_NUMBER.findall(claim.text)
    return all(year in passage.text for year in years)


def _adds_nothing(quantity: Quantity, derived: Derived) -> bool:
    """Whether a number of the passage is nearly the claim's already: 1,800 and two are 1,802."""
    return any(
        part.kind == quantity.kind
        and abs(part.value - quantity.value) <= _NEARLY * abs(quantity.value)
        for part in derived.parts
    )


def _told(
    quantity: Quantity,
    derived: Derived,
    contained: bool,
    claim: ClaimReading,
    passage: PassageReading,
) -> Finding:
    ours = any(cue.kind in NOT_YET for cue in claim.body.modality.cues)
    theirs = not_yet(passage, derived.start, derived.end)
    told = contained and (ours or not theirs) and _dated_alike(claim, passage)
    about = 0.25 + 0.75 * shared_words(claim, passage)
    return make_finding(
        "arithmetic",
        Outcome.COMPATIBLE,
        Stance.SUPPORTS if told else None,
        _TOLD * derived.weight * about,
        f"{derived.shown}, agrees with {quantity.text}",
        ours=quantity,
        theirs=Stretch(derived.start, derived.end, passage.text[derived.start : derived.end]),
    )


def derive_accounts(
    quantity: Quantity, claim: ClaimReading, passage: PassageReading
) -> Iterator[Derived]:
    """All values that an account allows for what a claim asks of it."""
    people = frozenset(
        word.lower()
        for name in claim.body.names
        for word in re.findall(r"[^\W\d_]+", claim.text[name.start : name.end])
    )
    entries = tuple(e for e in entries_of(passage.body, people) if not e.apart)
    if not 2 <= len(entries) <= _MANY or quantity.pair or _every(quantity, claim):
        return
    if len({said.speaker for said in passage.body.attributions}) > 1:
        return  # what two sides say is not added up
    quantity = _in_points(quantity, entries)
    asked = asked_for(claim, quantity)
    if quantity.bound is Bound.NEARLY and not (asked.left or asked.total):
        return
    # A number that the claim gives itself is not what it leaves to be worked out.
    said = {(q.kind, q.value) for q in claim.body.quantities}
    own = _of_one_kind(
        quantity, tuple(e for e in entries if (e.quantity.kind, e.quantity.value) not in said)
    )
    if quantity.kind == "factor" or (quantity.kind == "share" and quantity.change):
        if quantity.change not in ("more", "less") and not _than(quantity, claim):
            yield from ratios(quantity, entries, passage, claim.text)
        return
    if quantity.kind == "share" or quantity.bound not in _NEAR:
        return
    yield from add_up(quantity, asked, own, passage)
    yield from multiply_groups(quantity, asked, entries, passage)
    yield from share_out(quantity, asked, entries, passage)


def _in_points(quantity: Quantity, entries: tuple[Entry, ...]) -> Quantity:
    """ "Seven points lower" in per cent, where the passage speaks of shares and not of points."""
    nouns = {e.quantity.noun for e in entries}
    shares = any(e.quantity.kind == "share" for e in entries)
    if quantity.kind != "count" or quantity.noun != "point" or not shares or "point" in nouns:
        return quantity
    scaled = {n: getattr(quantity, n) / 100 for n in ("value", "half", "low", "high", "factor")}
    return replace(quantity, kind="points", **scaled)


def _than(quantity: Quantity, claim: ClaimReading) -> bool:
    """Whether a factor compares two things: "twice as many as"."""
    return bool(re.match(r"\s+(?:as|the|more|less)\b", claim.text[quantity.end :]))


def _every(quantity: Quantity, claim: ClaimReading) -> bool:
    """Whether a figure says how often: "every 8 hours"."""
    return claim.text[: quantity.start].rstrip().lower().endswith((" every", " each"))


_NO_NOUN = frozenset(("", "them", "those", "these", "which", "other", "more", "_people"))


def _of_one_kind(quantity: Quantity, entries: tuple[Entry, ...]) -> list[Entry]:
    """The numbers that may count the same as the claim's."""
    alike = [e for e in entries if same_kind(quantity, e.quantity)]
    if quantity.kind != "count":
        return alike
    if quantity.noun == "_people":
        return alike
    own = [e for e in alike if e.quantity.noun == quantity.noun or e.quantity.noun in _NO_NOUN]
    if len(own) >= 2:
        return own
    told = [e for e in alike if e in own or quantity.noun in e.quantity.modifiers]
    # "Nine soldiers and five traders" for "14 people": the claim's noun stands for both.
    named = quantity.noun in {e.quantity.noun for e in alike} and quantity.noun != ""
    return told if len(told) >= 2 or named else alike
