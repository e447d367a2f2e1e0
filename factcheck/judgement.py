"""The two small models between the verifier and the verdict, read from a file beside the weights.

Both are multinomial logistic regressions over named features, fitted on development data by
`training/fit_judgement.py`. Nothing here is a constant of the code: another file, another judge.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from importlib import resources
from pathlib import Path
from typing import Any

from factcheck.errors import ModelError
from factcheck.records import StanceProbabilities, VerdictProbabilities

JUDGEMENT_FILE = "judgement.json"


@dataclass(frozen=True, slots=True)
class LogisticModel:
    """Multinomial logistic regression over named features.

    Args:
        classes: names of the outcomes, in the order of the rows.
        features: names of the inputs, in the order of the columns.
        coefficients: one row per class.
        intercepts: one per class.
    """

    classes: tuple[str, ...]
    features: tuple[str, ...]
    coefficients: tuple[tuple[float, ...], ...]
    intercepts: tuple[float, ...]

    def probabilities(self, values: Mapping[str, float]) -> dict[str, float]:
        """Class probabilities; features that are not given count as 0.

        Returns:
            Class name to probability in (0, 1); they sum to 1.
        """
        inputs = [float(values.get(name, 0.0)) for name in self.features]
        scores = [
            intercept + math.fsum(c * x for c, x in zip(row, inputs, strict=True))
            for row, intercept in zip(self.coefficients, self.intercepts, strict=True)
        ]
        highest = max(scores)
        weights = [math.exp(score - highest) for score in scores]
        total = math.fsum(weights)
        return {name: weight / total for name, weight in zip(self.classes, weights, strict=True)}


@dataclass(frozen=True, slots=True)
class Judgement:
    """How verifier output and findings become stances, and stances become a verdict.

    Args:
        pair: stance of one passage; classes supports, refutes, neutral.
        claim: label of one claim; classes supported, contested, unsupported. None: the label
            follows the strongest stances alone.
        thresholds: least probabilities: `supports` and `refutes` for a passage to count for or
            against, `supported` and `contested` for a label.
        sha256: of the file.
    """

    pair: LogisticModel
    claim: LogisticModel | None
    thresholds: Mapping[str, float]
    name: str = "judgement"
    sha256: str = ""
    metrics: Mapping[str, Any] = field(default_factory=dict)

    def stance_probabilities(self, features: Mapping[str, float]) -> StanceProbabilities:
        """Calibrated probabilities of the stances of one passage."""
        found = self.pair.probabilities(features)
        return StanceProbabilities(
            supports=found["supports"], refutes=found["refutes"], neutral=found["neutral"]
        )

    def label_probabilities(self, features: Mapping[str, float]) -> VerdictProbabilities | None:
        """Calibrated probabilities of the labels of one claim, if there is a claim model."""
        if self.claim is None:
            return None
        found = self.claim.probabilities(features)
        return VerdictProbabilities(
            supported=found["supported"],
            contested=found["contested"],
            unsupported=found["unsupported"],
        )


@lru_cache(maxsize=4)
def load_judgement(path: Path | None = None) -> Judgement:
    """Read the judgement file, the shipped one by default.

    Raises:
        ModelError: missing or not of the expected form.
    """
    try:
        if path is None:
            file = resources.files("factcheck.models") / "weights" / JUDGEMENT_FILE
            content = file.read_bytes()
        else:
            content = path.read_bytes()
        return parse_judgement(content)
    except (OSError, KeyError, TypeError, ValueError) as error:
        raise ModelError(
            f"the judgement file cannot be used: {error}",
            where=path or JUDGEMENT_FILE,
            hint="install factcheck again",
        ) from error


def parse_judgement(content: bytes) -> Judgement:
    """Make a judgement of the bytes of its file."""
    import hashlib

    data = json.loads(content)
    if not isinstance(data, dict):
        raise ValueError("it is no JSON object")
    claim = data.get("claim")
    return Judgement(
        pair=_model(data["pair"]),
        claim=_model(claim) if claim else None,
        thresholds={name: float(value) for name, value in data["thresholds"].items()},
        name=data.get("name", "judgement"),
        sha256=hashlib.sha256(content).hexdigest(),
        metrics=data.get("metrics", {}),
    )


def _model(data: Mapping[str, Any]) -> LogisticModel:
    features: Sequence[str] = data["features"]
    rows = tuple(tuple(float(c) for c in row) for row in data["coefficients"])
    if any(len(row) != len(features) for row in rows):
        raise ValueError("a row of coefficients does not fit the features")
    if not len(rows) == len(data["intercepts"]) == len(data["classes"]):
        raise ValueError("coefficients and intercepts do not fit the classes")
    return LogisticModel(
        classes=tuple(data["classes"]),
        features=tuple(features),
        coefficients=rows,
        intercepts=tuple(float(value) for value in data["intercepts"]),
    )
