"""What a claim says with a duration, and which words make a date its begin or its end."""

from __future__ import annotations

import re
from enum import Enum
from typing import TYPE_CHECKING, NamedTuple

from factcheck.checks.comparison.segments import said_with
from factcheck.checks.grammar.tokens import concept, stem, stems_of

if TYPE_CHECKING:
    from factcheck.checks.grammar.context import Layout
    from factcheck.checks.numbers.quantity import Quantity
    from factcheck.checks.reading import ClaimReading


def _concepts(words: str) -> frozenset[str]:
    return frozenset(concept(stem(word)) for word in words.split())


LASTING = _concepts("last run take continue serve span remain stay rule")
"""Verbs of which a duration says how long the whole thing took."""

HOLDING = _concepts("rule reign serve be hold govern lead head occupy sit work play")
"""Verbs for being something for a time; "reigned from 1556" and "was king for" are the same."""

_TELLING = LASTING | _concepts(
    """hold spend need keep live period time duration long short exact just pass elapse require
    cover whole entire stretch wait full finally eventually date course place"""
)
"""Words that tell of a time; they need not stand in the passage."""

ENDS = _concepts(
    """end close closure finish conclude conclusion collapse break expire expiry stop cease halt
    leave quit resign resignation retire retirement step die death kill murder assassinate execute
    depose oust overthrow topple abdicate abdication defeat dissolve dissolution disband split
    separate divorce abolish abolition repeal revoke scrap demolish demolition destroy dismantle
    free freed liberate rescue return retake retook retaken recapture regain surrender
    withdraw withdrawal withdrew lift suspend cancel replace succeed complete completion acquit
    evacuate reopen resume recover discharge extinguish settle settlement terminate depart departure
    shut lapse cancellation find rejoin defunct extinct extinction"""
)
"""What ends a state, a stay or an office."""

STARTS = _concepts(
    """begin start open opening launch found establish create form formation join become elect
    election appoint appointment name enter seize capture occupy invade conquer arrest kidnap abduct
    imprison hostage effect force erupt strike marry settle arrive introduce impose declare ban
    close closure shut vanish disappear missing leave depart lay crown accede accession office
    inherit move"""
)
"""What begins one."""

CAPTURES = _concepts("seize capture kidnap abduct arrest detain jail imprison hold take hostage")
"""After these a release is an end; that of a film is none."""

MAKING = _concepts(
    """build building make write record film produce develop restore restoration renovate renovation
    design draft repair prepare plan cast carve paint dig"""
)
MADE = _concepts(
    """open opening inaugurate inauguration unveil build complete finish launch publish release
    premiere deliver ready hand enter"""
)
"""What tells of a work, and of its end."""

REPORTS = _concepts("say report announce tell publish quote cite accord")
"""What only tells that something was said or printed on a date."""

_GRANTED = _concepts(
    "sentence jail imprison ban suspend fine contract sign extend lease hire order bar give grant"
)
_FILL = (
    r"(?: (?:a total of|only|just|some|another|the|him|her|them|it|on|in|out|up|fully|all))*\s*$"
)
_FOR = re.compile(
    r"\b(?:for|last(?:s|ed|ing)?|span(?:s|ned|ning)?|spen[dt]s?|serv(?:e|es|ed|ing)|r[au]n|held|holds"
    r"|reign(?:s|ed)?|rul(?:es|ed)|liv(?:es|ed)|endured|survived|continued|waited|stayed|went on"
    r"|stood|throughout|(?:period|run|span|spell|course) of)" + _FILL,
    re.I,
)
_TAKING = re.compile(
    r"\b(?:took|takes?|taken|taking|need(?:s|ed)|required|in|within|over|after|during|under|inside)"
    + _FILL,
    re.I,
)
_APART = re.compile(r"^,? (?:after|before|later|earlier|from|between|until|apart|prior to)\b", re.I)
_NO_TIME_BEFORE = re.compile(
    r"\b(?:every|each|per|last|past|next|previous|coming|first|final|age|aged)(?: \w+)?\s*$", re.I
)
_NO_TIME_AFTER = re.compile(
    r"^[ -](?:ago|old|of age|in (?:prison|jail|a row)|jail|prison|sentence|contract|deal|ban|loan"
    r"|warranty|from now|to go|left|longer|shorter|younger|older|anniversary|of experience"
    r"|running|straight|consecutive|on end)\b",
    re.I,
)
_AFTER = re.compile(r"^,? (after|before|until|prior to) ([^,;.]*)", re.I)


class Form(Enum):
    """How a claim gives a duration.

    LASTED where something goes on for it ("lasted", "for", "a two-week truce"), TAKEN where it may
    also lie between two events ("took", "within", "after two weeks"), APART where it does ("two
    weeks after"), PLAIN where that is not told, NONE where it is granted, repeated or ends now.
    """

    LASTED = "lasted"
    TAKEN = "taken"
    APART = "apart"
    PLAIN = "plain"
    NONE = "none"


def _form_of(claim: Quantity, text: str) -> Form:
    """How a claim gives one of its durations."""
    before, after = text[: claim.start], text[claim.end :]
    if claim.per or claim.change or claim.verb in _GRANTED:
        return Form.NONE
    if _NO_TIME_BEFORE.search(before) or _NO_TIME_AFTER.search(after):
        return Form.NONE
    if claim.text.lower().startswith("one ") and " another" in after:
        return Form.NONE  # "born in one century and died in another"
    apart = _APART.search(after) is not None
    if _FOR.search(before) or _names(claim):
        return Form.TAKEN if apart else Form.LASTED
    if _TAKING.search(before):
        return Form.TAKEN
    return Form.APART if apart else Form.PLAIN


def _names(claim: Quantity) -> bool:
    """Whether a duration stands before what has it: "a two-week truce", "a two year break"."""
    plural = claim.value > 1.5 * claim.factor
    return plural and not claim.text.rstrip().endswith("s") and claim.form != "fraction"


def _order_of(claim: Quantity, text: str) -> tuple[str, str] | None:
    """The words of the earlier and of the later event, for "two weeks after the vote it fell"."""
    match = _AFTER.search(text[claim.end :])
    if match is None:
        return None
    named = match[2]
    rest = text[: claim.start] + " " + text[claim.end + match.end() :]
    return (named, rest) if match[1].lower() == "after" else (rest, named)


class Asked(NamedTuple):
    """What a claim says with a duration.

    Args:
        form: how it gives it.
        verb: concept of the verb.
        words: concepts of what else it says.
        core: concept of what it speaks of, "" where that is a pronoun or the time itself.
        order: concepts of the words of the earlier and of the later event, if it tells them apart.
    """

    form: Form
    verb: str
    words: frozenset[str]
    core: str
    order: tuple[frozenset[str], frozenset[str]] | None


def asked_for(claim: Quantity, said: ClaimReading) -> Asked:
    """Read what a claim says with one of its durations; what it denies has no form."""
    denied = any(cue.kind == "negated" for cue in said.body.modality.cues)
    words = said_with(claim, said) - _TELLING
    core = subject_of(said.body.layout, claim.start)
    order = _order_of(claim, said.text)
    return Asked(
        Form.NONE if denied else _form_of(claim, said.text),
        claim.verb,
        words,
        core if core in words else "",
        order and (stems_of(order[0]), stems_of(order[1])),
    )


_OPENERS = frozenset("the a an its his her their this that these those all both".split())
_PREPOSITIONS = frozenset(
    """of in on at by for from with to near between under over after before about into against since
    during until within among""".split()
)


def subject_of(layout: Layout, end: int) -> str:
    """Concept of the noun that a sentence opens with, "" if it opens otherwise."""
    core, before = "", "the"
    for place, token in enumerate(layout.tokens[: layout.index_at(end)]):
        deed = place in layout.verbs and before not in _OPENERS
        if deed or token.kind != "w" or token.lower in _PREPOSITIONS:
            break
        if token.content:
            core = "" if token.lower.endswith(("'s", "s'")) else concept(token.stem)
        elif token.lower not in _OPENERS:
            break  # "who", "will"
        before = token.lower
    return core
