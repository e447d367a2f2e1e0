"""A small town with a bridge and a tower: sources and claims for tests of the pipeline."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from factcheck.config import Config, default_config
from factcheck.index.opened import Index
from factcheck.pipeline import Models, verify
from factcheck.records import (
    Claim,
    Verdict,
)

UNSAVED = default_config().with_values({"cache": False})

BRIDGE = """\
---
title: Lindholm bridge opens
publisher: Lindholm Council
published: 2019-05-04
kind: primary
---

The bridge over the Arve in Lindholm was opened to traffic on 3 May 2019. Building it cost 42
million crowns. The mayor, Ida Berg, cut the ribbon.

"Nobody will miss the queue at the ferry's landing stage," said Ida Berg.
"""
POST = """\
---
title: No more waiting for the ferry
publisher: Lindholm Post
published: 2021-03-05
kind: secondary
---

Engineers inspected the crossing last week and found no damage. The toll for lorries rose to 30
crowns in January. Cyclists still pay nothing.
"""
TOWN = {"council/bridge.md": BRIDGE, "post.md": POST}
STATEMENTS = (
    "The bridge over the Arve in Lindholm was opened to traffic on 3 May 2019.",
    "Building the bridge cost 42 million crowns.",
    "Building the bridge cost 60 million crowns.",
    "The bridge over the Arve in Lindholm was opened to traffic in 2016.",
    "A comet was seen over the harbour of Zanzibar.",
)
QUOTED = "Nobody will miss the queue at the ferry's landing stage"


def town_claims() -> list[Claim]:
    claims = [Claim(id=f"s{n}", text=text) for n, text in enumerate(STATEMENTS)]
    return [*claims, Claim(id="q", text=QUOTED, quote=QUOTED, speaker="Ida Berg")]


def check(
    claims: Sequence[Claim], corpus: Path, models: Models, config: Config = UNSAVED
) -> dict[str, Verdict]:
    index = Index.open(corpus, encoder=models.encoder)
    report = verify(claims, index, models=models, config=config)
    index.close()
    return {verdict.claim.id: verdict for verdict in report.verdicts}


def outcome(verdict: Verdict) -> tuple[object, ...]:
    return (verdict.label, verdict.basis, verdict.origins_for, verdict.origins_against)


def outcomes(verdicts: dict[str, Verdict]) -> dict[str, tuple[object, ...]]:
    return {name: outcome(verdict) for name, verdict in verdicts.items()}


def paths(verdict: Verdict) -> set[str]:
    return {item.path for item in verdict.evidence}


VERSIONS = {
    "plan.md": "---\npublished: 2020-01-10\n---\n\nThe tower of Varde is 80 metres high.\n",
    "built.md": "---\npublished: 2022-06-01\n---\n\nThe tower of Varde is 95 metres high.\n",
    "rumour.md": "---\npublished: 2021-01-01\n---\n\nThe tower of Varde is 300 metres high.\n",
    "undated.txt": "The tower of Varde stands beside the river and has 400 steps.\n",
}
TOWER = Claim(id="tower", text="The tower of Varde is 95 metres high.")


def with_fair_thresholds(models: Models) -> Models:
    """The models with thresholds that a fair probability passes, whatever was fitted."""
    thresholds = {**models.judgement.thresholds, "supports": 0.5, "supported": 0.3}
    return replace(models, judgement=replace(models.judgement, thresholds=thresholds))
