"""A change between two levels that no words join: "18,200 last year. The year before, 9,100."

Which level is the earlier one, words of time or years must tell, and the two must be the only such
pair of the claim's matter. Then the change is told in amounts, per cent, points or times. A claim
that gives its size in the other direction is contradicted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations, pairwise
from typing import TYPE_CHECKING

from factcheck.checks.calculation.amounts import Derived, with_value
from factcheck.checks.calculation.flows import without_verb
from factcheck.checks.calculation.matters import of_one_matter
from factcheck.checks.calculation.order import earlier_first, stretches_of
from factcheck.checks.comparison.intervals import compare_values
from factcheck.checks.comparison.segments import beside, said_with
from factcheck.checks.grammar.tokens import YEAR_NUMBER
from factcheck.checks.numbers.bounds import Bound
from factcheck.checks.numbers.compounds import in_scale_of, one_kind
from factcheck.checks.numbers.shares import CHANGE_FACTORS
from factcheck.records import Outcome

if TYPE_CHECKING:
    from factcheck.checks.numbers.quantity import Quantity
    from factcheck.checks.reading import ClaimReading, PassageReading

_RISE = re.compile(
    r"\b(?:r[io]se[ns]?|rising|grew|grows?|grown|growing|growth|increas\w+|climb\w*|jump\w*|gain\w*"
    r"|swell(?:ed|s)?|swollen|soar\w*|surg\w+|went up|go(?:es|ne|ing)? up|came up|up by"
    r"|more(?! than)|higher|larger|dearer|longer|heavier|expand\w*|added|put on|improv\w+"
    r"|warmer|hotter|extra)\b",
    re.I,
)
_FALL = re.compile(
    r"\b(?:f[ae]ll(?:en|s|ing)?|dropp?\w*|decreas\w+|declin\w+|shrank|shrunk|shrink\w*|lost|los[es]\w*"
    r"|went down|go(?:es|ne|ing)? down|came down|down by|less(?! than)|fewer(?! than)|lower\w*"
    r"|smaller|cheaper|shorter"
    r"|lighter|sank|sunk|sinks?|reduc\w+|cut|cuts|slid\w*|slump\w*|dwindl\w+|contract(?:ed|s)|colder"
    r"|cooler|weaken\w*)\b",
    re.I,
)
# "Twice what it was in 2010", "as many as a year ago": a comparison with an earlier time.
_THAN_THEN = re.compile(
    r"^(?: [\w-]+){0,5}? (?:as|than|what|those|that|the|its|their)\b[^.;]*\b(?:before|earlier|ago"
    r"|previous\w*|last (?:year|month|week|season)|used to|once|formerly|at first|originally"
    r"|in (?:1[5-9]|20)\d\d|at the (?:start|outset|beginning))\b",
    re.I,
)
_THIS = re.compile(r"\b(?:this (?:year|month|week|season)|now|today)\b", re.I)
_IN_SO_MANY = re.compile(r"\b(?:in|of|out) ", re.I)
_FROM_YEAR = re.compile(
    r"\b(?:since|from|between|after|than|against|on|what|as|compared (?:with|to))\b[^.]*"
    r"\b(?:1[5-9]|20)\d\d\b",
    re.I,
)
_NO_LEVEL = frozenset(("ordinal", "age", "score", "rating", "factor", "points"))
_MANY = 12
NEAR = 260
"""Characters between two levels: neighbouring sentences."""
_ALIKE = 20
_CLEARLY = 2
"""How many more of the claim's words must stand beside one pair than beside another."""
_MISSING = 2
"""Words of the claim that the passage may say otherwise."""
_AGAINST = 0.8
# "Over 400" is hardly said of more than this many times as much.
_FAR = 2.0


def derive_changes(
    claim: Quantity, said: ClaimReading, passage: PassageReading
) -> Iterator[Derived]:
    """The change between the two levels that a passage gives of what a claim speaks of."""
    direction = _direction(claim, said.text)
    if direction is None or len(passage.body.quantities) > _MANY:
        return
    pairs = _own_pairs(claim, said, passage)
    if len(pairs) != 1:
        return
    earlier, later = pairs[0]
    change = later.value - earlier.value
    if direction * change < 0:
        yield from _turned(claim, earlier, later)
    elif change:
        yield from change_between(claim, earlier, later)


def _direction(claim: Quantity, text: str) -> int | None:
    """1 for a rise, -1 for a fall, 0 where the claim leaves it open; None for no change."""
    if claim.kind == "factor":
        changes = claim.text.lower().split()[-1] in CHANGE_FACTORS
        then = _THAN_THEN.search(text[claim.end :])
        if changes or (then and not _THIS.search(then[0])):
            return 1 if claim.value > 1 else -1
        return None
    if claim.kind in _NO_LEVEL - {"points"} or claim.pair is not None:
        return None
    if _IN_SO_MANY.search(claim.text):
        return None
    rise, fall = bool(_RISE.search(text)), bool(_FALL.search(text))
    told = claim.direction or rise - fall
    if claim.change in ("up", "down", "by", "more", "less"):
        return told
    front = text[: claim.start].rstrip().lower()
    by = front.endswith((" by", "by about", "by some", "by nearly", "by almost", "by around"))
    named = re.search(r"\b(?:rise|increase|growth|gain|fall|drop|decline|loss) of$", front)
    return told if (by or named) and rise != fall else None


def _own_pairs(
    claim: Quantity, said: ClaimReading, passage: PassageReading
) -> list[tuple[Quantity, Quantity]]:
    """The pairs (earlier, later) of one thing beside which most of the claim's words stand."""
    words = said_with(claim, said)
    if len(words - passage.stems) > min(_MISSING, len(words) // 2):
        return []
    years = frozenset(YEAR_NUMBER.findall(said.text))
    if years - frozenset(YEAR_NUMBER.findall(passage.text)):
        return []
    near = beside(passage.body)
    judged = []
    for first, second in combinations(levels_of(claim, passage), 2):
        if not _one_thing(first, second) or second.start - first.end > NEAR:
            continue
        ordered = earlier_first(first, second, passage)
        if ordered is None or not of_one_matter((first, second), said, passage):
            continue
        score = len(words & (near[first.start] | near[second.start] | first.near | second.near))
        judged.append((score, *ordered))
    if years:
        judged = [item for item in judged if _dated(item[1], item[2], said.text, passage)]
    scores = sorted((score for score, *_ in judged), reverse=True)
    if len(scores) > 1 and scores[0] - scores[1] < _CLEARLY:
        return []
    best = max(scores, default=0)
    return [(one, other) for score, one, other in judged if score == best]


def _dated(earlier: Quantity, later: Quantity, text: str, passage: PassageReading) -> bool:
    """Whether the years of a claim are those of two levels, and "in 2019" that of the later."""
    years = frozenset(YEAR_NUMBER.findall(text))
    first, second = sorted((earlier, later), key=lambda item: item.start)
    told = [set(YEAR_NUMBER.findall(part)) for part in stretches_of(first, second, passage.text)]
    if first is not earlier:
        told.reverse()
    if _FROM_YEAR.search(text):
        return years <= told[0] | told[1]
    return years <= told[1] or (len(years) == 2 and years <= told[0] | told[1])


def levels_of(claim: Quantity, passage: PassageReading) -> list[Quantity]:
    """The plain numbers of a passage that may be levels of what a claim tells a change of."""
    plain: list[Quantity] = []
    for quantity in passage.body.quantities:
        if quantity.kind in _NO_LEVEL or quantity.change or quantity.pair or quantity.value <= 0:
            continue
        if quantity.bound not in (Bound.EXACT, Bound.ABOUT) or quantity.form == "vague":
            continue
        plain.append(without_verb(quantity, passage.body))
    for place, (first, second) in enumerate(pairwise(plain)):
        lent = one_kind(first, second)[1]
        near = 1 / _ALIKE <= lent.value / first.value <= _ALIKE
        if near and lent.kind != "duration" and (lent.kind != "share" or lent.value <= 1):
            plain[place + 1] = lent
    relative = claim.kind in ("factor", "share")
    wanted = "share" if claim.kind == "points" else claim.kind
    if relative:
        return [q for q in plain if q.kind != "duration"]
    return [q for q in plain if q.kind == wanted or {q.kind, wanted} <= _in_cents(q.kind, wanted)]


def _in_cents(*kinds: str) -> frozenset[str]:
    """Kinds between which cents are as good as the currency they are a part of."""
    money = all(kind.startswith("money:") for kind in kinds)
    return frozenset(kinds) if money and "money:cent" in kinds else frozenset()


def _one_thing(first: Quantity, second: Quantity) -> bool:
    if first.kind != second.kind and not _in_cents(first.kind, second.kind):
        return False
    if first.per and second.per and first.per != second.per:
        return False
    return not first.noun or not second.noun or first.noun == second.noun


def _turned(claim: Quantity, earlier: Quantity, later: Quantity) -> Iterator[Derived]:
    """The change the other way, where the claim's figure is its size: it has the two confused."""
    rising = later.value > earlier.value
    told = "a rise, no fall" if rising else "a fall, no rise"
    ways = (*change_between(claim, earlier, later), *change_between(claim, later, earlier))
    meant = any(
        compare_values(claim, way.quantity).outcome is not Outcome.DIFFERENT
        and 1 / _FAR <= way.quantity.value / (claim.value or 1e-9) <= _FAR
        for way in ways
    )
    if not meant:
        return
    start, end = sorted((earlier, later), key=lambda item: item.start)
    yield Derived(
        with_value(claim, -abs(claim.value)),
        f"from {earlier.text} to {later.text} is {told}",
        start.start,
        end.end,
        True,
        way="turned",
        against=_AGAINST,
        parts=(start, end),
    )


def change_between(
    claim: Quantity, earlier: Quantity, later: Quantity, *, decisive: bool = False
) -> Iterator[Derived]:
    """The change in what the claim tells it: times, per cent, points or an amount."""
    earlier = in_scale_of(earlier, later)
    ratio = later.value / earlier.value
    rounding = ratio * (earlier.half / earlier.value + later.half / later.value)
    if claim.kind == "factor":
        value, half = ratio, max(0.03 * ratio, min(rounding, 0.1 * ratio))
        shown = f"{ratio:.2f} times"
    elif claim.kind == "share":
        value, half = abs(ratio - 1), max(0.005, min(rounding, 0.1 * abs(ratio - 1)))
        shown = f"{100 * (ratio - 1):+.1f} per cent"
    else:
        value, half = abs(later.value - earlier.value), earlier.half + later.half
        size = 100 * value if claim.kind == "points" else value / (claim.factor or 1.0)
        shown = f"{size:,.10g}{' points' if claim.kind == 'points' else ''}"
    start, end = sorted((earlier, later), key=lambda item: item.start)
    yield Derived(
        with_value(claim, value, half),
        f"from {earlier.text} to {later.text} is {shown}",
        start.start,
        end.end,
        decisive,
        parts=(start, end),
    )
