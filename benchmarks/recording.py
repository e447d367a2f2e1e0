"""What every result file says of its run: command, commit, machine."""

from __future__ import annotations

import json
import os
import platform
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
RESULTS = ROOT / "benchmarks" / "results"


def write_result(name: str, figures: dict[str, Any], *, seed: int | None = None) -> Path:
    """Write `benchmarks/results/NAME.json`, or to FACTCHECK_RESULTS when it is set."""
    folder = Path(os.environ.get("FACTCHECK_RESULTS", RESULTS))
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}.json"
    record = {
        "command": " ".join(["python", *map(shown, sys.argv)]),
        "commit": commit(),
        "date": datetime.now(UTC).strftime("%Y-%m-%d"),
        "machine": machine(),
        "seed": seed,
        **figures,
    }
    path.write_text(json.dumps(record, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    print(f"wrote {shown(str(path))}")
    return path


def shown(argument: str) -> str:
    """A part of the command, without places that only this machine has.

    A path inside the project is given from its root, any other full path as DIR or FILE.
    """
    path = Path(argument)
    if not path.is_absolute():
        return path.as_posix() if path.exists() else argument
    if path.is_relative_to(ROOT):
        return path.relative_to(ROOT).as_posix()
    return "DIR" if path.is_dir() else "FILE"


def commit() -> str:
    """The commit measured, with a + when the tree has changes."""
    try:
        head = _git("rev-parse", "--short", "HEAD")
        return head + ("+" if _git("status", "--porcelain", "--untracked-files=no") else "")
    except (OSError, subprocess.CalledProcessError):
        return "unknown"


def _git(*args: str) -> str:
    return subprocess.run(
        ["git", *args], cwd=ROOT, check=True, capture_output=True, text=True
    ).stdout.strip()


def machine() -> dict[str, Any]:
    """Processor, cores, memory and Python."""
    processor = platform.processor() or platform.machine()
    try:
        for line in Path("/proc/cpuinfo").read_text().splitlines():
            if line.startswith("model name"):
                processor = line.split(":", 1)[1].strip()
                break
        pages, size = os.sysconf("SC_PHYS_PAGES"), os.sysconf("SC_PAGE_SIZE")
        memory = round(pages * size / 2**30, 1)
    except (OSError, ValueError):
        memory = None
    return {
        "processor": processor,
        "cores": os.cpu_count(),
        "memory_gib": memory,
        "python": platform.python_version(),
        "load_before": round(os.getloadavg()[0], 2) if hasattr(os, "getloadavg") else None,
    }
