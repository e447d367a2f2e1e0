"""Which one person "he", "she" or "the minister" can mean."""

from __future__ import annotations

import re

from factcheck.quotes.attribution import ANY_VERB
from factcheck.quotes.dots import shield_dots, unshield_dots
from factcheck.quotes.names import BODY_WORDS, TITLES, same_speaker
from factcheck.quotes.noun_phrases import CONNECTORS, LEADING, NAME_WORD, is_capital
from factcheck.text import fold

_PLACE_PREPOSITIONS = frozenset("in at from near across outside around through via into".split())
_ROLE = re.compile(
    r"\b(?:[Tt]he|[Aa]n?|[Hh]is|[Hh]er|[Tt]heir)\s+(?:[\w\-]+\s+){0,2}?(?:mayor|president|minister"
    r"|spokes\w+|leader|chief|director|secretary|governor|ambassador|envoy|judge|professor|doctor"
    r"|analyst|head|chair\w*|official|general|officer|king|queen|pope|premier|chancellor|wife|husband"
    r"|brother|sister|son|daughter|colleague|man|woman|counterpart)\b"
)


def last_named_person(before: str, pronoun: str) -> str | None:
    """The one person that "he", "she" or "the minister" can mean.

    The nearest sentence that names people decides; two people in it, and nobody is meant for
    certain.

    Args:
        before: the narrator's text up to the quotation, quoted words blanked.
        pronoun: "he", "she" or a role.
    """
    paragraphs = re.split(r"\n[ \t]*\n", shield_dots(before))[-3:]
    sentences = [s for p in paragraphs for s in re.split(r"(?<=[.!?\x00])\s+(?=[^\W\d_a-z])", p)]
    for sentence in reversed(sentences):
        people = _people(sentence)
        if people:
            single = len(people) == 1 and _gender_fits(people[0], pronoun)
            single = single and not _names_role_too(sentence, people[0])
            return unshield_dots(people[0]) if single else None
    return None


def _names_role_too(sentence: str, name: str) -> bool:
    """Whether a person without a name is there as well: "The mayor met Jan Novak"."""
    start = sentence.find(name)
    for match in _ROLE.finditer(sentence):
        beside = sentence[match.end() : start] if match.end() <= start else ""
        behind = sentence[start + len(name) : match.start()] if match.start() > start else ""
        if (beside or behind).strip(" ,") or not (beside or behind):
            return True
    return False


def _people(sentence: str) -> list[str]:
    """Distinct names of persons in a sentence."""
    found: list[str] = []
    words = list(NAME_WORD.finditer(sentence))
    index = 0
    while index < len(words):
        if not is_capital(words[index].group()) or words[index].group().casefold() in LEADING:
            index += 1
            continue
        stop = index + 1
        while (
            stop < len(words)
            and is_capital(words[stop].group())
            and sentence[words[stop - 1].end() : words[stop].start()] in (" ", "\n")
        ):
            stop += 1
        if _is_person(sentence, words, index, stop):
            name = sentence[words[index].start() : words[stop - 1].end()]
            name = re.sub(r"['\u2019]s$", "", name).rstrip(".")
            if not any(same_speaker(name, other) for other in found):
                found.append(name)
        index = stop
    return found


def _is_person(sentence: str, words: list[re.Match[str]], index: int, stop: int) -> bool:
    parts = [fold(unshield_dots(words[i].group())).strip(".") for i in range(index, stop)]
    if any(part.removesuffix("'s") in BODY_WORDS for part in parts):
        return False
    before = fold(words[index - 1].group()) if index else ""
    if before in _PLACE_PREPOSITIONS:
        return False
    plain = [part for part in parts if part not in TITLES]
    titled = before in TITLES - CONNECTORS - {"a", "an", "at", "and", "his", "her", "their", "its"}
    says = ANY_VERB.match(sentence[words[stop - 1].end() :].lstrip()) is not None
    return bool(plain) and (len(plain) >= 2 or len(parts) > len(plain) or titled or says)


def _gender_fits(name: str, pronoun: str) -> bool:
    if pronoun.casefold() == "she":
        return not re.match(r"(?:Mr|Sir|Lord|King|Prince)\b", name)
    if pronoun.casefold() == "he":
        return not re.match(r"(?:Mrs|Ms|Miss|Lady|Queen|Princess)\b", name)
    return True
