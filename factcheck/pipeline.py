"""The pipeline: claims in, verdicts out, in order, with failures kept per claim."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from factcheck.allowed_sources import explain_no_source
from factcheck.config import Config, default_config
from factcheck.dated import with_calendar_dates
from factcheck.errors import EnvironmentFailure
from factcheck.evidence import ReadPassage, build_evidence
from factcheck.index.opened import Index
from factcheck.joint import add_joint_evidence
from factcheck.judgement import Judgement, load_judgement
from factcheck.parts import ClaimPart, claim_parts, join_verdicts
from factcheck.quoted import judge_quote
from factcheck.readings import Reading, plan_readings
from factcheck.records import (
    Claim,
    Evidence,
    ModelCard,
    Report,
    Verdict,
)
from factcheck.retrieval import RetrievalSettings, retrieve, with_passages
from factcheck.run_report import assemble_report, failed_verdict
from factcheck.verdict import Policy, decide_verdict

if TYPE_CHECKING:
    from factcheck.models.encoder import Encoder
    from factcheck.models.verifier import Verifier

# Claims whose passages go through the verifier in one call; bounds memory, not results.
_BATCH = 32
# Passages found for a claim as a whole that its parts are read beside, when they are not found for
# the part itself.
_SHARED_PASSAGES = 4

VerdictCallback = Callable[[int], None]
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Unit:
    """What is judged at once: a claim, or a part of one.

    Args:
        whole: the claim that the part is of.
    """

    claim: Claim
    whole: Claim | None = None


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
    from factcheck.models.deferred import defer_encoder
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
        encoder=defer_encoder(config["models.encoder"], threads=threads),
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
        split = [_parts_of(claim, index, config) for claim in batch]
        units = [
            unit
            for claim, parts in zip(batch, split, strict=True)
            for unit in ([Unit(part.claim, whole=claim) for part in parts] or [Unit(claim)])
        ]
        concluded = iter(
            [
                _conclude(unit.claim, outcome, index, models.judgement, config)
                for unit, outcome in _judge_units(units, index, models, config)
            ]
        )
        for claim, parts in zip(batch, split, strict=True):
            if parts:
                yield join_verdicts(claim, parts, [next(concluded) for _ in parts])
            else:
                yield next(concluded)


def _parts_of(claim: Claim, index: Index, config: Config) -> tuple[ClaimPart, ...]:
    if not config["decompose"]:
        return ()
    least = config["policy.min_reliability"]

    def split() -> tuple[ClaimPart, ...]:
        # What may use no source is not split: each part would only say so again.
        none_allowed = index.allowed_rows(claim, min_reliability=least) == frozenset()
        return () if none_allowed else claim_parts(claim)

    parts = _guarded(split)
    return () if isinstance(parts, Exception) else parts


def iter_evidence(
    claims: Iterable[Claim], index: Index, *, models: Models, config: Config
) -> Iterator[tuple[Claim, list[Evidence]]]:
    """Judged passages of claims, before they are combined; a claim that fails has none."""
    for batch in _batches(claims):
        units = [Unit(claim) for claim in batch]
        for unit, outcome in _judge_units(units, index, models, config):
            yield unit.claim, outcome if isinstance(outcome, list) else []


def _batches(claims: Iterable[Claim]) -> Iterator[list[Claim]]:
    batch: list[Claim] = []
    for claim in claims:
        batch.append(claim)
        if len(batch) == _BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def _judge_units(
    units: Sequence[Unit], index: Index, models: Models, config: Config
) -> list[tuple[Unit, list[Evidence] | Exception]]:
    outcomes: list[list[Evidence] | Exception] = []
    claims, passages, evidence, places = [], [], [], []
    for place, (unit, read) in enumerate(read_units(units, index, models, config)):
        if isinstance(read, Exception):
            outcomes.append(read)
            continue
        made = _guarded(partial(build_evidence, unit.claim, read, index, models.judgement))
        outcomes.append(made)
        if not isinstance(made, Exception):
            claims.append(unit.claim)
            passages.append(read)
            evidence.append(made)
            places.append(place)
    settings = retrieval_settings(config)
    joint = _guarded(
        partial(add_joint_evidence, claims, passages, evidence, index, models, settings)
    )
    # A fault here costs the joint readings, not the claims: what single passages say stands.
    for place, found in zip(places, evidence if isinstance(joint, Exception) else joint):
        outcomes[place] = found
    return list(zip(units, outcomes, strict=True))


def read_passages(
    claims: Sequence[Claim], index: Index, models: Models, config: Config
) -> list[tuple[Claim, list[ReadPassage] | Exception]]:
    """Retrieve and read for several claims as they stand, with one call of each model.

    A pure quotation is compared word by word and needs no reading.
    """
    read = read_units([Unit(claim) for claim in claims], index, models, config)
    return [(unit.claim, found) for unit, found in read]


def read_units(
    units: Sequence[Unit], index: Index, models: Models, config: Config
) -> list[tuple[Unit, list[ReadPassage] | Exception]]:
    """Retrieve and read for claims and parts of claims; a part is read beside its own passages
    and those of its claim."""
    settings = retrieval_settings(config)
    texts = dict.fromkeys(
        claim.text
        for unit in units
        for claim in (unit.claim, unit.whole)
        if claim is not None and claim.quote != claim.text
    )
    vectors: Any = models.encoder.encode(list(texts)) if texts else ()
    vector_of = dict(zip(texts, vectors, strict=True))

    def plan(unit: Unit) -> list[Reading]:
        if unit.claim.quote == unit.claim.text:
            return []
        found = retrieve(index, unit.claim, vector_of[unit.claim.text], settings)
        if unit.whole is not None:
            around = retrieve(index, unit.whole, vector_of[unit.whole.text], settings)
            found = with_passages(found, around, _SHARED_PASSAGES)
        return plan_readings(found, index)

    plans = [_guarded(partial(plan, unit)) for unit in units]
    pairs = [
        (reading.text, statement)
        for unit, readings in zip(units, plans, strict=True)
        if isinstance(readings, list)
        for statement in (with_calendar_dates(unit.claim.text, unit.claim.said_on),)
        for reading in readings
    ]
    rows = iter(models.verifier.predict(pairs) if pairs else ())
    return [
        (
            unit,
            readings
            if isinstance(readings, Exception)
            else [ReadPassage(reading, next(rows)) for reading in readings],
        )
        for unit, readings in zip(units, plans, strict=True)
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
    # The words of a pure quotation are looked for in sources of any reliability.
    least = config["policy.min_reliability"] if claim.quote != claim.text else 0.0

    def decide() -> Verdict:
        if claim.quote is not None:
            verdict = judge_quote(claim, outcome, index, judgement, policy)
        else:
            verdict = decide_verdict(claim, outcome, judgement, policy)
        return explain_no_source(verdict, index, min_reliability=least)

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
