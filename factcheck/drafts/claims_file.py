"""The claims of a draft as a claims file to edit."""

from __future__ import annotations

from collections.abc import Iterable

from factcheck.drafts.records import DraftRead
from factcheck.records import Claim


def claims_yaml(draft: DraftRead) -> str:
    """A claims file with the claims of a draft, each under the place that it comes from.

    What was left alone stands as comments, so that an editor can take it up again.
    """
    lines = [f"# Claims of {_comment(draft.path)}, found by `factcheck claims`; edit as needed."]
    if draft.claims:
        lines.append("claims:")
    else:
        lines.append("# No checkable statement or quotation was found.")
    originals = {
        name: item.text for item in draft.sentences if item.resolved for name in item.claim_ids[-1:]
    }
    for claim in draft.claims:
        lines.extend(_entry(claim, originals.get(claim.id), draft.cited.get(claim.id, ())))
    if draft.skipped:
        lines += ["", "# Left alone:"]
    for item in draft.skipped:
        line = item.location.line
        lines.append(f"#   line {line}, {item.reason.value}: {_comment(item.text)}")
    return "\n".join(lines) + "\n"


def _entry(claim: Claim, original: str | None, cited: Iterable[str]) -> list[str]:
    place = claim.location
    lines = [f"  # line {place.line}, column {place.column}"] if place else []
    if original:
        lines.append(f"  # in the draft: {_comment(original)}")
    lines += [f"  # names its source: {_comment(name)}" for name in cited]
    lines.append(f"  - id: {_scalar(claim.id)}")
    key = "quote" if claim.quote is not None else "claim"
    lines.append(f"    {key}: {_scalar(claim.quote or claim.text)}")
    if claim.speaker:
        lines.append(f"    speaker: {_scalar(claim.speaker)}")
    if claim.said_on:
        lines.append(f"    said_on: {claim.said_on.isoformat()}")
    if claim.tags:
        lines.append(f"    tags: [{', '.join(claim.tags)}]")
    return lines


def _comment(text: str) -> str:
    return " ".join(text.split())


def _scalar(text: str) -> str:
    """A YAML scalar in double quotes on one line, which holds any text."""
    import json

    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\x7f").replace("\u0085", "\\N")
