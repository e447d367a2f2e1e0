"""How often the findings of the deterministic tier coincide with labels of real data.

    python benchmarks/checks.py --data DIR

`DIR` holds `dev/` and `train/` with gzipped JSON Lines (`claim`, `evidence` or
`evidence_sentences`, `label`). A finding that claim and passage differ should stand beside
REFUTES, one that supports beside SUPPORTS. A row may hold other reasons for its label, so the
figures are lower bounds for rules that refute and no more than hints for rules that agree: a claim
with a right number may be wrong in another part.
"""

from __future__ import annotations

import argparse
import gzip
import json
import platform
import random
import subprocess
import time
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

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
SEED = 20261122
STRONG = 0.5


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


def commit() -> str:
    """The commit that the figures belong to."""
    result = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"],
        capture_output=True,
        text=True,
        check=False,
        cwd=Path(__file__).parent,
    )
    return result.stdout.strip()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--only", nargs="*", choices=sorted(SETS))
    parser.add_argument(
        "--output", type=Path, default=Path(__file__).parent / "results" / "checks.json"
    )
    arguments = parser.parse_args()
    sets = {}
    for name in arguments.only or SETS:
        sets[name] = measure(read_rows(arguments.data / SETS[name], SAMPLE, SEED))
        print(name, json.dumps(sets[name]["rules"], indent=1))
    result = {
        "command": "python benchmarks/checks.py --data DIR",
        "commit": commit(),
        "seed": SEED,
        "machine": f"{platform.machine()}, Python {platform.python_version()}",
        "strength_at_least": STRONG,
        "sets": sets,
    }
    arguments.output.parent.mkdir(parents=True, exist_ok=True)
    arguments.output.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
