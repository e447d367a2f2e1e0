"""Negation, implicative verbs, roles of a passive, conjunctions, and half sentences."""

from __future__ import annotations

import random
import re

from training.augment.frames import embed, sentence
from training.fever import content_words, leading_name
from training.pairs import Pair

_AUX = re.compile(
    r"^((?:(?!\b(?:is|was|are|were|has|had|can|will|did|does)\b).){2,60}?) "
    r"(is|was|are|were|can|will|has been|had been)( not)? (?!only|never|no\b|one\b)(.+)$"
)
_SCOPE = re.compile(
    r"\b(?:all|some|every|any|each|only|never|no|none|nothing|neither|at least|or|and|both|but|"
    r"also|incapable|unable|exclusively|solely|fails?|failed|refused|which|who|that|because|"
    r"many|most|several|few|always|often|still|yet)\b|n't|\bnot\b.*\bnot\b",
    re.IGNORECASE,
)
VERBS = {
    "appeared": "appear", "starred": "star", "acted": "act", "worked": "work", "lived": "live",
    "played": "play", "released": "release", "directed": "direct", "produced": "produce",
    "received": "receive", "won": "win", "wrote": "write", "became": "become", "began": "begin",
    "died": "die", "married": "marry", "performed": "perform", "joined": "join",
    "served": "serve", "moved": "move", "attended": "attend", "hosted": "host",
    "published": "publish", "sold": "sell", "made": "make", "took": "take", "led": "lead",
    "left": "leave", "founded": "found", "recorded": "record", "created": "create",
    "ended": "end", "retired": "retire", "competed": "compete", "signed": "sign",
    "bought": "buy", "built": "build", "opened": "open", "returned": "return", "ran": "run",
    "visited": "visit", "resigned": "resign", "launched": "launch", "adopted": "adopt",
    "recognised": "recognise", "banned": "ban", "paid": "pay", "grew": "grow", "met": "meet",
    "graduated": "graduate", "voiced": "voice", "debuted": "debut", "earned": "earn",
}  # fmt: skip
_PAST = re.compile(r"^((?:[\w'.,&()-]+ ){1,7}?)(" + "|".join(VERBS) + r") (.+)$")
_PASSIVE = re.compile(
    r"^(.{3,60}?) (?:is|was) (?:a \w+ )?(directed|written|produced|founded|created|composed|"
    r"hosted|published|designed|owned|acquired|defeated|painted|developed|invented|discovered) "
    r"by ([A-Z][\w'-]+(?: [A-Z][\w'-]+){0,3})\.?$"
)
_ACTIVE = {"written": "wrote", "owned": "owns"}

DONE = ("managed to", "was able to", "did", "went on to")
NOT_DONE = ("failed to", "refused to", "was unable to", "decided not to", "did not")
OPEN = (
    "planned to", "intended to", "was expected to", "hoped to", "wanted to", "promised to",
    "agreed to", "offered to", "was asked to", "was accused of wanting to", "threatened to",
)  # fmt: skip
_FLIPPED = {"SUPPORTS": "REFUTES", "REFUTES": "SUPPORTS", "NEI": "NEI"}


def negate(claim: str) -> str | None:
    """Negate a plain main clause, or take its negation out; None where the scope is unclear."""
    if _SCOPE.search(claim):
        return None
    match = _AUX.match(claim)
    if match is not None and not match.group(1).startswith("There"):
        subject, aux, negated, rest = match.groups()
        if negated:
            return f"{subject} {aux} {rest}"
        first, _, second = aux.partition(" ")
        return f"{subject} {first} not {second + ' ' if second else ''}{rest}"
    past = re.match(r"^(.{2,60}?) did not (\w+) (.+)$", claim)
    if past is not None:
        forms = [form for form, base in VERBS.items() if base == past.group(2)]
        return f"{past.group(1)} {forms[0]} {past.group(3)}" if forms else None
    match = _PAST.match(claim)
    if match is not None and leading_name(claim) == match.group(1).strip():
        return f"{match.group(1)}did not {VERBS[match.group(2)]} {match.group(3)}"
    return None


def negate_claim(pair: Pair, rng: random.Random) -> Pair | None:
    """Negate a claim: support and refutation change places, NEI stays."""
    claim = negate(pair.claim)
    if claim is None:
        return None
    return Pair(evidence=pair.evidence, claim=claim, label=_FLIPPED[pair.label], source="negation")


def implicative(pair: Pair, rng: random.Random) -> Pair | None:
    """Say of a past act that it was done, not done, or only intended.

    The evidence is made from the claim itself, so the label follows from the verb alone.
    """
    match = _PAST.match(pair.claim)
    if match is None or leading_name(pair.claim) != match.group(1).strip():
        return None
    who, verb, rest = match.group(1).strip(), match.group(2), match.group(3).rstrip(".")
    if _SCOPE.search(rest):
        return None
    base = VERBS[verb]
    done = f"{who} {rng.choice(DONE)} {base} {rest}"
    undone = f"{who} {rng.choice(NOT_DONE)} {base} {rest}"
    intent = f"{who} {rng.choice(OPEN)} {base} {rest}"
    meant = [f"{who} {wish} {base} {rest}" for wish in rng.sample(OPEN[:2], 2)]
    plain = f"{who} {verb} {rest}"
    cases = (
        (done, plain, "SUPPORTS"),
        (plain, undone, "REFUTES"),
        (undone, plain, "REFUTES"),
        (intent, plain, "NEI"),
        (intent, undone, "NEI"),
        (meant[0], meant[1], "SUPPORTS"),
        (undone, f"{who} did not {base} {rest}", "SUPPORTS"),
    )
    evidence, claim, label = rng.choice(cases)
    if evidence.startswith(claim):
        return None
    return Pair(
        evidence=sentence(evidence), claim=sentence(claim), label=label, source="implicative"
    )


def swap_roles(pair: Pair, rng: random.Random) -> Pair | None:
    """Turn a supported passive into the active (SUPPORTS) or swap who did it (REFUTES)."""
    match = _PASSIVE.match(pair.claim)
    if pair.label != "SUPPORTS" or match is None:
        return None
    thing, verb, who = match.groups()
    if re.search(r"\b(?:who|that|which|and|is|was)\b", thing):
        return None
    inner = embed(thing)
    if rng.random() < 0.5:
        claim, label = f"{who} {_ACTIVE.get(verb, verb)} {inner}", "SUPPORTS"
    elif rng.random() < 0.5:
        claim, label = f"{thing} {_ACTIVE.get(verb, verb)} {who}", "REFUTES"
    else:
        claim, label = f"{who} was {verb} by {inner}", "REFUTES"
    return Pair(evidence=pair.evidence, claim=sentence(claim), label=label, source="roles")


def stems(text: str) -> set[str]:
    """Return the content words cut to five letters, so that plural and tense do not count."""
    return {word[:5] for word in content_words(text)}


def join_claims(first: Pair, second: Pair, rng: random.Random) -> Pair | None:
    """Join two claims with "and": every part must hold, and one refuted part refutes.

    Args:
        first: a supported pair.
        second: a pair with another claim, best about the same name.
        rng: decides whether the evidence of the second part is shown.
    """
    if first.label != "SUPPORTS" or first.claim == second.claim:
        return None
    if len(first.claim.split()) + len(second.claim.split()) > 40:
        return None
    name = stems(leading_name(second.claim) or "")
    asked = stems(second.claim) - name - stems(first.claim)
    if len(asked) < 2:
        return None
    covered = len(asked & stems(first.evidence)) / len(asked)
    parts = [first.claim, second.claim]
    texts = [first.evidence]
    if rng.random() < 0.4 and second.label != "NEI":
        if covered > 0.2:
            return None
        label = "NEI"
    else:
        if first.evidence != second.evidence:
            texts.append(second.evidence)
        label = second.label
    if rng.random() < 0.5:
        parts.reverse()
    if rng.random() < 0.5:
        texts.reverse()
    joiner = rng.choice((" and ", ", and ", ", while "))
    claim = parts[0].rstrip(".") + joiner + embed(parts[1]) + "."
    if len(" ".join(texts).split()) > 95:
        return None
    return Pair(evidence=" ".join(texts), claim=claim, label=label, source="conjunction")


def cut_evidence(pair: Pair, rng: random.Random) -> Pair | None:
    """Cut the evidence short: after all that the claim needs (label stays) or before it (NEI)."""
    if pair.label != "SUPPORTS":
        return None
    name = leading_name(pair.claim) or ""
    asked = content_words(pair.claim) - content_words(name)
    words = pair.evidence.split()
    if len(asked) < 2 or len(words) < 10 or not asked <= content_words(pair.evidence):
        return None
    places = {w: [i for i, x in enumerate(words) if w in content_words(x)] for w in asked}
    if not all(places.values()):
        return None
    last_needed = max(found[0] for found in places.values())
    earliest = min(found[0] for found in places.values())
    if rng.random() < 0.5 and len(words) - last_needed > 4:
        kept = words[: rng.randint(last_needed + 2, len(words) - 1)]
        label = "SUPPORTS"
    elif earliest >= 5:
        kept, label = words[: rng.randint(max(4, earliest - 6), earliest)], "NEI"
    else:
        return None
    ending = rng.choice(("", "...", " …"))
    evidence = " ".join(kept).rstrip(",;:(") + ending
    return Pair(evidence=evidence, claim=pair.claim, label=label, source="cut_evidence")
