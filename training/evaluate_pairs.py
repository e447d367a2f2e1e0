"""Measure a checkpoint on the development sets.

    python -m training.evaluate_pairs .train/run --out .train/eval.json
    python -m training.evaluate_pairs .train/run --limit 300       # a quick look
    python -m training.evaluate_pairs factcheck/models/weights/verifier.json    # as shipped

Sets that hold two labels are scored on those two; `false_supported_rate` always counts over
all three outputs, because that is the error a reader suffers from.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from training.contrast import held_out_pairs
from training.pairs import LABEL_IDS, LABELS, Pair, locate_shared, read_pairs

DEV_SETS = (
    "nli_fever_validation", "fever_symmetric_dev", "vitaminc_dev", "healthver_dev",
    "mnli_dev", "infotabs_dev", "semantic_fragments_dev", "sufficient_facts_dev", "fm2_dev",
    "covidfact", "contrast_held_out",
)  # fmt: skip


def predict_logits(
    folder: Path,
    pairs: Sequence[Pair],
    *,
    claim_only: bool = False,
    max_tokens: int = 144,
    fast: bool = False,
) -> np.ndarray:
    """Score pairs with a checkpoint.

    Args:
        folder: weights, config and (there or in the parent run's start) `tokenizer.json`.
        pairs: evidence goes first, the claim second.
        claim_only: leave the evidence empty, to see what the wording alone gives away.
        max_tokens: limit of a pair; the evidence is truncated.
        fast: bf16 instead of fp32.

    Returns:
        (n, 3) float32 logits in the order of the pairs and of `LABELS`.
    """
    import torch
    from tokenizers import Tokenizer

    from training.packed import read_in_packs
    from training.readers import load_model

    device = "cuda" if torch.cuda.is_available() else "cpu"
    model = load_model(folder, frozen_layers=0, device=device).eval()
    tokenizer = Tokenizer.from_file(str(find_tokenizer(folder)))
    tokenizer.no_padding()
    tokenizer.enable_truncation(max_tokens, strategy="only_first")
    texts = [("" if claim_only else pair.evidence, pair.claim) for pair in pairs]
    encoded = tokenizer.encode_batch(texts)
    rows = [np.asarray(item.ids) for item in encoded]
    starts = [item.type_ids.index(1) for item in encoded]
    return read_in_packs(model, rows, starts, dtype=torch.bfloat16 if fast else torch.float32)


def predict_shipped(card: Path, pairs: Sequence[Pair], *, claim_only: bool = False) -> np.ndarray:
    """Score pairs with exported int8 weights; same result as `predict_logits`."""
    from factcheck.models.onnx import OnnxVerifier
    from factcheck.models.registry import read_card

    verifier = OnnxVerifier(read_card(card), threads=1)
    texts = [("" if claim_only else pair.evidence, pair.claim) for pair in pairs]
    return np.asarray(verifier.logits(texts))


def find_tokenizer(folder: Path) -> Path:
    """Return BERT's tokenizer: the one beside the weights of a BERT, or that of the start model."""
    beside = folder / "tokenizer.json"
    config = json.loads((folder / "config.json").read_text("utf-8"))
    own = config["model_type"] == "bert" and beside.exists()
    return beside if own else locate_shared() / "models/verifier-start/tokenizer.json"


def softmax(logits: np.ndarray) -> np.ndarray:
    """Probabilities of (n, 3) logits."""
    shifted = np.exp(logits - logits.max(axis=1, keepdims=True))
    return np.asarray(shifted / shifted.sum(axis=1, keepdims=True))


def expected_calibration_error(
    probabilities: np.ndarray, labels: np.ndarray, *, bins: int = 15
) -> float:
    """Mean gap between confidence and accuracy over bins of equal width, weighted by size.

    Source: Guo, Pleiss, Sun and Weinberger, ICML 2017.
    """
    confidence = probabilities.max(axis=1)
    right = probabilities.argmax(axis=1) == labels
    places = np.minimum((confidence * bins).astype(int), bins - 1)
    gaps = [
        abs(float(right[places == place].mean() - confidence[places == place].mean()))
        * float((places == place).mean())
        for place in range(bins)
        if (places == place).any()
    ]
    return float(sum(gaps))


def score(logits: np.ndarray, labels: np.ndarray) -> dict[str, Any]:
    """Compute the figures of one set from (n, 3) logits and (n,) label ids."""
    held = sorted(set(labels.tolist()))
    probabilities = softmax(logits)
    called = probabilities.argmax(axis=1)
    among_held = np.asarray(held)[probabilities[:, held].argmax(axis=1)]
    f1 = []
    for label in held:
        hit = float(((among_held == label) & (labels == label)).sum())
        wrong = float((among_held == label).sum() + (labels == label).sum())
        f1.append(2 * hit / wrong if wrong else 0.0)
    others = labels != LABEL_IDS["SUPPORTS"]
    called_supported = called == LABEL_IDS["SUPPORTS"]
    return {
        "n": len(labels),
        "classes": len(held),
        "accuracy": float((among_held == labels).mean()),
        "macro_f1": float(np.mean(f1)),
        "f1": {LABELS[label]: round(value, 4) for label, value in zip(held, f1, strict=True)},
        "false_supported_rate": float((called_supported & others).sum() / max(1, others.sum())),
        "called": {name: float((called == i).mean()) for i, name in enumerate(LABELS)},
        "ece": expected_calibration_error(probabilities, labels),
        "majority": float(np.bincount(labels).max() / len(labels)),
    }


def read_dev(shared: Path, name: str, limit: int = 0) -> list[Pair]:
    """Read a development set; `limit` takes evenly spaced rows."""
    if name == "contrast_held_out":
        pairs = held_out_pairs()
    else:
        pairs = list(read_pairs(shared / "data" / "dev" / f"{name}.jsonl.gz", source=name))
    if limit and len(pairs) > limit:
        pairs = [pairs[i * len(pairs) // limit] for i in range(limit)]
    return pairs


def evaluate(
    folder: Path,
    shared: Path,
    *,
    sets: Sequence[str] = DEV_SETS,
    limit: int = 0,
    claim_only: bool = False,
    fast: bool = False,
    save_logits: Path | None = None,
) -> dict[str, dict[str, Any]]:
    """Score a checkpoint on every development set; optionally keep the logits."""
    table = {}
    for name in sets:
        pairs = read_dev(shared, name, limit)
        labels = np.asarray([LABEL_IDS[pair.label] for pair in pairs])
        if folder.suffix == ".json":
            logits = predict_shipped(folder, pairs, claim_only=claim_only)
        else:
            logits = predict_logits(folder, pairs, claim_only=claim_only, fast=fast)
        if save_logits is not None:
            save_logits.mkdir(parents=True, exist_ok=True)
            np.savez(save_logits / f"{name}.npz", logits=logits, labels=labels)
        table[name] = score(logits, labels)
    return table


def render_table(table: dict[str, dict[str, Any]]) -> str:
    """Return the figures as a Markdown table."""
    lines = [
        "| set | n | accuracy | macro F1 | false supported | ECE |",
        "|---|---|---|---|---|---|",
    ]
    lines += [
        f"| {name} | {row['n']} | {row['accuracy']:.3f} | {row['macro_f1']:.3f} | "
        f"{row['false_supported_rate']:.3f} | {row['ece']:.3f} |"
        for name, row in table.items()
    ]
    return "\n".join(lines)


def main(arguments: Sequence[str] | None = None) -> None:
    """Read the command line, evaluate, and write a table and a JSON file."""
    import sys

    import torch

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("checkpoint", type=Path, help="folder, or the card of shipped weights")
    parser.add_argument("--shared")
    parser.add_argument("--sets", nargs="*", default=DEV_SETS)
    parser.add_argument("--limit", type=int, default=0)
    parser.add_argument("--claim-only", action="store_true")
    parser.add_argument("--fast", action="store_true", help="bf16")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--save-logits", type=Path)
    parser.add_argument("--out", type=Path)
    given = parser.parse_args(arguments)
    torch.set_num_threads(given.threads)
    table = evaluate(
        given.checkpoint,
        locate_shared(given.shared),
        sets=given.sets,
        limit=given.limit,
        claim_only=given.claim_only,
        fast=given.fast,
        save_logits=given.save_logits,
    )
    sys.stdout.write(render_table(table) + "\n")
    if given.out is not None:
        given.out.parent.mkdir(parents=True, exist_ok=True)
        given.out.write_text(json.dumps(table, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
