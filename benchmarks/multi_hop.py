"""What reading two passages as one brings, on the developing cases.

    python benchmarks/multi_hop.py [--subject NAME]

For each claim that no passage settles, the pairs that `factcheck/joint.py` reads. The table counts
for thresholds on the joint probability how many claims of each true label would have joint support.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from cases import corpora
from recording import ROOT, write_result

sys.path.insert(0, str(ROOT))

if TYPE_CHECKING:
    from factcheck.pipeline import Models
    from factcheck.records import Claim

THRESHOLDS = (0.5, 0.6, 0.7, 0.75, 0.8)


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--subject", help="only this subject")
    given = parser.parse_args()
    from factcheck.pipeline import load_models

    models = load_models()
    asked: dict[str, str] = {}
    best: dict[str, float] = {}
    read = 0
    for claim, pairs in unsettled(models, given.subject):
        assert claim.expect is not None
        asked[claim.id] = claim.expect.value
        read += len(pairs)
        best[claim.id] = max(pairs, default=0.0)
    figures: dict[str, Any] = {
        "subject": given.subject,
        "verifier": models.verifier.sha256,
        "judgement": models.judgement.sha256,
        "unsettled": dict(sorted(Counter(asked.values()).items())),
        "pairs_read": read,
        "would_have_support": [],
    }
    for threshold in THRESHOLDS:
        won = Counter(asked[name] for name, shown in best.items() if shown >= threshold)
        figures["would_have_support"].append({"threshold": threshold, **dict(sorted(won.items()))})
        print(figures["would_have_support"][-1])
    write_result("multi_hop", figures)


def unsettled(models: Models, subject: str | None) -> Iterator[tuple[Claim, list[float]]]:
    """Claims that no passage settles, with the support of the joint readings tried for each; 0
    where one of the two passages alone says nearly as much."""
    from factcheck.claims import load_claims
    from factcheck.config import default_config
    from factcheck.evidence import build_evidence
    from factcheck.index.opened import Index
    from factcheck.joint import LEAST_GAIN, judge_pair, plan_pairs, support_alone
    from factcheck.pipeline import read_passages, retrieval_settings
    from factcheck.records import Stance

    config = default_config()
    for sources, files in corpora("develop"):
        if subject not in (None, files[-1].parent.name):
            continue
        with tempfile.TemporaryDirectory(prefix="factcheck-hops-") as name:
            index = Index.open(sources, index_dir=name, encoder=models.encoder)
            claims = [c for file in files for c in load_claims(file) if c.quote is None]
            for claim, read in read_passages(claims, index, models, config):
                if isinstance(read, Exception):
                    raise read
                evidence = build_evidence(claim, read, index, models.judgement)
                if any(item.stance is not Stance.NEUTRAL for item in evidence):
                    continue
                pairs = plan_pairs(
                    [claim], [read], [evidence], index, models, retrieval_settings(config)
                )
                answers = models.verifier.predict([(pair.text, pair.statement) for pair in pairs])
                shown = []
                for pair, answer in zip(pairs, answers, strict=True):
                    supports = judge_pair(pair, answer, models.judgement).probabilities.supports
                    gain = supports - support_alone(pair, evidence)
                    shown.append(supports if gain >= LEAST_GAIN else 0.0)
                yield claim, shown
            index.close()


if __name__ == "__main__":
    main()
