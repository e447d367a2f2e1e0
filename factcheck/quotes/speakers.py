"""Who speaks at a place of a source: transcript speakers, "X said", the author of a speech."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from factcheck.quotes.attribution import subject_from_after, subject_from_before
from factcheck.quotes.dots import shield_dots
from factcheck.quotes.fragments import Fragment, quoted_fragments
from factcheck.quotes.names import is_spoken_for, same_speaker
from factcheck.quotes.noun_phrases import Subject
from factcheck.quotes.persons import last_named_person
from factcheck.quotes.places import segment_at, sentence_span
from factcheck.quotes.transcripts import all_labels, speaker_labels
from factcheck.records import Attribution, Source

_SCOPE_CHARS = 3000
_SPEECH = re.compile(
    r"\b(?:speech|statement|remarks|address|letter|sermon|lecture|testimony|message|post|tweet"
    r"|press release|declaration|communiqu[eé]|op-ed|interview with)\b",
    re.I,
)
_SPEECH_BY = re.compile(
    r"\b(?:speech|statement|remarks|address|letter|testimony|message|post|declaration|lecture)s?\s+"
    r"(?:given\s+|made\s+|delivered\s+)?(?:by|of|from)\s+(?P<name>[^,;:\u2013\u2014\n]{3,80}?)"
    r"(?=\s+(?:on|at|to|in|before|after|about)\b|[,;:\u2013\u2014\n]|$)",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who is found to speak.

    Args:
        name: as the source writes it.
        sure: False when the name was inferred; then a different name proves nothing.
    """

    name: str
    sure: bool = True


def find_speaker(source: Source, start: int, end: int) -> Speaker | None:
    """Who speaks `source.text[start:end]`.

    The innermost statement of who speaks wins: words that stand in quotation marks belong to whom
    the sentence names, also inside a transcript.

    Args:
        source: with text and segments.
        start, end: offsets of the words.

    Returns:
        None when the source does not say it, or only by a word such as "he" that could mean
        more than one person.
    """
    text = source.text
    low = max(0, start - _SCOPE_CHARS)
    # scopes start at a paragraph, so that marks pair up
    cut = text.find("\n\n", low, start) if low else -1
    low = cut + 2 if cut >= 0 else low
    high = min(len(text), end + _SCOPE_CHARS)
    fragments = [_shifted(f, low) for f in quoted_fragments(text[low:high])]
    enclosing = [f for f in fragments if f.start <= start and end <= f.end]
    if enclosing:
        fragment = max(enclosing, key=lambda f: f.depth)
        subject = _quoted_subject(text, fragment, fragments, low)
        if subject is not None:
            at = fragment.outer_start if subject.at is None else subject.at
            return _resolve(text, subject, at, fragments, low)
        if fragment.depth or not _is_whole_turn(source, fragment):
            return None
    else:
        subject = _reported_subject(text, start, end, fragments)
        if subject is not None:
            at = start if subject.at is None else subject.at
            return _resolve(text, subject, at, fragments, low)
    return _document_speaker(source, start)


def quoted_speaker(text: str, fragment: Fragment) -> Speaker | None:
    """Who a claim or a draft says spoke the words between its quotation marks.

    Args:
        text: the claim, or the paragraph of a draft.
        fragment: one of its `quoted_fragments`.

    Returns:
        None when the text names nobody, or nobody for certain.
    """
    fragments = quoted_fragments(text)
    subject = _quoted_subject(text, fragment, fragments, 0)
    if subject is None:
        return None
    at = fragment.outer_start if subject.at is None else subject.at
    return _resolve(text, subject, at, fragments, 0)


def _shifted(fragment: Fragment, by: int) -> Fragment:
    return replace(
        fragment,
        start=fragment.start + by,
        end=fragment.end + by,
        outer_start=fragment.outer_start + by,
        outer_end=fragment.outer_end + by,
    )


def _is_whole_turn(source: Source, fragment: Fragment) -> bool:
    """A turn of a transcript may be set in quotation marks as a whole."""
    segment = segment_at(source, fragment.start)
    if segment is None or segment.speaker is None:
        return False
    return fragment.outer_end - fragment.outer_start >= 0.8 * (segment.end - segment.start)


def _quoted_subject(
    text: str, fragment: Fragment, fragments: list[Fragment], low: int
) -> Subject | None:
    """Who is named beside a quotation, or beside the one before it in the same paragraph."""
    after = _masked(text, fragment.outer_end, min(len(text), fragment.outer_end + 260), fragments)
    ended = fragment.text[-1:] == "." and text[fragment.outer_end : fragment.outer_end + 1] != ","
    subject = subject_from_after(re.split(r"\n[ \t]*\n", after)[0], new_sentence=ended)
    if subject is not None:
        return subject
    first = _sentence_start(text, fragment.outer_start, low, fragments)
    before = _masked(text, first, fragment.outer_start, fragments)
    subject = subject_from_before(before, quoted=True)
    if subject is not None:
        return _moved(subject, first)
    previous = [f for f in fragments if f.outer_end <= fragment.outer_start and f.depth == 0]
    if previous and fragment.depth == 0:
        between = text[previous[-1].outer_end : fragment.outer_start]
        if "\n\n" not in between and between.count(". ") <= 1 and len(between) < 160:
            return _quoted_subject(text, previous[-1], fragments, low)
    return None


def _moved(subject: Subject, by: int) -> Subject:
    return subject if subject.at is None else replace(subject, at=subject.at + by)


def _masked(text: str, start: int, end: int, fragments: list[Fragment]) -> str:
    """`text[start:end]` with quoted words blanked out, so that only the narrator speaks."""
    out = list(text[start:end])
    for fragment in fragments:
        for position in range(max(start, fragment.outer_start), min(end, fragment.outer_end)):
            out[position - start] = "\n" if text[position] == "\n" else "\x00"
    return "".join(out)


def _sentence_start(text: str, position: int, low: int, fragments: list[Fragment]) -> int:
    """Where the narrator's sentence that leads up to a quotation begins."""
    masked = shield_dots(_masked(text, low, position, fragments))
    start = 0
    for match in re.finditer(r"[.!?][\"'\u201d\u2019)]?\s+(?=[^\W\d_a-z\x00])|\n[ \t]*\n", masked):
        # "He said:" may stand in a paragraph of its own
        introduces = match.group()[0] == "\n" and re.search(r":\s*$", masked[: match.start()])
        if introduces and not masked[match.end() :].strip():
            continue
        start = match.end()
    # a quotation that ended its own sentence also ends the narrator's
    for match in re.finditer(r"\x00+\s+", masked[start:]):
        closing = low + start + match.start() + len(match.group().rstrip()) - 2
        if text[closing] in ".!?" and masked[start + match.end() :][:1] not in ("", "\x00"):
            start = start + match.end() if match.group().endswith((" ", "\n")) else start
            break
    return low + start


def _reported_subject(text: str, start: int, end: int, fragments: list[Fragment]) -> Subject | None:
    first, last = sentence_span(text, start, end)
    subject = subject_from_before(_masked(text, first, start, fragments), quoted=False)
    if subject is not None:
        return _moved(subject, first)
    tail = _masked(text, end, last, fragments)
    match = re.search(r",\s*(?=[^,]*$|[^,]*,[^,]*$)", tail)
    if match is None:
        return None
    return subject_from_after(tail[match.start() :], new_sentence=False)


def _resolve(
    text: str, subject: Subject, position: int, fragments: list[Fragment], low: int
) -> Speaker | None:
    if subject.kind == "name":
        return Speaker(subject.text)
    if subject.kind == "pronoun" and subject.text.casefold() not in ("he", "she"):
        return None
    known = subject.kind == "pronoun" or subject.text[:4].casefold() in ("the ", "his ", "her ")
    narrated = _masked(text, low, position, fragments)
    person = last_named_person(narrated, subject.text) if known else None
    if person is not None:
        return Speaker(person, sure=subject.kind == "pronoun")
    return Speaker(subject.text, sure=False) if subject.kind == "role" else None


def _document_speaker(source: Source, start: int) -> Speaker | None:
    turn = _turn_speaker(source, start)
    if turn:
        return Speaker(turn)
    line_start = source.text.rfind("\n", 0, start) + 1
    single = [label for label in all_labels(source.text) if line_start <= label.start < start]
    if single:
        return Speaker(single[-1].name, sure=False)
    title = source.title or ""
    match = _SPEECH_BY.search(title)
    if match:
        return Speaker(match.group("name").strip())
    if source.author:
        return Speaker(source.author, sure=bool(_SPEECH.search(title)))
    return Speaker(source.publisher, sure=False) if source.publisher else None


def speakers_differ(source: Source, first: tuple[int, int], last: tuple[int, int]) -> bool:
    """Whether two stretches of one passage are certainly spoken by two people.

    They are when they belong to different turns of a transcript, or stand between different
    quotation marks for which the text names different people. Narration around a quotation is
    no second speaker.
    """
    turns = [_turn_speaker(source, position) for position, _ in (first, last)]
    if turns[0] and turns[1]:
        return not same_speaker(turns[0], turns[1])
    text, low = source.text, max(0, first[0] - _SCOPE_CHARS)
    stretch = text[low : last[1] + _SCOPE_CHARS]
    marks = [_shifted(fragment, low) for fragment in quoted_fragments(stretch)]
    around = [
        next((f for f in marks if f.start <= start and end <= f.end), None)
        for start, end in (first, last)
    ]
    if around[0] is None or around[1] is None or around[0] == around[1]:
        return False
    found = [find_speaker(source, *first), find_speaker(source, *last)]
    if found[0] is None or found[1] is None or not (found[0].sure and found[1].sure):
        return False
    return not same_speaker(found[0].name, found[1].name)


def _turn_speaker(source: Source, position: int) -> str | None:
    segment = segment_at(source, position)
    if segment is not None and segment.speaker:
        return segment.speaker
    before = [label for label in speaker_labels(source.text) if label.start <= position]
    return before[-1].name if before else None


def attribute(speaker: str | None, found: Speaker | None) -> Attribution | None:
    """Compare the claim's speaker with the one found; None when the claim names nobody."""
    if speaker is None or not speaker.strip():
        return None
    if found is None:
        return Attribution.UNATTRIBUTED
    if is_spoken_for(speaker, found.name):
        return Attribution.UNATTRIBUTED
    together = re.split(r",\s+|\s+and\s+", found.name) if " and " in found.name else ()
    if any(same_speaker(speaker, name) for name in (found.name, *together)):
        return Attribution.ATTRIBUTED
    return Attribution.OTHER_SPEAKER if found.sure else Attribution.UNATTRIBUTED
