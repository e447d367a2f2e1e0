"""Write the list of opposite words that the checks use, from WordNet.

    python -m training.export_opposites

Pairs whose words both were met in WordNet's tagged texts; the few that are missing there and are
common in news and science stand in the check itself.
"""

from __future__ import annotations

from pathlib import Path

from training.augment.wordnet import PARTS, WordNet
from training.augment.words import open_wordnet

TARGET = (
    Path(__file__).resolve().parents[1] / "factcheck" / "checks" / "statements" / "opposites.txt"
)
# Mere names of directions, sides and ranks stand beside one another in any text.
_LEFT_OUT = frozenset(
    """north south east west northern southern eastern western left right center one many first
    last here there this that back front top bottom man woman day night old new young other same
    own foreign all no end middle host present future past out off on in
    born bear birth die death live record light""".split()
)


def opposite_pairs(net: WordNet) -> list[tuple[str, str]]:
    """Return pairs in alphabetical order, each once."""
    pairs = set()
    for part in PARTS:
        for lemma in net.senses[part]:
            if "_" in lemma or not net.is_common(lemma, part):
                continue
            for other in net.opposites(lemma, part):
                if net.is_common(other, part) and not {lemma, other} & _LEFT_OUT:
                    pairs.add((min(lemma, other), max(lemma, other)))
    return sorted(pairs)


def main() -> None:
    """Write the file."""
    lines = [f"{left} {right}" for left, right in opposite_pairs(open_wordnet())]
    header = "# Words of opposite meaning, from WordNet 3.0 (licence: NOTICE). One pair a line."
    TARGET.write_text("\n".join([header, *lines]) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
