"""Exchange what stands in two places of a claim: two names, two things, two figures.

A reader that looks at which words meet takes "Turkey recognised Kosovo" and "Kosovo recognised
Turkey" for the same. Each rule returns either the exchanged claim or, as its twin, the claim as it
was, so that neither two names nor their order tells the label. Most claims name two things in the
order of the evidence; those that turn the order round are taken as often as the others.
"""

from __future__ import annotations

import random
import re
from collections.abc import Sequence

from factcheck.checks import read_claim
from training.pairs import Pair

Span = tuple[int, int]

# What holds both ways, or joins two things to one: nothing is turned round by an exchange.
_BOTH_WAYS = re.compile(
    r"\b(?:and|or|with|versus|vs|between|both|together|alongside|married|met|meets?|dated|"
    r"related|siblings?|brothers?|sisters?|cousins?|twins?|friends?|couple|partners?|co-?\w+|"
    r"same|equals?|different|differs?|near|next|beside|borders?|bordering|neighbou?r\w*|"
    r"compared?|drew|tied|against|rivals?|opposite|as)\b",
    re.IGNORECASE,
)
_WORDS = re.compile(r"\w+")
_CAPITALISED = re.compile(r"\b[^\W\d_a-z]\w*")
# A noun with its article and no adjective, before a function word or a stop: "the company has".
_NOUN = re.compile(
    r"\b(?:[Tt]he|[Aa]n?) ([a-z]{3,})(?=[.,;]|$| (?:is|are|was|were|has|had|have|will|would|can|"
    r"could|did|does|in|on|at|by|to|from|for|into|over|after|before|during|because|that|who|which)"
    r"\b)"
)
# "the first", "a few", "the same": not things.
_NO_NOUNS = frozenset(
    """first second third last next same other few lot most more only best whole number many much
    late least total""".split()
)
# A name that only describes what follows ("an American novelist", "the Patriots possession").
_DESCRIBES = re.compile(r"\b(?:the|a|an|its|his|her|their)\s+$", re.IGNORECASE)
# Of claims that keep the order of the evidence so many are taken: as often as the others then.
_SAME_ORDER_SHARE = 0.35


def swap_names(pair: Pair, rng: random.Random) -> Pair | None:
    """Exchange two names that the evidence holds too, or keep them."""
    if pair.label != "SUPPORTS":
        return None
    shared = {word for word in _CAPITALISED.findall(pair.claim) if word in pair.evidence}
    if len(shared) < 2:  # most pairs; reading the claim takes a millisecond
        return None
    found = read_claim(pair.claim).body.names
    names = [(name.start, name.end) for name in found if _stands_alone(pair, name.start, name.end)]
    return _exchanged(pair, names, "names", rng)


def _stands_alone(pair: Pair, start: int, end: int) -> bool:
    """Whether a name is a thing of its own, written as a name in the evidence too."""
    before, after = pair.claim[:start], pair.claim[end:]
    if _DESCRIBES.search(before) and re.match(r"\s+[a-z]{4,}", after):
        return False
    if re.search(r"[\"'“”‘’-]\s?$", before) or re.match(r"\s?[\"'“”‘’!?:-]|\s+[A-Z0-9]", after):
        return False
    return _WORDS.findall(pair.claim[start:end])[-1] in pair.evidence


def swap_nouns(pair: Pair, rng: random.Random) -> Pair | None:
    """Exchange two things with an article ("the company … a regulator"), or keep them."""
    if pair.label != "SUPPORTS":
        return None
    nouns = [m.span(1) for m in _NOUN.finditer(pair.claim) if m[1] not in _NO_NOUNS]
    return _exchanged(pair, nouns, "nouns", rng)


def swap_numbers(pair: Pair, rng: random.Random) -> Pair | None:
    """Exchange two figures of one kind that the evidence holds too, or keep them."""
    if pair.label != "SUPPORTS":
        return None
    by_kind: dict[str, list[Span]] = {}
    for quantity in read_claim(pair.claim).body.quantities:
        by_kind.setdefault(quantity.kind, []).append((quantity.start, quantity.end))
    for spans in by_kind.values():
        found = _exchanged(pair, spans, "numbers", rng, joined=r"\band\b|\bor\b|[-–]")
        if found is not None:
            return found
    return None


def _exchanged(
    pair: Pair, spans: Sequence[Span], kind: str, rng: random.Random, *, joined: str | None = None
) -> Pair | None:
    """The pair with the first two usable spans exchanged, or as it is.

    Args:
        joined: what between the two makes them one thing; by default all that holds both ways.
    """
    claim = pair.claim
    usable = [span for span in spans if _place(pair.evidence, claim[slice(*span)]) is not None]
    if len(usable) < 2:
        return None
    (first, first_end), (second, second_end) = usable[:2]
    one, other = claim[first:first_end], claim[second:second_end]
    between = claim[first_end:second]
    unusable = re.compile(joined) if joined else _BOTH_WAYS
    if one.lower() == other.lower() or not _WORDS.search(between) or unusable.search(between):
        return None
    places = _place(pair.evidence, one), _place(pair.evidence, other)
    if places[0] is None or places[1] is None or places[0] == places[1]:
        return None
    if places[0] < places[1] and rng.random() >= _SAME_ORDER_SHARE:
        return None
    if rng.random() < 0.5:
        return Pair(evidence=pair.evidence, claim=claim, label="SUPPORTS", source=f"{kind}_kept")
    turned = claim[:first] + other + between + one + claim[second_end:]
    return Pair(evidence=pair.evidence, claim=turned, label="REFUTES", source=f"{kind}_swapped")


def _place(text: str, surface: str) -> int | None:
    """Where a surface first stands in a text: its figure, or the last word of a name."""
    words = _WORDS.findall(surface)
    figures = [word for word in words if word[0].isdigit()]
    if not words:
        return None
    found = re.search(rf"\b{re.escape((figures or words[-1:])[0])}\b", text, re.IGNORECASE)
    return found.start() if found else None
