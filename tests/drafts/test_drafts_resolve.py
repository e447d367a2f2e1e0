from __future__ import annotations

from datetime import date

import pytest

from factcheck.drafts.days import resolve_days
from factcheck.drafts.read import read_draft
from factcheck.drafts.records import SkipReason

DAY = date(2025, 11, 21)  # a Friday


def last(*sentences: str) -> str | None:
    """The claim that the last sentence gives, or None when it is not resolved."""
    draft = read_draft("a.md", " ".join(sentences))
    end = draft.sentences[-1]
    if end.reason is SkipReason.UNRESOLVED:
        return None
    assert end.claim_ids, end
    return draft.claims[-1].text


@pytest.mark.parametrize(
    ("before", "sentence", "resolved"),
    [
        ("Maria Kos is mayor of Lund.", "She won 312 votes.", "Maria Kos won 312 votes."),
        (
            "Maria Kos is mayor of Lund.",
            "Her party lost 3 seats.",
            "Maria Kos’s party lost 3 seats.",
        ),
        (
            "Maria Kos is mayor of Lund. Kos has two sons.",
            "In 2019 she won 312 votes.",
            "In 2019 Maria Kos won 312 votes.",
        ),
        (
            "The ministry confirmed that Norvik Steel, a large company, is for sale.",
            "The company lost 3 million euros.",
            "Norvik Steel lost 3 million euros.",
        ),
        (
            "Norvik Steel closed a plant.",
            "It cut 340 jobs.",
            "Norvik Steel cut 340 jobs.",
        ),
        (
            "The bridge in Lund opened in 1932.",
            "It carries 9,000 cars a day.",
            "The bridge in Lund carries 9,000 cars a day.",
        ),
        ("Norvik Steel closed a plant.", "But Ana Kos left in 2020.", "Ana Kos left in 2020."),
        ("Ana Kos left.", "Peter Holm said he had 3 sons.", "Peter Holm said he had 3 sons."),
        (
            "Nobody came.",
            "When he left Rome in 2019, Peter Holm wrote 3 letters.",
            "When he left Rome in 2019, Peter Holm wrote 3 letters.",
        ),
        ("Ana Kos left.", "It took Peter Holm 3 days.", "It took Peter Holm 3 days."),
    ],
)
def test_what_is_certain_is_put_in(before: str, sentence: str, resolved: str) -> None:
    assert last(before, sentence) == resolved


@pytest.mark.parametrize(
    ("before", "sentence"),
    [
        ("Maria Kos met Eva Lind.", "She won 312 votes."),
        ("Maria Kos met Jan Kos.", "He won 312 votes."),
        ("Maria Kos met the wife of the mayor.", "She won 312 votes."),
        ("A woman was arrested in Lund.", "She had stolen 40 bicycles."),
        ("Mr Peter Holm left Lund.", "She won 312 votes."),
        ("Volvo and Saab closed plants.", "It cut 340 jobs."),
        ("Norvik Steel sued Halden Motors.", "The company lost 3 million euros."),
        ("Nobody came.", "The company lost 3 million euros."),
        ("Nobody came.", "The minister said 300 beds were missing."),
        ("Ana Kos left Lund in 2019.", "They sold 3 houses."),
        ("Ana Kos left Lund in 2019.", "This led to 3 lawsuits."),
        ("Ana Kos left Lund in 2019.", "The two signed 3 contracts."),
        ("Ana Kos left Lund.", "The following year Peter Holm sold 3 houses."),
    ],
)
def test_what_could_mean_two_things_is_dropped(before: str, sentence: str) -> None:
    assert last(before, sentence) is None


def test_two_people_of_one_name_are_not_confused() -> None:
    text = "Maria Kos won. Jan Kos lost. Eva Lind left. Kos said “we are here to stay”."
    quote = next(claim for claim in read_draft("a.md", text).claims if claim.quote)
    assert quote.speaker == "Kos"


def test_titles_are_no_part_of_a_speakers_name() -> None:
    text = "“This is a brutal violation,” said Serbian President Ana Kos."
    assert read_draft("a.md", text).claims[0].speaker == "Ana Kos"


def test_a_short_name_becomes_the_full_one_of_the_speaker() -> None:
    text = "Maria Kos won.\n\n“We are here to stay,” Kos said. “Nobody can move us.”"
    quotes = [claim for claim in read_draft("a.md", text).claims if claim.quote]
    assert [(claim.quote, claim.speaker) for claim in quotes] == [
        ("We are here to stay", "Maria Kos"),
        ("Nobody can move us.", "Maria Kos"),
    ]


@pytest.mark.parametrize(
    ("sentence", "resolved"),
    [
        ("Sales fell last year.", "Sales fell in 2024."),
        ("Sales fell from last year.", "Sales fell from 2024."),
        ("Last month Kos left.", "In October 2025 Kos left."),
        ("Kos left yesterday.", "Kos left on 20 November 2025."),
        ("Kos said on Tuesday that it rained.", "Kos said on 18 November 2025 that it rained."),
        ("Kos said Tuesday that it rained.", "Kos said on 18 November 2025 that it rained."),
        ("Kos left two years ago.", "Kos left in 2023."),
        ("Last year's loss was 3 million.", "2024's loss was 3 million."),
        ("Kos has been away since Monday.", "Kos has been away since 17 November 2025."),
        ("Kos left on Tuesday 4 March 2025.", "Kos left on Tuesday 4 March 2025."),
        ("In the last year of the war Kos left.", "In the last year of the war Kos left."),
        ("Today the port has 3 cranes.", "Today the port has 3 cranes."),
    ],
)
def test_relative_dates_refer_to_the_day_of_the_draft(sentence: str, resolved: str) -> None:
    assert resolve_days(sentence, DAY) == (resolved, None)


@pytest.mark.parametrize(
    ("sentence", "resolved"),
    [
        ("Kos said on Tuesday that it rained.", "Kos said that it rained."),
        ("Kos left yesterday.", "Kos left."),
        ("On Monday morning, Kos left.", "Kos left."),
        ("Kos left on Tuesday 4 March 2025.", "Kos left on Tuesday 4 March 2025."),
        ("Black Friday's sales fell.", "Black Friday's sales fell."),
    ],
)
def test_without_a_date_the_day_of_an_event_is_left_out(sentence: str, resolved: str) -> None:
    assert resolve_days(sentence, None) == (resolved, None)


def test_without_a_date_a_period_makes_the_sentence_unusable() -> None:
    _, problem = resolve_days("Sales fell last year.", None)
    assert problem == "the draft has no date for “last year” (give one with --date)"


def test_the_date_given_wins_over_the_one_in_the_draft() -> None:
    text = "---\ndate: 2020-05-01\n---\nSales in Lund fell by 3 per cent last year.\n"
    assert read_draft("a.md", text).claims[0].text == "Sales in Lund fell by 3 per cent in 2019."
    given = read_draft("a.md", text, published=DAY).claims[0]
    assert given.text == "Sales in Lund fell by 3 per cent in 2024."
    assert given.said_on == DAY
