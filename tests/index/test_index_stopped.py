"""Ctrl-C at any moment of an update leaves the index before it or the index after it."""

from __future__ import annotations

import gc
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from types import FrameType

import pytest

from factcheck.index.opened import Index
from factcheck.models.encoder import Encoder

MakeCorpus = Callable[..., Path]
BEFORE = {"a.md": "The tram line was opened in 1994.", "b.md": "The harvest was poor."}
AFTER = {"a.md": "The tram line was opened in 1995. It is long.", "c.txt": "The ferry stopped."}
# Moments spread evenly over the calls that an update makes in this package.
MOMENTS = 40
PACKAGE = str(Path(__file__).parents[2] / "factcheck")


class CallCounter:
    """Counts calls inside the package and raises KeyboardInterrupt at one of them."""

    def __init__(self, stop_at: int | None = None) -> None:
        self.calls = 0
        self.stop_at = stop_at

    def __call__(self, frame: FrameType, event: str, _: object) -> None:
        if event == "call" and frame.f_code.co_filename.startswith(PACKAGE):
            self.calls += 1
            if self.calls == self.stop_at:
                raise KeyboardInterrupt

    def watch(self, work: Callable[[], object]) -> None:
        """Do some work under the counter."""
        sys.setprofile(self)
        try:
            work()
        finally:
            sys.setprofile(None)


def state(index: Index) -> dict[str, list[str]]:
    return {s.path: [p.text for p in index.passages_of(s.id)] for s in index.sources}


def change(corpus: Path) -> None:
    (corpus / "b.md").unlink()
    for name, text in AFTER.items():
        (corpus / name).write_text(text)


@pytest.fixture
def prepared(make_corpus: MakeCorpus, encoder: Encoder) -> Path:
    """A corpus that has changed since its index was made."""
    corpus = make_corpus(BEFORE)
    Index.open(corpus, encoder=encoder).close()
    change(corpus)
    return corpus


def copy_of(corpus: Path, folder: Path) -> Path:
    shutil.copytree(corpus.parent, folder)
    return folder / corpus.name


def test_ctrl_c_at_any_moment_of_an_update_leaves_one_whole_index(
    prepared: Path, encoder: Encoder, tmp_path_factory: pytest.TempPathFactory
) -> None:
    old, new = (
        {"a.md": ["The tram line was opened in 1994."], "b.md": ["The harvest was poor."]},
        {
            "a.md": ["The tram line was opened in 1995.", "It is long."],
            "c.txt": ["The ferry stopped."],
        },
    )
    root = tmp_path_factory.mktemp("stopped")
    counter = CallCounter()
    whole = copy_of(prepared, root / "whole")
    counter.watch(lambda: Index.open(whole, encoder=encoder).close())
    assert counter.calls > MOMENTS
    seen = set()
    for moment in range(MOMENTS):
        corpus = copy_of(prepared, root / str(moment))
        stop = CallCounter(1 + moment * (counter.calls - 1) // (MOMENTS - 1))
        with pytest.raises(KeyboardInterrupt):
            stop.watch(lambda corpus=corpus: Index.open(corpus, encoder=encoder).close())  # type: ignore[misc]
        gc.collect()  # what the end of the process would close
        assert list(corpus.parent.rglob("*.tmp")) == []
        # What a reader of the stopped run's index sees, before anything mends it.
        reader = Index(store_of(corpus), corpus.parent / ".factcheck", corpus)
        found = state(reader)
        assert found in (old, new)
        seen.add(found == new)
        vector = encoder.encode(["When was the tram line opened?"])[0]
        texts = [t for passages in found.values() for t in passages]
        assert len(reader.search_dense(vector, 10)) == len(texts)
        assert len(reader.search_lexical("tram line harvest ferry long", 10)) == len(texts)
        reader.close()
        index = Index.open(corpus, encoder=encoder)
        assert state(index) == new
        index.close()
    assert seen == {True, False}


def store_of(corpus: Path):  # type: ignore[no-untyped-def]
    from factcheck.index.database import DATABASE_FILE
    from factcheck.index.store import Store

    return Store(corpus.parent / ".factcheck" / DATABASE_FILE)
