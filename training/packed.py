"""The readers' forward pass for training, written for few, large operations.

Same weights and the same function as transformers' BertForSequenceClassification and
MPNetForSequenceClassification without dropout, faster on a CPU in bf16, because
- groups of different token length go through every linear layer as one matrix; only attention
  looks at the groups one by one, so there is still neither padding nor a mask;
- weights are cast to bf16 once for each pack, not once for each group;
- the last layer is worked out for the first token alone, the only one that is read.

On a GPU attention is the fused one; the rest serves there as well.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np

from training.relative import BIAS, buckets_of
from training.stream import MicroBatch, stack_types
from training.token_types import types_for

# MPNet has BERT's vocabulary behind four tokens of its own, of which it uses these two.
_MPNET_SHIFT, _MPNET_FIRST, _MPNET_SEPARATOR = 4, 0, 2
_BERT_FIRST = 101


def pack_groups(
    batches: Sequence[MicroBatch], *, workers: int, tokens: int
) -> list[list[MicroBatch]]:
    """Deal micro-batches into packs of about equal size, as many for each worker.

    Args:
        batches: the micro-batches of one step.
        workers: how many will work on packs at the same time.
        tokens: about the largest size of a pack; more gain nothing and fill the caches.
    """
    total = sum(batch.ids.size for batch in batches)
    rounds = -(-total // (workers * tokens))
    packs: list[list[MicroBatch]] = [[] for _ in range(workers * rounds)]
    held = [0] * len(packs)
    for batch in sorted(batches, key=lambda batch: -batch.ids.size):
        emptiest = held.index(min(held))
        packs[emptiest].append(batch)
        held[emptiest] += batch.ids.size
    return [pack for pack in packs if pack]


@dataclass(frozen=True, slots=True)
class Layer:
    """The weights of one transformer layer under names common to all families."""

    query: Any
    key: Any
    value: Any
    mixed: Any
    mixed_norm: Any
    inner: Any
    outer: Any
    outer_norm: Any


def layers_of(model: Any) -> list[Layer]:
    """Return a model's layers from the lowest to the highest."""
    found = []
    for layer in model.base_model.encoder.layer:
        attention = layer.attention
        if is_mpnet(model):
            own = attention.attn
            parts = (own.q, own.k, own.v, own.o, attention.LayerNorm)
        else:
            own, after = attention.self, attention.output
            parts = (own.query, own.key, own.value, after.dense, after.LayerNorm)
        output = layer.output
        found.append(Layer(*parts, layer.intermediate.dense, output.dense, output.LayerNorm))
    return found


def is_mpnet(model: Any) -> bool:
    """Whether the model is an MPNet; otherwise it is a BERT."""
    return bool(model.config.model_type == "mpnet")


def head_of(model: Any) -> tuple[Any, Any]:
    """Return the two linear layers over the first token, with a tanh between them."""
    if is_mpnet(model):
        return model.classifier.dense, model.classifier.out_proj
    return model.bert.pooler.dense, model.classifier


def mpnet_tokens(batch: MicroBatch) -> MicroBatch:
    """Turn BERT's ids into MPNet's: another first token, and two separators between the texts."""
    length = batch.ids.shape[1]
    ends = batch.ids == batch.ids[0, -1]
    ids = np.where(ends, _MPNET_SEPARATOR, batch.ids + _MPNET_SHIFT)
    ids[batch.ids == _BERT_FIRST] = _MPNET_FIRST
    start = (batch.types % 2).argmax(axis=1)[:, None]
    places = np.arange(length + 1)[None, :]
    taken = places - (places > start)
    longer = np.where(places == start, _MPNET_SEPARATOR, np.take_along_axis(ids, taken, axis=1))
    types = np.where(places == start, 0, np.take_along_axis(batch.types, taken, axis=1))
    return MicroBatch(longer, types, batch.labels, batch.sources)


def shared_places(batches: Sequence[MicroBatch]) -> np.ndarray:
    """Which tokens of `mpnet_tokens` BERT has too: all but the separator before each claim.

    Args:
        batches: in BERT's ids.

    Returns:
        Places in the pack's tokens laid end to end, in BERT's order.
    """
    kept = []
    for batch in batches:
        start = (batch.types % 2).argmax(axis=1)[:, None]
        kept.append((np.arange(batch.ids.shape[1] + 1)[None, :] != start).reshape(-1))
    return np.flatnonzero(np.concatenate(kept))


def embed(model: Any, batches: Sequence[MicroBatch]) -> Any:
    """Return (tokens, width) fp32 sums of the embedding tables, before their norm."""
    tables = model.base_model.embeddings
    first = 2 if is_mpnet(model) else 0
    ids = flat([batch.ids for batch in batches], model)
    places = flat([np.broadcast_to(np.arange(b.ids.shape[1]), b.ids.shape) for b in batches], model)
    state = tables.word_embeddings(ids) + tables.position_embeddings(places + first)
    if not hasattr(tables, "token_type_embeddings"):
        return state
    return state + tables.token_type_embeddings(flat([batch.types for batch in batches], model))


def equal_lengths(order: Sequence[int], lengths: Sequence[int], size: int = 32) -> list[list[int]]:
    """Cut an order sorted by length into groups of one length: no padding, no mask."""
    groups: list[list[int]] = []
    for position in order:
        last = groups[-1] if groups else None
        if last and len(last) < size and lengths[last[0]] == lengths[position]:
            last.append(position)
        else:
            groups.append([position])
    return groups


def flat(parts: Sequence[np.ndarray], model: Any) -> Any:
    """Join arrays end to end as one tensor on the model's device."""
    import torch

    values = torch.from_numpy(np.concatenate([part.reshape(-1) for part in parts]))
    return to_device(values, model.device)


def to_device(values: Any, device: Any) -> Any:
    """Copy a tensor; to a GPU without waiting for what it is still doing."""
    if str(device) == "cpu":
        return values
    return values.pin_memory().to(device, non_blocking=True)


def position_bias(model: Any, length: int, dtype: Any) -> Any:
    """Return the (1, heads, length, length) bias by distance, or None for a reader without one."""
    known = hasattr(model.base_model.encoder, BIAS)
    return _bias_of_length(model, model.device, length, dtype) if known else None


@cache
def _bias_of_length(model: Any, device: Any, length: int, dtype: Any) -> Any:
    """It is not trained, so it is worked out once for each length."""
    import torch

    table = getattr(model.base_model.encoder, BIAS).weight.detach()
    places = np.arange(length)
    buckets = torch.from_numpy(buckets_of(places[None, :] - places[:, None], len(table)))
    return table[buckets.to(device)].permute(2, 0, 1)[None].to(dtype).contiguous()


class HiddenDropout:
    """Dropout of hidden states by stretches of one long random mask.

    Drawing a mask for every operation costs a tenth of the time of a step on a CPU; a stretch
    from a random place of four million drawn once costs next to nothing and repeats too rarely
    to be learnt. On a GPU masks are drawn, which costs nothing there.

    Args:
        share: of the values that are dropped; the others are scaled up.
        device, dtype: of the states.
        seed: fixes the mask and, with one worker, the places.
    """

    _SIZE = 1 << 22

    def __init__(self, share: float, *, device: Any, dtype: Any, seed: int) -> None:
        import torch

        self._share, self._functional = share, torch.nn.functional
        drawn = torch.rand(self._SIZE, generator=torch.Generator().manual_seed(seed))
        self._mask = ((drawn >= share) / (1.0 - share)).to(device=device, dtype=dtype)
        self._places = random.Random(seed)

    def __call__(self, state: Any) -> Any:
        """Return the states, some of their values 0."""
        if state.is_cuda:
            return self._functional.dropout(state, self._share)
        spare = self._SIZE - state.numel()
        if spare < 0:
            raise ValueError("a pack is larger than the dropout mask")
        start = self._places.randrange(spare + 1)
        return state * self._mask[start : start + state.numel()].view(state.shape)


def _kept(state: Any) -> Any:
    return state


def read_pack(
    model: Any,
    pack: Sequence[MicroBatch],
    *,
    dtype: Any,
    drop: Callable[[Any], Any] = _kept,
    seen: dict[int, Any] | None = None,
    inner_seen: Callable[[int, Any], None] | None = None,
) -> Any:
    """Return the logits of every pair of the pack, in order.

    Args:
        model: a BERT or MPNet for sequence classification with the exact GELU.
        pack: micro-batches, each of one token length, in BERT's ids.
        dtype: type of activations; losses and weights stay fp32.
        drop: what dropout does to hidden states, where BERT has it; nothing by default.
        seen: takes, for each layer it has as key (from 1, below the last), the (tokens, width)
            states that layer puts out, at the tokens that BERT has.
        inner_seen: is shown each layer's number, from 0, and what its (tokens, inner) neurons
            put out.

    Returns:
        (pairs, classes) fp32 tensor with gradients.
    """
    import torch

    functional = torch.nn.functional
    fused = str(model.device) != "cpu"
    heads, width = model.config.num_attention_heads, model.config.hidden_size
    size = width // heads
    batches = [mpnet_tokens(batch) for batch in pack] if is_mpnet(model) else list(pack)
    rows = [batch.ids.shape[0] for batch in batches]
    lengths = [batch.ids.shape[1] for batch in batches]
    counts = [batch.ids.size for batch in batches]
    begins = np.concatenate([[0], np.cumsum(counts)[:-1]])
    firsts = flat(
        [b + np.arange(r) * n for b, r, n in zip(begins, rows, lengths, strict=True)], model
    )
    biases = [position_bias(model, length, dtype) for length in lengths]
    shared = flat([shared_places(pack)], model) if seen and is_mpnet(model) else None

    def linear(x: Any, *parts: Any) -> Any:
        weight = torch.cat([part.weight for part in parts]).to(dtype)
        bias = torch.cat([part.bias for part in parts]).to(dtype)
        return functional.linear(x, weight, bias)

    def norm(x: Any, part: Any) -> Any:
        return functional.layer_norm(
            x, (width,), part.weight.to(dtype), part.bias.to(dtype), part.eps
        )

    def attend(queries: Any, keys: Any, values: Any, group: int, first_only: bool) -> Any:
        """Scaled dot-product attention of one group; as many rows as `queries` has."""
        q, k, v = (
            part.view(rows[group], -1, heads, size).transpose(1, 2)
            for part in (queries, keys, values)
        )
        bias = biases[group]
        if bias is not None and first_only:
            bias = bias[:, :, :1]
        if fused:
            mixed = functional.scaled_dot_product_attention(q, k, v, attn_mask=bias)
            return mixed.transpose(1, 2).reshape(-1, width)
        scores = torch.matmul(q * size**-0.5, k.transpose(-1, -2))
        if bias is not None:
            scores = scores + bias
        return torch.matmul(scores.softmax(-1), v).transpose(1, 2).reshape(-1, width)

    state = drop(norm(embed(model, batches).to(dtype), model.base_model.embeddings.LayerNorm))
    layers = layers_of(model)
    for number, layer in enumerate(layers, start=1):
        last = layer is layers[-1]
        kept = state[firsts] if last else state
        queries = linear(kept, layer.query).split(rows if last else counts)
        keys, values = linear(state, layer.key, layer.value).split(width, dim=-1)
        groups = zip(queries, keys.split(counts), values.split(counts), strict=True)
        context = torch.cat([attend(q, k, v, i, last) for i, (q, k, v) in enumerate(groups)])
        kept = norm(drop(linear(context, layer.mixed)) + kept, layer.mixed_norm)
        inner = functional.gelu(linear(kept, layer.inner))
        if inner_seen is not None:
            inner_seen(number - 1, inner)
        state = norm(drop(linear(inner, layer.outer)) + kept, layer.outer_norm)
        if seen is not None and number in seen:
            seen[number] = state if shared is None else state[shared]
    before, after = head_of(model)
    return linear(drop(torch.tanh(linear(state, before))), after).float()


def read_in_packs(
    model: Any, rows: Sequence[np.ndarray], starts: Sequence[int], *, dtype: Any, tokens: int = 4096
) -> np.ndarray:
    """Score any number of tokenised pairs without gradients.

    Args:
        model: as for `read_pack`.
        rows: token ids of each pair, as BERT writes them.
        starts: place of the claim's first token in each.
        dtype: type of activations.
        tokens: about the largest size of a pack.

    Returns:
        (n, classes) float32 logits in the order of the rows.
    """
    pair_types = types_for(model.config)

    def gather(chosen: list[int]) -> MicroBatch:
        ids = np.stack([rows[position] for position in chosen]).astype(np.int64)
        types = stack_types(ids, [starts[position] for position in chosen], pair_types)
        nothing = np.zeros(len(chosen), dtype=np.int64)
        return MicroBatch(ids, types, nothing, nothing)

    return read_gathered(model, [len(row) for row in rows], gather, dtype=dtype, tokens=tokens)


def read_gathered(
    model: Any,
    lengths: Sequence[int],
    gather: Callable[[list[int]], MicroBatch],
    *,
    dtype: Any,
    tokens: int,
    size: int = 32,
) -> np.ndarray:
    """Score pairs that are fetched when their turn comes, without gradients.

    Args:
        model: as for `read_pack`.
        lengths: token count of each pair.
        gather: gives the micro-batch of some positions of one length.
        dtype: type of activations.
        tokens: about the largest size of a pack.
        size: most pairs of a micro-batch.

    Returns:
        (n, classes) float32 logits in the order of `lengths`.
    """
    import torch

    order = sorted(range(len(lengths)), key=lambda position: lengths[position])
    groups = equal_lengths(order, lengths, size)
    logits = np.zeros((len(lengths), model.config.num_labels), dtype=np.float32)
    with torch.inference_mode():
        while groups:
            taken, held = [], 0
            while groups and held < tokens:
                taken.append(groups.pop())
                held += len(taken[-1]) * lengths[taken[-1][0]]
            out = read_pack(model, [gather(chosen) for chosen in taken], dtype=dtype).cpu().numpy()
            logits[[position for chosen in taken for position in chosen]] = out
    return logits
