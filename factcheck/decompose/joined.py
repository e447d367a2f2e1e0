"""Cuts at joining words: clauses with subjects of their own, and several verbs of one subject."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from factcheck.decompose.sentence import (
    BACK_POINTING,
    CARRIED,
    JOINERS,
    MAX_PARTS,
    POSSESSIVES,
    SUBJECT_WORDS,
    Clause,
    Sentence,
)
from factcheck.decompose.verbs import (
    DETERMINERS,
    SUBORDINATE,
    Group,
    is_adverb,
    opens_phrase,
    shared_helpers,
    stands_alone,
    takes_clause,
)

_CONTRASTS = JOINERS | {"while", "whereas"}
# Words that may stand between a joining word and the verb that it brings.
_BETWEEN = frozenset(
    """then later also now already since subsequently eventually finally once again never thus
    therefore immediately soon even meanwhile""".split()
)


def cut_clauses(sentence: Sentence) -> list[Clause]:
    """Cut where a clause with a subject of its own begins."""
    found = [Clause(0, len(sentence.tokens))]
    while len(found) <= MAX_PARTS:
        last = found[-1]
        places = range(last.first + 2, last.last - 2)
        cut = next((made for i in places if (made := _second_clause(sentence, last, i))), None)
        if cut is None:
            break
        found[-1:] = cut
    return found


def _second_clause(sentence: Sentence, clause: Clause, index: int) -> tuple[Clause, Clause] | None:
    token, before = sentence.tokens[index], sentence.tokens[index - 1]
    ends = token.text == "." and sentence.tokens[index + 1].start in sentence.sentences
    if token.text == ";" or ends:
        comma, end = True, index
    elif token.lower in JOINERS or (token.lower in _CONTRASTS and before.text == ","):
        comma = before.text == ","
        end = index - 1 if comma else index
    else:
        return None
    start = index + 1
    if comma and sentence.tokens[start].lower in _CONTRASTS:
        start += 1
    left, right = sentence.groups(clause.first, end), sentence.groups(start, clause.last)
    if len(left) != 1 or not right or sentence.hangs_together(clause.first, end):
        return None
    commas = sum(token.text == "," for token in sentence.tokens[left[0].last : end])
    if commas and not right[0].auxiliary:
        return None
    subject = sentence.subject(clause, left[0])
    if subject and _taken_over(sentence, start, left[0], right[0], subject, end):
        return replace(clause, last=end), Clause(right[0].first, clause.last, subject)
    contrast = token.lower in _CONTRASTS - JOINERS
    if _own_subject(sentence, start, right[0], clause.last, comma=comma, contrast=contrast):
        return replace(clause, last=end), Clause(start, clause.last)
    return None


def _taken_over(
    sentence: Sentence, start: int, left: Group, right: Group, subject: str, end: int
) -> bool:
    """Whether a pronoun before a verb can only stand for the subject of the clause before.

    "The council bought the pool, and it has 300 seats" does not tell of the council. What the
    subject does is going on where "also" or the same modal stands, and "he" or "she" is the
    one person that was named.
    """
    pronoun = sentence.tokens[start].lower
    between = sentence.tokens[start + 1 : right.first]
    words = subject.split()
    if pronoun not in CARRIED or not all(map(is_adverb, between)) or len(words) > 4:
        return False
    joined = "and" in words
    if pronoun in ("he", "she"):
        alone = not any(token.capital for token in sentence.tokens[left.last : end])
        return alone and not joined and words[-1][:1].isupper() and "," not in subject
    going_on = any(token.lower == "also" for token in between) or (
        right.modal and right.helpers == left.helpers
    )
    plural = joined or words[-1].endswith("s")
    return going_on and "," not in subject and plural == (pronoun == "they")


def _own_subject(
    sentence: Sentence, start: int, group: Group, last: int, *, comma: bool, contrast: bool
) -> bool:
    """Whether a clause begins with a subject that is understood by itself."""
    end = group.first
    while end > start and is_adverb(sentence.tokens[end - 1]):
        end -= 1
    own = sentence.tokens[start:end]
    if not 1 <= len(own) <= SUBJECT_WORDS or any(t.kind == "p" for t in own):
        return False
    if any(t.lower in BACK_POINTING for t in sentence.tokens[start:last]):
        return False
    if any(t.lower in SUBORDINATE for t in own):
        return False
    opening = own[0]
    if comma:
        plural = len(own) <= 2 and own[-1].kind == "w" and own[-1].lower.endswith("s")
        return opens_phrase(opening) or plural or (contrast and len(own) <= 2)
    # Without a comma a participle may belong to a list ("visited the school and the hospital
    # opened in 1990"), and a name may be a second object; a helper after an article is plain.
    return opening.lower in DETERMINERS and group.auxiliary


def cut_verbs(sentence: Sentence, clause: Clause) -> list[Clause]:
    """Cut before each further verb of the same subject."""
    found = [clause]
    while len(found) <= MAX_PARTS:
        last = found[-1]
        places = range(last.first + 1, last.last - 1)
        cut = next((made for i in places if (made := _second_verb(sentence, last, i))), None)
        if cut is None:
            break
        found[-1:] = cut
    return found


def _second_verb(sentence: Sentence, clause: Clause, index: int) -> tuple[Clause, Clause] | None:
    if sentence.tokens[index].lower not in JOINERS:
        return None
    end = index - 1 if sentence.tokens[index - 1].text == "," else index
    start = index + 1
    while start < clause.last - 1 and sentence.tokens[start].lower in _BETWEEN:
        start += 1
    left = sentence.groups(clause.first, end)
    right = sentence.groups(start, clause.last)
    if len(left) != 1 or sentence.hangs_together(clause.first, end):
        return None
    subject = sentence.subject(clause, left[0])
    if not subject or any(t.text == "," for t in sentence.tokens[left[0].last : end]):
        return None
    own = right[0] if right and right[0].first == start else None
    # "developed and tested a vaccine": one object for both.
    after = own.last if own else start + 1
    shares = after < clause.last and opens_phrase(sentence.tokens[after])
    if left[0].last == end and shares and not left[0].passive:
        return None
    helper = ""
    if own is None or not stands_alone(left[0], own, sentence.tokens, clause.last):
        helper = shared_helpers(left[0], sentence.tokens, start, clause.last)
        if not helper:
            return None
    if not _stays_plain(sentence, start, clause.last, right[1:] if own else right):
        return None
    carried = f"{subject} {helper}" if helper else subject
    return replace(clause, last=end), Clause(index + 1, clause.last, carried)


def _stays_plain(sentence: Sentence, start: int, last: int, others: Sequence[Group]) -> bool:
    """Whether what follows a second verb is understood with the subject alone.

    Another verb later may turn the words before it into something else ("the man arrested
    and charged in May is 30"), unless a joining or a relative word comes first.
    """
    speaks = takes_clause(sentence.tokens, start, start + 1)
    if others and not speaks:
        between = sentence.tokens[start + 1 : others[0].first]
        if not any(t.lower in JOINERS or t.lower in SUBORDINATE for t in between):
            return False
    if speaks:
        return True
    pointing = BACK_POINTING - POSSESSIVES
    return not any(t.lower in pointing for t in sentence.tokens[start:last])
