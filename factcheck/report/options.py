"""What a caller may choose about a rendering, with defaults that need no terminal."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Verbosity = Literal["quiet", "normal", "verbose"]


@dataclass(frozen=True, slots=True, kw_only=True)
class RenderOptions:
    """Choices that change how a report looks, never what it says.

    Every format accepts all of them and uses those that concern it, so that one call can write
    several files.

    Args:
        width: columns of a terminal, at least 40.
        colour: whether colour codes may be written (terminal).
        verbosity: "quiet" shows only claims that need attention, "verbose" adds neutral passages,
            probabilities and ranks (terminal).
        title: heading of a page (markdown, html); None for the default.
        byte_order_mark: whether a CSV starts with one; spreadsheet programs need it to read
            letters outside ASCII.
    """

    width: int = 88
    colour: bool = False
    verbosity: Verbosity = "normal"
    title: str | None = None
    byte_order_mark: bool = True
