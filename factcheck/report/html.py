"""One self-contained page: no network, no script but its own, everything escaped."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping
from functools import lru_cache
from importlib import resources
from typing import Any

import jinja2
from markupsafe import Markup

from factcheck.records import Evidence, Label, Report, Verdict
from factcheck.report import wording
from factcheck.report.grouping import (
    corpus_notes,
    diff_pieces,
    gate_by_claim,
    gate_without_claim,
    methods,
    needs_attention,
    own_sides,
    sources_by_origin,
)
from factcheck.report.options import RenderOptions
from factcheck.report.plain import clean_text, marked_pieces

# A shape for each label besides its colour.
_MARKS = {"supported": "✓", "contested": "≠", "unsupported": "?", "failed": "!"}
_CHART_WIDTH = 1000


def render(report: Report, options: RenderOptions) -> str:
    """The page; it works from a file, without a network, and without scripts.

    The content security policy names the hashes of the page's one style sheet and one script, so
    a browser runs nothing that a claim or a source brings along.
    """
    style, script = _asset("page.css"), _asset("page.js")
    page = _environment().get_template("page.html.j2")
    text = page.render(
        report=report,
        title=options.title or "Fact-check report",
        style=Markup(style),
        script=Markup(script),
        policy=_policy(style, script),
        counts=report.counts,
        chart=_chart(report.counts),
        gate=gate_by_claim(report),
        loose=gate_without_claim(report),
        attention=_attention(report),
        numbers={verdict.claim.id: n for n, verdict in enumerate(report.verdicts, start=1)},
        origins=sources_by_origin(report),
        corpus_notes=corpus_notes(report.corpus),
    )
    return text.rstrip("\n") + "\n"


def _policy(style: str, script: str) -> str:
    """Source: W3C Content Security Policy Level 3, hash source expressions."""
    return "; ".join(
        [
            "default-src 'none'",
            f"script-src '{_hash(script)}'",
            f"style-src '{_hash(style)}'",
            "img-src data:",
            "base-uri 'none'",
            "form-action 'none'",
        ]
    )


def _hash(text: str) -> str:
    digest = hashlib.sha256(text.encode()).digest()
    return f"sha256-{base64.b64encode(digest).decode()}"


def _chart(counts: Mapping[str, int]) -> list[tuple[str, float, float]]:
    """Segments of the stacked bar: label, left edge and width, in units of the drawing."""
    total = sum(counts.values())
    segments, left = [], 0.0
    for label, count in counts.items():
        if count:
            width = count / total * _CHART_WIDTH
            segments.append((label, round(left, 2), round(width, 2)))
            left += width
    return segments


def _attention(report: Report) -> set[int]:
    """Positions, from 1, of the claims that a reader must look at."""
    gate = gate_by_claim(report)
    return {
        number
        for number, verdict in enumerate(report.verdicts, start=1)
        if needs_attention(verdict, gate)
    }


@lru_cache(maxsize=1)
def _environment() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.FunctionLoader(_asset),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
        finalize=_finalize,
    )
    environment.globals.update(
        labels=[*(label.value for label in Label), wording.FAILED],
        marks=_MARKS,
        words={label.value: words for label, words in wording.LABEL_WORDS.items()}
        | {wording.FAILED: wording.label_words(None)},
        basis_words=wording.BASIS_WORDS,
        stance_words=wording.STANCE_WORDS,
        quote_words=wording.quote_words,
        claim_facts=wording.claim_facts,
        confidence_words=wording.confidence_words,
        count_words=wording.count_words,
        day=wording.day,
        expectation=wording.expectation,
        label_key=wording.label_key,
        per_cent=wording.per_cent,
        place_of=wording.place_of,
        plural=wording.plural,
        upper_first=wording.upper_first,
        source_name=wording.source_name,
        diff_pieces=diff_pieces,
        marked_pieces=marked_pieces,
        methods=methods,
        own_sides=own_sides,
        explained=_explained_by_quote,
        web_address=_web_address,
    )
    return environment


def _finalize(value: Any) -> Any:
    """Clean every text on its way into the page; escaping follows."""
    return clean_text(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def _explained_by_quote(verdict: Verdict) -> bool:
    """Whether the quotation check alone explains the label."""
    return verdict.quote is not None and not verdict.evidence


def _web_address(item: Evidence) -> str | None:
    """The source's address if following it can do no harm."""
    url = clean_text(item.url or "")
    return url if url.lower().startswith(("http://", "https://")) else None


@lru_cache(maxsize=8)
def _asset(name: str) -> str:
    return resources.files("factcheck.report").joinpath("templates", name).read_text("utf-8")
