"""Any other model by name or folder, on sentence-transformers, never downloaded."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from factcheck.errors import ModelError, raise_if_stopped
from factcheck.models.alignment import TYPES, UNORDERED_TYPES
from factcheck.models.batching import count_threads
from factcheck.models.registry import ENCODER, VERIFIER, file_sha256
from factcheck.models.verifier import STANCES, calibrate, stance_columns

_OFFLINE = ("HF_HUB_OFFLINE", "TRANSFORMERS_OFFLINE", "HF_HUB_DISABLE_TELEMETRY")
# Where sentence-transformers looks for a name without an owner.
_USUAL_OWNER = {ENCODER: "sentence-transformers", VERIFIER: "cross-encoder"}
# Files that decide what a model computes; a README or a training log does not.
_DECIDING = (".safetensors", ".bin", ".json", ".txt", ".model")
# Of models that name no limit of their own.
_MOST_TOKENS = 512

Loaded = TypeVar("Loaded")


class TorchEncoder:
    """A sentence-transformers model; see `factcheck.models.encoder.Encoder`.

    Args:
        name: a local folder or the name of a model in the local cache.
        threads: CPU threads; None or 0 for one per core.

    Raises:
        ModelError: FC525, there is no such model on this machine; FC522, it cannot be loaded.
    """

    def __init__(self, name: str, *, threads: int | None = None) -> None:
        folder = find_folder(name, ENCODER)

        def load() -> Any:
            from sentence_transformers import SentenceTransformer

            return SentenceTransformer(str(folder), local_files_only=True)

        self.name = name
        self.sha256 = folder_sha256(folder)
        self._model = _load(load, name, ENCODER, threads)
        self.dimension = int(_dimension(self._model))

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Unit vectors, (n, dimension) float32, in input order."""
        if not texts:
            return np.zeros((0, self.dimension), dtype=np.float32)
        vectors = _run(
            lambda: self._model.encode(
                [_encodable(text) for text in texts],
                normalize_embeddings=True,
                show_progress_bar=False,
                convert_to_numpy=True,
            ),
            self.name,
        )
        return np.ascontiguousarray(vectors, dtype=np.float32)


class TorchVerifier:
    """A sentence-transformers CrossEncoder; see `factcheck.models.verifier.Verifier`.

    Args:
        name: a local folder or the name of a model in the local cache.
        threads: CPU threads; None or 0 for one per core.

    Raises:
        ModelError: FC525, there is no such model on this machine; FC522, it cannot be loaded, or
            is a checkpoint whose token types only the ONNX form gets; FC526, its labels do not
            name the three stances.
    """

    def __init__(self, name: str, *, threads: int | None = None) -> None:
        folder = find_folder(name, VERIFIER)

        def load() -> Any:
            import torch
            from sentence_transformers import CrossEncoder

            # Weights are often stored in float16, which a CPU computes slowly and less exactly.
            on_cpu = not torch.cuda.is_available()
            kinds = {"dtype": torch.float32} if on_cpu else None
            return CrossEncoder(str(folder), local_files_only=True, model_kwargs=kinds)

        self.name = name
        self.folder = folder
        self.sha256 = folder_sha256(folder)
        self._model = _load(load, name, VERIFIER, threads)
        if getattr(self._model.config, "type_vocab_size", 2) in (UNORDERED_TYPES, TYPES):
            raise ModelError(
                "the verifier needs token types that sentence-transformers does not give",
                where=name,
                hint="export it with training/export_verifier.py and name the folder it writes",
                code="FC522",
            )
        self.labels = {int(key): str(value) for key, value in self._model.config.id2label.items()}
        self._columns = list(stance_columns(self.labels, where=name))

    @property
    def module(self) -> Any:
        """The PyTorch model, for export."""
        return self._model.model

    @property
    def tokenizer(self) -> Any:
        """Its tokeniser, for export."""
        return self._model.tokenizer

    @property
    def most_tokens(self) -> int:
        """Of evidence and claim together; of a longer pair the end of the evidence is cut."""
        limit = min(int(self.tokenizer.model_max_length), _MOST_TOKENS)
        return limit - int(self.tokenizer.num_special_tokens_to_add(pair=True))

    def token_counts(self, texts: Sequence[str]) -> list[int]:
        """Number of tokens of each text, without special ones."""
        if not texts:
            return []
        clean = [_encodable(text) for text in texts]
        ids = self.tokenizer(clean, add_special_tokens=False, verbose=False)["input_ids"]
        return [len(row) for row in ids]

    def logits(self, pairs: Sequence[tuple[str, str]]) -> NDArray[np.float32]:
        """Raw scores, (n, 3) float32, columns supports, refutes, neutral."""
        if not pairs:
            return np.zeros((0, len(STANCES)), dtype=np.float32)
        scores = _run(self._predictor(pairs), self.name)
        return np.ascontiguousarray(scores, dtype=np.float32)[:, self._columns]

    def predict(self, pairs: Sequence[tuple[str, str]]) -> NDArray[np.float32]:
        """Probabilities, (n, 3) float32, columns supports, refutes, neutral; not calibrated."""
        return calibrate(self.logits(pairs), temperature=1.0, bias=(0.0, 0.0, 0.0))

    def _predictor(self, pairs: Sequence[tuple[str, str]]) -> Callable[[], Any]:
        from torch.nn import Identity

        clean = [(_encodable(evidence), _encodable(claim)) for evidence, claim in pairs]
        return lambda: self._model.predict(
            clean, activation_fn=Identity(), show_progress_bar=False, convert_to_numpy=True
        )


def find_folder(name: str, role: str) -> Path:
    """Find a model on this machine.

    Args:
        name: a folder, or a name as in the local cache, with or without its owner.
        role: `encoder` or `verifier`.

    Raises:
        ModelError: FC525, there is no such model.
    """
    path = Path(name).expanduser()
    if path.is_dir():
        if not (path / "config.json").is_file() and not (path / "modules.json").is_file():
            raise ModelError(
                "the folder holds no model",
                where=name,
                hint="point to a folder with config.json and model.safetensors",
                code="FC525",
            )
        return path
    _stay_offline()
    from huggingface_hub import snapshot_download

    names = [name] if "/" in name else [name, f"{_USUAL_OWNER[role]}/{name}"]
    for candidate in names:
        try:
            return Path(snapshot_download(candidate, local_files_only=True))
        except Exception:  # every reason for not finding it has the same remedy
            continue
    raise ModelError(
        f"there is no {role} {name!r} on this machine",
        hint="give the folder of a model, or leave the setting out for the shipped one; "
        "factcheck never downloads models",
        code="FC525",
    )


def folder_sha256(folder: Path) -> str:
    """One hash over the files that decide what a model computes.

    Returns:
        SHA-256 over the relative names and the hashes of these files, ordered by name.
    """
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.suffix in _DECIDING:
            digest.update(f"{path.relative_to(folder).as_posix()}\0{file_sha256(path)}\n".encode())
    return digest.hexdigest()


def _stay_offline() -> None:
    """Switch the hub client off; it reads these when it is imported."""
    for variable in _OFFLINE:
        os.environ[variable] = "1"


def _hide_bars() -> None:
    """No progress bars of libraries on stderr."""
    from transformers.utils import logging

    logging.disable_progress_bar()


def _load(load: Callable[[], Loaded], name: str, role: str, threads: int | None) -> Loaded:
    _stay_offline()
    try:
        import torch

        torch.set_num_threads(count_threads(threads))
        _hide_bars()
        return load()
    except ImportError as error:
        raise_if_stopped(error)
        raise ModelError(
            f"a package that runs the {role} is missing: {error}",
            hint="install factcheck again with its dependencies",
            code="FC522",
        ) from error
    except Exception as error:
        raise ModelError(
            f"the {role} cannot be loaded: {_first_line(error)}",
            where=name,
            hint="check the folder, or leave the setting out for the shipped model",
            code="FC522",
        ) from error


def _run(compute: Callable[[], Any], name: str) -> Any:
    try:
        return compute()
    except Exception as error:
        raise ModelError(
            f"the model failed: {_first_line(error)}", where=name, code="FC524"
        ) from error


def _dimension(model: Any) -> int:
    # The method was renamed in sentence-transformers 5.
    for method in ("get_embedding_dimension", "get_sentence_embedding_dimension"):
        if hasattr(model, method):
            return int(getattr(model, method)() or 0)
    raise ModelError("the encoder does not tell the length of its vectors", code="FC522")


def _encodable(text: str) -> str:
    return text.encode("utf-8", "replace").decode("utf-8")


def _first_line(error: BaseException) -> str:
    return (str(error).strip() or type(error).__name__).splitlines()[0][:200]
