"""Pairs of evidence and claim to probabilities of *supports*, *refutes* and *neutral*."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from factcheck.errors import ModelError
from factcheck.labels import label_of
from factcheck.models import registry
from factcheck.records import Label

STANCES = ("supports", "refutes", "neutral")
"""The columns, in order."""

_STANCE_OF_LABEL = {
    Label.SUPPORTED: "supports",
    Label.CONTESTED: "refutes",
    Label.UNSUPPORTED: "neutral",
}


class Verifier(Protocol):
    """A loaded cross-encoder."""

    @property
    def name(self) -> str:
        """How reports name it."""
        ...

    @property
    def sha256(self) -> str:
        """Of the weights."""
        ...

    @property
    def most_tokens(self) -> int:
        """Of evidence and claim together; of a longer pair the end of the evidence is cut."""
        ...

    def token_counts(self, texts: Sequence[str]) -> list[int]:
        """Number of tokens of each text, without special ones."""
        ...

    def logits(self, pairs: Sequence[tuple[str, str]]) -> NDArray[np.float32]:
        """Raw scores before calibration; same shape and columns as `predict`."""
        ...

    def predict(self, pairs: Sequence[tuple[str, str]]) -> NDArray[np.float32]:
        """Judge claims against evidence.

        A pair has the same result alone and among others. When a pair is too long the evidence is
        cut at its end, the claim stays whole.

        Args:
            pairs: (evidence, claim), any number, also none.

        Returns:
            (n, 3) float32 calibrated probabilities, columns as in `STANCES`, in input order.

        Raises:
            ModelError: FC524, the runtime failed.
        """
        ...


def load_verifier(name: str | None = None, *, threads: int | None = None) -> Verifier:
    """Load a verifier; nothing is ever downloaded.

    Args:
        name: a shipped model, a local folder (with a card, as `training/` writes it, or of
            sentence-transformers), or the name of a cross-encoder in the local cache of
            sentence-transformers; None for the shipped default.
        threads: CPU threads; None or 0 for one per core.

    Returns:
        The shipped models run on ONNX Runtime, all others on sentence-transformers.

    Raises:
        ModelError: FC521 to FC526, see `factcheck.models.registry` and `factcheck.models.torch`.
    """
    card = registry.find_card(registry.VERIFIER, name) or registry.folder_card(
        registry.VERIFIER, name
    )
    if card is not None:
        from factcheck.models.onnx import OnnxVerifier

        return OnnxVerifier(card, threads=threads)
    from factcheck.models.torch import TorchVerifier

    return TorchVerifier(str(name), threads=threads)


def stance_columns(labels: Mapping[int, str], *, where: str) -> tuple[int, int, int]:
    """Find which output of a model stands for which stance.

    Args:
        labels: output position to the model's own word for it (`id2label`).
        where: the model, for the message.

    Returns:
        Positions of supports, refutes and neutral.

    Raises:
        ModelError: FC526, the words are not known or do not cover the three stances once each.
    """
    found: dict[str, int] = {}
    for position, label in labels.items():
        try:
            stance = _STANCE_OF_LABEL[label_of(label)]
        except ValueError:
            break
        if stance in found:
            break
        found[stance] = position
    if len(labels) != len(STANCES) or len(found) != len(STANCES):
        words = ", ".join(f"{position}: {label}" for position, label in sorted(labels.items()))
        raise ModelError(
            f"the labels of the cross-encoder do not name the three stances ({words})",
            where=where,
            hint="name them in the model's config.json, in the order of its outputs, for example"
            ' "id2label": {"0": "contradiction", "1": "entailment", "2": "neutral"};'
            " the order stands in the model's own description, a wrong one turns verdicts round",
            code="FC526",
        )
    return found["supports"], found["refutes"], found["neutral"]


def calibrate(
    logits: NDArray[np.float32], *, temperature: float, bias: Sequence[float]
) -> NDArray[np.float32]:
    """Softmax of `logits / temperature + bias`.

    Args:
        logits: (n, 3) float32, columns as in `STANCES`.
        temperature: positive; larger is less certain.
        bias: three numbers, one per column.

    Returns:
        (n, 3) float32, rows that sum to one.

    Source: Guo et al., On Calibration of Modern Neural Networks, ICML 2017.
    """
    scores = logits.astype(np.float64) / temperature + np.asarray(bias, dtype=np.float64)
    scores -= scores.max(axis=1, keepdims=True, initial=-np.inf)
    exponentials = np.exp(scores)
    return (exponentials / exponentials.sum(axis=1, keepdims=True)).astype(np.float32)
