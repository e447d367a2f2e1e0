"""An index that is up to date is recognised at once; one of another version is made anew."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from factcheck.index.database import DATABASE_FILE, SCHEMA_VERSION
from factcheck.index.opened import Index
from factcheck.models.encoder import Encoder
from factcheck.records import Claim, SourceFilter
from factcheck.sources import usable_sources

MakeCorpus = Callable[..., Path]
OLD_S = 1_600_000_000
FILES = {
    "a.md": "# Trams\n\nThe tram line was opened in 1994. It cost 12 million crowns.",
    "b.md": "The harvest was poor in the wet summer.",
    "c.txt": "The ferry stopped in the storm.",
}
# Runs `factcheck index` and says on stderr which of the slow libraries it has loaded.
SCRIPT = """
import json, sys
from factcheck.cli import run
code = run(["index", sys.argv[1], "--quiet"])
slow = {"faiss", "lxml", "numpy", "onnxruntime", "tokenizers", "torch"} & set(sys.modules)
print(json.dumps([code, sorted(slow)]), file=sys.stderr)
"""


def aged(corpus: Path) -> Path:
    """The corpus with files that were last changed long ago."""
    for path in corpus.rglob("*"):
        os.utime(path, (OLD_S, OLD_S))
    return corpus


def database(index: Index) -> Path:
    return index.folder / DATABASE_FILE


def test_an_unchanged_corpus_is_recognised_without_models_or_readers(
    make_corpus: MakeCorpus, encoder: Encoder
) -> None:
    corpus = aged(make_corpus(FILES))
    Index.open(corpus, encoder=encoder).close()
    ran = subprocess.run(
        [sys.executable, "-c", SCRIPT, str(corpus)],
        capture_output=True,
        text=True,
        cwd=Path(__file__).parents[2],
        env={k: v for k, v in os.environ.items() if not k.startswith("FACTCHECK_")},
    )
    assert json.loads(ran.stderr.splitlines()[-1]) == [0, []]
    assert ran.stdout.startswith("3 sources of 3 origins, 4 passages, 0 problems")


def test_a_changed_byte_is_still_seen_by_such_a_run(
    make_corpus: MakeCorpus, encoder: Encoder
) -> None:
    corpus = aged(make_corpus(FILES))
    Index.open(corpus, encoder=encoder).close()
    (corpus / "b.md").write_text(FILES["b.md"].replace("wet", "dry"))
    os.utime(corpus / "b.md", (OLD_S, OLD_S))
    index = Index.open(corpus, encoder=encoder)
    assert index.last_build is not None and index.last_build.files_read == 1
    assert index.source("b.md").text == "The harvest was poor in the dry summer."


def test_the_summary_is_what_the_sources_say(make_corpus: MakeCorpus, encoder: Encoder) -> None:
    copies = {"copy.txt": FILES["a.md"].split("\n\n")[1], "empty.txt": ""}
    corpus = make_corpus(FILES | copies)
    (corpus / "sources.yaml").write_text(
        "sources:\n"
        "  - {path: c.txt, retracted: true}\n"
        "  - {path: b.md, supersedes: a.md}\n"
        "  - {path: copy.txt, derived_from: b.md}\n"
        "  - {path: gone.md, title: Nothing}\n"
    )
    index = Index.open(corpus, encoder=encoder)
    summary = index.summary
    assert summary.sources == len(index.sources) == 4
    assert summary.origins == len({index.origin(s.id) for s in index.sources}) == 2
    assert summary.passages == sum(len(index.passages_of(s.id)) for s in index.sources) == 6
    assert [problem.path for problem in summary.set_aside] == ["a.md", "c.txt"]
    assert summary.set_aside == tuple(usable_sources(index.sources)[1])
    assert [p.path for p in summary.problems] == ["empty.txt", "sources.yaml"]
    index.close()
    again = Index.open(corpus, encoder=encoder)
    assert again.last_build is not None and not again.last_build.changed
    assert again.summary == summary


def test_an_index_of_another_format_is_made_anew(make_corpus: MakeCorpus, encoder: Encoder) -> None:
    corpus = make_corpus(FILES)
    index = Index.open(corpus, encoder=encoder)
    index.close()
    with sqlite3.connect(database(index)) as connection:
        connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION - 1}")
        connection.execute("UPDATE passages SET place = NULL")
    connection.close()
    index = Index.open(corpus, encoder=encoder)
    assert [p.place for p in index.passages_of("a.md")] == ["line 3", "line 3"]


def test_another_version_of_the_tool_reads_every_file_again_and_keeps_the_vectors(
    make_corpus: MakeCorpus, encoder: Encoder
) -> None:
    corpus = aged(make_corpus(FILES))
    index = Index.open(corpus, encoder=encoder)
    index.close()
    with sqlite3.connect(database(index)) as connection:
        # What an older reader could have made of the file.
        connection.execute("UPDATE meta SET value = '0.0.1' WHERE key = 'version'")
        connection.execute("UPDATE sources SET raw = replace(raw, 'Trams', 'Tarms')")
    connection.close()
    index = Index.open(corpus, encoder=encoder)
    assert index.record("a.md").title == "Trams"
    assert index.last_build is not None
    assert (index.last_build.files_read, index.last_build.passages_encoded) == (3, 0)


@pytest.mark.parametrize("allowed", [{0}, {0, 3}, {1, 2, 4}, {0, 1, 2, 3, 4}, {0, 1, 2, 3, 4, 5}])
def test_a_filtered_lexical_search_is_the_whole_one_without_the_others(
    make_corpus: MakeCorpus, encoder: Encoder, allowed: set[int]
) -> None:
    files = {
        f"s{n}.txt": "\n\n".join(f"Mill {m} of town {n} ground rye {'x ' * m}." for m in range(4))
        for n in range(6)
    }
    index = Index.open(make_corpus(files), encoder=encoder)
    words = "mill 2 of town 3 ground rye"
    ranked = index.search_lexical(words, 100)
    assert len(ranked) == 24
    source_of = {row: p.source_id for row, p in index.passages([f.row for f in ranked]).items()}
    names = tuple(f"s{n}.txt" for n in sorted(allowed))
    claim = Claim(id="c", text=words, sources=SourceFilter(include=names))
    assert index.search_lexical(words, 100, index.allowed_rows(claim)) == [
        found for found in ranked if source_of[found.row] in names
    ]
