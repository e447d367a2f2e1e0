from __future__ import annotations

import subprocess
import sys

import numpy as np
import pytest

from factcheck.errors import ModelError
from factcheck.models.encoder import Encoder, load_encoder

TEXTS = [
    "The council closed the bridge for repairs.",
    "",
    "Repairs led the council to shut the bridge, which carries some 4,000 cars on a working day.",
    "A bakery on the corner sells rye bread.",
    "Zürich – 1 200 m²: “naïve” café, €5 😀",
    "第一句。第二句。",
    "word " * 3000,
    "\x00 control \u200b and \u202e direction",
]

# Cosines of all-MiniLM-L6-v2 in float32 on sentence-transformers 6.2.
FLOAT_COSINES = [
    (TEXTS[0], "Repairs led the council to shut the bridge.", 0.9248),
    (TEXTS[0], TEXTS[3], -0.0224),
    (
        "Exports of copper fell by a tenth last year.",
        "Copper exports dropped ten per cent in the past year.",
        0.9077,
    ),
    (
        "Exports of copper fell by a tenth last year.",
        "Copper exports rose ten per cent in the past year.",
        0.7830,
    ),
    ("Der Rat schloss die Brücke.", "The council closed the bridge.", 0.1633),
    (TEXTS[4], "Zurich: a naive café of 1,200 square metres", 0.9076),
]


def test_a_text_has_the_same_bytes_alone_and_in_a_batch(encoder: Encoder) -> None:
    together = encoder.encode(TEXTS)
    alone = np.concatenate([encoder.encode([text]) for text in TEXTS])

    assert together.tobytes() == alone.tobytes()


def test_the_order_of_the_texts_decides_only_the_order_of_the_rows(encoder: Encoder) -> None:
    forwards = encoder.encode(TEXTS * 3)
    backwards = encoder.encode((TEXTS * 3)[::-1])

    assert forwards.tobytes() == np.ascontiguousarray(backwards[::-1]).tobytes()


def test_the_number_of_threads_changes_no_byte(encoder: Encoder) -> None:
    assert load_encoder(threads=1).encode(TEXTS).tobytes() == encoder.encode(TEXTS).tobytes()


def test_rows_are_float32_of_unit_length(encoder: Encoder) -> None:
    vectors = encoder.encode(TEXTS)

    assert vectors.dtype == np.float32
    assert vectors.shape == (len(TEXTS), 384) == (len(TEXTS), encoder.dimension)
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1.0, atol=1e-5)


def test_no_texts_give_no_rows(encoder: Encoder) -> None:
    assert encoder.encode([]).shape == (0, 384)


def test_cosines_stay_near_those_of_the_float_model(encoder: Encoder) -> None:
    first = encoder.encode([pair[0] for pair in FLOAT_COSINES])
    second = encoder.encode([pair[1] for pair in FLOAT_COSINES])

    expected = [pair[2] for pair in FLOAT_COSINES]
    np.testing.assert_allclose((first * second).sum(axis=1), expected, atol=0.015)


def test_a_text_is_cut_at_the_limit_of_the_model(encoder: Encoder) -> None:
    start = "bridge " * 254
    vectors = encoder.encode([start, start + "bread " * 50, start + "x" * 300_000])

    assert vectors[1].tobytes() == vectors[0].tobytes()
    assert vectors[2].tobytes() == vectors[0].tobytes()


def test_a_lone_surrogate_is_read_as_a_question_mark(encoder: Encoder) -> None:
    vectors = encoder.encode(["what \ud800 now", "what ? now"])

    assert vectors[0].tobytes() == vectors[1].tobytes()


def test_the_shipped_encoder_loads_by_its_name(encoder: Encoder) -> None:
    assert encoder.name == "all-minilm-l6-v2-int8"
    assert load_encoder(encoder.name, threads=1).sha256 == encoder.sha256


def test_a_model_that_is_not_on_this_machine_is_an_error_with_a_hint() -> None:
    with pytest.raises(ModelError) as caught:
        load_encoder("nobody/no-such-encoder")

    assert caught.value.code == "FC525"
    assert caught.value.exit_code == 3
    assert "'nobody/no-such-encoder'" in caught.value.message
    assert caught.value.hint is not None and "never downloads" in caught.value.hint


def test_importing_the_interfaces_imports_no_runtime() -> None:
    code = (
        "import sys, factcheck.models.encoder, factcheck.models.verifier, factcheck.models.onnx, "
        "factcheck.models.torch; "
        "print(sorted({'torch', 'onnxruntime', 'tokenizers', 'sentence_transformers', "
        "'transformers', 'huggingface_hub'} & set(sys.modules)))"
    )
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert shown.stdout.strip() == "[]"
