"""`factcheck init`: a project to start from."""

from __future__ import annotations

from pathlib import Path

import click

from factcheck.cli.output import write_whole
from factcheck.errors import UsageError
from factcheck.settings import SETTINGS, Setting

CLAIMS = """\
# Claims to check: `factcheck verify claims.yaml`
claims:
  - claim: The reservoir held 38 million litres at the end of July
    expect: supported        # what you expect; another label fails the run
  - claim: The reservoir was full at the end of July
  - quote: "We are closer to the limit than in any summer since 1995"
    speaker: Mara Lindqvist  # quotations are checked word by word
"""
SOURCE = """\
---
title: Water levels, July
publisher: Example Water Board
published: 2025-08-01
kind: primary
---

At the end of July the reservoir held 38 million litres, 41 per cent of its capacity.

"We are closer to the limit than in any summer since 1995," said Mara Lindqvist, who heads the
board's control room.
"""
MANIFEST = """\
# What the files do not say of themselves. One entry per source; all fields but `path` are optional.
sources:
  - path: water-levels.md
    reliability: 0.9         # 0 to 1
    # id, title, publisher, author, published, url, archived_url, kind (primary, secondary,
    # tertiary), language, licence, derived_from, retracted, supersedes
"""


@click.command(name="init")
@click.argument("folder", metavar="[DIR]", default=".")
def command(folder: str) -> None:
    """Write a commented claims.yaml, corpus/ and factcheck.yaml into DIR to start from.

    Files that are already there are left alone.

    \b
    Example:
      factcheck init my-project
    """
    root = Path(folder)
    if root.exists() and not root.is_dir():
        raise UsageError("this is a file, not a folder", where=root)
    files = {
        "claims.yaml": CLAIMS,
        "factcheck.yaml": settings_template(),
        "corpus/sources.yaml": MANIFEST,
        "corpus/water-levels.md": SOURCE,
    }
    corpus_exists = (root / "corpus").exists()
    for name, text in files.items():
        path = root / name
        if path.exists() or (corpus_exists and name.startswith("corpus/")):
            click.echo(f"kept   {path}")
            continue
        write_whole(path, text)
        click.echo(f"wrote  {path}")
    click.echo(
        f"next: cd {root} && factcheck verify claims.yaml"
        if folder != "."
        else "next: factcheck verify claims.yaml"
    )


def settings_template() -> str:
    """A configuration file with every setting at its default, commented out."""
    lines = ["# Settings of factcheck; every line shows a default. Remove the # to change one."]
    group = ""
    for setting in SETTINGS:
        head, _, name = setting.name.rpartition(".")
        if head != group:
            group = head
            lines += [f"#{head}:"] if head else []
        indent = "  " if head else ""
        lines.append(f"#{indent}{name or setting.name}: {_shown(setting)}  # {setting.help}")
    return "\n".join(lines) + "\n"


def _shown(setting: Setting) -> str:
    value = setting.default
    if value is None:
        return "null"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, tuple):
        return "[" + ", ".join(value) + "]"
    return str(value)
