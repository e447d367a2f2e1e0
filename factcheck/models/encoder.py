"""Texts to unit vectors whose inner product is the cosine of their meaning."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

from factcheck.models import registry

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


class Encoder(Protocol):
    """A loaded sentence encoder."""

    @property
    def name(self) -> str:
        """How reports name it."""
        ...

    @property
    def sha256(self) -> str:
        """Of the weights; vectors of different weights must not be compared."""
        ...

    @property
    def dimension(self) -> int:
        """Length of a vector."""
        ...

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Turn texts into vectors.

        A text has the same vector alone and among others; beyond the model's limit it is cut.

        Args:
            texts: any number, also none; an empty text is allowed.

        Returns:
            (n, dimension) float32, rows of unit length, in input order.

        Raises:
            ModelError: FC524, the runtime failed.
        """
        ...


def load_encoder(name: str | None = None, *, threads: int | None = None) -> Encoder:
    """Load a sentence encoder; nothing is ever downloaded.

    Args:
        name: a shipped model, a local folder, or the name of a model in the local cache of
            sentence-transformers; None for the shipped default.
        threads: CPU threads; None or 0 for one per core.

    Returns:
        The shipped models run on ONNX Runtime, all others on sentence-transformers.

    Raises:
        ModelError: FC521 to FC525, see `factcheck.models.registry` and `factcheck.models.torch`.
    """
    card = registry.find_card(registry.ENCODER, name)
    if card is not None:
        from factcheck.models.onnx import OnnxEncoder

        return OnnxEncoder(card, threads=threads)
    from factcheck.models.torch import TorchEncoder

    return TorchEncoder(str(name), threads=threads)
