"""Pairs on which an exported model is compared with the original: short, long, odd."""

from __future__ import annotations

from itertools import product

_EVIDENCE = (
    "The council closed the bridge for repairs in May.",
    "Nobody was hurt when the crane fell, the harbour master said on Tuesday.",
    "In 2019 the orchard sold 4,200 tonnes of apples, a tenth less than in the year before.",
    "Rain.",
    "Zürich – 1 200 m² of “naïve” café floor, €5 a cup 😀",
    "The mayor denied that she had promised a second tunnel; her deputy had, she added.",
    "",
)
_CLAIMS = (
    "The council closed the bridge in May.",
    "The crane killed two people.",
    "The orchard sold more apples in 2019 than in 2018.",
    "A second tunnel was promised by the mayor's deputy",
    "It did not rain.",
)
SAMPLE_PAIRS: tuple[tuple[str, str], ...] = (
    *product(_EVIDENCE, _CLAIMS),
    *((" ".join(_EVIDENCE[: count + 2]), _CLAIMS[0]) for count in range(len(_EVIDENCE) - 1)),
    (" ".join(_EVIDENCE * 2), _CLAIMS[2]),
)
