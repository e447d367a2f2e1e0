"""One run over claims: verdicts from the cache where it has them, from the pipeline where not."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from factcheck.cache import RunFacts, VerdictCache
from factcheck.config import Config
from factcheck.errors import IndexStoreError
from factcheck.records import Claim, Verdict

if TYPE_CHECKING:
    from factcheck.index.opened import Index
    from factcheck.pipeline import Models

INDEX_FOLDER = ".factcheck"
# As many claims as the pipeline reads at once.
_BATCH = 32


class Session:
    """Makes verdicts and loads models and the index only when one is missing.

    Args:
        config: the settings of the run.
        open_index: opens the index, brought up to date.
        load_models: loads the models.
        strict: a source with a problem must not be passed over.
    """

    def __init__(
        self,
        config: Config,
        open_index: Callable[[], Index],
        load_models: Callable[[], Models],
        *,
        strict: bool = False,
    ) -> None:
        self.config = config
        self._open_index = open_index
        self._load_models = load_models
        self._index: Index | None = None
        self._cache = self._open_cache()
        self._facts = self._cache.facts() if self._cache else None
        if self._facts is not None and strict and self._facts.corpus.problems:
            self._facts = None
        self.from_cache = 0
        self.made = 0

    def __enter__(self) -> Session:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def opened(self) -> bool:
        """Whether the index was opened."""
        return self._index is not None

    def verdicts(self, claims: Iterable[Claim]) -> Iterator[Verdict]:
        """Verdicts in the order of the claims, in bounded memory."""
        waiting = iter(claims)
        while batch := list(islice(waiting, _BATCH)):
            yield from self._batch(batch)

    def facts(self) -> RunFacts:
        """Models and source base of this run; opens the index if no earlier run knows them."""
        if self._facts is None:
            self._open()
        assert self._facts is not None
        return self._facts

    def close(self) -> None:
        """Keep what was made, close the index."""
        if self._cache is not None:
            self._cache.close()
        if self._index is not None:
            self._index.close()
            self._index = None

    def _batch(self, claims: Sequence[Claim]) -> list[Verdict]:
        known = self._known(claims)
        missing = [claim for claim, verdict in zip(claims, known, strict=True) if verdict is None]
        if missing and self._index is None:
            self._open()
            known = self._known(claims)
            missing = [c for c, verdict in zip(claims, known, strict=True) if verdict is None]
        made = iter(self._make(missing))
        self.from_cache += len(claims) - len(missing)
        self.made += len(missing)
        return [verdict if verdict is not None else next(made) for verdict in known]

    def _known(self, claims: Sequence[Claim]) -> list[Verdict | None]:
        if self._cache is None or (self._facts is None and self._index is None):
            return [None] * len(claims)
        return [self._cache.get(claim) for claim in claims]

    def _make(self, claims: Sequence[Claim]) -> list[Verdict]:
        if not claims:
            return []
        from factcheck.pipeline import iter_verdicts

        assert self._index is not None
        made = list(
            iter_verdicts(claims, self._index, models=self._load_models(), config=self.config)
        )
        if self._cache is not None:
            for verdict in made:
                self._cache.put(verdict)
            self._cache.flush()
        return made

    def _open(self) -> None:
        """Open the index. Afterwards index and cache speak of the same sources, or it is said."""
        cache = self._cache
        before = cache.corpus if cache is not None else self._corpus_stamp()
        self._index = self._open_index()
        if cache is None:
            cache = self._cache = self._open_cache()  # the first run has just made the folder
        elif not cache.refresh() and self.from_cache:
            raise IndexStoreError(
                "the source base was changed while claims were being checked",
                where=self.config["corpus"],
                hint="run the command again",
                code="FC517",
            )
        if cache is not None and cache.corpus != before:
            cache.give_up()
            self._cache = None
        cards, summary = self._load_models().cards(), self._index.summary
        self._facts = RunFacts(models=cards, corpus=summary, index_mark="")
        if self._cache is not None:
            self._cache.keep_facts(cards, summary)

    def _corpus_stamp(self) -> str | None:
        from factcheck.stamps import FileHashes, corpus_stamp

        if not self.config["cache"]:
            return None
        return corpus_stamp(Path(self.config["corpus"]), FileHashes())

    def _open_cache(self) -> VerdictCache | None:
        if not self.config["cache"]:
            return None
        corpus = Path(self.config["corpus"])
        index = self.config["index"]
        folder = Path(index) if index is not None else corpus.resolve().parent / INDEX_FOLDER
        if not folder.is_dir() or not corpus.is_dir():
            return None
        cache = VerdictCache(folder, self.config)
        return cache if cache.usable else None
