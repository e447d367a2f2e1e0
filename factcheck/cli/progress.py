"""Progress bars on stderr, with rate and time left; nothing when stderr is not a terminal."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from factcheck.index.progress import Progress, ProgressCallback


@contextmanager
def build_progress(quiet: bool) -> Iterator[ProgressCallback]:
    """Bars for the phases of an index update; shown only for work that takes a while."""
    if quiet or not sys.stderr.isatty():
        from factcheck.index.progress import no_progress

        yield no_progress
        return
    bars = _bars()
    tasks: dict[str, Any] = {}

    def show(step: Progress) -> None:
        if step.phase not in tasks:
            if not tasks:
                bars.start()
            tasks[step.phase] = bars.add_task(step.phase, total=step.total)
        bars.update(tasks[step.phase], completed=step.done)

    try:
        yield show
    finally:
        bars.stop()


@contextmanager
def claim_progress(total: int, quiet: bool) -> Iterator[Callable[[int], None] | None]:
    """A bar over claims."""
    if quiet or not sys.stderr.isatty():
        yield None
        return
    bars = _bars()
    task = bars.add_task("verifying", total=total)
    with bars:
        yield lambda done: bars.update(task, completed=done)


def _bars() -> Any:
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeRemainingColumn,
    )
    from rich.progress import Task as RichTask

    class RateColumn(TextColumn):
        def __init__(self) -> None:
            super().__init__("")

        def render(self, task: RichTask) -> Any:
            from rich.text import Text

            return Text(f"{task.speed:.0f}/s" if task.speed else "", style="dim")

    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        RateColumn(),
        TimeRemainingColumn(),
        console=Console(stderr=True),
        transient=True,
    )
