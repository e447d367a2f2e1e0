"""The table of rules, and how many pairs of each label are drawn from each."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from training.augment import dates, frames, logic, numbers, swaps, words
from training.fever import content_words, leading_name
from training.pairs import Pair

Rule = Callable[[Pair, random.Random], Pair | None]

RULES: dict[str, Rule] = {
    "number_change": numbers.change_number,
    "number_rewrite": numbers.rewrite_number,
    "number_bound": numbers.bound_number,
    "number_scale": numbers.scale_number,
    "date_change": dates.change_date,
    "date_rewrite": dates.rewrite_date,
    "date_coarse": dates.coarsen_evidence,
    "frame_evidence": frames.frame_evidence,
    "frame_claim": frames.frame_claim,
    "frame_both": frames.frame_both,
    "negation": logic.negate_claim,
    "implicative": logic.implicative,
    "roles": logic.swap_roles,
    "cut_evidence": logic.cut_evidence,
    "synonym": words.synonym,
    "opposite": words.opposite,
    "sister": words.sister,
    "names_swapped": swaps.swap_names,
    "nouns_swapped": swaps.swap_nouns,
    "numbers_swapped": swaps.swap_numbers,
}


def apply_rule(
    rule: Rule,
    pairs: Sequence[Pair],
    quotas: Mapping[str, int],
    rng: random.Random,
    *,
    passes: int = 2,
) -> list[Pair]:
    """Apply a rule to pairs from a random place on until the quota of every label is full.

    Args:
        rule: returns a new pair or None.
        pairs: the material; a later pass may make other pairs from the same one.
        quotas: wanted number of new pairs by label; a label without one is dropped.
        rng: decides where to begin and what the rule does.
        passes: how often the material is gone through at most.

    Returns:
        New pairs without repetition; fewer than wanted where the material does not suffice.
    """
    left = dict(quotas)
    made: list[Pair] = []
    seen: set[tuple[str, str]] = set()
    start = rng.randrange(len(pairs)) if pairs else 0
    for number in range(passes * len(pairs)):
        if not any(left.values()):
            break
        fresh = rule(pairs[(start + number) % len(pairs)], rng)
        if fresh is None or not left.get(fresh.label):
            continue
        key = (fresh.evidence, fresh.claim)
        if key not in seen:
            seen.add(key)
            left[fresh.label] -= 1
            made.append(fresh)
    return made


def conjunction_pairs(
    pairs: Sequence[Pair], quotas: Mapping[str, int], rng: random.Random
) -> list[Pair]:
    """Join claims about the same name, until the quota of every label is full."""
    by_name: dict[str, list[Pair]] = defaultdict(list)
    for pair in pairs:
        name = leading_name(pair.claim)
        if name is not None:
            by_name[name].append(pair)
    groups = [group for group in by_name.values() if len(group) > 1]
    left = dict(quotas)
    made: list[Pair] = []
    for _ in range(60 * sum(quotas.values())):
        if not any(left.values()):
            break
        first, second = rng.sample(rng.choice(groups), 2)
        fresh = logic.join_claims(first, second, rng)
        if fresh is not None and left.get(fresh.label):
            left[fresh.label] -= 1
            made.append(fresh)
    return made


def other_passages(
    rows: Sequence[Mapping[str, Any]], wanted: int, rng: random.Random
) -> list[Pair]:
    """Pair claims with other evidence from the same page that holds few of their words: NEI.

    Args:
        rows: rows with `claim`, `evidence` and `page`.
        wanted: number of pairs; fewer when the material does not suffice.
        rng: draws claims and passages.
    """
    by_page: dict[str, list[str]] = defaultdict(list)
    for row in rows:
        if row["evidence"] not in by_page[row["page"]]:
            by_page[row["page"]].append(row["evidence"])
    made: list[Pair] = []
    for row in rng.sample(list(rows), len(rows)):
        if len(made) == wanted:
            break
        asked = content_words(row["claim"]) - content_words(row["page"])
        if len(asked) < 3:
            continue
        others = [
            text
            for text in by_page[row["page"]]
            if len(asked & content_words(text)) / len(asked) <= 0.25
        ]
        if others:
            made.append(
                Pair(
                    evidence=rng.choice(others),
                    claim=row["claim"],
                    label="NEI",
                    source="vitaminc_nongold",
                )
            )
    return made
