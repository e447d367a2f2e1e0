"""Write measured quality into a model card.

    python -m training.evaluate_pairs factcheck/models/weights/verifier.json --out .train/eval.json
    python -m training.card_metrics .train/eval.json --card factcheck/models/weights/verifier.json

The figures come from a file that a measuring command wrote: the table of `training.evaluate_pairs`,
one evaluation of `factcheck eval --format json`, or `benchmarks/results/quality.json`. Files that
name the hash of the weights are refused when it is not the card's.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

FIGURES = ("n", "accuracy", "macro_f1", "false_supported_rate", "ece", "brier")
MAJORITY = ("majority", "majority_accuracy")
"""How the two measuring commands name the share of the most frequent label."""


def read_figures(path: Path, *, name: str | None, sha256: str) -> dict[str, dict[str, Any]]:
    """Read the figures of each set.

    Args:
        path: the evaluation file.
        name: what the set is called, for a file with one evaluation; by default the file's name.
        sha256: of the card's weights.

    Raises:
        ValueError: no evaluation file, or one of other weights.
    """
    content = json.loads(path.read_text(encoding="utf-8"))
    if not isinstance(content, dict):
        raise ValueError(f"{path} holds no evaluation")
    if "accuracy" in content:
        tables: Mapping[str, Any] = {name or path.stem: content}
    else:
        tables = content.get("pairs", content)
    found = {}
    for set_name, table in tables.items():
        if not isinstance(table, dict) or "accuracy" not in table or "n" not in table:
            continue
        hashes = {m["sha256"] for m in table.get("models", ()) if m.get("role") == "verifier"}
        if hashes - {sha256}:
            raise ValueError(f"{path}: {set_name} was measured with other weights than the card's")
        found[set_name] = _kept(table)
    if not found:
        raise ValueError(f"{path} holds no evaluation")
    return found


def _kept(table: Mapping[str, Any]) -> dict[str, Any]:
    kept = {name: table[name] for name in FIGURES if name in table}
    for name in MAJORITY:
        if name in table:
            kept["majority_accuracy"] = table[name]
    return {name: round(v, 4) if isinstance(v, float) else v for name, v in kept.items()}


def write_metrics(card: Path, figures: Mapping[str, Mapping[str, Any]]) -> None:
    """Put the figures under `metrics.development`; other metrics of the card stay."""
    entries = json.loads(card.read_text(encoding="utf-8"))
    metrics = entries.setdefault("metrics", {})
    metrics["development"] = {**metrics.get("development", {}), **figures}
    fresh = card.with_suffix(".json.new")
    text = json.dumps(entries, indent=2, ensure_ascii=False) + "\n"
    fresh.write_text(text, encoding="utf-8")
    fresh.replace(card)


def main(arguments: Sequence[str] | None = None) -> None:
    """Read the command line and update the card."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("evaluation", type=Path)
    parser.add_argument("--card", type=Path, required=True)
    parser.add_argument("--name", help="name of the set, for a file with one evaluation")
    given = parser.parse_args(arguments)
    sha256 = json.loads(given.card.read_text(encoding="utf-8"))["sha256"]
    try:
        figures = read_figures(given.evaluation, name=given.name, sha256=sha256)
    except ValueError as error:
        raise SystemExit(str(error)) from None
    write_metrics(given.card, figures)
    sys.stdout.write(f"{len(figures)} sets written into {given.card}\n")


if __name__ == "__main__":
    main()
