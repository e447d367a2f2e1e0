"""A word of the claim whose opposite stands in its place in the passage: risen for fallen."""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

from factcheck.checks.dates import compare_mentions
from factcheck.checks.found import make_finding
from factcheck.checks.grammar.tokens import Token, concept, stem
from factcheck.checks.overlap import COMPARING, figures, in_parts, lowers, shares
from factcheck.checks.relevance import relevance, word_coverage
from factcheck.checks.statements.denials import concepts, denies, sentence_range
from factcheck.checks.statements.realis import is_past
from factcheck.records import Finding, Outcome, Stance

if TYPE_CHECKING:
    from factcheck.checks.reading import ClaimReading, PassageReading

# What WordNet lacks and news and science use every day.
_MORE = """adopt reject;approve reject;approve veto;increase reduce;increase decline;rise decline;
accept refuse;support oppose;convict acquit;join leave;legalise ban;permit ban;allow ban;
allow forbid;allow prevent;confirm deny;admit deny;import export;improve worsen;ban lift;
impose lift;recognise withdraw;resume suspend;married divorced;higher lower;more fewer;
cause prevent;promote inhibit;facilitate block;facilitate prevent;enhance impair;enhance reduce;
elevate reduce;accelerate slow;protect harm;benefit harm;gain loss;success failure;
support undermine;warm cool;expand shrink;expand contract;boost hamper;help hinder;
upregulate downregulate;activate inhibit;win lose;open close;raise cut;raise lower;hire dismiss;
appoint dismiss;surplus deficit;profit loss;majority minority;ally enemy;victory defeat;
safe unsafe;likely unlikely;able unable;aware unaware;guilty acquit;guilty innocent;
grant refuse;grant deny;uphold overturn;uphold quash;agree refuse;arrest release;
strengthen weaken;widen narrow;praise criticise;welcome criticise;
confirm refute;confirm contradict;survive destroy;permit prohibit;
allow prohibit;double halve;continue stop;resume halt;succeed fail;pass fail;present absent;
better worse;keep break;back oppose;favour oppose"""
# Both may be true of one matter, or they tell one event from two sides: what one sells another
# buys, who came also went, and a defeat is the other side's victory.
_LOOSE = """beat win;buy sell;come go;run stand;import export;arrive leave;begin end;find lose;
die live;move stay;half whole;part whole;father mother;parent child;husband wife;sit stand;
single double;employer worker;keep lose;lose save;lie stand;seat stand;hide show;speak write;
marry divorce;private public;early late;fast slow;demand supply;level raise;cool heat;long short;
unpaid pay;run pass;internal external;boy girl"""
# Steps of one story: who joined may have left since. Told as done they seldom conflict.
_STEPS = """join leave;open close;impose lift;ban lift;arrest release;appoint dismiss;hire dismiss;
resume suspend;begin end;arrive leave"""
_STEPS_FACTOR = 0.5
_DENYING_VERBS = frozenset("deny denies denied denying disputes disputed refutes refuted".split())
_STRENGTH = 0.9

# Function words that turn what stands beside them.
_TURNING = {
    "more": ("fewer", "less"),
    "fewer": ("more",),
    "less": ("more",),
    "before": ("after",),
    "after": ("before",),
    "above": ("below",),
    "below": ("above",),
    "for": ("against",),
    "against": ("for",),
}


def _pair(pair: str) -> frozenset[str]:
    return frozenset(concept(stem(word)) for word in pair.split())


@cache
def opposites() -> dict[str, frozenset[str]]:
    """Concepts and the concepts opposed to them."""
    listed = (
        resources.files("factcheck.checks.statements").joinpath("opposites.txt").read_text("utf-8")
    )
    lines = [line for line in listed.splitlines() if not line.startswith("#")]
    loose = {_pair(pair) for pair in _LOOSE.replace("\n", "").split(";")}
    table: dict[str, set[str]] = {}
    for line in lines + _MORE.replace("\n", "").split(";"):
        pair = _pair(line)
        if len(pair) == 2 and pair not in loose:
            left, right = pair
            table.setdefault(left, set()).add(right)
            table.setdefault(right, set()).add(left)
    return {word: frozenset(others) for word, others in table.items()}


def compare_opposites(claim: ClaimReading, passage: PassageReading) -> Finding | None:
    """Find a word of the claim that is missing in the passage while its opposite is there.

    The sentence with the opposite must hold at least half of the claim's other words, and what
    stands before the claim's word must not stand behind the opposite: "A beat B" and "B lost to A"
    agree. Denying words on either side leave it open. The surest have the same subject.
    """
    if word_coverage(claim, passage, context=False) < 0.4:
        return None
    ours, theirs = claim.body.layout, passage.body.layout
    if any(denies(token) for token in ours.tokens):
        return None
    best: Finding | None = None
    for place, there in _meetings(claim, passage):
        sure = _sure(claim, passage, place, there)
        if sure and (best is None or sure > best.strength):
            best = _finding(ours.tokens[place], theirs.tokens[there], sure)
    return best


def _meetings(claim: ClaimReading, passage: PassageReading) -> list[tuple[int, int]]:
    """Positions of a word of the claim and of its opposite in the passage."""
    table = opposites()
    ours, theirs = claim.body.layout.tokens, passage.body.layout.tokens
    own, said = lowers(ours), lowers(theirs)
    found = []
    for place, token in enumerate(ours):
        if token.lower in _TURNING:
            turned = {word for word in _TURNING[token.lower] if word in said and word not in own}
            if turned:
                found += [
                    (place, there)
                    for there, rival in enumerate(theirs)
                    if rival.lower in turned and _beside(ours, place, theirs, there)
                ]
        if not token.content:
            continue
        word = concept(token.stem)
        rivals = table.get(word, frozenset()) & passage.body.stems
        if not rivals or word in passage.body.stems or rivals & claim.body.stems:
            continue
        found += [
            (place, there)
            for there, rival in enumerate(theirs)
            if rival.content and concept(rival.stem) in rivals
        ]
    return found


def _beside(ours: tuple[Token, ...], place: int, theirs: tuple[Token, ...], there: int) -> bool:
    """Whether two function words turn the same words: "more trams", "voted for"."""
    before, after = _neighbours(ours, place)
    before_there, after_there = _neighbours(theirs, there)
    if ours[place].lower in ("for", "against"):
        return before == before_there == "_vote"
    if ours[place].lower in ("before", "after"):
        return before == before_there != "" and after == after_there != ""
    return after == after_there != ""


def _neighbours(tokens: tuple[Token, ...], place: int) -> tuple[str, str]:
    """Concepts of the nearest content words before and after a position, or ""."""
    before = next((t for t in reversed(tokens[max(0, place - 3) : place]) if t.content), None)
    after = next((t for t in tokens[place + 1 : place + 4] if t.content), None)
    return (
        concept(before.stem) if before else "",
        concept(after.stem) if after else "",
    )


def _sure(claim: ClaimReading, passage: PassageReading, place: int, there: int) -> float:
    """How sure it is that the two words turn one statement; 0 for not at all."""
    ours, theirs = claim.body.layout, passage.body.layout
    low, high = sentence_range(theirs, there)
    sentence = theirs.tokens[low:high]
    denied = any(denies(token) or token.lower in _DENYING_VERBS for token in sentence)
    if denied or ours.tokens[place].lower in lowers(sentence):
        return 0.0
    word = concept(ours.tokens[place].stem)
    inside, anywhere = shares(claim, passage, word, low, high)
    if inside < 0.5:
        return 0.0
    sure = 0.3 + 0.4 * inside + 0.3 * anywhere
    before, behind = concepts(ours.tokens[:place]), concepts(ours.tokens[place + 1 :])
    first, second = concepts(theirs.tokens[low:there]), concepts(theirs.tokens[there + 1 : high])
    if before & second - first or behind & first - second:
        sure *= 0.5
    start, _ = theirs.clause_range(there)
    head = next((t for t in reversed(ours.tokens[:place]) if t.content), None)
    if head is None or concept(head.stem) not in concepts(theirs.tokens[start:there]):
        sure *= 0.6
    if in_parts(ours, place + 2) or in_parts(theirs, there + 2, start):
        sure *= 0.6
    if COMPARING & lowers(ours.tokens) - {ours.tokens[place].lower}:
        sure *= 0.7
    if figures(ours.tokens) - figures(sentence):
        sure *= 0.6
    if _step(ours.tokens[place], theirs.tokens[there]):
        sure *= _STEPS_FACTOR
    if not _times_meet(claim, passage):
        return 0.0
    return _STRENGTH * sure * relevance(claim, passage)


def _step(ours: Token, theirs: Token) -> bool:
    """Whether both words tell steps of one story as done."""
    pair = frozenset((concept(ours.stem), concept(theirs.stem)))
    return pair in _steps() and is_past(ours) and is_past(theirs)


@cache
def _steps() -> frozenset[frozenset[str]]:
    return frozenset(_pair(pair) for pair in _STEPS.replace("\n", "").split(";"))


def _times_meet(claim: ClaimReading, passage: PassageReading) -> bool:
    """Whether some date of the claim agrees with one of the passage, or one side has none."""
    ours, theirs = (
        [d for d in side.body.dates if d.low is not None or d.month] for side in (claim, passage)
    )
    return (
        not ours
        or not theirs
        or any(compare_mentions(a, b) is not Outcome.DIFFERENT for a in ours for b in theirs)
    )


def _finding(ours: Token, theirs: Token, sure: float) -> Finding:
    message = f"the passage says {theirs.lower}, the claim {ours.lower}"
    return make_finding(
        "modality", Outcome.DIFFERENT, Stance.REFUTES, sure, message, ours=ours, theirs=theirs
    )
