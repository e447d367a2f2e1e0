from __future__ import annotations

import json
import random
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from training import contrast
from training.contrast import (
    ContrastSet,
    longer_pairs,
    plain_pairs,
    read_contrast_sets,
    window_pairs,
)

HARBOUR = ContrastSet(
    field="news",
    title="Harbour board",
    passages=("The board voted to dredge.", "The board put off its vote."),
    claims=(("Dredging was agreed.", "SR"), ("The board met on Monday.", "NN")),
    held_out=False,
)
MUSEUM = ContrastSet(
    field="news",
    title="",
    passages=("The museum reopened in May.", "The museum stays shut until May."),
    claims=(("The museum is open again.", "SR"),),
    held_out=False,
)


def labels(pairs: list) -> Counter:
    return Counter((pair.claim, pair.evidence, pair.label) for pair in pairs)


def test_a_claim_stands_beside_every_version_with_the_label_of_its_letter():
    assert labels(plain_pairs([HARBOUR], random.Random(1), title_share=1.0)) == Counter(
        {
            ("Dredging was agreed.", "Harbour board. The board voted to dredge.", "SUPPORTS"): 1,
            ("Dredging was agreed.", "Harbour board. The board put off its vote.", "REFUTES"): 1,
            ("The board met on Monday.", "Harbour board. The board voted to dredge.", "NEI"): 1,
            ("The board met on Monday.", "Harbour board. The board put off its vote.", "NEI"): 1,
        }
    )


def test_a_set_without_title_is_read_bare():
    assert MUSEUM.evidence(0, titled=True) == "The museum reopened in May."


PAGE = ContrastSet(
    field="wiki_pages",
    title="Emma Reed",
    passages=("She was born in Kent.", "She acted in Hope.", "She moved to Rome.", "She sang."),
    claims=(("Emma Reed is from Kent.", "SNNN"), ("Emma Reed lives in Kent.", "NNRN")),
    held_out=False,
)


def test_sentences_of_a_page_keep_its_name_and_are_read_together():
    rng = random.Random(5)
    alone = list(plain_pairs([PAGE], rng, title_share=0.0))
    together = [pair for _ in range(40) for pair in window_pairs([PAGE, HARBOUR], rng)]
    assert {pair.claim for pair in together} == {claim for claim, _ in PAGE.claims}
    assert {pair.label for pair in together} == {"SUPPORTS", "REFUTES", "NEI"}
    for pair in (*alone, *together):
        assert pair.evidence.startswith("Emma Reed. ")
    for pair in together:
        held = [i for i, text in enumerate(PAGE.passages) if text in pair.evidence]
        assert held == list(range(held[0], held[-1] + 1)) and 2 <= len(held) <= 3
        told = {dict(PAGE.claims)[pair.claim][i] for i in held} - {"N"}
        assert pair.label == contrast.LABEL_OF_LETTER[told.pop() if told else "N"]


def test_a_claim_that_two_sentences_of_a_page_settle_differently_is_left_out():
    torn = replace(PAGE, passages=PAGE.passages[:2], claims=(("It is so.", "SR"),))
    assert list(window_pairs([torn], random.Random(1))) == []


def test_pairs_that_settle_nothing_are_cut_to_their_share():
    pairs = list(plain_pairs([PAGE] * 100, random.Random(1), title_share=0.0))
    kept = contrast.cap_nei(pairs, random.Random(2), 0.4)
    assert sum(pair.label != "NEI" for pair in kept) == 200
    assert 0.33 < sum(pair.label == "NEI" for pair in kept) / len(kept) < 0.47
    assert contrast.cap_nei(pairs, random.Random(2), 1.0) == pairs


def test_an_unrelated_passage_beside_the_evidence_leaves_the_label():
    pairs = longer_pairs([HARBOUR, MUSEUM], random.Random(3), share=1.0, title_share=0.0)
    assert pairs
    own = {item.claims[0][0]: item for item in (HARBOUR, MUSEUM)}
    for pair in pairs:
        item = own.get(pair.claim, HARBOUR)
        other = MUSEUM if item is HARBOUR else HARBOUR
        assert any(text in pair.evidence for text in item.passages)
        assert any(text in pair.evidence for text in other.passages)
        place = next(i for i, text in enumerate(item.passages) if text in pair.evidence)
        letters = dict(item.claims)[pair.claim]
        assert pair.label == contrast.LABEL_OF_LETTER[letters[place]]


def test_near_passages_are_of_other_sets_and_settle_nothing():
    pytest.importorskip("bm25s")
    pairs = list(
        contrast.near_pairs([HARBOUR, MUSEUM], random.Random(2), share=1.0, title_share=0.0)
    )
    assert [pair.claim for pair in pairs] == [
        "Dredging was agreed.",
        "The board met on Monday.",
        "The museum is open again.",
    ]
    for pair in pairs:
        other = MUSEUM if pair.claim != "The museum is open again." else HARBOUR
        assert pair.label == "NEI" and pair.evidence in other.passages


def test_general_statements_get_no_near_passages():
    pytest.importorskip("bm25s")
    general = replace(MUSEUM, field="climate_claims")
    pairs = contrast.near_pairs([HARBOUR, general], random.Random(2), share=1.0, title_share=0.0)
    assert {pair.claim for pair in pairs} == {claim for claim, _ in HARBOUR.claims}


def test_a_letter_too_few_names_file_and_line(tmp_path: Path):
    row = {"title": "", "passages": ["One.", "Two."], "claims": [["It is one.", "S"]]}
    (tmp_path / "news.jsonl").write_text(json.dumps(row) + "\n")
    with pytest.raises(ValueError, match=r"news\.jsonl:1: 'S' does not fit 2 passages"):
        read_contrast_sets(tmp_path)


def test_the_projects_own_sets_are_well_formed_and_claims_do_not_give_labels_away():
    sets = read_contrast_sets()
    assert len(sets) > 500
    held_out = sum(item.held_out for item in sets) / len(sets)
    assert 0.08 < held_out < 0.17
    claims = [letters for item in sets for _, letters in item.claims]
    turning = sum(len(set(letters)) > 1 for letters in claims) / len(claims)
    assert turning > 0.85
    # Most sentences of a page settle nothing for a claim.
    for paged, most in ((False, 0.5), (True, 0.9)):
        of_kind = [item for item in sets if item.paged is paged]
        shares = Counter(c for item in of_kind for _, letters in item.claims for c in letters)
        assert shares["N"] / shares.total() < most
        assert 0.6 < shares["R"] / shares["S"] < 1.6
