"""What the checks see of a claim and of a passage: parsed once, kept, compared many times."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from factcheck.checks.dates import DateMention, attach_events
from factcheck.checks.grammar.context import Layout, lay_out
from factcheck.checks.grammar.names import Name, NameIndex, find_names, index_names
from factcheck.checks.grammar.tokens import content_stems
from factcheck.checks.numbers.quantity import Quantity
from factcheck.checks.numbers.reader import read_quantities
from factcheck.checks.statements.moods import Modality, read_modality
from factcheck.checks.statements.speech import Attribution, find_attributions
from factcheck.checks.times.calendar_text import find_dates

# Longer passages are cut: a passage is a sentence or a paragraph, and the tier must stay cheap.
_MAX_CHARS = 6000


# Compared and hashed by identity: the parts are large and results are kept per reading.
@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class TextReading:
    """One text as the checks see it.

    Args:
        text: the text, cut after a few thousand characters.
        layout: tokens, clauses and verbs.
        quantities, dates, names, attributions: in order of the text.
        modality: cues per clause.
        stems: concepts of the content words.
        index: for matching names.
    """

    text: str
    layout: Layout
    quantities: tuple[Quantity, ...]
    dates: tuple[DateMention, ...]
    names: tuple[Name, ...]
    modality: Modality
    attributions: tuple[Attribution, ...]
    stems: frozenset[str]
    index: NameIndex


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ClaimReading:
    """A claim: its reading, and who made it when."""

    body: TextReading
    speaker: str | None = None
    said_on: date | None = None

    @property
    def text(self) -> str:
        """The claim as read."""
        return self.body.text


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class PassageReading:
    """A passage: its reading, and what is known around it.

    Args:
        context_stems, context_index: of title, heading and the sentence before; None without.
        published: date of the source.
        speaker: who speaks in a transcript.
        before: the one or two sentences right before, which a figure without a thing of its own
            takes up ("the insurers speak of 9 million").
    """

    body: TextReading
    context_stems: frozenset[str] = frozenset()
    context_index: NameIndex | None = None
    published: date | None = None
    speaker: str | None = None
    before: str = ""

    @property
    def text(self) -> str:
        """The passage as read."""
        return self.body.text

    @property
    def stems(self) -> frozenset[str]:
        """Concepts of the passage and of its context."""
        return self.body.stems | self.context_stems


@lru_cache(maxsize=4096)
def read_text(text: str, anchor: date | None = None) -> TextReading:
    """Parse a text; results are kept.

    Args:
        text: any string.
        anchor: the day that relative dates refer to.
    """
    cut = text[:_MAX_CHARS]
    layout = lay_out(cut)
    spans = find_dates(cut, anchor)
    names = find_names(layout.tokens)
    return TextReading(
        text=cut,
        layout=layout,
        quantities=read_quantities(layout, tuple((span.start, span.end) for span in spans)),
        dates=attach_events(layout, spans),
        names=names,
        modality=read_modality(layout),
        attributions=find_attributions(layout),
        stems=content_stems(layout.tokens),
        index=index_names(layout.tokens, names),
    )


def read_claim(
    text: str, *, speaker: str | None = None, said_on: date | None = None
) -> ClaimReading:
    """Read a claim.

    Args:
        text: the claim's statement.
        speaker: who made the claim.
        said_on: when; relative dates in the claim refer to it.
    """
    return ClaimReading(body=read_text(text, said_on), speaker=speaker, said_on=said_on)


def read_passage(
    text: str,
    *,
    context: str = "",
    published: date | None = None,
    speaker: str | None = None,
    before: str = "",
) -> PassageReading:
    """Read a passage.

    Args:
        text: the passage.
        context: title, heading and the sentence before; helps to know what is spoken of, but is
            never compared by itself.
        published: date of the source; relative dates in the passage refer to it.
        speaker: who speaks, in transcripts.
        before: the one or two sentences right before the passage, without title and heading; what
            the passage says may answer a figure in them.
    """
    body = read_text(text, published)
    if not context.strip():
        return PassageReading(body=body, published=published, speaker=speaker, before=before)
    around = read_text(context, published)
    return PassageReading(
        body=body,
        context_stems=around.stems,
        context_index=around.index,
        published=published,
        speaker=speaker,
        before=before,
    )
