"""The options that commands share, and the run that they describe."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

import click

from factcheck.config import Config, find_config_file, load_config
from factcheck.errors import UsageError

if TYPE_CHECKING:
    from factcheck.index.opened import Index
    from factcheck.models.encoder import Encoder
    from factcheck.pipeline import Models
    from factcheck.records import Problem


@dataclass
class Run:
    """Settings and verbosity of one command, and the loading of what it needs.

    Args:
        config_file: the configuration file in force, or None.
    """

    config: Config
    quiet: bool = False
    verbose: bool = False
    locked: bool = False
    strict: bool = False
    config_file: Path | None = None
    _models: Models | None = field(default=None, repr=False)

    @property
    def models(self) -> Models:
        """The models, loaded at the first use."""
        if self._models is None:
            from factcheck.pipeline import load_models

            self._models = load_models(self.config)
        return self._models

    @property
    def encoder(self) -> Encoder:
        """The sentence encoder alone, loaded at its first use."""
        from factcheck.models.deferred import defer_encoder

        return defer_encoder(self.config["models.encoder"], threads=self.config["threads"] or None)

    def open_index(self, *, rebuild: bool = False) -> Index:
        """The index, brought up to date with a progress bar, problems said on stderr."""
        from factcheck.cli.progress import build_progress
        from factcheck.index.opened import Index

        folder = self.config["index"]
        with build_progress(self.quiet) as progress:
            index = Index.open(
                Path(self.config["corpus"]),
                index_dir=Path(folder) if folder is not None else None,
                encoder=self.encoder,
                locked=self.locked,
                rebuild=rebuild,
                strict=self.strict,
                progress=progress,
            )
        if self.strict and index.problems:
            # An index that was made without --strict knows problems and passed over them.
            from factcheck.errors import SourceError, Where

            first = index.problems[0]
            index.close()
            where = Where(first.path, first.line)
            raise SourceError(first.message, where=where, hint=first.hint, code=first.code)
        self.say_problems(index.problems)
        return index

    def say(self, text: str) -> None:
        """Tell the user something on stderr, unless asked to be quiet."""
        if not self.quiet:
            click.echo(text, err=True)

    def say_problems(self, problems: Iterable[Problem]) -> None:
        """Name every source that was skipped and why; never silently, whatever the verbosity."""
        for problem in problems:
            place = problem.path if problem.line is None else f"{problem.path}:{problem.line}"
            click.echo(f"warning[{problem.code}]: {problem.message}\n  {place}", err=True)
            if problem.hint:
                click.echo(f"hint: {problem.hint}", err=True)


def shared_options(*, index: bool = True) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Add the shared options to a command; it receives one `run` argument for them all.

    Args:
        index: also the options about the index and the models.
    """

    def decorate(function: Callable[..., Any]) -> Callable[..., Any]:
        import functools

        @functools.wraps(function)
        def wrapper(**given: Any) -> Any:
            shared = {name: given.pop(name, None) for name in _SHARED}
            return function(run=make_run(shared), **given)

        options = [*_INDEX_OPTIONS, *_OUTPUT_OPTIONS] if index else _OUTPUT_OPTIONS
        wrapped: Callable[..., Any] = wrapper
        for option in reversed(options):
            wrapped = option(wrapped)
        return wrapped

    return decorate


def make_run(shared: dict[str, Any]) -> Run:
    """Read the configuration with the flags on top."""
    named = shared.get("config_file")
    if named is not None:
        refuse_empty(named, "`--config` is empty", hint="name the file, or leave --config out")
    file = Path(named) if named else find_config_file(Path.cwd())
    config = load_config(
        file=file,
        flags={
            "corpus": shared.get("corpus"),
            "index": shared.get("index_dir"),
            "threads": shared.get("threads"),
        },
    )
    return Run(
        config=config,
        quiet=bool(shared.get("quiet")),
        verbose=bool(shared.get("verbose")),
        locked=bool(shared.get("locked")),
        strict=bool(shared.get("strict")),
        config_file=file,
    )


def refuse_empty(text: str, message: str, *, hint: str) -> None:
    """Refuse an argument without a visible character, as an unset variable of a shell gives it.

    Raises:
        UsageError: with this message and hint.
    """
    from factcheck.text import canonical_text

    if not canonical_text(text).strip():
        raise UsageError(message, hint=hint)


def standard_input() -> BinaryIO:
    """Standard input as bytes.

    Raises:
        UsageError: it is closed.
    """
    if sys.stdin is None:
        raise UsageError(
            "standard input is closed", hint="send the text through a pipe, or name its file"
        )
    stream: BinaryIO = sys.stdin.buffer
    return stream


_SHARED = (
    "corpus",
    "index_dir",
    "locked",
    "strict",
    "threads",
    "config_file",
    "quiet",
    "verbose",
)
_INDEX_OPTIONS = (
    click.option("--corpus", metavar="DIR", help="Folder of the source base (default: corpus/)."),
    click.option(
        "--index",
        "index_dir",
        metavar="DIR",
        help="Folder of the index (default: .factcheck/ beside the corpus).",
    ),
    click.option("--locked", is_flag=True, help="Use the index as it is; fail if it is outdated."),
    click.option("--strict", is_flag=True, help="Fail if a source cannot be read."),
    click.option(
        "--threads", type=int, metavar="N", help="Threads for the models (default: one per core)."
    ),
)
_OUTPUT_OPTIONS = (
    click.option("--config", "config_file", metavar="FILE", help="Use this configuration file."),
    click.option("-q", "--quiet", is_flag=True, help="Say only what matters."),
    click.option("-v", "--verbose", is_flag=True, help="Show more detail."),
)
