"""What the tests of a sentence see: words, verbs, names, numbers, and who said it."""

from __future__ import annotations

import re
from functools import cached_property

from factcheck.checks.grammar.context import Layout, is_verb, lay_out
from factcheck.checks.grammar.lexicon import FUNCTION_WORDS, IRREGULAR
from factcheck.checks.grammar.names import Name, find_names
from factcheck.checks.grammar.number_words import DENOMINATORS, ONES, SCALES, TENS
from factcheck.checks.grammar.tokens import Token, stem
from factcheck.checks.statements.speech import find_attributions
from factcheck.checks.times.calendar_text import find_dates
from factcheck.drafts import cues

_NUMBERS = (
    frozenset((*ONES, *TENS, *SCALES, "doubled", "tripled", "halved", "twice", "percent"))
    | frozenset(DENOMINATORS)
) - {"one", "zero", "second", "seconds", "third", "quarter", "fifth"}
_FRACTION = re.compile(r"\b(?:a|one|two|three) (?:third|quarter|fifth)s?\b", re.I)
_EVENT_STEMS = frozenset(stem(word) for word in cues.EVENTS)
SPOKEN_FIRST = frozenset("i we".split())


class Sight:
    """What the tests see of a sentence."""

    def __init__(self, text: str, known: frozenset[str] = frozenset()) -> None:
        self.text = text
        self.lowered = " ".join(text.lower().replace("’", "'").split())
        self.layout: Layout = lay_out(text)
        self.tokens = self.layout.tokens
        self.words = [token.lower for token in self.tokens]
        self.known = known

    @cached_property
    def first(self) -> int:
        """Position of the first word behind connectives and marks."""
        for index, token in enumerate(self.tokens):
            if token.kind != "p" and token.lower not in cues.CONNECTIVES:
                return index
        return 0

    @cached_property
    def names(self) -> tuple[Name, ...]:
        """Names; a single word that opens the sentence only when something speaks for it."""
        return tuple(name for name in find_names(self.tokens) if self._is_name(name))

    def _is_name(self, name: Name) -> bool:
        if name.certain or any(word in self.known for word in name.words):
            return True
        following = self.tokens[name.last] if name.last < len(self.tokens) else None
        token = self.tokens[name.first]
        if following is None or token.lower.endswith("s") or token.lower in FUNCTION_WORDS:
            return False
        return token.lower not in cues.VAGUE and _is_finite(following)

    @cached_property
    def hard(self) -> int:
        """How many numbers and dates there are."""
        dates = find_dates(self.text)
        inside = [(span.start, span.end) for span in dates]
        numbers = 0
        for index, token in enumerate(self.tokens):
            if any(start <= token.start < end for start, end in inside):
                continue
            is_number = token.kind == "n" or token.lower in _NUMBERS
            numbers += is_number and not self._counts_items(index)
        return len(dates) + numbers + bool(_FRACTION.search(self.text))

    def _counts_items(self, index: int) -> bool:
        """Whether a number only points: "1." at the start, "two" before "sides"."""
        following = self.words[index + 1] if index + 1 < len(self.words) else ""
        return (index == 0 and following in (".", ")")) or following in ("things", "words", "ways")

    @cached_property
    def verbs(self) -> tuple[int, ...]:
        """Positions of finite verbs and modals, in order."""
        found = []
        for index, token in enumerate(self.tokens):
            before = self.words[index - 1] if index else ""
            if token.kind != "w" or before in ("to", "the", "a", "an", "of", "its", "his", "her"):
                continue
            if before.endswith("'s") and before not in cues.BE:
                continue
            if token.capital and (index > self.first or token.lower == "may"):
                continue
            modal = token.lower in cues.FUTURE or token.lower in cues.NORMATIVE
            if modal or token.lower in cues.AUXILIARY or self._is_main_verb(index, token):
                found.append(index)
        return tuple(found)

    def _is_main_verb(self, index: int, token: Token) -> bool:
        if index == self.first or token.lower.endswith("ing"):
            return False
        if token.lower in cues.NEEDING or token.lower in cues.SPEECH or index in self.layout.verbs:
            return True
        return token.lower in cues.GENERAL or (
            token.lower in IRREGULAR and IRREGULAR[token.lower] != token.lower and is_past(token)
        )

    @cached_property
    def events(self) -> tuple[int, ...]:
        """Positions of verbs in the past tense that report an event."""
        return tuple(
            index
            for index in self.verbs
            if is_past(self.tokens[index]) and self.tokens[index].stem in _EVENT_STEMS
        )

    @cached_property
    def told(self) -> bool:
        """Whether the first verb tells of something done, whatever it is."""
        main = [i for i in self.verbs if self.words[i] not in cues.AUXILIARY][:1]
        return any(is_past(self.tokens[i]) and self.words[i] not in cues.SEEMING for i in main)

    @cached_property
    def content(self) -> int:
        """Number of words with a meaning of their own."""
        return sum(token.content or token.kind == "n" for token in self.tokens)

    @cached_property
    def attributed(self) -> bool:
        """Whether somebody who can be found is said to have said it."""
        for item in find_attributions(self.layout):
            speaker = item.speaker.lower().split()
            if not speaker or speaker[0] in SPOKEN_FIRST or speaker[-1] in cues.NOBODY:
                continue
            if speaker[0] not in cues.NOBODY and item.end - item.start > 8:
                return True
        for index in self.verbs[:2]:
            passive = index and self.words[index - 1] in cues.BE
            if (
                self.words[index] in cues.SPEECH
                and not passive
                and any(0 <= index - name.last <= 3 for name in self.names)
            ):
                return True
        return False

    def found(self, words: frozenset[str]) -> str:
        """The first word of a list that occurs, or ""."""
        return next((word for word in self.words if word in words), "")


def is_past(token: Token) -> bool:
    """Whether a verb form is a past tense or participle, or cannot be told from one."""
    lower = token.lower
    if lower.endswith("ed"):
        return True
    if lower.endswith(("ing", "s")) and lower not in ("was",):
        return False
    base = IRREGULAR.get(lower)
    return base is not None and (base != lower or lower in _SAME_PAST)


_SAME_PAST = frozenset("cut hit set put shut quit spread cost read let".split())


def _is_finite(token: Token) -> bool:
    return token.kind == "w" and (
        token.lower in cues.AUXILIARY or token.lower in cues.FUTURE or is_verb(token)
    )
