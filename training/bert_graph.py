"""Build the ONNX graph of a BERT encoder directly from its weights.

The graph is written by hand instead of traced, for three reasons: tracing BERT of transformers 5
with the legacy exporter gives wrong numbers without an error; fused attention, GELU and layer
normalisation are there from the start instead of being found again by an optimiser; and a linear
layer can be expressed in several ways (float, int8) without touching the rest.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

from training.relative import BIAS, bias_table
from training.word_table import find_word_table

MICROSOFT = "com.microsoft"
OPSET = 17  # LayerNormalization is a standard operator from here on
IR_VERSION = 8
MEAN_POOL = "mean_pool"
CLASSIFY = "classify"
CODES, PIECES, LENGTHS = "embeddings.word.codes", "embeddings.word.pieces", "embeddings.word.length"
RELATIVE = "relative.table"

Array = NDArray[Any]
Weights = dict[str, Array]


@dataclass(frozen=True, slots=True, kw_only=True)
class BertShape:
    """What the graph must know besides the weights.

    Attributes:
        layers: number of transformer blocks.
        heads: attention heads per block.
        epsilon: of every layer normalisation.
        head: `mean_pool` (unit sentence vectors) or `classify` (logits from the first token).
        relative: whether attention has a bias by distance (`training.relative`).
    """

    layers: int
    heads: int
    epsilon: float
    head: str
    relative: bool = False


class Graph:
    """Collects nodes and initialisers; every name is unique and readable."""

    def __init__(self) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.initializers: dict[str, onnx.TensorProto] = {}
        self.norm_inputs: dict[str, str] = {}
        """What each layer normalisation read, by the name of its output."""

    def constant(self, name: str, values: Array) -> str:
        """Store an array under `name` (once) and return the name."""
        if name not in self.initializers:
            contiguous = np.ascontiguousarray(values)
            self.initializers[name] = numpy_helper.from_array(contiguous, name)
        return name

    def table(self, name: str, values: Array) -> str:
        """Store an array under `name`; a runtime widens half precision when it loads the model."""
        if values.dtype != np.float16:
            return self.constant(name, values)
        stored = self.constant(f"{name}.half", values)
        return self.add("Cast", [stored], name, to=TensorProto.FLOAT)

    def add(
        self, op: str, inputs: list[str], name: str, *, domain: str = "", **attributes: Any
    ) -> str:
        """Add a node with one output called `name` and return the name."""
        node = helper.make_node(op, inputs, [name], name=name, domain=domain, **attributes)
        self.nodes.append(node)
        return name


class Linear(Protocol):
    """How `x @ weight + bias` is expressed in the graph."""

    def __call__(self, graph: Graph, x: str, name: str, weights: Weights) -> str: ...


def float_linear(graph: Graph, x: str, name: str, weights: Weights) -> str:
    """The float form: a matrix product and a bias."""
    weight = graph.table(f"{name}.weight", weights[f"{name}.weight"])
    bias = graph.constant(f"{name}.bias", weights[f"{name}.bias"])
    product = graph.add("MatMul", [x, weight], f"{name}.product")
    return graph.add("Add", [product, bias], f"{name}.output")


def float_embedding(graph: Graph, ids: str, weights: Weights) -> str:
    """Word vectors looked up in a float32 table, or put together where it comes in pieces."""
    if CODES in weights:
        return coded_embedding(graph, ids, weights)
    table = graph.constant("embeddings.word", weights["embeddings.word"])
    return graph.add("Gather", [table, ids], "embeddings.word.rows")


def coded_embedding(graph: Graph, ids: str, weights: Weights) -> str:
    """Word vectors put together from the pieces of `training.word_table`."""
    codes, pieces = weights[CODES], weights[PIECES]
    places, choices, width = pieces.shape
    chosen = graph.add("Gather", [graph.constant(CODES, codes), ids], f"{CODES}.rows")
    wide = graph.add("Cast", [chosen], f"{CODES}.wide", to=TensorProto.INT32)
    first = graph.constant("embeddings.word.first", np.arange(places, dtype=np.int32) * choices)
    number = graph.add("Add", [wide, first], "embeddings.word.number")
    # Kept in the order of the file; a list of pieces is what is looked up.
    table = graph.constant(PIECES, pieces)
    listed = graph.constant("embeddings.word.listed", np.array([places * choices, width]))
    flat = graph.add("Reshape", [table, listed], "embeddings.word.list")
    found = graph.add("Gather", [flat, number], "embeddings.word.found")
    joined = graph.constant("embeddings.word.joined", np.array([0, 0, places * width]))
    halves = graph.add("Reshape", [found, joined], "embeddings.word.unit.half")
    unit = graph.add("Cast", [halves], "embeddings.word.unit", to=TensorProto.FLOAT)
    lengths = graph.constant(LENGTHS, weights[LENGTHS].reshape(-1, 1))
    row_length = graph.add("Gather", [lengths, ids], f"{LENGTHS}.half")
    length = graph.add("Cast", [row_length], f"{LENGTHS}.rows", to=TensorProto.FLOAT)
    return graph.add("Mul", [unit, length], "embeddings.word.rows")


class Embedding(Protocol):
    """How word vectors are looked up."""

    def __call__(self, graph: Graph, ids: str, weights: Weights) -> str: ...


def read_bert(folder: Path, *, head: str) -> tuple[BertShape, Weights]:
    """Read a local BERT folder (`config.json`, `model.safetensors`).

    Args:
        folder: as written by `save_pretrained`.
        head: `mean_pool` or `classify`.

    Returns:
        The shape and the float32 weights under this module's names, linear layers as
        (inputs, outputs), query, key and value packed into one matrix.
    """
    from safetensors.numpy import load_file

    config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    if config["hidden_act"] != "gelu":
        raise ValueError(f"activation {config['hidden_act']!r} is not supported, only 'gelu'")
    shape = BertShape(
        layers=config["num_hidden_layers"],
        heads=config["num_attention_heads"],
        epsilon=config["layer_norm_eps"],
        head=head,
        relative=bool(config.get("relative_buckets")),
    )
    stored = load_file(folder / "model.safetensors")
    source = {name.removeprefix("bert."): array for name, array in stored.items()}
    return shape, _rename(source, shape)


def _rename(source: Mapping[str, Array], shape: BertShape) -> Weights:
    def take(name: str) -> Array:
        return np.asarray(source[name], dtype=np.float32)

    weights: Weights = {
        "embeddings.position": take("embeddings.position_embeddings.weight"),
        "embeddings.type": take("embeddings.token_type_embeddings.weight"),
    }
    words = find_word_table(source, "embeddings.")
    if words is None:
        weights["embeddings.word"] = take("embeddings.word_embeddings.weight")
    else:
        weights |= {CODES: words.codes, PIECES: words.pieces, LENGTHS: words.lengths}
    if shape.relative:
        longest = len(weights["embeddings.position"])
        weights[RELATIVE] = bias_table(take(f"encoder.{BIAS}.weight"), longest)

    def norm(ours: str, theirs: str) -> None:
        weights[f"{ours}.gamma"] = take(f"{theirs}.weight")
        weights[f"{ours}.beta"] = take(f"{theirs}.bias")

    def linear(ours: str, *theirs: str) -> None:
        weights[f"{ours}.weight"] = np.concatenate([take(f"{t}.weight").T for t in theirs], axis=1)
        weights[f"{ours}.bias"] = np.concatenate([take(f"{t}.bias") for t in theirs])

    norm("embeddings.norm", "embeddings.LayerNorm")
    for index in range(shape.layers):
        ours, theirs = f"layer.{index}", f"encoder.layer.{index}"
        attention = f"{theirs}.attention"
        linear(f"{ours}.qkv", *(f"{attention}.self.{part}" for part in ("query", "key", "value")))
        linear(f"{ours}.mix", f"{attention}.output.dense")
        norm(f"{ours}.mix.norm", f"{attention}.output.LayerNorm")
        linear(f"{ours}.up", f"{theirs}.intermediate.dense")
        linear(f"{ours}.down", f"{theirs}.output.dense")
        norm(f"{ours}.down.norm", f"{theirs}.output.LayerNorm")
    if shape.head == CLASSIFY:
        linear("pooler", "pooler.dense")
        linear("classifier", "classifier")
    return weights


def build_model(
    shape: BertShape,
    weights: Weights,
    *,
    linear: Linear = float_linear,
    embedding: Embedding = float_embedding,
) -> onnx.ModelProto:
    """Write the whole graph.

    Inputs are `input_ids`, `attention_mask` and `token_type_ids`, all (batch, tokens) int64 except
    the mask, which is int32. The output is `vectors` (batch, hidden), rows of unit length, or
    `logits` (batch, labels).

    Args:
        shape: layers, heads, head.
        weights: as `read_bert` returns them.
        linear: how the products inside the blocks are expressed. The head stays float: it is
            a thousandth of the work and decides the answer.
        embedding: how the word table is stored.

    Returns:
        A checked model that carries its shape in the metadata.
    """
    graph = Graph()
    if shape.relative:
        _bias_by_distance(graph, weights)
    hidden = _embed(graph, shape, weights, embedding)
    for index in range(shape.layers):
        last = index == shape.layers - 1
        hidden = _block(graph, shape, weights, linear, hidden, index, first_token_only=last)
    head = _mean_pool if shape.head == MEAN_POOL else _classify
    output, width = head(graph, hidden, weights)
    return _assemble(graph, shape, output, width)


def _norm(graph: Graph, shape: BertShape, weights: Weights, x: str, skip: str, name: str) -> str:
    # The fused SkipLayerNormalization is a scalar loop on the CPU, several times slower.
    total = graph.add("Add", [x, skip], f"{name}.sum")
    output = add_norm(
        graph,
        total,
        f"{name}.output",
        weights[f"{name}.gamma"],
        weights[f"{name}.beta"],
        shape.epsilon,
    )
    graph.norm_inputs[output] = total
    return output


def add_norm(graph: Graph, x: str, name: str, gamma: Array, beta: Array, epsilon: float) -> str:
    """Normalise the last axis of `x`, then scale and shift it per channel."""
    scale = graph.constant(f"{name.removesuffix('.output')}.gamma", gamma)
    shift = graph.constant(f"{name.removesuffix('.output')}.beta", beta)
    return graph.add("LayerNormalization", [x, scale, shift], name, axis=-1, epsilon=epsilon)


def _embed(graph: Graph, shape: BertShape, weights: Weights, embedding: Embedding) -> str:
    words = embedding(graph, "input_ids", weights)
    types = graph.constant("embeddings.type", weights["embeddings.type"])
    type_rows = graph.add("Gather", [types, "token_type_ids"], "embeddings.type.rows")
    positions = graph.table("embeddings.position", weights["embeddings.position"])
    size = graph.add("Shape", ["input_ids"], "size")
    one = graph.constant("one", np.array([1], np.int64))
    two = graph.constant("two", np.array([2], np.int64))
    zero = graph.constant("zero", np.array([0], np.int64))
    length = graph.add("Slice", [size, one, two], "length")
    position_rows = graph.add("Slice", [positions, zero, length, zero], "embeddings.position.rows")
    placed = graph.add("Add", [type_rows, position_rows], "embeddings.placed")
    return _norm(graph, shape, weights, words, placed, "embeddings.norm")


def _bias_by_distance(graph: Graph, weights: Weights) -> None:
    """Look up `relative.bias`, (1, heads, tokens, tokens) for every row of a batch."""
    table = weights[RELATIVE]
    zero = graph.constant("zero", np.array([0], np.int64))
    one = graph.constant("one", np.array([1], np.int64))
    start, step = graph.constant("start", np.array(0)), graph.constant("step", np.array(1))
    size = graph.add("Shape", ["input_ids"], "relative.size")
    tokens = graph.add("Gather", [size, step], "relative.tokens")
    places = graph.add("Range", [start, tokens, step], "relative.places")
    keys = graph.add("Unsqueeze", [places, zero], "relative.keys")
    queries = graph.add("Unsqueeze", [places, one], "relative.queries")
    distance = graph.add("Sub", [keys, queries], "relative.distance")
    middle = graph.constant("relative.middle", np.array(len(table) // 2))
    row = graph.add("Add", [distance, middle], "relative.row")
    found = graph.add("Gather", [graph.constant(RELATIVE, table), row], "relative.found")
    heads = graph.add("Transpose", [found], "relative.heads", perm=[2, 0, 1])
    graph.add("Unsqueeze", [heads, zero], "relative.bias")
    two = graph.constant("two", np.array([2], np.int64))
    graph.add("Slice", ["relative.bias", zero, one, two], "relative.bias.first")


def _block(
    graph: Graph,
    shape: BertShape,
    weights: Weights,
    linear: Linear,
    x: str,
    index: int,
    *,
    first_token_only: bool,
) -> str:
    name = f"layer.{index}"
    packed = linear(graph, x, f"{name}.qkv", weights)
    query, key, value = (f"{name}.{part}" for part in ("query", "key", "value"))
    split = helper.make_node("Split", [packed], [query, key, value], name=f"{name}.split", axis=-1)
    graph.nodes.append(split)
    bias = ["relative.bias"] if shape.relative else []
    if first_token_only and shape.head == CLASSIFY:
        # Only the first token is read by the head, so the last block need not compute the others.
        query = _first_token(graph, query, f"{name}.query.first")
        x = _first_token(graph, x, f"{name}.input.first")
        bias = ["relative.bias.first"] if shape.relative else []
    mixed = graph.add(
        "MultiHeadAttention",
        [query, key, value, "", "attention_mask", *bias],
        f"{name}.attention",
        domain=MICROSOFT,
        num_heads=shape.heads,
    )
    mixed = linear(graph, mixed, f"{name}.mix", weights)
    x = _norm(graph, shape, weights, mixed, x, f"{name}.mix.norm")
    up = linear(graph, x, f"{name}.up", weights)
    active = graph.add("Gelu", [up], f"{name}.active", domain=MICROSOFT)
    down = linear(graph, active, f"{name}.down", weights)
    return _norm(graph, shape, weights, down, x, f"{name}.down.norm")


def _first_token(graph: Graph, x: str, name: str) -> str:
    zero = graph.constant("zero", np.array([0], np.int64))
    one = graph.constant("one", np.array([1], np.int64))
    return graph.add("Slice", [x, zero, one, one], name)


def _mean_pool(graph: Graph, hidden: str, weights: Weights) -> tuple[str, int]:
    mask = graph.add("Cast", ["attention_mask"], "mask.float", to=TensorProto.FLOAT)
    one = graph.constant("one", np.array([1], np.int64))
    row = graph.add("Unsqueeze", [mask, one], "mask.row")
    # A product with the mask, not ReduceSum, whose order of summing depends on the batch size.
    sums = graph.add("MatMul", [row, hidden], "pool.sums")
    total = graph.add("Squeeze", [sums, one], "pool.total")
    # The mean's divisor cancels when the row is brought to unit length.
    output = graph.add("LpNormalization", [total], "vectors", axis=-1, p=2)
    return output, int(weights["embeddings.position"].shape[1])


def _classify(graph: Graph, hidden: str, weights: Weights) -> tuple[str, int]:
    axis = graph.constant("one", np.array([1], np.int64))
    first = graph.add("Squeeze", [hidden, axis], "first_token")
    pooled = graph.add("Tanh", [float_linear(graph, first, "pooler", weights)], "pooled")
    scores = float_linear(graph, pooled, "classifier", weights)
    output = graph.add("Identity", [scores], "logits")
    return output, int(weights["classifier.bias"].shape[0])


def _assemble(graph: Graph, shape: BertShape, output: str, width: int) -> onnx.ModelProto:
    ids = ["batch", "tokens"]
    inputs = [
        helper.make_tensor_value_info("input_ids", TensorProto.INT64, ids),
        helper.make_tensor_value_info("attention_mask", TensorProto.INT32, ids),
        helper.make_tensor_value_info("token_type_ids", TensorProto.INT64, ids),
    ]
    outputs = [helper.make_tensor_value_info(output, TensorProto.FLOAT, ["batch", width])]
    built = helper.make_graph(
        graph.nodes, "bert", inputs, outputs, initializer=list(graph.initializers.values())
    )
    opsets = [helper.make_opsetid("", OPSET), helper.make_opsetid(MICROSOFT, 1)]
    model = helper.make_model(
        built, opset_imports=opsets, ir_version=IR_VERSION, producer_name="factcheck"
    )
    helper.set_model_props(model, {"shape": json.dumps(asdict(shape))})
    return model


def read_model(path: Path) -> tuple[BertShape, Weights]:
    """Read the shape and all constants back from a graph that `build_model` wrote."""
    model = onnx.load(path)
    properties = {entry.key: entry.value for entry in model.metadata_props}
    shape = BertShape(**json.loads(properties["shape"]))
    weights = {item.name: numpy_helper.to_array(item) for item in model.graph.initializer}
    return shape, weights
