"""Shares in words: "one in five", "seven cases out of ten", "most of the players"."""

from __future__ import annotations

from dataclasses import replace

from factcheck.checks.grammar.context import Layout, is_verb
from factcheck.checks.grammar.tokens import Token, concept
from factcheck.checks.numbers.bounds import Bound, bound_around, limits
from factcheck.checks.numbers.measures import unit_at, word_at
from factcheck.checks.numbers.numerals import Numeral, read_numeral
from factcheck.checks.numbers.quantity import Quantity

Form = tuple[int, int, Quantity]  # first token, position after the last, quantity without context

CHANGE_FACTORS = {
    "doubled": 2.0,
    "doubling": 2.0,
    "tripled": 3.0,
    "trebled": 3.0,
    "quadrupled": 4.0,
    "halved": 0.5,
    "twofold": 2.0,
    "threefold": 3.0,
    "fourfold": 4.0,
    "fivefold": 5.0,
    "tenfold": 10.0,
    "doubles": 2.0,
    "triples": 3.0,
}
_SHARE_TOTALS = frozenset((2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 15, 20, 25, 50, 100, 1000, 10000))


def plain(layout: Layout, first: int, last: int, kind: str, value: float) -> Quantity:
    """A quantity without context; a factor with its bound."""
    start, end = layout.tokens[first].start, layout.tokens[last - 1].end
    quantity = Quantity(
        start=start,
        end=end,
        text=layout.text[start:end],
        kind=kind,
        value=value,
        half=0.0,
        low=value,
        high=value,
    )
    return _bounded_factor(layout, quantity) if kind == "factor" else quantity


_TURNED = {
    Bound.OVER: Bound.UNDER,
    Bound.AT_LEAST: Bound.AT_MOST,
    Bound.NEARLY: Bound.ABOUT,
    Bound.JUST_OVER: Bound.ABOUT,
}
_FACTOR_SLACK = 0.15


def _bounded_factor(layout: Layout, quantity: Quantity) -> Quantity:
    """A factor with the words that bound it: "more than doubled", "nearly twice as many"."""
    bound, start, end = bound_around(layout.text, quantity.start, quantity.end)
    if quantity.value < 1 and quantity.text.lower() in CHANGE_FACTORS:
        bound = _TURNED.get(bound, bound)  # "more than halved" leaves less than a half
    low, high = limits(bound, quantity.value, _FACTOR_SLACK * quantity.value)
    return replace(
        quantity,
        start=start,
        end=end,
        text=layout.text[start:end],
        bound=bound,
        low=max(0.0, low),
        high=high,
    )


def share(layout: Layout, first: Numeral) -> Form | None:
    """ "one in five", "nine out of ten": a share, when the total is a usual one."""
    tokens = layout.tokens
    position = first.last
    if word_at(tokens, position) == "in":
        position += 1
    elif word_at(tokens, position) == "out" and word_at(tokens, position + 1) == "of":
        position += 2
    else:
        return None
    if word_at(tokens, position) == "every":
        position += 1
    total = read_numeral(tokens, position) if position < len(tokens) else None
    if total is None or total.value not in _SHARE_TOTALS or not 0 < first.value < total.value:
        return None
    if total.form == "ordinal" or unit_at(tokens, total.last)[0]:
        return None
    if first.decimals:
        return None
    # "23 out of 28 provinces" counts provinces; "nine out of ten" of anything is a share.
    words = first.form == "words" or total.form == "words" or total.value in (10, 100, 1000)
    if not words or (word_at(tokens, first.last) == "in" and first.value > 10):
        return None
    value = first.value / total.value
    start, end = tokens[first.first].start, tokens[total.last - 1].end
    bound, start, end = bound_around(layout.text, start, end)
    quantity = plain(layout, first.first, total.last, "share", value)
    return (
        first.first,
        total.last,
        bounded(layout, replace(quantity, half=0.06 * value, form="fraction"), bound, start, end),
    )


_GAP = 3


def share_around(layout: Layout, first: Numeral) -> Form | None:
    """ "one customer in a hundred", "seven cases out of ten": what is counted stands between."""
    tokens = layout.tokens
    if first.form != "words" or first.value > 9 or first.value != int(first.value):
        return None
    position = first.last
    while position < min(first.last + _GAP, len(tokens)) and tokens[position].content:
        position += 1
    if position == first.last:
        return None
    noun = concept(tokens[position - 1].stem)
    if word_at(tokens, position) == "out" and word_at(tokens, position + 1) == "of":
        position += 2
    elif word_at(tokens, position) == "in":
        position += 1
    else:
        return None
    if word_at(tokens, position) == "every":
        position += 1
    total = read_numeral(tokens, position) if position < len(tokens) else None
    if total is None or total.value not in _SHARE_TOTALS or not first.value < total.value:
        return None
    if total.form not in ("words", "digits") or unit_at(tokens, total.last)[0]:
        return None
    if total.last < len(tokens) and tokens[total.last].content:
        after = tokens[total.last]
        if not is_verb(after) or after.lower.endswith("s"):
            return None  # "one goal in two games"
    value = first.value / total.value
    start, end = tokens[first.first].start, tokens[total.last - 1].end
    bound, start, end = bound_around(layout.text, start, end)
    quantity = replace(
        plain(layout, first.first, total.last, "share", value),
        half=0.06 * value,
        form="fraction",
        noun=noun,
    )
    return first.first, total.last, bounded(layout, quantity, bound, start, end)


_MOST_OF = frozenset("the its their these those his her our all".split())
_GREAT = frozenset("vast overwhelming great huge".split())
_ANY_SIZE = _GREAT | frozenset("large clear big wide narrow slim small tiny bare simple".split())
_GREAT_SHARE = 0.6
_SUBJECT = 4  # tokens from "women" to the number in "women are in the majority"


def most(layout: Layout, index: int) -> Form | None:
    """ "most of the players", "most players", "the vast majority voted": more than half."""
    tokens = layout.tokens
    word, first, last = tokens[index].lower, index, index + 1
    subject = ""
    if word == "most":
        told = _most_of_them(tokens, index)
    else:
        first -= word_at(tokens, index - 1) in _ANY_SIZE
        within = _in_the_majority(tokens, first - 2, last)
        told = word_at(tokens, first - 1) in ("a", "the") and (
            within or _majority_of_them(tokens, last)
        )
        if within and first >= _SUBJECT and tokens[first - _SUBJECT].content:
            subject = concept(tokens[first - _SUBJECT].stem)
    named = word_at(tokens, last) == "of"
    if not told or (not named and is_denied(layout, last)):
        return None
    quantity = plain(layout, first, last, "share", 0.5)
    if word == "minority":
        limited = replace(quantity, bound=Bound.UNDER, low=0.0, high=0.5)
    else:
        least = _GREAT_SHARE if word_at(tokens, first) in _GREAT else 0.5
        limited = replace(quantity, bound=Bound.OVER, low=least, high=float("inf"))
    # "Most voters" is looser than "most of the voters": of all there are or of those spoken of.
    form = "fraction" if named else "vague"
    return first, last, replace(limited, form=form, noun=subject)


_DENIALS = frozenset("no not never cannot nor neither".split())


def is_denied(layout: Layout, last: int) -> bool:
    """Whether what is said of a group is denied: "most voters did not" gives no share of voters."""
    _, high = layout.clause_range(last - 1)
    following = [token.lower for token in layout.tokens[last:high]]
    return any(word in _DENIALS or word.endswith("n't") for word in following)


def _majority_of_them(tokens: tuple[Token, ...], last: int) -> bool:
    """Whether a majority is a share: not "a majority of 17", "a majority in parliament"."""
    if word_at(tokens, last) == "of":
        return last + 1 < len(tokens) and read_numeral(tokens, last + 1) is None
    return last < len(tokens) and is_verb(tokens[last])


def _in_the_majority(tokens: tuple[Token, ...], before: int, last: int) -> bool:
    """ "Women were in the majority": they are more than half of whoever is there."""
    if word_at(tokens, before) != "in" or word_at(tokens, last) in ("of", "party", "government"):
        return False
    return word_at(tokens, before - 1) in _BEING


_BEING = frozenset("is are was were be been being remain remained".split())
_BEFORE_MOST = frozenset(
    """and but that while because though although where if in for among by with from to of
    since as said""".split()
)


def _most_of_them(tokens: tuple[Token, ...], index: int) -> bool:
    """Whether "most" is a share: not "the most seats", "most expensive", "most days"."""
    following, last = word_at(tokens, index + 1), index + 1
    if following == "of":
        return word_at(tokens, index + 2) in _MOST_OF
    opens = index == 0 or tokens[index - 1].kind == "p"
    if not (opens or tokens[index - 1].lower in _BEFORE_MOST) or last >= len(tokens):
        return False
    return is_group(tokens[last])


# "most days", "nearly all night": how often or how long, not how many.
TIME_NOUNS = frozenset(
    """second seconds minute minutes hour hours day days night nights week weeks weekend weekends
    month months quarter year years decade decades season seasons time times morning mornings
    afternoon afternoons evening evenings summer winter spring autumn monday tuesday wednesday
    thursday friday saturday sunday mondays tuesdays wednesdays thursdays fridays saturdays
    sundays""".split()
)
_GROUPS = frozenset("people men women children staff police troops patients voters".split())


def is_group(token: Token) -> bool:
    """Whether a word names several things or people of which a share may be told."""
    word = token.lower
    plural = word.endswith("s") and len(word) > 3 and not word.endswith(("ss", "us", "is", "'s"))
    return token.content and (plural or word in _GROUPS) and word not in TIME_NOUNS


def bounded(layout: Layout, quantity: Quantity, bound: Bound, start: int, end: int) -> Quantity:
    """A quantity with a bound, its limits and its widened surface."""
    low, high = limits(bound, quantity.value, quantity.half)
    return replace(
        quantity, start=start, end=end, text=layout.text[start:end], bound=bound, low=low, high=high
    )
