"""A cause that the claim names and the passage leaves open, doubts or never speaks of.

"Sales fell because of the tax" is not stated by a passage on the tax and on falling sales. News
often leaves a cause unspoken all the same ("closed after three days of rain"), so that the mere
lack of a word of cause says little; a word of doubt or of mere relation says much.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from factcheck.checks.found import Stretch, make_finding
from factcheck.checks.grammar.tokens import concept
from factcheck.checks.statements.realis import sentence_range
from factcheck.records import Finding, Outcome, Stance

if TYPE_CHECKING:
    from factcheck.checks.reading import ClaimReading, PassageReading

# What joins a cause and its effect in a claim.
_CAUSE = re.compile(
    r"""\b(?:(?<!about\sthe\s)caus(?:e|es|ed|ing)|led\sto|leads?\sto|leading\sto|because|due\sto|thanks\sto|owing\sto
    |as\sa\s(?:result|consequence)\sof|on\saccount\sof|resulted\s(?:in|from)|results\sin
    |triggered|brought\sabout|(?:is|was)\s(?:the\sreason\s)?why|(?:to\sblame|responsible)\sfor
    |prompted|provoked|sparked|forced|induced|stems?\sfrom|stemmed\sfrom)\b""",
    re.VERBOSE | re.IGNORECASE,
)
# Verbs of influence: a cause too, but "lower among drinkers" may be all that a study can say.
_INFLUENCE = re.compile(
    r"\b(?:prevent|reduc|improv|increas|lower|protect|worsen|harm|cur|damag|prolong)(?:s|es|ed)\b"
)
# A claim that says so itself, or puts the cause in somebody's mouth.
_CAREFUL = re.compile(
    r"""\b(?:said|says?|told|believes?|according|blam\w+|claim\w*|argu\w*|think\w*|no\sone|nobody
    |not|never|no|nor|neither|may|might|could|would|will|whether|if|possibl\w+|perhaps|probabl\w+
    |linked|associated|correlat\w+|suspect\w*|due\sto\s(?:be|open|start|begin|end|finish))\b""",
    re.VERBOSE | re.IGNORECASE,
)
# Words that state a cause. "After", "when" and "by" may or may not.
_STATED = re.compile(
    r"""\b(?:caus\w*|because|due\sto|owing\sto|owe[sd]?|thanks\sto|result\w*|led|leads?|leading
    |trigger\w*|brought|bring\w*|forc\w*|provok\w*|prompt\w*|induc\w*|driv\w*|drove|why|reasons?
    |expla\w*|blam\w*|so\sthat|therefore|thus|hence|thereby|produc\w*|mad[e]|makes?|making|effects?
    |affect\w*|consequen\w*|attribut\w*|put\sdown|responsib\w*|fault|contribut\w*|account\w*
    |factors?|impact|spark\w*|set\soff|behind|grounds|on\saccount)\b""",
    re.VERBOSE | re.IGNORECASE,
)
_DOUBTED = re.compile(
    r"""\b(?:whether
    |(?:cannot|can\snot|could\snot|unable\sto|impossible\sto|does\snot|do\snot|did\snot)\s
        (?:say|tell|show|prove|know|establish|settle|explain|mean\sthat|distinguish)
    |(?:is|are|was|were|remains?|remained)\s(?:still\s)?
        (?:not\s(?:yet\s)?(?:known|clear|established|proven|settled)|unknown|unclear|disputed)
    |no\s(?:evidence|proof|link|connection|part|role\sin|sign\sthat)
    |not\s(?:because|due\sto|the\scause|the\sreason|responsible|to\sblame|at\srandom|randomi[sz]ed)
    |cannot\sbe\s(?:credited|put\sdown|blamed|explained|attributed|traced)
    |nothing\sto\sdo\swith|coincidence|unrelated|(?:is|was|were)\sruled\sout
    |(?:being|still|to\sbe)\s(?:investigated|examined))\b""",
    re.VERBOSE | re.IGNORECASE,
)
_RELATED = re.compile(
    r"""\b(?<!not\s)(?:associat(?:ed\swith|ions?\s(?:between|of|with))|linked|correlat\w+|cohort|observational
    |went\swith|goes?\swith|questionnaires?|relationship)\b""",
    re.VERBOSE | re.IGNORECASE,
)
_TRIED = re.compile(r"\b(?:randomi[sz]ed|placebo|trials?)\b", re.IGNORECASE)
_LINK = "the passage speaks of a link, the claim of a cause"
_DOUBT = "the passage leaves the cause open or doubts it, the claim names it"
_SILENT = "the passage tells of both and does not say that one caused the other"


class Cause(NamedTuple):
    """The two sides of a causal claim as concepts, and how it joins them."""

    left: frozenset[str]
    right: frozenset[str]
    verb: str
    influence: bool
    start: int
    end: int


@lru_cache(maxsize=4096)
def stated_cause(claim: ClaimReading) -> Cause | None:
    """The cause that a claim states, or None."""
    text = claim.text
    match = _CAUSE.search(text)
    influence = match is None
    match = match or _INFLUENCE.search(text)
    if match is None or claim.body.attributions or _CAREFUL.search(text):
        return None
    tokens = claim.body.layout.tokens
    left, right, verb = set(), set(), ""
    # "Because of the rain, the fair was put off": the comma parts the sides.
    comma = text.find(",", match.end()) if match.start() == 0 else -1
    for token in tokens:
        if token.start == match.start():
            verb = concept(token.stem)
        if token.content and (token.end <= match.start() or 0 < comma < token.start):
            left.add(concept(token.stem))
        elif token.content and token.start >= match.end():
            right.add(concept(token.stem))
    if not left or not right:
        return None
    return Cause(frozenset(left), frozenset(right), verb, influence, match.start(), match.end())


@lru_cache(maxsize=4096)
def _signs(passage: PassageReading) -> tuple[bool, re.Match[str] | None, re.Match[str] | None]:
    text = passage.text
    return bool(_STATED.search(text)), _DOUBTED.search(text), _RELATED.search(text)


def compare_causes(claim: ClaimReading, passage: PassageReading) -> Finding | None:
    """Find a cause of the claim that the passage does not state, both sides being there."""
    cause = stated_cause(claim)
    if cause is None:
        return None
    shared = min(_share(side, passage) for side in (cause.left, cause.right))
    if shared < 0.5:
        return None
    stated, doubted, related = _signs(passage)
    found: tuple[float, str, re.Match[str] | None] | None = None
    if cause.influence:
        if cause.verb in passage.body.stems or _TRIED.search(passage.text):
            return None
        if related:
            found = (_RELATED_INFLUENCE, _LINK, related)
        elif doubted and not stated:
            found = (_DOUBTED_INFLUENCE, _DOUBT, doubted)
    elif doubted:
        found = (_DOUBTED_STATED if stated else _DOUBTED_ALONE, _DOUBT, doubted)
    elif related and not stated:
        found = (_RELATED_ALONE, _LINK, related)
    elif not stated and shared == 1.0 and _apart(cause, passage):
        found = (_APART, _SILENT, None)
    if found is None:
        return None
    strength, message, match = found
    return make_finding(
        "modality",
        Outcome.DIFFERENT,
        Stance.NEUTRAL,
        strength * (0.7 + 0.3 * shared),
        message,
        ours=Stretch(cause.start, cause.end, claim.text[cause.start : cause.end]),
        theirs=Stretch(*match.span(), match.group()) if match else "",
    )


_RELATED_INFLUENCE, _DOUBTED_INFLUENCE = 0.6, 0.5
_DOUBTED_STATED, _DOUBTED_ALONE, _RELATED_ALONE = 0.7, 0.8, 0.8
_APART = 0.2


def _share(side: frozenset[str], passage: PassageReading) -> float:
    """Share of one side found in passage and context; 0 if the passage itself has none of it."""
    return len(side & passage.stems) / len(side) if side & passage.body.stems else 0.0


def _apart(cause: Cause, passage: PassageReading) -> bool:
    """Whether no sentence of the passage holds half of both sides."""
    layout = passage.body.layout
    position = 0
    while position < len(layout.tokens):
        low, high = sentence_range(layout, position)
        near = {concept(token.stem) for token in layout.tokens[low:high] if token.content}
        if all(2 * len(side & near) >= len(side) for side in (cause.left, cause.right)):
            return False
        position = max(high, position) + 1
    return True
