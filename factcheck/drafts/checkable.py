"""Whether a sentence states something that a source could confirm or refute.

A statement is checkable when it has a finite verb and an anchor: a number, a date, a name, or an
event of the kind that news reports. Judgements, plans, doubts, questions and instructions are left
alone unless somebody is named who voiced them: then it can be checked who said what.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from factcheck.checks.grammar.context import lay_out
from factcheck.checks.grammar.names import find_names
from factcheck.drafts import cues
from factcheck.drafts.records import SkipReason
from factcheck.drafts.sight import SPOKEN_FIRST, Sight
from factcheck.text import fold

# A sentence that no reader would take for one statement.
MAX_SENTENCE_CHARS = 1_000

_SOFT_VALUES = frozenset(
    """important necessary essential crucial vital worrying alarming welcome dangerous good bad
    better worse best worst great happy sad nice fine fair hard easy simple difficult perfect
    strong weak clear right enough interesting surprising strange poor rich popular ready""".split()
)
_PRESENT_S = re.compile(r"[a-z]{2,}(?<!s)(?<!u)(?<!i)s$")
# Content words that a sentence without name, number or known event needs to be worth checking.
_MIN_TOLD = 5


@dataclass(frozen=True, slots=True)
class Judgement:
    """Whether a sentence is checked.

    Args:
        reason: why it is left alone; None when it is checkable.
        message: the reason with the words that gave rise to it.
    """

    reason: SkipReason | None = None
    message: str = ""


CHECKABLE = Judgement()


def judge_sentence(text: str, known: frozenset[str] = frozenset()) -> Judgement:
    """Tell a checkable statement from what should be left alone.

    Args:
        text: one sentence, with quoted words already replaced by "…".
        known: folded words of names that the draft uses elsewhere, by which a name that opens the
            sentence is known for one.
    """
    if len(text) > MAX_SENTENCE_CHARS:
        return Judgement(SkipReason.TOO_LONG, f"more than {MAX_SENTENCE_CHARS} characters")
    sight = Sight(text, known)
    for test in _TESTS:
        judgement = test(sight)
        if judgement is not None:
            return judgement
    return CHECKABLE


def _no_words(sight: Sight) -> Judgement | None:
    if sum(token.kind != "p" for token in sight.tokens) < 3:
        return Judgement(SkipReason.NO_STATEMENT, "too few words for a statement")
    label = re.match(r"[^\w]*(\w+(?: \w+){0,2})\s*[:|©]", sight.text)
    words = label[1].lower().split() if label else []
    if words and all(word in cues.LEADING_LABELS or word in ("by", "and") for word in words):
        return Judgement(SkipReason.NO_STATEMENT, "a label or credit")
    if re.match(r"\W*(?:By|Reporting by|Editing by) [A-Z]", sight.text) and not sight.verbs:
        return Judgement(SkipReason.NO_STATEMENT, "a byline")
    return None


def _question(sight: Sight) -> Judgement | None:
    if re.search(r"\?[\"'”’)\]]*\s*$", sight.text):
        return Judgement(SkipReason.QUESTION, "a question")
    return None


def _instruction(sight: Sight) -> Judgement | None:
    first = sight.first
    word = sight.words[first] if sight.words else ""
    following = sight.words[first + 1] if first + 1 < len(sight.words) else ""
    if word == "do" and following == "not":
        return Judgement(SkipReason.INSTRUCTION, "an instruction (“do not”)")
    if word in cues.IMPERATIVES and (
        following in cues.AFTER_IMPERATIVE
        or following.endswith("ly")
        or word in ("don't", "please", "let", "never", "always")
        or (not sight.verbs and word != "may")
    ):
        return Judgement(SkipReason.INSTRUCTION, f"an instruction (“{sight.tokens[first].text}”)")
    conditional = re.match(
        r"(?:to|for|if|when|before|after|once) [^,]{3,80}, (?:please )?([a-z']+) ", sight.lowered
    )
    if conditional and conditional[1] in cues.IMPERATIVES and not _noun_like(conditional[1]):
        return Judgement(SkipReason.INSTRUCTION, f"an instruction (“{conditional[1]}”)")
    second = sight.found(cues.SECOND_PERSON)
    if second and not sight.attributed:
        return Judgement(SkipReason.INSTRUCTION, f"addressed to the reader (“{second}”)")
    return None


def _noun_like(word: str) -> bool:
    return word in ("support", "help", "heat", "plant", "cover", "cut", "place", "set", "contact")


def _personal(sight: Sight) -> Judgement | None:
    for token in sight.tokens:
        if token.lower in cues.FIRST_PERSON and token.text not in ("US", "ME", "Us", "Me", "Mine"):
            if sight.attributed and token.lower not in SPOKEN_FIRST:
                return None
            return Judgement(SkipReason.PERSONAL, f"the writer's own (“{token.text}”)")
    return None


def _prediction(sight: Sight) -> Judgement | None:
    if sight.attributed:
        return None
    if sight.words[sight.first] in ("if", "unless", "suppose") and sight.found(cues.FUTURE):
        return Judgement(SkipReason.PREDICTION, "it depends on a condition")
    for position, index in enumerate(sight.verbs):
        word = sight.words[index]
        following = sight.words[index + 1 : index + 4]
        if word in cues.FUTURE and not _is_past_modal(word, following):
            return Judgement(SkipReason.PREDICTION, f"not an event yet (“{word}”)")
        if word in cues.BE and following:
            expected = next((item for item in following[:2] if item in cues.EXPECTED), "")
            ahead = following.index(expected) if expected else 0
            if expected and "to" in following[ahead : ahead + 2]:
                return Judgement(SkipReason.PREDICTION, f"not an event yet (“{expected} to”)")
        if not _subordinate(sight, index) or position >= 2:
            return None
    return None


def _is_past_modal(word: str, following: list[str]) -> bool:
    """ "could not save", "would later become": past events told with a modal."""
    if word in ("could", "couldn't"):
        return word == "couldn't" or following[:1] == ["not"]
    return word == "would" and following[:1] in (["later"], ["go"], ["not"], ["eventually"])


def _subordinate(sight: Sight, index: int) -> bool:
    """Whether a verb stands in a clause that opens the sentence or describes its subject."""
    before = sight.words[max(0, index - 4) : index]
    opening = sight.words[sight.first] in ("when", "once", "after", "as", "while", "although")
    comma = "," in sight.words[index:]
    relative = any(word in ("that", "which", "who", "whose") for word in before)
    participle = sight.words[index].endswith("ed") and bool(
        before and not _agent_before(sight, index)
    )
    return (opening and comma) or relative or participle


def _agent_before(sight: Sight, index: int) -> bool:
    """Whether a form in -ed has its own object behind it, so that it is the verb of the clause."""
    following = sight.words[index + 1] if index + 1 < len(sight.words) else ""
    return following not in ("by", "in", "on", "at", "from", "for", "with", "to", "under", "as")


def _opinion(sight: Sight) -> Judgement | None:
    if sight.attributed:
        return None
    for index in sight.verbs[:1]:
        word = sight.words[index]
        firm = word in ("should", "ought", "shouldn't")
        if firm or ((word in cues.NORMATIVE or word in cues.NEEDING) and not sight.hard):
            return Judgement(SkipReason.OPINION, f"says what ought to be (“{word}”)")
    phrase = next((item for item in cues.EVALUATIVE_PHRASES if item in sight.lowered), "")
    values = [word for word in sight.words if word in cues.EVALUATIVE]
    values += [phrase] if phrase else []
    soft = _soft_value(sight)
    values += [soft] if soft and not values else []
    seeming = sight.found(cues.SEEMING)
    values += [seeming] if seeming and not values else []
    if values and sight.hard < (2 if len(values) > 1 else 1):
        return Judgement(SkipReason.OPINION, f"a judgement (“{values[0]}”)")
    if sight.text.rstrip().endswith("!") and not sight.hard:
        return Judgement(SkipReason.OPINION, "an exclamation")
    return None


def _soft_value(sight: Sight) -> str:
    """A mild word of judgement that is what the sentence says of its subject."""
    for index, word in enumerate(sight.words):
        if word in _SOFT_VALUES and index:
            near = sight.words[max(0, index - 4) : index]
            if any(item in cues.BE or item in ("too", "so") for item in near):
                return word
    return ""


def _fragment(sight: Sight) -> Judgement | None:
    if sight.verbs:
        return None
    guessed = any(
        _PRESENT_S.match(token.lower) and not token.capital and index > sight.first
        for index, token in enumerate(sight.tokens)
    )
    whole = re.search(r"[.!…][\"'”’)\]]*\s*$", sight.text)
    if guessed and whole and sight.content >= 4:
        return None
    return Judgement(SkipReason.NO_STATEMENT, "no verb that makes it a statement")


def _vague(sight: Sight) -> Judgement | None:
    if sight.attributed or sight.hard:
        return None
    vague = sight.found(cues.VAGUE)
    if sight.names and sight.content >= 3:
        subject = sight.words[sight.first]
        if subject in cues.NOBODY or (vague and not sight.events):
            return Judgement(SkipReason.VAGUE, f"nothing definite (“{vague or subject}”)")
        return None
    if vague:
        return Judgement(SkipReason.VAGUE, f"nothing definite (“{vague}”)")
    if sight.events and sight.content >= 3:
        return None
    if _DENIES.search(sight.lowered) and sight.content >= 2:
        return None
    if sight.told and sight.content >= _MIN_TOLD:
        return None
    general = any(sight.words[index] in cues.GENERAL for index in sight.verbs)
    if (general or _DEFINES.search(sight.lowered)) and sight.content >= 4:
        return None
    return Judgement(SkipReason.VAGUE, "no name, number, date or reported event")


_DENIES = re.compile(r"\bthere (?:was|were) no\b|\b(?:could not|couldn't) (?!\w+ better)\w+")
_DEFINES = re.compile(
    r"\b(?:is|are|was|were) (?:called|known as|made of|made up of|located|found in|defined as"
    r"|caused by|named after|part of|based on|used to|illegal|legal|compulsory|extinct|banned)\b"
)

_TESTS: tuple[Callable[[Sight], Judgement | None], ...] = (
    _question,
    _no_words,
    _instruction,
    _personal,
    _prediction,
    _opinion,
    _fragment,
    _vague,
)


def name_words(text: str) -> frozenset[str]:
    """Folded words of the names in a text that are certain to be names."""
    names = find_names(lay_out(text).tokens)
    return frozenset(fold(word) for name in names if name.certain for word in name.words)
