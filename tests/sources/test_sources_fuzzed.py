"""Any bytes and any text under any ending are read or named, and every offset holds."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from source_files import read_all

from factcheck.passages import split_passages
from factcheck.text import canonical_text

TEXT_ENDINGS = ("txt", "md", "html", "csv", "tsv", "jsonl", "srt", "vtt")
SYNTAX = [
    *"ab ,;:\"'<>-|#\n\t{}[]1.\u0301\x00",
    "<p>", "</p>", "<table><tr><th>", "<td>", "<h2>", "<article>", "<br>", "&amp;", "---\n",
    "title: x\n", "00:01.000 --> 00:02.000\n", "<v Ann>", "ANN: ", "WEBVTT\n\n", '{"text": "',
    '"}\n', "id,text\n", "\n\n", "References", "| a | b |\n|---|---|\n", "word word. ",
]  # fmt: skip


@pytest.mark.parametrize("ending", TEXT_ENDINGS)
def test_anything_is_read_or_named_and_every_offset_holds(
    tmp_path_factory: pytest.TempPathFactory, ending: str
) -> None:
    root = tmp_path_factory.mktemp("fuzz")

    @settings(max_examples=60, deadline=None)
    @given(st.lists(st.sampled_from(SYNTAX), max_size=60).map("".join))
    def check(text: str) -> None:
        sources, problems = read_all(root, f"a.{ending}", text)
        assert sources or problems
        # Our own readers know what they refuse; only third-party parsers may fail by surprise.
        assert not any("cannot be read (" in problem.message for problem in problems)
        for source in sources:
            assert canonical_text(source.text) == source.text
            ends = [0, *(segment.end for segment in source.segments)]
            assert all(end <= segment.start for end, segment in zip(ends, source.segments))
            for passage in split_passages(source):
                assert source.text[passage.start : passage.end] == passage.text

    check()


@pytest.mark.parametrize("ending", [*TEXT_ENDINGS, "pdf", "docx", "jsonl.gz"])
def test_any_bytes_are_read_or_named(tmp_path_factory: pytest.TempPathFactory, ending: str) -> None:
    root = tmp_path_factory.mktemp("fuzz")

    @settings(max_examples=25, deadline=None)
    @given(st.binary(max_size=400))
    def check(data: bytes) -> None:
        sources, problems = read_all(root, f"a.{ending}", data)
        assert sources or problems

    check()
