"""Numbers, bounds, units and dates written in all forms by a grammar that knows the truth."""

from __future__ import annotations

import math
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from factcheck.checks import check_pair, read_claim, read_passage
from factcheck.checks.reading import read_text
from factcheck.records import Outcome

_ONES = """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen
fifteen sixteen seventeen eighteen nineteen""".split()
_TENS = "zero ten twenty thirty forty fifty sixty seventy eighty ninety".split()


def in_words(number: int) -> str:
    """British number words below one million."""
    if number < 20:
        return _ONES[number]
    if number < 100:
        tens, ones = divmod(number, 10)
        return _TENS[tens] + (f"-{_ONES[ones]}" if ones else "")
    if number < 1000:
        hundreds, rest = divmod(number, 100)
        return f"{_ONES[hundreds]} hundred" + (f" and {in_words(rest)}" if rest else "")
    thousands, rest = divmod(number, 1000)
    joiner = " and " if 0 < rest < 100 else " "
    return f"{in_words(thousands)} thousand" + (f"{joiner}{in_words(rest)}" if rest else "")


def forms(number: int) -> list[str]:
    """Ways to write a whole number of at least two."""
    written = [f"{number:,}", in_words(number), f"{number:,}".replace(",", "\u00a0")]
    if not 1000 <= number <= 2100:
        written.append(str(number))  # four plain digits may be a year
    if number % 1000 == 0:
        written.append(f"{number // 1000} thousand")
    return written


_NUMBERS = st.integers(2, 999_999)


@settings(max_examples=200, deadline=None)
@given(number=_NUMBERS, data=st.data())
def test_every_form_of_a_number_is_read_as_that_number(number: int, data: st.DataObject) -> None:
    surface = data.draw(st.sampled_from(forms(number)))
    (found,) = read_text(f"The army sent {surface} soldiers.").quantities
    assert (found.kind, found.value, found.noun) == ("count", number, "_soldier")


@settings(max_examples=100, deadline=None)
@given(number=_NUMBERS, data=st.data())
def test_two_forms_of_one_number_are_equal(number: int, data: st.DataObject) -> None:
    one, two = (data.draw(st.sampled_from(forms(number))) for _ in range(2))
    found = check_pair(
        read_claim(f"The army sent {one} soldiers."),
        read_passage(f"The army sent {two} soldiers."),
    )
    assert [f.outcome for f in found if f.check == "quantity"] == [Outcome.EQUAL]


@settings(max_examples=150, deadline=None)
@given(
    ours=_NUMBERS,
    theirs=_NUMBERS,
    data=st.data(),
    bound=st.sampled_from(["more than", "over", "at least", "fewer than", "no more than"]),
)
def test_bounds_are_decided_as_arithmetic_says(
    ours: int, theirs: int, data: st.DataObject, bound: str
) -> None:
    holds = {
        "more than": theirs > ours,
        "over": theirs > ours,
        "at least": theirs >= ours,
        "fewer than": theirs < ours,
        "no more than": theirs <= ours,
    }[bound]
    claim = f"The army sent {bound} {data.draw(st.sampled_from(forms(ours)))} soldiers."
    passage = f"The army sent {data.draw(st.sampled_from(forms(theirs)))} soldiers."
    (found,) = [
        f for f in check_pair(read_claim(claim), read_passage(passage)) if f.check == "quantity"
    ]
    # Close to the bound the rounding of round numbers may blur the answer.
    if abs(ours - theirs) > 0.06 * max(ours, theirs):
        assert (found.outcome is not Outcome.DIFFERENT) == holds


_LENGTHS = {"metres": 1.0, "km": 1000.0, "miles": 1609.344, "feet": 0.3048, "centimetres": 0.01}


@settings(max_examples=100, deadline=None)
@given(
    number=st.integers(2, 900),
    unit=st.sampled_from(sorted(_LENGTHS)),
    other=st.sampled_from(sorted(_LENGTHS)),
)
def test_a_converted_length_agrees_and_a_doubled_one_differs(
    number: int, unit: str, other: str
) -> None:
    metres = number * _LENGTHS[unit]
    converted = f"{metres / _LENGTHS[other]:.3f}"
    if float(converted) < 0.01:
        return
    claim = read_claim(f"The tunnel is {number} {unit} long.")
    agree = check_pair(claim, read_passage(f"The tunnel is {converted} {other} long."))
    assert next(f.outcome for f in agree if f.check == "quantity") is not Outcome.DIFFERENT
    double = f"{2 * metres / _LENGTHS[other]:.3f}"
    differ = check_pair(claim, read_passage(f"The tunnel is {double} {other} long."))
    assert [f.outcome for f in differ if f.check == "quantity"] == [Outcome.DIFFERENT]


_MONTHS = """January February March April May June July August September October November
December""".split()


def date_forms(day: date) -> list[str]:
    """Ways to write a day."""
    month = _MONTHS[day.month - 1]
    ending = (
        "th" if 4 <= day.day % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(day.day % 10, "th")
    )
    return [
        f"{day.day} {month} {day.year}",
        f"{month} {day.day}, {day.year}",
        f"{day.day}{ending} {month} {day.year}",
        f"the {day.day}{ending} of {month} {day.year}",
        f"{day.day} {month[:3]} {day.year}",
        day.isoformat(),
    ]


_DAYS = st.dates(date(1200, 1, 1), date(2090, 12, 31))


@settings(max_examples=150, deadline=None)
@given(day=_DAYS, data=st.data())
def test_every_form_of_a_day_is_read_as_that_day(day: date, data: st.DataObject) -> None:
    surface = data.draw(st.sampled_from(date_forms(day)))
    (found,) = read_text(f"The pool opened on {surface}.").dates
    assert (found.low, found.high, found.grain) == (day.toordinal(), day.toordinal(), "day")
    assert found.verb == read_text("The pool opened on 3 May 2001.").dates[0].verb


@settings(max_examples=150, deadline=None)
@given(
    day=_DAYS,
    shift=st.integers(-400, 400),
    data=st.data(),
    relation=st.sampled_from(["on", "before", "after", "by"]),
)
def test_before_after_and_on_are_decided_by_the_calendar(
    day: date, shift: int, data: st.DataObject, relation: str
) -> None:
    happened = day + timedelta(days=shift)
    holds = {"on": shift == 0, "before": shift < 0, "after": shift > 0, "by": shift <= 0}[relation]
    claim = f"The pool opened {relation} {data.draw(st.sampled_from(date_forms(day)))}."
    passage = f"The pool opened on {data.draw(st.sampled_from(date_forms(happened)))}."
    (found,) = [
        f for f in check_pair(read_claim(claim), read_passage(passage)) if f.check == "date"
    ]
    assert (found.outcome is not Outcome.DIFFERENT) == holds


@settings(max_examples=60, deadline=None)
@given(percent=st.integers(1, 99), style=st.sampled_from(["%", " per cent", " percent"]))
def test_percentages_are_shares(percent: int, style: str) -> None:
    (found,) = read_text(f"The share was {percent}{style} in May.").quantities
    assert found.kind == "share"
    assert math.isclose(found.value, percent / 100)
