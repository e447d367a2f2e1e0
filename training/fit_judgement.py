"""Fit the two small models between the verifier and the verdict.

    python -m training.fit_judgement pairs  --data ../shared/data
    python -m training.fit_judgement claims --data ../shared/data --cases tests/cases/develop

The first fits the pair model (verifier and checks to stance) on the development sets, the second
the claim model (stances of independent origins to label) on claims judged against corpora. Both
write factcheck/models/weights/judgement.json. Every figure printed is out of fold.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from scipy.optimize import minimize

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "factcheck" / "models" / "weights" / "judgement.json"
SEED = 11
FOLDS = 5


@dataclass
class Table:
    """Features, truth and weights of many rows.

    Args:
        x: (n, f) float64.
        y: (n,) int, 0 supports or supported, 1 refutes or contested, 2 neutral or unsupported.
        weight: (n,) float64.
        group: (n,) name of the data set.
    """

    x: np.ndarray
    y: np.ndarray
    weight: np.ndarray
    group: np.ndarray


def fit_multinomial(
    table: Table,
    *,
    penalty: float,
    bounds: Sequence[Sequence[tuple[float | None, float | None]]] | None = None,
) -> tuple[np.ndarray, np.ndarray]:
    """Multinomial logistic regression with an L2 penalty on standardised features.

    Args:
        penalty: strength per row weight.
        bounds: for each class and feature the allowed range of the coefficient; monotony is a
            range with 0 at one end.

    Returns:
        (3, f) coefficients and (3,) intercepts for the raw features.
    """
    scale = table.x.std(axis=0)
    scale[scale < 1e-6] = 1.0
    x = table.x / scale
    classes, features = 3, x.shape[1]
    truth = np.eye(classes)[table.y]
    weight = table.weight / table.weight.sum()

    def loss(flat: np.ndarray) -> tuple[float, np.ndarray]:
        w = flat[: classes * features].reshape(classes, features)
        b = flat[classes * features :]
        scores = x @ w.T + b
        scores -= scores.max(axis=1, keepdims=True)
        p = np.exp(scores)
        p /= p.sum(axis=1, keepdims=True)
        value = -(weight * np.log((p * truth).sum(axis=1) + 1e-12)).sum()
        error = (p - truth) * weight[:, None]
        gradient = np.concatenate([(error.T @ x + 2 * penalty * w).ravel(), error.sum(axis=0)])
        return value + penalty * (w**2).sum(), gradient

    limits: list[tuple[float | None, float | None]] = [(None, None)] * (
        classes * features + classes
    )
    if bounds is not None:
        for c in range(classes):
            for f in range(features):
                limits[c * features + f] = tuple(bounds[c][f])  # type: ignore[assignment]
    start = np.zeros(classes * features + classes)
    found = minimize(
        loss, start, jac=True, method="L-BFGS-B", bounds=limits, options={"maxiter": 3000}
    )
    w = found.x[: classes * features].reshape(classes, features) / scale
    return w, found.x[classes * features :]


def predict(x: np.ndarray, w: np.ndarray, b: np.ndarray) -> np.ndarray:
    scores = x @ w.T + b
    scores -= scores.max(axis=1, keepdims=True)
    p = np.exp(scores)
    return p / p.sum(axis=1, keepdims=True)


def out_of_fold(table: Table, **options: Any) -> np.ndarray:
    """Probabilities of each row by a model that has not seen it."""
    fold = np.random.default_rng(SEED).integers(0, FOLDS, len(table.y))
    result = np.zeros((len(table.y), 3))
    for number in range(FOLDS):
        seen = fold != number
        part = Table(table.x[seen], table.y[seen], table.weight[seen], table.group[seen])
        w, b = fit_multinomial(part, **options)
        result[~seen] = predict(table.x[~seen], w, b)
    return result


def balanced_weights(y: np.ndarray, group: np.ndarray, share: dict[str, float]) -> np.ndarray:
    """Every data set weighs its share, and in it every class the same."""
    weight = np.zeros(len(y))
    for name in np.unique(group):
        for c in range(3):
            rows = (group == name) & (y == c)
            if rows.any():
                weight[rows] = share.get(str(name), 1.0) / rows.sum()
    return weight


def print_figures(name: str, y: np.ndarray, p: np.ndarray) -> dict[str, float]:
    """Accuracy, balanced accuracy, false supported rate and calibration error of probabilities."""
    classes = [c for c in range(3) if (y == c).any()]
    masked = np.where(np.isin(np.arange(3), classes), p, 0.0)
    masked /= masked.sum(axis=1, keepdims=True)
    answer = masked.argmax(axis=1)
    confidence = masked.max(axis=1)
    correct = answer == y
    bins = np.minimum((confidence * 15).astype(int), 14)
    ece = sum(
        abs(confidence[bins == k].mean() - correct[bins == k].mean()) * (bins == k).mean()
        for k in range(15)
        if (bins == k).any()
    )
    figures = {
        "n": len(y),
        "accuracy": float(correct.mean()),
        "balanced": float(np.mean([correct[y == c].mean() for c in classes])),
        "false_supported": float((answer[y != 0] == 0).mean()) if (y != 0).any() else 0.0,
        "ece": float(ece),
    }
    print(f"{name:<28}", "  ".join(f"{k} {v:.3f}" for k, v in figures.items()), flush=True)
    return figures


def save(update: dict[str, Any]) -> None:
    data = json.loads(TARGET.read_text(encoding="utf-8")) if TARGET.exists() else {}
    data.update(update)
    TARGET.write_text(json.dumps(data, indent=1) + "\n", encoding="utf-8")
    print(f"wrote {TARGET}")


def as_model(
    classes: Sequence[str], features: Sequence[str], w: np.ndarray, b: np.ndarray
) -> dict[str, Any]:
    return {
        "classes": list(classes),
        "features": list(features),
        "coefficients": [[round(float(c), 5) for c in row] for row in w],
        "intercepts": [round(float(c), 5) for c in b],
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("step", choices=["pairs", "claims"])
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared" / "data")
    parser.add_argument("--cases", type=Path, default=ROOT / "tests" / "cases" / "develop")
    parser.add_argument("--limit", type=int, default=2000, help="rows of each development set")
    parser.add_argument("--penalty", type=float, default=1e-3)
    arguments = parser.parse_args()
    if arguments.step == "pairs":
        from training.judgement_pairs import fit_pairs

        fit_pairs(arguments)
    else:
        from training.judgement_claims import fit_claims

        fit_claims(arguments)


if __name__ == "__main__":
    main()
