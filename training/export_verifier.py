"""Checkpoint to shipped int8 weights and their card.

    python -m training.export_verifier .train/run --version 1

Calibration pairs come from development sets, evidence first as in use. The float graph is
compared with torch on the way, and the export fails when they differ.
"""

from __future__ import annotations

import argparse
import json
import shutil
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from factcheck.models.registry import SEGMENTS
from training.bert_graph import CLASSIFY
from training.evaluate_pairs import find_tokenizer, read_dev
from training.export_weights import export_weights
from training.pairs import locate_shared
from training.token_types import KINDS_OF_TYPES

CALIBRATION_SETS = ("nli_fever_validation", "vitaminc_dev", "healthver_dev", "mnli_dev")
PAIRS_PER_SET = 100
MAX_TOKENS = 144

ORIGINS = (
    ("FEVER", "CC BY-SA 3.0"),
    ("VitaminC", "CC BY-SA 3.0"),
    ("FEVEROUS", "CC BY-SA 3.0"),
    ("Textual Entailment New Protocols", "CC BY-SA"),
    ("SNLI", "CC BY-SA 4.0"),
    ("MultiNLI", "OANC and others"),
    ("InfoTabs", "Apache-2.0"),
    ("TabFact", "MIT and CC BY 4.0"),
    ("ConjNLI", "MIT"),
    ("Semantic fragments", "stated free for research"),
    ("factcheck contrast sets, written for the project", "Apache-2.0"),
    ("answers of all-mpnet-base-v2, fine-tuned on the same data", "Apache-2.0"),
)


@dataclass(frozen=True, slots=True)
class Base:
    """What a verifier was made from: family and name of the model, how its words are stored."""

    family: str
    name: str
    words: str


SMALL = Base("minilm", "sentence-transformers/all-MiniLM-L6-v2", "int8 word table per row")
WIDE = Base(
    "mpnet", "sentence-transformers/all-mpnet-base-v2", "word table in pieces of three values"
)


def export_verifier(checkpoint: Path, out: Path, shared: Path, *, version: str) -> Path:
    """Write `verifier.onnx` and `verifier.json`, and return the path of the card.

    Args:
        checkpoint: folder with `config.json` and `model.safetensors`.
        out: folder of the weights; its tokeniser must be the checkpoint's.
        shared: folder with the development sets that calibrate the rounding.
        version: of the weights, as the card and reports name it.
    """
    pairs = [
        (pair.evidence, pair.claim)
        for name in CALIBRATION_SETS
        for pair in read_dev(shared, name, PAIRS_PER_SET)
    ]
    config = json.loads((checkpoint / "config.json").read_text(encoding="utf-8"))
    base = WIDE if config.get("relative_buckets") else SMALL
    card = {
        "name": f"{base.family}-l{config['num_hidden_layers']}-verifier-int8",
        "version": version,
        "role": "verifier",
        "max_tokens": MAX_TOKENS,
        "token_types": KINDS_OF_TYPES.get(config["type_vocab_size"], SEGMENTS),
        "base": base.name,
        "licence": "Apache-2.0",
        "training_data": [{"name": name, "licence": licence} for name, licence in ORIGINS],
        "quantisation": "int8 weights per column, int8 activations per token, " + base.words,
    }
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        for name in ("config.json", "model.safetensors"):
            shutil.copyfile(checkpoint / name, folder / name)
        shutil.copyfile(find_tokenizer(checkpoint), folder / "tokenizer.json")
        return export_weights(
            folder, out, "verifier", head=CLASSIFY, calibration_texts=pairs, card=card
        )


def main(arguments: Sequence[str] | None = None) -> None:
    """Read the command line and export."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("--shared")
    parser.add_argument("--version", default="1")
    parser.add_argument("--out", type=Path, default=Path("factcheck/models/weights"))
    given = parser.parse_args(arguments)
    export_verifier(given.checkpoint, given.out, locate_shared(given.shared), version=given.version)


if __name__ == "__main__":
    main()
