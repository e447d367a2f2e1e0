"""The report as a journalist reads it in a terminal."""

from __future__ import annotations

import io
from collections.abc import Iterable

from rich.console import Console
from rich.text import Text

from factcheck.records import (
    Evidence,
    GateFinding,
    Outcome,
    Problem,
    QuoteCheck,
    QuotePlace,
    Report,
    Verdict,
)
from factcheck.report.grouping import (
    Sides,
    corpus_notes,
    diff_pieces,
    gate_by_claim,
    gate_without_claim,
    needs_attention,
    own_sides,
    sources_by_origin,
)
from factcheck.report.options import RenderOptions
from factcheck.report.plain import flowed_pieces, one_line
from factcheck.report.wording import (
    BASIS_WORDS,
    OUTCOME_WORDS,
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

_BADGES = {
    "supported": "bold white on green",
    "contested": "bold white on red",
    "unsupported": "bold black on yellow",
    "failed": "bold white on magenta",
}
_MINIMUM_WIDTH = 40


def render(report: Report, options: RenderOptions) -> str:
    """The report as text of a given width, with colour codes only when they are asked for."""
    page = _Page(report, options)
    for verdict in report.verdicts:
        if options.verbosity != "quiet" or needs_attention(verdict, page.gate):
            page.claim(verdict)
    page.corpus()
    page.summary()
    return page.text()


class _Page:
    """Collects lines; holds what every part needs to know."""

    def __init__(self, report: Report, options: RenderOptions) -> None:
        self.report = report
        self.options = options
        self.gate = gate_by_claim(report)
        self.origins = sources_by_origin(report)
        self._out = io.StringIO()
        self._lines: list[Text] = []
        # An empty environment keeps the result independent of NO_COLOR, COLUMNS and TERM; the
        # 16 colours of the standard palette follow the reader's own theme.
        self._console = Console(
            file=self._out,
            width=max(_MINIMUM_WIDTH, options.width),
            force_terminal=options.colour,
            color_system="standard" if options.colour else None,
            no_color=not options.colour,
            markup=False,
            emoji=False,
            highlight=False,
            legacy_windows=False,
            _environ={},
        )

    def text(self) -> str:
        """Everything so far; no line ends in spaces when there is no colour."""
        self._flush()
        return self._out.getvalue()

    def line(self, content: Text | str = "", indent: int = 0, style: str = "") -> None:
        """Print one wrapped paragraph at an indent."""
        shown = Text(content, style=style) if isinstance(content, str) else content
        for part in self._wrapped(shown, indent):
            self._lines.append(Text.assemble(" " * indent, part))

    def bullet(self, mark: str, content: Text, indent: int = 2, rest: str = " ") -> None:
        """Print a paragraph behind a mark; later lines stand behind `rest`."""
        for number, part in enumerate(self._wrapped(content, indent + 2)):
            head = f"{mark if number == 0 else rest} "
            self._lines.append(Text.assemble(" " * indent, (head, "dim"), part))

    def _wrapped(self, content: Text, indent: int) -> Iterable[Text]:
        width = max(10, self._console.width - indent)
        # Wrapping costs more than everything else, and most lines are short.
        return [content] if content.cell_len <= width else content.wrap(self._console, width)

    def _flush(self) -> None:
        if not self._lines:
            return
        if self.options.colour:
            self._console.print(Text("\n").join(self._lines), soft_wrap=True)
        else:
            self._out.writelines(f"{line.plain.rstrip(' ')}\n" for line in self._lines)
        self._lines.clear()

    def quoted(self, content: Text, indent: int) -> None:
        """Print words of a source behind a bar; quotation marks would mix with the source's own."""
        self.bullet("│", content, indent, rest="│")

    def claim(self, verdict: Verdict, depth: int = 0) -> None:
        """One claim with everything that speaks for and against it."""
        self._heading(verdict, depth)
        indent = 2 + depth * 4
        self.line(Text(one_line(verdict.claim.text) or "(no text)", style="bold"), indent)
        facts = claim_facts(verdict)
        if facts:
            self.line(" · ".join(facts), indent, "dim")
        stops = self.gate.get(verdict.claim.id, ()) if depth == 0 else ()
        unmet = expectation(verdict)
        if unmet and not any(finding.rule == "expect" for finding in stops):
            self.line(f"Not as expected: {unmet}.", indent, "bold red")
        for finding in stops:
            self._gate_line(finding, indent)
        if verdict.failure is not None:
            self._failure(verdict, indent)
        self._reasons(verdict, indent)
        if self.options.verbosity != "quiet":
            if verdict.quote is not None:
                self._quote(verdict.quote, indent)
            self._evidence(own_sides(verdict), indent)
            if self.options.verbosity == "verbose":
                self._numbers(verdict, indent)
            for part in verdict.parts:
                self.claim(part, depth + 1)
        if depth == 0:
            self.line()
            self._flush()

    def _heading(self, verdict: Verdict, depth: int) -> None:
        badge = f" {label_words(verdict.label).upper()} "
        heading = Text(" " * (depth * 4))
        if self.options.colour:
            heading.append(badge, style=_BADGES[label_key(verdict.label)])
        else:
            heading.append(f"[{badge.strip()}]")
        heading.append(f" {one_line(verdict.claim.id)}", style="bold")
        where = place_of(verdict.claim.location)
        if where and depth == 0:
            heading.append(f"  {where}", style="dim")
        if verdict.label is not None:
            sure = f"{confidence_words(verdict.confidence)}, {per_cent(verdict.confidence)}"
            heading.append(f"  {sure}")
        self.line(heading)

    def _failure(self, verdict: Verdict, indent: int) -> None:
        failure = verdict.failure
        if failure is not None:
            self.line(
                f"Not checked: {one_line(failure.message)} ({one_line(failure.code)})",
                indent,
                "magenta",
            )
            if failure.hint:
                self.line(f"hint: {one_line(failure.hint)}", indent)

    def _reasons(self, verdict: Verdict, indent: int) -> None:
        # A bare quotation is explained by its own check; nobody spoke for or against its truth.
        explained = verdict.quote is not None and not verdict.evidence
        if verdict.basis is not None and not explained:
            counted = ""
            if verdict.origins_for or verdict.origins_against:
                counted = f" ({origins_words(verdict)})"
            self.line(f"{upper_first(BASIS_WORDS[verdict.basis])}{counted}.", indent)
        for reason in verdict.reasons:
            self.bullet("•", Text(one_line(reason)), indent)

    def _evidence(self, found: Sides, indent: int) -> None:
        groups = [("For", "+", "green", found.supports), ("Against", "−", "red", found.refutes)]
        if self.options.verbosity == "verbose" or not (found.supports or found.refutes):
            # With nothing on either side the nearest passages are what a reader needs.
            groups.append(("Nearest passages", "·", "yellow", found.neutral))
        for title, mark, style, items in groups:
            if items:
                self.line(Text(f"{title} ({len(items)})", style=f"bold {style}"), indent)
            for item in items:
                self._one_evidence(item, mark, style, indent)

    def _one_evidence(self, item: Evidence, mark: str, style: str, indent: int) -> None:
        head = Text(source_name(item), style="underline" if self.options.colour else "")
        facts = source_facts(item)
        if facts:
            head.append(" — " + ", ".join(facts), style="not underline dim")
        self.bullet(mark, head, indent + 2)
        self.quoted(_passage(item, style), indent + 4)
        if item.reported_by:
            self.line(f"On the word of: {one_line(item.reported_by)}", indent + 4, "italic")
        for finding in item.findings:
            words = f"{finding.check}: {finding.message}"
            if self.options.verbosity == "verbose":
                words += f" [{OUTCOME_WORDS[finding.outcome]}]"
            decisive = finding.outcome is Outcome.DIFFERENT
            self.bullet("→", Text(one_line(words), style="bold" if decisive else ""), indent + 4)
        copies = [name for name in self.origins.get(item.origin, ()) if name != item.source_id]
        if copies:
            names = ", ".join(one_line(name) for name in copies)
            self.line(f"Same origin, counted once: {names}", indent + 4, "dim")
        if self.options.verbosity == "verbose":
            self.line(_evidence_numbers(item), indent + 4, "dim")

    def _quote(self, quote: QuoteCheck, indent: int) -> None:
        self.line(Text(f"Quotation: {quote_words(quote)}", style="bold"), indent)
        if quote.message:
            self.line(one_line(quote.message), indent + 2)
        if quote.best is not None:
            self._quote_place(quote.best, indent + 2)
        if self.options.verbosity == "verbose":
            for place in quote.others:
                self._quote_place(place, indent + 2)

    def _quote_place(self, place: QuotePlace, indent: int) -> None:
        where = one_line(place.source_id) + (f", {one_line(place.place)}" if place.place else "")
        self.line(f"{where}, {per_cent(place.similarity)} alike", indent, "dim")
        if any(part.op != "equal" for part in place.diff):
            self.quoted(_diff(place), indent)
        else:
            self.quoted(Text(one_line(place.sentence or place.text)), indent)

    def _numbers(self, verdict: Verdict, indent: int) -> None:
        shares = verdict.probabilities
        self.line(
            f"confidence {verdict.confidence:.3f}; supported {shares.supported:.3f}, "
            f"contested {shares.contested:.3f}, unsupported {shares.unsupported:.3f}",
            indent,
            "dim",
        )

    def _gate_line(self, finding: GateFinding, indent: int) -> None:
        text = f"Stops the gate ({one_line(finding.rule)}): {one_line(finding.message)}"
        self.line(text, indent, "bold red")

    def corpus(self) -> None:
        """Files that were skipped or set aside; a reader must know what was not read."""
        if self.options.verbosity == "quiet":
            return
        for notes in corpus_notes(self.report.corpus):
            self.line(Text(f"{notes.title} ({notes.count:,})", style="bold"))
            for item in notes.items:
                self._problem(item)
            self.line()

    def _problem(self, item: Problem) -> None:
        where = item.path if item.line is None else f"{item.path}:{item.line}"
        self.bullet("!", Text(f"{one_line(where)}: {one_line(item.message)}"))
        if item.hint:
            self.line(f"hint: {one_line(item.hint)}", 4, "dim")

    def summary(self) -> None:
        """Counts, what they were judged against, and whether the run passes."""
        report, corpus = self.report, self.report.corpus
        total = plural(len(report.verdicts), "claim")
        self.line(Text(f"{total}: {count_words(report.counts)}", style="bold"))
        against = (
            f"Judged against {plural(corpus.sources, 'source')} of "
            f"{plural(corpus.origins, 'origin')}, {plural(corpus.passages, 'passage')}"
        )
        for notes in corpus_notes(corpus):
            counted = (
                f"{notes.count:,}" if notes.title == "Set aside" else plural(notes.count, "file")
            )
            against += f"; {counted} {notes.title.lower()}"
        self.line(against, style="dim")
        for finding in gate_without_claim(report):
            self._gate_line(finding, 0)
        for finding in report.gate.accepted:
            accepted = f"Accepted: {finding.claim_id} ({finding.rule}): {finding.message}"
            self.line(one_line(accepted), style="dim")
        if report.gate.passed:
            self.line(Text("Gate passed", style="bold green"))
        else:
            stopped = plural(len(report.gate.findings), "finding")
            self.line(Text(f"Gate failed: {stopped}", style="bold red"))


def _passage(item: Evidence, style: str) -> Text:
    quoted = Text()
    for piece, marked in flowed_pieces(item.text, item.highlights):
        quoted.append(piece, style=f"bold {style}" if marked else "")
    return quoted


def _diff(place: QuotePlace) -> Text:
    """The source's words with the claim's changes: [-source-] and {+claim+}."""
    shown = Text()
    for op, words, glue in diff_pieces(place.diff):
        shown.append(glue)
        if op == "equal":
            shown.append(words)
        elif op == "delete":
            shown.append(f"[-{words}-]", style="green")
        else:
            shown.append(f"{{+{words}+}}", style="bold red")
    return shown


def _evidence_numbers(item: Evidence) -> str:
    shares = item.probabilities
    numbers = [
        f"rank {item.rank}",
        f"supports {shares.supports:.3f}, refutes {shares.refutes:.3f}, "
        f"neutral {shares.neutral:.3f}",
    ]
    if item.dense_cosine is not None:
        numbers.append(f"cosine {item.dense_cosine:.3f}")
    if item.bm25 is not None:
        numbers.append(f"bm25 {item.bm25:.2f}")
    numbers.append(f"{one_line(item.path)} {item.start}–{item.end}")
    return "; ".join(numbers)
