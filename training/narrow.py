"""Cut a student out of a teacher: half of its layers, and of each the neurons that do most.

    python -m training.narrow .train/teacher --mix .train/mix-1 --words .train/words.npz \
        --out .train/wide

The student is as wide as the teacher and begins with what it knows. It has the shape of a BERT
and reads the mix's own tokens: MPNet's words in BERT's order, rounded as they will be shipped, its
bias by distance kept (`training.relative`), its second separator left out. Of the neurons between
a layer's two products those stay whose part in the output varies most; the others' mean goes
into the bias.

Sources: Sanh et al., DistilBERT, 2019, for the choice of layers; the measure of a neuron is the
first-order part of Molchanov et al., Pruning Convolutional Neural Networks, ICLR 2017, with the
output's own variance in the place of the gradient.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from training.relative import BIAS
from training.word_table import WordTable, load_words

LAYERS = (0, 2, 4, 7, 9, 11)
INNER = 1152
_READ = 2048
"""Pairs on which the neurons are watched."""

_PARTS = {
    "attention.attn.q": "attention.self.query",
    "attention.attn.k": "attention.self.key",
    "attention.attn.v": "attention.self.value",
    "attention.attn.o": "attention.output.dense",
    "attention.LayerNorm": "attention.output.LayerNorm",
    "output.LayerNorm": "output.LayerNorm",
}
_ENDS = {"classifier.dense": "bert.pooler.dense", "classifier.out_proj": "classifier"}

State = dict[str, np.ndarray]
Watched = Sequence[np.ndarray]
"""Mean and standard deviation of a layer's neurons, (neurons,) each."""


def watch_neurons(folder: Path, mix: Path, pairs: int = _READ) -> list[Watched]:
    """Read the first pairs of a mix and watch every layer's neurons.

    Returns:
        What was seen of each layer, from the lowest.
    """
    import torch

    from training.packed import pack_groups, read_pack
    from training.readers import activation_type, load_model
    from training.stream import Mix, plan_steps
    from training.token_types import types_for

    device = "cuda" if torch.cuda.is_available() else "cpu"
    model = load_model(folder, frozen_layers=0, device=device).eval()
    stream = Mix(mix, types_for(model.config))
    lengths = (stream.offsets[1:] - stream.offsets[:-1])[:pairs]
    sums: dict[int, list[Any]] = {}

    def watch(number: int, inner: Any) -> None:
        values = inner.double()
        seen = [values.sum(0), values.square().sum(0), len(values)]
        sums[number] = [a + b for a, b in zip(sums.get(number, [0, 0, 0]), seen, strict=True)]

    steps = plan_steps(lengths, seed="neurons", batch=pairs, micro=32, chunk=pairs, skipped=None)
    with torch.inference_mode():
        for pieces in steps:
            batches = [stream.gather(piece) for piece in pieces]
            for pack in pack_groups(batches, workers=1, tokens=16384):
                read_pack(model, pack, dtype=activation_type(device), inner_seen=watch)
    watched: list[Watched] = []
    for number in sorted(sums):
        total, squares, count = sums[number]
        mean = total / count
        spread = (squares / count - mean.square()).clamp(min=0).sqrt()
        watched.append((mean.cpu().numpy(), spread.cpu().numpy()))
    return watched


def cut_layer(
    state: Mapping[str, np.ndarray], theirs: str, ours: str, watched: Watched, inner: int
) -> State:
    """Return one layer under BERT's names, with `inner` of its neurons.

    Args:
        state: of the teacher.
        theirs, ours: prefixes of the layer.
        watched: its neurons.
        inner: how many stay.
    """
    found: State = {}
    for their_part, our_part in _PARTS.items():
        for kind in ("weight", "bias"):
            found[f"{ours}.{our_part}.{kind}"] = state[f"{theirs}.{their_part}.{kind}"]
    up, down = f"{theirs}.intermediate.dense", f"{theirs}.output.dense"
    mean, spread = watched
    outgoing = state[f"{down}.weight"]
    order = np.argsort(-spread * np.linalg.norm(outgoing, axis=0))
    kept, dropped = np.sort(order[:inner]), order[inner:]
    found[f"{ours}.intermediate.dense.weight"] = state[f"{up}.weight"][kept]
    found[f"{ours}.intermediate.dense.bias"] = state[f"{up}.bias"][kept]
    found[f"{ours}.output.dense.weight"] = outgoing[:, kept]
    constant = outgoing[:, dropped] @ mean[dropped].astype(np.float32)
    found[f"{ours}.output.dense.bias"] = state[f"{down}.bias"] + constant
    return found


def cut_state(
    state: Mapping[str, np.ndarray],
    watched: Sequence[Watched],
    words: WordTable,
    *,
    layers: Sequence[int] = LAYERS,
    inner: int = INNER,
) -> State:
    """Return the student's weights by the names of a BertForSequenceClassification.

    Args:
        state: of an MPNet for sequence classification with token types.
        watched: of every layer, as `watch_neurons` returns it.
        words: its word vectors, rounded.
        layers: which of its layers the student has, from 0.
        inner: neurons between a layer's products.
    """
    tables, ours = "mpnet.embeddings", "bert.embeddings"
    found: State = {
        f"{ours}.word_embeddings.weight": words.restore(),
        # MPNet's first two places are never used.
        f"{ours}.position_embeddings.weight": state[f"{tables}.position_embeddings.weight"][2:],
        f"{ours}.token_type_embeddings.weight": state[f"{tables}.token_type_embeddings.weight"],
        f"bert.encoder.{BIAS}.weight": state[f"mpnet.encoder.{BIAS}.weight"],
        **words.tensors(f"{ours}."),
    }
    for kind in ("weight", "bias"):
        found[f"{ours}.LayerNorm.{kind}"] = state[f"{tables}.LayerNorm.{kind}"]
        for theirs, own in _ENDS.items():
            found[f"{own}.{kind}"] = state[f"{theirs}.{kind}"]
    for place, layer in enumerate(layers):
        theirs, own = f"mpnet.encoder.layer.{layer}", f"bert.encoder.layer.{place}"
        found |= cut_layer(state, theirs, own, watched[layer], inner)
    return {name: np.ascontiguousarray(values) for name, values in found.items()}


def student_config(teacher: Mapping[str, Any], *, layers: int, inner: int) -> dict[str, Any]:
    """Return a BERT's configuration that fits `cut_state`."""
    labels = ("SUPPORTS", "REFUTES", "NEI")
    return {
        "architectures": ["BertForSequenceClassification"],
        "model_type": "bert",
        "hidden_act": teacher["hidden_act"],
        "hidden_size": teacher["hidden_size"],
        "intermediate_size": inner,
        "num_attention_heads": teacher["num_attention_heads"],
        "num_hidden_layers": layers,
        "layer_norm_eps": teacher["layer_norm_eps"],
        "max_position_embeddings": teacher["max_position_embeddings"] - 2,
        "type_vocab_size": teacher["type_vocab_size"],
        "vocab_size": 30522,
        "relative_buckets": teacher["relative_attention_num_buckets"],
        "id2label": {str(number): label for number, label in enumerate(labels)},
        "label2id": {label: number for number, label in enumerate(labels)},
    }


def narrow_folder(
    teacher: Path, mix: Path, words: WordTable, out: Path, *, layers: Sequence[int], inner: int
) -> None:
    """Write the student of a trained teacher into a folder."""
    from safetensors.numpy import load_file, save_file

    state = load_file(teacher / "model.safetensors")
    config = json.loads((teacher / "config.json").read_text("utf-8"))
    cut = cut_state(state, watch_neurons(teacher, mix), words, layers=layers, inner=inner)
    out.mkdir(parents=True, exist_ok=True)
    entries = student_config(config, layers=len(layers), inner=inner)
    (out / "config.json").write_text(json.dumps(entries, indent=2) + "\n", encoding="utf-8")
    save_file(cut, out / "model.safetensors", metadata={"format": "pt"})


def main(arguments: Sequence[str] | None = None) -> None:
    """Read the command line and cut one student."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("teacher", type=Path)
    parser.add_argument("--mix", type=Path, required=True)
    parser.add_argument("--words", type=Path, required=True, help="from training.word_table")
    parser.add_argument("--layers", type=int, nargs="+", default=list(LAYERS), help="from 0")
    parser.add_argument("--inner", type=int, default=INNER)
    parser.add_argument("--out", type=Path, required=True)
    given = parser.parse_args(arguments)
    narrow_folder(
        given.teacher,
        given.mix,
        load_words(given.words),
        given.out,
        layers=given.layers,
        inner=given.inner,
    )


if __name__ == "__main__":
    main()
