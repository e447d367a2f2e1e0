"""The vectors of an index: made once for each text, kept in the database, written for FAISS."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from factcheck.index.progress import Progress, ProgressCallback
from factcheck.index.store import Store
from factcheck.records import Passage

if TYPE_CHECKING:
    from factcheck.models.encoder import Encoder

_ENCODE_CHUNK = 512


def encoder_text(passage: Passage) -> str:
    """What the encoder reads of a passage: its context first, so that names are there."""
    return f"{passage.context} {passage.text}" if passage.context else passage.text


def vector_key(text: str, encoder_sha256: str) -> bytes:
    """Under which the vector of a text is kept: the same text of the same encoder has one."""
    return hashlib.sha256(f"{encoder_sha256}\n{text}".encode()).digest()[:16]


def vector_keys(passages: Sequence[Passage], encoder_sha256: str) -> list[bytes]:
    """The keys of the passages' vectors, in their order."""
    return [vector_key(encoder_text(passage), encoder_sha256) for passage in passages]


def encode_missing(
    store: Store, encoder: Encoder, passages: Iterable[Passage], progress: ProgressCallback
) -> int:
    """Encode the texts that have no vector yet and keep each chunk at once.

    Returns:
        How many texts were encoded.
    """
    texts = {}
    for passage in passages:
        text = encoder_text(passage)
        texts[vector_key(text, encoder.sha256)] = text
    missing = sorted(store.missing_vectors(list(texts)))
    if not missing:
        return 0
    import numpy as np

    # Sorted by length so that a batch holds texts of about one size.
    missing.sort(key=lambda key: (len(texts[key]), texts[key]))
    for position in range(0, len(missing), _ENCODE_CHUNK):
        progress(Progress("encoding", position, len(missing)))
        chunk = missing[position : position + _ENCODE_CHUNK]
        vectors = encoder.encode([texts[key] for key in chunk]).astype(np.float16)
        store.put_vectors(
            (key, vector.tobytes()) for key, vector in zip(chunk, vectors, strict=True)
        )
    progress(Progress("encoding", len(missing), len(missing)))
    return len(missing)


def write_vectors(store: Store, folder: Path, dimension: int) -> dict[str, str]:
    """Write the vectors of all passages for FAISS, into a file named by its content.

    Returns:
        Entries for the manifest.

    Raises:
        StorageError: the disk is full or the folder cannot be written.
    """
    import numpy as np

    from factcheck.index.vectors import build_vector_index, write_vector_index

    data = b"".join(vector for _, _, vector in store.vectors_in_order())
    matrix = np.frombuffer(data, dtype=np.float16).reshape(-1, dimension).astype(np.float32)
    name = f"vectors-{hashlib.sha256(matrix.tobytes()).hexdigest()[:16]}.faiss"
    digest = write_vector_index(build_vector_index(matrix), folder / name)
    return {"vectors_file": name, "vectors_sha256": digest, "passages": str(len(matrix))}


def remove_old_vectors(folder: Path, keep: Iterable[str | None]) -> None:
    """Remove the vector files of earlier states."""
    for path in folder.glob("vectors-*.faiss*"):
        if path.name not in keep:
            path.unlink(missing_ok=True)
