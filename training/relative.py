"""MPNet's bias of attention by distance, for readers that keep it in the shape of a BERT.

Source: Raffel et al., T5, JMLR 2020, section 2.1; Song et al., MPNet, NeurIPS 2020.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

BIAS = "relative_attention_bias"
"""Name of the (buckets, heads) table in the encoder of a model and in its file."""
FARTHEST = 128
"""From this distance on all share the last bucket of their side."""


def buckets_of(distances: NDArray[np.int64], buckets: int) -> NDArray[np.int64]:
    """Return the bucket of each distance, key minus query, in tokens.

    Half of the buckets are for keys ahead of the query. Of each half, the first half is a bucket
    for every distance and the rest grow in powers up to `FARTHEST`.

    Args:
        distances: of any shape.
        buckets: how many there are.
    """
    side = buckets // 2
    exact = side // 2
    far = np.abs(distances)
    with np.errstate(divide="ignore"):
        scale = np.log(far.astype(np.float32) / np.float32(exact)) / np.log(FARTHEST / exact)
    grown = exact + np.maximum(scale * np.float32(side - exact), 0).astype(np.int64)
    grown = np.minimum(grown, side - 1)
    return np.where(distances > 0, side, 0) + np.where(far < exact, far, grown)


def bias_table(bias: NDArray[np.float32], longest: int) -> NDArray[np.float32]:
    """Spread a (buckets, heads) table over distances.

    Returns:
        (2 * longest - 1, heads) float32; the row of distance d is `longest - 1 + d`.
    """
    distances = np.arange(1 - longest, longest)
    return np.asarray(bias[buckets_of(distances, len(bias))], dtype=np.float32)
