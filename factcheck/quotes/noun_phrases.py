"""The noun phrase beside a verb of saying: a name, a pronoun, or a role such as "the mayor"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from factcheck.quotes.dots import DOT, shield_dots, unshield_dots

_PRONOUNS = frozenset("he she they it we i you who".split())
_ADJUNCT = re.compile(
    r"(?:\s*,?\s*\b(?:has|had|have|also|later|then|earlier|previously|repeatedly|publicly|once|again"
    r"|reportedly|recently|today|yesterday|still|even|himself|herself|therefore|however|now|first"
    r"|(?:on|last|this|late|early)\s+(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
    r"|on\s+\d{1,2}\s+[A-Z][a-z]+(?:\s+\d{4})?|on\s+[A-Z][a-z]+\s+\d{1,2}(?:,?\s+\d{4})?"
    r"|in\s+(?:January|February|March|April|May|June|July|August|September|October|November"
    r"|December)(?:\s+\d{4})?|in\s+\d{4}))+\s*$"
)
CONNECTORS = frozenset(
    "of for the de van von der den al bin ibn la le du di da dos el ben on".split()
)
LEADING = frozenset(
    """the a an on in at by but and while when as after before since for however yesterday today
    meanwhile later earlier then also if although though because so yet monday tuesday
    wednesday thursday friday saturday sunday january february march april june july
    august september october november december with under despite like unlike citing according
    speaking asked meeting following during amid among between earlier""".split()
)
NAME_WORD = re.compile(rf"[^\W_](?:[\w'\u2019\-{DOT}]*[\w{DOT}])?")
_NO_HEAD = re.compile(  # a name behind one of these is no subject
    r"\b(?:for|of|at|from|in|with|to|by|about|against|between|than|like|unlike|on|into|under"
    r"|\w+ing)\s+(?:the\s+)?$",
    re.I,
)
_OWNED = re.compile(
    r"(?P<what>['\u2019]?(?:\s+[a-z][\w\-]*){1,6})(?:,\s+(?P<name>[^\W\d_a-z][^\x00,;:!?]{2,60}))?"
)
_AND_NAME = re.compile(
    rf"(?P<both>\s+and(?:\s+[^\W\d_a-z][\w{DOT}\-]*)+)"
    r"(?=\s*(?:[.,;:!?(\n\x00]|$|(?:in|on|at|of|from|after|during)\b))"
)
_ROLE = re.compile(r"\b((?:the|a|an|its|his|her|their|one)\s+(?:[\w\-]+\s*){1,9})$", re.I)
# What may stand between commas behind a name: age, place, party, office.
_APPOSITION = re.compile(
    rf"(?:\d{{1,3}}|aged\s.*|[A-Z]-[A-Z].*|[a-z].*|(?:The|A|An|His|Her)\s.*"
    rf"|(?!Mc|Mac|De|Di|La)(?=[^\s]*[A-Z][^\s]*[A-Z])[A-Z][A-Za-z{DOT}.]{{1,5}}(?:\s(?:of|at|for)\b.*)?"
    r"|(?:[A-Z][a-z]+\s)?(?:President|Minister|Secretary|Director|Chair\w*|Chief|Head|Professor|Mayor"
    r"|Governor|Ambassador|Commissioner|Manager|Founder|Editor)(?:\s[A-Za-z]+)*\s(?:of|at|for|to)\b.*"
    r"|(?:[A-Z][\w\-]*\s){1,3}?[A-Z][\w\-]*['\u2019]s?\s[a-z].*)",  # Mark Dale's lawyer
    re.S,
)


@dataclass(frozen=True, slots=True)
class Subject:
    """The subject of a verb of saying.

    Args:
        text: as written, without titles only when they are not next to the name.
        kind: "name", "pronoun" or "role" ("the minister").
        at: where its verb begins in the text that was searched, if it stands before the quotation;
            whom a pronoun means was named before that.
    """

    text: str
    kind: str
    at: int | None = None


def subject_left_of(left: str) -> Subject | None:
    """The noun phrase that ends where a verb begins."""
    left = re.sub(r"\s*\([^()]{0,40}\)", "", shield_dots(left))
    left = _ADJUNCT.sub("", left.rstrip())
    # "It was Mark Dale who said", "Ann Poe, the mayor, who said"
    left = re.sub(rf"(?<=[\w{DOT}])(,?)\s+who$", r"\1", left)
    if left.endswith(","):
        return _subject_with_apposition(left)
    words = list(NAME_WORD.finditer(left))
    if not words or left[words[-1].end() :].strip(" .\"'\u2019)"):
        return None
    last = words[-1].group()
    if last.casefold() in _PRONOUNS:
        return Subject(last, "pronoun") if last.casefold() != "who" else None
    name = _trailing_name(left, words)
    before = left[: words[-1].end() - len(name)] if name else left
    if name and not re.search(r"\b(?:for|of|at|from|in|with)\s+(?:the\s+)?$", before, re.I):
        return _named(_with_others(before, name))
    return _role_at_end(left)


def _subject_with_apposition(left: str) -> Subject | None:
    """The subject of "Mark Dale, 45, of Ostia," and of "the mayor, Maria Lopez,"."""
    segments = [segment.strip() for segment in left.rstrip(", ").split(",")]
    named = len(segments) - 1
    while named > 0 and _APPOSITION.fullmatch(segments[named]):
        if re.match(r"and\b", segments[named]):
            break
        named -= 1
    for head in segments[named:]:
        words = list(NAME_WORD.finditer(head))
        name = _trailing_name(head, words) if words else None
        if name is not None and head.endswith(name):
            before = head[: len(head) - len(name)]
            if _NO_HEAD.search(before):
                continue  # "After meeting Ann Poe, the mayor, who was late,"
            first = segments[0] if before.strip() == "and" else None
            return _named(f"{first} and {name}" if first else _with_others(before, name))
        if words and words[-1].group().casefold() in _PRONOUNS:
            return None
        role = _role_at_end(head)
        if role is not None:
            return role
    return None


def _role_at_end(text: str) -> Subject | None:
    match = _ROLE.search(text)
    return Subject(unshield_dots(match.group(1).strip()), "role") if match else None


def _named(name: str) -> Subject:
    return Subject(unshield_dots(name), "name")


def _with_others(before: str, name: str) -> str:
    """ "Tom Kay, Mark Dale and Ann Poe" where all of them begin a clause and say the same."""
    match = re.fullmatch(r"(?P<first>.+?)\s+and\s+", before, re.S)
    if match is None:
        return name
    segments = re.split(r"[,;]\s+", match.group("first"))
    count = 0
    for segment in reversed(segments):
        words = list(NAME_WORD.finditer(segment))
        if not words or _trailing_name(segment, words) != segment:
            break
        count += 1
    return f"{', '.join(segments[-count:])} and {name}" if count else name


def _trailing_name(left: str, words: list[re.Match[str]]) -> str | None:
    if not is_capital(words[-1].group()):
        return None
    first = len(words) - 1
    index = first - 1
    while index >= 0:
        between = left[words[index].end() : words[index + 1].start()]
        if re.search(r"[,;:!?\x00\n]", between):
            break
        word = words[index].group()
        if is_capital(word) and word.casefold() not in LEADING:
            first = index
        elif word not in CONNECTORS:
            break
        index -= 1
    name = left[words[first].start() : words[-1].end()]
    return None if first == len(words) - 1 and name.casefold() in LEADING else name


def is_capital(word: str) -> bool:
    return word[0].isupper()


def leading_subject(text: str) -> Subject | None:
    """The subject that starts a stretch: "Serbian President Aleksandar Vucic, who ..."."""
    text = shield_dots(text)
    words = list(NAME_WORD.finditer(text))
    if not words or text[: words[0].start()].strip():
        return None
    if words[0].group().casefold() in _PRONOUNS:
        return Subject(words[0].group(), "pronoun")
    lower: list[str] = []
    for index, match in enumerate(words[:9]):
        word = match.group()
        between = text[words[index - 1].end() : match.start()] if index else ""
        if re.search(r"[.;:!?\x00\n]", between):
            break
        comma = "," in between
        if is_capital(word) and word.casefold() not in LEADING:
            if ("for" not in lower and lower) if comma else not _is_body(lower):
                name, owned = _leading_name(text, words, index)
                if not owned:
                    return _named(name)
                return _owned_subject(text[words[index].start() :], name)
            if not comma:
                lower.append(word)
                continue
            break
        if comma:
            break
        lower.append(word)
    if not lower or lower[0].casefold() not in ("the", "a", "an", "one", "his", "her", "its"):
        return None
    return Subject(unshield_dots(" ".join(lower)), "role")


def _is_body(lower: list[str]) -> bool:
    """ "a spokesman for Gazprom" is not Gazprom; "the Ministry" is."""
    return any(word in ("for", "of", "at", "from", "in", "with") for word in lower)


def _leading_name(text: str, words: list[re.Match[str]], first: int) -> tuple[str, bool]:
    """The name that starts at a word, and whether it only owns what follows: "Dale's lawyer"."""
    last = first
    for index in range(first + 1, len(words)):
        if text[words[index - 1].end() : words[index].start()].strip(" "):
            break
        word = words[index].group()
        if is_capital(word) and word.casefold() not in LEADING:
            last = index
        elif word not in CONNECTORS or word in ("on", "for"):
            break
    name = text[words[first].start() : words[last].end()]
    rest = text[words[last].end() :]
    if re.search(r"['\u2019]s?$", name) or rest[:1] in ("'", "\u2019"):
        return name, re.match(r"['\u2019]?\s+[a-z]", rest) is not None
    second = _AND_NAME.match(rest)
    return (name + second.group("both") if second else name.rstrip(".")), False


def _owned_subject(text: str, owner: str) -> Subject:
    """ "Mark Dale's lawyer" is somebody else; "Mark Dale's lawyer, Ann Poe," has a name."""
    match = _OWNED.match(text, len(owner))
    assert match is not None
    words = list(NAME_WORD.finditer(match.group("name") or ""))
    if words:
        return _named(_leading_name(match.group("name"), words, 0)[0])
    return Subject(unshield_dots((owner + match.group("what")).rstrip()), "role")
