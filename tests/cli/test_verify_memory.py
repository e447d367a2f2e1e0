"""The number of claims does not show in the memory of a streamed run."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.skipif(not hasattr(os, "wait4"), reason="needs the peak of a process")
TEXTS = ("The bridge was opened on 3 May 2019", "It cost 60 million crowns", "A comet was seen")
# 4,500 verdicts more would need some 9,000 KiB if they were kept, their lines alone 4,000.
_ALLOWED_KIB = 1_500


def peak_kib(count: int) -> int:
    """Peak memory of `factcheck verify -` over so many claims whose verdicts are in the cache."""
    with tempfile.TemporaryFile() as claims, tempfile.TemporaryFile() as out:
        for n in range(count):
            row = {"id": f"claim number {n}", "claim": TEXTS[n % 3]}
            claims.write(json.dumps(row).encode() + b"\n")
        claims.seek(0)
        process = subprocess.Popen(
            [sys.executable, "-m", "factcheck", "verify", "-", "--format=jsonl", "--quiet"],
            env={**os.environ, "PYTHONPATH": str(ROOT), "MALLOC_ARENA_MAX": "1"},
            stdin=claims,
            stdout=out,
        )
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        assert process.returncode == 0
        out.seek(0)
        assert sum(1 for _ in out) == count
    return usage.ru_maxrss // (1024 if sys.platform == "darwin" else 1)


def test_five_thousand_claims_need_no_more_memory_than_five_hundred(project: Path, cli) -> None:
    lines = [json.dumps({"claim": text}) + "\n" for text in TEXTS]
    assert cli("verify", "-", "--format=jsonl", stdin=lines).code == 0
    few, many = peak_kib(500), peak_kib(5_000)
    assert many - few < _ALLOWED_KIB
