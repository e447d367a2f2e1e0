"""Numbers that name a thing instead of counting: "resolution 1244", "Boeing 767", "9 am"."""

from __future__ import annotations

from factcheck.checks.grammar.context import is_verb
from factcheck.checks.grammar.names import CALENDAR_WORDS
from factcheck.checks.grammar.places import country_of
from factcheck.checks.grammar.tokens import Token
from factcheck.checks.numbers.measures import unit_at, word_at
from factcheck.checks.numbers.numerals import Numeral
from factcheck.checks.numbers.units import CURRENCY_CODES

_LABEL_NOUNS = frozenset(
    """resolution article section chapter page number no nos route season episode week day round
    version flight channel line level phase type group grade class part volume item paragraph
    figure table highway interstate gate platform bus block stage room act protocol directive
    regulation decree amendment proposition rule order case count file form schedule annex
    appendix clause verse psalm model mark generation series option step tier category zone sector
    terminal pier lane exit junction unit apartment suite floor under-""".split()
)
_CLOCK_AFTER = frozenset(
    ("am", "pm", "a.m.", "p.m.", "o'clock", "gmt", "cet", "utc", "est", "bc", "bce", "b.c.")
)


def is_label(tokens: tuple[Token, ...], numeral: Numeral) -> bool:
    """Whether a number names a thing rather than counts it."""
    if numeral.form == "ordinal":
        return False
    first, last = numeral.first, numeral.last
    token = tokens[first]
    before = tokens[first - 1] if first else None
    after = tokens[last] if last < len(tokens) else None
    if token.kind == "n" and token.text.isdigit() and (len(token.text) > 7 or _led_by_zero(token)):
        return True
    if after is not None and after.lower in _CLOCK_AFTER:
        return True
    if token.lower == "one" and not _counts_one(tokens, numeral):
        return True
    if _phone(tokens, numeral):
        return True
    if before is None:
        return bool(
            after is not None
            and after.text in ".)"
            and last < len(tokens) - 1
            and token.kind == "n"
            and numeral.decimals == 0
            and not numeral.scaled
        )
    if before.text in ("#", "№", "§") or (
        before.lower in ("km", "mi", "cm", "sq") and (numeral.value in (2, 3))
    ):
        return True
    if after is not None and after.text == ":" and after.start == tokens[last - 1].end:
        return last + 1 < len(tokens) and tokens[last + 1].kind == "n"
    if before.text in "-–/:" and first >= 2 and tokens[first - 2].end == before.start:
        return before.end == token.start
    if before.lower.rstrip(".") in _LABEL_NOUNS and token.kind == "n":
        return not (after is not None and unit_at(tokens, last)[0])
    named = before.capital and before.content and token.kind == "n"
    inside = first >= 2 and tokens[first - 2].text not in _SENTENCE_MARKS
    return named and inside and _names_thing(tokens, numeral)


_SENTENCE_MARKS = frozenset('.!?:;"“”')


def _phone(tokens: tuple[Token, ...], numeral: Numeral) -> bool:
    """Whether digits are joined by a dash to a far longer run of digits: "555-1234567"."""
    if numeral.last + 1 >= len(tokens) or tokens[numeral.last].text != "-":
        return False
    first, following = tokens[numeral.first].text, tokens[numeral.last + 1]
    return (
        following.start == tokens[numeral.last].end
        and following.text.isdigit()
        and len(following.text) >= 4
        and len(following.text) - len(first) >= 2
    )


def _led_by_zero(token: Token) -> bool:
    return len(token.text) > 1 and token.text[0] == "0"


def _counts_one(tokens: tuple[Token, ...], numeral: Numeral) -> bool:
    """Whether "one" counts ("one person") rather than stands for something ("one of them")."""
    if numeral.last - numeral.first > 1:
        return True
    after = tokens[numeral.last] if numeral.last < len(tokens) else None
    before = tokens[numeral.first - 1].lower if numeral.first else ""
    return (
        after is not None
        and after.content
        and not after.capital
        and not is_verb(after)
        and before not in ("the", "this", "that", "no", "each", "any", "every", "number")
    )


def _names_thing(tokens: tuple[Token, ...], numeral: Numeral) -> bool:
    """A number right after a capitalised word inside a sentence: "Boeing 767", "Fortune 500".

    A weekday, month or country before the number leaves it a quantity ("on Friday 500 people").
    """
    if numeral.scaled or numeral.decimals or "," in tokens[numeral.first].text:
        return False
    before = tokens[numeral.first - 1].lower
    if before in CURRENCY_CODES or before in ("rs", "rs."):
        return False
    after = word_at(tokens, numeral.last)
    if after in _UNIT_SIGNS or unit_at(tokens, numeral.last)[0]:
        return False
    return not (before in CALENDAR_WORDS or country_of(before))


_UNIT_SIGNS = frozenset("%°$€£")
