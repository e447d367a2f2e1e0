"""Locate quotations in the source base and compare them word by word."""

from factcheck.quotes.candidates import QuoteCandidate
from factcheck.quotes.fragments import Fragment, quoted_fragments
from factcheck.quotes.locate import QuoteCorpus, check_quote, locate_quote
from factcheck.quotes.names import same_speaker
from factcheck.quotes.queries import quote_queries
from factcheck.quotes.speakers import Speaker, find_speaker, quoted_speaker

__all__ = [
    "Fragment",
    "QuoteCandidate",
    "QuoteCorpus",
    "Speaker",
    "check_quote",
    "find_speaker",
    "locate_quote",
    "quote_queries",
    "quoted_fragments",
    "quoted_speaker",
    "same_speaker",
]
