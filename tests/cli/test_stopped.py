"""A run that is stopped or runs out of space: no traceback, nothing half written, a usable index.

These run `factcheck` in processes of their own, since they are about how processes end.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from factcheck.index.opened import Index
from factcheck.models.encoder import Encoder

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="about POSIX signals and limits")
ROOT = Path(__file__).resolve().parents[2]
PLENTY_S = 120.0


def command(*args: str) -> list[str]:
    return [sys.executable, "-m", "factcheck", *args]


def environment() -> dict[str, str]:
    kept = {k: v for k, v in os.environ.items() if not k.startswith("FACTCHECK_")}
    return {**kept, "PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": "1"}


def start(*args: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        command(*args),
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        # A test runner in the background may have set the signal to be ignored.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )


def stop(process: subprocess.Popen[str], after_s: float, seen: Path | None = None) -> str:
    """Press Ctrl-C so long after a file has appeared. Returns what stderr said."""
    limit = time.monotonic() + PLENTY_S
    while seen is not None and not seen.exists() and time.monotonic() < limit:
        time.sleep(0.02)
        assert process.poll() is None, process.communicate()
    time.sleep(after_s)
    assert process.poll() is None, "it ended before it could be stopped"
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=PLENTY_S)
    return err


@pytest.fixture
def large(project: Path) -> Path:
    """The project with more to index than a moment allows."""
    for part in range(8):
        lines = [f"Station {n} of line {part} counted {n * 7} riders." for n in range(800)]
        (project / "corpus" / f"part{part}.txt").write_text("\n\n".join(lines))
    return project


@pytest.mark.parametrize("after_s", [0.0, 0.4, 1.5])
def test_ctrl_c_while_indexing_leaves_a_usable_index(
    large: Path, encoder: Encoder, after_s: float
) -> None:
    database = large / ".factcheck" / "index.sqlite"
    err = stop(process := start("index"), after_s, seen=database)
    assert "Traceback" not in err
    assert (process.returncode, err.splitlines()[-1].split(";")[0]) == (130, "stopped")
    for path in (large / "corpus").glob("part*.txt"):
        path.unlink()  # what matters is that it opens; the rest need not be encoded for that
    index = Index.open(large / "corpus", encoder=encoder)
    assert [source.path for source in index.sources] == ["bridge.md"]
    index.close()
    assert list(large.rglob("*.tmp")) == []


def test_ctrl_c_while_a_dataclass_is_being_made_ends_with_the_documented_code(
    tmp_path: Path,
) -> None:
    # Python makes the methods of a dataclass by `exec` of a text, and a program that was started
    # as a module then ends by the signal, also when the interrupt was caught.
    (tmp_path / "starter.py").write_text(
        "import factcheck.cli, factcheck.__main__ as start\n"
        "factcheck.cli.cli.main = lambda **given: exec('raise KeyboardInterrupt')\n"
        "start.main()"
    )
    done = subprocess.run(
        [sys.executable, "-m", "starter"],
        env=environment(),
        cwd=tmp_path,
        capture_output=True,
        text=True,
    )
    assert (done.returncode, done.stdout) == (130, "")
    assert done.stderr.startswith("stopped; ") and "Traceback" not in done.stderr


@pytest.mark.parametrize("seen", ["claims.yaml", ".factcheck/verdicts.sqlite"])
def test_ctrl_c_while_verifying_leaves_no_half_report(
    project: Path, encoder: Encoder, seen: str
) -> None:
    # Once while the models are being loaded, once between two batches of claims.
    Index.open(project / "corpus", encoder=encoder).close()
    old = {"an": "older report"}
    (project / "report.json").write_text(json.dumps(old))
    lines = [f"- The bridge has {n} lanes, {n} lamps and {n * 3} rivets.\n" for n in range(4000)]
    (project / "many.yaml").write_text("".join(lines))
    process = start("verify", "many.yaml", "--output", "report.json")
    err = stop(process, 1.5, seen=project / seen)
    assert "Traceback" not in err
    assert process.returncode == 130
    assert json.loads((project / "report.json").read_text()) == old
    assert [path.name for path in project.iterdir() if "tmp" in path.name] == []
    locked = Index.open(project / "corpus", encoder=encoder, locked=True)
    assert len(locked.sources) == 1
    locked.close()


def test_a_reader_that_goes_away_gets_no_complaint_and_no_passed_gate(project: Path) -> None:
    done = subprocess.run(
        # `true` is gone long before the command has started and writes.
        ["bash", "-c", 'set -o pipefail; "$@" | true', "bash", *command("config", "-v")],
        env=environment(),
        capture_output=True,
        text=True,
        timeout=PLENTY_S,
    )
    assert (done.returncode, done.stderr) == (1, "")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
def test_standard_output_on_a_full_disk_is_a_fault_of_the_machine(project: Path) -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            command("config"), env=environment(), stdout=full, stderr=subprocess.PIPE, text=True
        )
    assert done.returncode == 3
    assert done.stderr.startswith("error[FC530]:")
    assert "No space left on device" in done.stderr
    assert "Exception ignored" not in done.stderr and "Traceback" not in done.stderr


def test_an_index_that_may_not_grow_stays_as_it_was(large: Path, encoder: Encoder) -> None:
    parts = {path: path.read_text() for path in (large / "corpus").glob("part*.txt")}
    for path in parts:
        path.unlink()
    Index.open(large / "corpus", encoder=encoder).close()
    before = (large / ".factcheck" / "index.sqlite").stat().st_size
    for path, text in list(parts.items())[:2]:
        path.write_text(text)
    limit = before + 64 * 1024
    limited = (
        f"import resource; resource.setrlimit(resource.RLIMIT_FSIZE, ({limit}, {limit}));"
        " from factcheck.cli import main; main(['index'])"
    )
    done = subprocess.run(
        [sys.executable, "-c", limited], env=environment(), capture_output=True, text=True
    )
    assert "Traceback" not in done.stderr
    assert done.returncode == 3, done.stderr
    assert "error[FC530]" in done.stderr and "hint:" in done.stderr
    for path in parts:
        path.unlink(missing_ok=True)
    index = Index.open(large / "corpus", encoder=encoder)
    assert [source.path for source in index.sources] == ["bridge.md"]
    assert index.last_build is not None and index.last_build.passages_encoded == 0
    index.close()
