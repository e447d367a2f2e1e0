"""Portions in words: "every fifth farm", "nearly all of the houses", "hardly any of them"."""

from __future__ import annotations

from dataclasses import replace

from factcheck.checks.grammar.context import Layout
from factcheck.checks.grammar.number_words import ORDINAL_WORDS
from factcheck.checks.grammar.tokens import Token, concept
from factcheck.checks.numbers.measures import word_at
from factcheck.checks.numbers.numerals import read_numeral
from factcheck.checks.numbers.shares import TIME_NOUNS, Form, is_denied, is_group, plain

PORTION_STARTERS = frozenset("every all none any everyone everybody".split())
_NEARLY = frozenset("nearly almost virtually practically".split())
_HARDLY = frozenset("hardly scarcely barely".split())
_GIVEN = frozenset("the its their his her our these those".split())
_NEARLY_ALL = (0.85, 1.0)
_HARDLY_ANY = (0.0, 0.1)
_EVERY_SLACK = 0.06


def read_portion(layout: Layout, index: int) -> Form | None:
    """The portion in words that starts before or at a token, or None."""
    tokens = layout.tokens
    word, before = tokens[index].lower, word_at(tokens, index - 1)
    if word == "every" and before not in _NEARLY:
        return _every_fifth(layout, index)
    everyone = word in ("everyone", "everybody") or _all_of(tokens, index)
    if before in _NEARLY and everyone and not is_denied(layout, index + 1):
        noun = concept(tokens[index + 1].stem) if word == "every" else ""
        return _loose(layout, index, _NEARLY_ALL, noun)
    none = (word == "any" and before in _HARDLY) or (word == "none" and before in _NEARLY)
    if none and word_at(tokens, index + 1) == "of" and word_at(tokens, index + 2) in _GIVEN:
        return _loose(layout, index, _HARDLY_ANY, "")
    return None


def _loose(layout: Layout, index: int, limits: tuple[float, float], noun: str) -> Form:
    """A share of which only the limits are known, with the word before it."""
    quantity = plain(layout, index - 1, index + 1, "share", sum(limits) / 2)
    return (
        index - 1,
        index + 1,
        replace(quantity, low=limits[0], high=limits[1], form="vague", noun=noun),
    )


def _all_of(tokens: tuple[Token, ...], index: int) -> bool:
    """Whether "all" or "every" counts things: not "nearly all day", "almost every year"."""
    position = index + 1
    if tokens[index].lower == "every":
        return position < len(tokens) and _is_one_thing(tokens[position])
    if tokens[index].lower != "all":
        return False
    if word_at(tokens, position) == "of":
        position += 1
    given = word_at(tokens, position) in _GIVEN
    position += given
    if position >= len(tokens) or tokens[position].lower in TIME_NOUNS:
        return False
    return given or is_group(tokens[position])


def _is_one_thing(token: Token) -> bool:
    word = token.lower
    plural = word.endswith("s") and not word.endswith(("ss", "us"))
    return token.content and not plural and word not in TIME_NOUNS


def _every_fifth(layout: Layout, index: int) -> Form | None:
    """ "every fifth farm" is a fifth of them; "every fifth year" is no share."""
    tokens = layout.tokens
    if index + 2 >= len(tokens) or not _is_one_thing(tokens[index + 2]):
        return None
    rank = float(ORDINAL_WORDS.get(tokens[index + 1].lower, 0))
    if not rank:
        numeral = read_numeral(tokens, index + 1)
        rank = numeral.value if numeral is not None and numeral.form == "ordinal" else 0.0
    if rank < 2:
        return None
    quantity = plain(layout, index, index + 2, "share", 1 / rank)
    noun = concept(tokens[index + 2].stem)
    half = _EVERY_SLACK / rank
    return index, index + 2, replace(quantity, half=half, form="fraction", noun=noun)
