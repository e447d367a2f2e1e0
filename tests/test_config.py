"""Settings: layers, origins, messages."""

from __future__ import annotations

from pathlib import Path

import pytest

from factcheck.config import default_config, find_config_file, load_config
from factcheck.errors import ConfigError, InputErrors
from factcheck.settings import SETTINGS


def test_flags_beat_environment_beats_file_beats_defaults(tmp_path: Path) -> None:
    (tmp_path / "factcheck.yaml").write_text(
        "threads: 1\nretrieval:\n  passages: 5\n  candidates: 7\n", encoding="utf-8"
    )
    config = load_config(
        start=tmp_path,
        environment={"FACTCHECK_RETRIEVAL_PASSAGES": "6", "FACTCHECK_THREADS": "2"},
        flags={"threads": 3, "corpus": None},
    )
    assert config["threads"] == 3
    assert config["retrieval.passages"] == 6
    assert config["retrieval.candidates"] == 7
    assert config["retrieval.per_source"] == 4
    assert config.origins["threads"] == "flag"
    assert config.origins["retrieval.passages"] == "FACTCHECK_RETRIEVAL_PASSAGES"
    assert config.origins["retrieval.candidates"].endswith("factcheck.yaml:4:3")
    assert config.origins["corpus"] == "default"


def test_the_file_is_found_upwards_and_pyproject_counts(tmp_path: Path) -> None:
    inner = tmp_path / "a" / "b"
    inner.mkdir(parents=True)
    (tmp_path / "pyproject.toml").write_text(
        "[tool.factcheck]\nthreads = 2\n[tool.factcheck.policy]\nmin_independent = 3\n",
        encoding="utf-8",
    )
    assert find_config_file(inner) == tmp_path / "pyproject.toml"
    config = load_config(start=inner, environment={})
    assert (config["threads"], config["policy.min_independent"]) == (2, 3)
    (inner / "factcheck.yaml").write_text("threads: 1\n", encoding="utf-8")
    assert load_config(start=inner, environment={})["threads"] == 1


def test_paths_in_a_file_are_meant_from_that_file(tmp_path: Path) -> None:
    (tmp_path / "factcheck.yaml").write_text("corpus: sources\n", encoding="utf-8")
    inner = tmp_path / "deep"
    inner.mkdir()
    assert load_config(start=inner, environment={})["corpus"] == str(tmp_path / "sources")


@pytest.mark.parametrize(
    ("text", "message", "hint"),
    [
        ("retreival:\n  passages: 5\n", "unknown setting `retreival`", "`retrieval"),
        ("threads: many\n", "`threads` must be a whole number, not 'many'", "0 means one"),
        ("threads: -1\n", "`threads` must lie between 0 and 256, not -1", "one per core"),
        ("fail_on: [contestd]\n", "`fail_on` cannot be `contestd`", "`contested`"),
        ("policy:\n  require_primary: perhaps\n", "must be true or false", "primary"),
        ("- a\n", "must be `name: value` lines", None),
    ],
)
def test_a_wrong_setting_is_named_with_place_and_remedy(
    tmp_path: Path, text: str, message: str, hint: str | None
) -> None:
    (tmp_path / "factcheck.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError) as caught:
        load_config(start=tmp_path, environment={})
    assert message in caught.value.message
    assert caught.value.where is not None and caught.value.where.line in (1, 2)
    assert hint is None or (caught.value.hint is not None and hint in caught.value.hint)


def test_every_wrong_setting_of_a_file_is_reported(tmp_path: Path) -> None:
    (tmp_path / "factcheck.yaml").write_text("a: 1\nthreads: x\n", encoding="utf-8")
    with pytest.raises(InputErrors) as caught:
        load_config(start=tmp_path, environment={})
    assert len(caught.value.errors) == 2


def test_an_unknown_variable_is_refused_with_the_nearest(tmp_path: Path) -> None:
    with pytest.raises(ConfigError) as caught:
        load_config(start=tmp_path, environment={"FACTCHECK_THREAD": "1"})
    assert caught.value.hint == "did you mean `FACTCHECK_THREADS`?"


def test_every_default_passes_its_own_check() -> None:
    config = default_config()
    for setting in SETTINGS:
        again = config.with_values({setting.name: config[setting.name]})
        assert again[setting.name] == setting.default
