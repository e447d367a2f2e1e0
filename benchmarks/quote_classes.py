"""Quotations whose truth is known, made from sentences by rule, with a fixed seed.

Each class answers one question: an unchanged quotation with other typography must stay unchanged,
one changed word must show, two joined sentences must not pass for one, and words that are nowhere
must not be found.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

ALTERED_CLASSES = ("replaced", "inserted", "deleted", "moved", "negated", "number")
CLASSES = ("unchanged", *ALTERED_CLASSES, "spliced", "ellipsis", "absent")

_AUXILIARY = re.compile(r"^(?:is|are|was|were|has|have|had|can|could|will|would|should|may|might)$")
_PLAIN = re.compile(r"^[A-Za-z]{2,}$")
_DIGITS = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence that a quotation is made from.

    Args:
        source_id: where it stands.
        position: its number among the sentences of that source.
    """

    text: str
    source_id: str
    position: int


@dataclass(frozen=True, slots=True)
class Made:
    """A quotation made by rule, and the class that says what must be found."""

    kind: str
    text: str
    origin: Sentence


def squash(text: str) -> str:
    """Letters and digits alone: the independent test of whether words stand somewhere."""
    return re.sub(r"[\W_]+", "", text.casefold())


class QuoteMaker:
    """Makes quotations of every class.

    Args:
        sentences: those of the corpus that will be searched.
        absent: sentences of texts that will not be.
        seed: the same seed gives the same quotations.
    """

    def __init__(
        self, sentences: Sequence[Sentence], absent: Sequence[Sentence], seed: int
    ) -> None:
        self.random = random.Random(seed)
        self.sentences = [s for s in sentences if 8 <= len(s.text.split()) <= 60]
        self.absent = [s for s in absent if 8 <= len(s.text.split()) <= 60]
        self.haystack = "\n".join(squash(s.text) for s in sentences)
        self.words = sorted({w for s in sentences for w in s.text.split() if _PLAIN.match(w)})

    def make(self, kind: str, count: int) -> list[Made]:
        """`count` quotations of one class; words that happen to stand in the corpus are left out.

        Args:
            kind: one of `CLASSES`.
            count: how many.
        """
        rules: dict[str, Callable[[Sentence], str | None]] = {
            "unchanged": lambda s: typeset(s.text, self.random),
            "replaced": self._replaced,
            "inserted": self._inserted,
            "deleted": self._deleted,
            "moved": self._moved,
            "negated": self._negated,
            "number": self._number,
            "spliced": self._spliced,
            "ellipsis": self._ellipsis,
        }
        if kind == "absent":
            chosen = [Made(kind, s.text, s) for s in self._cycle(self.absent)]
            return chosen[:count]
        made: list[Made] = []
        for sentence in self._rounds(40 * count):
            text = rules[kind](sentence)
            if text is None or (kind in (*ALTERED_CLASSES, "spliced") and self._stands(text)):
                continue
            made.append(Made(kind, text, sentence))
            if len(made) == count:
                break
        return made

    def _stands(self, text: str) -> bool:
        return squash(text) in self.haystack

    def _cycle(self, sentences: Sequence[Sentence]) -> list[Sentence]:
        order = list(sentences)
        self.random.shuffle(order)
        return order

    def _rounds(self, limit: int) -> Iterator[Sentence]:
        given = 0
        while given < limit:
            for sentence in self._cycle(self.sentences):
                yield sentence
                given += 1

    def _inner(self, words: Sequence[str], pattern: re.Pattern[str] = _PLAIN) -> int | None:
        inner = [i for i in range(1, len(words) - 1) if pattern.match(words[i])]
        return self.random.choice(inner) if inner else None

    def _other_word(self, word: str) -> str:
        while True:
            other = self.random.choice(self.words)
            if other[0].casefold() != word[0].casefold():
                return other

    def _replaced(self, sentence: Sentence) -> str | None:
        words = sentence.text.split()
        index = self._inner(words)
        if index is None:
            return None
        words[index] = self._other_word(words[index])
        return " ".join(words)

    def _inserted(self, sentence: Sentence) -> str | None:
        words = sentence.text.split()
        index = self.random.randrange(1, len(words))
        words.insert(index, self._other_word(words[index - 1]))
        return " ".join(words)

    def _deleted(self, sentence: Sentence) -> str | None:
        words = sentence.text.split()
        index = self._inner(words)
        if index is None or words[index] in (words[index - 1], words[index + 1]):
            return None
        del words[index]
        return " ".join(words)

    def _moved(self, sentence: Sentence) -> str | None:
        words = sentence.text.split()
        index = self._inner(words)
        if index is None:
            return None
        word = words.pop(index)
        target = self.random.choice([i for i in range(1, len(words)) if i != index])
        words.insert(target, word)
        return None if words == sentence.text.split() else " ".join(words)

    def _negated(self, sentence: Sentence) -> str | None:
        words = sentence.text.split()
        index = self._inner(words, _AUXILIARY)
        if index is None or words[index + 1] == "not":
            return None
        words.insert(index + 1, self.random.choice(("not", "never")))
        return " ".join(words)

    def _number(self, sentence: Sentence) -> str | None:
        numbers = list(_DIGITS.finditer(sentence.text))
        if not numbers:
            return None
        match = self.random.choice(numbers)
        value = match.group()
        digit = self.random.randrange(len(value))
        other = self.random.choice([d for d in "123456789" if d != value[digit]])
        changed = value[:digit] + other + value[digit + 1 :]
        return sentence.text[: match.start()] + changed + sentence.text[match.end() :]

    def _spliced(self, sentence: Sentence) -> str | None:
        other = self.random.choice(self.sentences)
        near = abs(other.position - sentence.position) < 3
        if other.source_id == sentence.source_id and near:
            return None
        first, second = sentence.text, other.text
        if self.random.random() < 0.4:  # half of one sentence and half of another
            left, right = first.split(), second.split()
            first = " ".join(left[: max(6, len(left) // 2)])
            second = " ".join(right[-max(6, len(right) // 2) :])
        return f"{first} {second}"

    def _ellipsis(self, sentence: Sentence) -> str | None:
        words = sentence.text.split()
        if len(words) < 12 or "..." in sentence.text or "…" in sentence.text:
            return None
        size = self.random.randint(1, min(10, len(words) - 8))
        start = self.random.randint(4, len(words) - size - 4)
        mark = self.random.choice(("…", "...", "[...]", "[…]", ". . .", "(...)"))
        return " ".join([*words[:start], mark, *words[start + size :]])


def typeset(text: str, rng: random.Random) -> str:
    """The same words as another typesetter would set them.

    Curly or straight quotes, other dashes, ligatures, soft hyphens, non-breaking, thin and
    zero-width spaces, line breaks with and without hyphenation.
    """
    text = _curl(text) if rng.random() < 0.5 else text
    text = re.sub(r" [-\u2013\u2014] ", rng.choice((" \u2013 ", "\u2014", " - ", " \u2014 ")), text)
    if rng.random() < 0.4:
        for plain, ligature in (
            ("ffi", "\ufb03"),
            ("ff", "\ufb00"),
            ("fi", "\ufb01"),
            ("fl", "\ufb02"),
        ):
            text = text.replace(plain, ligature)
    words = text.split(" ")
    out = [words[0]]
    for word in words[1:]:
        draw = rng.random()
        space = "\n" if draw < 0.06 else "\u00a0" if draw < 0.1 else "  " if draw < 0.12 else " "
        if draw > 0.98:
            space = " \u200b"
        out.append(space + _broken(word, rng))
    return "".join(out)


def _broken(word: str, rng: random.Random) -> str:
    if len(word) < 7 or not word.isalpha() or not word[1:].islower() or rng.random() > 0.12:
        return word
    at = rng.randint(3, len(word) - 3)
    return word[:at] + rng.choice(("-\n", "\u00ad", "\u00ad\n", "-\n  ", "\u2010\n")) + word[at:]


def _curl(text: str) -> str:
    text = re.sub(r'(^|[\s(\[])"', "\\1\u201c", text).replace('"', "\u201d")
    return re.sub(r"(?<=\w)'", "\u2019", text)
