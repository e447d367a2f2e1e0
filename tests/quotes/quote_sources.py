"""Sources made of a text, for tests."""

from __future__ import annotations

import hashlib
from typing import Any

from factcheck.quotes import QuoteCandidate, check_quote
from factcheck.records import QuoteCheck, Source
from factcheck.text import canonical_text


def make_source(text: str, source_id: str = "note", **fields: Any) -> Source:
    """A source with canonical text and its real hash."""
    text = canonical_text(text)
    digest = hashlib.sha256(text.encode()).hexdigest()
    return Source(id=source_id, path=f"{source_id}.txt", text=text, sha256=digest, **fields)


def check(quote: str, *texts: str, speaker: str | None = None) -> QuoteCheck:
    """Check a quotation against texts; the sources are called s0, s1, …"""
    sources = [make_source(text, f"s{index}") for index, text in enumerate(texts)]
    result = check_quote(
        quote, speaker=speaker, candidates=[QuoteCandidate(source=source) for source in sources]
    )
    for place in filter(None, (result.best, *result.others)):
        source = sources[int(place.source_id[1:])]
        assert source.text[place.start : place.end] == place.text
    return result
