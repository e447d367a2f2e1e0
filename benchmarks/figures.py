"""Pairs about figures: accuracy by file and kind, for the verifier alone and with the checks.

    python benchmarks/figures.py [--half develop|measure] [--misses]

`tests/pairs/README.md` says what the files ask. Of the half `measure` only figures are shown.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from recording import ROOT, write_result

sys.path.insert(0, str(ROOT))

from factcheck.metrics import Prediction, summarise
from factcheck.records import Label

if TYPE_CHECKING:
    from factcheck.evaluate import LabelledRow
    from factcheck.pipeline import Models

PAIRS = ROOT / "tests" / "pairs"
HALVES = ("develop", "measure")
_KEPT = ("n", "accuracy", "macro_f1", "false_supported_rate", "ece", "majority_accuracy")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--half", choices=HALVES, help="only this half")
    parser.add_argument("--misses", action="store_true", help="list the misses of `develop`")
    given = parser.parse_args()
    from factcheck.pipeline import load_models

    models = load_models()
    figures: dict[str, Any] = {}
    for half in HALVES if given.half is None else (given.half,):
        figures[half] = {}
        for path in sorted((PAIRS / half).glob("*.jsonl")):
            misses = given.misses and half == "develop"
            figures[half][path.stem] = row = measure(path, models, misses=misses)
            print(
                f"{half:<8} {path.stem:<7} n {row['n']:>4}  verifier {row['verifier']:.3f}"
                f"  with checks {row['accuracy']:.3f}"
                f"  false supported {row['false_supported_rate']:.3f}"
            )
    figures["models"] = {card.role: card.sha256 for card in models.cards()}
    write_result("figures", figures)


def measure(path: Path, models: Models, *, misses: bool = False) -> dict[str, Any]:
    """The figures of one file."""
    from factcheck.evaluate import predict_pairs, read_labelled
    from factcheck.given_evidence import pair_inputs

    rows = read_labelled(path)
    kinds = [json.loads(line)["kind"] for line in path.read_text("utf-8").splitlines()]
    texts = [(row.evidence or "", row.claim) for row in rows]
    judged = predict_pairs(rows, models)
    alone = [verifier_answer(inputs) for inputs in pair_inputs(texts, models)]
    right = [answer is row.label for answer, row in zip(alone, rows, strict=True)]
    if misses:
        show_misses(rows, judged)
    figures = summarise(judged)
    return {
        **{name: figures[name] for name in _KEPT},
        "verifier": round(sum(right) / len(right), 6),
        "verifier_false_supported": _false_support(alone, rows),
        "kinds": by_kind(kinds, judged),
    }


def verifier_answer(inputs: dict[str, float]) -> Label:
    """The verifier's likeliest answer."""
    names = {
        Label.SUPPORTED: "log_supports",
        Label.CONTESTED: "log_refutes",
        Label.UNSUPPORTED: "log_neutral",
    }
    return max(names, key=lambda label: inputs[names[label]])


def _false_support(answers: list[Label], rows: list[LabelledRow]) -> float:
    others = [a for a, row in zip(answers, rows, strict=True) if row.label is not Label.SUPPORTED]
    return round(sum(a is Label.SUPPORTED for a in others) / max(1, len(others)), 6)


def by_kind(kinds: list[str], judged: list[Prediction]) -> dict[str, dict[str, float]]:
    """Number and accuracy of each kind."""
    total, right = Counter(kinds), Counter[str]()
    for kind, row in zip(kinds, judged, strict=True):
        right[kind] += row.label is row.truth
    return {
        kind: {"n": total[kind], "accuracy": round(right[kind] / total[kind], 4)}
        for kind in sorted(total)
    }


def show_misses(rows: list[LabelledRow], judged: list[Prediction]) -> None:
    for row, answer in zip(rows, judged, strict=True):
        if answer.label is not row.label:
            print(f"{answer.label.value}, expected {row.label.value}: {row.claim}")
            print(f"    {row.evidence}")


if __name__ == "__main__":
    main()
