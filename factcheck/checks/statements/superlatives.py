"""A rank that the claim gives higher, or of a wider circle, than the passage does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from factcheck.checks.found import make_finding
from factcheck.checks.grammar.context import Layout
from factcheck.checks.grammar.tokens import Token, concept
from factcheck.checks.relevance import relevance, word_coverage
from factcheck.checks.statements.moods import superlatives_in
from factcheck.checks.statements.realis import sentence_range
from factcheck.records import Finding, Outcome, Stance

if TYPE_CHECKING:
    from factcheck.checks.reading import ClaimReading, PassageReading

_ORDINALS = tuple("second third fourth fifth sixth seventh eighth ninth tenth".split())
# Words for one superlative: the "second biggest" is not the "largest" either.
_ALIKE = (
    frozenset(("largest", "biggest", "greatest")),
    frozenset(("warmest", "hottest")),
    frozenset(("coldest", "coolest")),
)
# "The first woman in the post" is not the first in the post.
_WOMEN = frozenset("woman women female girl girls lady she her actress".split())
_PRONOUNS = frozenset(("she", "her"))
_CIRCLES = frozenset(
    """black african european asian american foreign foreigner muslim jewish catholic
    openly elected civilian amateur professional indigenous""".split()
)
_IS = frozenset("is was are were became becomes become be been remains named".split())
_RIVALS = frozenset("among joint tied shared not never no nor neither longer".split())
_RANKED, _ONE_OF, _CIRCLE = 0.85, 0.75, 0.75


def compare_superlatives(claim: ClaimReading, passage: PassageReading) -> Finding | None:
    """Find a superlative of the claim that the passage ranks lower, shares or restricts."""
    lowers = [token.lower for token in claim.body.layout.tokens]
    if not claim.body.modality.superlatives or not _RIVALS.isdisjoint(lowers):
        return None
    if any(word.partition("-")[0] in _ORDINALS for word in lowers) or "one of" in " ".join(lowers):
        return None
    tokens = passage.body.layout.tokens
    theirs = {token.lower.rpartition("-")[2] for token in tokens}
    for place in superlatives_in(claim.body.layout.tokens):
        alike = _alike(lowers[place])
        if theirs.isdisjoint(alike):
            continue
        about = relevance(claim, passage) * min(
            1.0, 0.2 + word_coverage(claim, passage, context=False)
        )
        mentions = [i for i in superlatives_in(tokens) if tokens[i].lower in alike]
        ranked = [i for i, token in enumerate(tokens) if _is_ranked(tokens, i, token, alike)]
        said = _said_of(claim.body.layout, place)
        wider = ranked and _among_others(claim.body.layout.tokens, place, tokens, ranked[0])
        lower = ranked and not wider and not set(mentions) - set(ranked)
        if lower and _of_it(claim, place, passage, ranked[0]):
            message = f"the passage ranks it lower, the claim says {lowers[place]}"
            return _finding(claim, place, tokens[ranked[0]], message, _RANKED * about)
        if said and mentions and all(_one_of(tokens, i) for i in mentions):
            message = f"the passage says one of several, the claim the {lowers[place]}"
            return _finding(claim, place, tokens[mentions[0]], message, _ONE_OF * about, False)
        if said and len(mentions) == 1 and lowers[place] in ("first", "only"):
            circle = _circle(tokens, mentions[0], frozenset(lowers))
            if circle:
                message = f"the passage says {lowers[place]} {circle}, the claim leaves that out"
                return _finding(claim, place, tokens[mentions[0]], message, _CIRCLE * about, False)
    return None


def _finding(
    claim: ClaimReading,
    place: int,
    word: Token,
    message: str,
    strength: float,
    refutes: bool = True,
) -> Finding:
    return make_finding(
        "modality",
        Outcome.DIFFERENT,
        Stance.REFUTES if refutes else Stance.NEUTRAL,
        strength,
        message,
        ours=claim.body.layout.tokens[place],
        theirs=word,
    )


def _alike(word: str) -> frozenset[str]:
    return next((group for group in _ALIKE if word in group), frozenset((word,)))


def _is_ranked(tokens: tuple[Token, ...], index: int, token: Token, alike: frozenset[str]) -> bool:
    """Whether a word is a superlative of lower rank: "second largest", "third-highest"."""
    ordinal, dash, rest = token.lower.partition("-")
    if token.lower == "only":
        return False  # "second only to 2003"
    if dash:
        return ordinal in _ORDINALS and rest in alike
    before = tokens[index - 1].lower if index else ""
    numbered = before[:1].isdigit() and before[-2:] in ("nd", "rd", "th")
    return token.lower in alike and (before in _ORDINALS or numbered)


def _among_others(
    ours: tuple[Token, ...], place: int, theirs: tuple[Token, ...], index: int
) -> bool:
    """Whether both rank among different things: "in Norland", "in Europe"."""
    first, second = _among(ours, place), _among(theirs, index)
    return bool(first and second and first != second)


def _among(tokens: tuple[Token, ...], index: int) -> str:
    """Concept of the first content word behind the first "in", "of" or "on" after a position."""
    behind = False
    for token in tokens[index + 1 : index + 9]:
        if token.kind == "p":
            break
        if behind and token.content:
            return concept(token.stem)
        behind = behind or token.lower in ("in", "of", "on")
    return ""


def _said_of(layout: Layout, place: int) -> bool:
    """Whether the superlative is what the claim says of its subject: "she was the first"."""
    return any(token.lower in _IS for token in layout.tokens[max(0, place - 4) : place])


def _of_it(claim: ClaimReading, place: int, passage: PassageReading, index: int) -> bool:
    """Whether most of what the claim says before its superlative stands around the passage's."""
    ours, layout = claim.body.layout, passage.body.layout
    subject = {concept(token.stem) for token in ours.tokens[:place] if token.content}
    low, high = sentence_range(layout, index)
    near = {concept(token.stem) for token in layout.tokens[low:high] if token.content}
    return not subject or 2 * len(subject & (near | passage.context_stems)) > len(subject)


def _one_of(tokens: tuple[Token, ...], index: int) -> bool:
    """Whether "one of the" or "among the" stands before a superlative."""
    before = [token.lower for token in tokens[max(0, index - 4) : index]]
    return "among" in before or ("one" in before and "of" in before)


def _circle(tokens: tuple[Token, ...], index: int, claimed: frozenset[str]) -> str:
    """The word that narrows "first" in the passage and is missing in the claim, or ""."""
    for token in tokens[index + 1 : index + 4]:
        word = token.lower
        if token.kind != "w":
            break
        # "It was the club's first victory" cannot be about a woman.
        women = word in _WOMEN - _PRONOUNS and "it" not in claimed
        if (women and not claimed & _WOMEN) or (word in _CIRCLES and word not in claimed):
            return word
    return ""
