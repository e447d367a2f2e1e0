"""A deed that the claim tells as done and the passage only plans, alleges, doubts or conditions."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from factcheck.checks.found import make_finding
from factcheck.checks.grammar.lexicon import IRREGULAR
from factcheck.checks.grammar.tokens import concept, stem
from factcheck.checks.relevance import name_coverage
from factcheck.checks.statements.realis import (
    ALLEGED,
    CONDITIONAL,
    DENIED,
    DONE,
    HEDGED,
    OPEN,
    PLANNED,
    mood_at,
    sentence_range,
)
from factcheck.checks.statements.stages import compare_stages
from factcheck.records import Finding, Outcome, Stance

if TYPE_CHECKING:
    from factcheck.checks.reading import ClaimReading, PassageReading

_MESSAGES = {
    PLANNED: "the passage only plans or expects it ({cue}), the claim says it happened",
    ALLEGED: "the passage only reports an allegation ({cue}), the claim states a fact",
    HEDGED: "the passage is not certain ({cue}), the claim is",
    CONDITIONAL: "the passage makes it depend on a condition ({cue})",
}
_NOW = frozenset(("is", "are", "am"))
_EMPTY = frozenset("be have do get go come make take say".split())
# A claim that itself tells what somebody thinks, wants or says states no deed.
_REPORT_NAMES = frozenset(
    concept(stem(verb))
    for verb in """believe assert think suspect deny dispute insist argue expect hope want plan
    intend promise propose suggest allege accuse predict demand recommend threaten""".split()
)
_SOFT_CUES = frozenset(("planned", "alleged", "hedged", "conditional", "negated"))
_WEIGHTS = {PLANNED: 0.9, ALLEGED: 0.85, HEDGED: 0.9, CONDITIONAL: 0.7}
_LEAST = 0.5
# Another mention of the deed of which the mood is not clear.
_UNSURE = 0.5
# Rises and falls are told in many ways: "will fall further" may follow "3 per cent less".
_LOOSE = frozenset(("_rise", "_fall"))
_LOOSE_FACTOR = 0.6
# What was planned or suspected came true: "it did", "he admitted it", "kept the promise".
_CONFIRMED = frozenset(
    """did kept fulfilled admitted admits confessed confirmed completed indeed accordingly
    convicted yes""".split()
)
_CONFIRMED_FACTOR = 0.5
_NOUN_ENDINGS = frozenset("ur al ment anc enc at ing".split())


class Deed(NamedTuple):
    """The concept of a verb that a claim states, and whether as a thing done or in the present."""

    name: str
    done: bool


@lru_cache(maxsize=4096)
def deeds(claim: ClaimReading) -> tuple[Deed, ...]:
    """The verbs that a claim states as done, or in the present tense ("reduces").

    None if the claim itself tells of a plan, a doubt or somebody's words.
    """
    if claim.body.attributions or _REPORT_NAMES & claim.body.stems:
        return ()
    if any(cue.kind in _SOFT_CUES for cue in claim.body.modality.cues):
        return ()
    layout = claim.body.layout
    found = []
    for index in layout.verbs:
        token = layout.tokens[index]
        if (token.capital and index) or IRREGULAR.get(token.lower) in _EMPTY:
            continue
        before = {other.lower for other in layout.tokens[max(0, index - 3) : index]}
        mood = mood_at(layout, index).kind
        present = mood == OPEN and token.lower.endswith("s") and not token.lower.endswith("ss")
        if before & _NOW or not (mood == DONE or present):
            continue
        found.append(Deed(concept(token.stem), mood == DONE))
    return tuple(found)


def compare_deeds(claim: ClaimReading, passage: PassageReading) -> tuple[str, Finding] | None:
    """Find a deed of the claim that the passage states nowhere as done, but plans or doubts.

    Every mention of the deed in the passage must be in such a mood. The finding is the surer the
    more of the claim's other words stand in the same sentence.

    Returns:
        "planned", "alleged" or "uncertain", and the finding.
    """
    stated = deeds(claim)
    for deed in stated:
        found = _softest(claim, passage, deed)
        if found is not None:
            return found
    done = frozenset(deed.name for deed in stated if deed.done)
    return compare_stages(claim, passage, done) if done else None


def _softest(
    claim: ClaimReading, passage: PassageReading, deed: Deed
) -> tuple[str, Finding] | None:
    if not any(_same_deed(word, deed.name) for word in passage.body.stems):
        return None
    layout = passage.body.layout
    best: tuple[float, int, str, int] | None = None
    unsure = 1.0
    others = claim.body.stems - {deed.name}
    for index, token in enumerate(layout.tokens):
        if token.kind != "w" or not _same_deed(concept(token.stem), deed.name):
            continue
        mood = mood_at(layout, index)
        if mood.kind == DONE:
            return None
        if mood.kind in (OPEN, DENIED):
            unsure = _UNSURE
            continue
        doubted = mood.kind == HEDGED or layout.tokens[mood.cue].lower == "whether"
        if not (deed.done or doubted):
            return None  # "the chain keeps 150 shops", "will keep 150": the present may be the plan
        low, high = sentence_range(layout, index)
        near = {concept(other.stem) for other in layout.tokens[low:high] if other.content}
        shared = len(others & near) + 0.5 * len((others - near) & passage.stems)
        score = shared / max(1, len(others))
        if best is None or score > best[0]:
            best = (score, index, mood.kind, mood.cue)
    if best is None or best[0] < _LEAST:
        return None
    score, _, kind, position = best
    cue = layout.tokens[position]
    strength = _WEIGHTS[kind] * unsure * (0.4 + 0.6 * score)
    strength *= 0.5 + 0.5 * name_coverage(claim, passage)
    if deed.name in _LOOSE:
        strength *= _LOOSE_FACTOR
    if _CONFIRMED & {token.lower for token in layout.tokens}:
        strength *= _CONFIRMED_FACTOR
    finding = make_finding(
        "modality",
        Outcome.DIFFERENT,
        Stance.NEUTRAL,
        strength,
        _MESSAGES[kind].format(cue=f"“{cue.text}”"),
        ours=claim.text,
        theirs=cue,
    )
    return "uncertain" if kind in (HEDGED, CONDITIONAL) else kind, finding


def _same_deed(word: str, deed: str) -> bool:
    """Whether a word is the deed or a noun made of it: "closure" for "close"."""
    if word == deed:
        return True
    return len(deed) >= 4 and word.startswith(deed) and word[len(deed) :] in _NOUN_ENDINGS
