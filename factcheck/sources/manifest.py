"""`sources.yaml`: what the newsroom knows about its sources, and the final ids of all of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from factcheck.errors import SourceError, Where
from factcheck.records import Problem, Source
from factcheck.sources.decode import decode_text
from factcheck.sources.identity import References, normal_path, reading_order, unique_ids
from factcheck.sources.limits import BAD_MANIFEST, MAX_YAML_BYTES, NOT_READABLE
from factcheck.sources.listing import MANIFEST_NAME
from factcheck.sources.metadata import FIELDS, clean_metadata, nearest
from factcheck.sources.plain import plain_value
from factcheck.text import canonical_text
from factcheck.yaml_lines import Lined, load_yaml_with_lines

_KEYS = ("path", *FIELDS)


@dataclass(frozen=True, slots=True, kw_only=True)
class ManifestEntry:
    """One entry of `sources.yaml`.

    Args:
        line: 1-based line on which the entry starts.
        path: file that it speaks of, relative to the corpus.
        id: with a path, the id to give; without one, the source that it speaks of.
        fields: clean values of the other fields.
    """

    line: int
    path: str | None = None
    id: str | None = None
    fields: tuple[tuple[str, Any], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CorpusManifest:
    """The whole of `sources.yaml`; without the file, it is empty."""

    entries: tuple[ManifestEntry, ...] = ()
    problems: tuple[Problem, ...] = ()


def read_manifest(root: Path) -> CorpusManifest:
    """Read `sources.yaml` of a corpus folder.

    What is wrong with an entry is a problem of its own; the rest of the file counts.

    Args:
        root: the corpus folder, or a single file of it (which has no manifest).

    Returns:
        Entries in file order, and everything that was wrong.
    """
    path = Path(root) / MANIFEST_NAME
    try:
        if not path.is_file():
            return CorpusManifest()
        if path.stat().st_size > MAX_YAML_BYTES:
            message = f"the file is larger than {MAX_YAML_BYTES:,} bytes and was left out"
            return _unread(_problem(message, None))
        decoded = decode_text(path.read_bytes(), MANIFEST_NAME)
        node = load_yaml_with_lines(canonical_text(decoded.text), MANIFEST_NAME, error=SourceError)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        problem = Problem(
            path=MANIFEST_NAME, message=f"cannot be read: {reason}", code=NOT_READABLE
        )
        return _unread(problem)
    except SourceError as error:
        line = error.where.line if isinstance(error.where, Where) else None
        return _unread(_problem(f"{error.message}; it was left out", line, error.hint))
    problems = [decoded.problem] if decoded.problem else []
    entries = [
        entry for item in _items(node, problems) if (entry := _entry(item, problems)) is not None
    ]
    return CorpusManifest(entries=tuple(entries), problems=tuple(problems))


def _unread(problem: Problem) -> CorpusManifest:
    return CorpusManifest(problems=(replace(problem, read=False),))


def _items(node: Lined | None, problems: list[Problem]) -> list[Lined]:
    if node is None or node.value is None:
        return []
    if isinstance(node.value, list):
        return node.value
    if not isinstance(node.value, dict):
        problems.append(_problem("must hold a list named `sources:`", node.line))
        return []
    for key, value in node.value.items():
        if key != "sources":
            problems.append(_unknown(key, ("sources",), value.key_line or value.line))
    listed = node.value.get("sources")
    if listed is None or listed.value is None:
        return []
    if not isinstance(listed.value, list):
        problems.append(_problem("`sources` must be a list of entries", listed.line))
        return []
    return listed.value


def _entry(item: Lined, problems: list[Problem]) -> ManifestEntry | None:
    if not isinstance(item.value, dict):
        problems.append(_problem("an entry must have keys such as `path` and `title`", item.line))
        return None
    raw: dict[str, Any] = {}
    lines: dict[str, int] = {}
    for key, node in item.value.items():
        if key not in _KEYS:
            problems.append(_unknown(key, _KEYS, node.key_line or node.line))
            continue
        raw[key], lines[key] = plain_value(node), node.key_line or node.line
    path = raw.pop("path", None)
    if path is not None and not isinstance(path, str):
        problems.append(_problem("path: must be text; the entry was left out", lines["path"]))
        return None
    clean, wrong = clean_metadata(raw, MANIFEST_NAME, lines=lines, code=BAD_MANIFEST)
    problems.extend(wrong)
    identifier = clean.pop("id", None)
    if path is None and identifier is None:
        message = "an entry needs a `path` or an `id`; it was left out"
        problems.append(_problem(message, item.line))
        return None
    return ManifestEntry(
        line=lines.get("path", lines.get("id", item.line)),
        path=normal_path(path) if path else None,
        id=identifier,
        fields=tuple(clean.items()),
    )


def apply_manifest(
    sources: Iterable[Source], manifest: CorpusManifest
) -> tuple[list[Source], list[Problem]]:
    """Give sources the metadata of `sources.yaml` and ids that are unique in the corpus.

    Which source gets which id depends on the set of sources alone, never on their order.

    Args:
        sources: as `read_file` returns them.
        manifest: wins over what a file says about itself.

    Returns:
        The sources in the order given, and problems: the manifest's own, entries that name no
        source, duplicate ids, references to sources that do not exist.
    """
    problems = list(manifest.problems)
    result = list(sources)
    by_path: dict[str, list[int]] = defaultdict(list)
    by_id: dict[str, list[int]] = defaultdict(list)
    for index in sorted(range(len(result)), key=lambda index: reading_order(result[index])):
        by_path[normal_path(result[index].path)].append(index)
        by_id[result[index].id].append(index)
    claimed: dict[int, int] = {}
    for entry in manifest.entries:
        chosen = _chosen(entry, result, by_path, by_id, problems)
        fields = dict(entry.fields)
        if entry.path is not None and entry.id is not None and len(chosen) == 1:
            fields["id"] = entry.id
        for index in chosen:
            if index in claimed:
                message = f"speaks of the same source as the entry on line {claimed[index]}"
                problems.append(_problem(f"{message}; the later one wins", entry.line))
            claimed[index] = entry.line
            result[index] = replace(result[index], **fields)
    unique, duplicates = unique_ids(result)
    return unique, [*problems, *duplicates, *_dangling(unique)]


def _chosen(
    entry: ManifestEntry,
    sources: Sequence[Source],
    by_path: dict[str, list[int]],
    by_id: dict[str, list[int]],
    problems: list[Problem],
) -> list[int]:
    """Sources that an entry speaks of; a path of a table means all of its rows."""
    if entry.path is None:
        found = by_id.get(entry.id or "", [])
        if not found:
            problems.append(_no_source("id", entry.id or "", by_id, entry.line))
        return found
    found = by_path.get(entry.path, [])
    if not found:
        problems.append(_no_source("path", entry.path, by_path, entry.line))
        return []
    if entry.id is not None and len(found) > 1:
        found = [index for index in found if sources[index].id == entry.id]
        if not found:
            problems.append(_no_source("id", entry.id, by_id, entry.line))
    return found


def _dangling(sources: Sequence[Source]) -> list[Problem]:
    """References to nothing. `derived_from` may name a wire outside the corpus, misspelt or not."""
    references = References.of(sources)
    problems = []
    for source in sources:
        for name in ("derived_from", "supersedes"):
            value = getattr(source, name)
            if value is None or references.find(value) is not None:
                continue
            near = references.nearest(value) if len(value) < 200 else None
            if name == "derived_from" and near is None:
                continue
            problems.append(
                Problem(
                    path=source.path,
                    message=f'{name}: there is no source "{value}"',
                    hint=f'did you mean "{near}"?' if near else None,
                    code=BAD_MANIFEST,
                )
            )
    return problems


def _no_source(what: str, name: str, known: Iterable[str], line: int) -> Problem:
    near = nearest(name, known)
    hint = f'did you mean "{near}"?' if near else "`factcheck sources` lists them"
    return _problem(f'there is no source with the {what} "{name}"', line, hint)


def _unknown(key: str, known: Sequence[str], line: int) -> Problem:
    near = nearest(key, known)
    hint = f'did you mean "{near}"?' if near else f"known are {', '.join(known)}"
    return _problem(f'unknown key "{key}"', line, hint)


def _problem(message: str, line: int | None, hint: str | None = None) -> Problem:
    return Problem(path=MANIFEST_NAME, message=message, hint=hint, code=BAD_MANIFEST, line=line)
