"""Where over, under and their like before a number are no bounds.

"Handed over 52 ships", "a row over 300 jobs", "three goals over two days", "under two names": the
word belongs to a verb or tells of place, time or subject. Only what is plain from the words beside
it is ruled out; everything else stays a bound, as it is in most texts.
"""

from __future__ import annotations

import re

from factcheck.checks.numbers.bound_words import ADJECTIVE

_PREPOSITIONS = frozenset(("over", "above", "under", "below", "about", "around", "up to"))
_ONES = "two|three|four|five|six|seven|eight|nine"
# Few things without a unit; few people write "over three goals" for more than three.
_FEW = re.compile(rf"(?:[2-9]|{_ONES})", re.I)
_DURATION = re.compile(
    r"(?:-| )(?:(?:consecutive|successive|full|long|short|hot|cold|dry|wet) )?"
    r"(?:second|minute|hour|day|night|week|weekend|month|year|decade|centur(?:y|ie))s?\b",
    re.I,
)
_LENGTH_OF_LIFE = re.compile(r"\bold\b|^ (?:of age|ago|long)\b", re.I)


def _pattern(words: str) -> re.Pattern[str]:
    return re.compile(rf"(?:^|\b)(?:{words}) $", re.I)


# Verbs of which "over" is a part, whatever follows; and nouns that tell what they are about.
_PARTICLE = {
    "over": _pattern(
        r"(?:hand|turn|mull|pore|ponder)(?:s|ed|ing)?|(?:is|are|was|were|be|been|being) taken"
        r"|concern|anger|outrage|unease|alarm|tensions?|talks|negotiations|arguments?|debate"
        r"|row|rows|quarrels?|disputes?|feuds?|battle|clash(?:es)?|lawsuits?|criticism|strike"
        r"|victory|victories|triumphs?|goal|lead|leading|war|placed|prevailed|edge|success|point"
        r"|authority|jurisdiction|sovereignty|supremacy|dominance|advantage"
    ),
    "above": _pattern(r"(?:live|sleep|work|dwell)s?|lived|slept|flats?|rooms?|apartments?|placed"),
    # "goes up to four cents" tells where it arrives.
    "up to": _pattern(
        r"go|goes|going|gone|went|moved?|moves|came|comes?|climb\w*|r[io]se[sn]?|edged|crept"
    ),
}
# The same, but "reigned over 30 years" tells how long.
_PARTICLE_UNLESS_LASTING = _pattern(
    r"(?:preside|rule|reign|watch|argue|quarrel|squabble|haggle|clash|feud)(?:s|e?d|es|led|ing)?"
    r"|fights?|fought|fighting"
)
_TAKE = _pattern(r"take|takes|taking|took|taken")
_TAKEN_OVER = re.compile(
    r"^(?: [a-z-]+){0,2}? (?:firms?|compan(?:y|ies)|banks?|schools?|airports?|ports?|villages?"
    r"|towns?|cit(?:y|ies)|clubs?|plants?|factor(?:y|ies)|mines?|stations?|farms?|shops?|stores?"
    r"|routes?|airlines?|hotels?|brands?|(?:news)?papers?|business(?:es)?|branch(?:es)?|rivals?"
    r"|ministr(?:y|ies)|dut(?:y|ies)|tasks?|posts?|hospitals?|clinics?|buildings?|parishes)\b",
    re.I,
)
_CARRY = _pattern(r"carr(?:y|ies|ied|ying)|br(?:ing|ings|inging|ought)")
_FROM_BEFORE = re.compile(
    r"^[^.,;]{0,40}?\b(?:from|to|into|until) (?:the |an? )?(?:last|next|previous|following|new"
    r"|earlier|later|coming)\b",
    re.I,
)
_SIGN = _pattern(r"sign(?:s|ed|ing)?")
_TO_SOMEBODY = re.compile(r"^[^.,;]{0,40}? to (?:(?:the|an?|his|her|its|their)\b|[A-Z])")
# With these a few things are what was passed, crossed or won: "flew over three towns".
_ACROSS = _pattern(
    r"(?:mov|pass|cross|jump|leap|climb|stepp?|walk|roll|knock|tipp?|push|look|tripp?|stumbl|cycl"
    r"|sail|tower|trampl)(?:e?s|ed|ing|e)?|(?:flies|flew|flown|fly|flying|run|runs|ran|running)"
    r"|(?:win|wins|won|winning|drives?|drove|driving|rides?|rode|goes|go|went|going|swam|leapt)"
)
_MARK = re.compile(
    r"^(?:(?: |-)[\w%]+){0,3} (?:mark|threshold|limit|level|line|hurdle|barrier|minimum|maximum"
    r"|quota|target|ceiling|floor)\b",
    re.I,
)
_DISTANCE = re.compile(r"\d ?(?:km|kilomet\w+|met(?:re|er)s?|miles?|yards?|feet)\b", re.I)
_PERIOD = re.compile(r"^(?: [a-z]+)? (?:period|span|stretch|window|phase|interval)\b", re.I)
# "Fell over three days", "12 goals over three months": how long it took, not how long at least.
_SPREAD = _pattern(
    r"(?:spread|phased|staggered|stretched|averaged|distributed|repaid|repayable|measured"
    r"|calculated|r[io]se[ns]?|f[ae]ll(?:s|en)?|gr[eo]w[ns]?|dropped|climbed|increased|declined"
    r"|shrank|doubled|halved|tripled|changed|t(?:ook|aken?|akes|aking) place)(?: out)?"
    rf"|(?:(?<!\d)\d{{1,3}}(?:[.,]\d+)*|{_ONES})"
    r"(?:%| per cent| percent| points?| [cmk]m| kg| [a-z]+s)?(?: more| less)?"
)
_UNDER_WHAT = re.compile(
    r"^(?: [a-z-]+){0,2}? (?:roofs?|(?:user)?names?|pseudonyms?|alias(?:es)?|headings?|titles?"
    r"|flags?|conditions?|kings?|queens?|presidents?|governments?|governors?|managers?|coach(?:es)?"
    r"|trainers?|regimes?|masters?|teachers?|chiefs?|ministers?|administrations?|mayors?|monarchs?"
    r"|emperors?|popes?|chairmen|directors|captains?|bridges?|blankets?|arch(?:es)?|layers? of"
    r"|circumstances|laws?|treat(?:y|ies)|statutes?|assumptions?|scenarios?)\b",
    re.I,
)
_BURIED = re.compile(
    r"\b(?:buried|trapped|hidden|lies|lying|lay|sank|sunk|vanished|disappeared|submerged) $", re.I
)
_OF_WHAT = re.compile(r"^ (?:[a-z]+ )?of [a-z]", re.I)
# "North of 30 million", but not "north of 30 villages".
_AMOUNT = re.compile(
    r"[$€£¥%]|\b(?:per cent|percent|[mb]illion|euros?|dollars?|pounds?|francs?|crowns?)\b", re.I
)
_OTHER_TIME = re.compile(
    r"^ [a-z]+ (?:ago|earlier|before|later)\b|^ of (?:the|its|his|her|their)\b"
)


def is_no_bound(before: str, phrase: str, determiner: str, number: str, after: str) -> bool:
    """Whether a word that mostly bounds a number does not do so here.

    Args:
        before: what stands before the phrase, up to and with the space.
        phrase: the bounding words without article.
        determiner: the article or possessive between phrase and number, or "".
        number: the number with its unit.
        after: what follows the number.
    """
    if ADJECTIVE.search(phrase):
        return bool(_OTHER_TIME.search(re.sub(r"^\S+", "", number) + after))
    word = phrase.lower()
    if word in ("north of", "south of"):
        return not _AMOUNT.search(number)
    if word not in _PREPOSITIONS:
        return False
    _, space, unit = number.partition(" ")
    following = space + unit + after
    few = bool(_FEW.fullmatch(number))
    lasting = bool(_DURATION.search(number) or _DURATION.match(following))
    if determiner.lower() in ("a", "an"):
        return word == "over" and lasting and bool(_PERIOD.search(following))
    if word == "over" and determiner.lower() == "the" and _DISTANCE.search(number):
        return not _MARK.search(following)  # "took eight hours over the 360 kilometres"
    if determiner and determiner.lower() != "of" and _is_given(word, number, few, lasting):
        return not _MARK.search(following)
    if word in _PARTICLE and _PARTICLE[word].search(before):
        return True
    if word == "over" and lasting:
        return bool(_SPREAD.search(before)) and not _LENGTH_OF_LIFE.search(unit + after[:8])
    if word == "over":
        return _is_particle(before, few, following)
    if word == "under" and few and _UNDER_WHAT.search(following):
        return True
    return word in ("under", "below") and bool(
        _BURIED.search(before) and _OF_WHAT.search(following)
    )


def _is_given(word: str, number: str, few: bool, lasting: bool) -> bool:
    """Whether a number with an article is of what was named before: "over the two days"."""
    hyphenated = "-" in number and not number.replace("-", "").isalpha()
    if word in ("about", "around"):
        return True
    return (word == "over" and lasting) or (word in ("over", "under") and (few or hyphenated))


def _is_particle(before: str, few: bool, following: str) -> bool:
    """Whether "over" belongs to the verb before it: "presided over", "took over two firms"."""
    if _PARTICLE_UNLESS_LASTING.search(before):
        return True
    if _TAKE.search(before):
        return few or bool(_TAKEN_OVER.search(following))
    if _SIGN.search(before):
        return bool(_TO_SOMEBODY.search(following))
    if _CARRY.search(before):
        return bool(_FROM_BEFORE.search(following))
    return few and bool(_ACROSS.search(before))
