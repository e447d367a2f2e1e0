"""Claims from several files, folders and standard input, whole or one line at a time."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from glob import glob
from itertools import chain, takewhile
from pathlib import Path
from typing import BinaryIO

from factcheck.claim_files import is_csv_header, parse_jsonl_line
from factcheck.claims import (
    SUFFIXES,
    UNREADABLE_ENTRY,
    build_claim,
    check_claims_path,
    read_claims,
    repeated_id,
)
from factcheck.errors import ClaimsError, Where
from factcheck.own_files import corpus_below, is_own_file
from factcheck.records import Claim, Location, Verdict
from factcheck.run_manifest import ClaimsInput
from factcheck.run_report import failed_verdict

STDIN = "-"
STDIN_NAME = "<stdin>"
UNREADABLE_FILE = "(this file could not be read)"
LINE_SUFFIXES = (".jsonl", ".ndjson")

Item = Claim | ClaimsError


class SeenIds:
    """Ids that are taken, kept on disk so that memory does not grow with their number."""

    def __init__(self) -> None:
        self._ids = sqlite3.connect("", isolation_level=None)  # an unnamed temporary file
        for pragma in ("journal_mode = OFF", "synchronous = OFF", "cache_size = -2048"):
            self._ids.execute(f"PRAGMA {pragma}")
        self._ids.execute(
            "CREATE TABLE ids (id TEXT PRIMARY KEY, path TEXT, line INTEGER) WITHOUT ROWID"
        )
        self._ids.execute("BEGIN")

    def take(self, name: str, path: str, line: int) -> tuple[str, int] | None:
        """Take an id; where it was taken before, or None when it was free."""
        key = name.encode("utf-8", "surrogatepass")
        try:
            self._ids.execute("INSERT INTO ids VALUES (?, ?, ?)", (key, path, line))
        except sqlite3.IntegrityError:
            found = self._ids.execute("SELECT path, line FROM ids WHERE id = ?", (key,))
            path, line = found.fetchone()
            return path, line
        return None

    def close(self) -> None:
        """Let go of the temporary file."""
        self._ids.close()


@dataclass
class ClaimInput:
    """Everything that was named on the command line, in order.

    Args:
        names: files, folders, or `-` for standard input.
        stdin: where standard input is read from.
        allow_empty: a file without claims is no error.
        corpus: the source base; what a folder or a pattern finds in it is passed over.
    """

    names: Sequence[str]
    stdin: Callable[[], BinaryIO]
    allow_empty: bool = False
    corpus: Path | None = None
    read: list[ClaimsInput] = field(default_factory=list)

    def files(self) -> list[str]:
        """The files that are read, and `-` for standard input.

        Raises:
            ClaimsError: a folder or a pattern gives no file.
        """
        return expand_paths(self.names, allow_empty=self.allow_empty, corpus=self.corpus)

    def items(self) -> Iterator[Item]:
        """Claims, with an error in place of each entry that is wrong or file that cannot be read.

        JSON Lines are read one at a time. Ids are unique over all files: a default id that another
        file has too is written with the name of its file.

        Raises:
            ClaimsError: a folder or a pattern gives no file.
        """
        ids = SeenIds()
        self.read.clear()
        try:
            for name in self.files():
                try:
                    yield from self._file_items(name, ids)
                except ClaimsError as error:
                    error.entry = Claim(id=name, text=UNREADABLE_FILE)
                    yield error
        finally:
            ids.close()

    @property
    def repeatable(self) -> bool:
        """Whether the input can be read twice."""
        return STDIN not in self.names

    def _file_items(self, name: str, ids: SeenIds) -> Iterator[Item]:
        if name == STDIN:
            yield from self._stdin_items(ids)
        elif Path(name).suffix.lower() in LINE_SUFFIXES:
            check_claims_path(Path(name))
            try:
                with Path(name).open("rb") as file:
                    yield from self._line_items(file, name, ids)
            except OSError as error:
                reason = error.strerror or str(error)
                message = f"the claims file cannot be read: {reason}"
                raise ClaimsError(message, where=name, code="FC201") from None
        else:
            yield from self._whole_items(name, None, ids)

    def _stdin_items(self, ids: SeenIds) -> Iterator[Item]:
        stream = self.stdin()
        head: list[bytes] = []
        for line in stream:
            head.append(line)
            if line.strip(b"\xef\xbb\xbf \t\r\n"):
                break
        if head and _is_json_line(head[-1]):
            yield from self._line_items(chain(head, stream), STDIN_NAME, ids)
            return
        if head and is_csv_header(head[-1].decode("utf-8-sig", "replace")):
            raise ClaimsError(
                "standard input takes YAML or JSON, and this is CSV",
                where=STDIN_NAME,
                hint="save it as a .csv file and name that file",
                code="FC206",
            )
        content = b"".join([*head, stream.read()])
        try:
            text = content.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            raise ClaimsError(
                f"standard input is not UTF-8 (byte {error.start})", where=STDIN_NAME, code="FC207"
            ) from None
        yield from self._whole_items(STDIN_NAME, text, ids)

    def _whole_items(self, name: str, text: str | None, ids: SeenIds) -> Iterator[Item]:
        try:
            found = read_claims(name, text)
        except ClaimsError as error:
            if not (self.allow_empty and error.code == "FC202"):
                raise
            self._note(name, text, 0)
            return
        self._note(name, text, len(found.claims))
        items: list[Item] = [*found.claims, *found.errors]
        for item in sorted(items, key=_line_of):
            yield item if isinstance(item, ClaimsError) else _unique(item, name, ids)

    def _line_items(self, lines: Iterable[bytes], name: str, ids: SeenIds) -> Iterator[Item]:
        digest, position, claims = hashlib.sha256(), 0, 0
        for number, raw in enumerate(lines, start=1):
            digest.update(raw)
            if not raw.strip(b"\xef\xbb\xbf \t\r\n"):
                continue
            position += 1
            for item in _line_item(raw, number, position, name):
                if isinstance(item, Claim):
                    item = _unique(item, name, ids)
                    claims += isinstance(item, Claim)
                yield item
        if position == 0 and not self.allow_empty:
            raise ClaimsError(
                "the claims file is empty",
                where=name,
                hint='write one object like {"claim": "…"} on every line',
                code="FC202",
            )
        self.read.append(ClaimsInput(path=name, sha256=digest.hexdigest(), claims=claims))

    def _note(self, name: str, text: str | None, claims: int) -> None:
        content = Path(name).read_bytes() if text is None else text.encode()
        digest = hashlib.sha256(content).hexdigest()
        self.read.append(ClaimsInput(path=name, sha256=digest, claims=claims))


def expand_paths(
    names: Sequence[str], *, allow_empty: bool = False, corpus: Path | None = None
) -> list[str]:
    """Folders and patterns replaced by the claims files that they stand for, ordered by name.

    What they find besides claims is passed over: settings, sources, and what the tool has written.

    Raises:
        ClaimsError: a folder holds no claims files, or a pattern fits no file.
    """
    found: list[str] = []
    for name in names:
        path = Path(name)
        if is_pattern(name):
            base, files = _base_of(name), matching_files(name)
            message = "no file fits this pattern"
            hint = "`*` stands for part of a name, `**/` for folders of any depth"
        elif name != STDIN and path.is_dir():
            base, files = path, _claims_files(path)
            message = "the folder holds no claims files"
            hint = "claims files end in " + ", ".join(SUFFIXES)
        else:
            found.append(name)
            continue
        sources = corpus_below(base, corpus)
        claims_files = [file for file in files if not is_own_file(Path(file), sources)]
        if not claims_files and not allow_empty:
            if files:
                hint += "; settings, sources and reports are passed over"
            raise ClaimsError(message, where=name, hint=hint, code="FC201")
        found.extend(claims_files)
    return list(dict.fromkeys(found))


def _claims_files(folder: Path) -> list[str]:
    """Files with the ending of a claims file, without hidden ones, ordered by name."""
    found = []
    for path in folder.rglob("*"):
        hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
        if not hidden and path.suffix.lower() in SUFFIXES and path.is_file():
            found.append(path)
    return [str(path) for path in sorted(found)]


def _base_of(pattern: str) -> Path:
    """The folder that is named before the first wildcard."""
    fixed = takewhile(lambda part: not any(char in part for char in "*?["), Path(pattern).parts)
    return Path(*fixed)


def is_pattern(name: str) -> bool:
    """Whether a name that no file has holds wildcards, which the shell did not resolve."""
    return any(char in name for char in "*?[") and not Path(name).exists()


def matching_files(pattern: str) -> list[str]:
    """Files that fit a pattern, ordered by name; `**` stands for folders of any depth."""
    found = glob(pattern, recursive=True)  # noqa: PTH207  (keeps names as the user writes them)
    return sorted(name for name in found if Path(name).is_file())


def merge_entry_errors(items: Iterable[Item]) -> Iterator[Item]:
    """The same items with one error for each entry, whatever is wrong with it."""
    waiting: list[ClaimsError] = []
    for item in items:
        if isinstance(item, ClaimsError) and waiting and item.entry is waiting[0].entry:
            waiting.append(item)
            continue
        if waiting:
            yield _merged(waiting)
        waiting = []
        if isinstance(item, ClaimsError) and item.entry is not None:
            waiting.append(item)
        else:
            yield item
    if waiting:
        yield _merged(waiting)


def _merged(errors: Sequence[ClaimsError]) -> ClaimsError:
    if len(errors) == 1:
        return errors[0]
    hints = dict.fromkeys(error.hint for error in errors if error.hint)
    merged = ClaimsError(
        "; ".join(error.message for error in errors),
        where=errors[0].where,
        hint="; ".join(hints) or None,
        code=errors[0].code,
    )
    merged.entry = errors[0].entry
    return merged


def failed_entry(error: ClaimsError) -> Verdict:
    """Stands in the report for an entry that could not be read, with what is known of it."""
    where = error.where
    line = getattr(where, "line", None)
    path = getattr(where, "path", str(where))
    claim = replace(
        error.entry or Claim(id="", text=UNREADABLE_ENTRY),
        id=f"{path}:{line}" if line else path,
        location=Location(path=path, line=line, column=getattr(where, "column", None)),
    )
    return failed_verdict(claim, error)


def _line_item(raw: bytes, number: int, position: int, name: str) -> Iterator[Item]:
    try:
        text = raw.decode("utf-8-sig" if number == 1 else "utf-8")
    except UnicodeDecodeError as error:
        yield ClaimsError(
            f"this line is not UTF-8 (byte {error.start})", where=Where(name, number), code="FC207"
        )
        return
    entry = parse_jsonl_line(text, number, name)
    if isinstance(entry, ClaimsError):
        yield entry
        return
    claim, problems = build_claim(entry, position, name)
    yield from problems
    if claim is not None and not problems:
        yield claim


def _unique(claim: Claim, path: str, ids: SeenIds) -> Item:
    line = (claim.location.line if claim.location else None) or 0
    before = ids.take(claim.id, path, line)
    if before is not None and before[0] != path:
        claim = replace(claim, id=f"{path}:{claim.id}")
        before = ids.take(claim.id, path, line)
    if before is None:
        return claim
    return repeated_id(claim, Where(path, line), before[1])


def _line_of(item: Item) -> int:
    if isinstance(item, Claim):
        return (item.location.line if item.location else None) or 0
    return getattr(item.where, "line", None) or 0


def _is_json_line(line: bytes) -> bool:
    """Whether a line alone is an entry; the first line of a whole JSON file is not."""
    try:
        value = json.loads(line.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        return False
    return isinstance(value, dict) and "claims" not in value
