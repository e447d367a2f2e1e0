"""Turn a float BERT graph into an int8 one whose answers do not depend on the batch.

Weights are int8 per output column. Activations are int8 *per token*, with the scale taken from the
token itself at run time. So a text gets the same numbers alone and in any batch, which a scale per
tensor (ONNX Runtime's dynamic quantisation) does not give, and one token with a huge value does not
cost all the others their precision, which a fixed (static) scale does.

The inputs of the two products that follow a layer normalisation have a few channels that are always
large. They are centred and shrunk per channel before rounding, by a second normalisation with other
constants, and the weights and the bias take it back exactly. The constants come from calibration.

    quantise_bert(Path("fp32.onnx"), Path("int8.onnx"), calibration_batches)
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto

from training.bert_graph import (
    CODES,
    MICROSOFT,
    Array,
    BertShape,
    Graph,
    Weights,
    add_norm,
    build_model,
    float_embedding,
    float_linear,
    read_model,
)

INT8_LIMIT = 127
CENTRE = np.uint8(128)
# GELU never falls below -0.17, so the rows after it need few steps below zero.
GELU_CENTRE = np.uint8(32)
# Exponent of the channel's range that moves from the activations into the weights. Of 0, 0.25, 0.5
# and 0.75 the last kept most top-10 neighbours of 4,000 sentences (0.938, 0.948, 0.955, 0.956).
MOVED_RANGE = 0.75
TINY = np.float32(1e-6)

HALVED = ("embeddings.position", "pooler.weight")

Batch = Mapping[str, NDArray[np.int64] | NDArray[np.int32]]


@dataclass(frozen=True, slots=True)
class ChannelRange:
    """What calibration saw per channel of one tensor: (channels,) float32 each."""

    mean: Array
    reach: Array
    """Largest distance from the mean."""


def quantise_bert(fp32_onnx: Path, int8_path: Path, calibration_batches: Iterable[Batch]) -> str:
    """Write the int8 form of a float graph.

    Args:
        fp32_onnx: as `training.bert_graph.build_model` wrote it.
        int8_path: the file to write.
        calibration_batches: inputs by name (`input_ids`, `attention_mask`, `token_type_ids`), a few
            hundred real texts in all.

    Returns:
        The SHA-256 of the file written, in hexadecimal.
    """
    shape, weights = read_model(fp32_onnx)
    ranges = calibrate(shape, weights, calibration_batches)
    linear = RowQuantisedLinear(shape, ranges)
    coded = CODES in weights
    if coded:
        # A reader so wide that its word table comes in pieces saves where it costs no accuracy.
        weights |= {name: weights[name].astype(np.float16) for name in HALVED}
    embedding = float_embedding if coded else int8_embedding
    model = build_model(shape, weights, linear=linear, embedding=embedding)
    onnx.save(model, int8_path)
    return hashlib.sha256(int8_path.read_bytes()).hexdigest()


def calibrate(
    shape: BertShape, weights: Weights, batches: Iterable[Batch]
) -> dict[str, ChannelRange]:
    """Run the float graph and record the inputs of the products that follow a normalisation.

    Returns:
        Range per channel by the name of the linear layer; padding is left out.
    """
    import onnxruntime

    inputs: dict[str, str] = {}

    def recording(graph: Graph, x: str, name: str, weights: Weights) -> str:
        if x in graph.norm_inputs:
            inputs[name] = x
        return float_linear(graph, x, name, weights)

    model = build_model(shape, weights, linear=recording)
    del model.graph.output[:]
    watched = sorted(set(inputs.values()))
    for name in watched:
        output = onnx.helper.make_tensor_value_info(name, TensorProto.FLOAT, None)
        model.graph.output.append(output)
    session = onnxruntime.InferenceSession(
        model.SerializeToString(), providers=["CPUExecutionProvider"]
    )
    seen: dict[str, list[Array]] = {name: [] for name in watched}
    for batch in batches:
        kept = np.asarray(batch["attention_mask"]) > 0
        for name, values in zip(watched, session.run(watched, dict(batch)), strict=True):
            # The last block of a classifier normalises the first token only.
            seen[name].append(values[kept] if values.shape[1] == kept.shape[1] else values[:, 0])
    tokens = {name: np.concatenate(parts) for name, parts in seen.items()}
    return {layer: _range(tokens[name]) for layer, name in inputs.items()}


def _range(values: Array) -> ChannelRange:
    mean = values.mean(axis=0)
    return ChannelRange(mean, np.abs(values - mean).max(axis=0))


class RowQuantisedLinear:
    """`x @ weight + bias` with int8 weights per column and int8 activations per token."""

    def __init__(self, shape: BertShape, ranges: Mapping[str, ChannelRange]) -> None:
        self._shape = shape
        self._ranges = ranges

    def __call__(self, graph: Graph, x: str, name: str, weights: Weights) -> str:
        weight, bias = weights[f"{name}.weight"], weights[f"{name}.bias"]
        if name in self._ranges:
            x, weight, bias = self._flatten(graph, x, name, weights)
        steps, column_scale = round_to_int8(weight, axis=0)
        after_gelu = name.endswith(".down")
        scaled, per_step = _scale_rows(graph, x, name, after_gelu=after_gelu)
        unit = graph.constant("unit", np.float32(1))
        centre = _centre(graph, after_gelu)
        rounded = graph.add("QuantizeLinear", [scaled, unit, centre], f"{name}.int8")
        product = graph.add(
            "MatMulIntegerToFloat",
            [
                rounded,
                graph.constant(f"{name}.weight.int8", steps),
                unit,
                graph.constant(f"{name}.weight.scale", column_scale),
                centre,
            ],
            f"{name}.product",
            domain=MICROSOFT,
        )
        restored = graph.add("Mul", [product, per_step], f"{name}.restored")
        return graph.add("Add", [restored, graph.constant(f"{name}.bias", bias)], f"{name}.output")

    def _flatten(
        self, graph: Graph, x: str, name: str, weights: Weights
    ) -> tuple[str, Array, Array]:
        """Centre and shrink the channels of `x`; return it with the weights that undo it."""
        weight, bias = weights[f"{name}.weight"], weights[f"{name}.bias"]
        seen = self._ranges[name]
        usual = np.median(seen.reach)
        shrink = np.maximum((seen.reach / usual) ** MOVED_RANGE, 1).astype(np.float32)
        norm = x.removesuffix(".output")
        flat = add_norm(
            graph,
            graph.norm_inputs[x],
            f"{name}.flat.output",
            weights[f"{norm}.gamma"] / shrink,
            (weights[f"{norm}.beta"] - seen.mean) / shrink,
            self._shape.epsilon,
        )
        return flat, weight * shrink[:, None], bias + seen.mean @ weight


def _centre(graph: Graph, after_gelu: bool) -> str:
    if after_gelu:
        return graph.constant("gelu_centre", np.asarray(GELU_CENTRE))
    return graph.constant("centre", np.asarray(CENTRE))


def _scale_rows(graph: Graph, x: str, name: str, *, after_gelu: bool) -> tuple[str, str]:
    """Scale every token to the int8 range; return it and the size of one step per token."""
    size = x if after_gelu else graph.add("Abs", [x], f"{name}.size")
    steps = np.float32(255 - int(GELU_CENTRE) if after_gelu else INT8_LIMIT)
    largest = graph.add("ReduceMax", [size], f"{name}.largest", axes=[-1], keepdims=1)
    tiny = graph.constant("tiny", TINY)
    largest = graph.add("Max", [largest, tiny], f"{name}.largest.positive")
    count = graph.constant(f"steps.{int(steps)}", steps)
    per_unit = graph.add("Div", [count, largest], f"{name}.per_unit")
    per_step = graph.add("Div", [largest, count], f"{name}.per_step")
    return graph.add("Mul", [x, per_unit], f"{name}.scaled"), per_step


def round_to_int8(values: Array, *, axis: int) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """Symmetric int8 with one scale per slice along `axis`.

    Args:
        values: (rows, columns) float32.
        axis: the axis that is scaled together; 0 gives a scale per column, 1 per row.

    Returns:
        Integers in [-127, 127] and the scales, so that `integers * scale` is close to `values`.
    """
    scale = np.abs(values).max(axis=axis) / INT8_LIMIT
    scale = np.where(scale > 0, scale, 1).astype(np.float32)
    steps = np.round(values / np.expand_dims(scale, axis))
    return np.clip(steps, -INT8_LIMIT, INT8_LIMIT).astype(np.int8), scale


def int8_embedding(graph: Graph, ids: str, weights: Weights) -> str:
    """Word vectors looked up in an int8 table with one scale per word."""
    steps, scale = round_to_int8(weights["embeddings.word"], axis=1)
    table = graph.constant("embeddings.word.int8", steps)
    scales = graph.constant("embeddings.word.scale", scale[:, None])
    rows = graph.add("Gather", [table, ids], "embeddings.word.int8.rows")
    row_scale = graph.add("Gather", [scales, ids], "embeddings.word.scale.rows")
    wide = graph.add("Cast", [rows], "embeddings.word.wide", to=TensorProto.FLOAT)
    return graph.add("Mul", [wide, row_scale], "embeddings.word.rows")
