"""Invented sources, and the pieces that the sample report is made of."""

from __future__ import annotations

import hashlib
from datetime import date
from typing import Any

from factcheck.records import (
    Evidence,
    Location,
    Stance,
    StanceProbabilities,
    VerdictProbabilities,
)

HOSTILE = (
    "</p><script>document.title='owned'</script><img src=x onerror=\"document.title='owned'\">"
)

SOURCES: dict[str, dict[str, Any]] = {
    "audit.pdf": {
        "text": (
            "Report of the harbour auditor. The breakwater cost 41.6 million crowns, a third more "
            "than the council had approved in 2019. Work stopped for eleven weeks in winter. "
            "The council has not answered the auditor's letter."
        ),
        "title": "Audit of the Brynholm breakwater",
        "publisher": "Office of the Harbour Auditor",
        "published": date(2023, 3, 14),
        "url": "https://auditor.example/reports/breakwater?year=2023&lang=en",
        "kind": "primary",
        "reliability": 0.95,
        "origin": "o1",
        "place": "page 3",
    },
    "herald/breakwater.html": {
        "text": (
            "BRYNHOLM — The new breakwater cost about 30 million crowns, the mayor’s office said "
            "on Tuesday. “I never promised that it would be cheap,” said Mayor Ilse Varga. "
            "Organisers said 3,000 people came to the opening; police counted under 900."
        ),
        "title": "Breakwater opens after long winter",
        "publisher": "The Brynholm Herald",
        "published": date(2023, 5, 2),
        "url": "https://herald.example/breakwater",
        "kind": "secondary",
        "reliability": 0.7,
        "origin": "o2",
    },
    "wire/breakwater.md": {
        "text": (
            "The new breakwater cost about 30 million crowns, the mayor’s office said on Tuesday. "
            "“I never promised that it would be cheap,” said Mayor Ilse Varga."
        ),
        "title": "Brynholm opens breakwater",
        "publisher": "Coast Wire",
        "published": date(2023, 5, 2),
        "kind": "secondary",
        "origin": "o2",
    },
    "notes/hostile.txt": {
        "text": f"The ferry \x1b[31mruns\x1b[0m daily. {HOSTILE} It did not run on Sundays.",
        "title": '=HYPERLINK("http://evil.example";"Ferry") <b>timetable</b>',
        "url": "javascript:document.title='owned'",
        "origin": "o3",
        "place": "row 7",
    },
}


def evidence(
    claim_id: str, source_id: str, text: str, stance: Stance, rank: int = 1, **more: Any
) -> Evidence:
    """Evidence whose offsets are those of the words in the source."""
    source = SOURCES[source_id]
    whole: str = source["text"]
    start = whole.index(text)
    end = start + len(text)
    shares = {
        Stance.SUPPORTS: StanceProbabilities(supports=0.9312345678, refutes=0.02, neutral=0.05),
        Stance.REFUTES: StanceProbabilities(supports=0.04, refutes=0.91, neutral=0.05),
        Stance.NEUTRAL: StanceProbabilities(supports=0.1, refutes=0.1, neutral=0.8),
    }
    marks = tuple(
        (text.index(word), text.index(word) + len(word)) for word in more.pop("marks", ())
    )
    known = {key: source.get(key) for key in ("title", "publisher", "published", "url", "kind")}
    return Evidence(
        claim_id=claim_id,
        source_id=source_id,
        path=source_id,
        start=start,
        end=end,
        text=text,
        stance=stance,
        probabilities=shares[stance],
        verifier=StanceProbabilities(supports=0.25, refutes=0.25, neutral=0.5),
        rank=rank,
        dense_cosine=more.pop("dense_cosine", 0.8123456),
        bm25=more.pop("bm25", 11.25),
        place=source.get("place"),
        reliability=source.get("reliability"),
        origin=source["origin"],
        highlights=marks,
        context_before=whole[max(0, start - 120) : start],
        context_after=whole[end : end + 120],
        source_sha256=hashlib.sha256(whole.encode()).hexdigest(),
        **known,
        **more,
    )


def shares(supported: float, contested: float, unsupported: float) -> VerdictProbabilities:
    return VerdictProbabilities(supported=supported, contested=contested, unsupported=unsupported)


def at(line: int, column: int | None = 5) -> Location:
    return Location(path="claims.yaml", line=line, column=column)
