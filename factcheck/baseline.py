"""The baseline: findings that are known, so that only new ones fail a run."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from pathlib import Path

from factcheck.errors import DataError
from factcheck.records import GateFinding, Verdict
from factcheck.waivers import WAIVABLE_RULES, claim_fingerprint

BASELINE_VERSION = "1"

# Fingerprint of the claim, rule.
Known = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Baseline:
    """Known findings; a claim whose words change is a new claim.

    Args:
        known: fingerprint of the claim and rule of each finding.
    """

    known: Collection[Known]

    def knows(self, finding: GateFinding, verdict: Verdict) -> bool:
        """Whether a finding is known. A claim that could not be checked never is."""
        return finding.rule in WAIVABLE_RULES and known_key(finding, verdict) in self.known


def known_key(finding: GateFinding, verdict: Verdict) -> Known:
    """How a finding is recognised: by the words of the claim, not by its line or id."""
    return claim_fingerprint(verdict.claim), finding.rule


def read_baseline(path: Path) -> Baseline:
    """Read a baseline file.

    Raises:
        DataError: missing, or not a baseline.
    """
    hint = "write it with `factcheck verify … --baseline FILE --update-baseline`"
    try:
        data = json.loads(path.read_text(encoding="utf-8-sig"))
        if data["schema_version"] != BASELINE_VERSION:
            raise ValueError(f"schema_version {data['schema_version']!r}")
        known = {(str(item["claim_fingerprint"]), str(item["rule"])) for item in data["findings"]}
    except FileNotFoundError:
        raise DataError("there is no such baseline", where=path, hint=hint) from None
    except OSError as error:
        reason = error.strerror or str(error)
        raise DataError(f"the baseline cannot be read: {reason}", where=path) from None
    except (ValueError, KeyError, TypeError) as error:
        raise DataError(f"this is not a baseline: {error}", where=path, hint=hint) from None
    return Baseline(frozenset(known))


def baseline_text(findings: Iterable[tuple[GateFinding, Verdict]]) -> str:
    """The file for these findings, one per line and in a stable order, so that it merges well."""
    rows = {
        (verdict.claim.text, finding.rule, claim_fingerprint(verdict.claim))
        for finding, verdict in findings
        if finding.rule in WAIVABLE_RULES
    }
    lines = [
        json.dumps(
            {"claim": text, "rule": rule, "claim_fingerprint": fingerprint}, ensure_ascii=False
        )
        for text, rule, fingerprint in sorted(rows)
    ]
    body = ",\n  ".join(lines)
    listed = f"[\n  {body}\n ]" if lines else "[]"
    return f'{{\n "schema_version": "{BASELINE_VERSION}",\n "findings": {listed}\n}}\n'
