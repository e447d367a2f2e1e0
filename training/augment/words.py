"""Put a related word into a claim: a synonym, an opposite, another thing of the same kind."""

from __future__ import annotations

import functools
import os
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from training.augment.wordnet import PARTS, WordNet
from training.pairs import Pair

_DEFAULT = "/usr/share/wordnet"
_SCOPE = re.compile(
    r"\b(?:not?|never|none|nothing|neither|nor|all|every|each|only|few|without|unable|fail\w*|"
    r"most|any|or|if|than)\b|n't",
    re.IGNORECASE,
)
_PLAIN = frozenset(
    """be have do say make take get go come give know see think use find year day time
    people person man woman thing way world state part work number name one first last new
    old such other own same more less good great many much film movie show song album book
    series band group city country team north south east west may will can must month week
    hour second
    """.split()
)
_PERSONS = 18


@functools.cache
def open_wordnet() -> WordNet:
    """Read WordNet from `FACTCHECK_WORDNET` or from where Debian's package puts it.

    Raises:
        SystemExit: it is not there.
    """
    folder = Path(os.environ.get("FACTCHECK_WORDNET", _DEFAULT))
    if not (folder / "index.noun").exists():
        raise SystemExit(f"{folder}: no WordNet; install wordnet-base or set FACTCHECK_WORDNET")
    return WordNet(folder)


@dataclass(frozen=True, slots=True)
class Spot:
    """A word of a claim that stands in the evidence too and means one thing well enough.

    Attributes:
        ending: what an inflected form adds: "", "s", "ed" or "ing".
    """

    start: int
    end: int
    lemma: str
    part: str
    ending: str


def lemmas(word: str, net: WordNet) -> Iterator[tuple[str, str, str]]:
    """Yield (lemma, part of speech, ending) of every reading of a word form."""
    for part in PARTS:
        if word in net.senses[part]:
            yield word, part, ""
    for ending in ("s", "es", "ed", "d", "ing"):
        base = word.removesuffix(ending)
        if base == word or len(base) < 3:
            continue
        plain = "s" if ending in ("s", "es") else "ed" if ending in ("ed", "d") else "ing"
        stems = [base, base + "e"] if plain == "ing" else [base]
        if plain != "s" and len(base) > 3 and base[-1] == base[-2]:
            stems.append(base[:-1])
        for lemma in stems:
            if lemma in net.senses["verb"]:
                yield lemma, "verb", plain
            if plain == "s" and lemma in net.senses["noun"]:
                yield lemma, "noun", plain


def inflect(lemma: str, part: str, ending: str, net: WordNet) -> str | None:
    """Put a lemma into the form of another; None for a form that only irregular words have."""
    if not ending:
        return lemma
    if net.inflected[part].get(lemma):
        return None
    if ending == "s":
        if lemma.endswith("y") and lemma[-2:-1] not in "aeiou":
            return lemma[:-1] + "ies"
        return lemma + ("es" if lemma.endswith(("s", "x", "ch", "sh", "z")) else "s")
    if lemma.endswith("y") and ending == "ed" and lemma[-2:-1] not in "aeiou":
        return lemma[:-1] + "ied"
    if lemma.endswith("e"):
        return lemma[:-1] + ending if ending == "ing" else lemma + "d"
    if re.search(r"^[^aeiou]*[aeiou][^aeiouwxy]$", lemma):
        return lemma + lemma[-1] + ending
    return lemma + ending


def spots(pair: Pair, net: WordNet, rng: random.Random) -> list[Spot]:
    """Return the replaceable words of a claim in random order."""
    there = set(re.findall(r"[a-z]+", pair.evidence.lower()))
    found = []
    for match in re.finditer(r"(?<![\w'-])[a-z]{4,}(?![\w'-])", pair.claim):
        word = match.group()
        readings = list(lemmas(word, net))
        lemma, part, ending = readings[0] if readings else ("", "", "")
        # A word of two parts of speech is left alone: which one it is here nobody tells.
        if len({(r[0], r[1]) for r in readings}) != 1 or lemma in _PLAIN or word not in there:
            continue
        found.append(Spot(match.start(), match.end(), lemma, part, ending))
    rng.shuffle(found)
    return found


def with_word(pair: Pair, spot: Spot, lemma: str, label: str, source: str) -> Pair | None:
    """Put another lemma in a spot, in its form and with the right article."""
    net = open_wordnet()
    form = inflect(lemma, spot.part, spot.ending, net)
    if form is None or not form.isalpha() or not form.islower():
        return None
    before, after = pair.claim[: spot.start], pair.claim[spot.end :]
    if re.search(r"\b[Aa]n? $", before):
        before = re.sub(r"\b([Aa])n? $", r"\1n " if form[0] in "aeiou" else r"\1 ", before)
    claim = before + form + after
    return Pair(evidence=pair.evidence, claim=claim, label=label, source=source)


def synonym(pair: Pair, rng: random.Random) -> Pair | None:
    """Say one word of the claim in another way; the label stays."""
    net = open_wordnet()
    for spot in spots(pair, net, rng):
        synset = net.first(spot.lemma, spot.part, most=3)
        words = [w for w in synset.words if w != spot.lemma] if synset else []
        words = [
            w for w in words if net.is_common(w, spot.part) and net.first(w, spot.part) is synset
        ]
        if words:
            return with_word(pair, spot, rng.choice(words), pair.label, "synonym")
    return None


def opposite(pair: Pair, rng: random.Random) -> Pair | None:
    """Turn one word of a supported claim into its opposite."""
    net = open_wordnet()
    if pair.label != "SUPPORTS" or _SCOPE.search(pair.claim):
        return None
    for spot in spots(pair, net, rng):
        words = net.opposites(spot.lemma, spot.part)
        if words and not mentions(pair.evidence, words):
            return with_word(pair, spot, rng.choice(words), "REFUTES", "opposite")
    return None


def sister(pair: Pair, rng: random.Random) -> Pair | None:
    """Put another thing of the same kind into a supported claim.

    It is refuted then; with persons nothing is said, because one can be of two trades.
    """
    net = open_wordnet()
    if pair.label != "SUPPORTS" or _SCOPE.search(pair.claim):
        return None
    for spot in spots(pair, net, rng):
        synset = net.first(spot.lemma, "noun", most=3) if spot.part == "noun" else None
        if synset is None or not synset.broader:
            continue
        kind = net.synsets["noun"][synset.broader[0]]
        sisters = [net.synsets["noun"][offset] for offset in kind.narrower]
        words = [
            word
            for other in sisters
            if other is not synset
            for word in other.words[:1]
            if net.is_common(word, "noun") and net.first(word, "noun") is other
        ]
        if 1 < len(sisters) < 40 and words:
            word = rng.choice(words)
            label = "NEI" if synset.subject == _PERSONS else "REFUTES"
            if not mentions(pair.evidence, [word]):
                return with_word(pair, spot, word, label, "sister")
    return None


def mentions(text: str, words: list[str]) -> bool:
    """Whether one of the words begins a word of the text."""
    return any(re.search(rf"\b{re.escape(word[:6])}", text, re.IGNORECASE) for word in words)
