"""Who says it: speakers, saying verbs and what they cover, in claims and in passages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from factcheck.checks.context import Layout, is_verb
from factcheck.checks.lexicon import FUNCTION_WORDS
from factcheck.checks.names import CALENDAR_WORDS, names_agree
from factcheck.checks.relevance import relevance
from factcheck.checks.tokens import Token, concept
from factcheck.records import Finding, Outcome, Stance

if TYPE_CHECKING:
    from factcheck.checks.reading import ClaimReading, PassageReading

_SAY = frozenset(
    """said says say told tells claims claimed stated states announced announces reported reports
    alleged alleges argued argues insisted insists maintained maintains added explained warned
    warns estimated estimates believes believed suggested suggests noted acknowledged admitted
    admits confirmed confirms testified wrote writes tweeted declared declares asserted asserts
    asserting saying claiming""".split()
)
_DENY = frozenset(
    "denied denies deny denying dismissed dismisses disputed disputes rejected "
    "rejects refuted refutes".split()
)
_PUT = frozenset(("put", "puts", "placed", "estimated"))
_PRONOUNS = frozenset("he she they it we i who".split())
# Findings of research are what a source itself states, not the word of somebody.
_NO_SPEAKERS = frozenset(
    """results data findings evidence figures analysis study studies research review trial trials
    paper model models survey there which that this these those""".split()
)
_SENTENCE_END = frozenset(".!?")
_STOP_BACK = frozenset('.!?;:"“”()') | frozenset("but while although because if when".split())
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
    suggestion charges charge rumours rumors any the it this having being all such""".split()
)
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
    found = []
    tokens = layout.tokens
    for index, token in enumerate(tokens):
        if token.kind != "w":
            continue
        attribution = None
        if token.lower == "according" and _lower(tokens, index + 1) == "to":
            attribution = _according(layout, index)
        elif token.lower in _SAY or token.lower in _DENY:
            attribution = _saying(layout, index)
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
    while low > 0 and tokens[low - 1].text not in _SENTENCE_END:
        low -= 1
    high = index
    while high < len(tokens) and tokens[high].text not in _SENTENCE_END:
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


def _saying(layout: Layout, index: int) -> Attribution | None:
    tokens = layout.tokens
    low, high = _sentence(layout, index)
    kind = "denies" if tokens[index].lower in _DENY else "says"
    before = tokens[index - 1].lower if index else ""
    if before in ("the", "a", "an", "his", "her", "its", "their", "these", "those", "of", "such"):
        return None
    if before in ("was", "were", "is", "are", "been", "be"):
        return _passive(layout, index, high, kind)
    if not _attributes(layout, index, high):
        return None
    first, last = _speaker_before(layout, index, low)
    if first < last:
        content = (index + 1, high) if high - index > 2 else (low, first)
        if index - low > high - index and _quoted_or_comma(layout, first):
            content = (low, first)
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
        return (
            word.startswith(("den", "refut"))
            or (following in _DENIED_THINGS and following not in ("the", "this", "it"))
            or _lower(tokens, index + 2) in _DENIED_THINGS - {"the", "it", "this", "any", "all"}
        )
    if word not in _NEEDS_CLAUSE or following in ("that", ",", ":", '"', "“", ".", ""):
        return True
    words = [token.lower for token in tokens[index + 1 : min(index + 5, high)]]
    return "that" in words or any(index < verb < high for verb in layout.verbs)


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
        tokens[last - 1].lower in FUNCTION_WORDS - _PRONOUNS
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
        if token.lower in _PRONOUNS:
            break
    while first < last and tokens[first].lower in _LEADING - _PRONOUNS:
        first += 1
    words = [token.lower for token in tokens[first:last]]
    if not words or words[-1] in _NO_SPEAKERS or words[0] in _NO_SPEAKERS:
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


def _share_covered(attribution: Attribution, claim: ClaimReading, passage: PassageReading) -> float:
    """Share of the claim's words found in the passage that lie in what the speaker says."""
    inside = outside = 0
    for token in passage.body.layout.tokens:
        if token.content and concept(token.stem) in claim.body.stems:
            if attribution.speaker_span[0] <= token.start < attribution.speaker_span[1]:
                continue
            if attribution.start <= token.start < attribution.end:
                inside += 1
            else:
                outside += 1
    return inside / (inside + outside) if inside + outside else 0.0


def relevant_attribution(
    passage: PassageReading, claim: ClaimReading | None = None
) -> Attribution | None:
    """The attribution that covers the part of the passage which matters for the claim."""
    best, best_share = None, 0.5
    for attribution in passage.body.attributions:
        if claim is None:
            return attribution
        share = _share_covered(attribution, claim, passage)
        if share > best_share:
            best, best_share = attribution, share
    return best


def reported_by(passage: PassageReading, claim: ClaimReading | None = None) -> str | None:
    """On whose word the passage states what matters.

    A pronoun is replaced by the last name before it. If the claim itself attributes the
    statement to the same speaker, the passage supports it plainly and nobody is returned.

    Args:
        passage: the passage.
        claim: picks the relevant part of the passage; without it the first attribution counts.
    """
    attribution = relevant_attribution(passage, claim)
    if attribution is None:
        return passage.speaker
    speaker = resolve_speaker(attribution, passage)
    if claim is not None and speaker:
        own = [item.speaker for item in claim.body.attributions if item.speaker]
        if any(names_agree(name, speaker) for name in own):
            return None
    return speaker or "an unnamed source"


def resolve_speaker(attribution: Attribution, passage: PassageReading) -> str:
    """The speaker's name; for "he" or "they" the last name before it or the passage's speaker."""
    if attribution.speaker.lower() not in _PRONOUNS:
        return attribution.speaker
    before = [name for name in passage.body.names if name.end <= attribution.speaker_span[0]]
    if before:
        return before[-1].text
    return passage.speaker or ""


def compare_attribution(claim: ClaimReading, passage: PassageReading) -> tuple[Finding, ...]:
    """Findings on who says it.

    A denial of the claim is evidence against it on the denier's word. Another speaker of the same
    words informs; it proves nothing about the named one.
    """
    theirs = relevant_attribution(passage, claim)
    ours = next((item for item in claim.body.attributions), None)
    if theirs is None:
        return ()
    about = relevance(claim, passage)
    speaker = resolve_speaker(theirs, passage)
    if ours is None:
        if theirs.kind == "denies":
            return (
                _finding(
                    claim,
                    theirs,
                    Outcome.DIFFERENT,
                    Stance.REFUTES,
                    0.7 * about,
                    f"{speaker or 'somebody'} denies it in the passage",
                ),
            )
        return (
            _finding(
                claim,
                theirs,
                Outcome.COMPATIBLE,
                None,
                about,
                f"the passage states it on the word of {speaker or 'somebody'}",
            ),
        )
    known = bool(speaker and ours.speaker and ours.speaker.lower() not in _PRONOUNS)
    agree = known and names_agree(ours.speaker, speaker)
    if agree and ours.kind != theirs.kind:
        return (
            _finding(
                claim,
                theirs,
                Outcome.DIFFERENT,
                Stance.REFUTES,
                0.75 * about,
                f"in the passage {speaker} {theirs.verb}, in the claim {ours.verb}",
            ),
        )
    if agree:
        return (
            _finding(
                claim,
                theirs,
                Outcome.EQUAL,
                Stance.SUPPORTS,
                0.6 * about,
                f"claim and passage attribute it to {speaker}",
            ),
        )
    if known and ours.kind == theirs.kind:
        return (
            _finding(
                claim,
                theirs,
                Outcome.DIFFERENT,
                Stance.NEUTRAL,
                0.6 * about,
                f"the passage attributes it to {speaker}, the claim to {ours.speaker}",
            ),
        )
    return ()


def _finding(
    claim: ClaimReading,
    theirs: Attribution,
    outcome: Outcome,
    stance: Stance | None,
    strength: float,
    message: str,
) -> Finding:
    ours = next((item for item in claim.body.attributions), None)
    span = theirs.speaker_span if theirs.speaker else (theirs.start, theirs.end)
    return Finding(
        check="attribution",
        outcome=outcome,
        claim_text=ours.speaker if ours else claim.text,
        passage_text=theirs.speaker,
        message=message,
        claim_span=ours.speaker_span if ours and ours.speaker else None,
        passage_span=span,
        stance=stance,
        strength=round(max(0.0, min(1.0, strength)), 3),
    )
