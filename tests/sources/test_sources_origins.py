"""Which sources count as one witness, and which are in force on a day."""

from __future__ import annotations

import hashlib
import random
from dataclasses import replace
from datetime import date

from factcheck.records import Source
from factcheck.sources import find_origins, usable_sources


def source(identifier: str, text: str = "", **fields: object) -> Source:
    text = text or f"A text of its own about {identifier}."
    digest = hashlib.sha256(text.encode()).hexdigest()
    return Source(id=identifier, path=f"{identifier}.txt", text=text, sha256=digest, **fields)  # type: ignore[arg-type]


def prose(seed: int, words: int = 200) -> str:
    """Text that shares no run of words with that of another seed."""
    rng = random.Random(seed)
    vocabulary = [f"w{rng.randrange(10**6)}" for _ in range(300)]
    return " ".join(rng.choice(vocabulary) for _ in range(words)) + "."


def edited(text: str, seed: int, every: int) -> str:
    """The text with about every n-th word changed."""
    rng = random.Random(seed)
    changed = [f"e{rng.randrange(10**6)}" if rng.randrange(every) == 0 else w for w in text.split()]
    return " ".join(changed)


def test_copies_count_once_whatever_their_typography() -> None:
    story = "The minister said on Monday that 3,000 people marched. Vučić denied it. " + prose(1)
    copy = story.replace("said", "SAID").replace("Vučić", "Vucic").replace(". ", ".\n\n")
    origins = find_origins([source("b", copy), source("a", story), source("c", prose(2))])
    assert origins == {"a": "a", "b": "a", "c": "c"}


def test_edited_reprint_counts_once() -> None:
    story = prose(1)
    origins = find_origins([source("a", story), source("b", edited(story, 2, every=20))])
    assert origins == {"a": "a", "b": "a"}


def test_short_reprint_inside_a_longer_story_counts_once() -> None:
    wire = prose(1, 80)
    longer = prose(2, 300) + " " + wire + " " + prose(3, 300)
    assert find_origins([source("long", longer), source("wire", wire)]) == {
        "long": "long",
        "wire": "long",
    }


def test_quoting_a_sentence_is_no_copy() -> None:
    sentence = prose(1, 25)
    first = prose(2, 150) + " " + sentence + " " + prose(3, 100)
    second = prose(4, 150) + " " + sentence + " " + prose(5, 100)
    note = sentence
    origins = find_origins([source("a", first), source("b", second), source("c", note)])
    assert origins == {"a": "a", "b": "b", "c": "c"}


def test_short_statements_that_differ_in_one_word_are_two() -> None:
    first = "Turkey recognised Kosovo as an independent state on 18 February 2008 in Ankara."
    second = first.replace("recognised", "condemned")
    assert find_origins([source("a", first), source("b", second)]) == {"a": "a", "b": "b"}


def test_monthly_figures_in_the_same_words_are_two_reports() -> None:
    words = prose(1, 60)
    first = f"{words} Prices rose by 3.1 per cent in March, food by 4.2 and rent by 5.3. {words}"
    second = f"{words} Prices rose by 2.7 per cent in April, food by 3.9 and rent by 6.6. {words}"
    assert find_origins([source("a", first), source("b", second)]) == {"a": "a", "b": "b"}


def test_boilerplate_of_a_publisher_joins_nothing() -> None:
    about = prose(0, 120)
    items = [
        source(f"s{n}", prose(n, 50) + " " + about, publisher="The Daily") for n in range(1, 9)
    ]
    origins = find_origins(items)
    assert origins == {item.id: item.id for item in items}


def test_many_edited_reprints_are_one_origin() -> None:
    story = prose(1, 300)
    items = [source(f"s{n:02}", edited(story, n, every=30)) for n in range(40)]
    assert set(find_origins([*items, source("z", prose(99))]).values()) == {"s00", "z"}


def test_derived_from_names_the_original_over_any_number_of_steps() -> None:
    items = [
        source("z-wire"),
        source("b", derived_from="z-wire"),
        source("a", derived_from="b.txt"),
        source("c"),
    ]
    assert find_origins(items) == {"a": "z-wire", "b": "z-wire", "z-wire": "z-wire", "c": "c"}


def test_same_wire_outside_the_corpus_is_one_origin() -> None:
    items = [
        source("a", derived_from="Reuters 5 March"),
        source("b", derived_from="reuters 5 march"),
    ]
    assert find_origins(items) == {"a": "a", "b": "a"}


def test_circle_of_derivations_ends() -> None:
    items = [
        source("a", derived_from="b"),
        source("b", derived_from="a"),
        source("c", derived_from="c"),
    ]
    assert find_origins(items) == {"a": "a", "b": "a", "c": "c"}


def test_groups_do_not_depend_on_order_or_names() -> None:
    stories = [prose(n, 150) for n in range(6)]
    texts = [edited(stories[n % 6], n, every=30) for n in range(48)]

    def groups(names: list[str]) -> set[frozenset[str]]:
        origins = find_origins([source(name, text) for name, text in zip(names, texts)])
        found: dict[str, set[str]] = {}
        for name, text in zip(names, texts):
            found.setdefault(origins[name], set()).add(text)
        return {frozenset(group) for group in found.values()}

    names = [f"n{n:02}" for n in range(48)]
    expected = groups(names)
    assert len(expected) == 6
    for seed in range(3):
        assert groups(random.Random(seed).sample(names, len(names))) == expected


def test_no_sources_have_no_origins() -> None:
    assert find_origins([]) == {}
    assert find_origins([source("a", "?!")]) == {"a": "a"}


def test_retracted_source_is_set_aside_at_any_time() -> None:
    items = [source("a", retracted=True), source("b")]
    for as_of in (None, date(1990, 1, 1)):
        usable, aside = usable_sources(items, as_of)
        assert [item.id for item in usable] == ["b"]
        assert [(p.path, p.message) for p in aside] == [
            ("a.txt", '"a" is not used: it is retracted')
        ]


def test_superseded_source_is_in_force_until_the_newer_one_appears() -> None:
    old = source("old", published=date(2024, 1, 1))
    new = source("new", published=date(2024, 6, 1), supersedes="old.txt")
    usable, aside = usable_sources([old, new])
    assert [item.id for item in usable] == ["new"]
    assert aside[0].message == '"old" is not used: it is superseded by "new"'
    usable, aside = usable_sources([old, new], date(2024, 5, 31))
    assert ([item.id for item in usable], aside) == (["old"], [])
    usable, _ = usable_sources([old, new], date(2024, 6, 1))
    assert [item.id for item in usable] == ["new"]


def test_chain_of_versions_leaves_the_newest() -> None:
    items = [source("v1"), source("v2", supersedes="v1"), source("v3", supersedes="v2")]
    assert [item.id for item in usable_sources(items)[0]] == ["v3"]


def test_withdrawn_correction_does_not_bring_the_error_back() -> None:
    items = [source("v1"), source("v2", supersedes="v1", retracted=True)]
    assert usable_sources(items)[0] == []


def test_sources_that_supersede_each_other_stay_both() -> None:
    items = [source("a", supersedes="b"), source("b", supersedes="a"), source("c", supersedes="c")]
    usable, aside = usable_sources(items)
    assert [item.id for item in usable] == ["a", "b", "c"]
    assert aside == []


def test_later_sources_are_left_out_without_complaint() -> None:
    late = replace(source("late"), published=date(2025, 1, 1))
    usable, aside = usable_sources([late, source("undated")], date(2024, 1, 1))
    assert [item.id for item in usable] == ["undated"]
    assert aside == []
