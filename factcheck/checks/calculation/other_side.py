"""The level on the other side of a comparison: "98 days, three weeks fewer than last winter".

A level, a difference and its direction give the level compared with, if the claim speaks of that
side: of last winter, of the neighbour, of what was there before. Whoever adds where the words take
away gets a figure that the passage contradicts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from factcheck.checks.calculation.amounts import Derived, shown_about, with_value
from factcheck.checks.comparison.intervals import compare_values
from factcheck.checks.grammar.tokens import YEAR_NUMBER, concept, stem, stems_of
from factcheck.checks.numbers.bounds import Bound
from factcheck.checks.numbers.compounds import in_unit_of, one_kind
from factcheck.records import Outcome

if TYPE_CHECKING:
    from factcheck.checks.numbers.quantity import Quantity
    from factcheck.checks.reading import ClaimReading, PassageReading


@dataclass(frozen=True, slots=True)
class Comparison:
    """A level, how far it lies from another, and the words for that other one.

    Args:
        level, difference: the two numbers.
        sign: 1 where the level is the larger of the two, -1 where it is the smaller.
        other: the words behind "than", "on" or "of"; "" where the other is what was before.
        head: the words in front of them in the sentence.
    """

    level: Quantity
    difference: Quantity
    sign: int
    other: str
    head: str


_UP = (
    r"more|higher|longer|larger|bigger|taller|older|heavier|dearer|faster|quicker|wider|deeper"
    r"|warmer|hotter"
)
_DOWN = r"less|fewer|lower|shorter|smaller|younger|lighter|cheaper|slower|narrower|colder|cooler"
# "Three fewer than her predecessor", "26 cm below the record", "97 clear of the Dane".
_BEHIND = re.compile(
    rf"^(?: [\w-]+){{0,2}}? ?\b(?:(?P<up>{_UP})(?: [\w-]+)?|(?P<down>{_DOWN})(?: [\w-]+)?) than"
    r" (?P<than>[^,;.()]+)"
    r"|^(?: [\w-]+)?? (?P<above>above|ahead of|clear of|in front of|up on|beyond)"
    r" (?P<above_what>[^,;.()]+)"
    r"|^(?: [\w-]+)?? (?P<below>below|behind|short of|shy of|down on|adrift of|outside)"
    r" (?P<below_what>[^,;.()]+)",
    re.I,
)
_CHANGE = re.compile(
    r"^(?:,? (?:than|on|from)) (?P<what>[^,;.()]+)", re.I
)  # behind "8 fewer", "up 8", whose word is part of the number
_PACE = re.compile(
    r"\b(?:(?P<slow>slower|behind|adrift|outside)|faster|quicker|ahead|clear|in front)\b", re.I
)
_END = re.compile(r"\b(?:but|and|while|though|although|because|after|as)\b|[.]\s|$", re.I)
_ROSE = (
    r"r[io]se[ns]?|grew|grown|increas\w+|climb\w*|jump\w*|went up|go(?:es|ne)? up|rais\w+|lift\w*"
    r"|put up|gained|swelled|soared"
)
_FELL = (
    r"f[ae]ll(?:en|s)?|dropp?\w*|decreas\w+|declin\w+|shrank|shrunk|lower\w*|reduc\w+|cut|went down"
    r"|go(?:es|ne)? down|c[ao]me down|slid|slump\w*|trimmed|sank|slash\w*|docked|marked down"
)
# "Fell by 8 cents to 24": behind the difference stands the level reached.
_BY = re.compile(
    rf"\b(?:(?P<rose>{_ROSE})|(?P<fell>{_FELL}))\b[^.;,]{{0,60}}\bby (?:about )?$", re.I
)
_OFF = re.compile(r"\b(?:shav\w+|knock\w+|t[oa]ok|cut|trimmed|clipp?\w+) $", re.I)
_TO = re.compile(r"^(?:[^.;,\d]{0,40}),? to (?:(?:about|just|only|some|nearly) )*$", re.I)
_OFF_TO = re.compile(r"^ off [^.;]{0,80}\b(?:in|to|with|at) $", re.I)
_MISSING = re.compile(
    r"\b(?:miss\w*|f[ae]ll\w* short of|short of)\b (?P<what>[^.;,]{3,50}?) by (?:just |only )?$",
    re.I,
)
_LOSS = re.compile(
    r"\ba (?:(?P<rise>rise|gain|increase)|loss|fall|drop|decline|decrease) of $", re.I
)
_EARLIER = re.compile(
    r"\b(?:before|earlier|previous\w*|former\w*|used to|once|original\w*|initially|until|till|ago"
    r"|at first|predecessor|had (?:been|stood|cost|paid|earned)|last (?:year|month|week|season"
    r"|winter|summer|spring|autumn|time)|old)\b",
    re.I,
)
_PRESENT = re.compile(r"\b(?:now|today|currently|at present|these days)\b", re.I)
_IN_A_YEAR = re.compile(r"\b(?:year (?:before|earlier)|previous year|(?:in|within) a year)\b", re.I)
_SENTENCE = re.compile(r"[.!?](?:\s|$)")
_NO_LEVEL = frozenset(("ordinal", "age", "score", "rating", "factor", "points"))
_MANY = 12
_AGAINST = 0.8


def derive_other_sides(
    claim: Quantity, said: ClaimReading, passage: PassageReading
) -> Iterator[Derived]:
    """What a level is compared with, for a claim that gives the other side plainly."""
    if claim.change in ("up", "down", "by") or claim.kind in _NO_LEVEL or claim.pair is not None:
        return
    if claim.bound not in (Bound.EXACT, Bound.ABOUT) or len(passage.body.quantities) > _MANY:
        return
    asked = [item for item in comparisons(passage) if _speaks_of_other(said, item, passage)]
    for item in asked:
        right = _value(item, item.sign)
        kind = _level_kind(claim, item)
        if right is None or right <= 0 or kind is None:
            continue
        half = item.level.half + item.difference.half
        if item.difference.kind == "share":
            half = item.level.half + 0.005 * right
        told = with_value(claim, right, half)
        yield _derived(told, item, right, claim, decisive=False)
        if len(asked) == 1 and _confused(claim, item, told):
            yield _derived(with_value(claim, right, half), item, right, claim, decisive=True)


def comparisons(passage: PassageReading) -> Iterator[Comparison]:
    """Every level of a passage with a difference from another, by the words that join them."""
    quantities = passage.body.quantities
    for place, difference in enumerate(quantities):
        if difference.pair or difference.kind in ("ordinal", "score", "age", "rating"):
            continue
        found = _behind(passage.text, place, quantities) or _by(passage.text, place, quantities)
        if found is not None:
            yield found


def _behind(text: str, place: int, quantities: tuple[Quantity, ...]) -> Comparison | None:
    """A difference with the words of the other side behind it, and a level in front."""
    difference = quantities[place]
    rest = text[difference.end :]
    sign, other, cut = 0, "", 0
    begin = _sentence(text, difference.start)
    head_end = difference.end
    found = _BEHIND.match(rest)
    if difference.change in ("more", "less", "up", "down") and (own := _CHANGE.match(rest)):
        sign, other, cut = difference.direction, own["what"], own.start("what")
    elif found is not None:
        what = found["than"] or found["above_what"] or found["below_what"]
        sign = 1 if found["up"] or found["above"] else -1
        other, cut = what, found.start() + found[0].rfind(what)
    elif (missed := _MISSING.search(text[: difference.start])) is not None:
        sign, other, head_end = -1, missed["what"], missed.start("what")
    elif (loss := _LOSS.search(text[: difference.start])) is not None:
        sign = 1 if loss["rise"] else -1
    if not sign:
        return None
    ended = _END.search(other)
    other = other[: ended.start()] if ended else other
    if found is not None and not found["than"]:
        difference = replace(difference, noun="")  # "97 clear of the Dane"
    for level in reversed(quantities[:place]):
        if level.start < begin:
            break
        changes = level.change and not text[level.end :].startswith(" above sea level")
        if changes or level.kind in _NO_LEVEL or level.bound is not Bound.EXACT:
            continue
        read = _alike(level, difference)
        if read is not None:
            head = text[begin : head_end + cut]
            sign = _turned_for_time(sign, read[0], text[head_end : head_end + cut])
            return Comparison(read[0], read[1], sign, other, head)
    return None


def _turned_for_time(sign: int, level: Quantity, words: str) -> int:
    """The sign of a difference of times, where the faster of two has the smaller figure."""
    speed = _PACE.search(words)
    if level.kind != "duration" or speed is None:
        return sign
    return 1 if speed["slow"] else -1


def _by(text: str, place: int, quantities: tuple[Quantity, ...]) -> Comparison | None:
    """ "Fell by 8 cents to 24", "shaved 0.14 seconds off her record … in 10.97"."""
    difference = quantities[place]
    front = text[_sentence(text, difference.start) : difference.start]
    moved, off = _BY.search(front), _OFF.search(front)
    joined = _TO if moved else _OFF_TO
    if not (moved or off) or place + 1 >= len(quantities):
        return None
    level = quantities[place + 1]
    if not joined.match(text[difference.end : level.start]) or level.change:
        return None
    read = _alike(level, difference)
    if read is None:
        return None
    sign = 1 if moved and moved["rose"] else -1
    return Comparison(read[0], read[1], sign, "", front)


def _sentence(text: str, offset: int) -> int:
    ends = [match.end() for match in _SENTENCE.finditer(text, 0, offset)]
    return ends[-1] if ends else 0


def _alike(level: Quantity, difference: Quantity) -> tuple[Quantity, Quantity] | None:
    """Both numbers in one unit, or None where no such difference can be one of the level."""
    if difference.kind in ("share", "factor"):
        plain = difference.kind == "share" and level.kind not in ("share", "duration")
        return (level, difference) if plain else None
    if difference.kind == "points":
        return (level, difference) if level.kind == "share" else None
    level, difference = one_kind(level, difference)
    bare = difference.kind == "count" and not (difference.noun and difference.noun == level.noun)
    if level.kind == "duration" and bare and difference.form != "fraction":
        difference = in_unit_of(difference, level)
    if level.kind != difference.kind or not 0 < difference.value < level.value:
        return None
    if level.kind == "count" and difference.noun and level.noun not in ("", difference.noun):
        return None
    return level, difference


def _value(item: Comparison, sign: int) -> float | None:
    if item.difference.kind == "share":
        base = 1 + sign * item.difference.value
        return item.level.value / base if base > 0.01 else None
    return item.level.value - sign * item.difference.value


def _level_kind(claim: Quantity, item: Comparison) -> str | None:
    """The kind of the level if the claim's figure may be one of it."""
    level = item.level
    cents = {claim.kind, level.kind} >= {"money:cent"} and level.kind.startswith("money:")
    if level.kind != claim.kind and not (cents and claim.kind.startswith("money:")):
        return None
    if claim.kind == "count" and claim.noun and level.noun and claim.noun != level.noun:
        return None
    return level.kind


def _speaks_of_other(said: ClaimReading, item: Comparison, passage: PassageReading) -> bool:
    """Whether a claim speaks of what a level is compared with, and of no other time."""
    text = said.text
    if _PRESENT.search(text):
        return False
    years, known = set(YEAR_NUMBER.findall(text)), set(YEAR_NUMBER.findall(item.other))
    if years and not years <= known:
        around = YEAR_NUMBER.findall(item.head)
        before = len(around) == 1 and str(int(around[0]) - 1) in years and len(years) == 1
        in_a_year = _IN_A_YEAR.search(passage.text[item.difference.end :][:40])
        return before and bool(in_a_year)
    earlier = {match[0].lower() for match in _EARLIER.finditer(text)}
    earlier -= {match[0].lower() for match in _EARLIER.finditer(item.head)}
    if not item.other:
        return bool(earlier)
    if years:
        return True
    own = stems_of(item.other) - (stems_of(item.head) - _BENCHMARKS)
    if _EARLIER.search(item.other) or known:
        own -= _TIMES
        return bool(earlier) or bool(own & stems_of(text))
    return bool(own & stems_of(text))


_BENCHMARKS = frozenset(
    concept(stem(word)) for word in "record target goal limit average budget plan forecast".split()
)
_TIMES = frozenset(concept(word) for word in ("year", "month", "week", "day", "season", "time"))


def _confused(claim: Quantity, item: Comparison, told: Quantity) -> bool:
    """Whether a claim's figure is what the difference makes of the level in the wrong direction."""
    if compare_values(claim, told).outcome is not Outcome.DIFFERENT:
        return False
    size, level = item.difference.value, item.level.value
    if item.difference.kind == "share":
        wrong = [level * (1 + size), level * (1 - size), _value(item, -item.sign) or 0.0]
    else:
        wrong = [level + item.sign * size]
    slack = max(item.level.half, 0.002 * claim.value)
    return any(abs(value - claim.value) <= slack for value in wrong)


def _derived(
    told: Quantity, item: Comparison, value: float, claim: Quantity, *, decisive: bool
) -> Derived:
    start, end = sorted((item.level, item.difference), key=lambda part: part.start)
    if item.difference.kind == "share":
        shown = f"{item.level.text} ÷ {1 + item.sign * item.difference.value:.3g}"
    else:
        shown = f"{item.level.text} {'−' if item.sign > 0 else '+'} {item.difference.text}"
    size = value / (claim.factor or 1.0)
    exact = item.difference.kind != "share"
    shown = f"{shown} is {f'{size:,.10g}' if exact else shown_about(size)}"
    return Derived(
        replace(told),
        f"{shown}, not {claim.text}" if decisive else shown,
        start.start,
        end.end,
        decisive,
        way="turned" if decisive else "other side",
        against=_AGAINST if decisive else None,
        parts=(start, end),
    )
