"""How a text states a deed: as done, planned, alleged, doubted, hanging on a condition or denied.

The mood of one verb is read from the words before it: "will close", "has been closed", "plans to
close", "was accused of closing". Where the words do not tell, the mood stays open.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from factcheck.checks.grammar.context import Layout
from factcheck.checks.grammar.lexicon import IRREGULAR
from factcheck.checks.grammar.tokens import Token

DONE, PLANNED, ALLEGED, HEDGED = "done", "planned", "alleged", "hedged"
CONDITIONAL, DENIED, OPEN = "conditional", "denied", "open"

_MODALS = {
    **dict.fromkeys(("will", "shall", "'ll", "won't", "must", "should"), PLANNED),
    **dict.fromkeys(("shouldn't", "needs", "ought"), PLANNED),
    **dict.fromkeys(("would", "wouldn't"), CONDITIONAL),
    **dict.fromkeys(("may", "might", "could"), HEDGED),
    **dict.fromkeys(("can", "cannot", "can't", "couldn't"), OPEN),
}
_BE = frozenset("am is are was were be been being isn't aren't wasn't weren't".split())
_HAVE = frozenset("have has had having haven't hasn't hadn't".split())
_DO = frozenset("do does did don't doesn't didn't".split())
_NOT = frozenset("not never".split())
_ADVERBS = frozenset(
    """also now then soon still yet already again first once just even only ever both all later
    therefore thus instead today tomorrow first twice""".split()
)
# Before "to": what follows is intended, asked for, promised or foreseen, and not yet done.
_PLAN_TO = frozenset(
    """plan plans planned planning intend intends intended aim aims aimed hope hopes hoped want
    wants wanted wish wishes wished seek seeks sought pledge pledges pledged promise promises
    promised vow vows vowed ready prepare prepares prepared preparing poised set due expect expects
    expected scheduled going about threaten threatens threatened willing supposed urge urges urged
    ask asks asked asking call calls called calling recommend recommends recommended propose
    proposes proposed proposal proposals offer offers offered agree agrees agreed agreement decide
    decides decided decision vote votes voted order orders ordered tell tells told demand demands
    demanded request requests requested petition apply applies applied application bid attempt
    attempts attempted try tries tried deadline need needs needed required obliged obligation duty
    permission approval permit allowed free keen eager slated meant forecast projected predicted
    bill campaign would like invited advise advised advises swore swear option right chance
    commitment committed commit contract tender vote ambition goal target opportunity power
    authority mandate until months weeks years days working""".split()
)
_DONE_TO = frozenset(
    """manage manages managed begin began begun begins start started starts continue continued
    continues came come go went help helps helped helping forced made led able able first last
    only enough cause causes caused compelled rose grew fell has used""".split()
)
_DENY_TO = frozenset(
    """failed fails fail refused refuses refuse declined declines unable neglected forgot
    reluctant unwilling""".split()
)
_HEDGE_TO = frozenset("seem seems seemed appear appears appeared likely tend tends bound".split())
_ALLEGED_TO = frozenset(
    "said alleged believed thought reported rumoured rumored claimed understood claims".split()
)
# Before an -ing form or a noun: "plans for closing", "calls for the closure".
_PLAN_OF = frozenset(
    """plan plans planned planning considers consider considering considered proposes proposed
    propose proposal proposals proposing calls called call calling recommends recommended recommend
    suggests suggested demands demanded demand seeks seek sought wants want wanted favours discussed
    discussing debates debating debate asked ask asks asking applied apply applies application
    expects expected expect awaits awaiting await pending hopes hope hoped promises promised promise
    pledged pledges approval approved approve permission future upcoming coming possible potential
    prepares preparing intends talks talk bid offered offer offers motion petition request requested
    forecast predicts predicted urged idea would vote referendum eventual imminent""".split()
)
# "Called for the march" wants it, "called the march" held it.
_FOR = frozenset("call calls called calling ask asks asked asking apply applies applied".split())
_ALLEGED_OF = frozenset(
    """accused accuses accuse accusing alleged alleges alleging allege allegation allegations
    allegedly suspected suspects suspect suspicion suspicions indicted rumoured
    rumored rumours rumors rumour unconfirmed unverified purported purportedly supposedly
    reportedly claiming denies denied deny accusation accusations prosecuted""".split()
)
# These allege only before one of the words that follow: "charged with", "claims that".
_ALLEGED_WITH = {
    "charged": ("with",),
    "charges": ("of", "that"),
    "trial": ("for", "over"),
    "tried": ("for",),
    "claims": ("that", "to", "of"),
    "claimed": ("that", "to"),
    "supposed": ("to",),
}
_CONDITIONS = frozenset(("if", "unless", "provided", "assuming", "whether"))
# "Even if", "only if", "as if", "whether or not", "provided 46 per cent" set no condition.
_NO_CONDITION_AFTER = frozenset("even only as".split())
_SOFT_ADVERBS = frozenset("perhaps probably possibly maybe presumably apparently seemingly".split())
_SENTENCE_MARKS = frozenset(".;:!?")
_LINKS = frozenset(("and", "or", ",", "then"))
_REACH = 12


@dataclass(frozen=True, slots=True)
class Mood:
    """How one verb is stated, and the token position of the word that tells so (-1: none)."""

    kind: str
    cue: int = -1


def is_past(token: Token) -> bool:
    """Whether a word is a past tense or a participle."""
    word = token.lower
    if word.endswith("ed") and len(word) > 3:
        return True
    base = IRREGULAR.get(word)
    return (
        base is not None
        and not word.endswith(("ing", "s"))
        and (base != word or word in _INVARIANT)
    )


_INVARIANT = frozenset("cut hit put set shut spread let cost read hurt quit rid split".split())


def sentence_range(layout: Layout, index: int) -> tuple[int, int]:
    """First and last-plus-one token position of the sentence around a position."""
    tokens = layout.tokens
    low = high = index
    while low > 0 and tokens[low - 1].text not in _SENTENCE_MARKS:
        low -= 1
    while high < len(tokens) and tokens[high].text not in _SENTENCE_MARKS:
        high += 1
    return low, high


@lru_cache(maxsize=65536)
def _skipped(word: str) -> bool:
    return word in _ADVERBS or (word.endswith("ly") and word not in ("only", "early", "reply"))


def mood_at(layout: Layout, index: int, depth: int = 0) -> Mood:
    """The mood of the verb, or of the noun made of one, at a token position."""
    tokens = layout.tokens
    low, high = sentence_range(layout, index)
    position, auxiliaries, cue, denied = index - 1, [], -1, False
    while position >= low:
        word = tokens[position].lower
        if word in _NOT or word.endswith("n't") or word == "cannot":
            denied = True
        if word in _MODALS or word == "to":
            auxiliaries.append(word)
            cue = position
            break
        if word in _BE or word in _HAVE or word in _DO:
            auxiliaries.append(word)
        elif not (word in _NOT or _skipped(word)):
            break
        position -= 1
    mood = _from_chain(layout, index, low, tuple(auxiliaries), cue, depth)
    if mood.kind == OPEN and not auxiliaries:
        mood = _as_noun(layout, index, low, high)
    if mood.kind in (DONE, OPEN):
        mood = _under(layout, index, low, mood)
    if denied and mood.kind in (DONE, OPEN):
        return Mood(DENIED, position)
    return mood


def _from_chain(
    layout: Layout, index: int, low: int, auxiliaries: tuple[str, ...], cue: int, depth: int
) -> Mood:
    tokens = layout.tokens
    token = tokens[index]
    head = auxiliaries[-1] if auxiliaries else ""
    perfect = any(word in _HAVE for word in auxiliaries[:-1])
    if head in _MODALS:
        if perfect and head in ("would", "should", "could", "wouldn't"):
            return Mood(DENIED, cue)  # "would have won": it did not
        return Mood(_MODALS[head], cue)
    if head == "to":
        return _governed(layout, cue, low)
    if head and head not in ("being",):
        if token.lower.endswith("ing") and not perfect:
            return Mood(OPEN)
        return Mood(DONE) if head != "be" and (is_past(token) or head in _DO) else Mood(OPEN)
    before = tokens[index - 1].lower if index > low else ""
    if before in ("if", "once", "when", "unless", "until", "as") and is_past(token):
        conditional = before in _CONDITIONS and _sets_condition(tokens, index - 1)
        return Mood(CONDITIONAL, index - 1) if conditional else Mood(OPEN)
    if before in _LINKS and depth == 0 and not token.lower.endswith("ing"):
        past = is_past(token)
        for other in reversed(layout.verbs):
            if low <= other < index - 1 and index - other <= _REACH:
                if is_past(tokens[other]) != past:
                    break
                mood = mood_at(layout, other, 1)
                return mood if mood.kind != OPEN or not past else Mood(DONE)
    if is_past(token) and before not in ("the", "a", "an", "its", "his", "her", "their"):
        return Mood(DONE)
    return Mood(OPEN)


def _governed(layout: Layout, to: int, low: int) -> Mood:
    """The mood of "to close" from the word that governs it: "plans to", "managed to", "is to"."""
    tokens = layout.tokens
    before = to - 1
    if tokens[before].lower == "yet":
        return Mood(DENIED, before)
    while before > low and (_skipped(tokens[before].lower) or tokens[before].lower in _NOT):
        before -= 1
    word = tokens[before].lower if before >= low else ""
    if word in _BE or word in ("has", "have"):
        return Mood(PLANNED, before)
    if word in ("had", "as"):
        return Mood(OPEN)
    for position in range(before, max(low, to - 8) - 1, -1):
        word = tokens[position].lower
        if word in _DENY_TO:
            return Mood(DENIED, position)
        if word in _DONE_TO:
            return Mood(DONE, position)
        if word in _HEDGE_TO:
            return Mood(HEDGED, position)
        if word in _ALLEGED_TO:
            return Mood(ALLEGED, position)
        if word in _PLAN_TO:
            return Mood(PLANNED, position)
        if tokens[position].text in _SENTENCE_MARKS:
            break
    return Mood(OPEN)


def _as_noun(layout: Layout, index: int, low: int, high: int) -> Mood:
    """The mood of an -ing form or a noun: "considers closing", "the planned vote"."""
    tokens = layout.tokens
    for position in range(index - 1, max(low, index - 6) - 1, -1):
        word = tokens[position].lower
        if word in _PLAN_OF and (
            word not in _FOR or tokens[position + 1].lower in ("for", "on", "that")
        ):
            return Mood(PLANNED, position)
        if position in layout.verbs:
            break
    after = tokens[index + 1].lower if index + 1 < high else ""
    if after in ("will", "would"):
        return Mood(PLANNED, index + 1)
    return Mood(OPEN)


def _under(layout: Layout, index: int, low: int, mood: Mood) -> Mood:
    """A deed told inside an allegation, a condition or a doubt takes on its mood."""
    tokens = layout.tokens
    for position in range(index - 1, max(low, index - _REACH) - 1, -1):
        word = tokens[position].lower
        following = tokens[position + 1].lower
        if word in _ALLEGED_OF or following in _ALLEGED_WITH.get(word, ()):
            if following == "of" and _finite(tokens, index):
                continue  # "the man accused of plundering the fund resigned"
            return Mood(ALLEGED, position)
        same = layout.clauses[position] == layout.clauses[index]
        if word in _CONDITIONS and same and _sets_condition(tokens, position):
            return Mood(CONDITIONAL, position)
        if word in _SOFT_ADVERBS and same:
            return Mood(HEDGED, position)
    return mood


def _finite(tokens: tuple[Token, ...], index: int) -> bool:
    """Whether a past form stands by itself: not "accused of having taken"."""
    before = {token.lower for token in tokens[max(0, index - 3) : index]}
    return is_past(tokens[index]) and not before & {"having", "being"}


def _sets_condition(tokens: tuple[Token, ...], index: int) -> bool:
    word, following = tokens[index].lower, tokens[index + 1].lower
    if word in ("provided", "assuming"):
        return following == "that"
    before = tokens[index - 1].lower if index else ""
    return before not in _NO_CONDITION_AFTER and following != "or"
