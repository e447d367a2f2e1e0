"""The page of `factcheck eval --html`: its figures, its safety, and its look in a real browser."""

from __future__ import annotations

import base64
import hashlib
import re
import shutil
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from factcheck.metrics import ORDER, Prediction, curves, summarise
from factcheck.report.evaluation import (
    BOTTOM,
    HEIGHT,
    LEFT,
    RIGHT,
    TOP,
    WIDTH,
    matrix,
    reliability_plot,
    render_evaluation,
    risk_plot,
)

S, C, U = ORDER
HOSTILE = "<script>alert(1)</script>\u202e.jsonl"


def evaluation(count: int = 60, **more: Any) -> dict[str, Any]:
    """A result as `evaluate_pairs` returns it, of made-up answers."""
    rows = []
    for n in range(count):
        sure = 0.4 + (n * 37 % 60) / 100
        truth = ORDER[n % 3]
        answer = truth if n % 7 else ORDER[(n + 1) % 3]
        shares = [(1 - sure) / 2] * 3
        shares[ORDER.index(answer)] = sure
        rows.append(Prediction(truth, answer, (shares[0], shares[1], shares[2])))
    return {
        "task": "pairs",
        **summarise(rows),
        **curves(rows),
        "seconds": 1.5,
        "per_second": 40.0,
        "models": [{"role": "verifier", "name": "tiny", "sha256": "ab" * 32}],
        "claim_only": {"accuracy": 0.35, "macro_f1": 0.2, "false_supported_rate": 0.01},
        **more,
    }


def test_the_page_shows_the_figures_of_the_result() -> None:
    result = evaluation()
    text = re.sub(r"<[^>]+>", " ", render_evaluation(result, data="rows.jsonl"))
    for name in ("accuracy", "false_supported_rate", "macro_f1", "ece", "brier"):
        assert f"{result[name]:.3f}" in text, name
    assert "0.350" in text and "0.010" in text  # the claim alone
    assert f"{result['majority_accuracy']:.3f}" in text
    assert "abababababababab" in text
    for point in result["risk_coverage"]:
        assert f"{point['coverage']:.3f}" in text and f"{point['risk']:.3f}" in text


def test_optional_parts_are_left_out_or_shown() -> None:
    bare = {k: v for k, v in evaluation().items() if k != "claim_only"}
    page = render_evaluation(bare, data="rows.jsonl")
    assert "the claim alone" not in page and "Was the evidence found?" not in page
    recall = {"recall@1": 0.5, "recall@10": 0.75, "n": 8}
    more = evaluation(task="claims", retrieval=recall, note="scored on the classes")
    page = render_evaluation(more, data="rows.jsonl")
    assert "recall@10" in page and "0.750" in page and "scored on the classes: supported" in page


def test_an_empty_or_perfect_evaluation_has_a_page() -> None:
    render_evaluation(evaluation(0), data="rows.jsonl")
    sure = [Prediction(S, S, (1.0, 0.0, 0.0))]
    perfect = {**evaluation(), **summarise(sure), **curves(sure)}
    assert "100.0 %" in render_evaluation(perfect, data="rows.jsonl")


def test_the_name_of_a_file_is_escaped_and_cleaned() -> None:
    page = render_evaluation(evaluation(), data=HOSTILE)
    assert "<script" not in page
    assert "&lt;script&gt;alert(1)" in page
    assert "\u202e" not in page


def test_the_policy_allows_the_style_sheet_and_nothing_else() -> None:
    page = render_evaluation(evaluation(), data="rows.jsonl")
    style = page.split("<style>")[1].split("</style>")[0]
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = page.split('http-equiv="Content-Security-Policy" content="')[1].split('"')[0]
    assert "default-src &#39;none&#39;" in policy
    assert f"style-src &#39;sha256-{digest}&#39;" in policy
    assert not re.search(r'\sstyle="|\son\w+="|https?://', page)


def test_every_plot_has_a_title_a_description_and_its_numbers_in_a_table() -> None:
    result = evaluation()
    page = render_evaluation(result, data="rows.jsonl")
    plots = re.findall(r"<svg.*?</svg>", page, re.DOTALL)
    assert len(plots) == 2
    for plot, rows in zip(plots, (result["reliability"], result["risk_coverage"]), strict=True):
        root = ElementTree.fromstring(plot)
        names = {child.tag: child.attrib["id"] for child in root if child.tag in ("title", "desc")}
        assert root.attrib["aria-labelledby"] == f"{names['title']} {names['desc']}"
        assert len(root.findall("circle")) == len(rows)
        bars = [int(text.text or 0) for text in root.findall("text") if (text.text or "").isdigit()]
        if plot is plots[0]:
            assert bars == [row["n"] for row in rows]
    tables = re.findall(r"<table.*?</table>", page, re.DOTALL)
    assert [table.count("<tr>") - 1 for table in tables[-2:]] == [
        len(result["reliability"]),
        len(result["risk_coverage"]),
    ]


def test_points_stand_where_their_numbers_say() -> None:
    low, high = reliability_plot(
        [{"confidence": 0.0, "accuracy": 0.0, "n": 1}, {"confidence": 1.0, "accuracy": 1.0, "n": 9}]
    ).points
    assert (low.x, low.y) == (LEFT, HEIGHT - BOTTOM)
    assert (high.x, high.y) == (WIDTH - RIGHT, TOP)
    plot = risk_plot([{"coverage": 1.0, "risk": 0.24, "confidence": 0.3}])
    assert plot.ticks_y[-1] == (TOP, "0.30")
    assert plot.points[0].y == pytest.approx(HEIGHT - BOTTOM - 0.8 * (HEIGHT - TOP - BOTTOM))
    assert risk_plot([]).path == ""


def test_the_matrix_gives_shares_of_each_truth() -> None:
    (row,) = matrix({"supported": {"supported": 3, "contested": 1, "unsupported": 0}})
    assert row == (
        "supported",
        [("supported", 3, 0.75, 4), ("contested", 1, 0.25, 1), ("unsupported", 0, 0.0, 0)],
    )
    assert matrix({"contested": {"supported": 0}}) == [("contested", [("supported", 0, 0.0, 0)])]


# --- in a browser -----------------------------------------------------------------------------

CHROMIUM = next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
)
_FLAGS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    if CHROMIUM is None:
        pytest.skip("no Chromium on this machine")
    with sync_api.sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=_FLAGS)
        yield started
        started.close()


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("evaluation") / "evaluation.html"
    path.write_text(render_evaluation(evaluation(), data=HOSTILE), encoding="utf-8")
    return path


def opened(browser: Any, file: Path, **context: Any) -> Any:
    page = browser.new_context(**context).new_page()
    page.problems = []
    page.on("pageerror", lambda error: page.problems.append(str(error)))
    page.on("console", lambda message: page.problems.append(message.text))
    page.on(
        "request",
        lambda asked: (
            None if asked.url.startswith(("file:", "data:")) else page.problems.append(asked.url)
        ),
    )
    page.goto(file.as_uri())
    return page


@pytest.mark.parametrize("width", [360, 1200])
def test_the_page_fits_asks_for_nothing_and_runs_nothing(
    width: int, browser: Any, file: Path
) -> None:
    page = opened(browser, file, viewport={"width": width, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") == width
    assert page.evaluate("document.scripts.length") == 0
    for plot in page.query_selector_all(".plot svg"):
        assert plot.bounding_box()["height"] > 200
    # Light on dark and dark on light: the style sheet was let through.
    assert page.evaluate("getComputedStyle(document.querySelector('.curve')).fill") == "none"
    assert page.problems == []
    page.context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_fault_on_the_evaluation(scheme: str, browser: Any, file: Path) -> None:
    axe_module = pytest.importorskip(
        "axe_playwright_python.sync_playwright", reason="axe-playwright-python is not installed"
    )
    page = opened(browser, file, color_scheme=scheme, bypass_csp=True)
    results = axe_module.Axe().run(page)
    assert [
        (fault["id"], fault["nodes"][0]["html"]) for fault in results.response["violations"]
    ] == []
    page.context.close()


def test_both_colour_schemes_differ_and_print_is_black_on_white(browser: Any, file: Path) -> None:
    colours = {}
    for name, context in {
        "light": {"color_scheme": "light"},
        "dark": {"color_scheme": "dark"},
    }.items():
        page = opened(browser, file, **context)
        colours[name] = page.evaluate("getComputedStyle(document.body).backgroundColor")
        if name == "light":
            page.emulate_media(media="print")
            colours["print"] = page.evaluate("getComputedStyle(document.body).backgroundColor")
        page.context.close()
    assert len(set(colours.values())) == 3
    assert colours["print"] == "rgb(255, 255, 255)"
