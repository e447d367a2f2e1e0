"""The FAISS side of the index: built from the stored vectors, never the other way round.

Exact search to `EXACT_LIMIT` passages, inverted lists with 8-bit scalar quantisation above. The
file is derived from the database, so a missing or damaged one is simply made again.
"""

from __future__ import annotations

import hashlib
import math
import os
from pathlib import Path
from typing import Any

import numpy as np

from factcheck.errors import StorageError

# Exact search of 100,000 vectors takes about 8 ms on one core and loses nothing; above, IVF with
# SQ8 answers in under 1 ms at recall@10 of 0.97 (benchmarks/speed.py).
EXACT_LIMIT = 100_000
_PROBES = 32
_TRAIN_PER_LIST = 50
_SEED = 1234


def _faiss() -> Any:
    import faiss

    # With BLAS the last digits depend on how many queries are asked together.
    faiss.cvar.distance_compute_blas_threshold = 1 << 30
    return faiss


def build_vector_index(vectors: np.ndarray) -> Any:
    """Build a search structure whose size follows the number of vectors.

    Args:
        vectors: (n, d) float32, rows of unit length.

    Returns:
        A FAISS index for inner products; position i is row i.
    """
    faiss = _faiss()
    count, dimension = vectors.shape
    if count <= EXACT_LIMIT:
        index = faiss.IndexFlatIP(dimension)
    else:
        lists = int(4 * count**0.5)
        quantiser = faiss.IndexFlatIP(dimension)
        index = faiss.IndexIVFScalarQuantizer(
            quantiser,
            dimension,
            lists,
            faiss.ScalarQuantizer.QT_8bit,
            faiss.METRIC_INNER_PRODUCT,
        )
        index.own_fields = True
        quantiser.this.disown()
        index.cp.seed = _SEED
        chosen = np.random.default_rng(_SEED).permutation(count)[: lists * _TRAIN_PER_LIST]
        index.train(vectors[np.sort(chosen)])
        index.nprobe = _PROBES
    index.add(vectors)
    return index


def write_vector_index(index: Any, path: Path) -> str:
    """Write an index file in one step.

    Returns:
        Its sha256, hex.

    Raises:
        StorageError: the disk is full or the folder cannot be written.
    """
    faiss = _faiss()
    data = faiss.serialize_index(index).tobytes()
    temporary = path.with_name(f"{path.name}.{os.getpid()}.tmp")
    try:
        with temporary.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    except OSError as error:
        temporary.unlink(missing_ok=True)
        raise StorageError(
            f"the vectors cannot be written: {error.strerror or error}",
            where=path,
            hint="free some space or choose another place with --index DIR",
        ) from error
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    return hashlib.sha256(data).hexdigest()


def read_vector_index(path: Path, sha256: str, count: int) -> Any | None:
    """Read an index file, or return None when it is missing or is not the one that was written."""
    try:
        data = path.read_bytes()
    except OSError:
        return None
    if hashlib.sha256(data).hexdigest() != sha256:
        return None
    index = _faiss().deserialize_index(np.frombuffer(data, dtype=np.uint8))
    return index if index.ntotal == count else None


def search_vectors(
    index: Any, query: np.ndarray, limit: int, allowed: np.ndarray | None = None
) -> np.ndarray:
    """Positions of the nearest vectors, best first.

    Args:
        index: from `build_vector_index`.
        query: (d,) float32 of unit length.
        limit: at most this many.
        allowed: (n,) bool; only these positions are ranked. None allows all.

    Returns:
        (k,) int64 with k <= limit.
    """
    faiss = _faiss()
    parameters = None
    if allowed is not None:
        # The selector is applied inside the search, so that `limit` counts allowed vectors only.
        bitmap = np.packbits(allowed, bitorder="little")
        selector = faiss.IDSelectorBitmap(len(allowed), faiss.swig_ptr(bitmap))
        if hasattr(index, "nprobe"):
            probes = _probes(index, int(np.count_nonzero(allowed)))
            parameters = faiss.SearchParametersIVF(sel=selector, nprobe=probes)
        else:
            parameters = faiss.SearchParameters(sel=selector)
    threads = faiss.omp_get_max_threads()
    faiss.omp_set_num_threads(1)  # one query: a second thread only costs
    try:
        _, positions = index.search(
            query[None, :], min(limit, max(index.ntotal, 1)), params=parameters
        )
    finally:
        faiss.omp_set_num_threads(threads)
    return positions[0][positions[0] >= 0]


def _probes(index: Any, allowed: int) -> int:
    """How many lists to search so that about as many allowed vectors are seen as without a filter.

    The few vectors of one source lie in few lists, which need not be those nearest to the query.
    """
    share = max(allowed, 1) / max(index.ntotal, 1)
    return min(index.nlist, math.ceil(index.nprobe / share))
