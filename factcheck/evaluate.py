"""Labelled data to figures: pairs of claim and evidence, or claims against a whole corpus."""

from __future__ import annotations

import gzip
import json
import math
import time
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from factcheck.config import Config
from factcheck.errors import DataError, Where
from factcheck.given_evidence import judge_given
from factcheck.labels import label_of
from factcheck.metrics import ORDER, Prediction, curves, summarise
from factcheck.records import Claim, Label, Stance, StanceProbabilities
from factcheck.text import canonical_text

if TYPE_CHECKING:
    from factcheck.index.opened import Index
    from factcheck.pipeline import Models

_CHUNK = 256
_RECALL_AT = (1, 5, 10)
_STANCE_LABEL = {
    Stance.SUPPORTS: Label.SUPPORTED,
    Stance.REFUTES: Label.CONTESTED,
    Stance.NEUTRAL: Label.UNSUPPORTED,
}

ProgressCallback = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class LabelledRow:
    """One row of labelled data.

    Args:
        evidence: the text beside the claim; None in the task "claims".
        gold: ids of the documents that hold the evidence, where the data says.
    """

    claim: str
    label: Label
    evidence: str | None = None
    gold: tuple[str, ...] = ()


def read_labelled(path: Path) -> list[LabelledRow]:
    """Read labelled JSON Lines, plain or gzipped.

    Raises:
        DataError: no such file, bad gzip, a bad line or an unknown label, with the line.
    """
    rows = [_labelled_row(item, number, path) for number, item in _json_lines(path)]
    if not rows:
        raise DataError("the file holds no labelled rows", where=path)
    return rows


def _json_lines(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    if not path.is_file():
        raise DataError("there is no such file", where=path, hint="check the path", code="FC401")
    try:
        with (
            gzip.open(path, "rt", encoding="utf-8")
            if path.suffix == ".gz"
            else path.open(encoding="utf-8") as lines
        ):
            for number, line in enumerate(lines, start=1):
                if not line.strip():
                    continue
                try:
                    item = json.loads(line)
                except (ValueError, RecursionError):
                    item = None
                if not isinstance(item, dict):
                    raise DataError(
                        "this line is no JSON object", where=Where(str(path), number), hint=_ROW
                    )
                yield number, item
    except (OSError, EOFError, zlib.error, UnicodeDecodeError) as error:
        raise DataError(f"the file cannot be read: {error}", where=path) from None


_ROW = "each line is an object with `claim`, `label` (such as SUPPORTS) and, for pairs, `evidence`"


def _labelled_row(item: dict[str, Any], number: int, path: Path) -> LabelledRow:
    where = Where(str(path), number)
    claim = item.get("claim")
    if not isinstance(claim, str) or not claim.strip():
        raise DataError("the row has no `claim`, or one that is no text", where=where, hint=_ROW)
    try:
        label = label_of(item.get("label"))
    except ValueError as error:
        raise DataError(str(error), where=where, hint=_ROW) from None
    evidence = item.get("evidence", item.get("evidence_sentences"))
    if isinstance(evidence, list):
        evidence = " ".join(str(part) for part in evidence)
    gold = item.get("evidence_ids", item.get("gold_doc"))
    golds = gold if isinstance(gold, list) else [gold] if gold is not None else []
    return LabelledRow(
        claim=canonical_text(claim).strip(),
        label=label,
        evidence=canonical_text(evidence).strip() if isinstance(evidence, str) else None,
        gold=tuple(str(name) for name in golds),
    )


def evaluate_pairs(
    rows: Sequence[LabelledRow],
    models: Models,
    *,
    claim_only: bool = True,
    progress: ProgressCallback | None = None,
) -> dict[str, Any]:
    """Score the verifier with the deterministic checks on given evidence.

    Args:
        rows: each with `evidence`.
        claim_only: also measure what the claims alone give away (evidence left empty).

    Returns:
        The object of the evaluation report; see docs/report-format.md.
    """
    started = time.perf_counter()
    predictions: list[Prediction] = []
    for position in range(0, len(rows), _CHUNK):
        chunk = rows[position : position + _CHUNK]
        predictions.extend(predict_pairs(chunk, models))
        if progress is not None:
            progress(len(predictions), len(rows))
    seconds = time.perf_counter() - started
    result = _result("pairs", predictions, models, seconds)
    if claim_only:
        result.update(claim_only_figures(rows, models))
    return result


def claim_only_figures(rows: Sequence[LabelledRow], models: Models) -> dict[str, Any]:
    """What the wording of the claims gives away: the same judgement with the evidence left empty.

    Returns:
        `claim_only_accuracy`, and `claim_only` with that and the two figures that go with it.
    """
    blind = [LabelledRow(claim=row.claim, label=row.label, evidence="") for row in rows]
    answers: list[Prediction] = []
    for position in range(0, len(blind), _CHUNK):
        answers.extend(predict_pairs(blind[position : position + _CHUNK], models))
    figures = summarise(answers)
    kept = {name: figures[name] for name in ("accuracy", "macro_f1", "false_supported_rate")}
    return {"claim_only_accuracy": figures["accuracy"], "claim_only": kept}


def predict_pairs(rows: Sequence[LabelledRow], models: Models) -> list[Prediction]:
    """Judge each row's evidence, however long it is."""
    pairs = [(row.evidence or "", row.claim) for row in rows]
    predictions = []
    for row, judged in zip(rows, judge_given(pairs, models), strict=True):
        stance = given_stance(judged, models.judgement.thresholds)
        predictions.append(
            Prediction(
                row.label,
                _STANCE_LABEL[stance],
                (judged.supports, judged.refutes, judged.neutral),
            )
        )
    return predictions


def given_stance(judged: StanceProbabilities, thresholds: Mapping[str, float]) -> Stance:
    """The stance of evidence that somebody chose for the claim.

    In the pipeline most passages are beside the point and only a sure stance counts. Given evidence
    is to the point: the likeliest stance holds, and only support has to pass a threshold.
    """
    if judged.supports >= max(thresholds["pair_supports"], judged.refutes):
        return Stance.SUPPORTS
    return Stance.REFUTES if judged.refutes >= judged.neutral else Stance.NEUTRAL


def evaluate_claims(
    rows: Sequence[LabelledRow],
    index: Index,
    models: Models,
    config: Config,
    *,
    claim_only: bool = True,
    progress: ProgressCallback | None = None,
) -> dict[str, Any]:
    """Score the whole pipeline: retrieval, reading, verdict.

    Args:
        rows: claims; `gold`, where present, gives the recall of retrieval.
        index: the corpus to check against.
        claim_only: also measure what the claims alone give away (no evidence is read).
    """
    from factcheck.pipeline import iter_verdicts

    claims = [Claim(id=f"r{number:06d}", text=row.claim) for number, row in enumerate(rows)]
    started = time.perf_counter()
    predictions = []
    for row, verdict in zip(
        rows, iter_verdicts(claims, index, models=models, config=config), strict=True
    ):
        shares = verdict.probabilities
        # A claim that could not be checked was not supported, and counts as such.
        label = verdict.label or Label.UNSUPPORTED
        predictions.append(
            Prediction(row.label, label, (shares.supported, shares.contested, shares.unsupported))
        )
        if progress is not None:
            progress(len(predictions), len(rows))
    seconds = time.perf_counter() - started
    result = _result("claims", predictions, models, seconds)
    if claim_only:
        result.update(claim_only_figures(rows, models))
    if any(row.gold for row in rows):
        result["retrieval"] = retrieval_recall(rows, index, models, config)
    return result


def retrieval_recall(
    rows: Sequence[LabelledRow],
    index: Index,
    models: Models,
    config: Config,
    *,
    dense: bool = True,
    lexical: bool = True,
) -> dict[str, Any]:
    """Share of claims with a gold document among the documents of the first k passages."""
    from dataclasses import replace

    from factcheck.pipeline import retrieval_settings
    from factcheck.retrieval import retrieve

    settings = replace(
        retrieval_settings(config),
        passages=max(_RECALL_AT),
        dense=dense,
        lexical=lexical,
    )
    hits = dict.fromkeys(_RECALL_AT, 0)
    wanted = [row for row in rows if row.gold]
    vectors = models.encoder.encode([row.claim for row in wanted])
    for number, (row, vector) in enumerate(zip(wanted, vectors, strict=True)):
        claim = Claim(id=f"r{number}", text=row.claim)
        found = [item.passage.source_id for item in retrieve(index, claim, vector, settings)]
        for k in _RECALL_AT:
            hits[k] += any(_is_gold(name, row.gold) for name in found[:k])
    recall = {f"recall@{k}": round(hits[k] / len(wanted), 6) for k in _RECALL_AT}
    return {**recall, "n": len(wanted)}


def _is_gold(source_id: str, gold: Sequence[str]) -> bool:
    return source_id in gold or source_id.rsplit("#", 1)[-1] in gold


def _result(
    task: str, predictions: Sequence[Prediction], models: Models, seconds: float
) -> dict[str, Any]:
    classes = {prediction.truth for prediction in predictions}
    result: dict[str, Any] = {"task": task, **summarise(predictions), **curves(predictions)}
    if len(classes) < len(ORDER):
        result["note"] = "scored on the classes that occur in the data"
    result["seconds"] = round(seconds, 3)
    result["per_second"] = round(len(predictions) / seconds, 1) if seconds > 0 else math.inf
    result["models"] = [
        {"role": card.role, "name": card.name, "sha256": card.sha256} for card in models.cards()
    ]
    return result
