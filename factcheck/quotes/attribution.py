"""Who a sentence names as the speaker: "X said", "said X", "according to X", "he added"."""

from __future__ import annotations

import re
from dataclasses import replace

from factcheck.quotes.dots import shield_dots
from factcheck.quotes.noun_phrases import Subject, leading_subject, subject_left_of

_SPEECH_VERBS = (
    "said says saying told tells added adds wrote writes warned warns stressed stresses explained"
    " explains continued noted notes stated states argued argues insisted insists replied replies"
    " responded declared declares concluded recalled claimed claims tweeted posted asked asks"
    " announced announces admitted admits confirmed confirms denied complained quipped joked"
    " shouted remarked observed commented acknowledged emphasised emphasized promised vowed"
    " pledged reiterated testified alleged conceded predicted cautioned suggested maintained"
    " estimated contended recounted reckoned mused lamented affirmed asserted"
)
# With these the quoted words are a part of the sentence: called it a "brutal violation".
_NAMING_VERBS = (
    "called calls described describes denounced condemned condemns branded labelled labeled dubbed"
    " accused accuses criticised criticized praised dismissed rejected termed hailed slammed"
    " blasted characterised characterized decried deplored spoke speaks referred refers"
)
_VERB = re.compile(rf"\b(?:{'|'.join(_SPEECH_VERBS.split())}|puts? it)\b")
_VERB_FIRST = re.compile(rf"\s*[,.]?\s*(?:as\s+)?{_VERB.pattern}\s+(?P<np>[^\x00]{{1,160}})")
ANY_VERB = re.compile(rf"\b(?:{'|'.join((_SPEECH_VERBS + ' ' + _NAMING_VERBS).split())})\b")
_ACCORDING = re.compile(
    r"\b(?:according to|in the words of)\s+(?P<np>[^\x00.;:!?]{2,90}?)\s*"
    r"(?:,|$|\bsaid\b)",
    re.I,
)
# Reuters quoted Mark Dale as saying; Mark Dale was quoted by Reuters as saying
_QUOTED_AS = re.compile(
    r"\bquot(?:ed|es|ing)\s+(?!by\b)(?P<np>[^\x00,.;:!?]{2,60}?)\s+as\s+(?:saying|telling|warning|writing)\b"
)
_WAS_QUOTED = re.compile(
    r"\s*\b(?:was|is|were|are|has been|have been)\s+(?:[a-z]+\s)?quoted\b[^\x00.;:!?]{0,60}?"
    r"\bas\s+(?:saying|telling|warning|writing)\b"
)
# '"We stay." - Mark Dale', on a line of its own or at its end
_SIGNED = re.compile(
    r"(?:\s*[\u2013\u2014\u2015]|[ \t]+--?)[ \t]*(?P<np>[^\W\d_a-z][^\x00\n.;:!?]{2,80})(?:\n|$)"
)
_AS_PUT = re.compile(rf"\s*,?\s*as\s+(?P<np>[^\x00,.;:!?]{{3,60}}?)\s+{_VERB.pattern}")


def subject_from_before(before: str, *, quoted: bool) -> Subject | None:
    """The speaker named in the words that lead up to a quotation.

    Args:
        before: from the start of the sentence; quoted words are NUL characters.
        quoted: the words that follow stand in quotation marks; without marks only verbs of
            saying count, not "called it".
    """
    before = shield_dots(before)
    relayed = _relayed_subject(before)
    if relayed is not None:
        return relayed
    pattern = ANY_VERB if quoted else _VERB
    verbs = list(pattern.finditer(before))
    according = list(_ACCORDING.finditer(before))
    if according and (not verbs or verbs[-1].end() <= according[-1].start()):
        return leading_subject(according[-1].group("np"))
    for match in reversed(verbs):
        subject = subject_left_of(before[: match.start()])
        if subject is not None:
            return replace(subject, at=match.start())
    if according:
        return leading_subject(according[-1].group("np"))
    # Adam Jones disagreed: "..."
    alone = quoted and not verbs and before.rstrip().endswith(":")
    return leading_subject(before.lstrip()) if alone else None


def subject_from_after(after: str, *, new_sentence: bool) -> Subject | None:
    """The speaker named right after a quotation.

    Args:
        after: the words behind the closing mark; quoted words are NUL characters.
        new_sentence: the quotation closed its sentence, so that "Smith said ..." starts another
            one and speaks of other words.
    """
    after = shield_dots(after.lstrip("\"'\u201d\u2019)"))
    match = _VERB_FIRST.match(after)
    if match:
        subject = leading_subject(match.group("np"))
        if subject is not None:
            return subject
    match = re.match(r"\s*,?\s*according to\s+(?P<np>[^\x00]{1,120})", after)
    if match:
        return leading_subject(match.group("np"))
    signed = _SIGNED.match(after)
    if signed:
        return _signature(signed.group("np"))
    if new_sentence:
        return None
    as_put = _AS_PUT.match(after)
    if as_put:
        return subject_left_of(as_put.group("np"))
    clause = re.split(r"[.;!?\x00](?:\s|$|\x00)", after, maxsplit=1)[0]
    verb = _VERB.search(clause)
    if verb is None or re.match(r"\s*,?\s*(?:but|and|while|when|which|as|after|before)\b", clause):
        return None
    relayed = _relayed_subject(clause)
    if relayed is not None:
        return relayed
    left = clause[: verb.start()].strip().lstrip(" ,")
    return subject_left_of(left) if len(left.split()) <= 16 else None


def _relayed_subject(clause: str) -> Subject | None:
    """Whom somebody else quotes: "Reuters quoted Mark Dale as saying"."""
    quoted = _QUOTED_AS.search(clause)
    if quoted is not None:
        subject = leading_subject(quoted.group("np"))
        return subject and replace(subject, at=quoted.start())
    passive = _WAS_QUOTED.search(clause)
    if passive is None:
        return None
    subject = subject_left_of(clause[: passive.start()].lstrip(" ,"))
    return subject and replace(subject, at=passive.start())


def _signature(line: str) -> Subject | None:
    """A line that holds a name, and at most an office behind a comma."""
    subject = leading_subject(line)
    rest = line[len(subject.text) :].lstrip() if subject is not None else ""
    named = subject is not None and subject.kind == "name"
    return subject if named and (not rest or rest[0] in ",(") else None
