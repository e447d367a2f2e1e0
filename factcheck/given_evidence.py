"""Evidence that somebody gives with a claim: read whole and by its sentences.

Two readings see more than one. A text of several sentences is read whole, and every sentence alone,
of which the one counts that is least neutral: whole texts are supported too readily, and a single
sentence may want another. A verifier cuts what is too long at its end, and there may stand what
decides; of such a text the sentences that are nearest to the claim stand for the whole, as many as
fit. Of a record ("Born: 1949; Spouse: …") the fields nearest to the claim are read, under the
title; one field alone seldom says what a claim says.
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
# What the sentence alone counts where the text fits, and where it was cut to its nearest parts.
_ALONE_BESIDE_WHOLE = 1 / 3
_ALONE_BESIDE_NEAREST = 1 / 2

Pair = tuple[str, str]
"""Evidence and claim."""


@dataclass(frozen=True, slots=True)
class Read:
    """One reading of a pair.

    Args:
        pair: what is read.
        share: what it counts for; the shares of all readings of a pair make 1.
    """

    pair: Pair
    share: float = 1.0


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
    readings = read_given(pairs, models)
    asked = [item.pair for several in readings for item in several]
    judged = [models.judgement.stance_probabilities(item) for item in pair_inputs(asked, models)]
    result, position = [], 0
    for several in readings:
        own = judged[position : position + len(several)]
        result.append(_mean(own, [item.share for item in several]))
        position += len(several)
    return result


def read_given(pairs: Sequence[Pair], models: Models) -> list[list[Read]]:
    """What is read of each pair, the whole or what stands for it first."""
    fits = fitting(pairs, models)
    parts = [cut(evidence) for evidence, _ in pairs]
    readings = [[Read(pair)] for pair in pairs]
    long = [index for index, whole in enumerate(fits) if not whole]
    nearest = _nearest([parts[i] for i in long], [pairs[i][1] for i in long], models)
    for index, text in zip(long, nearest, strict=True):
        readings[index] = [Read((text, pairs[index][1]))]
    several = [i for i, item in enumerate(parts) if len(item.texts) > 1 and not item.record]
    alone = _least_neutral([parts[i] for i in several], [pairs[i][1] for i in several], models)
    for index, text in zip(several, alone, strict=True):
        share = _ALONE_BESIDE_WHOLE if fits[index] else _ALONE_BESIDE_NEAREST
        whole = readings[index][0].pair
        readings[index] = [Read(whole, 1 - share), Read((text, pairs[index][1]), share)]
    return readings


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
    if not parts:
        return []
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
    if not parts:
        return []
    alone = [item.alone() for item in parts]
    asked = [(text, claim) for texts, claim in zip(alone, claims, strict=True) for text in texts]
    neutral = models.verifier.predict(asked)[:, 2]
    chosen, position = [], 0
    for texts in alone:
        chosen.append(texts[int(np.argmin(neutral[position : position + len(texts)]))])
        position += len(texts)
    return chosen


def _mean(judged: Sequence[StanceProbabilities], shares: Sequence[float]) -> StanceProbabilities:
    if len(judged) == 1:
        return judged[0]
    weighed = list(zip(judged, shares, strict=True))
    return StanceProbabilities(
        supports=sum(share * item.supports for item, share in weighed),
        refutes=sum(share * item.refutes for item, share in weighed),
        neutral=sum(share * item.neutral for item, share in weighed),
    )
