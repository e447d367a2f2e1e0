"""`factcheck index`: build or update the index."""

from __future__ import annotations

import click

from factcheck.cli.options import Run, shared_options


@click.command(name="index")
@click.argument("corpus_folder", metavar="[CORPUS]", required=False)
@click.option("--rebuild", is_flag=True, help="Make everything anew.")
@shared_options()
def command(run: Run, corpus_folder: str | None, rebuild: bool) -> None:
    """Build or update the index of the source base in CORPUS.

    Only what changed is read and encoded again. `verify` does this by itself; run it apart to see
    what is in the source base, or before `verify --locked`.

    \b
    Example:
      factcheck index corpus/
    """
    if corpus_folder is not None:
        run.config = run.config.with_values({"corpus": corpus_folder}, "flag")
    index = run.open_index(rebuild=rebuild)
    summary, build = index.summary, index.last_build
    if build is not None and build.changed:
        run.say(
            f"read {build.files_read} files, removed {build.files_removed},"
            f" encoded {build.passages_encoded} passages in {build.seconds:.1f} s"
        )
    click.echo(
        f"{summary.sources} sources of {summary.origins} origins, {summary.passages} passages,"
        f" {len(summary.problems)} problems: {index.folder}"
    )
    index.close()
