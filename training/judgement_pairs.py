"""Fit the pair model: verifier output and deterministic features to stance probabilities."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

import numpy as np

from training.fit_judgement import (
    FOLDS,
    Table,
    as_model,
    balanced_weights,
    fit_multinomial,
    out_of_fold,
    predict,
    print_figures,
    save,
)

STANCES = ("supports", "refutes", "neutral")
# Sets that look like what the retriever returns weigh more than template data; COVID-Fact's
# refuted claims are made by machine and partly nonsense.
SHARES = {
    "nli_fever_validation": 2.0,
    "vitaminc_dev": 2.0,
    "fever_symmetric_dev": 1.0,
    "fm2_dev": 1.0,
    "healthver_dev": 1.0,
    "sufficient_facts_dev": 1.0,
    "infotabs_dev": 1.0,
    "mnli_dev": 0.5,
    "semantic_fragments_dev": 0.2,
    "covidfact": 0.3,
}
_LABELS = {"supported": 0, "contested": 1, "unsupported": 2}


def read_table(data: Path, limit: int) -> tuple[Table, tuple[str, ...]]:
    """Inputs of the pair model for every development set."""
    from factcheck.checks import FEATURE_NAMES
    from factcheck.evaluate import pair_inputs, read_labelled
    from factcheck.pipeline import load_models

    models = load_models()
    names = ("log_supports", "log_refutes", "log_neutral", *FEATURE_NAMES)
    x: list[list[float]] = []
    y: list[int] = []
    group: list[str] = []
    for path in sorted((data / "dev").glob("*.jsonl.gz")):
        name = path.name.removesuffix(".jsonl.gz")
        rows = read_labelled(path)
        chosen = np.random.default_rng(3).permutation(len(rows))[:limit]
        part = [rows[i] for i in sorted(chosen)]
        for row, inputs in zip(part, pair_inputs(part, models), strict=True):
            x.append([inputs.get(feature, 0.0) for feature in names])
            y.append(_LABELS[row.label.value])
            group.append(name)
        print(f"read {name}: {len(part)}", flush=True)
    y_array, groups = np.array(y), np.array(group)
    weight = balanced_weights(y_array, groups, SHARES)
    return Table(np.array(x), y_array, weight, groups), names


def fit_pairs(arguments: argparse.Namespace) -> None:
    """Fit, print out-of-fold figures per set with and without the checks, and save."""
    table, names = read_table(arguments.data, arguments.limit)
    verifier_only = Table(table.x[:, :3], table.y, table.weight, table.group)
    figures: dict[str, Any] = {}
    for title, part in (("verifier", verifier_only), ("with checks", table)):
        held_out = out_of_fold(part, penalty=arguments.penalty)
        figures[title] = {
            str(name): print_figures(
                f"{title}: {name}", table.y[table.group == name], held_out[table.group == name]
            )
            for name in np.unique(table.group)
        }
    w, b = fit_multinomial(table, penalty=arguments.penalty)
    print_figures("fitted, all", table.y, predict(table.x, w, b))
    save({"pair": as_model(STANCES, names, w, b), "metrics": {"folds": FOLDS, "pairs": figures}})
