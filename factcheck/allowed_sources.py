"""Which sources a claim may use, and what to say when it may use none."""

from __future__ import annotations

import fnmatch
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from factcheck.nearest import did_you_mean
from factcheck.records import Basis, Claim, Problem, Source, SourceFilter, Verdict

if TYPE_CHECKING:
    from factcheck.index.opened import Index

NO_SUCH_SOURCE = "FC211"
_NONE_ALLOWED = "No source was allowed: "
_LIST_HINT = "`factcheck sources` lists the ids and paths of all sources"


def matches_filter(source: Source, chosen: SourceFilter) -> bool:
    """Whether the patterns of a claim let a source through."""
    if chosen.include and not any(_matches(source, pattern) for pattern in chosen.include):
        return False
    return not any(_matches(source, pattern) for pattern in chosen.exclude)


def published_by(source: Source, as_of: date | None) -> bool:
    """Whether a source was there on a day; one without a date counts as there."""
    return as_of is None or source.published is None or source.published <= as_of


def explain_no_source(verdict: Verdict, index: Index, *, min_reliability: float) -> Verdict:
    """The verdict, with the true reason when nothing was found because no source was allowed.

    Args:
        verdict: as it was judged.
        index: that it was judged against.
        min_reliability: sources with a lower stated reliability were left out.
    """
    claim, quote = verdict.claim, verdict.quote
    found = verdict.evidence or (quote is not None and quote.best is not None)
    if found or index.allowed_rows(claim, min_reliability=min_reliability) != frozenset():
        return verdict
    reason = no_source_reason(claim, index.sources, min_reliability=min_reliability)
    return replace(
        verdict,
        basis=Basis.NO_EVIDENCE,
        reasons=(reason,),
        quote=None if quote is None else replace(quote, message=reason),
    )


def no_source_reason(claim: Claim, sources: Sequence[Source], *, min_reliability: float) -> str:
    """Why a claim may use none of the sources, as a sentence.

    Args:
        sources: all of the source base.
        min_reliability: the least that the configuration demands.
    """
    from factcheck.sources import usable_sources

    included = SourceFilter(include=claim.sources.include)
    matching = [source for source in sources if matches_filter(source, included)]
    chosen = [source for source in matching if matches_filter(source, claim.sources)]
    timely = {source.id for source in chosen if published_by(source, claim.as_of)}
    if not matching:
        patterns = ", ".join(f'"{pattern}"' for pattern in claim.sources.include)
        why = f"no source matches {patterns}"
    elif not chosen:
        why = "the patterns under `exclude` leave none"
    elif not timely:
        why = f"none that the claim may use was published by {claim.as_of}"
    elif not any(source.id in timely for source in usable_sources(sources, claim.as_of)[0]):
        why = "those that the claim may use are retracted or superseded"
    else:
        why = f"none that the claim may use has a reliability of {min_reliability:g} or more"
    return f"{_NONE_ALLOWED}{why}."


def had_no_source(verdict: Verdict) -> bool:
    """Whether a verdict came from `explain_no_source`."""
    return bool(verdict.reasons) and verdict.reasons[0].startswith(_NONE_ALLOWED)


class FilterNotes:
    """Filters of claims that match or leave no source, to be said at the end of a run.

    What it remembers grows with the number of different filters, not of claims.
    """

    def __init__(self) -> None:
        self._patterns: dict[str, tuple[Claim, int]] = {}
        self._excluded: dict[str, tuple[Claim, int]] = {}
        self._reasons: dict[str, tuple[Claim, int]] = {}

    def add(self, verdict: Verdict) -> None:
        """Remember the filter of a claim that was judged."""
        claim = verdict.claim
        for pattern in dict.fromkeys(claim.sources.include):
            _count(self._patterns, pattern, claim)
        for pattern in dict.fromkeys(claim.sources.exclude):
            _count(self._excluded, pattern, claim)
        if had_no_source(verdict):
            _count(self._reasons, verdict.reasons[0], claim)

    def problems(self, sources: Callable[[], Iterable[Source]]) -> list[Problem]:
        """A problem for each pattern that matches no source, and for each claim left with none.

        Args:
            sources: all of the source base; asked for only where a claim has a pattern.
        """
        known = list(sources()) if self._patterns or self._excluded else []
        names = sorted({name for source in known for name in (source.id, source.path)})
        found: list[Problem] = []
        unmatched: set[str] = set()
        for pattern, (claim, others) in self._patterns.items():
            if not any(_matches(source, pattern) for source in known):
                unmatched.add(pattern)
                message = f'no source matches the pattern "{pattern}"'
                found.append(_problem(claim, others, message, _pattern_hint(pattern, names)))
        for pattern, (claim, others) in self._excluded.items():
            if not any(_matches(source, pattern) for source in known):
                message = f'no source matches the pattern "{pattern}" under `exclude`'
                found.append(_problem(claim, others, message, _pattern_hint(pattern, names)))
        for reason, (claim, others) in self._reasons.items():
            if not unmatched.intersection(claim.sources.include):
                message = reason[:1].lower() + reason[1:].rstrip(".")
                found.append(_problem(claim, others, message, _LIST_HINT))
        return found


def _matches(source: Source, pattern: str) -> bool:
    return any(fnmatch.fnmatchcase(name, pattern) for name in (source.id, source.path))


def _count(noted: dict[str, tuple[Claim, int]], key: str, claim: Claim) -> None:
    first, others = noted.get(key, (claim, -1))
    noted[key] = (first, others + 1)


def _problem(claim: Claim, others: int, message: str, hint: str) -> Problem:
    who = f'claim "{claim.id}"'
    if others:
        who += f" and {others} other{'s' if others > 1 else ''}"
    place = claim.location
    return Problem(
        path=place.path if place is not None else claim.id,
        line=place.line if place is not None else None,
        message=f"{who}: {message}",
        hint=hint,
        code=NO_SUCH_SOURCE,
    )


def _pattern_hint(pattern: str, names: Sequence[str]) -> str:
    """The nearest id or path; a name without its folder is near, too."""
    nearest = did_you_mean(pattern, names)
    if nearest is None:
        ends = {name.rpartition("/")[2]: name for name in names}
        nearest = ends.get(did_you_mean(pattern, ends) or "")
    return f"did you mean `{nearest}`?" if nearest else _LIST_HINT
