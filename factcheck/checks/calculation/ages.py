"""Ages that follow from a birth and a date, years between two ages, and a birth from an age.

An age in years leaves a year of room: who is 51 in 1962 was born in 1910 or 1911.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from factcheck.checks.calculation.amounts import Derived, with_value
from factcheck.checks.calculation.lasting import Form, asked_for
from factcheck.checks.calculation.occasions import occasions
from factcheck.checks.calculation.spans import YEAR, Span, told
from factcheck.checks.comparison.counterparts import name_words
from factcheck.checks.comparison.segments import said_with
from factcheck.checks.found import Stretch, make_finding
from factcheck.checks.grammar.tokens import content_stems, tokenise
from factcheck.checks.relevance import name_missing
from factcheck.records import Finding, Outcome, Stance

if TYPE_CHECKING:
    from factcheck.checks.dates import DateMention
    from factcheck.checks.numbers.quantity import Quantity
    from factcheck.checks.reading import ClaimReading, PassageReading

_OLDEST = 125
_BEFORE_AGE = re.compile(
    r"\b(?:is|was|turn(?:s|ed|ing)|be|being|at|age|age of|aged|now|then)"
    r"(?: (?:just|only|already|still|about|around|now|then))?\s*$",
    re.I,
)
_AFTER_AGE = re.compile(
    r"^(?:\s+(?:when|while|at the time|in (?:\w+ )?\d{4}|on \d|years of age)\b|\s*[,.;)]|\s*$)",
    re.I,
)


def is_age(quantity: Quantity, text: str) -> bool:
    """Whether a number is the age of somebody: "aged 51", "was 51 when", "died at 72"."""
    if quantity.kind == "age":
        return True
    plain = quantity.kind == "count" and not quantity.noun and 0 < quantity.value < _OLDEST
    return (
        plain
        and _BEFORE_AGE.search(text[: quantity.start]) is not None
        and _AFTER_AGE.match(text[quantity.end :]) is not None
    )


def derive_ages(claim: Quantity, passage: PassageReading, said: ClaimReading) -> Iterator[Derived]:
    """The age that the birth in a passage gives for the date of what the claim tells."""
    births = [m for m in passage.body.dates if m.verb == "_born" and m.low is not None]
    if len(births) != 1:
        return
    birth = births[0]
    known = bool(said.body.names) and not name_missing(said, passage)
    wanted = "_die" if claim.verb == "live" else claim.verb  # "lived to be seventy"
    deeds = [
        m
        for m in passage.body.dates
        if m.verb not in ("_born", "") and m.verb == wanted and m.grain != "range"
    ]
    deeds.sort(key=lambda mention: (mention.verb != "_die", mention.start))
    for deed in deeds:
        where = min(birth.start, deed.start), max(birth.end, deed.end)
        yield from _age_on(claim, birth, deed, where, known and len(deeds) == 1)
    for own in said.body.dates if known and not deeds else ():
        if own.clause == claim.clause and own.relation == "at" and own.grain != "range":
            yield from _age_on(claim, birth, own, (birth.start, birth.end), True)
    if known and not deeds and not said.body.dates:
        yield from _age_at_what_is_told(claim, birth, passage, said)


def _age_at_what_is_told(
    claim: Quantity, birth: DateMention, passage: PassageReading, said: ClaimReading
) -> Iterator[Derived]:
    """The age on the one date beside which more of the claim's words stand than beside others.

    "Was 32 when she set the record", beside "set the national record, 64.18 metres, in 2016".
    """
    asked = said_with(claim, said) - name_words(said.body)
    near = [
        (len(asked & o.words), o.mention)
        for o in occasions(passage.body)
        if o.mention is not birth and o.mention.relation == "at" and o.mention.grain != "range"
    ]
    best = max((count for count, _ in near), default=0)
    chosen = [mention for count, mention in near if count == best]
    if best and len(chosen) == 1 and 2 * best >= len(asked):
        where = min(birth.start, chosen[0].start), max(birth.end, chosen[0].end)
        yield from _age_on(claim, birth, chosen[0], where, False)


_SENIOR = re.compile(
    r"^ (?:(?:his|her|their) (?P<seat>senior|junior)"
    r"|(?P<age>older|younger)(?: than (?:him|her))?)\b"
)


def derive_by_seniority(
    claim: Quantity, passage: PassageReading, said: ClaimReading
) -> Iterator[Derived]:
    """The age of who is so many years older or younger than the one whose age is told."""
    text = passage.text
    ages = [q for q in passage.body.quantities if q.kind == "age"]
    for gap in passage.body.quantities:
        match = _SENIOR.match(text[gap.end :]) if gap.kind == "duration" else None
        if match is None or len(ages) != 1 or name_missing(said, passage):
            continue
        age = ages[0]
        between = content_stems(tokenise(text[age.end : gap.start]))
        if age.end > gap.start or not between & said.body.stems:
            continue
        sign = 1 if (match["seat"] or match["age"]) in ("senior", "older") else -1
        value = age.value + sign * round(gap.value / YEAR)
        than = "older" if sign > 0 else "younger"
        shown = f"{gap.text} {than} than {age.value:g} is {value:g}"
        yield Derived(with_value(claim, value), shown, age.start, gap.end + match.end(), False, 0.9)


def _age_on(
    claim: Quantity, birth: DateMention, then: DateMention, where: tuple[int, int], decisive: bool
) -> Iterator[Derived]:
    """An age as the difference of two dates; where those are years, also the age one below."""
    if birth.low is None or birth.high is None or then.low is None or then.high is None:
        return
    youngest, oldest = _age(birth.high, then.low), _age(birth.low, then.high)
    if not 0 <= youngest <= oldest <= _OLDEST:
        return
    shown = f"{youngest}" if youngest == oldest else f"{youngest} or {oldest}"
    told_as = f"from {birth.text} to {then.text} is {shown} years"
    if oldest - youngest == 1:
        yield Derived(with_value(claim, oldest), told_as, *where, False, 0.6)
    quantity = replace(
        with_value(claim, (youngest + oldest) / 2, (oldest - youngest) / 2),
        low=float(youngest),
        high=float(oldest),
    )
    yield Derived(quantity, told_as, *where, decisive)


def _age(born: int, then: int) -> int:
    first, second = date.fromordinal(max(1, born)), date.fromordinal(max(1, then))
    return second.year - first.year - ((second.month, second.day) < (first.month, first.day))


_NOW = re.compile(r"(?:\bnow|\bis|,)\s*(?:now |aged )?$")
_NOW_ENDS = re.compile(r"^(?:\s*[,.;)]|\s*$|\s+and\b)")
_THEN = re.compile(
    r"\b(?:when|since|before|after) (?:he|she) (?:was|turned)(?: (?:just|only|about))?\s*$"
)
_AT = re.compile(r"\b(?:at|at (?:the )?age(?: of)?|from (?:the )?age(?: of)?)\s*$")


def derive_years(claim: Quantity, passage: PassageReading, said: ClaimReading) -> Iterator[Derived]:
    """The years between an age of somebody now and an earlier one: "is 29, ran when she was 17"."""
    asked = asked_for(claim, said)
    if asked.form in (Form.NONE, Form.PLAIN) or name_missing(said, passage):
        return
    if asked.core not in passage.stems | {""} or not asked.words & passage.stems:
        return
    ages = _two_ages(passage)
    if ages is None:
        return
    now, then = ages
    span = Span(
        (now.value - then.value) * YEAR,
        YEAR,
        min(now.start, then.start),
        max(now.end, then.end),
        f"from the age of {then.value:g} to {now.value:g}",
    )
    deed = asked.words - name_words(said.body)
    yield from told(claim, span, bool(deed) and deed <= passage.stems, 0.9)


def _two_ages(passage: PassageReading) -> tuple[Quantity, Quantity] | None:
    """The present and the one earlier age of the one person whose age is told."""
    text = passage.text
    numbers = [
        q
        for q in passage.body.quantities
        if q.kind in ("age", "count") and not q.noun and 0 < q.value < _OLDEST
    ]
    now = [q for q in numbers if _NOW.search(text[: q.start]) and _NOW_ENDS.match(text[q.end :])]
    now += [q for q in numbers if q.text.endswith("-old") and q not in now]
    if len(now) != 1:
        return None
    then = [q for q in numbers if q not in now and _is_then(q, now[0], text)]
    return (now[0], then[0]) if len(then) == 1 and then[0].value < now[0].value else None


_OTHER = re.compile(r"(?:^|[.;,]|\band|\bbut) (?:his|her|their) \w", re.I)


def _is_then(age: Quantity, now: Quantity, text: str) -> bool:
    """Whether an age is an earlier one of whom the other is; "at 17" only in the same sentence."""
    between = text[min(age.end, now.end) : max(age.start, now.start)]
    if _OTHER.search(between):
        return False  # "her brother left when he was 17"
    *before, own = between.split(". ")
    if _THEN.search(text[: age.start]):
        return not before or (len(before) == 1 and own.lstrip().startswith(("He ", "She ")))
    return not before and _AT.search(text[: age.start]) is not None


_AGED_THEN = re.compile(r"\b(?:was|were|turned|aged|at|age of)(?: (?:just|only|about))?\s*$", re.I)
# The day of birth is not known, so a year more or less is no other age.
_ROOM = 366


def born_from_age(
    mention: DateMention, claim: ClaimReading, passage: PassageReading, about: float
) -> Finding | None:
    """A finding on a date of birth, from the one age of a passage and the date that it is of."""
    body = passage.body
    ages = [q for q in body.quantities if is_age(q, passage.text)]
    if mention.event.deed != "_born" or mention.low is None or mention.high is None:
        return None
    if len(ages) != 1 or not _AGED_THEN.search(passage.text[: ages[0].start]):
        return None
    dated = [m for m in body.dates if m.role == "event" and m.clause == ages[0].clause]
    if len(dated) != 1 or dated[0].low is None or dated[0].high is None:
        return None
    then, age = dated[0], ages[0]
    if then.relation != "at" or name_missing(claim, passage) or not claim.body.names:
        return None
    low, high = dated[0].low - (age.value + 1) * YEAR, dated[0].high - age.value * YEAR
    if low < 1:
        return None
    years = f"{date.fromordinal(int(low) + 1).year} or {date.fromordinal(int(high)).year}"
    where = min(age.start, then.start), max(age.end, then.end)
    place = Stretch(*where, passage.text[slice(*where)])
    message = f"an age of {age.value:g} at {then.text} is a birth in {years}, "
    if mention.low <= high and low <= mention.high:
        outcome, told_as = Outcome.COMPATIBLE, "agrees with"
        stance = Stance.SUPPORTS if mention.grain == "year" else None
    elif mention.low > high + _ROOM or mention.high < low - _ROOM:
        outcome, stance, told_as = Outcome.DIFFERENT, Stance.REFUTES, "not"
    else:
        return None
    message += f"{told_as} {mention.text}"
    return make_finding("date", outcome, stance, 0.6 * about, message, ours=mention, theirs=place)
