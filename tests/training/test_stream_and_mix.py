from __future__ import annotations

import random
from pathlib import Path

import numpy as np
import pytest

from training import fever, mix
from training.augment.rules import RULES, apply_rule, conjunction_pairs, other_passages
from training.mix import balance_labels, build_mix, repeat_to, write_mix
from training.pairs import LABELS, Pair, locate_shared
from training.stream import Mix, plan_steps


def test_every_pair_comes_once_in_batches_of_one_length():
    lengths = np.asarray([random.Random(i).randrange(10, 30) for i in range(500)])
    plan = list(plan_steps(lengths, seed="1", batch=32, micro=8, chunk=128))
    assert sorted(p for step in plan for piece in step for p in piece) == list(range(500))
    for step in plan:
        for piece in step:
            assert len({int(lengths[position]) for position in piece}) == 1
            assert len(piece) <= 8


def test_the_plan_depends_on_the_seed_alone():
    lengths = np.arange(300) % 17
    arguments = {"batch": 16, "micro": 4, "chunk": 100}
    first = list(plan_steps(lengths, seed="1", **arguments))
    assert first == list(plan_steps(lengths, seed="1", **arguments))
    assert first != list(plan_steps(lengths, seed="2", **arguments))


@pytest.mark.parametrize(
    ("claim", "name"),
    [
        ("Ada Holm wrote a book.", "Ada Holm"),
        ("The Tower of Vik burned.", "The Tower of Vik"),
        ("There is a town called Vik.", None),
        ("In 1987 it burned.", None),
        ("Ada Holm's book burned.", "Ada Holm"),
    ],
)
def test_leading_name(claim: str, name: str | None):
    assert fever.leading_name(claim) == name


ROWS = [
    {
        "claim": "Ada Holm wrote three novels.",
        "label": "SUPPORTS",
        "evidence_sentences": ["She wrote three novels and a play."],
    },
    {
        "claim": "Ada Holm grew up in Vik near the sea.",
        "label": "REFUTES",
        "evidence_sentences": ["Her childhood was spent inland, in the valley of Dal."],
    },
    {
        "claim": "Vik has a lighthouse built by monks.",
        "label": "SUPPORTS",
        "evidence_sentences": ["The lighthouse of Vik was built by monks."],
    },
] * 4


def test_titles_belong_to_sentences_and_not_to_claims():
    pool = fever.build_pool(ROWS)
    position = pool.positions["She wrote three novels and a play."]
    assert pool.titles[position] == "Ada Holm"
    text = fever.render(pool, [position], with_titles=True)
    assert text == "Ada Holm. She wrote three novels and a play."


def test_hard_negatives_hold_no_gold_sentence():
    pytest.importorskip("bm25s", reason="retrieval for training needs bm25s")
    pool = fever.build_pool(ROWS)
    gold = {row["claim"]: row["evidence_sentences"] for row in ROWS}
    made = list(fever.nongold_pairs(ROWS, pool, random.Random(1)))
    assert made
    for pair in made:
        assert pair.label == "NEI"
        assert not any(sentence in pair.evidence for sentence in gold[pair.claim])


def test_quotas_are_kept_and_nothing_is_made_twice():
    pairs = [
        Pair(evidence="E.", claim=f"Ada Holm is a {i} sculptor.", label=label, source="t")
        for i in range(20)
        for label in LABELS
    ]
    made = apply_rule(RULES["negation"], pairs, {"SUPPORTS": 5, "REFUTES": 3}, random.Random(1))
    assert sorted(pair.label for pair in made) == ["REFUTES"] * 3 + ["SUPPORTS"] * 5
    assert len({pair.claim + pair.label for pair in made}) == 8


def test_conjunctions_fill_quotas_from_claims_about_one_name():
    pairs = [
        Pair(evidence="Ada Holm carves marble lions.", claim="Ada Holm carves lions of marble.",
             label="SUPPORTS", source="t"),
        Pair(evidence="Holm cycled across Norway.", claim="Ada Holm cycled through Norway.",
             label="SUPPORTS", source="t"),
    ]  # fmt: skip
    made = conjunction_pairs(pairs, {"SUPPORTS": 2, "NEI": 2}, random.Random(1))
    assert sorted(pair.label for pair in made) == ["NEI", "NEI", "SUPPORTS", "SUPPORTS"]


def test_other_passages_share_the_page_and_not_the_words():
    rows = [
        {"page": "Vik", "claim": "Vik has a lighthouse built by monks.", "evidence": "A."},
        {"page": "Vik", "claim": "Vik is cold.", "evidence": "Fishing feeds the village."},
        {"page": "Dal", "claim": "Dal is warm.", "evidence": "Other page."},
    ]
    made = other_passages(rows, 10, random.Random(1))
    assert {pair.evidence for pair in made} <= {"A.", "Fishing feeds the village."}
    assert {pair.label for pair in made} == {"NEI"}


def test_labels_are_cut_to_the_smallest():
    pairs = [Pair(evidence="E", claim=str(i), label=LABELS[i % 4 % 3], source="t")
             for i in range(40)]  # fmt: skip
    cut = balance_labels(pairs, random.Random(1))
    assert [sum(pair.label == label for pair in cut) for label in LABELS] == [10, 10, 10]


def test_repetition_goes_through_everything_before_it_draws():
    drawn = repeat_to([1, 2, 3], 7, random.Random(1))
    assert len(drawn) == 7
    assert all(drawn.count(item) >= 2 for item in (1, 2, 3))


def test_a_written_mix_reads_back_with_only_evidence_cut(tmp_path: Path, tokenizer_file: Path):
    pairs = [
        Pair(evidence="a b c d e f g h", claim="i j", label="REFUTES", source="x"),
        Pair(evidence="a", claim="b c", label="NEI", source="y"),
    ]
    write_mix(pairs, tokenizer_file, tmp_path / "mix", max_tokens=10)
    read = Mix(tmp_path / "mix")
    assert len(read) == 2
    long = read.gather([0])
    assert long.ids.tolist() == [[1, 4, 5, 6, 7, 8, 2, 12, 13, 2]]
    assert long.types.tolist() == [[0, 0, 0, 0, 0, 0, 0, 1, 1, 1]]
    assert (long.labels.tolist(), read.sources[long.sources[0]]) == ([1], "x")
    assert read.gather([1]).labels.tolist() == [2]


def test_the_shipped_recipe_builds_the_same_balanced_mix_twice():
    import yaml

    shared = locate_shared()
    if not (shared / "data" / "train").is_dir():
        pytest.skip("the training data is not here; set FACTCHECK_SHARED to its folder")
    recipe = yaml.safe_load(Path(mix.__file__).with_name("recipe.yaml").read_text(encoding="utf-8"))
    # Small enough for a test: no retrieval, a few files, a few rules.
    recipe["files"] = {"snli": 300, "mnli": 300}
    del recipe["fever"], recipe["augment"]
    first, second = (build_mix(shared, recipe) for _ in range(2))
    assert first == second
    counts = {label: sum(pair.label == label for pair in first) for label in LABELS}
    assert len(set(counts.values())) == 1 and len(first) > 300
