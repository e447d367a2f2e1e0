"""How well checkable sentences of drafts are found, and how long reading a draft takes.

    python benchmarks/drafts.py [--check] [--errors develop]

The labelled drafts in `tests/drafts/labelled/` were written for the purpose. Rules were made with
`develop/` in view; `measure/` serves only to measure. A sentence counts as found when at least one
claim stands on its line, so that a sentence dropped because "he" could not be resolved counts as
missed.
"""

from __future__ import annotations

import argparse
import re
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from recording import ROOT, write_result

from factcheck.drafts.read import read_draft

LABELLED = ROOT / "tests" / "drafts" / "labelled"
_LINE = re.compile(r"([+-]) (\w+) \| (.*)")
_REPEATS = 5
_TIMED_WORDS = 2_000


@dataclass(frozen=True)
class LabelledDraft:
    """A draft whose sentences stand on a line each.

    Args:
        text: the draft as Markdown.
        labels: line number to checkable or not, and the reason given by the person who labelled.
    """

    name: str
    kind: str
    text: str
    labels: dict[int, tuple[bool, str]]


def read_labelled(path: Path) -> LabelledDraft:
    """Read one labelled draft; header lines become front matter, so that line numbers are kept."""
    lines, labels, header = [], {}, {}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        match = _LINE.fullmatch(line)
        if match:
            labels[number] = (match[1] == "+", match[2])
            lines.append(match[3])
        elif line.startswith("# ") and ": " in line:
            key, _, value = line[2:].partition(": ")
            header[key] = value
            lines.append("")
        elif line.strip():
            raise ValueError(f"{path.name}:{number}: not a labelled line: {line}")
        else:
            lines.append("")
    text = "\n".join(lines)
    return LabelledDraft(path.stem, header["kind"], text, labels)


def published(path: Path) -> date | None:
    """The day in the header of a labelled draft, or None."""
    match = re.search(r"^# date: (\S+)$", path.read_text(encoding="utf-8"), re.MULTILINE)
    return date.fromisoformat(match[1]) if match else None


def score(folder: Path, *, show: bool = False) -> dict[str, Any]:
    """Precision, recall and F1 over all sentences of a folder, and errors by label."""
    counts: Counter[str] = Counter()
    errors: Counter[str] = Counter()
    drafts = {}
    for path in sorted(folder.glob("*.txt")):
        draft = read_labelled(path)
        own: Counter[str] = Counter()
        read = read_draft(f"{draft.name}.md", draft.text, published=published(path))
        found = {claim.location.line for claim in read.claims if claim.location}
        reasons = {item.location.line: item for item in read.skipped}
        for line, (wanted, label) in draft.labels.items():
            outcome = ("t" if (line in found) == wanted else "f") + ("p" if line in found else "n")
            own[outcome] += 1
            if outcome[0] == "f":
                errors[f"{'missed' if wanted else 'taken'}: {label}"] += 1
            if show and outcome[0] == "f":
                item = reasons.get(line)
                why = f"{item.reason.value}: {item.message}" if item else ""
                print(
                    f"{draft.name}:{line} {label} | {draft.text.split(chr(10))[line - 1]} | {why}"
                )
        counts += own
        drafts[draft.name] = {"kind": draft.kind, "sentences": len(draft.labels)} | rates(own)
    return {
        "sentences": sum(counts.values()),
        "checkable": counts["tp"] + counts["fn"],
        **rates(counts),
        "errors": dict(sorted(errors.items())),
        "drafts": drafts,
    }


def rates(counts: Counter[str]) -> dict[str, float]:
    """Precision, recall, F1 and accuracy of counted outcomes."""
    tp, fp, fn, tn = (counts[name] for name in ("tp", "fp", "fn", "tn"))
    return {
        "precision": round(tp / max(1, tp + fp), 4),
        "recall": round(tp / max(1, tp + fn), 4),
        "f1": round(2 * tp / max(1, 2 * tp + fp + fn), 4),
        "accuracy": round((tp + tn) / max(1, tp + fp + fn + tn), 4),
    }


def timed() -> dict[str, Any]:
    """Seconds to read and split a draft of 2,000 words, models not included."""
    text = draft_of_2000_words()
    seconds = []
    for run in range(_REPEATS):
        # parsing is kept per text: another word in every sentence makes each run a fresh one
        fresh = re.sub(r"\.(\s)", rf" in place {run}.\1", text)
        started = time.perf_counter()
        read = read_draft("timed.md", fresh)
        seconds.append(time.perf_counter() - started)
    return {
        "words": _TIMED_WORDS,
        "claims": len(read.claims),
        "first_s": round(seconds[0], 4),
        "median_s": round(statistics.median(seconds), 4),
    }


def draft_of_2000_words() -> str:
    """The labelled drafts one after the other, cut after 2,000 words."""
    texts = [read_labelled(path).text for path in sorted(LABELLED.glob("*/*.txt"))]
    return " ".join("\n\n".join(texts).split(" ")[:_TIMED_WORDS])


def whole_run() -> dict[str, Any]:
    """Seconds of `factcheck check` on 2,000 words against the example corpus, index up to date."""
    with tempfile.TemporaryDirectory() as folder:
        draft = Path(folder) / "draft.md"
        draft.write_text(draft_of_2000_words(), encoding="utf-8")
        command = [sys.executable, "-m", "factcheck", "check", str(draft), "--fail-on", "none"]
        command += ["--corpus", str(ROOT / "corpus"), "--index", folder, "--format", "json"]
        runs = []
        # The first one builds the index, the third one fills the cache that the fourth one reads.
        for more in (["--no-cache"], ["--no-cache"], [], []):
            before = resource.getrusage(resource.RUSAGE_CHILDREN)
            started = time.perf_counter()
            subprocess.run([*command, *more], cwd=ROOT, check=True, capture_output=True)
            wall = time.perf_counter() - started
            after = resource.getrusage(resource.RUSAGE_CHILDREN)
            cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
            runs.append({"wall_s": round(wall, 2), "cpu_s": round(cpu, 2)})
    names = ("with_index", "again", "filling_cache", "from_cache")
    return {"words": _TIMED_WORDS, **dict(zip(names, runs, strict=True))}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--check", action="store_true", help="also time `factcheck check`")
    parser.add_argument("--errors", choices=("develop", "measure"), help="print what went wrong")
    arguments = parser.parse_args()
    if arguments.errors:
        print(figures_line(score(LABELLED / arguments.errors, show=True)))
        return
    result = {name: score(LABELLED / name) for name in ("develop", "measure")}
    for name, values in result.items():
        print(name, figures_line(values))
    figures: dict[str, Any] = {**result, "reading": timed()}
    if arguments.check:
        figures["check"] = whole_run()
    write_result("drafts", figures)


def figures_line(values: dict[str, Any]) -> str:
    """The main figures on one line."""
    names = ("sentences", "precision", "recall", "f1", "accuracy")
    return "  ".join(f"{name} {values[name]}" for name in names)


if __name__ == "__main__":
    main()
