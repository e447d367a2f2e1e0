"""Load a reader for training: which weights move, and in which type it calculates."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

from training.packed import is_mpnet
from training.relative import BIAS
from training.word_table import WORD_TENSORS

TYPE_TABLE = "mpnet.embeddings.token_type_embeddings.weight"


def load_model(folder: Path, *, frozen_layers: int, device: str) -> Any:
    """Load a three-class reader in fp32 with eager attention and without dropout.

    Word embeddings stay frozen: they are half of the weights, and the mix touches few of them.
    """
    import torch
    from transformers import AutoModelForSequenceClassification

    model = AutoModelForSequenceClassification.from_pretrained(
        folder,
        attn_implementation="eager",
        dtype=torch.float32,
        num_labels=3,
        hidden_dropout_prob=0.0,
        attention_probs_dropout_prob=0.0,
    )
    attach_types(model, folder)
    attach_relative(model, folder)
    if device != "cpu":
        # It plans anew for every length, which takes longer than the attention.
        torch.backends.cuda.enable_cudnn_sdp(False)
    base = model.base_model
    base.embeddings.word_embeddings.weight.requires_grad_(False)
    for layer in base.encoder.layer[:frozen_layers]:
        layer.requires_grad_(False)
    if frozen_layers:
        base.embeddings.requires_grad_(False)
        if getattr(model.config, "type_vocab_size", 2) > 2:
            base.embeddings.token_type_embeddings.requires_grad_(True)
    return model.to(device).train()


def attach_types(model: Any, folder: Path) -> None:
    """Give an MPNet the table of token types that its configuration speaks of.

    transformers' MPNet knows none and leaves it out when loading.
    """
    import torch
    from safetensors import safe_open

    types = getattr(model.config, "type_vocab_size", 0)
    if not is_mpnet(model) or types <= 2:
        return
    table = torch.nn.Embedding(types, model.config.hidden_size)
    table.weight.data.zero_()
    with safe_open(str(folder / "model.safetensors"), "pt") as stored:
        if TYPE_TABLE in stored.keys():  # noqa: SIM118 - no mapping
            table.weight.data = stored.get_tensor(TYPE_TABLE).float()
    model.base_model.embeddings.token_type_embeddings = table


def attach_relative(model: Any, folder: Path) -> None:
    """Give a BERT cut out of an MPNet (`training.narrow`) what transformers' BERT does not know.

    That is the bias by distance, which is not trained, and the rounded form of the word vectors,
    which is kept so that a checkpoint has it when it is exported.
    """
    import torch
    from safetensors.torch import load_file

    buckets = getattr(model.config, "relative_buckets", 0)
    if is_mpnet(model) or not buckets:
        return
    stored = load_file(folder / "model.safetensors")
    table = torch.nn.Embedding(buckets, model.config.num_attention_heads)
    table.weight.data = stored[f"bert.encoder.{BIAS}.weight"].float()
    table.requires_grad_(False)
    setattr(model.base_model.encoder, BIAS, table)
    for name in WORD_TENSORS:
        tensor = stored[f"bert.embeddings.{name}"]
        model.base_model.embeddings.register_buffer(name, tensor)


def activation_type(device: str) -> Any:
    """bf16 where the processor multiplies it, fp32 elsewhere: without such instructions bf16 takes
    six times as long."""
    import torch

    fast = device != "cpu" or torch.ops.mkldnn._is_mkldnn_bf16_supported()
    return torch.bfloat16 if fast else torch.float32


def share_weights(model: Any) -> Any:
    """Copy a model so that it reads the same weights but keeps gradients of its own."""
    replica = copy.deepcopy(model)
    for weight, twin in zip(model.parameters(), replica.parameters(), strict=True):
        twin.data = weight.data
    return replica
