"""Claims that a user has labelled, and what the pipeline makes of them short of a label."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from factcheck.calibration import (
    Example,
    Outcome,
    Remembering,
    outcome_of,
    pinned,
    probing_thresholds,
    reason_left_out,
)
from factcheck.config import Config
from factcheck.errors import DataError
from factcheck.evaluate import LabelledRow, read_labelled
from factcheck.given_evidence import judge_given
from factcheck.records import Claim, Label, Stance

if TYPE_CHECKING:
    from factcheck.index.opened import Index
    from factcheck.pipeline import Models

ProgressCallback = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class LabelledClaims:
    """What a file of labelled claims holds.

    Args:
        claims: each with `expect` set.
        evidence: the text that each claim is to be judged on, where all rows have one.
        unlabelled: entries without an expected label.
    """

    claims: tuple[Claim, ...]
    evidence: tuple[str, ...] | None = None
    unlabelled: int = 0


def read_labelled_claims(path: Path) -> LabelledClaims:
    """Read a claims file with `expect`, or rows with `label` as `factcheck eval` takes them.

    Raises:
        ClaimsError, DataError: the file cannot be read, or some rows have evidence and some none.
    """
    if not _holds_rows(path):
        from factcheck.claims import load_claims

        claims = load_claims(path)
        labelled = tuple(claim for claim in claims if claim.expect is not None)
        return LabelledClaims(labelled, unlabelled=len(claims) - len(labelled))
    rows = read_labelled(path)
    with_text = sum(row.evidence is not None for row in rows)
    if with_text not in (0, len(rows)):
        raise DataError(
            f"{len(rows) - with_text} of {len(rows)} rows have no `evidence`",
            where=path,
            hint="give all rows evidence, or none, so that it is looked for in the source base",
        )
    return LabelledClaims(
        tuple(
            Claim(id=f"r{number:06d}", text=row.claim, expect=row.label)
            for number, row in enumerate(rows)
        ),
        tuple(row.evidence or "" for row in rows) if with_text else None,
    )


def _holds_rows(path: Path) -> bool:
    """Whether a file has rows with `label`, not a claims file with `expect`."""
    if path.suffix.lower() == ".gz":
        return True
    if path.suffix.lower() not in (".jsonl", ".ndjson") or not path.is_file():
        return False
    with path.open(encoding="utf-8", errors="replace") as lines:
        first = next((line for line in lines if line.strip()), "")
    try:
        entry = json.loads(first)
    except (ValueError, RecursionError):
        return False
    return isinstance(entry, dict) and "label" in entry


def examples_from_corpus(
    claims: Sequence[Claim],
    index: Index,
    models: Models,
    config: Config,
    *,
    progress: ProgressCallback | None = None,
) -> tuple[list[Example], Counter[str]]:
    """Run the whole pipeline on labelled claims.

    It runs three times with other thresholds, so that whatever the pipeline does with a claim is
    taken as it is; the models compute only once.

    Returns:
        The examples, and how many claims were left out for which reason.
    """
    from factcheck.pipeline import iter_verdicts

    current = models.judgement.thresholds
    kept = replace(
        models,
        encoder=Remembering(models.encoder, "encode"),
        verifier=Remembering(models.verifier, "predict"),
    )
    runs = [
        iter_verdicts(
            claims,
            index,
            models=replace(kept, judgement=replace(models.judgement, thresholds=thresholds)),
            config=config,
        )
        for thresholds in probing_thresholds(current)
    ]
    examples: list[Example] = []
    left_out: Counter[str] = Counter()
    for number, (claim, *verdicts) in enumerate(zip(claims, *runs, strict=True), start=1):
        label, reason = verdicts[-1].label, reason_left_out(verdicts[-1])
        if reason is not None:
            left_out[reason] += 1
        elif label is not None and claim.expect is not None:
            outcome = pinned(outcome_of(*verdicts), label, current)
            examples.append(Example(claim.text, claim.expect, outcome))
        if progress is not None:
            progress(number, len(claims))
    return examples, left_out


def examples_from_evidence(
    claims: Sequence[Claim], evidence: Sequence[str], models: Models
) -> list[Example]:
    """Judge each claim as if its evidence were the one passage found."""
    from factcheck.evidence import decide_stance
    from factcheck.verdict import Tally, label_probabilities

    rows = [
        LabelledRow(claim.text, claim.expect or Label.UNSUPPORTED, text)
        for claim, text in zip(claims, evidence, strict=True)
    ]
    vectors = models.encoder.encode([row.claim for row in rows])
    passages = models.encoder.encode([row.evidence or "" for row in rows])
    cosines = (vectors * passages).sum(axis=1)
    examples = []
    pairs = [(row.evidence or "", row.claim) for row in rows]
    for row, judged, cosine in zip(rows, judge_given(pairs, models), cosines, strict=True):
        stance = decide_stance(judged, models.judgement.thresholds)
        tally = Tally(
            supports=(judged.supports,),
            refutes=(judged.refutes,),
            origins_for=int(stance is Stance.SUPPORTS),
            origins_against=int(stance is Stance.REFUTES),
            trusted_for=int(stance is Stance.SUPPORTS),
            primary_for=False,
            top_cosine=max(0.0, float(cosine)),
        )
        shares = label_probabilities(tally, models.judgement)
        outcome = Outcome(
            supported=shares.supported,
            contested=shares.contested,
            may_support=tally.origins_for > 0,
            may_contest=tally.origins_against > 0,
        )
        examples.append(Example(row.claim, row.label, outcome))
    return examples
