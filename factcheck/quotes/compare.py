"""What differs between a quotation and the words of a source it was aligned with."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from itertools import pairwise

from factcheck.quotes.align import Alignment
from factcheck.quotes.normalise import Normalised, Token, glue
from factcheck.quotes.parse import ParsedQuote
from factcheck.quotes.spelling import spelling_key
from factcheck.quotes.window import Window
from factcheck.quotes.wording import difference_kind, is_title, match_key, turns_sense, weight
from factcheck.records import DiffPart


class Level(IntEnum):
    """How far two wordings differ; larger is worse."""

    EXACT = 0
    TRIVIAL = 1
    ALTERED = 2


# Words that are other words in capitals: "US" is not "us".
_ACRONYM_WORDS = frozenset("us it who aids un or in am pm no ok may mep eu ice who".split())
_BESIDE_CHARS = 40
_ALIKE = 60  # of 100; a bracket copied from the source with a slip in it
_MAX_EDITORIAL_WORDS = 6  # "[he]" stands for a name with titles, not for a sentence


@dataclass(frozen=True, slots=True)
class Difference:
    """One block of the comparison: equal words, or words that differ."""

    level: Level
    quote: tuple[int, int]
    source: tuple[int, int]
    kind: str | None = None
    turns: bool = False


@dataclass(slots=True)
class Comparison:
    """A quotation against one reading of it in a source.

    Args:
        level: the worst difference.
        distance: weight of the words that differ, in words.
        similarity: 1 minus the share of the quotation's weight that differs, at least 0.
        omitted: source token ranges left out at an ellipsis.
        first, last: first and last source token of the reading.
        question_changed: a question became a statement or the other way round.
    """

    level: Level
    similarity: float
    distance: float
    first: int
    last: int
    blocks: list[Difference] = field(default_factory=list)
    omitted: list[tuple[int, int]] = field(default_factory=list)
    question_changed: bool = False

    @property
    def sense_changed(self) -> bool:
        """Whether any difference makes another statement of it."""
        return self.question_changed or any(block.turns for block in self.blocks)


def compare(quote: ParsedQuote, window: Window, alignment: Alignment) -> Comparison | None:
    """Classify every difference of an alignment.

    Args:
        quote: the quotation.
        window: the source words it was aligned with.
        alignment: pairs of token indices into both.

    Returns:
        The comparison, or None when not one word is shared.
    """
    pairs = _without_layout(quote, window, alignment.pairs)
    matched = [j for i, j in pairs if i is not None and j is not None]
    if not matched:
        return None
    partners = {i: j for i, j in pairs if i is not None and j is not None}
    blocks = [_judge(quote, window, partners, *block) for block in _blocks(quote, window, pairs)]
    level = max(block.level for block in blocks)
    level = max(level, _punctuation(quote, window, pairs))
    ending, question_changed = _ending(quote, window, matched[-1])
    distance = sum(
        max(
            sum(weight(token) for token in quote.tokens[slice(*block.quote)]),
            sum(weight(token) for token in window.tokens[slice(*block.source)]),
        )
        for block in blocks
        if block.level is Level.ALTERED
    )
    total = sum(weight(token) for token in quote.tokens)
    return Comparison(
        level=max(level, ending),
        similarity=max(0.0, 1.0 - distance / total),
        distance=distance,
        first=matched[0],
        last=matched[-1],
        blocks=blocks,
        omitted=_omitted(quote, pairs),
        question_changed=question_changed,
    )


def _skipped(window: Window, index: int | None) -> bool:
    return index is not None and bool(window.skippable) and window.skippable[index]


def _without_layout(
    quote: ParsedQuote, window: Window, pairs: Sequence[tuple[int | None, int | None]]
) -> list[tuple[int | None, int | None]]:
    """Pairs without the source's page numbers, reference marks and speaker labels.

    A mark in brackets stays where the quotation has another one at that place: "[2]" is not "[1]".
    """
    kept = []
    for index, (i, j) in enumerate(pairs):
        if i is None and _skipped(window, j):
            beside = [*pairs[max(0, index - 1) : index], *pairs[index + 1 : index + 2]]
            if not any(
                k is not None and m is None and quote.tokens[k].editorial for k, m in beside
            ):
                continue
        kept.append((i, j))
    return kept


_Block = tuple[tuple[int, int], tuple[int, int], bool]


def _blocks(
    quote: ParsedQuote, window: Window, pairs: Sequence[tuple[int | None, int | None]]
) -> Iterator[_Block]:
    """Maximal runs of equal and of differing pairs, as token ranges; ellipses end a run."""
    run: list[tuple[int | None, int | None]] = []
    run_equal = False
    for i, j in pairs:
        equal = i is not None and j is not None and _same_key(quote.tokens[i], window, j)
        broken = i is not None and i in quote.gaps
        if run and (equal is not run_equal or broken or equal):
            yield _range(run, run_equal)
            run = []
        run_equal = equal
        run.append((i, j))
    if run:
        yield _range(run, run_equal)


def _same_key(token: Token, window: Window, index: int) -> bool:
    return match_key(token) == window.keys[index]


def _range(run: Sequence[tuple[int | None, int | None]], equal: bool) -> _Block:
    ours = [i for i, _ in run if i is not None]
    theirs = [j for _, j in run if j is not None]
    return (
        (ours[0], ours[-1] + 1) if ours else (0, 0),
        (theirs[0], theirs[-1] + 1) if theirs else (0, 0),
        equal,
    )


def _judge(
    quote: ParsedQuote,
    window: Window,
    partners: Mapping[int, int],
    ours: tuple[int, int],
    theirs: tuple[int, int],
    equal: bool,
) -> Difference:
    left, right = quote.tokens[slice(*ours)], window.tokens[slice(*theirs)]
    if equal:
        level = _word_level(left[0], right[0], window)
        if level is Level.EXACT:
            return Difference(level, ours, theirs)
        if left[0].key != right[0].key:
            return Difference(level, ours, theirs, "spelling")
        acronym = level is Level.ALTERED  # "US" is not "us"
        return Difference(level, ours, theirs, "name" if acronym else None, acronym)
    kind = difference_kind(
        left,
        right,
        [t for t in left if _is_name(quote.level, t)],
        [t for t in right if _is_name(window.level, t)],
    )
    if (
        left
        and all(token.editorial for token in left)
        and _editorial_ok(left, right, kind, window)
        and not _source_brackets(
            quote, window, left[0], partners.get(ours[0] - 1), partners.get(ours[1])
        )
    ):
        return Difference(Level.EXACT, ours, theirs)
    return Difference(Level.ALTERED, ours, theirs, kind, turns_sense(kind, left, right))


def _source_brackets(
    quote: ParsedQuote, window: Window, token: Token, before: int | None, after: int | None
) -> bool:
    """Whether the source has the same kind of bracket there, so that nobody added this one.

    Args:
        quote, window: both sides.
        token: a word in brackets that has no equal in the source.
        before, after: the source words that the words around it were matched with.
    """
    text, tokens = window.level.text, window.tokens
    start = tokens[before].level_end if before is not None else None
    end = tokens[after].level_start if after is not None else None
    if start is None and end is None:
        return False
    first = start if start is not None else max(0, (end or 0) - _BESIDE_CHARS)
    last = end if end is not None else first + _BESIDE_CHARS
    if _in_brackets(text, first if start is not None else last):
        return True
    opened = quote.level.text.rfind("[", 0, token.level_start + 1)
    ours = quote.level.text[opened + 1 :].partition("]")[0]
    return any(_alike(ours, theirs) for theirs in re.findall(r"\[([^\[\]]*)\]?", text[first:last]))


def _alike(ours: str, theirs: str) -> bool:
    from rapidfuzz.fuzz import ratio

    if ours[:1].isdigit() and theirs[:1].isdigit():
        return True
    return bool(ratio(ours.casefold(), theirs.casefold()) >= _ALIKE)


def _word_level(ours: Token, theirs: Token, window: Window) -> Level:
    if ours.surface == theirs.surface:
        return Level.EXACT
    if ours.key == theirs.key:
        if ours.stem == "":
            return Level.EXACT
        return Level.ALTERED if _acronym_clash(ours, theirs, window) else Level.TRIVIAL
    if spelling_key(ours.key) == spelling_key(theirs.key):
        return Level.TRIVIAL
    # Accents: writers drop them in names; in other words they can make another word.
    if ours.surface[0].isupper() and theirs.surface[0].isupper():
        return Level.TRIVIAL
    return Level.ALTERED


def _acronym_clash(ours: Token, theirs: Token, window: Window) -> bool:
    if ours.key not in _ACRONYM_WORDS:
        return False
    upper = [token.surface.replace(".", "").isupper() for token in (ours, theirs)]
    lower = [token.surface.islower() for token in (ours, theirs)]
    if not ((upper[0] and lower[1]) or (lower[0] and upper[1])):
        return False
    return not window.level.text.isupper()


def _is_name(level: Normalised, token: Token) -> bool:
    if not token.surface[0].isupper() or is_title(token):
        return False
    before = level.text[max(0, token.level_start - 4) : token.level_start].strip()
    starts_sentence = not before or before[-1] in ".!?:" or before[-1:] in "\"'"
    return not starts_sentence or (len(token.surface) > 1 and token.surface.isupper())


def _editorial_ok(left: Sequence[Token], right: Sequence[Token], kind: str, window: Window) -> bool:
    stem = left[0].stem
    if stem:
        return len(left) == len(right) == 1 and right[0].key.startswith(stem)
    if kind == "negation" or len(right) > _MAX_EDITORIAL_WORDS:
        return False
    if kind == "number" and any(token.key[0].isdigit() for token in right):
        return False
    if kind == "name" and any(_is_name(window.level, token) for token in right):
        return False
    return not (right and _in_brackets(window.level.text, right[0].level_start))


def _in_brackets(text: str, position: int) -> bool:
    opened = text.rfind("[", max(0, position - 200), position)
    return opened >= 0 and "]" not in text[opened:position]


def _punctuation(
    quote: ParsedQuote, window: Window, pairs: Sequence[tuple[int | None, int | None]]
) -> Level:
    """TRIVIAL when marks between words that both sides share differ."""
    for (i, j), (k, m) in pairwise(pairs):
        if i is None or j is None or k is None or m != j + 1 or k in quote.gaps:
            continue
        a, b = quote.tokens[i], quote.tokens[k]
        ours = glue(quote.level, a.level_end, b.level_start)
        if a.editorial or b.editorial or "[" in ours or "]" in ours:
            continue
        c, d = window.tokens[j], window.tokens[m]
        if ours == "-" and c.level_end == d.level_start:
            # one word in the source: broken at the end of a line, or written without a hyphen
            if re.search(r"[\n\u00ad]", window.source.text[c.end : d.start]):
                continue
            return Level.TRIVIAL
        if ours != glue(window.level, c.level_end, d.level_start):
            return Level.TRIVIAL
    return Level.EXACT


def _ending(quote: ParsedQuote, window: Window, last: int) -> tuple[Level, bool]:
    """Whether the closing mark of the quotation is the source's, and whether a question is."""
    if quote.open_end:
        return Level.EXACT, False
    ours = _closing_mark(quote.level, quote.tokens[-1].level_end, len(quote.level.text))
    after = window.tokens[last + 1 : last + 2]
    stop = after[0].level_start if after else len(window.level.text)
    theirs = _closing_mark(window.level, window.tokens[last].level_end, stop)
    if not ours or ours == theirs:
        return Level.EXACT, False
    return Level.TRIVIAL, ("?" in (ours, theirs)) and ours in "?.!" and theirs in "?.!"


def _closing_mark(level: Normalised, start: int, stop: int) -> str:
    return re.sub(r"[\"\s\[\]()*_]+", "", level.text[start:stop].replace("'", ""))[:1]


def _omitted(
    quote: ParsedQuote, pairs: Sequence[tuple[int | None, int | None]]
) -> list[tuple[int, int]]:
    """Source token ranges between the words on either side of each ellipsis."""
    ranges = []
    last: int | None = None
    for i, j in pairs:
        if i is not None and i in quote.gaps and last is not None and j is not None:
            ranges.append((last + 1, j))
        if j is not None:
            last = j
    return ranges


def diff_parts(quote: ParsedQuote, window: Window, comparison: Comparison) -> tuple[DiffPart, ...]:
    """The comparison as text for a reader, equal stretches joined."""
    parts: list[DiffPart] = []
    run: list[Difference] = []

    def flush() -> None:
        if run:
            ours = _cut(quote.text, quote.tokens, run[0].quote[0], run[-1].quote[1])
            theirs = _stretch(window, [b.source for b in run if b.source[1]])
            parts.append(DiffPart(op="equal", claim=ours, source=theirs))
            run.clear()

    for block in comparison.blocks:
        if run and block.quote[0] in quote.gaps and block.quote[1]:
            flush()
        if block.kind is None:
            run.append(block)
            continue
        flush()
        ours = _cut(quote.text, quote.tokens, *block.quote)
        theirs = _cut(window.source.text, window.tokens, *block.source)
        op = "insert" if not theirs else "delete" if not ours else "replace"
        parts.append(DiffPart(op=op, claim=ours, source=theirs, kind=block.kind))
    flush()
    return tuple(parts)


def _cut(text: str, tokens: Sequence[Token], first: int, stop: int) -> str:
    return text[tokens[first].start : tokens[stop - 1].end] if stop > first else ""


def _stretch(window: Window, ranges: Sequence[tuple[int, int]]) -> str:
    if not ranges:
        return ""
    return _cut(window.source.text, window.tokens, ranges[0][0], ranges[-1][1])
