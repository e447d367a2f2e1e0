"""The nearest known name, for messages about a misspelt one."""

from __future__ import annotations

import difflib
from collections.abc import Iterable


def did_you_mean(name: str, known: Iterable[str]) -> str | None:
    """The known name that a user most likely meant, or None when nothing is close."""
    close = difflib.get_close_matches(name.lower(), sorted(known), n=1, cutoff=0.6)
    return close[0] if close else None


def unknown_name_hint(name: str, known: Iterable[str]) -> str:
    """What to do about an unknown name: the nearest one, or the list of all."""
    names = sorted(known)
    nearest = did_you_mean(name, names)
    if nearest is not None:
        return f"did you mean `{nearest}`?"
    return "known: " + ", ".join(names)
