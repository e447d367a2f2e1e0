"""Ids that are unique in a corpus, and what one source means by the name of another."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from factcheck.records import Problem, Source
from factcheck.sources.limits import DUPLICATE_ID
from factcheck.sources.metadata import nearest


def normal_path(path: str) -> str:
    """A path as it is compared: composed Unicode, forward slashes, no leading `./`."""
    cleaned = unicodedata.normalize("NFC", path.strip().replace("\\", "/"))
    return cleaned.removeprefix("./")


def reading_order(source: Source) -> tuple[str, int, str, str]:
    """Path, then the row: "row 10" comes after "row 9"."""
    place = source.segments[0].place if source.segments else None
    digits = (place or "").removeprefix("row ")
    return source.path, int(digits) if digits.isdecimal() else 0, source.id, source.sha256


def unique_ids(sources: Iterable[Source]) -> tuple[list[Source], list[Problem]]:
    """Make ids unique: of those that share one, the first in reading order keeps it.

    Returns:
        Sources in the order given, and a problem for each that got another id.
    """
    given = list(sources)
    order = sorted(range(len(given)), key=lambda index: reading_order(given[index]))
    # An id that is a source's own path stays with that source, whoever else claims it.
    owners: dict[str, int] = {}
    for index in order:
        source = given[index]
        owner = owners.get(source.id)
        if owner is None or _is_own_path(source) > _is_own_path(given[owner]):
            owners[source.id] = index
    taken = set(owners)
    problems: list[Problem] = []
    for index in order:
        source = given[index]
        owner = owners[source.id]
        if owner == index:
            continue
        identifier = _free_id(source, taken)
        taken.add(identifier)
        given[index] = replace(source, id=identifier)
        problems.append(
            Problem(
                path=source.path,
                message=f'the id "{source.id}" is also that of {_named(given[owner])}; '
                f'here it became "{identifier}"',
                hint="give each source an id of its own",
                code=DUPLICATE_ID,
                line=_row_line(source),
            )
        )
    return given, problems


def _is_own_path(source: Source) -> bool:
    return source.id == normal_path(source.path)


def _free_id(source: Source, taken: set[str]) -> str:
    path = normal_path(source.path)
    place = source.segments[0].place if source.segments else None
    row = place.replace(" ", "-") if place and place.startswith("row ") else None
    candidates = [f"{path}#{source.id}", f"{path}#{row}"] if row else [path]
    for candidate in candidates:
        if candidate not in taken:
            return candidate
    number = 2
    while f"{candidates[-1]}~{number}" in taken:
        number += 1
    return f"{candidates[-1]}~{number}"


def _named(source: Source) -> str:
    place = source.segments[0].place if source.segments else None
    return f"{source.path} ({place})" if place and place.startswith("row ") else source.path


def _row_line(source: Source) -> int | None:
    place = source.segments[0].place if source.segments else None
    row = (place or "").removeprefix("row ")
    return int(row) if source.format == "jsonl" and row.isdecimal() else None


@dataclass(slots=True)
class References:
    """Looks up what `derived_from` and `supersedes` name: an id or, failing that, a path."""

    _ids: set[str] = field(default_factory=set)
    _paths: dict[str, list[str]] = field(default_factory=dict)

    @classmethod
    def of(cls, sources: Iterable[Source]) -> References:
        """References among these sources."""
        found = cls()
        for source in sources:
            found._ids.add(source.id)
            path = normal_path(source.path)
            found._paths.setdefault(path, []).append(source.id)
        return found

    def find(self, name: str) -> str | None:
        """The id that a reference means, or None when it names nothing in the corpus."""
        if name in self._ids:
            return name
        ids = self._paths.get(normal_path(name), [])
        return ids[0] if len(ids) == 1 else None

    def nearest(self, name: str) -> str | None:
        """An id or path that is spelt much the same."""
        return nearest(name, sorted(self._ids | set(self._paths)))
