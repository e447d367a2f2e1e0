"""`factcheck models`: which weights are used, what they are, and how to bring others."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from factcheck.cli.options import Run, shared_options
from factcheck.errors import UsageError

_REFIT = (
    "the judgement was fitted on the shipped verifier; run `factcheck calibrate` on claims that you"
    " have labelled"
)


@click.group(name="models", invoke_without_command=True)
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
    or folder of a sentence-transformers model that is on this machine. `factcheck models export`
    turns a cross-encoder into a folder that runs without PyTorch.

    \b
    Example:
      factcheck models
    """
    if click.get_current_context().invoked_subcommand is not None:
        return
    rows = _rows(run)
    if output_format == "json":
        click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    for row in rows:
        _show(row)
    for role in ("encoder", "verifier"):
        other = run.config[f"models.{role}"]
        if other is not None and all(row["name"] != other for row in rows):
            click.echo(f"{role:<10} {other}  (yours)")
            if role == "verifier":
                click.echo(f"           {_REFIT}")


def _rows(run: Run) -> list[dict[str, Any]]:
    from factcheck.judgement import load_judgement
    from factcheck.models.registry import shipped_cards, verify_files

    rows: list[dict[str, Any]] = []
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
    return rows


def _show(row: Mapping[str, Any]) -> None:
    mark = "" if row["in_use"] else "  (not in use)"
    click.echo(f"{row['role']:<10} {row['name']}{mark}")
    click.echo(f"           sha256 {row['sha256']}")
    click.echo(f"           licence {row['licence']}")
    for item in row.get("training_data", []):
        click.echo(f"           trained on {item.get('name')}: {item.get('licence')}")
    for name, figures in row.get("metrics", {}).get("development", {}).items():
        click.echo(
            f"           measured on {name}, {figures['n']:,} rows:"
            f" accuracy {figures['accuracy']:.3f},"
            f" false supported {figures['false_supported_rate']:.3f}"
        )


@click.command(name="export")
@click.argument("model", metavar="MODEL")
@click.option("--out", "out", metavar="DIR", required=True, help="Folder to write.")
@click.option("--name", metavar="NAME", help="How reports name the weights.")
@click.option("--int8", is_flag=True, help="Round the weights to 8 bits: a quarter of the size.")
@click.option("--licence", metavar="TEXT", help="Licence of the weights, for the card.")
@click.option(
    "--pairs",
    "pairs_file",
    metavar="DATA",
    help="Compare on these labelled rows (up to 500) instead of the built-in pairs.",
)
@shared_options(index=False)
def export(
    run: Run,
    model: str,
    out: str,
    name: str | None,
    int8: bool,
    licence: str | None,
    pairs_file: str | None,
) -> None:
    """Turn a cross-encoder into ONNX weights with a card, checked against PyTorch.

    MODEL is the folder or the name of a sentence-transformers cross-encoder on this machine with
    three labels (entailment, contradiction, neutral, or other words for them). The graph must give
    PyTorch's probabilities on sample pairs, or nothing is written. Needs the packages of
    `factcheck-cli[export]`. The folder is used with `models.verifier: DIR`.

    \b
    Example:
      factcheck models export my-verifier --out my-verifier-onnx
    """
    from factcheck.models.export import export_verifier
    from factcheck.models.samples import SAMPLE_PAIRS

    pairs = SAMPLE_PAIRS if pairs_file is None else _pairs_of(Path(pairs_file))
    card, found = export_verifier(
        model,
        Path(out),
        name=name,
        int8=int8,
        licence=licence,
        pairs=pairs,
        threads=run.config["threads"] or None,
    )
    click.echo(
        f"{found.pairs} pairs compared with PyTorch: the largest difference is"
        f" {found.largest_probability_difference:.2g} in a probability,"
        f" {found.largest_logit_difference:.2g} in a logit;"
        f" {100 * found.same_label:.1f} % have the same likeliest stance;"
        f" alone and in a batch they differ by {found.alone_or_together:.2g}"
    )
    click.echo(f"wrote {card.parent}; use it with `models.verifier: {card.parent}`")
    run.say(_REFIT)


command.add_command(export)


def _pairs_of(path: Path) -> tuple[tuple[str, str], ...]:
    from factcheck.evaluate import read_labelled

    rows = [row for row in read_labelled(path) if row.evidence][:500]
    if not rows:
        raise UsageError("none of these rows has `evidence`", where=path)
    return tuple((row.evidence or "", row.claim) for row in rows)
