"""Files beside claims files that hold none: settings, sources, what the tool has written."""

from __future__ import annotations

import re
from pathlib import Path

from factcheck.config import CONFIG_FILE
from factcheck.report.csv import COLUMNS
from factcheck.sources.listing import MANIFEST_NAME

# The longest claim stands before the keys by which a line of a report is known.
_HEAD_BYTES = 32_768
# Keys in the order in which reports, baselines and manifests are written; claims have none of them.
_WRITTEN = re.compile(
    r'\s*\{\s*"(?:schema|manifest)_version"\s*:\s*"[^"]*"\s*,\s*"(?:tool|findings)"\s*:'
    r'|\{"claim_id": .*"probabilities": \{'
)


def is_own_file(path: Path, corpus: Path | None) -> bool:
    """Whether a file with the ending of a claims file is one that the tool itself reads or writes.

    Args:
        path: the file.
        corpus: the resolved folder of the sources, if its files do not count as claims.
    """
    if path.name in (CONFIG_FILE, MANIFEST_NAME):
        return True
    if corpus is not None and path.resolve().is_relative_to(corpus):
        return True
    return _is_written(path)


def corpus_below(folder: Path, corpus: Path | None) -> Path | None:
    """The resolved corpus if it lies below a folder; else the folder was meant as it is."""
    if corpus is None:
        return None
    found, base = corpus.resolve(), folder.resolve()
    return found if found != base and found.is_relative_to(base) else None


def _is_written(path: Path) -> bool:
    """Whether a file starts as a report, a baseline or a manifest of the tool does."""
    try:
        with path.open("rb") as file:
            head = file.read(_HEAD_BYTES).decode("utf-8-sig", "replace")
    except OSError:
        return False  # reading the claims will say why
    return bool(_WRITTEN.match(head)) or head.splitlines()[:1] == [",".join(COLUMNS)]
