"""Fields of a source: their names, their types and what to say when a value is wrong."""

from __future__ import annotations

import difflib
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from typing import Any
from urllib.parse import urlsplit

from factcheck.records import Problem
from factcheck.sources.dates import parse_date
from factcheck.sources.limits import BAD_METADATA
from factcheck.text import canonical_text

FIELDS = (
    "id",
    "title",
    "publisher",
    "author",
    "published",
    "url",
    "archived_url",
    "kind",
    "reliability",
    "language",
    "licence",
    "derived_from",
    "retracted",
    "supersedes",
)
KINDS = ("primary", "secondary", "tertiary")

# Names that other tools give to the same fields. Only for a file's own metadata: in sources.yaml
# there is one name per field.
SYNONYMS = {
    "_id": "id",
    "doc_id": "id",
    "docid": "id",
    "source_id": "id",
    "headline": "title",
    "site": "publisher",
    "outlet": "publisher",
    "authors": "author",
    "byline": "author",
    "date": "published",
    "pubdate": "published",
    "publication_date": "published",
    "published_at": "published",
    "published_on": "published",
    "date_published": "published",
    "link": "url",
    "lang": "language",
    "license": "licence",
}

_MAX_VALUE_CHARS = 2_000
_MAX_ID_CHARS = 300
_URL_SCHEMES = frozenset({"", "http", "https", "ftp", "doi", "urn"})
_TRUE = frozenset({"true", "yes", "y", "1", "on"})
_FALSE = frozenset({"false", "no", "n", "0", "off", ""})


def field_name(name: str) -> str | None:
    """The field that a column or a front matter key stands for, or None."""
    key = "_".join(name.strip().casefold().replace("-", " ").split())
    if key in FIELDS:
        return key
    return SYNONYMS.get(key)


def nearest(name: str, known: Iterable[str]) -> str | None:
    """The known name that a misspelt one probably means."""
    found = difflib.get_close_matches(name, list(known), n=1, cutoff=0.6)
    return found[0] if found else None


def clean_metadata(
    raw: Mapping[str, Any],
    path: str,
    *,
    lines: Mapping[str, int] | None = None,
    line: int | None = None,
    code: str = BAD_METADATA,
) -> tuple[dict[str, Any], list[Problem]]:
    """Turn raw values into the types that `Source` has.

    Args:
        raw: values by field name; other names are ignored.
        path: for messages.
        lines: line of each field.
        line: line of fields that are not in `lines`.
        code: code of the problems.

    Returns:
        Clean values, without those that are missing or wrong, and a problem for each wrong one.
    """
    clean: dict[str, Any] = {}
    problems: list[Problem] = []
    for name in FIELDS:
        value = raw.get(name)
        if value is None or (isinstance(value, str) and not value.strip()):
            continue
        try:
            clean[name] = _CLEANERS.get(name, _text)(value)
        except ValueError as error:
            problems.append(
                Problem(
                    path=path,
                    message=f"{name}: {error}; the field was left empty",
                    hint=_HINTS.get(name),
                    code=code,
                    line=(lines or {}).get(name, line),
                )
            )
    return clean, problems


def _text(value: Any) -> str:
    if isinstance(value, list | tuple) and all(isinstance(item, str | int) for item in value):
        value = ", ".join(str(item) for item in value)
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise ValueError("must be text")
    text = " ".join(canonical_text(str(value)).split())
    if len(text) > _MAX_VALUE_CHARS:
        raise ValueError(f"is longer than {_MAX_VALUE_CHARS} characters")
    return text


def _id(value: Any) -> str:
    text = _text(value)
    if len(text) > _MAX_ID_CHARS:
        raise ValueError(f"is longer than {_MAX_ID_CHARS} characters")
    if any(unicodedata.category(char) in ("Cc", "Cf", "Zl", "Zp") for char in text):
        raise ValueError("holds an invisible character")
    return text


def _published(value: Any) -> Any:
    return parse_date(_text(value))


def _url(value: Any) -> str:
    text = _text(value)
    try:
        scheme = urlsplit(text).scheme
    except ValueError:
        raise ValueError("is not a web address") from None
    # Reports link to it: a `javascript:` address from a foreign file must not get there.
    if scheme.lower() not in _URL_SCHEMES or " " in text:
        raise ValueError("is not a web address")
    return text


def _kind(value: Any) -> str:
    text = _text(value).casefold()
    if text not in KINDS:
        raise ValueError(f'"{text[:40]}" is none of {", ".join(KINDS)}')
    return text


def _reliability(value: Any) -> float:
    if isinstance(value, bool):
        raise ValueError("must be a number from 0 to 1")
    try:
        number = float(_text(value))
    except ValueError:
        raise ValueError("must be a number from 0 to 1") from None
    if not 0.0 <= number <= 1.0:
        raise ValueError("must be a number from 0 to 1")
    return number


def _flag(value: Any) -> bool:
    if isinstance(value, bool):
        return value
    text = _text(value).casefold()
    if text in _TRUE:
        return True
    if text in _FALSE:
        return False
    raise ValueError("must be true or false")


_CLEANERS: dict[str, Callable[[Any], Any]] = {
    "id": _id,
    "published": _published,
    "url": _url,
    "archived_url": _url,
    "kind": _kind,
    "reliability": _reliability,
    "retracted": _flag,
}
_HINTS = {
    "published": "write the date as YYYY-MM-DD",
    "url": "start it with https://",
    "archived_url": "start it with https://",
}
