"""`factcheck config`: every setting and where it comes from."""

from __future__ import annotations

import json
from typing import Any

import click

from factcheck.cli.options import Run, shared_options
from factcheck.settings import SETTINGS


@click.command(name="config")
@click.option("--show-origin/--no-origin", default=True, help="Say where each value comes from.")
@click.option(
    "--format",
    "output_format",
    type=click.Choice(["terminal", "json"]),
    default="terminal",
    help="Form of the output.",
)
@shared_options()
def command(run: Run, show_origin: bool, output_format: str) -> None:
    """Show every setting, its value and where it comes from.

    \b
    Example:
      factcheck config
    """
    if output_format == "json":
        rows = {
            s.name: {"value": run.config[s.name], "origin": run.config.origins[s.name]}
            for s in SETTINGS
        }
        click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    width = max(len(setting.name) for setting in SETTINGS)
    for setting in SETTINGS:
        value = run.config[setting.name]
        line = f"{setting.name:<{width}}  {_shown(value)}"
        if show_origin:
            line += f"  ({run.config.origins[setting.name]})"
        click.echo(line)
        if run.verbose:
            click.echo(f"    {setting.help}; {setting.variable}")


def _shown(value: Any) -> str:
    if value in (None, "", ()) or value == {}:
        return "–"
    if isinstance(value, tuple) and all(isinstance(item, str) for item in value):
        return ", ".join(value)
    if isinstance(value, (tuple, dict)):
        return json.dumps(value, ensure_ascii=False)
    return str(value)
