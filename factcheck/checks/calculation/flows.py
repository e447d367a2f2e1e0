"""What becomes of the things that a text counts: they are there, they come, or they go.

Read without a parser: the verb that stands nearest in front of a number, or behind it, says which.
The lists hold verbs of which an object in numbers is surely gained or lost; a verb of neither list
leaves a number as what is there.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from factcheck.checks.grammar.context import is_verb
from factcheck.checks.grammar.lexicon import AUXILIARIES, IRREGULAR
from factcheck.checks.grammar.tokens import SENTENCE_ENDS, concept, stem, tokenise
from factcheck.checks.numbers.bounds import Bound
from factcheck.checks.numbers.compounds import one_kind

if TYPE_CHECKING:
    from factcheck.checks.grammar.tokens import Token
    from factcheck.checks.numbers.quantity import Quantity
    from factcheck.checks.reading import TextReading


@dataclass(frozen=True, slots=True)
class Entry:
    """One number of an account.

    Args:
        quantity: the number.
        sign: 1 for what came, -1 for what went, 0 for what is there.
        each: whether it is counted for every one of several ("each box holds 8").
        late: whether it is what is there in the end ("now has 29", "16 are left").
        verb: stem of the verb that says so, or "".
        apart: whether it may not be reckoned with the others: only planned, possible or denied
            ("might sell 20"), or another's ("a rival sold 20").
    """

    quantity: Quantity
    sign: int = 0
    each: bool = False
    late: bool = False
    verb: str = ""
    apart: bool = False


def _stems(words: str) -> frozenset[str]:
    return frozenset(stem(word) for word in words.split())


GAINS = _stems(
    """add acquire adopt arrive attract board bring buy catch collect deliver earn enrol
    enroll find gain gather get grow harvest hatch hire import increase inherit install join lift
    obtain pick plant purchase raise receive recruit rise save welcome win build come born hang
    insert append borrow"""
)
LOSSES = _stems(
    """abandon axe break burn burst cancel chew close consume crush cut decrease delete demolish
    depart destroy die discard dismiss donate drink drop drown eat empty escape evacuate
    expire fire flee give hand kill lay leave lend lose melt pop quit release remove resign
    retire return sack scrap sell send shed ship shrink slaughter snap spend spill steal tear
    throw trim use waste withdraw wither abolish cull decommission detach discharge erase
    expel export forfeit perish rot ruin slash spoil squander vanish wreck tap lent share felled
    sink evict deport shut raze evaporate"""
)
# For money these turn round: who buys spends, who sells earns.
_PAYING = _stems("buy purchase pay cost spend hire lend give donate invest")
_EARNING = _stems("sell earn receive collect raise win save")
# Seen from the other side: who is named behind "to" gains, behind "from" loses.
_TO = _stems("give hand lend sell send donate pass ship transfer post deliver return")
_FROM = _stems("buy get take borrow receive purchase steal acquire win obtain collect")

_MORE_IN_FRONT = re.compile(r"\b(?:another|additional|extra|further|new|plus)\s+$", re.I)
_MORE_BEHIND = re.compile(r"^\s+(?:\w+\s+)?(?:more|extra|additional|new(?:comers)?)\b", re.I)
# What a number stands behind that is no fact, or not yet one.
_UNREAL = re.compile(
    r"\b(?:might|(?-i:may)|could|would|will|shall|den(?:y|ied|ies)"
    r"|(?:nearly|almost) (?:\w+ed|lost)|failed to|fails to|refus\w+|goals?|targets?|aim\w*"
    r"|budget\w*|ordered|orders? (?:for|of) (?:\w+ )?$|agreed to|promis\w+"
    r"|forecasts?|expect\w*|due to"
    r"|hop(?:es|ed) to|threat\w+|wants? to)\b[^.;]*$",
    re.I,
)
# With these the subject is whose things come or go; "the pike took four" tells of no owner.
_OWNERS = _stems("lose sell buy acquire spend pay earn hire gain inherit owe purchase win")
_SOMEBODY = re.compile(
    r"(?:^|[.;,]|\band|\bwhile|\bbut)\s*((?:[Aa]n?|[Tt]he|[Hh]is|[Hh]er|[Ii]ts|[Tt]heir)\s+(?:\w+\s+){0,2}?\w+"
    r"|[A-Z][\w'’]+(?:\s+[A-Z][\w'’]+)?)\s+(?:has |have |had |also |then )?\w+(?:ed|t|d|ught|de)\b",
)
# "Comes out of break", "after the cut": the same words as nouns.
_NOUN_FRONT = frozenset("a an the of at in during after before his her their its no for".split())
_NOUNS = frozenset(
    """break breaks cut cuts fire fires drop drops drink drinks rise rises increase increases lift
    gain gains catch leave use waste share shares build decrease board welcome fish hire win
    """.split()
)
_NOUN_ENDS = ("tion", "tions", "sion", "sions", "er", "ers", "or", "ors")
# (verb, particle): what the particle makes of the verb.
_PHRASAL = {
    **dict.fromkeys([("take", "on"), ("get", "on"), ("turn", "up"), ("sign", "up")], 1),
    **dict.fromkeys(
        [("put", "up"), ("take", "in"), ("move", "in"), ("come", "in"), ("top", "up")], 1
    ),
    **dict.fromkeys([("get", "off"), ("go", "home"), ("go", "away"), ("drive", "out")], -1),
    **dict.fromkeys(
        [("write", "off"), ("pull", "out"), ("step", "down"), ("move", "out"), ("cut", "down")], -1
    ),
    **dict.fromkeys([("fly", "away"), ("run", "away"), ("cut", "off"), ("use", "up")], -1),
}
_THAN = re.compile(r"^\s+(?:\w+\s+){0,2}than\b", re.I)
_EACH_IN_FRONT = re.compile(r"\b(?:each|every|per)\b(?! of\b)(?:(?!\band\b)[^.,;])*$", re.I)
_EACH_OF = re.compile(r"\b(?:each|every one) of (?:(?:the|his|her|its|their|these)\s+)?$", re.I)
_A_PERIOD = r"an? (?:day|week|month|year|hour|minute|night|piece|head|person|kilo\w*|litre|tonne)\b"
_EACH_BEHIND = re.compile(
    r"^\s+(?:[\w'’-]+\s+){0,3}(?:(?:in|to|on|for|from|of) (?:each|every)\b|apiece|per \w+"
    rf"|{_A_PERIOD}|each(?=\s*(?:[.,;]|$|and\b)))",
    re.I,
)
# "Now farms 185", "has brought the number to 310": a level, whatever the verb.
_LEVEL = re.compile(
    r"\b(?:now|today|currently)\b[^.;,]*$|\b(?:bring|brings|brought|lift\w*|rais\w+|reduc\w+|cut"
    r"|grown|risen|fallen|swollen|shrunk|dwindled)\b[^.;,]*\b(?:up |down )?to (?:about |just )?$",
    re.I,
)
# "Closed at 214": a level too, but not what is there in the end.
_AT = re.compile(
    r"\b(?:clos\w+|open\w+|stood|stands?|end\w*|start\w*|trad\w+|put|kept|set|remain\w*)\b"
    r"[^.;,]*\bat (?:about |just )?$",
    re.I,
)
_LATE_IN_FRONT = re.compile(
    r"\b(?:now|left|still|remain\w*|today|afterwards|currently|only|ended|finished|back with)\b"
    r"[^.;]*$",
    re.I,
)
_LATE_BEHIND = re.compile(
    r"^(?:(?!\band\b)[^.;]){0,40}\b(?:left|remain\w*|still|now|survived|to go|unsold|over|intact"
    r"|whole)\b",
    re.I,
)


@lru_cache(maxsize=4096)
def entries_of(body: TextReading, people: frozenset[str] = frozenset()) -> tuple[Entry, ...]:
    """The plain numbers of a text with what becomes of them, in order.

    Args:
        body: the text.
        people: lower-case names of which a claim tells; what others give them comes to them.
    """
    plain = _with_units([without_verb(q, body) for q in body.quantities if _plain(q)])
    return tuple(_entry(body, plain, position, people) for position in range(len(plain)))


def _with_units(quantities: list[Quantity]) -> list[Quantity]:
    """The numbers, with the unit of the one before for those that have none of their own."""
    for position, (first, second) in enumerate(pairwise(quantities)):
        lent = one_kind(first, second)[1]
        # "Five years on it was 60,000": no years.
        if lent is second or 1 / _ALIKE <= lent.value / (first.value or 1e-9) <= _ALIKE:
            quantities[position + 1] = lent
    return quantities


_ALIKE = 50


def without_verb(quantity: Quantity, body: TextReading) -> Quantity:
    """A number without a noun that is none: "640 remain", "14 sank", "15,100 three years later"."""
    tokens = body.layout.tokens
    position = body.layout.index_at(quantity.end - 1) + 1
    if not quantity.noun or quantity.kind != "count" or position >= len(tokens):
        return quantity
    following = tokens[position]
    bare = (following.kind != "w" and not following.text.startswith("-")) or (
        is_verb(following)
        and concept(following.stem) == quantity.noun
        and not following.lower.endswith("s")
    )
    return replace(quantity, noun="") if bare else quantity


def _plain(quantity: Quantity) -> bool:
    return (
        quantity.bound in (Bound.EXACT, Bound.ABOUT)
        and quantity.pair is None
        and quantity.form != "vague"
        and quantity.kind not in ("ordinal", "score", "rating")
        and quantity.value > 0
    )


def _entry(
    body: TextReading, plain: list[Quantity], position: int, people: frozenset[str]
) -> Entry:
    quantity, text = plain[position], body.text
    begin = max(plain[position - 1].end if position else 0, _sentence_start(text, quantity.start))
    end = min(
        plain[position + 1].start if position + 1 < len(plain) else len(text),
        _sentence_end(text, quantity.end),
    )
    front, behind = text[begin : quantity.start], text[quantity.end : end]
    changes = position + 1 < len(plain) and plain[position + 1].change in ("up", "down", "by")
    verb, turn = _verb_beside(body, quantity, begin, quantity.end if changes else end)
    sign = (
        0
        if _LEVEL.search(front) or _AT.search(front)
        else _sign(quantity, verb, turn, front, behind)
    )
    if people:
        sign = _for_whom(sign, verb, behind, people, body, quantity)
    follows = position > 0 and begin == plain[position - 1].end
    return Entry(
        quantity,
        sign,
        each=_is_each(front, behind, follows) or (follows and _of_each(text, plain[position - 1])),
        late=bool(
            _LEVEL.search(front) or _LATE_IN_FRONT.search(front) or _LATE_BEHIND.search(behind)
        ),
        verb=verb,
        apart=bool(_UNREAL.search(front)) or _of_another(body, quantity, begin, verb, people),
    )


def _of_another(
    body: TextReading, quantity: Quantity, begin: int, verb: str, people: frozenset[str]
) -> bool:
    """Whether a number is what somebody else loses or gets: "a neighbour lost 35 sheep"."""
    if verb not in _OWNERS:
        return False
    front = body.text[begin : quantity.start]
    found = _SOMEBODY.search(front)
    if found is None or begin == 0:
        return False
    words = {word.lower() for word in re.findall(r"[^\W\d_]+", found[1])}
    earlier = body.text[:begin].lower()
    return not words & people and not any(word in earlier for word in words if len(word) > 3)


def _of_each(text: str, previous: Quantity) -> bool:
    """Whether the number before is that of a group each of which has this one: "each of her 5"."""
    return bool(_EACH_OF.search(text[max(0, previous.start - 24) : previous.start]))


def _sentence_start(text: str, offset: int) -> int:
    return max((text.rfind(mark, 0, offset) + 1 for mark in (". ", "! ", "? ", "; ")), default=0)


def _sentence_end(text: str, offset: int) -> int:
    found = re.search(r"[.!?;](?:\s|$)", text[offset:])
    return offset + found.start() if found else len(text)


def _verb_beside(body: TextReading, quantity: Quantity, begin: int, end: int) -> tuple[str, int]:
    """Stem and sign of the verb nearest in front of a number, or else behind it.

    A verb in front that tells of no coming or going says that the number is there.
    """
    layout = body.layout
    tokens, index = layout.tokens, layout.index_at(quantity.start)
    verbs = frozenset(layout.verbs)
    if index and tokens[index - 1].lower == "and":
        position = layout.index_at(quantity.end - 1) + 1
        own = _own_verb(tokens, verbs, position, end)
        if own is not None:
            return own
    position = index - 1
    while position >= 0 and tokens[position].start >= begin:
        if told := _told_by(tokens, position):
            return told
        if position in verbs and IRREGULAR.get(tokens[position].lower) != "do":
            return "", 0
        position -= 1
    position = layout.index_at(quantity.end - 1) + 1
    while position < len(tokens) and tokens[position].start < end:
        told = _told_by(tokens, position)
        if told and tokens[position - 1].lower not in ("to", "who", "which", "that"):
            return told
        if position in verbs and IRREGULAR.get(tokens[position].lower) not in ("be", "have"):
            return "", 0
        position += 1
    # "Sold 12 on Monday and 15 on Tuesday": the verb is said once.
    position = index - 1
    while position >= 0 and tokens[position].text not in SENTENCE_ENDS:
        if told := _told_by(tokens, position):
            return told
        if position in verbs:
            break
        position -= 1
    return "", 0


def _own_verb(
    tokens: tuple[Token, ...], verbs: frozenset[int], position: int, end: int
) -> tuple[str, int] | None:
    """What the verb right behind a number's noun tells: "five were killed and seven were hurt"."""
    while position < len(tokens) and tokens[position].end <= end:
        token = tokens[position]
        if told := _told_by(tokens, position):
            return told
        auxiliary = IRREGULAR.get(token.lower) in AUXILIARIES
        if position in verbs and not auxiliary:
            return "", 0
        if not (token.content or auxiliary):
            return None
        position += 1
    return None


def _told_by(tokens: tuple[Token, ...], position: int) -> tuple[str, int] | None:
    """Stem and sign of a word that tells of coming or going; None for any other word."""
    token = tokens[position]
    if token.kind != "w" or (token.capital and position > 0):
        return None
    if position and tokens[position - 1].lower in _NOUN_FRONT and token.lower in _NOUNS:
        return None
    base = IRREGULAR.get(token.lower, token.stem)
    following = tokens[position + 1].lower if position + 1 < len(tokens) else ""
    phrasal = _PHRASAL.get((base, following))
    if phrasal is not None:
        return base, phrasal
    if token.lower == "gone":
        return stem("lose"), -1
    stemmed = flow_stem(token)
    if not stemmed:
        return None
    passive = stemmed in _TO and token.lower != base and position > 0
    if passive and tokens[position - 1].lower in ("was", "were", "been", "got", "is", "are"):
        # "She was given 13": but "13 were given" stands behind its number.
        return stemmed, 0
    return stemmed, 1 if stemmed in GAINS else -1


def flow_stem(token: Token) -> str:
    """Stem of a verb that tells of coming or going, or ""."""
    if token.lower.endswith(_NOUN_ENDS):
        return ""
    base = IRREGULAR.get(token.lower)
    stemmed = stem(base) if base else token.stem
    return stemmed if stemmed in GAINS or stemmed in LOSSES else ""


def _sign(quantity: Quantity, verb: str, turn: int, front: str, behind: str) -> int:
    if quantity.change in ("up", "down"):
        return quantity.direction
    if quantity.change == "less" and not _THAN.search(behind):
        return -1
    if quantity.kind.startswith("money") and verb in _PAYING | _EARNING:
        return 1 if verb in _EARNING else -1
    if verb in _TO and turn == 0:
        return 1 if verb in _front_stems(front) else -1
    if verb in _TO and _TO_SOMEBODY.search(front):
        return 1
    more = quantity.change == "more" or _MORE_BEHIND.search(behind)
    if turn == 0 and (_MORE_IN_FRONT.search(front) or (more and not _THAN.search(behind))):
        return 1
    return turn


def _front_stems(front: str) -> frozenset[str]:
    """Stems of the words in front of a number."""
    return frozenset(flow_stem(token) for token in tokenise(front)) - {""}


# "His cousin gave him 16": to whom the account belongs.
_TO_SOMEBODY = re.compile(r"\b\w{3,} (?:him|her|them|me|us)(?= )(?! and\b)[^.;,]*$", re.I)
_PERSON = re.compile(r"^\s+(?:[\w'’-]+\s+){0,4}?(to|from)\s+(him|her|them|it|[A-Z][\w'’-]+)")


def _for_whom(
    sign: int,
    verb: str,
    behind: str,
    people: frozenset[str],
    body: TextReading,
    quantity: Quantity,
) -> int:
    """The sign as seen from those of whom the claim tells."""
    found = _PERSON.search(behind)
    wanted = verb in (_TO if found and found[1] == "to" else _FROM)
    if found is None or not wanted:
        return sign
    clause = body.text[_sentence_start(body.text, quantity.start) : quantity.start].lower()
    doer = any(re.search(rf"\b{re.escape(name)}\b", clause) for name in people)
    other = found[2].lower().removesuffix("'s").removesuffix("’s")
    named = other in people or (other in ("him", "her", "them", "it") and found[1] == "from")
    return (1 if found[1] == "to" else -1) if named and not doer else sign


def _is_each(front: str, behind: str, follows: bool) -> bool:
    if _EACH_IN_FRONT.search(front) or _EACH_BEHIND.search(behind):
        return True
    # "8 trays of 24 rolls", "two packs with nine batteries"
    words = front.split()
    return follows and len(words) in (2, 3) and words[-1].lower() in ("of", "with")
