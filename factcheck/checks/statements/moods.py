"""Cue words for negation, plans, allegations, conditions and doubt, and the words they govern."""

from __future__ import annotations

from dataclasses import dataclass

from factcheck.checks.grammar.context import Layout
from factcheck.checks.grammar.lexicon import FUNCTION_WORDS, IRREGULAR
from factcheck.checks.grammar.tokens import Token, concept

_NEGATION = frozenset(
    """not never no none nobody nothing neither nor cannot unable
    can't couldn't won't wouldn't don't doesn't didn't isn't aren't wasn't weren't hasn't haven't
    hadn't shouldn't mustn't failed fails refused refuses declined declines hardly barely""".split()
)
# Words after a negator that make it something else: "not only", "no fewer than", "no doubt".
_NOT_NEGATION_AFTER = frozenset(
    "only just merely least doubt fewer less more matter later earlier necessarily one".split()
)
# "cannot tell whether" doubts, it does not deny.
_UNKNOWN_AFTER = frozenset(
    "tell say know clear certain sure determine exclude rule established".split()
)
_NEEDS_TO = frozenset(
    """failed fails refused refuses declined declines plans plan planning intends intend intended
    aims hopes wants seeks pledged pledges promised promises vowed vows agreed ready preparing
    poised set due expected expects scheduled likely going about threatened hoping willing
    supposed""".split()
)
_PLAN = frozenset(
    """will would shall we'll they'll plans plan planned planning intends intend intended aims
    hopes wants seeks pledged pledges promised promises vowed vows ready preparing poised set
    due expected expects scheduled going about considering considers proposes proposed proposal
    proposals slated forecast projected predicted predicts supposed hoping willing threatened
    urges urged calls called wants recommended recommends""".split()
)
_BARE_PLAN = frozenset(
    """will would shall we'll they'll planned considering considers proposes proposed proposal
    proposals slated scheduled forecast projected predicted predicts""".split()
)
_ALLEGED = frozenset(
    """alleged allegedly alleges allege allegation allegations accused accuses accusing suspected
    suspects reportedly purported purportedly rumoured rumored rumours rumors unconfirmed
    unverified supposedly""".split()
)
_HEDGE = frozenset(
    """may might could possibly perhaps probably likely apparently appears appeared seems seemed
    suggest suggests suggested potentially potential maybe presumably believed thought
    unclear uncertain""".split()
)
_CONDITION = frozenset(("if", "unless", "provided", "assuming", "should"))
_SUPERLATIVE_WORDS = frozenset(
    "first only most best worst last sole unique record least unprecedented highest".split()
)
_NO_SUPERLATIVE = frozenset(
    """west east rest test interest forest protest request guest contest harvest arrest honest
    modest nest chest quest priest invest suggest digest attest ernest budapest northwest southeast
    northeast southwest bucharest everest best-known conquest behest crest fest manifest pest
    vest zest breast tempest ballast""".split()
)
_SCOPE = {"negated": 6, "planned": 7, "alleged": 9, "hedged": 7, "conditional": 14}


_CUES = _NEGATION | _PLAN | _ALLEGED | _HEDGE | _CONDITION | {"is", "are", "was", "were"}


NOT_PLAIN = ("negated", "planned", "hedged", "conditional")
"""Moods in which a text does not simply state a deed."""


@dataclass(frozen=True, slots=True)
class Cue:
    """A cue word and the concepts that it governs."""

    kind: str
    start: int
    end: int
    text: str
    scope: frozenset[str]


@dataclass(frozen=True, slots=True)
class Modality:
    """How a text states what it states.

    Args:
        cues: in order of the text.
        superlatives: superlative words as written, in lower case.
    """

    cues: tuple[Cue, ...]
    superlatives: frozenset[str]

    def cue_for(self, kind: str, word: str) -> Cue | None:
        """The first cue of a kind that governs a concept."""
        return next((cue for cue in self.cues if cue.kind == kind and word in cue.scope), None)


def read_modality(layout: Layout) -> Modality:
    """Find the cues of a text and what each governs."""
    tokens = layout.tokens
    cues: list[Cue] = []
    for index, token in enumerate(tokens):
        if token.lower not in _CUES:
            continue
        kind = _cue_kind(tokens, index)
        if kind:
            positions = _scope(layout, index, _SCOPE[kind])
            scope = frozenset(concept(tokens[i].stem) for i in positions)
            cues.append(Cue(kind, token.start, token.end, token.text, scope))
    superlatives = frozenset(tokens[index].lower for index in superlatives_in(tokens))
    return Modality(tuple(cues), superlatives)


def _cue_kind(tokens: tuple[Token, ...], index: int) -> str:
    word = tokens[index].lower
    following = tokens[index + 1].lower if index + 1 < len(tokens) else ""
    if _in_title(tokens, index):
        return ""
    if word in _NEGATION:
        if following in _UNKNOWN_AFTER:
            return "hedged"
        if following in _NOT_NEGATION_AFTER or (word == "no" and following in (".", "")):
            return ""
        if word in _NEEDS_TO and following != "to":
            return ""
        if word == "never" and index and tokens[index - 1].lower == "had":
            return ""  # "had never won before" tells of the time before
        return "" if index and tokens[index - 1].lower == "or" and word == "not" else "negated"
    if word in _PLAN:
        if word in _BARE_PLAN:
            capital_will = (
                word == "will"
                and tokens[index].capital
                and (index > 0 or following in ("is", "was", "has", "had"))
            )
            return "" if capital_will else "planned"
        if word in _NEEDS_TO and following != "to":
            return ""
        if word in ("calls", "called"):
            return "planned" if following in ("for", "on") else ""
        if word in ("due", "set", "about", "going") and not _verb_after(tokens, index + 2):
            return ""
        return "planned"
    if word in ("is", "are", "was", "were") and following == "to":
        return "planned" if _verb_after(tokens, index + 2) else ""
    if word in _ALLEGED:
        return "alleged"
    if word in _HEDGE:
        # "May" is a month, "thought" a noun in "the thought".
        return "" if word == "may" and tokens[index].capital else "hedged"
    if word in _CONDITION:
        before = tokens[index - 1].lower if index else ""
        if before in ("even", "as") or (word in ("provided", "assuming") and following != "that"):
            return ""
        return "conditional" if word != "should" or index == 0 else ""
    return ""


def _in_title(tokens: tuple[Token, ...], index: int) -> bool:
    """Whether a cue word belongs to a title: "No Way Out", "Never Go Back"."""
    if not tokens[index].capital:
        return False
    after = tokens[index + 1] if index + 1 < len(tokens) else None
    before = tokens[index - 1] if index else None
    opens = before is None or before.kind == "p"
    return bool((after is not None and after.capital) or not opens)


def _verb_after(tokens: tuple[Token, ...], index: int) -> bool:
    """Whether a base form follows: "due to begin", not "due to rain" (which is a guess)."""
    if index >= len(tokens):
        return False
    word = tokens[index].lower
    return tokens[index].kind == "w" and (
        word in ("be", "have", "become") or IRREGULAR.get(word) == word or word in _BASE_FORMS
    )


_BASE_FORMS = frozenset(
    """open close start end join leave receive play move visit release launch publish sign vote
    adopt approve reject build host attend arrive return resume continue deliver deploy increase
    decrease raise reduce cut expand introduce ban create establish complete finish retire resign
    replace appoint elect face serve perform appear debut premiere air expire cover cost
    remain recognise recognize announce present provide produce invest pay buy sell step send
    stand take give make hold meet run go come""".split()
)


def _scope(layout: Layout, index: int, length: int) -> list[int]:
    """Positions of the content words that a cue at a position governs, inside its clause."""
    positions = []
    clause = layout.clauses[index]
    position = index + 1
    while position < len(layout.tokens) and position - index <= length:
        token = layout.tokens[position]
        if layout.clauses[position] != clause or token.lower in ("but", "until"):
            break
        if token.kind == "w" and token.lower not in FUNCTION_WORDS:
            positions.append(position)
        position += 1
    return positions


def superlatives_in(tokens: tuple[Token, ...]) -> tuple[int, ...]:
    """Positions of the superlatives and words of rank of a text: "largest", "the only"."""
    found = []
    for index, token in enumerate(tokens):
        word = token.lower
        if word not in _SUPERLATIVE_WORDS and not (
            word.endswith("est") and len(word) > 4 and word not in _NO_SUPERLATIVE
        ):
            continue
        if token.capital and index > 0:
            continue
        before = " ".join(other.lower for other in tokens[max(0, index - 4) : index])
        if word in ("least", "most", "last", "best", "first") and before.endswith("at"):
            continue
        if word in ("first", "last") and before.endswith(("at", "in their", "in its", "in his")):
            continue
        if word == "most" and not before.endswith("the"):
            continue
        found.append(index)
    return tuple(found)
