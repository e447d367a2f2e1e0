"""Whether two quantities measure the same thing: dimension, counted noun, verb, qualifiers."""

from __future__ import annotations

from factcheck.checks.grammar.lexicon import AUXILIARIES
from factcheck.checks.grammar.tokens import concept, stem
from factcheck.checks.numbers.quantity import Quantity
from factcheck.checks.numbers.units import UNITS

_EMPTY_VERBS = AUXILIARIES | {""}

# Verbs that tell of a number without saying what happened.
_NEUTRAL_VERBS = _EMPTY_VERBS | frozenset(
    concept(stem(verb))
    for verb in """report confirm record say announce document count register state note reach total
    stand show include give hold see base rate score receive contain comprise number estimate put
    find make get set rise fall""".split()
)

_UNIT_CONCEPTS = frozenset(concept(stem(unit)) for unit in UNITS if len(unit) > 2)

# Qualifiers that make two numbers about one noun incomparable when only one side has them.
_QUALIFIERS = tuple(
    frozenset(concept(stem(word)) for word in words.split())
    for words in (
        "new additional extra fresh",
        "injured suspected possible probable unconfirmed estimated projected expected",
        "domestic foreign international overseas abroad worldwide global nationwide",
        "male female men women boys girls young old adults minors children",
        "average median mean maximum minimum peak record",
        "first second third fourth last previous",
        "civilian military soldier",
        "annual quarterly",
        "active recovered hospitalised critical",
        "net gross tax",
        "opening weekend week night",
        "present current",
        "smaller small larger large big lower higher smallest largest youngest oldest",
        "lost missing found saved recovered stolen",
    )
)


def same_thing(claim: Quantity, passage: Quantity) -> float:
    """0 to 1: how sure it is that two quantities measure the same thing; 0 means not comparable."""
    if not _same_kind(claim, passage):
        return 0.0
    if claim.per != passage.per and (claim.per or passage.per):
        return 0.0
    score = _role_score(claim, passage)
    if score <= 0:
        return 0.0
    if claim.change != passage.change:
        if not claim.change or not passage.change:
            return 0.0
        score *= 0.9
    if claim.kind not in ("count", "factor"):
        score *= _verb_clash(claim, passage, "")
    for group in _QUALIFIERS:
        ours = group & (claim.modifiers | claim.chunk | {claim.noun, claim.label})
        theirs = group & (passage.modifiers | passage.chunk | {passage.noun, passage.label})
        if ours != theirs:
            score *= 0.55 if not (ours and theirs) else 0.35
    return score


def _same_kind(claim: Quantity, passage: Quantity) -> bool:
    if claim.kind == passage.kind:
        return True
    loose = {"money:USD": ("money:AUD", "money:CAD", "money:HKD", "money:NZD", "money:SGD")}
    return passage.kind in loose.get(claim.kind, ()) and "$" not in claim.text


def _role_score(claim: Quantity, passage: Quantity) -> float:
    """How well the counted noun, the label and the verb agree."""
    if claim.kind == "count":
        return _count_score(claim, passage)
    ours = {claim.noun, claim.label} - {""}
    theirs = {passage.noun, passage.label} - {""}
    shared = ours & theirs
    verbs = claim.verb == passage.verb != ""
    nearby = len((claim.near & passage.near) - {claim.noun, claim.verb})
    if shared:
        score = 0.85 + (0.1 if verbs else 0.0)
    elif claim.noun and passage.noun:
        score = 0.3
    elif (ours & passage.near) or (theirs & claim.near):
        score = 0.7 + (0.1 if verbs else 0.0)
    elif verbs and claim.verb not in _EMPTY_VERBS:
        score = 0.6
    else:
        score = 0.35 if nearby else 0.1
    if claim.kind == "factor":
        # The verb itself is the number ("doubled"): what else the clause says must agree.
        return 0.75 if claim.near & passage.near else 0.1
    if claim.kind in ("ordinal", "score", "age", "duration"):
        score *= 0.85
    return min(1.0, score + 0.03 * min(nearby, 4))


def _count_score(claim: Quantity, passage: Quantity) -> float:
    ours, theirs = claim.noun or claim.label, passage.noun or passage.label
    units = claim.chunk & _UNIT_CONCEPTS, passage.chunk & _UNIT_CONCEPTS
    if not (claim.noun or passage.noun) and all(units) and not units[0] & units[1]:
        return 0.0  # "at mile 31" and "at kilometre 31"
    verbs = claim.verb == passage.verb and claim.verb not in _EMPTY_VERBS
    nearby = len((claim.near & passage.near) - {ours})
    if ours and ours == theirs:
        extra_c, extra_p = claim.modifiers - passage.near, passage.modifiers - claim.near
        clash = bool(extra_c and extra_p)
        factor = (0.75 if clash else 1.0) * _verb_clash(claim, passage, ours)
        base = 0.8 + (0.1 if verbs else 0.0) + 0.03 * min(nearby, 4)
        return min(1.0, base) * factor
    if (ours in _GENERIC and claim.verb == theirs) or (theirs in _GENERIC and passage.verb == ours):
        return 0.75  # "24 people died" and "26 dead", "arrested ten protesters" and "ten arrests"
    # "killed over 2,500" and "about 500 civilians killed": the verb names what is counted.
    named = [theirs, passage.verb, *passage.modifiers]
    if passage.verb in _NEUTRAL_VERBS:
        # "documented about 500 civilians killed": what happened stands behind the noun.
        named.extend(passage.chunk)
    if not claim.noun and claim.verb in named and claim.verb not in _EMPTY_VERBS:
        return 0.7
    if (
        not passage.noun
        and passage.verb in (ours, claim.verb, *claim.modifiers)
        and (passage.verb not in _EMPTY_VERBS)
    ):
        return 0.7
    if not claim.noun and ours and ours in passage.near:
        return 0.5
    if not passage.noun and theirs and theirs in claim.near:
        return 0.5
    return 0.0


# Nouns of which one text may count several groups: the verb tells which.
_GENERIC = frozenset(
    """_people man woman _child civilian _soldier _worker _pupil _resident _protester member patient
    police victim passenger voter citizen famili time game match""".split()
)


def _verb_clash(claim: Quantity, passage: Quantity, noun: str) -> float:
    """Weight for verbs that say different things of the counted: "died" and "were injured"."""
    ours, theirs = claim.verb, passage.verb
    if ours == theirs or ours in passage.near or theirs in claim.near:
        return 1.0
    if ours in _NEUTRAL_VERBS or theirs in _NEUTRAL_VERBS:
        # "counted 1,100 people" may be people of any kind; who "signed" is not among them.
        unnamed = noun in _GENERIC and (ours in _NEUTRAL_VERBS) != (theirs in _NEUTRAL_VERBS)
        return 0.6 if unnamed else 1.0
    if noun in _GENERIC:
        return 0.0 if {ours, theirs} == {"_die", "_injure"} else 0.4
    return 0.75
