"""The one sentence that tells a reader how a quotation stands."""

from __future__ import annotations

from collections.abc import Sequence

from factcheck.records import Attribution, DiffPart, QuotePlace, QuoteStatus

_MAX_CHANGES = 3
_MAX_WORDS = 12

_KIND_PHRASES = {
    "negation": "a negation differs",
    "number": "a number differs",
    "name": "a name differs",
    "modal": "a modal verb differs",
}


def quote_message(
    status: QuoteStatus,
    best: QuotePlace | None,
    parts: Sequence[QuotePlace] = (),
    *,
    attribution: Attribution | None = None,
    speaker: str | None = None,
    warning: str | None = None,
) -> str:
    """One sentence for the reader: how the words stand, where, and who speaks them.

    Args:
        status: the result.
        best: the place shown first.
        parts: for a spliced quotation its places in the order of the quotation.
        attribution, speaker: against the claim's speaker.
        warning: what the words around the place do to the sense.
    """
    if status is QuoteStatus.NOT_FOUND or best is None:
        return "The source base does not hold these words."
    sentence = _wording(status, best, parts) + _speaker(attribution, speaker, best)
    if warning:
        sentence += f"; {warning}"
    return sentence + "."


def _wording(status: QuoteStatus, best: QuotePlace, parts: Sequence[QuotePlace]) -> str:
    where = _where(best)
    if status is QuoteStatus.VERBATIM:
        return f"These words stand in {where} exactly as quoted"
    if status is QuoteStatus.TRIVIAL:
        return f"These words stand in {where}; only spelling, case or punctuation differs"
    if status is QuoteStatus.ELLIPSIS:
        return f"These words stand in {where} with words left out between them"
    if status is QuoteStatus.SPLICED:
        if len(parts) < 2:
            return f"The quotation runs together words of two speakers in {where}"
        places = list(dict.fromkeys(_where(part) for part in parts)) or [where]
        if len(places) == 1:
            return f"The quotation joins words that stand apart in {places[0]}"
        return f"The quotation joins words from {' and '.join(places)}"
    return f"The wording in {where} differs: {_changes(best.diff)}"


def _where(place: QuotePlace) -> str:
    return f"{place.source_id} ({place.place})" if place.place else place.source_id


def _changes(diff: Sequence[DiffPart]) -> str:
    changed = [part for part in diff if part.op != "equal"]
    phrases = [_change(part) for part in changed[:_MAX_CHANGES]]
    if len(changed) > _MAX_CHANGES:
        phrases.append(f"{len(changed) - _MAX_CHANGES} more")
    kinds = dict.fromkeys(
        _KIND_PHRASES[part.kind] for part in changed if part.kind in _KIND_PHRASES
    )
    return ", ".join(phrases) + (f" ({', '.join(kinds)})" if kinds else "")


def _change(part: DiffPart) -> str:
    if part.op == "insert":
        return f'"{_short(part.claim)}" is not in the source'
    if part.op == "delete":
        return f'"{_short(part.source)}" is left out'
    return f'"{_short(part.claim)}" stands for "{_short(part.source)}"'


def _short(text: str) -> str:
    words = text.split()
    return " ".join(words) if len(words) <= _MAX_WORDS else " ".join(words[:_MAX_WORDS]) + " …"


def _speaker(attribution: Attribution | None, speaker: str | None, best: QuotePlace) -> str:
    if attribution is Attribution.OTHER_SPEAKER:
        return f", but there {best.speaker_found} says them, not {speaker}"
    if attribution is Attribution.UNATTRIBUTED:
        return f", but the source does not say that {speaker} spoke them"
    return ""
