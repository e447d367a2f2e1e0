"""The JSON report: the stable, versioned form that other programs read."""

from __future__ import annotations

import json
import re
from typing import Any

from factcheck.records import Report
from factcheck.report.encode import report_object
from factcheck.report.options import RenderOptions

# Characters that JSON allows bare but that break terminals, `splitlines()` or UTF-8.
_UNSAFE = re.compile(
    "[\x7f-\x9f\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]"
)


def render(report: Report, options: RenderOptions) -> str:
    """The report as one JSON object, indented by two spaces, ending in a newline."""
    return dump(report_object(report), indent=2) + "\n"


def dump(value: Any, *, indent: int | None = None) -> str:
    """JSON text that keeps letters readable and escapes what would harm a reader.

    Lone surrogates are escaped, not replaced, so that what was read can be written again.
    """
    text = json.dumps(value, ensure_ascii=False, allow_nan=False, indent=indent)
    return _UNSAFE.sub(lambda match: f"\\u{ord(match[0]):04x}", text)
