from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from factcheck.quotes.normalise import normalise, tokens_of, word_key
from factcheck.text import canonical_text

# Letters, layout and every kind of mark that levelling touches.
MESSY = st.text(
    alphabet=st.one_of(
        st.sampled_from(
            "abc XYZ 012 \n\t-\u00ad\u2010\u2013\u2014\u2026\u201c\u201d\u2018\u2019'\"\ufb01\ufb03"
            "\u00a0\u2009\u202f\u200b\u2060\u00b2\u00bd.,[]()%éćйß²½"
        ),
        st.characters(codec="utf-8"),
    ),
    max_size=120,
)


@settings(max_examples=300, deadline=None)
@given(MESSY)
def test_every_levelled_character_points_at_a_stretch_of_the_original(raw: str) -> None:
    text = canonical_text(raw)
    level = normalise(text)
    assert len(level.text) == len(level.starts) == len(level.ends)
    assert level.starts == sorted(level.starts)
    assert level.ends == sorted(level.ends)
    assert all(0 <= a < b <= len(text) for a, b in zip(level.starts, level.ends))


@settings(max_examples=300, deadline=None)
@given(MESSY)
def test_the_span_of_a_token_holds_the_token(raw: str) -> None:
    text = canonical_text(raw)
    level, tokens = tokens_of(text)
    for token in tokens:
        assert level.text[token.level_start : token.level_end] == token.surface
        # one character can stand for more than the token: "½" is "1/2"
        assert token.surface in normalise(text, token.start, token.end).text


@settings(max_examples=200, deadline=None)
@given(MESSY, st.integers(0, 60), st.integers(0, 60))
def test_a_stretch_gives_the_tokens_that_lie_in_it(raw: str, start: int, size: int) -> None:
    text = canonical_text(raw)
    end = min(len(text), start + size)
    for token in tokens_of(text, min(start, end), end)[1]:
        assert start <= token.start < token.end <= end


@pytest.mark.parametrize(
    ("typeset", "plain"),
    [
        ("“Yes”, he said", '"Yes", he said'),
        ("the govern-\nment fell", "the government fell"),
        ("the govern\u00ad\n  ment fell", "the government fell"),
        ("so\u00adft", "soft"),
        ("ﬁnal oﬃce", "final office"),
        ("2\u202f500 people", "2,500 people"),
        ("the  wide\u00a0\n road", "the wide road"),
        ("zero\u200bwidth", "zerowidth"),
        ("wait…", "wait..."),
        ("1998–2001 — gone", "1998-2001 - gone"),
        ("the treaty² of 5 km²", "the treaty of 5 km2"),
        ("10⁶ cells", "106 cells"),
        ("SARS-\nCoV-2", "SARS-CoV-2"),
    ],
)
def test_typography_and_layout_are_levelled(typeset: str, plain: str) -> None:
    assert normalise(typeset).text == plain


@pytest.mark.parametrize(
    ("left", "right", "same"),
    [
        ("2,500", "2500", True),
        ("U.S.", "US", True),
        ("1.5", "15", False),
        ("2.5", "2,5", False),
        ("we're", "were", False),
        ("%", "percent", True),
        ("café", "cafe", False),
    ],
)
def test_keys_keep_what_is_said_and_drop_how_it_is_written(
    left: str, right: str, same: bool
) -> None:
    assert (word_key(left) == word_key(right)) is same


def test_signs_and_units_are_tokens_of_their_own() -> None:
    surfaces = [token.surface for token in tokens_of("It fell by -5% to $3 at 5pm, 2010 -2015.")[1]]
    assert surfaces == "It fell by - 5 % to $ 3 at 5 pm 2010 2015".split()
