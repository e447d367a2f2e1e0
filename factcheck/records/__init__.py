"""Every frozen record and closed set that crosses a module.

Offsets are 0-based, end-exclusive code points of canonical text: `source.text[start:end]`.
"""

from factcheck.records.claims import Claim, Label, Location, SourceFilter
from factcheck.records.corpus import CorpusSummary, Passage, Problem, Segment, Source
from factcheck.records.evidence import Evidence, Finding, Outcome, Stance, StanceProbabilities
from factcheck.records.quotations import Attribution, DiffPart, QuoteCheck, QuotePlace, QuoteStatus
from factcheck.records.reports import GateFinding, GateResult, ModelCard, Report
from factcheck.records.verdicts import Basis, Failure, Verdict, VerdictProbabilities

__all__ = [
    "Attribution",
    "Basis",
    "Claim",
    "CorpusSummary",
    "DiffPart",
    "Evidence",
    "Failure",
    "Finding",
    "GateFinding",
    "GateResult",
    "Label",
    "Location",
    "ModelCard",
    "Outcome",
    "Passage",
    "Problem",
    "QuoteCheck",
    "QuotePlace",
    "QuoteStatus",
    "Report",
    "Segment",
    "Source",
    "SourceFilter",
    "Stance",
    "StanceProbabilities",
    "Verdict",
    "VerdictProbabilities",
]
