"""Turn shipped int8 weights back into a folder that training can go on from.

    python -m training.restore_weights factcheck/models/weights/verifier.onnx \
        --like ../shared/models/verifier-start --out .train/shipped

What quantising rounded stays rounded; the constants that it moved from the activations into the
weights are moved back exactly. So the float model answers as the shipped one does, and whoever
has only the checkout can prolong the training.
"""

from __future__ import annotations

import argparse
import json
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

from training.bert_graph import CODES, LENGTHS, PIECES, RELATIVE, Array, read_model
from training.relative import BIAS, buckets_of
from training.word_table import WordTable

RELATIVE_BUCKETS = 32
"""Of every reader cut out of an MPNet."""
FILES = ("tokenizer.json", "tokenizer_config.json")


def restore_linear(stored: Mapping[str, Array], name: str, norm: str | None) -> tuple[Array, Array]:
    """Undo the quantisation of one linear layer.

    Args:
        stored: the constants of the file.
        name: of the layer, as `training.bert_graph` names it.
        norm: the normalisation whose channels were centred and shrunk for this layer, or None.

    Returns:
        Weight (inputs, outputs) and bias (outputs,), float32.
    """
    weight = stored[f"{name}.weight.int8"].astype(np.float32) * stored[f"{name}.weight.scale"]
    bias = stored[f"{name}.bias"]
    if norm is None:
        return weight, bias
    gamma, beta = stored[f"{norm}.gamma"], stored[f"{norm}.beta"]
    flat_gamma, flat_beta = stored[f"{name}.flat.gamma"], stored[f"{name}.flat.beta"]
    shrink = np.where(flat_gamma == 0, 1, gamma / np.where(flat_gamma == 0, 1, flat_gamma))
    centre = beta - flat_beta * shrink
    weight = weight / shrink[:, None]
    return weight, bias - centre @ weight


def restore_weights(stored: Mapping[str, Array], layers: int) -> dict[str, Array]:
    """Return the state of a BertForSequenceClassification, by transformers' names."""
    state: dict[str, Array] = {}

    def put_norm(theirs: str, ours: str) -> None:
        state[f"{theirs}.weight"] = stored[f"{ours}.gamma"]
        state[f"{theirs}.bias"] = stored[f"{ours}.beta"]

    def put_linear(theirs: Sequence[str], weight: Array, bias: Array) -> None:
        parts = zip(np.split(weight, len(theirs), axis=1), np.split(bias, len(theirs)), strict=True)
        for name, (columns, shift) in zip(theirs, parts, strict=True):
            state[f"{name}.weight"] = np.ascontiguousarray(columns.T)
            state[f"{name}.bias"] = shift

    tables = "bert.embeddings"
    state |= restore_words(stored, f"{tables}.")
    state[f"{tables}.position_embeddings.weight"] = widened(stored, "embeddings.position")
    state[f"{tables}.token_type_embeddings.weight"] = stored["embeddings.type"]
    put_norm(f"{tables}.LayerNorm", "embeddings.norm")
    before = "embeddings.norm"
    for index in range(layers):
        ours, theirs = f"layer.{index}", f"bert.encoder.layer.{index}"
        attention = f"{theirs}.attention"
        put_linear(
            [f"{attention}.self.{part}" for part in ("query", "key", "value")],
            *restore_linear(stored, f"{ours}.qkv", before),
        )
        put_linear([f"{attention}.output.dense"], *restore_linear(stored, f"{ours}.mix", None))
        put_norm(f"{attention}.output.LayerNorm", f"{ours}.mix.norm")
        up = restore_linear(stored, f"{ours}.up", f"{ours}.mix.norm")
        put_linear([f"{theirs}.intermediate.dense"], *up)
        put_linear([f"{theirs}.output.dense"], *restore_linear(stored, f"{ours}.down", None))
        put_norm(f"{theirs}.output.LayerNorm", f"{ours}.down.norm")
        before = f"{ours}.down.norm"
    for theirs_head, ours_head in (("bert.pooler.dense", "pooler"), ("classifier", "classifier")):
        weight = widened(stored, f"{ours_head}.weight")
        put_linear([theirs_head], weight, stored[f"{ours_head}.bias"])
    if RELATIVE in stored:
        spread = stored[RELATIVE]
        distances = np.arange(len(spread)) - len(spread) // 2
        _, first = np.unique(buckets_of(distances, RELATIVE_BUCKETS), return_index=True)
        state[f"bert.encoder.{BIAS}.weight"] = spread[first]
    return state


def widened(stored: Mapping[str, Array], name: str) -> Array:
    """A table that may have been stored in half precision."""
    half = stored.get(f"{name}.half")
    return stored[name] if half is None else half.astype(np.float32)


def restore_words(stored: Mapping[str, Array], prefix: str) -> dict[str, Array]:
    """Return the word vectors, and where they were stored in pieces these too."""
    name = f"{prefix}word_embeddings.weight"
    if CODES not in stored:
        return {
            name: stored["embeddings.word.int8"].astype(np.float32)
            * stored["embeddings.word.scale"]
        }
    words = WordTable(stored[CODES], stored[PIECES], stored[LENGTHS].reshape(-1))
    return {name: words.restore(), **words.tensors(prefix)}


def restore_folder(weights: Path, like: Path, out: Path) -> None:
    """Write config, tokeniser and float weights into a folder.

    Args:
        weights: an int8 classifier as `training.quantise` wrote it.
        like: a folder whose configuration and tokeniser fit.
        out: the folder to write.
    """
    from safetensors.numpy import save_file

    shape, stored = read_model(weights)
    config = json.loads((like / "config.json").read_text(encoding="utf-8"))
    config["num_hidden_layers"] = shape.layers
    config["type_vocab_size"] = len(stored["embeddings.type"])
    if shape.relative:
        config |= {
            "hidden_size": len(stored["embeddings.norm.gamma"]),
            "intermediate_size": len(stored["layer.0.up.bias"]),
            "num_attention_heads": shape.heads,
            "layer_norm_eps": shape.epsilon,
            "relative_buckets": RELATIVE_BUCKETS,
        }
    state = restore_weights(stored, shape.layers)
    out.mkdir(parents=True, exist_ok=True)
    for name in FILES:
        if (like / name).exists():
            shutil.copyfile(like / name, out / name)
    (out / "config.json").write_text(json.dumps(config, indent=2) + "\n", encoding="utf-8")
    save_file(state, out / "model.safetensors", metadata={"format": "pt"})


def main(arguments: Sequence[str] | None = None) -> None:
    """Read the command line and restore one file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("weights", type=Path)
    parser.add_argument("--like", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    given = parser.parse_args(arguments)
    restore_folder(given.weights, given.like, given.out)


if __name__ == "__main__":
    main()
