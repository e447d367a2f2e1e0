"""Word classes that decide what a difference between two wordings does to the sense."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache

from factcheck.quotes.normalise import Token, accentless
from factcheck.quotes.spelling import spelling_key

FUNCTION_WORDS = frozenset(
    """a an the is once whose because although this that these those and or but nor so yet if
    then than as at by for from in into of off on onto out over to up upon with within
    without about above after again against all also am any are aren't be been before
    being below between both can could did do does doing down during each few had has have
    having he her here hers him his how i it its just me more most my no not now only
    other our ours own same she should some such their theirs them there they through too
    under until very was we were what when where which while who whom why will would you
    your yours may might must shall i'm it's he's she's we're they're you're i've we've
    they've don't doesn't didn't isn't wasn't weren't won't can't there's that's us said
    says say one two per""".split()
)

NEGATIONS = frozenset(
    """not no never none nobody nothing neither nor nowhere without hardly scarcely barely cannot
    denied deny denies refused refuse refuses fail fails failed lack lacks lacked""".split()
)
MODALS = frozenset("will would shall should can could may might must ought".split())

# Words whose presence or absence alone turns a statement.
TURNING = frozenset(
    """if unless only except until provided all every some most many few several almost nearly
    barely always sometimes often rarely seldom more less fewer before after since because
    although though despite against for supports opposes support oppose allegedly
    reportedly alleged perhaps possibly probably likely unlikely maybe true false up down
    above below increase decrease increased decreased rise fall rose fell higher lower win
    lose won lost accept reject accepted rejected both either first last best worst good
    bad right wrong""".split()
)
CONDITIONS = frozenset("if unless provided providing except until only assuming whether".split())
HEDGES = frozenset(
    """allegedly reportedly supposedly apparently perhaps possibly probably maybe alleged claimed
    claims claim said says say believe believes argue argues argued suggest suggests might
    may could would critics according pretend pretends false falsely""".split()
)

_NUMBER_WORDS = {
    word: value
    for value, word in enumerate(
        """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen
    fifteen sixteen seventeen eighteen nineteen twenty""".split()
    )
} | {
    "thirty": 30,
    "forty": 40,
    "fifty": 50,
    "sixty": 60,
    "seventy": 70,
    "eighty": 80,
    "ninety": 90,
    "hundred": 100,
    "hundreds": 100,
    "thousand": 10**3,
    "thousands": 10**3,
    "million": 10**6,
    "millions": 10**6,
    "billion": 10**9,
    "billions": 10**9,
    "trillion": 10**12,
    "trillions": 10**12,
    "dozen": 12,
    "dozens": 12,
    "half": 0.5,
    "third": 3,
    "quarter": 4,
    "twice": 2,
    "double": 2,
    "triple": 3,
    "first": 1,
    "second": 2,
    "fourth": 4,
    "fifth": 5,
}
_SIGNS = frozenset("-%$£€¥+=<>±×÷°≤≥≠≈‰")
_NEGATIVE_PREFIXES = ("un", "in", "im", "il", "ir", "dis", "non", "anti")
_CONTRACTIONS = {"'ll": "will", "'ve": "have", "'re": "are", "'m": "am"}
_TITLES = frozenset("mr mrs ms miss dr sir prof professor lord lady i".split())


def match_key(token: Token) -> str:
    """Words that may be the same word share this key; the comparison decides afterwards."""
    return loose_key(token.key)


@lru_cache(maxsize=65536)
def loose_key(key: str) -> str:
    """One form for the spellings and accents of a lower-case word."""
    return spelling_key(accentless(key))


def weight(token: Token) -> float:
    """How much a shared word says about a common origin.

    Function words say half as much as others; the later parts of a compound ("19" in "COVID-19")
    say little that the first part does not.
    """
    if token.bound:
        return 0.25
    return 0.5 if token.key in FUNCTION_WORDS else 1.0


def is_content(token: Token) -> bool:
    """True for words that are rare enough to tell one sentence from another."""
    return token.key not in FUNCTION_WORDS and len(token.key) > 1 and not token.bound


def plain_words(tokens: Iterable[Token]) -> list[str]:
    """Lower-case words with contractions written out ("won't" is "will", "not")."""
    words: list[str] = []
    for token in tokens:
        key = token.key
        if key in ("won't", "can't", "cannot", "shan't"):
            words += [{"won't": "will", "shan't": "shall"}.get(key, "can"), "not"]
        elif key.endswith("n't"):
            words += [key[:-3], "not"]
        else:
            head, mark, tail = key.partition("'")
            ending = _CONTRACTIONS.get(mark + tail)
            words += [head, ending] if ending else [key]
    return words


def difference_kind(
    quote: Sequence[Token],
    source: Sequence[Token],
    quote_names: Sequence[Token],
    source_names: Sequence[Token],
) -> str:
    """What kind of word differs.

    Args:
        quote, source: the words on either side; one side may be empty.
        quote_names, source_names: those among them that are written as names.

    Returns:
        "negation", "number", "modal", "name", "spelling" or "word"; the gravest that applies.
    """
    ours, theirs = plain_words(quote), plain_words(source)
    if ours == theirs:
        return "spelling"
    if _count(ours, NEGATIONS) != _count(theirs, NEGATIONS) or _negated_pair(ours, theirs):
        return "negation"
    numbers, other_numbers = _numbers(ours), _numbers(theirs)
    if numbers != other_numbers:
        return "number"
    if _count(ours, MODALS) != _count(theirs, MODALS):
        return "modal"
    if numbers and len(ours) == len(theirs) == 1:
        return "spelling"
    names = Counter(_name_key(token) for token in quote_names)
    if names != Counter(_name_key(token) for token in source_names):
        return "name"
    if len(ours) == len(theirs) == 1 and _near_spelling(ours[0], theirs[0]):
        return "spelling"
    return "word"


def turns_sense(kind: str, quote: Sequence[Token], source: Sequence[Token]) -> bool:
    """Whether a difference of this kind, or one of its words, makes another statement."""
    if kind in ("negation", "number", "name", "modal"):
        return True
    ours, theirs = set(plain_words(quote)), set(plain_words(source))
    return kind == "word" and bool((ours ^ theirs) & TURNING)


def is_title(token: Token) -> bool:
    """True for "Mr" and the like, which are no names."""
    return token.key in _TITLES


def _count(words: Sequence[str], group: frozenset[str]) -> Counter[str]:
    if group is NEGATIONS:
        return Counter("not" for word in words if word in group)
    return Counter(word for word in words if word in group)


def _negated_pair(ours: Sequence[str], theirs: Sequence[str]) -> bool:
    shared = set(ours) & set(theirs)
    for longer, shorter in ((ours, theirs), (theirs, ours)):
        opposites = {
            prefix + word
            for word in set(shorter) - shared
            if len(word) > 3
            for prefix in _NEGATIVE_PREFIXES
        }
        if opposites & (set(longer) - shared):
            return True
    return False


def _numbers(words: Iterable[str]) -> Counter[float | str]:
    found: Counter[float | str] = Counter()
    for word in words:
        if word in _SIGNS or word == "percent":
            found[word] += 1
        elif word in _NUMBER_WORDS:
            found[float(_NUMBER_WORDS[word])] += 1
        elif word[0].isdigit():
            match = re.fullmatch(r"(\d+(?:\.\d+)?)", word)
            found[float(match.group(1)) if match else word] += 1
    return found


def _name_key(token: Token) -> str:
    key = accentless(token.key).removesuffix("'s")
    # endings that differ only in how a name was brought into Latin letters
    return re.sub(r"(?:skyy|skiy|skyi|skii|skij|sky)$", "ski", key)


def _near_spelling(ours: str, theirs: str) -> bool:
    from rapidfuzz.distance import OSA

    if min(len(ours), len(theirs)) < 5 or ours[0] != theirs[0] or ours[-1] != theirs[-1]:
        return False
    return OSA.distance(ours, theirs) == 1
