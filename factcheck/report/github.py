"""GitHub Actions: annotations on the lines of claims, and the job summary."""

from __future__ import annotations

from factcheck.records import GateFinding, Label, Location, Report, Stance, Verdict
from factcheck.report.grouping import gate_by_claim, gate_without_claim
from factcheck.report.markdown import MARKS, code, escape, overview
from factcheck.report.options import RenderOptions
from factcheck.report.plain import one_line, shorten
from factcheck.report.wording import (
    BASIS_WORDS,
    label_key,
    label_words,
    per_cent,
    place_of,
    quote_words,
    source_name,
)

_PASSAGE_LENGTH = 240
# GitHub refuses a summary of more than 1 MiB; half of it leaves room for other steps' own.
_SUMMARY_BYTES = 512 * 1024


def render(report: Report, options: RenderOptions) -> str:
    """Workflow commands, one per line: errors first, then warnings, then notices.

    Only what the gate refuses is an error; GitHub shows a limited number of each kind, so the
    order decides which ones are seen. A contested claim that passes is a warning, an unsupported
    one a notice; supported claims are not annotated.
    """
    gate = gate_by_claim(report)
    lines: dict[str, list[str]] = {"error": [], "warning": [], "notice": []}
    for finding in gate_without_claim(report):
        lines["error"].append(_command("error", finding.location, finding.rule, finding.message))
    for verdict in report.verdicts:
        stops = gate.get(verdict.claim.id, ())
        level = _level(verdict, stops)
        if level is not None:
            location = verdict.claim.location or next(
                (item.location for item in stops if item.location), None
            )
            title = f"{label_words(verdict.label)}: {verdict.claim.id}"
            lines[level].append(_command(level, location, title, _message(verdict, stops)))
    return "".join(f"{line}\n" for level in lines for line in lines[level])


def job_summary(report: Report) -> str:
    """Markdown for the file that `GITHUB_STEP_SUMMARY` names: counts, then one row per claim.

    Rows that would not fit GitHub's limit are counted instead of shown.
    """
    head = "\n\n".join(["## Fact check", *[block for block in overview(report) if block]])
    if not report.verdicts:
        return head + "\n"
    gate = gate_by_claim(report)
    rows = ["| | Claim | Verdict | Why | Where |", "|---|---|---|---|---|"]
    size = len(head.encode()) + 200
    # Claims that stop the gate first, the others in the order of the file.
    ordered = sorted(report.verdicts, key=lambda verdict: verdict.claim.id not in gate)
    for number, verdict in enumerate(ordered):
        row = _row(verdict, gate.get(verdict.claim.id, ()))
        size += len(row.encode()) + 1
        if size > _SUMMARY_BYTES:
            rows.append(f"| | and {len(ordered) - number:,} more claims | | | |")
            break
        rows.append(row)
    return head + "\n\n" + "\n".join(rows) + "\n"


def _level(verdict: Verdict, stops: tuple[GateFinding, ...]) -> str | None:
    if stops:
        return "error"
    if verdict.label is None or verdict.label is Label.CONTESTED:
        return "warning"
    return "notice" if verdict.label is Label.UNSUPPORTED else None


def _message(verdict: Verdict, stops: tuple[GateFinding, ...]) -> str:
    lines = [one_line(verdict.claim.text) or "(no text)"]
    lines += [f"Stops the gate ({one_line(item.rule)}): {one_line(item.message)}" for item in stops]
    if verdict.failure is not None:
        lines.append(f"Not checked: {one_line(verdict.failure.message)}")
    if verdict.label is not None:
        why = _why(verdict)
        lines.append(f"{label_words(verdict.label)} ({per_cent(verdict.confidence)}): {why}")
    for item in verdict.evidence:
        if item.stance is not Stance.NEUTRAL:
            sign = "+" if item.stance is Stance.SUPPORTS else "-"
            words = shorten(item.text, _PASSAGE_LENGTH)
            lines.append(f"{sign} {source_name(item)}: {words}")
    return "\n".join(lines)


def _why(verdict: Verdict) -> str:
    if verdict.quote is not None and not verdict.evidence:
        return quote_words(verdict.quote)
    if verdict.reasons:
        return " ".join(one_line(reason) for reason in verdict.reasons)
    return BASIS_WORDS[verdict.basis] if verdict.basis is not None else ""


def _row(verdict: Verdict, stops: tuple[GateFinding, ...]) -> str:
    why = verdict.failure.message if verdict.failure is not None else _why(verdict)
    shown = [escape(shorten(why, _PASSAGE_LENGTH))]
    shown += [f"**{escape(item.rule)}**: {escape(item.message)}" for item in stops]
    label = f"{label_words(verdict.label)}"
    if verdict.label is not None:
        label += f" ({per_cent(verdict.confidence)})"
    claim = escape(shorten(verdict.claim.text, _PASSAGE_LENGTH)) or "(no text)"
    where = code(place_of(verdict.claim.location)).replace("|", "\\|")
    cells = [MARKS[label_key(verdict.label)], claim, label, "<br>".join(shown), where]
    return f"| {' | '.join(cells)} |"


def _command(level: str, location: Location | None, title: str, message: str) -> str:
    """Source: GitHub's documentation of workflow commands, and the runner's own escaping."""
    properties = []
    if location is not None:
        properties.append(f"file={_property(location.path)}")
        if location.line is not None:
            properties.append(f"line={location.line}")
            if location.column is not None:
                properties.append(f"col={location.column}")
    properties.append(f"title={_property(title)}")
    return f"::{level} {','.join(properties)}::{_data(message)}"


# What ends a line besides the line feed for somebody who reads the log, though not for GitHub.
_LINE_ENDS = str.maketrans(dict.fromkeys("\v\f\x1c\x1d\x1e\x85\u2028\u2029", " "))


def _data(text: str) -> str:
    text = text.translate(_LINE_ENDS)
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(one_line(text)).replace(":", "%3A").replace(",", "%2C")
