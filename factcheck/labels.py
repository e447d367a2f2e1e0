"""The one table between factcheck's labels and other vocabularies."""

from __future__ import annotations

import re

from factcheck.nearest import unknown_name_hint
from factcheck.records import Label

# FEVER and VitaminC, SciFact, Climate-FEVER, AVeriTeC, HealthVer, COVID-Fact, NLI, MultiFC-like.
_NAMES: dict[Label, tuple[str, ...]] = {
    Label.SUPPORTED: (
        "supported",
        "supports",
        "support",
        "entailment",
        "entailed",
        "entails",
        "true",
        "correct",
        "yes",
    ),
    Label.CONTESTED: (
        "contested",
        "refutes",
        "refuted",
        "refute",
        "contradiction",
        "contradict",
        "contradicts",
        "contradicted",
        "contradictory",
        "disputed",
        "false",
        "incorrect",
        "conflicting evidence",
        "conflicting evidence/cherrypicking",
        "no",
    ),
    Label.UNSUPPORTED: (
        "unsupported",
        "nei",
        "not enough info",
        "not enough information",
        "not enough evidence",
        "notenoughinfo",
        "not enough",
        "insufficient evidence",
        "unverifiable",
        "neutral",
        "neither",
        "unknown",
        "unproven",
        "insufficient",
    ),
}
_TABLE = {name: label for label, names in _NAMES.items() for name in names}


def known_names() -> tuple[str, ...]:
    """Every label name of every vocabulary, sorted."""
    return tuple(sorted(_TABLE))


def label_of(name: object) -> Label:
    """The label that a name of another vocabulary stands for.

    Raises:
        ValueError: no such name; the message says which is nearest.
    """
    key = re.sub(r"[\s_-]+", " ", str(name)).strip().lower()
    label = _TABLE.get(key)
    if label is None:
        raise ValueError(f"unknown label {name!r}; {unknown_name_hint(key, _TABLE)}")
    return label
