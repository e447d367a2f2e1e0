"""Finite verbs and the words around them, as far as plain word lists can tell.

A group is a run of helpers and a verb that makes a statement: "won", "was jailed", "has not been
sold". What may be a verb or something else counts as one when groups are counted, because a claim
with an unexpected verb is left whole, and does not count when a cut would rest on it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from factcheck.checks.grammar.context import is_verb
from factcheck.checks.grammar.lexicon import IRREGULAR, VERBS
from factcheck.checks.grammar.tokens import Token

BE = frozenset("is are was were be been being".split())
_HAVE = frozenset("has have had".split())
_DO = frozenset("do does did".split())
_MODALS = frozenset("will would can could may might must shall should".split())
_FINITE_HELPERS = (BE - {"be", "been", "being"}) | _HAVE | _DO | _MODALS
_PAST_HELPERS = frozenset("was were had did".split())
# "wasn't", "won't": what is left without the negation.
_CONTRACTED = {"won't": "will", "can't": "can", "cannot": "can", "shan't": "shall"}

# Past forms that are no participles and no other words.
_PAST = frozenset(
    """went took came saw knew gave became began wrote spoke grew fell drew broke rose drove wore
    chose threw sang shook rode drank arose flew stole blew swam swore tore woke sank shrank
    withdrew overtook underwent froze hid ate forgot forgave forbade overcame overthrew undertook
    mistook foresaw rewrote sprang rang strode awoke shone was were had did""".split()
)
# Past forms that are participles as well.
_PAST_OR_PARTICIPLE = frozenset(
    """said made got found thought told left felt brought kept held stood heard meant met ran paid
    sat led lost sent built spent bought sought caught dealt won sold fought taught struck hung fed
    shot slept bound fled lay understood lent bent bred clung crept dug misled swung swept stuck
    slid spun stung lit upheld withheld rebuilt repaid resold laid split shed sped burnt""".split()
)
_PARTICIPLES = frozenset(
    """gone taken come seen known given become begun written spoken grown fallen drawn broken risen
    driven worn chosen thrown sung shaken ridden drunk arisen flown stolen beaten born borne bitten
    blown shown swum sworn torn woken sunk shrunk withdrawn overtaken undergone frozen hidden eaten
    forgotten run forgiven forbidden overcome overthrown undertaken mistaken foreseen
    rewritten sprung rung""".split()
)
# One form for everything: a verb only when an object follows.
_INVARIANT = frozenset("beat cut hit put set shut spread quit cost let read".split())
# Verbs that always have an object: without one behind them they are in the passive.
_NEED_OBJECT = frozenset(
    """banned barred fined jailed imprisoned arrested charged convicted sentenced acquitted killed
    wounded injured elected appointed named nominated awarded expelled suspended deported
    extradited hospitalised hospitalized evacuated demolished destroyed damaged rebuilt sold bought
    replaced renamed merged abolished banned banned seized confiscated published released adopted
    rejected approved repealed cancelled canceled postponed dismissed sacked cleared taken given
    shown stolen written driven thrown""".split()
)
# "was merged and released a report": these have an active use without an object or often with one.
_UNSURE = frozenset("merged released".split())

DETERMINERS = frozenset(
    """the a an this that these those his her its their our my your each every all both some any
    no another several many most""".split()
)
_PRONOUNS = frozenset("it them him her us me itself himself herself themselves".split())
PREPOSITIONS = frozenset(
    """in on at by from for with without within into onto upon over under above below between among
    through during before after since until till about around against across along near off to of
    as per via despite toward towards beyond than""".split()
)
NUMBER_WORDS = frozenset(
    """one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen
    sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety
    hundred thousand million billion dozen""".split()
)
# Words that open a clause which what follows may belong to. "After", "since" and "than" are not
# among them: with a clause behind them they bring a verb that is counted.
SUBORDINATE = frozenset(
    """who which that whose whom where when how why what because although though so if unless
    whether while whereas""".split()
)
# Verbs that a clause follows, so that what comes later is what somebody says or thinks.
_CLAUSE_VERBS = frozenset(
    """say says said saying tell tells told think thinks thought believe believes believed claim
    claims claimed insist insists insisted argue argues argued warn warns warned estimate estimates
    estimated expect expects expected hope hopes hoped fear fears feared suggest suggests suggested
    show shows showed shown know knows knew deny denies denied allege alleges alleged find finds
    mean means meant wish wishes wished assume assumes assumed predict predicts predicted doubt
    doubts doubted promise promises promised decide decides decided agree agrees agreed""".split()
)
_NOT_PARTICIPLE = frozenset(
    "hundred united red bed sacred need speed seed feed breed indeed".split()
)
_ADVERBS = frozenset(
    """not never also now already still since meanwhile then later soon ever always often just even
    finally only all both once again therefore thus""".split()
)
_BASE_VERBS = frozenset("become remain continue receive govern begin".split())


@dataclass(frozen=True, slots=True)
class Group:
    """A verb that makes a statement, with its helpers.

    Args:
        first, last: token range, end-exclusive.
        helpers: lower-case helpers in order, without negation and adverbs.
        verb: the form after the helpers, lower case; the last helper when nothing follows.
        negated: whether "not" or "never" stands in the group.
        past: whether it tells of the past.
    """

    first: int
    last: int
    helpers: tuple[str, ...]
    verb: str
    negated: bool
    past: bool

    @property
    def auxiliary(self) -> bool:
        """Whether a helper opens the group, so that it cannot be anything but a verb."""
        return bool(self.helpers)

    @property
    def passive(self) -> bool:
        """Whether a form of "be" stands before a participle."""
        return bool(set(self.helpers) & BE) and self.verb not in self.helpers

    @property
    def modal(self) -> bool:
        """Whether it opens with "will", "can" or the like."""
        return self.helpers[:1] != () and self.helpers[0] in _MODALS


def bare_word(token: Token) -> str:
    """Lower case without a contracted negation."""
    word = token.lower
    return _CONTRACTED.get(word) or word.removesuffix("n't")


def is_negation(token: Token) -> bool:
    """Whether a token negates the verb."""
    return token.lower in ("not", "never", "cannot") or token.lower.endswith("n't")


def is_adverb(token: Token) -> bool:
    """Whether a word may stand inside a group."""
    return token.lower in _ADVERBS or (token.lower.endswith("ly") and len(token.lower) > 4)


def opens_phrase(token: Token) -> bool:
    """Whether a token begins what follows a verb: an object with an article, a number, a name."""
    return (
        token.lower in DETERMINERS
        or token.lower in _PRONOUNS
        or token.lower in NUMBER_WORDS
        or token.kind == "n"
        or token.capital
        or token.text in "€$£"
    )


def _follows_verb(tokens: Sequence[Token], index: int) -> bool:
    """Whether what stands at a position is what follows a verb rather than a noun it describes."""
    if index >= len(tokens):
        return True
    token = tokens[index]
    if token.kind == "p":
        return True
    return (
        opens_phrase(token)
        or token.lower in PREPOSITIONS
        or token.lower in SUBORDINATE
        or token.lower in ("and", "but", "more", "up", "out", "down", "back", "off", "alone")
        or is_adverb(token)
    )


def _is_participle(token: Token) -> bool:
    word = token.lower
    if word in _PARTICIPLES or word in _PAST_OR_PARTICIPLE or word in _INVARIANT:
        return True
    return word.endswith("ed") and len(word) > 3 and word not in _NOT_PARTICIPLE


def _is_plain_past(tokens: Sequence[Token], index: int) -> bool:
    """Whether a word without helper is, or may be, a past form that makes a statement."""
    token = tokens[index]
    word = token.lower
    if token.capital or token.kind != "w":
        return False
    if word in _PAST:
        return True
    if word in _INVARIANT:
        return index + 1 < len(tokens) and opens_phrase(tokens[index + 1])
    if word not in _PAST_OR_PARTICIPLE and not (word.endswith("ed") and is_verb(token)):
        return False
    # "the planned closure", "of injured people", "two closed schools": describes a noun.
    before = tokens[index - 1] if index else None
    describes = before is not None and (
        before.lower in DETERMINERS
        or before.lower in PREPOSITIONS
        or before.lower in NUMBER_WORDS
        or before.kind == "n"
        or before.lower.endswith("'s")
    )
    return not describes


def _is_present(tokens: Sequence[Token], index: int) -> bool:
    """Whether a word in -s is a verb: a known one with an object or a preposition behind it."""
    token = tokens[index]
    word = token.lower
    if token.capital or not word.endswith("s") or word.endswith("ss") or index + 1 >= len(tokens):
        return False
    base = IRREGULAR.get(word, word[:-1])
    known = (
        base in VERBS
        or (word.endswith("es") and word[:-2] in VERBS)
        or (word.endswith("ies") and word[:-3] + "y" in VERBS)
    )
    return known and opens_phrase(tokens[index + 1])


def finite_groups(tokens: Sequence[Token], first: int, last: int) -> list[Group]:
    """The groups of a token range, in order."""
    groups = []
    index = first
    while index < last:
        group = _group_at(tokens, index, last)
        if group is None:
            index += 1
            continue
        groups.append(group)
        index = max(group.last, index + 1)
    return groups


def _group_at(tokens: Sequence[Token], index: int, last: int) -> Group | None:
    token = tokens[index]
    if token.kind == "w" and not token.capital and bare_word(token) in _FINITE_HELPERS:
        return _helped_group(tokens, index, last)
    if _is_plain_past(tokens[:last], index):
        return Group(index, index + 1, (), token.lower, False, True)
    if _is_present(tokens[:last], index):
        return Group(index, index + 1, (), token.lower, False, False)
    return None


def _helped_group(tokens: Sequence[Token], index: int, last: int) -> Group:
    helpers = [bare_word(tokens[index])]
    negated = is_negation(tokens[index])
    position = end = index + 1
    while position < last:
        token = tokens[position]
        if token.lower in BE or token.lower == "have":
            helpers.append(token.lower)
            end = position + 1
        elif is_adverb(token):
            negated = negated or is_negation(token)
        else:
            break
        position += 1
    past = helpers[0] in _PAST_HELPERS
    if position < last and _is_verb_after(helpers[-1], tokens, position):
        return Group(index, position + 1, tuple(helpers), tokens[position].lower, negated, past)
    return Group(index, end, tuple(helpers), helpers[-1], negated, past)


def _is_verb_after(helper: str, tokens: Sequence[Token], index: int) -> bool:
    token = tokens[index]
    if token.kind != "w" or token.capital:
        return False
    if helper in BE or helper in _HAVE:
        return _is_participle(token)
    return token.lower not in DETERMINERS and token.lower not in PREPOSITIONS


def shared_helpers(group: Group, tokens: Sequence[Token], index: int, last: int) -> str:
    """The helpers of a group that a bare verb form at a position shares with it, or "".

    "was arrested and taken to", "will close the school and open a library", "has lost two and
    gone". A form that may stand alone ("was founded and moved") shares nothing.
    """
    token = tokens[index]
    if group.negated or not group.helpers or token.kind != "w" or token.capital:
        return ""
    word, after = token.lower, tokens[index + 1] if index + 1 < last else None
    helpers = " ".join(group.helpers)
    if group.passive:
        open_end = after is None or after.lower in PREPOSITIONS or is_adverb(after)
        sure = word in _PARTICIPLES or (word in _NEED_OBJECT and word not in _UNSURE)
        return helpers if sure and open_end else ""
    if group.verb in group.helpers:
        return ""
    if group.helpers[-1] in _HAVE:
        return helpers if word in _PARTICIPLES - {"run", "come", "become"} else ""
    if group.helpers[-1] in _MODALS:
        bare = IRREGULAR.get(word, word) == word and word in VERBS
        sure = word in _BASE_VERBS or (bare and after is not None and opens_phrase(after))
        return helpers if sure else ""
    return ""


def stands_alone(left: Group, own: Group, tokens: Sequence[Token], last: int) -> bool:
    """Whether a group after a joining word is a statement of its own and not part of the left one.

    "was founded in 1990 and moved" leaves open whether it moved or was moved.
    """
    if own.auxiliary:
        return True
    if own.verb in _PAST:
        return True
    if not own.past:
        return not left.auxiliary or left.verb in left.helpers
    if not _follows_verb(tokens[:last], own.last):
        return False
    if left.helpers[-1:] and left.helpers[-1] in BE | _HAVE and left.verb not in left.helpers:
        # After "was jailed" or "has sold" a participle may share the helper; only an object
        # behind it tells that it is active.
        after = tokens[own.last] if own.last < last else None
        active = after is not None and (
            after.lower in ("the", "a", "an", "his", "her", "its", "their") or after.kind == "n"
        )
        return active and not left.negated
    return True


def takes_clause(tokens: Sequence[Token], first: int, last: int) -> bool:
    """Whether a verb of saying or thinking stands in a range, so that what follows hangs on it."""
    return any(token.lower in _CLAUSE_VERBS for token in tokens[first:last])


_QUOTES = re.compile(r"[\"“”„«»]|(?<!\w)['‘]|(?<=[.,!?])['’]")


def holds_quote(text: str) -> bool:
    """Whether a text has quotation marks; apostrophes are none."""
    return bool(_QUOTES.search(text))
