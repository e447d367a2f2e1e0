"""A trained BERT folder to int8 weights and a model card, checked against torch on the way."""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import onnx
from numpy.typing import NDArray

from training.bert_graph import CLASSIFY, MEAN_POOL, build_model, read_bert
from training.quantise import Batch, quantise_bert
from training.token_types import PairTypes, plain_types, types_for

CARD_VERSION = 1
LARGEST_FLOAT_DIFFERENCE = 1e-4
"""Between the graph and torch, both float32; a wrong graph is off by hundredths."""


def export_weights(
    folder: Path,
    out: Path,
    stem: str,
    *,
    head: str,
    calibration_texts: Sequence[str | tuple[str, str]],
    card: Mapping[str, Any],
) -> Path:
    """Write `stem.onnx` (int8), `stem.json` (card) and `tokenizer.json` into a folder.

    Args:
        folder: local BERT folder with `config.json`, `model.safetensors`, `tokenizer.json`.
        out: folder of the weights.
        stem: file name without suffix, for example `encoder`.
        head: `mean_pool` for sentence vectors, `classify` for a cross-encoder.
        calibration_texts: a few hundred real texts, or (evidence, claim) pairs for a cross-encoder.
        card: `name`, `version`, `role`, `max_tokens`, `base`, `licence`, `training_data` and what
            else is known; hashes, file names and labels are filled in here.

    Returns:
        The path of the card.

    Raises:
        ValueError: the float graph does not give torch's numbers, or a tokeniser with another
            vocabulary is already in `out`.
    """
    out.mkdir(parents=True, exist_ok=True)
    config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    batches = tokenise(
        folder / "tokenizer.json",
        calibration_texts,
        int(card["max_tokens"]),
        pair_types=types_for(SimpleNamespace(**config)),
    )
    with tempfile.TemporaryDirectory() as scratch:
        float_path = Path(scratch) / "float.onnx"
        export_float(folder, float_path, head=head)
        difference = compare_with_torch(folder, float_path, batches[:64], head=head)
        if difference > LARGEST_FLOAT_DIFFERENCE:
            raise ValueError(f"the graph differs from torch by {difference:.2g}")
        sha256 = quantise_bert(float_path, out / f"{stem}.onnx", batches)
    entries: dict[str, Any] = {
        "card_version": CARD_VERSION,
        **card,
        "file": f"{stem}.onnx",
        "sha256": sha256,
        "tokenizer": "tokenizer.json",
        "tokenizer_sha256": _copy_tokenizer(folder, out),
    }
    if head == CLASSIFY:
        words = config["id2label"]
        entries["labels"] = [words[str(position)] for position in range(len(words))]
    else:
        entries["dimension"] = config["hidden_size"]
    path = out / f"{stem}.json"
    path.write_text(json.dumps(entries, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    return path


def export_float(folder: Path, path: Path, *, head: str) -> None:
    """Write the float graph of a local BERT folder."""
    shape, weights = read_bert(folder, head=head)
    onnx.save(build_model(shape, weights), path)


def tokenise(
    tokenizer_file: Path,
    texts: Iterable[str | tuple[str, str]],
    max_tokens: int,
    *,
    pair_types: PairTypes = plain_types,
) -> list[Batch]:
    """One batch for each text or pair, without padding; of a pair only the first part is cut."""
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(tokenizer_file))
    tokenizer.no_padding()
    batches: list[Batch] = []
    for text in texts:
        pair = isinstance(text, tuple)
        tokenizer.enable_truncation(max_tokens, strategy="only_first" if pair else "longest_first")
        encoding = tokenizer.encode(*text) if pair else tokenizer.encode(text)
        types = encoding.type_ids
        if pair:
            types = pair_types(encoding.ids, types.index(1))
        batches.append(
            {
                "input_ids": np.array([encoding.ids], np.int64),
                "attention_mask": np.array([encoding.attention_mask], np.int32),
                "token_type_ids": np.array([types], np.int64),
            }
        )
    return batches


def compare_with_torch(folder: Path, path: Path, batches: Sequence[Batch], *, head: str) -> float:
    """Largest difference between the outputs of a graph and of torch on the same batches."""
    import onnxruntime
    import torch

    answer = _torch_reader(folder, head)
    session = onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"])
    largest = 0.0
    for batch in batches:
        with torch.inference_mode():
            expected = answer(batch)
        found = session.run(None, dict(batch))[0]
        largest = max(largest, float(np.abs(found - expected).max()))
    return largest


def _torch_reader(folder: Path, head: str) -> Callable[[Batch], NDArray[np.float32]]:
    """What answers a batch in torch: transformers, or our own where it does not know the model."""
    import torch
    from transformers import AutoModel, AutoModelForSequenceClassification

    if json.loads((folder / "config.json").read_text("utf-8")).get("relative_buckets"):
        return _packed_reader(folder)
    kind = AutoModel if head == MEAN_POOL else AutoModelForSequenceClassification
    model = kind.from_pretrained(folder, dtype=torch.float32, local_files_only=True).eval()

    def answer(batch: Batch) -> NDArray[np.float32]:
        output = model(**{k: torch.from_numpy(np.asarray(v)).long() for k, v in batch.items()})
        found = _unit_mean(output, batch) if head == MEAN_POOL else output.logits.numpy()
        return np.asarray(found)

    return answer


def _packed_reader(folder: Path) -> Callable[[Batch], NDArray[np.float32]]:
    import torch

    from training.packed import read_pack
    from training.readers import load_model
    from training.stream import MicroBatch

    model = load_model(folder, frozen_layers=0, device="cpu").eval()

    def answer(batch: Batch) -> NDArray[np.float32]:
        ids, types = (np.asarray(batch[name]) for name in ("input_ids", "token_type_ids"))
        nothing = np.zeros(len(ids), dtype=np.int64)
        pack = [MicroBatch(ids, types.astype(np.int64), nothing, nothing)]
        return np.asarray(read_pack(model, pack, dtype=torch.float32).numpy())

    return answer


def _unit_mean(output: Any, batch: Batch) -> NDArray[np.float32]:
    mask = np.asarray(batch["attention_mask"])[..., None]
    mean = (output.last_hidden_state.numpy() * mask).sum(axis=1) / mask.sum(axis=1)
    unit: NDArray[np.float32] = mean / np.linalg.norm(mean, axis=-1, keepdims=True)
    return unit


def _copy_tokenizer(folder: Path, out: Path) -> str:
    """Put the tokeniser beside the weights; encoder and verifier share one."""
    source, target = folder / "tokenizer.json", out / "tokenizer.json"
    if target.is_file():
        if _meaning(source) != _meaning(target):
            raise ValueError(f"{source} is not the tokeniser that is already in {out}")
    else:
        shutil.copyfile(source, target)
    return hashlib.sha256(target.read_bytes()).hexdigest()


def _meaning(path: Path) -> dict[str, Any]:
    entries = json.loads(path.read_text(encoding="utf-8"))
    return {key: entries[key] for key in ("normalizer", "pre_tokenizer", "model", "post_processor")}
