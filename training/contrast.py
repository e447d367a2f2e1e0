"""Contrast sets: versions of one passage, and claims whose label turns on the version.

    python -m training.contrast --held-out .train/contrast_dev.jsonl.gz     # pairs, to measure on

The sets in `training/contrast/*.jsonl` were written for this project: news, politics, science,
health, climate, encyclopaedia, numbers, speech; all people, places and figures in them may be
invented. A claim stands beside every version of its passage, with another label beside most of
them, so that neither its wording nor the words it shares with a passage tell the label. One set in
eight is held out, for development and for fitting the judgement.

Source: Gardner et al., Evaluating Models' Local Decision Boundaries via Contrast Sets, 2020.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from training.pairs import Pair

FOLDER = Path(__file__).with_name("contrast")
LABEL_OF_LETTER = {"S": "SUPPORTS", "R": "REFUTES", "N": "NEI"}
SOURCE = "contrast"
NEAR_SOURCE = "contrast_near"
PAGES = frozenset({"wiki_pages", "news_pages", "world_pages", "abstract_pages"})
"""Fields whose passages are sentences of one page, in order, instead of versions of one passage."""
GENERAL = frozenset(
    {
        "broad_inference", "climate", "climate_claims", "health", "health_research",
        "research_debate", "science", "science_claims", "health_claims", "climate_pages", "debunks",
        "abstract_pages", "health_evidence", "climate_evidence", "science_revised",
        "findings_plain", "evidence_sentences", "desk_climate", "desk_science_health",
    }
)  # fmt: skip
"""Fields of general statements, which the passage of another set may well decide."""
PRESS = ("press_", "desk_")
"""How fields begin whose passages are press prose: longer, with much beside the point."""
_HELD_OUT = 8
_SEPARATORS = (" ", " ", " Meanwhile, ", " … ")


@dataclass(frozen=True, slots=True, kw_only=True)
class ContrastSet:
    """One matter in several versions.

    Attributes:
        field: name of the file, for example `science`.
        title: headline or page name above every passage; may be empty.
        passages: two to four versions of the text.
        claims: (claim, letters), one letter of `LABEL_OF_LETTER` for each passage in order.
        held_out: whether it is kept from training.
    """

    field: str
    title: str
    passages: tuple[str, ...]
    claims: tuple[tuple[str, str], ...]
    held_out: bool

    @property
    def press(self) -> bool:
        """Whether the passages are press prose."""
        return self.field.startswith(PRESS)

    @property
    def paged(self) -> bool:
        """Whether the passages are sentences of one page, whose name their pronouns need."""
        return self.field in PAGES

    def evidence(self, number: int, *, titled: bool) -> str:
        """A passage as the verifier reads it: with the title as a sentence before it, or bare."""
        return self.titled(self.passages[number]) if titled else self.passages[number]

    def titled(self, text: str) -> str:
        """A text with the title as a sentence before it, where there is one."""
        if not self.title:
            return text
        stop = "" if self.title[-1] in ".?!" else "."
        return f"{self.title}{stop} {text}"


def read_contrast_sets(folder: Path = FOLDER) -> list[ContrastSet]:
    """Read every set of a folder, files in the order of their names.

    Raises:
        ValueError: file and line of a set that has not the stated form.
    """
    sets = []
    for path in sorted(folder.glob("*.jsonl")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
            try:
                sets.append(_parse(json.loads(line), path.stem))
            except (ValueError, KeyError, TypeError) as error:
                raise ValueError(f"{path.name}:{number}: {error}") from error
    return sets


def _parse(row: dict[str, Any], field: str) -> ContrastSet:
    passages = tuple(row["passages"])
    claims = tuple((str(text), str(letters)) for text, letters in row["claims"])
    for text, letters in claims:
        if len(letters) != len(passages) or not set(letters) <= set(LABEL_OF_LETTER):
            raise ValueError(f"{letters!r} does not fit {len(passages)} passages of {text!r}")
    digest = hashlib.sha256(passages[0].encode()).digest()
    return ContrastSet(
        field=field,
        title=str(row["title"]).strip(),
        passages=passages,
        claims=claims,
        held_out=digest[0] % _HELD_OUT == 0,
    )


def plain_pairs(
    sets: Sequence[ContrastSet], rng: random.Random, *, title_share: float
) -> list[Pair]:
    """Every claim beside every version of its passage, with the title in a share of the cases."""
    return [
        Pair(
            evidence=item.evidence(number, titled=item.paged or rng.random() < title_share),
            claim=claim,
            label=LABEL_OF_LETTER[letters[number]],
            source=SOURCE,
        )
        for item in sets
        for claim, letters in item.claims
        for number in range(len(item.passages))
    ]


def window_pairs(sets: Sequence[ContrastSet], rng: random.Random) -> Iterator[Pair]:
    """Every claim of a page beside two or three of its sentences that do not conflict.

    A claim that one sentence supports and another refutes is left out.
    """
    for item in sets:
        if not item.paged:
            continue
        for claim, letters in item.claims:
            size = rng.choice((2, 3))
            first = rng.randrange(max(1, len(letters) - size + 1))
            told = set(letters[first : first + size]) - {"N"}
            if len(told) > 1:
                continue
            text = " ".join(item.passages[first : first + size])
            label = LABEL_OF_LETTER[told.pop() if told else "N"]
            yield Pair(evidence=item.titled(text), claim=claim, label=label, source=SOURCE)


def longer_pairs(
    sets: Sequence[ContrastSet], rng: random.Random, *, share: float, title_share: float
) -> list[Pair]:
    """The same labels where an unrelated passage of the same field stands before or after.

    Args:
        share: of all pairs.
    """
    by_field: dict[str, list[ContrastSet]] = {}
    for item in sets:
        by_field.setdefault(item.field, []).append(item)
    pairs = []
    for item in sets:
        for pair in plain_pairs([item], rng, title_share=title_share):
            other = rng.choice(by_field[item.field])
            if rng.random() >= share or other is item:
                continue
            parts = [pair.evidence, rng.choice(other.passages)]
            rng.shuffle(parts)
            text = rng.choice(_SEPARATORS).join(parts)
            pairs.append(Pair(evidence=text, claim=pair.claim, label=pair.label, source=SOURCE))
    return pairs


def near_pairs(
    sets: Sequence[ContrastSet], rng: random.Random, *, share: float, title_share: float
) -> Iterator[Pair]:
    """NEI: claims beside the passages of other sets that retrieval returns for them.

    General statements are left out, because another set may decide them.

    Args:
        share: of all claims.
    """
    import bm25s

    places = [(item, number) for item in sets for number in range(len(item.passages))]
    index = bm25s.BM25()
    texts = [item.evidence(number, titled=True) for item, number in places]
    index.index(bm25s.tokenize(texts, stopwords="en", show_progress=False), show_progress=False)
    asked = [
        (item, claim)
        for item in sets
        if item.field not in GENERAL
        for claim, _ in item.claims
        if rng.random() < share
    ]
    if not asked:
        return
    queries = bm25s.tokenize([claim for _, claim in asked], stopwords="en", show_progress=False)
    depth = min(12, len(places))
    found = index.retrieve(queries, k=depth, show_progress=False, return_as="documents")
    for (item, claim), row in zip(asked, found, strict=True):
        others = [places[int(position)] for position in row]
        others = [(other, number) for other, number in others if other is not item][:4]
        if others:
            other, number = rng.choice(others)
            text = other.evidence(number, titled=rng.random() < title_share)
            yield Pair(evidence=text, claim=claim, label="NEI", source=NEAR_SOURCE)


def contrast_component(options: dict[str, Any], rng: random.Random) -> list[Pair]:
    """Make the contrast pairs of a recipe from the sets that are not held out.

    Args:
        options: `passes` over all pairs, `title_share`, `longer_share`, `near_share`, and
            optionally `nei_share`, the largest share of NEI among what is returned, `fields`,
            the only ones to be taken, and `most`, the largest number of pairs.
    """
    sets = [item for item in read_contrast_sets() if not item.held_out]
    if "fields" in options:
        sets = [item for item in sets if item.field in options["fields"]]
    title_share = options["title_share"]
    pairs: list[Pair] = []
    for _ in range(options["passes"]):
        pairs += plain_pairs(sets, rng, title_share=title_share)
        pairs += window_pairs(sets, rng)
    pairs += longer_pairs(sets, rng, share=options["longer_share"], title_share=title_share)
    pairs += near_pairs(sets, rng, share=options["near_share"], title_share=title_share)
    pairs = cap_nei(pairs, rng, options.get("nei_share", 1.0))
    return rng.sample(pairs, min(len(pairs), options.get("most", len(pairs))))


def cap_nei(pairs: list[Pair], rng: random.Random, share: float) -> list[Pair]:
    """Leave out NEI pairs at random until they are no more than `share` of all."""
    settled = sum(pair.label != "NEI" for pair in pairs)
    open_ = len(pairs) - settled
    allowed = settled * share / (1.0 - share) if share < 1.0 else open_
    if open_ <= allowed:
        return pairs
    return [p for p in pairs if p.label != "NEI" or rng.random() < allowed / open_]


def held_out_pairs(*, general: bool = True, press: bool | None = None) -> list[Pair]:
    """Every claim of the held-out sets beside every version, with its title.

    Args:
        general: whether fields of general statements are among them.
        press: only fields of press prose, or all but these; None for both.
    """
    sets = [item for item in read_contrast_sets() if item.held_out]
    sets = [item for item in sets if general or item.field not in GENERAL]
    sets = [item for item in sets if press in (None, item.press)]
    return plain_pairs(sets, random.Random(0), title_share=1.0)


def main(arguments: Sequence[str] | None = None) -> None:
    """Write the held-out pairs as a file of labelled pairs."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--held-out", type=Path, required=True)
    given = parser.parse_args(arguments)
    given.held_out.parent.mkdir(parents=True, exist_ok=True)
    with gzip.open(given.held_out, "wt", encoding="utf-8") as out:
        for pair in held_out_pairs():
            row = {"claim": pair.claim, "evidence": pair.evidence, "label": pair.label}
            out.write(json.dumps(row, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
