"""What many tests share: the shipped models, the worked example, a small corpus of one's own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from factcheck.index.opened import Index
from factcheck.models.encoder import Encoder
from factcheck.pipeline import Models

ROOT = Path(__file__).resolve().parent.parent

# How long an example takes says something of the machine, not of the code.
settings.register_profile("factcheck", deadline=None)
settings.load_profile("factcheck")


@pytest.fixture(scope="session")
def root() -> Path:
    """The project folder."""
    return ROOT


@pytest.fixture(scope="session")
def models() -> Models:
    """The shipped models, loaded once."""
    from factcheck.pipeline import load_models

    return load_models()


@pytest.fixture(scope="session")
def encoder(models: Models) -> Encoder:
    """The shipped encoder."""
    return models.encoder


@pytest.fixture(scope="session")
def example_index(tmp_path_factory: pytest.TempPathFactory, encoder: Encoder) -> Iterator[Index]:
    """The index of the worked example, in a folder of its own."""
    folder = tmp_path_factory.mktemp("example-index")
    index = Index.open(ROOT / "corpus", index_dir=folder, encoder=encoder)
    yield index
    index.close()


@pytest.fixture
def make_corpus(tmp_path: Path) -> Callable[..., Path]:
    """Write a corpus of small Markdown or text files and return its folder."""

    def make(files: dict[str, str], name: str = "corpus") -> Path:
        folder = tmp_path / name
        folder.mkdir(exist_ok=True)
        for path, text in files.items():
            target = folder / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text, encoding="utf-8")
        return folder

    return make
