from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from factcheck.quotes import quoted_fragments


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            'He called it a "brutal violation" and “a shame”.',
            [("brutal violation", 0), ("a shame", 0)],
        ),
        (
            "“He told me ‘go away’ and I went.”",
            [("He told me ‘go away’ and I went.", 0), ("go away", 1)],
        ),
        ("«Bonjour» and „Guten Tag“", [("Bonjour", 0), ("Guten Tag", 0)]),
        ("'A small thing', he said, 'but mine'", [("A small thing", 0), ("but mine", 0)]),
        ("‘The ministers’ plan failed,’ she said", [("The ministers’ plan failed,", 0)]),
        ("He said \"I heard 'no' twice\" today", [("I heard 'no' twice", 0), ("no", 1)]),
        ('He wrote ("a b") and—"c d"—then', [("a b", 0), ("c d", 0)]),
        ('"One."\n\n"Two."', [("One.", 0), ("Two.", 0)]),
        ("“One.\n\n“Two,” he said.", [("One.\n\n“Two,", 0)]),
        ("the ministers' plan, it's 5'10\" tall", []),
        ('a 12" pizza and a 10" pizza', []),
        ("rock 'n' roll in the '90s and '80s", []),
        ('"unclosed and then nothing', []),
        ('""', []),
    ],
)
def test_quotation_marks_pair_up_and_apostrophes_do_not(
    text: str, expected: list[tuple[str, int]]
) -> None:
    assert [(f.text, f.depth) for f in quoted_fragments(text)] == expected


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet="ab S.,\n\"'“”‘’«»„‹›", max_size=60))
def test_fragments_lie_inside_their_marks(text: str) -> None:
    for fragment in quoted_fragments(text):
        assert text[fragment.start : fragment.end] == fragment.text
        assert fragment.text == fragment.text.strip() != ""
        assert fragment.outer_start < fragment.start < fragment.end < fragment.outer_end
