"""Whether words left out at an ellipsis, or cut off in front, turn the sense of what is quoted."""

from __future__ import annotations

import re

from factcheck.quotes.normalise import Token, tokens_of
from factcheck.quotes.wording import (
    CONDITIONS,
    FUNCTION_WORDS,
    HEDGES,
    NEGATIONS,
    plain_words,
)

_SENTENCE_END = re.compile(r"[.!?][\"'\u201d\u2019)\]]*\s+(?=[\"'\u201c\u2018(\[]*[^\W_a-z])")
_ASIDE_OPEN = re.compile(r"^\s*[,(\u2013\u2014-]")
_ASIDE_CLOSE = re.compile(r"[,)\u2013\u2014-]\s*$")
_FRONT_WORDS = 3
_DENIALS = frozenset("denied denies false untrue myth lie doubt doubts rejects".split())
# He did not call it a "brutal violation".
_NOT_SAID = re.compile(
    r"\b(?:(?:not|never|n['\u2019]t)\s+(?:\w+\s+)?(?:say|said|call|called|describe|described|use|used"
    r"|write|written|wrote|speak|spoken)|den(?:y|ies|ied)\s+(?:having|saying|calling))\b[^.!?]{0,60}$"
)
_CONDITION_AFTER = re.compile(r"\s*,?\s*(?:unless|if|only if|except|provided)\b")


def omission_kind(before: str, omitted: str) -> str | None:
    """What the words left out would have changed.

    Only the rest of the sentence that was broken off and the start of the one that was entered
    count; whole sentences between them do not change what is quoted.

    Args:
        before: source text up to the omission.
        omitted: the source text left out, with the marks around it.

    Returns:
        "negation", "condition" or "attribution"; None when the sense stands.
    """
    pieces = _SENTENCE_END.split(omitted)
    starts_whole = bool(re.match(r"^\s*[.!?]", omitted)) or bool(re.search(r"[.!?]\W*$", before))
    ends_whole = bool(re.search(r"[.!?][\"'\u201d\u2019)\]]*\s*$", omitted))
    remnants = []
    if not starts_whole:
        remnants.append(pieces[0])
    if not ends_whole and (len(pieces) > 1 or starts_whole):
        remnants.append(pieces[-1])
    # An aside keeps the sentence whole whatever it says, unless it says on whose word or on what
    # condition the rest holds.
    aside = (
        len(pieces) == 1
        and _ASIDE_OPEN.match(omitted) is not None
        and _ASIDE_CLOSE.search(omitted) is not None
    )
    for remnant in remnants:
        kind = _turning_kind(tokens_of(remnant)[1], aside=aside)
        if kind is not None:
            return kind
    return None


def _turning_kind(tokens: list[Token], *, aside: bool) -> str | None:
    words = plain_words(tokens)
    if not aside and any(word in NEGATIONS for word in words):
        return "negation"
    if any(word in CONDITIONS for word in words):
        return "condition"
    if any(word in HEDGES for word in words):
        return "attribution"
    return None


def cut_kind(before: str, after: str) -> str | None:
    """What words right beside a quotation that was cut out of its sentence do to it.

    Kept narrow, because a quotation may start and end anywhere: only a negation that reaches into
    the quoted words, a denial of them or of having said them, and a condition they stand under.

    Args:
        before, after: the words around the quotation in the same sentence.

    Returns:
        "negation" or "condition"; None when the sense stands.
    """
    if _NOT_SAID.search(before):
        return "negation"
    clause = re.split(r"[,;:\u2013\u2014()\"\u201c\u201d\u00ab\u00bb]", before)[-1]
    words = plain_words(tokens_of(clause)[1])
    near = words[-_FRONT_WORDS:]
    if near and near[-1] in ("if", "unless", "whether"):
        return "condition"
    if _is_negated(near):
        return "negation"
    if near and near[-1] == "that" and any(word in _DENIALS for word in words[-4:]):
        return None if NEGATIONS & set(words[-6:]) else "negation"
    return "condition" if _CONDITION_AFTER.match(after) else None


def _is_negated(near: list[str]) -> bool:
    """A negation with nothing but function words between it and the quotation."""
    for index in range(len(near) - 1, -1, -1):
        if near[index] in ("not", "never", "no", "nobody", "without"):
            return near[index + 1 : index + 2] not in (["only"], ["just"])
        if near[index] not in FUNCTION_WORDS:
            return False
    return False
