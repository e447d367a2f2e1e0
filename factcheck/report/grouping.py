"""Sorts the parts of a report the way readers need them: sides, copies, gate findings per claim."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from factcheck.records import (
    CorpusSummary,
    DiffPart,
    Evidence,
    GateFinding,
    Problem,
    Report,
    Stance,
    Verdict,
)
from factcheck.report.plain import one_line
from factcheck.report.wording import expectation


@dataclass(frozen=True, slots=True, kw_only=True)
class Sides:
    """Evidence by stance, in the order of the verdict."""

    supports: tuple[Evidence, ...]
    refutes: tuple[Evidence, ...]
    neutral: tuple[Evidence, ...]


def sides(verdict: Verdict) -> Sides:
    """The evidence of a verdict for, against and neither."""
    by_stance = {
        stance: tuple(item for item in verdict.evidence if item.stance is stance)
        for stance in Stance
    }
    return Sides(
        supports=by_stance[Stance.SUPPORTS],
        refutes=by_stance[Stance.REFUTES],
        neutral=by_stance[Stance.NEUTRAL],
    )


def own_sides(verdict: Verdict) -> Sides:
    """The same where each part of a claim is shown with its evidence: nothing twice."""
    return Sides(supports=(), refutes=(), neutral=()) if verdict.parts else sides(verdict)


@dataclass(frozen=True, slots=True, kw_only=True)
class CorpusNotes:
    """Notes of one kind on the source base.

    Args:
        title: of the list.
        count: files that the notes are about; sources in the list of those set aside.
    """

    title: str
    count: int
    items: tuple[Problem, ...]


def corpus_notes(corpus: CorpusSummary) -> list[CorpusNotes]:
    """What was not read, read with a note, or set aside, as far as there is any."""
    unread = tuple(item for item in corpus.problems if not item.read)
    noted = tuple(item for item in corpus.problems if item.read)
    aside = corpus.set_aside
    lists = (
        CorpusNotes(title="Not read", count=count_files(unread), items=unread),
        CorpusNotes(title="Read with a note", count=count_files(noted), items=noted),
        CorpusNotes(title="Set aside", count=len(aside), items=aside),
    )
    return [notes for notes in lists if notes.items]


def count_files(problems: Sequence[Problem]) -> int:
    """How many files the problems are about; one file may have many."""
    return len({item.path for item in problems})


def every_verdict(report: Report) -> Iterator[Verdict]:
    """Verdicts and their sub-verdicts, parents first."""
    pending = list(reversed(report.verdicts))
    while pending:
        verdict = pending.pop()
        yield verdict
        pending.extend(reversed(verdict.parts))


def sources_by_origin(report: Report) -> Mapping[str, tuple[str, ...]]:
    """Ids of the cited sources per origin, sorted; only origins that have a name.

    A report knows only the sources that it cites, so copies that no claim met are not listed.
    """
    groups: dict[str, set[str]] = {}
    for verdict in every_verdict(report):
        for evidence in verdict.evidence:
            if evidence.origin:
                groups.setdefault(evidence.origin, set()).add(evidence.source_id)
    return {origin: tuple(sorted(ids)) for origin, ids in sorted(groups.items())}


def gate_by_claim(report: Report) -> Mapping[str, tuple[GateFinding, ...]]:
    """Gate findings per claim id, in the order of the gate."""
    found: dict[str, list[GateFinding]] = {}
    for finding in report.gate.findings:
        found.setdefault(finding.claim_id, []).append(finding)
    return {claim_id: tuple(items) for claim_id, items in found.items()}


def gate_without_claim(report: Report) -> tuple[GateFinding, ...]:
    """Gate findings about the run as a whole, or about a claim that has no verdict."""
    known = {verdict.claim.id for verdict in report.verdicts}
    return tuple(finding for finding in report.gate.findings if finding.claim_id not in known)


def needs_attention(verdict: Verdict, findings: Mapping[str, tuple[GateFinding, ...]]) -> bool:
    """Whether a claim failed, is not as expected, or stops the gate."""
    return verdict.label is None or expectation(verdict) is not None or verdict.claim.id in findings


def methods(verdict: Verdict) -> list[str]:
    """How a verdict was reached, as far as the record shows it."""
    if verdict.failure is not None:
        return ["not checked"]
    found = []
    if verdict.quote is not None:
        found.append("quotation compared word by word")
    if verdict.parts:
        found.append(f"split into {len(verdict.parts)} statements")
    if verdict.evidence:
        found.append("passages read by the language model")
    checks = sorted({item.check for evidence in verdict.evidence for item in evidence.findings})
    if checks:
        found.append(f"compared by rule: {', '.join(checks)}")
    return found or ["source base searched"]


def diff_pieces(diff: Sequence[DiffPart]) -> list[tuple[str, str, str]]:
    """A quotation's differences in reading order, ready to be joined.

    Returns:
        `(op, words, glue)`; op is "equal", "delete" (only in the source) or "insert" (only in the
        claim); a replacement gives one of each. `glue` is the space that belongs before the words:
        parts carry none of their own, and none belongs before closing punctuation.
    """
    pieces: list[tuple[str, str, str]] = []
    for part in diff:
        source, claim = one_line(part.source), one_line(part.claim)
        if part.op == "equal":
            shown = [("equal", source or claim)]
        else:
            shown = [("delete", source), ("insert", claim)]
        for op, words in shown:
            if words:
                glue = " " if pieces and words[0] not in _CLOSING else ""
                pieces.append((op, words, glue))
    return pieces


_CLOSING = frozenset(".,;:!?)]}…%’”»")
