"""Numbers: another value, the same value written another way, and bounds."""

from __future__ import annotations

import random
import re

from training.pairs import Pair

_NUMBER = re.compile(r"(?<![\w.,/$€£-])(\d{1,3}(?:,\d{3})+|\d+)(?![\w,/:-]|\.\d)")
_SCALED = re.compile(r"(?<![\w.,])(\d+(?:\.\d+)?) (million|billion)\b")
_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_BOUND_BEFORE = re.compile(
    r"\b(?:over|under|than|least|most|about|around|approximately|nearly|almost|some|up to|"
    r"between|and|to|from|estimated|exceeding|above|below|roughly|only|number|no|season|"
    r"top|#|no\.|highway|route|interstate|channel|chapter|episode|" + _MONTHS.lower() + r")\s*$",
    re.IGNORECASE,
)
_OPENING = {"In", "The", "At", "With", "All", "These", "For", "After", "Within", "On", "Its"}
_DETERMINER = re.compile(r"\b(?:the|a|an|his|her|its|their|of|these|those)\s*$", re.IGNORECASE)
_WORDS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
    "fifteen sixteen seventeen eighteen nineteen twenty"
).split()
_TENS = "zero ten twenty thirty forty fifty sixty seventy eighty ninety".split()
_WORD_NUMBER = re.compile(r"\b(" + "|".join(_WORDS[2:]) + r")\b")

ABOVE = ("over", "more than", "at least", "upwards of")
BELOW = ("under", "less than", "fewer than", "at most")
NEAR = ("about", "around", "approximately", "roughly", "nearly")


def is_year(value: int, text: str) -> bool:
    """Tell whether a bare number reads as a calendar year."""
    return 1000 <= value <= 2100 and "," not in text


def write_number(value: int, *, words: bool) -> str:
    """Write a whole number as words where they are short, otherwise with separators."""
    if words and value <= 20:
        return _WORDS[value]
    if words and value < 100:
        tens, ones = divmod(value, 10)
        return _TENS[tens] + (f"-{_WORDS[ones]}" if ones else "")
    return f"{value:,}"


def other_notation(text: str) -> str | None:
    """Return the same whole number in another notation, or None when there is none."""
    if text in _WORDS:
        return str(_WORDS.index(text))
    value = int(text.replace(",", ""))
    if "," in text:
        if value % 1_000_000 == 0:
            return f"{value // 1_000_000} million"
        return text.replace(",", "")
    if is_year(value, text):
        return None
    return write_number(value, words=True) if 1 < value < 100 or value >= 1000 else None


def ends_in_name(before: str) -> bool:
    """Tell whether the word before a number is a name, as in "Apollo 13" or "Hot 100"."""
    words = before.split()
    if not words or words[-1][:1].islower() or words[-1].endswith((",", ".")):
        return False
    return len(words) > 1 or words[0] not in _OPENING


def counts_in(text: str) -> list[tuple[re.Match[str], int]]:
    """Find whole numbers that count something: no years, days of a month or bounded figures."""
    found = []
    for match in _NUMBER.finditer(text):
        value = int(match.group(1).replace(",", ""))
        after = text[match.end() :].lstrip()
        if is_year(value, match.group(1)) or value < 2:
            continue
        before = text[: match.start()]
        if _BOUND_BEFORE.search(before) or ends_in_name(before):
            continue
        if re.match(rf"(?:{_MONTHS}|million|billion|th\b|BC|AD|%|percent|per cent)", after):
            continue
        if not re.match(r"[a-z]", after):
            continue
        found.append((match, value))
    for match in _WORD_NUMBER.finditer(text):
        before, after = text[: match.start()], text[match.end() :]
        if not (_BOUND_BEFORE.search(before) or ends_in_name(before) or after[:1] == "-"):
            found.append((match, _WORDS.index(match.group(1))))
    return found


def holds_value(text: str, value: int) -> bool:
    """Tell whether a text states a value in any notation known here."""
    forms = {str(value), f"{value:,}"}
    if 1 < value < 100:
        forms.add(write_number(value, words=True))
    return any(re.search(rf"(?<![\w.,]){re.escape(form)}(?!\w|[.,]\d)", text) for form in forms)


def pick_count(pair: Pair, rng: random.Random) -> tuple[re.Match[str], int] | None:
    """Choose a counted number of the claim that the evidence states plainly and only once."""
    stated = [value for _, value in counts_in(pair.evidence)]
    usable = [(match, value) for match, value in counts_in(pair.claim) if stated.count(value) == 1]
    return rng.choice(usable) if usable else None


def replace_span(text: str, match: re.Match[str], by: str) -> str:
    """Replace the matched span, with a capital where it opened the sentence."""
    if match.start() == 0:
        by = by[:1].upper() + by[1:]
    return text[: match.start()] + by + text[match.end() :]


def another_value(value: int, rng: random.Random) -> int:
    """Draw a value that is clearly another one but of a plausible size."""
    if value <= 20:
        return rng.choice([v for v in range(2, 24) if v != value and abs(v - value) <= 6])
    factor = rng.choice((0.4, 0.5, 0.65, 0.8, 1.2, 1.35, 1.5, 2.0, 3.0))
    step = 10 ** max(0, len(str(value)) - 2)
    return max(2, round(value * factor / step) * step)


def change_number(pair: Pair, rng: random.Random) -> Pair | None:
    """Put another number into a supported claim: REFUTES, in either notation."""
    picked = pick_count(pair, rng)
    if pair.label != "SUPPORTS" or picked is None:
        return None
    match, value = picked
    fresh = another_value(value, rng)
    if fresh == value or holds_value(pair.evidence, fresh):
        return None
    claim = replace_span(pair.claim, match, write_number(fresh, words=rng.random() < 0.5))
    return Pair(evidence=pair.evidence, claim=claim, label="REFUTES", source="number_change")


def rewrite_number(pair: Pair, rng: random.Random) -> Pair | None:
    """Write a number of the claim another way; the label stays."""
    picked = pick_count(pair, rng)
    if picked is None:
        return None
    match, _ = picked
    form = other_notation(match.group(1))
    if form is None:
        return None
    claim = replace_span(pair.claim, match, form)
    return Pair(evidence=pair.evidence, claim=claim, label=pair.label, source="number_rewrite")


def bound_number(pair: Pair, rng: random.Random) -> Pair | None:
    """Turn a number of a supported claim into a true or a false bound or approximation."""
    picked = pick_count(pair, rng)
    if pair.label != "SUPPORTS" or picked is None:
        return None
    match, value = picked
    if value < 4 or _DETERMINER.search(pair.claim[: match.start()]):
        return None
    lower, upper = round_below(value, rng), round_above(value, rng)
    words = rng.random() < 0.3
    cases: list[tuple[str, tuple[str, ...], int]] = [
        ("SUPPORTS", ABOVE, lower),
        ("SUPPORTS", BELOW, upper),
        ("REFUTES", ABOVE, upper),
        ("REFUTES", BELOW, lower),
    ]
    if value > 100 and rng.random() < 0.3:
        step = 10 ** (len(str(value)) - 2)
        cases = [
            ("SUPPORTS", NEAR, round(value / step) * step),
            ("REFUTES", NEAR, another_value(value, rng)),
        ]
    label, bounds, figure = rng.choice(cases)
    if figure == value and label == "REFUTES":
        return None
    by = f"{rng.choice(bounds)} {write_number(figure, words=words)}"
    claim = replace_span(pair.claim, match, by)
    return Pair(evidence=pair.evidence, claim=claim, label=label, source="number_bound")


def round_below(value: int, rng: random.Random) -> int:
    """Draw a round figure strictly below a value of at least four."""
    step = 10 ** max(0, len(str(value)) - 2)
    return max(2, (value - 1) // step * step - rng.choice((0, 1, 2, 5)) * step)


def round_above(value: int, rng: random.Random) -> int:
    """Draw a round figure strictly above a value."""
    step = 10 ** max(0, len(str(value)) - 2)
    return value // step * step + rng.choice((1, 2, 3, 5)) * step


def scale_number(pair: Pair, rng: random.Random) -> Pair | None:
    """Write "2.5 million" as digits (label stays) or with another figure (REFUTES)."""
    match = _SCALED.search(pair.claim)
    if pair.label != "SUPPORTS" or match is None or match.group(0) not in pair.evidence:
        return None
    if _BOUND_BEFORE.search(pair.claim[: match.start()]):
        return None
    value = float(match.group(1)) * (1e6 if match.group(2) == "million" else 1e9)
    label = rng.choice(("SUPPORTS", "REFUTES"))
    if label == "REFUTES":
        value *= rng.choice((0.1, 0.5, 0.7, 1.4, 2.0, 10.0))
    if rng.random() < 0.5:
        by = f"{round(value):,}"
    else:
        unit, word = (1e9, "billion") if value >= 1e9 else (1e6, "million")
        by = f"{value / unit:.3g} {word}"
    if by == match.group(0):
        return None
    claim = replace_span(pair.claim, match, by)
    return Pair(evidence=pair.evidence, claim=claim, label=label, source="number_scale")
