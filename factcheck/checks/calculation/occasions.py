"""The words that belong to each date of a text, and whether they carry on what was said before.

"The bridge opened in March and closed in June" dates two deeds of one bridge; "the bridge opened
in March, and the mayor left in June" does not. A time between two dates means something only where
both belong to one matter, so each date is kept with the words of its own part of the sentence.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from factcheck.checks.grammar.names import CALENDAR_WORDS
from factcheck.checks.grammar.tokens import CHUNK_MARKS, SENTENCE_ENDS, concept

if TYPE_CHECKING:
    from factcheck.checks.dates import DateMention
    from factcheck.checks.grammar.context import Layout
    from factcheck.checks.reading import TextReading

_MARKS = CHUNK_MARKS - {"/"}
_RELATIVE = frozenset("who which that whose whom".split())
# These begin another statement, unless the date itself follows: "until they left", "until June".
_JOINTS = _RELATIVE | frozenset(
    """and or but while whereas when as until till before after since because though although
    then where if""".split()
)
_PRONOUNS = frozenset("it he she they him her them".split())
_MODALS = frozenset("will would shall should can could may might must".split())
_ARTICLES = frozenset(("the", "about", "around", "early", "late", "mid"))
# What stands in brackets or behind a colon belongs to what stands before it.
_BELONGING = frozenset("(:[—–")


@dataclass(frozen=True, slots=True)
class Occasion:
    """A date with the words that belong to it.

    Args:
        mention: the date.
        words: concepts of the content words of its part of the sentence.
        linked: whether that part has no subject of its own, or one that is a pronoun.
        sentence: number of the sentence.
    """

    mention: DateMention
    words: frozenset[str]
    linked: bool
    sentence: int


class _Part(NamedTuple):
    """A stretch of tokens between marks and joining words; `opener` is what stands before it."""

    low: int
    high: int
    opener: str
    sentence: int


@lru_cache(maxsize=4096)
def occasions(body: TextReading) -> tuple[Occasion, ...]:
    """Every date of a text that tells when something was, in the order of the text."""
    if not body.dates:
        return ()
    parts = _parts(body)
    found = []
    for mention in body.dates:
        if mention.role != "event":
            continue
        place = body.layout.index_at(mention.start)
        own = next((at for at, part in enumerate(parts) if part.low <= place < part.high), None)
        if own is not None:
            found.append(_occasion(body, parts, own, mention))
    return tuple(found)


def _occasion(body: TextReading, parts: list[_Part], own: int, mention: DateMention) -> Occasion:
    dated, part = _dated(body), parts[own]
    joined = [part]
    before = parts[own - 1] if own and parts[own - 1].sentence == part.sentence else None
    after = parts[own + 1] if own + 1 < len(parts) else None
    if after is not None and (after.sentence != part.sentence or _has(dated, after)):
        after = None
    if part.opener in _RELATIVE and before is not None:
        joined.append(before)
    elif not _verbs(body.layout, part):
        opens = part.opener in _JOINTS or part.opener == ""
        if after is not None and (opens or _noted(body.layout, part, after)):
            joined.append(after)
        elif before is not None and not _has(dated, before):
            joined.append(before)
        if before is not None and part.opener in _BELONGING and before not in joined:
            joined.append(before)
    if joined[-1].opener == ":" and joined[-1] is not part and own > 1:
        joined.append(parts[own - 2])  # "Born: Ann Lee (1 May 1920)"
    words = frozenset(word for piece in joined for word in _words(body.layout, piece, dated))
    return Occasion(mention, words, _carries_on(body.layout, joined, dated), part.sentence)


def _carries_on(layout: Layout, joined: list[_Part], dated: frozenset[int]) -> bool:
    """Whether a date's part of the sentence, or what it leads up to, has no subject of its own."""
    part = joined[0]
    if part.opener in _RELATIVE:
        return False
    verbs = _verbs(layout, part)
    if part.opener == ":" and not verbs:
        return True  # "Founded: 1970"
    told = verbs or _words(layout, part, dated)
    return _linked(layout, part if told else joined[-1], dated)


def _noted(layout: Layout, part: _Part, after: _Part) -> bool:
    """Whether a bracket behind a date says what it is of: "1 May 2010 (announced)"."""
    return layout.tokens[part.high].text == "(" and any(
        token.content for token in layout.tokens[after.low : after.high]
    )


def _dated(body: TextReading) -> frozenset[int]:
    """Positions of the tokens that are part of a date."""
    layout = body.layout
    return frozenset(
        place
        for mention in body.dates
        for place in range(layout.index_at(mention.start), layout.index_at(mention.end - 1) + 1)
    )


def _has(dated: frozenset[int], part: _Part) -> bool:
    return any(place in dated for place in range(part.low, part.high))


def _parts(body: TextReading) -> list[_Part]:
    """The text cut at marks, at joining words, and between two dates."""
    layout, dated = body.layout, _dated(body)
    tokens = layout.tokens
    parts: list[_Part] = []
    low, opener, sentence = 0, "", 0
    for place, token in enumerate(tokens):
        mark = token.text in _MARKS and place not in dated
        if not mark and not _joins(layout, place, dated):
            continue
        if place > low:
            parts.append(_Part(low, place, opener, sentence))
        ends = token.text in SENTENCE_ENDS
        sentence += ends
        low, opener = place + mark, "" if ends else token.lower
    if low < len(tokens):
        parts.append(_Part(low, len(tokens), opener, sentence))
    return [piece for part in parts for piece in _between_dates(part, body)]


def _joins(layout: Layout, place: int, dated: frozenset[int]) -> bool:
    """Whether a joining word begins a statement here."""
    tokens = layout.tokens
    if tokens[place].lower not in _JOINTS or place in dated:
        return False
    after = place + 1
    while after < len(tokens) and tokens[after].lower in _ARTICLES and after not in dated:
        after += 1
    if tokens[place].lower == "that":
        return after < len(tokens) and (after in layout.verbs or not tokens[after].content)
    return tokens[place].lower in ("and", "or", "but") or after not in dated


def _between_dates(part: _Part, body: TextReading) -> list[_Part]:
    """A part cut behind every date but the last: "took effect on 3 May, fell on 17 May"."""
    ends = [
        body.layout.index_at(mention.end - 1) + 1
        for mention in body.dates
        if part.low <= body.layout.index_at(mention.start) < part.high
    ]
    cuts = [part.low, *ends[:-1], part.high]
    return [
        part._replace(low=low, high=high, opener=part.opener if low == part.low else "…")
        for low, high in pairwise(cuts)
        if low < high
    ]


def _verbs(layout: Layout, part: _Part) -> list[int]:
    """Positions of the verbs of a part, "will" and "before leaving" included."""
    opened = part.opener in _JOINTS or layout.tokens[part.low].lower in _JOINTS
    return [
        place
        for place in range(part.low, part.high)
        if place in layout.verbs
        or layout.tokens[place].lower in _MODALS
        or (
            opened
            and place - part.low <= 1
            and layout.tokens[place].lower.endswith("ing")
            and not layout.tokens[place].capital
        )
    ]


def _words(layout: Layout, part: _Part, dated: frozenset[int]) -> frozenset[str]:
    return frozenset(
        concept(token.stem)
        for place, token in enumerate(layout.tokens[part.low : part.high], start=part.low)
        if token.content and place not in dated and token.lower not in CALENDAR_WORDS
    )


def _stands_for(layout: Layout, place: int) -> bool:
    """Whether a pronoun stands for somebody or something: "freed her", not "her brother"."""
    after = layout.tokens[place + 1] if place + 1 < len(layout.tokens) else None
    word = layout.tokens[place].lower
    return word in _PRONOUNS and not (word == "her" and after is not None and after.content)


def _linked(layout: Layout, part: _Part, dated: frozenset[int]) -> bool:
    """Whether a part takes its subject from what stands before: by a pronoun or by having none."""
    if any(_stands_for(layout, place) for place in range(part.low, part.high)):
        return True
    verbs = _verbs(layout, part)
    if not verbs or (part.opener == "" and verbs[0] > part.low):
        return False  # "Opened in 1990, the mill …" has no subject, "There was" has
    return not any(
        layout.tokens[place].content
        and place not in dated
        and not layout.tokens[place].lower.endswith("ly")
        for place in range(part.low, verbs[0])
    )
