"""Fit the temperature and a bias per class on development data, and write them into the card.

    python -m training.evaluate_pairs CARD --save-logits .train/logits
    python -m training.calibrate .train/logits --card factcheck/models/weights/verifier.json

Sets count alike however many rows they hold. The calibration error that is reported comes from
two folds: each half is judged with what was fitted on the other.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from training.evaluate_pairs import expected_calibration_error, softmax

THREE_CLASS_SETS = (
    "nli_fever_validation", "vitaminc_dev", "healthver_dev", "sufficient_facts_dev",
    "infotabs_dev", "mnli_dev",
)  # fmt: skip
"""Natural texts with all three labels; templates and sets without NEI would distort the bias."""

LEAST_GAIN = 0.005
"""Nats per pair by which a bias has to lower the held-out loss to be worth having."""


@dataclass(frozen=True, slots=True)
class Calibration:
    """Logits are divided by `temperature`, then `bias` is added: (3,) in the order of LABELS."""

    temperature: float
    bias: tuple[float, float, float]

    def apply(self, logits: np.ndarray) -> np.ndarray:
        """Return (n, 3) probabilities of (n, 3) logits."""
        return softmax(logits / self.temperature + np.asarray(self.bias))


def loss(logits: np.ndarray, labels: np.ndarray, weights: np.ndarray, fit: Calibration) -> float:
    """Weighted mean negative log-likelihood in nats."""
    held = fit.apply(logits)[np.arange(len(labels)), labels]
    return float(-(weights * np.log(np.maximum(held, 1e-12))).sum() / weights.sum())


def fit_calibration(
    logits: np.ndarray, labels: np.ndarray, weights: np.ndarray, *, with_bias: bool
) -> Calibration:
    """Minimise the weighted negative log-likelihood.

    Args:
        logits: (n, 3) float.
        labels: (n,) label ids.
        weights: (n,) positive.
        with_bias: fit a bias too; the one of NEI stays 0, since only differences matter.

    Source: Guo, Pleiss, Sun and Weinberger, ICML 2017 (temperature and bias-corrected form).
    """
    from scipy.optimize import minimize

    def unpack(values: np.ndarray) -> Calibration:
        bias = (float(values[1]), float(values[2]), 0.0) if with_bias else (0.0, 0.0, 0.0)
        return Calibration(float(np.exp(values[0])), bias)

    start = np.zeros(3 if with_bias else 1)
    found = minimize(lambda values: loss(logits, labels, weights, unpack(values)), start)
    return unpack(found.x)


def read_logits(folder: Path, names: Sequence[str]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Read stored logits; every set gets the same total weight."""
    logits, labels, weights = [], [], []
    for name in names:
        stored = np.load(folder / f"{name}.npz")
        logits.append(stored["logits"].astype(np.float64))
        labels.append(stored["labels"])
        weights.append(np.full(len(stored["labels"]), 1.0 / len(stored["labels"])))
    return np.concatenate(logits), np.concatenate(labels), np.concatenate(weights)


def two_fold(
    logits: np.ndarray, labels: np.ndarray, weights: np.ndarray, *, with_bias: bool
) -> tuple[float, float, float]:
    """Return held-out loss, calibration error and accuracy over alternating rows.

    Neighbouring rows share a claim or a page in some sets, so the halves are blocks of 50.
    """
    fold = (np.arange(len(labels)) // 50) % 2
    probabilities = np.zeros_like(logits)
    total = 0.0
    for held in (0, 1):
        here, there = fold == held, fold != held
        fit = fit_calibration(logits[there], labels[there], weights[there], with_bias=with_bias)
        probabilities[here] = fit.apply(logits[here])
        total += loss(logits[here], labels[here], weights[here], fit) * weights[here].sum()
    accuracy = float((weights * (probabilities.argmax(1) == labels)).sum() / weights.sum())
    error = expected_calibration_error(probabilities, labels)
    return total / float(weights.sum()), error, accuracy


def choose_calibration(
    logits: np.ndarray, labels: np.ndarray, weights: np.ndarray
) -> tuple[Calibration, dict[str, Any]]:
    """Fit both forms and keep the bias only where it pays on held-out rows."""
    plain = two_fold(logits, labels, weights, with_bias=False)
    biased = two_fold(logits, labels, weights, with_bias=True)
    with_bias = biased[0] < plain[0] - LEAST_GAIN
    raw = expected_calibration_error(softmax(logits), labels)
    report = {
        "ece_raw": round(raw, 4),
        "temperature_only": dict(zip(("nll", "ece", "accuracy"), np.round(plain, 4).tolist())),
        "with_bias": dict(zip(("nll", "ece", "accuracy"), np.round(biased, 4).tolist())),
        "bias_used": bool(with_bias),
        "rows": len(labels),
    }
    return fit_calibration(logits, labels, weights, with_bias=with_bias), report


def main(arguments: Sequence[str] | None = None) -> None:
    """Fit on stored logits and update the card."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("logits", type=Path)
    parser.add_argument("--card", type=Path, help="model card to update")
    given = parser.parse_args(arguments)
    names = [name for name in THREE_CLASS_SETS if (given.logits / f"{name}.npz").exists()]
    fit, report = choose_calibration(*read_logits(given.logits, names))
    report["sets"] = names
    if given.card is not None:
        card = json.loads(given.card.read_text(encoding="utf-8"))
        card["temperature"] = round(fit.temperature, 4)
        card["bias"] = [round(value, 4) for value in fit.bias]
        card.setdefault("metrics", {})["calibration"] = report
        text = json.dumps(card, indent=2, ensure_ascii=False) + "\n"
        fresh = given.card.with_suffix(".json.new")
        fresh.write_text(text, encoding="utf-8")
        fresh.replace(given.card)
    found = {"temperature": fit.temperature, "bias": fit.bias, **report}
    sys.stdout.write(json.dumps(found, indent=1) + "\n")


if __name__ == "__main__":
    main()
