from __future__ import annotations

import pytest

from factcheck.checks.found import Stretch, make_finding
from factcheck.records import Outcome, Stance


@pytest.mark.parametrize(("strength", "kept"), [(-0.2, 0.0), (0.12345, 0.123), (1.7, 1.0)])
def test_strength_is_cut_and_rounded(strength: float, kept: float) -> None:
    found = make_finding("date", Outcome.DIFFERENT, Stance.REFUTES, strength, "why", ours="2008")

    assert found.strength == kept


def test_a_stretch_has_a_place_and_a_bare_text_has_none() -> None:
    found = make_finding(
        "date", Outcome.EQUAL, None, 1.0, "why", ours=Stretch(3, 7, "2008"), theirs="then"
    )

    assert (found.claim_text, found.claim_span) == ("2008", (3, 7))
    assert (found.passage_text, found.passage_span) == ("then", None)
