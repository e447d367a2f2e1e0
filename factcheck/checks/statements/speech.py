"""Speakers, saying verbs and what they cover, in running text."""

from __future__ import annotations

from dataclasses import dataclass

from factcheck.checks.grammar.context import Layout, is_verb
from factcheck.checks.grammar.lexicon import FUNCTION_WORDS
from factcheck.checks.grammar.names import CALENDAR_WORDS
from factcheck.checks.grammar.tokens import SENTENCE_ENDS, Token

_SAY = frozenset(
    """said says say told tells claims claimed stated states announced announces reported reports
    alleged alleges allege argued argues insisted insists maintained maintains added explained
    warned warns estimated estimates believes believed suggested suggests noted acknowledged
    admitted admits confirmed confirms testified wrote writes tweeted declared declares
    asserted asserts asserting saying claiming""".split()
)
_DENY = frozenset(
    "denied denies deny denying dismissed dismisses disputed disputes rejected "
    "rejects refuted refutes".split()
)
_PUT = frozenset(("put", "puts", "placed", "estimated"))
PRONOUNS = frozenset("he she they it we i who".split())
# Findings of research are what a source itself states, not the word of somebody.
_NO_SPEAKERS = frozenset(
    """results data findings evidence figures analysis study studies research review trial trials
    paper model models survey there which that this these those""".split()
)
_STOP_BACK = frozenset('.!?;:"“”()%—–') | frozenset(
    """but while although because if when whereas after before since until than how why where
    whether what whatever""".split()
)
# What somebody says is not said here but spoken of: "doubts what Pyongyang says".
_SPOKEN_OF = frozenset("what whatever as than".split())
_LEADING = FUNCTION_WORDS - frozenset(("the", "a", "an", "mr", "mrs", "ms", "dr"))
# These verbs also name deeds ("declared independence", "rejected the bill"): they attribute only
# a clause ("that …" or one with a verb) or, for denials, a claim or an accusation.
_NEEDS_CLAUSE = frozenset(
    """announced announces declared declares wrote writes noted believed believes maintained
    maintains explained warned warns added suggested suggests estimated estimates asserted
    told tells tweeted testified acknowledged""".split()
)
_DENIED_THINGS = frozenset(
    """that claims claim allegations allegation accusations accusation reports report suggestions
    suggestion charges charge rumours rumors having being""".split()
)
_BEFORE_DENIED = frozenset("the any all such this these those an a".split())
# After these "states", "claims", "reports" and "estimates" are things, not what somebody does.
_ADVERBS = frozenset("still also now not never long again since first always ever yet".split())
_COUNTING = frozenset(
    """the a an his her its their these those of such this that first second third last next
    other others many several some few all both most no new earlier previous official recent
    member united neighbouring federal two three four five six seven eight nine ten""".split()
)
_ALSO_NOUNS = frozenset("states claims reports estimates".split())
# What follows them there: "island states had opposed it", "reports of theft".
_AFTER_NOUNS = frozenset(
    """. , ; of in on from about against for by at with and or who which is are was were has have
    had will would can could may might do did""".split()
) | {""}
_NOT_DENIED = frozenset("entry access permission bail visa visas asylum boarding parole".split())


@dataclass(frozen=True, slots=True)
class Attribution:
    """A statement put in somebody's mouth.

    Args:
        speaker: as written; "" when nobody is named ("it is said that").
        speaker_span: offsets of the speaker; (0, 0) when nobody is named.
        kind: "says" or "denies".
        start, end: offsets of what is said.
        verb: the verb as written, or "according to".
    """

    speaker: str
    speaker_span: tuple[int, int]
    kind: str
    start: int
    end: int
    verb: str


def find_attributions(layout: Layout) -> tuple[Attribution, ...]:
    """Attributions of a text, in order."""
    found: list[Attribution] = []
    tokens = layout.tokens
    for index, token in enumerate(tokens):
        if token.kind != "w":
            continue
        attribution = None
        if token.lower == "according" and _lower(tokens, index + 1) == "to":
            attribution = _according(layout, index)
        elif token.lower in _SAY or token.lower in _DENY:
            attribution = _saying(layout, index, found[-1] if found else None)
        elif token.lower in _PUT:
            attribution = _putting(layout, index)
        if attribution is not None:
            found.append(attribution)
    return tuple(found)


def _lower(tokens: tuple[Token, ...], index: int) -> str:
    return tokens[index].lower if 0 <= index < len(tokens) else ""


def _sentence(layout: Layout, index: int) -> tuple[int, int]:
    """Token range of the sentence around a position."""
    tokens = layout.tokens
    low = index
    while low > 0 and tokens[low - 1].text not in SENTENCE_ENDS:
        low -= 1
    high = index
    while high < len(tokens) and tokens[high].text not in SENTENCE_ENDS:
        high += 1
    return low, high


def _phrase_after(layout: Layout, index: int, high: int) -> tuple[int, int]:
    """Token range of the noun phrase that starts at a position, at most eight tokens."""
    last = index
    tokens = layout.tokens
    while last < high and last - index < 8:
        token = tokens[last]
        if (token.kind == "p" and token.text not in "'’-&.") or token.lower in (
            "that",
            "and",
            "as",
        ):
            break
        if last > index and is_verb(token) and not token.capital and token.lower.endswith("ed"):
            break
        last += 1
    return index, last


def _according(layout: Layout, index: int) -> Attribution | None:
    low, high = _sentence(layout, index)
    first, last = _phrase_after(layout, index + 2, high)
    if first == last:
        return None
    after = (last, high) if high - last > index - low else (low, index)
    return _make(layout, first, last, "says", after, "according to")


def _make(
    layout: Layout, first: int, last: int, kind: str, content: tuple[int, int], verb: str
) -> Attribution | None:
    tokens = layout.tokens
    if content[0] >= content[1] or first >= last:
        return None
    start, end = tokens[first].start, tokens[last - 1].end
    span = tokens[content[0]].start, tokens[content[1] - 1].end
    return Attribution(layout.text[start:end], (start, end), kind, span[0], span[1], verb)


def _saying(layout: Layout, index: int, last_found: Attribution | None) -> Attribution | None:
    tokens = layout.tokens
    low, high = _sentence(layout, index)
    kind = "denies" if tokens[index].lower in _DENY else "says"
    before = tokens[index - 1].lower if index else ""
    if before in ("the", "a", "an", "his", "her", "its", "their", "these", "those", "of", "such"):
        return None
    if tokens[index].lower in _ALSO_NOUNS and (
        before in _COUNTING or before.isdigit() or _lower(tokens, index + 1) in _AFTER_NOUNS
    ):
        return None
    helper = index - 1
    while helper > low and (tokens[helper].lower in _ADVERBS or tokens[helper].lower[-2:] == "ly"):
        helper -= 1
    if _lower(tokens, helper) in ("was", "were", "is", "are", "been", "be"):
        return _passive(layout, index, high, kind)
    if index and tokens[index - 1].kind == "n" and index + 1 < high and tokens[index + 1].content:
        return None  # "250 reported infections"
    if not _attributes(layout, index, high):
        return None
    if before in ("and", "but") and last_found and last_found.start >= tokens[low].start:
        # "He denied the charge and told the court that …": one speaker, two sayings.
        start, end = tokens[index].end, tokens[high - 1].end
        if start >= end:
            return None
        speaker, place = last_found.speaker, last_found.speaker_span
        return Attribution(speaker, place, kind, start, end, tokens[index].text)
    first, last = _speaker_before(layout, index, low)
    if first < last:
        content = (index + 1, high) if high - index > 2 else (low, first)
        if kind == "denies" and all(
            token.lower in _POINTING or token.kind == "p" for token in tokens[index + 1 : high]
        ):
            content = _pointed_at(layout, low, first)
        if index - low > high - index and _quoted_or_comma(layout, first):
            content = (low, first)
        if _calls_false(layout, content):
            kind = "denies"
        return _make(layout, first, last, kind, content, tokens[index].text)
    # "…", said Maria Kos.
    first, last = _phrase_after(layout, index + 1, high)
    named = first < last and (tokens[first].capital or tokens[first].lower == "the")
    if named and index > low and tokens[index - 1].kind == "p":
        return _make(layout, first, last, kind, (low, index), tokens[index].text)
    return None


def _attributes(layout: Layout, index: int, high: int) -> bool:
    """Whether a verb that also names deeds puts a statement into somebody's mouth here."""
    tokens = layout.tokens
    word, following = tokens[index].lower, _lower(tokens, index + 1)
    if word in _DENY:
        if following in _NOT_DENIED or _lower(tokens, index - 1) in ("was", "were"):
            return False
        if any(_lower(tokens, index + more) in _REFUSED for more in (1, 2, 3, 4)):
            return False
        return (
            word.startswith(("den", "refut", "disput"))
            or following in _DENIED_THINGS
            or (
                (following in _BEFORE_DENIED or following.endswith("'s"))
                and any(_lower(tokens, index + more) in _DENIED_THINGS for more in (2, 3))
            )
        )
    if word not in _NEEDS_CLAUSE or following in ("that", ",", ":", '"', "“", ".", ""):
        return True
    words = [token.lower for token in tokens[index + 1 : min(index + 5, high)]]
    if "that" in words:
        return True
    # "Wrote 300 plays, of which the station erased 200": the second verb is of another clause.
    comma = next((i for i in range(index + 1, high) if tokens[i].text == ","), high)
    return any(index < verb < comma for verb in layout.verbs)


# Who denies these refuses them, and says nothing.
_REFUSED = frozenset(
    """request requests appeal appeals motion motions application applications petition petitions
    bail access entry permission visa visas leave asylum parole""".split()
)

# "The ministry denies it": what is denied stands before.
_POINTING = frozenset("it this that them these all both strongly firmly flatly".split())


def _pointed_at(layout: Layout, low: int, first: int) -> tuple[int, int]:
    """What "it" or "which" means in "which Hamas denies": the clause or sentence before."""
    tokens = layout.tokens
    last = first
    while last > low and (tokens[last - 1].kind == "p" or tokens[last - 1].lower == "which"):
        last -= 1
    if last - low >= 3:
        return low, last
    if low < 2:
        return low, low
    return _sentence(layout, low - 2)[0], low - 1


_FALSE = frozenset("untrue false unfounded baseless incorrect untruthful fabricated".split())


def _calls_false(layout: Layout, content: tuple[int, int]) -> bool:
    """Whether what is said is that something is false: "claims of … are untrue, police say"."""
    words = {token.lower for token in layout.tokens[content[0] : content[1]]}
    return bool(words & _FALSE) and "not" not in words


def _passive(layout: Layout, index: int, high: int, kind: str) -> Attribution | None:
    """ "It is claimed that …", "… was reported by police"."""
    tokens = layout.tokens
    if _lower(tokens, index + 1) == "that" and index + 2 < high:
        start, end = tokens[index + 2].start, tokens[high - 1].end
        return Attribution("", (0, 0), kind, start, end, tokens[index].text)
    return None


def _quoted_or_comma(layout: Layout, first: int) -> bool:
    return first > 0 and layout.tokens[first - 1].text in ',"“”'


def _speaker_before(layout: Layout, index: int, low: int) -> tuple[int, int]:
    """Token range of the subject of a saying verb, or an empty range."""
    tokens = layout.tokens
    last = index
    while last > low and (
        tokens[last - 1].lower in FUNCTION_WORDS - PRONOUNS
        or tokens[last - 1].lower in _ADVERBS
        or tokens[last - 1].lower.endswith("ly")
        or tokens[last - 1].lower in CALENDAR_WORDS
        or tokens[last - 1].kind == "n"
    ):
        last -= 1
    if last > low and tokens[last - 1].text == ",":
        opening = last - 2
        while opening > low and tokens[opening].text != ",":
            opening -= 1
        if opening <= low:
            return last, last
        last = opening
    first = last
    while first > low and last - first < 8:
        token = tokens[first - 1]
        if token.lower in _STOP_BACK or token.text == "," or token.kind == "n":
            break
        if is_verb(token) and not token.capital and first - 1 > low:
            break
        first -= 1
        if token.lower in PRONOUNS:
            break
    spoken_of = first > low and tokens[first - 1].lower in _SPOKEN_OF
    while first < last and tokens[first].lower in _LEADING - PRONOUNS:
        first += 1
    words = [token.lower for token in tokens[first:last]]
    if not words or words[-1] in _NO_SPEAKERS or words[0] in _NO_SPEAKERS:
        return last, last
    # "What Pyongyang says", "customers who ship toys told us", "who had long said".
    if len(words) > 1 and words[0] in PRONOUNS:
        return last, last
    if spoken_of:
        return last, last
    if not any(token.kind == "w" for token in tokens[first:last]):
        return last, last
    return first, last


def _putting(layout: Layout, index: int) -> Attribution | None:
    """ "Police put the crowd at 500", "organisers estimated …"."""
    tokens = layout.tokens
    low, high = _sentence(layout, index)
    words = [token.lower for token in tokens[index + 1 : index + 8]]
    if "at" not in words:
        return None
    position = index + 1 + words.index("at")
    if position + 1 >= high:
        return None
    near = tokens[position + 1 : position + 4]
    if not any(token.kind == "n" for token in near) and _lower(tokens, position + 1) not in (
        "about",
        "around",
        "more",
        "over",
        "between",
        "some",
        "nearly",
        "almost",
    ):
        return None
    first, last = _speaker_before(layout, index, low)
    if first >= last:
        return None
    return _make(layout, first, last, "says", (index + 1, high), tokens[index].text)
