"""Ctrl-C at any moment of a command: the documented code, no traceback, nothing half written."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

import factcheck.pipeline
from factcheck.pipeline import Models

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = str(ROOT / "factcheck")
# Moments spread evenly over the calls that a run makes in this package.
MOMENTS = 16
# Stops the program when a module is asked for.
SCRIPT = """
import runpy, sys

class Stop:
    def find_spec(self, name, *rest):
        if name == wanted:
            raise KeyboardInterrupt

sys.meta_path.insert(0, Stop())
wanted, sys.argv = sys.argv[1], ["factcheck", "search", "bridge"]
runpy.run_module("factcheck", run_name="__main__")
"""


@pytest.mark.parametrize(
    "module", ["factcheck.cli", "click", "factcheck.errors", "factcheck.cli.search", "yaml"]
)
def test_ctrl_c_while_the_program_starts_is_no_error(project: Path, module: str) -> None:
    ran = subprocess.run(
        [sys.executable, "-c", SCRIPT, module],
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert (ran.returncode, ran.stdout) == (130, "")
    assert ran.stderr.strip().startswith("stopped")
    assert "Traceback" not in ran.stderr


class StopAt:
    """Counts calls inside the package and raises KeyboardInterrupt at one of them.

    Not at a generator expression: one that is put away half-way is called once more, and what is
    raised then Python itself drops.
    """

    def __init__(self, call: int | None = None) -> None:
        self.calls = 0
        self.call = call
        self.stopped = False

    def __call__(self, frame: FrameType, event: str, _: object) -> None:
        code = frame.f_code
        if event != "call" or not code.co_filename.startswith(PACKAGE):
            return
        # Counted from where click asks which command it is; for what is before see above.
        if self.calls or code.co_name == "resolve_command":
            self.calls += 1
            due = self.call is not None and self.calls >= self.call and not self.stopped
            if due and code.co_name != "<genexpr>":
                self.stopped = True
                raise KeyboardInterrupt


def test_ctrl_c_at_any_moment_of_a_verification_leaves_nothing_half_written(
    project: Path, cli: Any, models: Models, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(factcheck.pipeline, "load_models", lambda config=None: models)
    job = ("verify", "--output", "report.json", "--output", "report.html", "--quiet")
    assert cli(*job, "--no-cache").code == 0
    expected = {name: (project / name).read_bytes() for name in ("report.json", "report.html")}
    old = b'{"an": "older report"}'

    def start(stop: StopAt) -> Any:
        for path in (project / ".factcheck").glob("verdicts*"):
            path.unlink()
        for name in expected:
            (project / name).write_bytes(old)
        sys.setprofile(stop)
        try:
            return cli(*job)
        finally:
            sys.setprofile(None)

    counter = StopAt()
    assert start(counter).code == 0
    kept = 0
    for moment in range(MOMENTS):
        ran = start(StopAt(2 + moment * (counter.calls - 2) // MOMENTS))
        assert (ran.code, ran.out) == (130, "")
        assert ran.err.splitlines()[-1].startswith("stopped")
        assert "Traceback" not in ran.err
        for name, content in expected.items():
            assert (project / name).read_bytes() in (old, content)
            kept += (project / name).read_bytes() == old
        assert [path.name for path in project.rglob("*tmp*")] == []
        # What the stopped run left in the cache is whole: the next run gives the same bytes.
        assert cli(*job).code == 0
        assert {name: (project / name).read_bytes() for name in expected} == expected
    assert kept > MOMENTS
    assert json.loads(expected["report.json"])["counts"]["failed"] == 0
