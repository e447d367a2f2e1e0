"""Quantities as tests of how they are read ask for them."""

from __future__ import annotations

from factcheck.checks.comparison.intervals import Comparison, compare_values
from factcheck.checks.numbers.quantity import Quantity
from factcheck.checks.reading import read_text


def read(text: str) -> tuple[Quantity, ...]:
    return read_text(text).quantities


def only(text: str) -> Quantity:
    found = read(text)
    assert len(found) == 1, [(q.text, q.kind) for q in found]
    return found[0]


def last(text: str) -> Quantity:
    return read(text)[-1]


def compare(claim: str, passage: str) -> Comparison:
    return compare_values(only(claim), only(passage))
