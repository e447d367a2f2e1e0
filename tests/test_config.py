"""Settings: layers, origins, messages."""

from __future__ import annotations

from pathlib import Path

import pytest

from factcheck.config import default_config, find_config_file, load_config
from factcheck.errors import ConfigError, InputErrors
from factcheck.settings import SETTINGS, Setting


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


ENTRY = "  - {claim: c, evidence: none, rule: expect, reason: r, by: b, until: 2030-01-01}\n"


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("fail_on:\n  - expect\n\n  - contestd\n", {(4, 5): "`contestd`"}),
        (
            "gate:\n  tags:\n    foo: contested\n    bar: [contestd]\n    baz:\n      - non\n",
            {(4, 11): "`contestd`", (6, 9): "`non`"},
        ),
        ("gate:\n  tags:\n    foo: contestd\n", {(3, 5): "`contestd`"}),
        ("gate:\n  tags:\n    foo:\n      - [x]\n", {(4, 9): "tags with their rules"}),
        ("policy:\n  distrust:\n    - a\n    - 5\n", {(4, 7): "a list of texts"}),
        (
            "waivers:\n" + ENTRY + "  - claim: c\n    evidence: none\n    rule: unsuported\n"
            "    reason: r\n    by: b\n    until: soon\n  - cliam: c\n  - claim: c\n",
            {
                (5, 5): "waiver 2: `rule` cannot be `unsuported`",
                (8, 5): "waiver 2: `until` is not a date",
                (9, 5): "waiver 3: unknown key `cliam`",
                (10, 5): "waiver 4: `evidence` is missing",
            },
        ),
        (
            "fail_onn: [expect]\ngate: {tag: {}}\npolicy: {min_indep: 2}\n",
            {(1, 1): "`fail_onn`", (2, 8): "`gate.tag`", (3, 10): "`policy.min_indep`"},
        ),
    ],
)
def test_every_wrong_part_of_a_file_is_reported_with_its_own_place(
    tmp_path: Path, text: str, places: dict[tuple[int, int], str]
) -> None:
    (tmp_path / "factcheck.yaml").write_text(text, encoding="utf-8")
    with pytest.raises((ConfigError, InputErrors)) as caught:
        load_config(start=tmp_path, environment={})
    found: dict[tuple[int | None, int | None], str] = {}
    for error in getattr(caught.value, "errors", [caught.value]):
        found.setdefault((error.where.line, error.where.column), error.message)
    assert list(found) == list(places)
    for place, words in places.items():
        assert words in found[place]


@pytest.mark.parametrize("name", ["factcheck.yml", ".factcheck.yaml", ".factcheck.yml"])
def test_a_configuration_with_another_name_is_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("fail_on: [contested]\n", encoding="utf-8")
    inner = tmp_path / "inner"
    inner.mkdir()
    with pytest.raises(ConfigError) as caught:
        load_config(start=inner, environment={})
    assert caught.value.hint == "rename it to `factcheck.yaml`"
    assert str(caught.value.where) == str(tmp_path / name)
    # Where the right one is nearer or beside it, there is nothing to mistake.
    (inner / "factcheck.yaml").write_text("threads: 1\n", encoding="utf-8")
    assert load_config(start=inner, environment={})["threads"] == 1
    (tmp_path / "factcheck.yaml").write_text("threads: 2\n", encoding="utf-8")
    assert load_config(start=tmp_path, environment={})["threads"] == 2
    named = load_config(file=tmp_path / name, environment={})
    assert named["fail_on"] == ("contested",)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ('[tool.factcheck]\nfail_on = ["contested"\nthreads = 1\n', 3),
        ("[tool.factcheck]\nthreads = \n", 2),
        ('[tool.factcheck]\nfail_on = ["contested",\n', 2),
    ],
)
def test_settings_in_a_broken_pyproject_are_not_passed_over(
    tmp_path: Path, text: str, line: int
) -> None:
    (tmp_path / "pyproject.toml").write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError) as caught:
        load_config(start=tmp_path, environment={})
    assert caught.value.message.startswith("this is not valid TOML: ")
    assert caught.value.where is not None and caught.value.where.line == line
    assert caught.value.where.path == str(tmp_path / "pyproject.toml")


def test_a_broken_pyproject_of_other_tools_is_left_to_them(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text("[tool.black\n", encoding="utf-8")
    (tmp_path / "inner").mkdir()
    (tmp_path / "inner" / "pyproject.toml").write_bytes(b"[tool.caf\xe9]\n")
    config = load_config(start=tmp_path / "inner", environment={})
    assert set(config.origins.values()) == {"default"}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[tool.other]\n", "the file has no table [tool.factcheck]"),
        ("[[tool.factcheck]]\n", "`tool.factcheck` must be a table"),
        ("[tool.factcheck]\ngate = {tag = {}}\n", "unknown setting `gate.tag`"),
    ],
)
def test_a_named_toml_file_whose_settings_cannot_be_read_is_refused(
    tmp_path: Path, text: str, message: str
) -> None:
    (tmp_path / "pyproject.toml").write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError) as caught:
        load_config(file=tmp_path / "pyproject.toml", environment={})
    assert caught.value.message == message


@pytest.mark.parametrize("setting", SETTINGS, ids=lambda setting: setting.name)
@pytest.mark.parametrize("empty", ["", " "])
def test_an_empty_variable_counts_as_not_set(tmp_path: Path, setting: Setting, empty: str) -> None:
    config = load_config(start=tmp_path, environment={setting.variable: empty})
    assert config[setting.name] == setting.default
    assert config.origins[setting.name] == "default"


def test_rules_without_a_rule_are_refused() -> None:
    for rules in ("", " , "):
        with pytest.raises(ConfigError) as caught:
            default_config().with_values({"fail_on": rules})
        assert caught.value.hint == "write `none` to switch the gate off"


def test_an_unknown_variable_is_refused_with_the_nearest(tmp_path: Path) -> None:
    with pytest.raises(ConfigError) as caught:
        load_config(start=tmp_path, environment={"FACTCHECK_THREAD": "1"})
    assert caught.value.hint == "did you mean `FACTCHECK_THREADS`?"


def test_every_default_passes_its_own_check() -> None:
    config = default_config()
    for setting in SETTINGS:
        again = config.with_values({setting.name: config[setting.name]})
        assert again[setting.name] == setting.default
