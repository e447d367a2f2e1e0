"""One run over claims: verdicts from the cache where it has them, from the pipeline where not."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from factcheck.allowed_sources import FilterNotes
from factcheck.cache import RunFacts, VerdictCache
from factcheck.config import Config
from factcheck.errors import IndexStoreError
from factcheck.records import Claim, Problem, Source, Verdict

if TYPE_CHECKING:
    from factcheck.index.opened import Index
    from factcheck.pipeline import Models
    from factcheck.workers import Workers

INDEX_FOLDER = ".factcheck"
# As many claims as the pipeline reads at once; a verdict does not depend on it.
_BATCH = 32
# Batches handed out ahead for each process, so that none of them has to wait.
_AHEAD = 2


@dataclass(slots=True)
class _Batch:
    """Claims on their way: what the cache knew, and where the others are being judged.

    Args:
        known: a verdict for each claim, or None.
        ticket: of the workers, or None when nothing was handed to them.
    """

    known: list[Verdict | None]
    missing: list[Claim]
    ticket: int | None = None


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
        self._jobs = config["jobs"]
        self._workers: Workers | None = None
        self._notes = FilterNotes()
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

    def verdicts(self, claims: Iterable[Claim], *, noted: bool = True) -> Iterator[Verdict]:
        """Verdicts in the order of the claims, in bounded memory.

        Args:
            noted: False where the filters of the claims are not the user's; see `problems`.
        """
        waiting = iter(claims)
        batches = iter(lambda: list(islice(waiting, _BATCH)), [])
        for made in self.batches(batches, noted=noted):
            yield from made

    def batches(
        self, batches: Iterable[Sequence[Claim]], *, noted: bool = True
    ) -> Iterator[list[Verdict]]:
        """The verdicts of one batch of claims after another; a batch may be empty.

        With several jobs some batches are read ahead of the one that is given out.
        """
        ahead = self._jobs * _AHEAD if self._jobs > 1 else 1
        pending: deque[_Batch] = deque()
        for claims in batches:
            pending.append(self._begin(claims))
            if len(pending) >= ahead:
                yield self._finish(pending.popleft(), noted)
        while pending:
            yield self._finish(pending.popleft(), noted)

    def facts(self) -> RunFacts:
        """Models and source base of this run; opens the index if no earlier run knows them."""
        if self._facts is None:
            self._open()
        assert self._facts is not None
        return self._facts

    def problems(self) -> list[Problem]:
        """What is wrong with the filters of the claims judged so far: they let no source in."""
        return self._notes.problems(self.sources)

    def close(self) -> None:
        """Keep what was made, close the index, end the processes."""
        if self._workers is not None:
            self._workers.close()
            self._workers = None
        if self._cache is not None:
            self._cache.close()
        if self._index is not None:
            self._index.close()
            self._index = None

    def sources(self) -> tuple[Source, ...]:
        """Every source, ordered by id, without its text."""
        self.facts()
        if self._index is not None:
            return self._index.sources
        from factcheck.index.database import DATABASE_FILE
        from factcheck.index.rows import source_from_json
        from factcheck.index.store import Store

        store = Store(self._folder() / DATABASE_FILE)
        try:
            rows = store.source_rows()
        finally:
            store.close()
        return tuple(source_from_json(record, "") for _, record, _, _ in rows)

    def _begin(self, claims: Sequence[Claim]) -> _Batch:
        known = self._known(claims)
        if None in known and self._index is None:
            self._open()
            known = self._known(claims)
        missing = [claim for claim, found in zip(claims, known, strict=True) if found is None]
        batch = _Batch(known, missing)
        self.from_cache += len(claims) - len(missing)
        self.made += len(missing)
        if missing and self._jobs > 1:
            batch.ticket = self._open_workers().submit(missing)
        return batch

    def _finish(self, batch: _Batch, noted: bool) -> list[Verdict]:
        if not batch.missing:
            made: list[Verdict] = []
        elif batch.ticket is not None:
            made = self._open_workers().result(batch.ticket)
        else:
            made = self._make(batch.missing)
        self._keep(made)
        fresh = iter(made)
        verdicts = [verdict if verdict is not None else next(fresh) for verdict in batch.known]
        if noted:
            for verdict in verdicts:
                self._notes.add(verdict)
        return verdicts

    def _open_workers(self) -> Workers:
        if self._workers is None:
            from factcheck.workers import Workers

            self._workers = Workers(self.config, self._jobs)
        return self._workers

    def _known(self, claims: Sequence[Claim]) -> list[Verdict | None]:
        if self._cache is None or (self._facts is None and self._index is None):
            return [None] * len(claims)
        return [self._cache.get(claim) for claim in claims]

    def _make(self, claims: Sequence[Claim]) -> list[Verdict]:
        from factcheck.pipeline import iter_verdicts

        assert self._index is not None
        return list(
            iter_verdicts(claims, self._index, models=self._load_models(), config=self.config)
        )

    def _keep(self, made: Sequence[Verdict]) -> None:
        if made and self._cache is not None:
            for verdict in made:
                self._cache.put(verdict)
            self._cache.flush()

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
        folder = self._folder()
        if not folder.is_dir() or not Path(self.config["corpus"]).is_dir():
            return None
        cache = VerdictCache(folder, self.config)
        return cache if cache.usable else None

    def _folder(self) -> Path:
        index = self.config["index"]
        if index is not None:
            return Path(index)
        return Path(self.config["corpus"]).resolve().parent / INDEX_FOLDER
