"""Give a trained reader more layers, or more token types, without changing its answers at first.

    python -m training.grow .train/shipped --types --copy-layers 2 3 4 --out .train/grown

A new layer stands behind the one it copies and begins as almost nothing: what it would add is
multiplied by zero, and its normalisations undo each other. New token types begin as the vector
of their segment, or of a shared word where only order is new. Training goes on from there.

Source: the idea of growing in depth is from Gong et al., Efficient Training of BERT by
Progressively Stacking, ICML 2019; beginning new layers at nothing from Chen, Goodfellow and
Shlens, Net2Net, ICLR 2016.
"""

from __future__ import annotations

import argparse
import copy
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from factcheck.models.alignment import SHARED, TYPES, UNORDERED_TYPES
from training.packed import is_mpnet

TOKENIZER_FILES = ("tokenizer.json", "tokenizer_config.json")


def add_types(model: Any) -> None:
    """Widen the table of token types to those of `factcheck.models.alignment`.

    MPNet has none and gets one that adds nothing yet.
    """
    import torch

    tables = model.base_model.embeddings
    wider = torch.nn.Embedding(TYPES, model.config.hidden_size)
    if is_mpnet(model):
        wider.weight.data.zero_()
    else:
        before = tables.token_type_embeddings.weight.data
        wider.weight.data = before[[_begins_as(number, len(before)) for number in range(TYPES)]]
    tables.token_type_embeddings = wider
    model.config.type_vocab_size = TYPES


def _begins_as(number: int, known: int) -> int:
    """The type whose vector a type begins with, for a reader that knew the first so many."""
    if number < known:
        return number
    segment = number % 2
    return 2 * SHARED + segment if known == UNORDERED_TYPES else segment


def add_layers(model: Any, copied: Sequence[int]) -> None:
    """Put a layer that adds nothing yet behind each of the named ones.

    Args:
        model: a BERT for sequence classification.
        copied: places of layers, from 0, below the last.
    """
    import torch

    layers = model.base_model.encoder.layer
    grown: list[Any] = []
    for place, layer in enumerate(layers):
        grown.append(layer)
        if place in copied:
            grown.append(_silent_copy(layer))
    model.base_model.encoder.layer = torch.nn.ModuleList(grown)
    model.config.num_hidden_layers = len(grown)


def _silent_copy(layer: Any) -> Any:
    """A copy whose two products add nothing and whose normalisations give back their input.

    A layer's output is a normalised vector, scaled and shifted per channel by its last
    normalisation. Its spread over the channels hardly depends on the token, so a normalisation
    with that spread as scale and the mean as shift gives it back.
    """
    fresh = copy.deepcopy(layer)
    norm = layer.output.LayerNorm
    scale, shift = norm.weight.data.numpy(), norm.bias.data.numpy()
    mean = float(shift.mean())
    spread = float(np.sqrt(np.square(scale).mean() + np.square(shift - mean).mean()))
    for product, normalisation in (
        (fresh.attention.output.dense, fresh.attention.output.LayerNorm),
        (fresh.output.dense, fresh.output.LayerNorm),
    ):
        product.weight.data.zero_()
        product.bias.data.zero_()
        normalisation.weight.data.fill_(spread)
        normalisation.bias.data.fill_(mean)
    return fresh


def grow_folder(folder: Path, out: Path, *, types: bool, copied: Sequence[int]) -> None:
    """Read a folder, grow the model, write it to another folder with its tokeniser."""
    import torch
    from transformers import AutoModelForSequenceClassification

    model = AutoModelForSequenceClassification.from_pretrained(
        folder, dtype=torch.float32, num_labels=3
    )
    if types:
        add_types(model)
    if copied:
        add_layers(model, copied)
    model.save_pretrained(out)
    for name in TOKENIZER_FILES:
        if (folder / name).exists():
            shutil.copyfile(folder / name, out / name)


def main(arguments: Sequence[str] | None = None) -> None:
    """Read the command line and grow one folder."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--types", action="store_true", help="token types of the alignment")
    parser.add_argument("--copy-layers", type=int, nargs="*", default=[], help="from 0")
    parser.add_argument("--out", type=Path, required=True)
    given = parser.parse_args(arguments)
    grow_folder(given.folder, given.out, types=given.types, copied=given.copy_layers)


if __name__ == "__main__":
    main()
