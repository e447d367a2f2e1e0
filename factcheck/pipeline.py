"""The pipeline: claims in, verdicts out, in order, with failures kept per claim."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from factcheck import __version__
from factcheck.config import Config, default_config
from factcheck.errors import EnvironmentFailure, FactcheckError
from factcheck.evidence import Reading, build_evidence, plan_readings
from factcheck.gate import judge_run
from factcheck.index.opened import Index
from factcheck.judgement import Judgement, load_judgement
from factcheck.quoted import judge_quote
from factcheck.records import (
    Claim,
    Evidence,
    Failure,
    ModelCard,
    Report,
    Verdict,
    VerdictProbabilities,
)
from factcheck.retrieval import RetrievalSettings, retrieve
from factcheck.verdict import Policy, decide_verdict

if TYPE_CHECKING:
    from factcheck.models.encoder import Encoder
    from factcheck.models.verifier import Verifier

SCHEMA_VERSION = "1"
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
    if failures:
        verdicts = sorted([*verdicts, *failures], key=_line)
    return Report(
        schema_version=SCHEMA_VERSION,
        tool_version=__version__,
        models=models.cards(),
        corpus=index.summary,
        verdicts=tuple(verdicts),
        gate=judge_run(verdicts, config["fail_on"]),
        config=dict(sorted(reported_settings(config).items())),
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
    """Retrieve and read for several claims with one call of each model."""
    settings = retrieval_settings(config)
    vectors = models.encoder.encode([claim.text for claim in claims])
    plans: list[list[Reading] | Exception] = [
        _guarded(lambda c=claim, v=vector: plan_readings(retrieve(index, c, v, settings)))  # type: ignore[misc]
        for claim, vector in zip(claims, vectors, strict=True)
    ]
    pairs = [
        (reading.text, claim.text)
        for claim, plan in zip(claims, plans, strict=True)
        if isinstance(plan, list)
        for reading in plan
    ]
    probabilities = models.verifier.predict(pairs) if pairs else ()
    outcomes: list[tuple[Claim, list[Evidence] | Exception]] = []
    position = 0
    for claim, plan in zip(claims, plans, strict=True):
        if isinstance(plan, Exception):
            outcomes.append((claim, plan))
            continue
        rows = probabilities[position : position + len(plan)]
        position += len(plan)
        outcomes.append(
            (
                claim,
                _guarded(lambda c=claim, p=plan, r=rows: _read(c, p, r, index, models.judgement)),  # type: ignore[misc]
            )
        )
    return outcomes


def _read(
    claim: Claim,
    readings: Sequence[Reading],
    rows: Sequence[Sequence[float]],
    index: Index,
    judgement: Judgement,
) -> list[Evidence]:
    from factcheck.checks import read_claim

    reading = read_claim(claim.text, speaker=claim.speaker, said_on=claim.said_on)
    return build_evidence(claim, reading, readings, rows, index, judgement)


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
    """Run one claim's step; its own bad luck is not the batch's, the machine's is."""
    try:
        return step()
    except EnvironmentFailure:
        raise
    except (FactcheckError, ValueError, LookupError, ArithmeticError, TypeError) as error:
        return error


def failed_verdict(claim: Claim, error: object) -> Verdict:
    """The verdict of a claim that could not be checked, with the reason."""
    if isinstance(error, FactcheckError):
        failure = Failure(code=error.code, message=error.message, hint=error.hint)
    else:
        failure = Failure(
            code="FC700",
            message=f"internal error: {type(error).__name__}: {error}",
            hint="please report this with the claim",
        )
    return Verdict(
        claim=claim,
        label=None,
        basis=None,
        confidence=0.0,
        probabilities=VerdictProbabilities(supported=0.0, contested=0.0, unsupported=0.0),
        failure=failure,
    )


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


def reported_settings(config: Config) -> dict[str, object]:
    """The settings that can change a verdict; paths and threads cannot."""
    left_out = ("corpus", "index", "threads")
    return {
        name: list(value) if isinstance(value, tuple) else value
        for name, value in config.values.items()
        if name not in left_out
    }


def _line(verdict: Verdict) -> tuple[str, int]:
    location = verdict.claim.location
    return (location.path, location.line or 0) if location else ("", 0)
