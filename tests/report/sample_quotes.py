"""Verdicts on quotations of every status and attribution."""

from __future__ import annotations

from typing import Any

from sample_parts import SOURCES, at, shares

from factcheck.records import (
    Attribution,
    Basis,
    Claim,
    DiffPart,
    Label,
    QuoteCheck,
    QuotePlace,
    QuoteStatus,
    Verdict,
)


def _quotation(
    number: int,
    words: str,
    label: Label,
    basis: Basis,
    check: QuoteCheck,
    *,
    speaker: str | None = "Ilse Varga",
) -> Verdict:
    top = {Label.SUPPORTED: 0, Label.CONTESTED: 1, Label.UNSUPPORTED: 2}[label]
    spread = [0.02, 0.02, 0.02]
    spread[top] = 0.96
    return Verdict(
        claim=Claim(
            id=f"quote-{number}", text=words, quote=words, speaker=speaker, location=at(30 + number)
        ),
        label=label,
        basis=basis,
        confidence=0.96,
        probabilities=shares(*spread),
        quote=check,
    )


def place(diff: tuple[DiffPart, ...] = (), similarity: float = 1.0, **more: Any) -> QuotePlace:
    source_id = more.pop("source_id", "herald/breakwater.html")
    whole = SOURCES[source_id]["text"]
    words = "I never promised that it would be cheap"
    start = whole.index(words)
    return QuotePlace(
        source_id=source_id,
        path=source_id,
        start=start,
        end=start + len(words),
        text=words,
        sentence=f"“{words},” said Mayor Ilse Varga.",
        similarity=similarity,
        speaker_found="Mayor Ilse Varga",
        diff=diff,
        **more,
    )


def quotations() -> tuple[Verdict, ...]:
    equal = DiffPart(op="equal", claim="I never promised", source="I never promised")
    altered = (
        DiffPart(op="equal", claim="I", source="I"),
        DiffPart(op="delete", claim="", source="never", kind="negation"),
        DiffPart(op="equal", claim="promised that it would be", source="promised that it would be"),
        DiffPart(op="replace", claim="free", source="cheap", kind="word"),
        DiffPart(op="insert", claim="<b>always</b>", source="", kind="word"),
        DiffPart(op="equal", claim=".", source="."),
    )
    yes, no, none = Label.SUPPORTED, Label.CONTESTED, Label.UNSUPPORTED
    return (
        _quotation(
            1,
            "I never promised that it would be cheap",
            yes,
            Basis.ENTAILED,
            QuoteCheck(
                status=QuoteStatus.VERBATIM,
                attribution=Attribution.ATTRIBUTED,
                speaker_found="Mayor Ilse Varga",
                best=place(),
                others=(place(source_id="wire/breakwater.md", place="page 1"),),
                message="The words stand in the source as quoted.",
            ),
        ),
        _quotation(
            2,
            "i never promised that it would be cheap",
            yes,
            Basis.ENTAILED,
            QuoteCheck(status=QuoteStatus.TRIVIAL, best=place(similarity=0.99)),
            speaker=None,
        ),
        _quotation(
            3,
            "I promised that it would be free <b>always</b>.",
            no,
            Basis.REFUTED,
            QuoteCheck(
                status=QuoteStatus.ALTERED,
                attribution=Attribution.ATTRIBUTED,
                speaker_found="Mayor Ilse Varga",
                best=place(altered, similarity=0.8123),
                sense_changed=True,
                message="A negation is missing.",
            ),
        ),
        _quotation(
            4,
            "I never promised. police counted under 900",
            no,
            Basis.REFUTED,
            QuoteCheck(
                status=QuoteStatus.SPLICED,
                attribution=Attribution.UNATTRIBUTED,
                best=place((equal,), similarity=0.6),
            ),
        ),
        _quotation(
            5,
            "I … promised that it would be cheap",
            no,
            Basis.REFUTED,
            QuoteCheck(
                status=QuoteStatus.ELLIPSIS,
                attribution=Attribution.OTHER_SPEAKER,
                speaker_found="the deputy mayor",
                best=place(similarity=0.9),
                sense_changed=True,
            ),
            speaker="Harbour master",
        ),
        _quotation(
            6,
            "The sea will pay for it",
            none,
            Basis.NO_EVIDENCE,
            QuoteCheck(status=QuoteStatus.NOT_FOUND),
        ),
    )
