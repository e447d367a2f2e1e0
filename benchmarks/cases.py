"""The cases of tests/cases through the whole pipeline: accuracy per half, tag, subject and label.

    python benchmarks/cases.py [--split develop|measure] [--subject NAME] [--limit N] [--misses]

`develop` is for looking at misses; of `measure` only the figures are shown.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from recording import ROOT, write_result

sys.path.insert(0, str(ROOT))

if TYPE_CHECKING:
    from factcheck.metrics import Prediction
    from factcheck.pipeline import Models
    from factcheck.records import Verdict

CASES = ROOT / "tests" / "cases"
# The example is the worked example whole: claims.yaml and the claims that it gets wrong today.
SPLITS = ("develop", "measure", "example")


@dataclass(frozen=True)
class Judged:
    """One case with its verdict."""

    subject: str
    verdict: Verdict

    @property
    def prediction(self) -> Prediction:
        """The verdict as the metrics want it; what could not be checked was not supported."""
        from factcheck.metrics import Prediction
        from factcheck.records import Label

        claim, shares = self.verdict.claim, self.verdict.probabilities
        assert claim.expect is not None
        return Prediction(
            claim.expect,
            self.verdict.label or Label.UNSUPPORTED,
            (shares.supported, shares.contested, shares.unsupported),
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--split", choices=SPLITS, help="only this half")
    parser.add_argument("--subject", help="only this subject")
    parser.add_argument("--limit", type=int, help="only the first N claims of each subject")
    parser.add_argument("--misses", action="store_true", help="list the misses of `develop`")
    given = parser.parse_args()
    from factcheck.pipeline import load_models

    models = load_models()
    figures: dict[str, Any] = {"limit": given.limit, "subject": given.subject, "splits": {}}
    for split in SPLITS if given.split is None else (given.split,):
        judged = judge_split(split, models, subject=given.subject, limit=given.limit)
        figures["splits"][split] = split_figures(judged)
        show(split, figures["splits"][split])
        if given.misses and split == "develop":
            show_misses(judged)
    figures["models"] = {card.role: card.sha256 for card in models.cards()}
    write_result("cases", figures)


def corpora(split: str) -> list[tuple[Path, list[Path]]]:
    """Folders of sources, each with the claims files that are judged against it."""
    if split == "example":
        return [(ROOT / "corpus", [ROOT / "claims.yaml", CASES / split / "claims.yaml"])]
    folders = sorted(path for path in (CASES / split).iterdir() if path.is_dir())
    return [(folder / "sources", [folder / "claims.yaml"]) for folder in folders]


def judge_split(
    split: str, models: Models, *, subject: str | None = None, limit: int | None = None
) -> list[Judged]:
    """Verify the claims of every subject of a half against the subject's own sources."""
    from factcheck.claims import load_claims
    from factcheck.config import default_config
    from factcheck.index.opened import Index
    from factcheck.pipeline import iter_verdicts

    found: list[Judged] = []
    for sources, files in corpora(split):
        folder = files[-1].parent
        if subject not in (None, folder.name):
            continue
        claims = [claim for file in files for claim in load_claims(file)][:limit]
        with tempfile.TemporaryDirectory(prefix="factcheck-cases-") as name:
            index = Index.open(sources, index_dir=name, encoder=models.encoder)
            verdicts = iter_verdicts(claims, index, models=models, config=default_config())
            found.extend(Judged(folder.name, verdict) for verdict in verdicts)
            index.close()
    return found


def split_figures(judged: Sequence[Judged]) -> dict[str, Any]:
    """The figures of a half as a whole, per tag, per tag and sign, and per subject."""
    from factcheck.metrics import summarise

    groups: dict[str, dict[str, list[Judged]]] = {
        "tags": defaultdict(list),
        "signed_tags": defaultdict(list),
        "subjects": defaultdict(list),
    }
    for case in judged:
        tags = case.verdict.claim.tags
        groups["subjects"][case.subject].append(case)
        for tag in tags:
            groups["tags"][tag].append(case)
            for sign in {"positive", "negative"} & (set(tags) - {tag}):
                groups["signed_tags"][f"{tag} {sign}"].append(case)
    failed = sum(case.verdict.failure is not None for case in judged)
    return {
        **summarise([case.prediction for case in judged]),
        "failed": failed,
        **{
            kind: {name: short_figures(cases) for name, cases in sorted(found.items())}
            for kind, found in groups.items()
        },
    }


def short_figures(judged: Sequence[Judged]) -> dict[str, Any]:
    """Number, accuracy, false support, and accuracy per label of a group."""
    from factcheck.metrics import ORDER

    rows = [case.prediction for case in judged]
    others = [row for row in rows if row.truth is not ORDER[0]]
    wrongly = sum(row.label is ORDER[0] for row in others)
    labels = {}
    for label in ORDER:
        of_label = [row for row in rows if row.truth is label]
        if of_label:
            right = sum(row.label is label for row in of_label)
            labels[label.value] = {"n": len(of_label), "accuracy": share(right, len(of_label))}
    return {
        "n": len(rows),
        "accuracy": share(sum(row.truth is row.label for row in rows), len(rows)),
        "false_supported_rate": share(wrongly, len(others)),
        "labels": labels,
    }


def share(part: int, whole: int) -> float | None:
    """A share with four digits; None of nothing."""
    return round(part / whole, 4) if whole else None


def show(split: str, figures: dict[str, Any]) -> None:
    """Print the figures of a half."""
    print(
        f"{split}: n {figures['n']}  accuracy {figures['accuracy']:.3f}"
        f"  false supported {figures['false_supported_rate']:.3f}  ece {figures['ece']:.3f}"
        f"  majority {figures['majority_accuracy']:.3f}  failed {figures['failed']}"
    )
    for truth, answers in figures["confusion"].items():
        print(f"  {truth:<12}" + "".join(f"  {name} {n:>4}" for name, n in answers.items()))
    for name, row in sorted(figures["tags"].items(), key=lambda item: item[1]["accuracy"]):
        false = row["false_supported_rate"]
        shown = "   –" if false is None else f"{false:.2f}"
        print(f"  {name:<20} n {row['n']:>4}  accuracy {row['accuracy']:.2f}  false {shown}")


def show_misses(judged: Sequence[Judged]) -> None:
    """Print what was answered wrongly; the worst kind, a wrong `supported`, first."""
    from factcheck.records import Label

    misses = [case for case in judged if case.verdict.label is not case.verdict.claim.expect]
    for case in sorted(misses, key=lambda case: case.verdict.label is not Label.SUPPORTED):
        verdict = case.verdict
        answer = verdict.label.value if verdict.label else f"failed: {verdict.failure}"
        expected = verdict.claim.expect.value if verdict.claim.expect else ""
        print(f"{verdict.claim.id}: {answer}, expected {expected}: {verdict.claim.text}")


if __name__ == "__main__":
    main()
