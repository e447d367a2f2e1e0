"""Settings of a training run, its place in the stream, its learning rate and its log."""

from __future__ import annotations

import json
import logging
import time
from dataclasses import dataclass, field
from typing import Any

log = logging.getLogger("training")


@dataclass(slots=True)
class Progress:
    """Where a run stands.

    Attributes:
        step: optimiser steps done since the start of the run.
        pairs: pairs seen since the start of the run.
        mix: folder name of the mix being read.
        mix_step: steps of that mix already taken.
        decay_from: step at which the decay began, None before.
        decay_seconds: time spent in the decay, for decay by the clock.
        curve: one record for each logged interval.
    """

    step: int = 0
    pairs: int = 0
    mix: str = ""
    mix_step: int = 0
    decay_from: int | None = None
    decay_seconds: float = 0.0
    curve: list[dict[str, Any]] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Everything that decides the course of a run, apart from the data."""

    rate: float = 1.2e-4
    warmup_steps: int = 100
    decay_steps: int = 0
    decay_minutes: float = 0.0
    batch: int = 64
    micro: int = 16
    chunk: int = 16384
    smoothing: float = 0.05
    focal_gamma: float = 0.0
    class_weights: tuple[float, ...] = ()
    margin: float = 0.0
    margin_share: float = 0.5
    by_claim: bool = False
    soft_share: float = 0.0
    soft_temperature: float = 2.0
    weight_decay: float = 0.01
    clip: float = 1.0
    pack_tokens: int = 2048
    frozen_layers: int = 0
    dropout: float = 0.0
    seed: int = 20


DEFAULTS = Settings()


def decay_done(settings: Settings, progress: Progress) -> float:
    """Share of the decay that lies behind, 0 before it and 1 at its end."""
    if progress.decay_from is None:
        return 0.0
    if settings.decay_minutes:
        return min(1.0, progress.decay_seconds / (60 * settings.decay_minutes))
    if settings.decay_steps:
        return min(1.0, (progress.step - progress.decay_from) / settings.decay_steps)
    return 0.0


def rate_at(settings: Settings, progress: Progress) -> float:
    """Learning rate of the next step: linear warmup, constant, linear decay to zero."""
    warmup = min(1.0, (progress.step + 1) / settings.warmup_steps)
    return settings.rate * warmup * (1.0 - decay_done(settings, progress))


class Meter:
    """Collects the figures of an interval of steps and logs them."""

    def __init__(self, progress: Progress, *, every: int = 50) -> None:
        self.progress, self.every = progress, every
        self.restart()

    def restart(self) -> None:
        """Begin a new interval."""
        self.losses: list[Any] = []
        self.rights: list[Any] = []
        self.began, self.pairs = time.monotonic(), self.progress.pairs

    def add(self, loss: Any, right: Any, rate: float) -> None:
        """Count one step; after `every` steps add a record to the curve and log it.

        Loss and share of right answers are read only then, so that a GPU is not waited for.
        """
        self.losses.append(loss)
        self.rights.append(right)
        if len(self.losses) < self.every:
            return
        seconds = time.monotonic() - self.began
        record = {
            "step": self.progress.step,
            "pairs": self.progress.pairs,
            "loss": round(float(sum(self.losses)) / len(self.losses), 4),
            "train_accuracy": round(float(sum(self.rights)) / len(self.rights), 4),
            "rate": rate,
            "pairs_per_s": round((self.progress.pairs - self.pairs) / seconds, 1),
        }
        self.progress.curve.append(record)
        log.info(json.dumps(record))
        self.restart()
