from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from factcheck.models.batching import count_threads, padded_length, plan_batches

LENGTHS = st.lists(st.integers(min_value=1, max_value=256), max_size=200)


@given(LENGTHS, st.integers(min_value=1, max_value=2000))
def test_every_input_is_in_exactly_one_batch(lengths: list[int], batch_tokens: int) -> None:
    batches = plan_batches(lengths, limit=256, batch_tokens=batch_tokens)

    rows = [row for batch in batches for row in batch.rows]
    assert sorted(rows) == list(range(len(lengths)))


@given(LENGTHS, st.integers(min_value=1, max_value=2000))
def test_inputs_of_a_batch_fit_and_share_their_own_padded_length(
    lengths: list[int], batch_tokens: int
) -> None:
    for batch in plan_batches(lengths, limit=256, batch_tokens=batch_tokens):
        assert {padded_length(lengths[row], 256) for row in batch.rows} == {batch.tokens}
        assert len(batch.rows) == 1 or len(batch.rows) * batch.tokens <= batch_tokens


def test_padding_is_finer_for_short_inputs_and_never_passes_the_limit() -> None:
    assert [padded_length(n, 256) for n in (1, 4, 5, 64, 65, 129, 256)] == [
        4, 4, 8, 64, 72, 144, 256,
    ]  # fmt: skip
    assert padded_length(141, 142) == 142


def test_threads_asked_for_are_used_and_zero_means_the_cores() -> None:
    assert count_threads(3) == 3
    assert count_threads(0) == count_threads(None) >= 1
