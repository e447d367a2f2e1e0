"""Claims files to claims: YAML, JSON, JSON Lines and CSV with the same names, errors with lines."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from factcheck.claim_files import CLAIM_KEYS, Entry, read_entries, unknown_key
from factcheck.errors import ClaimsError, Where, raise_input_errors
from factcheck.nearest import unknown_name_hint
from factcheck.records import Claim, Label, Location, SourceFilter
from factcheck.text import canonical_text

SUFFIXES = (".yaml", ".yml", ".json", ".jsonl", ".ndjson", ".csv")
# Stands in a report for the words of an entry without any.
UNREADABLE_ENTRY = "(this entry could not be read)"
# Longer than any sentence that one verdict could be about; protects the models, not the user.
MAX_CLAIM_CHARS = 4_000
# A whole file is held in memory only up to this size; JSON Lines has no limit.
MAX_FILE_BYTES = 64 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class ClaimsRead:
    """What a claims file gave: the good claims, in order, and every error, in order."""

    claims: tuple[Claim, ...]
    errors: tuple[ClaimsError, ...]


def load_claims(path: str | Path) -> tuple[Claim, ...]:
    """Read a claims file.

    Args:
        path: a `.yaml`, `.yml`, `.json`, `.jsonl` or `.csv` file.

    Returns:
        The claims in file order; ids that were left out are `c001`, `c002`, … by position.

    Raises:
        ClaimsError: the file cannot be read, or an entry is wrong.
        InputErrors: several entries are wrong; all are reported.
    """
    read = read_claims(path)
    raise_input_errors(read.errors)
    return read.claims


def read_claims(path: str | Path, text: str | None = None) -> ClaimsRead:
    """Read a claims file and keep the good entries beside the errors.

    Args:
        path: names the file, and by its ending the format.
        text: the content, when it does not come from the file (standard input).

    Raises:
        ClaimsError: the file as a whole cannot be read.
    """
    name = str(path)
    if text is None:
        check_claims_path(Path(path))
        text = _read_file(Path(path))
    if not text.strip():
        raise ClaimsError(
            "the claims file is empty",
            where=name,
            hint="list claims under `claims:`; `factcheck init` writes an example",
            code="FC202",
        )
    return _build_claims(read_entries(text, name), name)


def check_claims_path(path: Path) -> None:
    """Refuse a claims file that is not there or whose ending names no format.

    Raises:
        ClaimsError: FC201.
    """
    suffix = path.suffix.lower()
    if not path.exists():
        raise ClaimsError(
            "there is no such claims file",
            where=path,
            hint="check the path, or run `factcheck init` to start with an example",
            code="FC201",
        )
    if suffix not in SUFFIXES:
        raise ClaimsError(
            f"a claims file cannot end in `{suffix or path.name}`",
            where=path,
            hint=_ending_hint(path),
            code="FC201",
        )


def _ending_hint(path: Path) -> str:
    if path.parts[:2] in (("/", "dev"), ("/", "proc")) or not path.is_file():
        return "use `-` for standard input: … | factcheck verify -"
    return "use " + ", ".join(SUFFIXES) + "; for a draft use `factcheck check`"


def _read_file(path: Path) -> str:
    try:
        if path.is_dir():
            raise ClaimsError("this is a folder, not a claims file", where=path, code="FC201")
        size = path.stat().st_size
        if size > MAX_FILE_BYTES and path.suffix.lower() not in (".jsonl", ".ndjson"):
            raise ClaimsError(
                f"the claims file has {size / 1e6:.0f} MB,"
                f" more than the {MAX_FILE_BYTES // 2**20} MB that can be read at once",
                where=path,
                hint="split it, or use JSON Lines (.jsonl), which is read line by line",
                code="FC208",
            )
        return path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ClaimsError(
            f"the claims file is not UTF-8 (byte {error.start})",
            where=path,
            hint="save it as UTF-8 in your editor",
            code="FC207",
        ) from None
    except OSError as error:
        raise ClaimsError(
            f"the claims file cannot be read: {error.strerror or error}", where=path, code="FC201"
        ) from None


def _build_claims(entries: Iterable[Entry | ClaimsError], path: str) -> ClaimsRead:
    claims: list[Claim] = []
    errors: list[ClaimsError] = []
    lines_of_ids: dict[str, int] = {}
    position = 0
    for entry in entries:
        if isinstance(entry, ClaimsError):
            errors.append(entry)
            position += entry.code in ("FC204", "FC206")
            continue
        position += 1
        claim, problems = build_claim(entry, position, path)
        if claim is not None and claim.id in lines_of_ids:
            line = entry.places.get("id", (entry.line, 0))[0]
            problems.append(repeated_id(claim, Where(path, line), lines_of_ids[claim.id]))
        elif claim is not None:
            lines_of_ids[claim.id] = entry.line
        errors.extend(problems)
        if claim is not None and not problems:
            claims.append(claim)
    if not claims and not errors:
        raise ClaimsError(
            "the claims file lists no claims",
            where=path,
            hint="add entries under `claims:`",
            code="FC202",
        )
    return ClaimsRead(tuple(claims), tuple(errors))


def repeated_id(claim: Claim, where: Where, line_before: int) -> ClaimsError:
    """The error for a claim whose id another claim has."""
    error = ClaimsError(
        f'the id "{claim.id}" is already used on line {line_before}',
        where=where,
        hint="give one of the two claims another id",
        code="FC209",
    )
    error.entry = claim
    return error


def build_claim(entry: Entry, position: int, path: str) -> tuple[Claim | None, list[ClaimsError]]:
    """Check one entry and make a claim of it.

    Args:
        entry: the raw entry.
        position: 1-based place in the file, for the default id.
        path: named in messages.

    Returns:
        The claim and an empty list, or None (or the claim without its bad parts) and the errors.
    """
    builder = _ClaimBuilder(entry, position, path)
    claim, errors = builder.build()
    known = claim or Claim(id=builder.name, text=UNREADABLE_ENTRY)
    for error in errors:
        error.entry = known
    return claim, errors


class _ClaimBuilder:
    """Checks the values of one entry and collects every error."""

    def __init__(self, entry: Entry, position: int, path: str) -> None:
        self.entry = entry
        self.path = path
        self.errors: list[ClaimsError] = list(entry.problems)
        self.name = f"c{position:03d}"

    def build(self) -> tuple[Claim | None, list[ClaimsError]]:
        for key in self.entry.values:
            if key not in CLAIM_KEYS:
                self.errors.append(unknown_key(key, CLAIM_KEYS, self.where(key)))
        name = self.text("id") or self.name
        self.name = name
        statement, quote = self.text("claim"), self.text("quote")
        if statement is None and quote is None and not self.errors:
            self.errors.append(self.no_text())
        if statement is None and quote is None:
            return None, self.errors
        claim = Claim(
            id=name,
            text=statement if statement is not None else quote or "",
            quote=quote,
            speaker=self.text("speaker"),
            said_on=self.date("said_on"),
            as_of=self.date("as_of"),
            expect=self.expect(),
            tags=self.texts("tags", self.entry.values.get("tags")),
            sources=self.sources(),
            location=Location(path=self.path, line=self.entry.line, column=self.entry.column),
        )
        return claim, self.errors

    def where(self, key: str) -> Where:
        line, column = self.entry.places.get(key, (self.entry.line, self.entry.column))
        return Where(self.path, line, column)

    def fail(self, key: str, message: str, hint: str, code: str = "FC204") -> None:
        self.errors.append(ClaimsError(message, where=self.where(key), hint=hint, code=code))

    def no_text(self) -> ClaimsError:
        return ClaimsError(
            f'claim "{self.name}" has no text',
            where=self.where("claim"),
            hint="add a `claim:` line, or delete the entry",
            code="FC203",
        )

    def text(self, key: str) -> str | None:
        if key not in self.entry.values:
            return None
        value = self.entry.values[key]
        if isinstance(value, (int, float, date)) and not isinstance(value, bool):
            value = self.entry.texts.get(key) or str(value)  # `id: 7` means the text "7"
        if value is None or (isinstance(value, str) and not value.strip()):
            if key in ("claim", "quote"):
                self.errors.append(self.no_text())
            else:
                self.fail(key, f"`{key}` is empty", "fill it in, or delete the line", "FC203")
            return None
        if not isinstance(value, str):
            self.fail(key, f"`{key}` must be a text", f"write `{key}: …` with a text")
            return None
        text = " ".join(canonical_text(value).split()) if key != "quote" else canonical_text(value)
        if not text.strip():
            self.errors.append(self.no_text())
            return None
        if len(text) > MAX_CLAIM_CHARS:
            self.fail(
                key,
                f"`{key}` has {len(text)} characters, more than {MAX_CLAIM_CHARS}",
                "a claim is one statement: split it",
                "FC208",
            )
            return None
        return text.strip()

    def date(self, key: str) -> date | None:
        value = self.entry.values.get(key)
        if value is None:
            return None
        if isinstance(value, datetime):
            return value.date()
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(str(value).strip())
        except ValueError:
            self.fail(key, f"`{key}` is not a date: {value!r}", "write it as 2025-12-31")
            return None

    def expect(self) -> Label | None:
        value = self.entry.values.get("expect")
        if value is None:
            return None
        labels = [label.value for label in Label]
        if not isinstance(value, str) or value.strip().lower() not in labels:
            self.fail(
                "expect",
                f"`expect` cannot be {value!r}",
                unknown_name_hint(str(value), labels),
            )
            return None
        return Label(value.strip().lower())

    def texts(self, key: str, value: Any) -> tuple[str, ...]:
        if value is None:
            return ()
        items = [value] if isinstance(value, str) else value
        if not isinstance(items, list) or not all(isinstance(item, (str, int)) for item in items):
            self.fail(key, f"`{key}` must be a list of texts", f"write `{key}: [one, two]`")
            return ()
        return tuple(str(item) for item in items)

    def sources(self) -> SourceFilter:
        value = self.entry.values.get("sources")
        if value is None:
            return SourceFilter()
        if isinstance(value, (str, list)):
            return SourceFilter(include=self.texts("sources", value))
        if not isinstance(value, dict):
            self.fail("sources", "`sources` must have `include` or `exclude`", "see the guide")
            return SourceFilter()
        for key in value:
            if key not in ("include", "exclude"):
                self.errors.append(unknown_key(key, ("include", "exclude"), self.where("sources")))
        return SourceFilter(
            include=self.texts("sources", value.get("include")),
            exclude=self.texts("sources", value.get("exclude")),
        )
