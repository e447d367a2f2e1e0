"""One invented report that holds every kind of thing a report can hold."""

from __future__ import annotations

from datetime import date

from sample_parts import HOSTILE, SOURCES, at, evidence, shares
from sample_quotes import quotations

from factcheck.records import (
    Basis,
    Claim,
    CorpusSummary,
    Failure,
    Finding,
    GateFinding,
    GateResult,
    Label,
    Location,
    ModelCard,
    Outcome,
    Problem,
    Report,
    SourceFilter,
    Stance,
    Verdict,
)

__all__ = ["SOURCES", "empty_report", "sample_report"]


def _supported() -> Verdict:
    claim = Claim(
        id="winter",
        text="Work on the breakwater stopped for 77 days.",
        expect=Label.SUPPORTED,
        tags=("harbour", "works"),
        location=at(3),
    )
    finding = Finding(
        check="quantity",
        outcome=Outcome.COMPATIBLE,
        claim_text="77 days",
        passage_text="eleven weeks",
        message="77 days is eleven weeks",
        claim_span=(35, 42),
        passage_span=(17, 29),
        stance=Stance.SUPPORTS,
        strength=0.9,
    )
    item = evidence(
        "winter",
        "audit.pdf",
        "Work stopped for eleven weeks in winter.",
        Stance.SUPPORTS,
        marks=("eleven weeks",),
        findings=(finding,),
    )
    return Verdict(
        claim=claim,
        label=Label.SUPPORTED,
        basis=Basis.ENTAILED,
        confidence=0.9634567891,
        probabilities=shares(0.9634567891, 0.0265432109, 0.01),
        evidence=(item,),
        origins_for=1,
        reasons=("One primary source says so.",),
    )


def _conflicting() -> Verdict:
    claim = Claim(
        id="cost",
        text="The breakwater cost 30 million crowns.",
        speaker="Mayor’s office",
        said_on=date(2023, 5, 2),
        as_of=date(2023, 12, 31),
        expect=Label.SUPPORTED,
        tags=("money",),
        sources=SourceFilter(include=("*.pdf", "herald/*", "wire/*"), exclude=("notes/*",)),
        location=at(7),
    )
    words = "The new breakwater cost about 30 million crowns, the mayor’s office said on Tuesday."
    finding = Finding(
        check="quantity",
        outcome=Outcome.DIFFERENT,
        claim_text="30 million crowns",
        passage_text="41.6 million crowns",
        message="30 million crowns against 41.6 million crowns",
        claim_span=(20, 37),
        passage_span=(20, 39),
        stance=Stance.REFUTES,
        strength=0.97,
    )
    herald = SOURCES["herald/breakwater.html"]["text"]
    return Verdict(
        claim=claim,
        label=Label.CONTESTED,
        basis=Basis.CONFLICTING,
        confidence=0.8812,
        probabilities=shares(0.0788, 0.8812, 0.04),
        evidence=(
            evidence(
                "cost",
                "herald/breakwater.html",
                herald[len("BRYNHOLM — ") : herald.index(" “I never")],
                Stance.SUPPORTS,
                rank=1,
                marks=("about 30 million crowns",),
                reported_by="the mayor’s office",
            ),
            evidence(
                "cost",
                "wire/breakwater.md",
                words,
                Stance.SUPPORTS,
                rank=2,
                marks=("about 30 million crowns",),
                joint="o2+o3",
                reported_by="the mayor’s office",
            ),
            evidence(
                "cost",
                "audit.pdf",
                "The breakwater cost 41.6 million crowns, a third more than the council had "
                "approved in 2019.",
                Stance.REFUTES,
                rank=3,
                marks=("41.6 million crowns",),
                findings=(finding,),
            ),
            evidence(
                "cost",
                "audit.pdf",
                "The council has not answered the auditor's letter.",
                Stance.NEUTRAL,
                rank=4,
                dense_cosine=None,
            ),
        ),
        origins_for=1,
        origins_against=1,
        reasons=(
            "The auditor gives 41.6 million crowns.",
            "Two reports of 30 million go back to the mayor’s office.",
        ),
    )


def _refuted_in_parts() -> Verdict:
    text = "3,000 people came to the opening and the council answered the auditor."
    crowd = Verdict(
        claim=Claim(id="opening.1", text="3,000 people came to the opening."),
        label=Label.CONTESTED,
        basis=Basis.CONFLICTING,
        confidence=0.7,
        probabilities=shares(0.2, 0.7, 0.1),
        evidence=(
            evidence(
                "opening.1",
                "herald/breakwater.html",
                "Organisers said 3,000 people came to the opening; police counted under 900.",
                Stance.REFUTES,
                marks=("3,000", "under 900"),
                reported_by="organisers",
            ),
        ),
        origins_against=1,
        reasons=("Police counted under 900.",),
        span=(0, text.index(" and ")),
    )
    letter = Verdict(
        claim=Claim(id="opening.2", text="The council answered the auditor."),
        label=Label.CONTESTED,
        basis=Basis.REFUTED,
        confidence=0.74,
        probabilities=shares(0.06, 0.74, 0.2),
        evidence=(
            evidence(
                "opening.2",
                "audit.pdf",
                "The council has not answered the auditor's letter.",
                Stance.REFUTES,
                marks=("has not answered",),
            ),
        ),
        origins_against=1,
        span=(text.index("the council"), len(text)),
    )
    return Verdict(
        claim=Claim(id="opening", text=text, location=at(14)),
        label=Label.CONTESTED,
        basis=Basis.REFUTED,
        confidence=0.7,
        probabilities=shares(0.1, 0.7, 0.2),
        origins_against=2,
        reasons=("The claim was split; it is as weak as its weakest part.",),
        parts=(crowd, letter),
    )


def _no_evidence() -> Verdict:
    return Verdict(
        claim=Claim(
            id="lighthouse", text="=SUM(A1) lighthouses were closed in 1987.", location=at(18)
        ),
        label=Label.UNSUPPORTED,
        basis=Basis.NO_EVIDENCE,
        confidence=0.56,
        probabilities=shares(0.14, 0.3, 0.56),
        reasons=("No passage speaks of lighthouses.",),
    )


def _insufficient() -> Verdict:
    text = f"The ferry \x1b[31mruns\x1b[0m daily. {HOSTILE} It did not run on Sundays."
    return Verdict(
        claim=Claim(
            id="ferry",
            text=(
                f"The ferry [bold red]runs[/] on Mondays \x1b]0;owned\x07 {HOSTILE} *daily* | `yes`"
            ),
            tags=("<i>tag</i>",),
            location=Location(path="drafts/ferry, 100%.md", line=21),
        ),
        label=Label.UNSUPPORTED,
        basis=Basis.INSUFFICIENT,
        confidence=0.41,
        probabilities=shares(0.3, 0.29, 0.41),
        evidence=(
            evidence(
                "ferry",
                "notes/hostile.txt",
                text,
                Stance.NEUTRAL,
                marks=("daily",),
                bm25=None,
            ),
        ),
        reasons=("The nearest passage speaks of Sundays <only>.",),
    )


def _failed() -> Verdict:
    return Verdict(
        claim=Claim(id="broken", text="", expect=Label.UNSUPPORTED, location=at(44, None)),
        label=None,
        basis=None,
        confidence=0.0,
        probabilities=shares(0.0, 0.0, 0.0),
        failure=Failure(
            code="FC203", message='claim "broken" has no text', hint="add a `claim:` line"
        ),
    )


def sample_report() -> Report:
    """Every label, basis, quotation status and attribution; a failure, parts, copies."""
    return Report(
        schema_version="1",
        tool_version="0.1.0",
        models=(
            ModelCard(role="encoder", name="invented-encoder", sha256="a1" * 32),
            ModelCard(role="verifier", name="invented-verifier", sha256="b2" * 32),
        ),
        corpus=CorpusSummary(
            path="corpus",
            sources=4,
            origins=3,
            passages=11,
            sha256="c3" * 32,
            problems=(
                Problem(
                    path="locked.pdf",
                    message="the file is encrypted",
                    hint="save a copy without a password",
                    code="FC310",
                    read=False,
                ),
                Problem(path="rows.csv", message="row has no text", line=9),
                Problem(path="rows.csv", message="row has no text", line=12),
            ),
            set_aside=(Problem(path="old.md", message="retracted on 1 May 2023", code="FC330"),),
        ),
        verdicts=(
            _supported(),
            _conflicting(),
            _refuted_in_parts(),
            _no_evidence(),
            _insufficient(),
            *quotations(),
            _failed(),
        ),
        gate=GateResult(
            passed=False,
            findings=(
                GateFinding(
                    claim_id="cost",
                    rule="expect",
                    message="expected supported, found contested",
                    location=at(7),
                ),
                GateFinding(
                    claim_id="quote-3",
                    rule="altered",
                    message="the quotation was altered",
                    location=at(33),
                ),
                GateFinding(claim_id="broken", rule="failed", message="the claim was not checked"),
                GateFinding(claim_id="", rule="waiver", message="a waiver has expired"),
            ),
            accepted=(
                GateFinding(
                    claim_id="ferry",
                    rule="unsupported",
                    message="the claim is unsupported; accepted by the desk until 2026-12-31: "
                    "known",
                    location=at(12),
                ),
            ),
        ),
        config={"min_independent": 1, "fail_on": ["expect", "altered"], "top_k": 8},
    )


def empty_report() -> Report:
    """A run that found no claims."""
    return Report(
        schema_version="1",
        tool_version="0.1.0",
        models=(),
        corpus=CorpusSummary(path="corpus", sources=0, origins=0, passages=0, sha256="0" * 64),
        verdicts=(),
        gate=GateResult(passed=True),
    )
