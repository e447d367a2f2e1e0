"""A word of the claim whose opposite stands in its place in the passage: risen for fallen."""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

from factcheck.checks.relevance import relevance, word_coverage
from factcheck.checks.tokens import Token, concept, stem
from factcheck.records import Finding, Outcome, Stance

if TYPE_CHECKING:
    from factcheck.checks.reading import ClaimReading, PassageReading

# What WordNet lacks and news and science use every day.
_MORE = """adopt reject;approve reject;approve veto;increase reduce;increase decline;rise decline;
accept refuse;support oppose;convict acquit;join leave;legalise ban;permit ban;allow ban;
allow forbid;allow prevent;confirm deny;admit deny;import export;improve worsen;ban lift;
impose lift;recognise withdraw;resume suspend;married divorced;higher lower;more fewer;
cause prevent;promote inhibit;facilitate block;facilitate prevent;enhance impair;enhance reduce;
elevate reduce;accelerate slow;protect harm;benefit harm;gain loss;success failure;
support undermine;warm cool;expand shrink;expand contract;boost hamper;help hinder;
upregulate downregulate;activate inhibit;win lose;open close;raise cut;raise lower;hire dismiss;
appoint dismiss;surplus deficit;profit loss;majority minority;ally enemy;victory defeat;
safe unsafe;likely unlikely;able unable;aware unaware"""
_REACH = 4
_STRENGTH = 0.8


@cache
def opposites() -> dict[str, frozenset[str]]:
    """Concepts and the concepts opposed to them."""
    listed = resources.files("factcheck.checks").joinpath("opposites.txt").read_text("utf-8")
    lines = [line for line in listed.splitlines() if not line.startswith("#")]
    table: dict[str, set[str]] = {}
    for pair in lines + _MORE.replace("\n", "").split(";"):
        left, right = (concept(stem(word)) for word in pair.split())
        if left != right:
            table.setdefault(left, set()).add(right)
            table.setdefault(right, set()).add(left)
    return {word: frozenset(others) for word, others in table.items()}


def compare_opposites(claim: ClaimReading, passage: PassageReading) -> Finding | None:
    """Find a word of the claim that is missing in the passage while its opposite is there.

    Both must stand in the same company: a content word of the claim no farther than four words
    away on both sides. Negation on either side, or the opposite in the claim too, leaves it open.
    """
    coverage = word_coverage(claim, passage, context=False)
    if coverage < 0.4:
        return None
    table = opposites()
    ours, theirs = claim.body.layout.tokens, passage.body.layout.tokens
    for place, token in enumerate(ours):
        word = concept(token.stem) if token.content else ""
        rivals = table.get(word, frozenset()) & passage.body.stems
        if not rivals or word in passage.body.stems or rivals & claim.body.stems:
            continue
        company = _company(ours, place)
        for there, rival in enumerate(theirs):
            if concept(rival.stem) not in rivals or not rival.content:
                continue
            shared = company & _company(theirs, there)
            if shared and not _negated(ours, place) and not _negated(theirs, there):
                about = relevance(claim, passage) * min(1.0, 0.3 + coverage)
                return Finding(
                    check="modality",
                    outcome=Outcome.DIFFERENT,
                    claim_text=token.text,
                    passage_text=rival.text,
                    message=f"the passage says {rival.lower}, the claim {token.lower}",
                    claim_span=(token.start, token.end),
                    passage_span=(rival.start, rival.end),
                    stance=Stance.REFUTES,
                    strength=round(min(1.0, _STRENGTH * about), 3),
                )
    return None


def _company(tokens: tuple[Token, ...], place: int) -> frozenset[str]:
    """Concepts of the content words near a place, the word itself left out."""
    near = tokens[max(0, place - _REACH) : place] + tokens[place + 1 : place + 1 + _REACH]
    return frozenset(concept(token.stem) for token in near if token.content and token.stem)


_NOT = frozenset("not no never nor neither without cannot hardly barely n't none nobody".split())


def _negated(tokens: tuple[Token, ...], place: int) -> bool:
    near = tokens[max(0, place - 4) : place]
    return any(token.lower in _NOT or token.lower.endswith("n't") for token in near)
