"""The sum of numbers that a text lists side by side: "six gold, eight silver and five bronze".

Only what stands in one list, or is added by "another" in the next sentence, is summed up, and only
where no part contains another and the claim does not speak of one part alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from factcheck.checks.calculation.amounts import Derived, parts_of, with_value
from factcheck.checks.calculation.asked import asked_for, shared_words
from factcheck.checks.calculation.flows import entries_of
from factcheck.checks.calculation.matters import of_one_matter
from factcheck.checks.grammar.tokens import concept, stem, stems_of
from factcheck.checks.numbers.bounds import Bound
from factcheck.checks.numbers.compounds import one_kind

if TYPE_CHECKING:
    from factcheck.checks.calculation.flows import Entry
    from factcheck.checks.numbers.quantity import Quantity
    from factcheck.checks.reading import ClaimReading, PassageReading

_ADDED = ("count", "length", "mass", "volume", "area", "energy", "duration")
_CLOSE = (Bound.EXACT, Bound.ABOUT, Bound.NEARLY, Bound.JUST_OVER)
_OPEN_REACH = 1.05
"""An open bound ("more than 6,000") is said of a sum hardly larger than this many times as much."""
_MANY = 12
_ENOUGH = 0.4
"""Share of the claim's words that the passage must have."""
_JOINED = re.compile(r"^(?:(?!\b(?:but|while|whereas|of whom|of which)\b)[^.;:()]){0,60}$", re.I)
_LIST = re.compile(r"(?:,|\band\b|\bplus\b|\bas well as\b)[^,]{0,40}$", re.I)
_ANOTHER = re.compile(r"\b(?:another|an additional|(?:a )?further|an extra)\s+$", re.I)
_INSIDE = re.compile(
    r"\b(?:includ\w+|among them|of (?:them|whom|which|these|those)|in all|a total|altogether"
    r"|averag\w*|up from|down from|than|compared|against|instead of|out of|from)\b",
    re.I,
)
_BRACKETS = re.compile(r"\([^()]*\)")
_PHRASE = re.compile(r"\b(?:in|at|on|for|from|to|by|near|off|against|with)\b", re.I)
_JOINT = re.compile(r"[,.;]|\band\b|\bplus\b|\bas well as\b")
_SENTENCE = re.compile(r"[.!?;]\s")
_DOUBTED = re.compile(
    r"\b(?:wrong(?:ly)?|false|den(?:y|ied|ies)|disput\w+|unconfirmed|exaggerat\w+)\b", re.I
)
_TIME = re.compile(
    r"\b(?:\w+day|January|February|March|April|May|June|July|August|\w+ember|October"
    r"|spring|summer|autumn|winter)\b"
)
_CAPITAL = re.compile(r"\b[A-Z]")
_STOP = re.compile(r"[.,;:](?:\s|$)")
# "Killed 12 and wounded another 20": what became of the one did not become of the others.
_HARM = frozenset(
    concept(stem(word))
    for word in """kill die injure wound hurt arrest detain miss rescue save treat evacuate displace
    infect hospitalise free release""".split()
)
_UNSURE = frozenset(("", "be", "have", "say", "do"))


def derive_lists(claim: Quantity, said: ClaimReading, passage: PassageReading) -> Iterator[Derived]:
    """The sums of the lists of a passage, for a claim's figure that may be one of all parts."""
    additive = claim.kind in _ADDED or claim.kind.startswith("money")
    if not additive or claim.pair or claim.change in ("more", "less") or claim.form == "vague":
        return
    if not 2 <= len(passage.body.quantities) <= _MANY or claim.value < 3:
        return
    if any(q.kind == claim.kind and q.value == claim.value for q in passage.body.quantities):
        return
    asked = asked_for(said, claim)
    if asked.left or asked.compared or asked.each:
        return
    if shared_words(said, passage) < _ENOUGH:
        return
    for run in _runs(passage):
        if asked.before and any(entry.sign == 0 for entry in run):
            continue
        parts = [one_kind(claim, entry.quantity)[1] for entry in run]
        if any(part.kind != claim.kind for part in parts) or not _of_all(
            claim, said, run, passage, together=asked.total
        ):
            continue
        total = sum(part.value for part in parts)
        if not _may_be(claim, total):
            continue
        shown = " + ".join(part.text for part in parts)
        yield Derived(
            with_value(claim, total, sum(p.half for p in parts if p.bound is not Bound.EXACT)),
            f"{shown} is {total / (claim.factor or 1.0):,.10g}",
            parts[0].start,
            parts[-1].end,
            False,
            way="list",
            parts=tuple(parts),
        )


def _may_be(claim: Quantity, total: float) -> bool:
    if claim.bound in _CLOSE:
        return True
    return 1 / _OPEN_REACH <= total / claim.value <= _OPEN_REACH


def _runs(passage: PassageReading) -> Iterator[list[Entry]]:
    """The lists of a passage, longest first at each place."""
    entries = [entry for entry in entries_of(passage.body) if not entry.each and not entry.apart]
    parted = {number.start for pair in parts_of(passage) for number in pair}
    runs: list[list[Entry]] = []
    for first, second in pairwise(entries):
        if not _together(first, second, passage, parted):
            continue
        if runs and runs[-1][-1] is first:
            runs[-1].append(second)
        else:
            runs.append([first, second])
    yield from runs


def _together(first: Entry, second: Entry, passage: PassageReading, parted: set[int]) -> bool:
    """Whether the second of two numbers goes on with the list of the first."""
    one, other = first.quantity, second.quantity
    if other.start in parted or one.change in ("more", "less") or other.change:
        return False
    if one_kind(one, other)[1].kind != one.kind or first.late != second.late:
        return False
    between = _BRACKETS.sub("", passage.text[one.end : other.start])
    skipped = any(one.start < q.start < other.start for q in passage.body.quantities)
    if skipped or _INSIDE.search(between) or _INSIDE.search(passage.text[other.end :][:25]):
        return False
    if first.verb and second.verb and first.sign * second.sign < 0:
        return False
    verbs = {one.verb, other.verb} - _UNSURE
    if len(_harms(one, other, passage)) > 1:
        return False
    if _ANOTHER.search(between):
        return len(verbs) < 2 or not verbs & _HARM
    new = other.verb not in _UNSURE | {one.verb}  # "has 300 beds and shares 60"
    return len(verbs) < 2 and not new and bool(_JOINED.match(between) and _LIST.search(between))


def _harms(first: Quantity, second: Quantity, passage: PassageReading) -> set[frozenset[str]]:
    """What is said to have befallen each of two numbers, where it is said of each."""
    after = _STOP.split(passage.text[second.end :])[0]
    stretches = passage.text[first.end : second.start], after
    found = {stems_of(stretch) & _HARM for stretch in stretches}
    return found - {frozenset()}


def _of_all(
    claim: Quantity,
    said: ClaimReading,
    run: list[Entry],
    passage: PassageReading,
    *,
    together: bool,
) -> bool:
    """Whether a claim speaks of all parts of a list, and of what they count."""
    parts = [entry.quantity for entry in run]
    between = [passage.text[one.end : other.start] for one, other in pairwise(parts)]
    apart = any(_PHRASE.search(stretch) or _CAPITAL.search(stretch) for stretch in between)
    if apart and not of_one_matter(parts, said, passage, times=True):
        return False
    nouns = {part.noun for part in parts} | {""}
    counted = frozenset().union(*(part.near for part in parts)) | nouns
    if claim.kind == "count" and claim.noun not in counted | {"_people"}:
        return False
    others = nouns - {"", claim.noun}
    last = parts[-1]
    adjectives = last.noun == claim.noun and bool(last.modifiers)  # "six gold, five bronze medals"
    if claim.noun in nouns - {""} and others and not adjectives:
        return False
    if claim.noun == "_people" and not nouns & {"_people", ""} and len(nouns - {""}) < 2:
        return False
    return _speaks_of_all(claim, said, parts, passage, together=together)


def _speaks_of_all(
    claim: Quantity,
    said: ClaimReading,
    parts: Sequence[Quantity],
    passage: PassageReading,
    *,
    together: bool,
) -> bool:
    """Whether a claim speaks of all parts of a sum, and not of one of them alone.

    Args:
        claim: the figure of the claim.
        said: the claim.
        parts: two or more numbers in the order of the text.
        passage: the passage that holds them.
        together: whether the claim says that its figure is one of all parts.
    """
    if _DOUBTED.search(passage.text):
        return False
    if together:
        return True
    labels = _labels(parts, passage)
    if labels[1] and bool(labels[0] & said.body.stems) != bool(labels[1] & said.body.stems):
        return False
    return same_share(claim, said, parts, passage)


def same_share(
    claim: Quantity, said: ClaimReading, parts: Sequence[Quantity], passage: PassageReading
) -> bool:
    """Whether a claim has words of every part of a sum, or of none: of both places, or of neither.

    Args:
        claim: the figure of the claim.
        said: the claim.
        parts: two or more numbers in the order of the text.
        passage: the passage that holds them.
    """
    nouns = {part.noun for part in parts}
    words = [own - nouns - {claim.noun} for own in _own_words(parts, passage)]
    told = [bool(own & said.body.stems) for own in words]
    return not any(told) or all(hit or not own for hit, own in zip(told, words, strict=True))


def _labels(
    parts: Sequence[Quantity], passage: PassageReading
) -> tuple[frozenset[str], frozenset[str]]:
    """The words in front of the first two numbers: "the tower 120, the church 45"."""
    first, second = parts[0], parts[1]
    between = _JOINT.split(passage.text[first.end : second.start])[-1]
    front = _SENTENCE.split(passage.text[: first.start])[-1]
    return stems_of(front), stems_of(between)


def _own_words(parts: Sequence[Quantity], passage: PassageReading) -> list[frozenset[str]]:
    """The words behind each number of a list that are said of it alone.

    What stands behind the last one is said of all, unless the others have a phrase of their own:
    "six gold and five bronze medals at the games", "31 people in the town and nine in the hills".
    """
    text = passage.text
    stretches = [text[one.end : other.start] for one, other in pairwise(parts)]
    if any(_PHRASE.search(stretch) for stretch in stretches):
        stretches.append(_STOP.split(text[parts[-1].end :])[0])
    times = [stems_of(" ".join(_TIME.findall(stretch))) for stretch in stretches]
    if all(times):
        return times  # "67 on Monday and 88 on Tuesday": the place is that of both
    return [stems_of(stretch) for stretch in stretches]
