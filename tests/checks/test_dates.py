"""Dates in running text, and dates of one event in claim and passage."""

from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factcheck.checks import check_pair, read_claim, read_passage
from factcheck.checks.times.calendar_text import find_dates
from factcheck.dated import with_calendar_dates, with_years, years_are_of
from factcheck.records import Finding, Outcome, Stance

SAID_ON = date(2025, 10, 8)  # a Wednesday


def iso(text: str, anchor: date | None = None) -> list[tuple[str, str]]:
    return [
        (date.fromordinal(span.low).isoformat(), date.fromordinal(span.high).isoformat())
        for span in find_dates(text, anchor)
        if span.low is not None and span.high is not None
    ]


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("on 18 Feb 2008", "2008-02-18", "2008-02-18"),
        ("on 18th February, 2008", "2008-02-18", "2008-02-18"),
        ("on the 18th of February 2008", "2008-02-18", "2008-02-18"),
        ("on February 18, 2008", "2008-02-18", "2008-02-18"),
        ("on 2008-02-18", "2008-02-18", "2008-02-18"),
        ("on 18/02/2008", "2008-02-18", "2008-02-18"),
        ("in August 2024", "2024-08-01", "2024-08-31"),
        ("in 2008", "2008-01-01", "2008-12-31"),
        ("in the 1990s", "1990-01-01", "1999-12-31"),
        ("in the mid-1990s", "1993-01-01", "1996-12-31"),
        ("in the 20th century", "1900-01-01", "2000-12-31"),
        ("in the first quarter of 2020", "2020-01-01", "2020-03-31"),
        ("in Q3 2020", "2020-07-01", "2020-09-30"),
        ("in the second half of 2020", "2020-07-01", "2020-12-31"),
        ("from 24 March to 10 June 1999", "1999-03-24", "1999-06-10"),
        ("3-6 September 1975", "1975-09-03", "1975-09-06"),
        ("between 2001 and 2004", "2001-01-01", "2004-12-31"),
        ("the 2017–18 season", "2017-07-01", "2018-06-30"),
        ("in 874 AD", "0874-01-01", "0874-12-31"),
    ],
)
def test_dates_become_intervals_of_days(text: str, low: str, high: str) -> None:
    assert iso(f"It happened {text}, they say.") == [(low, high)]


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("yesterday", "2025-10-07", "2025-10-07"),
        ("last Friday", "2025-10-03", "2025-10-03"),
        ("on Wednesday", "2025-10-08", "2025-10-08"),
        ("last Wednesday", "2025-10-01", "2025-10-01"),
        ("next Monday", "2025-10-13", "2025-10-13"),
        ("last month", "2025-09-01", "2025-09-30"),
        ("last year", "2024-01-01", "2024-12-31"),
        ("three years ago", "2022-01-01", "2022-12-31"),
        ("ten days ago", "2025-09-28", "2025-09-28"),
        ("this week", "2025-10-06", "2025-10-12"),
        ("last week", "2025-09-29", "2025-10-05"),
        ("last weekend", "2025-10-04", "2025-10-05"),
        ("this weekend", "2025-10-11", "2025-10-12"),
        ("a week ago", "2025-09-28", "2025-10-04"),
        ("a fortnight ago", "2025-09-21", "2025-09-27"),
        ("eleven years ago", "2014-01-01", "2014-12-31"),
        ("two decades ago", "2004-01-01", "2006-12-31"),
        ("the day before yesterday", "2025-10-06", "2025-10-06"),
        ("the day after tomorrow", "2025-10-10", "2025-10-10"),
        ("this evening", "2025-10-08", "2025-10-08"),
    ],
)
def test_relative_dates_need_an_anchor(text: str, low: str, high: str) -> None:
    assert iso(f"It happened {text}.", SAID_ON) == [(low, high)]
    assert iso(f"It happened {text}.") == []


@pytest.mark.parametrize(
    ("text", "low"),
    [
        ("She will speak on Friday", "2025-10-10"),
        ("The vote is expected on Monday", "2025-10-13"),
        ("They plan to meet by Thursday", "2025-10-09"),
        ("She said on Friday that she will go", "2025-10-03"),
        ("The strike planned on Friday", "2025-10-10"),
        ("The fair opens on Saturday", "2025-10-11"),
        ("A plane came down on Friday", "2025-10-03"),
        ("Rents rose more than expected on Friday", "2025-10-03"),
        ("The match was called off due to fog on Friday", "2025-10-03"),
        ("The tram is due to return on Friday", "2025-10-10"),
        ("The plan to sell the mill was dropped on Friday", "2025-10-03"),
        ("It will end. It began on Friday", "2025-10-03"),
        ("Both agree. On Friday the Barton United fans will march", "2025-10-10"),
        ("On Friday the club said that it will move", "2025-10-03"),
        ("On Friday the club moved; it will move again", "2025-10-03"),
        ("The club, on Friday at odds with its fans, will move", "2025-10-03"),
    ],
)
def test_a_weekday_announced_lies_ahead(text: str, low: str) -> None:
    assert iso(f"{text}.", SAID_ON) == [(low, low)]


@pytest.mark.parametrize(
    ("text", "dated"),
    [
        ("Yesterday the trial opened.", "On 7 October 2025 the trial opened."),
        ("The court on Monday upheld it.", "The court on 6 October 2025 upheld it."),
        (
            "Out since Monday, back next Friday.",
            "Out since 6 October 2025, back on 10 October 2025.",
        ),
        ("Sales rose last month.", "Sales rose in September 2025."),
        ("Last year's vote was close.", "Last year's (2024) vote was close."),
        ("Yesterday’s race was short.", "Yesterday’s (7 October 2025) race was short."),
        ("He left three weeks ago.", "He left three weeks ago."),
        ("He left on 3 May 1999.", "He left on 3 May 1999."),
    ],
)
def test_relative_dates_are_written_as_dates_of_the_calendar(text: str, dated: str) -> None:
    assert with_calendar_dates(text, SAID_ON) == dated
    assert with_calendar_dates(text, None) == text


@pytest.mark.parametrize(
    ("text", "dated"),
    [
        ("The court ruled Monday that it may.", "The court ruled on 6 October 2025 that it may."),
        ("Voters will decide Friday.", "Voters will decide on 10 October 2025."),
        ("It meets every Monday.", None),
        ("It is open Monday to Friday.", None),
        ("Ash Wednesday came early.", None),
        ("He played for Sheffield Wednesday.", None),
        ("They shop on Black Friday.", None),
        ("She reads the Sunday Times.", None),
        ("It meets Monday evenings.", None),
        ("It was a Monday, as always.", None),
        ("Monday was dry.", None),
    ],
)
def test_a_weekday_without_on_is_a_day_where_it_can_be(text: str, dated: str | None) -> None:
    assert with_calendar_dates(text, SAID_ON) == (dated or text)


@pytest.mark.parametrize(
    ("text", "dated"),
    [
        ("It began on 3 September.", "It began on 3 September 2025."),
        ("It began on September 3 at noon.", "It began on September 3, 2025 at noon."),
        ("It began in October.", "It began in October 2025."),
        ("It will begin on 3 February.", "It will begin on 3 February 2026."),
        ("On 3 February it will begin.", "On 3 February 2026 it will begin."),
        ("It began on 3 November.", "It began on 3 November."),  # eleven months ago, or misread
        ("It began on 3 May 1999, as it may.", "It began on 3 May 1999, as it may."),
        ("In 1999 it began and on 3 June it ended.", "In 1999 it began and on 3 June it ended."),
        ("From 3 to 6 October it rained.", "From 3 to 6 October 2025 it rained."),
    ],
)
def test_a_date_without_year_gets_the_last_or_the_announced_one(text: str, dated: str) -> None:
    assert with_years(text, SAID_ON) == dated


_PIECES = st.sampled_from(
    "Yesterday on|On Monday|next Friday|last year's|ten years ago|will|in May|3 May|29 February|"
    "this month|until Sunday|the vote|.|,|in 1999|tomorrow|’s|May 31|999 years from now".split("|")
)


@given(st.lists(_PIECES, max_size=9).map(" ".join), st.dates())
def test_relative_dates_are_written_out_at_any_time(text: str, anchor: date) -> None:
    dated = with_calendar_dates(text, anchor)
    if 1 < anchor.year < 9999:
        assert not re.search(r"Monday(?! \d| May)", dated)
        assert "Yesterday on" not in dated


@given(
    st.lists(_PIECES, max_size=9).map(" ".join),
    st.dates(date(1600, 1, 1), date(2090, 12, 31)),
)
def test_a_year_is_added_once(text: str, anchor: date) -> None:
    # Whether a date is announced depends on words at some distance, so that a second round may date
    # what the first left alone; no date gets two years.
    dated = with_years(with_calendar_dates(text, anchor), anchor)
    assert re.search(r"\b\d{4},? \d{4}\b", with_years(dated, anchor)) is None


def test_after_another_year_was_named_dates_are_not_of_the_year_of_publication() -> None:
    assert years_are_of("No year stands here.", SAID_ON)
    assert years_are_of("In 1999 it began, and in 2025 it ended.", SAID_ON)
    assert not years_are_of("In 2025 he wrote of 1999.", SAID_ON)
    assert not years_are_of("No year stands here.", None)
    assert not years_are_of("No year stands here.", date(1, 1, 1))  # nobody's date of publication


@pytest.mark.parametrize(
    "text",
    [
        "over 2000 people",
        "resolution 1999",
        "2000 copies",
        "$1990",
        "1,990 men",
        "it may rain",
        "a Boeing 1900",
        "31 February 2008 metres",
        "the march of time",
    ],
)
def test_other_numbers_are_no_dates(text: str) -> None:
    assert [s for s in find_dates(text) if s.grain in ("day", "year")] in (
        [],
        [s for s in find_dates(text) if s.low is not None and "February" in text],
    )


def findings(claim: str, passage: str, **known: date) -> list[Finding]:
    reading = read_claim(claim, said_on=known.get("said_on"))
    against = read_passage(passage, published=known.get("published"))
    return [f for f in check_pair(reading, against) if f.check == "date"]


@pytest.mark.parametrize(
    ("claim", "passage"),
    [
        (
            "Turkey recognised Kosovo on 18 Feb 2008.",
            "Turkey recognised Kosovo on 18 February 2008.",
        ),
        (
            "Turkey recognised Kosovo in February 2008.",
            "Turkey recognised Kosovo on 18 February 2008.",
        ),
        ("Turkey recognised Kosovo in 2008.", "On 18 February 2008 Turkey recognised Kosovo."),
        ("The song was released after 13 May 2003.", "The song was released on May 14, 2003."),
        ("The film was released in the mid-1990s.", "The film was released in 1995."),
        (
            "Richard Harris was born in the 20th century.",
            "Richard Harris (1 October 1930 – 25 October 2002) was an Irish actor.",
        ),
        ("The war ended by July 1999.", "The war ended on 10 June 1999."),
    ],
)
def test_dates_that_agree_support(claim: str, passage: str) -> None:
    (found,) = findings(claim, passage)
    assert found.outcome in (Outcome.EQUAL, Outcome.COMPATIBLE)
    assert found.stance is Stance.SUPPORTS


@pytest.mark.parametrize(
    ("claim", "passage"),
    [
        (
            "Turkey recognised Kosovo on 20 February 2008.",
            "Turkey recognised Kosovo on 18 February 2008.",
        ),
        ("Turkey recognised Kosovo in 2010.", "Turkey recognised Kosovo on 18 February 2008."),
        ("The song was released after 15 May 2003.", "The song was released on May 14, 2003."),
        (
            "Arthur Kain died in 1788.",
            "Arthur Kain (22 February 1788 – 21 September 1860) was a German philosopher.",
        ),
        (
            "Hilary Crane was born in 1980.",
            "Hilary Crane (born July 30, 1974) is an American actress.",
        ),
        ("The pool opened on 3 May.", "The pool opened on 7 May."),
    ],
)
def test_another_date_of_the_same_event_refutes(claim: str, passage: str) -> None:
    (found,) = findings(claim, passage)
    assert (found.outcome, found.stance) == (Outcome.DIFFERENT, Stance.REFUTES)
    assert found.strength >= 0.5


@pytest.mark.parametrize(
    ("claim", "passage"),
    [
        ("Turkey recognised Kosovo in 2010.", "Kosovo declared independence on 17 February 2008."),
        ("The 2017 final was won by Ajax.", "Ajax played in the 2015 final."),
        ("The pool opened in 2010.", "As of 2015 the pool has 40 members."),
        ("The pool opened in 2010.", "The pool was planned in 2005 and closed in 2019."),
        ("Borders close on 16 March.", "Borders are closed until 30 April 2020."),
        ("The deal was announced after 2017.", "The deal was announced on 30 March."),
    ],
)
def test_dates_of_other_events_give_no_difference(claim: str, passage: str) -> None:
    assert Outcome.DIFFERENT not in [f.outcome for f in findings(claim, passage)]


def test_a_relative_date_is_read_against_the_day_of_publication() -> None:
    claim, passage = "The mayor resigned on 3 October 2025.", "The mayor resigned last Friday."
    (same,) = findings(claim, passage, published=SAID_ON)
    (other,) = findings(claim, passage, published=date(2025, 11, 12))
    assert (same.outcome, other.outcome) == (Outcome.EQUAL, Outcome.DIFFERENT)


def test_a_coarser_date_in_the_passage_does_not_prove_the_day() -> None:
    (found,) = findings("Banks moved in July 1959.", "Banks moved in the summer of 1959.")
    assert (found.outcome, found.stance) == (Outcome.COMPATIBLE, None)


def test_day_and_month_may_be_swapped_in_numeric_dates() -> None:
    (found,) = findings("The pool opened on 4 March 2008.", "The pool opened on 03/04/2008.")
    assert found.outcome is Outcome.COMPATIBLE


def test_a_later_offset_keeps_the_rule_from_firing() -> None:
    passage = "On 13 April the islands reached ten cases; three days earlier the city reached 90."
    assert findings("On 10 April the city reached 90 cases.", passage) == []


def test_a_state_is_not_the_deed_of_the_same_word() -> None:
    assert (
        findings("The library opened in 1931.", "The library was open for 90 days in 2023.") == []
    )
    (found,) = findings("The library opened in 1931.", "The library opened in 1934.")
    assert found.outcome is Outcome.DIFFERENT
