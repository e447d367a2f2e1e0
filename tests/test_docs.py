"""README and the manual say what the program does."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from factcheck.cli import COMMANDS
from factcheck.errors import FactcheckError
from factcheck.index.opened import Index
from factcheck.pipeline import Models
from factcheck.report.registry import formats
from factcheck.settings import SETTINGS


@pytest.fixture(scope="module")
def readme(root: Path) -> str:
    return (root / "README.md").read_text(encoding="utf-8")


def test_the_generated_pages_are_those_of_the_code(root: Path) -> None:
    done = subprocess.run(
        [sys.executable, "docs/generate.py", "--check"], cwd=root, capture_output=True, text=True
    )
    assert (done.returncode, done.stdout) == (0, "")


def test_the_two_commands_of_the_readme_are_targets_of_make(root: Path, readme: str) -> None:
    block = readme.split("```")[1]
    commands = re.findall(r"^make (\w+)", block, re.MULTILINE)
    assert commands == ["verify", "test"]
    makefile = (root / "Makefile").read_text(encoding="utf-8")
    for target in commands:
        assert re.search(rf"^{target}: ", makefile, re.MULTILINE)
        assert re.search(rf"^\.PHONY:.*\b{target}\b", makefile, re.MULTILINE)
    # On the first screen: what a visitor sees without scrolling.
    assert readme[: readme.index("make test")].count("\n") < 12


def test_the_python_example_of_the_readme_runs(
    root: Path,
    readme: str,
    models: Models,
    example_index: Index,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    code = readme.split("<!-- example: run by a test -->\n```python\n")[1].split("```")[0]
    assert len(code.splitlines()) <= 12
    monkeypatch.chdir(root)
    monkeypatch.setattr("factcheck.pipeline.load_models", lambda config=None: models)
    # The index of the tests instead of one that would be left in the project.
    opened = Index.open(
        root / "corpus", index_dir=example_index.folder, encoder=models.encoder, locked=True
    )
    monkeypatch.setattr(Index, "open", lambda *_: opened)
    exec(compile(code, "README.md", "exec"), {})
    lines = capsys.readouterr().out.splitlines()
    verdicts = [line for line in lines if not line.startswith("    ")]
    assert len(verdicts) == 3
    assert verdicts[0].endswith("Turkey recognised Kosovo on 18 Feb 2008")
    assert all(re.match(r"(supported|contested|unsupported) [01]\.\d+ ", v) for v in verdicts)
    spans = [line.split() for line in lines if line.startswith("    ")]
    assert spans and all(int(start) < int(end) for *_, start, end in spans)
    opened.close()


def test_every_command_is_in_the_readme_and_in_the_reference(root: Path, readme: str) -> None:
    reference = (root / "docs" / "cli.md").read_text(encoding="utf-8")
    for name, _, _ in COMMANDS:
        assert f"factcheck {name}" in readme, name
        assert f"## factcheck {name}" in reference


def test_every_format_and_setting_is_in_the_manual(root: Path, readme: str) -> None:
    settings = (root / "docs" / "configuration.md").read_text(encoding="utf-8")
    for setting in SETTINGS:
        assert f"`{setting.name}`" in settings and f"`{setting.variable}`" in settings
    pages = readme + (root / "docs" / "report-format.md").read_text(encoding="utf-8")
    for name in formats():
        assert f"`{name}`" in pages, name


def test_every_class_of_errors_is_in_the_tree(root: Path) -> None:
    page = (root / "docs" / "errors.md").read_text(encoding="utf-8")

    def classes(base: type[FactcheckError]) -> list[type[FactcheckError]]:
        return [base, *(found for kind in base.__subclasses__() for found in classes(kind))]

    public = [k for k in classes(FactcheckError) if k.__module__ == "factcheck.errors"]
    missing = [k.__name__ for k in public if k.__name__ not in page]
    assert missing in ([], ["InputErrors"])  # several input errors together, no kind of its own


def links(text: str) -> list[str]:
    found = re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", re.sub(r"```.*?```", "", text, flags=re.S))
    return [link for link in found if "://" not in link and not link.startswith("mailto:")]


def test_links_inside_the_project_lead_somewhere(root: Path) -> None:
    dead = [
        f"{page.relative_to(root)}: {link}"
        for page in [root / "README.md", *sorted((root / "docs").rglob("*.md"))]
        for link in links(page.read_text(encoding="utf-8"))
        if not (page.parent / link).exists()
    ]
    assert dead == []


def test_no_page_names_a_place_of_one_machine(root: Path) -> None:
    for page in [root / "README.md", *sorted((root / "docs").rglob("*.md"))]:
        text = page.read_text(encoding="utf-8")
        assert not re.search(r"(?<![\w.])/(?:work|root|home|tmp)/", text), page


def test_results_name_no_place_of_one_machine(root: Path) -> None:
    for path in (root / "benchmarks" / "results").glob("*.json"):
        command = json.loads(path.read_text("utf-8"))["command"]
        assert not [part for part in command.split() if part.startswith("/")], path.name
