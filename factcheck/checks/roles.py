"""Who did what to whom: subject and object of simple clauses, swapped or replaced.

Only the plainest clauses are read: a name or a role ("the mayor"), a verb of action, a name or a
role, in active or passive form.
Everything else is left to the verifier.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from factcheck.checks.context import Layout
from factcheck.checks.lexicon import IRREGULAR
from factcheck.checks.names import Name, countries_of, coverage, names_agree, place_of
from factcheck.checks.relevance import relevance, word_coverage
from factcheck.checks.tokens import Token, concept
from factcheck.records import Finding, Outcome, Stance

if TYPE_CHECKING:
    from factcheck.checks.reading import ClaimReading, PassageReading, TextReading


@dataclass(frozen=True, slots=True)
class Action:
    """One plain clause.

    Args:
        agent, patient: who does it and whom it is done to.
        verb: concept of the verb.
        passive: whether the clause is in the passive.
        negated: whether "not" or "never" stands before the verb.
    """

    agent: Name
    patient: Name
    verb: str
    passive: bool
    negated: bool


_AUXILIARY = frozenset(
    """is are was were be been being has have had will would can could may might did does do
    also then later finally already officially formally narrowly easily reportedly not never
    recently eventually once again twice first subsequently""".split()
)
_BE = frozenset("is are was were be been being got".split())
# Verbs whose two sides may change places without changing the sense.
_SYMMETRIC = frozenset(
    """meet marry _marry join play face border fight resemble equal contact date
    meet negotiate talk collaborate share merge divorce _divorce""".split()
)
_NOT_ACTIONS = frozenset("be have do say star featur includ become remain".split())


def find_actions(body: TextReading) -> tuple[Action, ...]:
    """Plain clauses of a text: name, verb, name with nothing but helpers between."""
    layout = body.layout
    by_last = {name.last: name for name in body.names}
    by_first = {name.first: name for name in body.names}
    found = []
    for index in layout.verbs:
        token = layout.tokens[index]
        verb = concept(token.stem)
        if IRREGULAR.get(token.lower) in _NOT_ACTIONS or verb in _NOT_ACTIONS:
            continue
        start = index
        while start > 0 and layout.tokens[start - 1].lower in _AUXILIARY:
            start -= 1
        before = by_last.get(start) or _role_before(layout, start)
        before = before or _subject_of_infinitive(body, start)
        after, by = _name_after(layout, by_first, index + 1)
        if before is None or after is None:
            continue
        helpers = {t.lower for t in layout.tokens[start:index]}
        passive = bool(helpers & _BE) and by
        if (by and not passive) or (helpers & _BE and not by):
            continue
        agent, patient = (after, before) if passive else (before, after)
        negated = bool(helpers & {"not", "never"})
        found.append(Action(agent, patient, verb, passive, negated))
    return tuple(found)


# What may stand before "the mayor" where the mayor is the doer: not "the wife of the mayor".
_OPENERS = frozenset("and but that when while because after before as if although though".split())


def _role_before(layout: Layout, index: int) -> Name | None:
    """ "The mayor" at the beginning of a clause, right before a verb."""
    tokens = layout.tokens
    if index < 2 or tokens[index - 2].lower != "the" or not _is_noun(tokens[index - 1]):
        return None
    opener = tokens[index - 3] if index > 2 else None
    if opener is not None and opener.kind != "p" and opener.lower not in _OPENERS:
        return None
    return _as_name(tokens[index - 2], tokens[index - 1], index - 1)


def _role_after(layout: Layout, index: int) -> Name | None:
    """ "The mayor" right after a verb, and not "the mayor's office" or "the head of the union"."""
    tokens = layout.tokens
    if index + 1 >= len(tokens) or tokens[index].lower != "the" or not _is_noun(tokens[index + 1]):
        return None
    rest = [token.lower for token in tokens[index + 2 : index + 4]]
    # "Accused the mayor of lying": there "of" belongs to the verb.
    owned = rest[:1] == ["of"] and not rest[-1].endswith("ing")
    if owned or (rest and tokens[index + 2].content):
        return None
    return _as_name(tokens[index], tokens[index + 1], index + 1)


def _is_noun(token: Token) -> bool:
    return token.kind == "w" and token.content and not token.capital and "'" not in token.lower


def _as_name(article: Token, token: Token, index: int) -> Name:
    return Name(
        text=f"the {token.text}",
        start=article.start,
        end=token.end,
        words=(token.lower,),
        certain=False,
        first=index,
        last=index + 1,
    )


# "Hoped to beat": nothing was done yet. Stems, and the bases of irregular forms.
_NOT_DONE = frozenset(
    """want hope plan try intend expect ask refus fail vow promis threaten need seek prepar
    attempt declin aim like urg order tell""".split()
)


def _subject_of_infinitive(body: TextReading, index: int) -> Name | None:
    """The only name before "to beat" in "Alba came from behind to beat Berta", or None."""
    layout = body.layout
    if index < 2 or layout.tokens[index - 1].lower != "to":
        return None
    low, _ = layout.clause_range(index)
    words = layout.tokens[low : index - 1]
    if any(token.stem in _NOT_DONE or IRREGULAR.get(token.lower) in _NOT_DONE for token in words):
        return None
    names = [name for name in body.names if low <= name.first and name.last < index]
    return names[0] if len(names) == 1 and names[0].first <= low + 1 else None


def _name_after(layout: Layout, by_first: dict[int, Name], index: int) -> tuple[Name | None, bool]:
    """The name or role right after a verb, "by" allowed between, and whether "by" stood."""
    tokens: tuple[Token, ...] = layout.tokens
    by = index < len(tokens) and tokens[index].lower == "by"
    index += by
    role = _role_after(layout, index)
    if role is not None:
        return role, by
    if index < len(tokens) and tokens[index].lower in ("the", "its", "their", "his", "her"):
        index += 1
    name = by_first.get(index)
    if name is None:
        return None, by
    # "beat Chelsea's youth team": the possessive is no patient.
    return (None if layout.text[name.start : name.end].endswith(("'s", "’s")) else name), by


def compare_names(claim: ClaimReading, passage: PassageReading) -> tuple[Finding, ...]:
    """Findings on who did what to whom, and on names of the claim that are nowhere in sight."""
    findings = list(_compare_actions(claim, passage))
    if not findings:
        findings.extend(_other_place(claim, passage))
    if not findings:
        findings.extend(_missing(claim, passage))
    return tuple(findings)


def _compare_actions(claim: ClaimReading, passage: PassageReading) -> list[Finding]:
    ours = find_actions(claim.body)
    if not ours:
        return []
    theirs = find_actions(passage.body)
    about = relevance(claim, passage)
    findings = []
    for mine in ours:
        for other in theirs:
            if mine.verb != other.verb or mine.negated or other.negated:
                continue
            finding = _compare_action(mine, other, about) or _other_agent(
                mine, other, passage, about
            )
            if finding is not None:
                findings.append(finding)
                break
    return findings


def _same(first: Name, second: Name) -> bool:
    return names_agree(first.text, second.text)


def _compare_action(mine: Action, other: Action, about: float) -> Finding | None:
    straight = _same(mine.agent, other.agent), _same(mine.patient, other.patient)
    crossed = _same(mine.agent, other.patient), _same(mine.patient, other.agent)
    if all(straight):
        return _finding(
            Outcome.EQUAL,
            mine.agent,
            other.agent,
            Stance.SUPPORTS,
            0.8 * about,
            "claim and passage name the same doer and the same other side",
        )
    if all(crossed) and not any(straight) and mine.verb not in _SYMMETRIC:
        return _finding(
            Outcome.DIFFERENT,
            mine.agent,
            other.agent,
            Stance.REFUTES,
            0.9 * about,
            f"in the passage {other.agent.text} does it to {other.patient.text}, "
            "in the claim the other way round",
        )
    return None


def _other_agent(
    mine: Action, other: Action, passage: PassageReading, about: float
) -> Finding | None:
    """Somebody else does the same to the same one; informs, because two may have done it."""
    if not _same(mine.patient, other.patient) or _same(mine.agent, other.agent):
        return None
    if coverage(mine.agent, passage.body.index) > 0:
        return None
    return _finding(
        Outcome.DIFFERENT,
        mine.agent,
        other.agent,
        Stance.NEUTRAL,
        0.8 * about,
        f"in the passage {other.agent.text} does it, in the claim {mine.agent.text}",
    )


def _finding(
    outcome: Outcome,
    ours: Name,
    theirs: Name | None,
    stance: Stance | None,
    strength: float,
    message: str,
) -> Finding:
    return Finding(
        check="name",
        outcome=outcome,
        claim_text=ours.text,
        passage_text="" if theirs is None else theirs.text,
        message=message,
        claim_span=(ours.start, ours.end),
        passage_span=None if theirs is None else (theirs.start, theirs.end),
        stance=stance,
        strength=round(max(0.0, min(1.0, strength)), 3),
    )


_PLACE_WORDS = frozenset(("in", "at", "near", "from", "to"))


def _placed(body: TextReading) -> list[Name]:
    """Country and capital names right after a preposition of place."""
    tokens = body.layout.tokens
    found = []
    for name in body.names:
        position = name.first - 1
        if position >= 0 and tokens[position].lower == "the":
            position -= 1
        if position >= 0 and tokens[position].lower in _PLACE_WORDS and place_of(name):
            found.append(name)
    return found


def _other_place(claim: ClaimReading, passage: PassageReading) -> list[Finding]:
    """A country or capital in the same role, where everything else of the claim is there.

    Informs only: something may happen in two places.
    """
    if word_coverage(claim, passage) < 0.6:
        return []
    seen = passage.body.index.countries
    if passage.context_index is not None:
        seen = seen | passage.context_index.countries
    theirs = _placed(passage.body)
    for name in _placed(claim.body):
        if not theirs or countries_of(name) & seen or coverage(name, passage.body.index) > 0:
            continue
        other = theirs[0]
        return [
            _finding(
                Outcome.DIFFERENT,
                name,
                other,
                Stance.NEUTRAL,
                0.7 * word_coverage(claim, passage),
                f"the passage speaks of {other.text}, the claim of {name.text}",
            )
        ]
    return []


def _missing(claim: ClaimReading, passage: PassageReading) -> list[Finding]:
    """The first certain name of the claim that neither passage nor context mentions."""
    for name in claim.body.names:
        if not name.certain or len(name.words[0]) < 3:
            continue
        found = coverage(name, passage.body.index)
        if passage.context_index is not None:
            found = max(found, coverage(name, passage.context_index))
        if found == 0.0:
            return [
                Finding(
                    check="name",
                    outcome=Outcome.NOT_COMPARABLE,
                    claim_text=name.text,
                    passage_text="",
                    message=f"{name.text} is not mentioned in the passage",
                    claim_span=(name.start, name.end),
                    passage_span=None,
                    stance=None,
                    strength=0.5,
                )
            ]
    return []
