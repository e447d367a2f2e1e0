"""Hashes of everything that a verdict depends on, found without loading a model or the index."""

from __future__ import annotations

import hashlib
import json
import os
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from factcheck import __version__
from factcheck.config import Config
from factcheck.errors import FactcheckError

_PACKAGE = Path(__file__).parent
# Parts of the package that show verdicts but do not make them.
_SHOWING = frozenset({"cli", "report"})
# Libraries whose version can change what is read, found or computed.
_LIBRARIES = frozenset(
    "charset_normalizer faiss_cpu lxml numpy onnxruntime pypdfium2 python_docx pyyaml rapidfuzz "
    "sentence_transformers sentencex tokenizers torch trafilatura transformers".split()
)
# A file changed this shortly before it was read could change again without a new time stamp.
_RACY_NS = 2_000_000_000

FileState = tuple[int, int, int]


@dataclass(slots=True)
class FileHashes:
    """SHA-256 of files, read again only when size or times have changed.

    Args:
        known: absolute path to (size, mtime, ctime) and hash, from earlier runs.
        fresh: what was read in this run and may be remembered.
    """

    known: dict[str, tuple[FileState, str]] = field(default_factory=dict)
    fresh: dict[str, tuple[FileState, str]] = field(default_factory=dict)

    def sha256(self, path: str, status: os.stat_result) -> str:
        """The hash of a file, in hexadecimal; a word for the reason when it cannot be read."""
        state = (status.st_size, status.st_mtime_ns, status.st_ctime_ns)
        remembered = self.known.get(path)
        if remembered is not None and remembered[0] == state:
            return remembered[1]
        now = time.time_ns()
        try:
            with open(path, "rb") as file:  # noqa: PTH123  (paths may not be Unicode)
                digest = hashlib.file_digest(file, "sha256").hexdigest()
        except OSError as error:
            return f"unreadable {error.errno}"
        if now - max(status.st_mtime_ns, status.st_ctime_ns) > _RACY_NS:
            self.known[path] = self.fresh[path] = (state, digest)
        return digest


def corpus_stamp(corpus: Path, hashes: FileHashes) -> str | None:
    """A hash over the names and the bytes of all files of a corpus.

    Returns:
        64 hexadecimal digits, or None when the folder cannot be read.
    """
    if not corpus.is_dir():
        return None
    try:
        return _folder_stamp(str(corpus.resolve()), hashes)
    except OSError:
        return None


def tool_stamp(package: Path = _PACKAGE) -> str:
    """A hash over the code that makes verdicts, the model cards and the libraries below it."""
    digest = hashlib.sha256(f"{__version__} {sys.version_info[:3]}\n".encode())
    for path in sorted(package.rglob("*.py")):
        if path.relative_to(package).parts[0] not in _SHOWING:
            _add(digest, path, package)
    for folder in ("models/weights", "data"):
        for path in sorted((package / folder).glob("*.json")):
            _add(digest, path, package)
    digest.update("\n".join(_library_versions()).encode())
    return digest.hexdigest()


def model_stamp(config: Config, hashes: FileHashes) -> str | None:
    """A hash over the weights in use; the cards are part of the tool.

    Returns:
        None when it cannot be known without loading a model, or when weights are not those that
        their card describes.
    """
    from factcheck.models import registry

    parts: list[str] = []
    for role in (registry.ENCODER, registry.VERIFIER):
        name = config[f"models.{role}"]
        try:
            if name is not None and Path(name).is_dir():
                parts.append(_folder_stamp(str(Path(name).resolve()), hashes))
                continue
            card = registry.find_card(role, name)
            if card is None:
                return None
            found = hashes.sha256(str(card.path), card.path.stat())
            tokenizer = hashes.sha256(str(card.tokenizer), card.tokenizer.stat())
        except (OSError, FactcheckError):
            return None
        if (found, tokenizer) != (card.sha256, card.tokenizer_sha256):
            return None
        parts += [card.name, found, tokenizer]
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


def _add(digest: hashlib._Hash, path: Path, package: Path) -> None:
    content = path.read_bytes()
    name = path.relative_to(package).as_posix()
    digest.update(f"{name} {len(content)}\n".encode())
    digest.update(content)


def _library_versions() -> list[str]:
    """Names of installed distributions with their versions, as their folders give them."""
    found: set[str] = set()
    for folder in {str(Path(entry).resolve()) for entry in sys.path if entry}:
        try:
            names = os.listdir(folder)  # noqa: PTH208
        except OSError:
            continue
        for name in names:
            if name.endswith(".dist-info") and name.split("-")[0].lower() in _LIBRARIES:
                found.add(name)
    return sorted(found)


def _folder_stamp(root: str, hashes: FileHashes) -> str:
    digest = hashlib.sha256()
    for name, entry in sorted(_files(root, "", set()), key=lambda pair: pair[0]):
        content = hashes.sha256(entry.path, entry.stat())
        digest.update(json.dumps([name, content]).encode())
    return digest.hexdigest()


def _files(
    root: str, folder: str, seen: set[tuple[int, int]]
) -> Iterator[tuple[str, os.DirEntry[str]]]:
    with os.scandir(os.path.join(root, folder)) as entries:  # noqa: PTH118
        for entry in entries:
            if entry.name.startswith("."):
                continue
            if not entry.is_dir():
                yield folder + entry.name, entry
                continue
            status = entry.stat()
            if (status.st_dev, status.st_ino) not in seen:
                seen.add((status.st_dev, status.st_ino))
                yield from _files(root, f"{folder}{entry.name}/", seen)
