"""An opened index: what retrieval, quotations and reports read from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from factcheck import __version__
from factcheck.allowed_sources import matches_filter, published_by
from factcheck.errors import IndexStoreError
from factcheck.index.build import BuildResult, update_index
from factcheck.index.corpus_state import corpus_is_current
from factcheck.index.database import DATABASE_FILE, storage_errors
from factcheck.index.lexical import search_lexical
from factcheck.index.progress import ProgressCallback, no_progress
from factcheck.index.rows import SourceRow, problems_from_json, source_from_json
from factcheck.index.store import Store
from factcheck.records import Claim, CorpusSummary, Passage, Problem, Source, SourceFilter

if TYPE_CHECKING:
    import numpy as np

    from factcheck.models.encoder import Encoder

INDEX_FOLDER = ".factcheck"
# Most claims of a run share one filter; finding what it allows takes a look at every source.
_MAX_KEPT_FILTERS = 64


@dataclass(frozen=True, slots=True)
class Found:
    """A passage found by one ranking, with that ranking's score."""

    row: int
    score: float


def index_folder(corpus: Path, index_dir: Path | None = None) -> Path:
    """Where the index of a corpus lies unless it is said otherwise: `.factcheck/` beside it."""
    return index_dir if index_dir is not None else corpus.resolve().parent / INDEX_FOLDER


class Index:
    """A source base ready for searching.

    Open one with `Index.open`, which brings it up to date first. Reading is safe while another
    process updates it.

    Args:
        store: the open database.
        folder: the index folder.
        corpus: the corpus folder, for messages.
    """

    def __init__(self, store: Store, folder: Path, corpus: Path) -> None:
        self._store = store
        self.folder = folder
        self.corpus = corpus
        self._texts: dict[int, Source] = {}
        self._meta = store.meta()
        self._allowed: dict[
            tuple[date | None, SourceFilter | None, float], frozenset[int] | None
        ] = {}

    @classmethod
    def open(
        cls,
        corpus: Path | str = "corpus",
        *,
        index_dir: Path | str | None = None,
        encoder: Encoder | None = None,
        locked: bool = False,
        rebuild: bool = False,
        strict: bool = False,
        progress: ProgressCallback = no_progress,
    ) -> Index:
        """Open the index of a corpus, bringing it up to date first.

        Args:
            corpus: folder of the source base.
            index_dir: folder of the index; by default `.factcheck/` beside the corpus.
            encoder: the sentence encoder; the shipped one by default.
            locked: never write; an index that is missing or out of date is an error.
            rebuild: make everything anew.
            strict: a file that cannot be read is an error.

        Raises:
            SourceError: the corpus is missing or holds nothing that can be read.
            IndexStoreError: missing, foreign, damaged, out of date (with `locked`).
            StorageError: the disk is full or the folder cannot be written.
        """
        corpus = Path(corpus)
        folder = index_folder(corpus, Path(index_dir) if index_dir is not None else None)
        if encoder is None:
            from factcheck.models.encoder import load_encoder

            encoder = load_encoder()
        if locked:
            return cls._open_locked(corpus, folder, encoder)
        result = _update_or_rebuild(corpus, folder, encoder, rebuild, strict, progress)
        # The update has just looked for damage.
        index = cls(Store(folder / DATABASE_FILE, check=False), folder, corpus)
        index.last_build = result
        return index

    last_build: BuildResult | None = None

    @classmethod
    def _open_locked(cls, corpus: Path, folder: Path, encoder: Encoder) -> Index:
        store = Store(folder / DATABASE_FILE)
        meta = store.meta()
        if meta.get("encoder_sha256") != encoder.sha256:
            raise IndexStoreError(
                f"the index was made with another encoder ({meta.get('encoder_name')})",
                where=folder,
                hint="run `factcheck index`, or choose that encoder with models.encoder",
                code="FC516",
            )
        if meta.get("version") != __version__ or not corpus_is_current(
            store, corpus, encoder.sha256
        ):
            raise IndexStoreError(
                "the corpus has changed since the index was made",
                where=folder,
                hint="run `factcheck index`, or leave out --locked",
                code="FC517",
            )
        return cls(store, folder, corpus)

    def close(self) -> None:
        """Close the database."""
        self._store.close()

    # --- sources ---------------------------------------------------------------------------------

    @cached_property
    def _rows(self) -> dict[int, SourceRow]:
        """Every source by row, without its text."""
        return {
            row: SourceRow(row, source_from_json(record, ""), origin)
            for row, record, origin, _ in self._store.source_rows()
        }

    @cached_property
    def _row_of_id(self) -> dict[str, int]:
        return {item.source.id: row for row, item in self._rows.items()}

    @property
    def sources(self) -> tuple[Source, ...]:
        """Every source, ordered by id; texts are empty here, see `source`."""
        return tuple(item.source for item in self._rows.values())

    def source(self, source_id: str) -> Source:
        """A source with its text.

        Raises:
            KeyError: no such source.
            IndexStoreError: the stored text is not the text that was indexed.
        """
        row = self._row_of_id[source_id]
        if row not in self._texts:
            import hashlib

            text = self._store.source_text(row)
            source = replace(self._rows[row].source, text=text)
            if hashlib.sha256(text.encode()).hexdigest() != source.sha256:
                raise IndexStoreError(
                    f'the index is damaged: the text of "{source_id}" was changed',
                    where=self.folder,
                    hint="run `factcheck index --rebuild`",
                    code="FC512",
                )
            self._texts[row] = source
        return self._texts[row]

    def record(self, source_id: str) -> Source:
        """What is known of a source, without reading its text, which is empty here."""
        return self._rows[self._row_of_id[source_id]].source

    def origin(self, source_id: str) -> str:
        """The id of the group of sources that go back to one report."""
        return self._rows[self._row_of_id[source_id]].origin

    def passages_of(self, source_id: str) -> list[Passage]:
        """Passages of a source in reading order."""
        return self._store.passages_of(self._row_of_id[source_id])

    def passages_before(self, passage: Passage, count: int) -> list[Passage]:
        """The passages that stand before one in its source, at most `count`, in reading order."""
        row = self._row_of_id[passage.source_id]
        return self._store.passages_before(row, passage.start, count)

    @cached_property
    def problems(self) -> tuple[Problem, ...]:
        """Files that could not be read and entries of the manifest that are wrong."""
        found = [*problems_from_json(self._meta["problems"]), *self._store.file_problems()]
        return tuple(sorted(found, key=lambda p: (p.path, p.line or 0, p.message)))

    @cached_property
    def summary(self) -> CorpusSummary:
        """What verdicts are judged against."""
        return CorpusSummary(
            path=self.corpus.as_posix(),
            sources=int(self._meta["sources"]),
            origins=int(self._meta["origins"]),
            passages=int(self._meta["passages"]),
            sha256=self._meta["corpus_sha256"],
            problems=self.problems,
            set_aside=problems_from_json(self._meta["set_aside"]),
        )

    # --- which sources a claim may use -----------------------------------------------------------

    def allowed_rows(
        self, claim: Claim | None = None, *, min_reliability: float = 0.0
    ) -> frozenset[int] | None:
        """Rows of the sources that may be used for a claim, or None when all may.

        Args:
            claim: its `as_of` and `sources` filter; None asks for the sources in force.
            min_reliability: sources with a lower stated reliability are left out.
        """
        as_of = claim.as_of if claim is not None else None
        chosen = claim.sources if claim is not None else None
        key = (as_of, chosen, min_reliability)
        if key not in self._allowed:
            if len(self._allowed) >= _MAX_KEPT_FILTERS:
                self._allowed.clear()
            self._allowed[key] = self._find_allowed(chosen, as_of, min_reliability)
        return self._allowed[key]

    def _find_allowed(
        self, chosen: SourceFilter | None, as_of: date | None, min_reliability: float
    ) -> frozenset[int] | None:
        in_force = self._in_force(as_of)
        rows = {
            row
            for row, item in self._rows.items()
            if item.source.id in in_force
            and published_by(item.source, as_of)
            and (item.source.reliability is None or item.source.reliability >= min_reliability)
            and (chosen is None or matches_filter(item.source, chosen))
        }
        return None if len(rows) == len(self._rows) else frozenset(rows)

    def _in_force(self, as_of: date | None) -> frozenset[str]:
        from factcheck.sources import usable_sources

        cache: dict[date | None, frozenset[str]] = self.__dict__.setdefault("_force_cache", {})
        if as_of not in cache:
            usable, _ = usable_sources(self.sources, as_of)
            cache[as_of] = frozenset(source.id for source in usable)
        return cache[as_of]

    # --- search ----------------------------------------------------------------------------------

    @cached_property
    def _positions(self) -> tuple[np.ndarray, np.ndarray]:
        import numpy as np

        rows = self._store.query("SELECT rowid, source_row FROM passages ORDER BY rowid")
        table = np.array(rows, dtype=np.int64).reshape(-1, 2)
        return table[:, 0], table[:, 1]

    @cached_property
    def _vector_index(self) -> Any:
        from factcheck.index.vectors import read_vector_index

        count = int(self._meta["passages"])
        path = self.folder / self._meta["vectors_file"]
        index = read_vector_index(path, self._meta["vectors_sha256"], count)
        if index is None:
            import numpy as np

            from factcheck.index.vectors import build_vector_index, write_vector_index

            # The database holds every vector: the file is only a faster form of them.
            dimension = int(self._meta["dimension"])
            data = b"".join(vector for _, _, vector in self._store.vectors_in_order())
            matrix = np.frombuffer(data, dtype=np.float16).reshape(-1, dimension)
            index = build_vector_index(matrix.astype(np.float32))
            with storage_errors(path):
                write_vector_index(index, path)
        return index

    def search_dense(
        self, query: np.ndarray, limit: int, allowed: frozenset[int] | None = None
    ) -> list[Found]:
        """Passages by cosine to a query vector, best first.

        Args:
            query: (d,) float32 of unit length.
            limit: at most this many.
            allowed: rows of usable sources, from `allowed_rows`.

        Returns:
            Scores are cosines in [-1, 1], the same however many queries are asked.
        """
        import numpy as np

        from factcheck.index.vectors import search_vectors

        rows, source_rows = self._positions
        if not len(rows) or (allowed is not None and not allowed):
            return []
        mask = None
        if allowed is not None:
            mask = np.isin(source_rows, np.fromiter(allowed, dtype=np.int64))
        positions = search_vectors(self._vector_index, query, limit, mask)
        chosen = [int(row) for row in rows[positions]]
        vectors = self._store.vectors(chosen)
        wide = query.astype(np.float64)
        scored = [
            Found(row, float(np.dot(np.frombuffer(vectors[row], np.float16).astype(float), wide)))
            for row in chosen
        ]
        return sorted(scored, key=lambda found: -found.score)

    def search_lexical(
        self,
        text: str,
        limit: int,
        allowed: frozenset[int] | None = None,
        *,
        all_words: bool = False,
        context: bool = True,
        rare_words: bool = False,
    ) -> list[Found]:
        """Passages by BM25 over stemmed words, best first; see `lexical.search_lexical`."""
        if allowed is not None and not allowed:
            return []
        barred: frozenset[int] = frozenset()
        if allowed is not None:
            others = frozenset(self._rows) - allowed
            if len(others) < len(allowed):
                allowed, barred = None, others
        ranked = search_lexical(
            self._store,
            text,
            limit,
            allowed_sources=allowed,
            barred_sources=barred,
            all_words=all_words,
            context=context,
            rare_words=rare_words,
        )
        return [Found(row, score) for row, score in ranked]

    def passages(self, rows: Sequence[int]) -> dict[int, Passage]:
        """Passages by row."""
        return {row: passage for row, (_, passage) in self._store.passages(rows).items()}


def _update_or_rebuild(
    corpus: Path,
    folder: Path,
    encoder: Encoder,
    rebuild: bool,
    strict: bool,
    progress: ProgressCallback,
) -> BuildResult:
    try:
        return update_index(
            corpus, folder, encoder, rebuild=rebuild, strict=strict, progress=progress
        )
    except IndexStoreError as error:
        # A damaged or outdated index is only a copy of the corpus, which is at hand.
        if error.code not in ("FC512", "FC514") or rebuild:
            raise
        return update_index(corpus, folder, encoder, rebuild=True, strict=strict, progress=progress)
