"""What a date is the date of: the deed, whether it happens once, and to whom.

"Founded in 1904" and "founded in 1990" contradict each other if one body is meant, because a body
is founded once; "won in 1904" and "won in 1990" do not. Most mistakes with dates are made by not
asking this, so a difference is found only for deeds that happen once, or where all is the same.
"""

from __future__ import annotations

from dataclasses import dataclass

from factcheck.checks.context import Layout
from factcheck.checks.lexicon import IRREGULAR
from factcheck.checks.names import CALENDAR_WORDS
from factcheck.checks.tokens import concept, stem


def _concepts(words: str) -> frozenset[str]:
    return frozenset(concept(stem(word)) for word in words.split())


# After these something exists, holds or is known that did not before.
BEGINNINGS = _concepts(
    """establish build born publish release premiere discover invent introduce create launch
    inaugurate unveil complete erect design form commission compose coin incorporate"""
)
# After these it exists no longer.
ENDINGS = _concepts("die demolish abolish scrap dissolve destroy assassinate murder behead execute")
# Other deeds that happen once to the one who or that they happen to.
_OTHERS = _concepts(
    """sign ratify open begin describe consecrate rename nationalise privatise legalise outlaw
    graduate convict crown appoint adopt sink translate baptise bury sentence inscribe retire
    knight canonise hang annex"""
)
ONCE = BEGINNINGS | ENDINGS | _OTHERS
# Verbs that need their noun: "took office", "came into force", "went live".
_LIGHT = frozenset("take come go enter".split())
_LIGHT_NOUNS = {"office": "_office", "force": "_force", "effect": "_force", "live": "_force"}
_LIGHT_CONCEPTS = frozenset(_LIGHT_NOUNS.values())
_AUXILIARY = frozenset("be have do".split())
# Verbs without a deed.
_EMPTY = frozenset(("", "be", "have", "do"))
_SENTENCE_ENDS = frozenset(".;!?")
# These tell one of several from the others: "the second season", "the new bridge".
_WHICH = frozenset(
    """first second third fourth fifth sixth seventh eighth ninth tenth last next previous former
    latter new old original current present final other another again one two three four five six
    seven""".split()
)


# One of many, or what is usual: "an album", "normally", "opened again".
_NOT_UNIQUE = frozenset(
    """a an any some many several most normally usually often generally average again every each
    people men women children nobody no""".split()
)


@dataclass(frozen=True, slots=True)
class Event:
    """What happened on a date.

    Args:
        deed: concept of the verb or noun, or "".
        about: concepts of the other content words of its sentence.
        subject: those before the deed; all of them if there are none.
        names: concepts of the capitalised words of the sentence.
        which: words that tell one of several from the others.
        vague: whether the sentence speaks of one of many or of what is usual.
    """

    deed: str
    about: frozenset[str]
    subject: frozenset[str]
    names: frozenset[str]
    which: frozenset[str]
    vague: bool

    @property
    def once(self) -> bool:
        """Whether the deed happens once to whom or what it happens to."""
        return self.deed in ONCE or self.deed in _LIGHT_CONCEPTS


def event_at(layout: Layout, start: int, deed: str = "") -> Event:
    """The event of a date that starts at an offset.

    Args:
        layout: of the text.
        start: offset of the date.
        deed: if it is known, as after "†".
    """
    tokens = layout.tokens
    if not tokens:
        return Event("", frozenset(), frozenset(), frozenset(), frozenset(), False)
    place = layout.index_at(start)
    low, high = _part(layout, place)
    found = place
    if not deed:
        deed, found = _deed(layout, place, low, high)
    about, names, subject = set(), set(), set()
    lowers = {token.lower for token in tokens[low:high]}
    for index in range(low, high):
        token = tokens[index]
        if not token.content or token.lower in CALENDAR_WORDS:
            continue
        word = concept(token.stem)
        if word == deed:
            continue
        about.add(word)
        if index < found:
            subject.add(word)
        if token.capital:
            names.add(word)
    return Event(
        deed,
        frozenset(about),
        frozenset(subject or about),
        frozenset(names),
        frozenset(lowers & _WHICH),
        bool(lowers & _NOT_UNIQUE),
    )


def _part(layout: Layout, place: int) -> tuple[int, int]:
    """Token range of the sentence around a position."""
    low = high = place
    tokens = layout.tokens
    while low > 0 and tokens[low - 1].text not in _SENTENCE_ENDS:
        low -= 1
    while high < len(tokens) and tokens[high].text not in _SENTENCE_ENDS:
        high += 1
    return low, high


def _deed(layout: Layout, place: int, low: int, high: int) -> tuple[str, int]:
    """Concept of what happened, and where it stands: the nearest verb or event noun before, else the first verb after.

    "The station, built in 1909, closed in 1955": each date takes the word before it. "In 1909 the
    clock was put up": nothing stands before.
    """
    tokens = layout.tokens
    clause = layout.clauses[place]
    for index in range(place - 1, low - 1, -1):
        if layout.clauses[index] != clause and tokens[index].text not in "()":
            break
        word = _word(layout, index)
        if word:
            return word, index
    for index in range(place + 1, high):
        if layout.clauses[index] != clause:
            break
        word = _word(layout, index)
        if word:
            return word, index
    return "", place


def _word(layout: Layout, index: int) -> str:
    token = layout.tokens[index]
    if not token.content or token.lower in CALENDAR_WORDS:
        return ""
    word = concept(token.stem)
    if index in layout.verbs:
        if IRREGULAR.get(token.lower) in _AUXILIARY:
            return ""
        if word in _LIGHT:
            for after in layout.tokens[index + 1 : index + 3]:
                if after.lower in _LIGHT_NOUNS:
                    return _LIGHT_NOUNS[after.lower]
        return word
    return word if word in ONCE and not token.capital else ""
