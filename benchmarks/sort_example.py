"""Put each claim of the worked example where it belongs after a change of the models.

    python benchmarks/sort_example.py

`claims.yaml` holds the claims that the tool gets right, `tests/cases/example/claims.yaml` those
that it gets wrong today. A claim moves with its lines as they stand, comments included.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

from recording import ROOT

sys.path.insert(0, str(ROOT))

RIGHT = ROOT / "claims.yaml"
WRONG = ROOT / "tests" / "cases" / "example" / "claims.yaml"
ENTRY = re.compile(r"^  - id: (\S+)$")
SECTION = "  # --- Right since the last change of the models ---"


def split_entries(text: str) -> list[tuple[str | None, str]]:
    """Cut a claims file into its entries (id, lines) and what stands between them (None, lines)."""
    parts: list[tuple[str | None, list[str]]] = [(None, [])]
    for line in text.splitlines(keepends=True):
        entry = ENTRY.match(line)
        if entry:
            parts.append((entry.group(1), [line]))
        elif parts[-1][0] is not None and not line.startswith("    "):
            parts.append((None, [line]))
        else:
            parts[-1][1].append(line)
    return [(name, "".join(lines)) for name, lines in parts]


def judged_right() -> dict[str, bool]:
    """Whether each claim of both files gets the label that its checker expects."""
    from factcheck import Index, load_claims, verify

    claims = [*load_claims(RIGHT), *load_claims(WRONG)]
    index = Index.open(ROOT / "corpus")
    report = verify(claims, index)
    index.close()
    return {v.claim.id: v.label is v.claim.expect for v in report.verdicts}


def main() -> None:
    """Rewrite both files."""
    right = judged_right()
    entries = {path: split_entries(path.read_text(encoding="utf-8")) for path in (RIGHT, WRONG)}
    stays = {RIGHT: True, WRONG: False}
    moving: dict[Path, list[str]] = {RIGHT: [], WRONG: []}
    kept: dict[Path, list[str]] = {RIGHT: [], WRONG: []}
    for path, parts in entries.items():
        for name, lines in parts:
            if name is None or right[name] is stays[path]:
                kept[path].append(lines)
            else:
                moving[WRONG if path is RIGHT else RIGHT].append(lines)
                print(f"{name}: now {'right' if right[name] else 'wrong'}")
    for path in (RIGHT, WRONG):
        text = "".join(kept[path])
        if moving[path]:
            text = text.rstrip("\n") + "\n"
            if path is RIGHT and SECTION not in text:
                text += f"\n{SECTION}\n"
            text += "".join(moving[path])
        counts = f"({sum(not r for r in right.values())} of {len(right)})"
        path.write_text(re.sub(r"\(\d+ of \d+\)", counts, text, count=1), encoding="utf-8")


if __name__ == "__main__":
    main()
