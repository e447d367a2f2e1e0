"""`factcheck models`: which weights are used, what they are and where they come from."""

from __future__ import annotations

import json

import click

from factcheck.cli.options import Run, shared_options


@click.command(name="models")
@click.option(
    "--format",
    "output_format",
    type=click.Choice(["terminal", "json"]),
    default="terminal",
    help="Form of the output.",
)
@shared_options(index=False)
def command(run: Run, output_format: str) -> None:
    """Show the models in use: name, hash, licence, training data and measured quality.

    Another encoder or cross-encoder is chosen with models.encoder and models.verifier, by the name
    or folder of a sentence-transformers model that is on this machine.

    \b
    Example:
      factcheck models
    """
    from factcheck.judgement import load_judgement
    from factcheck.models.registry import shipped_cards, verify_files

    rows = []
    for card in shipped_cards():
        verify_files(card)
        chosen = run.config[f"models.{card.role}"]
        rows.append(
            {
                "role": card.role,
                "name": card.name,
                "version": card.version,
                "in_use": chosen in (None, card.name),
                "sha256": card.sha256,
                "base": card.base,
                "licence": card.licence,
                "training_data": [dict(item) for item in card.training_data],
                "metrics": dict(card.metrics),
            }
        )
    judgement = load_judgement()
    rows.append(
        {
            "role": "judgement",
            "name": judgement.name,
            "in_use": True,
            "sha256": judgement.sha256,
            "licence": "Apache-2.0",
            "thresholds": dict(judgement.thresholds),
        }
    )
    if output_format == "json":
        click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    for row in rows:
        mark = "" if row["in_use"] else "  (not in use)"
        click.echo(f"{row['role']:<10} {row['name']}{mark}")
        click.echo(f"           sha256 {row['sha256']}")
        click.echo(f"           licence {row['licence']}")
        for item in row.get("training_data", []):  # type: ignore[attr-defined]
            click.echo(f"           trained on {item.get('name')}: {item.get('licence')}")
    for role in ("encoder", "verifier"):
        other = run.config[f"models.{role}"]
        if other is not None and all(row["name"] != other for row in rows):
            click.echo(f"{role:<10} {other}  (yours, through sentence-transformers)")
