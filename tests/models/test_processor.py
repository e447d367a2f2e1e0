"""Whether a processor's kernels for 8-bit numbers are exact, and that both kinds agree."""

from __future__ import annotations

import pytest

from factcheck.models import onnx
from factcheck.models.processor import tells_of_vnni
from factcheck.models.verifier import load_verifier

PAIRS = [
    (
        "The bridge was opened in May 2019 and cost 42 million crowns.",
        "The bridge cost 42 million.",
    ),
    ("The bridge was opened in May 2019 and cost 42 million crowns.", "It was opened in 2016."),
    ("Nobody was hurt.", "The choir sang for two hours."),
]


@pytest.mark.parametrize(
    ("text", "exact"),
    [
        ("processor\t: 0\nflags\t\t: fpu avx2 avx512_vnni\n", True),
        ("flags\t\t: fpu avx2 avx_vnni\nflags\t\t: fpu avx2 avx_vnni\n", True),
        ("flags\t\t: fpu avx2 avx_vnni\nflags\t\t: fpu avx2\n", False),
        ("flags\t\t: fpu avx2\nmodel name\t: avx512_vnni\n", False),
        ("Features\t: fp asimd\n", False),
        ("", False),
    ],
)
def test_vnni_is_known_by_the_flags_of_every_processor(text: str, exact: bool) -> None:
    assert tells_of_vnni(text) is exact


def test_exact_kernels_and_those_of_this_processor_give_the_same(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    if not onnx.sums_bytes_exactly():
        pytest.skip("this processor has exact kernels only")
    fast = load_verifier().predict(PAIRS)
    monkeypatch.setattr(onnx, "sums_bytes_exactly", lambda: False)
    slow = load_verifier().predict(PAIRS)
    assert (fast == slow).all()
