"""Quotations in the pipeline: the word-by-word check of a claim turned into a verdict."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from factcheck.index.opened import Index
from factcheck.judgement import Judgement
from factcheck.records import (
    Attribution,
    Basis,
    Claim,
    Evidence,
    Label,
    Passage,
    QuoteCheck,
    QuotePlace,
    QuoteStatus,
    Source,
    Stance,
    StanceProbabilities,
    Verdict,
    VerdictProbabilities,
)
from factcheck.verdict import Policy, decide_verdict

# The worst label wins when a claim has both a statement and a quotation.
_SEVERITY = {Label.SUPPORTED: 0, Label.UNSUPPORTED: 1, Label.CONTESTED: 2}
_DIGITS = 6


@dataclass(frozen=True, slots=True)
class IndexedQuotes:
    """The index as the quotation check wants to see it.

    Args:
        index: the opened source base.
        claim: its filters (`as_of`, `sources`) hold for the quotation too.
    """

    index: Index
    claim: Claim

    def find_passages(self, words: Sequence[str], limit: int) -> Sequence[Passage]:
        """Passages with these words, best first."""
        allowed = self.index.allowed_rows(self.claim)
        found = self.index.search_lexical(
            " ".join(words), limit, allowed, context=False, rare_words=True
        )
        passages = self.index.passages([item.row for item in found])
        return [passages[item.row] for item in found if item.row in passages]

    def source(self, source_id: str) -> Source:
        """A source with its text."""
        return self.index.source(source_id)


def check_claim_quote(claim: Claim, index: Index) -> QuoteCheck:
    """Look for the quoted words of a claim in the sources it may use."""
    from factcheck.quotes import locate_quote

    return locate_quote(
        claim.quote or claim.text, IndexedQuotes(index, claim), speaker=claim.speaker
    )


def judge_quote(
    claim: Claim,
    evidence: Sequence[Evidence],
    index: Index,
    judgement: Judgement,
    policy: Policy,
) -> Verdict:
    """The verdict of a claim that quotes.

    The words are checked apart from the truth of what they say: a pure quotation is judged by the
    words alone. With a statement beside it, the worse of the two labels holds.
    """
    check = check_claim_quote(claim, index)
    verdict = quote_verdict(claim, check, index, judgement)
    if claim.text == claim.quote:
        return verdict
    statement = decide_verdict(claim, evidence, judgement, policy, quote=check)
    if _severity(verdict) > _severity(statement):
        return _with_evidence(verdict, statement)
    return statement


def quote_verdict(claim: Claim, check: QuoteCheck, index: Index, judgement: Judgement) -> Verdict:
    """Turn a word-by-word check into a verdict.

    Words that stand there, spoken by the right person, are supported; changed, joined or turned
    words and another speaker are contested; words that are not there, or whose speaker the
    source does not name, are unsupported.
    """
    label, basis = quote_label(check)
    confidence = judgement.thresholds.get(f"quote_{check.status.value}", 0.95)
    rest = (1.0 - confidence) / 2
    shares = {item: round(confidence if item is label else rest, _DIGITS) for item in Label}
    stance = {
        Label.SUPPORTED: Stance.SUPPORTS,
        Label.CONTESTED: Stance.REFUTES,
        Label.UNSUPPORTED: Stance.NEUTRAL,
    }[label]
    places = [check.best, *check.others] if check.best is not None else list(check.others)
    shown = tuple(
        _quote_evidence(claim, place, index, stance, confidence, rank)
        for rank, place in enumerate(places, start=1)
    )
    origins = {item.origin for item in shown}
    return Verdict(
        claim=claim,
        label=label,
        basis=basis,
        confidence=round(confidence, _DIGITS),
        probabilities=VerdictProbabilities(
            supported=shares[Label.SUPPORTED],
            contested=shares[Label.CONTESTED],
            unsupported=shares[Label.UNSUPPORTED],
        ),
        evidence=shown,
        origins_for=len(origins) if stance is Stance.SUPPORTS else 0,
        origins_against=len(origins) if stance is Stance.REFUTES else 0,
        reasons=(check.message,) if check.message else (),
        quote=check,
    )


def quote_label(check: QuoteCheck) -> tuple[Label, Basis]:
    """The label of a quotation, by the table of the manual."""
    if check.status is QuoteStatus.NOT_FOUND:
        return Label.UNSUPPORTED, Basis.NO_EVIDENCE
    changed = check.status in (QuoteStatus.ALTERED, QuoteStatus.SPLICED)
    if changed or check.sense_changed or check.attribution is Attribution.OTHER_SPEAKER:
        return Label.CONTESTED, Basis.REFUTED
    if check.attribution is Attribution.UNATTRIBUTED:
        return Label.UNSUPPORTED, Basis.INSUFFICIENT
    return Label.SUPPORTED, Basis.ENTAILED


def _quote_evidence(
    claim: Claim, place: QuotePlace, index: Index, stance: Stance, confidence: float, rank: int
) -> Evidence:
    source = index.source(place.source_id)
    rest = round((1.0 - confidence) / 2, _DIGITS)
    best = round(confidence, _DIGITS)
    return Evidence(
        claim_id=claim.id,
        source_id=source.id,
        path=source.path,
        start=place.start,
        end=place.end,
        text=place.text,
        stance=stance,
        probabilities=StanceProbabilities(
            supports=best if stance is Stance.SUPPORTS else rest,
            refutes=best if stance is Stance.REFUTES else rest,
            neutral=best if stance is Stance.NEUTRAL else rest,
        ),
        rank=rank,
        place=place.place,
        title=source.title,
        publisher=source.publisher,
        published=source.published,
        url=source.url,
        kind=source.kind,
        reliability=source.reliability,
        origin=index.origin(source.id),
        reported_by=place.speaker_found,
        context_before=source.text[max(0, place.start - 300) : place.start],
        context_after=source.text[place.end : place.end + 300],
        source_sha256=source.sha256,
    )


def _severity(verdict: Verdict) -> int:
    return _SEVERITY[verdict.label] if verdict.label is not None else -1


def _with_evidence(verdict: Verdict, statement: Verdict) -> Verdict:
    from dataclasses import replace

    return replace(
        verdict,
        evidence=(*verdict.evidence, *statement.evidence),
        reasons=(*verdict.reasons, *statement.reasons),
    )
