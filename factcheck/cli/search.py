"""`factcheck search`: the passages that match a text."""

from __future__ import annotations

import json

import click

from factcheck.cli.options import Run, refuse_empty, shared_options


@click.command(name="search")
@click.argument("text", metavar="TEXT")
@click.option("-n", "--limit", type=click.IntRange(1, 1000), default=10, help="How many to show.")
@click.option(
    "--format",
    "output_format",
    type=click.Choice(["terminal", "json"]),
    default="terminal",
    help="Form of the output.",
)
@shared_options()
def command(run: Run, text: str, limit: int, output_format: str) -> None:
    """Show the passages that match TEXT best, with the scores of both rankings.

    \b
    Example:
      factcheck search "recognition of Kosovo" --limit 5
    """
    from factcheck.records import Claim
    from factcheck.retrieval import RetrievalSettings, retrieve

    refuse_empty(text, "the text is empty", hint="give the words to look for, in quotation marks")
    index = run.open_index()
    vector = run.encoder.encode([text])[0]
    settings = RetrievalSettings(passages=limit, candidates=max(60, limit * 2), per_source=limit)
    found = retrieve(index, Claim(id="search", text=text), vector, settings)
    rows = []
    for item in found:
        source = index.source(item.passage.source_id)
        rows.append(
            {
                "rank": item.rank,
                "source_id": source.id,
                "path": source.path,
                "start": item.passage.start,
                "end": item.passage.end,
                "place": item.passage.place,
                "published": source.published.isoformat() if source.published else None,
                "dense_cosine": item.dense_cosine,
                "bm25": item.bm25,
                "text": item.passage.text,
            }
        )
    index.close()
    if output_format == "json":
        click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    for row in rows:
        scores = f"cosine {_score(row['dense_cosine'])}  bm25 {_score(row['bm25'])}"
        place = f", {row['place']}" if row["place"] else ""
        click.echo(f"{row['rank']:>3}  {scores}  {row['path']}{place}")
        click.echo(f"     {' '.join(str(row['text']).split())}")


def _score(value: object) -> str:
    return f"{value:.3f}" if isinstance(value, float) else "–"
