"""A table of word vectors in a byte for every three values, for readers as wide as their teacher.

    python -m training.word_table .train/mpnet --out .train/words.npz

A word's vector is brought to unit length and cut into pieces of three values; each piece becomes
the nearest of 256 that were learnt for its place. The shipped files hold no more than the numbers
of the pieces, the pieces themselves and a length for each word: 8 MB instead of 23 in int8.

Source: Jégou, Douze and Schmid, Product Quantization for Nearest Neighbor Search, PAMI 2011.
"""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

PIECE = 3
"""Values of a piece."""
CHOICES = 256
"""Pieces to choose from at each place."""
ROUNDS = 15

WORD_TENSORS = ("word_codes", "word_pieces", "word_lengths")
"""Names of the parts of a rounded table in a file of weights."""

BERT_WORDS = 30522
_SHIFT = 4
# BERT's [CLS], [SEP], [PAD] and [MASK] are tokens of MPNet's own; every other word stands 4 later.
_OWN = {101: 0, 102: 2, 0: 1, 103: 30526}


@dataclass(frozen=True, slots=True)
class WordTable:
    """A rounded table of word vectors.

    Attributes:
        codes: (words, places) uint8, the piece chosen at each place.
        pieces: (places, `CHOICES`, `PIECE`) float16.
        lengths: (words,) float16, of the vectors.
    """

    codes: NDArray[np.uint8]
    pieces: NDArray[np.float16]
    lengths: NDArray[np.float16]

    def restore(self) -> NDArray[np.float32]:
        """Return the (words, places * `PIECE`) vectors."""
        places = np.arange(self.codes.shape[1])
        unit = self.pieces.astype(np.float32)[places, self.codes].reshape(len(self.codes), -1)
        return np.asarray(unit * self.lengths.astype(np.float32)[:, None])

    def tensors(self, prefix: str) -> dict[str, NDArray[Any]]:
        """Return the arrays by the names they have in a file of weights."""
        parts: tuple[NDArray[Any], ...] = (self.codes, self.pieces, self.lengths)
        return {f"{prefix}{name}": part for name, part in zip(WORD_TENSORS, parts, strict=True)}


def find_word_table(state: Mapping[str, NDArray[Any]], prefix: str) -> WordTable | None:
    """Return the rounded table among a file's weights, or None where it holds none."""
    if f"{prefix}{WORD_TENSORS[0]}" not in state:
        return None
    codes, pieces, lengths = (state[f"{prefix}{name}"] for name in WORD_TENSORS)
    # An average of checkpoints holds whole numbers as floats.
    whole = np.rint(codes).astype(np.uint8)
    return WordTable(whole, pieces.astype(np.float16), lengths.astype(np.float16))


def bert_order(table: NDArray[np.float32]) -> NDArray[np.float32]:
    """Put MPNet's word vectors in the order of BERT's vocabulary.

    Args:
        table: (30527, width).

    Returns:
        (30522, width).
    """
    rows = np.arange(BERT_WORDS) + _SHIFT
    for word, row in _OWN.items():
        rows[word] = row
    return table[rows]


def round_words(table: NDArray[np.float32]) -> WordTable:
    """Learn the pieces of a (words, width) table and choose among them."""
    import faiss

    lengths = np.maximum(np.linalg.norm(table, axis=1), 1e-6).astype(np.float16)
    unit = np.ascontiguousarray(table / lengths.astype(np.float32)[:, None])
    width = table.shape[1]
    rounding = faiss.ProductQuantizer(width, width // PIECE, 8)
    rounding.cp.niter = ROUNDS
    rounding.train(unit)
    pieces = faiss.vector_to_array(rounding.centroids).reshape(width // PIECE, CHOICES, PIECE)
    return WordTable(rounding.compute_codes(unit), pieces.astype(np.float16), lengths)


def save_words(words: WordTable, path: Path) -> None:
    """Write a table for `load_words`."""
    np.savez(path, **words.tensors(""))  # type: ignore[arg-type]


def load_words(path: Path) -> WordTable:
    """Read what `save_words` wrote."""
    words = find_word_table(np.load(path), "")
    if words is None:
        raise ValueError(f"{path} holds no word table")
    return words


def main(arguments: Sequence[str] | None = None) -> None:
    """Read the command line and round the table of one MPNet."""
    from safetensors.numpy import load_file

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("mpnet", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    given = parser.parse_args(arguments)
    state = load_file(given.mpnet / "model.safetensors")
    save_words(round_words(bert_order(state["mpnet.embeddings.word_embeddings.weight"])), given.out)


if __name__ == "__main__":
    main()
