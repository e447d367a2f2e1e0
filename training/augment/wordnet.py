"""Read WordNet's database files: synonyms, opposites, broader and narrower words.

Princeton's WordNet 3.0 comes, for example, as Debian's package `wordnet-base`. Only training
reads it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

PARTS = ("noun", "verb", "adj", "adv")
_LETTERS = {"noun": "n", "verb": "v", "adj": "a", "adv": "r"}


@dataclass(slots=True)
class Synset:
    """Words of one meaning and its links.

    Attributes:
        words: lower-case words; those of several words are left out.
        subject: WordNet's number of the file, for nouns 3 to 28; 18 holds persons.
        broader, narrower: offsets of synsets of the same part of speech.
        opposites: for each word its opposites, as (offset, word number).
    """

    words: list[str]
    subject: int
    broader: list[int] = field(default_factory=list)
    narrower: list[int] = field(default_factory=list)
    opposites: dict[str, list[tuple[int, int]]] = field(default_factory=dict)


class WordNet:
    """The database, looked up by lower-case lemma and part of speech.

    Args:
        folder: holds `index.noun`, `data.noun`, `noun.exc` and so on.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.synsets = {part: dict(self._read_data(part)) for part in PARTS}
        self.senses = {part: dict(self._read_index(part)) for part in PARTS}
        self.irregular = {part: self._read_forms(part) for part in PARTS}

    def _lines(self, name: str) -> Iterator[list[str]]:
        with (self.folder / name).open(encoding="utf-8") as lines:
            for line in lines:
                if not line.startswith("  "):
                    yield line.split("|")[0].split()

    def _read_index(self, part: str) -> Iterator[tuple[str, tuple[list[int], int]]]:
        for cells in self._lines(f"index.{part}"):
            count, pointers = int(cells[2]), int(cells[3])
            offsets = [int(cell) for cell in cells[-count:]]
            yield cells[0], (offsets, int(cells[5 + pointers]))

    def _read_data(self, part: str) -> Iterator[tuple[int, Synset]]:
        for cells in self._lines(f"data.{part}"):
            count = int(cells[3], 16)
            words = [cells[4 + 2 * i].split("(")[0] for i in range(count)]
            synset = Synset([w for w in words if "_" not in w], int(cells[1]))
            at = 4 + 2 * count
            for i in range(int(cells[at])):
                kind, offset, letter, ends = cells[at + 1 + 4 * i : at + 5 + 4 * i]
                if kind == "!":
                    own = words[int(ends[:2], 16) - 1]
                    link = (int(offset), int(ends[2:], 16) - 1)
                    synset.opposites.setdefault(own, []).append(link)
                elif letter != _LETTERS[part]:
                    continue
                elif kind == "@":
                    synset.broader.append(int(offset))
                elif kind == "~":
                    synset.narrower.append(int(offset))
            yield int(cells[0]), synset

    def _read_forms(self, part: str) -> dict[str, str]:
        forms = (self.folder / f"{part}.exc").read_text(encoding="utf-8").splitlines()
        return {line.split()[0]: line.split()[1] for line in forms}

    @cached_property
    def inflected(self) -> dict[str, dict[str, list[str]]]:
        """Irregular forms of each lemma by part of speech."""
        table: dict[str, dict[str, list[str]]] = {part: defaultdict(list) for part in PARTS}
        for part, forms in self.irregular.items():
            for form, lemma in forms.items():
                table[part][lemma].append(form)
        return table

    def first(self, lemma: str, part: str, *, most: int = 99) -> Synset | None:
        """Return the commonest meaning of a lemma; None without one or with more than `most`."""
        offsets, _ = self.senses[part].get(lemma, ([], 0))
        return self.synsets[part][offsets[0]] if 0 < len(offsets) <= most else None

    def is_common(self, lemma: str, part: str) -> bool:
        """Whether one of the lemma's meanings was met in WordNet's tagged texts."""
        return self.senses[part].get(lemma, ([], 0))[1] > 0

    def opposites(self, lemma: str, part: str) -> list[str]:
        """Opposites of the two commonest meanings of a lemma."""
        found: list[str] = []
        for offset in self.senses[part].get(lemma, ([], 0))[0][:2]:
            for target, number in self.synsets[part][offset].opposites.get(lemma, []):
                words = self.synsets[part][target].words
                if number < len(words) and words[number] not in found:
                    found.append(words[number])
        return found
