"""`factcheck eval`: accuracy, calibration and speed on labelled data."""

from __future__ import annotations

import gzip
import json
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from factcheck.cli.options import Run, shared_options
from factcheck.cli.output import write_whole
from factcheck.cli.targets import check_targets, named_targets
from factcheck.errors import DataError, UsageError

if TYPE_CHECKING:
    from factcheck.index.opened import Index


@click.command(name="eval")
@click.argument("data", metavar="DATA")
@click.option(
    "--format",
    "output_format",
    type=click.Choice(["terminal", "json"]),
    default="terminal",
    help="Form of the output.",
)
@click.option("--limit", type=click.IntRange(1), metavar="N", help="Only the first N rows.")
@click.option("--retrieval-only", is_flag=True, help="With --corpus: only the retrieval recall.")
@click.option("--html", "page", metavar="FILE", help="Also write a page with plots and tables.")
@shared_options()
def command(
    run: Run,
    data: str,
    output_format: str,
    limit: int | None,
    retrieval_only: bool,
    page: str | None,
) -> None:
    """Measure accuracy on the labelled rows of DATA, JSON Lines, plain or gzipped.

    Rows have `claim`, `label` and `evidence`: the verifier and the checks are measured on that
    text. With --corpus, a folder or one JSONL or CSV file, the evidence is looked for and the
    whole pipeline is measured. The page of --html is one file with the figures, the confusion
    matrix, and the reliability and risk-coverage curves.

    \b
    Example:
      factcheck eval labelled.jsonl.gz --format json
      factcheck eval labelled.jsonl.gz --html evaluation.html
    """
    from factcheck.evaluate import (
        evaluate_claims,
        evaluate_pairs,
        read_labelled,
        retrieval_recall,
    )

    if page is not None and retrieval_only:
        raise UsageError("--retrieval-only has nothing to show on a page", hint="leave out --html")
    check_targets(run, named_targets(html=page), {"the labelled data": [data]})
    rows = read_labelled(Path(data))[:limit]
    with_corpus = run.config.origins["corpus"] == "flag"
    if with_corpus:
        with _corpus_folder(run), _opened(run) as index:
            if retrieval_only:
                result = {"retrieval": retrieval_recall(rows, index, run.models, run.config)}
            else:
                result = evaluate_claims(
                    rows, index, run.models, run.config, progress=progress_over(run)
                )
    else:
        without = sum(row.evidence is None for row in rows)
        if without:
            raise DataError(
                f"{without} of {len(rows)} rows have no `evidence`",
                where=data,
                hint="name the source base with --corpus, or add the evidence to the rows",
            )
        result = evaluate_pairs(rows, run.models, progress=progress_over(run))
    if page is not None:
        from factcheck.report.evaluation import render_evaluation

        write_whole(Path(page), render_evaluation(result, data=data))
        run.say(f"wrote {page}")
    if output_format == "json":
        click.echo(json.dumps(result, ensure_ascii=False, indent=1))
    else:
        click.echo(_table(result))


@contextmanager
def _opened(run: Run) -> Iterator[Index]:
    index = run.open_index()
    try:
        yield index
    finally:
        index.close()


@contextmanager
def _corpus_folder(run: Run) -> Iterator[None]:
    """A corpus given as one file becomes a folder of its own, with an index beside it."""
    path = Path(run.config["corpus"])
    if not path.is_file():
        yield
        return
    with tempfile.TemporaryDirectory(prefix="factcheck-eval-") as name:
        folder = Path(name) / "corpus"
        folder.mkdir()
        target = folder / (path.stem if path.suffix == ".gz" else path.name)
        try:
            opened = gzip.open if path.suffix == ".gz" else open
            with opened(path, "rb") as source, target.open("wb") as copy:
                shutil.copyfileobj(source, copy)
        except (OSError, EOFError) as error:
            raise DataError(f"the corpus cannot be read: {error}", where=path) from None
        run.config = run.config.with_values({"corpus": str(folder)}, "flag")
        yield


def progress_over(run: Run) -> Any:
    """A count of rows on stderr, or None when nobody looks."""
    import sys

    if run.quiet or not sys.stderr.isatty():
        return None
    return lambda done, total: click.echo(f"\r{done}/{total}", nl=done == total, err=True)


def _table(result: dict[str, Any]) -> str:
    lines = []
    claim_only = result.get("claim_only", {}).get("false_supported_rate")
    if claim_only is not None:
        result = {**result, "claim_only_false_supported": claim_only}
    for name, value in result.items():
        if isinstance(value, float):
            lines.append(f"{name:<26} {value:.3f}")
        elif isinstance(value, (int, str)):
            lines.append(f"{name:<26} {value}")
    for label, figures in result.get("per_class", {}).items():
        lines.append(
            f"{label:<22} precision {figures['precision']:.3f}  recall {figures['recall']:.3f}"
            f"  f1 {figures['f1']:.3f}  n {figures['n']}"
        )
    if "confusion" in result:
        lines.append("truth \\ answer          supported  contested  unsupported")
        for label, answers in result["confusion"].items():
            lines.append(f"{label:<22} " + " ".join(f"{n:>10}" for n in answers.values()))
    recall = result.get("retrieval")
    if recall:
        lines.append("  ".join(f"{name} {value}" for name, value in recall.items()))
    return "\n".join(lines)
