"""A draft file to claims, with the reason for every sentence that gives none."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path, PurePath

from factcheck.checks.grammar.tokens import tokenise
from factcheck.checks.statements.speech import PRONOUNS
from factcheck.drafts.checkable import (
    MAX_SENTENCE_CHARS,
    Judgement,
    judge_sentence,
    name_words,
)
from factcheck.drafts.cues import SPEECH
from factcheck.drafts.markdown import paint_markdown, paint_plain
from factcheck.drafts.page import paint_docx, paint_html
from factcheck.drafts.people import PERSON, read_mentions
from factcheck.drafts.quotations import Quotation, QuoteFinder
from factcheck.drafts.records import DraftRead, DraftSentence, Skipped, SkipReason
from factcheck.drafts.rendered import BlockKind, Canvas, Rendered
from factcheck.drafts.resolve import Memory
from factcheck.drafts.sentences import Sentence, split_draft
from factcheck.errors import DraftError, SourceError
from factcheck.records import Claim, Problem
from factcheck.sources.dates import parse_date
from factcheck.sources.decode import decode_text
from factcheck.text import canonical_text, words

ENDINGS = (".md", ".markdown", ".txt", ".text", ".html", ".htm", ".xhtml", ".docx")
MAX_DRAFT_BYTES = 32 * 1024 * 1024
_ID_DIGITS = 10
_SHE_SAID = re.compile(
    rf"\b(he|she) (?:\w+ly )?(?:{'|'.join(sorted(SPEECH))})\b|\b(?:said|added|asked) (he|she)\b",
    re.IGNORECASE,
)
# Words around a quotation that a statement of its own needs.
_MIN_OUTSIDE = 4


def read_draft(
    path: str | Path, text: str | None = None, *, published: date | None = None
) -> DraftRead:
    """Read a draft and find what can be checked in it.

    Args:
        path: names the file, and by its ending the format; Markdown when the ending says nothing.
        text: the content, when it does not come from the file (standard input).
        published: the day that relative dates refer to; by default the draft's own `date`.

    Raises:
        DraftError: FC250 there is no such draft or its format is not read, FC251 it is no text
            or holds none.
    """
    name = str(path)
    rendered = render_draft(name, text)
    day, problems = _published(rendered, published)
    language = str(rendered.values.get("language") or "en")[:2].lower()
    reader = _Reader(rendered, day)
    for sentence in split_draft(rendered, language):
        reader.take(sentence)
    return DraftRead(
        path=name,
        claims=tuple(reader.claims),
        skipped=tuple(reader.skipped),
        sentences=tuple(reader.sentences),
        cited=reader.cited,
        problems=(*rendered.problems, *problems),
        published=day,
        sha256=hashlib.sha256(
            Path(name).read_bytes() if text is None else text.encode("utf-8", "surrogatepass")
        ).hexdigest(),
    )


def render_draft(name: str, text: str | None = None) -> Rendered:
    """The text of a draft as a reader sees it, with the place of every character.

    Raises:
        DraftError: the draft cannot be read.
    """
    suffix = PurePath(name).suffix.lower()
    try:
        if text is None:
            data = _read_bytes(Path(name), suffix)
            if suffix == ".docx":
                return _checked(paint_docx(data, name))
            decoded = decode_text(data, name)
            canvas = _paint(name, decoded.text.removeprefix("\ufeff"), suffix)
            if decoded.problem is not None:
                canvas.problems.append(decoded.problem)
        else:
            canvas = _paint(name, text.removeprefix("\ufeff"), suffix)
    except SourceError as error:
        raise DraftError(error.message, where=name, hint=error.hint, code="FC251") from error
    return _checked(canvas)


def _paint(name: str, text: str, suffix: str) -> Canvas:
    start = text[:400].lstrip().lower()
    unnamed = suffix not in ENDINGS
    if suffix in (".html", ".htm", ".xhtml") or (
        unnamed and start.startswith(("<!doctype html", "<html"))
    ):
        canvas = Canvas(name, text, hidden=True)
        paint_html(canvas)
        return canvas
    canvas = Canvas(name, text)
    (paint_plain if suffix in (".txt", ".text") else paint_markdown)(canvas)
    return canvas


def _checked(canvas: Canvas) -> Rendered:
    rendered = canvas.finish()
    if not rendered.text.strip():
        raise DraftError("there is no text in the draft", where=canvas.path, code="FC251")
    return rendered


def _read_bytes(path: Path, suffix: str) -> bytes:
    if not path.exists():
        raise DraftError("there is no such draft", where=path, hint="check the path")
    if path.is_dir():
        raise DraftError("this is a folder, not a draft", where=path, hint="name its files")
    if suffix not in ENDINGS:
        raise DraftError(
            f"a draft cannot end in `{suffix or path.name}`",
            where=path,
            hint="use " + ", ".join(ENDINGS) + "; claims files go to `factcheck verify`",
        )
    try:
        if path.stat().st_size > MAX_DRAFT_BYTES:
            raise DraftError(
                f"the draft has more than {MAX_DRAFT_BYTES // 2**20} MB", where=path, code="FC251"
            )
        return path.read_bytes()
    except OSError as error:
        reason = error.strerror or str(error)
        raise DraftError(f"the draft cannot be read: {reason}", where=path) from error


def _published(rendered: Rendered, given: date | None) -> tuple[date | None, tuple[Problem, ...]]:
    stated = rendered.values.get("published")
    if given is not None or stated is None:
        return given, ()
    try:
        return parse_date(str(stated)), ()
    except ValueError as error:
        problem = Problem(
            path=rendered.path,
            message=f"the date of the draft was left out: {error}",
            hint="write it as 2025-12-31, or give --date",
            code="FC253",
        )
        return None, (problem,)


@dataclass(slots=True)
class _Reader:
    """Goes through the sentences in order and remembers what they name."""

    rendered: Rendered
    published: date | None
    claims: list[Claim] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)
    sentences: list[DraftSentence] = field(default_factory=list)
    cited: dict[str, tuple[str, ...]] = field(default_factory=dict)
    memory: Memory = field(init=False)
    quotes: QuoteFinder = field(init=False)
    names: frozenset[str] = field(init=False)
    used: set[str] = field(default_factory=set)
    last_speaker: tuple[int, str | None] = (-1, None)

    def __post_init__(self) -> None:
        self.names = name_words(self.rendered.text)
        self.memory = Memory(self.published, self.names)
        self.quotes = QuoteFinder(self.rendered.text)

    def take(self, sentence: Sentence) -> None:
        """Turn one sentence into claims, or note why not."""
        blocked = _blocked(sentence)
        if blocked is not None:
            self._leave(sentence, blocked)
            if sentence.kind is BlockKind.TEXT and len(sentence.text) <= MAX_SENTENCE_CHARS:
                self.memory.remember(sentence.text)
            return
        quotations = [
            found for item in sentence.fragments if (found := self.quotes.read(item)) is not None
        ]
        ids = [self._quote(found, sentence) for found in quotations]
        masked = sentence.masked if quotations else sentence.text
        judgement = judge_sentence(masked, self.names)
        resolved = self.memory.resolve(sentence.text)
        text = sentence.text if resolved.problem else resolved.text
        if judgement.reason is SkipReason.VAGUE and not quotations and resolved.named:
            judgement = judge_sentence(text, self.names)
        if quotations and not _has_statement(masked, judgement):
            self._note(sentence, ids)
        elif judgement.reason is not None:
            self._leave(sentence, judgement, ids)
        elif resolved.problem is not None:
            self._leave(sentence, Judgement(SkipReason.UNRESOLVED, resolved.problem), ids)
        else:
            self._note(sentence, [*ids, self._statement(text, sentence)], text)
        self.memory.remember(text)

    def _quote(self, quotation: Quotation, sentence: Sentence) -> str:
        speaker = self._full_name(quotation.speaker) or self._pronoun_speaker(sentence)
        self.last_speaker = (sentence.block, speaker)
        claim = Claim(
            id=self._id("q", quotation.text, speaker or ""),
            text=quotation.text,
            quote=quotation.text,
            speaker=speaker,
            said_on=None,
            tags=("quotation",),
            location=self.rendered.location(quotation.fragment.start),
        )
        return self._add(claim, sentence)

    def _full_name(self, speaker: str | None) -> str | None:
        """The fullest form of a speaker's name that the draft has used so far."""
        if speaker is None or speaker.lower() in PRONOUNS:
            return None
        mentions = read_mentions(f"It was {speaker}", self.memory.known)
        persons = [item for item in mentions if item.kind == PERSON]
        same = len(persons) == 1 and speaker.endswith(persons[0].text.split()[-1])
        return persons[0].text if same else speaker

    def _pronoun_speaker(self, sentence: Sentence) -> str | None:
        """Who "she said" is, or who spoke the quotation before in the same paragraph."""
        if read_mentions(sentence.masked, self.memory.known):
            return None
        spoken = _SHE_SAID.search(sentence.masked)
        if spoken is not None:
            person = self.memory.person((spoken[1] or spoken[2]).lower())
            return person.text if person is not None else None
        block, speaker = self.last_speaker
        alone = not any(char.isalpha() for char in sentence.masked)
        return speaker if alone and block == sentence.block else None

    def _statement(self, text: str, sentence: Sentence) -> str:
        text = canonical_text(text)
        claim = Claim(
            id=self._id("s", text),
            text=text,
            said_on=self.published,
            tags=("statement",),
            location=self.rendered.location(sentence.start),
        )
        return self._add(claim, sentence)

    def _add(self, claim: Claim, sentence: Sentence) -> str:
        self.claims.append(claim)
        if sentence.cited:
            self.cited[claim.id] = sentence.cited
        return claim.id

    def _id(self, kind: str, *parts: str) -> str:
        """An id made of the checked words alone; the same words again get a number."""
        name = f"{kind}-{_fingerprint(*parts)}"
        unique, number = name, 1
        while unique in self.used:
            number += 1
            unique = f"{name}-{number}"
        self.used.add(unique)
        return unique

    def _leave(self, sentence: Sentence, judgement: Judgement, ids: Iterable[str] = ()) -> None:
        assert judgement.reason is not None
        location = self.rendered.location(sentence.start)
        given = tuple(ids)
        self.sentences.append(
            DraftSentence(
                text=sentence.text, location=location, claim_ids=given, reason=judgement.reason
            )
        )
        if not given:
            self.skipped.append(
                Skipped(
                    text=sentence.text,
                    reason=judgement.reason,
                    message=judgement.message,
                    location=location,
                )
            )

    def _note(self, sentence: Sentence, ids: Iterable[str], text: str | None = None) -> None:
        self.sentences.append(
            DraftSentence(
                text=sentence.text,
                location=self.rendered.location(sentence.start),
                claim_ids=tuple(ids),
                resolved=text if text != sentence.text else None,
            )
        )


def _blocked(sentence: Sentence) -> Judgement | None:
    """Why a sentence is not even looked at."""
    if sentence.off is not None:
        return Judgement(SkipReason.SWITCHED_OFF, sentence.off or "switched off without a reason")
    if len(sentence.masked) > MAX_SENTENCE_CHARS:
        return Judgement(SkipReason.TOO_LONG, f"more than {MAX_SENTENCE_CHARS} characters")
    return {
        BlockKind.HEADING: Judgement(SkipReason.HEADING, "a heading"),
        BlockKind.ROW: Judgement(SkipReason.NO_STATEMENT, "a row of a table"),
        BlockKind.CAPTION: Judgement(SkipReason.NO_STATEMENT, "a caption"),
    }.get(sentence.kind)


def _has_statement(masked: str, judgement: Judgement) -> bool:
    """Whether a sentence that quotes says something checkable besides who spoke."""
    if judgement.reason is not None:
        return False
    outside = [
        token
        for token in tokenise(masked)
        if (token.content or token.kind == "n") and token.lower not in SPEECH and not token.capital
    ]
    return len(outside) >= _MIN_OUTSIDE


def _fingerprint(*parts: str) -> str:
    """Hex digest of words alone: spaces, case, quotation marks and end marks do not change it."""
    plain = "|".join(" ".join(words(canonical_text(part).casefold())) for part in parts)
    return hashlib.sha256(plain.encode("utf-8")).hexdigest()[:_ID_DIGITS]


def unique_across(drafts: Iterable[DraftRead]) -> list[DraftRead]:
    """Drafts of one run with ids that are unique in all of them; the first keeps its own."""
    used: set[str] = set()
    result = []
    for draft in drafts:
        renamed: dict[str, str] = {}
        for claim in draft.claims:
            name, number = claim.id, 1
            while name in used:
                number += 1
                name = f"{claim.id}-{number}"
            used.add(name)
            renamed[claim.id] = name
        result.append(_renamed(draft, renamed))
    return result


def _renamed(draft: DraftRead, names: dict[str, str]) -> DraftRead:
    if all(old == new for old, new in names.items()):
        return draft
    return replace(
        draft,
        claims=tuple(replace(claim, id=names[claim.id]) for claim in draft.claims),
        cited={names[name]: value for name, value in draft.cited.items()},
        sentences=tuple(
            replace(item, claim_ids=tuple(names[name] for name in item.claim_ids))
            for item in draft.sentences
        ),
    )
