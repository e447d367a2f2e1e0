from __future__ import annotations

import pytest

from factcheck.quotes.spelling import spelling_key


@pytest.mark.parametrize(
    ("british", "american"),
    [
        ("behaviour", "behavior"),
        ("neighbours", "neighbors"),
        ("recognised", "recognized"),
        ("organisation", "organization"),
        ("centre", "center"),
        ("travelling", "traveling"),
        ("defence", "defense"),
        ("haemorrhage", "hemorrhage"),
        ("manoeuvre", "maneuver"),
        ("foetus", "fetus"),
        ("programme", "program"),
        ("analysed", "analyzed"),
        ("grey", "gray"),
        ("neighbour's", "neighbor's"),
        ("judgement", "judgment"),
    ],
)
def test_british_and_american_spellings_share_a_key(british: str, american: str) -> None:
    assert spelling_key(british) == spelling_key(american)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("four", "for"),
        ("tour", "tor"),
        ("filled", "filed"),
        ("planned", "planed"),
        ("prise", "prize"),
        ("story", "storey"),
        ("check", "cheque"),
        ("ton", "tonne"),
        ("device", "devise"),
        ("were", "where"),
        ("affect", "effect"),
    ],
)
def test_different_words_never_share_a_key(one: str, other: str) -> None:
    assert spelling_key(one) != spelling_key(other)
