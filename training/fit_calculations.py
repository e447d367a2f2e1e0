"""Fit how likely a calculation that gives a claim's figure is meant (`checks/calculation`).

    python -m training.fit_calculations

Reads the contrast sets: claims with a figure that stands in no version of their passage, but
follows from its numbers in some way. Of all ways that fit a row the likeliest is what counts, so
rows with several are weighed again after every fit. Writes
factcheck/checks/calculation/likelihood.json with the figures on the sets that are held out. It took
six minutes on two cores beside other work.
"""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Iterable
from multiprocessing import Pool
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from training.contrast import plain_pairs, read_contrast_sets
from training.multinomial import Table, fit_multinomial, predict

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "factcheck" / "checks" / "calculation" / "likelihood.json"
PENALTY = 1e-3
ROUNDS = 3
# How sharply the likeliest way of a row is preferred to its others when it is weighed.
SHARPNESS = 4.0


class Row(NamedTuple):
    """One figure of a claim beside one passage.

    Args:
        supported: whether the passage supports the claim.
        held_out: whether its set is kept from the fit.
        features: one dictionary for each calculation that fits.
    """

    supported: bool
    held_out: bool
    features: list[dict[str, float]]


def rows_of(item: tuple[str, str, bool, bool]) -> list[Row]:
    """The figures of a claim that stand nowhere in a passage and that something fits."""
    from factcheck.checks import read_claim, read_passage
    from factcheck.checks.calculation.likelihood import read_features
    from factcheck.checks.calculation.search import search

    evidence, claim_text, supported, held_out = item
    claim = read_claim(claim_text)
    if not claim.body.quantities:
        return []
    passage = read_passage(evidence)
    rows = []
    for quantity in claim.body.quantities:
        if stated(quantity, passage):
            continue
        found = search(quantity, passage)
        if found.hits:
            seen = [read_features(hit, found, quantity, claim, passage) for hit in found.hits]
            rows.append(Row(supported, held_out, seen))
    return rows


def stated(quantity: Any, passage: Any) -> bool:
    """Whether a number of the passage agrees with a figure by itself."""
    from factcheck.checks.comparison.intervals import compare_values
    from factcheck.checks.numbers.compounds import one_kind
    from factcheck.records import Outcome

    alike = [one_kind(quantity, other)[1] for other in passage.body.quantities]
    return any(
        other.kind == quantity.kind
        and compare_values(quantity, other).outcome is not Outcome.DIFFERENT
        for other in alike
    )


def collect() -> list[Row]:
    """All rows of the contrast sets."""
    rng = random.Random(0)
    items = [
        (pair.evidence, pair.claim, pair.label == "SUPPORTS", item.held_out)
        for item in read_contrast_sets()
        for pair in plain_pairs([item], rng, title_share=0.5)
    ]
    with Pool() as pool:
        return [row for rows in pool.imap(rows_of, items, 256) for row in rows]


def fit(
    rows: Iterable[Row], names: tuple[str, ...]
) -> tuple[np.ndarray, float, np.ndarray, np.ndarray, np.ndarray]:
    """Coefficients, intercept, and of every row the probability, the truth and whether held out."""
    rows = list(rows)
    x = np.array([[seen[name] for name in names] for row in rows for seen in row.features])
    place = np.repeat(np.arange(len(rows)), [len(row.features) for row in rows])
    truth = np.array([row.supported for row in rows])
    held_out = np.array([row.held_out for row in rows])
    weight = 1.0 / np.bincount(place)[place]
    used = ~held_out[place]
    for _ in range(ROUNDS):
        table = Table(x[used], 1 - truth[place][used].astype(int), weight[used], place[used])
        w, b = fit_multinomial(table, penalty=PENALTY)
        p = predict(x, w, b)[:, 0]
        preferred = np.exp(SHARPNESS * p)
        weight = preferred / np.bincount(place, preferred)[place]
    # The third class of the multinomial model never occurs; two are left, and one logit of them.
    best = np.zeros(len(rows))
    np.maximum.at(best, place, 1.0 / (1.0 + np.exp(-(x @ (w[0] - w[1]) + b[0] - b[1]))))
    return w[0] - w[1], float(b[0] - b[1]), best, truth, held_out


def main() -> None:
    argparse.ArgumentParser(description=__doc__).parse_args()
    from factcheck.checks.calculation.likelihood import FEATURES

    rows = collect()
    w, b, best, truth, held_out = fit(rows, FEATURES)
    figures = {}
    for least in (0.4, 0.5, 0.6, 0.7):
        called = held_out & (best >= least)
        figures[str(least)] = {
            "rows": int(called.sum()),
            "supported": round(float(truth[called].mean()), 3),
            "recall": round(float(called[truth & held_out].sum() / (truth & held_out).sum()), 3),
        }
    print(f"{len(rows)} rows, {int(held_out.sum())} held out; held out, at least: {figures}")
    content = {
        "coefficients": dict(zip(FEATURES, (round(float(c), 4) for c in w), strict=True)),
        "intercept": round(b, 4),
        "rows": len(rows),
        "held_out": figures,
    }
    TARGET.write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
