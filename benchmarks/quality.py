"""Quality: retrieval recall and claim-level accuracy on the corpora, pair accuracy on the dev sets.

    python benchmarks/quality.py [--data DIR] [--limit N]

The data is no part of the project; its place is ../shared/data or FACTCHECK_SHARED/data.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from recording import ROOT, write_result

sys.path.insert(0, str(ROOT))

CORPORA = {
    "covidfact": ("dev/covidfact.jsonl.gz", "corpora/covidfact_corpus.jsonl.gz"),
    "healthver": ("dev/healthver_dev.jsonl.gz", "corpora/healthver_dev_corpus.jsonl.gz"),
}
RANKINGS = {"dense": (True, False), "lexical": (False, True), "fused": (True, True)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    shared = Path(os.environ.get("FACTCHECK_SHARED", ROOT.parent / "shared"))
    parser.add_argument("--data", type=Path, default=shared / "data")
    parser.add_argument("--limit", type=int, help="only the first N rows of each set")
    arguments = parser.parse_args()
    if not arguments.data.is_dir():
        raise SystemExit(f"no data at {arguments.data}; name it with --data")
    figures: dict[str, Any] = {"limit": arguments.limit, "claims": {}, "pairs": {}, "cases": {}}
    for name, (rows, corpus) in CORPORA.items():
        figures["claims"][name] = corpus_figures(arguments, rows, corpus)
        print(name, json.dumps(figures["claims"][name]["retrieval"], indent=1))
    for path in sorted((arguments.data / "dev").glob("*.jsonl.gz")):
        result = evaluated([str(path)], arguments.limit)
        figures["pairs"][path.name.removesuffix(".jsonl.gz")] = result
        print(path.name, result["accuracy"], result["false_supported_rate"], result["ece"])
    write_result("quality", figures)


def corpus_figures(arguments: argparse.Namespace, rows: str, corpus: str) -> dict[str, Any]:
    """Recall of each ranking, and the whole pipeline on one corpus."""
    from factcheck.config import default_config
    from factcheck.evaluate import evaluate_claims, read_labelled, retrieval_recall
    from factcheck.index.opened import Index
    from factcheck.pipeline import load_models

    config, models = default_config(), load_models()
    labelled = read_labelled(arguments.data / rows)[: arguments.limit]
    with tempfile.TemporaryDirectory(prefix="factcheck-quality-") as name:
        folder = Path(name) / "corpus"
        folder.mkdir()
        packed = arguments.data / corpus
        unpacked = subprocess.run(["gzip", "-dc", str(packed)], check=True, capture_output=True)
        (folder / packed.stem).write_bytes(unpacked.stdout)
        index = Index.open(folder, encoder=models.encoder)
        recall = {
            ranking: retrieval_recall(labelled, index, models, config, dense=dense, lexical=lexical)
            for ranking, (dense, lexical) in RANKINGS.items()
        }
        result = evaluate_claims(labelled, index, models, config)
        index.close()
        shutil.rmtree(folder)
    return {"retrieval": recall, "pipeline": result}


def evaluated(arguments: list[str], limit: int | None) -> dict[str, Any]:
    """The JSON of `factcheck eval`."""
    more = ["--limit", str(limit)] if limit else []
    done = subprocess.run(
        [sys.executable, "-m", "factcheck", "eval", *arguments, *more, "--format", "json"],
        check=True,
        capture_output=True,
        text=True,
        cwd=ROOT,
    )
    result: dict[str, Any] = json.loads(done.stdout)
    return result


if __name__ == "__main__":
    main()
