"""Two passages read as one, for a claim that no passage settles alone.

"The whistleblower became the fund's treasurer" needs two sources that share a name: one says who
reported the fraud, the other who was elected. From the most relevant passages a second retrieval
sets out, with their names and the claim's words that they lack; what it finds is read together
with the first passage when both name the same person, place or body. Only support is looked for,
and both passages count as one origin.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from factcheck.dated import with_calendar_dates
from factcheck.evidence import (
    ReadPassage,
    decide_stance,
    evidence_of,
    highlight_spans,
    rounded,
    stance_features,
)
from factcheck.joint_sums import as_passage, plan_sums, single_readings, singles
from factcheck.judgement import Judgement
from factcheck.readings import Reading, plan_readings
from factcheck.records import (
    Claim,
    Evidence,
    Finding,
    Outcome,
    Stance,
    StanceProbabilities,
)
from factcheck.retrieval import RetrievalSettings, retrieve

if TYPE_CHECKING:
    from factcheck.checks import ClaimReading, PassageReading
    from factcheck.checks.grammar.names import Name
    from factcheck.index.opened import Index
    from factcheck.pipeline import Models

# First passages of a claim, passages found from each, and how many of these are read with it.
_FIRST = 2
_CANDIDATES = 6
_SECOND = 3
# Names of the first passage that are looked for.
_BRIDGE_NAMES = 3
# How far the second passage must speak of a name of the first: at least by its last word.
_SAME_NAME = 0.9
# Support of both together must exceed that of each alone by this: what one passage nearly says, the
# other does not prove.
LEAST_GAIN = 0.3
_SHOWN_WORDS = 12


@dataclass(frozen=True, slots=True)
class Bridge:
    """Where a second retrieval sets out from.

    Args:
        place: of the claim among those asked about.
        first: a passage that was read and does not settle the claim.
        names: what it names.
        missing: concepts of the claim that it lacks.
        query: what is looked for.
    """

    place: int
    claim: Claim
    first: ReadPassage
    names: tuple[Name, ...]
    missing: frozenset[str]
    query: str


@dataclass(frozen=True, slots=True)
class Pair:
    """Two passages to be read as one.

    Args:
        place: of the claim among those asked about.
    """

    place: int
    claim: Claim
    first: Reading
    second: Reading

    @property
    def text(self) -> str:
        """What the verifier reads."""
        return f"{self.first.text} {self.second.text}"

    @property
    def statement(self) -> str:
        """The claim as the verifier reads it, with relative dates written out."""
        return with_calendar_dates(self.claim.text, self.claim.said_on)


@dataclass(frozen=True, slots=True)
class JudgedPair:
    """Two passages read as one, with what they say together.

    Args:
        probabilities: calibrated, after the checks on both texts as one.
        verifier: the verifier's own.
        findings: spans are of both texts joined by a space.
    """

    pair: Pair
    stance: Stance
    probabilities: StanceProbabilities
    verifier: StanceProbabilities
    findings: tuple[Finding, ...]


def add_joint_evidence(
    claims: Sequence[Claim],
    read: Sequence[Sequence[ReadPassage]],
    judged: Sequence[list[Evidence]],
    index: Index,
    models: Models,
    settings: RetrievalSettings,
) -> list[list[Evidence]]:
    """Look for joint support of the claims that no passage settles, with one call of each model.

    Args:
        read: the passages read for each claim, in rank order.
        judged: the evidence made of them, in the same order.

    Returns:
        The evidence of each claim; where two passages together support it, they stand in the place
        of what each of them says alone.
    """
    pairs = plan_pairs(claims, read, judged, index, models, settings)
    asked = [(pair.text, pair.statement) for pair in pairs]
    answers = models.verifier.predict(asked) if pairs else ()
    best: dict[int, list[Evidence]] = {}
    for pair, answer in zip(pairs, answers, strict=True):
        judged_pair = judge_pair(pair, answer, models.judgement)
        known = best.get(pair.place)
        alone = support_alone(pair, judged[pair.place])
        gain = judged_pair.probabilities.supports - alone
        if (
            judged_pair.stance is Stance.SUPPORTS
            and gain >= LEAST_GAIN
            and (
                known is None
                or judged_pair.probabilities.supports > known[0].probabilities.supports
            )
        ):
            best[pair.place] = _pair_evidence(judged_pair, index)
    return [
        _in_place(evidence, best[place]) if place in best else evidence
        for place, evidence in enumerate(judged)
    ]


def support_alone(pair: Pair, evidence: Sequence[Evidence]) -> float:
    """The best support that either passage, or a part of it, gives alone."""
    return max(
        (
            item.probabilities.supports
            for item in evidence
            for reading in (pair.first, pair.second)
            if item.source_id == reading.retrieved.passage.source_id
            and reading.start <= item.start
            and item.end <= reading.end
        ),
        default=0.0,
    )


def plan_pairs(
    claims: Sequence[Claim],
    read: Sequence[Sequence[ReadPassage]],
    judged: Sequence[Sequence[Evidence]],
    index: Index,
    models: Models,
    settings: RetrievalSettings,
) -> list[Pair]:
    """The pairs of passages that are worth reading together, for claims that nothing settles."""
    open_places = [
        place
        for place, evidence in enumerate(judged)
        if all(item.stance is Stance.NEUTRAL for item in evidence)
    ]
    bridges = [
        bridge
        for place in open_places
        for bridge in _plan_bridges(place, claims[place], read[place])
    ]
    vectors: Any = models.encoder.encode([b.query for b in bridges]) if bridges else ()
    search = replace(settings, passages=_CANDIDATES)
    pairs = [
        Pair(place, claims[place], first, second)
        for place in open_places
        for first, second in plan_sums(claims[place], singles(read[place]))
    ]
    for bridge, vector in zip(bridges, vectors, strict=True):
        found = retrieve(index, bridge.claim, vector, search, text=bridge.query)
        seconds = _second_readings(bridge, plan_readings(found, index))
        pairs += [Pair(bridge.place, bridge.claim, bridge.first.reading, s) for s in seconds]
    return pairs


def _plan_bridges(place: int, claim: Claim, passages: Sequence[ReadPassage]) -> list[Bridge]:
    """The most relevant single passages of a claim that lack words of it and name somebody."""
    from factcheck.checks import read_claim
    from factcheck.checks.relevance import relevance

    if claim.quote is not None:
        return []
    statement = read_claim(claim.text, speaker=claim.speaker, said_on=claim.said_on)
    own = set(map(id, singles(passages)))
    single = [(i, as_passage(i.reading)) for i in passages if id(i.reading) in own]
    single.sort(key=lambda pair: (-relevance(statement, pair[1]), pair[0].reading.retrieved.rank))
    bridges = (_bridge(place, claim, statement, item, passage) for item, passage in single[:_FIRST])
    return [bridge for bridge in bridges if bridge is not None]


def _bridge(
    place: int,
    claim: Claim,
    statement: ClaimReading,
    first: ReadPassage,
    passage: PassageReading,
) -> Bridge | None:
    from factcheck.checks.grammar.tokens import concept

    missing = statement.body.stems - passage.stems
    names = tuple(name for name in passage.body.names if name.certain)
    if not names or not missing or missing == statement.body.stems:
        return None
    known = statement.body.index.words
    new = [name.text for name in names if not known & set(name.words)][:_BRIDGE_NAMES]
    own = [
        token.text
        for token in statement.body.layout.tokens
        if token.content and concept(token.stem) in missing
    ]
    return Bridge(place, claim, first, names, missing, " ".join([*new, *own]))


def _second_readings(bridge: Bridge, found: Sequence[Reading]) -> list[Reading]:
    """What brings words that the first passage lacks, and names what it names."""
    from factcheck.checks.grammar.names import coverage

    first = bridge.first.reading
    chosen = []
    for reading in single_readings(found):
        apart = reading.retrieved.passage.source_id != first.retrieved.passage.source_id or (
            reading.end <= first.start or first.end <= reading.start
        )
        passage = as_passage(reading)
        if (
            apart
            and bridge.missing & passage.body.stems
            and any(coverage(name, passage.body.index) >= _SAME_NAME for name in bridge.names)
        ):
            chosen.append(reading)
    return chosen[:_SECOND]


def judge_pair(pair: Pair, answer: Sequence[float], judgement: Judgement) -> JudgedPair:
    """What both passages say together.

    Args:
        answer: (3,) the verifier's probabilities for `pair.text`.
    """
    from factcheck.checks import check_pair, pair_features, read_claim, read_passage

    claim, first, second = pair.claim, pair.first, pair.second
    statement = read_claim(claim.text, speaker=claim.speaker, said_on=claim.said_on)
    # Relative dates of two days have no common meaning.
    published = first.published if first.published == second.published else None
    body = read_passage(
        f"{first.span_text} {second.span_text}",
        context=f"{first.context} {second.context}",
        published=published,
    )
    supports, refutes, neutral = (float(value) for value in answer)
    verifier = rounded(StanceProbabilities(supports=supports, refutes=refutes, neutral=neutral))
    findings = check_pair(statement, body)
    features = stance_features(verifier, pair_features(statement, body, findings))
    judged = judgement.stance_probabilities(features)
    stance = decide_stance(judged, judgement.thresholds)
    return JudgedPair(pair, stance, rounded(judged), verifier, findings)


def _pair_evidence(judged: JudgedPair, index: Index) -> list[Evidence]:
    """Both passages as evidence."""
    claim, first, second = judged.pair.claim, judged.pair.first, judged.pair.second
    origins = sorted(
        {index.origin(reading.retrieved.passage.source_id) for reading in (first, second)}
    )
    made = []
    begins = len(first.span_text) + 1
    for reading, other, offset in ((first, second, 0), (second, first, begins)):
        own = _own_findings(judged.findings, offset, len(reading.span_text))
        evidence = evidence_of(
            claim, reading, index, judged.probabilities, judged.verifier, judged.stance
        )
        made.append(
            replace(
                evidence,
                joint="+".join(origins),
                findings=(_together(other, index), *own),
                highlights=highlight_spans(claim.text, reading.span_text, own),
            )
        )
    # The second was found by another question: its likeness to that one says nothing here.
    return [made[0], replace(made[1], dense_cosine=None, bm25=None)]


def _own_findings(findings: Sequence[Finding], offset: int, length: int) -> list[Finding]:
    """The findings of one of the two passages, with spans in its own text; a calculation over
    both keeps its words and loses its span."""
    own = []
    for finding in findings:
        if finding.outcome is Outcome.NOT_COMPARABLE or finding.passage_span is None:
            continue
        start, end = finding.passage_span[0] - offset, finding.passage_span[1] - offset
        if start >= 0 and end <= length:
            own.append(replace(finding, passage_span=(start, end)))
        elif offset == 0 and 0 <= start < length < end:
            own.append(replace(finding, passage_span=None))
    return own


def _together(other: Reading, index: Index) -> Finding:
    source = index.record(other.retrieved.passage.source_id)
    words = other.span_text.split()
    shown = " ".join(words[:_SHOWN_WORDS]) + (" …" if len(words) > _SHOWN_WORDS else "")
    return Finding(
        check="joint",
        outcome=Outcome.COMPATIBLE,
        claim_text="",
        passage_text="",
        message=f"read together with “{shown}” ({source.title or source.path})",
        claim_span=None,
        passage_span=None,
        stance=Stance.SUPPORTS,
        strength=0.0,
    )


def _in_place(evidence: Sequence[Evidence], joint: Sequence[Evidence]) -> list[Evidence]:
    """The evidence with the joint pair in the place of its two passages alone."""
    places = {(item.source_id, item.start, item.end) for item in joint}
    others = [item for item in evidence if (item.source_id, item.start, item.end) not in places]
    known = {(item.source_id, item.start, item.end): item.rank for item in evidence}
    following = max((item.rank for item in evidence), default=0) + 1
    ranked = [
        replace(item, rank=known.get((item.source_id, item.start, item.end), following))
        for item in joint
    ]
    return sorted([*others, *ranked], key=lambda item: item.rank)
