"""Why a verdict is what it is, in short sentences a reader understands."""

from __future__ import annotations

from collections.abc import Sequence

from factcheck.records import Evidence, Label, Outcome, Stance, Verdict

_NUMBER_WORDS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


def verdict_reasons(
    verdict: Verdict,
    *,
    min_independent: int | None = None,
    needs_primary: bool = False,
    only_distrusted: bool = False,
) -> tuple[str, ...]:
    """The reasons of a verdict, most important first.

    Args:
        verdict: with label, evidence and counts; its own `reasons` are not read.
        min_independent: set when support exists but too few independent origins give it.
        needs_primary: support exists, but not from a primary source.
        only_distrusted: support exists, but only from sources that the policy distrusts.
    """
    supporting = [e for e in verdict.evidence if e.stance is Stance.SUPPORTS]
    refuting = [e for e in verdict.evidence if e.stance is Stance.REFUTES]
    reasons: list[str] = []
    if verdict.label is not Label.UNSUPPORTED:
        reasons.extend(_count_reasons(verdict))
    elif only_distrusted:
        reasons.append("Only sources that the configuration distrusts support this.")
    elif needs_primary:
        reasons.append("No primary source supports this, as the configuration demands.")
    elif min_independent is not None and min_independent > verdict.origins_for:
        reasons.append(
            f"{_origins(verdict.origins_for)} {_verb(verdict.origins_for, 'supports')} this;"
            f" the configuration demands {_count(min_independent)}."
        )
    elif verdict.evidence:
        reasons.append("The nearest passages neither support nor contradict this.")
    else:
        reasons.append("No passage speaks of this.")
    reasons.extend(_finding_reasons(refuting, Stance.REFUTES))
    reasons.extend(_finding_reasons(supporting, Stance.SUPPORTS))
    reasons.extend(_word_reasons(supporting))
    return tuple(dict.fromkeys(reasons))


def _count_reasons(verdict: Verdict) -> list[str]:
    for_, against = verdict.origins_for, verdict.origins_against
    reasons = []
    if against:
        reasons.append(f"{_origins(against)} {_verb(against, 'contradicts')} this.")
    supporting = [item for item in verdict.evidence if item.stance is Stance.SUPPORTS]
    if supporting and all(item.joint for item in supporting):
        reasons.append("Two passages support this together; neither of them does alone.")
    elif for_:
        reasons.append(f"{_origins(for_)} {_verb(for_, 'supports')} this.")
    return reasons


def _finding_reasons(evidence: Sequence[Evidence], stance: Stance) -> list[str]:
    reasons = []
    for item in evidence:
        for finding in item.findings:
            if finding.check == "joint":
                continue  # said once for both passages
            if finding.stance is stance and finding.outcome is not Outcome.EQUAL:
                message = finding.message.strip()
                reasons.append(message[:1].upper() + message[1:].rstrip(".") + ".")
    return reasons


def _word_reasons(supporting: Sequence[Evidence]) -> list[str]:
    """On whose word a claim stands when every supporting passage only reports it."""
    if not supporting or any(item.reported_by is None for item in supporting):
        return []
    names = list(dict.fromkeys(item.reported_by for item in supporting if item.reported_by))
    return [f"This stands on the word of {' and '.join(names)}."]


def _count(number: int) -> str:
    return _NUMBER_WORDS[number] if number < len(_NUMBER_WORDS) else str(number)


def _origins(number: int) -> str:
    noun = "independent source" if number == 1 else "independent sources"
    return f"{_count(number).capitalize()} {noun}"


def _verb(number: int, singular: str) -> str:
    return singular if number == 1 else singular[:-1]
