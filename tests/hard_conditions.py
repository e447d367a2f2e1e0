"""Processes under hard conditions: without the superuser's rights, on a disk that is full.

A test that only pretends (a patched `open`, a size limit) proves little about either; and tests are
often run by the superuser, for whom no folder is closed.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent

# The superuser without capabilities is refused what the permissions of a file refuse.
_DROP = """
import ctypes, os
if os.geteuid() == 0:
    libc = ctypes.CDLL(None, use_errno=True)
    header, nothing = (ctypes.c_uint32 * 2)(0x20080522, 0), (ctypes.c_uint32 * 6)()
    assert libc.capset(header, nothing) == 0, os.strerror(ctypes.get_errno())
"""
# `factcheck(…)` runs a command in this process and keeps exit code, stdout and stderr.
_DRIVER = """
import contextlib, io, json, os, sys
from pathlib import Path
from factcheck.cli import run

done = []

def factcheck(*args):
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = run(list(args))
    done.append({"code": code, "out": out.getvalue(), "err": err.getvalue()})

os.chdir(sys.argv[1])
"""
_REPORT = "\nprint(json.dumps(done))\n"


def without_privilege(steps: str, folder: Path) -> list[dict[str, Any]]:
    """Run steps that call `factcheck(…)` in a folder, refused what its permissions refuse.

    Returns:
        Code, stdout and stderr of each call.
    """
    return _run([sys.executable, "-c", _DROP + _DRIVER + steps + _REPORT, str(folder)])


def on_small_disk(steps: str, folder: Path, size: str) -> list[dict[str, Any]]:
    """Run steps that call `factcheck(…)` on a disk of so many bytes, mounted over a folder.

    Returns:
        Code, stdout and stderr of each call.
    """
    script = _DRIVER + steps + _REPORT
    mount = 'mount -t tmpfs -o size="$1" none "$2" && exec "$3" -c "$4" "$2"'
    inside = ["sh", "-c", mount, "sh", size, str(folder), sys.executable, script]
    return _run(["unshare", "--map-root-user", "--mount", *inside])


@cache
def reason_not_to_drop_rights() -> str | None:
    """Why a process cannot do without the superuser's rights here, or None when it can."""
    if not hasattr(os, "geteuid"):
        return "this system has other permissions"
    done = subprocess.run([sys.executable, "-c", _DROP], capture_output=True)
    return None if done.returncode == 0 else "the superuser's rights cannot be given up here"


@cache
def reason_not_to_mount() -> str | None:
    """Why no small disk can be mounted here, or None when one can."""
    if shutil.which("unshare") is None:
        return "this system has no `unshare`"
    done = subprocess.run(
        ["unshare", "--map-root-user", "--mount", "mount", "-t", "tmpfs", "none", "/mnt"],
        capture_output=True,
    )
    return None if done.returncode == 0 else "this system lets nobody mount a disk of his own"


def _run(command: list[str]) -> list[dict[str, Any]]:
    kept = {k: v for k, v in os.environ.items() if not k.startswith("FACTCHECK_")}
    ran = subprocess.run(
        command,
        env={**kept, "PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": "1"},
        capture_output=True,
        text=True,
    )
    assert ran.returncode == 0, ran.stderr
    done: list[dict[str, Any]] = json.loads(ran.stdout)
    return done
