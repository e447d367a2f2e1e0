"""Drafts: articles in Markdown, text, HTML or DOCX to claims on the draft's own lines."""

from factcheck.drafts.claims_file import claims_yaml
from factcheck.drafts.read import read_draft
from factcheck.drafts.records import DraftRead, DraftSentence, Skipped, SkipReason
from factcheck.drafts.verify import verify_drafts

__all__ = [
    "DraftRead",
    "DraftSentence",
    "SkipReason",
    "Skipped",
    "claims_yaml",
    "read_draft",
    "verify_drafts",
]
