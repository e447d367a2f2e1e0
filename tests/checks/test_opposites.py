from __future__ import annotations

import pytest

from factcheck.checks import read_claim, read_passage
from factcheck.checks.grammar.tokens import concept, stem
from factcheck.checks.statements.opposites import compare_opposites, opposites
from factcheck.records import Finding, Stance


def compare(claim: str, passage: str) -> Finding | None:
    return compare_opposites(read_claim(claim), read_passage(passage))


@pytest.mark.parametrize(
    ("claim", "passage", "ours", "theirs"),
    [
        (
            "Aspirin increased mortality among the patients.",
            "In the trial aspirin reduced mortality among patients over sixty.",
            "increased", "reduced",
        ),
        (
            "The protein facilitates entry of the virus into lung cells.",
            "We show that the protein blocks entry of the virus into lung cells.",
            "facilitates", "blocks",
        ),
        (
            "The council found the tender legal.",
            "The council found the tender illegal and cancelled it.",
            "legal", "illegal",
        ),
        (
            "Senator Marsh voted for the dam.",
            "Senator Marsh voted against the dam.",
            "for", "against",
        ),
        (
            "The ferry carried more passengers in May.",
            "The ferry carried fewer passengers in May.",
            "more", "fewer",
        ),
        (
            "The jury acquitted the banker.",
            "The jury convicted the banker on Monday.",
            "acquitted", "convicted",
        ),
    ],
)  # fmt: skip
def test_an_opposite_in_the_same_company_refutes(claim, passage, ours, theirs):
    finding = compare(claim, passage)
    assert finding is not None
    assert (finding.claim_text, finding.passage_text) == (ours, theirs)
    assert finding.stance is Stance.REFUTES
    assert finding.strength >= 0.4
    start, end = finding.passage_span
    assert passage[start:end] == theirs


@pytest.mark.parametrize(
    ("claim", "passage"),
    [
        # the claim's own word is there too
        (
            "Exports increased in May.",
            "Exports increased in May after they had decreased in April.",
        ),
        # negated on one side
        ("Aspirin did not increase mortality.", "Aspirin reduced mortality."),
        ("Aspirin reduced mortality.", "Aspirin did not increase mortality."),
        # another matter stands beside the opposite
        (
            "Wages rose in the port of Varn.",
            "In the port of Varn a crane fell on a quay, wages or not.",
        ),
        # both words of the pair in the claim
        ("Imports and exports grew.", "Exports grew."),
        # one deal told from two sides
        ("The abbey bought the mill.", "The town sold the mill to the abbey."),
        # a defeat is the other side's victory
        ("Varn beat Holm in the final.", "Varn won the final against Holm."),
        # one of the two words is about another noun
        ("The ferry carried more passengers.", "The ferry carried passengers on fewer days."),
        # two dates of one life are no contradiction
        ("Ada Holm died in 1947.", "Ada Holm, born in 1875, lived in Varn."),
    ],
)
def test_it_stays_silent(claim, passage):
    assert compare(claim, passage) is None


def test_other_subjects_and_crossed_sides_are_weak():
    crossed = compare("Varn lost to Holm.", "Holm won against Varn.")
    assert crossed is None or crossed.strength < 0.5
    other = compare("Wages rose in the valley.", "Rents fell in the valley while wages stood.")
    assert other is None or other.strength < 0.5


def test_every_pair_counts_both_ways():
    table = opposites()
    assert len(table) > 1000
    for word, others in table.items():
        assert word not in others
        for other in others:
            assert word in table[other]
    assert concept(stem("unsafe")) in table[concept(stem("safe"))]
