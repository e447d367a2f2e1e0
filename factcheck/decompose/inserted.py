"""Cuts at insertions (relative clauses, appositions) and at "both … and"."""

from __future__ import annotations

from factcheck.decompose.sentence import (
    BACK_POINTING,
    JOINERS,
    POSSESSIVES,
    SUBJECT_WORDS,
    Clause,
    Part,
    Sentence,
    unclear_subject,
)
from factcheck.decompose.verbs import PREPOSITIONS, Group, opens_phrase

_APPOSITION_WORDS = 10


def cut_insertion(sentence: Sentence, clause: Clause) -> list[Clause] | None:
    """The main statement and the one in commas after its subject, in the claim's order."""
    if clause.carried:
        return None
    comma = next(
        (i for i in range(clause.first + 1, clause.last) if sentence.tokens[i].text == ","), None
    )
    if comma is None or comma - clause.first > SUBJECT_WORDS:
        return None
    close = next(
        (
            i
            for i in range(comma + 2, clause.last - 1)
            if sentence.tokens[i].text == "," and sentence.verb_follows(i + 1, clause.last)
        ),
        None,
    )
    subject = sentence.words(clause.first, comma)
    if close is None or sentence.groups(clause.first, comma) or unclear_subject(subject):
        return None
    main = Clause(close + 1, clause.last, subject)
    inner = _relative(sentence, comma, close, subject) or _apposition(
        sentence, clause.first, comma, close, sentence.verb_follows(close + 1, clause.last), subject
    )
    return None if inner is None else [inner, main]


def _relative(sentence: Sentence, comma: int, close: int, subject: str) -> Clause | None:
    if sentence.tokens[comma + 1].lower not in ("which", "who"):
        return None
    if (
        sentence.verb_follows(comma + 2, close) is None
        or len(sentence.groups(comma + 2, close)) > 2
    ):
        return None
    inside = sentence.tokens[comma + 2 : close]
    if any(t.text == "," or t.lower in BACK_POINTING - POSSESSIVES for t in inside):
        return None
    return Clause(comma + 2, close, subject)


def _apposition(
    sentence: Sentence, first: int, comma: int, close: int, verb: Group | None, subject: str
) -> Clause | None:
    """Of "Ann Lee, the mayor of Oslo, resigned": "Ann Lee was the mayor of Oslo"."""
    inside = sentence.tokens[comma + 1 : close]
    named = all(token.capital or token.lower == "of" for token in sentence.tokens[first:comma])
    if not named or comma - first > 4 or verb is None:
        return None
    if inside[0].lower not in ("the", "a", "an") or len(inside) > _APPOSITION_WORDS:
        return None
    if any(t.kind == "p" and t.text not in "-'’" for t in inside):
        return None
    if sentence.groups(comma + 1, close) or any(
        t.lower in BACK_POINTING - {"former"} for t in inside
    ):
        return None
    return Clause(comma + 1, close, f"{subject} {'was' if verb.past else 'is'}")


def cut_both(sentence: Sentence, clause: Clause) -> list[Part]:
    """Two statements of "both A and B" at the end of a clause, or none."""
    groups = sentence.groups(clause.first, clause.last)
    if len(groups) != 1 or sentence.hangs_together(clause.first, clause.last):
        return []
    both = sentence.find("both", clause.first, clause.last)
    joiner = None if both is None else sentence.find("and", both + 2, clause.last - 1)
    if both is None or joiner is None:
        return []
    if both >= groups[0].last:
        end = clause.last
        clear = bool(sentence.subject(clause, groups[0]))
    else:
        # "Both Norway and Chile signed": a verb form that fits one as well as two.
        end = groups[0].first
        clear = both == clause.first and not clause.carried and groups[0].past
        clear = clear and groups[0].helpers[:1] != ("were",) and joiner < end
    sides = (both + 1, joiner), (joiner + 1, end)
    if not clear or not all(_plain_noun(sentence, first, last) for first, last in sides):
        return []
    before = " ".join(p for p in (clause.carried, sentence.words(clause.first, both)) if p)
    tail = sentence.words(end, clause.last)
    return [sentence.part(Clause(first, last, before), tail) for first, last in sides]


def _plain_noun(sentence: Sentence, first: int, last: int) -> bool:
    """Whether a range is one noun phrase with nothing that belongs to both sides."""
    tokens = sentence.tokens[first:last]
    if not 1 <= len(tokens) <= 6 or not opens_phrase(tokens[0]):
        return False
    return all(
        t.kind in "wn"
        and t.lower not in JOINERS
        and t.lower not in BACK_POINTING - POSSESSIVES
        and (t.lower not in PREPOSITIONS or t.lower == "of")
        for t in tokens
    )
