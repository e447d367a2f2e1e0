"""A later stage in the claim than in the passage: convicted for charged, bought for bid.

The passage must hold a word of an earlier stage and none of the later one, and share most of the
claim's other words.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from factcheck.checks.found import make_finding
from factcheck.checks.grammar.tokens import concept, stem
from factcheck.checks.relevance import name_coverage
from factcheck.checks.statements.realis import sentence_range
from factcheck.records import Finding, Outcome, Stance

if TYPE_CHECKING:
    from factcheck.checks.reading import ClaimReading, PassageReading


class Stage(NamedTuple):
    """Verbs of a stage reached, further words that show it reached, and words of earlier ones."""

    reached: frozenset[str]
    shown: frozenset[str]
    earlier: frozenset[str]
    kind: str
    strength: float


def _names(words: str) -> frozenset[str]:
    return frozenset(concept(stem(word)) for word in words.split())


STAGES = (
    Stage(
        _names("convict sentence jail imprison"),
        _names("guilty prison verdict conviction fine judge ruling admit confess plead year"),
        _names("charge accuse trial suspect prosecute indict investigate question arrest"),
        "alleged",
        0.95,
    ),
    Stage(
        _names("die kill drown"),
        _names("body corpse victim murder drown toll grave funeral shoot mortality survive"),
        _names("missing fear endanger threaten injure"),
        "uncertain",
        0.75,
    ),
    Stage(
        _names("buy take-over merge"),
        _names("own owner sell merger belong deal takeover pay complete hold"),
        _names("offer bid negotiate talks interested bidding agree"),
        "planned",
        0.75,
    ),
    Stage(
        _names("pass adopt enact abolish outlaw legalise ban introduce"),
        _names("law force vote voter signed ban abolition lift accept back percent"),
        _names("bill draft propose proposal debate consult recommend motion petition"),
        "planned",
        0.75,
    ),
    Stage(
        _names("appoint elect"),
        _names("win become new successor succeed take name head lead vote seat victory hire beat"),
        _names("nominate candidate propose shortlist nominee favourite run stand recommend"),
        "planned",
        0.75,
    ),
    Stage(
        _names("sue"),
        _names("lawsuit court suit writ judge"),
        _names("threaten consider weigh"),
        "planned",
        0.75,
    ),
    Stage(
        _names("pay receive compensate"),
        _names("give get grant cost hand transfer collect money take"),
        _names("promise pledge owe demand claim ask apply entitle"),
        "planned",
        0.75,
    ),
    Stage(
        _names("open complete inaugurate"),
        _names("close use run serve operate visitor guest launch begin end ready"),
        _names("plan propose tender permission delay postpone"),
        "planned",
        0.75,
    ),
    Stage(
        _names("build construct erect install"),
        _names("stand complete open end put use work ready cost cover unveil"),
        _names("plan propose tender permission approve consider"),
        "planned",
        0.75,
    ),
    Stage(
        _names("resign quit"),
        _names("successor replace go give leave dismiss sack step departure"),
        _names("call urge demand consider offer"),
        "planned",
        0.75,
    ),
    Stage(
        _names("win"),
        _names("go get take receive honour lose beat champion"),
        _names("nominate shortlist nominee finalist nomination final"),
        "planned",
        0.75,
    ),
)
_LEAST = 0.5
# A claim that nobody did it is no claim of a deed.
_NONE = frozenset("no nobody none neither without".split())


def compare_stages(
    claim: ClaimReading, passage: PassageReading, deeds: frozenset[str]
) -> tuple[str, Finding] | None:
    """Find a stage that the claim says was reached and the passage only comes before.

    Args:
        deeds: concepts of what the claim tells as done.

    Returns:
        "planned", "alleged" or "uncertain", and the finding.
    """
    ours, theirs = claim.body.stems, passage.body.stems
    if not _NONE.isdisjoint(token.lower for token in claim.body.layout.tokens):
        return None
    for stage in STAGES:
        if not deeds & stage.reached or ours & stage.earlier:
            continue
        if theirs & (stage.reached | stage.shown) or not theirs & stage.earlier:
            continue
        shared, index = _nearest(passage, ours - stage.reached, stage)
        if shared < _LEAST:
            continue
        word = passage.body.layout.tokens[index]
        own = next(t for t in claim.body.layout.tokens if concept(t.stem) in stage.reached)
        strength = stage.strength * (0.5 + 0.5 * shared)
        strength *= 0.5 + 0.5 * name_coverage(claim, passage)
        finding = make_finding(
            "modality",
            Outcome.DIFFERENT,
            Stance.NEUTRAL,
            strength,
            f"the passage goes no further than “{word.text}”, the claim says “{own.text}”",
            ours=own,
            theirs=word,
        )
        return stage.kind, finding
    return None


def _nearest(passage: PassageReading, others: frozenset[str], stage: Stage) -> tuple[float, int]:
    """The share of the claim's other words around a word of an earlier stage, and its place.

    Words outside the sentence and in the context count half.
    """
    layout = passage.body.layout
    best = (0.0, -1)
    for index, token in enumerate(layout.tokens):
        if concept(token.stem) not in stage.earlier:
            continue
        low, high = sentence_range(layout, index)
        near = {concept(other.stem) for other in layout.tokens[low:high] if other.content}
        shared = len(others & near) + 0.5 * len((others - near) & passage.stems)
        best = max(best, (shared / max(1, len(others)), index))
    return best
