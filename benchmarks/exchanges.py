"""Supported claims turned round by rule: how many are called supported still.

    python benchmarks/exchanges.py [--data DIR] [--verifier NAME] [--limit N]

Claims of the development sets that are supported and that the verifier calls supported are changed
by the rules of `training/augment`: two names, things or figures exchanged, negated, another number
or date, an opposite, another thing of the kind. None of these is supported; what is called so is a
wrong "supported" that everyday sets hardly show, because hardly a claim in them is turned round.
Beside them, changes that change nothing: a synonym, a number written another way.

Two columns: the verifier's likeliest answer, and the judgement of given evidence, with the checks.
A rule goes wrong sometimes ("the Ministry of Defence" exchanged with itself), so no figure is meant
to reach nought.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from recording import ROOT, write_result

sys.path.insert(0, str(ROOT))

from factcheck.records import Label
from training.augment.rules import RULES
from training.contrast import held_out_pairs
from training.pairs import Pair, read_pairs

if TYPE_CHECKING:
    from factcheck.pipeline import Models

SETS = ("vitaminc_dev", "nli_fever_validation", "mnli_dev")
TURNED = (
    "names_swapped", "nouns_swapped", "numbers_swapped", "negation", "number_change",
    "date_change", "opposite", "sister",
)  # fmt: skip
UNCHANGED = ("synonym", "number_rewrite", "date_rewrite")
SEED = 20261126
CONTRAST = 5000


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared" / "data")
    parser.add_argument("--verifier", help="another verifier than the shipped one")
    parser.add_argument("--limit", type=int, default=600, help="changed claims of each rule")
    given = parser.parse_args()
    from factcheck.config import default_config
    from factcheck.pipeline import load_models

    config = default_config()
    if given.verifier:
        config = config.with_values({"models.verifier": given.verifier})
    models = load_models(config)
    pairs = supported_pairs(given.data, models)
    figures: dict[str, Any] = {"limit": given.limit, "supported_pairs": len(pairs)}
    for kind, rules, label in (
        ("turned_round", TURNED, None),
        ("unchanged", UNCHANGED, "SUPPORTS"),
    ):
        figures[kind] = {}
        for name in rules:
            changed = apply(name, pairs, given.limit, label)
            if not changed:
                continue
            row = still_supported(changed, models)
            figures[kind][name] = row
            print(
                f"{kind:<13} {name:<16} n {row['n']:>4}"
                f"  verifier {row['verifier']:.3f}  judgement {row['judgement']:.3f}"
            )
    figures["models"] = {card.role: card.sha256 for card in models.cards()}
    write_result("exchanges", figures, seed=SEED)


def supported_pairs(data: Path, models: Models) -> list[Pair]:
    """Pairs that are supported and called so, in a seeded order."""
    rng = random.Random(SEED)
    pairs = [
        pair for name in SETS for pair in read_pairs(data / "dev" / f"{name}.jsonl.gz", source=name)
    ]
    contrast = held_out_pairs()
    rng.shuffle(contrast)
    pairs = [pair for pair in pairs + contrast[:CONTRAST] if pair.label == "SUPPORTS"]
    rng.shuffle(pairs)
    answers = models.verifier.predict([(pair.evidence, pair.claim) for pair in pairs])
    return [pair for pair, answer in zip(pairs, answers, strict=True) if answer.argmax() == 0]


def apply(name: str, pairs: Sequence[Pair], limit: int, label: str | None) -> list[Pair]:
    """Up to `limit` pairs changed by a rule, with this label, or with any but SUPPORTS."""
    rng = random.Random(f"{SEED} {name}")
    changed: list[Pair] = []
    for pair in pairs:
        fresh = RULES[name](pair, rng)
        if fresh is None or fresh.claim == pair.claim:
            continue
        if fresh.label == label or (label is None and fresh.label != "SUPPORTS"):
            changed.append(fresh)
        if len(changed) == limit:
            break
    return changed


def still_supported(pairs: Sequence[Pair], models: Models) -> dict[str, Any]:
    """Shares called supported by the verifier alone and by the judgement of given evidence."""
    from factcheck.evaluate import LabelledRow, predict_pairs

    answers = models.verifier.predict([(pair.evidence, pair.claim) for pair in pairs])
    rows = [LabelledRow(pair.claim, Label.CONTESTED, pair.evidence) for pair in pairs]
    judged = predict_pairs(rows, models)
    return {
        "n": len(pairs),
        "verifier": round(float((answers.argmax(axis=1) == 0).mean()), 4),
        "judgement": round(sum(p.label is Label.SUPPORTED for p in judged) / len(pairs), 4),
    }


if __name__ == "__main__":
    main()
