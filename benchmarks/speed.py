"""Speed, side by side in one run: start-up, the main job against a plain one, indexing, memory.

    python benchmarks/speed.py [--encoder DIR] [--verifier DIR] [--sources 5000]

The plain job needs the torch weights of the encoder (any folder that sentence-transformers loads)
and of a cross-encoder; without them it is left out and the result says so.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from recording import ROOT, write_result

CLAIMS = 40
REPEATS = 5
SEED = 7


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--encoder", type=Path, help="torch weights of the encoder")
    parser.add_argument(
        "--verifier",
        type=Path,
        default=ROOT.parent / "shared" / "models" / "verifier-start",
        help="torch weights of a cross-encoder",
    )
    parser.add_argument("--sources", type=int, default=5000)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="factcheck-speed-") as name:
        folder = Path(name)
        figures = {
            "help": time_command(["--help"], folder),
            "main_job": main_job(folder, arguments),
            "indexing": indexing(folder, arguments.sources),
        }
    write_result("speed", figures, seed=SEED)
    print(json.dumps(figures, indent=1))


def main_job(folder: Path, arguments: argparse.Namespace) -> dict[str, Any]:
    """`verify` of 40 claims with a ready index, and the same job written plainly with torch."""
    claims = first_claims(folder)
    base = ["--corpus", str(ROOT / "corpus"), "--index", str(folder / "index")]
    subprocess.run([*command(), "index", *base], check=True, capture_output=True)
    job = [
        "verify",
        str(claims),
        *base,
        "--format",
        "json",
        "--fail-on",
        "none",
        "--quiet",
        "--no-cache",
    ]
    plain: list[str] | None = None
    if arguments.encoder and arguments.encoder.is_dir() and arguments.verifier.is_dir():
        plain = [
            sys.executable,
            str(ROOT / "benchmarks" / "plain_job.py"),
            str(claims),
            str(folder / "index"),
            str(arguments.encoder),
            str(arguments.verifier),
        ]
        subprocess.run([*plain, "--prepare"], check=True, capture_output=True)
    ours, theirs = [], []
    for _ in range(REPEATS):  # turn and turn about, so that a noisy minute hits both
        ours.append(timed([*command(), *job], folder))
        if plain:
            theirs.append(timed(plain, folder))
    result: dict[str, Any] = {"claims": CLAIMS, "factcheck": spread(ours)}
    if plain:
        result["plain_torch"] = spread(theirs)
        result["times_faster"] = round(
            result["plain_torch"]["median_s"] / result["factcheck"]["median_s"], 2
        )
    else:
        result["plain_torch"] = "left out: no --encoder or --verifier folder"
    return result


def indexing(folder: Path, count: int) -> dict[str, Any]:
    """A corpus of many sources: first index, the second on nothing new, one file changed."""
    corpus = folder / "many" / "corpus"
    write_corpus(corpus, count)
    job = [*command(), "index", str(corpus), "--quiet"]
    first = timed(job, folder)
    second = [timed(job, folder) for _ in range(REPEATS)]
    path = corpus / "part-0" / "source-00000.md"
    path.write_text(path.read_text() + "\n\nOne more sentence stands here.\n")
    changed = timed(job, folder)
    counted = json.loads(
        subprocess.run(
            [*command(), "sources", "--corpus", str(corpus), "--format", "json"],
            check=True,
            capture_output=True,
            text=True,
        ).stdout
    )
    return {
        "sources": len(counted["sources"]),
        "first": first,
        "sources_per_s": round(count / first["wall_s"], 1),
        "second_unchanged": spread(second),
        "one_file_changed": changed,
    }


def write_corpus(folder: Path, count: int) -> None:
    """Invented reports of about 60 words each, all different."""
    chance = random.Random(SEED)
    places = [
        f"{a}{b}" for a in ("Nor", "Ald", "Wes", "Kar") for b in ("ford", "ham", "vik", "lund")
    ]
    things = [
        "the bridge",
        "the harvest",
        "the school",
        "the tram line",
        "the hospital",
        "the mill",
    ]
    acts = ["was opened by", "was paid for by", "was inspected by", "was sold to", "was built by"]
    who = ["the council", "a private fund", "the county", "the ministry", "a group of farmers"]
    for number in range(count):
        path = folder / f"part-{number % 50}" / f"source-{number:05d}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        place = chance.choice(places)
        sentences = [
            f"In {chance.randint(1950, 2024)} {chance.choice(things)} of {place} "
            f"{chance.choice(acts)} {chance.choice(who)} for {chance.randint(2, 900)} thousand "
            f"crowns, {chance.randint(2, 60)} months after report {number}-{part}."
            for part in range(4)
        ]
        path.write_text(f"# Report {number} from {place}\n\n" + " ".join(sentences) + "\n")


def first_claims(folder: Path) -> Path:
    """The first claims of the example that are no pure quotations, as a file of their own."""
    sys.path.insert(0, str(ROOT))
    from factcheck.claims import load_claims

    chosen = [c for c in load_claims(ROOT / "claims.yaml") if c.quote is None][:CLAIMS]
    path = folder / "claims.json"
    path.write_text(json.dumps([{"id": c.id, "claim": c.text} for c in chosen]))
    return path


def command() -> list[str]:
    return [sys.executable, "-m", "factcheck"]


def time_command(arguments: list[str], folder: Path) -> dict[str, Any]:
    return spread([timed([*command(), *arguments], folder) for _ in range(REPEATS)])


def timed(job: list[str], folder: Path) -> dict[str, float]:
    """Wall time, processor time and peak memory of one process."""
    started = time.perf_counter()
    with (folder / "output").open("wb") as output:
        process = subprocess.Popen(
            job, stdout=output, stderr=subprocess.DEVNULL, cwd=ROOT, env=os.environ
        )
        _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - started
    if os.waitstatus_to_exitcode(status) != 0:
        raise SystemExit(f"failed: {' '.join(job)}")
    return {
        "wall_s": round(wall, 3),
        "cpu_s": round(usage.ru_utime + usage.ru_stime, 3),
        "peak_mib": round(usage.ru_maxrss / 1024, 1),
    }


def spread(runs: list[dict[str, float]]) -> dict[str, Any]:
    walls = [run["wall_s"] for run in runs]
    return {
        "median_s": round(statistics.median(walls), 3),
        "fastest_s": min(walls),
        "slowest_s": max(walls),
        "peak_mib": max(run["peak_mib"] for run in runs),
        "runs": len(runs),
    }


if __name__ == "__main__":
    main()
