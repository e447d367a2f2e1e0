"""Build the tokenised training stream from the recipe.

    python -m training.mix --shared ../shared --out .train/mix-1

The stream is a flat array of token ids with offsets, so that a run reads it in order from a
memory map and a position in it is all that resuming needs.
"""

from __future__ import annotations

import argparse
import random
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any, TypeVar

from training import contrast, fever
from training.augment.rules import RULES, apply_rule, conjunction_pairs, other_passages
from training.pairs import LABEL_IDS, LABELS, Pair, locate_shared, read_pairs, read_rows

T = TypeVar("T")


def fever_component(train: Path, options: dict[str, Any], rng: random.Random) -> list[Pair]:
    """Make the FEVER pairs of the recipe: gold evidence and both kinds of hard negatives."""
    rows, claims = fever.read_fever(train)
    pool = fever.build_pool(rows)
    pairs: list[Pair] = []
    for label, wanted in (("SUPPORTS", options["supports"]), ("REFUTES", options["refutes"])):
        # A tenth more is drawn because rows with very long evidence fall out.
        of_label = [row for row in rows if row["label"] == label]
        drawn = rng.sample(of_label, min(len(of_label), int(wanted * 1.1)))
        passages = options.get("gold_passages", {})
        pairs += list(fever.labelled_pairs(drawn, pool, rng, **passages))[:wanted]
    unverifiable = repeat_to(claims, int(len(claims) * options["nei_passes"]), rng)
    passages = options.get("nei_passages", {})
    pairs += fever.unverifiable_pairs(unverifiable, pool, rng, **passages)
    drawn = rng.sample(rows, min(len(rows), int(options["nongold"] * 1.9)))
    pairs += list(fever.nongold_pairs(drawn, pool, rng))[: options["nongold"]]
    return pairs


def augmented_component(
    train: Path, options: dict[str, Any], unverifiable: Sequence[Pair], rng: random.Random
) -> list[Pair]:
    """Make the pairs of the recipe's rules from FEVER, VitaminC, FEVEROUS and infoboxes.

    Args:
        train: folder of the training files.
        options: wanted pairs by label for every rule, `vitaminc_nongold`, and optionally `also`,
            more files to make them from, and `also_contrast`, whether from contrast sets too.
        unverifiable: NEI pairs, so that frames and negation meet that label too.
        rng: draws pairs and the choices of the rules.
    """
    rows, _ = fever.read_fever(train)
    labelled = [
        Pair(
            evidence=" ".join(row["evidence_sentences"]),
            claim=row["claim"],
            label=row["label"],
            source="fever",
        )
        for row in rows
    ]
    labelled = [pair for pair in labelled if len(pair.evidence.split()) < 90]
    vitaminc = list(read_rows(train / "vitaminc.jsonl.gz"))
    base = labelled + list(unverifiable)
    for name in ("vitaminc", "feverous_sentences", "infotabs", *options.get("also", ())):
        base += read_pairs(train / f"{name}.jsonl.gz", source=name)
    if options.get("also_contrast"):
        sets = [item for item in contrast.read_contrast_sets() if not item.held_out]
        base += contrast.plain_pairs(sets, rng, title_share=0.65)
    rng.shuffle(base)
    pairs: list[Pair] = []
    for name, quotas in options["rules"].items():
        if name == "conjunction":
            pairs += conjunction_pairs(labelled, quotas, rng)
        else:
            pairs += apply_rule(RULES[name], base, quotas, rng)
    return pairs + other_passages(vitaminc, options["vitaminc_nongold"], rng)


def repeat_to(items: Sequence[T], wanted: int, rng: random.Random) -> list[T]:
    """Draw `wanted` items: whole passes first, then a sample without repetition."""
    passes, rest = divmod(wanted, len(items))
    return list(items) * passes + rng.sample(list(items), rest)


def file_component(train: Path, name: str, wanted: int, rng: random.Random) -> list[Pair]:
    """Draw pairs from one file of labelled pairs."""
    pairs = list(read_pairs(train / f"{name}.jsonl.gz", source=name))
    if name == "conjnli":
        pairs = [pair for pair in pairs if pair.label != "NEI"]
    return repeat_to(pairs, wanted, rng)


def balance_labels(pairs: Sequence[Pair], rng: random.Random) -> list[Pair]:
    """Cut every label to the size of the smallest, at random over its sources."""
    groups = {label: [pair for pair in pairs if pair.label == label] for label in LABELS}
    size = min(len(group) for group in groups.values())
    return [pair for group in groups.values() for pair in rng.sample(group, size)]


def build_mix(shared: Path, recipe: dict[str, Any]) -> list[Pair]:
    """Return all pairs of the recipe in the order the run sees them."""
    train = shared / "data" / "train"
    seed = recipe["seed"]
    pairs: list[Pair] = []
    if "fever" in recipe:
        pairs = fever_component(train, recipe["fever"], random.Random(f"{seed} fever"))
    if "augment" in recipe:
        negatives = [pair for pair in pairs if pair.source == "fever_nei"][:15000]
        augment_rng = random.Random(f"{seed} augment")
        pairs += augmented_component(train, recipe["augment"], negatives, augment_rng)
    if "contrast" in recipe:
        options, contrast_rng = recipe["contrast"], random.Random(f"{seed} contrast")
        pairs += contrast.contrast_component(options, contrast_rng)
    for name, wanted in recipe["files"].items():
        pairs += file_component(train, name, wanted, random.Random(f"{seed} {name}"))
    order = random.Random(f"{seed} order")
    if recipe["balance"]:
        pairs = balance_labels(pairs, order)
    order.shuffle(pairs)
    return pairs


def write_mix(pairs: Sequence[Pair], tokenizer_file: Path, out: Path, max_tokens: int) -> None:
    """Tokenise pairs, evidence first, and write the stream.

    Only evidence is truncated; a pair whose claim alone fills the limit is dropped.

    Args:
        pairs: in stream order.
        tokenizer_file: `tokenizer.json` of the model to be trained.
        out: folder to write; see `MixWriter`.
        max_tokens: limit of one pair with its three special tokens.
    """
    from tokenizers import Tokenizer

    from training.stream import MixWriter

    tokenizer = Tokenizer.from_file(str(tokenizer_file))
    tokenizer.no_padding()
    tokenizer.enable_truncation(max_tokens, strategy="only_first")
    names = sorted({pair.source for pair in pairs})
    writer = MixWriter(out, names)
    for first in range(0, len(pairs), 4096):
        block = [
            pair
            for pair in pairs[first : first + 4096]
            if len(pair.claim.split()) < max_tokens // 3 and pair.evidence.strip()
        ]
        encoded = tokenizer.encode_batch([(pair.evidence, pair.claim) for pair in block])
        for pair, item in zip(block, encoded, strict=True):
            if len(item.ids) <= max_tokens:
                place = names.index(pair.source)
                writer.write(item.ids, item.type_ids.index(1), LABEL_IDS[pair.label], place)
    writer.close(count_pairs(pairs))


def count_pairs(pairs: Sequence[Pair]) -> dict[str, dict[str, int]]:
    """Count pairs by source and label."""
    counts = Counter((pair.source, pair.label) for pair in pairs)
    names = sorted({pair.source for pair in pairs})
    return {name: {label: counts[name, label] for label in LABEL_IDS} for name in names}


def main(arguments: Sequence[str] | None = None) -> None:
    """Read the command line and build one mix."""
    import yaml

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", help="folder with data/ and models/")
    parser.add_argument("--recipe", type=Path, default=Path(__file__).with_name("recipe.yaml"))
    parser.add_argument("--out", type=Path, default=Path(".train/mix"))
    parser.add_argument("--seed", type=int, help="another draw than the recipe's")
    given = parser.parse_args(arguments)
    shared = locate_shared(given.shared)
    recipe = yaml.safe_load(given.recipe.read_text(encoding="utf-8"))
    if given.seed is not None:
        recipe["seed"] = given.seed
    pairs = build_mix(shared, recipe)
    tokenizer = shared / "models" / "verifier-start" / "tokenizer.json"
    write_mix(pairs, tokenizer, given.out, recipe["max_tokens"])


if __name__ == "__main__":
    main()
