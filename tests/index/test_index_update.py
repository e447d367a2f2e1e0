"""The index follows its corpus: incremental, atomic, checked on opening."""

from __future__ import annotations

import multiprocessing
import os
import sqlite3
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from factcheck.errors import IndexStoreError, SourceError, StorageError
from factcheck.index.database import DATABASE_FILE
from factcheck.index.opened import Index
from factcheck.models.encoder import Encoder

MakeCorpus = Callable[..., Path]
FILES = {
    "a.md": "The tram line was opened in 1994. It cost 12 million crowns.",
    "b.md": "The harvest was poor in the wet summer.",
}


def texts(index: Index) -> list[str]:
    return [p.text for source in index.sources for p in index.passages_of(source.id)]


def test_a_new_file_is_found_and_a_removed_one_is_forgotten(
    make_corpus: MakeCorpus, encoder: Encoder
) -> None:
    corpus = make_corpus(FILES)
    Index.open(corpus, encoder=encoder).close()
    (corpus / "c.txt").write_text("The library stays open on Sundays.\n")
    (corpus / "a.md").unlink()
    index = Index.open(corpus, encoder=encoder)
    assert texts(index) == [
        "The harvest was poor in the wet summer.",
        "The library stays open on Sundays.",
    ]
    assert index.last_build is not None
    assert (index.last_build.files_read, index.last_build.files_removed) == (1, 1)
    found = index.search_lexical("tram line", 5)
    assert found == []


def test_an_unchanged_corpus_is_not_read_again(make_corpus: MakeCorpus, encoder: Encoder) -> None:
    corpus = make_corpus(FILES)
    for path in corpus.iterdir():
        os.utime(path, (1_600_000_000, 1_600_000_000))
    Index.open(corpus, encoder=encoder).close()
    index = Index.open(corpus, encoder=encoder)
    assert index.last_build is not None
    assert not index.last_build.changed


def test_a_change_of_one_byte_with_the_old_time_is_seen(
    make_corpus: MakeCorpus, encoder: Encoder
) -> None:
    corpus = make_corpus(FILES)
    path = corpus / "a.md"
    os.utime(path, (1_600_000_000, 1_600_000_000))
    Index.open(corpus, encoder=encoder).close()
    path.write_text(FILES["a.md"].replace("1994", "1995"))
    os.utime(path, (1_600_000_000, 1_600_000_000))
    assert "1995" in texts(Index.open(corpus, encoder=encoder))[0]


def test_a_touched_file_is_not_encoded_again(make_corpus: MakeCorpus, encoder: Encoder) -> None:
    corpus = make_corpus(FILES)
    Index.open(corpus, encoder=encoder).close()
    os.utime(corpus / "a.md", (1_700_000_000, 1_700_000_000))
    index = Index.open(corpus, encoder=encoder)
    assert index.last_build is not None
    assert index.last_build.passages_encoded == 0


def test_a_renamed_file_keeps_its_vectors_and_the_corpus_other_hash(
    make_corpus: MakeCorpus, encoder: Encoder
) -> None:
    corpus = make_corpus(FILES)
    first = Index.open(corpus, encoder=encoder)
    before = first.summary.sha256
    first.close()
    (corpus / "a.md").rename(corpus / "z.md")
    index = Index.open(corpus, encoder=encoder)
    assert index.last_build is not None
    assert index.last_build.passages_encoded == 0
    assert index.summary.sha256 != before


def test_the_corpus_hash_does_not_depend_on_the_order_of_building(
    make_corpus: MakeCorpus, encoder: Encoder, tmp_path: Path
) -> None:
    corpus = make_corpus({"b.md": FILES["b.md"]})
    Index.open(corpus, encoder=encoder).close()
    (corpus / "a.md").write_text(FILES["a.md"])
    grown = Index.open(corpus, encoder=encoder)
    fresh = Index.open(corpus, index_dir=tmp_path / "fresh", encoder=encoder)
    assert grown.summary.sha256 == fresh.summary.sha256
    vector = encoder.encode(["When was the tram opened?"])[0]
    assert [f.score for f in grown.search_dense(vector, 3)] == [
        f.score for f in fresh.search_dense(vector, 3)
    ]


def test_metadata_from_the_manifest_changes_without_encoding(
    make_corpus: MakeCorpus, encoder: Encoder
) -> None:
    corpus = make_corpus(FILES)
    Index.open(corpus, encoder=encoder).close()
    (corpus / "sources.yaml").write_text(
        "sources:\n  - {path: a.md, publisher: Tram office, published: 1994-05-01}\n"
    )
    index = Index.open(corpus, encoder=encoder)
    source = next(s for s in index.sources if s.path == "a.md")
    assert (source.publisher, str(source.published)) == ("Tram office", "1994-05-01")
    assert index.last_build is not None
    assert index.last_build.passages_encoded == 0


def test_a_manifest_that_cannot_be_read_stops_the_update(
    make_corpus: MakeCorpus, encoder: Encoder
) -> None:
    corpus = make_corpus({**FILES, "sources.yaml": "sources:\n  - path: [a\n"})
    with pytest.raises(SourceError) as caught:
        Index.open(corpus, encoder=encoder)
    assert caught.value.exit_code == 2
    assert "sources.yaml" in str(caught.value.where)


def test_a_missing_or_damaged_vector_file_is_made_again(
    make_corpus: MakeCorpus, encoder: Encoder
) -> None:
    corpus = make_corpus(FILES)
    first = Index.open(corpus, encoder=encoder)
    vector = encoder.encode(["harvest"])[0]
    wanted = first.search_dense(vector, 3)
    first.close()
    (file,) = first.folder.glob("vectors-*.faiss")
    file.write_bytes(b"not an index")
    assert Index.open(corpus, encoder=encoder, locked=True).search_dense(vector, 3) == wanted
    file.unlink()
    assert Index.open(corpus, encoder=encoder, locked=True).search_dense(vector, 3) == wanted


def test_a_damaged_database_is_rebuilt_and_refused_when_locked(
    make_corpus: MakeCorpus, encoder: Encoder
) -> None:
    corpus = make_corpus(FILES)
    index = Index.open(corpus, encoder=encoder)
    wanted = texts(index)
    index.close()
    database = index.folder / DATABASE_FILE
    data = bytearray(database.read_bytes())
    data[4096:12288] = os.urandom(8192)
    database.write_bytes(data)
    with pytest.raises(IndexStoreError) as caught:
        texts(Index.open(corpus, encoder=encoder, locked=True))
    assert caught.value.exit_code == 3
    assert caught.value.hint is not None and "--rebuild" in caught.value.hint
    assert texts(Index.open(corpus, encoder=encoder)) == wanted


def test_a_changed_text_in_the_database_is_never_evidence(
    make_corpus: MakeCorpus, encoder: Encoder
) -> None:
    corpus = make_corpus(FILES)
    index = Index.open(corpus, encoder=encoder)
    index.close()
    with sqlite3.connect(index.folder / DATABASE_FILE) as connection:
        connection.execute("UPDATE sources SET text = replace(text, '1994', '1996')")
    connection.close()
    opened = Index.open(corpus, encoder=encoder, locked=True)
    with pytest.raises(IndexStoreError, match="was changed"):
        opened.source("a.md")


def test_an_index_of_another_format_is_rebuilt(make_corpus: MakeCorpus, encoder: Encoder) -> None:
    corpus = make_corpus(FILES)
    index = Index.open(corpus, encoder=encoder)
    index.close()
    with sqlite3.connect(index.folder / DATABASE_FILE) as connection:
        connection.execute("PRAGMA user_version = 99")
    connection.close()
    with pytest.raises(IndexStoreError, match="has format 99"):
        Index.open(corpus, encoder=encoder, locked=True)
    assert len(texts(Index.open(corpus, encoder=encoder))) == 3


def test_the_index_of_another_corpus_is_refused(make_corpus: MakeCorpus, encoder: Encoder) -> None:
    first = make_corpus(FILES)
    Index.open(first, encoder=encoder).close()
    other = make_corpus({"x.md": "Something else entirely."}, name="other")
    with pytest.raises(IndexStoreError) as caught:
        Index.open(other, encoder=encoder)
    assert caught.value.hint is not None and "--index" in caught.value.hint


class OtherEncoder:
    """An encoder with other weights: the hashes of the words, as a real vector."""

    name, sha256, dimension = "other", "0" * 64, 16

    def encode(self, texts: list[str]) -> np.ndarray:
        rows = np.array(
            [np.bincount([len(w) % 16 for w in t.split()], minlength=16) for t in texts]
        )
        return (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)


def test_another_encoder_makes_all_vectors_anew_and_is_refused_when_locked(
    make_corpus: MakeCorpus, encoder: Encoder
) -> None:
    corpus = make_corpus(FILES)
    Index.open(corpus, encoder=encoder).close()
    with pytest.raises(IndexStoreError, match="another encoder"):
        Index.open(corpus, encoder=OtherEncoder(), locked=True)
    index = Index.open(corpus, encoder=OtherEncoder())
    assert index.last_build is not None
    assert index.last_build.passages_encoded == 3
    assert index.search_dense(OtherEncoder().encode([texts(index)[0]])[0], 1)[0].score > 0.5


def test_a_locked_index_that_is_out_of_date_is_refused(
    make_corpus: MakeCorpus, encoder: Encoder
) -> None:
    corpus = make_corpus(FILES)
    with pytest.raises(IndexStoreError, match="there is no index"):
        Index.open(corpus, encoder=encoder, locked=True)
    Index.open(corpus, encoder=encoder).close()
    (corpus / "c.md").write_text("New.")
    with pytest.raises(IndexStoreError, match="has changed"):
        Index.open(corpus, encoder=encoder, locked=True)


def test_an_empty_or_missing_corpus_says_what_to_do(
    make_corpus: MakeCorpus, encoder: Encoder, tmp_path: Path
) -> None:
    with pytest.raises(SourceError, match="is empty") as caught:
        Index.open(make_corpus({}), encoder=encoder)
    assert caught.value.hint is not None and "PDF" in caught.value.hint
    with pytest.raises(SourceError, match="no such corpus") as missing:
        Index.open(tmp_path / "nowhere", encoder=encoder)
    assert missing.value.hint is not None and "--corpus" in missing.value.hint


class StoppingEncoder:
    """The shipped encoder, stopped by Ctrl-C at its second call."""

    def __init__(self, encoder: Encoder) -> None:
        self.inner, self.calls = encoder, 0
        self.name, self.sha256, self.dimension = encoder.name, encoder.sha256, encoder.dimension

    def encode(self, texts: list[str]) -> np.ndarray:
        self.calls += 1
        if self.calls > 1:
            raise KeyboardInterrupt
        return self.inner.encode(texts)


def test_an_interrupted_update_leaves_the_old_index_usable(
    make_corpus: MakeCorpus, encoder: Encoder
) -> None:
    corpus = make_corpus(FILES)
    Index.open(corpus, encoder=encoder).close()
    database = corpus.parent / ".factcheck" / DATABASE_FILE
    (corpus / "many.txt").write_text(
        "\n\n".join(f"Report {n} counted {n * 7} birds at the lake." for n in range(600))
    )
    with pytest.raises(KeyboardInterrupt):
        Index.open(corpus, encoder=StoppingEncoder(encoder))
    with sqlite3.connect(database) as connection:
        assert connection.execute("SELECT count(*) FROM passages").fetchone() == (3,)
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    connection.close()
    counting = StoppingEncoder(encoder)
    counting.calls = -1_000
    index = Index.open(corpus, encoder=counting)
    assert len(texts(index)) == 603
    assert index.last_build is not None
    assert index.last_build.passages_encoded == 600 - 512  # the first call's work was kept


def test_a_full_disk_is_reported_and_changes_nothing(
    make_corpus: MakeCorpus, encoder: Encoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    corpus = make_corpus(FILES)
    Index.open(corpus, encoder=encoder).close()
    (corpus / "c.md").write_text("The bridge was closed for repair in autumn.")
    import factcheck.index.vectors as vectors

    def full(*_: object) -> str:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(vectors, "write_vector_index", full)
    with pytest.raises(StorageError, match="No space left") as caught:
        Index.open(corpus, encoder=encoder)
    assert caught.value.exit_code == 3
    monkeypatch.undo()
    assert len(texts(Index.open(corpus, encoder=encoder))) == 4


def _update(corpus: str, folder: str, ready: object) -> None:
    from factcheck.models.encoder import load_encoder

    encoder = load_encoder(threads=1)
    ready.wait()  # type: ignore[attr-defined]
    Index.open(corpus, index_dir=folder, encoder=encoder).close()


def test_two_processes_at_once_leave_one_whole_index(
    make_corpus: MakeCorpus, encoder: Encoder, tmp_path: Path
) -> None:
    corpus = make_corpus(
        {f"s{n}.md": f"Station {n} measured {n * 3} millimetres of rain." for n in range(30)}
    )
    context = multiprocessing.get_context("spawn")
    ready = context.Barrier(2)
    folder = tmp_path / "shared-index"
    workers = [
        context.Process(target=_update, args=(str(corpus), str(folder), ready)) for _ in range(2)
    ]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert [worker.exitcode for worker in workers] == [0, 0]
    index = Index.open(corpus, index_dir=folder, encoder=encoder, locked=True)
    assert len(texts(index)) == 30
    rows = index.search_dense(encoder.encode(["rain at station 7"])[0], 30)
    assert len(rows) == 30
