"""A shipped encoder that is loaded when the first text is encoded."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from factcheck.models import registry
from factcheck.models.encoder import Encoder, load_encoder
from factcheck.models.registry import WeightsCard

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


class DeferredEncoder:
    """A shipped encoder; see `factcheck.models.encoder.Encoder`.

    Its card says its name and its hash. Whether an index is up to date asks for no more, and
    loading the weights takes longer than looking through thousands of files.
    """

    def __init__(self, card: WeightsCard, threads: int | None) -> None:
        self.card = card
        self._threads = threads

    @cached_property
    def _loaded(self) -> Encoder:
        return load_encoder(self.card.name, threads=self._threads)

    @property
    def name(self) -> str:
        """How reports name it."""
        return self.card.name

    @property
    def sha256(self) -> str:
        """Of the weights that the card describes; others are refused when they are loaded."""
        return self.card.sha256

    @property
    def dimension(self) -> int:
        """Length of a vector."""
        return self.card.dimension

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Unit vectors, (n, dimension) float32, in input order.

        Raises:
            ModelError: FC522 to FC524, as in `load_encoder`.
        """
        return self._loaded.encode(texts)


def defer_encoder(name: str | None = None, *, threads: int | None = None) -> Encoder:
    """A sentence encoder that loads its weights when they are needed.

    Args:
        name, threads: as in `load_encoder`.

    Returns:
        A shipped encoder deferred, the same object for the same arguments; any other one loaded,
        since only its files tell its hash.
    """
    card = registry.find_card(registry.ENCODER, name)
    return load_encoder(name, threads=threads) if card is None else _deferred(card.name, threads)


@lru_cache(maxsize=1)
def _deferred(name: str, threads: int | None) -> DeferredEncoder:
    card = registry.find_card(registry.ENCODER, name)
    assert card is not None  # the caller has seen it
    return DeferredEncoder(card, threads)
