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
        supported), ece, brier, majority_accuracy and majority_label.
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
    most = max(classes, key=lambda label: per_class[label.value]["n"], default=None)
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
        "majority_accuracy": _ratio(per_class[most.value]["n"] if most else 0, len(rows)),
        "majority_label": most.value if most else None,
    }


def curves(predictions: Sequence[Prediction], points: int = 20) -> dict[str, Any]:
    """What the plots of an evaluation show.

    Returns:
        `reliability`: see the function of that name. `risk_coverage`: see the function of that
        name. `area_under_risk_coverage`: mean risk over all coverages; smaller is better.
    """
    classes = classes_of(predictions)
    rows = [restrict(prediction, classes) for prediction in predictions]
    table, area = risk_coverage(rows, points)
    return {
        "reliability": [
            {name: round(value, 6) for name, value in place.items()} for place in reliability(rows)
        ],
        "risk_coverage": table,
        "area_under_risk_coverage": area,
    }


def risk_coverage(
    rows: Sequence[Prediction], points: int = 20
) -> tuple[list[dict[str, float]], float]:
    """How wrong the answers are when only the surest ones are given.

    Rows of equal confidence cannot be told apart, so each counts as their mean: the curve does not
    depend on the order of the rows.

    Args:
        points: how many evenly spaced coverages are listed.

    Returns:
        For rising coverage: the share of rows answered, the share of wrong answers among them
        (risk) and the least confidence among them; and the mean risk over all coverages.

    Source: El-Yaniv and Wiener, On the Foundations of Noise-free Selective Classification,
    JMLR 2010.
    """
    if not rows:
        return [], 0.0
    confidence = np.array([row.probabilities[ORDER.index(row.label)] for row in rows])
    wrong = np.array([row.truth is not row.label for row in rows], dtype=float)
    levels, place = np.unique(-confidence, return_inverse=True)
    mean_wrong = np.bincount(place, weights=wrong) / np.bincount(place)
    order = np.sort(place)
    risks = np.cumsum(mean_wrong[order]) / np.arange(1, len(rows) + 1)
    counts = sorted({max(1, round(len(rows) * k / points)) for k in range(1, points + 1)})
    table = [
        {
            "coverage": round(count / len(rows), 6),
            "risk": round(float(risks[count - 1]), 6),
            "confidence": round(float(-levels[order[count - 1]]), 6),
        }
        for count in counts
    ]
    return table, round(float(risks.mean()), 6)


def wilson_interval(part: float, whole: int, z: float = 1.96) -> tuple[float, float]:
    """The range in which a share lies that was seen as `part` of `whole`.

    Args:
        z: quantile of the normal distribution; 1.96 for 95 per cent.

    Returns:
        Lower and upper end in [0, 1]; everything is possible when nothing was seen.

    Source: Wilson, Journal of the American Statistical Association 1927.
    """
    if whole <= 0:
        return 0.0, 1.0
    share = part / whole
    spread = z * np.sqrt(share * (1 - share) / whole + z**2 / (4 * whole**2))
    scale = 1 + z**2 / whole
    middle = share + z**2 / (2 * whole)
    return max(0.0, float(middle - spread) / scale), min(1.0, float(middle + spread) / scale)


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
