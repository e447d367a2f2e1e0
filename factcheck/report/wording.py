"""The words that readers see: labels, reasons, confidence, dates. One place for all formats."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from factcheck.records import (
    Attribution,
    Basis,
    Evidence,
    Label,
    Location,
    Outcome,
    QuoteCheck,
    QuoteStatus,
    Stance,
    Verdict,
)
from factcheck.report.plain import one_line

FAILED = "failed"

LABEL_WORDS = {
    Label.SUPPORTED: "Supported",
    Label.CONTESTED: "Contested",
    Label.UNSUPPORTED: "Unsupported",
}

BASIS_WORDS = {
    Basis.ENTAILED: "the sources say so and none contradicts it",
    Basis.CONFLICTING: "the sources disagree with each other",
    Basis.REFUTED: "the sources contradict it",
    Basis.NO_EVIDENCE: "no source that may be used speaks of it",
    Basis.INSUFFICIENT: "the sources touch on it but do not settle it",
}

STANCE_WORDS = {
    Stance.SUPPORTS: "supports",
    Stance.REFUTES: "contradicts",
    Stance.NEUTRAL: "does not settle it",
}

QUOTE_WORDS = {
    QuoteStatus.VERBATIM: "word for word",
    QuoteStatus.TRIVIAL: "the same words, written differently",
    QuoteStatus.ALTERED: "the words were changed",
    QuoteStatus.SPLICED: "two passages were joined",
    QuoteStatus.ELLIPSIS: "words were left out",
    QuoteStatus.NOT_FOUND: "not found in the sources",
}

ATTRIBUTION_WORDS = {
    Attribution.ATTRIBUTED: "spoken by the named speaker",
    Attribution.OTHER_SPEAKER: "spoken by someone else",
    Attribution.UNATTRIBUTED: "the source names no speaker",
}

OUTCOME_WORDS = {
    Outcome.EQUAL: "equal",
    Outcome.COMPATIBLE: "compatible",
    Outcome.DIFFERENT: "different",
    Outcome.NOT_COMPARABLE: "not comparable",
}

# Lower bound of the confidence, and the words for it. Bounds are round numbers for readers; they
# decide nothing.
_CONFIDENCE_WORDS = (
    (0.95, "almost certain"),
    (0.85, "very likely"),
    (0.70, "likely"),
    (0.50, "leaning this way"),
    (0.0, "uncertain"),
)

_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def label_key(label: Label | None) -> str:
    """The label's value, or "failed"."""
    return FAILED if label is None else label.value


def label_words(label: Label | None) -> str:
    """The label as a reader sees it."""
    return "Not checked" if label is None else LABEL_WORDS[label]


def confidence_words(confidence: float) -> str:
    """A confidence in [0, 1] in plain words."""
    return next((words for bound, words in _CONFIDENCE_WORDS if confidence >= bound), "uncertain")


def per_cent(share: float) -> str:
    """A share as a whole per cent; never "100%" or "0%" unless it is exactly that."""
    if share >= 1.0:
        return "100%"
    if not share > 0.0:
        return "0%"
    return f"{min(99, max(1, round(share * 100)))}%"


def day(value: date) -> str:
    """A date in words, the same everywhere: "18 February 2008"."""
    return f"{value.day} {_MONTHS[value.month - 1]} {value.year}"


def plural(count: int, singular: str, many: str | None = None) -> str:
    """A count with its noun: "1 claim", "2 claims", "2,000 claims"."""
    return f"{count:,} {singular if count == 1 else many or singular + 's'}"


def upper_first(text: str) -> str:
    """The text with a capital first letter; names further on keep theirs."""
    return text[:1].upper() + text[1:]


def place_of(location: Location | None) -> str:
    """`path:line:column` as far as it is known, or nothing."""
    if location is None:
        return ""
    parts = [location.path, location.line, location.column]
    known = parts[: parts.index(None)] if None in parts else parts
    return one_line(":".join(str(part) for part in known))


def source_name(evidence: Evidence) -> str:
    """The title of the source, or its id."""
    return one_line(evidence.title or "") or one_line(evidence.source_id) or evidence.path


def source_facts(evidence: Evidence) -> list[str]:
    """Publisher, date, place and kind, as far as they are known."""
    facts = [
        evidence.publisher,
        day(evidence.published) if evidence.published else None,
        evidence.place,
        f"{evidence.kind} source" if evidence.kind else None,
    ]
    return [one_line(fact) for fact in facts if fact]


def claim_facts(verdict: Verdict) -> list[str]:
    """Speaker, dates and tags of a claim, as far as they are known."""
    claim = verdict.claim
    facts = []
    if claim.speaker:
        facts.append(one_line(claim.speaker))
    if claim.said_on:
        facts.append(f"said on {day(claim.said_on)}")
    if claim.as_of:
        facts.append(f"sources up to {day(claim.as_of)}")
    return facts + [f"#{one_line(tag)}" for tag in claim.tags]


def expectation(verdict: Verdict) -> str | None:
    """What the checker expected, when the verdict is another one."""
    expected = verdict.claim.expect
    if expected is None or expected is verdict.label:
        return None
    return f"expected {expected.value}, found {label_key(verdict.label)}"


def origins_words(verdict: Verdict) -> str:
    """How many independent origins stand on each side."""
    return (
        f"{plural(verdict.origins_for, 'independent origin')} for, "
        f"{verdict.origins_against:,} against"
    )


def quote_words(quote: QuoteCheck) -> str:
    """Status and attribution of a quotation in one line."""
    words = f"{QUOTE_WORDS[quote.status]} ({quote.status.value})"
    if quote.attribution is not None:
        words += f"; {ATTRIBUTION_WORDS[quote.attribution]}"
        if quote.attribution is Attribution.OTHER_SPEAKER and quote.speaker_found:
            words += f": {one_line(quote.speaker_found)}"
    if quote.sense_changed:
        words += "; the sense is changed"
    return words


def count_words(counts: dict[str, int]) -> str:
    """Counts per label: "3 supported, 1 contested, 0 unsupported"; failures only if any."""
    parts = [f"{counts[label.value]:,} {label.value}" for label in Label]
    if counts.get(FAILED):
        parts.append(f"{counts[FAILED]:,} not checked")
    return ", ".join(parts)


def listed(items: Iterable[str]) -> str:
    """Items without repeats, in order, joined by a semicolon."""
    return "; ".join(dict.fromkeys(item for item in items if item))
