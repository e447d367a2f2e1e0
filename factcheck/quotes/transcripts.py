"""Speaker labels of transcripts: "NAME:" at the head of a line."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

_LABEL = re.compile(
    r"^[ \t>*_]*(?:\[?\d[\d:.,]{3,}\]?\s+)?[*_]*"
    r"(?P<name>[^\W\d_a-z][\w.'\u2019\-]*(?:[ \t]+(?:[^\W\d_a-z][\w.'\u2019\-]*|of|the|for|and|de"
    r"|van|von|der|al|bin|la|le|du|di)){0,6})"
    r"(?:[ \t]*[(\[][^)\]\n]{0,60}[)\]])?[*_]*[ \t]?:[*_]*(?=\s)",
    re.M,
)
_NO_SPEAKER = frozenset(
    """note notes source sources update updated correction question answer title date by photo
    image abstract background methods results conclusion conclusions objective objectives
    summary subject from to re cc place time location topic figure table contact tel email
    url translation licence license language author publisher published result method
    introduction discussion aim aims findings design setting participants importance
    purpose interpretation funding keywords context example warning important remember
    chapter section part day week year today tomorrow yesterday first second third finally
    website phone address version transcript present participants agenda q a""".split()
)


@dataclass(frozen=True, slots=True)
class Label:
    """A "NAME:" at the head of a line of a transcript."""

    name: str
    start: int
    end: int


@lru_cache(maxsize=64)
def speaker_labels(text: str) -> tuple[Label, ...]:
    """Labels of a text that is a transcript, otherwise none.

    A text is one when two lines carry labels and one label comes back, or when three in ten
    of its lines carry one.
    """
    labels = all_labels(text)
    if len(labels) < 2:
        return ()
    names = {label.name.casefold() for label in labels}
    lines = sum(1 for line in text.split("\n") if line.strip())
    return labels if len(names) < len(labels) or len(labels) >= 0.3 * lines else ()


@lru_cache(maxsize=64)
def all_labels(text: str) -> tuple[Label, ...]:
    """Every line head that looks like a label; in plain prose it may be none."""
    return tuple(
        Label(match.group("name").strip(), match.start(), match.end())
        for match in _LABEL.finditer(text)
        if match.group("name").split()[0].casefold().strip(".") not in _NO_SPEAKER
    )
