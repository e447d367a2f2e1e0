"""A cause that the passage doubts or leaves open, and ranks of a narrower circle."""

from __future__ import annotations

import pytest

from factcheck.checks import check_pair, pair_features, read_claim, read_passage
from factcheck.checks.modality import weaker_findings
from factcheck.records import Finding, Stance


def found_of(claim: str, passage: str) -> list[tuple[str, Finding]]:
    ours, theirs = read_claim(claim), read_passage(passage)
    found = weaker_findings(ours, theirs)
    assert {finding for _, finding in found} <= set(check_pair(ours, theirs))
    return list(found)


@pytest.mark.parametrize(
    ("claim", "passage"),
    [
        ("The tax led to lower sales of soda.",
         "Sales of soda are lower since the tax; whether the tax did it the office cannot say."),
        ("Dust caused the cough of the miners.",
         "Dust was measured, the miners cough; there is no evidence that one explains the other."),
        ("Because of the noise, the owls left the wood.",
         "The owls left the wood. The noise had nothing to do with it."),
        ("Tea causes heartburn.", "Tea was associated with heartburn in the survey."),
        ("Chewing gum prevents headaches.", "Chewing gum went with fewer headaches."),
    ],
)  # fmt: skip
def test_a_doubted_cause_weakens(claim: str, passage: str) -> None:
    ((kind, found),) = found_of(claim, passage)
    assert (kind, found.stance) == ("causal", Stance.NEUTRAL)
    assert found.strength >= 0.5


@pytest.mark.parametrize(
    ("claim", "passage"),
    [
        ("The tax led to lower sales of soda.", "Lower sales of soda were the result of the tax."),
        ("The storm caused the flood.", "After the storm came the flood."),
        ("Tea is linked to heartburn.", "Tea was associated with heartburn."),
        ("The vicar said that noise caused the loss.", "Whether noise did it is not known."),
        # A trial may speak of differences alone.
        ("The pill lowers fever.", "In a randomised trial the pill went with less fever."),
        # Another matter is doubted.
        ("The storm caused the flood.", "Whether the bank will pay for a new roof is unclear."),
    ],
)
def test_a_stated_or_implied_cause_does_not_weaken(claim: str, passage: str) -> None:
    assert [f for _, f in found_of(claim, passage) if f.strength >= 0.5] == []


def test_both_sides_without_a_word_of_cause_are_a_weak_sign() -> None:
    passage = "The festival was held in July. Rents in the town rose."
    ((_, found),) = found_of("The festival caused rents in the town in July.", passage)
    assert found.strength <= 0.3


@pytest.mark.parametrize(
    ("claim", "passage", "stance"),
    [
        ("Lake Orn is the deepest lake in Vell.", "Lake Orn is the third-deepest lake in Vell.",
         Stance.REFUTES),
        ("Lake Orn is the largest lake in Vell.", "Lake Orn is the second biggest lake in Vell.",
         Stance.REFUTES),
        ("Lake Orn is the deepest lake in Vell.", "Lake Orn is among the deepest lakes in Vell.",
         Stance.NEUTRAL),
        ("Ada Mund was the first mayor of Orn.", "Ada Mund was the first woman mayor of Orn.",
         Stance.NEUTRAL),
    ],
)  # fmt: skip
def test_a_lower_rank_or_a_narrower_circle(claim: str, passage: str, stance: Stance) -> None:
    ((kind, found),) = found_of(claim, passage)
    assert (kind, found.stance) == ("superlative", stance)


@pytest.mark.parametrize(
    ("claim", "passage"),
    [
        ("Lake Orn is the deepest lake in Vell.", "Lake Orn is the deepest lake in Vell."),
        ("Lake Orn is the deepest lake in Vell.",
         "Lake Orn is the deepest lake in Vell and the second deepest on the island."),
        ("Lake Orn is the second deepest lake.", "Lake Orn is the second deepest lake."),
        ("Ada Mund was the first woman to be mayor.", "Ada Mund was the first female mayor."),
        ("It was the first win of Orn in the cup.", "She was the first woman to win it in Orn."),
        # Somebody else's rank.
        ("Lake Orn is the deepest lake in Vell.", "The second deepest lake in Vell is Lake Tarn."),
    ],
)  # fmt: skip
def test_the_same_rank_or_another_matter(claim: str, passage: str) -> None:
    assert found_of(claim, passage) == []


@pytest.mark.parametrize(
    ("claim", "passage", "name"),
    [
        ("The council closed the pool.", "The council will close the pool.", "planned"),
        ("The clerk stole it.", "The clerk allegedly stole it.", "alleged"),
        ("The drug reduces pain.", "The drug may reduce pain.", "uncertain"),
        ("Tea causes heartburn.", "Tea is associated with heartburn.", "causal"),
        ("The oak is the oldest tree.", "The oak is one of the oldest trees.", "superlative"),
    ],
)
def test_every_kind_has_a_feature_of_its_own(claim: str, passage: str, name: str) -> None:
    ours, theirs = read_claim(claim), read_passage(passage)
    values = pair_features(ours, theirs, check_pair(ours, theirs))
    kinds = ("planned", "alleged", "uncertain", "causal", "superlative")
    assert [kind for kind in kinds if values[kind] > 0] == [name]
