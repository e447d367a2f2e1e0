from __future__ import annotations

import random
from pathlib import Path

import pytest

from training.augment import words
from training.augment.wordnet import WordNet
from training.pairs import Pair

# A WordNet of five meanings in the layout of its database files (wndb): vehicles and two verbs.
NOUNS = [
    "00000100 06 n 01 vehicle 0 002 ~ 00000200 n 0000 ~ 00000300 n 0000 | a thing that carries",
    "00000200 06 n 02 ferry 0 ferryboat 0 001 @ 00000100 n 0000 | a boat that crosses",
    "00000300 06 n 01 tram 0 001 @ 00000100 n 0000 | a car on rails",
]
VERBS = [
    "00000400 30 v 02 widen 0 broaden 0 001 ! 00000500 v 0101 01 + 08 00 | make wider",
    "00000500 30 v 01 narrow 0 001 ! 00000400 v 0101 01 + 08 00 | make narrower",
]


@pytest.fixture(autouse=True)
def wordnet(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> WordNet:
    index = {
        "noun": [
            "vehicle n 1 1 ~ 1 1 00000100",
            "ferry n 1 1 @ 1 1 00000200",
            "ferryboat n 1 1 @ 1 0 00000200",
            "tram n 1 1 @ 1 1 00000300",
        ],
        "verb": [
            "widen v 1 1 ! 1 1 00000400",
            "broaden v 1 1 ! 1 1 00000400",
            "narrow v 1 1 ! 1 1 00000500",
        ],
    }
    data = {"noun": NOUNS, "verb": VERBS}
    for part in ("noun", "verb", "adj", "adv"):
        for kind, table in (("index", index), ("data", data)):
            (tmp_path / f"{kind}.{part}").write_text(
                "  1 a line of the licence\n" + "".join(f"{x}\n" for x in table.get(part, [])),
                "utf-8",
            )
        (tmp_path / f"{part}.exc").write_text("", "utf-8")
    net = WordNet(tmp_path)
    monkeypatch.setattr(words, "open_wordnet", lambda: net)
    return net


def pair(claim: str, label: str = "SUPPORTS") -> Pair:
    evidence = "The town widened the road to the ferry in 2003."
    return Pair(evidence=evidence, claim=claim, label=label, source="x")


def test_an_opposite_keeps_the_form_and_refutes():
    fresh = words.opposite(pair("The road was widened in 2003."), random.Random(1))
    assert fresh is not None
    assert (fresh.claim, fresh.label) == ("The road was narrowed in 2003.", "REFUTES")


def test_no_opposite_is_made_where_the_scope_is_unclear_or_the_claim_not_supported():
    rng = random.Random(1)
    assert words.opposite(pair("The road was not widened in 2003."), rng) is None
    assert words.opposite(pair("The road was widened in 2003.", "NEI"), rng) is None


@pytest.mark.parametrize("label", ["SUPPORTS", "REFUTES", "NEI"])
def test_a_synonym_keeps_the_label(label: str):
    fresh = words.synonym(pair("The road was widened in 2003.", label), random.Random(1))
    assert fresh is not None
    assert (fresh.claim, fresh.label) == ("The road was broadened in 2003.", label)


def test_a_rare_synonym_is_not_used():
    assert words.synonym(pair("The road leads to a ferry."), random.Random(1)) is None


def test_another_thing_of_the_same_kind_refutes():
    fresh = words.sister(pair("A road leads to a ferry."), random.Random(1))
    assert fresh is not None
    assert (fresh.claim, fresh.label) == ("A road leads to a tram.", "REFUTES")


def test_a_word_that_the_evidence_does_not_hold_is_left_alone():
    assert words.sister(pair("A road leads to a tram."), random.Random(1)) is None
