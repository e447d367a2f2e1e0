from __future__ import annotations

import random

import pytest

from training.augment import frames, logic
from training.pairs import Pair

PAIR = Pair(
    evidence="The council adopted the plan for the northern quarter in May.",
    claim="The council adopted the plan.",
    label="SUPPORTS",
    source="test",
)


def made(rule, pair: Pair = PAIR, times: int = 400) -> list[Pair]:
    rng = random.Random(5)
    return [new for new in (rule(pair, rng) for _ in range(times)) if new is not None]


def test_attributed_evidence_keeps_its_label_and_doubted_evidence_settles_nothing():
    for pair in made(frames.frame_evidence):
        if any(pair.evidence.startswith(doubt) for doubt in (*frames.UNCERTAIN, "If ")):
            assert pair.label == "NEI", pair.evidence
        elif any(f" {verb} that" in pair.evidence for verb in frames.DENYING):
            assert pair.label == "REFUTES", pair.evidence
        else:
            assert pair.label == "SUPPORTS", pair.evidence


def test_a_frame_around_a_claim_occurs_with_every_label():
    labels = {}
    for pair in made(frames.frame_claim):
        verb = next((v for v in frames.SAYING[:4] if f" {v} that" in pair.claim), "denied")
        labels.setdefault(verb, set()).add(pair.label)
    assert all(found == {"SUPPORTS", "REFUTES", "NEI"} for found in labels.values()), labels


def test_an_unattributed_sentence_does_not_say_who_said_it():
    unattributed = [p for p in made(frames.frame_claim) if p.evidence == PAIR.evidence]
    assert unattributed and {pair.label for pair in unattributed} == {"NEI"}


def test_what_is_alleged_is_supported_by_the_allegation_only():
    for pair in made(frames.frame_both):
        sure = [text.startswith(frames.CERTAIN) for text in (pair.claim, pair.evidence)]
        assert pair.label == ("NEI" if sure == [True, False] else "SUPPORTS")


@pytest.mark.parametrize(
    ("claim", "negated"),
    [
        ("Ada Holm is a sculptor.", "Ada Holm is not a sculptor."),
        ("Ada Holm is not a sculptor.", "Ada Holm is a sculptor."),
        ("The film has been sold.", "The film has not been sold."),
        ("Ada Holm directed a film.", "Ada Holm did not direct a film."),
        ("Ada Holm did not direct a film.", "Ada Holm directed a film."),
    ],
)
def test_negation_goes_in_and_out(claim: str, negated: str):
    assert logic.negate(claim) == negated


@pytest.mark.parametrize(
    "claim",
    [
        "All of the towns are safe.",
        "Ada Holm is only a sculptor.",
        "Ada Holm is a sculptor and a poet.",
        "There is a town called Vik.",
        "Ada Holm was unable to sing.",
    ],
)
def test_negation_leaves_claims_with_unclear_scope(claim: str):
    assert logic.negate(claim) is None


@pytest.mark.parametrize(
    ("label", "expected"), [("SUPPORTS", "REFUTES"), ("REFUTES", "SUPPORTS"), ("NEI", "NEI")]
)
def test_negation_swaps_support_and_refutation(label: str, expected: str):
    pair = Pair(evidence="E.", claim="Ada Holm is a sculptor.", label=label, source="test")
    assert made(logic.negate_claim, pair, 1)[0].label == expected


def test_only_what_was_done_supports_that_it_was_done():
    pair = Pair(evidence="E.", claim="Ada Holm directed a film.", label="NEI", source="test")
    for new in made(logic.implicative, pair):
        if new.claim != pair.claim:
            continue
        said = new.evidence.removeprefix("Ada Holm ")
        expected = (
            "SUPPORTS" if said.startswith(logic.DONE)
            else "REFUTES" if said.startswith(logic.NOT_DONE)
            else "NEI"
        )  # fmt: skip
        # "did not" begins like "did".
        if said.startswith("did not"):
            expected = "REFUTES"
        assert new.label == expected, new


def test_swapped_roles_refute_and_the_active_form_does_not():
    pair = Pair(
        evidence="Vik Hall was designed by Ada Holm.",
        claim="Vik Hall was designed by Ada Holm.",
        label="SUPPORTS",
        source="test",
    )
    assert {(new.claim, new.label) for new in made(logic.swap_roles, pair)} == {
        ("Ada Holm designed Vik Hall.", "SUPPORTS"),
        ("Vik Hall designed Ada Holm.", "REFUTES"),
        ("Ada Holm was designed by Vik Hall.", "REFUTES"),
    }


def test_a_conjunction_needs_evidence_for_both_parts():
    second = Pair(
        evidence="Vik has a population of 900 farmers.",
        claim="Vik is inhabited by 900 farmers.",
        label="SUPPORTS",
        source="test",
    )
    rng = random.Random(2)
    for _ in range(100):
        new = logic.join_claims(PAIR, second, rng)
        assert new is not None
        both = second.evidence in new.evidence and PAIR.evidence in new.evidence
        assert new.label == ("SUPPORTS" if both else "NEI")


def test_cut_evidence_supports_only_after_all_that_is_asked():
    pair = Pair(
        evidence="After a long debate in the old hall the council adopted the plan and then "
        "everybody went home to sleep.",
        claim="The council adopted the plan.",
        label="SUPPORTS",
        source="test",
    )
    labels = set()
    for new in made(logic.cut_evidence, pair):
        labels.add(new.label)
        assert ("adopted the plan" in new.evidence) == (new.label == "SUPPORTS"), new.evidence
    assert labels == {"SUPPORTS", "NEI"}
