"""Accuracy, calibration and cost of labels against the truth: pure functions over arrays."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from factcheck.records import Label

ORDER = (Label.SUPPORTED, Label.CONTESTED, Label.UNSUPPORTED)
_BINS = 15


@dataclass(frozen=True, slots=True)
class Prediction:
    """One judged row.

    Args:
        truth: the label in the data.
        label: the label given.
        probabilities: in the order supported, contested, unsupported; they sum to 1.
    """

    truth: Label
    label: Label
    probabilities: tuple[float, float, float]


def classes_of(predictions: Sequence[Prediction]) -> tuple[Label, ...]:
    """The labels that occur in the truth, in the usual order."""
    present = {prediction.truth for prediction in predictions}
    return tuple(label for label in ORDER if label in present)


def restrict(prediction: Prediction, classes: Sequence[Label]) -> Prediction:
    """The prediction that is made when only some labels are possible."""
    if len(classes) == len(ORDER) or len(classes) < 2:
        return prediction
    kept = [p if ORDER[i] in classes else 0.0 for i, p in enumerate(prediction.probabilities)]
    total = sum(kept) or 1.0
    scaled = [p / total for p in kept]
    label = prediction.label
    if label not in classes:
        label = max(classes, key=lambda c: scaled[ORDER.index(c)])
    return Prediction(prediction.truth, label, (scaled[0], scaled[1], scaled[2]))


def summarise(predictions: Sequence[Prediction]) -> dict[str, Any]:
    """The figures of a labelled set.

    Returns:
        accuracy, balanced_accuracy, macro_f1, per_class, confusion (truth, then answer),
        false_supported_rate (share of the rows not supported in truth that were called
        supported), ece, brier and majority_accuracy.
    """
    classes = classes_of(predictions)
    rows = [restrict(prediction, classes) for prediction in predictions]
    confusion = {t.value: {p.value: 0 for p in ORDER} for t in classes}
    for row in rows:
        confusion[row.truth.value][row.label.value] += 1
    per_class = {label.value: _class_figures(label, rows) for label in classes}
    correct = sum(row.truth is row.label for row in rows)
    others = [row for row in rows if row.truth is not Label.SUPPORTED]
    false_supported = sum(row.label is Label.SUPPORTED for row in others)
    recalls = [figures["recall"] for figures in per_class.values()]
    f1s = [figures["f1"] for figures in per_class.values()]
    return {
        "n": len(rows),
        "classes": [label.value for label in classes],
        "accuracy": _ratio(correct, len(rows)),
        "balanced_accuracy": round(float(np.mean(recalls)), 6) if recalls else 0.0,
        "macro_f1": round(float(np.mean(f1s)), 6) if f1s else 0.0,
        "per_class": per_class,
        "confusion": confusion,
        "false_supported_rate": _ratio(false_supported, len(others)),
        "ece": expected_calibration_error(rows),
        "brier": brier_score(rows),
        "majority_accuracy": _ratio(
            max((figures["n"] for figures in per_class.values()), default=0), len(rows)
        ),
    }


def expected_calibration_error(rows: Sequence[Prediction], bins: int = _BINS) -> float:
    """Mean distance between confidence and accuracy over equal-width bins, weighted by size.

    Source: Guo et al., On Calibration of Modern Neural Networks, ICML 2017.
    """
    if not rows:
        return 0.0
    return round(
        sum(abs(b["confidence"] - b["accuracy"]) * b["n"] for b in reliability(rows, bins))
        / len(rows),
        6,
    )


def reliability(rows: Sequence[Prediction], bins: int = _BINS) -> list[dict[str, float]]:
    """Confidence against accuracy per bin; empty bins are left out."""
    confidence = np.array([row.probabilities[ORDER.index(row.label)] for row in rows])
    correct = np.array([row.truth is row.label for row in rows], dtype=float)
    places = np.minimum((confidence * bins).astype(int), bins - 1)
    table = []
    for place in range(bins):
        chosen = places == place
        if chosen.any():
            table.append(
                {
                    "confidence": float(confidence[chosen].mean()),
                    "accuracy": float(correct[chosen].mean()),
                    "n": int(chosen.sum()),
                }
            )
    return table


def brier_score(rows: Sequence[Prediction]) -> float:
    """Mean squared distance between the probabilities and the truth; 0 is perfect, 2 the worst.

    Source: Brier, Monthly Weather Review 1950.
    """
    if not rows:
        return 0.0
    total = 0.0
    for row in rows:
        total += sum((p - (ORDER[i] is row.truth)) ** 2 for i, p in enumerate(row.probabilities))
    return round(total / len(rows), 6)


def _class_figures(label: Label, rows: Sequence[Prediction]) -> dict[str, Any]:
    truth = sum(row.truth is label for row in rows)
    answered = sum(row.label is label for row in rows)
    both = sum(row.truth is label and row.label is label for row in rows)
    precision, recall = _ratio(both, answered), _ratio(both, truth)
    total = precision + recall
    f1 = round(2 * precision * recall / total, 6) if total else 0.0
    return {"precision": precision, "recall": recall, "f1": f1, "n": truth}


def _ratio(part: int, whole: int) -> float:
    return round(part / whole, 6) if whole else 0.0
