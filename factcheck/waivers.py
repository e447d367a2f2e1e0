"""Waivers: findings that somebody has accepted, bound to the claim and to its evidence."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from typing import Any

from factcheck.errors import ConfigError, PlaceOf, Where, raise_input_errors
from factcheck.nearest import unknown_name_hint
from factcheck.records import Claim, GateFinding, Stance, Verdict

WAIVER_KEYS = ("claim", "evidence", "rule", "reason", "by", "until")
WAIVABLE_RULES = ("contested", "unsupported", "altered", "expect")
# What stands in a waiver for a verdict that rests on no evidence at all.
NO_EVIDENCE = "none"
_FINGERPRINT_CHARS = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiver:
    """One accepted finding.

    Args:
        claim: the claim's words, or its fingerprint.
        evidence: fingerprint of the evidence that the verdict rested on, or `none`.
        rule: the rule of the gate that is waived for this claim.
        reason, by: why, and who answers for it.
        until: the last day on which it holds.
    """

    claim: str
    evidence: str
    rule: str
    reason: str
    by: str
    until: date

    def concerns(self, claim: Claim) -> bool:
        """Whether this waiver is about a claim, whatever its state."""
        words = " ".join(self.claim.split())
        texts = {claim.text, " ".join(claim.quote.split()) if claim.quote else claim.text}
        return words in texts or self.claim.strip() == claim_fingerprint(claim)


class WaiverState(Enum):
    """What a waiver does to a finding."""

    HOLDS = "holds"
    EXPIRED = "expired"
    LAPSED = "lapsed"


def claim_fingerprint(claim: Claim) -> str:
    """Twelve hexadecimal digits that change with the words, the speaker and the dates."""
    parts = [
        claim.text,
        claim.quote,
        claim.speaker,
        claim.said_on.isoformat() if claim.said_on else None,
        claim.as_of.isoformat() if claim.as_of else None,
    ]
    return _digest(parts)


def evidence_fingerprint(verdict: Verdict) -> str:
    """Twelve hexadecimal digits that change with the evidence that a verdict rests on.

    Passages that neither support nor refute the claim do not count, nor does the place of a
    passage in its source: the same words in the same source are the same evidence.

    Returns:
        The fingerprint, or `none` when the verdict rests on no evidence.
    """
    parts = sorted(
        [item.source_id, item.text, item.stance.value]
        for item in verdict.evidence
        if item.stance is not Stance.NEUTRAL
    )
    quote = verdict.quote
    if quote is not None and quote.best is not None:
        parts.append([quote.best.source_id, quote.best.text, quote.status.value])
    return _digest(parts) if parts else NO_EVIDENCE


def waiver_state(waiver: Waiver, verdict: Verdict, today: date) -> WaiverState:
    """Whether a waiver about this claim still holds."""
    if waiver.until < today:
        return WaiverState.EXPIRED
    if waiver.evidence != evidence_fingerprint(verdict):
        return WaiverState.LAPSED
    return WaiverState.HOLDS


def suggested_waiver(finding: GateFinding, verdict: Verdict) -> str:
    """A waiver for a finding as YAML, with reason, name and date left to fill in."""
    lines = [
        f"  - claim: {json.dumps(verdict.claim.text, ensure_ascii=False)}",
        f"    evidence: {json.dumps(evidence_fingerprint(verdict))}",
        f"    rule: {finding.rule}",
        "    reason:",
        "    by:",
        "    until:",
    ]
    return "\n".join(lines)


def check_waivers(value: Any, where: Where | str | PlaceOf | None) -> tuple[Mapping[str, Any], ...]:
    """Check the `waivers` setting.

    Args:
        value: a list of mappings, or such a list as JSON text.
        where: named in messages; a function gives each part of the value its own place.

    Returns:
        Mappings with every key of `WAIVER_KEYS`, values as texts.

    Raises:
        ConfigError: not a list, an unknown or missing key, a wrong value.
        InputErrors: several of them.
    """
    place_of = where if callable(where) else lambda *_: where
    if isinstance(value, str):
        try:
            value = json.loads(value)
        except ValueError:
            raise ConfigError("`waivers` must be a list", where=place_of()) from None
    if value is None:
        return ()
    if not isinstance(value, Sequence) or isinstance(value, str):
        raise ConfigError(
            "`waivers` must be a list", where=place_of(), hint="start each with `- claim:`"
        )
    errors = [error for n, entry in enumerate(value) for error in _errors_of(entry, n, place_of)]
    raise_input_errors(errors)
    return tuple(_texts_of(entry) for entry in value)


def _errors_of(entry: Any, position: int, place_of: PlaceOf) -> list[ConfigError]:
    """Everything that is wrong with a waiver."""
    errors: list[ConfigError] = []

    def refuse(message: str, hint: str | None = None, key: str | None = None) -> None:
        steps = (position,) if key is None else (position, key)
        message = f"waiver {position + 1}: {message}"
        errors.append(ConfigError(message, where=place_of(*steps), hint=hint))

    if not isinstance(entry, Mapping):
        refuse("must have " + ", ".join(f"`{key}`" for key in WAIVER_KEYS))
        return errors
    for key in entry:
        if key not in WAIVER_KEYS:
            refuse(f"unknown key `{key}`", unknown_name_hint(str(key), WAIVER_KEYS), key)
    misspelt = bool(errors)
    for key in WAIVER_KEYS:
        given = entry.get(key)
        if given is None or not str(given).strip():
            # A misspelt key is named already; what it stands for is not missing as well.
            if key in entry or not misspelt:
                hint = "`factcheck verify --suggest-waivers` writes claim, evidence and rule"
                refuse(f"`{key}` is missing", hint, key)
        elif key == "rule" and given not in WAIVABLE_RULES:
            hint = unknown_name_hint(str(given), WAIVABLE_RULES)
            refuse(f"`rule` cannot be `{given}`", hint, key)
        elif key == "until" and _day(given) is None:
            refuse(f"`until` is not a date: {given!r}", "write it as 2025-12-31", key)
    return errors


def _day(until: Any) -> date | None:
    """A date as YAML or a text gives it; None when it is none."""
    if isinstance(until, datetime):
        return until.date()
    if isinstance(until, date):
        return until
    try:
        return date.fromisoformat(str(until).strip())
    except ValueError:
        return None


def _texts_of(entry: Mapping[str, Any]) -> Mapping[str, Any]:
    day = _day(entry["until"])
    texts = {key: " ".join(str(entry[key]).split()) for key in WAIVER_KEYS}
    return texts | {"until": day.isoformat() if day is not None else texts["until"]}


def waivers_of(checked: Sequence[Mapping[str, Any]]) -> tuple[Waiver, ...]:
    """Records of entries that `check_waivers` has passed."""
    return tuple(
        Waiver(**{**entry, "until": date.fromisoformat(entry["until"])}) for entry in checked
    )


def _digest(parts: Any) -> str:
    text = json.dumps(parts, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:_FINGERPRINT_CHARS]
