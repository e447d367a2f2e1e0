"""Numbers written into a configuration file: they are there, and nothing else has changed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factcheck.config import load_config
from factcheck.config_edit import with_yaml_values, yaml_lines_of
from factcheck.errors import ConfigError

VALUES = {"thresholds.supported": 0.55, "thresholds.contested": 0.25}
BOTH = "thresholds:\n  supported: 0.55\n  contested: 0.25\n"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", BOTH),
        ("# only a comment\n", "# only a comment\n" + BOTH),
        ("threads: 1", "threads: 1\n" + BOTH),
        ("threads: 1   # one\n# end\n", "threads: 1   # one\n# end\n" + BOTH),
        ("threads: 1\r\n", "threads: 1\r\n" + BOTH.replace("\n", "\r\n")),
        ("\ufeffthreads: 1\n", "\ufeffthreads: 1\n" + BOTH),
        (
            "  threads: 1\n",
            "  threads: 1\n  thresholds:\n    supported: 0.55\n    contested: 0.25\n",
        ),
        (
            "thresholds:   # us\n    contested: 0.4  # c\n    supported: 0.9 # s\n\nthreads: 2\n",
            "thresholds:   # us\n    contested: 0.25  # c\n    supported: 0.55 # s\n\nthreads: 2\n",
        ),
        (
            "thresholds:\n  # why\n  supported: 0.9\nthreads: 2\n",
            "thresholds:\n  # why\n  contested: 0.25\n  supported: 0.55\nthreads: 2\n",
        ),
        (
            "thresholds: {supported: 0.9}  # flow\n",
            "thresholds: {supported: 0.55, contested: 0.25}  # flow\n",
        ),
        ("thresholds: {}\n", "thresholds: {supported: 0.55, contested: 0.25}\n"),
        (
            "thresholds.supported: 0.9\nthreads: 1\n",
            "thresholds.supported: 0.55\nthreads: 1\nthresholds:\n  contested: 0.25\n",
        ),
        ('{"threads": 1}\n', '{"threads": 1, thresholds: {supported: 0.55, contested: 0.25}}\n'),
        ("{}\n", "{thresholds: {supported: 0.55, contested: 0.25}}\n"),
    ],
)
def test_only_the_values_change(before: str, after: str, tmp_path: Path) -> None:
    edited = with_yaml_values(before, VALUES, "factcheck.yaml")
    assert edited == after
    path = tmp_path / "factcheck.yaml"
    path.write_bytes(edited.encode("utf-8"))
    config = load_config(file=path, environment={})
    assert [config[name] for name in VALUES] == [0.55, 0.25]
    assert with_yaml_values(edited, VALUES, path) == edited


@pytest.mark.parametrize(
    "text",
    [
        "- a list\n",
        "a text\n",
        "thresholds: 3\n",
        "threads: 1\n...\n",
        "threads: 1\n---\nthreads: 2\n",
        "retrieval: {passages: &n 5}\nthresholds: {supported: *n}\n",
        "threads: [1\n",
    ],
)
def test_a_file_that_cannot_be_edited_safely_is_refused_with_the_lines(text: str) -> None:
    with pytest.raises(ConfigError) as caught:
        with_yaml_values(text, VALUES, "factcheck.yaml")
    assert caught.value.code == "FC112"
    assert "supported: 0.55" in (caught.value.hint or "")


SCALARS = st.one_of(
    st.integers(0, 99), st.booleans(), st.text("abc #:'\"\n\té", max_size=12), st.none()
)
KEYS = st.sampled_from(["corpus", "index", "threads", "cache", "policy", "note"])


@given(
    st.dictionaries(KEYS, st.one_of(SCALARS, st.lists(SCALARS), st.dictionaries(KEYS, SCALARS))),
    st.dictionaries(st.sampled_from(["supported", "contested"]), st.floats(0, 1)),
    st.booleans(),
    st.sampled_from([None, False]),
)
def test_whatever_a_file_says_it_says_afterwards(
    content: dict[str, Any], thresholds: dict[str, float], comment: bool, flow: bool | None
) -> None:
    import yaml

    if thresholds:
        content = {**content, "thresholds": thresholds}
    text = yaml.safe_dump(content, default_flow_style=flow, allow_unicode=True, sort_keys=False)
    if not content:
        text = ""
    text += "# the end\n" if comment else ""
    edited = yaml.safe_load(with_yaml_values(text, VALUES, "factcheck.yaml"))
    assert edited == {**content, "thresholds": {"supported": 0.55, "contested": 0.25}}
    assert list(edited)[: len(content)] == list(content)


def test_lines_are_those_of_a_configuration_file(tmp_path: Path) -> None:
    path = tmp_path / "factcheck.yaml"
    path.write_text(yaml_lines_of(VALUES), encoding="utf-8")
    config = load_config(file=path, environment={})
    assert [config[name] for name in VALUES] == [0.55, 0.25]
