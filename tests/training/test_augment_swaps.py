from __future__ import annotations

import random
from collections import Counter

import pytest

from training.augment import swaps
from training.pairs import Pair

OFTEN = 60


def all_of(rule, claim: str, evidence: str, label: str = "SUPPORTS") -> set[tuple[str, str, str]]:
    """Every pair that a rule makes of one pair in many draws: (claim, label, source)."""
    pair = Pair(evidence=evidence, claim=claim, label=label, source="x")
    made = [rule(pair, random.Random(seed)) for seed in range(OFTEN)]
    return {(p.claim, p.label, p.source) for p in made if p is not None}


def test_names_are_exchanged_or_kept():
    made = all_of(
        swaps.swap_names,
        "Ostland recognised Veria in 2008.",
        "In 2008 Ostland gave its recognition to Veria.",
    )
    assert made == {
        ("Veria recognised Ostland in 2008.", "REFUTES", "names_swapped"),
        ("Ostland recognised Veria in 2008.", "SUPPORTS", "names_kept"),
    }


@pytest.mark.parametrize(
    ("rule", "evidence", "claim", "turned"),
    [
        (
            swaps.swap_nouns,
            "The company has sued the regulator.",
            "The regulator is sued by the company.",
            "The company is sued by the regulator.",
        ),
        (
            swaps.swap_numbers,
            "The fare was 2 euros and is 3 euros now.",
            "The fare rose from 2 euros to 3 euros.",
            "The fare rose from 3 euros to 2 euros.",
        ),
    ],
)
def test_things_with_an_article_and_figures_of_one_kind_are_exchanged(
    rule, evidence: str, claim: str, turned: str
):
    assert turned in {
        text for text, label, _ in all_of(rule, claim, evidence) if label != "SUPPORTS"
    }


@pytest.mark.parametrize(
    ("claim", "evidence"),
    [
        ("Ostland and Veria signed in 2008.", "Ostland and Veria signed in 2008."),
        ("Ostland signed a treaty with Veria.", "Ostland signed with Veria."),
        ("Anna Kos married Peter Lind.", "Anna Kos married Peter Lind."),
        ("Ostland recognised Veria.", "Ostland recognised its neighbour."),
        ("Ostland recognised Ostland.", "Ostland recognised Ostland."),
        ("Kos is an Ostland novelist.", "Kos, a novelist, is from Ostland."),
    ],
)
def test_what_holds_both_ways_or_names_one_thing_is_left_alone(claim: str, evidence: str):
    assert not all_of(swaps.swap_names, claim, evidence)


@pytest.mark.parametrize("label", ["REFUTES", "NEI"])
def test_only_supported_claims_are_turned_round(label: str):
    evidence = "Ostland gave its recognition to Veria."
    assert not all_of(swaps.swap_names, "Ostland recognised Veria.", evidence, label)


def test_the_order_of_the_evidence_tells_no_label():
    """A claim that turns the order round is taken more often, since there are fewer of them."""
    rng = random.Random(1)
    counts: Counter[bool] = Counter()
    for evidence in ("Ostland recognised Veria.", "Veria was recognised by Ostland."):
        pair = Pair(
            evidence=evidence, claim="Ostland recognised Veria.", label="SUPPORTS", source="x"
        )
        made = [swaps.swap_names(pair, rng) for _ in range(400)]
        counts[evidence.startswith("Veria")] += sum(p is not None for p in made)
    assert counts[True] == 400
    assert 80 < counts[False] < 200
