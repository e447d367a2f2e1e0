from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from factcheck.quotes.align import align_words, prefix_costs

WORDS = st.lists(st.integers(0, 5), max_size=14)


def edit_cost(left: list[int], right: list[int]) -> int:
    """Plain edit distance, written out as the definition has it."""
    row = list(range(len(right) + 1))
    for i, a in enumerate(left, start=1):
        previous, row = row, [i]
        for j, b in enumerate(right, start=1):
            row.append(min(previous[j] + 1, row[-1] + 1, previous[j - 1] + (a != b)))
    return row[-1]


@settings(max_examples=300, deadline=None)
@given(WORDS, WORDS)
def test_the_cost_is_that_of_the_closest_run_of_source_words(
    quote: list[int], source: list[int]
) -> None:
    best = min(
        edit_cost(quote, source[a:b])
        for a in range(len(source) + 1)
        for b in range(a, len(source) + 1)
    )
    assert abs(align_words(quote, source).cost - best) < 0.05 * (len(quote) + 1)


@settings(max_examples=300, deadline=None)
@given(WORDS, WORDS, st.frozensets(st.integers(1, 13), max_size=2))
def test_pairs_run_in_order_and_hold_every_quoted_word(
    quote: list[int], source: list[int], gaps: frozenset[int]
) -> None:
    inner = frozenset(gap for gap in gaps if gap < len(quote))
    pairs = align_words(quote, source, gaps=inner).pairs
    ours = [i for i, _ in pairs if i is not None]
    theirs = [j for _, j in pairs if j is not None]
    assert ours == (list(range(len(quote))) if source else [])
    assert theirs == sorted(set(theirs))


@settings(max_examples=200, deadline=None)
@given(WORDS, WORDS)
def test_prefix_costs_are_the_costs_of_the_prefixes(quote: list[int], source: list[int]) -> None:
    costs = prefix_costs(quote, source)
    expected = [align_words(quote[:count], source).cost for count in range(len(quote) + 1)]
    assert all(abs(a - b) < 1e-9 for a, b in zip(costs, expected, strict=True))


def test_an_ellipsis_jumps_over_any_number_of_words_at_hardly_any_cost() -> None:
    found = align_words([1, 2, 3], [9, 1, 2, 8, 4, 4, 4, 3, 7], gaps=frozenset({2}))
    assert found.pairs == ((0, 1), (1, 2), (2, 7))
    assert found.cost < 0.01


def test_bracketed_words_may_stand_for_others() -> None:
    found = align_words([1, 5, 2], [7, 1, 8, 2], editorial=[False, True, False])
    assert found.pairs == ((0, 1), (1, 2), (2, 3))
    assert found.cost < 0.2


def test_layout_words_of_the_source_cost_hardly_anything() -> None:
    found = align_words([1, 2], [1, 9, 2], skippable=[False, True, False])
    assert found.pairs == ((0, 0), (None, 1), (1, 2))
    assert found.cost < 0.1
