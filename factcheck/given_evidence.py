"""Evidence that somebody gives with a claim: read whole, or by its parts where it is too long.

A verifier cuts what is too long at its end, and there may stand what decides. So of a long text
two things are read: the sentences that are nearest to the claim, as many as fit, and every sentence
alone, of which the one counts that is least neutral. The mean of both is the answer. Of a record
("Born: 1949; Spouse: …") the fields nearest to the claim are read, under the title; one field alone
seldom says what a claim says.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from factcheck.records import StanceProbabilities
from factcheck.text import split_sentences

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from factcheck.pipeline import Models

# A first part of at most so many words is a title.
_TITLE_WORDS = 8
# A record has at least so many fields.
_FIELDS = 3
# What the claim's words in a sentence count beside the likeness of both, which is at most 1.
_WORDS = 0.5

Pair = tuple[str, str]
"""Evidence and claim."""


@dataclass(frozen=True, slots=True)
class Parts:
    """A long text in parts.

    Args:
        title: what stands above them, or "".
        texts: sentences or fields, in order.
        record: whether they are fields.
    """

    title: str
    texts: tuple[str, ...]
    record: bool = False

    def alone(self) -> list[str]:
        """Each part under the title."""
        return [f"{self.title} {text}".strip() for text in self.texts]


def judge_given(pairs: Sequence[Pair], models: Models) -> list[StanceProbabilities]:
    """Calibrated probabilities of the stances of given evidence, after the checks.

    Args:
        pairs: evidence, of any length, and claim.

    Returns:
        One for each pair, the same alone and among others.
    """
    long = [index for index, fits in enumerate(fitting(pairs, models)) if not fits]
    readings: list[list[Pair]] = [[pair] for pair in pairs]
    for index, pair in zip(long, _readings([pairs[i] for i in long], models), strict=True):
        readings[index] = pair
    asked = [pair for several in readings for pair in several]
    judged = [models.judgement.stance_probabilities(item) for item in pair_inputs(asked, models)]
    result, position = [], 0
    for several in readings:
        result.append(_mean(judged[position : position + len(several)]))
        position += len(several)
    return result


def fitting(pairs: Sequence[Pair], models: Models) -> list[bool]:
    """Whether the verifier reads each pair without cutting it."""
    counts = models.verifier.token_counts([text for pair in pairs for text in pair])
    most = models.verifier.most_tokens
    return [sum(counts[2 * i : 2 * i + 2]) <= most for i in range(len(pairs))]


def pair_inputs(pairs: Sequence[Pair], models: Models) -> list[dict[str, float]]:
    """The inputs of the pair model for each pair: verifier output and features of the checks."""
    from factcheck.checks import check_pair, pair_features, read_claim, read_passage
    from factcheck.evidence import stance_features

    inputs = []
    for (text, statement), answer in zip(pairs, models.verifier.predict(pairs), strict=True):
        claim, passage = read_claim(statement), read_passage(text)
        supports, refutes, neutral = (float(value) for value in answer)
        verifier = StanceProbabilities(supports=supports, refutes=refutes, neutral=neutral)
        found = check_pair(claim, passage)
        inputs.append(stance_features(verifier, pair_features(claim, passage, found)))
    return inputs


def _readings(pairs: Sequence[Pair], models: Models) -> list[list[Pair]]:
    """What is read of each pair whose evidence is too long."""
    if not pairs:
        return []
    parts = [cut(evidence) for evidence, _ in pairs]
    claims = [claim for _, claim in pairs]
    readings = [
        [(text, claim)] for text, claim in zip(_nearest(parts, claims, models), claims, strict=True)
    ]
    prose = [index for index, item in enumerate(parts) if not item.record]
    alone = _least_neutral([parts[i] for i in prose], [claims[i] for i in prose], models)
    for index, text in zip(prose, alone, strict=True):
        readings[index].append((text, claims[index]))
    return readings


def cut(evidence: str) -> Parts:
    """A text in sentences, or the fields of a record, with the title that stands first."""
    texts: list[str] = []
    record = False
    for span in split_sentences(evidence):
        sentence = evidence[span.start : span.end].strip()
        fields = [field.strip() for field in sentence.split("; ")]
        named = sum(": " in field for field in fields) >= _FIELDS
        texts += fields if named else [sentence]
        record |= named
    texts = [text for text in texts if text]
    if len(texts) > 1 and len(texts[0].split()) <= _TITLE_WORDS:
        return Parts(texts[0], tuple(texts[1:]), record)
    return Parts("", tuple(texts) or (evidence,), record)


def _nearest(parts: Sequence[Parts], claims: Sequence[str], models: Models) -> list[str]:
    """Of each text the parts nearest to the claim, as many as fit, in the order of the text."""
    texts = [text for item in parts for text in (item.title, *item.texts)]
    counts = models.verifier.token_counts([*texts, *claims])
    vectors = models.encoder.encode([*texts, *claims])
    chosen, position = [], 0
    for item, claim, vector, length in zip(
        parts, claims, vectors[len(texts) :], counts[len(texts) :], strict=True
    ):
        size = 1 + len(item.texts)
        own = slice(position + 1, position + size)
        near = vectors[own] @ vector + _WORDS * _shared(item.texts, claim)
        room = models.verifier.most_tokens - length - counts[position]
        kept = _as_many_as_fit(near, counts[own], room)
        chosen.append(" ".join([item.title, *(item.texts[i] for i in kept)]).strip())
        position += size
    return chosen


def _as_many_as_fit(near: NDArray[np.float32], counts: Sequence[int], room: int) -> list[int]:
    """Positions of the nearest parts within so many tokens, in order; the nearest in any case."""
    kept: list[int] = []
    for place in np.argsort(-near, kind="stable"):
        if counts[place] <= room or not kept:
            kept.append(int(place))
            room -= counts[place]
    return sorted(kept)


def _shared(texts: Sequence[str], claim: str) -> NDArray[np.float32]:
    """Share of a claim's content words that stand in each text, (n,) float32."""
    from factcheck.checks.grammar.tokens import content_stems, tokenise

    wanted = content_stems(tokenise(claim))
    shares = [len(wanted & content_stems(tokenise(text))) / max(1, len(wanted)) for text in texts]
    return np.array(shares, dtype=np.float32)


def _least_neutral(parts: Sequence[Parts], claims: Sequence[str], models: Models) -> list[str]:
    """Of each text the part that the verifier finds to say most of the claim, for or against."""
    alone = [item.alone() for item in parts]
    asked = [(text, claim) for texts, claim in zip(alone, claims, strict=True) for text in texts]
    neutral = models.verifier.predict(asked)[:, 2]
    chosen, position = [], 0
    for texts in alone:
        chosen.append(texts[int(np.argmin(neutral[position : position + len(texts)]))])
        position += len(texts)
    return chosen


def _mean(judged: Sequence[StanceProbabilities]) -> StanceProbabilities:
    if len(judged) == 1:
        return judged[0]
    count = len(judged)
    return StanceProbabilities(
        supports=sum(item.supports for item in judged) / count,
        refutes=sum(item.refutes for item in judged) / count,
        neutral=sum(item.neutral for item in judged) / count,
    )
