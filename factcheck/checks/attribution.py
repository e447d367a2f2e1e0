"""Who says it: the speaker of the claim against the speaker in the passage."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from factcheck.checks.found import Stretch, make_finding
from factcheck.checks.grammar.names import names_agree
from factcheck.checks.grammar.tokens import Token, concept, stem
from factcheck.checks.relevance import relevance
from factcheck.checks.statements.opposites import opposites
from factcheck.checks.statements.speakers import same_speaker
from factcheck.checks.statements.speech import PRONOUNS, Attribution
from factcheck.records import Finding, Outcome, Stance

if TYPE_CHECKING:
    from factcheck.checks.reading import ClaimReading, PassageReading, TextReading


# A denial of less than this share of a claim is a denial of something else.
_LEAST_DENIED = 0.4
# Two sayings of one speaker with less in common than this are about different things.
_LEAST_SHARED = 0.3


def _share_covered(attribution: Attribution, claim: ClaimReading, passage: PassageReading) -> float:
    """Share of the claim's words found in the passage that lie in what the speaker says."""
    inside = outside = 0
    for token in passage.body.layout.tokens:
        if token.content and concept(token.stem) in claim.body.stems:
            if attribution.speaker_span[0] <= token.start < attribution.speaker_span[1]:
                continue
            if attribution.start <= token.start < attribution.end:
                inside += 1
            else:
                outside += 1
    return inside / (inside + outside) if inside + outside else 0.0


def _share_denied(
    denial: Attribution, speaker: str, claim: ClaimReading, passage: PassageReading
) -> float:
    """Share of what the claim says, the denier's name left out, that lies in what is denied.

    Somebody who denies a theft has not denied every other sentence about them.
    """
    named = {
        concept(token.stem)
        for name in claim.body.names
        if speaker and names_agree(name.text, speaker)
        for token in claim.body.layout.tokens[name.first : name.last]
    }
    wanted = claim.body.stems - named
    return len(wanted & _said(denial, passage.body)) / len(wanted) if wanted else 0.0


def _said(attribution: Attribution, body: TextReading) -> frozenset[str]:
    """Concepts of the content words of what is said or denied."""
    return frozenset(
        concept(token.stem)
        for token in body.layout.tokens
        if token.content and attribution.start <= token.start < attribution.end
    )


_NOT_ONE = frozenset(("one", "a", "single", "any"))


def _more_no(tokens: tuple[Token, ...], index: int) -> bool:
    """Negations of reported speech that are none elsewhere.

    "Not one of the doors", "without a cent from the state", "said that he had never met her".
    """
    word = tokens[index].lower
    if word == "never":
        return index > 0 and tokens[index - 1].lower == "had"
    following = tokens[index + 1].lower if index + 1 < len(tokens) else ""
    return word in ("not", "without") and following in _NOT_ONE


def _says_no(attribution: Attribution, body: TextReading, about: frozenset[str]) -> bool:
    """Whether the speaker says that something is not so: a denial, or a negation in the saying.

    "Denies that there was a leak", "says that there was no leak" and "never leaked, says" are
    alike; "denies that nobody was told" says yes. A negation counts in the clause that holds most
    of what matters, not in "..., though it would not last".

    Args:
        attribution: the saying.
        body: the text that holds it.
        about: concepts that matter; all of the saying where empty.
    """
    layout = body.layout
    inside = [
        index
        for index, token in enumerate(layout.tokens)
        if attribution.start <= token.start < attribution.end
    ]
    hits = Counter(
        layout.clauses[index]
        for index in inside
        if not about or concept(layout.tokens[index].stem) in about
    )
    most = max(hits.values(), default=0)
    clauses = {clause for clause, count in hits.items() if 2 * count >= most}
    starts = {layout.tokens[index].start for index in inside if layout.clauses[index] in clauses}
    no = any(cue.kind == "negated" and cue.start in starts for cue in body.modality.cues)
    no = no or any(
        layout.clauses[index] in clauses and _more_no(layout.tokens, index) for index in inside
    )
    return no != (attribution.kind == "denies")


def relevant_attribution(
    passage: PassageReading, claim: ClaimReading | None = None
) -> Attribution | None:
    """The attribution that covers the part of the passage which matters for the claim."""
    best, best_share = None, 0.5
    for attribution in passage.body.attributions:
        if claim is None:
            return attribution
        share = _share_covered(attribution, claim, passage)
        if share > best_share:
            best, best_share = attribution, share
    return best


def reported_by(passage: PassageReading, claim: ClaimReading | None = None) -> str | None:
    """On whose word the passage states what matters.

    A pronoun is replaced by the last name before it. If the claim itself attributes the
    statement to the same speaker, the passage supports it plainly and nobody is returned.

    Args:
        passage: the passage.
        claim: picks the relevant part of the passage; without it the first attribution counts.
    """
    attribution = relevant_attribution(passage, claim)
    if attribution is None:
        return passage.speaker
    speaker = resolve_speaker(attribution, passage)
    if claim is not None and speaker:
        own = [item.speaker for item in claim.body.attributions if item.speaker]
        if any(same_speaker(name, speaker, passage.body) for name in own):
            return None
    return speaker or "an unnamed source"


def resolve_speaker(attribution: Attribution, passage: PassageReading) -> str:
    """The speaker's name; for "he" or "they" the last name before it or the passage's speaker."""
    if attribution.speaker.lower() not in PRONOUNS:
        return attribution.speaker
    start = attribution.speaker_span[0]
    tokens = passage.body.layout.tokens
    position = passage.body.layout.index_at(start)
    if attribution.speaker.lower() == "it" and position and tokens[position - 1].text not in ".;":
        return ""  # "On Monday it said": whoever stands before, it need not be it
    before = [
        name
        for name in passage.body.names
        if name.end <= start
        and not name.text.endswith(("'s", "’s"))
        and (not name.first or tokens[name.first - 1].lower not in _WHERE)
    ]
    if before:
        return before[-1].text
    return passage.speaker or ""


# Names behind these are places: "landed in Lisbon. An inquiry blamed a mechanic; he denied it."
_WHERE = frozenset("in at near from to of through into".split())


def compare_attribution(claim: ClaimReading, passage: PassageReading) -> tuple[Finding, ...]:
    """Findings on who says it.

    A denial of the claim is evidence against it on the denier's word. A claim about a saying is
    borne out by the same speaker's saying so, and contradicted by the same speaker's saying the
    opposite. Another speaker of the same words informs; it proves nothing about the named one.
    """
    if not passage.body.attributions:
        return ()
    ours = next((item for item in claim.body.attributions), None)
    finding = _plain(claim, passage) if ours is None else _about_saying(ours, claim, passage)
    return () if finding is None else (finding,)


# Who is said to accuse or to deny is not contradicted by a denial of the accusation.
_ACCUSING = frozenset(
    concept(stem(word))
    for word in """accuse accusation blame charge suspect suspicion allege sue claim describe call
    accused refuse reject dispute deny denial contest contradict doubt
    report reported""".split()
)


def _withdrawn(denial: Attribution, body: TextReading) -> bool:
    """Whether it is an earlier denial ("had denied it"), which the text goes on from."""
    before = body.layout.tokens[: body.layout.index_at(denial.start)]
    return any(token.lower == "had" for token in before[-4:])


def _says_the_opposite(claim: ClaimReading, passage: PassageReading) -> bool:
    """Whether an opposite of one of the claim's words stands in the passage in its place."""
    theirs = passage.body.stems
    return any(opposites().get(word, frozenset()) & theirs for word in claim.body.stems - theirs)


def _plain(claim: ClaimReading, passage: PassageReading) -> Finding | None:
    """A claim that reports nobody against a passage that reports somebody."""
    theirs = relevant_attribution(passage, claim)
    if theirs is None:
        return None
    about = relevance(claim, passage)
    speaker = resolve_speaker(theirs, passage)
    if claim.speaker and speaker and names_agree(claim.speaker, speaker):
        return _own_word(claim, theirs, speaker, about)
    claim_negated = any(cue.kind == "negated" for cue in claim.body.modality.cues)
    if theirs.kind == "denies" and not claim_negated:
        denied = _share_denied(theirs, speaker, claim, passage)
        if denied < _LEAST_DENIED or not _says_no(theirs, passage.body, claim.body.stems):
            return None
        if claim.body.stems & _ACCUSING or _withdrawn(theirs, passage.body):
            return None
        if _says_the_opposite(claim, passage):
            return None  # who denies that it was unsafe says that it is safe
        return _finding(
            claim,
            theirs,
            Outcome.DIFFERENT,
            Stance.REFUTES,
            0.7 * about * min(1.0, 1.5 * denied),
            f"{speaker or 'somebody'} denies it in the passage",
        )
    return _finding(
        claim,
        theirs,
        Outcome.COMPATIBLE,
        None,
        about,
        f"the passage states it on the word of {speaker or 'somebody'}",
    )


@dataclass(frozen=True, slots=True)
class _Meeting:
    """A saying in the passage beside the claim's.

    Args:
        saying: in the passage.
        speaker: its speaker, pronouns resolved.
        same: whether it is the claim's speaker; None where that is open.
        shared: share of what the claim lets its speaker say that is said here.
    """

    saying: Attribution
    speaker: str
    same: bool | None
    shared: float


def _about_saying(
    ours: Attribution, claim: ClaimReading, passage: PassageReading
) -> Finding | None:
    """A claim that somebody says something against the sayings in the passage."""
    wanted = _said(ours, claim.body)
    if not wanted or not ours.speaker or ours.speaker.lower() in PRONOUNS:
        return None
    meetings = []
    for saying in passage.body.attributions:
        speaker = resolve_speaker(saying, passage)
        same = same_speaker(ours.speaker, speaker, passage.body) if speaker else None
        shared = len(wanted & _said(saying, passage.body)) / len(wanted)
        meetings.append(_Meeting(saying, speaker, same, shared))
    own = max((m for m in meetings if m.same), key=lambda m: m.shared, default=None)
    if own is not None and own.shared >= _LEAST_SHARED:
        close = [m for m in meetings if m.same and m.shared >= own.shared - 0.2]
        return _one_speaker(ours, close, claim, passage)
    other = max((m for m in meetings if m.same is False), key=lambda m: m.shared, default=None)
    if other is None or other.shared < 0.6 or any(m.same is None for m in meetings):
        return None
    if own is None and any(
        concept(stem(word)) in passage.stems for word in ours.speaker.lower().split()
    ):
        return None  # spoken of, and perhaps heard in a way that is not read here
    return _finding(
        claim,
        other.saying,
        Outcome.DIFFERENT,
        Stance.NEUTRAL,
        min(1.0, 0.2 + 0.8 * other.shared),
        f"the passage attributes it to {other.speaker}, the claim to {ours.speaker}",
    )


def _one_speaker(
    ours: Attribution, own: list[_Meeting], claim: ClaimReading, passage: PassageReading
) -> Finding | None:
    """What one speaker says in claim and passage: the same, or the opposite."""
    wanted = _said(ours, claim.body)
    own.sort(key=lambda m: -m.shared)
    answers = [
        (
            _says_no(ours, claim.body, wanted & _said(m.saying, passage.body)),
            _says_no(m.saying, passage.body, wanted),
        )
        for m in own
    ]
    agree = next((i for i, (no, theirs_no) in enumerate(answers) if no == theirs_no), None)
    best = own[agree or 0]
    no, theirs_no = answers[agree or 0]
    sure = min(1.0, 0.3 + best.shared)
    if agree is not None:
        # That two texts both say no is rarely chance; that both say yes is the common case.
        strength = 0.6 + 0.25 * best.shared if no else 0.6 * sure
        stance = Stance.SUPPORTS if no or best.shared >= 0.5 else None
        message = f"claim and passage attribute it to {best.speaker}"
        return _finding(claim, best.saying, Outcome.EQUAL, stance, strength, message)
    denied = ours.kind != best.saying.kind
    admitted = best.saying.verb.lower().startswith(("admi", "confirm", "acknowledg"))
    if (
        (not denied and best.shared < 0.6)
        or _open(ours, claim.body)
        or _open(best.saying, passage.body)
    ):
        return None
    if theirs_no and denied:
        message, strength = f"in the passage {best.speaker} denies it", 0.9
    elif denied:
        # Often a yes that means no ("says all rules were kept"), unless it is an admission.
        message = f"in the passage {best.speaker} says so and does not deny it"
        strength = 0.8 if admitted else 0.45
    else:
        message, strength = f"in the passage {best.speaker} says the opposite", 0.7
    return _finding(claim, best.saying, Outcome.DIFFERENT, Stance.REFUTES, strength * sure, message)


# With these words somebody says no without a negation, or no turns to yes: "the square was empty",
# "not one franc more than", "never so good".
_HALF_NO = frozenset(
    concept(stem(word))
    for word in """lack without empty absent opposite fail refuse decline wrong false untrue lie
    invent myth mistake contrary only than so until unless before otherwise stop avoid prevent
    hardly instead""".split()
)
_UN = re.compile(r"un(?!der|til|ion|it|i[vfqs]|cle\b|animous|to\b|rest)\w{4}")


def _open(attribution: Attribution, body: TextReading) -> bool:
    """Whether what is said may be a yes or a no in a way that is not read here."""
    return any(
        attribution.start <= token.start < attribution.end
        and (concept(token.stem) in _HALF_NO or _UN.match(token.lower) is not None)
        for token in body.layout.tokens
    )


def _own_word(claim: ClaimReading, theirs: Attribution, speaker: str, about: float) -> Finding:
    """The passage quotes the one who made the claim: repetition, or a denial of the own words."""
    if theirs.kind == "denies":
        message = f"in the passage {speaker}, who made the claim, denies it"
        return _finding(claim, theirs, Outcome.DIFFERENT, Stance.REFUTES, 0.7 * about, message)
    message = f"the passage repeats the word of {speaker}, who made the claim"
    return _finding(claim, theirs, Outcome.EQUAL, None, about, message)


def _finding(
    claim: ClaimReading,
    theirs: Attribution,
    outcome: Outcome,
    stance: Stance | None,
    strength: float,
    message: str,
) -> Finding:
    own = next((item for item in claim.body.attributions), None)
    ours: Stretch | str = own.speaker if own else claim.text
    if own and own.speaker:
        ours = Stretch(*own.speaker_span, own.speaker)
    span = theirs.speaker_span if theirs.speaker else (theirs.start, theirs.end)
    return make_finding(
        "attribution",
        outcome,
        stance,
        strength,
        message,
        ours=ours,
        theirs=Stretch(*span, theirs.speaker),
    )
