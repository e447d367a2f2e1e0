"""Which token types a reader was trained with, told from its configuration."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from typing import Any

from factcheck.models.alignment import TYPES, Alignment
from factcheck.models.registry import WEIGHTS_FOLDER

PairTypes = Callable[[Sequence[int], int], list[int]]
"""Token ids of a row and the place of the claim's first token, to a type for each token."""


def plain_types(ids: Sequence[int], start: int) -> list[int]:
    """BERT's own: 0 for the evidence, 1 for the claim."""
    return [0] * start + [1] * (len(ids) - start)


def types_for(config: Any) -> PairTypes:
    """What gives the types for a model with this configuration.

    Raises:
        ValueError: the model knows a number of types that nothing here gives.
    """
    known = getattr(config, "type_vocab_size", 2)
    if known == TYPES:
        return aligned_types()
    if known > 2:
        raise ValueError(f"a reader with {known} token types; known are 1, 2 and {TYPES}")
    return plain_types


@cache
def aligned_types() -> PairTypes:
    """`Alignment.pair_types` over the shipped vocabulary, which all readers here share."""
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(WEIGHTS_FOLDER / "tokenizer.json"))
    return Alignment(tokenizer.id_to_token).pair_types
