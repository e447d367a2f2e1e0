"""A standard stream that is closed, as some schedulers start programs, is no bug.

These run `factcheck` in processes of their own, since streams are closed before a program starts.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="closes streams as a POSIX shell")
ROOT = Path(__file__).resolve().parents[2]


def closed(streams: str, *args: str) -> subprocess.CompletedProcess[str]:
    """Run a command with streams closed, named as a shell does it: `<&- >&- 2>&-`."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith("FACTCHECK_")}
    return subprocess.run(
        ["bash", "-c", f'exec "$@" {streams}', "bash", sys.executable, "-m", "factcheck", *args],
        env={**kept, "PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": "1"},
        capture_output=True,
        text=True,
        timeout=120,
    )


def test_a_run_without_any_stream_writes_its_report(project: Path) -> None:
    ran = closed("<&- >&- 2>&-", "verify", "claims.yaml", "--output", "r.json")
    assert (ran.returncode, ran.stdout, ran.stderr) == (0, "", "")
    report = json.loads((project / "r.json").read_text(encoding="utf-8"))
    assert [verdict["claim_id"] for verdict in report["verdicts"]] == ["c001", "c002", "c003"]


@pytest.mark.parametrize(
    ("streams", "out", "err"),
    [(">&-", "", "read 1 files"), ("2>&-", "1 sources of 1 origins", "")],
)
def test_one_closed_stream_leaves_the_other_as_it_is(
    project: Path, streams: str, out: str, err: str
) -> None:
    ran = closed(streams, "index")
    assert ran.returncode == 0, ran.stderr
    assert (ran.stdout[: len(out) or None], ran.stderr[: len(err) or None]) == (out, err)


@pytest.mark.parametrize("command", ["verify", "check", "claims"])
def test_reading_a_closed_standard_input_is_refused(project: Path, command: str) -> None:
    ran = closed("<&-", command, "-")
    assert (ran.returncode, ran.stdout) == (2, "")
    assert ran.stderr == (
        "error[FC101]: standard input is closed\n"
        "hint: send the text through a pipe, or name its file\n"
    )
