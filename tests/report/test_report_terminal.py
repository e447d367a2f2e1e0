from __future__ import annotations

import dataclasses
import re

import pytest

from factcheck.report.registry import render

_COLOUR = re.compile(r"\x1b\[[0-9;]*m")


@pytest.mark.parametrize("verbosity", ["quiet", "normal", "verbose"])
def test_terminal_report_is_the_golden_file(verbosity, report, matches_golden) -> None:
    matches_golden(render(report, "terminal", verbosity=verbosity), f"terminal-{verbosity}.txt")


def test_coloured_report_is_the_golden_file(report, matches_golden) -> None:
    text = render(report, "terminal", colour=True, width=60, verbosity="verbose")
    matches_golden(text, "terminal-colour.txt")


@pytest.mark.parametrize("variable", ["NO_COLOR", "FORCE_COLOR", "COLUMNS", "TERM"])
def test_environment_does_not_change_the_report(variable, report, monkeypatch) -> None:
    before = render(report, "terminal"), render(report, "terminal", colour=True)
    monkeypatch.setenv(variable, "41")
    assert (render(report, "terminal"), render(report, "terminal", colour=True)) == before


def test_colour_adds_only_colour_codes_of_its_own(report) -> None:
    coloured = render(report, "terminal", colour=True)
    assert "\x1b[" in coloured
    assert "\x1b" not in _COLOUR.sub("", coloured)
    assert "owned\x07" not in coloured


@pytest.mark.parametrize("width", [40, 60, 88, 200])
def test_no_line_is_wider_than_asked(width, report) -> None:
    for line in render(report, "terminal", width=width).splitlines():
        assert len(line) <= width


def test_absurd_width_is_raised_to_a_readable_one(report) -> None:
    assert render(report, "terminal", width=0) == render(report, "terminal", width=40)


def test_decisive_words_are_bold_when_there_is_colour(report) -> None:
    assert "\x1b[1;31m41.6 million crowns\x1b[0m" in render(
        report, "terminal", colour=True, width=120
    )


def test_markup_in_a_claim_is_shown_not_obeyed(report) -> None:
    assert "The ferry [bold red]runs[/] on Mondays" in render(report, "terminal", colour=False)


def test_quiet_report_shows_only_claims_that_need_attention(report) -> None:
    text = render(report, "terminal", verbosity="quiet")
    heads = re.findall(r"^\[[A-Z ]+\] (\S+)", text, re.MULTILINE)
    assert heads == ["cost", "quote-3", "broken"]
    assert "12 claims: 3 supported, 5 contested, 3 unsupported, 1 not checked" in text


def test_highlights_outside_the_passage_do_not_lose_it(report) -> None:
    verdict = report.verdicts[0]
    item = dataclasses.replace(verdict.evidence[0], highlights=((-3, 4), (5, 900), (8, 8)))
    changed = dataclasses.replace(
        report, verdicts=(dataclasses.replace(verdict, evidence=(item,)),)
    )
    assert "Work stopped for eleven weeks in winter." in render(changed, "terminal")


def test_empty_run_says_that_it_judged_nothing(empty) -> None:
    assert render(empty, "terminal") == (
        "0 claims: 0 supported, 0 contested, 0 unsupported\n"
        "Judged against 0 sources of 0 origins, 0 passages\n"
        "Gate passed\n"
    )
