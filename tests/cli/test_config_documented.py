"""Settings as they are documented, printed and written by `init` are the settings in force."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from factcheck.cli.init import settings_template
from factcheck.config import default_config, load_config
from factcheck.settings import SETTINGS, SETTINGS_BY_NAME, check_value

PAGE = Path(__file__).resolve().parent.parent.parent / "docs" / "configuration.md"
ROW = re.compile(r"^\| `([a-z_.]+)` \| (.*?) \| `([A-Z_]+)` \| (.+) \|$", re.MULTILINE)


def test_every_setting_is_documented_with_its_real_default() -> None:
    rows = {
        name: (default, variable)
        for name, default, variable, _ in ROW.findall(PAGE.read_text("utf-8"))
    }
    assert list(rows) == [setting.name for setting in SETTINGS]
    for name, (shown, variable) in rows.items():
        setting = SETTINGS_BY_NAME[name]
        assert variable == setting.variable
        if shown == "–":
            assert setting.default in (None, ()), name
        else:
            assert check_value(name, shown) == setting.default, name


def test_the_file_that_init_writes_holds_the_defaults_when_uncommented(tmp_path: Path) -> None:
    first, *lines = settings_template().splitlines()
    text = "\n".join(line.removeprefix("#") for line in lines)
    (tmp_path / "factcheck.yaml").write_text(text, encoding="utf-8")
    config, plain = load_config(start=tmp_path, environment={}), default_config()
    for setting in SETTINGS:
        expected = plain[setting.name]
        if setting.kind == "path" and expected is not None:
            expected = str(tmp_path / expected)
        assert config[setting.name] == expected, setting.name
        assert config.origins[setting.name].startswith(str(tmp_path / "factcheck.yaml")), first


def test_config_says_where_each_value_comes_from(project, cli, monkeypatch) -> None:
    waiver = {"claim": "c", "evidence": "none", "rule": "expect", "reason": "r", "by": "b"}
    listed = json.dumps([{**waiver, "until": "2030-01-01"}])
    (project / "factcheck.yaml").write_text(f"threads: 1\nwaivers: {listed}\n", encoding="utf-8")
    monkeypatch.setenv("FACTCHECK_RETRIEVAL_PASSAGES", "5")
    ran = cli("config", "--corpus=elsewhere", "--format=json")
    found = {name: (row["value"], row["origin"]) for name, row in ran.json.items()}
    assert found["corpus"] == ("elsewhere", "flag")
    assert found["retrieval.passages"] == (5, "FACTCHECK_RETRIEVAL_PASSAGES")
    assert found["retrieval.candidates"] == (60, "default")
    assert found["waivers"][0][0]["until"] == "2030-01-01"
    text = cli("config", "--show-origin").out
    assert re.search(r"^threads +1  \(.*factcheck\.yaml:1:1\)$", text, re.MULTILINE)
    assert "2030-01-01" in text
    assert "(default)" not in cli("config", "--no-origin").out


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("gate: {tag: {}}\n", "gate.tags"),
        ("wavers: []\n", "waivers"),
        ("cach: false\n", "cache"),
    ],
)
def test_an_unknown_setting_is_refused_with_the_nearest_name(project, cli, text, hint) -> None:
    (project / "factcheck.yaml").write_text(text, encoding="utf-8")
    ran = cli("config")
    assert ran.code == 2
    assert f"did you mean `{hint}`" in ran.err
