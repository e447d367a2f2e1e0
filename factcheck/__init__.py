"""Scores quoted claims against a source base, offline, with the evidence attached.

    from factcheck import Index, load_claims, verify

    report = verify(load_claims("claims.yaml"), Index.open("corpus"))

Names are loaded when they are first used, so that importing the package costs nothing.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

if TYPE_CHECKING:
    from factcheck.claims import load_claims, read_claims
    from factcheck.config import Config, load_config
    from factcheck.errors import FactcheckError
    from factcheck.index.opened import Index
    from factcheck.pipeline import Models, load_models, verify
    from factcheck.records import (
        Claim,
        Evidence,
        Label,
        Passage,
        QuoteCheck,
        Report,
        Source,
        Stance,
        Verdict,
    )
    from factcheck.report.registry import render

_HOMES = {
    "Claim": "records",
    "Config": "config",
    "Evidence": "records",
    "FactcheckError": "errors",
    "Index": "index.opened",
    "Label": "records",
    "Models": "pipeline",
    "Passage": "records",
    "QuoteCheck": "records",
    "Report": "records",
    "Source": "records",
    "Stance": "records",
    "Verdict": "records",
    "load_claims": "claims",
    "load_config": "config",
    "load_models": "pipeline",
    "read_claims": "claims",
    "render": "report.registry",
    "verify": "pipeline",
}

__all__ = [
    "Claim",
    "Config",
    "Evidence",
    "FactcheckError",
    "Index",
    "Label",
    "Models",
    "Passage",
    "QuoteCheck",
    "Report",
    "Source",
    "Stance",
    "Verdict",
    "load_claims",
    "load_config",
    "load_models",
    "read_claims",
    "render",
    "verify",
]


def __getattr__(name: str) -> Any:
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module 'factcheck' has no attribute '{name}'")
    value = getattr(importlib.import_module(f"factcheck.{home}"), name)
    globals()[name] = value  # a submodule of the same name must not hide the function
    return value


def __dir__() -> list[str]:
    return sorted([*globals(), *_HOMES])
