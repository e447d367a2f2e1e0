"""Multinomial logistic regression with bounds on coefficients, and its answers out of fold."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.optimize import minimize

SEED = 11
FOLDS = 5
# Inputs are scaled by their spread, but at least by this: findings are rare and weigh by how right
# they are, not by how often they come.
LEAST_SCALE = 0.05


@dataclass
class Table:
    """Features, truth and weights of many rows.

    Args:
        x: (n, f) float64.
        y: (n,) int, 0 supports or supported, 1 refutes or contested, 2 neutral or unsupported.
        weight: (n,) float64.
        group: (n,) name of the data set.
        second: (n, f) features of each row's second reading, None where nothing is read twice.
        share: (n,) what the second reading counts for.
    """

    x: np.ndarray
    y: np.ndarray
    weight: np.ndarray
    group: np.ndarray
    second: np.ndarray | None = None
    share: np.ndarray | None = None

    def probabilities(self, rows: np.ndarray, w: np.ndarray, b: np.ndarray) -> np.ndarray:
        """Of some rows, (k, 3): the mean of both readings by their shares."""
        p = predict(self.x[rows], w, b)
        if self.second is None or self.share is None:
            return p
        share = self.share[rows][:, None]
        return (1 - share) * p + share * predict(self.second[rows], w, b)


def fit_multinomial(
    table: Table,
    *,
    penalty: float,
    bounds: Sequence[Sequence[tuple[float | None, float | None]]] | None = None,
) -> tuple[np.ndarray, np.ndarray]:
    """Multinomial logistic regression with an L2 penalty on standardised features.

    Args:
        penalty: strength per row weight.
        bounds: for each class and feature the allowed range of the raw feature's coefficient;
            monotony is a range with 0 at one end.

    Returns:
        (3, f) coefficients and (3,) intercepts for the raw features.
    """
    scale = np.maximum(table.x.std(axis=0), LEAST_SCALE)
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
                low, high = bounds[c][f]
                limits[c * features + f] = (
                    None if low is None else low * scale[f],
                    None if high is None else high * scale[f],
                )
    start = np.zeros(classes * features + classes)
    found = minimize(
        loss, start, jac=True, method="L-BFGS-B", bounds=limits, options={"maxiter": 3000}
    )
    w = found.x[: classes * features].reshape(classes, features) / scale
    return w, found.x[classes * features :]


def predict(x: np.ndarray, w: np.ndarray, b: np.ndarray) -> np.ndarray:
    """Probabilities, (n, 3), of (n, f) features by (3, f) coefficients and (3,) intercepts."""
    scores = x @ w.T + b
    scores -= scores.max(axis=1, keepdims=True)
    p = np.exp(scores)
    return p / p.sum(axis=1, keepdims=True)


def out_of_fold(table: Table, *, seed: int = SEED, **options: Any) -> np.ndarray:
    """Probabilities of each row by a model that has not seen it."""
    fold = np.random.default_rng(seed).integers(0, FOLDS, len(table.y))
    result = np.zeros((len(table.y), 3))
    for number in range(FOLDS):
        seen = fold != number
        part = Table(table.x[seen], table.y[seen], table.weight[seen], table.group[seen])
        w, b = fit_multinomial(part, **options)
        result[~seen] = table.probabilities(~seen, w, b)
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
