"""Which sources go back to one report, and which sources are in force.

Independence is counted in origins: a wire story and its forty reprints are one witness.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date

from factcheck.records import Problem, Source
from factcheck.sources.identity import References
from factcheck.sources.limits import SET_ASIDE
from factcheck.sources.similarity import Fingerprint, fingerprint, same_reports, text_tokens
from factcheck.text import fold


def find_origins(sources: Iterable[Source]) -> dict[str, str]:
    """Group sources that go back to one report.

    Two sources are of one origin when one names the other in `derived_from`, when both name the
    same thing there, or when their texts are much the same: as a whole, or the shorter one as a
    part of the longer one. A quoted sentence is not enough.

    Args:
        sources: with unique ids.

    Returns:
        The origin of every source id: the id of the source that the others derive from, or else
        the smallest id of the group. Order and names of files have no influence on the groups.
    """
    ordered = sorted(sources, key=lambda source: source.id)
    groups = _Groups(source.id for source in ordered)
    references = References.of(ordered)
    derived: set[str] = set()
    named: set[str] = set()
    outside: dict[str, str] = {}
    for source in ordered:
        if source.derived_from is None:
            continue
        original = references.find(source.derived_from)
        if original == source.id:
            continue
        derived.add(source.id)
        if original is None:  # a wire that is not in the corpus can still be a common origin
            key = " ".join(fold(source.derived_from).split())
            original = outside.setdefault(key, source.id)
        else:
            named.add(original)
        groups.join(source.id, original)
    for first, second in _same_texts(ordered):
        groups.join(first, second)
    return groups.named_by(lambda members: _original(members, named, derived))


def _original(members: list[str], named: set[str], derived: set[str]) -> str:
    return min([m for m in members if m in named and m not in derived] or members)


class _Groups:
    """Disjoint sets of ids."""

    def __init__(self, ids: Iterable[str]) -> None:
        self._parent = {identifier: identifier for identifier in ids}

    def root(self, identifier: str) -> str:
        """The smallest id of the group so far."""
        while self._parent[identifier] != identifier:
            self._parent[identifier] = self._parent[self._parent[identifier]]
            identifier = self._parent[identifier]
        return identifier

    def join(self, first: str, second: str) -> None:
        """Make two groups one."""
        low, high = sorted((self.root(first), self.root(second)))
        self._parent[high] = low

    def named_by(self, name: Callable[[list[str]], str]) -> dict[str, str]:
        """The name of its group for each id."""
        members: dict[str, list[str]] = defaultdict(list)
        for identifier in self._parent:
            members[self.root(identifier)].append(identifier)
        return {member: name(group) for group in members.values() for member in group}


def _same_texts(sources: Sequence[Source]) -> Iterator[tuple[str, str]]:
    """Pairs of ids whose texts are one, enough of them to connect each group."""
    by_text: dict[bytes, str] = {}
    texts: list[tuple[bytes, Fingerprint]] = []
    for source in sources:
        tokens = text_tokens(source.text)
        key = hashlib.blake2b(" ".join(tokens).encode(), digest_size=16).digest()
        if key in by_text:
            yield by_text[key], source.id
            continue
        by_text[key] = source.id
        texts.append((key, fingerprint(source, tokens)))
    # In an order that the texts give, so that no name has a say in the groups.
    ordered = [found for _, found in sorted(texts, key=lambda item: item[0])]
    for first, second in same_reports(ordered):
        yield ordered[first].id, ordered[second].id


def usable_sources(
    sources: Iterable[Source], as_of: date | None = None
) -> tuple[list[Source], list[Problem]]:
    """Leave out sources that are retracted, replaced by a newer one, or later than a date.

    A source that another one supersedes is in force again for a date before the other's
    publication. A retraction has no date and always counts, and what a retracted source replaced
    stays replaced: nobody has put it back into force.

    Args:
        sources: with unique ids.
        as_of: what was known on this day; None is today.

    Returns:
        Usable sources in the order given; for each one that was retracted or replaced the reason.
        Later sources are left out without a word: nothing is wrong with them.
    """
    given = list(sources)
    references = References.of(given)
    newer: dict[str, list[Source]] = defaultdict(list)
    for source in given:
        old = references.find(source.supersedes) if source.supersedes is not None else None
        if old is not None and old != source.id and not _is_later(source, as_of):
            newer[old].append(source)
    usable: list[Source] = []
    set_aside: list[Problem] = []
    for source in given:
        by = [other for other in newer[source.id] if not _replaces(source, other, newer)]
        if source.retracted:
            set_aside.append(_aside(source, "it is retracted"))
        elif by:
            names = ", ".join(sorted(f'"{other.id}"' for other in by))
            set_aside.append(_aside(source, f"it is superseded by {names}"))
        elif not _is_later(source, as_of):
            usable.append(source)
    return usable, set_aside


def _replaces(source: Source, other: Source, newer: dict[str, list[Source]]) -> bool:
    """Whether `source` also supersedes `other`: of such a pair neither is set aside."""
    return any(found.id == source.id for found in newer.get(other.id, ()))


def _is_later(source: Source, as_of: date | None) -> bool:
    return as_of is not None and source.published is not None and source.published > as_of


def _aside(source: Source, reason: str) -> Problem:
    name = source.path if source.id == source.path else f'"{source.id}"'
    return Problem(path=source.path, message=f"{name} is not used: {reason}", code=SET_ASIDE)
