"""`--jobs`: several processes, the same bytes, nothing left over when it is stopped."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest

from factcheck.config import default_config
from factcheck.errors import EnvironmentFailure, ModelError
from factcheck.records import Claim
from factcheck.workers import Workers, threads_each

ROOT = Path(__file__).resolve().parents[2]
TEXTS = (
    "The bridge over the Arve in Lindholm was opened to traffic on 3 May 2019",
    "Building the bridge cost {} million crowns",
    "The bridge has {} lamps",
)


def claim_lines(count: int) -> list[str]:
    return [json.dumps({"claim": TEXTS[n % 3].format(n)}) + "\n" for n in range(count)]


def test_several_processes_write_the_bytes_of_one(project, cli) -> None:
    lines = [*claim_lines(20), '{"clam": "x"}\n', *claim_lines(15)]
    (project / "claims.jsonl").write_text("".join(lines), encoding="utf-8")
    args = ("verify", "claims.jsonl", "--no-cache", "--keep-going", "--format=jsonl")
    one = cli(*args, "--jobs=1")
    two = cli(*args, "--jobs=2")
    assert len(one.lines) == 36
    assert (two.code, two.out, two.err) == (one.code, one.out, one.err)
    # What processes have made is kept by the parent and needs none of them again.
    assert "0 from" not in cli("verify", "claims.jsonl", "--keep-going", "--jobs=2").err
    again = cli("verify", "claims.jsonl", "--keep-going", "--jobs=2", "-v", "--format=json")
    assert "35 verdicts from the cache, 0 made" in again.err
    assert again.json["verdicts"] == one.lines


def is_gone(group: int) -> bool:
    """Whether nobody of a process group is left, after a moment to end in."""
    limit = time.monotonic() + 60
    while time.monotonic() < limit:
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.02)
    return False


@pytest.mark.skipif(sys.platform == "win32", reason="about POSIX signals")
def test_ctrl_c_ends_all_processes_and_the_run_can_go_on(project: Path, cli) -> None:
    lines = claim_lines(300)
    (project / "claims.jsonl").write_text("".join(lines), encoding="utf-8")
    args = ["verify", "claims.jsonl", "--output=all.jsonl", "--resume"]
    process = subprocess.Popen(
        [sys.executable, "-m", "factcheck", *args, "--jobs=2"],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )
    part = project / "all.jsonl.part"
    limit = time.monotonic() + 300
    while time.monotonic() < limit and not (part.exists() and part.stat().st_size):
        assert process.poll() is None, process.communicate()
        time.sleep(0.02)
    os.killpg(process.pid, signal.SIGINT)  # as a terminal does: every process of the group
    _, err = process.communicate(timeout=120)
    assert (process.returncode, "Traceback" in err) == (130, False), err
    assert is_gone(process.pid), "a process of the group is left"
    whole = part.read_bytes()
    assert whole.endswith(b"\n") and 0 < whole.count(b"\n") < 300
    resumed = cli(*args, "--jobs=2")
    assert resumed.code == 0
    assert [v["claim"] for v in map(json.loads, (project / "all.jsonl").open())] == [
        json.loads(line)["claim"] for line in lines
    ]


def test_a_process_that_dies_is_a_fault_of_the_machine() -> None:
    workers = Workers(default_config(), 1)
    try:
        (process,) = workers._processes.values()
        process.kill()
        process.join()
        with pytest.raises(EnvironmentFailure, match="ended unexpectedly") as caught:
            workers.result(workers.submit([Claim(id="a", text="It rains")]))
        assert "fewer --jobs" in (caught.value.hint or "")
    finally:
        workers.close()


def test_an_error_of_a_process_is_the_error_of_the_run(tmp_path: Path) -> None:
    config = default_config().with_values({"models.encoder": str(tmp_path / "no-such-model")})
    workers = Workers(config, 1)
    try:
        with pytest.raises(ModelError) as caught:
            workers.result(workers.submit([Claim(id="a", text="It rains")]))
        assert caught.value.code.startswith("FC52")
    finally:
        workers.close()


def test_the_cores_are_shared_out_unless_threads_are_asked_for() -> None:
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    assert cores is not None
    assert threads_each(0, 1) == cores
    assert threads_each(0, 10 * cores) == 1
    assert threads_each(3, 2) == 3


def test_records_and_errors_survive_the_way_between_processes() -> None:
    import pickle

    from factcheck.errors import IndexStoreError

    claim = Claim(id="a", text="It rains", tags=("x",))
    assert pickle.loads(pickle.dumps(claim)) == replace(claim)
    error = pickle.loads(pickle.dumps(IndexStoreError("gone", where="a/b", hint="h", code="FC517")))
    assert error.render() == "error[FC517]: gone\n  a/b\nhint: h"
