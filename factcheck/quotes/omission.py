"""Whether words left out at an ellipsis, or cut off in front, turn the sense of what is quoted."""

from __future__ import annotations

import re

from factcheck.quotes.normalise import Token, tokens_of
from factcheck.quotes.wording import CONDITIONS, HEDGES, NEGATIONS, plain_words

_SENTENCE_END = re.compile(r"[.!?][\"'\u201d\u2019)\]]*\s+(?=[\"'\u201c\u2018(\[]*[^\W_a-z])")
_ASIDE_OPEN = re.compile(r"^\s*[,(\u2013\u2014-]")
_ASIDE_CLOSE = re.compile(r"[,)\u2013\u2014-]\s*$")
_FRONT_WORDS = 3
_BODY = frozenset("myth untrue lie rumour rumor falsehood".split())
_DENIALS = frozenset("denied denies deny false untrue myth doubt doubts refused rejects".split())


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


def front_cut_kind(before: str) -> str | None:
    """What words right before a quotation that starts inside a clause do to it.

    Kept narrow, because a quotation may start anywhere: only a negation that reaches into the
    quoted words, a condition that they stand under, or a denial of them.

    Args:
        before: the narrator's or speaker's words up to the quotation, in the same sentence.
    """
    clause = re.split(r"[,;:\u2013\u2014()\"\u201c\u201d\u00ab\u00bb]", before)[-1]
    words = plain_words(tokens_of(clause)[1])
    near = words[-_FRONT_WORDS:]
    if near and near[-1] in ("if", "unless", "whether"):
        return "condition"
    if any(word in ("not", "never", "no", "nobody", "without") for word in near):
        return "negation"
    if near and near[-1] == "that" and any(word in _DENIALS | _BODY for word in words[-4:]):
        return "negation"
    return None
