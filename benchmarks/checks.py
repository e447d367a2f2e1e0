"""What the deterministic tier is worth: its rules beside labels, and verdicts with and without it.

    python benchmarks/checks.py --data DIR [--limit N] [--tables FILE]

Two questions, two tables.

- *rules*: how often the findings of a rule coincide with labels of real data. A finding that claim
  and passage differ should stand beside REFUTES, one that supports beside SUPPORTS. A row may hold
  other reasons for its label, so the figures are lower bounds for rules that refute and no more
  than hints for rules that agree: a claim with a right number may be wrong in another part.
- *ablation*: the verifier alone, with each check, with all checks, with all but one. For each the
  pair model is fitted anew on what it may see, and every figure is out of fold: pairs of the
  development sets, and claims of the developing cases judged against their sources.

`DIR` holds `dev/` and `train/` with gzipped JSON Lines (`claim`, `evidence` or
`evidence_sentences`, `label`). The verifier reads up to N rows of each set and all cases, which
takes minutes; `--tables` takes what `training/judgement_data.py` has collected instead, and then
the claims judged against corpora are in the ablation too. A check that lowers the figures when it
is added to the rest does not pay.
"""

from __future__ import annotations

import argparse
import contextlib
import gzip
import io
import json
import pickle
import random
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from recording import ROOT, write_result

sys.path.insert(0, str(ROOT))

from factcheck.checks import check_pair, pair_features, read_claim, read_passage
from factcheck.records import Finding, Outcome, Stance

SETS = {
    "vitaminc_dev": "dev/vitaminc_dev.jsonl.gz",
    "infotabs_dev": "dev/infotabs_dev.jsonl.gz",
    "nli_fever_validation": "dev/nli_fever_validation.jsonl.gz",
    "healthver_dev": "dev/healthver_dev.jsonl.gz",
    "mnli_dev": "dev/mnli_dev.jsonl.gz",
    "fm2_dev": "dev/fm2_dev.jsonl.gz",
    "fever_train_sample": "train/fever.jsonl.gz",
}
SAMPLE = 6000
PAIRS = 400
SEED = 20261122
STRONG = 0.5
PENALTY = 2e-4
# Inputs of the pair model by the check that they come from.
CHECKS: dict[str, tuple[str, ...]] = {
    "quantities": (
        "has_quantity",
        "quantities_agreeing",
        "quantities_missing",
        "quantity_equal",
        "quantity_other_form",
        "quantity_within",
        "quantity_loose",
        "quantity_open",
        "figure_missing",
        "quantity_different",
        "rival_figure",
        "rival_within",
        "quantity_mixed_up",
        "passage_numbers",
    ),
    "length": ("length_ratio",),
    "arithmetic": ("worked_out_equal", "worked_out_different", "account_equal", "searched"),
    "dates": (
        "has_date",
        "dates_agreeing",
        "dates_missing",
        "date_equal",
        "date_loose",
        "date_different",
    ),
    "modality": (
        "polarity",
        "planned",
        "alleged",
        "uncertain",
        "causal",
        "superlative",
        "claim_negated",
        "passage_negated",
        "claim_planned",
        "claim_superlative",
    ),
    "attribution": (
        "denied",
        "other_speaker",
        "said_otherwise",
        "said_so",
        "passage_attributed",
        "claim_attributed",
    ),
    "roles": ("roles_swapped", "roles_equal", "other_place", "name_missing"),
}


def read_rows(path: Path, limit: int, seed: int) -> list[dict[str, Any]]:
    """Rows with a text to compare; a fixed random sample when there are more than `limit`."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    rows = [row for row in rows if row.get("evidence") or row.get("evidence_sentences")]
    return random.Random(seed).sample(rows, limit) if len(rows) > limit else rows


def rule_of(finding: Finding) -> str:
    """The line of the table that a finding counts for."""
    agree = finding.outcome in (Outcome.EQUAL, Outcome.COMPATIBLE)
    stance = finding.stance.value if isinstance(finding.stance, Stance) else "informs"
    return f"{finding.check} {'agrees' if agree else finding.outcome.value} ({stance})"


def measure(rows: list[dict[str, Any]]) -> dict[str, Any]:
    """Labels beside strong findings, counted once per row and rule, and the time per pair."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    started = time.process_time()
    for row in rows:
        text = row.get("evidence") or " ".join(row["evidence_sentences"])
        claim, passage = read_claim(row["claim"]), read_passage(text)
        findings = check_pair(claim, passage)
        pair_features(claim, passage, findings)
        for rule in {rule_of(finding) for finding in findings if finding.strength >= STRONG}:
            counts[rule][row["label"]] += 1
    seconds = time.process_time() - started
    return {
        "n": len(rows),
        "labels": dict(sorted(Counter(row["label"] for row in rows).items())),
        "cpu_ms_per_pair": round(1000 * seconds / max(1, len(rows)), 3),
        "rules": {rule: _shares(counter) for rule, counter in sorted(counts.items())},
    }


def _shares(counter: Counter[str]) -> dict[str, float]:
    total = sum(counter.values())
    shares = {label: round(counter[label] / total, 3) for label in ("SUPPORTS", "REFUTES", "NEI")}
    return {"rows": total, **shares}


# --- the ablation ---------------------------------------------------------------------------------


def variants() -> dict[str, tuple[str, ...]]:
    """Name of each variant, and the checks that it may use."""
    every = tuple(CHECKS)
    return {
        "verifier alone": (),
        **{f"with {name}": (name,) for name in every},
        "with all": every,
        **{f"all but {name}": tuple(n for n in every if n != name) for name in every},
    }


def collect(data: Path, limit: int) -> dict[str, Any]:
    """Let the verifier read rows of the development sets, and the developing cases."""
    from factcheck.pipeline import load_models
    from training.judgement_data import case_tables, pair_table

    models = load_models()
    return {
        "verifier": models.verifier.sha256,
        "pairs": pair_table(data, limit, models),
        "claims": case_tables(ROOT / "tests" / "cases" / "develop", models),
    }


def ablation(tables: dict[str, Any]) -> dict[str, Any]:
    """Figures of every variant: pairs by set, claims by set, and the mean over the sets of each."""
    figures = {}
    for title, checks in variants().items():
        names = ["log_supports", "log_refutes", "log_neutral"]
        names += [feature for check in checks for feature in CHECKS[check]]
        with contextlib.redirect_stdout(io.StringIO()):
            figures[title] = variant_figures(tables, names)
        shown = figures[title]
        print(
            f"{title:<22} "
            + "  ".join(
                f"{kind} {key} {shown[kind]['mean'][key]:.3f}"
                for kind in ("pairs", "claims")
                for key in ("balanced", "false_supported")
            ),
            flush=True,
        )
    return figures


def variant_figures(tables: dict[str, Any], names: Sequence[str]) -> dict[str, Any]:
    """Out-of-fold figures of a pair model with these inputs and of a claim model on top of it."""
    import numpy as np

    from training import fit_judgement as fit
    from training.multinomial import Table, balanced_weights, fit_multinomial, out_of_fold

    table = fit.pair_arrays(tables["pairs"], names)
    p = out_of_fold(table, penalty=PENALTY)
    w, b = fit_multinomial(table, penalty=PENALTY)
    rows = tables["claims"]
    claim_y = np.array([row["label"] for row in rows])
    claim_group = np.array([row["set"].split("/")[0] for row in rows])
    claim_table = Table(
        fit.claim_inputs(rows, names, w, b),
        claim_y,
        balanced_weights(claim_y, claim_group, fit.CLAIM_SHARES),
        claim_group,
    )
    claim_p = out_of_fold(claim_table, penalty=1e-3, bounds=fit.BOUNDS)
    return {
        "pairs": by_set(table.group, table.y, p),
        "claims": by_set(claim_group, claim_y, claim_p),
    }


def by_set(group: Any, y: Any, p: Any) -> dict[str, Any]:
    """Figures of each set, and their mean without the near misses, which are all neutral."""
    import numpy as np

    from training.fit_judgement import print_figures

    figures = {
        str(name): {
            key: round(value, 4)
            for key, value in print_figures(str(name), y[group == name], p[group == name]).items()
        }
        for name in np.unique(group)
    }
    counted = [row for name, row in figures.items() if not name.startswith("near:")]
    keys = ("accuracy", "balanced", "false_supported", "ece")
    mean = {key: round(sum(row[key] for row in counted) / len(counted), 4) for key in keys}
    return {"mean": mean, **figures}


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--only", nargs="*", choices=sorted(SETS), help="sets of the rules' table")
    parser.add_argument("--limit", type=int, help="at most this many rows of each set")
    parser.add_argument("--tables", type=Path, help="what training/judgement_data.py has written")
    parser.add_argument("--no-ablation", action="store_true", help="the rules' table only")
    given = parser.parse_args()
    sets = {}
    for name in SETS if given.only is None else given.only:
        rows = read_rows(given.data / SETS[name], given.limit or SAMPLE, SEED)
        sets[name] = measure(rows)
        print(name, json.dumps(sets[name]["rules"], indent=1))
    result: dict[str, Any] = {"limit": given.limit, "strength_at_least": STRONG, "sets": sets}
    if not given.no_ablation:
        tables = (
            pickle.loads(given.tables.read_bytes())
            if given.tables
            else collect(given.data, given.limit or PAIRS)
        )
        result |= {"verifier": tables["verifier"], "ablation": ablation(tables)}
    write_result("checks", result, seed=SEED)


if __name__ == "__main__":
    main()
