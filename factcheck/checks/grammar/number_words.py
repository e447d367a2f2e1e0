"""Words that stand for numbers."""

from __future__ import annotations

ONES = {
    word: value
    for value, word in enumerate(
        """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen
    fifteen sixteen seventeen eighteen nineteen""".split()
    )
}
TENS = {
    word: 10 * value
    for value, word in enumerate(
        "twenty thirty forty fifty sixty seventy eighty ninety".split(), start=2
    )
}
SCALES = {
    "hundred": 1e2,
    "thousand": 1e3,
    "million": 1e6,
    "billion": 1e9,
    "trillion": 1e12,
    "mn": 1e6,
    "mln": 1e6,
    "bn": 1e9,
    "bln": 1e9,
    "tn": 1e12,
    "trn": 1e12,
    "lakh": 1e5,
    "crore": 1e7,
    "lakhs": 1e5,
    "crores": 1e7,
    "dozen": 12.0,
}
GLUED_SCALES = {"k": 1e3, "m": 1e6, "b": 1e9, "t": 1e12}
VULGAR = {
    "½": 0.5,
    "¼": 0.25,
    "¾": 0.75,
    "⅓": 1 / 3,
    "⅔": 2 / 3,
    "⅕": 0.2,
    "⅖": 0.4,
    "⅗": 0.6,
    "⅘": 0.8,
    "⅙": 1 / 6,
    "⅛": 0.125,
    "⅜": 0.375,
    "⅝": 0.625,
    "⅞": 0.875,
}
DENOMINATORS = {
    "half": 2,
    "halves": 2,
    "third": 3,
    "thirds": 3,
    "quarter": 4,
    "quarters": 4,
    "fifth": 5,
    "fifths": 5,
    "sixth": 6,
    "sixths": 6,
    "seventh": 7,
    "sevenths": 7,
    "eighth": 8,
    "eighths": 8,
    "ninth": 9,
    "ninths": 9,
    "tenth": 10,
    "tenths": 10,
}
ORDINAL_WORDS = {
    word: value
    for value, word in enumerate(
        """first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth
    thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth
    twentieth""".split(),
        start=1,
    )
}
# (least, most) that each word can mean; generous, because only far-off numbers may contradict.
VAGUE = {
    "tens": (20, 100),
    "dozens": (20, 300),
    "scores": (30, 300),
    "hundreds": (150, 3000),
    "thousands": (1500, 100000),
    "millions": (1.5e6, 1e9),
    "billions": (1.5e9, 1e12),
}
HANDFUL = (3, 9)
# How many hundreds are "several hundred", how many dozens "a couple of dozen".
VAGUE_TIMES = {"several": (2, 9), "few": (2, 9), "couple": (1.6, 3), "many": (2, 25)}
VAGUE_OF = {
    ("tens", "thousands"): (15000, 300000),
    ("hundreds", "thousands"): (1e5, 3e6),
    ("tens", "millions"): (1.5e7, 3e8),
    ("hundreds", "millions"): (1e8, 3e9),
    ("tens", "billions"): (1.5e10, 3e11),
    ("hundreds", "billions"): (1e11, 3e12),
}

NUMBER_WORDS = frozenset((*ONES, *TENS, *VAGUE, "several", "many", "half"))
