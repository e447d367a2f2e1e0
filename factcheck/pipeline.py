"""The pipeline: claims in, verdicts out, in order, with failures kept per claim."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from factcheck.config import Config, default_config
from factcheck.errors import EnvironmentFailure
from factcheck.evidence import ReadPassage, build_evidence
from factcheck.index.opened import Index
from factcheck.judgement import Judgement, load_judgement
from factcheck.quoted import judge_quote
from factcheck.readings import Reading, plan_readings
from factcheck.records import (
    Claim,
    Evidence,
    ModelCard,
    Report,
    Verdict,
)
from factcheck.retrieval import RetrievalSettings, retrieve
from factcheck.run_report import assemble_report, failed_verdict
from factcheck.verdict import Policy, decide_verdict

if TYPE_CHECKING:
    from factcheck.models.encoder import Encoder
    from factcheck.models.verifier import Verifier

# Claims whose passages go through the verifier in one call; bounds memory, not results.
_BATCH = 32

VerdictCallback = Callable[[int], None]
T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Models:
    """The models of one run.

    Args:
        encoder: texts to unit vectors.
        verifier: pairs of passage and claim to stance probabilities.
        judgement: the small models and thresholds on top.
    """

    encoder: Encoder
    verifier: Verifier
    judgement: Judgement

    def cards(self) -> tuple[ModelCard, ...]:
        """Which weights these are, for the report."""
        return (
            ModelCard(role="encoder", name=self.encoder.name, sha256=self.encoder.sha256),
            ModelCard(role="verifier", name=self.verifier.name, sha256=self.verifier.sha256),
            ModelCard(role="judgement", name=self.judgement.name, sha256=self.judgement.sha256),
        )


def load_models(config: Config | None = None) -> Models:
    """Load the models that the configuration names; the shipped ones by default.

    Raises:
        ModelError: a model is missing, damaged or not usable.
    """
    from factcheck.models.encoder import load_encoder
    from factcheck.models.verifier import load_verifier

    config = config or default_config()
    threads = config["threads"] or None
    judgement = load_judgement()
    changes = {
        label: config[f"thresholds.{label}"]
        for label in ("supported", "contested")
        if config[f"thresholds.{label}"] is not None
    }
    if changes:
        judgement = replace(judgement, thresholds={**judgement.thresholds, **changes})
    return Models(
        encoder=load_encoder(config["models.encoder"], threads=threads),
        verifier=load_verifier(config["models.verifier"], threads=threads),
        judgement=judgement,
    )


def open_index(config: Config, models: Models, **options: object) -> Index:
    """Open the index that the configuration names, brought up to date; see `Index.open`."""
    folder = config["index"]
    return Index.open(
        Path(config["corpus"]),
        index_dir=Path(folder) if folder is not None else None,
        encoder=models.encoder,
        **options,  # type: ignore[arg-type]
    )


def verify(
    claims: Iterable[Claim],
    index: Index,
    *,
    models: Models | None = None,
    config: Config | None = None,
    failures: Sequence[Verdict] = (),
    progress: VerdictCallback | None = None,
) -> Report:
    """Check claims against a source base.

    Args:
        claims: in the order wanted in the report.
        index: the opened source base.
        models: loaded models; those of the configuration by default.
        config: settings; the defaults if None.
        failures: verdicts of entries that could not be read, put in by line.
        progress: called with the number of claims done.

    Returns:
        The report. A claim that fails for a reason of its own has a verdict with `failure` set;
        the others are not affected.

    Raises:
        EnvironmentFailure: the index or a model fails as a whole.
    """
    config = config or default_config()
    models = models or load_models(config)
    verdicts: list[Verdict] = []
    for verdict in iter_verdicts(claims, index, models=models, config=config):
        verdicts.append(verdict)
        if progress is not None:
            progress(len(verdicts))
    return assemble_report(
        verdicts, models=models.cards(), corpus=index.summary, config=config, failures=failures
    )


def iter_verdicts(
    claims: Iterable[Claim], index: Index, *, models: Models, config: Config
) -> Iterator[Verdict]:
    """Verdicts of claims one after another, in order, in bounded memory."""
    for batch in _batches(claims):
        for claim, outcome in _judge_passages(batch, index, models, config):
            yield _conclude(claim, outcome, index, models.judgement, config)


def iter_evidence(
    claims: Iterable[Claim], index: Index, *, models: Models, config: Config
) -> Iterator[tuple[Claim, list[Evidence]]]:
    """Judged passages of claims, before they are combined; a claim that fails has none."""
    for batch in _batches(claims):
        for claim, outcome in _judge_passages(batch, index, models, config):
            yield claim, outcome if isinstance(outcome, list) else []


def _batches(claims: Iterable[Claim]) -> Iterator[list[Claim]]:
    batch: list[Claim] = []
    for claim in claims:
        batch.append(claim)
        if len(batch) == _BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def _judge_passages(
    claims: Sequence[Claim], index: Index, models: Models, config: Config
) -> list[tuple[Claim, list[Evidence] | Exception]]:
    return [
        (
            claim,
            read
            if isinstance(read, Exception)
            else _guarded(partial(build_evidence, claim, read, index, models.judgement)),
        )
        for claim, read in read_passages(claims, index, models, config)
    ]


def read_passages(
    claims: Sequence[Claim], index: Index, models: Models, config: Config
) -> list[tuple[Claim, list[ReadPassage] | Exception]]:
    """Retrieve and read for several claims, with one call of each model.

    A pure quotation is compared word by word and needs no reading.
    """
    settings = retrieval_settings(config)
    wanted = [claim for claim in claims if claim.quote != claim.text]
    vectors: Any = models.encoder.encode([claim.text for claim in wanted]) if wanted else ()
    vector_of = {id(claim): vector for claim, vector in zip(wanted, vectors, strict=True)}

    def plan(claim: Claim) -> list[Reading]:
        vector = vector_of.get(id(claim))
        return (
            [] if vector is None else plan_readings(retrieve(index, claim, vector, settings), index)
        )

    plans = [_guarded(partial(plan, claim)) for claim in claims]
    pairs = [
        (reading.text, claim.text)
        for claim, readings in zip(claims, plans, strict=True)
        if isinstance(readings, list)
        for reading in readings
    ]
    rows = iter(models.verifier.predict(pairs) if pairs else ())
    return [
        (
            claim,
            readings
            if isinstance(readings, Exception)
            else [ReadPassage(reading, next(rows)) for reading in readings],
        )
        for claim, readings in zip(claims, plans, strict=True)
    ]


def _conclude(
    claim: Claim,
    outcome: list[Evidence] | Exception,
    index: Index,
    judgement: Judgement,
    config: Config,
) -> Verdict:
    if isinstance(outcome, Exception):
        return failed_verdict(claim, outcome)
    policy = policy_of(config)

    def decide() -> Verdict:
        if claim.quote is not None:
            return judge_quote(claim, outcome, index, judgement, policy)
        return decide_verdict(claim, outcome, judgement, policy)

    verdict = _guarded(decide)
    return failed_verdict(claim, verdict) if isinstance(verdict, Exception) else verdict


def _guarded(step: Callable[[], T]) -> T | Exception:
    """Run one claim's step; its own bad luck is not the batch's, the machine's is.

    Any exception is kept, also one that nobody thought of: a fault in a rule may cost the claim
    that met it, never the other claims of the run.
    """
    try:
        return step()
    except (EnvironmentFailure, OSError, MemoryError):
        raise
    except Exception as error:
        return error


def retrieval_settings(config: Config) -> RetrievalSettings:
    """The `retrieval.*` settings."""
    return RetrievalSettings(
        passages=config["retrieval.passages"],
        candidates=config["retrieval.candidates"],
        per_source=config["retrieval.per_source"],
        min_reliability=config["policy.min_reliability"],
    )


def policy_of(config: Config) -> Policy:
    """The `policy.*` settings."""
    return Policy(
        min_independent=config["policy.min_independent"],
        require_primary=config["policy.require_primary"],
        prefer_newer=config["policy.prefer_newer"],
        distrust=tuple(config["policy.distrust"]),
    )
