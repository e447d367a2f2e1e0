"""A folder to run the command line in, and the running of it."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from factcheck.cli import run

BRIDGE = """\
---
title: Lindholm bridge opens
publisher: Lindholm Council
published: 2019-05-04
---

The bridge over the Arve in Lindholm was opened to traffic on 3 May 2019. Building it cost 42
million crowns. The mayor, Ida Berg, cut the ribbon.
"""
CLAIMS = """\
claims:
  - claim: The bridge over the Arve in Lindholm was opened to traffic on 3 May 2019
  - claim: Building the bridge cost 60 million crowns
  - claim: A comet was seen over the harbour of Zanzibar
"""


@dataclass(frozen=True)
class Ran:
    """What one command did."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)

    @property
    def lines(self) -> list[Any]:
        return [json.loads(line) for line in self.out.splitlines()]


Cli = Callable[..., Ran]


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project with one source and three claims, and the working folder in it."""
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / "bridge.md").write_text(BRIDGE, encoding="utf-8")
    (tmp_path / "claims.yaml").write_text(CLAIMS, encoding="utf-8")
    (tmp_path / "factcheck.yaml").write_text("threads: 1\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    for name in ("GITHUB_STEP_SUMMARY", "FACTCHECK_CACHE"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path


class Input(io.BytesIO):
    """Standard input that can be stopped in the middle, like a user's Ctrl+C."""

    stop_after: int | None = None

    def __next__(self) -> bytes:
        if self.stop_after is not None:
            if self.stop_after == 0:
                raise KeyboardInterrupt
            self.stop_after -= 1
        return super().__next__()


@pytest.fixture
def cli(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Cli:
    """Run `factcheck` in this process."""

    def call(*args: str, stdin: Iterable[str] | None = None, stop_after: int | None = None) -> Ran:
        if stdin is not None:
            source = Input("".join(stdin).encode("utf-8"))
            source.stop_after = stop_after
            monkeypatch.setattr(sys, "stdin", type("Stdin", (), {"buffer": source})())
        code = run(list(args))
        captured = capsys.readouterr()
        return Ran(code, captured.out, captured.err)

    return call
