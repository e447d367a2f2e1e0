"""The deferred encoder is the shipped one, loaded late; equal inputs are computed once."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from factcheck.errors import ModelError
from factcheck.models import registry
from factcheck.models.deferred import DeferredEncoder, defer_encoder
from factcheck.models.encoder import Encoder, load_encoder
from factcheck.models.onnx import OnnxVerifier

TEXTS = ["The bridge was opened in May.", "", "Zürich 😀"]


def test_a_deferred_encoder_gives_the_name_hash_and_vectors_of_the_loaded_one() -> None:
    deferred: Encoder = defer_encoder(threads=1)
    loaded = load_encoder(threads=1)
    assert (deferred.name, deferred.sha256, deferred.dimension) == (
        loaded.name,
        loaded.sha256,
        loaded.dimension,
    )
    assert deferred.encode(TEXTS).tobytes() == loaded.encode(TEXTS).tobytes()
    assert defer_encoder(threads=1) is deferred


def test_changed_weights_are_refused_when_the_first_text_is_encoded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shipped = registry.find_card(registry.ENCODER, None)
    assert shipped is not None
    card = shipped.path.with_suffix(".json").read_text(encoding="utf-8")
    (tmp_path / "encoder.json").write_text(card, encoding="utf-8")
    (tmp_path / shipped.path.name).write_bytes(shipped.path.read_bytes()[:-1] + b"x")
    (tmp_path / shipped.tokenizer.name).write_bytes(shipped.tokenizer.read_bytes())
    spoilt = registry.read_card(tmp_path / "encoder.json")
    monkeypatch.setattr(registry, "find_card", lambda role, name: spoilt)
    deferred = DeferredEncoder(spoilt, 1)
    assert deferred.sha256 == shipped.sha256
    with pytest.raises(ModelError) as caught:
        deferred.encode(TEXTS)
    assert caught.value.code == "FC523"


def test_equal_pairs_are_computed_once_and_have_equal_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    card = registry.find_card(registry.VERIFIER, None)
    assert card is not None
    verifier = OnnxVerifier(card, threads=1)
    pairs = [("The bridge was opened in May.", "It opened in May."), ("Rye bread.", "It opened.")]
    expected = verifier.predict(pairs)
    computed: list[int] = []
    plan = verifier._runtime.run.__globals__["plan_batches"]

    def counted(lengths: list[int], **options: int) -> object:
        computed.append(len(lengths))
        return plan(lengths, **options)

    monkeypatch.setitem(verifier._runtime.run.__globals__, "plan_batches", counted)
    assert verifier.predict(pairs * 3).tobytes() == np.tile(expected, (3, 1)).tobytes()
    assert computed == [2]
