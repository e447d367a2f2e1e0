"""Attribution and modality: who says it, and whether it is said to have happened.

Every frame stands on either side of the pair and with every label, so that neither "said" nor
"alleged" tells the label without reading the rest.
"""

from __future__ import annotations

import random
import re

from training.pairs import Pair

PEOPLE = (
    "Anna Keller", "Tomas Novak", "Maria Lopes", "David Osei", "Helen Brandt", "Ravi Menon",
    "Julia Sokolova", "Peter Lindqvist", "Amina Diallo", "Marco Bianchi", "Laura Whitfield",
    "Kenji Mori", "Elif Demir", "Jonas Weber", "Sofia Petrou", "Ahmed Nasser", "Clara Dubois",
    "Mark Ellison", "Ines Carvalho", "Piotr Zielinski",
)  # fmt: skip
BODIES = (
    "the ministry", "the police", "the company", "the opposition", "a spokesman", "the union",
    "the report", "the organisers", "the agency", "a local newspaper", "the mayor", "the court",
    "researchers", "human rights groups", "the foundation", "the government", "the broadcaster",
    "a former employee", "the committee", "the embassy",
)  # fmt: skip
SAYING = ("said", "stated", "reported", "announced", "told reporters", "confirmed", "noted")
DENYING = ("denied", "later denied", "rejected the claim", "disputed", "firmly denied")
UNCERTAIN = (
    "It is alleged that", "There are unconfirmed reports that", "It was rumoured that",
    "It is not known whether", "It is unclear whether", "Investigators are examining whether",
    "It has not been confirmed that", "Some had expected that",
)  # fmt: skip
CERTAIN = (
    "It was confirmed that", "It is well documented that", "Records show that",
    "It turned out that", "There is no doubt that", "It is a matter of record that",
)  # fmt: skip
_LOWER_START = re.compile(
    r"^(The|A|An|In|It|He|She|They|His|Her|Its|There|This|These|At|On|As|During|After|Since|"
    r"By|For|From|Many|Some|Most|All|Over|More)\b(?! [A-Z]\w+ (?:is|was) an? )"
)


def embed(sentence: str) -> str:
    """Return a sentence as a clause: no full stop, small first letter where it is no name."""
    clause = sentence.strip().rstrip(".")
    if _LOWER_START.match(clause):
        clause = clause[0].lower() + clause[1:]
    return clause


def is_clause(text: str) -> bool:
    """Tell whether a text is one plain sentence that can follow "said that"."""
    inner = text.strip().rstrip(".")
    return (
        4 <= len(inner.split()) <= 45
        and not re.search(r"[.!?;:\"“”]|\b(?:said|says|according|alleged|denied)\b", inner)
        and inner[:1].isupper()
    )


def speaker(rng: random.Random) -> str:
    """Draw somebody who could have said it."""
    return rng.choice(PEOPLE) if rng.random() < 0.5 else rng.choice(BODIES)


def sentence(text: str) -> str:
    """Return a text with a capital first letter and one full stop."""
    text = text.strip().rstrip(".")
    return text[:1].upper() + text[1:] + "."


def say(who: str, clause: str, rng: random.Random) -> str:
    """Attribute a clause to somebody in one of the usual forms."""
    form = rng.randrange(4)
    if form == 0:
        return sentence(f"according to {who}, {clause}")
    if form == 1:
        return sentence(f"{clause}, {who} said")
    return sentence(f"{who} {rng.choice(SAYING)} that {clause}")


def deny(who: str, clause: str, rng: random.Random) -> str:
    """Have somebody deny a clause."""
    return sentence(f"{who} {rng.choice(DENYING)} that {clause}")


def frame_evidence(pair: Pair, rng: random.Random) -> Pair | None:
    """Attribute, assure, deny or put in doubt what the evidence of a plain claim states.

    A statement on somebody's word keeps its label, a denied support becomes a refutation, and
    what is only alleged, rumoured or supposed is no evidence either way.
    """
    if not is_clause(pair.evidence) or (pair.label == "NEI" and rng.random() < 0.5):
        return None
    clause, who = embed(pair.evidence), speaker(rng)
    label = pair.label
    kind = rng.choice(("say", "say", "certain", "deny", "uncertain", "if"))
    if kind == "say":
        evidence = say(who, clause, rng)
    elif kind == "certain":
        evidence = sentence(f"{rng.choice(CERTAIN)} {clause}")
    elif kind == "deny":
        evidence = deny(who, clause, rng)
        if label == "REFUTES":
            return None
        label = "REFUTES" if label == "SUPPORTS" else "NEI"
    elif kind == "uncertain":
        evidence, label = sentence(f"{rng.choice(UNCERTAIN)} {clause}"), "NEI"
    else:
        rest = rng.choice(
            (
                "the committee would have to meet again", "the figures would have to be revised",
                "little would change", "the case would be reopened",
            )
        )  # fmt: skip
        evidence, label = sentence(f"if {clause}, {rest}"), "NEI"
    return Pair(evidence=evidence, claim=pair.claim, label=label, source="frame_evidence")


def frame_claim(pair: Pair, rng: random.Random) -> Pair | None:
    """Ask who said it: the right speaker keeps the label, another or none gives NEI."""
    if not is_clause(pair.claim) or not is_clause(pair.evidence) or pair.label == "NEI":
        return None
    who = speaker(rng)
    inner, outer = embed(pair.claim), embed(pair.evidence)
    claim = sentence(f"{who} {rng.choice(SAYING[:4])} that {inner}")
    kind = rng.choice(("same", "same", "other", "plain", "denied", "denial"))
    label = pair.label
    if kind == "same":
        evidence = say(who, outer, rng)
        if rng.random() < 0.3:
            evidence += " " + say(another_speaker(who, rng), "this was premature", rng)
    elif kind == "other":
        evidence, label = say(another_speaker(who, rng), outer, rng), "NEI"
    elif kind == "plain":
        evidence, label = pair.evidence, "NEI"
    elif label == "REFUTES":
        return None
    elif kind == "denied":
        evidence, label = deny(who, outer, rng), "REFUTES"
    else:
        claim = deny(who, inner, rng)
        evidence, label = rng.choice(
            (
                (deny(who, outer, rng), "SUPPORTS"),
                (deny(who, outer, rng), "SUPPORTS"),
                (say(who, outer, rng), "REFUTES"),
                (say(another_speaker(who, rng), outer, rng), "NEI"),
            )
        )
    return Pair(evidence=evidence, claim=claim, label=label, source="frame_claim")


def another_speaker(who: str, rng: random.Random) -> str:
    """Draw somebody else."""
    return rng.choice([name for name in PEOPLE + BODIES if name != who])


def frame_both(pair: Pair, rng: random.Random) -> Pair | None:
    """Put a claim in doubt: supported by the same doubt, not by the plain statement."""
    if not is_clause(pair.claim) or not is_clause(pair.evidence) or pair.label != "SUPPORTS":
        return None
    inner, outer = embed(pair.claim), embed(pair.evidence)
    doubt = rng.choice(UNCERTAIN[:3])
    claim = sentence(f"{doubt} {inner}")
    if rng.random() < 0.5:
        evidence, label = sentence(f"{rng.choice(UNCERTAIN[:3])} {outer}"), "SUPPORTS"
    elif rng.random() < 0.5:
        evidence, label = sentence(f"{rng.choice(UNCERTAIN[:3])} {outer}"), "NEI"
        claim = sentence(f"{rng.choice(CERTAIN)} {inner}")
    else:
        evidence, label = sentence(f"{rng.choice(CERTAIN)} {outer}"), "SUPPORTS"
        claim = sentence(f"{rng.choice(CERTAIN)} {inner}")
    return Pair(evidence=evidence, claim=claim, label=label, source="frame_both")
