"""Rival figures: two sides give two figures for one thing, and the claim states one as a fact.

"The growers put the damage at 14 million marks. The insurers speak of 9 million." The second
sentence says nothing of its own accord: it takes up the figure before it. So a figure on somebody's
word is read beside the figure that it answers, and only then beside the claim.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from factcheck.checks.comparison.answers import FRAME, Answer, find_answers
from factcheck.checks.comparison.intervals import compare_values
from factcheck.checks.comparison.subjects import same_thing
from factcheck.checks.comparison.voices import (
    find_stated,
    opening_voice,
    same_voice_as,
    sentence_starts,
)
from factcheck.checks.found import Stretch, make_finding
from factcheck.checks.numbers.quantity import Quantity
from factcheck.checks.relevance import relevance
from factcheck.records import Finding, Outcome, Stance

if TYPE_CHECKING:
    from factcheck.checks.reading import ClaimReading, PassageReading, TextReading

# A claim with such a word is about a figure that somebody gave.
_TELLING = frozenset(
    """figur estimat claim ment cite quot credit tweet register record count accord speak reckon
    disput disagre show list name declar admit official""".split()
)
# First words of voices that are no names, however a sentence begins.
_COMMON = frozenset(
    """the a an police officials organisers organizers authorities critics opponents experts unions
    residents witnesses doctors scientists researchers employers insurers firefighters rescuers
    farmers hunters protesters prosecutors investigators campaigners aid human local rescue
    government opposition trade""".split()
)
_LEAST = 0.2


class Rival(NamedTuple):
    """A finding, and whether the disputed figure stands in the passage too."""

    finding: Finding
    within: bool


def compare_rivals(claim: ClaimReading, passage: PassageReading) -> tuple[Finding, ...]:
    """Findings on figures that another side disputes, in the claim's order."""
    return tuple(rival.finding for rival in find_rivals(claim, passage))


@lru_cache(maxsize=4096)
def find_rivals(claim: ClaimReading, passage: PassageReading) -> tuple[Rival, ...]:
    """Figures of another side than the claim's; results are kept.

    The rival must stand in the passage; the figure that it answers may stand in the sentences
    before. A claim that says on whose word it gives its figure is refuted only when that voice is
    the one with the other figure.
    """
    if not claim.body.quantities or not passage.body.quantities:
        return ()
    if not FRAME.search(passage.text):
        return ()
    whole, offset = _with_before(passage)
    if len(whole.quantities) < 2 or not _may_agree(claim, whole):
        return ()
    answers = find_answers(whole, offset, claim.body.stems)
    if not answers:
        return ()
    around = replace(passage, body=whole, before="")
    found = (_judge(quantity, claim, around, answers, offset) for quantity in claim.body.quantities)
    return tuple(rival for rival in found if rival is not None)


def _with_before(passage: PassageReading) -> tuple[TextReading, int]:
    """The passage with the sentences before it, and where it begins."""
    from factcheck.checks.reading import read_text

    before = passage.before.strip()
    if not before:
        return passage.body, 0
    return read_text(f"{before}\n\n{passage.text}", passage.published), len(before) + 2


def _may_agree(claim: ClaimReading, whole: TextReading) -> bool:
    """Whether a figure of the claim can stand in the text at all; a bare one takes any unit."""
    return any(
        _agrees(ours, theirs) or (theirs.kind == "count" and not theirs.noun)
        for ours in claim.body.quantities
        for theirs in whole.quantities
    )


def _judge(
    quantity: Quantity,
    claim: ClaimReading,
    around: PassageReading,
    answers: list[Answer],
    offset: int,
) -> Rival | None:
    """The surest rival of one figure of the claim.

    Args:
        around: the passage with the sentences before it.
        offset: where the passage begins in them.
    """
    best: Rival | None = None
    about = _about(quantity, claim, around)
    for weight, ours, own, theirs, voice in _sides(answers, offset):
        if compare_values(quantity, theirs).outcome is not Outcome.DIFFERENT:
            continue
        if any(_agrees(other, theirs) for other in claim.body.quantities):
            continue  # the claim tells of both
        strength = weight * _same(quantity, ours) * about
        if strength > (best.finding.strength if best else _LEAST) and _may_refute(
            quantity, claim, own, voice
        ):
            finding = _finding(quantity, theirs, voice, strength, offset)
            best = Rival(finding, ours.start >= offset)
    return best


def _sides(
    answers: list[Answer], offset: int
) -> Iterator[tuple[float, Quantity, str, Quantity, str]]:
    """(weight, figure that the claim may have, who gives it, the other figure, who gives that).

    A claim may also have the second figure, where the first stands in the passage too.
    """
    for first, rival, first_voice, voice, weight in answers:
        yield weight, first, first_voice, rival, voice
        if first.start >= offset and first_voice:
            yield weight, rival, voice, first, first_voice


def _agrees(first: Quantity, second: Quantity) -> bool:
    """Whether two figures of one kind may be the same."""
    same = first.kind == second.kind
    return same and compare_values(first, second).outcome is not Outcome.DIFFERENT


def _about(quantity: Quantity, claim: ClaimReading, around: PassageReading) -> float:
    """How surely claim and text are on one matter; an unround figure of both tells it too."""
    shared = relevance(claim, around) ** 0.5
    figures = [char for char in quantity.text if char.isdigit()]
    unround = len("".join(figures).strip("0")) >= 3
    return max(shared, 0.8) if unround else shared


def _same(quantity: Quantity, ours: Quantity) -> float:
    """How surely the claim's figure is the one that is disputed.

    The same figure in a sentence on the same matter is hardly one of another thing, whatever the
    noun ("a crowd of 18,420", "an attendance of 18,420"); a small one may be.
    """
    if not _agrees(quantity, ours):
        return 0.0
    equal = compare_values(quantity, ours).outcome is Outcome.EQUAL
    telling = equal and (quantity.kind != "count" or quantity.value >= 100)
    return max(same_thing(quantity, ours), 0.75 if telling else 0.0)


def _may_refute(quantity: Quantity, claim: ClaimReading, own: str, other: str) -> bool:
    """Whether the claim states its figure as a fact or on the word of the other side.

    "The growers put the damage at 14 million" is not disputed by what the insurers say.
    """
    if any(cue.kind == "alleged" for cue in claim.body.modality.cues):
        return False
    stated = find_stated(claim.body, sentence_starts(claim.text))
    voices = [item.voice for item in stated if item.quantity.start == quantity.start]
    voices += [
        item.speaker
        for item in claim.body.attributions
        if item.kind != "denies" and (item.start <= quantity.start < item.end or not item.speaker)
    ]
    opening = opening_voice(claim.text[: quantity.start])
    voices += [opening] if opening else []
    if not voices:
        return not _TELLING & claim.body.stems
    theirs = any(same_voice_as(voice, other) for voice in voices)
    return theirs and not any(same_voice_as(voice, own) for voice in voices)


def _finding(
    quantity: Quantity, theirs: Quantity, voice: str, strength: float, offset: int
) -> Finding:
    told = f"according to {_inside(voice)} it is" if voice else "by the passage it is in fact"
    return make_finding(
        "quantity",
        Outcome.DIFFERENT,
        Stance.REFUTES,
        strength,
        f"{told} {_lowered(theirs)}, the claim says {_lowered(quantity)}",
        ours=quantity,
        theirs=Stretch(theirs.start - offset, theirs.end - offset, theirs.text),
    )


def _inside(voice: str) -> str:
    """A voice from the beginning of a sentence as it is written inside one."""
    first, _, rest = voice.partition(" ")
    return f"{first.lower()} {rest}".strip() if first.lower() in _COMMON else voice


def _lowered(quantity: Quantity) -> str:
    return quantity.text[:1].lower() + quantity.text[1:]
