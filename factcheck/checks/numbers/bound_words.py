"""The words before and after a number that bound it, as a small grammar.

"No more than", "just under", "well in excess of": a comparing word, with or without a word that
says how far or that turns it round.
"""

from __future__ import annotations

import re
from enum import Enum


class Bound(Enum):
    """How the written number limits the quantity."""

    EXACT = "exactly"
    ABOUT = "about"
    NEARLY = "nearly"
    JUST_OVER = "just over"
    OVER = "over"
    AT_LEAST = "at least"
    UNDER = "under"
    AT_MOST = "at most"
    RANGE = "between"


_HIGHER = (
    "greater|higher|larger|bigger|longer|older|heavier|taller|deeper|wider|broader|thicker"
    "|further|farther|later|faster|warmer|hotter|dearer|costlier"
)
_LOWER = (
    "lower|smaller|shorter|younger|lighter|shallower|narrower|thinner|closer|nearer|earlier"
    "|slower|cooler|colder|cheaper"
)
ADJECTIVE = re.compile(rf"\b(?:{_HIGHER}|{_LOWER}) than$", re.I)
"""A bound that may as well compare with another time or thing: "hotter than 30 years ago"."""
_EXCEED = "exceed(?:s|ed|ing)?|surpass(?:es|ed|ing)?|topp(?:ed|ing)|tops"
_MORE, _LESS = rf"(?:more|{_HIGHER}) than", rf"(?:fewer|less|{_LOWER}) than"
_OVER = rf"{_MORE}|over|above|beyond|in excess of|upwards? of|north of"
_UNDER = rf"{_LESS}|under|below|south of"
_FAR = "well|far|much|way|considerably|significantly|substantially|comfortably|easily"
_SLIGHTLY = (
    "slightly|(?:only )?just|marginally|fractionally"
    "|a (?:little|bit|shade|touch|fraction|tad|whisker|hair)(?: bit)?"
)
_SCARCELY = "barely|hardly|scarcely|little|not much|not many|not a lot"

# At one place the first that fits is taken; of two places the left one.
_BEFORE: tuple[tuple[Bound, str], ...] = (
    (Bound.AT_MOST, rf"no {_MORE}|(?:not|never|nor) (?:{_OVER})"),
    (Bound.AT_MOST, rf"(?:not|never|without|fail(?:s|ed|ing)? to) (?:to )?(?:{_EXCEED})"),
    (Bound.AT_LEAST, rf"no {_LESS}|(?:not|never|nor) (?:{_UNDER})"),
    (Bound.UNDER, r"not even|nowhere near|not (?:nearly|anywhere near)"),
    (Bound.ABOUT, rf"(?:{_SCARCELY}) (?:{_OVER})"),
    (Bound.NEARLY, rf"(?:{_SLIGHTLY}|{_SCARCELY}) (?:{_UNDER}|short of|shy of)"),
    (Bound.NEARLY, r"not quite|shy of"),
    (Bound.JUST_OVER, rf"(?:{_SLIGHTLY}) (?:{_OVER})"),
    (Bound.OVER, rf"(?:(?:{_FAR}) )?(?:{_OVER})|{_EXCEED}|>"),
    (Bound.UNDER, rf"(?:(?:{_FAR}) )?(?:{_UNDER})|<"),
    (
        Bound.UNDER,
        rf"(?:(?:fall(?:s|en|ing)?|fell) )?(?:{_FAR}) short of"
        r"|(?:fall(?:s|en|ing)?|fell|stop(?:s|ped|ping)?) short of",
    ),
    (
        Bound.AT_MOST,
        r"at (?:the )?(?:very )?most|up to|as (?:many|much|high) as|(?:a )?maximum of|≤",
    ),
    (
        Bound.AT_LEAST,
        r"at (?:the )?(?:very )?least|as (?:few|little|low) as|(?:a )?minimum of|≥",
    ),
    (Bound.NEARLY, r"nearly|almost|nearing|approaching|getting on for|verging on"),
    (
        Bound.ABOUT,
        r"close to|approximately|approx\.?|roughly|around|about|some|circa|ca\.|c\.|more or less"
        r"|(?:in|of|on) the (?:region|order|neighbou?rhood|vicinity) of|something like|~|≈"
        r"|an estimated|estimated(?: at)?|estimates of|(?:only )?barely|hardly|scarcely|only just",
    ),
    (Bound.EXACT, r"exactly|precisely|only|just"),
)
BEFORE = re.compile(
    r"(?:^|(?<=[\s(\"“'’,;:—–-]))(?:"
    + "|".join(f"(?P<b{place}>{words})" for place, (_, words) in enumerate(_BEFORE))
    + r")\s*(?P<det>\b(?:a|an|the|of|its|his|their)\b)?\s*(?:us|a|c|r)?[$€£¥₹₺]?\s*$",
    re.I,
)
# "50 people or more were there": not "50 men or more women".
_NOUN = r"(?: [a-z][a-z-]+){0,2}"
_BEHIND = r"(?=\s*(?:$|[.,;:!?)])| (?:in|at|on|from|during|by|with|to|for|was|were|are|have|had)\b)"
_AFTER: tuple[tuple[Bound, str], ...] = (
    (
        Bound.AT_LEAST,
        r" or (?:more|over|above|older|higher|longer|taller|heavier|larger|better)"
        r"| (?:and|or) (?:over|above|older|upwards?)",
    ),
    (
        Bound.AT_MOST,
        r" or (?:less|fewer|under|below|younger|lower|shorter|lighter|smaller)"
        r"| and (?:under|younger)",
    ),
    (Bound.ABOUT, r" or (?:so|thereabouts)|-odd"),
    (Bound.AT_LEAST, rf"{_NOUN} or more{_BEHIND}| at (?:the )?(?:very )?least"),
    (
        Bound.AT_MOST,
        rf"{_NOUN} or (?:fewer|less){_BEHIND}| at (?:the )?(?:very )?most",
    ),
    (Bound.AT_LEAST, r"-plus|\+"),
)
AFTER = re.compile(
    r"(?:" + "|".join(f"(?P<a{place}>{words})" for place, (_, words) in enumerate(_AFTER)) + r")"
    r"(?!\w)",
    re.I,
)


def bound_before(match: re.Match[str]) -> Bound:
    """The bound that a match of `BEFORE` stands for."""
    return next(bound for place, (bound, _) in enumerate(_BEFORE) if match[f"b{place}"])


def bound_after(match: re.Match[str]) -> Bound:
    """The bound that a match of `AFTER` stands for."""
    return next(bound for place, (bound, _) in enumerate(_AFTER) if match[f"a{place}"])
