"""What a date is the date of: the deed, whether it happens once, and to whom.

"Founded in 1904" and "founded in 1990" contradict each other if one body is meant, because a body
is founded once; "won in 1904" and "won in 1990" do not. Most mistakes with dates are made by not
asking this, so a difference is found only for deeds that happen once, or where all is the same.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from factcheck.checks.grammar.context import Layout
from factcheck.checks.grammar.lexicon import AUXILIARIES, IRREGULAR
from factcheck.checks.grammar.names import CALENDAR_WORDS
from factcheck.checks.grammar.tokens import SENTENCE_ENDS, Token, concept, stem


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
    knight canonise hang annex recognise resign"""
)
ONCE = BEGINNINGS | ENDINGS | _OTHERS
# Verbs that need the words behind them: "took office", "came into force", "set up", "dates from".
_PHRASES = {
    ("take", "office"): "_office",
    ("enter", "office"): "_office",
    ("come", "office"): "_office",
    ("take", "effect"): "_force",
    ("come", "effect"): "_force",
    ("come", "force"): "_force",
    ("enter", "force"): "_force",
    ("go", "live"): "_force",
    ("come", "out"): "_release",
    ("set", "up"): "_found",
    ("put", "up"): "_build",
    ("go", "up"): "",
    ("break", "out"): "_occur",
    ("take", "place"): "_occur",
    ("date", "from"): "_made",
    ("date", "back"): "_made",
    ("pull", "down"): "demolish",
    ("tear", "down"): "demolish",
    ("take", "down"): "demolish",
}
_PHRASE_VERBS = frozenset(verb for verb, _ in _PHRASES)
_PHRASE_DEEDS = frozenset(_PHRASES.values()) - {""}
# Deeds that are one for the purpose of a date: "set up", "formed" and "established in 1904".
_SAME = {
    **dict.fromkeys(_concepts("form create launch incorporate"), "_found"),
    **dict.fromkeys(_concepts("erect"), "_build"),
    **dict.fromkeys(_concepts("publish premiere"), "_release"),
    **dict.fromkeys(_concepts("inaugurate unveil"), "open"),
    **dict.fromkeys(_concepts("scrap"), "demolish"),
    **dict.fromkeys(_concepts("happen occur"), "_occur"),
}
# Of these a work is said to be of a year: "a 1998 film" was not written, shot or shown in 2005.
_MAKING = _concepts(
    "make write appear invent compose record paint film shoot produce introduce"
) | frozenset(("_release", "_found", "_made"))
# "The library was open" and "bears" are no deeds, "deaths" are counted.
_NO_DEEDS = frozenset("bear bears bearing".split())
_DEED_NOUNS = frozenset(
    """death birth founding foundation establishment opening launch release publication premiere
    debut construction completion signing ratification adoption introduction invention discovery
    inauguration unveiling start beginning end resignation retirement demolition destruction
    abolition assassination murder execution burial coronation graduation""".split()
)
# Verbs without a deed.
_EMPTY = AUXILIARIES | {""}
# These tell one of several from the others: "the second season", "the new bridge".
_WHICH = frozenset(
    """first second third fourth fifth sixth seventh eighth ninth tenth last next previous former
    latter new old original current present final other another again one two three four five six
    seven""".split()
)


# One of many, or what is usual: "an album", "normally", "opened again".
_NOT_UNIQUE = frozenset(
    """a an any some many several most normally usually often generally average every each people
    men women children nobody no still already meant originally initially""".split()
)

_SMALL_NUMBER = re.compile(r"\d\d?")
_PERIODS = frozenset("day week weekend month year decade century night".split())


@dataclass(frozen=True, slots=True)
class Event:
    """What happened on a date.

    Args:
        deed: concept of the verb or noun, or "".
        about: concepts of the other content words of its sentence.
        subject: those before the deed; all of them if there are none.
        head: the last of the subject, "survey" in "the Marine Survey was founded"; may be "".
        core: what it is said of, in the part of the sentence that the deed stands in: "sequel" in
            "the sequel to the novel was published"; "" where that part does not tell.
        aside: what else is named there, behind a preposition or as whose it is.
        object: the first few behind the deed.
        names: concepts of the capitalised words of the sentence.
        which: words that tell one of several from the others.
        vague: whether the sentence speaks of one of many or of what is usual.
    """

    deed: str
    about: frozenset[str]
    subject: frozenset[str]
    head: str
    core: str
    aside: frozenset[str]
    object: frozenset[str]
    names: frozenset[str]
    which: frozenset[str]
    vague: bool

    @property
    def once(self) -> bool:
        """Whether the deed happens once to whom or what it happens to."""
        return self.deed in ONCE or self.deed in _PHRASE_DEEDS


def same_deed(ours: Event, theirs: Event) -> bool:
    """Whether two events are of the same kind: one deed, or the making of a work."""
    if "_made" in (ours.deed, theirs.deed):
        return ours.deed in _MAKING and theirs.deed in _MAKING
    return ours.deed == theirs.deed and ours.deed not in _EMPTY


def event_at(layout: Layout, start: int, deed: str = "") -> Event:
    """The event of a date that starts at an offset.

    Args:
        layout: of the text.
        start: offset of the date.
        deed: if it is known, as after "†".
    """
    tokens = layout.tokens
    if not tokens:
        nothing: frozenset[str] = frozenset()
        return Event("", nothing, nothing, "", "", nothing, nothing, nothing, nothing, False)
    place = layout.index_at(start)
    low, high = _part(layout, place)
    found = place
    if not deed:
        deed, found = _deed(layout, place, low, high)
    about: set[str] = set()
    names: set[str] = set()
    subject: set[str] = set()
    behind: set[str] = set()
    head = ""
    lowers = {token.lower for token in tokens[low:high]}
    which = {word for index in range(low, high) if (word := _telling(layout, index))}
    for index in range(low, high):
        token = tokens[index]
        if not token.content or token.lower in CALENDAR_WORDS or token.lower in _WHICH:
            continue
        word = concept(token.stem)
        # "Took place" is no word of what took place.
        if word == deed or index == found or (index == found + 1 and deed in _PHRASE_DEEDS):
            continue
        about.add(word)
        if index < found:
            subject.add(word)
            head = word
        elif len(behind) < 3 and deed != "_made":
            behind.add(word)
        if token.capital:
            names.add(word)
    return Event(
        deed,
        frozenset(about),
        frozenset(subject or about),
        head,
        *_core(layout, low, found),
        frozenset(behind),
        frozenset(names),
        frozenset(which),
        bool(lowers & _NOT_UNIQUE),
    )


_PREPOSITIONS = frozenset(
    """of in on at by for from with to near beside behind between under over after before about into
    against during since until within without among""".split()
)


def _core(layout: Layout, low: int, found: int) -> tuple[str, frozenset[str]]:
    """Concept of what a deed is said of, or "", and of what else its clause names before it."""
    own = [i for i in range(low, found) if layout.clauses[i] == layout.clauses[found]]
    core, behind = "", False
    aside: set[str] = set()
    if any(layout.tokens[index].lower == "whose" for index in own):
        before = layout.tokens[low : own[0]]
        aside = {concept(token.stem) for token in before if token.content}
    for index in own:
        token = layout.tokens[index]
        behind = behind or (bool(core) and token.lower in _PREPOSITIONS)
        if not token.content or index in layout.verbs or _is_aside(token):
            continue
        word = concept(token.stem)
        if token.lower.endswith(("'s", "’s", "s'", "s’")):
            aside |= {word, core} - {""}  # "Ines Roth's predecessor"
            core = ""
        elif behind:
            aside.add(word)
        else:
            core = word
    return core, frozenset(aside - {core})


def _is_aside(token: Token) -> bool:
    """Whether a word names nothing: "first", "June", "recently"."""
    return token.lower in CALENDAR_WORDS | _WHICH or token.lower.endswith("ly")


def _telling(layout: Layout, index: int) -> str:
    """A word that tells one of several from the others, or "".

    "The second bridge", "Night Train 2", but not "last Friday" or "was first shown".
    """
    tokens = layout.tokens
    after = tokens[index + 1].lower if index + 1 < len(tokens) else ""
    if tokens[index].lower in _WHICH:
        other = after in CALENDAR_WORDS or after in _PERIODS or index + 1 in layout.verbs
        return "" if other else tokens[index].lower
    before = tokens[index - 1] if index else None
    if before is None or not before.capital or not before.content:
        return ""
    if before.lower in CALENDAR_WORDS or after in CALENDAR_WORDS:
        return ""
    return tokens[index].text if _SMALL_NUMBER.fullmatch(tokens[index].text) else ""


def _part(layout: Layout, place: int) -> tuple[int, int]:
    """Token range of the sentence around a position."""
    low = high = place
    tokens = layout.tokens
    while low > 0 and tokens[low - 1].text not in SENTENCE_ENDS:
        low -= 1
    while high < len(tokens) and tokens[high].text not in SENTENCE_ENDS:
        high += 1
    return low, high


def _deed(layout: Layout, place: int, low: int, high: int) -> tuple[str, int]:
    """Concept of what happened, and where it stands.

    The nearest verb or event noun before ("The station, built in 1909, closed in 1955"), else the
    first verb after ("In 1909 the clock was put up").
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
    """The deed that a token names, or ""."""
    token = layout.tokens[index]
    if not token.content or token.lower in CALENDAR_WORDS or token.lower in _NO_DEEDS:
        return ""
    word = concept(token.stem)
    if index in layout.verbs:
        if IRREGULAR.get(token.lower) in AUXILIARIES:
            return ""
        if IRREGULAR.get(token.lower, token.stem) in _PHRASE_VERBS or token.stem in _PHRASE_VERBS:
            for after in layout.tokens[index + 1 : index + 4]:
                phrase = _PHRASES.get((IRREGULAR.get(token.lower, token.stem), after.lower))
                if phrase is not None:
                    return phrase
        return _SAME.get(word, word)
    return _SAME.get(word, word) if token.lower in _DEED_NOUNS else ""
