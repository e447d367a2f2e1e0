"""Two sides of a deed or a comparison: who beat whom, who bought from whom, what is larger.

A side is a short noun phrase around a verb, read without a parser: what stands before the verb in
its clause, and what stands behind it or behind the preposition that belongs to it. Passives
("was beaten by") and converses ("lost to", "sold … to", "is smaller than") are turned, so that
claim and passage can be laid side by side.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from factcheck.checks.grammar.context import Layout
from factcheck.checks.grammar.lexicon import FUNCTION_WORDS, IRREGULAR
from factcheck.checks.grammar.names import CALENDAR_WORDS
from factcheck.checks.grammar.places import country_of
from factcheck.checks.grammar.tokens import Token, concept, stem
from factcheck.text import fold

if TYPE_CHECKING:
    from factcheck.checks.reading import TextReading


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a deed.

    Args:
        text, start, end: as written.
        head: concept of the last word.
        words: concepts of its content words; countries under one name.
        name: whether it is written with capitals.
    """

    text: str
    start: int
    end: int
    head: str
    words: frozenset[str]
    name: bool


@dataclass(frozen=True, slots=True)
class Deed:
    """Who does something to whom, or what surpasses what.

    Args:
        kind: concept of the verb in its active form, or the name of a relation.
        first, second: doer and other side.
        negated: whether "not" or "never" stands before the verb.
        direct: whether the second side is the verb's object.
        thing: concepts of what goes from one side to the other.
    """

    kind: str
    first: Side
    second: Side
    negated: bool
    direct: bool = True
    thing: frozenset[str] = frozenset()


_HELPERS = frozenset(
    """is are was were be been being has have had will would can could may might did does do
    also then later finally already officially formally narrowly easily reportedly not never
    recently eventually once again twice first subsequently still now just""".split()
)
_BE = frozenset("is are was were be been being got".split())
_STOPS = frozenset(
    """in on at by for with to from of than as after before during since until against over into
    and or but that who which when while because if whose where though although whether
    about under between among through without within not""".split()
)
_NOT_DEEDS = frozenset(
    "be have do say star featur includ become remain make take get come go tell".split()
)
# "Hoped to beat": nothing was done yet. Stems, and the bases of irregular forms.
_NOT_DONE = frozenset(
    """want hope plan try intend expect ask refus fail vow promis threaten need seek prepar
    attempt declin aim like urg order tell""".split()
)
# Not exports and imports: two countries trade in the same goods both ways.
_GIVING = (
    "_sell", "deliver", "send", "suppli", "give", "hand", "grant", "_wage", "lend", "lent",
    "transfer", "donat", "ship", "award", "leas", "rent",
)  # fmt: skip
_RECEIVING = ("_buy", "receiv", "obtain", "borrow", "inherit")
# (verb, preposition) of a deed seen from one side: relation, and whether the sides change places.
_WITH_PREPOSITION = {
    ("lose", "to"): ("_beat", True),
    ("_fall", "to"): ("_beat", True),
    ("_win", "against"): ("_beat", False),
    ("_win", "over"): ("_beat", False),
    ("take", "from"): ("succeed", False),
    ("belong", "to"): ("own", True),
    # Something goes from one to the other: the receiving side first.
    **dict.fromkeys([(verb, "to") for verb in _GIVING], ("hand over", True)),
    **dict.fromkeys([(verb, "from") for verb in _RECEIVING], ("hand over", False)),
}
_SAME_DEED = {
    "overcome": "_beat", "thrash": "_beat", "outplai": "_beat", "replac": "succeed",
    "follow": "succeed", "possess": "own",
}  # fmt: skip
_CONVERSE = {"preced": "succeed"}
_LESS = {
    "small": "_big", "low": "high", "short": "long", "young": "old", "slow": "fast",
    "fewer": "more", "less": "more", "cheap": "dear", "weak": "strong", "late": "early",
    "poor": "rich", "light": "heavy", "bad": "good", "cold": "warm",
}  # fmt: skip
_ALIKE = {"larg": "_big", "big": "_big", "tall": "high", "great": "_big", "quick": "fast",
          "hot": "warm", "costli": "dear", "expens": "dear"}  # fmt: skip
_COMPARED = {"worse": "bad", "better": "good", "more": "more", "less": "less", "fewer": "fewer"}


def find_deeds(body: TextReading) -> tuple[Deed, ...]:
    """Deeds and comparisons of a text with both their sides."""
    layout = body.layout
    found: list[Deed] = []
    for index in layout.verbs:
        # "The planning bill", "bus routes": no verbs, but words that could be.
        if not (index and layout.tokens[index - 1].lower in ("the", "a", "an", "of")):
            found.extend(_deeds_at(layout, index))
    for index, token in enumerate(layout.tokens):
        if token.lower == "than":
            found.extend(_comparison(layout, index))
    return tuple(found)


def _deeds_at(layout: Layout, index: int) -> list[Deed]:
    tokens = layout.tokens
    token = tokens[index]
    base, verb = IRREGULAR.get(token.lower), concept(token.stem)
    verb = _SAME_DEED.get(verb, verb)
    if base in _NOT_DEEDS - {"take"} or verb in _NOT_DEEDS - {"take"}:
        return []
    low, high = layout.clause_range(index)
    start = index
    while start > low and tokens[start - 1].lower in _HELPERS:
        start -= 1
    helpers = {other.lower for other in tokens[start:index]}
    negated = bool(helpers & {"not", "never"})
    before = _before(layout, start, low) or _person_before(layout, start)
    if before is None:
        return []
    passive = bool(helpers & _BE) or tokens[index].lower == "beaten"
    if passive:
        agent = _behind(layout, "by", index + 1, high)
        if agent is None or verb == "take":
            return []
        return [_turned(verb, agent, before, negated)]
    found = []
    after = _phrase(layout, index + 1, high)
    if after is not None and verb != "take" and tokens[index].lower not in _BE:
        found.append(_turned(verb, before, after, negated))
    for word in ("to", "from", "against", "over"):
        relation = _WITH_PREPOSITION.get((verb, word))
        other = _behind(layout, word, index + 1, high) if relation else None
        if relation is None or other is None:
            continue
        if verb == "take" and (index + 1 >= high or tokens[index + 1].lower != "over"):
            continue
        sides = (other, before) if relation[1] else (before, other)
        thing = after.words if after is not None else frozenset()
        found.append(Deed(relation[0], *sides, negated, direct=False, thing=thing))
        if word == "to" and verb == "_sell" and after is not None:
            found.append(Deed("_buy", other, after, negated))
    return found


def _turned(verb: str, first: Side, second: Side, negated: bool) -> Deed:
    converse = _CONVERSE.get(verb)
    return (
        Deed(converse, second, first, negated) if converse else Deed(verb, first, second, negated)
    )


def _comparison(layout: Layout, index: int) -> list[Deed]:
    """ "The tower is taller than the mast": the taller side first."""
    tokens = layout.tokens
    low, high = layout.clause_range(index)
    place = next(
        (i for i in range(index - 1, max(low, index - 6) - 1, -1) if _compared(tokens[i])), None
    )
    if place is None:
        return []
    quality = _compared(tokens[place])
    if quality in ("more", "less", "fewer") and place + 1 < index and tokens[place + 1].content:
        rest = concept(tokens[place + 1].stem)
        quality, less = rest, quality != "more"
    else:
        less = quality in _LESS
        quality = _LESS.get(quality, quality)
    quality = _ALIKE.get(quality, quality)
    first = _subject(layout, place, low)
    second = _phrase(layout, index + 1, high)
    if first is None or second is None:
        return []
    negated = any(token.lower in ("not", "no", "never") for token in tokens[low:index])
    sides = (second, first) if less else (first, second)
    return [Deed(f"than {quality}", *sides, negated)]


def _compared(token: Token) -> str:
    """The quality that a comparative compares ("taller": high), or ""."""
    word = token.lower
    if word in _COMPARED:
        return _COMPARED[word]
    if not word.endswith("er") or len(word) < 5 or token.capital:
        return ""
    root = word[:-2]
    for form in (root, root + "e", root[:-1] if root[-1:] == root[-2:-1] else root):
        known = concept(stem(form))
        if known in _QUALITIES:
            return known
    if word.endswith("ier") and concept(stem(word[:-3] + "y")) in _QUALITIES:
        return concept(stem(word[:-3] + "y"))
    return ""


_QUALITIES = frozenset(
    concept(stem(word))
    for word in """large small big high low tall short long young old slow fast quick cheap dear
    weak strong late early poor rich light heavy cold warm hot costly wide narrow deep shallow
    great hard soft safe dry wet dark bright clean dirty dense thick thin near far close
    simple happy healthy heavy busy early easy""".split()
) | frozenset(("_big", "high", "old"))


def _subject(layout: Layout, index: int, low: int) -> Side | None:
    """The phrase before the first verb of the clause that holds a comparison."""
    verb = next((i for i in layout.verbs if low <= i < index), None)
    if verb is None:
        return None
    start = verb
    while start > low and layout.tokens[start - 1].lower in _HELPERS:
        start -= 1
    return _before(layout, start, low)


def _before(layout: Layout, index: int, low: int) -> Side | None:
    """The noun phrase that ends right before a position; a phrase with "of" gives its head.

    "The wife of the mayor" is the wife, "came from behind to beat" has the clause's subject.
    """
    tokens = layout.tokens
    if index > low and tokens[index - 1].lower == "to":
        if any(
            token.stem in _NOT_DONE or IRREGULAR.get(token.lower) in _NOT_DONE
            for token in tokens[low : index - 1]
        ):
            return None
        return _phrase(layout, low, index - 1)
    if index == low and low > 0 and tokens[low].lower in ("who", "which"):
        index = low
    if index - 1 >= low and tokens[index - 1].lower in ("who", "which"):
        index -= 1
        if index and tokens[index - 1].text == ",":
            index -= 1
        low = max(0, index - 6)
    first = index
    while first > low and index - first < 8 and _inside(tokens[first - 1], layout, first - 1):
        first -= 1
    # A preposition before the phrase makes it part of a longer one.
    if first > low and tokens[first - 1].lower in ("of", "in", "at", "for", "from", "with", "on"):
        return _longer(layout, first - 1, low)
    # "…, and the bank sued": there "and" opens the clause.
    if first - 1 > low and tokens[first - 1].lower in _CUT_OFF:
        return None
    return _side(layout, first, index)


def _person_before(layout: Layout, index: int) -> Side | None:
    """Whom "he" or "she" before a verb means: the name that opens the sentence before.

    "Dr Ilse Pram has led the board since May. She follows Tom Bray."
    """
    tokens = layout.tokens
    opening = index - 1
    if opening < 2 or tokens[opening].lower not in ("he", "she") or tokens[opening - 1].text != ".":
        return None
    first = opening - 1
    while first > 0 and tokens[first - 1].text != ".":
        first -= 1
    last = first
    while last < opening and tokens[last].capital:
        last += 1
    return _side(layout, first, last) if last - first > 1 else None


# A phrase right behind these is only a part of something.
_CUT_OFF = frozenset(
    """and or by to than as over under outside inside behind between among through without within
    into from after before during since until against about""".split()
)


def _longer(layout: Layout, preposition: int, low: int) -> Side | None:
    """The head before a preposition: "the wife" in "the wife of the mayor"."""
    tokens = layout.tokens
    first = preposition
    while first > low and _inside(tokens[first - 1], layout, first - 1):
        first -= 1
    if first > low and tokens[first - 1].text != ",":
        return None
    if first == preposition:
        # "In March the board": the phrase after the opening stands alone.
        return None
    return _side(layout, first, preposition)


def _inside(token: Token, layout: Layout, index: int) -> bool:
    if token.kind == "p":
        return token.text in "&-"
    if token.kind == "n" or token.lower in _STOPS or token.lower in CALENDAR_WORDS:
        return False
    return token.capital or index not in layout.verbs


def _phrase(layout: Layout, index: int, high: int) -> Side | None:
    """The noun phrase that starts at a position, at most six words."""
    tokens = layout.tokens
    last = index
    while last < high and last - index < 6 and _inside(tokens[last], layout, last):
        last += 1
    if last < high and tokens[last].lower == "of" and not tokens[last - 1].capital:
        after = tokens[last + 1].lower if last + 1 < high else ""
        if not after.endswith("ing"):
            return None  # "the head of the union" is neither the union nor any head
    return _side(layout, index, last)


def _behind(layout: Layout, word: str, index: int, high: int) -> Side | None:
    """The noun phrase behind a preposition not far from a position."""
    tokens = layout.tokens
    for position in range(index, min(index + 9, high)):
        if tokens[position].lower == word:
            return _phrase(layout, position + 1, high)
        if position in layout.verbs:
            return None
    return None


def _side(layout: Layout, first: int, last: int) -> Side | None:
    tokens = layout.tokens
    while first < last and tokens[first].lower in FUNCTION_WORDS | {"'s"}:
        first += 1
    while first < last and not tokens[last - 1].content:
        last -= 1
    content = [token for token in tokens[first:last] if token.content]
    if not content or content[-1].lower.endswith(("'s", "ly")) or content[-1].lower in _TIMES:
        return None
    if content[0].lower in _CUT_OFF:
        return None
    words = frozenset(_word(token) for token in content)
    start, end = tokens[first].start, tokens[last - 1].end
    name = any(token.capital for token in content) and (first > 0 or len(content) > 1)
    return Side(layout.text[start:end], start, end, _word(content[-1]), words, name)


# "A year earlier" is nobody, "others" and "somebody" may be anybody.
_TIMES = frozenset(
    """year years month months week weeks day days time times earlier later ago today yesterday
    usual expected others average ever hundred thousand million billion somebody someone nobody
    anybody anyone everybody everyone nothing something""".split()
)


def _word(token: Token) -> str:
    folded = fold(token.text).removesuffix("'s")
    return (country_of(folded) if token.capital else "") or concept(token.stem)


def same_side(ours: Side, theirs: Side) -> bool:
    """Whether two sides may be one: the same head and no modifiers that clash, or a shared name.

    "The law library" and "the main library" are two, "Kos" and "Maria Kos" one.
    """
    shared = ours.words & theirs.words
    if not shared:
        return False
    if ours.words <= theirs.words or theirs.words <= ours.words:
        return ours.head == theirs.head or (ours.name and theirs.name)
    return ours.name and theirs.name and ours.head == theirs.head
