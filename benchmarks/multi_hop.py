"""What a second retrieval and a joint reading of two passages would bring, on the developing cases.

    python benchmarks/multi_hop.py [--subject NAME]

For each claim that no passage settles: from its most relevant passages the names that the claim
lacks, with the claim's words that the passage lacks, are looked for again; the verifier reads both
passages as one text. At most six pairs a claim. The table counts, for thresholds on the joint
probability and on how far the verifier's support must exceed that of each passage alone, how many
claims of each true label would become supported. `docs/decisions/multi-hop.md` says what follows.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from cases import corpora
from recording import ROOT, write_result

sys.path.insert(0, str(ROOT))

if TYPE_CHECKING:
    from factcheck.checks import ClaimReading, PassageReading
    from factcheck.evidence import Examined
    from factcheck.index.opened import Index
    from factcheck.pipeline import Models
    from factcheck.readings import Reading
    from factcheck.records import Claim

FIRST, SECOND, CANDIDATES = 2, 3, 6
THRESHOLDS, MARGINS = (0.5, 0.6, 0.7, 0.8), (0.0, 0.1, 0.2, 0.3)


@dataclass(frozen=True)
class Joint:
    """Two passages read as one beside a claim.

    Args:
        supports: probability of support after the checks.
        gain: the verifier's support for both less the better of its two for one.
    """

    claim_id: str
    truth: str
    supports: float
    gain: float


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--subject", help="only this subject")
    given = parser.parse_args()
    from factcheck.pipeline import load_models

    models = load_models()
    found: list[Joint] = []
    asked: dict[str, str] = {}
    for claim, joints in unsettled(models, given.subject):
        assert claim.expect is not None
        asked[claim.id] = claim.expect.value
        found += joints
    figures: dict[str, Any] = {
        "subject": given.subject,
        "verifier": models.verifier.sha256,
        "unsettled": dict(sorted(Counter(asked.values()).items())),
        "pairs_read": len(found),
        "would_be_supported": [],
    }
    for threshold in THRESHOLDS:
        for margin in MARGINS:
            won = {j.claim_id: j.truth for j in found if accepted(j, threshold, margin)}
            row = {"threshold": threshold, "margin": margin, **Counter(won.values())}
            figures["would_be_supported"].append(row)
            print(row)
    write_result("multi_hop", figures)


def accepted(joint: Joint, threshold: float, margin: float) -> bool:
    """Whether a joint reading would count as support."""
    return joint.supports >= threshold and joint.gain >= margin


def unsettled(models: Models, subject: str | None) -> Iterator[tuple[Claim, list[Joint]]]:
    """Claims that no passage settles, with the joint readings tried for each."""
    from factcheck.claims import load_claims
    from factcheck.config import default_config
    from factcheck.evidence import decide_stance, examine_passages
    from factcheck.index.opened import Index
    from factcheck.pipeline import read_passages
    from factcheck.records import Stance

    judgement = models.judgement
    for sources, files in corpora("develop"):
        if subject not in (None, files[-1].parent.name):
            continue
        with tempfile.TemporaryDirectory(prefix="factcheck-hops-") as name:
            index = Index.open(sources, index_dir=name, encoder=models.encoder)
            claims = [c for file in files for c in load_claims(file) if c.quote is None]
            for claim, read in read_passages(claims, index, models, default_config()):
                if isinstance(read, Exception):
                    raise read
                examined = examine_passages(claim, read, index)
                stances = (judgement.stance_probabilities(item.features) for item in examined)
                if all(
                    decide_stance(judged, judgement.thresholds) is Stance.NEUTRAL
                    for judged in stances
                ):
                    yield claim, try_pairs(claim, examined, index, models)
            index.close()


def try_pairs(
    claim: Claim, examined: Sequence[Examined], index: Index, models: Models
) -> list[Joint]:
    """Read the most relevant passages together with what a second retrieval finds."""
    from factcheck.checks import read_claim
    from factcheck.checks.relevance import relevance

    reading = read_claim(claim.text)
    singles = [(item, passage_reading(item.read.reading)) for item in examined if single(item)]
    singles.sort(key=lambda pair: (-relevance(reading, pair[1]), rank_of(pair[0])))
    pairs = [
        (item, second)
        for item, passage in singles[:FIRST]
        for second in second_passages(claim, reading, item, passage, index, models)
    ]
    texts = [(f"{a.read.reading.text} {b.text}", claim.text) for a, b in pairs]
    alone = [(b.text, claim.text) for _, b in pairs]
    answers = models.verifier.predict([*texts, *alone]) if pairs else ()
    return [
        joint_reading(claim, reading, pair, answers[i], answers[len(pairs) + i], models)
        for i, pair in enumerate(pairs)
    ]


def single(item: Examined) -> bool:
    reading = item.read.reading
    passage = reading.retrieved.passage
    return (reading.start, reading.end) == (passage.start, passage.end)


def rank_of(item: Examined) -> int:
    return item.read.reading.retrieved.rank


def passage_reading(reading: Reading) -> PassageReading:
    from factcheck.checks import read_passage

    return read_passage(reading.span_text, context=reading.context)


def second_passages(
    claim: Claim,
    reading: ClaimReading,
    first: Examined,
    passage: PassageReading,
    index: Index,
    models: Models,
) -> list[Reading]:
    """Passages that bring words of the claim which the first lacks, found by its own names."""
    from factcheck.checks.tokens import concept
    from factcheck.config import default_config
    from factcheck.pipeline import retrieval_settings
    from factcheck.readings import plan_readings
    from factcheck.retrieval import retrieve

    missing = reading.body.stems - passage.stems
    if not missing or missing == reading.body.stems:
        return []
    known = reading.body.index.words
    bridge = [n.text for n in passage.body.names if n.certain and not known & set(n.words)][:3]
    tokens = reading.body.layout.tokens
    own = [t.text for t in tokens if t.content and concept(t.stem) in missing]
    query = " ".join([*bridge, *own])
    settings = replace(retrieval_settings(default_config()), passages=CANDIDATES)
    vector = models.encoder.encode([query])[0]
    start = first.read.reading.retrieved.passage.id
    found = [
        plan_readings([item], index)[0]
        for item in retrieve(index, claim, vector, settings, text=query)
        if item.passage.id != start
    ]
    return [item for item in found if missing & passage_reading(item).body.stems][:SECOND]


def joint_reading(
    claim: Claim,
    reading: ClaimReading,
    pair: tuple[Examined, Reading],
    together: Sequence[float],
    alone: Sequence[float],
    models: Models,
) -> Joint:
    """Judge two passages as one text."""
    from factcheck.checks import check_pair, pair_features, read_passage
    from factcheck.evidence import rounded, stance_features
    from factcheck.records import StanceProbabilities

    first, second = pair
    body = read_passage(
        f"{first.read.reading.span_text} {second.span_text}",
        context=f"{first.read.reading.context} {second.context}",
        published=first.source.published,
    )
    supports, refutes, neutral = (float(value) for value in together)
    verifier = rounded(StanceProbabilities(supports=supports, refutes=refutes, neutral=neutral))
    features = pair_features(reading, body, check_pair(reading, body))
    judged = models.judgement.stance_probabilities(stance_features(verifier, features))
    assert claim.expect is not None
    best = max(first.verifier.supports, float(alone[0]))
    return Joint(claim.id, claim.expect.value, judged.supports, supports - best)


if __name__ == "__main__":
    main()
