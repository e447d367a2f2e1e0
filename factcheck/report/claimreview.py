"""schema.org ClaimReview as JSON-LD, for search engines and fact-check archives."""

from __future__ import annotations

from typing import Any

from factcheck.records import Basis, Evidence, Label, Report, Stance, Verdict
from factcheck.report.json import dump
from factcheck.report.options import RenderOptions
from factcheck.report.wording import BASIS_WORDS, LABEL_WORDS, source_name

# Rating on schema.org's scale, worst 1 to best 5. A claim without evidence has no place on a
# scale of truth, so it gets words and no number.
_RATINGS: dict[tuple[Label, Basis | None], int] = {
    (Label.SUPPORTED, Basis.ENTAILED): 5,
    (Label.CONTESTED, Basis.CONFLICTING): 3,
    (Label.CONTESTED, Basis.REFUTED): 1,
}


def render(report: Report, options: RenderOptions) -> str:
    """A JSON-LD graph with one ClaimReview per verdict.

    Who reviews, when and under which address is not in a report: the publisher adds `author`,
    `datePublished` and `url`. Claims without a verdict are left out, because nothing was reviewed.

    Source: https://schema.org/ClaimReview
    """
    reviews = [_review(verdict) for verdict in report.verdicts if verdict.label is not None]
    return dump({"@context": "https://schema.org", "@graph": reviews}, indent=2) + "\n"


def _review(verdict: Verdict) -> dict[str, Any]:
    claim = verdict.claim
    review: dict[str, Any] = {
        "@type": "ClaimReview",
        "identifier": claim.id,
        "claimReviewed": claim.text,
        "itemReviewed": _claim(verdict),
        "reviewRating": _rating(verdict),
    }
    body = list(verdict.reasons)
    if verdict.quote is not None and verdict.quote.message:
        body.append(verdict.quote.message)
    if body:
        review["reviewBody"] = " ".join(body)
    cited = [_citation(item) for item in verdict.evidence if item.stance is not Stance.NEUTRAL]
    if cited:
        review["citation"] = cited
    return review


def _claim(verdict: Verdict) -> dict[str, Any]:
    claim = verdict.claim
    item: dict[str, Any] = {"@type": "Claim", "text": claim.text}
    if claim.speaker:
        # Person or organisation: a claims file does not say which.
        item["author"] = {"@type": "Thing", "name": claim.speaker}
    if claim.said_on:
        item["datePublished"] = claim.said_on.isoformat()
    return item


def _rating(verdict: Verdict) -> dict[str, Any]:
    if verdict.label is None:  # callers leave these out
        return {}
    rating: dict[str, Any] = {"@type": "Rating", "alternateName": LABEL_WORDS[verdict.label]}
    if verdict.basis is not None:
        rating["ratingExplanation"] = BASIS_WORDS[verdict.basis]
    value = _RATINGS.get((verdict.label, verdict.basis))
    if value is not None:
        rating |= {"ratingValue": value, "bestRating": 5, "worstRating": 1}
    return rating


def _citation(item: Evidence) -> dict[str, Any]:
    cited: dict[str, Any] = {
        "@type": "CreativeWork",
        "name": source_name(item),
        "abstract": item.text,
        "disambiguatingDescription": f"{item.stance.value} the claim",
    }
    if item.publisher:
        cited["publisher"] = {"@type": "Organization", "name": item.publisher}
    if item.published:
        cited["datePublished"] = item.published.isoformat()
    if item.url and item.url.lower().startswith(("http://", "https://")):
        cited["url"] = item.url
    return cited
