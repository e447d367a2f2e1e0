"""Drafts through the pipeline; what a draft names as its source is read for certain."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from factcheck.allowed_sources import had_no_source
from factcheck.drafts.records import DraftRead
from factcheck.records import (
    Claim,
    Label,
    Problem,
    Report,
    Source,
    SourceFilter,
    Verdict,
)
from factcheck.text import fold

if TYPE_CHECKING:
    from factcheck.session import Session

_URL = re.compile(r"https?://[^\s<>\")\]]+")
_NAMED = re.compile(r"\[?@([^\]\s;,]+)")
_RANK = {None: 0, Label.UNSUPPORTED: 0, Label.SUPPORTED: 1, Label.CONTESTED: 2}
_SAYS = {
    Label.SUPPORTED: "supports it",
    Label.CONTESTED: "contradicts it",
    Label.UNSUPPORTED: "does not say it",
}


def verify_drafts(
    drafts: Sequence[DraftRead],
    session: Session,
    *,
    follow: Callable[[Iterator[Verdict]], Iterator[Verdict]] = iter,
) -> tuple[Report, tuple[Problem, ...]]:
    """Check the claims of drafts.

    A claim whose sentence names a source is judged against that source alone as well as against
    all sources. The verdict against all holds, because a conflict must not be hidden; where the
    named source alone says more (it was not among the passages found), its verdict holds. What
    the named source says stands among the reasons either way.

    Args:
        drafts: with ids that are unique in all of them.
        session: makes the verdicts, or has them from an earlier run.
        follow: sees the verdicts pass, for a progress bar.

    Returns:
        The report, and a problem for each named source that the source base does not have.
    """
    from factcheck.run_report import assemble_report

    claims = [claim for draft in drafts for claim in draft.claims]
    verdicts = list(follow(session.verdicts(claims)))
    problems: tuple[Problem, ...] = ()
    if any(draft.cited for draft in drafts):
        named, problems = named_sources(drafts, session.sources())
        verdicts = _with_all_named(claims, verdicts, named, session)
    facts = session.facts()
    report = assemble_report(
        verdicts, models=facts.models, corpus=facts.corpus, config=session.config
    )
    return report, problems


def _with_all_named(
    claims: Sequence[Claim],
    verdicts: Sequence[Verdict],
    named: Mapping[str, tuple[str, ...]],
    session: Session,
) -> list[Verdict]:
    narrowed = [
        replace(claim, sources=SourceFilter(include=tuple(map(_literal, named[claim.id]))))
        for claim in claims
        if claim.id in named
    ]
    alone = {verdict.claim.id: verdict for verdict in session.verdicts(narrowed, noted=False)}
    return [
        with_named(verdict, alone[verdict.claim.id], named[verdict.claim.id])
        if verdict.claim.id in alone
        else verdict
        for verdict in verdicts
    ]


def named_sources(
    drafts: Iterable[DraftRead], sources: Iterable[Source]
) -> tuple[Mapping[str, tuple[str, ...]], tuple[Problem, ...]]:
    """Source ids for the names that drafts give, by claim id.

    `[@name]` may be an id or a path of the source base, also without its ending. The text of a
    footnote names a source by `@name`, by its address, or by its title.
    """
    known = _Names(sources)
    found: dict[str, tuple[str, ...]] = {}
    problems: list[Problem] = []
    for draft in drafts:
        places = {claim.id: claim for claim in draft.claims}
        missing: set[str] = set()
        for claim_id, names in draft.cited.items():
            ids = tuple(dict.fromkeys(i for name in names for i in known.find(name)))
            if ids:
                found[claim_id] = ids
            for name in names:
                if not known.find(name) and name not in missing:
                    missing.add(name)
                    problems.append(_unknown(draft.path, places[claim_id], name))
    return found, tuple(problems)


def _unknown(path: str, claim: Claim, name: str) -> Problem:
    shown = name if len(name) <= 60 else name[:59] + "…"
    return Problem(
        path=path,
        message=f'the draft names a source that the source base does not have: "{shown}"',
        hint="write `[@id]` with an id that `factcheck sources` lists",
        code="FC254",
        line=claim.location.line if claim.location else None,
    )


class _Names:
    """Ways to name a source."""

    def __init__(self, sources: Iterable[Source]) -> None:
        self.exact: dict[str, str] = {}
        self.titles: dict[str, str] = {}
        for source in sources:
            for name in (source.path, _stem(source.path), source.id):
                self.exact[name] = source.id
            for url in (source.url, source.archived_url):
                if url:
                    self.exact[url.rstrip("/")] = source.id
            if source.title and len(source.title) >= 8:
                self.titles[fold(source.title)] = source.id

    def find(self, name: str) -> tuple[str, ...]:
        """Ids that a citation or the text of a footnote means."""
        if name in self.exact:
            return (self.exact[name],)
        urls = [match[0].rstrip("/.,;") for match in _URL.finditer(name)]
        candidates = [*(match[1].rstrip(".") for match in _NAMED.finditer(name)), *urls]
        ids = [self.exact[item] for item in candidates if item in self.exact]
        folded = fold(name)
        ids += [source for title, source in self.titles.items() if title in folded]
        return tuple(dict.fromkeys(ids))


def _stem(path: str) -> str:
    head, _, tail = path.rpartition("/")
    stem = tail.rsplit(".", 1)[0]
    return f"{head}/{stem}" if head else stem


def _literal(name: str) -> str:
    """A glob that matches a name and nothing else."""
    return re.sub(r"([*?\[])", r"[\1]", name)


def with_named(verdict: Verdict, alone: Verdict, names: Sequence[str]) -> Verdict:
    """Join the verdict against all sources with that against the named ones.

    The one that says more holds: contested before supported before unsupported.
    """
    if verdict.label is None or alone.label is None:
        return verdict
    says = "may not be used" if had_no_source(alone) else _SAYS[alone.label]
    reason = f"The source that the draft names ({', '.join(names)}) {says}."
    if _RANK[alone.label] > _RANK[verdict.label]:
        verdict = replace(alone, claim=verdict.claim)
    return replace(verdict, reasons=(*verdict.reasons, reason))
