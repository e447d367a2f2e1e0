"""Subtitles and transcripts (SRT, WebVTT): cues joined to turns, with time codes and speakers."""

from __future__ import annotations

import html
import re
from collections import Counter
from dataclasses import dataclass

from factcheck.errors import SourceError
from factcheck.records import Problem, Source
from factcheck.sources.blocks import Block, Part, assemble, build_source
from factcheck.sources.decode import decode_text
from factcheck.sources.limits import BAD_ROW, DAMAGED
from factcheck.sources.rows import RowProblems
from factcheck.text import canonical_text

_TIME = r"(?:(\d{1,3}):)?(\d{1,2}):(\d{1,2})(?:[.,](\d{1,3}))?"
_TIMING = re.compile(rf"\s*{_TIME}\s*-->\s*{_TIME}(?:\s.*)?$")
_VOICE = re.compile(r"<v(?:\.[^\s>]*)?\s+([^>]+)>")
_TAG = re.compile(r"</?[^<>]{0,100}>|\{\\[^{}]{0,100}\}")
_LABEL = re.compile(
    r"(?:>>+\s*|[-–]\s*)?((?:[^\W\d_][\w.'’-]*)(?:\s+[^\W_][\w.'’-]*){0,4})\s*:\s+(?=\S)"
)
_TURN_MARK = re.compile(r">>+\s*")
# Descriptions of sounds, "[applause]" or "♪ ♪", are nobody's words.
_SOUND = re.compile(r"[\[(][^\])]*[\])]|[♪♫\s]+")
# A silence of this many seconds starts a paragraph.
_PAUSE_S = 6.0


@dataclass(slots=True)
class _Cue:
    start_s: float
    end_s: float
    lines: list[str]
    speaker: str | None = None
    new_turn: bool = False


def read_transcript(data: bytes, path: str) -> tuple[list[Source], list[Problem]]:
    """Read SRT or WebVTT.

    Raises:
        SourceError: FC307 when there is not a single cue.
    """
    decoded = decode_text(data, path)
    problems = RowProblems(path)
    cues = _cues(canonical_text(decoded.text), problems)
    if not cues:
        raise SourceError(
            "there are no cues in it",
            where=path,
            hint="a cue starts with a line such as 00:00:01.000 --> 00:00:04.000",
            code=DAMAGED,
        )
    cues = _name_speakers(cues)
    _drop_repeated_lines(cues)
    text, segments = assemble(_turns(cues))
    source, wrong = build_source(
        path=path, text=text, segments=segments, metadata={}, format_name="transcript"
    )
    notes = [decoded.problem] if decoded.problem else []
    return [source], notes + problems.all() + wrong


def _cues(text: str, problems: RowProblems) -> list[_Cue]:
    cues: list[_Cue] = []
    current: _Cue | None = None
    skipping = text.lstrip().startswith("WEBVTT")
    lines = text.split("\n")
    for number, line in enumerate(lines, start=1):
        if "-->" in line:
            match = _TIMING.match(line)
            skipping = match is None
            current = None
            if match is None:
                problems.add(
                    f"line {number} is not a valid time and its cue was skipped",
                    number,
                    code=BAD_ROW,
                )
                continue
            current = _Cue(_seconds(match.groups()[:4]), _seconds(match.groups()[4:]), [])
            cues.append(current)
        elif not line.strip():
            current, skipping = None, False
        elif re.match(r"(?:NOTE|STYLE|REGION)\b", line) and current is None:
            skipping = True
        elif current is not None:
            current.lines.append(line)
        elif not skipping and not _names_a_cue(lines, number):
            problems.add(f"line {number} belongs to no cue and was skipped", number)
    return cues


def _names_a_cue(lines: list[str], number: int) -> bool:
    """A line right above a timing is the cue's number or name."""
    return number < len(lines) and "-->" in lines[number]


def _seconds(groups: tuple[str | None, ...]) -> float:
    hours, minutes, seconds, fraction = groups
    whole = int(hours or 0) * 3600 + int(minutes or 0) * 60 + int(seconds or 0)
    return whole + float(f"0.{fraction or 0}")


def _name_speakers(cues: list[_Cue]) -> list[_Cue]:
    """Take speakers from voice tags and "NAME:" labels; a cue of two speakers becomes two."""
    labels = Counter(
        match[1] for cue in cues for line in cue.lines if (match := _LABEL.match(_bare(line)))
    )
    voiced = any(_VOICE.search(line) for cue in cues for line in cue.lines)
    named: list[_Cue] = []
    for cue in cues:
        dashes = sum(line.lstrip().startswith(("-", "–")) for line in cue.lines) > 1
        current = _Cue(cue.start_s, cue.end_s, [], new_turn=voiced)
        named.append(current)
        for line in cue.lines:
            speaker, is_turn, words_said = _voice(line, labels, dashes)
            if (speaker or is_turn) and current.lines:
                current = _Cue(cue.start_s, cue.end_s, [])
                named.append(current)
            if speaker or is_turn:
                current.speaker, current.new_turn = speaker, True
            if not _SOUND.fullmatch(words_said):
                current.lines.append(words_said)
    return named


def _voice(line: str, labels: Counter[str], dashes: bool) -> tuple[str | None, bool, str]:
    """Speaker, whether somebody new speaks, and the words of one line."""
    bare = _bare(line)
    if voice := _VOICE.search(line):
        return html.unescape(" ".join(voice[1].split())), True, bare
    label = _LABEL.match(bare)
    if label and _is_name(label[1], labels):
        return label[1], True, bare[label.end() :]
    if mark := _TURN_MARK.match(bare):
        return None, True, bare[mark.end() :]
    if dashes and bare.startswith(("-", "–")):
        return None, True, bare[1:].lstrip()
    return None, False, bare


def _bare(line: str) -> str:
    return " ".join(html.unescape(_TAG.sub("", line)).split())


def _is_name(label: str, labels: Counter[str]) -> bool:
    """Capitals, or a capitalised label that comes back; "Note:" once is part of the speech."""
    if label.isupper():
        return True
    parts = label.split()
    capitalised = all(part[0].isupper() or len(part) <= 3 for part in parts)
    return capitalised and parts[0][0].isupper() and labels[label] >= 2


def _drop_repeated_lines(cues: list[_Cue]) -> None:
    """Live captions scroll: each cue starts with the last line of the one before."""
    last, end_s = "", 0.0
    for cue in cues:
        lines = cue.lines
        if lines and lines[0] == last and len(last.split()) > 2 and cue.start_s - end_s < 1.0:
            cue.lines = lines[1:]
        if lines:
            last, end_s = lines[-1], cue.end_s


def _turns(cues: list[_Cue]) -> list[Block]:
    blocks: list[Block] = []
    parts: list[Part] = []
    speaker: str | None = None
    end_s = 0.0
    for cue in cues:
        text = " ".join(line for line in cue.lines if line)
        if not text:
            continue
        # After "NAME:" the speaker stays until the next label; voice tags hold for one cue.
        cue_speaker = cue.speaker or (None if cue.new_turn else speaker)
        same = cue_speaker == speaker and (speaker is not None or not cue.new_turn)
        breaks = not same or cue.start_s - end_s > _PAUSE_S
        if parts and breaks:
            blocks.append(Block(parts=tuple(parts), speaker=speaker))
            parts = []
        speaker, end_s = cue_speaker, cue.end_s
        parts.append(Part(text=text, place=time_code(cue.start_s)))
    if parts:
        blocks.append(Block(parts=tuple(parts), speaker=speaker))
    return blocks


def time_code(seconds: float) -> str:
    """A time as "hh:mm:ss", rounded down, as players show it."""
    whole = int(seconds)
    return f"{whole // 3600:02}:{whole // 60 % 60:02}:{whole % 60:02}"
