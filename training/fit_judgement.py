"""Fit the two small models between the verifier and the verdict.

    python -m training.judgement_data --data ../shared/data --out .train/judgement.pkl
    python -m training.fit_judgement --tables .train/judgement.pkl

The pair model (verifier and checks to stance) is fitted on the development pairs and on near
misses, the claim model (stances of independent origins to label) on claims judged against corpora.
Both are written to factcheck/models/weights/judgement.json with thresholds and figures; every
figure is out of fold.
"""

from __future__ import annotations

import argparse
import json
import pickle
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from training.choose_thresholds import choose_pair_supports, choose_thresholds
from training.multinomial import (
    FOLDS,
    SEED,
    Table,
    balanced_weights,
    fit_multinomial,
    out_of_fold,
    predict,
)
from training.pairs import PairRow

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "factcheck" / "models" / "weights" / "judgement.json"
# No finding outweighs a sure verifier: coefficients of the checks are at most this, either way.
MOST_WEIGHT = 5.0
# Hardly a development row holds some findings, so the data cannot say what they weigh.
FORCED_WEIGHT = 4.0
PLANNED_WEIGHT = 2.0
# Draws of the folds whose mean thresholds are chosen on: one alone moves them by chance.
DRAWS = 5
STANCES = ("supports", "refutes", "neutral")
LABELS = ("supported", "contested", "unsupported")
VERIFIER_FEATURES = ("log_supports", "log_refutes", "log_neutral")
# Sets that look like what the retriever returns weigh more than templates; COVID-Fact's refuted
# claims are made by machine and partly nonsense; near misses are what retrieval returns most.
PAIR_SHARES = {
    "contrast": 3.0,
    "press": 1.5,
    "figures": 0.4,
    "nli_fever_validation": 2.0,
    "vitaminc_dev": 2.0,
    "covidfact": 0.3,
    "mnli_dev": 0.5,
    "semantic_fragments_dev": 0.2,
    "near:contrast": 1.5,
    "near:fm2_dev": 1.5,
    "near:healthver_dev": 1.5,
    "near:nli_fever_validation": 1.5,
    "near:vitaminc_dev": 1.5,
}
CLAIM_SHARES = {"cases": 2.0, "contrast": 1.0, "press": 1.0, "covidfact": 0.1}
CLAIM_FEATURES = ("support_1", "support_2", "refute_1", "refute_2", "top_cosine")
# Support only speaks for supported, refutation only for contested. In a softmax that is what makes
# the promise hold: more support never lowers supported, more refutation never raises it and never
# lowers contested.
_UP, _ZERO, _FREE = (0.0, None), (0.0, 0.0), (None, None)
BOUNDS = (
    (_UP, _UP, _ZERO, _ZERO, _FREE),
    (_ZERO, _ZERO, _UP, _UP, _FREE),
    (_ZERO, _ZERO, _ZERO, _ZERO, _FREE),
)
# What a finding may do to a stance, so that no accident of the data turns it round: (supports,
# refutes). A denial, say, never speaks for a claim, however few rows hold one.
_DOWN = (None, 0.0)
_AGAINST, _FOR, _WEAKER = (_DOWN, _UP), (_UP, _DOWN), (_DOWN, _FREE)
# A passage that says less than the claim speaks for neither side.
_LESS = (_DOWN, _DOWN)
# Nor does a figure that agrees ever speak for "neither", however many pairs share one by chance, or
# one that contradicts against it: the claim would be the likelier to be supported.
NEVER_NEUTRAL = (
    "quantity_equal", "quantity_other_form", "quantity_within", "account_equal", "searched",
)  # fmt: skip
SIGNS = {
    **dict.fromkeys(
        (
            "quantity_different", "quantity_mixed_up", "worked_out_different", "date_different",
            "polarity",
        ),
        _AGAINST,
    ),
    **dict.fromkeys(
        ("roles_swapped", "denied", "said_otherwise", "rival_figure"),
        ((None, -FORCED_WEIGHT), (FORCED_WEIGHT, None)),
    ),
    **dict.fromkeys(("said_so",), _FOR),
    # What is only planned did not happen, and is no contradiction either.
    "planned": (_DOWN, (None, -PLANNED_WEIGHT)),
    **dict.fromkeys(
        (
            "alleged", "uncertain", "causal", "superlative", "name_missing",
            "quantity_open",
        ),
        _LESS,
    ),
    **dict.fromkeys(
        (
            "quantity_equal", "quantity_other_form", "quantity_within", "worked_out_equal",
            "account_equal", "searched", "date_equal", "roles_equal", "quantities_agreeing",
            "dates_agreeing",
        ),
        _FOR,
    ),
    **dict.fromkeys(
        (
            "other_place", "other_speaker", "quantities_missing", "dates_missing", "rival_within",
            "figure_missing",
        ),
        _WEAKER,
    ),
}  # fmt: skip


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


def pair_arrays(pairs: Sequence[PairRow], names: Sequence[str]) -> Table:
    """The pairs as arrays. What is fitted is the reading of the whole; the second one is judged
    by the same model, and the mean of both is the answer."""
    group = np.array([row.set for row in pairs])
    y = np.array([row.label for row in pairs])

    def inputs(place: int) -> np.ndarray:
        rows = [row.readings[min(place, len(row.readings) - 1)][1] for row in pairs]
        return np.array([[row.get(name, 0.0) for name in names] for row in rows])

    share = np.array([row.readings[1][0] if len(row.readings) > 1 else 0.0 for row in pairs])
    weight = balanced_weights(y, group, PAIR_SHARES)
    return Table(inputs(0), y, weight, group, inputs(1), share)


def pair_model(
    pairs: Sequence[PairRow], penalty: float
) -> tuple[tuple[str, ...], np.ndarray, np.ndarray, float, dict[str, Any]]:
    """Fit the pair model; print its out-of-fold figures beside the verifier alone.

    Returns:
        Names of the inputs, coefficients, intercepts, the least probability of support for given
        evidence, and the figures.
    """
    from factcheck.checks import FEATURE_NAMES

    names = (*VERIFIER_FEATURES, *FEATURE_NAMES)
    table = pair_arrays(pairs, names)
    y, group = table.y, table.group
    figures: dict[str, Any] = {}
    for title, used in (("verifier alone", names[:3]), ("with checks", names)):
        signs = pair_bounds(used)
        part = pair_arrays(pairs, used)
        draws = [
            out_of_fold(part, seed=SEED + draw, penalty=penalty, bounds=signs)
            for draw in range(DRAWS)
        ]
        held_out = np.mean(draws, axis=0)
        figures[title] = {
            str(name): print_figures(f"{title}: {name}", y[group == name], held_out[group == name])
            for name in np.unique(group)
        }
    w, b = fit_multinomial(table, penalty=penalty, bounds=pair_bounds(names))
    return names, w, b, choose_pair_supports(y, held_out, group), figures


def pair_bounds(names: Sequence[str]) -> list[list[tuple[float | None, float | None]]]:
    """Allowed ranges of the pair model's coefficients: signs, and a most for every check."""
    rows = []
    for stance in range(len(STANCES)):
        row = []
        for name in names:
            against = SIGNS.get(name) is _AGAINST
            last = _UP if against else _DOWN if name in NEVER_NEUTRAL else _FREE
            signs = (*SIGNS.get(name, (_FREE, _FREE)), last)[stance]
            most = None if name in VERIFIER_FEATURES else MOST_WEIGHT
            row.append(_within(signs, most))
        rows.append(row)
    return rows


def _within(
    allowed: tuple[float | None, float | None], most: float | None
) -> tuple[float | None, float | None]:
    low, high = allowed
    if most is None:
        return allowed
    return -most if low is None else low, most if high is None else high


def claim_inputs(
    rows: list[dict[str, Any]], names: Sequence[str], w: np.ndarray, b: np.ndarray
) -> np.ndarray:
    """Features of the claim model, from the stances of every retrieved passage."""
    from factcheck.verdict import Tally, claim_features

    table = []
    for row in rows:
        inputs = [[item.get(name, 0.0) for name in names] for item in row["inputs"]]
        p = predict(np.array(inputs).reshape(-1, len(names)), w, b)
        supports: dict[str, float] = {}
        refutes: dict[str, float] = {}
        for origin, shares in zip(row["origins"], p, strict=True):
            supports[origin] = max(supports.get(origin, 0.0), shares[0])
            refutes[origin] = max(refutes.get(origin, 0.0), shares[1])
        features = claim_features(
            Tally(
                supports=tuple(sorted(supports.values(), reverse=True)),
                refutes=tuple(sorted(refutes.values(), reverse=True)),
                origins_for=0,
                origins_against=0,
                trusted_for=0,
                primary_for=False,
                top_cosine=max([0.0, *row["cosine"]]),
            )
        )
        table.append([features[name] for name in CLAIM_FEATURES])
    return np.array(table)


def as_model(
    classes: Sequence[str], features: Sequence[str], w: np.ndarray, b: np.ndarray
) -> dict[str, Any]:
    """A fitted model as the judgement file holds it."""
    return {
        "classes": list(classes),
        "features": list(features),
        "coefficients": [[round(float(c), 5) for c in row] for row in w],
        "intercepts": [round(float(c), 5) for c in b],
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tables", type=Path, default=ROOT / ".train" / "judgement.pkl")
    parser.add_argument("--penalty", type=float, default=2e-4)
    arguments = parser.parse_args()
    tables = pickle.loads(arguments.tables.read_bytes())
    rows = tables["claims"]
    names, w, b, pair_supports, pair_figures = pair_model(tables["pairs"], arguments.penalty)
    x = claim_inputs(rows, names, w, b)
    y = np.array([row["label"] for row in rows])
    group = np.array([row["set"].split("/")[0] for row in rows])
    table = Table(x, y, balanced_weights(y, group, CLAIM_SHARES), group)
    draws = [
        out_of_fold(table, seed=SEED + draw, penalty=1e-3, bounds=BOUNDS) for draw in range(DRAWS)
    ]
    p = np.mean(draws, axis=0)
    claim_figures = {
        str(name): print_figures(f"claims: {name}", y[group == name], p[group == name])
        for name in np.unique(group)
    }
    thresholds, chosen = choose_thresholds(x, y, p, group)
    print(thresholds, chosen)
    claim_w, claim_b = fit_multinomial(table, penalty=1e-3, bounds=BOUNDS)
    content = {
        "name": "judgement-1",
        "verifier_sha256": tables["verifier"],
        "pair": as_model(STANCES, names, w, b),
        "claim": as_model(LABELS, CLAIM_FEATURES, claim_w, claim_b),
        "thresholds": {**thresholds, "related": 0.5, "pair_supports": pair_supports},
        "metrics": {
            "folds": FOLDS,
            "pairs": pair_figures,
            "claims": claim_figures,
            "with_thresholds": chosen,
        },
    }
    TARGET.write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")
    print(f"wrote {TARGET}")


if __name__ == "__main__":
    main()
