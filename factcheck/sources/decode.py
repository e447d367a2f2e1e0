"""Bytes to text: byte order marks, UTF-8, UTF-16 and, last, a guess that is reported."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from factcheck.errors import SourceError
from factcheck.records import Problem
from factcheck.sources.encodings import WESTERN, guess_encoding
from factcheck.sources.limits import GUESSED_ENCODING, NOT_TEXT

# Longest first: the UTF-32 mark begins with the UTF-16 one.
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# Enough to recognise an encoding; detection on whole files of megabytes takes seconds.
_SAMPLE_BYTES = 65_536
# Above this share of unprintable characters nobody would call it text.
_MAX_GARBAGE = 0.02
_GARBAGE = re.compile("[\x00-\x08\x0e-\x1f\x7f\ufffd]")
_HIGH = re.compile(rb"[\x80-\xff]+")


@dataclass(frozen=True, slots=True)
class Decoded:
    """Decoded text and, when the encoding had to be guessed, a note about it."""

    text: str
    problem: Problem | None = None


def decode_text(data: bytes, path: str, *, declared: str | None = None) -> Decoded:
    """Decode a file.

    Args:
        data: the whole file.
        path: for messages.
        declared: the encoding that the file names itself (HTML), used when it is not UTF-8.

    Returns:
        The text, not yet canonical.

    Raises:
        SourceError: FC306 when the bytes are no text.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            try:
                return Decoded(_checked(data.decode(encoding), path))
            except UnicodeDecodeError as error:
                raise _not_text(path) from error
    if wide := _wide_without_mark(data):
        return Decoded(_checked(data.decode(wide, errors="replace"), path))
    try:
        return Decoded(_checked(data.decode("utf-8"), path))
    except UnicodeDecodeError:
        pass
    if declared:
        try:
            return Decoded(_checked(data.decode(declared), path))
        except (LookupError, UnicodeDecodeError):
            pass
    return _guess(data, path)


def _wide_without_mark(data: bytes) -> str | None:
    """UTF-16 without a byte order mark shows as zeros in every other byte."""
    sample = data[:_SAMPLE_BYTES]
    if len(sample) < 8 or len(data) % 2:
        return None
    half = len(sample) // 2
    even = sample[0::2].count(0) / half
    odd = sample[1::2].count(0) / half
    if odd > 0.4 and even < 0.05:
        return "utf-16-le"
    if even > 0.4 and odd < 0.05:
        return "utf-16-be"
    return None


def _guess(data: bytes, path: str) -> Decoded:
    if data[:_SAMPLE_BYTES].count(0):
        raise _not_text(path)
    sample = _sample(data)
    encoding = WESTERN if _nearly_ascii(sample) else guess_encoding(sample)
    note = Problem(
        path=path,
        message=f"the text is not UTF-8; it was read as {encoding}",
        hint="save the file as UTF-8 if letters or quotation marks look wrong",
        code=GUESSED_ENCODING,
    )
    return Decoded(_checked(data.decode(encoding, errors="replace"), path), note)


def _sample(data: bytes) -> bytes:
    """The stretch that holds the first byte outside ASCII; the start alone may be all English."""
    first = _HIGH.search(data)
    start = max(0, (first.start() if first else 0) - _SAMPLE_BYTES // 4)
    sample = data[start : start + _SAMPLE_BYTES]
    if start + _SAMPLE_BYTES < len(data):
        # Half a character at the end would rule out the encoding of all the others.
        sample = sample[: sample.rfind(b"\n") + 1] or sample
    return sample


def _nearly_ascii(sample: bytes) -> bool:
    """English but for a few bytes, which are nearly always the quotes and dashes of Windows."""
    return sum(map(len, _HIGH.findall(sample))) < 0.01 * len(sample)


def _checked(text: str, path: str) -> str:
    garbage = len(_GARBAGE.findall(text))
    if garbage > _MAX_GARBAGE * len(text) and garbage > 1:
        raise _not_text(path)
    return text


def _not_text(path: str) -> SourceError:
    return SourceError(
        "the file is not text in any known encoding",
        where=path,
        hint="save it as UTF-8, or delete it from the corpus",
        code=NOT_TEXT,
    )
