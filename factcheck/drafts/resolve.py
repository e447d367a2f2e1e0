"""Words that mean something said before: "he", "the company", "last year".

Only what is certain is put in. A word with two possible meanings, or with none, makes the sentence
unusable: a claim about the wrong person would be worse than no claim.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date

from factcheck.checks.grammar.context import is_verb
from factcheck.checks.grammar.tokens import Token, tokenise
from factcheck.drafts import cues, people
from factcheck.drafts.days import resolve_days
from factcheck.drafts.people import Mention
from factcheck.text import fold

# How many sentences back a pronoun may reach.
_REACH = 3
# How many sentences back "the company" may reach.
_FAR_REACH = 60

_HE = frozenset("he his him".split())
_SHE = frozenset("she her hers".split())
_IT = frozenset("it its".split())
_THEY = frozenset("they their them theirs".split())
_POINTERS = frozenset("this that these those both such".split())
_POSSESSIVE = frozenset("his her its their".split())
_EXPLETIVE = re.compile(
    r"it(?:'s| is| was| has been| had been| will be| would be)(?: \w+ly)?(?: not)?"
    r" (?:clear|unclear|known|unknown|likely|unlikely|possible|impossible|difficult|easy|hard"
    r"|important|good|bad|better|best|worse|time|true|said|reported|believed|thought|estimated"
    r"|understood|expected|hoped|feared|the first|the second|the third|\d|[a-z]+ (?:that|who)\b)"
    r"|it (?:takes|took|rained|snowed|rains|snows|seems|seemed|appears|appeared|turns|turned out"
    r"|emerged|follows)\b"
)
_ELLIPTIC = re.compile(
    r"(?:the (?:two|three|four|former|latter|pair|duo|trio|same|other|others|move|decision"
    r"|figure|figures|total|result|results|number|proposal|measure|change|latest|new one)|another"
    r"|the second one|neither|others?|one of them|none of them|all of them|most of them"
    r"|some of them|many of them|few of them"
    r"|half of them|each of them)\b(?! of| in| for| to| that| who| which)"
)
_OTHER_DAY = re.compile(
    r"\b(?:(?:the|that) (?:next|following|previous|same)"
    r" (?:day|week|month|year|night|morning|season)"
    r"|that (?:day|week|month|year|night|summer|winter|spring|autumn)"
    r"|the (?:day|week|month|year) (?:before|after)"
    r"|(?:days|weeks|months|years|hours) (?:later|earlier|before)|a (?:day|week|month) later)\b",
    re.I,
)
_LEADING = re.compile(rf"(?:{'|'.join(sorted(cues.CONNECTIVES))})\b,?\s+(?=\S)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Resolution:
    """A sentence that stands on its own.

    Args:
        text: with names in place of what pointed back.
        problem: why it cannot stand on its own; None when it can.
        named: whether a name came in.
    """

    text: str
    problem: str | None = None
    named: bool = False


@dataclass(slots=True)
class Memory:
    """What a draft has named so far.

    Args:
        published: the day of the draft.
        names: folded words of all names that are certain somewhere in the draft.
    """

    published: date | None = None
    names: frozenset[str] = frozenset()
    known: dict[str, Mention] = field(default_factory=dict)
    history: list[list[Mention]] = field(default_factory=list)
    nouns: list[frozenset[str]] = field(default_factory=list)
    shared: set[str] = field(default_factory=set)
    subject: str | None = None
    plural: bool = False

    def remember(self, text: str) -> None:
        """Take in the names of a sentence as it reads after resolution."""
        mentions = people.read_mentions(text, self.known, self.names)
        for mention in mentions:
            self._learn(mention)
        self.history.append(mentions)
        self.nouns.append(people.loose_nouns(text, self._latest(mentions)))
        self.subject = subject_phrase(text)
        self.plural = _joined_subject(text)

    def _learn(self, mention: Mention) -> None:
        keys = {mention.key}
        if mention.kind == people.BODY:  # "Kestrel" for "Kestrel Robotics"
            keys |= {word for word in fold(mention.text).split() if len(word) > 4}
        for key in keys - self.shared:
            held = self.known.get(key)
            if held is not None and not people.same_name(held.text, mention.text):
                # two people of one name: the short form means neither for certain
                self.shared.add(key)
                del self.known[key]
            elif held is None or len(mention.text) >= len(held.text):
                self.known[key] = mention

    def resolve(self, text: str) -> Resolution:
        """Make a sentence stand on its own.

        Args:
            text: one sentence on one line.
        """
        text = _strip_connective(text)
        text, problem = resolve_days(text, self.published)
        if problem is not None:
            return Resolution(text, problem)
        tokens = tokenise(text)
        own = people.read_mentions(text, self.known, self.names)
        for index, token in enumerate(tokens):
            if token.kind != "w" or _inside_quote(text, token.start):
                continue
            if token.lower in _HE | _SHE and index and _named_after_comma(text, own):
                break
            if _names_before(text, own, token.start) or self._role_before(tokens, index):
                break
            answer = self._pointer(text, tokens, index)
            if answer is not None:
                return answer
        if _OTHER_DAY.search(text) and not re.search(r"\d{4}|\b\d{1,2} [A-Z]", text):
            found = _OTHER_DAY.search(text)
            return Resolution(text, f"“{found[0] if found else ''}” points to another sentence")
        return Resolution(text)

    def _role_before(self, tokens: tuple[Token, ...], index: int) -> bool:
        """Whether a noun such as "the minister" before a pronoun can be its meaning."""
        if tokens[index].lower not in _HE | _SHE | _IT | _THEY:
            return False
        return any(
            token.content and not token.lower.endswith("ly") and token.lower not in cues.CONNECTIVES
            for token in tokens[:index]
        )

    def _pointer(self, text: str, tokens: tuple[Token, ...], index: int) -> Resolution | None:
        """What to do about one word; None when it points nowhere."""
        word = tokens[index].lower
        following = tokens[index + 1].lower if index + 1 < len(tokens) else ""
        rest = " ".join(text[tokens[index].start :].lower().replace("’", "'").split())
        if word in _HE or word in _SHE:
            return self._person(text, tokens[index], "he" if word in _HE else "she")
        if word in _IT:
            return None if _EXPLETIVE.match(rest) else self._thing(text, tokens[index])
        if word in _THEY:
            return Resolution(text, f"“{tokens[index].text}” could mean more than one group")
        if index <= 1 and word in _POINTERS and _is_pronoun(word, following):
            return Resolution(text, f"“{tokens[index].text}” points to another sentence")
        if index <= 1 and _ELLIPTIC.match(rest):
            return Resolution(text, f"“{tokens[index].text} {following}” points back")
        if word in ("the", "this") and index + 1 < len(tokens):
            return self._definite(text, tokens, index)
        return None

    def _person(self, text: str, token: Token, gender: str) -> Resolution:
        person = self.person(gender)
        if person is None:
            return Resolution(text, f"it is not certain who “{token.text}” is")
        self.known[person.key] = replace(person, gender=gender)
        return _put(text, token, token, person.text)

    def person(self, gender: str) -> Mention | None:
        """The one person that "he" or "she" can mean in the next sentence.

        Args:
            gender: "he" or "she".
        """
        recent = list(zip(self.history, self.nouns, strict=True))[-_REACH:]
        for mentions, nouns in reversed(recent):
            persons = [
                item
                for item in people.distinct(self._latest(mentions))
                if item.kind == people.PERSON and item.gender in ("", gender)
            ]
            rivals = nouns & (people.MALE if gender == "he" else people.FEMALE)
            others = nouns - people.MALE - people.FEMALE
            unsure = any(item.kind == people.UNKNOWN for item in mentions)
            clear = persons and (persons[0].subject or not others)
            if len(persons) == 1 and clear and not rivals and not unsure:
                return persons[0]
            if persons or nouns or unsure:
                return None
        return None

    def _thing(self, text: str, token: Token) -> Resolution:
        problem = f"it is not certain what “{token.text}” is"
        if not self.history or self.plural:
            return Resolution(text, problem)
        if self.subject is not None:
            return _put(text, token, token, self.subject)
        things = [item for item in people.distinct(self.history[-1]) if item.kind != people.PERSON]
        leading = [item for item in things if item.subject]
        if len(leading) == 1 and leading[0].kind in (people.BODY, people.UNKNOWN, people.PLACE):
            others = [item for item in things if item.kind == leading[0].kind]
            if len(others) == 1:
                return _put(text, token, token, leading[0].text)
        return Resolution(text, problem)

    def _definite(self, text: str, tokens: tuple[Token, ...], index: int) -> Resolution | None:
        """ "the company", "the Lisbon-based company", "the minister"."""
        last = index + 1
        if last + 1 < len(tokens) and tokens[last].lower.endswith("-based"):
            last += 1
        noun = tokens[last].lower.removesuffix("'s")
        if noun not in people.ANAPHORIC:
            return None
        following = tokens[last + 1] if last + 1 < len(tokens) else None
        if following is not None and (
            following.capital
            or following.lower in ("of", "that", "who", "whose", "where", "for")
            or following.lower in people.BODIES | people.ROLES
        ):
            return None
        found = self._candidates(noun)
        if len(found) == 1:
            return _put(text, tokens[index], tokens[last], found[0].text)
        return Resolution(text, f"it is not certain which “{noun}” is meant")

    def _latest(self, mentions: Iterable[Mention]) -> list[Mention]:
        """Mentions with what was learnt of their names since."""
        return [replace(self.known.get(item.key, item), subject=item.subject) for item in mentions]

    def _candidates(self, noun: str) -> list[Mention]:
        recent = [item for mentions in self.history[-_FAR_REACH:] for item in mentions]
        latest = people.distinct(self._latest(recent))
        family = people.COMPANIES if noun in people.COMPANIES else frozenset((noun,))
        named = [
            item for item in latest if item.heads & family or people.same_word(item.text, noun)
        ]
        if named or noun in people.STRANGERS:
            return named if noun not in people.STRANGERS else []
        near = [item for mentions in self.history[-_REACH:] for item in mentions]
        near = people.distinct(self._latest(near))
        if noun in people.PLACES:
            return [item for item in near if item.kind == people.PLACE]
        if noun in people.COMPANIES:
            return [
                item
                for item in near
                if item.kind in (people.BODY, people.UNKNOWN)
                and not (item.heads & people.ANAPHORIC) - people.COMPANIES
            ]
        return []


def subject_phrase(text: str) -> str | None:
    """The subject of a sentence when it is one thing with a name in it: "the factory in Varde".

    A name alone is left to the names; a plural or a list is not what "it" can mean.
    """
    tokens = tokenise(text)
    if not tokens or tokens[0].lower != "the":
        return None
    end = next(
        (
            index
            for index, token in enumerate(tokens[:9])
            if token.text == "," or token.lower in cues.AUXILIARY or is_verb(token)
        ),
        0,
    )
    words = tokens[1:end]
    if not words or tokens[end].text == "," or any(word.lower in ("and", "or") for word in words):
        return None
    head = next((i for i, word in enumerate(words) if word.lower in _PREPOSITIONS), len(words))
    plural = head == 0 or re.search(r"[^s]s$", words[head - 1].lower)
    if plural or words[head - 1].capital or not any(word.capital for word in words):
        return None
    return text[: words[-1].end]


def _joined_subject(text: str) -> bool:
    """Whether "and" stands before the first verb, so that the subject is several."""
    for token in tokenise(text)[:12]:
        if token.lower in ("and", "or", "&"):
            return True
        if token.lower in cues.AUXILIARY or is_verb(token):
            return False
    return False


def _named_after_comma(text: str, own: list[Mention]) -> bool:
    """ "When he arrived in Rome, Peter Holm …": the name follows at once."""
    comma = text.find(", ")
    return comma > 0 and any(
        item.kind == people.PERSON and text.startswith(item.text.split()[-1], comma + 2 + skip)
        for item in own
        for skip in (0, len(item.text) - len(item.text.split()[-1]))
    )


_PREPOSITIONS = frozenset("in at of on near from for".split())


def _strip_connective(text: str) -> str:
    """ "But Kos resigned" as "Kos resigned"."""
    match = _LEADING.match(text)
    if match is None or text[match.end() :][:1] in ("…", "“", '"'):
        return text
    rest = text[match.end() :]
    return rest[0].upper() + rest[1:]


def _is_pronoun(word: str, following: str) -> bool:
    """Whether "this" or "that" stands alone rather than before a noun ("this year")."""
    if word in ("both", "such"):
        return following not in ("houses", "chambers", "sides", "countries", "teams")
    return (
        following in cues.AUXILIARY
        or following in cues.FUTURE
        or following.endswith("ed")
        or following
        in ("meant", "led", "made", "came", "brought", "left", "gave", "why", "includes")
        or (word in ("this", "these", "that", "those") and following in _BACK_NOUNS)
    )


_BACK_NOUNS = frozenset(
    """figure figures number numbers decision move step change changes measures rules result results
    means proposal plan plans report case group sum total increase decrease rise fall""".split()
)


def _inside_quote(text: str, position: int) -> bool:
    opened = text.count("“", 0, position) - text.count("”", 0, position)
    return opened > 0 or text.count('"', 0, position) % 2 == 1


def _names_before(text: str, own: list[Mention], position: int) -> bool:
    """Whether a name that is no place stands before a position."""
    return any(
        0 <= text.find(item.text.split()[-1]) < position
        for item in own
        if item.kind != people.PLACE or item.subject
    )


def _put(text: str, first: Token, last: Token, name: str) -> Resolution:
    """Replace the words from one token to another by a name, possessive where they were."""
    word = last.lower
    is_possessive = word.endswith("'s") or word in ("his", "its")
    if word == "her":
        is_possessive = bool(re.match(r"\s+\w", text[last.end :])) and not re.match(
            r"\s+(?:to|in|on|at|by|for|from|with|and|as|after|before)\b", text[last.end :]
        )
    ending = ("’" if name.endswith(("ns", "rs", "ts", "es")) else "’s") if is_possessive else ""
    return Resolution(text[: first.start] + name + ending + text[last.end :], named=True)
