"""The shipped weights: one JSON card beside each file says what it is and its hash."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from factcheck.errors import ModelError

WEIGHTS_FOLDER = Path(__file__).parent / "weights"
CARD_VERSION = 1
ENCODER = "encoder"
VERIFIER = "verifier"
SEGMENTS = "segments"
ALIGNED = "aligned"
ORDERED = "ordered"
TOKEN_TYPES = (SEGMENTS, ALIGNED, ORDERED)
"""What a verifier is told by token types: which text a token is of, or also what `alignment` sees
of meetings, or of their order too."""

_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class PairTemplate:
    """How a cross-encoder wants two texts joined: token ids before, between and after them.

    Attributes:
        pad: the id that fills a row up to the length of its batch.
    """

    start: tuple[int, ...]
    middle: tuple[int, ...]
    end: tuple[int, ...]
    pad: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class WeightsCard:
    """What a card says about one file of weights.

    Attributes:
        name: how the model is named in settings and reports.
        version: of the weights, grows with every change.
        role: `encoder` or `verifier`.
        path: the ONNX file.
        sha256: of the ONNX file, in hexadecimal.
        tokenizer: the tokeniser file beside it.
        tokenizer_sha256: of the tokeniser file.
        max_tokens: longest input in tokens, special ones included.
        dimension: length of a vector; 0 for a verifier.
        labels: the verifier's columns in the order of its logits.
        temperature: logits are divided by it before the softmax; positive.
        bias: added to the divided logits, in the order supports, refutes, neutral.
        token_types: one of `TOKEN_TYPES`.
        pair: how two texts are joined; None for `[CLS] … [SEP] … [SEP]`.
        base, licence, training_data: origin and terms, for `factcheck models` and the notices.
        thresholds, metrics: numbers measured on development data.
    """

    name: str
    version: str
    role: str
    path: Path
    sha256: str
    tokenizer: Path
    tokenizer_sha256: str
    max_tokens: int
    dimension: int = 0
    labels: tuple[str, ...] = ()
    temperature: float = 1.0
    bias: tuple[float, ...] = (0.0, 0.0, 0.0)
    token_types: str = SEGMENTS
    pair: PairTemplate | None = None
    base: str = ""
    licence: str = ""
    training_data: tuple[Mapping[str, str], ...] = ()
    thresholds: Mapping[str, float] = field(default_factory=dict)
    metrics: Mapping[str, Any] = field(default_factory=dict)


def shipped_cards(folder: Path = WEIGHTS_FOLDER) -> tuple[WeightsCard, ...]:
    """The cards of all shipped weights, ordered by role and name.

    JSON files without a role, such as those of models that are read elsewhere, are passed over.

    Raises:
        ModelError: FC521, a card cannot be read.
    """
    cards = []
    for path in sorted(folder.glob("*.json")):
        entries = _read_json(path)
        if entries.get("role") in (ENCODER, VERIFIER):
            cards.append(_card(path, entries))
    return tuple(sorted(cards, key=lambda card: (card.role, card.name)))


def read_card(path: Path) -> WeightsCard:
    """Read one card; file names in it are relative to its folder.

    Raises:
        ModelError: FC521, the card is missing, is not JSON, or lacks an entry.
    """
    return _card(path, _read_json(path))


def find_card(role: str, name: str | None, folder: Path = WEIGHTS_FOLDER) -> WeightsCard | None:
    """The shipped card of a role: by name, or the first one for `None`.

    Returns:
        The card, or None when no shipped model has that name.

    Raises:
        ModelError: FC522, no weights of that role are shipped at all.
    """
    cards = [card for card in shipped_cards(folder) if card.role == role]
    if not cards:
        raise ModelError(
            f"no {role} weights are installed",
            where=folder,
            hint="install the package again; its wheel contains the weights",
            code="FC522",
        )
    if name is None:
        return cards[0]
    return next((card for card in cards if card.name == name), None)


def folder_card(role: str, name: str | None) -> WeightsCard | None:
    """The card in a local folder of exported weights, or None when it is no such folder.

    Raises:
        ModelError: FC521, the card cannot be read.
    """
    path = Path(name) / f"{role}.json" if name else None
    return read_card(path) if path is not None and path.is_file() else None


def verify_files(card: WeightsCard) -> None:
    """Compare weights and tokeniser with the card, once for each file and process.

    Raises:
        ModelError: FC522, a file is missing; FC523, a file is not the one the card describes.
    """
    for path, expected in ((card.path, card.sha256), (card.tokenizer, card.tokenizer_sha256)):
        try:
            state = path.stat()
            found = _file_sha256(path, state.st_size, state.st_mtime_ns)
        except OSError as error:
            raise ModelError(
                f"the {card.role} weights {card.name} cannot be read: {error.strerror}",
                where=path,
                hint="install the package again; its wheel contains the weights",
                code="FC522",
            ) from error
        if found != expected:
            raise ModelError(
                f"the file is not the one that the card of {card.name} describes",
                where=path,
                hint="install the package again; the file was changed or cut short",
                code="FC523",
            )


def file_sha256(path: Path) -> str:
    """SHA-256 of a file in hexadecimal."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


@cache
def _file_sha256(path: Path, size: int, modified_ns: int) -> str:
    return file_sha256(path)


def _read_json(path: Path) -> Mapping[str, Any]:
    try:
        entries = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ModelError(
            f"the model card cannot be read: {error}", where=path, code="FC521"
        ) from error
    if not isinstance(entries, dict):
        raise ModelError("the model card is not a JSON object", where=path, code="FC521")
    return entries


def _card(path: Path, entries: Mapping[str, Any]) -> WeightsCard:
    try:
        if entries["card_version"] != CARD_VERSION:
            raise ValueError(f"card_version {entries['card_version']} is not {CARD_VERSION}")
        return WeightsCard(
            name=entries["name"],
            version=str(entries["version"]),
            role=entries["role"],
            path=path.parent / entries["file"],
            sha256=entries["sha256"],
            tokenizer=path.parent / entries["tokenizer"],
            tokenizer_sha256=entries["tokenizer_sha256"],
            max_tokens=int(entries["max_tokens"]),
            dimension=int(entries.get("dimension", 0)),
            labels=tuple(entries.get("labels", ())),
            temperature=float(entries.get("temperature", 1.0)),
            bias=tuple(float(value) for value in entries.get("bias", (0.0, 0.0, 0.0))),
            token_types=_token_types(entries.get("token_types", SEGMENTS)),
            pair=_pair_template(entries["pair"]) if entries.get("pair") else None,
            base=entries["base"],
            licence=entries["licence"],
            training_data=tuple(entries["training_data"]),
            thresholds=dict(entries.get("thresholds", {})),
            metrics=dict(entries.get("metrics", {})),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise ModelError(
            f"the model card has a missing or wrong entry: {error}", where=path, code="FC521"
        ) from error


def _token_types(name: str) -> str:
    if name not in TOKEN_TYPES:
        raise ValueError(f"token_types {name!r} is none of {', '.join(TOKEN_TYPES)}")
    return name


def _pair_template(entries: Mapping[str, Any]) -> PairTemplate:
    def ids(name: str) -> tuple[int, ...]:
        return tuple(int(value) for value in entries[name])

    return PairTemplate(
        start=ids("start"), middle=ids("middle"), end=ids("end"), pad=int(entries["pad"])
    )
