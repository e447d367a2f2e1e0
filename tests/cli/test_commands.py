"""Every command: its help, its example, what it prints; and what `--help` must not load."""

from __future__ import annotations

import gzip
import json
import os
import pkgutil
import shlex
import shutil
import subprocess
import sys
from itertools import pairwise
from pathlib import Path
from typing import Any

import click
import pytest

import factcheck.cli
import factcheck.pipeline
from factcheck import __version__
from factcheck.cli import COMMANDS
from factcheck.cli import cli as group
from factcheck.pipeline import Models
from factcheck.settings import SETTINGS

NAMES = [name for name, _, _ in COMMANDS]
HEAVY = ("numpy", "onnxruntime", "torch", "faiss", "sentence_transformers", "trafilatura", "docx")


@pytest.fixture(autouse=True)
def one_set_of_models(models: Models, monkeypatch: pytest.MonkeyPatch) -> None:
    """The models of the session instead of new ones for every command: the same, but at once."""
    monkeypatch.setattr(factcheck.pipeline, "load_models", lambda config=None: models)


def command_of(name: str) -> click.Command:
    command = group.get_command(click.Context(group), name)
    assert command is not None
    return command


def examples_of(name: str) -> list[str]:
    """The command lines that end a command's help."""
    _, marker, lines = (command_of(name).help or "").rpartition("Example:\n")
    assert marker, f"the help of {name} has no example"
    return [line.strip() for line in lines.strip().splitlines()]


# --- help -------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", NAMES)
def test_every_help_ends_with_an_example_of_the_command(name: str) -> None:
    assert all(line.startswith(f"factcheck {name}") for line in examples_of(name))
    assert len(examples_of(name)) >= 1


def test_the_table_of_commands_names_each_command_as_it_names_itself() -> None:
    for name, module, summary in COMMANDS:
        assert command_of(name).name == name
        assert command_of(name).callback is not None
        assert summary.endswith(".") and len(summary) < 70
        assert (Path(factcheck.cli.__file__).parent / f"{module}.py").is_file()


def test_no_module_with_a_command_is_left_out_of_the_table() -> None:
    listed = {module for _, module, _ in COMMANDS}
    for found in pkgutil.iter_modules(factcheck.cli.__path__):
        text = (Path(factcheck.cli.__file__).parent / f"{found.name}.py").read_text()
        assert ("@click.command(" in text) == (found.name in listed), found.name


def test_the_list_of_commands_shows_all_of_them_with_their_summaries(cli: Any) -> None:
    ran = cli("--help")
    assert (ran.code, ran.err) == (0, "")
    words = " ".join(ran.out.split())
    for name, _, summary in COMMANDS:
        assert f" {name} {summary}" in words
    assert cli("-h").out == ran.out


def test_without_a_command_the_help_is_shown_plainly(cli: Any) -> None:
    ran = cli()
    assert (ran.code, ran.out) == (2, "")
    assert ran.err == cli("--help").out


def test_the_version_is_that_of_the_package(cli: Any) -> None:
    assert cli("--version").out.split()[-1] == __version__


def loaded_by(*args: str) -> list[str]:
    """Heavy modules in memory after a command in a fresh process."""
    script = (
        "import sys; from factcheck.cli import run; code = run(sys.argv[1:]);"
        f" print('|', code, *[m for m in {HEAVY!r} if m in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, *args],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONPATH": str(Path(factcheck.__file__).parents[1])},
    )
    code, *found = done.stdout.rpartition("|")[2].split()
    assert code == "0"
    return found


@pytest.mark.parametrize(
    "args", [["--help"], ["verify", "--help"], ["config"], ["models"], ["init", "new"]]
)
def test_commands_that_need_no_model_load_none(
    args: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert loaded_by(*args) == []


# --- the examples of the helps ----------------------------------------------------------------

DRAFT = """\
# Ankara and Pristina

Turkey recognised Kosovo on 18 February 2008. Aleksandar Vucic said: "I am horrified by Turkey's
behavior."
"""
CLAIMS = "- claim: Turkey recognised Kosovo on 18 Feb 2008\n- claim: Japan recognised Kosovo\n"


@pytest.fixture(scope="module")
def workplace(tmp_path_factory: pytest.TempPathFactory, root: Path) -> Path:
    """A part of the worked example, with the files that the examples of the helps name."""
    folder = tmp_path_factory.mktemp("workplace")
    for name in ("turkey/recognition.md", "belgrade/president-2025-10-08.md"):
        (folder / "corpus" / name).parent.mkdir(parents=True)
        shutil.copyfile(root / "corpus" / name, folder / "corpus" / name)
    (folder / "claims.yaml").write_text(CLAIMS, encoding="utf-8")
    (folder / "article.md").write_text(DRAFT, encoding="utf-8")
    (folder / "factcheck.yaml").write_text("threads: 1\n", encoding="utf-8")
    row = {"claim": "The mill stands.", "label": "SUPPORTS", "evidence": "The mill stands."}
    (folder / "labelled.jsonl.gz").write_bytes(gzip.compress(json.dumps(row).encode()))
    labels = ["supported"] * 20 + ["unsupported"] * 30
    rows = [{**row, "claim": f"Mill {n} stands.", "label": name} for n, name in enumerate(labels)]
    (folder / "checked.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    return folder


@pytest.fixture
def in_workplace(workplace: Path, cli: Any, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(workplace)
    monkeypatch.delenv("GITHUB_STEP_SUMMARY", raising=False)
    if not (workplace / "report.json").exists():
        assert cli("verify", "--output", "report.json").code == 0
        for name in ("last-week.json", "today.json"):
            shutil.copyfile(workplace / "report.json", workplace / name)
    return workplace


@pytest.mark.parametrize("line", [line for name in NAMES for line in examples_of(name)])
def test_the_example_of_a_help_runs(line: str, in_workplace: Path, cli: Any) -> None:
    program, *args = shlex.split(line)
    assert program == "factcheck"
    ran = cli(*args)
    (in_workplace / "claims.yaml").write_text(CLAIMS, encoding="utf-8")  # `claims` writes one
    assert ran.code in (0, 1), ran.err
    assert "error[" not in ran.err and "Traceback" not in ran.err
    written = [after for word, after in pairwise(args) if word == "--output"]
    assert all((in_workplace / name).stat().st_size > 0 for name in written)
    assert ran.out.strip() or written


# --- what commands print ----------------------------------------------------------------------


def test_a_new_project_passes_its_own_check(
    tmp_path: Path, cli: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    made = cli("init", "story")
    assert made.code == 0
    files = {p.relative_to("story").as_posix() for p in Path("story").rglob("*.*")}
    corpus = {"corpus/sources.yaml", "corpus/water-levels.md"}
    assert files == {"claims.yaml", "factcheck.yaml", *corpus}
    monkeypatch.chdir(tmp_path / "story")
    ran = cli("verify", "claims.yaml", "--format", "json")
    assert ran.code == 0, ran.out
    assert ran.json["gate"]["passed"] is True
    labels = [verdict["label"] for verdict in ran.json["verdicts"]]
    assert (labels[0], labels[2]) == ("supported", "supported")
    # The template shows every setting, and what it shows is accepted as it stands.
    template = Path("factcheck.yaml").read_text(encoding="utf-8")
    lines = [line[1:] for line in template.splitlines()[1:]]
    Path("all.yaml").write_text("\n".join(lines), encoding="utf-8")
    shown = cli("config", "--config", "all.yaml", "--format", "json")
    assert shown.code == 0, shown.err
    assert {setting.name for setting in SETTINGS} == set(shown.json)


def test_init_leaves_alone_what_is_there(
    tmp_path: Path, cli: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "claims.yaml").write_text("- mine\n")
    (tmp_path / "corpus").mkdir()
    ran = cli("init")
    assert ran.code == 0
    assert (tmp_path / "claims.yaml").read_text() == "- mine\n"
    assert list((tmp_path / "corpus").iterdir()) == []
    assert "kept   claims.yaml" in ran.out.splitlines()
    (tmp_path / "file").write_text("")
    assert cli("init", "file").code == 2


def test_config_says_where_each_value_comes_from(
    project: Path, cli: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FACTCHECK_RETRIEVAL_PASSAGES", "7")
    shown = cli("config", "--corpus", "elsewhere", "--format", "json").json
    assert shown["corpus"] == {"value": "elsewhere", "origin": "flag"}
    assert shown["retrieval.passages"] == {"value": 7, "origin": "FACTCHECK_RETRIEVAL_PASSAGES"}
    assert shown["threads"] == {"value": 1, "origin": f"{project}/factcheck.yaml:1:1"}
    assert shown["policy.min_independent"] == {"value": 1, "origin": "default"}
    lines = cli("config").out.splitlines()
    assert [line.split()[0] for line in lines] == [setting.name for setting in SETTINGS]
    assert any(
        line.split() == ["retrieval.passages", "7", "(FACTCHECK_RETRIEVAL_PASSAGES)"]
        for line in lines
    )


def test_models_names_hash_licence_and_data(project: Path, cli: Any, models: Models) -> None:
    rows = cli("models", "--format", "json").json
    assert [row["role"] for row in rows] == ["encoder", "verifier", "judgement"]
    assert {(row["role"], row["name"], row["sha256"]) for row in rows} == {
        (card.role, card.name, card.sha256) for card in models.cards()
    }
    assert all(row["licence"] and row["in_use"] for row in rows)
    text = cli("models").out
    for row in rows:
        assert row["name"] in text and row["sha256"] in text and row["licence"] in text


def test_sources_shows_origins_dates_and_what_is_not_used(project: Path, cli: Any) -> None:
    bridge = (project / "corpus" / "bridge.md").read_text(encoding="utf-8")
    (project / "corpus" / "reprint.md").write_text(bridge, encoding="utf-8")
    (project / "corpus" / "old.txt").write_text("The bridge is planned.\n", encoding="utf-8")
    (project / "corpus" / "bad.pdf").write_bytes(b"%PDF-1.4 nothing")
    manifest = "sources:\n  - path: old.txt\n    retracted: true\n"
    (project / "corpus" / "sources.yaml").write_text(manifest, encoding="utf-8")
    shown = cli("sources", "--format", "json")
    rows = {row["id"]: row for row in shown.json["sources"]}
    assert sorted(rows) == ["bridge.md", "old.txt", "reprint.md"]
    assert rows["bridge.md"]["origin"] == rows["reprint.md"]["origin"] == "bridge.md"
    assert rows["bridge.md"]["published"] == "2019-05-04"
    assert "retracted" in rows["old.txt"]["set_aside"]
    assert [problem["path"] for problem in shown.json["problems"]] == ["bad.pdf"]
    ran = cli("sources")
    lines = ran.out.splitlines()
    assert lines[0] == "one origin: bridge.md"
    assert lines[1].split() == ["2019-05-04", "bridge.md", "Lindholm", "bridge", "opens"]
    assert "not used" in next(line for line in lines if "old.txt" in line)
    assert "3 sources of 2 origins, 1 problems" in ran.err
    assert "bad.pdf" in ran.err


def test_search_shows_exact_spans_with_both_scores(project: Path, cli: Any) -> None:
    rows = cli("search", "When was the bridge opened?", "--limit", "2", "--format", "json").json
    assert [row["rank"] for row in rows] == [1, 2]
    best = rows[0]
    assert best["text"].startswith("The bridge over the Arve")
    assert (best["path"], best["published"]) == ("bridge.md", "2019-05-04")
    assert -1.0 <= best["dense_cosine"] <= 1.0 and best["bm25"] > 0
    assert best["end"] - best["start"] == len(best["text"])
    text = cli("search", "When was the bridge opened?", "--limit", "1").out.splitlines()
    assert text[0].split()[:2] == ["1", "cosine"]
    assert text[1].strip() == " ".join(best["text"].split())


def test_index_says_what_it_did_and_nothing_more_when_nothing_changed(
    project: Path, cli: Any
) -> None:
    first = cli("index")
    assert "read 1 files" in first.err
    assert first.out.startswith("1 sources of 1 origins, 3 passages, 0 problems: ")
    again = cli("index")
    assert (again.err, again.out) == ("", first.out)
    assert "encoded 3 passages" in cli("index", "--rebuild").err


def test_quote_fails_the_gate_on_changed_words_only(project: Path, cli: Any) -> None:
    source = 'The mayor said: "Nobody will miss the long queue at the ferry."\n'
    (project / "corpus" / "said.txt").write_text(source, encoding="utf-8")
    words = "Nobody will miss the long queue at the ferry"
    exact = cli("quote", words, "--format", "json")
    assert (exact.code, exact.json["verdicts"][0]["quote"]["status"]) == (0, "verbatim")
    changed = cli("quote", words.replace("long", "short"), "--format", "json")
    assert (changed.code, changed.json["verdicts"][0]["quote"]["status"]) == (1, "altered")


def test_ask_obeys_its_filters(project: Path, cli: Any) -> None:
    claim = "The bridge over the Arve in Lindholm was opened to traffic on 3 May 2019"
    early = cli("ask", claim, "--as-of", "2019-05-03", "--format", "json").json["verdicts"][0]
    assert (early["label"], early["evidence"]) == ("unsupported", [])
    other = cli("ask", claim, "--source", "other/*", "--format", "json").json["verdicts"][0]
    assert other["evidence"] == []
    found = cli("ask", claim, "--source", "*.md", "--format", "json").json["verdicts"][0]
    assert found["evidence"][0]["path"] == "bridge.md"


@pytest.mark.parametrize("variable", [None, "NO_COLOR", "TERM"])
def test_colour_is_for_terminals_that_want_it(
    project: Path, cli: Any, monkeypatch: pytest.MonkeyPatch, variable: str | None
) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")
    assert "\x1b[" not in cli("verify").out  # a file or a pipe
    if variable:
        monkeypatch.setenv(variable, "1" if variable == "NO_COLOR" else "dumb")
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True, raising=False)
    assert ("\x1b[" in cli("verify").out) == (variable is None)


def test_quiet_leaves_the_report_and_warnings_only(project: Path, cli: Any) -> None:
    ran = cli("verify", "--quiet", "--output", "report.json")
    assert (ran.code, ran.err) == (0, "")
    assert (project / "report.json").exists()
