"""How likely a calculation that gives a claim's figure is the one that the claim rests on.

A small logistic model over what can be seen: how exactly and among how many tries it fits, whether
the claim's words stand beside its numbers, whether the words of such a calculation ("together",
"fewer", "each") are there. Its weights lie in `likelihood.json`. `training/fit_calculations.py`
fits them on the contrast sets, whose passages are written so that other numbers fit as well. Even
the likeliest fit is by chance in one case of four, so this is an input of the judgement beside the
verifier's answer and no finding.
"""

from __future__ import annotations

import json
import math
import re
from functools import lru_cache
from importlib import resources
from typing import TYPE_CHECKING

from factcheck.checks.calculation.search import WAYS, Result, Search, search
from factcheck.checks.comparison.counterparts import closeness, said_words
from factcheck.checks.comparison.segments import beside, said_with
from factcheck.checks.grammar.tokens import YEAR_NUMBER
from factcheck.checks.numbers.bounds import Bound
from factcheck.checks.numbers.compounds import one_kind
from factcheck.checks.relevance import name_coverage

if TYPE_CHECKING:
    from factcheck.checks.numbers.quantity import Quantity
    from factcheck.checks.reading import ClaimReading, PassageReading

FILE = "likelihood.json"

_OPEN = frozenset((Bound.OVER, Bound.UNDER, Bound.AT_LEAST, Bound.AT_MOST))
_SENTENCE = re.compile(r"[.!?]\s")
_CUES = {
    "together": re.compile(
        r"\b(?:together|altogether|total\w*|in all|all told|combined|overall|both|between them|sum)"
        r"\b",
        re.I,
    ),
    "apart": re.compile(
        r"\b(?:than|difference|gap|margin|lead|ahead|behind|extra|short|missed|saved?|loss(?:es)?"
        r"|profit|by|lost|loses?)\b",
        re.I,
    ),
    "times": re.compile(
        r"\b(?:times|twice|doubl\w+|tripl\w+|trebl\w+|quadrupl\w+|half|halv\w+|\w+fold|third"
        r"|quarter|as (?:many|much|big|large|high|long))\b",
        re.I,
    ),
    "each": re.compile(
        r"\b(?:each|per|every|average\w*|mean|apiece|a head"
        r"|an? (?:day|week|month|year|hour|minute|night|litre|kilo\w*|tonne|person|piece))\b",
        re.I,
    ),
    "before": re.compile(
        r"\b(?:before|earlier|previous\w*|former\w*|used to|once|originally|initially|had been|ago"
        r"|last|at first|began|started|was|were|had)\b",
        re.I,
    ),
    "left": re.compile(
        r"\b(?:left|remain\w*|rest|others?|still|not|no|never|without|un\w{4,}|kept|spare|fail\w*"
        r"|missing|lack\w*|but)\b|n.t\b",
        re.I,
    ),
    "up": re.compile(
        r"\b(?:rose|ris\w+|grew|grow\w*|increas\w*|more|up|higher|gain\w*|climb\w*|jump\w*|larger"
        r"|longer|added)\b",
        re.I,
    ),
    "down": re.compile(
        r"\b(?:fell|fall\w*|drop\w*|decreas\w*|declin\w*|less|fewer|down|lower|lost|cut|shr[au]nk"
        r"|smaller|shorter|sank|reduc\w*)\b",
        re.I,
    ),
}
# Which words a claim uses for a calculation; a share is told by its figure alone.
_TOLD_BY = {
    "sum": ("together",),
    "difference": ("apart", "left", "before", "up", "down"),
    "remainder": ("left", "before", "apart"),
    "ratio": ("times",),
    "change": ("up", "down", "times"),
    "rest": ("left",),
    "grown": ("up", "down"),
    "before": ("before",),
    "rest of": ("left",),
    "whole": ("before",),
    "times": ("together",),
    "each": ("each", "before", "times"),
}

FEATURES = (
    *(f"way: {way}" for way in WAYS),
    *(f"told: {way}" for way in WAYS),  # words of this calculation stand in the claim
    "open",  # the figure is a bound: "more than 200"
    "about",
    "vague",  # "most", "dozens"
    "digits",  # significant digits of the figure, to 4; 0 in words
    "exact",
    "miss",  # distance of the result from the figure, as a share of it
    "beyond",  # the same for a bound, as a logarithm
    "chance",  # log of how many of the tries would fit if the figure were any
    "other_hits",  # log of the number of different results that fit
    "numbers",  # log of the number of numbers in the passage
    "beside",  # share of the claim's words that stand right beside its numbers
    "clause",  # share that stand in their clauses
    "missing",  # number that the passage lacks, to 4
    "close",  # `closeness` of its nearest number
    "rival_close",  # of the nearest number of the figure's kind
    "names",  # share of the claim's names found
    "year_missing",
    "one_noun",  # all its numbers count what the claim counts
    "other_noun",  # another number does, and none of its own
    "kinds_differ",
    "apart",  # its numbers stand in different sentences
    "distance",  # log of the characters between them
    "bounded",  # one of its numbers is a bound
    "little",  # how many of its numbers are small ones in words
    "planned",  # claim or passage alone speaks of plans
)


def read_features(
    result: Result, found: Search, quantity: Quantity, claim: ClaimReading, passage: PassageReading
) -> dict[str, float]:
    """What can be seen of one result, under the names of `FEATURES`."""
    values = dict.fromkeys(FEATURES, 0.0)
    rest = f"{claim.text[: quantity.start]} # {claim.text[quantity.end :]}"
    cues = _TOLD_BY.get(result.way)
    values[f"way: {result.way}"] = 1.0
    values[f"told: {result.way}"] = cues is None or any(_CUES[cue].search(rest) for cue in cues)
    values |= _fit(result, found, quantity)
    values |= _words(result, quantity, claim, passage)
    values |= _places(result, claim, passage)
    return {name: float(value) for name, value in values.items()}


def _fit(result: Result, found: Search, quantity: Quantity) -> dict[str, float]:
    loose = quantity.bound in _OPEN or quantity.form == "vague"
    size = abs(quantity.value) or 1e-9
    rounding = max(quantity.half / size, 1e-4)
    wide = 0.5 if quantity.form == "vague" else 0.3 if loose else min(0.5, 4 * rounding)
    written = "".join(c for c in quantity.text if c.isdigit()).strip("0")
    return {
        "open": quantity.bound in _OPEN,
        "about": quantity.bound is Bound.ABOUT,
        "vague": quantity.form == "vague",
        "digits": min(4, len(written)),
        "exact": abs(result.value - quantity.value) <= 1e-6 * size,
        "miss": 0.0 if loose else min(0.5, abs(result.value - quantity.value) / size),
        "beyond": abs(math.log(result.value / size)) if loose else 0.0,
        "chance": math.log(found.tried * wide + 0.02),
        "other_hits": math.log(len({round(hit.value, 6) for hit in found.hits})),
    }


def _words(
    result: Result, quantity: Quantity, claim: ClaimReading, passage: PassageReading
) -> dict[str, float]:
    words = said_with(quantity, claim)
    every = passage.body.quantities
    parts = [q for q in every if q.start in {part.start for part in result.parts}]
    near = beside(passage.body)
    mine = frozenset().union(*(near[part.start] for part in parts))
    clause = frozenset().union(*(part.near for part in parts))
    wanted = said_words(claim.body)
    alike = [q for q in every if one_kind(quantity, q)[1].kind == quantity.kind]
    count = max(1, len(words))
    nouns = {part.noun for part in parts}
    others = {q.noun for q in every} - nouns
    return {
        "numbers": math.log1p(len(every)),
        "beside": len(words & mine) / count,
        "clause": len(words & clause) / count,
        "missing": min(4, len(words - passage.stems)),
        "close": max((closeness(wanted, part, passage) for part in parts), default=0.0),
        "rival_close": max((closeness(wanted, q, passage) for q in alike), default=0.0),
        "names": name_coverage(claim, passage),
        "one_noun": bool(quantity.noun) and nouns == {quantity.noun},
        "other_noun": quantity.noun in others and quantity.noun not in mine,
        "kinds_differ": len({part.kind for part in parts}) > 1,
        "bounded": any(part.bound is not Bound.EXACT for part in parts),
        "little": sum(q.kind == "count" and q.value <= 3 and q.form != "digits" for q in parts),
    }


def _places(result: Result, claim: ClaimReading, passage: PassageReading) -> dict[str, float]:
    ordered = sorted(result.parts, key=lambda part: part.start)
    between = passage.text[ordered[0].end : ordered[-1].start]
    ours, theirs = (
        any(cue.kind == "planned" for cue in side.body.modality.cues) for side in (claim, passage)
    )
    years = set(YEAR_NUMBER.findall(claim.text))
    return {
        "apart": bool(_SENTENCE.search(between)),
        "distance": math.log1p(len(between) / 20),
        "planned": ours != theirs,
        "year_missing": bool(years - set(YEAR_NUMBER.findall(passage.text))),
    }


@lru_cache(maxsize=1)
def _weights() -> tuple[dict[str, float], float]:
    """Coefficient of each feature, and the intercept."""
    text = resources.files("factcheck.checks.calculation").joinpath(FILE).read_text("utf-8")
    content = json.loads(text)
    return content["coefficients"], content["intercept"]


def likelihood(features: dict[str, float]) -> float:
    """Probability, 0 to 1, that a passage with such a result supports the claim."""
    coefficients, intercept = _weights()
    odds = intercept + sum(weight * features[name] for name, weight in coefficients.items())
    return 1.0 / (1.0 + math.exp(-odds))


@lru_cache(maxsize=4096)
def likeliest(
    quantity: Quantity, claim: ClaimReading, passage: PassageReading
) -> tuple[Result, float] | None:
    """The likeliest calculation that gives a figure of a claim, and its probability; or None."""
    found = search(quantity, passage)
    judged = [
        (hit, likelihood(read_features(hit, found, quantity, claim, passage))) for hit in found.hits
    ]
    return max(judged, key=lambda item: item[1], default=None)
