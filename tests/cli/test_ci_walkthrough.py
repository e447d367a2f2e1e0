"""docs/ci.md as a reader would follow it, and the files that CI systems read."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parent.parent.parent
PAGE = ROOT / "docs" / "ci.md"
BLOCK = re.compile(r"^```(\w+)([^\n]*)\n(.*?)^```$", re.DOTALL | re.MULTILINE)


@dataclass
class Step:
    """One command of the page with the lines that it is said to print."""

    command: str
    printed: list[str] = field(default_factory=list)
    exit_code: int = 0


def files_of(page: str) -> dict[str, str]:
    found = {}
    for _, info, body in BLOCK.findall(page):
        name = re.search(r"file=(\S+)", info)
        if name:
            found[name[1]] = body
    return found


def steps_of(page: str) -> list[Step]:
    steps: list[Step] = []
    for language, info, body in BLOCK.findall(page):
        if language != "console":
            continue
        first = len(steps)
        for line in body.splitlines():
            if line.startswith("$ "):
                steps.append(Step(line[2:]))
            elif line.strip() != "…":
                steps[-1].printed.append(line.strip())
        code = re.search(r"exit=(\d+)", info)
        assert len(steps) > first
        steps[-1].exit_code = int(code[1]) if code else 0
    return steps


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """A shell in which `factcheck` is the code of this checkout."""
    programs = tmp_path / "bin"
    programs.mkdir()
    script = programs / "factcheck"
    script.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m factcheck "$@"\n', encoding="utf-8")
    script.chmod(0o755)
    kept = {
        k: v for k, v in os.environ.items() if not k.startswith(("FACTCHECK_", "GIT", "WANTED"))
    }
    return kept | {
        "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}",
        "PYTHONPATH": str(ROOT),
        "GIT_AUTHOR_NAME": "Desk",
        "GIT_AUTHOR_EMAIL": "desk@example.org",
        "GIT_COMMITTER_NAME": "Desk",
        "GIT_COMMITTER_EMAIL": "desk@example.org",
        "HOME": str(tmp_path),
    }


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    folder = tmp_path / "repository"
    for name, text in files_of(PAGE.read_text(encoding="utf-8")).items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


@pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")
def test_the_walk_through_does_what_it_says(repository: Path, environment: dict[str, str]) -> None:
    steps = steps_of(PAGE.read_text(encoding="utf-8"))
    assert sum(step.exit_code == 1 for step in steps) == 3
    for step in steps:
        done = subprocess.run(
            step.command,
            shell=True,
            cwd=repository,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
        )
        assert done.returncode == step.exit_code, f"{step.command}\n{done.stdout}"
        position = 0
        for line in step.printed:
            position = done.stdout.find(line, position)
            assert position >= 0, f"{step.command} does not print {line!r}:\n{done.stdout}"
    changed = (repository / "draft.md").read_text(encoding="utf-8").splitlines()
    assert "48 million litres" in changed[5 - 1]  # the line of the annotation
    status = subprocess.run(
        ["git", "status", "--porcelain"], cwd=repository, capture_output=True, encoding="utf-8"
    )
    assert ".factcheck" not in status.stdout


def test_the_action_runs_and_fails_where_the_gate_fails(
    repository: Path, environment: dict[str, str]
) -> None:
    action = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
    step = action["runs"]["steps"][-1]
    given = {"claims": "claims.yaml", "drafts": "draft.md\n", "fail-on": "contested"}
    values = {name: item.get("default", "") for name, item in action["inputs"].items()} | given
    for variable, expression in step["env"].items():
        name = re.fullmatch(r"\$\{\{ inputs\.([a-z-]+) \}\}", expression)
        assert name is not None and name[1] in action["inputs"]
        environment[variable] = values[name[1]]
    assert "${{" not in step["run"]
    environment["GITHUB_STEP_SUMMARY"] = str(repository / "summary.md")

    def run() -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]],
            cwd=repository,
            env=environment,
            capture_output=True,
            encoding="utf-8",
        )

    passed = run()
    assert passed.returncode == 0, passed.stderr
    written = {path.name for path in (repository / "factcheck-reports").iterdir()}
    assert written == {f"{n}.{e}" for n in ("claims", "drafts") for e in ("json", "html", "sarif")}
    draft = repository / "draft.md"
    draft.write_text(draft.read_text("utf-8").replace("38 million", "48 million"), "utf-8")
    failed = run()
    assert failed.returncode == 1, failed.stderr
    assert "::error file=draft.md,line=5" in failed.stdout
    assert "## Fact check" in (repository / "summary.md").read_text(encoding="utf-8")


def test_hooks_name_commands_that_exist_and_files_that_matter() -> None:
    from factcheck.cli import COMMANDS

    hooks = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    known = {name for name, _, _ in COMMANDS}
    assert [hook["entry"].split()[1] for hook in hooks] == ["verify", "check"]
    assert all(hook["entry"].split()[1] in known for hook in hooks)
    pattern = re.compile(hooks[0]["files"])
    for name in ("claims.yaml", "claims-2.jsonl", "corpus/deep/a.pdf", "factcheck.yaml"):
        assert pattern.search(name), name
    for name in ("README.md", "src/claims.py", "corpus.txt"):
        assert not pattern.search(name), name


def test_the_page_names_every_exit_code() -> None:
    from factcheck.cli import INTERRUPTED_EXIT
    from factcheck.errors import EnvironmentFailure, FactcheckError, InputError

    table = PAGE.read_text(encoding="utf-8").split("## Exit codes")[1]
    said = {int(code) for code in re.findall(r"^\| (\d+) \|", table, re.MULTILINE)}
    kinds = (InputError, EnvironmentFailure, FactcheckError)
    assert said == {0, 1, INTERRUPTED_EXIT, *(kind.exit_code for kind in kinds)}


def test_every_flag_on_the_page_exists() -> None:
    import click

    from factcheck.cli import cli

    context = click.Context(cli)
    page = PAGE.read_text(encoding="utf-8")
    for name in ("verify", "report", "diff", "check"):
        command = cli.get_command(context, name)
        assert command is not None
        known = {option for item in command.params for option in item.opts}
        for line in re.findall(rf"factcheck {name} [^`\n|]*", page):
            for flag in re.findall(r"--[a-z-]+", line):
                assert flag in known, f"{name} {flag}"


def test_the_workflows_on_the_page_can_be_copied_as_they_are() -> None:
    page = PAGE.read_text(encoding="utf-8")
    blocks = [
        yaml.safe_load(body) for language, _, body in BLOCK.findall(page) if language == "yaml"
    ]
    workflows = [block for block in blocks if isinstance(block, dict) and "jobs" in block]
    action = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
    own, plain = (workflow["jobs"]["facts"]["steps"] for workflow in workflows)
    # An action in a folder of the repository: its address is nobody's name.
    step = next(step for step in own if step["uses"].startswith("./"))
    assert set(step["with"]) <= set(action["inputs"])
    install = next(step for step in action["runs"]["steps"] if step.get("name") == "Install")
    assert install["run"].endswith('install --quiet "$GITHUB_ACTION_PATH"')
    commands = [step["run"] for step in plain if "run" in step]
    assert [command.split()[1] for command in commands] == ["install", "verify", "check"]


def test_the_hooks_on_the_page_are_those_of_the_repository() -> None:
    page = PAGE.read_text(encoding="utf-8")
    blocks = [
        yaml.safe_load(body) for language, _, body in BLOCK.findall(page) if language == "yaml"
    ]
    (local,) = next(b for b in blocks if isinstance(b, dict) and "repos" in b)["repos"]
    known = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    assert local["repo"] == "local"
    for shown, hook in zip(local["hooks"], known, strict=True):
        own = {"description", "files"} if "files" not in hook else {"description"}
        wanted = {key: value for key, value in hook.items() if key not in own}
        assert {key: shown[key] for key in wanted} == wanted
        assert shown["additional_dependencies"] == ["factcheck-cli"]
