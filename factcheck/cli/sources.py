"""`factcheck sources`: what is in the source base."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Sequence

import click

from factcheck.cli.options import Run, shared_options
from factcheck.records import Source


@click.command(name="sources")
@click.option(
    "--format",
    "output_format",
    type=click.Choice(["terminal", "json"]),
    default="terminal",
    help="Form of the output.",
)
@shared_options()
def command(run: Run, output_format: str) -> None:
    """List sources by origin, with dates and problems.

    Sources that go back to one report share an origin and count once.

    \b
    Example:
      factcheck sources --corpus corpus/
    """
    index = run.open_index()
    summary = index.summary
    aside = _set_aside(index.sources)
    rows: list[dict[str, object]] = [
        {
            "id": source.id,
            "path": source.path,
            "origin": index.origin(source.id),
            "title": source.title,
            "publisher": source.publisher,
            "published": source.published.isoformat() if source.published else None,
            "kind": source.kind,
            "reliability": source.reliability,
            "retracted": source.retracted,
            "set_aside": aside.get(source.id),
        }
        for source in index.sources
    ]
    index.close()
    if output_format == "json":
        problems = [
            {"path": p.path, "line": p.line, "code": p.code, "message": p.message, "hint": p.hint}
            for p in summary.problems
        ]
        click.echo(
            json.dumps({"sources": rows, "problems": problems}, ensure_ascii=False, indent=2)
        )
        return
    groups: dict[object, list[dict[str, object]]] = defaultdict(list)
    for row in rows:
        groups[row["origin"]].append(row)
    for origin, members in sorted(groups.items(), key=lambda item: str(item[0])):
        if len(members) > 1:
            click.echo(f"one origin: {origin}")
        for row in members:
            indent = "  " if len(members) > 1 else ""
            mark = f"  [not used: {row['set_aside']}]" if row["set_aside"] else ""
            date = row["published"] or "no date   "
            click.echo(f"{indent}{date}  {row['id']}  {row['title'] or row['path']}{mark}")
    click.echo(
        f"{summary.sources} sources of {summary.origins} origins, {len(summary.problems)} problems",
        err=True,
    )


def _set_aside(sources: Sequence[Source]) -> dict[str, str]:
    """Why a source is not used, by its id: rows of one file share its path."""
    from factcheck.sources import usable_sources

    usable, problems = usable_sources(sources, None)
    used = {source.id for source in usable}
    unused = [source.id for source in sources if source.id not in used]
    return dict(zip(unused, (problem.message for problem in problems), strict=True))
