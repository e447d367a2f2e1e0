"""What a command is going to write, and whether it may: nothing that it reads, nothing twice."""

from __future__ import annotations

import os
import posixpath
from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from factcheck.cli.options import Run
from factcheck.cli.output import is_device, plan_outputs
from factcheck.errors import SourceError, UsageError

# The option that names a file, and the file.
Target = tuple[str, Path]

_REFUSED = "FC102"
_STDIN = "-"


def report_targets(report_format: str, outputs: Sequence[str]) -> list[Target]:
    """The files that --output names.

    Raises:
        UsageError: an unknown format or ending, or two reports for stdout.
    """
    return [("--output", path) for _, path in plan_outputs(report_format, outputs)[1]]


def named_targets(**named: str | None) -> list[Target]:
    """The files of options that name one each, such as `manifest="run.json"`."""
    return [(f"--{option}", Path(name)) for option, name in named.items() if name is not None]


def check_targets(
    run: Run, targets: Iterable[Target], read: Mapping[str, Iterable[str]] | None = None
) -> None:
    """Refuse to write over what the run reads, twice into one file, or a source into the corpus.

    To be called before the work. Paths are compared behind all links. A pipe or a device holds
    nothing that could be lost, so it may be named as often as one likes.

    Args:
        targets: what is going to be written.
        read: the files that the command was given, by what they are (`"a draft"`); `-` is none.
            The configuration, the baseline and the corpus need not be among them.

    Raises:
        UsageError: FC102, with the first file that may not be written.
    """
    files = [(option, path, _real(path)) for option, path in targets if not is_device(path)]
    if not files:
        return
    inputs = _inputs(run, read or {})
    sources, folders = _sources(Path(run.config["corpus"]))
    written: dict[Path, str] = {}
    for option, path, place in files:
        if place in inputs or place in sources:
            what = inputs.get(place, "a source of the corpus")
            raise _refused(f"{option} would overwrite {what}", path, "name another file")
        if place in written:
            raise _named_twice(written[place], option, path)
        if _becomes_source(place, folders):
            raise _refused(
                f"{option} names a file in the corpus: it would be read as a source, and claims"
                " would be their own evidence",
                path,
                "write it to another folder, or with an ending that no source has, such as .json",
            )
        written[place] = option


def _named_twice(first: str, second: str, path: Path) -> UsageError:
    same = first == second
    message = f"{first} names one file twice" if same else f"{first} and {second} name one file"
    return _refused(message, path, "name a file for each of them")


def _refused(message: str, path: Path, hint: str) -> UsageError:
    return UsageError(message, where=path, hint=hint, code=_REFUSED)


def _inputs(run: Run, read: Mapping[str, Iterable[str]]) -> dict[Path, str]:
    from factcheck.sources.listing import MANIFEST_NAME

    manifest = Path(run.config["corpus"]) / MANIFEST_NAME
    found = {_real(manifest): f"{MANIFEST_NAME} of the corpus"}
    if run.config["gate.baseline"] is not None:
        found[_real(Path(run.config["gate.baseline"]))] = "the baseline"
    if run.config_file is not None:
        found[_real(run.config_file)] = "the configuration"
    for what, names in read.items():
        found |= {_real(Path(name)): what for name in names if name != _STDIN}
    return found


def _sources(corpus: Path) -> tuple[Collection[Path], Mapping[Path, str]]:
    """The sources, and the folders that hold them with their paths in the corpus.

    A link in the corpus may lead to a file or a folder elsewhere.
    """
    from factcheck.sources.listing import list_corpus_files

    if corpus.is_file():
        return {_real(corpus)}, {}
    real = {"": _real(corpus)}
    sources: set[Path] = set()
    with suppress(SourceError):  # opening the index says it
        for file in list_corpus_files(corpus)[0]:
            folder, name = posixpath.split(file.path)
            if folder not in real:
                real[folder] = _real(corpus / folder)
            place = real[folder] / name
            sources.add(_real(place) if place.is_symlink() else place)
    return sources, {place: folder for folder, place in real.items()}


def _becomes_source(place: Path, folders: Mapping[Path, str]) -> bool:
    from factcheck.sources.listing import is_source_path

    for folder in place.parents:
        if folder in folders:
            inside = place.relative_to(folder).as_posix()
            return is_source_path(posixpath.join(folders[folder], inside))
    return False


def _real(path: Path) -> Path:
    # Path.resolve raises on links in a circle.
    return Path(os.path.realpath(path))
