"""Years that stand alone in a text, told from counts and measures of four digits."""

from __future__ import annotations

import re
from collections.abc import Iterator

from factcheck.checks.numbers.units import CURRENCY_CODES, CURRENCY_WORDS, UNITS

_YEAR = r"(?:1\d{3}|20\d{2})"
_BARE_YEAR = re.compile(
    rf"(?<![\w.,$€£/:-])({_YEAR})(?:\b|(?=AD|CE))(?![.,]\d|%|-[A-Za-z]|/\d|:\d)"
)
_NOT_A_YEAR_BEFORE = re.compile(
    r"(?:over|about|around|than|nearly|almost|least|some|approximately|roughly|to the|no\.?"
    r"|number|resolution|flight|boeing|highway|route|[$€£#])\s*$",
    re.I,
)
_NOT_A_YEAR_AFTER = re.compile(
    r"\s*(?:people|men|women|children|metres|meters|m\b|km\b|miles|feet|hours|tons|tonnes|points"
    r"|times|votes|seats|copies|units|dollars|euros|pounds|per cent|percent|%|cases|deaths"
    r"|soldiers|troops|civilians|students|members|employees|workers|jobs|square|million|billion"
    r"|thousand|hundred|more|other|new cases|confirmed|different)\b",
    re.I,
)
# "built 1200 homes", "with 1800 exhibits": a number, unless what stands before calls for a year.
_UNIT_AFTER = re.compile(r"\s+([A-Za-z]{2,}\b)(?!-)")
_CODES = frozenset(code.upper() for code in CURRENCY_CODES)
_PLURAL_AFTER = re.compile(r"\s+([a-z]{2,}[^\Wsuia_\d]s)\b")
_COUNTING_BEFORE = re.compile(r"\b([a-z]+)\s+$")
_BEFORE_A_YEAR = frozenset(
    """in since by from until till of during before after between and or to the a an this that its
    his her their our my your early mid late around about circa year years season spring summer
    autumn winter around for each every any no former against on at""".split()
)
# "around 1953" is a year, "around 2000" may be a count.
_ABOUT_YEAR = re.compile(r"(?:about|around|approximately|roughly|nearly|almost)\s*$", re.I)


def find_bare_years(text: str) -> Iterator[re.Match[str]]:
    """Matches of years without month or day; group 1 is the year."""
    for match in _BARE_YEAR.finditer(text):
        before = text[: match.start()][-16:]
        odd = int(match[1]) % 50 != 0 and _ABOUT_YEAR.search(before)
        behind = text[match.end() :][:24]
        if _NOT_A_YEAR_AFTER.match(behind) or _counts(before, behind):
            continue
        if not _NOT_A_YEAR_BEFORE.search(before) or odd:
            yield match


def _counts(before: str, behind: str) -> bool:
    """Whether what stands around a bare number of four digits makes it a count or a measure."""
    unit = _UNIT_AFTER.match(behind)
    if unit and (unit[1] in _CODES or unit[1].lower() in UNITS.keys() | CURRENCY_WORDS.keys()):
        return True
    word = _COUNTING_BEFORE.search(before)
    return (
        word is not None
        and word[1] not in _BEFORE_A_YEAR
        and _PLURAL_AFTER.match(behind) is not None
    )
