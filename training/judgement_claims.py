"""Fit the claim model: the best stances of independent origins to label probabilities."""

from __future__ import annotations

import argparse
import gzip
import tempfile
from pathlib import Path
from typing import Any

import numpy as np

from training.fit_judgement import (
    Table,
    as_model,
    balanced_weights,
    fit_multinomial,
    out_of_fold,
    print_figures,
    save,
)

LABELS = ("supported", "contested", "unsupported")
SHARES = {"cases": 3.0, "healthver": 1.0, "covidfact": 0.3}
FEATURES = ("support_1", "support_2", "refute_1", "refute_2", "top_cosine")
# More agreement never lowers support, more contradiction never lowers contested.
_UP, _DOWN, _FREE = (0.0, None), (None, 0.0), (None, None)
BOUNDS = (
    (_UP, _UP, _DOWN, _DOWN, _FREE),
    (_FREE, _DOWN, _UP, _UP, _FREE),
    (_DOWN, _DOWN, _DOWN, _DOWN, _FREE),
)


def judge_corpus(
    folder: Path, claims: list[Any], truth: list[int], models: Any
) -> tuple[list[list[float]], list[int]]:
    """Inputs of the claim model for claims against one corpus folder."""
    from factcheck.config import default_config
    from factcheck.index.opened import Index
    from factcheck.verdict import Policy, claim_features, tally_origins
    from factcheck.pipeline import iter_evidence

    with tempfile.TemporaryDirectory(prefix="factcheck-fit-") as index_dir:
        index = Index.open(folder, index_dir=index_dir, encoder=models.encoder)
        x, y = [], []
        for label, (_, evidence) in zip(
            truth,
            iter_evidence(claims, index, models=models, config=default_config()),
            strict=True,
        ):
            features = claim_features(tally_origins(evidence, Policy()))
            x.append([features[name] for name in FEATURES])
            y.append(label)
        index.close()
    return x, y


def read_cases(root: Path, models: Any) -> tuple[list[list[float]], list[int]]:
    """The case collection: each subject against its own sources."""
    from factcheck.claims import load_claims

    x: list[list[float]] = []
    y: list[int] = []
    for folder in sorted(path.parent for path in root.glob("*/claims.yaml")):
        claims = [c for c in load_claims(folder / "claims.yaml") if c.expect and c.quote is None]
        truth = [LABELS.index(c.expect.value) for c in claims if c.expect]
        more_x, more_y = judge_corpus(folder / "sources", claims, truth, models)
        x += more_x
        y += more_y
    return x, y


def read_set(
    rows_path: Path, corpus_path: Path, limit: int, models: Any
) -> tuple[list[list[float]], list[int]]:
    """One labelled set against its corpus file."""
    from factcheck.evaluate import read_labelled
    from factcheck.records import Claim

    rows = read_labelled(rows_path)
    chosen = np.random.default_rng(5).permutation(len(rows))[:limit]
    rows = [rows[i] for i in sorted(chosen)]
    with tempfile.TemporaryDirectory(prefix="factcheck-fit-") as name:
        folder = Path(name) / "corpus"
        folder.mkdir()
        with gzip.open(corpus_path, "rb") as packed:
            (folder / corpus_path.stem).write_bytes(packed.read())
        claims = [Claim(id=f"r{i}", text=row.claim) for i, row in enumerate(rows)]
        truth = [LABELS.index(row.label.value) for row in rows]
        return judge_corpus(folder, claims, truth, models)


def fit_claims(arguments: argparse.Namespace) -> None:
    """Fit, print out-of-fold figures per set, and save with thresholds."""
    from factcheck.pipeline import load_models

    models = load_models()
    data = arguments.data
    sets = {
        "cases": read_cases(arguments.cases, models),
        "healthver": read_set(
            data / "dev/healthver_dev.jsonl.gz",
            data / "corpora/healthver_dev_corpus.jsonl.gz",
            min(arguments.limit, 500),
            models,
        ),
        "covidfact": read_set(
            data / "dev/covidfact.jsonl.gz",
            data / "corpora/covidfact_corpus.jsonl.gz",
            min(arguments.limit, 400),
            models,
        ),
    }
    x = np.array([row for part, _ in sets.values() for row in part])
    y = np.array([label for _, part in sets.values() for label in part])
    group = np.array([name for name, (_, part) in sets.items() for _ in part])
    table = Table(x, y, balanced_weights(y, group, SHARES), group)
    held_out = out_of_fold(table, penalty=arguments.penalty, bounds=BOUNDS)
    figures = {
        name: print_figures(name, y[group == name], held_out[group == name]) for name in sets
    }
    w, b = fit_multinomial(table, penalty=arguments.penalty, bounds=BOUNDS)
    for row, label in zip(w, LABELS):
        print(label, dict(zip(FEATURES, row.round(3))))
    save({"claim": as_model(LABELS, FEATURES, w, b), "claim_metrics": figures})
