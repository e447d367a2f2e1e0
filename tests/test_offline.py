"""No command reaches for a network."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import factcheck

MakeCorpus = Callable[..., Path]

# Every way to a socket raises, in Python and in whatever Python calls by name.
SCRIPT = """
import socket, sys

def refuse(*args, **kwargs):
    raise AssertionError(f"a socket was asked for: {args}")

for name in ("socket", "create_connection", "getaddrinfo", "gethostbyname", "socketpair"):
    setattr(socket, name, refuse)

from factcheck.cli import run

code = run(["verify", "claims.yaml", "--format", "json", "--quiet"])
import os
names = ("HF_HUB_OFFLINE", "TRANSFORMERS_OFFLINE", "HF_DATASETS_OFFLINE", "DO_NOT_TRACK")
print(*[os.environ.get(name) for name in names], code, file=sys.stderr)
print(*[name for name in ("requests", "httpx", "urllib3", "aiohttp") if name in sys.modules],
      file=sys.stderr)
"""


def test_a_first_run_without_any_socket_indexes_and_verifies(
    make_corpus: MakeCorpus, tmp_path: Path
) -> None:
    corpus = make_corpus(
        {
            "mill.html": "<html><body><p>The mill of Orsa was rebuilt in 1911 and still stands."
            "</p><p>See https://example.org/mill for more.</p></body></html>",
            "river.md": "---\nurl: https://example.org/river\n---\n\nThe river froze in 1947.\n",
        }
    )
    claims = tmp_path / "claims.yaml"
    claims.write_text("- The mill of Orsa was rebuilt in 1911\n- quote: still stands\n")
    allowed = {k: v for k, v in os.environ.items() if not k.startswith(("FACTCHECK_", "HF_"))}
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT],
        cwd=corpus.parent,
        env={**allowed, "PYTHONPATH": str(Path(factcheck.__file__).parents[1])},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    report = json.loads(done.stdout)
    assert report["counts"]["failed"] == 0
    assert report["verdicts"][0]["evidence"][0]["path"] == "mill.html"
    switches, libraries = done.stderr.split("\n")[-3:-1]
    assert switches == "1 1 1 1 0"
    assert libraries == ""


def test_the_switches_overrule_what_the_user_has_set() -> None:
    done = subprocess.run(
        [
            sys.executable,
            "-c",
            "import os; from factcheck.cli import run; run(['--version']);"
            " print(os.environ['HF_HUB_OFFLINE'])",
        ],
        env={
            **os.environ,
            "HF_HUB_OFFLINE": "0",
            "PYTHONPATH": str(Path(factcheck.__file__).parents[1]),
        },
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.split()[-1] == "1"
