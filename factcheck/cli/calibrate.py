"""`factcheck calibrate`: thresholds that fit a user's own labelled claims."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from factcheck.cli.options import Run, shared_options
from factcheck.cli.output import write_whole
from factcheck.config import CONFIG_FILE

if TYPE_CHECKING:
    from factcheck.calibration import Calibrated, Example
    from factcheck.labelled_claims import LabelledClaims

_GIVEN_NOTE = (
    "fitted on evidence that was given; in use the evidence is looked for, and many passages are"
    " beside the point: claims checked against your source base tell more"
)


@click.command(name="calibrate")
@click.argument("labelled", metavar="LABELLED")
@click.option("--dry-run", is_flag=True, help="Show the lines to write, and write nothing.")
@click.option("--force", is_flag=True, help="Write the new thresholds even if they are no better.")
@click.option(
    "--format",
    "output_format",
    type=click.Choice(["terminal", "json"]),
    default="terminal",
    help="Form of the output.",
)
@shared_options()
def command(run: Run, labelled: str, dry_run: bool, force: bool, output_format: str) -> None:
    """Fit thresholds.supported and thresholds.contested to claims that you have labelled.

    LABELLED is a claims file whose entries have `expect`, checked against your source base, or
    JSON Lines with `claim`, `label` and, if it is not to be looked for, `evidence`. Accuracy and
    the share of claims wrongly called supported are shown before and after, the latter by
    cross-validation. Better thresholds are written into factcheck.yaml; the rest of the file stays
    as it is. At least 20 supported claims and 30 others are needed.

    \b
    Example:
      factcheck calibrate checked.jsonl --dry-run
    """
    from factcheck.calibration import check_counts, fit_thresholds
    from factcheck.labelled_claims import read_labelled_claims

    read = read_labelled_claims(Path(labelled))
    # Before the work, not after it; some may still be left out.
    check_counts(Counter(c.expect for c in read.claims if c.expect and c.quote is None))
    examples, left_out = _examples(run, read)
    result = fit_thresholds(examples, run.models.judgement.thresholds)
    notes = _notes(run, read)
    use = result.changed and (force or not result.objections)
    target = run.config_file or Path(CONFIG_FILE)
    shown: dict[str, Any] = {
        **_as_json(result, left_out, notes),
        "written": str(target) if use and not dry_run and target.suffix != ".toml" else None,
    }
    if output_format == "json":
        click.echo(json.dumps(shown, ensure_ascii=False, indent=1))
    else:
        click.echo(_table(result, left_out, notes))
    _finish(run, result, target, use=use, dry_run=dry_run, force=force)


def _examples(run: Run, read: LabelledClaims) -> tuple[list[Example], Counter[str]]:
    from factcheck.labelled_claims import examples_from_corpus, examples_from_evidence

    without = Counter({"without an expected label": read.unlabelled} if read.unlabelled else {})
    if read.evidence is not None and run.config.origins["corpus"] != "flag":
        return examples_from_evidence(read.claims, read.evidence, run.models), without
    from factcheck.cli.evaluate import progress_over

    index = run.open_index()
    try:
        examples, left_out = examples_from_corpus(
            read.claims, index, run.models, run.config, progress=progress_over(run)
        )
    finally:
        index.close()
    return examples, left_out + without


def _notes(run: Run, read: LabelledClaims) -> list[str]:
    notes = []
    if read.evidence is not None and run.config.origins["corpus"] != "flag":
        notes.append(_GIVEN_NOTE)
    for name in ("thresholds.supported", "thresholds.contested"):
        if run.config.origins[name].startswith("FACTCHECK_"):
            notes.append(f"{run.config.origins[name]} is set and overrules the file")
    return notes


def _as_json(result: Calibrated, left_out: Counter[str], notes: list[str]) -> dict[str, Any]:
    from factcheck.calibration import FOLDS, REPEATS

    return {
        "counts": dict(result.counts),
        "left_out": dict(left_out),
        "fitted": list(result.fitted),
        "folds": FOLDS,
        "repeats": REPEATS,
        "before": {"thresholds": dict(result.old), **_figures(result.before)},
        "after": {"thresholds": dict(result.new), **_figures(result.after)},
        "objections": list(result.objections),
        "notes": notes,
    }


def _figures(figures: Any) -> dict[str, float]:
    return {
        "accuracy": figures.accuracy,
        "false_supported_rate": figures.false_supported_rate,
    }


def _table(result: Calibrated, left_out: Counter[str], notes: list[str]) -> str:
    from factcheck.calibration import FOLDS, LEAST_CONTESTED, REPEATS

    counts = ", ".join(f"{number} {label}" for label, number in result.counts.items())
    lines = [f"{sum(result.counts.values())} labelled claims: {counts}"]
    lines += [f"left out: {number} {reason}" for reason, number in left_out.items()]
    lines.append(
        f"{'':<7} {'supported':>9} {'contested':>9} {'accuracy':>9} {'false supported':>16}"
    )
    for name, thresholds, figures in (
        ("before", result.old, result.before),
        ("after", result.new, result.after),
    ):
        lines.append(
            f"{name:<7} {thresholds['supported']:>9.2f} {thresholds['contested']:>9.2f}"
            f" {figures.accuracy:>9.3f} {figures.false_supported_rate:>16.3f}"
        )
    lines.append(f"(after: out of fold, {FOLDS} folds, mean of {REPEATS} ways to cut them)")
    if "contested" not in result.fitted:
        lines.append(
            f"`contested` was left as it is: fewer than {LEAST_CONTESTED} claims are contested"
        )
    return "\n".join([*lines, *(f"note: {note}" for note in notes)])


def _finish(
    run: Run, result: Calibrated, target: Path, *, use: bool, dry_run: bool, force: bool
) -> None:
    """Write the thresholds, or say why not; what is no figure goes to stderr."""
    from factcheck.calibration import config_values
    from factcheck.config_edit import with_yaml_values, yaml_lines_of

    for objection in result.objections:
        click.echo(f"warning: {objection}", err=True)
    values = dict(config_values(result))
    if not use:
        more = "" if not result.changed else "; --force writes the new ones all the same"
        click.echo(f"{target} was left as it is{more}", err=True)
        return
    if target.suffix == ".toml":
        click.echo(f"add this to {target}:\n{_toml_lines(values)}", err=True)
        return
    if dry_run:
        click.echo(f"would write into {target}:\n{yaml_lines_of(values)}", err=True, nl=False)
        return
    text = target.read_bytes().decode("utf-8") if target.exists() else ""
    # Behind a link stands the file that is meant.
    write_whole(target.resolve(), with_yaml_values(text, values, target))
    run.say(f"wrote {target}")


def _toml_lines(values: Mapping[str, float]) -> str:
    lines = [f"{name.partition('.')[2]} = {value:g}" for name, value in values.items()]
    return "\n".join(["[tool.factcheck.thresholds]", *lines])
