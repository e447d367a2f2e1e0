"""Looking for quoted words among many passages: the rarest of them are asked for."""

from __future__ import annotations

from pathlib import Path

import pytest

from factcheck.index import lexical
from factcheck.index.store import Store
from factcheck.records import Passage, Source


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """Forty passages: "word7" stands in seven of them, and so on."""
    store = Store(tmp_path / "index.sqlite", create=True)
    texts = [
        " ".join(f"word{n}" for n in (1, 2, 3, 4, 5, 7, 20, 40) if number < n)
        for number in range(40)
    ]
    source = Source(id="s", path="s", text="\n".join(texts), sha256="0" * 64)
    passages = [
        Passage(id=f"s@{n}", source_id="s", start=n, end=n + 1, text=text)
        for n, text in enumerate(texts)
    ]
    with store.transaction():
        store.add_raw_sources("s", [source])
        store.set_record(1, source, "s", "")
        store.add_passages(1, passages, [str(n).encode() for n in range(40)])
    return store


def asked(store: Store, words: str, share: float, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    monkeypatch.setattr(lexical, "_COMMON_FROM", 10)
    monkeypatch.setattr(lexical, "_RARE_SHARE", share)
    return lexical._rarest(store, words.split())


def test_common_words_are_left_out_while_enough_rare_ones_remain(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = "word40 word1 word2 word20 word3 word4 word5 word7"
    assert asked(store, words, 0.1, monkeypatch) == "word1 word2 word3 word4 word5".split()
    assert asked(store, words, 0.2, monkeypatch) == "word1 word2 word3 word4 word5 word7".split()
    # One of the rare words may be the one that was changed: five are kept in any case.
    few = "word40 word1 word20 word7"
    assert asked(store, few, 0.0, monkeypatch) == few.split()


def test_a_small_source_base_is_asked_for_every_word(store: Store) -> None:
    words = [f"word{n}" for n in (40, 1, 2, 20, 3, 4, 5, 7)]
    assert lexical._rarest(store, words) == words


def test_what_is_counted_once_is_counted_anew_after_a_change(store: Store) -> None:
    assert (store.passage_count, lexical._passages_with(store, "word7")) == (40, 7)
    more = Passage(id="s@99", source_id="s", start=99, end=100, text="word7 again")
    with store.transaction():
        store.add_passages(1, [more], [b"more"])
    assert (store.passage_count, lexical._passages_with(store, "word7")) == (41, 8)
