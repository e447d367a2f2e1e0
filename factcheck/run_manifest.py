"""The manifest of a run: what was used and when, apart from the report itself.

A report holds nothing that changes from run to run; what does stands here.
"""

from __future__ import annotations

import hashlib
import json
import platform
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from factcheck import __version__
from factcheck.config import Config
from factcheck.records import CorpusSummary, ModelCard
from factcheck.report.encode import plain_value
from factcheck.stamps import tool_stamp

MANIFEST_VERSION = "1"


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimsInput:
    """One claims file as it was read.

    Args:
        path: as the user named it.
        sha256: of its bytes, in hexadecimal.
        claims: how many claims were in it.
    """

    path: str
    sha256: str
    claims: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RunRecord:
    """What a manifest says.

    Args:
        counts: verdicts per label, and "failed".
        from_cache: verdicts that were found in the cache.
        outputs: the report files written.
    """

    started: datetime
    finished: datetime
    models: Sequence[ModelCard]
    corpus: CorpusSummary
    claims: Sequence[ClaimsInput]
    counts: Mapping[str, int]
    passed: bool
    from_cache: int
    outputs: Sequence[Path]


def manifest_text(record: RunRecord, config: Config) -> str:
    """The manifest as JSON."""
    seconds = (record.finished - record.started).total_seconds()
    data = {
        "manifest_version": MANIFEST_VERSION,
        "tool": {"name": "factcheck", "version": __version__, "sha256": tool_stamp()},
        "python": platform.python_version(),
        "platform": f"{sys.platform} {platform.machine()}",
        "started": _utc(record.started),
        "finished": _utc(record.finished),
        "seconds": round(seconds, 3),
        "models": [
            {"role": card.role, "name": card.name, "sha256": card.sha256} for card in record.models
        ],
        "corpus": {
            "path": record.corpus.path,
            "sha256": record.corpus.sha256,
            "sources": record.corpus.sources,
            "origins": record.corpus.origins,
            "passages": record.corpus.passages,
            "problems": len(record.corpus.problems),
        },
        "claims": [
            {"path": item.path, "sha256": item.sha256, "claims": item.claims}
            for item in record.claims
        ],
        "configuration": {
            name: {"value": plain_value(value), "origin": config.origins.get(name, "default")}
            for name, value in config.values.items()
        },
        "counts": dict(record.counts),
        "gate_passed": record.passed,
        "verdicts_from_cache": record.from_cache,
        "reports": [{"path": str(path), "sha256": _sha256(path)} for path in record.outputs],
    }
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def _utc(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="milliseconds")


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
