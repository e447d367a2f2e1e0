"""The page in a real browser: Chromium, driven through Playwright."""

from __future__ import annotations

import dataclasses
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from factcheck.records import Report
from factcheck.report.registry import render

sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")

CHROMIUM = next(
    (
        path
        for name in ("chromium", "chromium-browser", "google-chrome")
        if (path := shutil.which(name))
    ),
    None,
)
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine")

_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with sync_api.sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=_FLAGS)
        yield started
        started.close()


@pytest.fixture(scope="module")
def file(tmp_path_factory, report) -> Path:
    path = tmp_path_factory.mktemp("page") / "report.html"
    path.write_text(render(report, "html"), encoding="utf-8")
    return path


@pytest.fixture
def page(browser, file) -> Iterator[Any]:
    opened = open_page(browser, file)
    yield opened
    assert opened.problems == []
    opened.context.close()


def open_page(browser: Any, file: Path, **context: Any) -> Any:
    """A page that collects requests, script errors and complaints of the security policy."""
    opened = browser.new_context(**context).new_page()
    opened.problems = []
    opened.on("pageerror", lambda error: opened.problems.append(str(error)))
    opened.on("console", lambda message: opened.problems.append(message.text))
    opened.on(
        "request",
        lambda request: (
            None
            if request.url.startswith(("file:", "data:"))
            else opened.problems.append(request.url)
        ),
    )
    opened.goto(file.as_uri())
    return opened


def shows(page: Any, words: str) -> None:
    """Wait until the page says how many claims it shows."""
    sync_api.expect(page.locator("#shown")).to_have_text(words)


def visible(page: Any) -> list[str]:
    return page.eval_on_selector_all(
        "article.claim:not([hidden]) .id a", "links => links.map(link => link.textContent)"
    )


def test_hostile_source_text_runs_nothing(page) -> None:
    page.wait_for_timeout(50)
    assert page.title() == "Fact-check report"
    assert page.evaluate("document.scripts.length") == 1
    assert page.evaluate("document.images.length") == 0


def test_page_asks_for_nothing_and_reports_no_error(page) -> None:
    assert page.problems == []


def test_label_button_shows_only_claims_with_that_label(page) -> None:
    page.click("button[data-filter=unsupported]")
    assert visible(page) == ["lighthouse", "ferry", "quote-6"]
    assert page.inner_text("#shown") == "3 of 12 claims shown"
    assert page.get_attribute("button[data-filter=unsupported]", "aria-pressed") == "true"
    assert page.get_attribute("button[data-filter=all]", "aria-pressed") == "false"
    page.click("button[data-filter=attention]")
    assert visible(page) == ["cost", "quote-3", "broken"]
    page.click("button[data-filter=all]")
    assert len(visible(page)) == 12


def test_search_finds_words_of_claims_and_sources_without_accents_or_case(page) -> None:
    page.fill("#search", "lighthouse breakwater")
    shows(page, "0 of 12 claims shown")
    assert page.is_visible("#none")
    page.fill("#search", "MAYOR'S coast wire")
    shows(page, "1 of 12 claims shown")
    assert visible(page) == ["cost"]
    page.fill("#search", "ILSÉ várga")
    shows(page, "8 of 12 claims shown")


def test_search_and_filter_work_together(page) -> None:
    page.click("button[data-filter=contested]")
    page.fill("#search", "breakwater")
    shows(page, "5 of 12 claims shown")
    page.fill("#search", "breakwater opening")
    shows(page, "2 of 12 claims shown")
    assert visible(page) == ["cost", "opening"]


def test_keyboard_moves_filters_searches_and_opens(page) -> None:
    focused = "document.activeElement.id"
    page.keyboard.press("j")
    assert page.evaluate(focused) == "claim-1"
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("k")
    assert page.evaluate(focused) == "claim-2"
    page.keyboard.press("o")
    assert page.eval_on_selector("#claim-2", "c => c.querySelectorAll('details[open]').length") >= 4
    page.keyboard.press("3")
    assert visible(page) == ["lighthouse", "ferry", "quote-6"]
    page.keyboard.press("j")
    assert page.evaluate(focused) == "claim-4"
    page.keyboard.press("0")
    assert len(visible(page)) == 12
    page.keyboard.press("/")
    page.keyboard.type("j1k")
    assert page.input_value("#search") == "j1k"
    page.keyboard.press("Escape")
    assert page.input_value("#search") == ""
    page.keyboard.press("1")
    shows(page, "3 of 12 claims shown")
    assert visible(page) == ["winter", "quote-1", "quote-2"]


def test_both_sides_stand_beside_each_other_at_a_desk_and_below_on_a_phone(browser, file) -> None:
    def boxes(width: int) -> tuple[dict[str, float], dict[str, float], int]:
        page = open_page(browser, file, viewport={"width": width, "height": 800})
        found = [
            page.locator(f"#claim-2 .side.{side}").bounding_box() for side in ("for", "against")
        ]
        scroll = page.evaluate("document.documentElement.scrollWidth")
        page.context.close()
        return found[0], found[1], scroll

    left, right, scroll = boxes(1200)
    assert left["y"] == right["y"]
    assert left["x"] + left["width"] <= right["x"]
    assert scroll == 1200
    above, below, scroll = boxes(360)
    assert above["y"] + above["height"] <= below["y"]
    assert scroll == 360


def test_printing_opens_every_detail_and_closes_it_afterwards(page) -> None:
    closed = "document.querySelectorAll('details:not([open])').length"
    before = page.evaluate(closed)
    assert before > 0
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.evaluate(closed) == 0
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.evaluate(closed) == before


def test_page_without_scripts_shows_every_claim(browser, file) -> None:
    page = open_page(browser, file, java_script_enabled=False)
    assert page.locator("article.claim").count() == 12
    assert not page.is_visible("#tools")
    page.context.close()


@pytest.mark.parametrize(("scheme", "width"), [("light", 390), ("dark", 1200)])
def test_axe_finds_no_accessibility_fault(scheme, width, browser, file) -> None:
    axe_module = pytest.importorskip(
        "axe_playwright_python.sync_playwright", reason="axe-playwright-python is not installed"
    )
    page = open_page(
        browser,
        file,
        color_scheme=scheme,
        viewport={"width": width, "height": 900},
        bypass_csp=True,
    )
    page.evaluate("for (const part of document.querySelectorAll('details')) part.open = true")
    # Off-screen claims are not laid out, and axe would skip them.
    page.add_style_tag(content=".claim { content-visibility: visible !important }")
    results = axe_module.Axe().run(page)
    assert [
        (fault["id"], fault["nodes"][0]["html"]) for fault in results.response["violations"]
    ] == []
    page.context.close()


def many(report: Report, count: int) -> Report:
    """The sample's claims over and over, each with an id of its own."""
    verdicts = tuple(
        dataclasses.replace(verdict, claim=dataclasses.replace(verdict.claim, id=f"n{number}"))
        for number in range(count)
        for verdict in [report.verdicts[number % len(report.verdicts)]]
    )
    return dataclasses.replace(report, verdicts=verdicts)


@pytest.mark.slow
def test_two_thousand_claims_can_be_filtered_and_searched(browser, report, tmp_path) -> None:
    file = tmp_path / "many.html"
    file.write_text(render(many(report, 2000), "html"), encoding="utf-8")
    page = open_page(browser, file)
    assert page.locator("article.claim").count() == 2000
    page.keyboard.press("2")
    assert page.inner_text("#shown") == "833 of 2,000 claims shown"
    page.keyboard.press("0")
    page.fill("#search", "coast wire")
    shows(page, "167 of 2,000 claims shown")
    assert page.problems == []
    page.context.close()
