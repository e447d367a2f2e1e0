"""An evaluation as one self-contained page: figures, confusion, reliability, risk and coverage.

The page needs no script and no network; every plot stands beside a table with the same numbers.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Any

import jinja2
from markupsafe import Markup

from factcheck import __version__
from factcheck.metrics import wilson_interval
from factcheck.records import Label
from factcheck.report.plain import clean_text

# The plots are drawn in these units and scaled by the browser; the margins hold the axis labels.
WIDTH, HEIGHT = 640, 440
LEFT, RIGHT, TOP, BOTTOM = 64, 16, 16, 56
# Height of the strip with the number of answers under the reliability diagram.
STRIP = 84
_SHADES = 6
_TASKS = {
    "pairs": "each claim beside the evidence that was given with it",
    "claims": "the whole pipeline: evidence looked for in the source base, read and weighed",
}


@dataclass(frozen=True, slots=True)
class Point:
    """One place of a plot in the units of the drawing, with what the table says of it."""

    x: float
    y: float
    values: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Plot:
    """A curve with its axes.

    Args:
        points: in order of x.
        ticks_x, ticks_y: position and text.
        bars: left edge, width and top edge of a bar, and the count on it; in the strip.
    """

    points: tuple[Point, ...]
    ticks_x: tuple[tuple[float, str], ...]
    ticks_y: tuple[tuple[float, str], ...]
    bars: tuple[tuple[float, float, float, int], ...] = ()

    @property
    def path(self) -> str:
        """The line through the points, as SVG wants it."""
        return " ".join(f"{point.x:g},{point.y:g}" for point in self.points)


def render_evaluation(result: Mapping[str, Any], *, data: str) -> str:
    """The page of one evaluation.

    Args:
        result: what `factcheck.evaluate.evaluate_pairs` or `evaluate_claims` returns.
        data: the labelled file, as the user named it.

    Returns:
        HTML whose content security policy allows its one style sheet and nothing else.
    """
    style = _asset("page.css") + _asset("evaluation.css")
    text = (
        _environment()
        .get_template("evaluation.html.j2")
        .render(
            result=result,
            data=data,
            task=_TASKS[result["task"]],
            style=Markup(style),
            policy=_policy(style),
            version=__version__,
            intervals=intervals(result),
            matrix=matrix(result["confusion"]),
            reliability=reliability_plot(result["reliability"]),
            risk=risk_plot(result["risk_coverage"]),
            frame={
                "left": LEFT,
                "right": WIDTH - RIGHT,
                "top": TOP,
                "bottom": HEIGHT - BOTTOM,
                "width": WIDTH,
                "height": HEIGHT,
                "strip": STRIP,
            },
        )
    )
    return text.rstrip("\n") + "\n"


def intervals(result: Mapping[str, Any]) -> dict[str, tuple[float, float]]:
    """95 per cent intervals of accuracy and of the false-supported rate."""
    confusion = result["confusion"]
    total = result["n"]
    others = sum(
        sum(answers.values())
        for truth, answers in confusion.items()
        if truth != Label.SUPPORTED.value
    )
    return {
        "accuracy": wilson_interval(result["accuracy"] * total, total),
        "false_supported_rate": wilson_interval(result["false_supported_rate"] * others, others),
    }


def matrix(
    confusion: Mapping[str, Mapping[str, int]],
) -> list[tuple[str, list[tuple[str, int, float, int]]]]:
    """Rows of the confusion matrix.

    Returns:
        Truth, then for each answer its name, count, share of the row and shade, 0 to 5.
    """
    rows = []
    for truth, answers in confusion.items():
        total = sum(answers.values())
        cells = []
        for answer, count in answers.items():
            share = count / total if total else 0.0
            cells.append((answer, count, share, min(_SHADES - 1, int(share * _SHADES))))
        rows.append((truth, cells))
    return rows


def reliability_plot(bins: Sequence[Mapping[str, float]]) -> Plot:
    """Accuracy over confidence with the number of answers of each bin in a strip below."""
    most = max((place["n"] for place in bins), default=1)
    width = (WIDTH - LEFT - RIGHT) / 15
    bars = []
    for place in bins:
        left = LEFT + min(14, int(place["confidence"] * 15)) * width
        height = (STRIP - 24) * place["n"] / most
        bars.append((round(left + 2, 2), round(width - 4, 2), round(height, 2), int(place["n"])))
    return Plot(
        points=tuple(
            Point(_across(place["confidence"]), _up(place["accuracy"], 1.0), place)
            for place in bins
        ),
        ticks_x=_ticks_across(),
        ticks_y=tuple((_up(k / 5, 1.0), f"{k / 5:.1f}") for k in range(6)),
        bars=tuple(bars),
    )


def risk_plot(points: Sequence[Mapping[str, float]]) -> Plot:
    """Share of wrong answers over the share of answers given."""
    highest = max((point["risk"] for point in points), default=0.0)
    # The next tenth above, so that a low risk does not become a flat line at the bottom.
    top = min(1.0, max(0.1, -(-highest // 0.1) * 0.1))
    return Plot(
        points=tuple(
            Point(_across(point["coverage"]), _up(point["risk"], top), point) for point in points
        ),
        ticks_x=_ticks_across(),
        ticks_y=tuple((_up(top * k / 5, top), f"{top * k / 5:.2f}") for k in range(6)),
    )


def _ticks_across() -> tuple[tuple[float, str], ...]:
    return tuple((_across(k / 5), f"{k / 5:.1f}") for k in range(6))


def _across(share: float) -> float:
    return round(LEFT + share * (WIDTH - LEFT - RIGHT), 2)


def _up(value: float, top: float) -> float:
    return round(HEIGHT - BOTTOM - value / top * (HEIGHT - TOP - BOTTOM), 2)


def _policy(style: str) -> str:
    """Source: W3C Content Security Policy Level 3, hash source expressions."""
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return (
        f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )


@lru_cache(maxsize=1)
def _environment() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.FunctionLoader(_asset),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
        finalize=_finalize,
    )
    environment.filters["share"] = lambda value: f"{value:.3f}"
    environment.filters["per_cent"] = lambda value: f"{100 * value:.1f} %"
    environment.filters["count"] = lambda value: f"{int(value):,}"
    return environment


def _finalize(value: Any) -> Any:
    """Clean every text on its way into the page; escaping follows."""
    return clean_text(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def _asset(name: str) -> str:
    return resources.files("factcheck.report").joinpath("templates", name).read_text("utf-8")
