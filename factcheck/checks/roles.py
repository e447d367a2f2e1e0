"""Who did what to whom: the two sides of a deed swapped or replaced, and names that are missing.

Only what `sides` reads is compared. Everything else is left to the verifier.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from factcheck.checks.found import make_finding
from factcheck.checks.grammar.names import Name, countries_of, coverage, place_of
from factcheck.checks.grammar.tokens import concept, stem
from factcheck.checks.relevance import relevance, word_coverage
from factcheck.checks.statements.markers import exchanged_names
from factcheck.checks.statements.sides import Deed, Side, find_deeds, same_side
from factcheck.records import Finding, Outcome, Stance

if TYPE_CHECKING:
    from factcheck.checks.reading import ClaimReading, PassageReading, TextReading


# Verbs whose two sides may change places without changing the sense.
_SYMMETRIC = frozenset(
    concept(stem(verb))
    for verb in """meet marry join play face border fight resemble equal contact date negotiate talk
    collaborate share merge divorce draw partner match accompany befriend embrace link""".split()
)


def compare_names(claim: ClaimReading, passage: PassageReading) -> tuple[Finding, ...]:
    """Findings on who did what to whom, and on names of the claim that are nowhere in sight."""
    findings = list(_compare_deeds(claim, passage))
    if not findings:
        findings.extend(_exchanged(claim, passage))
    if not findings:
        findings.extend(_other_place(claim, passage))
    if not findings:
        findings.extend(_missing(claim, passage))
    return tuple(findings)


def _compare_deeds(claim: ClaimReading, passage: PassageReading) -> list[Finding]:
    ours = find_deeds(claim.body)
    if not ours:
        return []
    theirs = find_deeds(passage.body)
    findings = []
    for mine in ours:
        met = [
            finding
            for other in theirs
            if mine.kind == other.kind and not mine.negated and not other.negated
            for finding in (_meeting(mine, other, claim, passage),)
            if finding is not None
        ]
        equal = [finding for finding in met if finding.outcome is Outcome.EQUAL]
        findings.extend((equal or met)[:1])
    return findings


def _meeting(
    mine: Deed, other: Deed, claim: ClaimReading, passage: PassageReading
) -> Finding | None:
    """What two deeds of one kind say together: the same, the reverse, or another doer."""
    about, words = relevance(claim, passage), word_coverage(claim, passage, context=False)
    straight = same_side(mine.first, other.first), same_side(mine.second, other.second)
    crossed = same_side(mine.first, other.second), same_side(mine.second, other.first)
    if all(straight):
        # Two names on both sides are seldom there by chance, common nouns are.
        named = (mine.first.name or other.first.name) and (mine.second.name or other.second.name)
        return _finding(
            Outcome.EQUAL,
            mine.first,
            other.first,
            Stance.SUPPORTS if named else None,
            0.8 * about if named else 0.5 * about,
            "claim and passage name the same doer and the same other side",
        )
    # Aid to Veria and troops from Veria are two deeds.
    two_things = bool(mine.thing and other.thing) and not mine.thing & other.thing
    if all(crossed) and not any(straight) and mine.kind not in _SYMMETRIC and not two_things:
        return _finding(
            Outcome.DIFFERENT,
            mine.first,
            other.first,
            Stance.REFUTES,
            (0.9 if mine.direct else 0.65) * min(1.0, 0.7 + words),
            f"{other.first.text} and {other.second.text} have changed sides between "
            "passage and claim",
        )
    named = _named(mine.first, claim) and _named(other.first, passage)
    absent = _absent(mine.first, passage)
    if straight[1] and not straight[0] and mine.direct and named and absent:
        return _finding(
            Outcome.DIFFERENT,
            mine.first,
            other.first,
            Stance.NEUTRAL,
            0.8 * about,
            f"in the passage {other.first.text} does it, in the claim {mine.first.text}",
        )
    return None


# As sure as a deed told from the other side ("lost to").
_EXCHANGED = 0.65


def _exchanged(claim: ClaimReading, passage: PassageReading) -> list[Finding]:
    """Two names that carry each other's preposition."""
    found = exchanged_names(claim, passage)
    if found is None:
        return []
    first, second = (item.name for item in found)
    message = f"{first.text} and {second.text} have changed places between passage and claim"
    return [_finding(Outcome.DIFFERENT, first, None, Stance.REFUTES, _EXCHANGED, message)]


def _finding(
    outcome: Outcome,
    ours: Name | Side,
    theirs: Name | Side | None,
    stance: Stance | None,
    strength: float,
    message: str,
) -> Finding:
    return make_finding("name", outcome, stance, strength, message, ours=ours, theirs=theirs or "")


_PLACE_WORDS = frozenset(("in", "at", "near", "from", "to"))


def _placed(body: TextReading) -> list[Name]:
    """Country and capital names right after a preposition of place."""
    tokens = body.layout.tokens
    found = []
    for name in body.names:
        position = name.first - 1
        if position >= 0 and tokens[position].lower == "the":
            position -= 1
        if position >= 0 and tokens[position].lower in _PLACE_WORDS and place_of(name):
            found.append(name)
    return found


def _other_place(claim: ClaimReading, passage: PassageReading) -> list[Finding]:
    """A country or capital in the same role, where everything else of the claim is there.

    Informs only: something may happen in two places.
    """
    if word_coverage(claim, passage) < 0.6:
        return []
    seen = passage.body.index.countries
    if passage.context_index is not None:
        seen = seen | passage.context_index.countries
    theirs = _placed(passage.body)
    for name in _placed(claim.body):
        if not theirs or countries_of(name) & seen or coverage(name, passage.body.index) > 0:
            continue
        other = theirs[0]
        return [
            _finding(
                Outcome.DIFFERENT,
                name,
                other,
                Stance.NEUTRAL,
                0.7 * word_coverage(claim, passage),
                f"the passage speaks of {other.text}, the claim of {name.text}",
            )
        ]
    return []


def _named(side: Side, text: ClaimReading | PassageReading) -> bool:
    """Whether a side is a name; the word that opens a sentence may be one, too."""
    return side.name or any(name.start == side.start for name in text.body.names)


def _absent(side: Side, passage: PassageReading) -> bool:
    """Whether nothing in the passage or around it points to a side, not even another form of it.

    "The Lavonian government" is not absent where the passage speaks of Lavonia.
    """
    index = passage.body.index
    countries = index.countries
    if passage.context_index is not None:
        countries = countries | passage.context_index.countries
    if side.words & (passage.stems | countries):
        return False
    starts = {word[:5] for word in side.words if len(word) >= 5}
    return not any(word[:5] in starts for word in index.words)


# Larger places than a passage need name ("in Europe"), and adjectives of people and places.
_LARGE = frozenset(
    """europe asia africa america oceania antarctica arctic balkans caribbean baltic scandinavia
    earth mediterranean atlantic pacific world christmas easter covid""".split()
)
_OF_A_PLACE = ("ian", "ean", "ish", "ese", "ic", "ians", "eans", "ans")


def _telling(name: Name) -> float:
    """How much it tells that a passage about the matter lacks a name.

    Names of people, firms and works are there where they matter; a country, a continent or "the
    Viennese" may go without saying, and a single word may have another form.
    """
    if countries_of(name) or set(name.words) & _LARGE:
        return 0.5
    if len(name.words) > 1:
        return 0.9
    weak = name.text.isupper() or name.words[0].endswith(_OF_A_PLACE)
    return 0.4 if weak else 0.65


def _missing(claim: ClaimReading, passage: PassageReading) -> list[Finding]:
    """The most telling name of the claim that neither passage nor context mentions.

    Weakens: what the passage says is probably about somebody or something else. The more of the
    claim's other words stand in the passage, the less that is so.
    """
    missing = []
    for name in claim.body.names:
        if not name.certain or len(name.words[0]) < 3:
            continue
        found = coverage(name, passage.body.index)
        if passage.context_index is not None:
            found = max(found, coverage(name, passage.context_index))
        if found == 0.0:
            missing.append(name)
    if not missing:
        return []
    name = max(missing, key=_telling)
    strength = _telling(name) * (1.0 - 0.6 * word_coverage(claim, passage))
    if len(missing) > 1:
        strength += 0.1
    return [
        _finding(
            Outcome.NOT_COMPARABLE,
            name,
            None,
            Stance.NEUTRAL,
            strength,
            f"{name.text} is not mentioned in the passage",
        )
    ]
