"""What a check found, put into a record."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from factcheck.records import Finding, Outcome, Stance


class Surface(Protocol):
    """A stretch of a text: token, name, quantity, date."""

    @property
    def start(self) -> int: ...

    @property
    def end(self) -> int: ...

    @property
    def text(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of a text that is none of the things that checks read."""

    start: int
    end: int
    text: str


def make_finding(
    check: str,
    outcome: Outcome,
    stance: Stance | None,
    strength: float,
    message: str,
    *,
    ours: Surface | str,
    theirs: Surface | str = "",
) -> Finding:
    """A finding on what stands in claim and passage.

    Args:
        strength: cut to [0, 1] and rounded to three digits.
        ours, theirs: what it rests on in the claim and in the passage; a bare text has no place.
    """
    (claim_text, claim_span), (passage_text, passage_span) = _shown(ours), _shown(theirs)
    return Finding(
        check=check,
        outcome=outcome,
        claim_text=claim_text,
        passage_text=passage_text,
        message=message,
        claim_span=claim_span,
        passage_span=passage_span,
        stance=stance,
        strength=round(max(0.0, min(1.0, strength)), 3),
    )


def _shown(side: Surface | str) -> tuple[str, tuple[int, int] | None]:
    return (side, None) if isinstance(side, str) else (side.text, (side.start, side.end))
