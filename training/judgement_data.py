"""Collect what the judgement is fitted on, once, so that fitting itself takes seconds.

    python -m training.judgement_data --data ../shared/data --out .train/judgement.pkl

Two tables: pairs (development sets, held-out contrast sets, pairs about figures, and for some
claims the nearest passages of *other* rows, which are neutral: what the retriever returns beside
the evidence), and claims (every retrieved passage of claims judged against a corpus).
"""

from __future__ import annotations

import argparse
import gzip
import itertools
import json
import pickle
import random
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from factcheck.labels import label_of
from factcheck.records import Label
from training.contrast import GENERAL, held_out_pairs, read_contrast_sets
from training.pairs import Pair, PairRow

ROOT = Path(__file__).resolve().parent.parent
FIGURES = ROOT / "tests" / "pairs" / "develop"
LABELS = ("supported", "contested", "unsupported")
# Sets whose evidence, taken together, is a corpus in which a claim's neighbours are near misses.
NEIGHBOUR_SETS = ("nli_fever_validation", "vitaminc_dev", "healthver_dev", "fm2_dev")
CONTRAST_DRAWS = 2
_NEIGHBOURS = 2
# Contrast pairs for one row of another set: they are nearest to what newsrooms ask, and most
# findings are rare.
_CONTRAST_TIMES = 100
_BATCH = 64


def sample(rows: Sequence[Any], limit: int, seed: int) -> list[Any]:
    chosen = np.random.default_rng(seed).permutation(len(rows))[:limit]
    return [rows[i] for i in sorted(chosen)]


def pair_table(data: Path, limit: int, models: Any) -> list[PairRow]:
    """The development pairs and neighbours."""
    from factcheck.evaluate import LabelledRow, read_labelled

    table: list[PairRow] = []

    def add(name: str, rows: Sequence[LabelledRow]) -> None:
        texts = [(row.evidence or "", row.claim) for row in rows]
        for row, readings in zip(rows, pair_readings(texts, models), strict=True):
            table.append(PairRow(name, LABELS.index(row.label.value), readings))

    def add_near(name: str, rows: Sequence[Any], every: Sequence[Any]) -> None:
        pairs = [(text, claim) for claim, text in neighbours(rows, every, models)]
        for readings in pair_readings(pairs, models):
            table.append(PairRow(f"near:{name}", 2, readings))

    def as_rows(pairs: Sequence[Pair]) -> list[LabelledRow]:
        return [LabelledRow(p.claim, label_of(p.label), p.evidence) for p in pairs]

    others = as_rows(held_out_pairs(press=False))
    add("contrast", sample(others, _CONTRAST_TIMES * limit, 7))
    add("press", as_rows(held_out_pairs(press=True)))
    # Another set may decide a general statement, so its neighbours are not neutral for certain.
    particular = as_rows(held_out_pairs(general=False))
    add_near("contrast", sample(particular, limit, 4), particular)
    for path in sorted(FIGURES.glob("*.jsonl")):
        add("figures", read_labelled(path))
    for path in sorted((data / "dev").glob("*.jsonl.gz")):
        name = path.name.removesuffix(".jsonl.gz")
        every = read_labelled(path)
        add(name, sample(every, limit, 3))
        if name in NEIGHBOUR_SETS:
            add_near(name, sample(every, limit // 3, 4), every)
        print(f"pairs {name}: {min(limit, len(every))}", flush=True)
    return table


def pair_readings(
    pairs: Sequence[tuple[str, str]], models: Any
) -> list[list[tuple[float, dict[str, float]]]]:
    """Share and inputs of every reading of each pair (evidence, claim)."""
    from factcheck.given_evidence import pair_inputs, read_given

    readings = read_given(pairs, models)
    inputs = iter(pair_inputs([item.pair for several in readings for item in several], models))
    return [[(item.share, next(inputs)) for item in several] for several in readings]


def neighbours(rows: Sequence[Any], every: Sequence[Any], models: Any) -> Iterator[tuple[str, str]]:
    """Each claim with the nearest evidence that no row of that claim, or a like one, has."""
    texts = sorted({row.evidence for row in every if row.evidence})
    vectors = models.encoder.encode(texts)
    place = {text: i for i, text in enumerate(texts)}
    claims: dict[str, list[int]] = {}
    for row in every:
        claims.setdefault(row.claim, []).append(place[row.evidence])
    for row, vector in zip(rows, models.encoder.encode([r.claim for r in rows]), strict=True):
        own = vectors[claims[row.claim]]
        scores = vectors @ vector
        # Almost the claim's own evidence (another revision of one sentence) is no neighbour.
        scores[(vectors @ own.T).max(axis=1) > 0.75] = -1.0
        for i in np.argsort(-scores)[:_NEIGHBOURS]:
            yield row.claim, texts[i]


def claim_table(
    name: str, folder: Path, claims: Sequence[Any], models: Any
) -> list[dict[str, Any]]:
    """Every retrieved passage of every claim against one corpus folder."""
    from factcheck.config import default_config
    from factcheck.evidence import examine_passages
    from factcheck.index.opened import Index
    from factcheck.pipeline import read_passages

    table = []
    with tempfile.TemporaryDirectory(prefix="factcheck-fit-") as index_dir:
        index = Index.open(folder, index_dir=index_dir, encoder=models.encoder)
        for position in range(0, len(claims), _BATCH):
            batch = claims[position : position + _BATCH]
            for claim, read in read_passages(batch, index, models, default_config()):
                if isinstance(read, Exception):
                    raise read
                examined = examine_passages(claim, read, index)
                table.append(
                    {
                        "set": name,
                        "claim": claim.text,
                        "label": LABELS.index(claim.expect.value),
                        "inputs": [dict(item.features) for item in examined],
                        "origins": [index.origin(item.source.id) for item in examined],
                        "cosine": [
                            item.read.reading.retrieved.dense_cosine or 0.0 for item in examined
                        ],
                        "texts": [item.read.reading.text for item in examined],
                    }
                )
        index.close()
    print(f"claims {name}: {len(table)}", flush=True)
    return table


def case_tables(root: Path, models: Any) -> list[dict[str, Any]]:
    """The case collection: each subject against its own sources."""
    from factcheck.claims import load_claims

    table = []
    for path in sorted(root.glob("*/claims.yaml")):
        claims = [c for c in load_claims(path) if c.expect and c.quote is None]
        table += claim_table(f"cases/{path.parent.name}", path.parent / "sources", claims, models)
    return table


def corpus_table(name: str, rows: Sequence[Any], files: dict[str, bytes], models: Any) -> Any:
    """Labelled claims against a corpus given as files."""
    from factcheck.records import Claim

    claims = [Claim(id=f"r{i}", text=row.claim, expect=row.label) for i, row in enumerate(rows)]
    with tempfile.TemporaryDirectory(prefix="factcheck-fit-") as folder_name:
        folder = Path(folder_name) / "corpus"
        folder.mkdir()
        for file_name, content in files.items():
            (folder / file_name).write_bytes(content)
        return claim_table(name, folder, claims, models)


def set_tables(data: Path, limit: int, models: Any) -> list[dict[str, Any]]:
    """The two sets with a corpus, and FEVER's development claims against all their evidence."""
    from factcheck.evaluate import read_labelled

    table = []
    for name in ("healthver_dev", "covidfact"):
        rows = sample(read_labelled(data / "dev" / f"{name}.jsonl.gz"), limit, 5)
        packed = data / "corpora" / f"{name}_corpus.jsonl.gz"
        files = {packed.stem: gzip.decompress(packed.read_bytes())}
        table += corpus_table(name, rows, files, models)
    every = read_labelled(data / "dev" / "nli_fever_validation.jsonl.gz")
    texts = sorted({row.evidence for row in every if row.evidence})
    lines = [json.dumps({"doc_id": f"w{i}", "text": text}) for i, text in enumerate(texts)]
    files = {"wikipedia.jsonl": "\n".join(lines).encode()}
    table += corpus_table("nli_fever", sample(every, limit, 6), files, models)
    return table


def contrast_tables(limit: int, models: Any) -> list[dict[str, Any]]:
    """Claims of the held-out contrast sets against some of their passages and all the others.

    Of every set one passage, two or all are in the corpus, so that claims meet support alone,
    contradiction alone, both, and neither among much that is near.

    Args:
        limit: claims of each draw.
    """
    from factcheck.evaluate import LabelledRow

    held_out = [item for item in read_contrast_sets() if item.held_out]
    table = []
    for name, draw in itertools.product(("contrast", "press"), range(CONTRAST_DRAWS)):
        rng = random.Random(f"{name} {draw}")
        lines, rows = [], []
        for place, item in enumerate(held_out):
            if item.press != (name == "press"):
                continue
            every = len(item.passages)
            kept = sorted(rng.sample(range(every), min(every, rng.choice((1, 1, 1, 2, 2, every)))))
            for number in kept:
                source = {"doc_id": f"{place}-{number}", "title": item.title}
                lines.append(json.dumps({**source, "text": item.passages[number]}))
            if item.field in GENERAL:
                continue  # another set may decide it
            for claim, letters in item.claims:
                if not names_something(claim):
                    continue  # "The crane was in order" is not of one crane among many
                label = contrast_label({letters[number] for number in kept})
                rows.append(LabelledRow(claim, label, None))
        files = {f"{name}.jsonl": "\n".join(lines).encode()}
        table += corpus_table(name, sample(rows, limit, draw), files, models)
    return table


def names_something(claim: str) -> bool:
    """Whether a claim can be understood, and found, without the passage that it was written for."""
    from factcheck.checks import read_claim

    return any(name.certain for name in read_claim(claim).body.names)


def contrast_label(letters: set[str]) -> Label:
    """The label of a claim whose passages carry these letters."""
    if "R" in letters:
        return Label.CONTESTED
    return Label.SUPPORTED if "S" in letters else Label.UNSUPPORTED


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared" / "data")
    parser.add_argument("--cases", type=Path, default=ROOT / "tests" / "cases" / "develop")
    parser.add_argument("--pairs", type=int, default=600, help="rows of each development set")
    parser.add_argument("--claims", type=int, default=250, help="claims of each set with a corpus")
    parser.add_argument("--verifier", help="another verifier than the shipped one")
    parser.add_argument("--out", type=Path, default=ROOT / ".train" / "judgement.pkl")
    arguments = parser.parse_args()
    from factcheck.config import default_config
    from factcheck.pipeline import load_models

    config = default_config()
    if arguments.verifier:
        config = config.with_values({"models.verifier": arguments.verifier})
    models = load_models(config)
    tables = {
        "verifier": models.verifier.sha256,
        "claims": [
            *case_tables(arguments.cases, models),
            *contrast_tables(4 * arguments.claims, models),
            *set_tables(arguments.data, arguments.claims, models),
        ],
        "pairs": pair_table(arguments.data, arguments.pairs, models),
    }
    arguments.out.parent.mkdir(parents=True, exist_ok=True)
    arguments.out.write_bytes(pickle.dumps(tables))
    print(f"wrote {arguments.out}")


if __name__ == "__main__":
    main()
