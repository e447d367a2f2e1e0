"""The report in Markdown, for a pull request, a wiki or a mail."""

from __future__ import annotations

import re
from collections.abc import Mapping

from factcheck.records import Evidence, Problem, QuoteCheck, QuotePlace, Report, Verdict
from factcheck.report.grouping import (
    corpus_notes,
    diff_pieces,
    gate_by_claim,
    gate_without_claim,
    own_sides,
    sources_by_origin,
)
from factcheck.report.options import RenderOptions
from factcheck.report.plain import flowed_pieces, one_line
from factcheck.report.wording import (
    BASIS_WORDS,
    claim_facts,
    confidence_words,
    count_words,
    expectation,
    label_key,
    label_words,
    origins_words,
    per_cent,
    place_of,
    plural,
    quote_words,
    source_facts,
    source_name,
    upper_first,
)

# Shapes and colours differ, so that the marks can be told apart without colour.
MARKS = {"supported": "✅", "contested": "❌", "unsupported": "❔", "failed": "⚠️"}

_SPECIAL = re.compile(r"([\\`*_\[\]<>|~#&{}$])")
# What starts a list or a heading when it comes first on a line.
_FIRST = re.compile(r"^(?:([-+=])|(\d+)([.)]))")
_WEB = re.compile(r"https?://[^\s<>\"'()\[\]\\`|]+", re.IGNORECASE)


def render(report: Report, options: RenderOptions) -> str:
    """The whole report: counts, what stops the gate, a table, then each claim in full."""
    title = escape(options.title or "Fact-check report")
    blocks = [f"# {title}", *overview(report), table(report)]
    gate = gate_by_claim(report)
    origins = sources_by_origin(report)
    for verdict in report.verdicts:
        stops = [
            f"**Stops the gate** ({escape(item.rule)}): {escape(item.message)}"
            for item in gate.get(verdict.claim.id, ())
        ]
        blocks += _claim(verdict, stops, origins, level=2)
    blocks += _corpus(report)
    blocks.append(_made_with(report))
    return "\n\n".join(block for block in blocks if block) + "\n"


def escape(text: str) -> str:
    """Untrusted text as one line of Markdown that shows exactly these characters."""
    text = _SPECIAL.sub(r"\\\1", one_line(text))
    return _FIRST.sub(
        lambda found: f"\\{found[1]}" if found[1] else f"{found[2]}\\{found[3]}", text
    )


def overview(report: Report) -> list[str]:
    """Counts, the source base and the gate, as blocks."""
    corpus = report.corpus
    lines = [
        f"**{plural(len(report.verdicts), 'claim')}**: {count_words(report.counts)}.",
        f"Judged against {plural(corpus.sources, 'source')} of "
        f"{plural(corpus.origins, 'independent origin')}.",
    ]
    excused = report.gate.accepted
    if excused:
        listed = [
            f"- {escape(item.claim_id)} ({escape(item.rule)}): {escape(item.message)}"
            for item in excused
        ]
        lines.append(f"Accepted: {plural(len(excused), 'finding')}.\n\n" + "\n".join(listed))
    if report.gate.passed:
        return [*lines, "**Gate passed.**"]
    lines.append(f"**Gate failed**: {plural(len(report.gate.findings), 'finding')}.")
    loose = [
        f"- {escape(item.rule)}: {escape(item.message)}" for item in gate_without_claim(report)
    ]
    return [*lines, "\n".join(loose)]


def table(report: Report) -> str:
    """One row per claim; nothing when there are no claims."""
    if not report.verdicts:
        return ""
    rows = ["| | Claim | Verdict | Confidence | For | Against |", "|---|---|---|---|---|---|"]
    for verdict in report.verdicts:
        sure = per_cent(verdict.confidence) if verdict.label else ""
        rows.append(
            f"| {MARKS[label_key(verdict.label)]} | {escape(verdict.claim.text) or '(no text)'} "
            f"| {label_words(verdict.label)} | {sure} "
            f"| {verdict.origins_for} | {verdict.origins_against} |"
        )
    return "\n".join(rows)


def _claim(
    verdict: Verdict,
    stops: list[str],
    origins: Mapping[str, tuple[str, ...]],
    level: int,
) -> list[str]:
    claim = verdict.claim
    mark = MARKS[label_key(verdict.label)]
    where = place_of(claim.location)
    head = f"{'#' * min(level, 6)} {mark} {label_words(verdict.label)}: {escape(claim.id)}"
    blocks = [head, f"> {escape(claim.text) or '(no text)'}"]
    facts = [escape(fact) for fact in claim_facts(verdict)]
    if where and level == 2:
        facts.append(code(where))
    if facts:
        blocks.append(" · ".join(facts))
    blocks += _judgement(verdict)
    unmet = expectation(verdict)
    if unmet and not stops:
        stops = [f"**Not as expected**: {unmet}."]
    blocks += stops
    if verdict.reasons:
        blocks.append("\n".join(f"- {escape(reason)}" for reason in verdict.reasons))
    if verdict.quote is not None:
        blocks += _quote(verdict.quote)
    found = own_sides(verdict)
    groups = [("For", found.supports), ("Against", found.refutes)]
    if not (found.supports or found.refutes):
        groups.append(("Nearest passages", found.neutral))
    for title, items in groups:
        if items:
            blocks.append(f"**{title}**")
            blocks += [_evidence(item, origins) for item in items]
    for part in verdict.parts:
        blocks += _claim(part, [], origins, level + 1)
    return blocks


def _judgement(verdict: Verdict) -> list[str]:
    if verdict.failure is not None:
        failure = verdict.failure
        hint = f" Hint: {escape(failure.hint)}" if failure.hint else ""
        return [f"Not checked: {escape(failure.message)} ({escape(failure.code)}).{hint}"]
    line = f"Confidence: {confidence_words(verdict.confidence)} ({per_cent(verdict.confidence)})."
    explained = verdict.quote is not None and not verdict.evidence
    if verdict.basis is not None and not explained:
        line = f"{upper_first(BASIS_WORDS[verdict.basis])}. {line}"
        if verdict.origins_for or verdict.origins_against:
            line += f" Counted: {origins_words(verdict)}."
    return [line]


def _evidence(item: Evidence, origins: Mapping[str, tuple[str, ...]]) -> str:
    name = escape(source_name(item))
    if item.url and _WEB.fullmatch(item.url):
        name = f"[{name}](<{item.url}>)"
    facts = "".join(f", {escape(fact)}" for fact in source_facts(item))
    lines = [f"- {name}{facts}", f"  > {_passage(item)}"]
    notes = []
    if item.reported_by:
        notes.append(f"On the word of: {escape(item.reported_by)}")
    notes += [f"{escape(finding.check)}: {escape(finding.message)}" for finding in item.findings]
    copies = [code(name) for name in origins.get(item.origin, ()) if name != item.source_id]
    if copies:
        notes.append(f"Same origin, counted once: {', '.join(copies)}")
    if notes:
        lines += ["", *[f"  - {note}" for note in notes]]
    return "\n".join(lines)


def _passage(item: Evidence) -> str:
    shown = ""
    for piece, marked in flowed_pieces(item.text, item.highlights):
        core = piece.strip()
        if not core:
            shown += piece
            continue
        # Emphasis marks must touch the words; the spaces stay outside.
        lead = " " if piece[0] == " " else ""
        tail = " " if piece[-1] == " " else ""
        words = _SPECIAL.sub(r"\\\1", core)
        shown += f"{lead}**{words}**{tail}" if marked else f"{lead}{words}{tail}"
    return _FIRST.sub(
        lambda found: f"\\{found[1]}" if found[1] else f"{found[2]}\\{found[3]}", shown
    )


def _quote(quote: QuoteCheck) -> list[str]:
    lines = [f"**Quotation**: {escape(quote_words(quote))}."]
    if quote.message:
        lines.append(escape(quote.message))
    if quote.best is not None:
        lines.append(_quote_place(quote.best))
    return lines


def _quote_place(place: QuotePlace) -> str:
    where = code(place.source_id) + (f", {escape(place.place)}" if place.place else "")
    shown = ""
    if any(part.op != "equal" for part in place.diff):
        for op, words, glue in diff_pieces(place.diff):
            safe = escape(words)
            shown += glue + {"equal": safe, "delete": f"~~{safe}~~", "insert": f"**{safe}**"}[op]
        legend = " (~~struck~~: only in the source; **bold**: only in the quotation)"
    else:
        shown, legend = escape(place.sentence or place.text), ""
    return f"- {where}, {per_cent(place.similarity)} alike{legend}\n  > {shown}"


def _corpus(report: Report) -> list[str]:
    blocks = []
    for notes in corpus_notes(report.corpus):
        listed = "\n".join(_problem(item) for item in notes.items)
        blocks += [f"## {notes.title} ({notes.count:,})", listed]
    return blocks


def _problem(item: Problem) -> str:
    where = item.path if item.line is None else f"{item.path}:{item.line}"
    hint = f" Hint: {escape(item.hint)}" if item.hint else ""
    return f"- {code(where)}: {escape(item.message)}.{hint}"


def _made_with(report: Report) -> str:
    models = ", ".join(
        f"{escape(card.role)} {escape(card.name)} ({escape(card.sha256[:12])})"
        for card in report.models
    )
    made = f"Made with factcheck {escape(report.tool_version)}"
    return f"---\n\n{made}{'; ' + models if models else ''}; " + (
        f"source base {escape(report.corpus.sha256[:12])}."
    )


def code(text: str) -> str:
    """Untrusted text as inline code, whatever backticks it holds."""
    text = one_line(text)
    longest = max((len(run) for run in re.findall(r"`+", text)), default=0)
    fence = "`" * (longest + 1)
    pad = " " if text.startswith("`") or text.endswith("`") else ""
    return f"{fence}{pad}{text}{pad}{fence}" if text else ""
